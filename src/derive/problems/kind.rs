//! The kinds of problems: how much each matters, and what a list of them is called. It knows no record.

use super::Severity;

macro_rules! kinds {
    ($($name:ident, $severity:ident, $title:literal;)*) => {
        /// What kind of problem it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = $title] $name,)*
        }

        impl Kind {
            /// All kinds, errors first and hints last.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// How much it matters.
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity),*
                }
            }

            /// What several of them are called.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $title),*
                }
            }
        }
    };
}

impl Kind {
    /// Problems of an event that follow from its claims, its days and its figures by hand, and from no text of it.
    pub(super) const OF_CLAIMS: [Self; 3] = [Self::HandApart, Self::Estimate, Self::ReportedBefore];
}

kinds! {
    LostQuote, Error, "Quotes that are not at their place";
    NoArticle, Error, "Quotes of articles that are not there";
    NoEvent, Error, "Claims about events that are not there";
    Ring, Error, "Claims on top of each other in a ring";
    ForeignBase, Error, "Claims on top of what counts something else";
    HandOutOfOrder, Error, "Figures by hand out of order";
    HandTwice, Error, "Figures by hand that stand twice";
    CoversNothing, Error, "Summaries of events that are not there";
    CoversItself, Error, "Summaries of themselves";
    CorrectsNothing, Error, "Corrections of articles that are not there";
    NoteOnNothing, Error, "Notes about what is not there";
    RowUnread, Error, "Rows that cannot be read";
    Future, Warning, "Dates in the future";
    OwnUnknown, Warning, "Values in columns that the codebook does not have";
    OwnUnreadable, Warning, "Values that their columns cannot read";
    ReportedBefore, Warning, "Reported before it happened";
    Twin, Warning, "Events that stand twice";
    CoveredTwice, Warning, "Events in two summaries";
    Estimate, Warning, "Published estimates out of order";
    RowFlaw, Warning, "Rows that break a rule of their data";
    HandWithoutReason, Warning, "Figures by hand without a reason";
    NullIsland, Warning, "Coordinates 0, 0";
    UnknownKind, Warning, "Kinds that the codebook does not have";
    Excluded, Warning, "Excluded without a reason";
    NoSource, Warning, "Claims without a source";
    BaseGone, Warning, "Claims on top of claims that are gone";
    Aside, Warning, "Claims set aside without a reason";
    UnreadWord, Warning, "Words without a number";
    SameArticle, Warning, "Articles that stand twice";
    Hidden, Warning, "Characters that are not seen";
    NoDate, Hint, "Events without a date";
    NoPlace, Hint, "Events without a place";
    NoPrecision, Hint, "Coordinates without a precision";
    TimeOfAbout, Hint, "Times of day on approximate dates";
    HandApart, Hint, "Figures by hand that no claim supports";
    HandWithoutName, Hint, "Figures by hand without a name";
    ExcludedClaims, Hint, "Claims about excluded events";
    Reprint, Hint, "Reprints with another voice";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_by_severity_and_each_has_a_name() {
        assert!(Kind::ALL.iter().map(|kind| kind.severity()).is_sorted());
        assert!(Kind::ALL.iter().enumerate().all(|(n, kind)| *kind as usize == n));
        let titles: std::collections::BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.title()).collect();
        assert_eq!(titles.len(), Kind::ALL.len());
    }
}
