//! Reads the rows of a table by a mapping, on all cores: each becomes an event or is skipped with a reason.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use foldhash::fast::RandomState;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::dataset::{Intake, Pool, RowReader, Shared};
use crate::exchange::table::{Oddity, Table, counted};
use crate::exchange::texts::sha256;
use crate::model::{Dataset, DatasetId, Event, EventId, LineEnd, Mapping, Moment, Text};

use super::fit::{Fitted, family};
use super::release;
use super::report::{Reason, Report};

/// The file that rows come from.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its name, without folders.
    pub file: Text,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: Text,
    /// When it is taken in.
    pub now: Option<Moment>,
}

impl Source {
    /// A file of this name with these bytes.
    pub fn new(file: &str, bytes: &[u8], now: Option<Moment>) -> Self {
        let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
        Self { file: file.into(), sha256: sha256(bytes).into(), now }
    }

    /// The file of this name that a table was read from.
    pub fn of(table: &Table, file: &str, now: Option<Moment>) -> Self {
        let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
        Self { file: file.into(), sha256: table.sha256().into(), now }
    }
}

/// An event that was read, with the line on which its row begins.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The event. It is not copied on its way into the project.
    pub event: Arc<Event>,
    /// Where its row begins in the file, from 1.
    pub line: u64,
}

/// A table that was read by a mapping, not yet in a project.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// The file as a data set.
    pub dataset: Dataset,
    /// What its columns mean.
    pub mapping: Mapping,
    /// Its events, in the order of the file.
    pub taken: Vec<Taken>,
    /// What became of its rows.
    pub report: Report,
}

/// Rows that one thread reads in one go.
const BATCH: usize = 2048;

/// Reads a table. `go_on` is told how many rows are done and says whether to go on. `None` where it says no.
pub fn incoming(
    table: &Table,
    fitted: &Fitted,
    source: &Source,
    go_on: &(dyn Fn(usize) -> bool + Sync),
) -> Option<Incoming> {
    let dataset = dataset(table, fitted, source);
    let reader = RowReader::new(&dataset, &fitted.mapping);
    let family = family(&fitted.mapping.name);
    let done = AtomicUsize::new(0);
    let pool = Arc::new(Pool::default());
    let starts: Vec<usize> = (0..table.len()).step_by(BATCH).collect();
    let batches: Option<Vec<Batch>> = starts
        .into_par_iter()
        .map_init(
            || Shared::of(&pool),
            |shared, start| {
                let end = table.len().min(start + BATCH);
                let mut batch = Batch::default();
                for n in start..end {
                    batch.read(table, n, &reader, family, shared);
                }
                let n = done.fetch_add(end - start, Ordering::Relaxed) + end - start;
                go_on(n).then_some(batch)
            },
        )
        .collect();
    let mut whole = Batch::default();
    for batch in batches? {
        whole.add(batch);
    }
    let mut report = Report {
        file: source.file.clone(),
        sha256: source.sha256.clone(),
        dataset: named(&dataset),
        mapping: format!("{} {}", fitted.mapping.name, fitted.mapping.version),
        written: written(table),
        rows: table.len() as u64,
        skipped: whole.skipped,
        flagged: whole.flagged.into_iter().map(|(_, reason)| reason).collect(),
        flagged_rows: whole.flagged_rows,
        unknown: whole.unknown.into_iter().map(|(column, n)| (reader.column(column).into(), n)).collect(),
        unread: table.found().unread.map_or(0, |(_, lines)| lines),
        remarks: remarks(table, fitted),
        ..Report::default()
    };
    report.unknown.sort();
    let taken = once_each(whole.taken, family, &mut report);
    Some(Incoming { dataset, mapping: fitted.mapping.clone(), taken, report })
}

/// The file as a data set.
fn dataset(table: &Table, fitted: &Fitted, source: &Source) -> Dataset {
    let by_file = release::told_by(&source.file);
    let by_sheet = || table.found().sheet.as_deref().map(release::told_by).unwrap_or_default();
    let is_ged = family(&fitted.mapping.name) == "ged";
    let version = match is_ged {
        true if by_file.is_empty() => by_sheet(),
        true => by_file,
        false => String::new(),
    };
    let mut name = if fitted.title.is_empty() {
        source.file.rsplit_once('.').map_or(&*source.file, |(stem, _)| stem).to_owned()
    } else {
        fitted.title.to_string()
    };
    if is_ged && release::is_candidate(&version) {
        "UCDP GED Candidate".clone_into(&mut name);
    }
    Dataset {
        id: DatasetId::random(),
        name: name.into(),
        version: version.into(),
        mapping: fitted.mapping.name.clone(),
        mapping_version: fitted.mapping.version,
        columns: table.columns().to_vec(),
        layout: table.layout().clone(),
        file: source.file.clone(),
        sha256: source.sha256.clone(),
        imported: source.now,
    }
}

