//! A line of days on which long silences are left out, and the part of it that is seen.
//!
//! A place on the line is counted in days, silences as the little width that they have. So nearer and farther keep what
//! is under the pointer where it is, wherever on the line that may be.

use jiff::SignedDuration;
use jiff::civil::Date;

use crate::model::Almanac;
use crate::scene::ticks::{day_number, number};

/// The share of the width that stands for a silence.
const SILENCE: f64 = 0.06;

/// The line.
#[derive(Debug, Clone, PartialEq)]
pub struct Days {
    /// Days that stand one after the other. Between two pieces a silence is left out.
    pieces: Vec<Piece>,
    whole: f64,
    seen: (f64, f64),
    almanac: Almanac,
}

/// Days without a break.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    first: Date,
    last: Date,
    /// From which to which place on the line.
    from: f64,
    to: f64,
}

impl Piece {
    /// From where to where it reaches, as numbers of days.
    fn days(&self) -> (f64, f64) {
        (number(day_number(self.first)), number(day_number(self.last) + 1))
    }

    /// The day at a place of it.
    fn day_at(&self, place: f64) -> f64 {
        let (first, last) = self.days();
        first + (last - first) * ((place - self.from) / (self.to - self.from)).clamp(0.0, 1.0)
    }
}

/// What is seen of a piece.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Visible {
    /// From which to which day, as numbers.
    pub days: (f64, f64),
    /// From which to which share of the width.
    pub shares: (f64, f64),
    /// First and last day of all of it.
    pub whole: (Date, Date),
}

impl Days {
    /// A line for these days; `None` without one. `seen` is a part of it; `None` is all of it.
    pub fn of(mut days: Vec<Date>, seen: Option<(f64, f64)>) -> Option<Self> {
        days.sort_unstable();
        days.dedup();
        days.first()?;
        let padded = |(first, last): (Date, Date)| {
            let room = ((day_number(last) - day_number(first)) / 25).max(1);
            (plus(first, -room), plus(last, room))
        };
        let stretches: Vec<(Date, Date)> = stretches(&days).into_iter().map(padded).collect();
        let length = |(first, last): &(Date, Date)| number(day_number(*last) - day_number(*first) + 1);
        let whole: f64 = stretches.iter().map(length).sum::<f64>().max(1.0);
        // A single late report needs room for its day.
        let weights: Vec<f64> = stretches.iter().map(|stretch| length(stretch).max(whole * 0.14)).collect();
        let room = 1.0 - stretches.iter().skip(1).map(|_| SILENCE).sum::<f64>();
        let a_weight = whole * room / weights.iter().sum::<f64>().max(1.0);
        let mut from = 0.0;
        let piece = |((first, last), weight): ((Date, Date), f64)| {
            let to = from + weight * a_weight;
            let piece = Piece { first, last, from, to };
            from = to + SILENCE * whole;
            piece
        };
        let pieces = stretches.into_iter().zip(weights).map(piece).collect();
        let seen = seen.filter(|(from, to)| *to > *from && to.is_finite()).unwrap_or((0.0, whole));
        Some(Self { pieces, whole, seen, almanac: Almanac::default() })
    }

    /// The same with months named so.
    pub fn named(self, almanac: Almanac) -> Self {
        Self { almanac, ..self }
    }

    /// How months are named.
    pub fn almanac(&self) -> Almanac {
        self.almanac
    }

    /// From which to which place the line reaches.
    pub fn whole(&self) -> (f64, f64) {
        (0.0, self.whole)
    }

    /// From which to which place it is seen.
    pub fn seen(&self) -> (f64, f64) {
        self.seen
    }

    /// Whether days without a report were left out.
    pub fn is_broken(&self) -> bool {
        self.pieces.len() > 1
    }

    /// The place of a day, given as a number.
    pub(super) fn place(&self, day: f64) -> f64 {
        let mut place = 0.0;
        for piece in &self.pieces {
            let (first, last) = piece.days();
            if day < first {
                break;
            }
            place = piece.from + (piece.to - piece.from) * ((day - first) / (last - first)).min(1.0);
        }
        place
    }

    /// Where a day begins and ends on the line.
    pub fn place_of(&self, day: Date) -> (f64, f64) {
        let day = number(day_number(day));
        (self.place(day), self.place(day + 1.0))
    }

    /// Whether the middle of a day is seen.
    pub fn sees(&self, day: Date) -> bool {
        let place = self.place(number(day_number(day)) + 0.5);
        self.seen.0 <= place && place <= self.seen.1
    }

    /// Whether something is seen that holds from one day to another, or from then on.
    pub fn sees_from(&self, from: Date, to: Option<Date>) -> bool {
        let middle = |day: Date| self.place(number(day_number(day)) + 0.5);
        middle(from) < self.seen.1 && to.is_none_or(|to| middle(to) > self.seen.0)
    }

    /// Whether the middle of a day stands at the left of what is seen, or at its side.
    pub fn is_left_of_view(&self, day: Date) -> bool {
        self.place(number(day_number(day)) + 0.5) <= self.seen.0
    }

    /// The share of the width at which a place of the line stands, beside the width where it is not seen.
    pub(super) fn share(&self, place: f64) -> f64 {
        (place - self.seen.0) / (self.seen.1 - self.seen.0)
    }

