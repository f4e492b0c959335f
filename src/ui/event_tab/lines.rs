//! The claims of one measure as lines of a table, under the voices that they belong to. Worked out once for a snapshot;
//! it says what stands where in words and draws nothing.

use std::cmp::Reverse;

use super::words::{self, Standing};
use crate::dataset;
use crate::derive::figures::{Heard, MeasureFigures, NotUsed, Reading, read};
use crate::model::{Claim, ClaimId, Class, Origin, Project};
use crate::ui::{figures, source_row};

/// Whether a claim counts, as its mark shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The figure rests on it.
    Counted,
    /// Somebody set it aside.
    Aside,
    /// It is not counted for another reason.
    Silent,
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which claim.
    pub claim: ClaimId,
    /// What it is called: `22 (army)`.
    pub name: String,
    /// The quantity as it was written.
    pub said: String,
    /// What it is read as; empty where it gives no number.
    pub read: String,
    /// Among whom.
    pub class: String,
    /// Who says it, and who relays it.
    pub who: String,
    /// The day of report.
    pub reported: String,
    /// The headline of the article where it is written, or another origin.
    pub written: String,
    /// Whether it has a quote to go to.
    pub quoted: bool,
    /// Scope, stance and why it is not counted; empty of a plain claim that counts.
    pub remark: String,
    /// Whether it counts, in words.
    pub standing: String,
    /// The same as a mark.
    pub mark: Mark,
    /// Whether it is the newest report of a voice that has reported before.
    pub newest: bool,
}

impl Line {
    /// Everything about it, for a tooltip and for screen readers.
    pub fn told(&self) -> String {
        let read = if self.read.is_empty() { "no number".to_owned() } else { format!("read as {}", self.read) };
        let newest = if self.newest { ", the newest report of this voice" } else { "" };
        let reported = if self.reported.is_empty() {
            "day of report not known".to_owned()
        } else {
            format!("reported {}", self.reported)
        };
        let mut told = format!("{}, {read}, {}. {}, {reported}{newest}", self.said, self.class, self.who);
        for more in [&self.written, &self.remark] {
            if !more.is_empty() {
                told = format!("{told}\n{more}");
            }
        }
        if !self.remark.contains(&self.standing) {
            told = format!("{told}\n{}", self.standing);
        }
        told
    }
}

/// A voice with its claims, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub name: String,
    /// Among whom it counts.
    pub class: Class,
    /// What it says now.
    pub reading: Option<Reading>,
    /// The same in words: `22`, `50+`, `no number`.
    pub number: String,
    /// Whether the figure rests on it.
    pub counts: bool,
    /// Whom it contradicts, in words; empty where nobody.
    pub conflict: String,
    /// Its claims.
    pub lines: Vec<Line>,
}

impl Group {
    /// What is said of it on the plot and to screen readers.
    pub fn told(&self) -> String {
        let counts = if self.counts { "counted" } else { "not counted" };
        let conflict =
            if self.conflict.is_empty() { String::new() } else { format!(". {}", figures::sentence(&self.conflict)) };
        format!("{}: {}, {counts}{conflict}", self.name, self.number)
    }

    /// The claim that stands for it: the newest one by which it speaks.
    pub fn first(&self) -> Option<ClaimId> {
        self.lines.first().map(|line| line.claim)
    }
}

/// All voices of a measure with their claims: by class, then from the smallest number to the largest.
pub fn groups(project: &Project, heard: &[Heard], made: Option<&MeasureFigures>) -> Vec<Group> {
    let names: Vec<String> = heard.iter().map(|voice| voice_name(project, voice)).collect();
    let mut order: Vec<usize> = (0..heard.len()).collect();
    let number = |voice: &Heard| voice.reading.map(|r| (r.lo.or(r.hi), r.hi.is_none(), r.hi));
    order.sort_by_key(|at| {
        let voice = &heard[*at];
        (voice.class.clone(), voice.reading.is_none(), number(voice), names[*at].clone())
    });
    order.into_iter().map(|at| group(project, heard, &names, at, made)).collect()
}

fn voice_name(project: &Project, voice: &Heard) -> String {
    let claims = voice.speaks.iter().chain(&voice.silent).filter_map(|id| dataset::claim(project, *id));
    let mut best: Option<String> = None;
    for claim in claims {
        if !claim.group.trim().is_empty() {
            return claim.group.trim().to_owned();
        }
        best.get_or_insert_with(|| words::speaker(project, claim));
    }
    best.unwrap_or_else(|| voice.group.clone())
}

fn group(project: &Project, heard: &[Heard], names: &[String], at: usize, made: Option<&MeasureFigures>) -> Group {
    let voice = &heard[at];
    let claims = voice.speaks.iter().chain(&voice.silent).filter_map(|id| dataset::claim(project, *id));
    let mut claims: Vec<&Claim> = claims.map(|claim| &**claim).collect();
    claims.sort_by_key(|claim| (!voice.speaks.contains(&claim.id), Reverse(claim.reported), claim.id));
    let several = claims.len() > 1;
    let lines = claims
        .into_iter()
        .map(|claim| {
            let newest = several && voice.speaks.contains(&claim.id) && claim.reported.is_some();
            line(project, claim, newest, made)
        })
        .collect();
    Group {
        name: names[at].clone(),
        class: voice.class.clone(),
        reading: voice.reading,
        number: number_of(voice.reading),
        counts: voice.counts,
        conflict: conflict(heard, names, at),
        lines,
    }
}

