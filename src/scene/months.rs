//! Days and months as pictures name them, in the language of the project. Names and forms are those of the Unicode CLDR
//! (abbreviated, as within a date and alone), whose data are too large to carry for eight short lists.
//!
//! Sentences of Dateline are in English and keep English names; what stands alone (labels of axes, of peaks and of dated
//! lines) follows the project.

use jiff::civil::Date;

use crate::derive::calendar::{Bin, Unit};
use crate::model::almanac::Months;

type Names = [&'static str; 12];

/// Names alone, and within a date.
const fn names(months: Months) -> (&'static Names, &'static Names) {
    match months {
        Months::English => (&ENGLISH, &ENGLISH),
        Months::French => (&FRENCH, &FRENCH),
        Months::Spanish => (&SPANISH, &SPANISH),
        Months::German => (&GERMAN, &GERMAN_DATED),
        Months::Russian => (&RUSSIAN, &RUSSIAN_DATED),
        Months::Ukrainian => (&UKRAINIAN, &UKRAINIAN_DATED),
        Months::Arabic => (&ARABIC, &ARABIC),
        Months::Levantine => (&LEVANTINE, &LEVANTINE),
    }
}

const ENGLISH: Names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const FRENCH: Names =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
const SPANISH: Names = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"];
const GERMAN: Names = ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"];
const GERMAN_DATED: Names =
    ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];
const RUSSIAN: Names =
    ["янв.", "февр.", "март", "апр.", "май", "июнь", "июль", "авг.", "сент.", "окт.", "нояб.", "дек."];
const RUSSIAN_DATED: Names =
    ["янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."];
const UKRAINIAN: Names = ["січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру"];
const UKRAINIAN_DATED: Names =
    ["січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.", "лист.", "груд."];
const ARABIC: Names =
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];
const LEVANTINE: Names = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
];

fn name(names: &Names, day: Date) -> &'static str {
    usize::try_from(day.month() - 1).ok().and_then(|n| names.get(n)).copied().unwrap_or_default()
}

/// "2022".
pub fn year(day: Date) -> String {
    Unit::Year.bin_of(day).short()
}

/// "Sep", "сент.", "سبتمبر".
pub fn month(months: Months, day: Date) -> &'static str {
    name(names(months).0, day)
}

/// "16 Sep", "16. Sept.", "16 سبتمبر".
pub fn day(months: Months, day: Date) -> String {
    let dot = if months == Months::German { "." } else { "" };
    format!("{}{dot} {}", day.day(), name(names(months).1, day))
}

/// "16 Sep 2022".
pub fn whole_day(months: Months, of: Date) -> String {
    format!("{} {}", day(months, of), year(of))
}

/// From one day to another, without what both have in common: "16 Sep 2022", "12–18 Sep 2022", "28 Aug – 3 Sep 2022".
pub fn between(months: Months, first: Date, last: Date) -> String {
    if first == last {
        whole_day(months, first)
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        let dot = if months == Months::German { "." } else { "" };
        format!("{}{dot}–{}", first.day(), whole_day(months, last))
    } else if first.year() == last.year() {
        format!("{} – {}", day(months, first), whole_day(months, last))
    } else {
        format!("{} – {}", whole_day(months, first), whole_day(months, last))
    }
}

/// What a bin is called where it stands alone: "16 Sep 2022", "12–18 Sep 2022", "Sep 2022", "Q3 2022", "2022".
pub fn bin(months: Months, bin: &Bin) -> String {
    match bin.unit {
        Unit::Day | Unit::Week(_) => between(months, bin.first, bin.last),
        Unit::Month => format!("{} {}", month(months, bin.first), year(bin.first)),
        Unit::Quarter | Unit::Year => bin.short(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::almanac::Weeks;
    use crate::scene::letters::{Face, Letters};
    use crate::scene::{Ruler as _, Weight};

    #[test]
    fn days_are_written_as_each_language_writes_them() {
        let cases = [
            (Months::English, "16 Sep 2022", "Mar 2022"),
            (Months::French, "16 sept. 2022", "mars 2022"),
            (Months::Spanish, "16 sept 2022", "mar 2022"),
            (Months::German, "16. Sept. 2022", "Mär 2022"),
            (Months::Russian, "16 сент. 2022", "март 2022"),
            (Months::Ukrainian, "16 вер. 2022", "бер 2022"),
            (Months::Arabic, "16 سبتمبر 2022", "مارس 2022"),
            (Months::Levantine, "16 أيلول 2022", "آذار 2022"),
        ];
        assert_eq!(cases.map(|case| case.0), Months::ALL);
        for (months, on_day, in_month) in cases {
            assert_eq!(whole_day(months, date(2022, 9, 16)), on_day);
            assert_eq!(bin(months, &Unit::Month.bin_of(date(2022, 3, 1))), in_month);
        }
    }

    #[test]
    fn weeks_leave_out_what_their_ends_have_in_common() {
        let week = |weeks, day| bin(Months::English, &Unit::Week(weeks).bin_of(day));
        assert_eq!(week(Weeks::Monday, date(2022, 9, 16)), "12–18 Sep 2022");
        assert_eq!(week(Weeks::Sunday, date(2022, 9, 1)), "28 Aug – 3 Sep 2022");
        assert_eq!(week(Weeks::Saturday, date(2023, 1, 1)), "31 Dec 2022 – 6 Jan 2023");
    }

    #[test]
    fn every_name_is_written_in_letters_that_the_fonts_have() {
        let letters = Letters::default();
        for months in Months::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for n in 1..=12 {
                let text = month(months, date(2022, n, 1));
                assert!(seen.insert(text), "{text} is two months");
                assert!(letters.width(text, 11.0, Weight::Regular) > 8.0);
                let runs = letters.runs(&day(months, date(2022, n, 1)), Weight::Regular);
                assert!(runs.iter().all(|run| run.face != Face::Rest && run.glyphs.iter().all(|glyph| glyph.id != 0)));
            }
        }
    }

    #[test]
    fn arabic_dates_run_to_the_left_with_their_numbers_upright() {
        let text = whole_day(Months::Arabic, date(2022, 9, 16));
        let seen: Vec<&str> =
            crate::scene::runs::in_order(&text).into_iter().map(|piece| text[piece.range].trim()).collect();
        assert_eq!(seen, ["2022", "سبتمبر", "16"], "from left to right");
        let joined = Letters::default().runs("سبتمبر", Weight::Regular);
        assert_eq!(joined.len(), 1, "one run of joined letters");
    }
}
