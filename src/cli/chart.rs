//! `dateline chart`: a picture of figures over time, or the numbers behind it, as the window exports them.

mod question;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::derive::Derived;
use crate::derive::calendar::{BinSize, Unit};
use crate::derive::reports::{Asked, by_speaker, timeline, toll};
use crate::derive::series::{Basis, Chart, Question, both, near_days_searched};
use crate::derive::totals::Placing;
use crate::exchange::chart::{self, BecameKnown, Output, Size, What, Written};
use crate::exchange::export::codebook_path;
use crate::file;
use crate::filter::Filter;
use crate::model::{Class, EventId, Measure, Project};
use crate::scene::chart::{Imprint, words};
use crate::store::save::save;

use self::question::{question, usage};
use super::{Answer, Only, noticed, open, read_filter, strange};

/// Which picture is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// Events at their days
    OverTime,
    /// The toll as it became known
    Reports,
    /// What each speaker had said by each day
    Voices,
    /// The claims on one event, which --event names, and its figure as it ran
    Claims,
}

impl Kind {
    fn key(self) -> String {
        clap::ValueEnum::to_possible_value(&self).map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// The arguments of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project file
    file: PathBuf,
    /// Where to write: a name that ends in .svg, .png, .pdf, or in .csv for the numbers behind
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Which picture: over-time (events at their days), reports (the toll as it became known), voices (what each speaker
    /// had said by each day), or claims (the claims on the event of --event, and its figure as it ran)
    #[arg(long, value_enum, default_value_t = Kind::OverTime, hide_possible_values = true)]
    kind: Kind,
    /// The event whose claims are shown, with --kind claims
    #[arg(long, value_name = "ID")]
    event: Option<String>,
    /// What is counted: killed, injured, missing, captured, displaced, casualties, or a measure of the codebook
    #[arg(long, default_value = "killed", value_parser = super::measure)]
    measure: Measure,
    /// Among whom: total, A, B, civilians, unknown, "A all", "B all", or a group such as "children in civilians"
    #[arg(long, default_value = "total", value_parser = super::class)]
    class: Class,
    /// The size of bins: auto, day, week, month, quarter or year
    #[arg(long, default_value = "auto", value_parser = size_of_bins)]
    by: BinSize,
    /// Where events go whose date is not one day: within, start, end or spread
    #[arg(long, default_value = "within", value_parser = super::placing)]
    place: Placing,
    /// Groups on top of each other: country, adm1, kind, class, side_a, side_b, side, status, source, or a column
    /// of the project
    #[arg(long, value_name = "SPLIT", group = "split")]
    stack: Option<String>,
    /// Groups beside each other, each with its range
    #[arg(long, value_name = "SPLIT", group = "split")]
    beside: Option<String>,
    /// A small chart for each group, on the same heights
    #[arg(long, value_name = "SPLIT", group = "split")]
    panels: Option<String>,
    /// A second measure, beside the first
    #[arg(long, value_name = "MEASURE", group = "second", value_parser = super::measure)]
    versus: Option<Measure>,
    /// The same measure of the events of a second filter
    #[arg(long, value_name = "FILTER", group = "second", allow_hyphen_values = true)]
    versus_where: Option<String>,
    /// Logarithmic heights: the chart becomes lines
    #[arg(long)]
    log: bool,
    /// Greys in the place of colours, for print
    #[arg(long)]
    greys: bool,
    /// Running totals
    #[arg(long)]
    cumulative: bool,
    /// Where an event has no best figure, take its low; the chart says so
    #[arg(long)]
    missing_best_is_low: bool,
    #[command(flatten)]
    only: Only,
    /// Only events around the days that were searched, as the window shows them at first
    #[arg(long)]
    searched_only: bool,
    /// How large: 1600x900, 1080x1080, 89mm, 183mm, a4, or pixels such as 1200x630
    #[arg(long, default_value = "1600x900", value_parser = size)]
    size: Size,
    /// The title: what was found. Without it the chart says what is counted
    #[arg(long, default_value = "", hide_default_value = true)]
    title: String,
}

fn size(text: &str) -> Result<Size, String> {
    let named = Size::NAMED.map(Size::key).join(", ");
    let (least, most) = (Size::PIXELS.start(), Size::PIXELS.end());
    Size::from_key(text)
        .ok_or_else(|| format!("write one of {named}, or pixels from {least} to {most}, such as 1200x630"))
}

fn size_of_bins(text: &str) -> Result<BinSize, String> {
    if text == "auto" || text == BinSize::Auto.key() {
        return Ok(BinSize::Auto);
    }
    let known = Unit::ALL.map(Unit::key).join(", ");
    Unit::from_key(text).map(BinSize::Fixed).ok_or_else(|| format!("write auto or one of {known}"))
}

/// Writes the picture.
pub(super) fn chart(arguments: &Arguments, today: Date) -> Answer {
    let output = match usage(arguments) {
        Ok(output) => output,
        Err(refusal) => return wrong(refusal),
    };
    let opened = match open(&arguments.file) {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let project = &opened.project;
    if let Some(refusal) =
        std::iter::once(&arguments.measure).chain(&arguments.versus).find_map(|m| strange(project, m))
    {
        return refusal;
    }
    let (line, filter) = match arguments.only.read(project) {
        Ok(read) => read,
        Err(refusal) => return refusal,
    };
    let other = match arguments.versus_where.as_deref().map(|line| read_filter(project, line, None)).transpose() {
        Ok(read) => read,
        Err(refusal) => return refusal,
    };
    let question = match question(arguments, project, line.trim(), other.as_ref().map(|(line, _)| line.trim())) {
        Ok(question) => question,
        Err(refusal) => return wrong(refusal),
    };
    let derived = Derived::from_scratch(project);
    let near = if arguments.searched_only { near_days_searched(project, &derived) } else { None };
    let search = |filter: &Filter| both(Some(filter.search(project, &derived)), near.as_ref());
    let (marked, others) = (search(&filter), other.and_then(|(_, filter)| search(&filter)));
    let written = if arguments.kind == Kind::OverTime {
        let basis = Basis { project, derived: &derived, filter: marked.as_deref(), other: others.as_deref(), today };
        Ok(over_time(arguments, &basis, &Question { searched_only: near.is_some(), ..question }, output))
    } else {
        became_known(arguments, (project, &derived), line.trim(), marked, output)
    };
    let written = match written {
        Ok(written) => written,
        Err(refusal) => return wrong(refusal),
    };
    match written.and_then(|(said, written)| put(&arguments.output, &written).map(|()| said)) {
        Ok(said) => {
            let messages = format!("{}dateline: {said}\n", noticed(&arguments.file, &opened));
            Answer { out: String::new(), messages, status: 0 }
        }
        Err(message) => Answer::failure(message),
    }
}

fn wrong(refusal: String) -> Answer {
    Answer { status: 2, ..Answer::failure(refusal) }
}

/// What is said of a file, and the file.
type Made = Result<(String, Written), String>;

/// Events at their days.
fn over_time(arguments: &Arguments, basis: &Basis<'_>, question: &Question, output: Output) -> Made {
    let made = Chart::of(basis, question);
    let imprint = chart::imprint(basis, &made, &arguments.title, file::hash(basis.project));
    let imprint = Imprint { printed: arguments.greys, ..imprint };
    let written = chart::export(basis, &made, &imprint, arguments.size, output).map_err(|error| error.to_string())?;
    let account = made.compared.first().map(|of| words::account(&of.account)).unwrap_or_default();
    Ok((format!("{} to {}: {account}", words::title(&made), arguments.output.display()), written))
}

/// The toll as it became known, what each speaker had said, or the claims on one event.
///
/// # Errors
///
/// If there is no such event.
fn became_known(
    arguments: &Arguments,
    (project, derived): (&Project, &Derived),
    filter: &str,
    marked: Option<Vec<bool>>,
    output: Output,
) -> Result<Made, String> {
    let (measure, class) = (&arguments.measure, &arguments.class);
    let write = |what: What<'_>, among: Option<&[bool]>| {
        let known = BecameKnown { project, measure, class, filter, what };
        let imprint = known.imprint(derived, &arguments.title, file::hash(project), among);
        let imprint = Imprint { printed: arguments.greys, ..imprint };
        let written = known.export(&imprint, arguments.size, output).map_err(|error| error.to_string())?;
        Ok((format!("{} to {}", known.title(), arguments.output.display()), written))
    };
    if let Some(id) = &arguments.event {
        let none = || format!("there is no event {id} in {}", arguments.file.display());
        let event: EventId = id.parse().map_err(|_| none())?;
        let timeline = timeline(project, derived, event, measure, class).ok_or_else(none)?;
        return Ok(write(What::Claims(event, &timeline), None));
    }
    let asked = Asked { measure: measure.clone(), class: class.clone(), among: marked.map(Arc::new) };
    let among = asked.among.as_deref().map(Vec::as_slice);
    // Nobody stops it.
    Ok(if arguments.kind == Kind::Voices {
        write(What::Speakers(&by_speaker(project, derived, &asked, &|_| true).unwrap_or_default()), among)
    } else {
        write(What::Toll(&toll(project, derived, &asked, &|_| true).unwrap_or_default()), among)
    })
}

fn put(output: &Path, written: &Written) -> Result<(), String> {
    let put = |path: &Path, bytes: &[u8]| save(path, bytes, None).map(|_| ()).map_err(|error| error.of_other());
    put(output, &written.bytes)?;
    written.codebook.as_ref().map_or(Ok(()), |codebook| put(&codebook_path(output), codebook.as_bytes()))
}
