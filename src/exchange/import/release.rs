//! Which release of a data set a file is, and which of two is the newer one.

use std::cmp::Ordering;
use std::sync::LazyLock;

use regex::Regex;

/// `v24_1`, `ged-24.1`, `candidate-26.0.7`; and `ged241`, as UCDP names its packed files.
static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:v|ged|candidate|ucdp)[-_ ]?(\d{2})[._](\d{1,2})(?:[._](\d{1,2}))?(?:[^0-9]|$)").ok()
});
static PACKED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)ged[-_ ]?(\d{2})(\d)(?:[^0-9]|$)").ok());

/// The release that a name of a file or sheet tells: "24.1", "26.0.7". Empty where it tells none.
pub(super) fn told_by(name: &str) -> String {
    let found = |pattern: &Option<Regex>| {
        let parts = pattern.as_ref()?.captures(name)?;
        let numbers: Vec<&str> = parts.iter().skip(1).flatten().map(|part| part.as_str()).collect();
        Some(numbers.join("."))
    };
    found(&NUMBERED).or_else(|| found(&PACKED)).unwrap_or_default()
}

/// Whether a release is one of UCDP Candidate: its second number is 0.
pub(super) fn is_candidate(version: &str) -> bool {
    numbers(version).is_some_and(|numbers| numbers.get(1) == Some(&0))
}

/// Compares two releases: an annual one is newer than a candidate, which it replaces; else the larger number is. `None`
/// where one of them is not numbered.
pub(super) fn compare(one: &str, other: &str) -> Option<Ordering> {
    let rank = |version: &str| Some((!is_candidate(version), numbers(version)?));
    Some(rank(one)?.cmp(&rank(other)?))
}

fn numbers(version: &str) -> Option<Vec<u32>> {
    version.split('.').map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_release() {
        for (name, version) in [
            ("GEDEvent_v24_1.csv", "24.1"),
            ("ged241-csv.csv", "24.1"),
            ("ucdp-ged-24.1-mexico-2018-semicolon-cp1252.csv", "24.1"),
            ("ucdp-ged-19.1-hdx-ukraine.csv", "19.1"),
            ("ucdp-candidate-26.0.7-10.csv", "26.0.7"),
            ("GEDEvent_v26_0_7.csv", "26.0.7"),
            ("GEDEvent_v24_1", "24.1"),
            ("events 2018.csv", ""),
            ("ged-sample-1000.csv", ""),
        ] {
            assert_eq!(told_by(name), version, "{name}");
        }
    }

    #[test]
    fn an_annual_release_replaces_candidates_and_later_ones_replace_earlier_ones() {
        assert_eq!(compare("25.1", "24.1"), Some(Ordering::Greater));
        assert_eq!(compare("25.1", "26.0.3"), Some(Ordering::Greater));
        assert_eq!(compare("26.0.10", "26.0.9"), Some(Ordering::Greater));
        assert_eq!(compare("24.1", "24.1"), Some(Ordering::Equal));
        assert_eq!(compare("24.1", ""), None);
    }
}
