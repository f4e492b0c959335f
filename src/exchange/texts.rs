//! Texts from outside as articles: files of all kinds that are read, and what was pasted.
//!
//! A text is evidence: what was read is kept as it stands, with the name and the SHA-256 of its file. Headline,
//! publisher and date are guesses, marked so, that the person can change; the text is not.

use sha2::{Digest as _, Sha256};

use crate::model::{Article, ArticleId, Known, Project, SourceFile};

use super::decode::{self, Decoded, Settled};
use super::guess::{self, put};
use super::kind::Kind;
use super::{html, mail, office, pdf};

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 50 * 1024 * 1024;
/// The longest text that is taken in, in bytes.
pub const LONGEST: usize = 20 * 1024 * 1024;
/// The longest first line that is taken for a headline, in characters.
const LONGEST_HEADLINE: usize = 140;
/// The stack of the thread that reads a file: parsers call themselves for what stands inside something else.
const STACK: usize = 32 * 1024 * 1024;

/// Why a file is not taken in, in a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing to read in it.
    #[error("it holds no text")]
    Empty,
    /// More than [`LARGEST`].
    #[error("it has {} MB, more than the {} MB that are read; cut it into parts", .0 / (1024 * 1024), LARGEST / (1024 * 1024))]
    TooLarge(usize),
    /// A text longer than [`LONGEST`].
    #[error("its text has more than the {} MB that are taken in; cut it into parts", LONGEST / (1024 * 1024))]
    TooLong,
    /// It unpacks to more than any text has.
    #[error("it unpacks to far more than a text has; save its text as .txt and take that in")]
    Bomb,
    /// NUL characters, which texts do not have.
    #[error("it is not a text: it holds NUL characters. Save it as text (UTF-8) and take that in")]
    Nul,
    /// A kind of file that is not read, by its ending.
    #[error("files ending in .{0} are not read; save it as .txt, .html, .docx or .pdf")]
    Kind(String),
    /// A kind of file that is not read, by its beginning.
    #[error("it is {what}: {remedy}")]
    Other {
        /// What it is.
        what: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// A web page too large or too deep.
    #[error("the page is too large to find its article; copy the text and paste it")]
    Page,
    /// A document without letters.
    #[error("there is no text in it; it seems to be a scan. Have it recognised (OCR), and take that in")]
    Scan,
    /// A document that draws letters without saying which.
    #[error("its letters cannot be told from their shapes; copy the text from another program and paste it")]
    NoLetters,
    /// A document with a password.
    #[error("it is locked with a password; save it without one and take that in")]
    Locked,
    /// Bytes that do not follow the format.
    #[error("the {0} is damaged and cannot be read; open it in another program and copy its text")]
    Damaged(&'static str),
}

/// What was read and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRead {
    /// The article.
    pub article: Article,
    /// What a person should know of the reading, in sentences. Empty where all was plain.
    pub remarks: Vec<String>,
}

/// Reads a file as an article. Its remarks are kept with the name of the file.
///
/// # Errors
/// Where it is no text, empty, too large, or of a kind that is not read.
pub fn read_text(name: &str, bytes: &[u8]) -> Result<Article, TextError> {
    read_with_remarks(name, bytes).map(|read| read.article)
}

/// Reads a file as [`read_text`] does, and says how.
///
/// # Errors
/// As [`read_text`].
pub fn read_with_remarks(name: &str, bytes: &[u8]) -> Result<TextRead, TextError> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    if bytes.len() > LARGEST {
        return Err(TextError::TooLarge(bytes.len()));
    }
    let (kind, remark) = Kind::of(name, bytes)?;
    let mut remarks: Vec<String> = remark.into_iter().collect();
    let mut article = match kind {
        Kind::Plain | Kind::Markdown => from_plain(&decoded(bytes, kind, &mut remarks)?, kind),
        Kind::Html => guarded("web page", || html::article(&decoded(bytes, kind, &mut remarks)?, &mut remarks))?,
        Kind::Mail => guarded("mail", || mail::read(bytes, &mut remarks))?,
        Kind::Mhtml => guarded("saved page", || mail::read_page(bytes, &mut remarks))?,
        Kind::Pdf => guarded("PDF document", || pdf::read(bytes, &mut remarks))?,
        Kind::Docx => guarded("Word document", || office::read_docx(bytes))?,
        Kind::Odt => guarded("OpenDocument text", || office::read_odt(bytes))?,
    };
    if article.text.contains('\0') {
        return Err(TextError::Nul);
    }
    if article.text.len() > LONGEST {
        return Err(TextError::TooLong);
    }
    if article.text.trim().is_empty() {
        return Err(TextError::Empty);
    }
    remarks.extend(hidden(&article.text));
    guess::from_text(&mut article);
    let first = first_line(&article.text, kind);
    put(&mut article, Known::Headline, &first);
    put(&mut article, Known::Headline, name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let remark = remarks.join(". ").into();
    article.file = Some(SourceFile { name: name.into(), sha256: sha256(bytes).into(), remarks: remark });
    Ok(TextRead { article, remarks })
}

