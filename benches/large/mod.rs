//! A made-up project of 400,000 events, shaped like a global event data set: few countries and parties, thousands of
//! places, dates over 35 years of which a fifth are no single day, most figures small and a few very large.
//!
//! Nothing in it is a record of a real event. The same numbers come out each time.

use dateline::model::{Claim, Class, Event, EventDate, Measure, Project, Quantity, Records, Status, date};
use jiff::civil::{Date, date as day};
use jiff::{SignedDuration, Span};

/// How many events there are.
pub const EVENTS: usize = 400_000;

const WORDS: [&str; 32] = [
    "army",
    "patrol",
    "village",
    "clash",
    "border",
    "road",
    "market",
    "convoy",
    "police",
    "station",
    "mine",
    "raid",
    "shelling",
    "bridge",
    "rebels",
    "night",
    "civilians",
    "district",
    "council",
    "said",
    "troops",
    "checkpoint",
    "ambush",
    "school",
    "river",
    "valley",
    "attack",
    "camp",
    "killed",
    "fighters",
    "report",
    "agency",
];

/// Numbers that look like chance and are the same each time.
pub struct Dice(u64);

impl Dice {
    /// A row of numbers of its own for each `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `below`.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below.max(1)
    }

    /// A number below `below`, small ones far more often.
    fn skewed(&mut self, below: usize) -> usize {
        let (one, two) = (self.roll(below), self.roll(below));
        one * two / below.max(1)
    }
}

fn when(dice: &mut Dice) -> Option<EventDate> {
    let first: Date = day(1989, 1, 1).saturating_add(SignedDuration::from_hours(24 * dice.roll(12_783) as i64));
    match dice.roll(100) {
        0 => None,
        1..=5 => EventDate::month(first.year(), first.month()).ok(),
        6..=20 => {
            let last = first.saturating_add(Span::new().days(1 + dice.roll(6) as i64));
            EventDate::between(first, last, date::Span::Within).ok()
        }
        _ => Some(EventDate::day(first)),
    }
}

fn event(n: usize, dice: &mut Dice) -> Event {
    let mut event = Event::new(format!("e-{n}").parse().expect("an id"));
    event.when = when(dice);
    let country = dice.skewed(60);
    event.location.country = format!("Country {country}").into();
    event.location.adm1 = format!("Province {country}-{}", dice.skewed(14)).into();
    event.location.name = format!("Village {}", dice.skewed(30_000)).into();
    let words: Vec<&str> = (0..7).map(|_| WORDS[dice.roll(WORDS.len())]).collect();
    event.title = format!("{} {n}", words.join(" ")).into();
    event.kind = ["battle", "shelling", "attack on civilians"][dice.skewed(3)].into();
    event.side_a = format!("Government of country {country}").into();
    event.side_b = format!("Group {}", dice.skewed(1_200)).into();
    event.status = if dice.roll(50) == 0 { Status::Draft } else { Status::Coded };
    event
}

/// One published estimate for nine events of ten, low, best and high; heavy in the tail.
fn claim(n: usize, dice: &mut Dice) -> Option<Claim> {
    if dice.roll(10) == 0 {
        return None;
    }
    let best = match dice.roll(100) {
        0..=24 => 0,
        25..=69 => 1 + dice.roll(3),
        70..=94 => 4 + dice.roll(20),
        95..=98 => 24 + dice.roll(200),
        _ => 200 + dice.roll(5_000),
    };
    let low = best - dice.roll(best / 2 + 1);
    let high = best + dice.roll(best + 1);
    let whole = |n: usize| u64::try_from(n).ok();
    let quantity = Quantity::estimate(whole(low), whole(best), whole(high));
    let event = format!("e-{n}").parse().expect("an id");
    let speaker = format!("data set {}", dice.roll(5)).into();
    Some(Claim { speaker, ..Claim::new(event, Measure::Killed, Class::TOTAL, quantity) })
}

/// The project.
pub fn project() -> Project {
    let mut dice = Dice::new(1);
    let (events, _) = Records::from_list((0..EVENTS).map(|n| event(n, &mut dice)).collect::<Vec<_>>());
    let mut dice = Dice::new(2);
    let (claims, _) = Records::from_list((0..EVENTS).filter_map(|n| claim(n, &mut dice)).collect::<Vec<_>>());
    Project { events, claims, ..Project::titled("Four hundred thousand events") }
}

/// The same project as news would make it: every claim has a day of report, a third of them are put right later by the
/// same speaker, and a quarter of the events have a second voice.
#[allow(dead_code, reason = "only one of the benchmarks asks for reports")]
pub fn with_reports(project: &Project) -> Project {
    let mut dice = Dice::new(3);
    let mut claims: Vec<Claim> = Vec::new();
    for (n, claim) in project.claims.iter().enumerate() {
        let on = day(1989, 1, 1).saturating_add(SignedDuration::from_hours(24 * dice.roll(12_783) as i64));
        let first = Claim { reported: Some(on), ..(**claim).clone() };
        let later = Some(on.saturating_add(Span::new().days(1 + dice.roll(30) as i64)));
        let id = |kind: &str| format!("{kind}-{n}").parse().expect("an id");
        if dice.roll(3) == 0 {
            claims.push(Claim { id: id("again"), reported: later, ..first.clone() });
        }
        if dice.roll(4) == 0 {
            let speaker = format!("Agency {}", dice.skewed(3_000)).into();
            claims.push(Claim { id: id("second"), speaker, reported: later, ..first.clone() });
        }
        claims.push(first);
    }
    let (claims, _) = Records::from_list(claims);
    Project { claims, ..project.clone() }
}
