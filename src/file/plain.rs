//! Events that are just what their rows say, which nearly all of 400,000 are: their lines are written without the detour
//! of a value for each field. A law in the tests holds that it is the line that the long way writes.

use crate::dataset::{Field, Readers};
use crate::model::Event;

use super::text::{Breaks, needs_escapes};

/// Writes the line of an event that has nothing but its row; whether it is one.
pub(super) fn event(readers: &Readers, event: &Event, out: &mut String) -> bool {
    let Some(row) = &event.source else { return false };
    let more = event.sensitive || !event.covers.is_empty() || !event.by_hand.is_empty();
    let mut fields: Vec<Field> = Vec::new();
    if more || !readers.is_as_stated(event, &mut fields) {
        return false;
    }
    out.push_str("(id:\"");
    out.push_str(event.id.as_str());
    out.push_str("\",row:(\"");
    out.push_str(row.dataset.as_str());
    out.push_str("\",");
    string(out, row.row());
    out.push_str("))");
    true
}

/// A text as `ron` writes it: plain, raw where it holds quotes, escaped where it holds what would not be seen.
fn string(out: &mut String, text: &str) {
    if needs_escapes(text, Breaks::Escaped) {
        out.push('"');
        escaped(out, text);
        out.push('"');
    } else if memchr::memchr2(b'"', b'\\', text.as_bytes()).is_some() {
        let hashes = "#".repeat(longest_run(text) + 1);
        out.push('r');
        out.push_str(&hashes);
        out.push('"');
        out.push_str(text);
        out.push('"');
        out.push_str(&hashes);
    } else {
        out.push('"');
        out.push_str(text);
        out.push('"');
    }
}

/// The most signs `#` that stand behind each other.
fn longest_run(text: &str) -> usize {
    if !text.contains('#') {
        return 0;
    }
    text.split(|c| c != '#').map(str::len).max().unwrap_or(0)
}

fn escaped(out: &mut String, text: &str) {
    let is_plain = |byte: u8| matches!(byte, 0x20..0x7F) && !matches!(byte, b'"' | b'\'' | b'\\');
    let mut rest = text;
    while !rest.is_empty() {
        let run = rest.bytes().position(|byte| !is_plain(byte)).unwrap_or(rest.len());
        let (plain, behind) = rest.split_at(run);
        out.push_str(plain);
        let mut letters = behind.chars();
        if let Some(letter) = letters.next() {
            out.extend(letter.escape_debug());
        }
        rest = letters.as_str();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ron::ser::PrettyConfig;

    use super::*;

    fn by_ron(text: &str) -> String {
        super::super::text::record_line(&text, Breaks::Escaped).expect("written")
    }

    proptest! {
        #[test]
        fn a_text_is_written_as_ron_writes_it(
            text in prop_oneof!["[a\"'#\\\\,é\n\t]{0,30}", "\\PC{0,20}", any::<String>()],
        ) {
            let mut out = String::new();
            string(&mut out, &text);
            prop_assert_eq!(&out, &by_ron(&text));
            let mut all = String::from('"');
            escaped(&mut all, &text);
            all.push('"');
            prop_assert_eq!(all, ron::ser::to_string_pretty(&text, PrettyConfig::new()).expect("written"));
        }
    }
}
