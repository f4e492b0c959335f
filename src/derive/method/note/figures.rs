//! The totals of the note, the figures that somebody set by hand, and what was published.

use super::{Markdown, plain};
use crate::derive::index::Derived;
use crate::derive::method::released;
use crate::derive::totals::{By, Query, totals};
use crate::derive::wording::{best_cell, count, day, grouped, span};
use crate::model::{Class, Project};

/// Low, best and high of every measure of which anybody spoke, with what stands beside them.
pub(super) fn totals_table(out: &mut Markdown, project: &Project, derived: &Derived) {
    out.section("Totals");
    let mut rows = Vec::new();
    let mut stated: Vec<String> = Vec::new();
    for measure in project.measures() {
        let found = totals(project, derived, &Query::new(measure.clone(), By::None));
        let sums = found.total;
        if sums.no_claim >= sums.events {
            continue;
        }
        let number = |n: usize| grouped(u64::try_from(n).unwrap_or(u64::MAX));
        let high = sums.high.map_or_else(|| format!("{}+", grouped(sums.high_at_least)), grouped);
        rows.push(vec![
            measure.title(),
            grouped(sums.low),
            best_cell(sums.best),
            high,
            number(sums.events),
            number(sums.unknown),
            number(sums.no_claim),
            number(sums.no_best),
            project.methodology.method_for(&measure).key().to_owned(),
        ]);
        for sentence in found.stated {
            // What holds for one measure alone says which.
            let general = sentence.starts_with("Sums of") || sentence.contains("summary event");
            let sentence = if general { sentence } else { format!("{}: {sentence}", measure.title()) };
            if !stated.contains(&sentence) {
                stated.push(sentence);
            }
        }
    }
    if rows.is_empty() {
        out.line("Nobody has spoken of a number yet.");
        return;
    }
    let head = [
        "Measure",
        ">Low",
        ">Best",
        ">High",
        ">Events",
        ">Without a number",
        ">Nobody speaks of it",
        ">No best",
        "Rule",
    ];
    out.table(&head, &rows);
    out.line("");
    stated.iter().for_each(|sentence| out.item(sentence));
    out.item("Measures are never added to each other; recorded figures are what was reported, not all that happened.");
}

/// Figures that somebody set, with the reason.
pub(super) fn by_hand(out: &mut Markdown, project: &Project, derived: &Derived) {
    let set: Vec<_> =
        project.events.iter().flat_map(|event| event.by_hand.iter().map(move |hand| (event, hand))).collect();
    if set.is_empty() {
        return;
    }
    out.section("Figures set by hand");
    let hidden = set.iter().filter(|(event, _)| event.sensitive).count();
    for (event, hand) in set.iter().filter(|(event, _)| !event.sensitive) {
        let class = if hand.class == Class::TOTAL { String::new() } else { format!(", {}", hand.class) };
        let changed = derived.figure(event.id, &hand.measure, &hand.class).marks.claims_changed;
        let since = if changed { "; claims changed since" } else { "" };
        let best = hand.best.map_or_else(|| "no best".to_owned(), |best| format!("best {}", grouped(best)));
        out.item(&format!(
            "{} ({}), {}{class}: {}, {best}{since}. {} ({})",
            plain(event.name()),
            event.id,
            hand.measure,
            span(hand.low, hand.high),
            plain(&hand.reason),
            if hand.name.is_empty() { "no name" } else { &hand.name },
        ));
    }
    if hidden > 0 {
        out.item(&format!("{} of events marked sensitive, not shown", count(hidden, "figure", "figures")));
    }
}

/// What was published before.
pub(super) fn releases(out: &mut Markdown, project: &Project) {
    if project.about.releases.is_empty() {
        return;
    }
    out.section("Releases");
    for release in &project.about.releases {
        let totals: Vec<String> = release
            .totals
            .iter()
            .map(|total| format!("{} {} by {}", total.measure, released(total), total.method))
            .collect();
        let words = if release.words.is_empty() { String::new() } else { format!("; words {}", release.words) };
        let hash = if release.hash.is_empty() { String::new() } else { format!("; `{}`", release.hash) };
        out.item(&format!("{}, {}: {}{words}{hash}", plain(&release.name), day(release.day), totals.join(", ")));
    }
}
