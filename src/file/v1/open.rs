//! The fast way to read a file of format 1: the outline in one pass, then every record by itself on all cores. A law in
//! the tests holds that it reads the same as `ron` does from the whole text at once.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Deserialize;

use crate::dataset::{Pool, Readers, Shared};
use crate::file::place::{Step, id_of, locate};
use crate::file::position::{Lines, Position, position_of};
use crate::file::problem::{FileError, Finding};
use crate::file::read::Opened;
use crate::file::scan::{Outline, outline, without_lists};
use crate::model::dataset::join_rows;
use crate::model::quantity::BUILT_IN_WORDS;
use crate::model::{
    Article, ArticleId, Claim, Dataset, Event, Mapping, Methodology, OwnColumn, Project, Quote, Record, Records,
    SavedView, WordTable,
};

use super::explain::explain;
use super::reader::{KnowsWord, Reader, Trouble};
use super::{File, datasets, into_model, methodology, references, row_claims};

/// The sections that are lists of records.
const LISTS: [&str; 6] = ["articles", "claims", "row_claims", "notes", "events", "log"];
/// How many records are read between two looks at whether to go on.
const BATCH: usize = 16_384;
/// How many records one core takes at a time; they share equal short texts.
const CHUNK: usize = 2_048;
/// The share of the work that is done when the outline stands.
const OUTLINED: f32 = 0.15;

/// Where something is told.
#[derive(Debug, Clone)]
pub(super) enum Spot {
    /// At the value that this way leads to from the record.
    Path(Vec<Step>),
    /// At this byte of the file.
    Byte(usize),
    /// There.
    At(Position),
}

/// A record of the file, and a spot in it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    kind: &'static str,
    range: Range<usize>,
    pub spot: Spot,
}

/// Something to be told, whose position is found at the end.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub place: Place,
    pub message: String,
    pub refuses: bool,
}

/// What reading a single record takes.
#[derive(Clone, Copy)]
pub(super) struct Known<'t> {
    pub text: &'t str,
    pub options: &'t ron::Options,
    pub knows_word: KnowsWord<'t>,
    pub readers: &'t Readers,
}

/// Where the records of one kind stand.
pub(super) struct Section {
    kind: &'static str,
    ranges: Vec<Range<usize>>,
}

impl Section {
    /// Where its records stand, in the order of the file.
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.ranges
    }

    /// A spot in the record of this number.
    pub fn place(&self, record: usize, path: Vec<Step>) -> Place {
        let range = self.ranges.get(record).cloned().unwrap_or_default();
        Place { kind: self.kind, range, spot: Spot::Path(path) }
    }
}

/// Records with their numbers in the section; those in error are missing.
pub(super) type Numbered<R> = Vec<(usize, Arc<R>)>;

