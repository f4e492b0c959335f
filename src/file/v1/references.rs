//! What can be seen only in the whole project: ids that are taken twice, and references that lead nowhere.

use std::collections::HashSet;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use crate::dataset;
use crate::file::place::Step;
use crate::model::{Claim, EventId, Project, Record, Scope, Subject};

use super::open::{Numbered, Section, Told};

/// Tells of every id that an earlier record of the section has already.
pub(super) fn doubles<R: Record>(section: &Section, list: &Numbered<R>, told: &mut Vec<Told>) {
    let mut taken: HashSet<R::Id, RandomState> = HashSet::default();
    taken.reserve(list.len());
    for (n, record) in list {
        if !taken.insert(record.id()) {
            let message =
                format!("The id `{}` is taken by an earlier record; give one of the two a new id", record.id());
            let place = section.place(*n, vec![Step::Field("id")]);
            told.push(Told { place, message, refuses: true });
        }
    }
}

fn warning(section: &Section, record: usize, path: Vec<Step>, message: String) -> Told {
    Told { place: section.place(record, path), message, refuses: false }
}

/// Corrections of articles that are not there, and rejected figures that are not words of the text.
pub(super) fn articles(section: &Section, project: &Project, told: &mut Vec<Told>) {
    for (n, article) in project.articles.iter().enumerate() {
        for (at, other) in article.unlike.iter().enumerate().filter(|(_, other)| !project.articles.contains(**other)) {
            let message = format!("There is no article `{other}`; take the id out, or add the article");
            told.push(warning(section, n, vec![Step::Field("unlike"), Step::Item(at)], message));
        }
        for (i, rejected) in article.not_figures.iter().enumerate().filter(|(_, r)| !r.matches(&article.text)) {
            let message = format!(
                "The words at {} to {} of the text are not \u{201C}{}\u{201D}; the figure there is open again",
                rejected.start, rejected.end, rejected.exact
            );
            told.push(warning(section, n, vec![Step::Field("not_figures"), Step::Item(i), Step::Field("at")], message));
        }
        let Some(earlier) = article.corrects else { continue };
        let message = if earlier == article.id {
            "An article cannot correct itself; name the earlier version".to_owned()
        } else if project.articles.contains(earlier) {
            continue;
        } else {
            format!("There is no article `{earlier}`; correct the id, or add the article")
        };
        told.push(warning(section, n, vec![Step::Field("corrects")], message));
    }
}

/// Claims on events that are not there, and quotes that do not match their article.
pub(super) fn claims(section: &Section, of_rows: &Section, project: &Project, told: &mut Vec<Told>) {
    let all: Vec<_> = project.claims.iter().enumerate().collect();
    // Those of rows stand behind the others.
    let own = section.ranges().len();
    let place = |n: usize| n.checked_sub(own).map_or((section, n), |n| (of_rows, n));
    let found: Vec<Told> = all
        .into_par_iter()
        .flat_map_iter(|(n, claim)| {
            let (section, n) = place(n);
            of_claim(section, n, claim, project)
        })
        .collect();
    told.extend(found);
}

fn of_claim(section: &Section, n: usize, claim: &Claim, project: &Project) -> Vec<Told> {
    let mut told = Vec::new();
    if !project.events.contains(claim.event) {
        let id = claim.event;
        let message =
            format!("There is no event `{id}`, so the claim counts nowhere; correct the id, or add the event");
        told.push(warning(section, n, vec![Step::Field("event")], message));
    }
    if let Scope::AdditionalTo(base) | Scope::PartOf(Some(base)) = claim.scope
        && dataset::claim(project, base).is_none()
    {
        let message = format!("There is no claim `{base}`; correct the id, or add the claim");
        told.push(warning(section, n, vec![Step::Field("scope")], message));
    }
    for (i, quote) in claim.quotes.iter().enumerate() {
        let (field, message) = match project.articles.get(quote.article) {
            Some(article) if quote.matches(&article.text) => continue,
            Some(_) => (
                "at",
                format!(
                    "The words at {} to {} of article `{}`, or those around them, are not those of the quote; mark \
                     the quote anew",
                    quote.start, quote.end, quote.article
                ),
            ),
            None => ("in", format!("There is no article `{}`; correct the id, or add the article", quote.article)),
        };
        told.push(warning(section, n, vec![Step::Field("quotes"), Step::Item(i), Step::Field(field)], message));
    }
    told
}

/// Notes about what is not there.
pub(super) fn notes(section: &Section, project: &Project, told: &mut Vec<Told>) {
    for (n, note) in project.notes.iter().enumerate() {
        for (i, subject) in note.about.iter().enumerate() {
            let (there, what, id) = match subject {
                Subject::Article(id) => (project.articles.contains(*id), "article", id.to_string()),
                Subject::Event(id) => (project.events.contains(*id), "event", id.to_string()),
                Subject::Claim(id) => (dataset::claim(project, *id).is_some(), "claim", id.to_string()),
            };
            if !there {
                let message = format!("There is no {what} `{id}`; correct the id, or take it off the note");
                told.push(warning(section, n, vec![Step::Field("about"), Step::Item(i)], message));
            }
        }
    }
}

/// Summaries of events that are not there, or of themselves.
pub(super) fn events(section: &Section, project: &Project, told: &mut Vec<Told>) {
    for (n, event) in project.events.iter().enumerate().filter(|(_, event)| !event.covers.is_empty()) {
        for (i, covered) in event.covers.iter().enumerate() {
            if !project.events.contains(*covered) {
                let message = format!("There is no event `{covered}`; correct the id, or take it off the list");
                told.push(warning(section, n, vec![Step::Field("covers"), Step::Item(i)], message));
            }
        }
        if covers_itself(project, event.id) {
            let message = "This summary covers itself, directly or by way of others; take one of them off its list";
            told.push(warning(section, n, vec![Step::Field("covers")], message.to_owned()));
        }
    }
}

fn covers_itself(project: &Project, start: EventId) -> bool {
    let mut seen = HashSet::new();
    let mut todo = vec![start];
    while let Some(id) = todo.pop() {
        for covered in project.events.get(id).into_iter().flat_map(|event| &event.covers) {
            if *covered == start {
                return true;
            }
            if seen.insert(*covered) {
                todo.push(*covered);
            }
        }
    }
    false
}
