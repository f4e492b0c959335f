//! The same abilities without a window. It must not know the window.
//!
//! Exit status: 0 fine, 1 findings or failure, 2 wrong usage. Answers go to the standard output, messages to the
//! standard error.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::derive::calendar::{BinSize, Unit};
use crate::derive::facet::Facet;
use crate::derive::totals::{Among, By, Placing, Query};
use crate::derive::{Derived, totals as sums};
use crate::exchange::table;
use crate::file::{self, Finding, Opened};
use crate::filter::{Filter, Mistake};
use crate::model::{Class, Measure, Project};
use crate::platform::{Native, Platform as _};
use crate::store;
use crate::store::stamp::Stamp;

mod chart;
mod check;
mod export;
mod import;
mod progress;
mod shell;
pub mod totals;
mod why;

/// What is to be done after the command line was read.
#[derive(Debug)]
pub enum Start {
    /// Open the window, with this file where one is named.
    Window(Option<PathBuf>),
    /// Everything is done; end with this status.
    Done(ExitCode),
}

/// A workbench for turning conflict news into defensible casualty figures.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, about, args_conflicts_with_subcommands = true, after_help = shell::EXAMPLES)]
struct Arguments {
    /// The project to open in the window; without it, the last one
    file: Option<PathBuf>,
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Tell every problem of a project file, with its place and what to do
    #[command(after_help = shell::CHECK)]
    Check {
        /// The project file
        file: PathBuf,
        /// Answer with one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Sum low, best and high figures over the events of a project
    #[command(after_help = shell::TOTALS)]
    Totals {
        /// The project file
        file: PathBuf,
        /// What is counted: killed, injured, missing, captured, displaced, casualties, or a measure of the codebook
        #[arg(long, default_value = "killed", value_parser = measure)]
        measure: Measure,
        /// Among whom: total, A, B, civilians, unknown, "A all", "B all", or a group such as "children in civilians"
        #[arg(long, default_value = "total", value_parser = class)]
        class: Class,
        /// Split by day, week, month, quarter, year, auto, country, adm1, kind, class, side_a, side_b, side, status or source
        #[arg(long, default_value = "none", value_parser = by)]
        by: By,
        /// Where events go whose date is not one day: within, start, end or spread
        #[arg(long, default_value = "within", value_parser = placing)]
        place: Placing,
        #[command(flatten)]
        only: Only,
        /// Answer with one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Draw figures over time as a picture, or write the numbers behind it, as the window exports them
    #[command(after_help = shell::CHART)]
    Chart(Box<chart::Arguments>),
    /// Write the events of a project, or those of a filter, for other programs and people
    #[command(after_help = shell::EXPORT)]
    Export(export::Arguments),
    /// Take other people's tables and articles into a project
    #[command(after_help = shell::IMPORT)]
    Import(Box<import::Arguments>),
    /// Tell how the figures of an event were made: the rule, every claim with its quote, what was not counted and why
    #[command(after_help = shell::WHY)]
    Why {
        /// The project file
        file: PathBuf,
        /// The event, by its id or its exact title
        event: String,
        /// Only this measure
        #[arg(long, value_parser = measure)]
        measure: Option<Measure>,
        /// Answer with one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Write a manual page for every command into a folder
    #[command(after_help = shell::MAN)]
    Man {
        /// The folder; it is made where it is missing
        folder: PathBuf,
    },
    /// Print what lets a shell complete the words of a command line
    #[command(after_help = shell::COMPLETIONS)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

fn measure(text: &str) -> Result<Measure, String> {
    Measure::from_key(text).ok_or_else(|| {
        let all: Vec<String> = Measure::BUILT_IN.iter().map(ToString::to_string).collect();
        format!("write one of {}, or a measure of the codebook", all.join(", "))
    })
}

fn class(text: &str) -> Result<Class, String> {
    Class::from_key(text)
        .ok_or_else(|| "write total, A, B, civilians, unknown, \"A all\", \"B all\" or a group".to_owned())
}

fn by(text: &str) -> Result<By, String> {
    let units = Unit::ALL.into_iter().map(|unit| By::Time(BinSize::Fixed(unit)));
    let all = units.chain([By::Time(BinSize::Auto)]).chain(Facet::ALL.map(By::Of)).map(By::key);
    By::from_key(text).ok_or_else(|| format!("write one of {}", all.collect::<Vec<_>>().join(", ")))
}

fn placing(text: &str) -> Result<Placing, String> {
    let all = Placing::ALL.map(Placing::key).join(", ");
    Placing::from_key(text).ok_or_else(|| format!("write one of {all}"))
}

/// Reads the command line, the program's name first, and does what needs no window.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Start {
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Whoever closed the pipe does not want the rest.
            let _ = error.print();
            return Start::Done(ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)));
        }
    };
    let Some(task) = arguments.task else { return Start::Window(arguments.file) };
    let answer = match task {
        Task::Check { file, json } => check::check(&file, json, Native::default().today()),
        Task::Totals { file, measure, class, by, place, only, json } => {
            let query = Query { class, placing: place, ..Query::new(measure, by) };
            totals_of(&file, query, &only, json)
        }
        Task::Chart(arguments) => chart::chart(&arguments, Native::default().today()),
        Task::Export(arguments) => export::export(&arguments, Native::default().today()),
        Task::Import(arguments) => import::import(&arguments, Native::default().now()),
        Task::Why { file, event, measure, json } => why::why(&file, &event, measure.as_ref(), json),
        Task::Man { folder } => shell::man(&Arguments::command(), &folder),
        Task::Completions { shell } => shell::completions(&mut Arguments::command(), shell),
    };
    Start::Done(answer.give())
}