/// Reads a file of format 1, with plain line ends.
pub(in crate::file) fn open(text: &str, progress: &dyn Fn(f32) -> bool) -> Result<Opened, FileError> {
    let outline = outline(text).map_err(|error| FileError::of_scan(error, text))?;
    let options = outline.options().map_err(|error| refused_head(&error, text))?;
    let mut told = Vec::new();
    let head = head(text, &outline, &options, &mut told);
    let Before { about, methodology, views, datasets, mappings } = head;
    let readers = Readers::new(&datasets, &mappings);
    let words = number_words(&methodology);
    let knows_word = |word: &str| words.contains(word);
    let total = outline.fields.iter().filter_map(|field| field.elements.as_ref()).map(Vec::len).sum();
    let mut work = Work {
        text,
        outline: &outline,
        options: &options,
        knows_word: &knows_word,
        columns: &about.codebook.columns,
        rows: &readers,
        progress,
        done: 0,
        total,
        told,
        pool: Arc::default(),
    };

    let (articles, article_list) = work.section("article", "articles", into_model::article, as_they_are)?;
    let (claims, mut claim_list) = work.section("claim", "claims", into_model::claim, as_they_are)?;
    let (notes, note_list) = work.section("note", "notes", into_model::note, as_they_are)?;
    let (events, event_list) = work.section("event", "events", into_model::event, rows_together)?;
    let (_, log) = work.section("log entry", "log", into_model::log_entry, as_they_are)?;
    let row_claims = work.outline.elements("row_claims").to_vec();
    let row_claims = Section { kind: "row claim", ranges: row_claims };
    let mut told = work.told;
    references::doubles(&articles, &article_list, &mut told);
    references::doubles(&claims, &claim_list, &mut told);
    references::doubles(&notes, &note_list, &mut told);
    references::doubles(&events, &event_list, &mut told);
    if told.iter().any(|one| one.refuses) {
        told.retain(|one| one.refuses);
        return Err(FileError::refused(findings(told, text)));
    }
    complete_quotes(&mut claim_list, &article_list);
    let mut project = Project {
        about: Arc::new(about),
        methodology: Arc::new(methodology),
        articles: table(article_list),
        claims: table(claim_list),
        notes: table(note_list),
        events: table(event_list),
        log: Arc::new(log.into_iter().map(|(_, entry)| Arc::unwrap_or_clone(entry)).collect()),
        views: Arc::new(views),
        datasets: Arc::new(datasets),
        mappings: Arc::new(mappings),
    };
    let known = Known { text, options: &options, knows_word: &knows_word, readers: &readers };
    row_claims::open(&row_claims, known, &mut project, &mut told);
    if told.iter().any(|one| one.refuses) {
        told.retain(|one| one.refuses);
        return Err(FileError::refused(findings(told, text)));
    }
    references::articles(&articles, &project, &mut told);
    references::claims(&claims, &row_claims, &project, &mut told);
    references::notes(&notes, &project, &mut told);
    references::events(&events, &project, &mut told);
    progress(1.0);
    Ok(Opened { project, findings: findings(told, text) })
}

/// The table of a section. No id is taken twice, so none is left out.
fn table<R: Record>(list: Numbered<R>) -> Records<R> {
    Records::from_shared(list.into_iter().map(|(_, record)| record)).0
}

fn as_they_are<R>(_: &mut [(usize, Arc<R>)]) {}

/// Puts the rows of some events into one text.
fn rows_together(events: &mut [(usize, Arc<Event>)]) {
    let events = events.iter_mut().filter_map(|(_, event)| Arc::get_mut(event));
    join_rows(events.filter_map(|event| event.source.as_mut()));
}

/// Writes what stands around its words into each quote that was written by hand without it.
fn complete_quotes(claims: &mut Numbered<Claim>, articles: &Numbered<Article>) {
    let articles: HashMap<ArticleId, &Article> = articles.iter().map(|(_, article)| (article.id, &**article)).collect();
    let misses = |quote: &Quote| quote.before.is_empty() && quote.after.is_empty();
    claims.par_iter_mut().filter(|(_, claim)| claim.quotes.iter().any(misses)).for_each(|(_, claim)| {
        let claim = Arc::make_mut(claim);
        for quote in claim.quotes.iter_mut().filter(|quote| quote.before.is_empty() && quote.after.is_empty()) {
            let article = articles.get(&quote.article);
            let found = article.and_then(|article| Quote::of(article.id, &article.text, quote.start, quote.end));
            if let Some(found) = found.filter(|found| found.exact == quote.exact) {
                *quote = found;
            }
        }
    });
}

/// All number words that a claim may use: those of the project's table, of the presets, and the built-in ones.
fn number_words(methodology: &Methodology) -> HashSet<String> {
    let presets = WordTable::preset_names().filter_map(WordTable::preset);
    let tables = presets.flat_map(|table| table.entries.into_keys()).map(|word| word.to_string());
    let own = methodology.words.entries.keys().map(ToString::to_string);
    BUILT_IN_WORDS.iter().map(ToString::to_string).chain(tables).chain(own).collect()
}

