//! What stands in the place of what was found: words as they are typed, or words with the groups of a pattern in them.

use regex::Regex;

use super::pattern::Pattern;

/// What comes in the place of what was found.
#[derive(Debug, Clone)]
pub(in super::super) struct Replacement {
    pattern: Pattern,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Group(usize),
}

impl Replacement {
    /// The replacement of a pattern by a text. With `by_pattern`, `$1` stands for what the first group found, `$0` for
    /// all of it, `${name}` for a group with a name and `$$` for a dollar sign.
    ///
    /// # Errors
    /// Where the text names a group that the pattern does not have.
    pub fn new(pattern: Pattern, text: &str, by_pattern: bool) -> Result<Self, String> {
        let parts = if by_pattern { parts(&pattern.regex, text)? } else { vec![Part::Text(text.to_owned())] };
        Ok(Self { pattern, parts })
    }

    /// Whether there is anything to replace in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.pattern.is_in(text)
    }

    /// A text with every place replaced.
    pub fn of(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for found in self.pattern.regex.captures_iter(text) {
            let Some(whole) = found.get(0) else { continue };
            out.push_str(&text[from..whole.start()]);
            for part in &self.parts {
                match part {
                    Part::Text(text) => out.push_str(text),
                    Part::Group(group) => out.push_str(found.get(*group).map_or("", |group| group.as_str())),
                }
            }
            from = whole.end();
        }
        out.push_str(&text[from..]);
        out
    }
}

fn parts(regex: &Regex, text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let group = if let Some(behind) = rest.strip_prefix('$') {
            rest = behind;
            plain.push('$');
            continue;
        } else if digits > 0 {
            let number = &rest[..digits];
            rest = &rest[digits..];
            let known = number.parse().ok().filter(|group| *group < regex.captures_len());
            known.ok_or_else(|| format!("The pattern has no group {number}; write $$ for a dollar sign"))?
        } else if let Some((name, behind)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            rest = behind;
            let known = regex.capture_names().position(|known| known == Some(name));
            let known = known.or_else(|| name.parse().ok().filter(|group| *group < regex.captures_len()));
            known.ok_or_else(|| format!("The pattern has no group “{name}”"))?
        } else {
            plain.push('$');
            continue;
        };
        parts.push(Part::Text(std::mem::take(&mut plain)));
        parts.push(Part::Group(group));
    }
    plain.push_str(rest);
    parts.push(Part::Text(plain));
    parts.retain(|part| *part != Part::Text(String::new()));
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::super::pattern::Wanted;
    use super::super::pattern::tests::{by_pattern, pattern, wanted};
    use super::*;
    use proptest::prelude::*;

    fn replaced(wanted: &Wanted, with: &str, text: &str) -> String {
        Replacement::new(pattern(wanted), with, wanted.by_pattern).expect("groups that are there").of(text)
    }

    #[test]
    fn groups_stand_in_the_replacement_and_dollars_are_written_twice() {
        let date = by_pattern(r"(\d+)/(?P<month>\d+)");
        assert_eq!(replaced(&date, "$2x$1$$${month}", "on 3/4"), "on 4x3$4");
        assert_eq!(replaced(&wanted("a"), "$1", "Bad"), "B$1d", "as typed where no pattern was asked for");
        assert_eq!(replaced(&by_pattern("^"), "x", "b"), "xb");
        let missing = Replacement::new(pattern(&date), "$3", true).expect_err("no third group");
        assert!(missing.starts_with("The pattern has no group 3"), "{missing}");
        assert!(Replacement::new(pattern(&date), "${day}", true).is_err());
        assert_eq!(replaced(&date, "5 $ each", "1/2"), "5 $ each");
    }

    proptest! {
        #[test]
        fn words_by_themselves_change_nothing(text in "\\PC{0,20}", words in "\\PC{1,4}") {
            let exact = Wanted { capitals: true, ..wanted(&words) };
            prop_assert_eq!(replaced(&exact, &words, &text), text);
        }
    }
}
