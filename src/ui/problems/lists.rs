//! The problems of a snapshot as lists by kind: those that the index keeps, and those that depend on the day of today.

use jiff::civil::Date;

use crate::derive::columnar::Stamp;
use crate::derive::problems::{Kind, Place, Problem, Severity, in_the_future, problems_of};
use crate::model::EventId;
use crate::ui::View;

/// Which line of which list, and whose it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    pub kind: Kind,
    pub n: usize,
    pub place: Option<Place>,
}

/// The lists of one snapshot.
#[derive(Debug, Default)]
pub(super) struct Lists {
    seen: Option<(Stamp, Date)>,
    future: Vec<EventId>,
}

impl Lists {
    /// Looks for dates in the future, once for each day and whenever dates or the order of events changed.
    pub fn settle(&mut self, view: &View<'_>) {
        let now = Some((view.derived.columnar().stamp(), view.today));
        if self.seen != now {
            self.seen = now;
            self.future = in_the_future(view.derived, view.today);
        }
    }

    /// How many problems of a kind there are.
    pub fn count(&self, view: &View<'_>, kind: Kind) -> usize {
        match kind {
            Kind::Future => self.future.len(),
            kind => view.derived.problems().count(kind),
        }
    }

    /// How many problems matter as much as this.
    pub fn count_of(&self, view: &View<'_>, severity: Severity) -> usize {
        Kind::ALL.iter().filter(|kind| kind.severity() == severity).map(|kind| self.count(view, *kind)).sum()
    }

    /// The record of a line.
    pub fn place(&self, view: &View<'_>, kind: Kind, n: usize) -> Option<Place> {
        match kind {
            Kind::Future => self.future.get(n).copied().map(Place::Event),
            kind => view.derived.problems().at(kind, n).map(|(place, _)| place),
        }
    }

    /// A line in words. `None` where it is gone.
    pub fn problem(&self, view: &View<'_>, at: At) -> Option<Problem> {
        let (place, before) = match at.kind {
            Kind::Future => (self.future.get(at.n).copied().map(Place::Event)?, 0),
            kind => view.derived.problems().at(kind, at.n)?,
        };
        let all = problems_of(view.project, view.derived, place, view.today);
        all.into_iter().filter(|problem| problem.kind == at.kind).nth(before)
    }

    /// The line behind this one, or before it, among these kinds. Where the record of the line has got rid of the
    /// problem, another one stands in its place, which is the next. With `around`, the last is followed by the first.
    pub fn step(&self, view: &View<'_>, kinds: &[Kind], from: Option<At>, forward: bool, around: bool) -> Option<At> {
        let line = |kind: Kind, n: usize| At { kind, n, place: self.place(view, kind, n) };
        let last = |kind: Kind| self.count(view, kind).checked_sub(1).map(|n| line(kind, n));
        let first = kinds.first().map(|kind| line(*kind, 0));
        let end = kinds.last().and_then(|kind| last(*kind));
        let Some(from) = from else { return if forward { first } else { end } };
        let count = self.count(view, from.kind);
        let at = kinds.iter().position(|kind| *kind == from.kind);
        let is_there = self.place(view, from.kind, from.n) == from.place;
        let next = if forward {
            let n = if is_there { from.n + 1 } else { from.n };
            let later = || kinds.iter().find(|kind| **kind > from.kind).map(|kind| line(*kind, 0));
            if at.is_some() && n < count { Some(line(from.kind, n)) } else { later() }
        } else {
            let earlier = || kinds.iter().rev().find(|kind| **kind < from.kind).and_then(|kind| last(*kind));
            match from.n.min(count).checked_sub(1).filter(|_| at.is_some()) {
                Some(n) => Some(line(from.kind, n)),
                None => earlier(),
            }
        };
        next.or(if !around {
            None
        } else if forward {
            first
        } else {
            end
        })
    }
}