/// What stands before the lists.
#[derive(Default)]
struct Before {
    about: crate::model::About,
    methodology: Methodology,
    views: Vec<SavedView>,
    datasets: Vec<Dataset>,
    mappings: Vec<Mapping>,
}

/// What stands before the lists. Where it is in error, an empty one stands in for it, so that the records can still be
/// looked through.
fn head(text: &str, outline: &Outline<'_>, options: &ron::Options, told: &mut Vec<Told>) -> Before {
    let rest = without_lists(text, outline, &LISTS);
    let file: File<'_> = match options.from_str(&rest) {
        Ok(file) => file,
        Err(error) => {
            let (at, message) = explain(&error, &rest);
            let spot = Spot::At(position_of(&rest, at));
            told.push(Told { place: Place { kind: "", range: 0..0, spot }, message, refuses: true });
            return Before::default();
        }
    };
    let (knows_no_word, no_rows) = (|_: &str| false, Readers::default());
    let mut reader = Reader::new(&knows_no_word, &[], &no_rows);
    let mut tell = |field: &'static str, reader: &mut Reader<'_>| {
        let range = outline.field(field).map_or(0..0, |field| field.value.clone());
        told.extend(reader.take_troubles().into_iter().map(|trouble| of_record(field, range.clone(), trouble)));
    };
    let about = into_model::about(file.project, &mut reader).unwrap_or_default();
    tell("project", &mut reader);
    let methodology = methodology::read(file.methodology, &mut reader).unwrap_or_default();
    tell("methodology", &mut reader);
    let views = views(file.views, outline, &mut reader, told);
    let mut each = |kind: &'static str, field: &str, n: usize, reader: &mut Reader<'_>| {
        let range = outline.elements(field).get(n).cloned().unwrap_or_default();
        told.extend(reader.take_troubles().into_iter().map(|trouble| of_record(kind, range.clone(), trouble)));
    };
    let mut mappings: Vec<Mapping> = Vec::new();
    for (n, file) in file.mappings.into_iter().enumerate() {
        let mapping = datasets::read_mapping(file, &mappings, &mut reader);
        mappings.extend(mapping);
        each("mapping", "mappings", n, &mut reader);
    }
    let mut datasets: Vec<Dataset> = Vec::new();
    for (n, file) in file.datasets.into_iter().enumerate() {
        let dataset = datasets::read(file, &datasets, &mappings, &mut reader);
        datasets.extend(dataset);
        each("data set", "datasets", n, &mut reader);
    }
    Before { about, methodology, views, datasets, mappings }
}

/// The saved views, each told with its own place.
fn views(
    file: Vec<super::View<'_>>,
    outline: &Outline<'_>,
    reader: &mut Reader<'_>,
    told: &mut Vec<Told>,
) -> Vec<SavedView> {
    let mut views: Vec<SavedView> = Vec::with_capacity(file.len());
    let ranges = outline.elements("views");
    for (n, view) in file.into_iter().enumerate() {
        if let Some(view) = super::views::read(view, reader) {
            if views.iter().any(|other| other.name == view.name) {
                reader.warn("name", "Another view has this name; give one of the two a new one");
            }
            views.push(view);
        }
        let range = ranges.get(n).cloned().unwrap_or_default();
        told.extend(reader.take_troubles().into_iter().map(|trouble| of_record("view", range.clone(), trouble)));
    }
    views
}

pub(super) fn of_record(kind: &'static str, range: Range<usize>, trouble: Trouble) -> Told {
    let place = Place { kind, range, spot: Spot::Path(trouble.path) };
    Told { place, message: trouble.message, refuses: trouble.refuses }
}

/// The reading of the lists.
struct Work<'t> {
    text: &'t str,
    outline: &'t Outline<'t>,
    options: &'t ron::Options,
    knows_word: KnowsWord<'t>,
    columns: &'t [OwnColumn],
    rows: &'t Readers,
    progress: &'t dyn Fn(f32) -> bool,
    done: usize,
    total: usize,
    told: Vec<Told>,
    /// What the records of all lists share.
    pool: Arc<Pool>,
}

