//! What is looked for in the texts of cells, and what stands in its place. Knows texts; must not know any cell.
//!
//! Capitals do not matter unless somebody asks for them. Words are looked for as they are typed; with `by_pattern` the
//! text is a regular expression of the `regex` crate, whose searches take a time that grows with the text only.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

/// A pattern that would need more memory than this, in bytes, is refused.
const LARGEST: usize = 1 << 20;

/// What is asked for, as it stands in a bar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Wanted {
    /// The words, or the regular expression.
    pub text: String,
    /// Whether capitals matter.
    pub capitals: bool,
    /// Whether a cell must hold nothing else.
    pub whole: bool,
    /// Whether the text is a regular expression.
    pub by_pattern: bool,
}

impl Wanted {
    /// The pattern. `None` of an empty text.
    ///
    /// # Errors
    /// Where the text is no regular expression; the message says why.
    pub fn pattern(&self) -> Result<Option<Pattern>, String> {
        if self.text.is_empty() {
            return Ok(None);
        }
        let words = if self.by_pattern { self.text.clone() } else { regex::escape(&self.text) };
        let build =
            |source: &str| RegexBuilder::new(source).case_insensitive(!self.capitals).size_limit(LARGEST).build();
        // Alone first: what closes a group of its own must not close the one around it.
        let alone = build(&words).map_err(|error| why(&error))?;
        let regex = if self.whole { build(&format!(r"\A(?:{words})\z")).map_err(|error| why(&error))? } else { alone };
        Ok(Some(Pattern { regex }))
    }
}

/// The last line of a message says what is wrong; those before draw the place, which needs a fixed width.
fn why(error: &regex::Error) -> String {
    match error {
        regex::Error::Syntax(text) => {
            let last = text.lines().last().unwrap_or_default();
            format!("No pattern: {}", last.trim_start_matches("error: ").trim())
        }
        _ => "The pattern is too large".to_owned(),
    }
}

/// What is looked for.
#[derive(Debug, Clone)]
pub(in super::super) struct Pattern {
    pub(super) regex: Regex,
}

impl Pattern {
    /// Whether it is anywhere in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// Where it is in a text, in bytes; places without a letter are left out.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        self.regex.find_iter(text).map(|found| found.range()).filter(|range| !range.is_empty()).collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub fn wanted(text: &str) -> Wanted {
        Wanted { text: text.to_owned(), ..Wanted::default() }
    }

    pub fn by_pattern(text: &str) -> Wanted {
        Wanted { by_pattern: true, ..wanted(text) }
    }

    pub fn pattern(wanted: &Wanted) -> Pattern {
        wanted.pattern().expect("a pattern").expect("something to look for")
    }

    #[test]
    fn capitals_matter_only_where_asked() {
        assert_eq!(pattern(&wanted("ÜBER (osh)")).places("über (Osh), über (osh)"), [0..11, 13..24]);
        let exact = Wanted { capitals: true, ..wanted("Osh") };
        assert!(pattern(&exact).places("osh Osh").into_iter().eq(std::iter::once(4..7)));
    }

    #[test]
    fn a_whole_cell_holds_nothing_else() {
        let whole = pattern(&Wanted { whole: true, ..wanted("osh") });
        assert!(whole.is_in("Osh") && !whole.is_in("Osh city") && !whole.is_in("osh\nosh"));
        let either = pattern(&Wanted { whole: true, ..by_pattern("osh|batken") });
        assert!(either.is_in("Batken") && !either.is_in("Batken post"));
    }

    #[test]
    fn what_is_no_pattern_says_why() {
        assert_eq!(by_pattern("(a").pattern().expect_err("no pattern"), "No pattern: unclosed group");
        assert!(Wanted { whole: true, ..by_pattern("a)(b") }.pattern().is_err());
        assert_eq!(by_pattern("(a{1000}){1000}").pattern().expect_err("too large"), "The pattern is too large");
        assert!(wanted("").pattern().is_ok_and(|pattern| pattern.is_none()));
    }

    proptest! {
        #[test]
        fn what_is_found_exactly_are_the_words(text in "[abAB é$.]{0,40}", words in "[abé.$]{1,3}") {
            let exact = Wanted { capitals: true, ..wanted(&words) };
            let found: Vec<usize> = pattern(&exact).places(&text).into_iter().map(|range| range.start).collect();
            let wanted: Vec<usize> = text.match_indices(&words).map(|(at, _)| at).collect();
            prop_assert_eq!(found, wanted);
        }
    }
}
