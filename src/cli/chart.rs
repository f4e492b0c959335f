//! `dateline chart`: a picture of figures over time, or the numbers behind it, as the window exports them.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::derive::Derived;
use crate::derive::calendar::{BinSize, Unit};
use crate::derive::credits::Credits;
use crate::derive::reports::{Asked, by_speaker, toll};
use crate::derive::series::{Arrangement, Basis, Beside, Chart, Question, Split};
use crate::derive::totals::Placing;
use crate::exchange::chart::{self, Output, Size, Written};
use crate::exchange::export::codebook_path;
use crate::file;
use crate::model::{Class, Measure, Project};
use crate::scene::chart::{Imprint, words};
use crate::scene::toll_timeline::Shown;
use crate::store;
use crate::store::save::save;

use super::{Answer, Only, noticed, open, read_filter, strange};

/// The kind of picture that is made where none is named.
const OVER_TIME: &str = "over-time";

/// The arguments of the command.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project file
    file: PathBuf,
    /// Where to write: a name that ends in .svg, .png, .pdf, or in .csv for the numbers behind
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Which picture: over-time (events at their days), reports (the toll as it became known), or voices (what each
    /// speaker had said by each day)
    #[arg(long, default_value = "over-time", value_parser = ["over-time", "reports", "voices"])]
    kind: String,
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
    #[command(flatten)]
    only: Only,
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
        Err(refusal) => return Answer { status: 2, ..Answer::failure(refusal) },
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
        Err(refusal) => return Answer { status: 2, ..Answer::failure(refusal) },
    };
    let derived = Derived::from_scratch(project);
    let marked = filter.search(project, &derived);
    if arguments.kind != OVER_TIME {
        return became_known(arguments, (&opened.project, &derived), marked, output, noticed(&arguments.file, &opened));
    }
    let others = other.map(|(_, filter)| filter.search(project, &derived));
    let basis = Basis { project, derived: &derived, filter: Some(&marked), other: others.as_deref(), today };
    let made = Chart::of(&basis, &question);
    let imprint = chart::imprint(&basis, &made, &arguments.title, file::hash(project));
    let imprint = Imprint { printed: arguments.greys, ..imprint };
    let written = chart::export(&basis, &made, &imprint, arguments.size, output).map_err(|error| error.to_string());
    match written.and_then(|written| put(&arguments.output, &written)) {
        Ok(()) => {
            let mut messages = noticed(&arguments.file, &opened);
            let account = made.compared.first().map(|of| words::account(&of.account)).unwrap_or_default();
            messages.push_str(&format!(
                "dateline: {} to {}: {account}\n",
                words::title(&made),
                arguments.output.display()
            ));
            Answer { out: String::new(), messages, status: 0 }
        }
        Err(message) => Answer::failure(message),
    }
}

/// Writes the toll as it became known, or what each speaker had said.
fn became_known(
    arguments: &Arguments,
    (project, derived): (&Project, &Derived),
    marked: Vec<bool>,
    kind: Output,
    noticed: String,
) -> Answer {
    let (measure, class) = (&arguments.measure, &arguments.class);
    let imprint = Imprint {
        title: arguments.title.clone(),
        credits: Credits::of(project, derived, &[measure], class, Some(&marked)),
        licence: project.about.licence.to_string(),
        hash: file::hash(project),
        printed: arguments.greys,
    };
    let asked = Asked { measure: measure.clone(), class: class.clone(), among: Some(marked) };
    // Nobody stops it.
    let toll = if arguments.kind == "reports" { toll(project, derived, &asked, &|_| true) } else { None };
    let speakers = if toll.is_none() { by_speaker(project, derived, &asked, &|_| true) } else { None };
    let speakers = speakers.unwrap_or_default();
    let shown = toll.as_ref().map_or(Shown::Speakers(&speakers), Shown::Toll);
    let bytes = match kind {
        Output::Picture(picture) => chart::write_toll(shown, (measure, class), &imprint, arguments.size, picture)
            .map_err(|error| error.to_string()),
        Output::Numbers => Ok(chart::toll_csv(shown)),
    };
    let written =
        bytes.and_then(|bytes| save(&arguments.output, &bytes, None).map(|_| ()).map_err(|error| error.of_other()));
    let title = crate::scene::toll_timeline::title(shown, measure, class);
    match written {
        Ok(()) => {
            let messages = format!("{noticed}dateline: {title} to {}\n", arguments.output.display());
            Answer { out: String::new(), messages, status: 0 }
        }
        Err(message) => Answer::failure(message),
    }
}

