//! Where an axis is labelled: at the beginning of days, weeks, months and years of the calendar, as densely as the
//! labels have room; and round numbers for heights. Pure: widths of texts are asked of the caller.

use jiff::civil::Date;

use crate::derive::calendar::{Bin, Unit};
use crate::derive::wording::grouped;
use crate::model::{Almanac, Months};
use crate::scene::months;

/// A day as a place on a line of days: days since 1 January 1970.
pub fn day_number(day: Date) -> i64 {
    Date::constant(1970, 1, 1).duration_until(day).as_hours() / 24
}

/// A whole number as a place on the line. Exact for every day of the calendar and every count of people.
#[expect(clippy::cast_precision_loss, reason = "days and people are far below 2^53")]
pub fn number(n: i64) -> f64 {
    n as f64
}

/// A label under the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// The middle of the bin that it names, as a number of days.
    pub at: f64,
    /// Its text.
    pub label: String,
}

/// How densely bins are labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// Every n-th bin, by their place.
    Every(usize),
    /// The day on which weeks begin.
    Weeks,
    /// Bins in which every n-th month of the year begins.
    Months(i8),
    /// Bins in which every n-th year begins.
    Years(i16),
}

const YEARS: [Level; 11] = [
    Level::Years(1),
    Level::Years(2),
    Level::Years(5),
    Level::Years(10),
    Level::Years(20),
    Level::Years(50),
    Level::Years(100),
    Level::Years(200),
    Level::Years(500),
    Level::Years(1000),
    Level::Years(5000),
];

/// The levels of a unit, from the densest. A handful of days is labelled at even distances, more where weeks begin.
fn levels(unit: Unit, bins: usize) -> Vec<Level> {
    let finer: &[Level] = match unit {
        Unit::Day if bins <= 10 => {
            &[Level::Every(1), Level::Every(2), Level::Every(3), Level::Every(5), Level::Months(1)]
        }
        Unit::Day => &[Level::Every(1), Level::Every(2), Level::Weeks, Level::Months(1), Level::Months(3)],
        Unit::Week(_) => &[Level::Every(1), Level::Every(2), Level::Months(1), Level::Months(3)],
        Unit::Month => &[Level::Every(1), Level::Months(3), Level::Months(6)],
        Unit::Quarter => &[Level::Every(1)],
        Unit::Year => &[],
    };
    finer.iter().copied().chain(YEARS).collect()
}

impl Level {
    /// The day that a bin is labelled by at this level, if it is.
    fn day(self, place: usize, bin: &Bin, almanac: Almanac) -> Option<Date> {
        match self {
            Self::Every(n) => (place.is_multiple_of(n)).then_some(bin.first),
            Self::Weeks => (Unit::Week(almanac.weeks).bin_of(bin.first).first == bin.first).then_some(bin.first),
            Self::Months(n) => first_of_month_in(bin).filter(|day| (day.month() - 1) % n == 0),
            Self::Years(n) => first_of_year_in(bin).filter(|day| day.year() % n == 0),
        }
    }

    /// The text for a day; what the label before it has said already is left out.
    fn label(self, unit: Unit, day: Date, before: Option<Date>, names: Months) -> String {
        let same_year = before.is_some_and(|before| before.year() == day.year());
        let year = if same_year { String::new() } else { format!(" {}", months::year(day)) };
        match (self, unit) {
            (Self::Years(_), _) => months::year(day),
            (Self::Every(_), Unit::Quarter) => format!("Q{}{year}", (day.month() - 1) / 3 + 1),
            (Self::Every(_) | Self::Weeks, Unit::Day | Unit::Week(_)) => {
                format!("{}{year}", months::day(names, day))
            }
            _ => format!("{}{year}", months::month(names, day)),
        }
    }
}

/// The first day of a month that begins in a bin.
fn first_of_month_in(bin: &Bin) -> Option<Date> {
    let day = if bin.first.day() == 1 { bin.first } else { bin.last.first_of_month() };
    bin.contains(day).then_some(day)
}

/// The first day of a year that begins in a bin.
fn first_of_year_in(bin: &Bin) -> Option<Date> {
    let day = if bin.first.day_of_year() == 1 { bin.first } else { bin.last.first_of_year() };
    bin.contains(day).then_some(day)
}

/// The middle of a bin, as a number of days.
fn middle(bin: &Bin) -> f64 {
    f64::midpoint(number(day_number(bin.first)), number(day_number(bin.last) + 1))
}

