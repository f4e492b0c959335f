//! `dateline export`: the events of a project in another format, into a file or onto the standard output.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;

use crate::derive::Derived;
use crate::exchange::export::{self, Grouped, Kind, Redaction, Report, Source};
use crate::file;
use crate::store;
use crate::store::save::{SaveError, save, save_with};

use super::progress::Progress;
use super::{Answer, Only, noticed, open_while};

/// The arguments of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project file
    file: PathBuf,
    /// Where to write; - is the standard output
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// The format; by the ending of OUT where it is missing
    #[arg(long, value_parser = kind)]
    to: Option<Kind>,
    #[command(flatten)]
    only: Only,
    /// What to leave out, with commas between: coordinates, names, notes, quotes, sensitive, all
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true, value_parser = Redaction::parse)]
    redact: Redaction,
    /// Report what was written as one JSON document
    #[arg(long)]
    json: bool,
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::from_key(text).ok_or_else(|| format!("write one of {}", Kind::ALL.map(Kind::key).join(", ")))
}

/// What was written. The names are a promise: scripts read them.
#[derive(Serialize)]
struct Document<'a> {
    file: String,
    to: &'static str,
    events: usize,
    of: usize,
    #[serde(rename = "where", skip_serializing_if = "str::is_empty")]
    filter: &'a str,
    left_out: LeftOut,
    remarks: &'a [String],
}

#[derive(Serialize)]
struct LeftOut {
    events: usize,
    coordinates: usize,
    articles: usize,
    names: usize,
    notes: usize,
    quotes: usize,
}

/// Writes the events.
pub(super) fn export(arguments: &Arguments, today: Date) -> Answer {
    let to_stdout = arguments.output.as_os_str() == "-";
    let kind = match usage(arguments, to_stdout) {
        Ok(kind) => kind,
        Err(refusal) => return Answer { status: 2, ..Answer::failure(refusal) },
    };
    let progress = Progress::new();
    let opened = match open_while(&arguments.file, &|share| progress.tell("reading", share)) {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let project = &opened.project;
    let (line, filter) = match arguments.only.read(project) {
        Ok(read) => read,
        Err(refusal) => return refusal,
    };
    let derived = Derived::from_scratch(project);
    let marked = filter.search(project, &derived);
    let order = derived.columnar().order();
    let slots: Vec<u32> = order.iter().copied().filter(|slot| marked[*slot as usize]).collect();
    if let Some(refusal) = export::refusal(kind, slots.len()) {
        return Answer { status: 2, ..Answer::failure(refusal) };
    }
    let hash = file::hash(project);
    let view = project.views.iter().find(|view| arguments.only.view.as_deref() == Some(&*view.name));
    let grouped = view.and_then(|view| Grouped::of_view(view, project));
    let source = Source {
        project,
        derived: &derived,
        slots: &slots,
        filter: line.trim(),
        grouped: grouped.as_ref(),
        today,
        hash: &hash,
    };
    let go_on = |share: f32| progress.tell("writing", share);
    let written = if to_stdout {
        on_stdout(&source, kind, &arguments.redact, &go_on)
    } else {
        into_file(&source, kind, &arguments.redact, &arguments.output, &go_on)
    };
    drop(progress);
    match written {
        Ok(Some(report)) => told(arguments, &report, &source, to_stdout, noticed(&arguments.file, &opened)),
        // Whoever closed the pipe does not want the rest.
        Ok(None) => Answer { out: String::new(), messages: String::new(), status: 0 },
        Err(message) => Answer::failure(message),
    }
}

/// The format, where the arguments can be carried out.
fn usage(arguments: &Arguments, to_stdout: bool) -> Result<Kind, String> {
    let known = Kind::ALL.map(Kind::key).join(", ");
    if to_stdout {
        if arguments.json {
            return Err("the standard output is taken by what is exported: --json needs -o with a file".to_owned());
        }
        return arguments.to.ok_or_else(|| format!("say in which format with --to: {known}"));
    }
    let same = |path: &Path| store::resolve(path).ok();
    if same(&arguments.output).is_some_and(|output| same(&arguments.file) == Some(output)) {
        return Err(format!("{} is the project itself; choose another file", arguments.output.display()));
    }
    if let Some(kind) = arguments.to {
        return Ok(kind);
    }
    let ending = arguments.output.extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
    Kind::of_ending(&ending).ok_or_else(|| {
        let what = if ending.is_empty() { "no ending".to_owned() } else { format!("the ending .{ending}") };
        format!("{} has {what} that names a format; say it with --to: {known}", arguments.output.display())
    })
}

/// Writes to the standard output. `None` where nobody reads it any more.
fn on_stdout(
    source: &Source<'_>,
    kind: Kind,
    redaction: &Redaction,
    go_on: &dyn Fn(f32) -> bool,
) -> Result<Option<Report>, String> {
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match export::export(source, kind, redaction, &mut out, go_on) {
        Ok(report) => Ok(Some(report)),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            // What was not taken stays unwritten.
            let _ = out.into_parts();
            Ok(None)
        }
        Err(error) => Err(format!("the standard output could not be written: {error}")),
    }
}

/// Writes a file, and what stands beside it.
fn into_file(
    source: &Source<'_>,
    kind: Kind,
    redaction: &Redaction,
    path: &Path,
    go_on: &dyn Fn(f32) -> bool,
) -> Result<Option<Report>, String> {
    let beside = export::beside(source, kind, redaction, path, go_on).map_err(|error| error.to_string())?;
    let mut report = None;
    let write = |out: &mut dyn Write| {
        report = Some(export::export(source, kind, redaction, out, go_on)?);
        Ok(())
    };
    save_with(path, None, write).map_err(|error| error.of_other())?;
    for (file, bytes) in beside {
        save(&file, &bytes, None).map_err(|error: SaveError| error.of_other())?;
    }
    Ok(report)
}

fn told(arguments: &Arguments, report: &Report, source: &Source<'_>, to_stdout: bool, noticed: String) -> Answer {
    let mut messages = noticed;
    let mut out = String::new();
    if arguments.json {
        let lost = report.left_out;
        let document = Document {
            file: arguments.output.display().to_string(),
            to: report.kind.key(),
            events: report.events,
            of: report.of,
            filter: source.filter,
            left_out: LeftOut {
                events: lost.events,
                coordinates: lost.coordinates,
                articles: lost.articles,
                names: lost.names,
                notes: lost.notes,
                quotes: lost.quotes,
            },
            remarks: &report.remarks,
        };
        // Nothing in it can fail to be written: keys are strings and numbers are whole.
        out = serde_json::to_string(&document).unwrap_or_default() + "\n";
    } else {
        let place = if to_stdout { String::new() } else { format!(" to {}", arguments.output.display()) };
        // Writing to a string cannot fail.
        let _ = writeln!(messages, "dateline: {}{place}", report.in_words());
        for remark in &report.remarks {
            let _ = writeln!(messages, "dateline: {remark}");
        }
    }
    Answer { out, messages, status: 0 }
}
