//! The text of a PDF document: where its letters stand on the pages, and from that words, lines and paragraphs.
//!
//! A page says only where to draw which letter. What is made of it here is a reading, and is said to be one.

mod lines;
mod packed;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};

use crate::model::{Article, ArticleId, Known};

use super::guess::put;
use super::texts::{LONGEST, TextError};
use lines::{Letter, Lines};

/// Widths of letters are told in thousandths of the size of the type.
const UNITS: f64 = 1000.0;
/// More things drawn on all pages than any text needs: the document is given up.
const MOST_DRAWN: usize = 20_000_000;

/// Reads the text of all pages.
pub(super) fn read(bytes: &[u8], remarks: &mut Vec<String>) -> Result<Article, TextError> {
    if packed::unpacks_beyond(bytes, packed::LARGEST) {
        return Err(TextError::Bomb);
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            TextError::Locked
        }
        _ => TextError::Damaged("PDF document"),
    })?;
    let mut page = Page::default();
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let cache = InterpreterCache::new();
    for sheet in pdf.pages().iter() {
        let mut context =
            Context::new(Affine::IDENTITY, Rect::new(0.0, 0.0, 1.0, 1.0), &cache, pdf.xref(), settings.clone());
        interpret_page(sheet, &mut context, &mut page);
        page.lines.end_page();
        if page.lines.len() > LONGEST {
            return Err(TextError::TooLong);
        }
    }
    let text = page.lines.finish();
    if text.text.trim().is_empty() {
        return Err(if page.unread > 0 { TextError::NoLetters } else { TextError::Scan });
    }
    if page.unread > 0 {
        remarks.push(format!("{} letters of the PDF say not which they are; they stand as �", page.unread));
    }
    if text.joined > 0 {
        remarks.push("Words that were divided at the ends of lines were joined".to_owned());
    }
    if text.text.chars().any(is_right_to_left) {
        remarks.push("Right-to-left text from a PDF can stand in the wrong order; compare it with the file".to_owned());
    }
    let mut article = Article::new(ArticleId::random(), "", &text.text);
    put(&mut article, Known::Headline, &title(pdf.metadata().title.as_deref().unwrap_or_default()));
    Ok(article)
}

/// Letters of Hebrew, Arabic and their kin.
fn is_right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF)
}

/// A title as the properties of a document hold it: UTF-16, UTF-8 or Latin letters. Names of files are no titles.
fn title(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        other => encoding_rs::WINDOWS_1252.decode_without_bom_handling(other).0.into_owned(),
    };
    let text = text.replace('\0', "");
    let lower = text.to_lowercase();
    let is_name = [".doc", ".docx", ".indd", ".pdf", ".odt", ".qxd"].iter().any(|end| lower.ends_with(end))
        || lower.starts_with("microsoft word")
        || lower.contains("untitled");
    if is_name { String::new() } else { text }
}

/// Takes the letters of a page; everything else that is drawn is let go.
#[derive(Default)]
struct Page {
    lines: Lines,
    /// Letters of which the document does not say which they are.
    unread: usize,
    drawn: usize,
}

impl Page {
    /// A document can draw one thing a thousand times, and that a thousand times: there must be an end to it.
    fn count(&mut self) {
        self.drawn += 1;
        // The interpreter cannot be stopped from here. Whoever calls the readers catches this and refuses the file.
        assert!(self.drawn <= MOST_DRAWN, "the document draws more than any text needs");
    }
}

impl Device<'_> for Page {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.count();
    }
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
    }
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.count();
    }
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.count();
    }
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.count();
            let text = match glyph.as_unicode() {
                Some(BfString::Char(letter)) => letter.to_string(),
                Some(BfString::String(letters)) => letters,
                None => {
                    self.unread += 1;
                    "\u{FFFD}".to_owned()
                }
            };
            let width = match &**glyph {
                Glyph::Outline(letter) => letter.advance_width(),
                Glyph::Type3(letter) => letter.advance_width(),
            };
            let place = props.transform * glyph.transform();
            let (start, up) = (place * Point::ZERO, place * Point::new(0.0, UNITS));
            let end = place * Point::new(f64::from(width.unwrap_or(500.0)), 0.0);
            let size = (up - start).hypot();
            self.lines.add(Letter { text: &text, x: start.x, end: end.x, y: start.y, size });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document of these content streams, one a page, with one of the fonts that every reader has.
    fn document(pages: &[&str]) -> Vec<u8> {
        let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        ];
        for (n, page) in pages.iter().enumerate() {
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
                5 + 2 * n
            ));
            objects.push(format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len()));
        }
        let mut out = "%PDF-1.4\n".to_owned();
        let mut places = Vec::new();
        for (n, object) in objects.iter().enumerate() {
            places.push(out.len());
            out += &format!("{} 0 obj\n{object}\nendobj\n", n + 1);
        }
        let table = out.len();
        out += &format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
        for place in &places {
            out += &format!("{place:010} 00000 n \n");
        }
        out += &format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", places.len() + 1);
        out.into_bytes()
    }

    fn text(pages: &[&str]) -> String {
        read(&document(pages), &mut Vec::new()).expect("a text").text.to_string()
    }

    #[test]
    fn letters_become_words_lines_paragraphs_and_pages() {
        let first = "BT /F1 18 Tf 50 700 Td (Quay flooded) Tj /F1 11 Tf 0 -30 Td (At least three people were) Tj \
            0 -14 Td (hurt when the quay) Tj 0 -14 Td (was flooded.) Tj 0 -26 Td (Two boats sank.) Tj ET";
        let second = "BT /F1 11 Tf 50 700 Td [(No) -600 (more) -600 (is) -600 (known.)] TJ ET";
        assert_eq!(
            text(&[first, second]),
            "Quay flooded\n\nAt least three people were hurt when the quay was flooded.\n\nTwo boats sank.\n\nNo more is known."
        );
    }

    #[test]
    fn words_divided_at_the_end_of_a_line_are_joined_and_it_is_said() {
        let page = "BT /F1 11 Tf 50 700 Td (The coun-) Tj 0 -14 Td (cil met on 12-) Tj 0 -14 Td (14 May.) Tj ET";
        let mut remarks = Vec::new();
        let article = read(&document(&[page]), &mut remarks).expect("a text");
        assert_eq!(&*article.text, "The council met on 12- 14 May.");
        assert_eq!(remarks, ["Words that were divided at the ends of lines were joined"]);
    }

    #[test]
    fn a_page_without_letters_seems_to_be_a_scan() {
        let error = read(&document(&["0 0 100 100 re f"]), &mut Vec::new()).expect_err("no text");
        assert_eq!(
            error.to_string(),
            "there is no text in it; it seems to be a scan. Have it recognised (OCR), and take that in"
        );
    }

    #[test]
    fn what_is_no_document_is_refused() {
        assert_eq!(read(b"%PDF-1.7 and nothing else", &mut Vec::new()), Err(TextError::Damaged("PDF document")));
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        #[test]
        fn damaged_documents_do_not_panic(at in 0_usize..700, byte: u8, cut in 0_usize..900) {
            let mut bytes = document(&["BT /F1 11 Tf 50 700 Td (Two boats sank.) Tj ET"]);
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            bytes.truncate(cut);
            let _ = read(&bytes, &mut Vec::new());
        }

        #[test]
        fn no_page_panics(page in "(BT|ET|/F1 1[0-9]? Tf|-?[0-9]{1,5} -?[0-9]{1,5} Td|\\([a-z -]{0,6}\\) Tj|q|Q| ){0,40}") {
            let _ = read(&document(&[&page]), &mut Vec::new());
        }
    }
}
