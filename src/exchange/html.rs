//! The article in a web page: its text without menus and advertising, and what the page says of itself.
//!
//! What a page says of itself is a guess for the person to check, never a fact of the project.

use dom_smoothie::{Config, Metadata, Readability, TextMode};

use crate::model::{Article, ArticleId, Known, Moment};

use super::guess::{put, put_moment, read_moment};
use super::texts::TextError;

/// More elements than any news page has; beyond it a page is refused rather than read for minutes.
const MOST_ELEMENTS: usize = 200_000;
/// Tags that open deeper than this are refused: a page never does, and parsers of trees answer by overflowing.
const DEEPEST: usize = 2_000;

/// What was found in a page; a text may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The text, with empty lines between paragraphs.
    pub text: String,
    /// The title.
    pub title: String,
    /// Who wrote it.
    pub byline: String,
    /// Whose site it is.
    pub site: String,
    /// The language as a BCP 47 tag.
    pub language: String,
    /// The address.
    pub url: String,
    /// When it was published, where the page says so readably.
    pub published: Option<Moment>,
    /// Whether no article was recognised and everything on the page was taken.
    pub whole_page: bool,
}

/// Reads a page as an article, with what the page and the browser that saved it say as guesses.
pub(super) fn article(html: &str, remarks: &mut Vec<String>) -> Result<Article, TextError> {
    let page = read(html).ok_or(TextError::Page)?;
    if page.whole_page {
        remarks.push("No article was recognised: the text is the whole page".to_owned());
    }
    let mut article = Article::new(ArticleId::random(), "", &page.text);
    let (address, saved) = saved(html);
    put(&mut article, Known::Headline, &page.title);
    put(&mut article, Known::Publisher, &page.site);
    put(&mut article, Known::Byline, &page.byline);
    put(&mut article, Known::Language, &page.language);
    put(&mut article, Known::Url, &page.url);
    put(&mut article, Known::Url, &address);
    put_moment(&mut article, Known::Published, page.published);
    put_moment(&mut article, Known::Retrieved, saved);
    Ok(article)
}

/// What the program that saved a page wrote into it: its address, and when it was saved.
fn saved(html: &str) -> (String, Option<Moment>) {
    /// Such a remark stands at the very beginning.
    const HEAD: usize = 4096;
    let end = html.char_indices().map(|(at, _)| at).take_while(|at| *at <= HEAD).last().unwrap_or(0);
    let head = &html[..end];
    // Browsers: <!-- saved from url=(0034)https://… -->
    if let Some((_, rest)) = head.split_once("saved from url=(") {
        let address = rest.split_once(')').map(|(_, rest)| rest).unwrap_or_default();
        return (address.split_whitespace().next().unwrap_or_default().to_owned(), None);
    }
    // SingleFile: lines `url: …` and `saved date: Thu May 05 2031 10:11:12 GMT+0200 (…)` in a comment.
    let value = |name: &str| head.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    let Some(date) = value("saved date:") else { return (String::new(), None) };
    let date = date.split(" (").next().unwrap_or_default();
    let read = jiff::fmt::strtime::parse("%a %b %d %Y %H:%M:%S GMT%z", date);
    let moment = read.ok().and_then(|read| {
        let (day, time) = (read.to_date().ok()?, read.to_time().ok()?);
        Moment::new(day).at(time, read.offset()).ok()
    });
    (value("url:").unwrap_or_default().to_owned(), moment)
}

/// Reads a page. `None` where it is too large or too deep for a news page.
pub fn read(html: &str) -> Option<Page> {
    if depth(html) > DEEPEST {
        return None;
    }
    let config = Config {
        max_elements_to_parse: MOST_ELEMENTS,
        text_mode: TextMode::Formatted,
        char_threshold: 200,
        ..Config::default()
    };
    let mut readability = Readability::new(html, None, Some(config)).ok()?;
    let said = readability.get_article_metadata(readability.parse_json_ld());
    let whole = readability.doc.select("body").formatted_text();
    match readability.parse() {
        Ok(article) if !article.text_content.trim().is_empty() => {
            let language = article.lang.clone().or(said.lang.clone());
            let byline = article.byline.clone().or(said.byline.clone());
            Some(Page { text: tidy(&article.text_content), ..page(said, language, byline) })
        }
        Err(dom_smoothie::ReadabilityError::TooManyElements(..)) => None,
        _ => {
            let (language, byline) = (said.lang.clone(), said.byline.clone());
            Some(Page { text: tidy(&whole), whole_page: true, ..page(said, language, byline) })
        }
    }
}

