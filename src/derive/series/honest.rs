//! What a chart must say of its own limits: days that nobody searched, bins that are not over, other rules.

use jiff::SignedDuration;
use jiff::civil::Date;

use super::{Column, MethodChange, Searched};
use crate::derive::Derived;
use crate::derive::calendar::Bin;
use crate::derive::columnar::{Day, UNDATED, number_of};
use crate::model::{Coverage, Measure, Project, Release};

/// Stretches of days from the first to the last bin that no window of search covers, and those that have not come yet.
/// Where the project names no window, nothing is known of the search, and only days to come are told.
pub(super) fn unsearched(bins: &[Bin], coverage: &[Coverage], today: Date) -> Vec<(Date, Date)> {
    let (Some(first), Some(last)) = (bins.first(), bins.last()) else { return Vec::new() };
    let (start, end) = (first.first, last.last);
    let mut windows: Vec<(Date, Date)> =
        coverage.iter().map(|window| (window.from, window.to.unwrap_or(today).min(today))).collect();
    if coverage.is_empty() {
        windows.push((start, today));
    }
    windows.sort_unstable();
    let mut gaps = Vec::new();
    // The first day of which nothing is known yet.
    let mut at = Some(start);
    for (from, to) in windows {
        let Some(day) = at.filter(|day| *day <= end) else { break };
        if from > day
            && let Ok(before) = from.yesterday()
        {
            gaps.push((day, before.min(end)));
        }
        if to >= day {
            at = to.tomorrow().ok();
        }
    }
    if let Some(day) = at.filter(|day| *day <= end) {
        gaps.push((day, end));
    }
    gaps.retain(|(from, to)| from <= to);
    gaps
}

/// The columns of these bins, each with how much of it was searched.
pub(super) fn columns(bins: &[Bin], gaps: &[(Date, Date)]) -> Vec<Column> {
    let searched = |bin: &Bin| {
        let mut touching = gaps.iter().filter(|(from, to)| *from <= bin.last && *to >= bin.first);
        match touching.next() {
            None => Searched::All,
            Some((from, to)) if *from <= bin.first && *to >= bin.last => Searched::Not,
            Some(_) => Searched::Partly,
        }
    };
    bins.iter().map(|bin| Column { bin: *bin, searched: searched(bin) }).collect()
}

/// For each slot of `derive::columnar` whether the event lies in the days that were searched or near them, within as many
/// days as the search was long; one without a date may. `None` where the project names no days. Events share few dates:
/// each is asked once.
pub fn near_days_searched(project: &Project, derived: &Derived) -> Option<Vec<bool>> {
    let around = |days: &Coverage| {
        let to = days.to.unwrap_or(Date::MAX);
        // An open search has no length; nothing lies far behind it.
        let length = SignedDuration::from_hours(days.from.duration_until(to).as_hours().min(24 * 366) + 24);
        let first = days.from.checked_sub(length).unwrap_or(Date::MIN);
        (number_of(first), number_of(to.checked_add(length).unwrap_or(Date::MAX)))
    };
    let searched: Vec<(Day, Day)> = project.about.coverage.iter().map(around).collect();
    if searched.is_empty() {
        return None;
    }
    let near =
        |(first, last): (Day, Day)| first == UNDATED || searched.iter().any(|(from, to)| first <= *to && last >= *from);
    let dates = derived.columnar().dates();
    let is_near: Vec<bool> = dates.intervals().map(near).collect();
    Some(dates.codes().iter().map(|code| is_near[*code as usize]).collect())
}

/// The slots that both mean, of a filter and the days around those searched; `None` means all.
pub fn both(filter: Option<Vec<bool>>, near: Option<&Vec<bool>>) -> Option<Vec<bool>> {
    match (filter, near) {
        (Some(mut filter), Some(near)) => {
            filter.iter_mut().zip(near).for_each(|(one, other)| *one &= other);
            Some(filter)
        }
        (filter, near) => filter.or_else(|| near.cloned()),
    }
}

/// By which rule a release published a measure.
fn rule(release: &Release, measure: &Measure) -> Option<String> {
    let method = &release.totals.iter().find(|total| total.measure == *measure)?.method;
    let words = if release.words.is_empty() { String::new() } else { format!(", words {}", release.words) };
    Some(format!("{method}{words}"))
}

/// The days from which a measure was published by another rule, and a sentence where the sheet of now is another one
/// than that of the last release.
pub(super) fn changes(project: &Project, measure: &Measure) -> (Vec<MethodChange>, Option<String>) {
    let mut releases: Vec<&Release> = project.about.releases.iter().collect();
    releases.sort_by_key(|release| release.day);
    let mut changes = Vec::new();
    let mut before: Option<(String, &Release)> = None;
    for release in releases {
        let Some(rule) = rule(release, measure) else { continue };
        if let Some((old, _)) = before.as_ref().filter(|(old, _)| *old != rule) {
            changes.push(MethodChange { day: release.day, label: format!("Method: {old} → {rule}") });
        }
        before = Some((rule, release));
    }
    let now = before.and_then(|(_, release)| {
        let then = &release.totals.iter().find(|total| total.measure == *measure)?.method;
        let now = project.methodology.method_for(measure).key();
        (**then != *now).then(|| {
            format!(
                "All figures are by “{now}”; the last release, “{}” of {}, was by “{then}”.",
                release.name, release.day
            )
        })
    });
    (changes, now)
}
