//! The bytes of a table as text: as they stand, line ends and all, because a row goes out again as it came in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use memchr::memchr;

use super::super::decode::{Settled, unmarked_utf16};
use super::super::texts::sha256;

/// A text with how it was read.
#[derive(Debug)]
pub(super) struct Text {
    /// The whole text.
    pub text: String,
    /// Where it begins behind the mark of its encoding.
    pub start: usize,
    /// The encoding.
    pub encoding: &'static Encoding,
    /// How it was settled; `None` where somebody chose it.
    pub settled: Option<Settled>,
    /// Whether some bytes could not be read and stand as `�`.
    pub damaged: bool,
    /// SHA-256 of the bytes, where the text is not these very bytes.
    pub sha256: Option<String>,
}

/// Reads bytes in the chosen encoding, else by their mark, else as UTF-8, else by a guess.
pub(super) fn decode(bytes: Vec<u8>, chosen: Option<&'static Encoding>) -> Text {
    let mark = Encoding::for_bom(&bytes);
    match (chosen, mark) {
        (None, Some((encoding, _))) => with(encoding, bytes, Some(Settled::ByMark)),
        (Some(encoding), _) => with(encoding, bytes, None),
        (None, None) => guess(bytes),
    }
}

fn guess(bytes: Vec<u8>) -> Text {
    if let Some(encoding) = unmarked_utf16(&bytes) {
        return with(encoding, bytes, Some(Settled::Guessed));
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            Text { text, start: 0, encoding: UTF_8, settled: Some(Settled::Utf8), damaged: false, sha256: None }
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            if nearly_utf8(&bytes) {
                return with(UTF_8, bytes, Some(Settled::Guessed));
            }
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
            detector.feed(&telling(&bytes, at), true);
            let encoding = detector.guess(None, Utf8Detection::Deny);
            with(encoding, bytes, Some(Settled::Guessed))
        }
    }
}

/// Whether bytes are UTF-8 with some damage: letters of several bytes hardly come about by chance.
fn nearly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= 4 * broken
}

/// The lines that tell encodings apart, from the first strange byte on: those that are not ASCII. They are enough of a
/// long file.
fn telling(bytes: &[u8], first: usize) -> Vec<u8> {
    const ENOUGH: usize = 1 << 20;
    let start = bytes[..first].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let mut lines = Vec::new();
    let mut rest = &bytes[start..];
    while !rest.is_empty() && lines.len() < ENOUGH {
        let end = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let (line, behind) = rest.split_at(end);
        if !line.is_ascii() {
            lines.extend_from_slice(line);
        }
        rest = behind;
    }
    lines
}

/// Decodes. What is UTF-8 already is not copied, and a mark in it stays.
fn with(encoding: &'static Encoding, bytes: Vec<u8>, settled: Option<Settled>) -> Text {
    let mark = Encoding::for_bom(&bytes).filter(|(of, _)| *of == encoding).map_or(0, |(_, length)| length);
    let bytes = if encoding == UTF_8 {
        match String::from_utf8(bytes) {
            Ok(text) => return Text { text, start: mark, encoding, settled, damaged: false, sha256: None },
            Err(error) => error.into_bytes(),
        }
    } else {
        bytes
    };
    let (text, damaged) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
    let mut out = String::new();
    if mark > 0 {
        out.push('\u{feff}');
    }
    let start = out.len();
    out.push_str(&text);
    Text { text: out, start, encoding, settled, damaged, sha256: Some(sha256(&bytes)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, &'static str, Option<Settled>, bool) {
        let read = decode(bytes.to_vec(), None);
        (read.text[read.start..].to_owned(), read.encoding.name(), read.settled, read.damaged)
    }

    #[test]
    fn an_encoding_is_found_and_line_ends_stay() {
        let text = "place;killed\r\nKöln;3\nMünchen;2\r\n";
        let whole = |name, settled| (text.to_owned(), name, Some(settled), false);
        assert_eq!(read(text.as_bytes()), whole("UTF-8", Settled::Utf8));
        assert_eq!(read(format!("\u{feff}{text}").as_bytes()), whole("UTF-8", Settled::ByMark));
        let latin = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        assert_eq!(read(&latin), whole("windows-1252", Settled::Guessed));
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide), whole("UTF-16LE", Settled::Guessed));
        assert_eq!(read(&[&[0xFF, 0xFE][..], &wide].concat()), whole("UTF-16LE", Settled::ByMark));
    }

    #[test]
    fn one_broken_letter_does_not_make_utf8_another_encoding() {
        let text = "Ош,Көк-Таш,Баткен,3\n".repeat(3);
        let mut bytes = text.clone().into_bytes();
        bytes.truncate(bytes.len() - 12);
        let (read, encoding, settled, damaged) = read(&bytes);
        assert_eq!((encoding, settled, damaged), ("UTF-8", Some(Settled::Guessed), true));
        assert!(read.starts_with("Ош,Көк-Таш") && read.ends_with('\u{fffd}'), "{read}");
    }

    #[test]
    fn a_letter_late_in_a_long_file_settles_its_encoding() {
        let mut bytes = b"place,killed\n".repeat(100_000);
        bytes.extend(encoding_rs::WINDOWS_1251.encode("Ош и Баткен у границы,3\nТрое убиты,12\n").0.iter());
        assert_eq!(read(&bytes).1, "windows-1251");
    }

    #[test]
    fn a_chosen_encoding_is_obeyed_even_where_it_is_wrong() {
        let read = decode("Köln".as_bytes().to_vec(), Some(encoding_rs::WINDOWS_1252));
        assert_eq!((&*read.text, read.settled, read.damaged), ("KÃ¶ln", None, false));
        let read = decode(b"K\xf6ln".to_vec(), Some(UTF_8));
        assert_eq!((&*read.text, read.damaged), ("K\u{fffd}ln", true));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            let read = decode(bytes, None);
            proptest::prop_assert!(read.start <= read.text.len());
        }
    }
}
