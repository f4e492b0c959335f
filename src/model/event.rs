//! An event: one thing that happened once, in one place, over one stretch of time.
//!
//! Its numbers are not here: they follow from the claims (`derive::figures`), but for those that somebody set by hand.

use super::dataset::SourceRow;
use super::date::EventDate;
use super::id::EventId;
use super::measure::{Class, Measure};
use super::own::Own;
use super::quantity::Quantity;
use super::records::Record;
use super::{Few, Party, Text};

/// Billionths of a degree: room for every decimal that the field writes, and still comparable for equality.
const PER_DEGREE: f64 = 1e9;

/// A point on the globe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Point {
    latitude: i64,
    longitude: i64,
}

impl Point {
    /// The point with this latitude and longitude in degrees. `None` beyond 90 and 180 degrees, or not a number.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let inside = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        #[expect(clippy::cast_possible_truncation, reason = "at most 180e9")]
        let whole = |degrees: f64| (degrees * PER_DEGREE).round() as i64;
        inside.then(|| Self { latitude: whole(latitude), longitude: whole(longitude) })
    }

    /// Degrees north.
    #[expect(clippy::cast_precision_loss, reason = "at most 180e9, exact in f64")]
    pub fn latitude(self) -> f64 {
        self.latitude as f64 / PER_DEGREE
    }

    /// Degrees east.
    #[expect(clippy::cast_precision_loss, reason = "at most 180e9, exact in f64")]
    pub fn longitude(self) -> f64 {
        self.longitude as f64 / PER_DEGREE
    }
}

/// How exactly a place is known, in the steps of UCDP GED's `where_prec`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// The place itself (1).
    Exact,
    /// Within about 25 km of a known point (2).
    Near,
    /// A second order division, such as a district (3).
    Adm2,
    /// A first order division, such as a province (4).
    Adm1,
    /// Larger than that, or along a line (5).
    Region,
    /// A country (6).
    Country,
    /// Water or airspace (7).
    Elsewhere,
}

impl Precision {
    /// All, from the most exact.
    pub const ALL: [Self; 7] =
        [Self::Exact, Self::Near, Self::Adm2, Self::Adm1, Self::Region, Self::Country, Self::Elsewhere];
    /// The word in files and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Near => "near",
            Self::Adm2 => "adm2",
            Self::Adm1 => "adm1",
            Self::Region => "region",
            Self::Country => "country",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// Where something happened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// The name of the place.
    pub name: Text,
    /// First order division: province, region.
    pub adm1: Text,
    /// Country.
    pub country: Text,
    /// Where on the globe.
    pub point: Option<Point>,
    /// How exactly.
    pub precision: Option<Precision>,
}

/// How far the coding of an event has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Status {
    /// Begun.
    #[default]
    Draft,
    /// Done by its coder.
    Coded,
    /// Checked by a second person.
    Reviewed,
    /// Somebody disagrees; it counts, and is named in the account.
    Disputed,
    /// Not counted, for this reason.
    Excluded(Text),
}

impl Status {
    /// The words of all statuses, in the order of pick lists.
    pub const KEYS: [&'static str; 5] = ["draft", "coded", "reviewed", "disputed", "excluded"];

    /// The word in files and on screen, without the reason.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Coded => "coded",
            Self::Reviewed => "reviewed",
            Self::Disputed => "disputed",
            Self::Excluded(_) => "excluded",
        }
    }

    /// The status of a key; the reason is kept for `excluded` only.
    pub fn from_key(key: &str, reason: &str) -> Option<Self> {
        Some(match key {
            "draft" => Self::Draft,
            "coded" => Self::Coded,
            "reviewed" => Self::Reviewed,
            "disputed" => Self::Disputed,
            "excluded" => Self::Excluded(reason.into()),
            _ => return None,
        })
    }

    /// Whether the event counts in totals.
    pub fn counts(&self) -> bool {
        !matches!(self, Self::Excluded(_))
    }
}