/// The labels of these bins, which stand in order and without gaps, at so many points a day. `width` measures a text;
/// months are named in the language of the almanac, and many days
/// are labelled where its weeks begin.
pub fn ticks(bins: &[Bin], points_a_day: f64, almanac: Almanac, width: &dyn Fn(&str) -> f32) -> Vec<Tick> {
    let (Some(first), Some(last)) = (bins.first(), bins.last()) else { return Vec::new() };
    let room = (middle(last) - middle(first)) * points_a_day;
    for level in levels(first.unit, bins.len()) {
        let ticks = at_level(bins, level, room, almanac);
        if let Some(ticks) = ticks
            && !ticks.is_empty()
            && fits(&ticks, points_a_day, width)
        {
            return ticks;
        }
    }
    // No round date among them: the first bin says where we are.
    vec![Tick { at: middle(first), label: months::bin(almanac.months, first) }]
}

/// The labels that do not reach over the ends of what is shown by more than `over` points; all, where none does.
pub fn inside(
    ticks: Vec<Tick>,
    shown: (f64, f64),
    points_a_day: f64,
    over: [f64; 2],
    width: &dyn Fn(&str) -> f32,
) -> Vec<Tick> {
    let within = |tick: &Tick| {
        let half = f64::from(width(&tick.label)) / 2.0;
        let left = (tick.at - shown.0) * points_a_day - half;
        let right = (shown.1 - tick.at) * points_a_day - half;
        left >= -over[0] && right >= -over[1]
    };
    if ticks.iter().any(within) { ticks.into_iter().filter(within).collect() } else { ticks }
}

/// The labels at one level; `None` where they are more than could ever fit.
fn at_level(bins: &[Bin], level: Level, room: f64, almanac: Almanac) -> Option<Vec<Tick>> {
    /// No label with its gap is narrower, in points.
    const NARROWEST: f64 = 24.0;
    let mut ticks = Vec::new();
    let mut before = None;
    for (place, bin) in bins.iter().enumerate() {
        let Some(day) = level.day(place, bin, almanac) else { continue };
        ticks.push(Tick { at: middle(bin), label: level.label(bin.unit, day, before, almanac.months) });
        before = Some(day);
        let most = room / NARROWEST + 2.0;
        if number(i64::try_from(ticks.len()).unwrap_or(i64::MAX)) > most {
            return None;
        }
    }
    Some(ticks)
}

fn fits(ticks: &[Tick], points_a_day: f64, width: &dyn Fn(&str) -> f32) -> bool {
    const GAP: f64 = 10.0;
    let widths: Vec<f64> = ticks.iter().map(|tick| f64::from(width(&tick.label))).collect();
    ticks.windows(2).zip(widths.windows(2)).all(|(pair, widths)| {
        let apart = (pair[1].at - pair[0].at) * points_a_day;
        apart >= (widths[0] + widths[1]) / 2.0 + GAP
    })
}

/// The step between labels of heights up to `top`, so that there are at most `most`: 1, 2 or 5 with zeros, never less
/// than one person.
pub fn step(top: f64, most: usize) -> f64 {
    let most = number(i64::try_from(most.max(1)).unwrap_or(1));
    let mut decade = 1.0;
    loop {
        for factor in [1.0, 2.0, 5.0] {
            let step = factor * decade;
            // Beyond every number of people: whatever was asked, an answer is due.
            if top / step <= most || decade > 1e15 {
                return step;
            }
        }
        decade *= 10.0;
    }
}

