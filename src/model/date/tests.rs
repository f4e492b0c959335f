//! What people type for a date, and the laws that its text keeps.

use jiff::civil::{date, time};
use proptest::prelude::*;

use super::*;

fn read(text: &str) -> EventDate {
    EventDate::parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

/// Earliest and latest day as text, `..` where open.
fn days_of(d: &EventDate) -> (String, String) {
    let text = |day: Option<Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
    (text(d.earliest()), text(d.latest()))
}

#[test]
fn edtf_is_read_as_an_interval_of_a_kind() {
    use Granularity as G;
    use Span::{Throughout, Within};
    for (typed, earliest, latest, granularity, span) in [
        ("2022-09-16", "2022-09-16", "2022-09-16", G::Day, Within),
        ("2022-09", "2022-09-01", "2022-09-30", G::Month, Within),
        ("2022", "2022-01-01", "2022-12-31", G::Year, Within),
        ("2022-09-0X", "2022-09-01", "2022-09-09", G::TenDays, Within),
        ("2022-09-1X", "2022-09-10", "2022-09-19", G::TenDays, Within),
        ("2022-02-2X", "2022-02-20", "2022-02-28", G::TenDays, Within),
        ("202X", "2020-01-01", "2029-12-31", G::Decade, Within),
        ("20XX", "2000-01-01", "2099-12-31", G::Century, Within),
        ("2022-09-14/2022-09-17", "2022-09-14", "2022-09-17", G::Interval, Throughout),
        ("2022-09/2022-10-04", "2022-09-01", "2022-10-04", G::Interval, Throughout),
        ("../2022-04-02", "..", "2022-04-02", G::Interval, Within),
        ("2022-09-14/..", "2022-09-14", "..", G::Interval, Throughout),
        ("within 2022-09-14/2022-09-17", "2022-09-14", "2022-09-17", G::Interval, Within),
        ("throughout 2022-09", "2022-09-01", "2022-09-30", G::Month, Throughout),
        ("throughout ../2022-04-02", "..", "2022-04-02", G::Interval, Throughout),
        ("-0044-03-15", "-000044-03-15", "-000044-03-15", G::Day, Within),
    ] {
        let d = read(typed);
        assert_eq!(days_of(&d), (earliest.to_owned(), latest.to_owned()), "{typed}");
        assert_eq!((d.granularity(), d.span()), (granularity, span), "{typed}");
        assert_eq!(d.to_string(), typed);
    }
}

#[test]
fn other_writings_of_the_same_date_become_one() {
    for (typed, canonical) in [
        ("2022-09-XX", "2022-09"),
        ("2022-XX", "2022"),
        ("2022-XX-XX", "2022"),
        ("2022-04-3X", "2022-04-30"),
        ("2022-09-1x", "2022-09-1X"),
        ("2022-09/2022-09", "throughout 2022-09"),
        ("2022-09-16/2022-09-16", "2022-09-16"),
        ("2022-09-30/2022-09", "2022-09-30"),
        ("2022-09-16?/2022-09-16~", "2022-09-16%"),
        ("throughout 2022-09-16", "2022-09-16"),
        ("Throughout 2022-09-14/2022-09-17", "2022-09-14/2022-09-17"),
        ("within ../2022-04-02", "../2022-04-02"),
        (" 2022‑09‑16 ", "2022-09-16"),
        ("2022-09-14 / 2022-09-17", "2022-09-14/2022-09-17"),
        ("٢٠٢٢-٠٩-١٦", "2022-09-16"),
        ("2022-09-16 14:05", "2022-09-16T14:05"),
        ("2022-09-16T14:05+00:00", "2022-09-16T14:05Z"),
    ] {
        assert_eq!(read(typed).to_string(), canonical, "{typed}");
    }
}

#[test]
fn marks_are_kept_where_they_stand() {
    for (typed, uncertain, approximate) in [
        ("2022-09-16", false, false),
        ("2022-09-16?", true, false),
        ("2022-09-16~", false, true),
        ("2022-09-16%", true, true),
        ("2022~", false, true),
        ("2022-09-14?/2022-09-17~", true, true),
        ("../2022-04-02~", false, true),
    ] {
        let d = read(typed);
        assert_eq!((d.is_uncertain(), d.is_approximate()), (uncertain, approximate), "{typed}");
        assert_eq!(d.to_string(), typed);
    }
    let interval = read("2022-09-14?/2022-09-17");
    assert_eq!(interval.with_marks(false, true).to_string(), "2022-09-14~/2022-09-17~");
}

#[test]
fn a_single_day_can_have_a_time() {
    let d = read("2022-09-16T14:05+06:00");
    assert_eq!(d.time(), Some(time(14, 5, 0, 0)));
    assert_eq!(d.offset().map(Offset::seconds), Some(6 * 3600));
    assert_eq!(d.to_string(), "2022-09-16T14:05+06:00");
    assert_eq!(read("2022-09-16T14:05~").to_string(), "2022-09-16T14:05~");
    let noon = time(12, 0, 0, 0);
    assert_eq!(read("2022-09").with_time(noon, None), Err(DateError::TimeNeedsDay));
    assert_eq!(read("2022-09-16").with_time(noon, Some(Offset::UTC)).unwrap().to_string(), "2022-09-16T12:00Z");
}

#[test]
fn impossible_dates_are_refused_with_the_reason() {
    for (typed, reason) in [
        ("2022-02-30", "2022-02 has no day 30; its last day is 28"),
        ("2022-02-3X", "2022-02 has no day 30; its last day is 28"),
        ("2022-13", "There is no month 13; months are 01 to 12"),
        ("2022-00-10", "There is no month 0; months are 01 to 12"),
        (
            "2022-09-17/2022-09-14",
            "The interval ends on 2022-09-14, before it begins on 2022-09-17; type the earlier date first",
        ),
    ] {
        assert_eq!(EventDate::parse(typed).unwrap_err().to_string(), reason, "{typed}");
    }
    let is = |typed: &str, expected: fn(&DateError) -> bool| {
        let result = EventDate::parse(typed);
        assert!(result.as_ref().is_err_and(expected), "{typed}: {result:?}");
    };
    for typed in ["", " ", "\u{200f}"] {
        is(typed, |e| matches!(e, DateError::Empty));
    }
    for typed in ["2022-9-16", "22-09-16", "-9999", "hello", "2022-09-16-17", "2022-0a", "2022–2023", "within"] {
        is(typed, |e| matches!(e, DateError::NotADate(_)));
    }
    for typed in ["2022-XX-16", "2022-1X", "XXXX", "202X-09", "2022-09-X1"] {
        is(typed, |e| matches!(e, DateError::Unspecified(_) | DateError::NotADate(_)));
    }
    for typed in ["2022-09/", "/2022-09"] {
        is(typed, |e| matches!(e, DateError::BlankEnd));
    }
    for typed in ["2022-09T14:05", "2022-09-14T14:05/2022-09-17", "2022-09-1X 14:05"] {
        is(typed, |e| matches!(e, DateError::TimeNeedsDay));
    }
    for typed in ["2022-09-16??", "2022?-09", "?2022"] {
        is(typed, |e| matches!(e, DateError::MisplacedMark(_)));
    }
    is("2022-21", |e| matches!(e, DateError::Season(21)));
    is("../..", |e| matches!(e, DateError::OpenAtBothEnds));
    is("2022/2023/2024", |e| matches!(e, DateError::TooManyEnds(_)));
    is("2022-09-16T24:00", |e| matches!(e, DateError::NotATime(_)));
    is("2022-09-16T14:05+99:00", |e| matches!(e, DateError::NotAnOffset(_)));
}

#[test]
fn a_date_fits_a_bin_only_with_its_whole_interval() {
    let (first, last) = (date(2022, 9, 1), date(2022, 9, 30));
    for (typed, fits, overlaps) in [
        ("2022-09-16", true, true),
        ("2022-09", true, true),
        ("2022-09-01/2022-09-30", true, true),
        ("2022-09-30/2022-10-01", false, true),
        ("2022", false, true),
        ("2022-10-01", false, false),
        ("2022-08", false, false),
        ("2022-09-14/..", false, true),
        ("../2022-09-14", false, true),
        ("2022-10/..", false, false),
        ("../2022-08", false, false),
    ] {
        let d = read(typed);
        assert_eq!((d.fits(first, last), d.overlaps(first, last)), (fits, overlaps), "{typed}");
    }
}

#[test]
fn days_are_counted_with_both_ends() {
    for (typed, days) in [
        ("2022-09-16", Some(1)),
        ("2022-09-14/2022-09-17", Some(4)),
        ("2022-02", Some(28)),
        ("2024", Some(366)),
        ("2022-09-14/..", None),
        ("../2022-09-14", None),
    ] {
        assert_eq!(read(typed).days(), days, "{typed}");
        assert_eq!(read(typed).is_open(), days.is_none(), "{typed}");
    }
}

#[test]
fn open_starts_sort_first_and_open_ends_last() {
    let mut dates = ["2022-09-14/..", "2022-09-14", "../2022-12-31", "2022-09", "2021"].map(read);
    dates.sort_by_key(EventDate::sort_key);
    assert_eq!(dates.map(|d| d.to_string()), ["../2022-12-31", "2021", "2022-09", "2022-09-14", "2022-09-14/.."]);
}

#[test]
fn a_date_is_described_for_people() {
    for (typed, words) in [
        ("2022-09-16", "16 September 2022"),
        ("2022-09-16~", "about 16 September 2022"),
        ("2022-09-16?", "16 September 2022 (uncertain)"),
        ("2022-09-16T14:05", "16 September 2022, 14:05"),
        ("2022-09-16T14:05Z", "16 September 2022, 14:05 UTC"),
        ("2022-09-16T14:05+06:00", "16 September 2022, 14:05 (UTC+06:00)"),
        ("2022-09", "some time in September 2022"),
        ("throughout 2022-09", "throughout September 2022"),
        ("2022", "some time in 2022"),
        ("202X", "some time in the 2020s"),
        ("20XX", "some time in the years 2000 to 2099"),
        ("2022-09-1X", "some time from 10 to 19 September 2022"),
        ("2022-09-14/2022-09-17", "14 to 17 September 2022, throughout"),
        ("within 2022-09-14/2022-09-17", "some time from 14 to 17 September 2022"),
        ("2022-08-30/2022-09-02", "30 August to 2 September 2022, throughout"),
        ("2021-12-30/2022-01-02", "30 December 2021 to 2 January 2022, throughout"),
        ("2022-09/2022-10-04", "September 2022 to 4 October 2022, throughout"),
        ("2022-09-14~/2022-09-17", "about 14 to 17 September 2022, throughout"),
        ("../2022-04-02", "on or before 2 April 2022"),
        ("../2022-04", "in or before April 2022"),
        ("throughout ../2022-04-02", "until 2 April 2022, throughout, start open"),
        ("2022-09-14/..", "from 14 September 2022 on, throughout, end open"),
        ("within 2022-09-14/..", "on or after 14 September 2022"),
        ("-0043-03-15", "15 March 44 BC"),
    ] {
        assert_eq!(read(typed).describe(), words, "{typed}");
    }
}

const TODAY: Date = Date::constant(2022, 9, 20);

#[test]
fn common_writings_are_read_in_the_stated_order() {
    use DayOrder::{DayMonth, MonthDay, YearMonth};
    for (typed, order, canonical) in [
        ("16 September 2022", YearMonth, "2022-09-16"),
        ("16th of September, 2022", YearMonth, "2022-09-16"),
        ("Sept 16, 2022", DayMonth, "2022-09-16"),
        ("Sep. 16th, 2022", DayMonth, "2022-09-16"),
        ("16-SEP-2022", MonthDay, "2022-09-16"),
        ("2022 September 16", MonthDay, "2022-09-16"),
        ("Friday, 16 September 2022", DayMonth, "2022-09-16"),
        ("September 2022", DayMonth, "2022-09"),
        ("about 16 September 2022", DayMonth, "2022-09-16~"),
        ("throughout September 2022", DayMonth, "throughout 2022-09"),
        ("16/9/2022", DayMonth, "2022-09-16"),
        ("16.9.2022", DayMonth, "2022-09-16"),
        ("16. 09. 2022", DayMonth, "2022-09-16"),
        ("9/16/2022", MonthDay, "2022-09-16"),
        ("3/4/2022", DayMonth, "2022-04-03"),
        ("3/4/2022", MonthDay, "2022-03-04"),
        ("2022/9/16", DayMonth, "2022-09-16"),
        ("2022-9-16", MonthDay, "2022-09-16"),
        ("9/2022", MonthDay, "2022-09"),
        ("today", DayMonth, "2022-09-20"),
        ("T", DayMonth, "2022-09-20"),
        ("yesterday", DayMonth, "2022-09-19"),
        ("-3d", DayMonth, "2022-09-17"),
        ("−20d", DayMonth, "2022-08-31"),
        ("2022-09-14/2022-09-17", DayMonth, "2022-09-14/2022-09-17"),
        ("within 2022-09-14/..", DayMonth, "within 2022-09-14/.."),
        ("2022-09-16T14:05+06:00", DayMonth, "2022-09-16T14:05+06:00"),
        ("about 2022-09-1X?", DayMonth, "2022-09-1X%"),
    ] {
        let d = read_common(typed, order, TODAY).unwrap_or_else(|e| panic!("{typed}: {e}"));
        assert_eq!(d.to_string(), canonical, "{typed}");
    }
}

#[test]
fn what_the_stated_order_contradicts_is_refused() {
    use DayOrder::{DayMonth, MonthDay, YearMonth};
    for (typed, order) in
        [("9/16/2022", DayMonth), ("16/9/2022", MonthDay), ("16/9/2022", YearMonth), ("3/4/2022", YearMonth)]
    {
        let result = read_common(typed, order, TODAY);
        assert!(matches!(result, Err(DateError::OrderContradicted { .. })), "{typed}: {result:?}");
    }
    for typed in ["16/9/22", "16 September 22", "Sept 16, 22"] {
        let result = read_common(typed, DayMonth, TODAY);
        assert!(matches!(result, Err(DateError::ShortYear(_))), "{typed}: {result:?}");
    }
    assert_eq!(
        read_common("Monday, 16 September 2022", DayMonth, TODAY).unwrap_err().to_string(),
        "2022-09-16 was a Friday, not a Monday; correct the date or leave the weekday out"
    );
    for typed in ["31 April 2022", "31/4/2022", "0 May 2022"] {
        let result = read_common(typed, DayMonth, TODAY);
        assert!(matches!(result, Err(DateError::NoSuchDay { .. })), "{typed}: {result:?}");
    }
    for typed in ["-99999999d", "-99999999999999999999999d", "-800000d"] {
        let result = read_common(typed, DayMonth, TODAY);
        assert!(matches!(result, Err(DateError::TooLongAgo(_))), "{typed}: {result:?}");
    }
    for typed in ["September", "16 September", "last week", "16//2022", "1.2.3"] {
        assert!(read_common(typed, DayMonth, TODAY).is_err(), "{typed}");
    }
}

fn day_of_years(years: std::ops::RangeInclusive<i16>) -> impl Strategy<Value = Date> {
    (years, 1..=12_i8, 1..=31_i8).prop_map(|(year, month, day)| {
        let last = Date::constant(year, month, 1).days_in_month();
        Date::constant(year, month, day.min(last))
    })
}

fn recent_day() -> impl Strategy<Value = Date> {
    prop_oneof![3 => day_of_years(2020..=2024), 1 => day_of_years(1000..=9999)]
}

fn any_day() -> impl Strategy<Value = Date> {
    prop_oneof![3 => day_of_years(2020..=2024), 1 => day_of_years(-9999..=9999)]
}

fn any_part() -> impl Strategy<Value = Part> {
    (any_day(), 0..6_u8, any::<bool>(), any::<bool>()).prop_map(|(day, kind, uncertain, approximate)| {
        let (year, month) = (day.year(), day.month());
        let coarse = match kind {
            0 => None,
            _ if year < 0 => None,
            1 => Some(Part::ten_days(year, month, day.day() / 10)),
            2 => Some(Part::month(year, month)),
            3 => Some(Part::year(year)),
            4 => Some(Part::decade(year / 10)),
            _ => Some(Part::century(year / 100)),
        };
        coarse.map_or_else(|| Part::day(day), Result::unwrap).with_marks(uncertain, approximate)
    })
}

fn any_clock() -> impl Strategy<Value = Clock> {
    let seconds = prop_oneof![Just(0), 0..=59_i8];
    (0..=23_i8, 0..=59_i8, seconds, proptest::option::of(-720..=840_i32)).prop_map(|(hour, minute, second, offset)| {
        let offset = offset.map(|minutes| Offset::from_seconds(minutes * 60).unwrap());
        Clock::new(time(hour, minute, second, 0), offset).unwrap()
    })
}

fn any_date() -> impl Strategy<Value = EventDate> {
    let span = prop_oneof![Just(Span::Within), Just(Span::Throughout)];
    let shape = prop_oneof![
        any_part().prop_map(EventDate::single),
        (any_part(), any_clock())
            .prop_map(|(part, clock)| EventDate::single(Part::day(part.first())).with_clock(clock).unwrap()),
        (any_part(), any_part())
            .prop_map(|(a, b)| EventDate::closed(a, b).or_else(|_| EventDate::closed(b, a)).unwrap()),
        any_part().prop_map(|part| EventDate::assemble(Extent::Since(part), Span::Throughout)),
        any_part().prop_map(|part| EventDate::assemble(Extent::Until(part), Span::Within)),
    ];
    (shape, span).prop_map(|(date, span)| date.with_span(span))
}

proptest! {
    #[test]
    fn text_and_date_round_trip(d in any_date()) {
        prop_assert_eq!(EventDate::parse(&d.to_string()), Ok(d));
    }

    #[test]
    fn common_reading_takes_every_canonical_text(d in any_date()) {
        prop_assert_eq!(read_common(&d.to_string(), DayOrder::DayMonth, TODAY), Ok(d));
    }

    #[test]
    fn an_interval_never_runs_backwards_and_one_day_is_within(d in any_date()) {
        let (earliest, latest) = d.sort_key();
        prop_assert!(earliest <= latest);
        prop_assert_eq!(d.is_open(), d.earliest().is_none() != d.latest().is_none());
        prop_assert!(d.earliest().is_some() || d.latest().is_some());
        prop_assert!(!(d.lasted_throughout() && d.days() == Some(1)));
        prop_assert!(d.time().is_none() || d.granularity() == Granularity::Day);
    }

    #[test]
    fn what_fits_also_overlaps(d in any_date(), a in any_day(), b in any_day()) {
        prop_assert!(!d.fits(a, b) || d.overlaps(a, b));
    }

    #[test]
    fn a_day_in_words_reads_back(day in recent_day()) {
        let d = EventDate::day(day);
        prop_assert_eq!(read_common(&d.describe(), DayOrder::YearMonth, TODAY), Ok(d));
    }

    #[test]
    fn no_text_panics(text in "\\PC*|[0-9X/.T:?~% +-]{0,24}") {
        let _ = EventDate::parse(&text).map_err(|e| e.to_string());
        let _ = read_common(&text, DayOrder::MonthDay, TODAY).map_err(|e| e.to_string());
    }

    #[test]
    fn no_damaged_date_panics(d in any_date(), at in any::<prop::sample::Index>(), put in "\\PC{0,2}|[0-9X/.-]") {
        let mut chars: Vec<char> = d.to_string().chars().collect();
        let at = at.index(chars.len());
        chars.splice(at..=at, put.chars());
        let text: String = chars.into_iter().collect();
        if let Ok(read) = EventDate::parse(&text) {
            prop_assert_eq!(EventDate::parse(&read.to_string()), Ok(read));
            let _ = read.describe();
        }
        let _ = read_common(&text, DayOrder::DayMonth, TODAY).map_err(|e| e.to_string());
    }
}
