//! What the arguments of `dateline chart` ask, as the one question that the window asks too.

use std::path::Path;

use super::{Arguments, Kind};
use crate::derive::facet::Facet;
use crate::derive::series::{Arrangement, Beside, Question, Split};
use crate::exchange::chart::Output;
use crate::model::Project;
use crate::store;

/// What is to be written, where the arguments can be carried out.
///
/// # Errors
///
/// If they contradict each other, or the name of the file names no format.
pub(super) fn usage(arguments: &Arguments) -> Result<Output, String> {
    let kind = arguments.kind.key();
    if arguments.kind != Kind::OverTime
        && let Some(option) = over_time_alone(arguments)
    {
        return Err(format!("--kind {kind} knows no {option}; leave it out"));
    }
    match (arguments.kind, &arguments.event) {
        (Kind::Claims, None) => {
            return Err("--kind claims shows the claims on one event; name it with --event".to_owned());
        }
        (Kind::Claims, Some(_)) if arguments.only.is_some() || arguments.searched_only => {
            return Err("--kind claims shows one event; leave out what chooses events".to_owned());
        }
        (Kind::Claims, _) | (_, None) => {}
        (_, Some(_)) => {
            return Err(format!("--kind {kind} is about all events; leave out --event, or write --kind claims"));
        }
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

/// An option that was given and that means something to bins of time alone.
fn over_time_alone(arguments: &Arguments) -> Option<&'static str> {
    let given = [
        (arguments.stack.is_some(), "--stack"),
        (arguments.beside.is_some(), "--beside"),
        (arguments.panels.is_some(), "--panels"),
        (arguments.versus.is_some(), "--versus"),
        (arguments.versus_where.is_some(), "--versus-where"),
        (arguments.cumulative, "--cumulative"),
        (arguments.log, "--log"),
        (arguments.missing_best_is_low, "--missing-best-is-low"),
        (arguments.by != crate::derive::calendar::BinSize::Auto, "--by"),
        (arguments.place != crate::derive::totals::Placing::Within, "--place"),
    ];
    given.into_iter().find(|(is, _)| *is).map(|(_, option)| option)
}

pub(super) fn question(
    arguments: &Arguments,
    project: &Project,
    filter: &str,
    other: Option<&str>,
) -> Result<Question, String> {
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
        searched_only: arguments.searched_only,
        size: arguments.by,
        placing: arguments.place,
        split,
        arrangement,
        cumulative: arguments.cumulative,
        logarithmic: arguments.log,
        beside,
        missing_best_is_low: arguments.missing_best_is_low,
    })
}

/// The split of a word: a built-in one, or a column of the analyst's own by its id or title.
fn split(word: &str, project: &Project) -> Result<Split, String> {
    let built_in = Facet::from_key(word).map(Split::Of);
    let own = || {
        let columns = &project.about.codebook.columns;
        columns
            .iter()
            .find(|column| column.id.as_str() == word || &*column.title == word)
            .map(|column| Split::Own(column.id))
    };
    built_in.or_else(own).ok_or_else(|| {
        let known = Facet::ALL.map(Facet::key);
        format!("there is no split {word}; write one of {}, or a column of the project", known.join(", "))
    })
}