/// What a command has to say, and how it ended.
struct Answer {
    /// For the standard output.
    out: String,
    /// For the standard error.
    messages: String,
    /// The exit status.
    status: u8,
}

impl Answer {
    fn failure(message: impl std::fmt::Display) -> Self {
        Self { out: String::new(), messages: format!("dateline: {message}\n"), status: 1 }
    }

    fn give(self) -> ExitCode {
        let _ = io::stderr().write_all(self.messages.as_bytes());
        let mut out = io::stdout().lock();
        match out.write_all(self.out.as_bytes()).and_then(|()| out.flush()) {
            Ok(()) => ExitCode::from(self.status),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(self.status),
            Err(error) => {
                let _ = writeln!(io::stderr(), "dateline: the answer could not be written: {error}");
                ExitCode::FAILURE
            }
        }
    }
}

/// Reads a project, or says why not: one line a problem.
fn open(path: &Path) -> Result<Opened, Answer> {
    open_while(path, &|_| true)
}

/// The same; `go_on` hears how far it has come.
fn open_while(path: &Path, go_on: &dyn Fn(f32) -> bool) -> Result<Opened, Answer> {
    open_with_stamp(path, go_on).map(|(opened, _)| opened)
}

/// The same with the stamp of the file, for whoever writes it again.
fn open_with_stamp(path: &Path, go_on: &dyn Fn(f32) -> bool) -> Result<(Opened, Stamp), Answer> {
    let (text, stamp) = store::read::read(path).map_err(Answer::failure)?;
    let opened = file::read(&text, go_on).map_err(|error| {
        let problems = error.problems();
        if problems.is_empty() {
            return Answer::failure(format!("{}: {error}", path.display()));
        }
        let line = |problem: &Finding| format!("{}:{}\n", path.display(), check::one_line(problem));
        let mut messages: String = problems.iter().map(line).collect();
        if table::is_named_as_one(path) {
            let name = path.display();
            messages +=
                &format!("dateline: {name} is named as a table; `dateline import {name} -o NEW.ron` reads it\n");
        }
        Answer { out: String::new(), messages, status: 1 }
    })?;
    Ok((opened, stamp))
}

/// A refusal where the project has no such measure.
fn strange(project: &Project, measure: &Measure) -> Option<Answer> {
    if project.measures().any(|known| known == *measure) {
        return None;
    }
    let all: Vec<String> = project.measures().map(|measure| measure.to_string()).collect();
    let message = format!("there is no measure {measure}; the project has {}", all.join(", "));
    Some(Answer { status: 2, ..Answer::failure(message) })
}

/// That something was noticed while a project was read, if it was.
fn noticed(path: &Path, opened: &Opened) -> String {
    match opened.findings.len() {
        0 => String::new(),
        n => format!(
            "dateline: {n} {} while reading; `dateline check {}` tells them\n",
            if n == 1 { "thing was noticed" } else { "things were noticed" },
            path.display()
        ),
    }
}