/// Low, best and high that somebody set, against or without the claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// What is counted.
    pub measure: Measure,
    /// Among whom.
    pub class: Class,
    /// The smallest number.
    pub low: u64,
    /// The most likely number, where there is one.
    pub best: Option<u64>,
    /// The largest number; `None` leaves it open.
    pub high: Option<u64>,
    /// Why the claims do not decide.
    pub reason: Text,
    /// Who decided.
    pub name: Text,
    /// What the claims gave when it was set, so that it can be told that they changed since: an estimate, or unknown
    /// where they gave no number. `None` where nobody noted it.
    pub claims_gave: Option<Quantity>,
}

impl ByHand {
    /// A figure of which nobody noted what the claims gave: low, best and high, with reason and name.
    pub fn new(
        measure: Measure,
        class: Class,
        (low, best, high): (u64, Option<u64>, Option<u64>),
        reason: impl Into<Text>,
        name: impl Into<Text>,
    ) -> Self {
        Self { measure, class, low, best, high, reason: reason.into(), name: name.into(), claims_gave: None }
    }

    /// Whether low ≤ best ≤ high.
    pub fn in_order(&self) -> bool {
        let top = self.high.unwrap_or(u64::MAX);
        let best = self.best.unwrap_or(self.low);
        self.low <= best && best <= top && self.low <= top
    }
}

/// One thing that happened once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Which event.
    pub id: EventId,
    /// A few words that tell it from others.
    pub title: Text,
    /// When it happened. `None` where nothing is known.
    pub when: Option<EventDate>,
    /// Where.
    pub location: Location,
    /// What kind of event, in the codebook's words.
    pub kind: Text,
    /// The first party. A party, not a culprit.
    pub side_a: Text,
    /// The second party.
    pub side_b: Text,
    /// How far its coding has come.
    pub status: Status,
    /// Events whose numbers this summary includes.
    pub covers: Few<EventId>,
    /// Free marks.
    pub tags: Few<Text>,
    /// To be left out of redacted exports.
    pub sensitive: bool,
    /// Ids in other people's data sets.
    pub source_ids: Few<Text>,
    /// Figures set by hand, at most one for each measure and class.
    pub by_hand: Few<ByHand>,
    /// Values in the columns of the analyst's own.
    pub own: Own,
    /// The row of another people's data set that it was made from. The fields above are what the row says but where
    /// somebody changed them; its numbers are read from the row by `dataset`.
    pub source: Option<SourceRow>,
}

impl Event {
    /// An event of which nothing is known yet.
    pub fn new(id: EventId) -> Self {
        Self {
            id,
            title: Text::default(),
            when: None,
            location: Location::default(),
            kind: Text::default(),
            side_a: Text::default(),
            side_b: Text::default(),
            status: Status::default(),
            covers: Few::new(),
            tags: Few::new(),
            sensitive: false,
            source_ids: Few::new(),
            by_hand: Few::new(),
            own: Own::default(),
            source: None,
        }
    }

    /// The figure set by hand for this measure and class.
    pub fn hand(&self, measure: &Measure, class: &Class) -> Option<&ByHand> {
        self.by_hand.iter().find(|hand| hand.measure == *measure && hand.class == *class)
    }

    /// The name of a side of this event.
    pub fn side(&self, party: Party) -> &Text {
        match party {
            Party::A => &self.side_a,
            Party::B => &self.side_b,
        }
    }

    /// What a person calls this event: its title, else its place, else its id.
    pub fn name(&self) -> &str {
        if !self.title.is_empty() {
            &self.title
        } else if !self.location.name.is_empty() {
            &self.location.name
        } else {
            self.id.as_str()
        }
    }
}

impl Record for Event {
    type Id = EventId;
    fn id(&self) -> EventId {
        self.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_keeps_its_decimals_and_its_limits() {
        let point = Point::new(40.062_512_3, 70.819_391_55).expect("on the globe");
        assert_eq!((point.latitude(), point.longitude()), (40.062_512_3, 70.819_391_55));
        assert_eq!(Point::new(500.0, 0.0), None);
        assert_eq!(Point::new(0.0, f64::NAN), None);
    }
}