/// A height in few letters: `950`, `12,000`, `250k`, `1.5M`, `2bn`.
pub fn compact(n: u64) -> String {
    let (unit, name) = match n {
        0..100_000 => return grouped(n),
        100_000..1_000_000 => (1_000, "k"),
        1_000_000..1_000_000_000 => (1_000_000, "M"),
        _ => (1_000_000_000, "bn"),
    };
    let (whole, tenth) = (n / unit, n % unit / (unit / 10));
    if tenth == 0 || whole >= 100 { format!("{whole}{name}") } else { format!("{whole}.{tenth}{name}") }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn bins(unit: Unit, first: Date, last: Date) -> Vec<Bin> {
        let mut bins = vec![unit.bin_of(first)];
        while let Some(next) = bins.last().and_then(Bin::next).filter(|bin| bin.first <= last) {
            bins.push(next);
        }
        bins
    }

    /// Labels where every letter is 7 points wide, on an axis of so many points.
    fn labels(unit: Unit, first: Date, last: Date, points: f64) -> Vec<String> {
        let bins = bins(unit, first, last);
        let days = number(day_number(last) - day_number(first) + 1);
        #[expect(clippy::cast_precision_loss, reason = "short texts")]
        let width = |text: &str| text.len() as f32 * 7.0;
        ticks(&bins, points / days, Almanac::default(), &width).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn axes_are_labelled_at_the_boundaries_of_the_calendar() {
        let cases: [(Unit, Date, Date, f64, &[&str]); 9] = [
            (Unit::Day, date(2022, 9, 14), date(2022, 9, 17), 400.0, &["14 Sep 2022", "15 Sep", "16 Sep", "17 Sep"]),
            (Unit::Day, date(2022, 12, 30), date(2023, 1, 2), 450.0, &["30 Dec 2022", "31 Dec", "1 Jan 2023", "2 Jan"]),
            (Unit::Day, date(2022, 9, 14), date(2022, 9, 30), 300.0, &["19 Sep 2022", "26 Sep"]),
            (Unit::Day, date(2022, 9, 14), date(2022, 12, 10), 300.0, &["Oct 2022", "Nov", "Dec"]),
            (
                Unit::ISO_WEEK,
                date(2022, 9, 12),
                date(2023, 2, 10),
                320.0,
                &["Oct 2022", "Nov", "Dec", "Jan 2023", "Feb"],
            ),
            (
                Unit::Month,
                date(2022, 9, 1),
                date(2023, 2, 28),
                400.0,
                &["Sep 2022", "Oct", "Nov", "Dec", "Jan 2023", "Feb"],
            ),
            (Unit::Month, date(2019, 11, 1), date(2023, 2, 28), 250.0, &["2020", "2021", "2022", "2023"]),
            (Unit::Quarter, date(2021, 7, 1), date(2022, 6, 30), 400.0, &["Q3 2021", "Q4", "Q1 2022", "Q2"]),
            (Unit::Year, date(1800, 1, 1), date(2024, 12, 31), 300.0, &["1800", "1850", "1900", "1950", "2000"]),
        ];
        for (unit, first, last, points, wanted) in cases {
            assert_eq!(labels(unit, first, last, points), wanted, "{unit:?} from {first} to {last}");
        }
    }

    #[test]
    fn an_axis_without_a_round_date_still_says_where_it_is() {
        assert_eq!(labels(Unit::Day, date(2022, 9, 14), date(2022, 9, 16), 20.0), ["14 Sep 2022"]);
        assert_eq!(ticks(&[], 1.0, Almanac::default(), &|_| 7.0), []);
    }

    #[test]
    fn labels_never_touch_at_any_width() {
        let pairs = Unit::ALL
            .into_iter()
            .flat_map(|unit| Months::ALL.map(|months| (unit, Almanac { months, ..Almanac::default() })));
        for (unit, almanac) in pairs {
            for last in [date(2022, 9, 20), date(2022, 12, 31), date(2024, 6, 1), date(2060, 1, 1)] {
                for points in [40.0, 120.0, 333.0, 900.0] {
                    let first = date(2022, 9, 14);
                    let bins = bins(unit, first, last);
                    let a_day = points / number(day_number(last) - day_number(first) + 1);
                    #[expect(clippy::cast_precision_loss, reason = "short texts")]
                    let width = |text: &str| text.len() as f32 * 7.0;
                    assert!(
                        fits(&ticks(&bins, a_day, almanac, &width), a_day, &width),
                        "{unit:?} to {last} on {points}"
                    );
                }
            }
        }
    }

    #[test]
    fn labels_at_the_ends_give_way_unless_there_is_no_other() {
        let tick = |at: f64| Tick { at, label: "1 May".to_owned() };
        let width = |_: &str| 40.0;
        let left = inside(vec![tick(0.5), tick(5.0), tick(9.5)], (0.0, 10.0), 10.0, [8.0, 18.0], &width);
        assert_eq!(left, [tick(5.0), tick(9.5)]);
        assert_eq!(inside(vec![tick(0.5)], (0.0, 1.0), 10.0, [8.0, 8.0], &width), [tick(0.5)]);
    }

    #[test]
    fn heights_are_round_and_whole() {
        let cases = [(0.0, 1.0), (1.0, 1.0), (4.0, 1.0), (5.0, 2.0), (24.0, 10.0), (95.0, 50.0), (1e9, 5e8)];
        for (top, wanted) in cases {
            assert!((step(top, 4) - wanted).abs() < 1e-9, "up to {top}: {}", step(top, 4));
        }
    }

    #[test]
    fn large_heights_are_short() {
        let cases = [
            (950, "950"),
            (12_000, "12,000"),
            (250_000, "250k"),
            (1_500_000, "1.5M"),
            (1_000_000_000, "1bn"),
            (999_999_999, "999M"),
        ];
        for (n, wanted) in cases {
            assert_eq!(compact(n), wanted);
        }
    }
}
