//! `dateline import`: other people's tables and articles into a project, new or there.
//!
//! All inputs or none: where one cannot be read, nothing is written.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::edit::Edit;
use crate::exchange::import::{self, Missing, Report, Source, Wishes};
use crate::exchange::records::{self, Taken};
use crate::exchange::table::{self, Choices, Quoting, Table};
use crate::exchange::texts;
use crate::file;
use crate::model::{LogEntry, Mapping, Moment, Project};
use crate::store;
use crate::store::read::read_raw;
use crate::store::save::save_with;

use super::progress::Progress;
use super::{Answer, noticed, open, open_with_stamp};

/// The arguments of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Tables (CSV, TSV, XLSX, ODS), articles (text, HTML, mail, PDF, DOCX, ODT), and records that Dateline wrote (JSON Lines)
    #[arg(required = true)]
    input: Vec<PathBuf>,
    /// The project to write; it must not be there yet
    #[arg(short, long, value_name = "OUT", required_unless_present = "into")]
    output: Option<PathBuf>,
    /// Add to this project, and write it again unless OUT says where else
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
    /// What the inputs are: ged, acled, gtd, airwars, ibc, csv, xlsx, json or article; found out where it is missing
    #[arg(long, value_parser = from)]
    from: Option<From>,
    /// What the columns mean, as a file that Dateline wrote, or a project that reads a table so
    #[arg(long, value_name = "MAP")]
    map: Option<PathBuf>,
    /// The sheet of a workbook
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The encoding: utf-8, windows-1252, windows-1251, utf-16le or another name of the Encoding Standard
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<&'static encoding_rs::Encoding>,
    /// The sign between two fields; \t is a tab
    #[arg(long, value_name = "SIGN", value_parser = sign)]
    delimiter: Option<char>,
    /// The sign around a field; none where nothing is quoted
    #[arg(long, value_name = "SIGN", value_parser = quote)]
    quote: Option<Quoting>,
    /// Rows in front of the header
    #[arg(long, value_name = "N")]
    skip: Option<usize>,
    /// Take the rows before a quote that is never closed
    #[arg(long)]
    until_damage: bool,
    /// Events of an older release that the file does not have any more: auto, keep or remove
    #[arg(long, default_value = "auto", value_parser = missing)]
    missing: Missing,
    /// Let the file win over what was edited by hand; figures by hand stay
    #[arg(long)]
    theirs: bool,
    /// Answer with one JSON document
    #[arg(long)]
    json: bool,
}

/// What an input is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum From {
    /// A table of this kind.
    Kind(String),
    /// A table of no known kind.
    Table,
    /// An article.
    Article,
    /// Whole records as Dateline writes them: JSON Lines.
    Records,
}

fn from(text: &str) -> Result<From, String> {
    use crate::dataset::known::KINDS;
    match text {
        "csv" | "xlsx" => Ok(From::Table),
        "article" => Ok(From::Article),
        "json" => Ok(From::Records),
        _ if KINDS.iter().any(|kind| kind.name == text) => Ok(From::Kind(text.to_owned())),
        _ => {
            let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
            Err(format!("write one of {}, csv, xlsx, json, article", kinds.join(", ")))
        }
    }
}

fn encoding(text: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding_rs::Encoding::for_label(text.as_bytes())
        .ok_or_else(|| "write a name such as utf-8, windows-1252, windows-1251 or utf-16le".to_owned())
}

fn sign(text: &str) -> Result<char, String> {
    let mut letters = text.chars();
    match (text, letters.next(), letters.next()) {
        ("\\t" | "tab", ..) => Ok('\t'),
        (_, Some(sign), None) => Ok(sign),
        _ => Err("write one sign, such as , or ; or \\t".to_owned()),
    }
}

fn quote(text: &str) -> Result<Quoting, String> {
    if text == "none" { Ok(Quoting::None) } else { sign(text).map(Quoting::With) }
}

fn missing(text: &str) -> Result<Missing, String> {
    match text {
        "auto" => Ok(Missing::Auto),
        "keep" => Ok(Missing::Keep),
        "remove" => Ok(Missing::Remove),
        _ => Err("write auto, keep or remove".to_owned()),
    }
}

/// What became of one input.
enum Told {
    Table(Box<Report>),
    /// An article by its file, and what should be known of its reading; `None` where it was there already.
    Article {
        file: String,
        taken: bool,
        remarks: Vec<String>,
    },
    /// Records by their file.
    Records {
        file: String,
        sha256: String,
        taken: Box<Taken>,
    },
}

