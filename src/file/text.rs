//! Writes one record as RON text that a person can read and a line-based diff can follow.
//!
//! `ron`'s own writer escapes every apostrophe, Hebrew point and Devanagari sign. Here strings go out as
//! they are; only a record that holds characters which are invisible or break lines is written with escapes.
//! Must not know what the records are.

use ron::ser::PrettyConfig;
use serde::Serialize;

/// What to do with line ends and tabs inside a record's strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaks {
    /// Line ends and tabs stand as they are: articles and notes, whose text should read as text.
    Kept,
    /// A record with a line end or tab is escaped, so that each record stands on one line: events and claims.
    Escaped,
}

/// Writes one record, without a line end after it, so that it reads back as the same value.
///
/// The record is escaped when a string in it holds a control character (other than the line ends and
/// tabs that `breaks` keeps), a Unicode line separator, a mark or override of writing direction, or a
/// byte order mark: what would not be seen, or would be changed by an editor.
///
/// A field of type `char` cannot be escaped (`ron` writes it as it is): records hold strings instead.
///
/// # Errors
/// When a value cannot be written as RON, such as one nested deeper than the limit.
pub fn record_line<T: Serialize>(value: &T, breaks: Breaks) -> Result<String, ron::Error> {
    lay_out(value, PrettyConfig::new().depth_limit(0).new_line("\n").separator(""), breaks)
}

/// The same in another layout.
///
/// # Errors
/// When a value cannot be written as RON, such as one nested deeper than the limit.
pub(super) fn lay_out<T: Serialize>(value: &T, layout: PrettyConfig, breaks: Breaks) -> Result<String, ron::Error> {
    let raw = ron::ser::to_string_pretty(value, layout.clone().escape_strings(false))?;
    if needs_escapes(&raw, breaks) { ron::ser::to_string_pretty(value, layout) } else { Ok(raw) }
}

/// Whether the text holds a character that must not stand in a file as it is.
pub(super) fn needs_escapes(text: &str, breaks: Breaks) -> bool {
    let kept = breaks == Breaks::Kept;
    let bytes = text.as_bytes();
    // Nearly every text has no such byte at all, which many are asked at once.
    let odd = |byte: u8| byte < 0x20 || matches!(byte, 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEF);
    if !bytes.chunks(64).any(|chunk| chunk.iter().fold(false, |any, byte| any | odd(*byte))) {
        return false;
    }
    bytes.iter().enumerate().any(|(at, &byte)| match byte {
        b'\n' | b'\t' => !kept,
        0..=0x1F | 0x7F => true,
        // The first bytes of all others that `is_hidden` names.
        0xC2 | 0xD8 | 0xE2 | 0xEF => text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_hidden),
        _ => false,
    })
}

/// Characters beyond ASCII that are invisible and change how text is shown or split.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{80}'..='\u{9F}'
            | '\u{61C}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Record {
        id: String,
        tags: Vec<String>,
        reason: Option<String>,
        place: (f64, f64),
    }

    fn record(text: &str) -> Record {
        Record {
            id: "e1".into(),
            tags: vec![text.into(), String::new()],
            reason: Some(text.into()),
            place: (21.9, 95.1),
        }
    }

    /// Any characters, but often those that give trouble.
    fn troublesome() -> impl Strategy<Value = String> {
        let one = prop_oneof![
            any::<char>(),
            prop::sample::select("\r\n\t\0\"\\#'r({[]})//*".chars().collect::<Vec<_>>()),
            prop::sample::select(vec!['\u{202E}', '\u{200F}', '\u{61C}', '\u{FEFF}', '\u{5B4}', '\u{85}', '\u{2028}']),
        ];
        prop::collection::vec(one, 0..24).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn every_text_reads_back_as_it_was(text in troublesome()) {
            for breaks in [Breaks::Kept, Breaks::Escaped] {
                let line = record_line(&record(&text), breaks).unwrap();
                prop_assert_eq!(ron::from_str::<Record>(&line).unwrap(), record(&text));
            }
        }

        #[test]
        fn an_escaped_record_stands_on_one_line(text in troublesome()) {
            let line = record_line(&record(&text), Breaks::Escaped).unwrap();
            prop_assert!(!line.contains(char::is_control), "{line:?}");
            prop_assert!(!line.contains(is_hidden), "{line:?}");
        }

        #[test]
        fn a_kept_record_holds_no_hidden_character_but_line_ends_and_tabs(text in troublesome()) {
            let line = record_line(&record(&text), Breaks::Kept).unwrap();
            let odd = |c: char| is_hidden(c) || (c.is_control() && !matches!(c, '\n' | '\t'));
            prop_assert!(!line.contains(odd), "{line:?}");
        }
    }

    #[test]
    fn texts_of_other_scripts_and_apostrophes_stay_readable() {
        let text = "the mayor's \"count\": שִׁמְעוֹן, محمد, दिल्ली";
        let line = record_line(&record(text), Breaks::Escaped).unwrap();
        assert!(line.contains(text), "{line}");
    }

    #[test]
    fn line_ends_stay_line_ends_in_articles_only() {
        let two = record("one\ntwo");
        assert!(record_line(&two, Breaks::Kept).unwrap().contains("one\ntwo"));
        assert!(record_line(&two, Breaks::Escaped).unwrap().contains("one\\ntwo"));
    }

    #[test]
    fn carriage_returns_and_nul_are_escaped_everywhere() {
        for breaks in [Breaks::Kept, Breaks::Escaped] {
            assert!(record_line(&record("a\r\nb"), breaks).unwrap().contains("a\\r\\nb"));
            assert!(record_line(&record("a\0b"), breaks).unwrap().contains("a\\0b"));
        }
    }
}