pub(super) fn named(dataset: &Dataset) -> String {
    if dataset.version.is_empty() { dataset.name.to_string() } else { format!("{} {}", dataset.name, dataset.version) }
}

/// How a file is written, in words.
fn written(table: &Table) -> String {
    let (layout, found) = (table.layout(), table.found());
    if let Some(sheet) = &found.sheet {
        return format!("Sheet “{sheet}” of a workbook, {} columns", table.columns().len());
    }
    let delimiter = match layout.delimiter {
        '\t' => "tab".to_owned(),
        sign => format!("“{sign}”"),
    };
    let end = match layout.line_end {
        LineEnd::Lf => "LF",
        LineEnd::CrLf => "CRLF",
        LineEnd::Cr => "CR",
    };
    let header = if layout.head.is_empty() { ", no header" } else { "" };
    let columns = table.columns().len();
    format!("{}, {delimiter} between fields, rows end in {end}, {columns} columns{header}", layout.encoding)
}

fn remarks(table: &Table, fitted: &Fitted) -> Vec<String> {
    let found = table.found();
    let mut remarks = Vec::new();
    let Fitted { mapping, title, guess } = fitted;
    let read = |name: &Text| mapping.columns.iter().any(|(own, _)| own.trim().eq_ignore_ascii_case(name));
    let kept = table.columns().iter().filter(|name| !read(name)).count() as u64;
    if kept > 0 {
        remarks.push(format!("{} kept in the rows without a meaning", counted(kept, "column")));
    }
    if title.is_empty() {
        let doubtful = table.columns().iter().zip(&guess.columns).filter(|(_, column)| column.doubtful);
        remarks.extend(doubtful.map(|(name, column)| format!("column “{name}” was not read: {}", column.reason)));
        if !guess.dates.certain {
            remarks.push(format!("the order of dates was guessed: {}", guess.dates.reason));
        }
    }
    if let Some((at, lines)) = found.unread {
        remarks.push(format!("{} not read, behind the quote that opens at {at}", counted(lines, "line")));
    }
    if let Some(at) = found.damaged {
        remarks.push(format!("letters that are not {} became �, the first at {at}", table.layout().encoding));
    }
    if found.blank > 0 {
        remarks.push(format!("{} without a sign, which are no rows", counted(found.blank, "line")));
    }
    if found.other_ends > 0 {
        remarks.push(format!("{} with another line end than most", counted(found.other_ends, "row")));
    }
    remarks
}

