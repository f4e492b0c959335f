//! The fields of one row, and a field as it is written.

use std::borrow::Cow;

use memchr::memchr2;

use crate::dataset;

use super::scan::Signs;

/// What the fields of a row say, in order. A quote that nothing closes runs to the end of the row.
pub(super) fn fields(row: &str, signs: Signs) -> Fields<'_> {
    let quote = signs.quote.unwrap_or(0);
    Fields { row, found: dataset::Fields::of(row, signs.delimiter, quote), quote: char::from(quote) }
}

/// What the fields of a row say.
pub struct Fields<'a> {
    row: &'a str,
    found: dataset::Fields<'a>,
    quote: char,
}

impl<'a> Iterator for Fields<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Cow<'a, str>> {
        self.found.next().map(|field| field.value(self.row, self.quote))
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