fn number_of(reading: Option<Reading>) -> String {
    reading.and_then(figures::reading).unwrap_or_else(|| "no number".to_owned())
}

/// Whom a voice contradicts: `contradicts UN 50+; denied by the ministry`.
fn conflict(heard: &[Heard], names: &[String], at: usize) -> String {
    let voice = &heard[at];
    let mut said = Vec::new();
    for other in &voice.contradicts {
        let (name, number) = (&names[*other], number_of(heard[*other].reading));
        let other = &heard[*other];
        if voice.denies && other.reading.is_some() {
            said.push(format!("denies {name} {number}"));
        } else if other.denies {
            said.push(format!("denied by {name}"));
        } else {
            said.push(format!("contradicts {name} {number}"));
        }
    }
    said.join("; ")
}

/// The data set in whose row a claim is written; empty for one that is read from no row.
fn row_of(project: &Project, claim: &Claim) -> String {
    match &claim.origin {
        Some(Origin::Dataset(name)) if dataset::rests_on_row(project, claim.id) => format!("Row of {name}"),
        _ => String::new(),
    }
}

fn line(project: &Project, claim: &Claim, newest: bool, made: Option<&MeasureFigures>) -> Line {
    let standing = Standing::of(claim, made);
    let mark = match standing {
        Standing::Used => Mark::Counted,
        Standing::NotUsed(NotUsed::SetAside(_)) => Mark::Aside,
        _ => Mark::Silent,
    };
    let mut remark: Vec<String> = Vec::new();
    remark.extend(words::stance(claim).map(str::to_owned));
    remark.extend(words::scope(project, claim).map(|scope| figures::sentence(&scope)));
    if mark != Mark::Counted {
        remark.push(standing.describe());
    }
    let mut who = words::speaker(project, claim);
    if !claim.via.is_empty() {
        who = format!("{who} → {}", claim.via);
    }
    let article = claim.article().and_then(|id| project.articles.get(id));
    Line {
        claim: claim.id,
        name: words::name(project, claim),
        said: claim.quantity.to_string(),
        read: figures::reading(read(claim, &project.methodology)).unwrap_or_default(),
        class: claim.class.to_string(),
        who,
        reported: claim.reported.map(|day| day.to_string()).unwrap_or_default(),
        written: article.map_or_else(|| row_of(project, claim), |article| article.headline.to_string()),
        quoted: source_row::can_be_shown(project, claim.id),
        remark: remark.join(" · "),
        standing: standing.describe(),
        mark,
        newest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::{Derived, explain, voices};
    use crate::model::{Event, EventId, Measure, Quantity, Stance};

    fn shown(claims: &[(&str, &str, &str, Option<i8>, Stance)]) -> Vec<Group> {
        let mut project = Project::titled("Test");
        let event: EventId = "e-1".parse().expect("an id");
        project.events.push(Event::new(event)).expect("new");
        for (name, quantity, speaker, day, stance) in claims {
            let quantity = Quantity::parse(quantity).expect("a quantity");
            let mut claim = Claim::new(event, Measure::Killed, Class::TOTAL, quantity);
            claim.id = name.parse().expect("an id");
            claim.speaker = (*speaker).into();
            claim.reported = day.map(|day| jiff::civil::date(2022, 9, day));
            claim.stance = *stance;
            project.claims.push(claim).expect("new");
        }
        let derived = Derived::from_scratch(&project);
        let made = explain(&project, &derived, event);
        groups(&project, &voices::heard(&project, &derived, event, &Measure::Killed), made.get(&Measure::Killed))
    }

    #[test]
    fn voices_stand_from_the_smallest_number_to_the_largest_with_the_newest_report_first() {
        let says = Stance::Asserts;
        let groups = shown(&[
            ("c-1", "at least 50", "UN", Some(2), says),
            ("c-2", "?", "Agency", Some(2), says),
            ("c-3", "9", "Army", Some(1), says),
            ("c-4", "12", "army", Some(3), says),
        ]);
        let told: Vec<String> = groups.iter().map(Group::told).collect();
        assert_eq!(
            told,
            [
                "army: 12, counted. Contradicts UN 50+",
                "UN: 50+, counted. Contradicts army 12",
                "Agency: no number, not counted",
            ]
        );
        let army: Vec<(&str, bool, Mark)> =
            groups[0].lines.iter().map(|line| (line.said.as_str(), line.newest, line.mark)).collect();
        assert_eq!(army, [("12", true, Mark::Counted), ("9", false, Mark::Silent)]);
        assert_eq!(groups[0].lines[1].remark, "Not counted: the same voice has reported since");
        assert_eq!(groups[0].lines[0].remark, "", "a plain claim that counts needs no words");
    }

    #[test]
    fn a_denial_is_told_on_both_sides() {
        let groups =
            shown(&[("c-1", "7", "army", Some(1), Stance::Asserts), ("c-2", "0", "ministry", Some(1), Stance::Denies)]);
        let told: Vec<&str> = groups.iter().map(|group| group.conflict.as_str()).collect();
        assert_eq!(told, ["denied by ministry", "denies army 7"]);
    }
}
