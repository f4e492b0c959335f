//! Problems of the project's own words, of articles and of notes.

use crate::dataset;
use crate::model::{Article, Note, Project, Reading, Subject};

use super::{Findings, Ground, Kind, Place, hidden};

pub(super) fn about(project: &Project, findings: &mut Findings) {
    let about = &project.about;
    let labels = about.milestones.iter().map(|milestone| ("label of a milestone", &*milestone.label));
    let own = [("title", &*about.title), ("description", &*about.description), ("licence", &*about.licence)];
    hidden::look(Place::Project, own.into_iter().chain(labels), findings);
}

pub(super) fn article(ground: Ground<'_>, article: &Article, findings: &mut Findings) {
    let place = Place::Article(article.id);
    if let Some(earlier) = article.corrects
        && (!ground.project.articles.contains(earlier) || earlier == article.id)
    {
        let message = format!("It corrects the article {earlier}, which is not another article of the project.");
        findings.add(Kind::CorrectsNothing, place, message, "Name the earlier version, or none.");
    }
    if matches!(&article.reading, Reading::Excluded(reason) if reason.trim().is_empty()) {
        findings.add(Kind::Excluded, place, "It is excluded without a reason.", "Say why it is excluded.");
    }
    hidden::look(place, words_of(article), findings);
    let first = ground.related.first_of_text(ground.project, article.id);
    if let Some(first) = first.and_then(|first| ground.project.articles.get(first)) {
        same_text(first, article, findings);
    }
}

fn words_of(article: &Article) -> impl Iterator<Item = (&str, &str)> {
    let fields: [(&str, &str); 8] = [
        ("headline", &article.headline),
        ("publisher", &article.publisher),
        ("agency", &article.agency),
        ("byline", &article.byline),
        ("address", &article.url),
        ("archived address", &article.archived_url),
        ("language", &article.language),
        ("text", &article.text),
    ];
    fields.into_iter().chain(article.tags.iter().map(|tag| ("tags", &**tag)))
}

fn same_text(first: &Article, article: &Article, findings: &mut Findings) {
    let place = Place::Article(article.id);
    if first.headline == article.headline {
        let message = format!("Headline and text are those of the article {}.", first.id);
        findings.add(Kind::SameArticle, place, message, "Remove one of the two.");
    } else if first.voice() != article.voice() {
        let message = format!("The text is that of the article {}, which speaks with another voice.", first.id);
        let remedy = "If one is a reprint, credit both to the same agency: then they count as one voice.";
        findings.add(Kind::Reprint, place, message, remedy);
    }
}

pub(super) fn note(project: &Project, note: &Note, findings: &mut Findings) {
    let place = Place::Note(note.id);
    for subject in &note.about {
        let (there, name) = match subject {
            Subject::Article(id) => (project.articles.contains(*id), format!("article {id}")),
            Subject::Event(id) => (project.events.contains(*id), format!("event {id}")),
            Subject::Claim(id) => (dataset::claim(project, *id).is_some(), format!("claim {id}")),
        };
        if !there {
            let message = format!("It is about the {name}, which is not in the project.");
            findings.add(Kind::NoteOnNothing, place, message, "Attach the note to another record, or to the project.");
        }
    }
    hidden::look(place, words_of_note(note), findings);
}

fn words_of_note(note: &Note) -> impl Iterator<Item = (&str, &str)> {
    let fields: [(&str, &str); 3] = [("title", &note.title), ("text", &note.body), ("author", &note.author)];
    fields.into_iter().chain(note.tags.iter().map(|tag| ("tags", &**tag)))
}
