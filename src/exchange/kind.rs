//! What kind of file some bytes are: their beginning trumps the ending of the name. It reads nothing of what they say.

use super::texts::TextError;

/// The kinds of files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text without markup.
    Plain,
    /// Text with Markdown's markup.
    Markdown,
    /// A web page.
    Html,
    /// A mail, with its headers.
    Mail,
    /// A web page with all that belongs to it in one file, as browsers save it.
    Mhtml,
    /// A PDF document.
    Pdf,
    /// A text document of Word 2007 or later.
    Docx,
    /// A text document of LibreOffice.
    Odt,
}

impl Kind {
    /// What such a file is called in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "a plain text",
            Self::Markdown => "a Markdown text",
            Self::Html => "a web page",
            Self::Mail => "a mail",
            Self::Mhtml => "a saved web page",
            Self::Pdf => "a PDF document",
            Self::Docx => "a Word document",
            Self::Odt => "an OpenDocument text",
        }
    }

    fn of_ending(ending: Option<&str>) -> Option<Self> {
        Some(match ending {
            None | Some("txt" | "text") => Self::Plain,
            Some("md" | "markdown") => Self::Markdown,
            Some("html" | "htm" | "xhtml") => Self::Html,
            Some("eml") => Self::Mail,
            Some("mht" | "mhtml") => Self::Mhtml,
            Some("pdf") => Self::Pdf,
            Some("docx") => Self::Docx,
            Some("odt") => Self::Odt,
            Some(_) => return None,
        })
    }

    /// The kind of a file, by how it begins and else by the ending of its name; and a remark where the two differ.
    ///
    /// # Errors
    /// Where it is of a kind that is not read, with what to do.
    pub fn of(name: &str, bytes: &[u8]) -> Result<(Self, Option<String>), TextError> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        let by_name = Self::of_ending(ending.as_deref());
        let kind = match (begins_as(bytes)?, by_name) {
            (Some(kind), _) => kind,
            (None, Some(Self::Pdf | Self::Docx | Self::Odt)) => Self::Plain,
            (None, Some(kind)) => kind,
            (None, None) => return Err(TextError::Kind(ending.unwrap_or_default())),
        };
        // A mail and a saved page are built alike: the name tells them apart.
        let alike = matches!((kind, by_name), (Self::Mail, Some(Self::Mhtml)) | (Self::Mhtml, Some(Self::Mail)));
        match (by_name, ending) {
            (Some(by_name), _) if alike => Ok((by_name, None)),
            (Some(by_name), _) if by_name == kind => Ok((kind, None)),
            (_, Some(ending)) => Ok((kind, Some(format!("The name ends in .{ending}, but it is {}", kind.name())))),
            (_, None) => Ok((kind, None)),
        }
    }
}

/// What the first bytes say, where they say anything.
fn begins_as(bytes: &[u8]) -> Result<Option<Kind>, TextError> {
    let refused = |what, remedy| Err(TextError::Other { what, remedy });
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => return Ok(Some(Kind::Pdf)),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => return packed(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return refused("an old Office file", "save it as .docx or .txt"),
        [b'{', b'\\', b'r', b't', b'f', ..] => return refused("a text in RTF", "save it as .docx, .odt or .txt"),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            return refused("a picture", "type the text off it, or have it recognised, and take that in");
        }
        [0x1F, 0x8B, ..] => return refused("a packed file", "unpack it first"),
        _ => {}
    }
    let start = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes).trim_ascii_start();
    let start = String::from_utf8_lossy(start.get(..4096.min(start.len())).unwrap_or_default()).into_owned();
    let lower = start.to_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        return Ok(Some(Kind::Html));
    }
    let headers = mail_headers(&lower);
    let has = |name: &str| headers.iter().any(|header| header == name);
    if has("mime-version") && has("snapshot-content-location") {
        return Ok(Some(Kind::Mhtml));
    }
    let mail = has("from") && has("date") && (has("mime-version") || has("message-id") || has("received"));
    Ok(mail.then_some(Kind::Mail))
}

/// The names of the header fields with which a text begins, if it begins with any.
fn mail_headers(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in text.lines() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        match line.split_once(':') {
            Some((name, _)) if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') => {
                names.push(name.to_owned());
            }
            // An mbox file has such a line before its first mail.
            None if names.is_empty() && line.starts_with("from ") => {}
            _ => break,
        }
    }
    names
}

/// Which kind of packed document it is, by the names in it, which stand there unpacked.
fn packed(bytes: &[u8]) -> Result<Option<Kind>, TextError> {
    let has = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    if has(b"word/document.xml") {
        Ok(Some(Kind::Docx))
    } else if has(b"application/vnd.oasis.opendocument.text") && has(b"content.xml") {
        Ok(Some(Kind::Odt))
    } else if has(b"xl/workbook") || has(b"ppt/presentation") || has(b"application/vnd.oasis.opendocument") {
        Err(TextError::Other { what: "a table or a presentation", remedy: "save its text as .txt or .docx" })
    } else {
        Err(TextError::Other { what: "a packed file", remedy: "unpack it first" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_trump_the_ending_and_the_difference_is_said() {
        let kind = |name: &str, bytes: &[u8]| Kind::of(name, bytes).expect("a kind that is read");
        assert_eq!(kind("a.txt", b"Two hurt."), (Kind::Plain, None));
        assert_eq!(kind("a", b"Two hurt."), (Kind::Plain, None));
        let (found, remark) = kind("a.txt", b"\n<!DOCTYPE html><p>Two hurt.");
        assert_eq!((found, remark.as_deref()), (Kind::Html, Some("The name ends in .txt, but it is a web page")));
        assert_eq!(kind("report.dat", b"%PDF-1.4").0, Kind::Pdf);
        assert_eq!(kind("a.pdf", b"Two hurt.").0, Kind::Plain);
        assert_eq!(kind("a.txt", b"From: a@b.example\nDate: x\nMessage-ID: <1>\n\nHello").0, Kind::Mail);
        assert_eq!(kind("a.mht", b"From: a@b.example\nDate: x\nMIME-Version: 1.0\n\nHello").0, Kind::Mhtml);
        assert_eq!(kind("a.txt", b"From: the harbour\n\nA letter").0, Kind::Plain, "a letter is no mail");
    }

    #[test]
    fn the_file_dialog_offers_what_is_read() {
        for ending in crate::platform::TEXTS {
            assert!(Kind::of_ending(Some(ending)).is_some(), "{ending}");
        }
    }

    #[test]
    fn what_is_not_read_is_refused_with_what_to_do() {
        let why = |name: &str, bytes: &[u8]| Kind::of(name, bytes).expect_err("a kind that is not read").to_string();
        assert_eq!(why("a.doc", &[0xD0, 0xCF, 0x11, 0xE0]), "it is an old Office file: save it as .docx or .txt");
        assert!(why("a.txt", b"\x89PNG\r\n").contains("a picture"));
        assert!(why("a.zip", b"PK\x03\x04readme").contains("unpack it first"));
        assert!(why("a.xyz", b"Two hurt.").contains(".xyz"));
    }
}
