//! The text of documents of Word (.docx) and LibreOffice (.odt): XML in a zip file. Paragraphs, tabs, line breaks and the
//! cells of tables; what was deleted with changes tracked is not the text, nor are comments.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::model::{Article, ArticleId, Known};

use super::guess::put;
use super::texts::TextError;

/// The most that a part of a document may have when it is unpacked, in bytes. A text has far less; a zip bomb more.
const LARGEST_PART: u64 = 100 * 1024 * 1024;
/// The same for the part that holds a document's properties.
const LARGEST_META: u64 = 1024 * 1024;
/// The deepest that elements may stand in each other.
const DEEPEST: usize = 2_000;

/// Reads a document of Word.
pub(super) fn read_docx(bytes: &[u8]) -> Result<Article, TextError> {
    document(bytes, "word/document.xml", "docProps/core.xml", "Word document")
}

/// Reads a document of LibreOffice.
pub(super) fn read_odt(bytes: &[u8]) -> Result<Article, TextError> {
    document(bytes, "content.xml", "meta.xml", "OpenDocument text")
}

fn document(bytes: &[u8], text: &str, meta: &str, what: &'static str) -> Result<Article, TextError> {
    let xml = part(bytes, text, what, LARGEST_PART)?.ok_or(TextError::Damaged(what))?;
    let mut article = Article::new(ArticleId::random(), "", text_of(&xml).ok_or(TextError::Damaged(what))?.trim());
    // Who saved a document is not who wrote the article: of its properties only the title is taken.
    if let Ok(Some(meta)) = part(bytes, meta, what, LARGEST_META) {
        put(&mut article, Known::Headline, &title_of(&meta).unwrap_or_default());
    }
    Ok(article)
}

/// One part of the zip file, unpacked.
fn part(bytes: &[u8], name: &str, what: &'static str, most: u64) -> Result<Option<String>, TextError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| TextError::Damaged(what))?;
    let part = match archive.by_name(name) {
        Ok(part) => part,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(zip::result::ZipError::UnsupportedArchive(_)) => return Err(TextError::Locked),
        Err(_) => return Err(TextError::Damaged(what)),
    };
    let mut unpacked = Vec::new();
    part.take(most + 1).read_to_end(&mut unpacked).map_err(|_| TextError::Damaged(what))?;
    if unpacked.len() as u64 > most {
        return Err(TextError::Bomb);
    }
    // XML of documents is UTF-8; a damaged letter should not cost the text.
    Ok(Some(String::from_utf8_lossy(&unpacked).into_owned()))
}

/// Elements whose contents are not the text: what was deleted, notes of editors, a second form of the same drawing.
fn is_left_out(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 6] =
        [b"w:del", b"w:moveFrom", b"mc:Fallback", b"text:tracked-changes", b"office:annotation", b"w:instrText"];
    NAMES.contains(&name)
}

#[derive(Default)]
struct Written {
    out: String,
    cells: usize,
    /// How deep in something that is left out.
    left_out: usize,
    /// Whether letters count here: in Word only inside `w:t`.
    in_text: bool,
}

impl Written {
    fn open(&mut self, element: &BytesStart<'_>) {
        let name = element.name();
        match name.as_ref() {
            name if is_left_out(name) || self.left_out > 0 => self.left_out += 1,
            b"w:tc" | b"table:table-cell" => self.cells += 1,
            b"w:t" | b"text:p" | b"text:h" => self.in_text = true,
            _ => {}
        }
    }

    fn empty(&mut self, element: &BytesStart<'_>) {
        if self.left_out > 0 {
            return;
        }
        match element.name().as_ref() {
            b"w:tab" | b"text:tab" => self.out.push('\t'),
            b"w:br" | b"w:cr" | b"text:line-break" => self.out.push('\n'),
            b"w:noBreakHyphen" => self.out.push('\u{2011}'),
            b"text:s" => self.out.push(' '),
            b"w:p" | b"text:p" => self.end_paragraph(),
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8]) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        match name {
            b"w:t" => self.in_text = false,
            b"w:p" => self.end_paragraph(),
            b"text:p" | b"text:h" => {
                self.in_text = false;
                self.end_paragraph();
            }
            b"w:tc" | b"table:table-cell" => {
                self.cells = self.cells.saturating_sub(1);
                self.trim_spaces();
                self.out.push('\t');
            }
            b"w:tr" | b"table:table-row" => {
                self.trim_spaces();
                self.out.push('\n');
            }
            b"w:tbl" | b"table:table" => self.out.push('\n'),
            _ => {}
        }
    }

    /// A paragraph in a cell stays on the line of its row.
    fn end_paragraph(&mut self) {
        self.out.push_str(if self.cells > 0 { " " } else { "\n\n" });
    }

    fn trim_spaces(&mut self) {
        self.out.truncate(self.out.trim_end_matches([' ', '\t']).len());
    }

    fn add(&mut self, text: &str) {
        if self.in_text && self.left_out == 0 {
            self.out.push_str(text);
        }
    }
}