/// A text that was copied from somewhere.
pub fn from_paste(text: &str) -> Article {
    // A clipboard cannot carry NUL in earnest; without it the text counts the same everywhere.
    let text = decode::unix_lines(text).replace('\0', "");
    let mut article = from_plain(text.trim_matches('\n'), Kind::Plain);
    guess::from_text(&mut article);
    let first = first_line(&article.text, Kind::Plain);
    put(&mut article, Known::Headline, &first);
    let opening = opening(&article.text);
    put(&mut article, Known::Headline, &opening);
    article
}

/// The article of the project that has the very same text, or came from the very same file.
pub fn already_in(project: &Project, article: &Article) -> Option<ArticleId> {
    let sha256 =
        |article: &Article| article.file.as_ref().map(|file| file.sha256.clone()).filter(|sum| !sum.is_empty());
    let own = sha256(article);
    let same = |known: &Article| known.text == article.text || (own.is_some() && sha256(known) == own);
    project.articles.iter().find(|known| same(known)).map(|known| known.id)
}

/// What the log says of articles that were taken in: the chain of custody begins there.
pub fn taken_in(articles: &[Article]) -> String {
    match articles {
        [one] => match &one.file {
            Some(file) => format!("Took in {} (SHA-256 {})", file.name, file.sha256),
            None => format!("Took in the pasted text “{}” (SHA-256 {})", one.headline, sha256(one.text.as_bytes())),
        },
        many => format!("Took in {} texts", many.len()),
    }
}

/// SHA-256 of some bytes, in lower case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads on a thread of its own: a library that gives up with a panic, or goes deep, costs the file and nothing else.
fn guarded<T: Send>(what: &'static str, read: impl FnOnce() -> Result<T, TextError> + Send) -> Result<T, TextError> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read);
        let ended = thread.map(std::thread::ScopedJoinHandle::join);
        ended.ok().and_then(Result::ok).unwrap_or(Err(TextError::Damaged(what)))
    })
}