/// What is to be written, where the arguments can be carried out.
fn usage(arguments: &Arguments) -> Result<Output, String> {
    let split = arguments.stack.is_some() || arguments.beside.is_some() || arguments.panels.is_some();
    let compared = arguments.versus.is_some() || arguments.versus_where.is_some();
    if arguments.kind != OVER_TIME && (split || compared || arguments.cumulative || arguments.log) {
        let kind = &arguments.kind;
        return Err(format!(
            "--kind {kind} is neither split, compared, added up nor logarithmic; leave out what asks for that"
        ));
    }
    let output = &arguments.output;
    let same = |path: &Path| store::resolve(path).ok();
    if same(output).is_some_and(|output| same(&arguments.file) == Some(output)) {
        return Err(format!("{} is the project itself; choose another file", output.display()));
    }
    let ending = output.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    Output::of_ending(&ending).ok_or_else(|| {
        let what = if ending.is_empty() { "no ending".to_owned() } else { format!("the ending .{ending}") };
        format!("{} has {what} that names a format; write .svg, .png, .pdf or .csv", output.display())
    })
}

fn question(arguments: &Arguments, project: &Project, filter: &str, other: Option<&str>) -> Result<Question, String> {
    let (split, arrangement) = match (&arguments.stack, &arguments.beside, &arguments.panels) {
        (Some(split), ..) => (self::split(split, project)?, Arrangement::Stacked),
        (_, Some(split), _) => (self::split(split, project)?, Arrangement::Grouped),
        (.., Some(split)) => (self::split(split, project)?, Arrangement::Multiples),
        (None, None, None) => (Split::None, Arrangement::default()),
    };
    let beside = match (&arguments.versus, other) {
        (Some(measure), _) => Beside::Measure(measure.clone()),
        (None, Some(line)) => Beside::Filter(line.to_owned()),
        (None, None) => Beside::Nothing,
    };
    Ok(Question {
        measure: arguments.measure.clone(),
        class: arguments.class.clone(),
        filter: filter.to_owned(),
        size: arguments.by,
        placing: arguments.place,
        split,
        arrangement,
        cumulative: arguments.cumulative,
        logarithmic: arguments.log,
        beside,
        missing_best_is_low: false,
    })
}

/// The split of a word: a built-in one, or a column of the analyst's own by its id or title.
fn split(word: &str, project: &Project) -> Result<Split, String> {
    let built_in = Split::BUILT_IN.into_iter().find(|split| split.key() == word && *split != Split::None);
    let own = || {
        let columns = &project.about.codebook.columns;
        columns
            .iter()
            .find(|column| column.id.as_str() == word || &*column.title == word)
            .map(|column| Split::Own(column.id))
    };
    built_in.or_else(own).ok_or_else(|| {
        let known: Vec<&str> = Split::BUILT_IN.iter().filter(|split| **split != Split::None).map(Split::key).collect();
        format!("there is no split {word}; write one of {}, or a column of the project", known.join(", "))
    })
}

fn put(output: &Path, written: &Written) -> Result<(), String> {
    let put = |path: &Path, bytes: &[u8]| save(path, bytes, None).map(|_| ()).map_err(|error| error.of_other());
    put(output, &written.bytes)?;
    written.codebook.as_ref().map_or(Ok(()), |codebook| put(&codebook_path(output), codebook.as_bytes()))
}