/// What came of some rows.
#[derive(Default)]
struct Batch {
    taken: Vec<Taken>,
    skipped: Vec<Reason>,
    /// By column and kind of rule.
    flagged: Vec<((usize, &'static str), Reason)>,
    flagged_rows: u64,
    unknown: HashMap<usize, u64>,
    intake: Intake,
}

impl Batch {
    fn read(&mut self, table: &Table, n: usize, reader: &RowReader, family: &str, shared: &mut Shared) {
        let line = table.line(n);
        let odd = table.oddity(n);
        if let Some(what) = odd.and_then(refused) {
            return self.skip(what, line, true);
        }
        if table.is_blank(n) {
            return self.skip("no field holds anything", line, false);
        }
        let Some(source) = table.source_row(n, reader.dataset()) else { return };
        let mut intake = std::mem::take(&mut self.intake);
        // The id follows from the row; it is put right where two rows have the same.
        let mut event = reader.take_in(placeholder(), source, shared, &mut intake);
        event.id = id_of(family, &event, 0);
        let mut odd = odd.and_then(kept);
        for flaw in intake.flaws.drain(..) {
            let kind = flaw.wrong.rule();
            let example = || format!("{}: {}", reader.column(flaw.column), flaw.wrong);
            self.flag((flaw.column, kind), line, || format!("{}: {kind}", reader.column(flaw.column)), example);
            odd = odd.or(Some(""));
        }
        if let Some(what) = odd {
            self.flagged_rows += 1;
            if !what.is_empty() {
                self.flag((usize::MAX, what), line, || what.to_owned(), String::new);
            }
        }
        for column in intake.unknown.drain(..) {
            *self.unknown.entry(column).or_default() += 1;
        }
        self.intake = intake;
        self.taken.push(Taken { event: Arc::new(event), line });
    }

    fn skip(&mut self, what: &str, line: u64, damage: bool) {
        match self.skipped.iter_mut().find(|reason| reason.what == what) {
            Some(reason) => reason.lines.push(line),
            None => self.skipped.push(Reason { lines: vec![line], damage, ..Reason::new(what) }),
        }
    }

    fn flag(
        &mut self,
        key: (usize, &'static str),
        line: u64,
        what: impl FnOnce() -> String,
        example: impl FnOnce() -> String,
    ) {
        match self.flagged.iter_mut().find(|(own, _)| *own == key) {
            Some((_, reason)) if reason.lines.last() == Some(&line) => {}
            Some((_, reason)) => reason.lines.push(line),
            None => self.flagged.push((key, Reason { example: example(), lines: vec![line], ..Reason::new(what()) })),
        }
    }

    /// Adds what came of rows behind these.
    fn add(&mut self, other: Self) {
        self.taken.extend(other.taken);
        self.flagged_rows += other.flagged_rows;
        for reason in other.skipped {
            match self.skipped.iter_mut().find(|own| own.what == reason.what) {
                Some(own) => own.lines.extend(reason.lines),
                None => self.skipped.push(reason),
            }
        }
        for (key, reason) in other.flagged {
            match self.flagged.iter_mut().find(|(own, _)| *own == key) {
                Some((_, own)) => own.lines.extend(reason.lines),
                None => self.flagged.push((key, reason)),
            }
        }
        for (column, n) in other.unknown {
            *self.unknown.entry(column).or_default() += n;
        }
    }
}

/// Why a row is no event.
fn refused(odd: Oddity) -> Option<&'static str> {
    match odd {
        Oddity::CutOff => Some("the file ends inside the row; get it anew"),
        Oddity::TooLong => Some("more fields than columns: a delimiter in it should stand in quotes"),
        Oddity::Sprawling => Some("the row goes on over hundreds of lines: a quote in it is missing or too many"),
        Oddity::TooShort | Oddity::Unreadable | Oddity::Nul => None,
    }
}

/// What is told of a row that is an event all the same. Of too few fields the reader tells.
fn kept(odd: Oddity) -> Option<&'static str> {
    match odd {
        Oddity::Unreadable => Some("a letter could not be read in the encoding of the file"),
        Oddity::Nul => Some("it holds NUL, which no text has"),
        _ => None,
    }
}

fn placeholder() -> EventId {
    EventId::of_noise([0; 10])
}

/// The id of a row's event: it follows from the data set and its id there, else from the row itself, so that two people
/// who import the same data have the same events. `n` counts rows of the same id.
fn id_of(family: &str, event: &Event, n: usize) -> EventId {
    let row = || event.source.as_ref().map_or("", |source| source.row());
    let own = event.source_ids.first().map_or_else(row, |id| &**id);
    let mut hash = Sha256::new();
    hash.update(family.as_bytes());
    hash.update([0]);
    hash.update(own.as_bytes());
    if n > 0 {
        hash.update([0]);
        hash.update(n.to_le_bytes());
    }
    let noise = hash.finalize();
    EventId::of_noise(std::array::from_fn(|at| noise[at]))
}

/// Leaves out rows that are there twice letter by letter, and gives those that only share their id ids of their own.
fn once_each(taken: Vec<Taken>, family: &str, report: &mut Report) -> Vec<Taken> {
    let mut seen: HashMap<EventId, usize, RandomState> = HashMap::default();
    seen.reserve(taken.len());
    let mut out: Vec<Taken> = Vec::with_capacity(taken.len());
    let mut shared = Reason::new("another row has the same id and says something else");
    for mut one in taken {
        let mut n = 0;
        let twice = loop {
            let Some(first) = seen.get(&one.event.id).and_then(|at| out.get(*at)) else { break false };
            if first.event.source == one.event.source {
                break true;
            }
            if n == 0 {
                shared.lines.push(one.line);
                shared.example = format!("line {} and line {}", first.line, one.line);
            }
            n += 1;
            Arc::make_mut(&mut one.event).id = id_of(family, &one.event, n);
        };
        if twice {
            report.skip("the same row stands in the file already, letter by letter", one.line);
        } else {
            seen.insert(one.event.id, out.len());
            out.push(one);
        }
    }
    if !shared.lines.is_empty() {
        report.flagged_rows += shared.lines.len() as u64;
        report.flagged.push(shared);
    }
    out
}
