//! A mail, or a web page saved with all that belongs to it, as an article: both are built of parts (MIME, RFC 2045).
//!
//! What the headers say becomes guesses: whoever sent a mail need not have published what is in it.

use mail_parser::{DateTime, HeaderValue, Message, MessageParser, MimeHeaders as _, PartType};

use crate::model::{Article, ArticleId, Known, Moment};

use super::guess::{put, put_moment};
use super::texts::TextError;
use super::{decode, html};

/// Reads a mail: its text part, else its page.
pub(super) fn read(bytes: &[u8], remarks: &mut Vec<String>) -> Result<Article, TextError> {
    let mail = parse(bytes)?;
    let text = mail.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) if !text.trim().is_empty() => Some(decode::unix_lines(text)),
        _ => None,
    });
    let mut article = match text {
        Some(text) => Article::new(ArticleId::random(), "", text.trim_end()),
        None => page(&mail, remarks)?,
    };
    let names: Vec<&str> = mail.attachments().filter_map(|part| part.attachment_name()).collect();
    match names.as_slice() {
        [] => {}
        names => remarks.push(format!("What is attached was not taken in: {}", names.join(", "))),
    }
    let subject = mail.subject().unwrap_or_default();
    // The subject of a mail is its headline, whatever the page in it calls itself.
    article.headline = "".into();
    put(&mut article, Known::Headline, subject);
    let sender = mail.from().and_then(|from| from.first());
    let sender = sender.and_then(|sender| sender.name().or(sender.address())).unwrap_or_default();
    put(&mut article, Known::Publisher, sender);
    put_moment(&mut article, Known::Published, mail.date().and_then(moment));
    Ok(article)
}

/// Reads a saved web page; its headers tell the address and when it was saved.
pub(super) fn read_page(bytes: &[u8], remarks: &mut Vec<String>) -> Result<Article, TextError> {
    let mail = parse(bytes)?;
    let mut article = page(&mail, remarks)?;
    let location = mail.header("Snapshot-Content-Location").and_then(HeaderValue::as_text).unwrap_or_default();
    put(&mut article, Known::Url, location);
    put(&mut article, Known::Headline, mail.subject().unwrap_or_default());
    put_moment(&mut article, Known::Retrieved, mail.date().and_then(moment));
    Ok(article)
}

fn parse(bytes: &[u8]) -> Result<Message<'_>, TextError> {
    MessageParser::default().parse(bytes).ok_or(TextError::Damaged("mail"))
}

fn page(mail: &Message<'_>, remarks: &mut Vec<String>) -> Result<Article, TextError> {
    let found = mail.html_bodies().find_map(|part| match &part.body {
        PartType::Html(page) => Some(page),
        _ => None,
    });
    html::article(&decode::unix_lines(found.ok_or(TextError::Empty)?), remarks)
}

/// The local time of a header, with its offset.
fn moment(written: &DateTime) -> Option<Moment> {
    let small = |n: u8| i8::try_from(n).ok();
    let day =
        jiff::civil::Date::new(i16::try_from(written.year).ok()?, small(written.month)?, small(written.day)?).ok()?;
    let time = jiff::civil::Time::new(small(written.hour)?, small(written.minute)?, small(written.second)?, 0).ok()?;
    let seconds = i32::from(written.tz_hour) * 3600 + i32::from(written.tz_minute) * 60;
    let offset = jiff::tz::Offset::from_seconds(if written.tz_before_gmt { -seconds } else { seconds }).ok()?;
    Moment::new(day).at(time, Some(offset)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "From: Harbour News <desk@harbour.example>\r\nTo: list@harbour.example\r\n\
        Subject: =?utf-8?q?Quay_=C3=BCberflutet?=\r\nDate: Mon, 5 May 2031 07:30:00 +0200\r\nMessage-ID: <1@harbour.example>\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=xx\r\n\r\n--xx\r\n\
        Content-Type: multipart/alternative; boundary=yy\r\n\r\n--yy\r\n\
        Content-Type: text/plain; charset=windows-1251\r\nContent-Transfer-Encoding: base64\r\n\r\n\
        5OLgIPHz5O3g\r\n--yy\r\nContent-Type: text/html\r\n\r\n<p>Two boats</p>\r\n--yy--\r\n--xx\r\n\
        Content-Type: image/png; name=\"map.png\"\r\nContent-Disposition: attachment; filename=\"map.png\"\r\n\
        Content-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--xx--\r\n";

    #[test]
    fn a_mail_gives_its_text_and_its_headers_as_guesses() {
        let mut remarks = Vec::new();
        let article = read(MAIL.as_bytes(), &mut remarks).expect("a mail");
        assert_eq!(&*article.text, "два судна");
        assert_eq!((&*article.headline, &*article.publisher), ("Quay überflutet", "Harbour News"));
        assert_eq!(article.published.expect("a time").to_string(), "2031-05-05T07:30+02:00");
        assert_eq!(article.guesses, [Known::Headline, Known::Publisher, Known::Published]);
        assert_eq!(remarks, ["What is attached was not taken in: map.png"]);
    }

    #[test]
    fn a_mail_that_is_only_a_page_is_read_as_one() {
        let mail = "From: desk@harbour.example\nSubject: Quay\nDate: Mon, 5 May 2031 07:30:00 +0000\nMIME-Version: 1.0\n\
            Content-Type: text/html; charset=utf-8\n\n<html><body><p>Two boats sank.</p><p>More follows.</p></body></html>";
        let article = read(mail.as_bytes(), &mut Vec::new()).expect("a mail");
        assert_eq!(article.text.split_whitespace().collect::<Vec<_>>().join(" "), "Two boats sank. More follows.");
        assert_eq!((&*article.headline, &*article.publisher), ("Quay", "desk@harbour.example"));
    }

    #[test]
    fn a_saved_page_tells_its_address_and_when_it_was_saved() {
        let saved = "From: <Saved by a browser>\nSnapshot-Content-Location: https://gazette.example/quay\nSubject: Quay flooded\n\
            Date: Tue, 6 May 2031 10:00:00 +0200\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=xx\n\n--xx\n\
            Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<html><body><p>Two boats=20sank.</p>\
            </body></html>\n--xx\nContent-Type: image/png\n\nxx\n--xx--\n";
        let article = read_page(saved.as_bytes(), &mut Vec::new()).expect("a page");
        assert_eq!((&*article.text, &*article.url), ("Two boats sank.", "https://gazette.example/quay"));
        assert_eq!(article.retrieved.expect("a time").to_string(), "2031-05-06T10:00+02:00");
        assert_eq!(article.published, None, "when it was saved is not when it was published");
    }

    proptest::proptest! {
        #[test]
        fn no_mail_panics(rest in "(From: |Date: |Content-Type: multipart/mixed; boundary=x|--x\n|\n|=\\?utf-8|[ -~]{0,9}|\\PC){0,30}") {
            let text = format!("MIME-Version: 1.0\n{rest}");
            let _ = read(text.as_bytes(), &mut Vec::new());
            let _ = read_page(text.as_bytes(), &mut Vec::new());
        }
    }
}