/// Reads the inputs into a project and writes it.
pub(super) fn import(arguments: &Arguments, now: Moment) -> Answer {
    let (output, replaces) = match place(arguments) {
        Ok(place) => place,
        Err(refusal) => return Answer { status: 2, ..Answer::failure(refusal) },
    };
    let mapping = match arguments.map.as_deref().map(mapping_in).transpose() {
        Ok(mapping) => mapping,
        Err(answer) => return answer,
    };
    let progress = Progress::new();
    let (before, stamp, said) = match &arguments.into {
        Some(path) => match opened(path, &progress) {
            Ok(opened) => opened,
            Err(answer) => return answer,
        },
        None => (titled(&output), None, String::new()),
    };
    let mut work = Work { arguments, mapping, now, progress, project: before.clone(), told: Vec::new() };
    let mut messages = said;
    let mut failed = false;
    for input in &arguments.input {
        if let Err(message) = work.take(input) {
            failed = true;
            let of = input.display().to_string();
            let named = if message.starts_with(&of) { message } else { format!("{of}: {message}") };
            let _ = writeln!(messages, "dateline: {named}");
        }
    }
    if failed {
        messages += "dateline: nothing was written\n";
        return Answer { out: String::new(), messages, status: 1 };
    }
    let Work { project, told, progress, .. } = work;
    if !replaces || !before.unchanged(&project) {
        progress.tell("writing", 1.0);
        let expected = stamp.as_ref().filter(|_| replaces);
        if let Err(error) = save_with(&output, expected, |out| file::write_to(&project, out)) {
            return Answer::failure(error.of_other());
        }
    }
    drop(progress);
    let lost = told.iter().any(|told| matches!(told, Told::Table(report) if report.is_damaged()));
    let out = if arguments.json { json(&output, &told) } else { text(&told) };
    Answer { out, messages, status: u8::from(lost) }
}

/// Where the project goes, and whether it takes the place of the one that it is made from.
fn place(arguments: &Arguments) -> Result<(PathBuf, bool), String> {
    let same = |one: &Path, other: &Path| match (store::resolve(one), store::resolve(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    };
    match (&arguments.output, &arguments.into) {
        (Some(output), into) => {
            let replaces = into.as_ref().is_some_and(|into| same(output, into));
            if !replaces && output.exists() {
                return Err(format!(
                    "{} is there already; add to it with --into, or choose another name",
                    output.display()
                ));
            }
            if arguments.input.iter().any(|input| same(input, output)) {
                return Err(format!("{} is one of the inputs; choose another name", output.display()));
            }
            Ok((output.clone(), replaces))
        }
        (None, Some(into)) => Ok((into.clone(), true)),
        (None, None) => Err("say with -o where the project goes".to_owned()),
    }
}

type Before = (Project, Option<store::stamp::Stamp>, String);

fn opened(path: &Path, progress: &Progress) -> Result<Before, Answer> {
    let (opened, stamp) = open_with_stamp(path, &|share| progress.tell("reading the project", share))?;
    let said = noticed(path, &opened);
    Ok((opened.project, Some(stamp), said))
}

fn titled(output: &Path) -> Project {
    Project::titled(&output.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default())
}

/// The mapping of a file: one that was written alone is a project file with nothing else in it.
fn mapping_in(path: &Path) -> Result<Mapping, Answer> {
    let opened = open(path)?;
    let refused = |message: String| Err(Answer::failure(format!("{}: {message}", path.display())));
    match opened.project.mappings.as_slice() {
        [one] => Ok(one.clone()),
        [] => refused("it holds no mapping; save one from the import window".to_owned()),
        many => {
            let names: Vec<String> = many.iter().map(|one| format!("“{}” {}", one.name, one.version)).collect();
            refused(format!("it holds several mappings ({}); keep one of them in a file of its own", names.join(", ")))
        }
    }
}

struct Work<'a> {
    arguments: &'a Arguments,
    mapping: Option<Mapping>,
    now: Moment,
    progress: Progress,
    project: Project,
    told: Vec<Told>,
}