impl<'t> Work<'t> {
    /// The records of one list.
    fn section<F, R>(
        &mut self,
        kind: &'static str,
        field: &str,
        convert: fn(F, &mut Reader<'_>) -> Option<R>,
        tidy: fn(&mut [(usize, Arc<R>)]),
    ) -> Result<(Section, Numbered<R>), FileError>
    where
        F: Deserialize<'t>,
        R: Send + Sync,
    {
        let ranges = self.outline.elements(field).to_vec();
        let mut records = Vec::with_capacity(ranges.len());
        for (batch, first) in ranges.chunks(BATCH).zip((0..).step_by(BATCH)) {
            self.go_on()?;
            let (text, options, pool) = (self.text, self.options, &self.pool);
            let known = (self.knows_word, self.columns, self.rows);
            let chunks: Vec<(Numbered<R>, Vec<Told>)> = batch
                .par_chunks(CHUNK)
                .zip((0..batch.len().div_ceil(CHUNK)).into_par_iter())
                .map_init(
                    || Shared::of(pool),
                    |shared, (chunk, n)| {
                        let part = Part { kind, ranges: chunk, first: first + n * CHUNK };
                        let (mut records, told) = read_part(text, &part, options, known, shared, convert);
                        tidy(&mut records);
                        (records, told)
                    },
                )
                .collect();
            for (read, told) in chunks {
                records.extend(read);
                self.told.extend(told);
            }
            self.done += batch.len();
        }
        Ok((Section { kind, ranges }, records))
    }

    fn go_on(&self) -> Result<(), FileError> {
        #[expect(clippy::cast_precision_loss, reason = "a share for a progress bar")]
        let share = self.done as f32 / self.total.max(1) as f32;
        let share = OUTLINED + (1.0 - OUTLINED) * share;
        if (self.progress)(share) { Ok(()) } else { Err(FileError::Cancelled) }
    }
}

/// Some records of a list, for one core.
struct Part<'r> {
    kind: &'static str,
    ranges: &'r [Range<usize>],
    /// The number of the first one in the list.
    first: usize,
}

