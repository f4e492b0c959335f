//! A project as it may be seen: what a redaction names is taken out of every record, and counted.
//!
//! Names become codes, the same for the same name, so that it stays visible which claims are one voice. Figures are not
//! worked out again: they stay those of the whole project.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::{
    Article, ArticleId, Claim, ClaimId, Event, EventId, Methodology, Note, Origin, Project, Records, Subject, Text,
};

use super::{LeftOut, Redaction};

/// Names with their codes.
#[derive(Default)]
struct Codes {
    numbers: HashMap<String, usize>,
    /// Other people: coders, authors, those who set a figure.
    people: HashSet<Text>,
}

impl Codes {
    fn of(&mut self, name: &Text) -> Text {
        if name.trim().is_empty() {
            return name.clone();
        }
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(name.trim().to_lowercase()).or_insert(next);
        format!("Speaker {number}").into()
    }

    fn forget(&mut self, name: &mut Text) {
        if !name.is_empty() {
            self.people.insert(std::mem::take(name));
        }
    }
}

/// What is taken out while records are gone through.
struct Work<'a> {
    redaction: &'a Redaction,
    events: HashSet<EventId>,
    articles: HashSet<ArticleId>,
    codes: Codes,
    count: LeftOut,
}

/// The project without what must not be seen, and how much that was. Nothing is copied where nothing is left out.
pub(in crate::exchange::export) fn apply(project: &Project, redaction: &Redaction) -> (Project, LeftOut) {
    if redaction.is_none() {
        return (project.clone(), LeftOut::default());
    }
    let hidden_events = project.events.iter().filter(|event| redaction.hides_event(event)).map(|event| event.id);
    let hidden_articles = project.articles.iter().filter(|article| redaction.sensitive && article.sensitive);
    let mut work = Work {
        redaction,
        events: hidden_events.collect(),
        articles: hidden_articles.map(|article| article.id).collect(),
        codes: Codes::default(),
        count: LeftOut::default(),
    };
    work.count.events = work.events.len();
    work.count.articles = work.articles.len();
    let claims = Records::from_list(project.claims.iter().filter_map(|claim| work.claim(claim))).0;
    let kept: HashSet<ClaimId> = claims.iter().map(|claim| claim.id).collect();
    let articles = Records::from_list(project.articles.iter().filter_map(|article| work.article(article))).0;
    let notes = Records::from_list(project.notes.iter().filter_map(|note| work.note(note, &kept))).0;
    let events = Records::from_list(project.events.iter().filter_map(|event| work.event(event))).0;
    let methodology = Arc::new(work.methodology(&project.methodology));
    work.count.names = work.codes.numbers.len() + work.codes.people.len();
    let seen = Project {
        claims,
        articles,
        notes,
        events,
        methodology,
        // How somebody looked at the table and what was done to the file are no results, and may name anything.
        views: Arc::default(),
        log: Arc::default(),
        ..project.clone()
    };
    (seen, work.count)
}

impl Work<'_> {
    fn claim(&mut self, claim: &Claim) -> Option<Claim> {
        if self.events.contains(&claim.event) {
            return None;
        }
        let mut claim = claim.clone();
        let all = claim.quotes.len();
        claim.quotes.retain(|quote| !self.redaction.quotes && !self.articles.contains(&quote.article));
        self.count.quotes += all - claim.quotes.len();
        if self.redaction.quotes {
            claim.words = Text::default();
        }
        if self.redaction.names {
            for name in [&mut claim.speaker, &mut claim.via, &mut claim.group] {
                *name = self.codes.of(name);
            }
            self.codes.forget(&mut claim.coder);
            if let Some(Origin::Interview(name)) = &mut claim.origin {
                *name = self.codes.of(name);
            }
        }
        Some(claim)
    }

    fn article(&mut self, article: &Article) -> Option<Article> {
        if self.articles.contains(&article.id) {
            return None;
        }
        let mut article = article.clone();
        article.unlike.retain(|id| !self.articles.contains(id));
        article.corrects = article.corrects.filter(|id| !self.articles.contains(id));
        if self.redaction.quotes {
            (article.text, article.not_figures) = (Text::default(), Vec::new());
        }
        if self.redaction.names {
            self.codes.forget(&mut article.byline);
        }
        Some(article)
    }

    fn note(&mut self, note: &Note, claims: &HashSet<ClaimId>) -> Option<Note> {
        if self.redaction.notes || (self.redaction.sensitive && note.sensitive) {
            self.count.notes += 1;
            return None;
        }
        let mut note = note.clone();
        note.about.retain(|subject| match subject {
            Subject::Article(id) => !self.articles.contains(id),
            Subject::Event(id) => !self.events.contains(id),
            Subject::Claim(id) => claims.contains(id),
        });
        if self.redaction.names {
            self.codes.forget(&mut note.author);
        }
        Some(note)
    }

    fn event(&mut self, event: &Event) -> Option<Event> {
        if self.events.contains(&event.id) {
            return None;
        }
        let mut event = event.clone();
        event.covers.retain(|id| !self.events.contains(id));
        if self.redaction.hides_point(&event) {
            event.location.point = None;
            self.count.coordinates += 1;
        }
        if self.redaction.names {
            event.by_hand.iter_mut().for_each(|hand| self.codes.forget(&mut hand.name));
        }
        if self.redaction.hides_rows() {
            event.source = None;
        }
        Some(event)
    }

    fn methodology(&mut self, sheet: &Methodology) -> Methodology {
        let mut sheet = sheet.clone();
        if self.redaction.names {
            sheet.ranks.iter_mut().for_each(|name| *name = self.codes.of(name));
            sheet.authority = self.codes.of(&sheet.authority);
        }
        sheet
    }
}