impl Work<'_> {
    fn take(&mut self, input: &Path) -> Result<(), String> {
        let bytes = read_raw(input).map_err(|error| error.to_string())?;
        let name = input.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match &self.arguments.from {
            Some(From::Article) => self.take_article(&name, &bytes),
            Some(From::Records) => self.take_records(&name, &bytes),
            Some(_) => self.take_table(&name, bytes),
            None if records::is_named_as_records(Path::new(&name)) || records::are_records(&bytes) => {
                self.take_records(&name, &bytes)
            }
            None if table::is_named_as_one(Path::new(&name)) => self.take_table(&name, bytes),
            None => self.take_article(&name, &bytes),
        }
    }

    /// Takes records in. Into a new project goes all that they say of theirs; a project that is there keeps its own
    /// rules and title.
    fn take_records(&mut self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let tell = |share: f32| self.progress.tell(&format!("reading {name}"), share);
        let file = records::File::read(name.to_owned(), bytes, &tell)?;
        let is_new = self.arguments.into.is_none() && self.told.is_empty();
        let (project, taken) = file.put_into(&self.project, is_new, self.arguments.theirs, self.now);
        self.project = project;
        self.told.push(Told::Records { file: file.name, sha256: file.sha256, taken: Box::new(taken) });
        Ok(())
    }

    fn take_article(&mut self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let read = texts::read_with_remarks(name, bytes).map_err(|error| error.to_string())?;
        let taken = texts::already_in(&self.project, &read.article).is_none();
        if taken {
            let log = LogEntry { when: self.now, what: texts::taken_in(std::slice::from_ref(&read.article)).into() };
            self.change(&Edit::Several {
                label: "Add article".to_owned(),
                edits: vec![Edit::AddArticles(vec![read.article]), Edit::AddLog(log)],
            })?;
        }
        self.told.push(Told::Article { file: name.to_owned(), taken, remarks: read.remarks });
        Ok(())
    }

    fn take_table(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), String> {
        let a = self.arguments;
        let choices = Choices {
            encoding: a.encoding,
            delimiter: a.delimiter,
            quote: a.quote,
            skip: a.skip,
            header: None,
            sheet: a.sheet.clone(),
            until_damage: a.until_damage,
        };
        let tell = |share: f32| self.progress.tell(&format!("reading {name}"), share);
        let table = Table::read(bytes, &choices, &tell).map_err(|error| error.to_string())?;
        let stem = Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let fitted = match (&self.mapping, &a.from) {
            (Some(mapping), _) => Some(import::by(&table, mapping)),
            (None, Some(From::Kind(kind))) => import::fit(&table, Some(kind), &stem),
            (None, Some(From::Table)) => Some(import::guessed(&table, &stem)),
            (None, _) => import::fit(&table, None, &stem),
        };
        let fitted = fitted.ok_or("there is no such kind of data")?;
        let rows = table.len();
        #[expect(clippy::cast_precision_loss, reason = "a share to be shown")]
        let share = |done: usize| tell(done as f32 / rows.max(1) as f32);
        let source = Source::of(&table, name, Some(self.now));
        let incoming = import::incoming(&table, &fitted, &source, &share);
        drop(table);
        let wishes = Wishes { missing: a.missing, theirs: a.theirs, ..Wishes::default() };
        let plan = incoming.and_then(|incoming| import::plan(&self.project, incoming, &wishes, &share));
        let plan = plan.ok_or("stopped")?;
        let report = plan.report.clone();
        if let Some(edit) = plan.edit(&self.project) {
            self.change(&edit)?;
        }
        self.told.push(Told::Table(Box::new(report)));
        Ok(())
    }

    fn change(&mut self, edit: &Edit) -> Result<(), String> {
        self.project = edit.apply(&self.project).map_err(|error| error.to_string())?;
        Ok(())
    }
}

fn text(told: &[Told]) -> String {
    let mut out = String::new();
    for told in told {
        match told {
            Told::Table(report) => out += &report.text(),
            Told::Article { file, taken, remarks } => {
                let what = if *taken { "taken in as an article" } else { "is in the project already" };
                let _ = writeln!(out, "{file}: {what}");
                for remark in remarks {
                    let _ = writeln!(out, "  Note: {remark}");
                }
            }
            Told::Records { file, sha256, taken } => {
                let _ = writeln!(out, "{file}: records\n  SHA-256 {sha256}\n  {}", taken.sentence());
                for remark in &taken.remarks {
                    let _ = writeln!(out, "  Note: {remark}");
                }
            }
        }
    }
    out
}

fn json(output: &Path, told: &[Told]) -> String {
    let inputs: Vec<serde_json::Value> = told
        .iter()
        .map(|told| match told {
            Told::Table(report) => report.json(),
            Told::Article { file, taken, remarks } => {
                serde_json::json!({ "file": file, "article": true, "taken": taken, "remarks": remarks })
            }
            Told::Records { file, sha256, taken } => {
                let [articles, claims, notes, events] = taken.added;
                serde_json::json!({
                    "file": file,
                    "records": true,
                    "sha256": sha256,
                    "added": { "articles": articles, "claims": claims, "notes": notes, "events": events },
                    "unchanged": taken.unchanged,
                    "replaced": taken.replaced,
                    "kept": taken.kept,
                    "remarks": taken.remarks,
                })
            }
        })
        .collect();
    let document = serde_json::json!({ "project": output.display().to_string(), "inputs": inputs });
    format!("{document}\n")
}
