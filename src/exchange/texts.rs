//! Texts from outside as articles: plain text, Markdown and HTML files, and what was pasted.
//!
//! A text is evidence: what was read is kept as it stands, with the name and the SHA-256 of its file. Headline,
//! publisher and date are guesses that the person can change; the text is not.

use sha2::{Digest as _, Sha256};

use crate::model::{Article, ArticleId, Moment, Project, SourceFile};

use super::decode::{self, Decoded, Settled};
use super::html;

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 50 * 1024 * 1024;
/// The longest first line that is taken for a headline, in characters.
const LONGEST_HEADLINE: usize = 140;

/// Why a file is not taken in, in a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing to read in it.
    #[error("it holds no text")]
    Empty,
    /// More than [`LARGEST`].
    #[error("it has {} MB, more than the {} MB that are read; cut it into parts", .0 / (1024 * 1024), LARGEST / (1024 * 1024))]
    TooLarge(usize),
    /// NUL characters, which texts do not have.
    #[error("it is not a text: it holds NUL characters. Save it as text (UTF-8) and take that in")]
    Nul,
    /// A kind of file that is not read.
    #[error("files ending in .{0} are not read; save it as .txt, .md or .html")]
    Kind(String),
    /// A web page too large or too deep.
    #[error("the page is too large to find its article; copy the text and paste it")]
    Page,
}

/// What was read and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRead {
    /// The article.
    pub article: Article,
    /// The encoding of the file.
    pub encoding: &'static str,
    /// How the encoding was settled.
    pub settled: Settled,
    /// What a person should know of the reading, in sentences. Empty where all was plain.
    pub remarks: Vec<String>,
}

/// The kinds of files that are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Markdown,
    Html,
}

impl Kind {
    fn of(name: &str) -> Result<Self, TextError> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        match ending.as_deref() {
            None | Some("txt" | "text") => Ok(Self::Plain),
            Some("md" | "markdown") => Ok(Self::Markdown),
            Some("html" | "htm" | "xhtml") => Ok(Self::Html),
            Some(other) => Err(TextError::Kind(other.to_owned())),
        }
    }
}

/// Reads a file as an article that was taken in `now`.
///
/// # Errors
/// Where it is no text, empty, too large, or of a kind that is not read.
pub fn read_text(name: &str, bytes: &[u8], now: Moment) -> Result<Article, TextError> {
    read_with_remarks(name, bytes, now).map(|read| read.article)
}

/// Reads a file as [`read_text`] does, and says how.
///
/// # Errors
/// As [`read_text`].
pub fn read_with_remarks(name: &str, bytes: &[u8], now: Moment) -> Result<TextRead, TextError> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let kind = Kind::of(name)?;
    if bytes.len() > LARGEST {
        return Err(TextError::TooLarge(bytes.len()));
    }
    let declared = if kind == Kind::Html { decode::declared_in_html(bytes) } else { None };
    let decoded = decode::decode(bytes, declared);
    if decoded.text.contains('\0') {
        return Err(TextError::Nul);
    }
    let mut remarks = remarks_on(&decoded);
    let mut article = match kind {
        Kind::Html => from_page(&decoded.text, &mut remarks)?,
        Kind::Plain | Kind::Markdown => from_plain(&decoded.text, kind),
    };
    if article.text.trim().is_empty() {
        return Err(TextError::Empty);
    }
    if article.headline.is_empty() {
        article.headline = name.rsplit_once('.').map_or(name, |(stem, _)| stem).into();
    }
    article.retrieved = Some(now);
    article.file = Some(SourceFile { name: name.into(), sha256: sha256(bytes).into() });
    Ok(TextRead { article, encoding: decoded.encoding, settled: decoded.settled, remarks })
}

/// A text that was copied from somewhere.
pub fn from_paste(text: &str) -> Article {
    // A clipboard cannot carry NUL in earnest; without it the text counts the same everywhere.
    let text = decode::unix_lines(text).replace('\0', "");
    let mut article = from_plain(text.trim_matches('\n'), Kind::Plain);
    if article.headline.is_empty() {
        article.headline = opening(&article.text).into();
    }
    article
}

/// The article of the project that has the very same text.
pub fn already_in(project: &Project, article: &Article) -> Option<ArticleId> {
    project.articles.iter().find(|known| known.text == article.text).map(|known| known.id)
}

fn remarks_on(decoded: &Decoded) -> Vec<String> {
    let mut remarks = Vec::new();
    match decoded.settled {
        Settled::Guessed => remarks.push(format!("Read as {}, guessed from its letters", decoded.encoding)),
        Settled::Declared => remarks.push(format!("Read as {}, as the page says", decoded.encoding)),
        Settled::ByMark | Settled::Utf8 => {}
    }
    if decoded.damaged {
        remarks.push(format!("Some bytes are not {}; they stand as �", decoded.encoding));
    }
    remarks
}

