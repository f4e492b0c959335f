//! Bytes into text: which encoding, and line ends. It knows nothing of what the text says.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// How an encoding was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The file begins with the mark of its encoding.
    ByMark,
    /// The bytes are valid UTF-8.
    Utf8,
    /// An HTML file names its encoding.
    Declared,
    /// Guessed from the bytes: look at the letters before you rely on them.
    Guessed,
}

/// A text with how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, with `\n` between lines.
    pub text: String,
    /// The name of the encoding, as the WHATWG Encoding Standard has it.
    pub encoding: &'static str,
    /// How it was settled.
    pub settled: Settled,
    /// Whether some bytes could not be read and stand as `�`.
    pub damaged: bool,
}

/// Reads bytes by their mark, else as UTF-8, else by the declared encoding, else by a guess.
pub fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(length..).unwrap_or_default(), Settled::ByMark);
    }
    if std::str::from_utf8(bytes).is_ok() && unmarked_utf16(bytes).is_none() {
        return with(UTF_8, bytes, Settled::Utf8);
    }
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        return with(encoding, bytes, Settled::Declared);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return with(encoding, bytes, Settled::Guessed);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    with(detector.guess(None, Utf8Detection::Deny), bytes, Settled::Guessed)
}

/// UTF-16 without its mark: in most writings every second byte of it is zero or nearly so.
pub(super) fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    /// So many bytes settle it.
    const HEAD: usize = 4096;
    let head = &bytes[..HEAD.min(bytes.len()) & !1];
    if head.len() < 8 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let (many, few) = (head.len() / 5, head.len() / 100);
    if odd > many && even <= few {
        Some(encoding_rs::UTF_16LE)
    } else if even > many && odd <= few {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

fn with(encoding: &'static Encoding, bytes: &[u8], settled: Settled) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: unix_lines(&text), encoding: encoding.name(), settled, damaged }
}

/// The text with `\n` for every end of line: `\r` is invisible and would shift what counts scalars.
pub fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The encoding that an HTML file names in its first bytes, by `<meta charset>` or `http-equiv`.
pub fn declared_in_html(bytes: &[u8]) -> Option<&'static Encoding> {
    /// Browsers look no further either.
    const HEAD: usize = 1024;
    let head = String::from_utf8_lossy(bytes.get(..HEAD.min(bytes.len()))?).to_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(label.len());
    Encoding::for_label(label.get(..end)?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_wins_then_utf8_then_the_declared_encoding_then_a_guess() {
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("Ош, 3 dead".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let read = decode(&utf16, None);
        assert_eq!((read.text.as_str(), read.settled, read.encoding), ("Ош, 3 dead", Settled::ByMark, "UTF-16LE"));

        let read = decode("\u{feff}drei Verwundete in Köln".as_bytes(), None);
        assert_eq!((read.text.as_str(), read.settled), ("drei Verwundete in Köln", Settled::ByMark));

        let read = decode("drei Tote in Köln".as_bytes(), None);
        assert_eq!((read.text.as_str(), read.settled), ("drei Tote in Köln", Settled::Utf8));

        let bare: Vec<u8> = "Three dead at Osh".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let read = decode(&bare, None);
        assert_eq!(
            (read.text.as_str(), read.settled, read.encoding),
            ("Three dead at Osh", Settled::Guessed, "UTF-16BE")
        );

        let greek = b"\xd4\xf1\xe5\xe9\xf2";
        let read = decode(greek, declared_in_html(b"<meta charset=\"iso-8859-7\">"));
        assert_eq!((read.text.as_str(), read.settled), ("Τρεις", Settled::Declared));

        let cyrillic = encoding_rs::WINDOWS_1251.encode("Трое убиты и двенадцать ранены у границы").0.into_owned();
        let read = decode(&cyrillic, None);
        assert_eq!(read.text, "Трое убиты и двенадцать ранены у границы");
        assert_eq!((read.encoding, read.settled), ("windows-1251", Settled::Guessed));
    }

    #[test]
    fn all_line_ends_become_one_scalar() {
        assert_eq!(decode(b"a\r\nb\rc\nd", None).text, "a\nb\nc\nd");
    }
}
