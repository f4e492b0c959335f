//! Taking texts in: files and folders are read in a job, and what is new becomes one step of undo and one line of the log.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::derive::reprints;
use crate::edit::Edit;
use crate::exchange::guess;
use crate::exchange::texts::{self, TextError, TextRead};
use crate::jobs::Progress;
use crate::model::{Article, ArticleId, Change, Known, LogEntry, Project, Records, Text};
use crate::store::folder::{self, Found};
use crate::store::read::read_raw;
use crate::ui::intake::{Line, Report};

use super::files::{Outcome, file_name};
use super::{App, Open};

/// Texts that have at least this share of their runs of five words in common are shown as alike: half, so that a reprint with
/// a paragraph of its own is among them, and two reports of one event are not.
const ALIKE: f32 = 0.5;
/// How many texts are shown as alike to one, the most alike first.
const CLOSEST: usize = 8;

/// What a job brought from files.
pub struct Brought {
    /// What was read, with the name that it is told by.
    read: Vec<(String, TextRead)>,
    /// What was not, with the reason.
    failed: Vec<(String, String)>,
    /// Hidden files that were passed over.
    hidden: usize,
    /// The earlier version that the text corrects.
    corrects: Option<ArticleId>,
    /// Whether the person stopped it: then nothing is taken in.
    cancelled: bool,
}

impl App {
    /// Reads files, and the files in folders, to take them in.
    pub(super) fn start_taking_in(&mut self, paths: Vec<PathBuf>, corrects: Option<ArticleId>) {
        let name = match paths.as_slice() {
            [one] => format!("Reading {}", file_name(one)),
            many => format!("Reading {} files", many.len()),
        };
        self.jobs.start(name, true, move |progress| Outcome::Texts(Brought { corrects, ..bring(&paths, progress) }));
    }

    /// Takes in what was read and is not in the project, and tells what became of the rest.
    pub(super) fn take_in(&mut self, brought: Brought) {
        let Some(open) = &self.open else { return };
        if brought.cancelled {
            self.panels.toasts.say("Nothing was taken in: the reading was cancelled", false);
            return;
        }
        let mut known = KnownTexts::of(open.session.project());
        let mut report = Report { not: brought.failed, hidden: brought.hidden, ..Report::default() };
        let mut new: Vec<Article> = Vec::new();
        let earlier = brought.corrects.and_then(|id| open.session.project().articles.get(id)).cloned();
        for (name, TextRead { mut article, remarks }) in brought.read {
            if let Some((id, headline)) = known.find(&article) {
                report.twice.push(Line { name, text: format!("is here already as “{headline}”"), article: id });
                continue;
            }
            if let Some(earlier) = &earlier {
                correct(&mut article, earlier);
            }
            known.add(&article);
            if !remarks.is_empty() {
                report.remarks.push(Line { name, text: remarks.join(". "), article: article.id });
            }
            new.push(article);
        }
        report.taken = new.len();
        let first = new.first().map(|article| article.id);
        if first.is_some() {
            let edit = self.logged(new);
            self.edit(&edit);
            self.desk.article = first;
        }
        if report.is_plain() {
            self.report = None;
            self.panels.toasts.say(report.title(), first.is_some());
        } else {
            self.report = Some(report);
        }
    }

    /// The change that takes articles in, with a line in the log that says so: the chain of custody begins there.
    pub(super) fn logged(&self, articles: Vec<Article>) -> Edit {
        let what = texts::taken_in(&articles);
        let corrects = match articles.as_slice() {
            [one] => one.corrects,
            _ => None,
        };
        let log = Edit::AddLog(LogEntry { when: self.platform.now(), what: what.into() });
        let add = Edit::AddArticles(articles);
        let nothing = Project::default();
        let project = self.project().unwrap_or(&nothing);
        let earlier = corrects.and_then(|id| project.articles.get(id));
        let label = earlier
            .map_or_else(|| add.label(project), |earlier| format!("Add corrected version of “{}”", earlier.headline));
        Edit::Several { label, edits: vec![add, log] }
    }

    /// Takes in a text that was pasted, unless it is there.
    pub(super) fn take_in_text(&mut self, text: &str) {
        self.take_in_article(texts::from_paste(text));
    }

    /// Takes in one article, unless its text is there, and shows it.
    pub(super) fn take_in_article(&mut self, mut article: Article) {
        let Some(project) = self.open.as_ref().map(|open: &Open| open.session.project()) else { return };
        let id = article.id;
        if let Some(known) = texts::already_in(project, &article) {
            self.desk.article = Some(known);
            self.panels.toasts.say("This text is in the project already", false);
            return;
        }
        if let Some(earlier) = article.corrects.and_then(|id| project.articles.get(id)).cloned() {
            correct(&mut article, &earlier);
        }
        let edit = self.logged(vec![article]);
        if self.edit(&edit) {
            self.show(crate::ui::Target::Article(id));
        }
    }
}