fn decoded(bytes: &[u8], kind: Kind, remarks: &mut Vec<String>) -> Result<String, TextError> {
    let declared = if kind == Kind::Html { decode::declared_in_html(bytes) } else { None };
    let decoded = decode::decode(bytes, declared);
    if decoded.text.contains('\0') {
        return Err(TextError::Nul);
    }
    remarks.extend(remarks_on(&decoded));
    Ok(decoded.text)
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

/// A remark on characters that turn the direction of writing: with them words can look other than they are.
fn hidden(text: &str) -> Option<String> {
    let turns = text.chars().filter(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')).count();
    let holds = if turns == 1 { "1 character turns" } else { &format!("{turns} characters turn") };
    (turns > 0).then(|| format!("{holds} the direction of writing in it and can make words look other than they are"))
}

fn from_plain(text: &str, kind: Kind) -> Article {
    let mut article = Article::new(ArticleId::random(), "", text.trim_end());
    // The title that the front matter of Markdown gives stands before the first line.
    if kind == Kind::Markdown {
        let title = text.strip_prefix("---\n").and_then(|rest| rest.split("\n---").next()).and_then(|matter| {
            matter
                .lines()
                .find_map(|line| line.strip_prefix("title:").map(|title| title.trim().trim_matches(['"', '\''])))
        });
        put(&mut article, Known::Headline, title.unwrap_or_default());
    }
    article
}

/// The first line, where it is short enough for a headline.
fn first_line(text: &str, kind: Kind) -> String {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let first = if kind == Kind::Markdown { first.trim_start_matches('#').trim() } else { first };
    if first.chars().count() <= LONGEST_HEADLINE { first.to_owned() } else { String::new() }
}

/// The first words of a long line, for a name.
fn opening(text: &str) -> String {
    const WORDS: usize = 12;
    let mut words = text.split_whitespace();
    let start: Vec<&str> = words.by_ref().take(WORDS).collect();
    let more = if words.next().is_some() { "…" } else { "" };
    format!("{}{more}", start.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;

    #[test]
    fn a_text_file_keeps_its_words_its_name_and_its_hash() {
        let article = read_text("folder/report.txt", b"\r\nTwo hurt at bridge\r\n\r\nTwo people were hurt.\r\n");
        let article = article.expect("a text");
        assert_eq!(&*article.text, "\nTwo hurt at bridge\n\nTwo people were hurt.");
        assert_eq!(&*article.headline, "Two hurt at bridge");
        let file = article.file.clone().expect("a file");
        assert_eq!(&*file.name, "report.txt");
        assert_eq!(file.sha256.len(), 64);
        assert_eq!(article.retrieved, None, "a file does not say when its text was fetched");
        assert!(article.is_guess(Known::Headline));
    }

    #[test]
    fn the_hash_is_the_one_that_every_tool_gives() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_markdown_heading_is_the_headline_and_stays_in_the_text() {
        let article = read_text("report.MD", b"# Two hurt\n\nAt the *bridge*.").expect("a text");
        assert_eq!((&*article.headline, &*article.text), ("Two hurt", "# Two hurt\n\nAt the *bridge*."));
    }

    #[test]
    fn a_long_first_line_is_no_headline() {
        let text = "word ".repeat(60);
        assert_eq!(&*read_text("report.txt", text.as_bytes()).expect("a text").headline, "report");
        assert_eq!(&*from_paste(&text).headline, "word word word word word word word word word word word word…");
    }

    #[test]
    fn a_page_brings_what_it_says_of_itself() {
        let html = "<html lang=de><head><title>Drei Verletzte</title>\
            <meta property='og:site_name' content='Flussblatt'></head>\
            <body><p>Drei Menschen wurden verletzt, sagte der Landrat.</p></body></html>";
        let read = read_with_remarks("seite.html", html.as_bytes()).expect("a page");
        assert_eq!((&*read.article.headline, &*read.article.publisher), ("Drei Verletzte", "Flussblatt"));
        assert_eq!(&*read.article.text, "Drei Menschen wurden verletzt, sagte der Landrat.");
    }

    #[test]
    fn what_is_no_text_is_refused_with_a_reason() {
        assert_eq!(read_text("a.txt", b""), Err(TextError::Empty));
        assert_eq!(read_text("a.txt", b" \n\t\n"), Err(TextError::Empty));
        assert_eq!(read_text("a.txt", b"ab\0cd"), Err(TextError::Nul));
        assert_eq!(read_text("a.pdf", b"%PDF-1.7"), Err(TextError::Damaged("PDF document")));
        assert_eq!(read_text("a.docx", b"PK\x03\x04word/document.xml"), Err(TextError::Damaged("Word document")));
        assert_eq!(read_text("a.xyz", b"Two hurt."), Err(TextError::Kind("xyz".to_owned())));
        assert_eq!(read_text("a.txt", &vec![b'a'; LARGEST + 1]), Err(TextError::TooLarge(LARGEST + 1)));
        assert_eq!(read_text("a.html", b"<html><body> </body></html>"), Err(TextError::Empty));
    }

    #[test]
    fn a_guessed_encoding_is_said_aloud() {
        let bytes = encoding_rs::WINDOWS_1251.encode("Трое убиты и двенадцать ранены у границы").0.into_owned();
        let read = read_with_remarks("a.txt", &bytes).expect("a text");
        assert_eq!(read.remarks, ["Read as windows-1251, guessed from its letters"]);
        assert!(read_with_remarks("a.txt", "Käse".as_bytes()).expect("a text").remarks.is_empty());
    }

    #[test]
    fn the_same_text_is_known_again() {
        let first = read_text("a.txt", b"Two hurt.\r\n").expect("a text");
        let project = Edit::AddArticles(vec![first.clone()]).apply(&Project::default()).expect("a new article");
        assert_eq!(already_in(&project, &from_paste("Two hurt.\n")), Some(first.id));
        assert_eq!(already_in(&project, &from_paste("Three hurt.")), None);
    }

    #[test]
    fn a_reader_that_panics_costs_its_file_and_nothing_else() {
        let read: Result<(), TextError> = guarded("PDF document", || panic!("a library gave up"));
        assert_eq!(read, Err(TextError::Damaged("PDF document")));
    }

    #[test]
    fn what_the_reading_noticed_is_kept_with_the_file() {
        let bytes = "Two \u{202e}dah\u{202c} hurt.".as_bytes();
        let article = read_text("a.txt", bytes).expect("a text");
        let remarks = article.file.expect("a file").remarks;
        assert_eq!(
            &*remarks,
            "2 characters turn the direction of writing in it and can make words look other than they are"
        );
        assert!(article.text.contains('\u{202e}'), "evidence is not cleaned");
    }

    #[test]
    fn a_file_that_was_read_before_is_known_by_its_hash() {
        let page = b"<html><body><p>Two boats sank, the council said.</p></body></html>";
        let first = read_text("a.html", page).expect("a page");
        let project = Edit::AddArticles(vec![first.clone()]).apply(&Project::default()).expect("a new article");
        let mut again = read_text("b.html", page).expect("a page");
        again.text = "read otherwise by a later version".into();
        assert_eq!(already_in(&project, &again), Some(first.id));
    }

    #[test]
    fn a_long_text_is_taken_in_whole_and_a_longer_one_refused() {
        let long = "Two boats sank. ".repeat(10 * 1024 * 1024 / 16);
        assert_eq!(read_text("a.txt", long.as_bytes()).expect("a text").text.len(), long.trim_end().len());
        let longer = "a".repeat(LONGEST + 1);
        assert_eq!(read_text("a.txt", longer.as_bytes()), Err(TextError::TooLong));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, ending in "txt|md|html") {
            let _ = read_text(&format!("a.{ending}"), &bytes);
        }
    }
}