/// The text of a document's XML. `None` where it is no XML to its end.
fn text_of(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut written = Written::default();
    let mut depth = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => {
                depth += 1;
                if depth > DEEPEST {
                    return None;
                }
                written.open(&element);
            }
            Event::Empty(element) => written.empty(&element),
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                written.close(element.name().as_ref());
            }
            Event::Text(text) => written.add(&text.decode().ok()?),
            Event::CData(text) => written.add(&text.decode().ok()?),
            Event::GeneralRef(reference) => written.add(&resolved(&reference)),
            Event::Eof => break,
            _ => {}
        }
    }
    Some(tidy(&written.out))
}

/// The character of `&amp;` or `&#233;`; anything else stays as it is written.
fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    let name = reference.decode().unwrap_or_default();
    quick_xml::escape::resolve_xml_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}

/// At most one empty line, and no spaces at the ends of lines.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in super::decode::unix_lines(text).lines() {
        let line = line.trim_end();
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

fn title_of(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let (mut inside, mut title) = (false, String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => inside = element.name().as_ref() == b"dc:title",
            Event::End(_) => inside = false,
            Event::Text(text) if inside => title.push_str(&text.decode().ok()?),
            Event::GeneralRef(reference) if inside => title.push_str(&resolved(&reference)),
            Event::Eof => return Some(title),
            _ => {}
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::io::Write as _;

    /// A zip file with these parts.
    pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
            writer.write_all(bytes).expect("written");
        }
        writer.finish().expect("a zip file").into_inner()
    }

    pub fn docx(body: &str) -> Vec<u8> {
        let xml = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
        let meta = "<cp:coreProperties><dc:title>Quay &amp; bridge</dc:title><dc:creator>Office</dc:creator></cp:coreProperties>";
        zipped(&[("word/document.xml", xml.as_bytes()), ("docProps/core.xml", meta.as_bytes())])
    }

    #[test]
    fn a_word_document_gives_its_paragraphs_without_what_was_deleted() {
        let article = read_docx(&docx(
            "<w:p><w:r><w:t>Two boats</w:t></w:r><w:del><w:r><w:delText>three</w:delText><w:t>gone</w:t></w:r></w:del>\
             <w:r><w:t xml:space=\"preserve\"> sank &#8211; &quot;no more&quot;.</w:t><w:br/><w:t>Later</w:t></w:r></w:p>\
             <w:p><w:r><w:instrText>PAGE</w:instrText><w:t>The quay<w:tab/></w:t><w:tab/><w:t>dried.</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Boats</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        ))
        .expect("a document");
        assert_eq!(&*article.text, "Two boats sank – \"no more\".\nLater\n\nThe quay\t\tdried.\n\nBoats\t2");
        assert_eq!(&*article.headline, "Quay & bridge");
        assert!(article.is_guess(Known::Headline) && article.byline.is_empty());
    }

    #[test]
    fn an_open_document_gives_its_paragraphs() {
        let xml = "<office:document-content><office:body><office:text><text:tracked-changes><text:p>old</text:p>\
            </text:tracked-changes><text:h>Quay</text:h><text:p>Two <text:span>boats</text:span><text:s/>sank.</text:p>\
            </office:text></office:body></office:document-content>";
        let bytes =
            zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", xml.as_bytes())]);
        assert_eq!(&*read_odt(&bytes).expect("a document").text, "Quay\n\nTwo boats sank.");
    }

    #[test]
    fn what_unpacks_to_more_than_a_text_can_have_is_refused() {
        let bytes = zipped(&[("word/document.xml", &vec![b' '; 2_000_000])]);
        assert!(bytes.len() < 20_000, "it is small while it is packed");
        assert_eq!(part(&bytes, "word/document.xml", "Word document", 1_999_999), Err(TextError::Bomb));
        let whole = part(&bytes, "word/document.xml", "Word document", 2_000_000).expect("not too much");
        assert_eq!(whole.map(|text| text.len()), Some(2_000_000));
    }

    #[test]
    fn damaged_documents_are_refused() {
        let whole = docx("<w:p><w:r><w:t>Two boats sank.</w:t></w:r></w:p>");
        for cut in [10, whole.len() / 2, whole.len() - 5] {
            assert_eq!(read_docx(&whole[..cut]), Err(TextError::Damaged("Word document")), "cut at {cut}");
        }
        let deep = "<w:p>".repeat(DEEPEST + 1);
        assert_eq!(read_docx(&docx(&deep)), Err(TextError::Damaged("Word document")));
    }

    proptest::proptest! {
        #[test]
        fn no_xml_panics(body in "(</?w:(p|t|del|tc|tr)>|<w:br/>|&#?[a-z0-9]{0,4};?|<|>|\\PC{0,4}){0,30}") {
            let _ = read_docx(&docx(&body));
        }

        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            let _ = read_docx(&bytes);
            let _ = read_odt(&[b"PK\x03\x04".as_slice(), &bytes].concat());
        }
    }
}
