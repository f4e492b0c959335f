//! Totals of what goes out: every measure of which anybody spoke, and those of deaths over time, with their accounts.

use std::fmt::Write as _;

use crate::derive::calendar::BinSize;
use crate::derive::series::{Basis, Chart, Question, both, near_days_searched};
use crate::derive::totals::{Among, By, Query, Sums, Totals, totals};
use crate::derive::wording::{best_cell, count, grouped};
use crate::exchange::chart::{self, Output, Size};
use crate::exchange::picture;
use crate::model::{Measure, Project};

use super::super::{Line, Source};
use super::escaped;

/// Measures that have a chart, at most.
const CHARTS: usize = 3;
/// As large as a page, and as high as its words make it: a height of its own would be taken from the bars.
const SIZE: Size = Size::Page;

/// The part of the page about totals.
pub(super) fn section(source: &Source<'_>, project: &Project, lines: &[Line<'_>]) -> String {
    let mut among = vec![false; source.derived.columnar().slots()];
    lines.iter().for_each(|line| among[line.slot as usize] = true);
    let ask = |measure: Measure, by: By| {
        let query = Query { among: Among::Slots(&among), ..Query::new(measure, by) };
        totals(source.project, source.derived, &query)
    };
    let all: Vec<(Measure, Totals)> = project
        .measures()
        .map(|measure| (measure.clone(), ask(measure, By::None)))
        .filter(|(_, t)| spoken(&t.total))
        .collect();
    let mut page =
        String::from("<section id=\"totals\" aria-labelledby=\"h-totals\">\n<h2 id=\"h-totals\">Totals</h2>\n");
    if all.is_empty() {
        page.push_str("<p>Nobody spoke of a number.</p>\n</section>\n");
        return page;
    }
    page.push_str("<div class=\"wide\"><table>\n<caption>Sums of lows, bests and highs: bounds of what was reported, not a confidence interval</caption>\n");
    head(&mut page, "Measure", true);
    for (measure, totals) in &all {
        let rule = project.methodology.method_for(measure).key();
        row(&mut page, &measure.title(), &totals.total, Some(rule));
    }
    page.push_str("</tbody></table></div>\n");
    // The account is the same for every measure; what must be said may differ.
    if let Some((_, first)) = all.first() {
        account(&mut page, first);
    }
    let mut said: Vec<&str> = Vec::new();
    for (measure, totals) in &all {
        for sentence in totals.stated.iter().skip(1).filter(|sentence| !said.contains(&&***sentence)) {
            let _ = writeln!(page, "<p class=\"small\">{}: {}</p>", measure.title(), escaped(sentence));
        }
        said.extend(totals.stated.iter().map(|sentence| &**sentence));
    }
    // As the window draws them: an event of another year would press the days that were searched into one bar.
    let near = near_days_searched(project, source.derived);
    let shown = both(Some(among.clone()), near.as_ref());
    let basis = Basis { project, derived: source.derived, filter: shown.as_deref(), other: None, today: source.today };
    for (measure, _) in all.iter().take(CHARTS) {
        let question = Question { measure: measure.clone(), searched_only: near.is_some(), ..Question::default() };
        chart(&mut page, &question, &basis, source.hash);
    }
    for (measure, _) in all.iter().take(1) {
        over_time(&mut page, measure, &ask(measure.clone(), By::Time(BinSize::Auto)));
    }
    page.push_str("</section>\n");
    page
}

/// A measure over time as a picture, with its numbers in words for whoever does not see it.
fn chart(page: &mut String, question: &Question, basis: &Basis<'_>, hash: &str) {
    let made = Chart::of(basis, question);
    let imprint = chart::imprint(basis, &made, "", hash.to_owned());
    let written = chart::export(basis, &made, &imprint, SIZE, Output::Picture(picture::Kind::Svg));
    let svg = written.ok().and_then(|written| String::from_utf8(written.bytes).ok());
    // What stands before the picture is for files of their own.
    if let Some(svg) = svg.as_deref().and_then(|svg| svg.get(svg.find("<svg")?..)) {
        let _ = writeln!(page, "<figure>\n{svg}</figure>");
    }
}

fn spoken(sums: &Sums) -> bool {
    sums.events > sums.no_claim
}

fn head(page: &mut String, first: &str, rule: bool) {
    let rule = if rule { "<th scope=\"col\">Rule</th>" } else { "" };
    let numbers = ["Low", "Best", "High", "Events", "No number", "No claim"];
    let numbers: String = numbers.iter().map(|name| format!("<th scope=\"col\" class=\"n\">{name}</th>")).collect();
    let _ = writeln!(page, "<thead><tr><th scope=\"col\">{first}</th>{numbers}{rule}</tr></thead>\n<tbody>");
}

fn row(page: &mut String, name: &str, sums: &Sums, rule: Option<&str>) {
    let whole = |n: usize| grouped(u64::try_from(n).unwrap_or(u64::MAX));
    let high = sums.high.map_or_else(|| format!("{}+", grouped(sums.high_at_least)), grouped);
    let _ = write!(
        page,
        "<tr><th scope=\"row\" dir=\"auto\">{}</th><td class=\"n\">{}</td><td class=\"n best\">{}</td><td class=\"n\">{high}</td>\
         <td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>",
        escaped(name),
        grouped(sums.low),
        best_cell(sums.best),
        whole(sums.events),
        whole(sums.unknown),
        whole(sums.no_claim)
    );
    if let Some(rule) = rule {
        let _ = write!(page, "<td>{}</td>", escaped(rule));
    }
    page.push_str("</tr>\n");
}

fn account(page: &mut String, totals: &Totals) {
    let a = &totals.account;
    let _ = writeln!(
        page,
        "<p>{}: {} placed, {} not placed, {} undated, {} in summaries, {} excluded. Counted among them: {}, {} disputed.</p>",
        count(a.all(), "event", "events"),
        a.placed,
        a.not_placed,
        a.undated,
        a.in_summaries,
        a.excluded,
        count(a.drafts, "draft", "drafts"),
        a.disputed
    );
}

/// A measure over time, and what stands in no bin.
fn over_time(page: &mut String, measure: &Measure, totals: &Totals) {
    let Some(unit) = totals.unit else { return };
    let _ = writeln!(page, "<h3>{} by {}</h3>\n<div class=\"wide\"><table>", measure.title(), unit.key());
    page.push_str("<caption>An event stands in a row only if its whole date fits</caption>\n");
    let mut name = unit.key().to_owned();
    name.get_mut(..1).map(str::make_ascii_uppercase).unwrap_or_default();
    head(page, &name, false);
    let filled = totals.groups.iter().filter(|group| group.sums.events > 0);
    for group in filled {
        let name = group.bin.map_or_else(|| group.label.clone(), |bin| bin.long());
        row(page, &name, &group.sums, None);
    }
    for apart in [&totals.not_placed, &totals.undated, &totals.in_summaries] {
        if apart.sums.events > 0 {
            row(page, &crate::derive::wording::sentence(&apart.label), &apart.sums, None);
        }
    }
    row(page, "All", &totals.total, None);
    page.push_str("</tbody></table></div>\n");
    account(page, totals);
}