/// Makes an article the later version of another. Who published that one is a guess for who published this one.
fn correct(article: &mut Article, earlier: &Article) {
    article.corrects = Some(earlier.id);
    for field in [Known::Publisher, Known::Agency, Known::Language] {
        guess::put(article, field, &earlier.known(field));
    }
}

impl App {
    /// Looks for texts that are nearly the same, whenever the texts of the project are others than those compared last.
    pub(super) fn compare_texts(&mut self) {
        let Some(open) = &self.open else { return };
        let now = &open.session.project().articles;
        if self.compared.as_ref().is_some_and(|before| before.unchanged(now)) {
            return;
        }
        let same_texts =
            |before: &Records<Article>| before.changes(now).all(|change| matches!(change, Change::Changed(..)));
        let unchanged = self.compared.as_ref().is_some_and(same_texts);
        self.compared = Some(now.clone());
        if unchanged || now.len() < 2 {
            return;
        }
        let articles = now.clone();
        self.jobs.start(format!("Comparing {} texts", now.len()), true, move |progress| {
            let texts: Vec<(ArticleId, &str)> = articles.iter().map(|article| (article.id, &*article.text)).collect();
            let pairs = reprints::alike_while(&texts, ALIKE, &|done| progress.report(done));
            Outcome::Alike(reprints::closest(pairs, CLOSEST))
        });
    }

    pub(super) fn take_alike(&mut self, pairs: Vec<(ArticleId, ArticleId, f32)>) {
        let pairs = std::sync::Arc::new(pairs);
        self.panels.articles.set_alike(std::sync::Arc::clone(&pairs));
        self.panels.reader.set_alike(pairs);
    }
}

/// Reads all files on all cores, in the order of their names.
fn bring(paths: &[PathBuf], progress: &Progress) -> Brought {
    let listed = folder::files_below(paths);
    let done = AtomicUsize::new(0);
    let count = listed.files.len().max(1);
    let read: Vec<Option<(String, Result<TextRead, String>)>> = listed
        .files
        .into_par_iter()
        .map(|found| {
            if progress.is_cancelled() {
                return None;
            }
            let read = read_one(&found);
            #[expect(clippy::cast_precision_loss, reason = "progress")]
            progress.report((done.fetch_add(1, Ordering::Relaxed) + 1) as f32 / count as f32);
            Some((found.name, read))
        })
        .collect();
    let mut brought = Brought {
        read: Vec::new(),
        failed: listed.failed,
        hidden: listed.hidden,
        corrects: None,
        cancelled: progress.is_cancelled(),
    };
    for (name, result) in read.into_iter().flatten() {
        match result {
            Ok(text) => brought.read.push((name, text)),
            Err(reason) => brought.failed.push((name, reason)),
        }
    }
    brought
}

fn read_one(found: &Found) -> Result<TextRead, String> {
    // Asked before reading: a film of a gigabyte is not read to be refused.
    let length = usize::try_from(found.length).unwrap_or(usize::MAX);
    if length > texts::LARGEST {
        return Err(TextError::TooLarge(length).to_string());
    }
    let bytes = read_raw(&found.path).map_err(|error| error.to_string())?;
    texts::read_with_remarks(&file_name(&found.path), &bytes).map_err(|error| error.to_string())
}

/// The texts and files of a project, to find the same again among thousands.
struct KnownTexts {
    by_text: HashMap<Text, ArticleId>,
    by_file: HashMap<Text, ArticleId>,
    headlines: HashMap<ArticleId, Text>,
}

impl KnownTexts {
    fn of(project: &Project) -> Self {
        let mut known = Self { by_text: HashMap::new(), by_file: HashMap::new(), headlines: HashMap::new() };
        project.articles.iter().for_each(|article| known.add(article));
        known
    }

    fn add(&mut self, article: &Article) {
        self.by_text.entry(article.text.clone()).or_insert(article.id);
        if let Some(file) = article.file.as_ref().filter(|file| !file.sha256.is_empty()) {
            self.by_file.entry(file.sha256.clone()).or_insert(article.id);
        }
        self.headlines.insert(article.id, article.headline.clone());
    }

    fn find(&self, article: &Article) -> Option<(ArticleId, Text)> {
        let file = article.file.as_ref().and_then(|file| self.by_file.get(&file.sha256));
        let id = *file.or_else(|| self.by_text.get(&article.text))?;
        Some((id, self.headlines.get(&id).cloned().unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancelled_reading_brings_nothing() {
        let progress = Progress::default();
        progress.cancel();
        let brought = bring(&[PathBuf::from(env!("CARGO_MANIFEST_DIR"))], &progress);
        assert!(brought.cancelled && brought.read.is_empty());
    }
}