fn page(said: Metadata, language: Option<String>, byline: Option<String>) -> Page {
    Page {
        title: line(&said.title),
        byline: line(&byline.unwrap_or_default()),
        site: line(&said.site_name.unwrap_or_default()),
        language: line(&language.unwrap_or_default()),
        url: line(&said.url.unwrap_or_default()),
        published: said.published_time.as_deref().and_then(read_moment),
        ..Page::default()
    }
}

/// How deep tags open, counted roughly: what closes without an opening does not count.
fn depth(html: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    let bytes = html.as_bytes();
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => now = now.saturating_sub(1),
            Some(letter) if letter.is_ascii_alphabetic() && !is_void(&bytes[at + 1..]) => now += 1,
            _ => {}
        }
        most = most.max(now);
    }
    most
}

/// Elements that HTML never closes, or whose end tag most pages leave out.
fn is_void(after: &[u8]) -> bool {
    const VOID: [&[u8]; 14] = [
        b"br", b"img", b"meta", b"link", b"input", b"hr", b"li", b"p", b"td", b"tr", b"th", b"source", b"option",
        b"path",
    ];
    let end = after.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(after.len());
    VOID.iter().any(|tag| after[..end].eq_ignore_ascii_case(tag))
}

/// One line without spaces around it.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// No spaces at the ends of lines, and at most one empty line between paragraphs.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.trim().lines() {
        let line = line.trim();
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r#"<!doctype html><html lang="en-GB"><head>
<title>Shells hit market town | River Gazette</title>
<meta property="og:title" content="Shells hit market town">
<meta property="og:site_name" content="River Gazette">
<meta name="author" content="A. Reporter">
<meta property="article:published_time" content="2031-05-04T07:30:00+02:00">
</head><body>
<nav><a href="/">Home</a> <a href="/weather">Weather</a> <a href="/sport">Sport</a></nav>
<article><h1>Shells hit market town</h1>
<p>At least twelve people were injured when shells fell on the market of a small town on Saturday, the regional
governor said, adding that the number could still rise during the night.</p>
<p>Hospital staff counted three dead, among them a child. <b>Dozens</b> of families left their homes, according to the
district council, which opened two schools for them on the far side of the river.</p>
<p>The army of the other side said that it had fired at no civilian object, and gave no information about losses of
its own. Neither account could be confirmed independently by this newspaper.</p></article>
<footer>All rights reserved. Subscribe to our newsletter!</footer></body></html>"#;

    #[test]
    fn a_page_gives_its_article_and_what_it_says_of_itself() {
        let page = read(SAMPLE).expect("small enough");
        assert!(!page.whole_page);
        assert_eq!(page.title, "Shells hit market town");
        assert_eq!(page.site, "River Gazette");
        assert_eq!(page.byline, "A. Reporter");
        assert_eq!(page.language, "en-GB");
        assert_eq!(page.published.expect("a time").to_string(), "2031-05-04T07:30+02:00");
        assert!(page.text.contains("Dozens of families left"), "{}", page.text);
        assert!(page.text.contains("small town on Saturday, the regional governor said"), "{}", page.text);
        assert!(!page.text.contains("Weather") && !page.text.contains("newsletter"), "{}", page.text);
        assert!(page.text.contains("night.\n\nHospital"), "paragraphs stay apart: {:?}", page.text);
    }

    #[test]
    fn a_page_without_an_article_is_taken_whole() {
        let page = read("<html><body><p>Three hurt.</p><p>No more is known.</p></body></html>").expect("small");
        assert_eq!(page.text.split_whitespace().collect::<Vec<_>>().join(" "), "Three hurt. No more is known.");
    }

    #[test]
    fn a_page_that_opens_without_end_is_refused() {
        assert_eq!(read(&"<div>".repeat(100_000)), None);
    }

    #[test]
    fn a_page_says_where_it_was_saved_from_and_when() {
        let page = "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://gazette.example/quay \n \
            saved date: Mon May 05 2031 10:11:12 GMT+0200 (Central European Summer Time)\n--><body><p>Two hurt.</p></body></html>";
        let article = article(page, &mut Vec::new()).expect("a page");
        assert_eq!(&*article.url, "https://gazette.example/quay");
        assert_eq!(article.retrieved.expect("a time").to_string(), "2031-05-05T10:11:12+02:00");
        assert!(article.is_guess(Known::Url) && article.is_guess(Known::Retrieved));
        let page =
            "<!-- saved from url=(0028)https://gazette.example/quay --><html><body><p>Two hurt.</p></body></html>";
        assert_eq!(&*super::article(page, &mut Vec::new()).expect("a page").url, "https://gazette.example/quay");
    }

    proptest::proptest! {
        #[test]
        fn no_page_panics(text in "(<[a-z/!]{0,6}[ a-z=\"']{0,8}>?|[ -~]{0,12}|\\PC{0,3}){0,40}") {
            let _ = read(&text);
        }
    }
}