fn from_plain(text: &str, kind: Kind) -> Article {
    let text = text.trim_end();
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let first = if kind == Kind::Markdown { first.trim_start_matches('#').trim() } else { first };
    let short = first.chars().count() <= LONGEST_HEADLINE;
    Article::new(ArticleId::random(), if short { first } else { "" }, text)
}

fn from_page(text: &str, remarks: &mut Vec<String>) -> Result<Article, TextError> {
    let page = html::read(text).ok_or(TextError::Page)?;
    if page.whole_page {
        remarks.push("No article was recognised: the text is the whole page".to_owned());
    }
    let mut article = Article::new(ArticleId::random(), &page.title, &page.text);
    article.publisher = page.site.into();
    article.byline = page.byline.into();
    article.language = page.language.into();
    article.url = page.url.into();
    article.published = page.published;
    Ok(article)
}

/// The first words of a long line, for a name.
fn opening(text: &str) -> String {
    const WORDS: usize = 12;
    let mut words = text.split_whitespace();
    let start: Vec<&str> = words.by_ref().take(WORDS).collect();
    let more = if words.next().is_some() { "…" } else { "" };
    format!("{}{more}", start.join(" "))
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;

    fn now() -> Moment {
        Moment::parse("2031-05-05T09:00Z").expect("a moment")
    }

    #[test]
    fn a_text_file_keeps_its_words_its_name_and_its_hash() {
        let article = read_text("folder/report.txt", b"\r\nTwo hurt at bridge\r\n\r\nTwo people were hurt.\r\n", now());
        let article = article.expect("a text");
        assert_eq!(&*article.text, "\nTwo hurt at bridge\n\nTwo people were hurt.");
        assert_eq!(&*article.headline, "Two hurt at bridge");
        let file = article.file.expect("a file");
        assert_eq!(&*file.name, "report.txt");
        assert_eq!(file.sha256.len(), 64);
        assert_eq!(article.retrieved, Some(now()));
    }

    #[test]
    fn the_hash_is_the_one_that_every_tool_gives() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_markdown_heading_is_the_headline_and_stays_in_the_text() {
        let article = read_text("report.MD", b"# Two hurt\n\nAt the *bridge*.", now()).expect("a text");
        assert_eq!((&*article.headline, &*article.text), ("Two hurt", "# Two hurt\n\nAt the *bridge*."));
    }

    #[test]
    fn a_long_first_line_is_no_headline() {
        let text = "word ".repeat(60);
        assert_eq!(&*read_text("report.txt", text.as_bytes(), now()).expect("a text").headline, "report");
        assert_eq!(&*from_paste(&text).headline, "word word word word word word word word word word word word…");
    }

    #[test]
    fn a_page_brings_what_it_says_of_itself() {
        let html = "<html lang=de><head><title>Drei Verletzte</title>\
            <meta property='og:site_name' content='Flussblatt'></head>\
            <body><p>Drei Menschen wurden verletzt, sagte der Landrat.</p></body></html>";
        let read = read_with_remarks("seite.html", html.as_bytes(), now()).expect("a page");
        assert_eq!((&*read.article.headline, &*read.article.publisher), ("Drei Verletzte", "Flussblatt"));
        assert_eq!(&*read.article.text, "Drei Menschen wurden verletzt, sagte der Landrat.");
    }

    #[test]
    fn what_is_no_text_is_refused_with_a_reason() {
        assert_eq!(read_text("a.txt", b"", now()), Err(TextError::Empty));
        assert_eq!(read_text("a.txt", b" \n\t\n", now()), Err(TextError::Empty));
        assert_eq!(read_text("a.txt", b"ab\0cd", now()), Err(TextError::Nul));
        assert_eq!(read_text("a.pdf", b"%PDF-1.7", now()), Err(TextError::Kind("pdf".to_owned())));
        assert_eq!(read_text("a.txt", &vec![b'a'; LARGEST + 1], now()), Err(TextError::TooLarge(LARGEST + 1)));
        assert_eq!(read_text("a.html", b"<html><body> </body></html>", now()), Err(TextError::Empty));
    }

    #[test]
    fn a_guessed_encoding_is_said_aloud() {
        let bytes = encoding_rs::WINDOWS_1251.encode("Трое убиты и двенадцать ранены у границы").0.into_owned();
        let read = read_with_remarks("a.txt", &bytes, now()).expect("a text");
        assert_eq!(read.remarks, ["Read as windows-1251, guessed from its letters"]);
        assert!(read_with_remarks("a.txt", "Käse".as_bytes(), now()).expect("a text").remarks.is_empty());
    }

    #[test]
    fn the_same_text_is_known_again() {
        let first = read_text("a.txt", b"Two hurt.\r\n", now()).expect("a text");
        let project = Edit::AddArticles(vec![first.clone()]).apply(&Project::default()).expect("a new article");
        assert_eq!(already_in(&project, &from_paste("Two hurt.\n")), Some(first.id));
        assert_eq!(already_in(&project, &from_paste("Three hurt.")), None);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, ending in "txt|md|html") {
            let _ = read_text(&format!("a.{ending}"), &bytes, now());
        }
    }
}