fn totals_of(path: &Path, query: Query<'_>, only: &Only, json: bool) -> Answer {
    let opened = match open(path) {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let project = &opened.project;
    if let Some(refusal) = strange(project, &query.measure) {
        return refusal;
    }
    let (line, filter) = match only.read(project) {
        Ok(read) => read,
        Err(refusal) => return refusal,
    };
    let derived = Derived::from_scratch(project);
    let slots = filter.search(project, &derived);
    let query = &Query { among: Among::Slots(&slots), ..query };
    let found = sums::totals(project, &derived, query);
    let line = line.trim();
    let mut out =
        if json { totals::json(project, &found, query, line) } else { totals::text(project, &found, query, line) };
    if !out.ends_with('\n') {
        out.push('\n');
    }
    let messages = noticed(path, &opened);
    Answer { out, messages, status: 0 }
}

/// Which events are meant.
#[derive(Debug, clap::Args)]
struct Only {
    /// Only events that this filter lets through, as in the grid: "country:Kyrgyzstan killed>10 date:2022-09"
    #[arg(
        long = "where",
        value_name = "FILTER",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    filter: String,
    /// Only events that the filter of this saved view lets through
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
}

impl Only {
    /// Whether anything was given.
    fn is_some(&self) -> bool {
        !self.filter.trim().is_empty() || self.view.is_some()
    }

    /// The filter, and its line.
    fn read(&self, project: &Project) -> Result<(String, Filter), Answer> {
        read_filter(project, &self.filter, self.view.as_deref())
    }
}

/// A filter, that of a saved view with it, and the line that both are together.
fn read_filter(project: &Project, line: &str, view: Option<&str>) -> Result<(String, Filter), Answer> {
    let line = view.map_or(Ok(line.to_owned()), |name| with_view(project, name, line))?;
    match Filter::parse(&line, project) {
        Ok(filter) => Ok((line, filter)),
        Err(mistake) => Err(Answer { status: 2, ..Answer::failure(underlined(&line, &mistake)) }),
    }
}

/// The filter of a saved view, and what else was asked for.
fn with_view(project: &Project, name: &str, line: &str) -> Result<String, Answer> {
    let Some(view) = project.views.iter().find(|view| &*view.name == name) else {
        let all: Vec<String> = project.views.iter().map(|view| format!("“{}”", view.name)).collect();
        let known =
            if all.is_empty() { "the project has none".to_owned() } else { format!("write {}", all.join(", ")) };
        return Err(Answer { status: 2, ..Answer::failure(format!("there is no saved view “{name}”; {known}")) });
    };
    Ok(match (view.filter.trim(), line.trim()) {
        (of_view, "") => of_view.to_owned(),
        ("", line) => line.to_owned(),
        (of_view, line) => format!("({of_view}) ({line})"),
    })
}

/// A mistake under the line in which it is.
fn underlined(line: &str, mistake: &Mistake) -> String {
    let width = |text: &str| text.chars().count();
    let before = width(line.get(..mistake.at.start).unwrap_or(""));
    let marked = width(line.get(mistake.at.clone()).unwrap_or("")).max(1);
    format!("the filter: {mistake}\n  {line}\n  {}{}", " ".repeat(before), "^".repeat(marked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn totals_of_a_file_are_summed_and_a_strange_measure_is_wrong_usage() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("p.ron");
        let claim = "(id:\"c\", event:\"e\", measure:\"killed\", quantity:\"3\", origin: document(\"x\"))";
        let text = format!("(format: 1, project: (), claims: [{claim}], events: [(id:\"e\", when:\"2022-09-14\")])");
        std::fs::write(&path, text).expect("written");
        let all = Only { filter: String::new(), view: None };
        let answer = totals_of(&path, Query::new(Measure::Killed, By::None), &all, true);
        assert_eq!((answer.status, &*answer.messages), (0, ""));
        let document: serde_json::Value = serde_json::from_str(&answer.out).expect("JSON");
        assert_eq!(document["total"]["low"].as_u64(), Some(3));
        let strange = Measure::from_key("evacuated").expect("a word");
        assert_eq!(totals_of(&path, Query::new(strange, By::None), &all, true).status, 2);
    }

    #[test]
    fn a_file_or_nothing_opens_the_window() {
        let window = |args: &[&str]| match run(args.iter().map(OsString::from)) {
            Start::Window(file) => file,
            Start::Done(_) => panic!("no window"),
        };
        assert_eq!(window(&["dateline"]), None);
        assert_eq!(window(&["dateline", "a b.ron"]), Some(PathBuf::from("a b.ron")));
    }
}