fn read_part<'t, F: Deserialize<'t>, R>(
    text: &'t str,
    part: &Part<'_>,
    options: &ron::Options,
    (knows_word, columns, rows): (KnowsWord<'_>, &[OwnColumn], &Readers),
    shared: &mut Shared,
    convert: fn(F, &mut Reader<'_>) -> Option<R>,
) -> (Numbered<R>, Vec<Told>) {
    let kind = part.kind;
    let mut reader = Reader::new(knows_word, columns, rows);
    reader.shared = std::mem::take(shared);
    let mut records = Vec::with_capacity(part.ranges.len());
    let mut told = Vec::new();
    for (range, n) in part.ranges.iter().zip(part.first..) {
        let element = &text[range.clone()];
        match options.from_str::<F>(element) {
            Ok(file) => records.extend(convert(file, &mut reader).map(|record| (n, Arc::new(record)))),
            Err(error) => {
                let (at, message) = explain(&error, element);
                let place = Place { kind, range: range.clone(), spot: Spot::Byte(range.start + at) };
                told.push(Told { place, message, refuses: true });
            }
        }
        told.extend(reader.take_troubles().into_iter().map(|trouble| of_record(kind, range.clone(), trouble)));
    }
    *shared = reader.shared;
    (records, told)
}

fn refused_head(error: &ron::error::SpannedError, text: &str) -> FileError {
    let (at, message) = explain(error, text);
    FileError::refused(vec![Finding { position: position_of(text, at), record: String::new(), message, of_file: true }])
}

/// What is told, with positions, in the order of the file.
fn findings(told: Vec<Told>, text: &str) -> Vec<Finding> {
    if told.is_empty() {
        return Vec::new();
    }
    let lines = Lines::new(text);
    let mut findings: Vec<Finding> = told
        .into_iter()
        .map(|Told { place, message, refuses }| {
            let position = match &place.spot {
                Spot::Path(path) => lines.at(place.range.start + locate(&text[place.range.clone()], path)),
                Spot::Byte(at) => lines.at(*at),
                Spot::At(position) => *position,
            };
            let of_file = refuses || told_here_only(&place);
            Finding { position, record: name(&place, text), message, of_file }
        })
        .collect();
    findings.sort_by_key(|finding| finding.position);
    findings
}

/// Whether a thing that was kept is told nowhere else: not in one of the records, nor in the project's own words.
fn told_here_only(place: &Place) -> bool {
    let in_lists = matches!(&place.spot, Spot::Path(path)
        if matches!(path.first(), Some(Step::Field("codebook" | "coverage" | "releases"))));
    match place.kind {
        "project" => in_lists,
        "methodology" | "log entry" | "view" | "mapping" | "data set" => true,
        _ => false,
    }
}

/// What a record is called in a message: its kind and id.
fn name(place: &Place, text: &str) -> String {
    match id_of(&text[place.range.clone()]) {
        Some(id) => format!("{} {id}", place.kind),
        None => place.kind.to_owned(),
    }
}

/// The same by way of `ron` alone: the whole text at once, on one core. What the fast way is measured by.
#[cfg(test)]
pub(in crate::file) fn open_whole(text: &str) -> Result<Project, ron::error::SpannedError> {
    let file: File<'_> = ron::from_str(text)?;
    let (any_word, no_rows) = (|_: &str| true, Readers::default());
    let mut r = Reader::new(&any_word, &[], &no_rows);
    let about = into_model::about(file.project, &mut r).unwrap_or_default();
    let methodology = methodology::read(file.methodology, &mut r).unwrap_or_default();
    let mappings: Vec<_> = file.mappings.into_iter().filter_map(|f| datasets::read_mapping(f, &[], &mut r)).collect();
    let datasets: Vec<_> =
        file.datasets.into_iter().filter_map(|f| datasets::read(f, &[], &mappings, &mut r)).collect();
    let readers = Readers::new(&datasets, &mappings);
    let mut r = Reader::new(&any_word, &[], &readers);
    Ok(Project {
        about: Arc::new(about),
        methodology: Arc::new(methodology),
        articles: Records::from_list(file.articles.into_iter().filter_map(|f| into_model::article(f, &mut r))).0,
        claims: Records::from_list(file.claims.into_iter().filter_map(|f| into_model::claim(f, &mut r))).0,
        notes: Records::from_list(file.notes.into_iter().filter_map(|f| into_model::note(f, &mut r))).0,
        events: Records::from_list(file.events.into_iter().filter_map(|f| into_model::event(f, &mut r))).0,
        log: Arc::new(file.log.into_iter().filter_map(|f| into_model::log_entry(f, &mut r)).collect()),
        views: Arc::new(file.views.into_iter().filter_map(|f| super::views::read(f, &mut r)).collect()),
        datasets: Arc::new(datasets),
        mappings: Arc::new(mappings),
    })
}

/// A project as the struct that mirrors its file, to be written in layouts that `write` does not use.
#[cfg(test)]
pub(in crate::file) fn file_of(project: &Project) -> File<'_> {
    let super::Head { format, project: about, methodology, views, datasets, mappings } = super::Head::of(project);
    let readers = crate::dataset::readers(project);
    let stated = |event: &crate::model::Event| readers.event(event);
    File {
        format,
        project: about,
        methodology,
        views,
        datasets,
        mappings,
        row_claims: Vec::new(),
        articles: project.articles.iter().map(|a| super::article(a)).collect(),
        claims: project.claims.iter().map(|c| super::claim(c)).collect(),
        notes: project.notes.iter().map(|n| super::note(n)).collect(),
        events: project.events.iter().map(|e| super::event(e, stated(e).as_ref())).collect(),
        log: project.log.iter().map(super::log_entry).collect(),
    }
}
