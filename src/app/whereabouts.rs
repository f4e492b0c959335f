//! The way back: places that were jumped from, as a browser keeps them.

use crate::ui::{Desk, SideTab};

/// A place that can be gone back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub event: Option<crate::model::EventId>,
    pub article: Option<crate::model::ArticleId>,
    pub row: Option<crate::model::ClaimId>,
    pub claim: Option<crate::model::ClaimId>,
    pub note: Option<crate::model::NoteId>,
    pub tab: SideTab,
}

impl Place {
    /// Where the person is.
    pub fn of(desk: &Desk) -> Self {
        Self {
            event: desk.event,
            article: desk.article,
            row: desk.row,
            claim: desk.claim,
            note: desk.note,
            tab: desk.tab,
        }
    }

    /// Goes there.
    pub fn put(&self, desk: &mut Desk) {
        (desk.event, desk.article, desk.row) = (self.event, self.article, self.row);
        (desk.claim, desk.note, desk.tab) = (self.claim, self.note, self.tab);
    }
}

/// Longest way back.
const LONGEST: usize = 100;

/// Places behind and ahead.
#[derive(Debug, Default)]
pub struct Trail {
    behind: Vec<Place>,
    ahead: Vec<Place>,
}

impl Trail {
    /// Notes a place that is jumped from.
    pub fn leave(&mut self, from: Place) {
        if self.behind.last() != Some(&from) {
            self.behind.push(from);
        }
        if self.behind.len() > LONGEST {
            self.behind.remove(0);
        }
        self.ahead.clear();
    }

    /// The place before, where there is one.
    pub fn back(&mut self, from: Place) -> Option<Place> {
        let to = self.behind.pop()?;
        self.ahead.push(from);
        Some(to)
    }

    /// The place that was gone back from.
    pub fn forward(&mut self, from: Place) -> Option<Place> {
        let to = self.ahead.pop()?;
        self.behind.push(from);
        Some(to)
    }

    pub fn can_go_back(&self) -> bool {
        !self.behind.is_empty()
    }

    pub fn can_go_forward(&self) -> bool {
        !self.ahead.is_empty()
    }
}