    /// What is seen, piece by piece.
    pub(super) fn visible(&self) -> impl Iterator<Item = Visible> + '_ {
        self.pieces.iter().filter_map(|piece| {
            let (from, to) = (piece.from.max(self.seen.0), piece.to.min(self.seen.1));
            (from < to).then(|| Visible {
                days: (piece.day_at(from), piece.day_at(to)),
                shares: (self.share(from), self.share(to)),
                whole: (piece.first, piece.last),
            })
        })
    }

    /// The silences that are seen, as shares of the width.
    pub(super) fn silences(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let pairs = self.pieces.iter().zip(self.pieces.iter().skip(1));
        let shares = pairs.map(|(before, after)| (self.share(before.to).max(0.0), self.share(after.from).min(1.0)));
        shares.filter(|(from, to)| from < to)
    }
}

/// First and last days of the stretches that are drawn. A silence that is longer than all the rest would press what
/// there is to see into a corner, and is left out.
fn stretches(days: &[Date]) -> Vec<(Date, Date)> {
    /// Silences that are left out, at most.
    const MOST: usize = 3;
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
    let length = |from: Date, to: Date| day_number(to) - day_number(from);
    let silence = |pair: &[Date]| Some((length(*pair.first()?, *pair.last()?), *pair.first()?, *pair.last()?));
    // Of as many days as there are, only the longest silences matter.
    let mut silences: Vec<(i64, Date, Date)> = Vec::new();
    for silence in days.windows(2).filter_map(silence) {
        let at = silences.partition_point(|longer| longer.0 >= silence.0);
        if at < MOST {
            silences.insert(at, silence);
            silences.truncate(MOST);
        }
    }
    let mut rest = length(*first, *last);
    let mut cuts: Vec<(Date, Date)> = Vec::new();
    for (silent, from, to) in silences {
        let few = days.len() < 4 && silent < 730;
        if few || silent < 20 || silent * 10 < rest * 6 {
            break;
        }
        rest -= silent;
        cuts.push((from, to));
    }
    cuts.sort_unstable();
    let starts = std::iter::once(*first).chain(cuts.iter().map(|cut| cut.1));
    starts.zip(cuts.iter().map(|cut| cut.0).chain([*last])).collect()
}

/// The day of a number.
#[expect(clippy::cast_possible_truncation, reason = "numbers of days of the calendar")]
pub(super) fn date_of(day: f64) -> Date {
    plus(Date::constant(1970, 1, 1), day.floor() as i64)
}

fn plus(day: Date, days: i64) -> Date {
    day.saturating_add(SignedDuration::from_hours(24 * days))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn days(list: &[(i16, i8, i8)]) -> Vec<Date> {
        list.iter().map(|(y, m, d)| date(*y, *m, *d)).collect()
    }

    const WEEK: [(i16, i8, i8); 4] = [(2022, 9, 16), (2022, 9, 18), (2022, 9, 24), (2022, 10, 3)];

    #[test]
    fn a_silence_longer_than_all_the_rest_is_left_out_and_a_shorter_one_is_not() {
        assert_eq!(stretches(&days(&WEEK)).len(), 1);
        let late = [&WEEK[..], &[(2023, 5, 2)]].concat();
        let wanted = [(date(2022, 9, 16), date(2022, 10, 3)), (date(2023, 5, 2), date(2023, 5, 2))];
        assert_eq!(stretches(&days(&late)), wanted);
    }

    #[test]
    fn a_part_that_is_seen_fills_the_width_and_its_days_are_in_place() {
        let late = days(&[&WEEK[..], &[(2023, 5, 2)]].concat());
        let whole = Days::of(late.clone(), None).expect("days");
        let (from, to) = (whole.place_of(late[1]).0, whole.place_of(late[2]).1);
        let near = Days::of(late.clone(), Some((from, to))).expect("days");
        assert!(near.share(near.place_of(late[1]).0).abs() < 1e-9);
        assert!((near.share(near.place_of(late[2]).1) - 1.0).abs() < 1e-9);
        assert!(near.sees_from(late[0], Some(late[2])) && near.sees_from(late[0], None));
        assert!(!near.sees_from(late[0], Some(late[0])) && !near.sees_from(late[3], None));
        assert_eq!(late.iter().map(|day| near.sees(*day)).collect::<Vec<_>>(), [false, true, true, false, false]);
        let visible: Vec<Visible> = near.visible().collect();
        assert_eq!(visible.len(), 1);
        let number = |day: Date| number(day_number(day));
        assert!((visible[0].days.0 - number(late[1])).abs() < 1e-9);
        assert!((visible[0].days.1 - number(late[2]) - 1.0).abs() < 1e-9);
        assert_eq!((near.silences().count(), whole.silences().count()), (0, 1));
    }

    #[test]
    fn nonsense_to_see_is_the_whole() {
        for seen in [(3.0, 3.0), (5.0, 1.0), (f64::NAN, 2.0), (0.0, f64::INFINITY)] {
            let days = Days::of(days(&WEEK), Some(seen)).expect("days");
            assert_eq!(days.seen(), days.whole());
        }
    }
}
