//! The fields of one row, and a field as it is written.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use super::scan::Signs;

/// The fields of a row, in order. A quote that nothing closes runs to the end of the row.
pub(super) fn fields(row: &str, signs: Signs) -> Fields<'_> {
    Fields { rest: Some(row), signs }
}

/// See `fields`.
pub struct Fields<'a> {
    rest: Option<&'a str>,
    signs: Signs,
}

impl<'a> Iterator for Fields<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Cow<'a, str>> {
        let rest = self.rest?;
        let Signs { delimiter, quote } = self.signs;
        if let Some(quote) = quote
            && rest.as_bytes().first() == Some(&quote)
        {
            return Some(self.quoted(&rest[1..], quote));
        }
        let end = memchr(delimiter, rest.as_bytes());
        self.rest = end.map(|end| &rest[end + 1..]);
        Some(Cow::Borrowed(&rest[..end.unwrap_or(rest.len())]))
    }
}

impl<'a> Fields<'a> {
    /// A field from behind its opening quote on. What stands between the closing quote and the delimiter belongs to it.
    fn quoted(&mut self, inside: &'a str, quote: u8) -> Cow<'a, str> {
        let bytes = inside.as_bytes();
        let mut text = Cow::Borrowed("");
        let mut from = 0;
        loop {
            let Some(found) = memchr(quote, &bytes[from..]).map(|found| from + found) else {
                self.rest = None;
                return joined(text, &inside[from..]);
            };
            if bytes.get(found + 1) == Some(&quote) {
                text = joined(text, &inside[from..=found]);
                from = found + 2;
                continue;
            }
            text = joined(text, &inside[from..found]);
            let behind = &inside[found + 1..];
            let end = memchr(self.signs.delimiter, behind.as_bytes());
            self.rest = end.map(|end| &behind[end + 1..]);
            return joined(text, &behind[..end.unwrap_or(behind.len())]);
        }
    }
}

fn joined<'a>(text: Cow<'a, str>, more: &'a str) -> Cow<'a, str> {
    match (text.is_empty(), more.is_empty()) {
        (true, _) => Cow::Borrowed(more),
        (_, true) => text,
        _ => Cow::Owned(text.into_owned() + more),
    }
}

/// Writes a field behind others: in quotes where it must be.
pub(super) fn write_field(out: &mut String, text: &str) {
    if memchr2(b',', b'"', text.as_bytes()).is_some() || memchr2(b'\n', b'\r', text.as_bytes()).is_some() {
        out.push('"');
        for (n, part) in text.split('"').enumerate() {
            if n > 0 {
                out.push_str("\"\"");
            }
            out.push_str(part);
        }
        out.push('"');
    } else {
        out.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back(texts in proptest::collection::vec("[a,\" é\\n\\r;]{0,8}", 1..6)) {
            let mut row = String::new();
            for (n, text) in texts.iter().enumerate() {
                if n > 0 {
                    row.push(',');
                }
                write_field(&mut row, text);
            }
            let signs = Signs { delimiter: b',', quote: Some(b'"') };
            prop_assert_eq!(fields(&row, signs).map(String::from).collect::<Vec<_>>(), texts);
        }
    }
}
