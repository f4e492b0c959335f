//! From a question to a chart.

use super::fill::{self, Filled};
use super::groups::{Chosen, Groups, Names, Weight};
use super::look::{self, Look};
use super::plan::Plan;
use super::{Arrangement, Basis, Beside, Chart, Compared, Panel, Point, Question, Role, Series, Split, Strip, honest};
use crate::derive::calendar::Bin;
use crate::derive::columnar::{Columnar, Figures};
use crate::derive::facet::Facet;
use crate::derive::totals::time::{Axis, FIRST, NOT_PLACED, UNDATED};
use crate::derive::totals::{Account, Adder, Known, Summaries, Sums, general};
use crate::model::{Class, EventId, Measure};

/// One side of the comparison while it is worked out.
pub(super) struct Asked<'a> {
    label: String,
    measure: &'a Measure,
    filter: Option<&'a [bool]>,
}

/// The sides of the comparison, or the one that there is.
pub(super) fn asked<'a>(basis: &Basis<'a>, question: &'a Question) -> Vec<Asked<'a>> {
    let all = |line: &str| if line.trim().is_empty() { "all events".to_owned() } else { line.trim().to_owned() };
    let one = |label, measure, filter| Asked { label, measure, filter };
    let first = &question.measure;
    match &question.beside {
        Beside::Nothing => vec![one(String::new(), first, basis.filter)],
        Beside::Measure(second) => {
            vec![one(first.title(), first, basis.filter), one(second.title(), second, basis.filter)]
        }
        Beside::Filter(line) => {
            vec![one(all(&question.filter), first, basis.filter), one(all(line), first, basis.other)]
        }
    }
}

/// Sums of one row with what its summaries add.
struct Row {
    /// By bucket; an event that is spread counts once.
    cells: Vec<Adder>,
    /// The events that are spread, in their further bins.
    further: Vec<Adder>,
    summaries: Adder,
}

impl Row {
    fn none(buckets: usize) -> Self {
        Self { cells: vec![Adder::default(); buckets], further: Vec::new(), summaries: Adder::default() }
    }

    fn rows(filled: Filled, buckets: usize) -> Vec<Self> {
        let mut further = filled.further.chunks(buckets.max(1));
        let cells = filled.cells.chunks(buckets.max(1));
        cells
            .map(|cells| Self {
                cells: cells.to_vec(),
                further: further.next().map(<[Adder]>::to_vec).unwrap_or_default(),
                summaries: Adder::default(),
            })
            .collect()
    }

    fn join(&mut self, other: &Self) {
        self.cells.iter_mut().zip(&other.cells).for_each(|(one, other)| one.join(other));
        if self.further.is_empty() {
            self.further.clone_from(&other.further);
        } else {
            self.further.iter_mut().zip(&other.further).for_each(|(one, other)| one.join(other));
        }
        self.summaries.join(&other.summaries);
    }

    fn total(&self) -> Sums {
        let mut total = self.summaries;
        self.cells.iter().for_each(|cell| total.join(cell));
        total.sums()
    }

    fn strip(&self, strip: Strip) -> Point {
        match strip {
            Strip::NotPlaced => self.cells[NOT_PLACED].sums(),
            Strip::Undated => self.cells[UNDATED].sums(),
            Strip::Summaries => self.summaries.sums(),
        }
    }

    fn points(&self, buckets: &[usize], cumulative: bool) -> Vec<Point> {
        let mut sum = Adder::default();
        let point = |bucket: &usize| {
            let cell = &self.cells[*bucket];
            if cumulative {
                sum.join(cell);
                return sum.sums();
            }
            match self.further.get(*bucket).filter(|further| !further.is_empty()) {
                None => cell.sums(),
                Some(further) => {
                    let mut both = *cell;
                    both.join(further);
                    both.sums()
                }
            }
        };
        buckets.iter().map(point).collect()
    }
}

/// The rows of one side: its groups, and the whole.
struct Rows {
    groups: Vec<Row>,
    whole: Row,
}

/// Adds up what a question is about, by a plan.
pub(super) struct Adding<'a> {
    pub basis: &'a Basis<'a>,
    pub question: &'a Question,
    pub plan: &'a Plan,
    /// Only these, besides the filter.
    pub also: Option<&'a [bool]>,
}

impl<'a> Adding<'a> {
    fn table(&self) -> &'a Columnar {
        self.basis.derived.columnar()
    }

    fn missing_best_is_low(&self) -> bool {
        self.question.missing_best_is_low || self.basis.project.methodology.missing_best_is_low
    }

    fn figures(&self, measure: &Measure, class: &Class) -> Option<&'a Figures> {
        self.table().class_figures(measure, class, self.basis.derived)
    }

    fn fill(&self, at: usize, asked: &Asked<'_>, class: &Class, groups: &Groups, rows: usize) -> Vec<Row> {
        let pass = fill::Pass {
            table: self.table(),
            plan: self.plan,
            filter: asked.filter,
            also: self.also,
            figures: self.figures(asked.measure, class),
            rows,
            summaries: self.plan.summaries.get(at).map_or(&[], Vec::as_slice),
            missing_best_is_low: self.missing_best_is_low(),
        };
        let mut rows = Row::rows(pass.fill(groups), self.plan.axis.buckets());
        self.summaries(at, asked, class, groups, &mut rows);
        rows
    }

    /// Adds what summaries add to the rows of their groups.
    fn summaries(&self, at: usize, asked: &Asked<'_>, class: &Class, groups: &Groups, rows: &mut [Row]) {
        let slots = self.plan.summaries.get(at).map_or(&[][..], Vec::as_slice);
        let slots = slots.iter().filter(|slot| look::passes(self.also, **slot as usize));
        let (project, derived) = (self.basis.project, self.basis.derived);
        let code = derived.code(asked.measure, class);
        let mut summaries = Summaries::new(project, derived, code, self.missing_best_is_low());
        for slot in slots {
            let Some(event) = project.events.get(self.table().id(*slot)) else { continue };
            let addend = summaries.addend(event);
            for group in groups.of(self.table(), *slot as usize) {
                if let Some(row) = rows.get_mut(group as usize) {
                    row.summaries.add(addend);
                }
            }
        }
    }

    fn rows(&self, at: usize, asked: &Asked<'_>) -> Rows {
        let (question, plan) = (self.question, self.plan);
        let whole = || {
            let mut rows = self.fill(at, asked, &question.class, &Groups::One, 1);
            rows.pop().unwrap_or_else(|| Row::none(plan.axis.buckets()))
        };
        match question.split {
            Split::None => Rows { groups: Vec::new(), whole: whole() },
            Split::Of(Facet::Class) => {
                let classes = plan.rows.iter().filter_map(|(key, _)| Class::from_key(key));
                let row = |class: Class| self.fill(at, asked, &class, &Groups::One, 1).pop();
                Rows { groups: classes.filter_map(row).collect(), whole: whole() }
            }
            split => {
                let groups = self.fill(at, asked, &question.class, &plan.groups, plan.rows.len());
                let whole = if split.overlaps() {
                    whole()
                } else {
                    let mut whole = Row::none(plan.axis.buckets());
                    groups.iter().for_each(|row| whole.join(row));
                    whole
                };
                Rows { groups, whole }
            }
        }
    }

    /// The series of all that is compared, on their panels, and the whole of each.
    pub fn panels(&self, asked: &[Asked<'_>], arrangement: Arrangement, strips: Option<&[Strip]>) -> Added {
        let rows: Vec<Rows> = asked.iter().enumerate().map(|(at, asked)| self.rows(at, asked)).collect();
        let mut others = Vec::new();
        let buckets = self.shown(&rows);
        let strips = strips.map_or_else(|| used_strips(&rows), <[Strip]>::to_vec);
        let series = |compared: usize, row: &Row, role: Role, key: &str, label: &str| Series {
            key: key.to_owned(),
            label: label.to_owned(),
            role,
            compared,
            points: row.points(&buckets, self.question.cumulative),
            apart: strips.iter().map(|strip| row.strip(*strip)).collect(),
            total: row.total(),
        };
        let whole = |at: usize| series(at, &rows[at].whole, Role::Whole, "", &asked[at].label);
        let role = |row: usize| match self.plan.rows.get(row) {
            Some((key, label)) if key == "other" && label.starts_with("other (") => Role::Other,
            _ => Role::Group(row),
        };
        let group = |at: usize, row: usize| {
            let (key, label) = self.plan.rows.get(row).map_or(("", ""), |(key, label)| (key, label));
            rows[at].groups.get(row).map(|sums| series(at, sums, role(row), key, label))
        };
        let sides = 0..asked.len();
        // Where no group has anything to say, the whole is shown.
        let panels = if self.plan.rows.is_empty() {
            let all: Vec<Series> = sides.clone().map(whole).collect();
            vec![Panel { label: String::new(), whole: all.clone(), series: all }]
        } else if arrangement == Arrangement::Multiples {
            let panel = |row: usize| {
                let series: Vec<Series> = sides.clone().filter_map(|at| group(at, row)).collect();
                let label = self.plan.rows.get(row).map_or_else(String::new, |(_, label)| label.clone());
                let named = |series: &Series| Series { label: asked[series.compared].label.clone(), ..series.clone() };
                let series = if asked.len() > 1 { series.iter().map(named).collect() } else { series };
                Panel { label, whole: series.clone(), series }
            };
            (0..self.plan.rows.len()).map(panel).collect()
        } else {
            let panel = |at: usize| Panel {
                label: asked[at].label.clone(),
                whole: vec![whole(at)],
                series: (0..self.plan.rows.len()).filter_map(|row| group(at, row)).collect(),
            };
            sides.clone().map(panel).collect()
        };
        others.extend(sides.map(whole));
        Added { panels, wholes: others, buckets, strips }
    }

    /// The buckets of the bins that are shown: all, unless these would be too many.
    fn shown(&self, rows: &[Rows]) -> Vec<usize> {
        if !self.plan.buckets.is_empty() {
            return self.plan.buckets.clone();
        }
        let all = FIRST..self.plan.axis.buckets();
        if self.plan.axis.is_too_long() {
            return all.filter(|at| rows.iter().any(|rows| !rows.whole.is_empty(*at))).collect();
        }
        all.collect()
    }
}

impl Row {
    fn is_empty(&self, bucket: usize) -> bool {
        self.cells[bucket].is_empty() && self.further.get(bucket).is_none_or(Adder::is_empty)
    }
}

/// What was added up.
pub(super) struct Added {
    pub panels: Vec<Panel>,
    /// All of each that is compared.
    wholes: Vec<Series>,
    buckets: Vec<usize>,
    strips: Vec<Strip>,
}

/// The strips that say something.
fn used_strips(rows: &[Rows]) -> Vec<Strip> {
    let says = |strip: &Strip| {
        rows.iter().any(|rows| {
            let sums = rows.whole.strip(*strip);
            match strip {
                // A summary that exceeds nothing is told by the account.
                Strip::Summaries => sums.reach() > 0 || sums.unknown > 0,
                _ => sums.events > 0,
            }
        })
    };
    Strip::ALL.into_iter().filter(says).collect()
}

/// What one side of the comparison was seen to be.
struct Seen {
    look: Look,
    summaries: Vec<u32>,
}

fn look(basis: &Basis<'_>, asked: &Asked<'_>, class: &Class, names: &Names, split: Split) -> Seen {
    let table = basis.derived.columnar();
    let weighs = !matches!(split, Split::None | Split::Of(Facet::Class));
    let pass = look::Pass {
        table,
        filter: asked.filter,
        figures: table.class_figures(asked.measure, class, basis.derived),
        names: if weighs { names.names.len() } else { 0 },
    };
    let mut look = pass.look(&names.groups);
    let known = Summaries::new(basis.project, basis.derived, None, false);
    let (mut summaries, plain): (Vec<u32>, Vec<u32>) =
        look.covering.iter().partition(|slot| known.summary(table.id(**slot)).is_some());
    summaries.sort_unstable();
    look.plain += plain.len();
    for slot in plain {
        look.used[table.dates().codes()[slot as usize] as usize] = true;
    }
    Seen { look, summaries }
}

/// The classes of a measure that have a row, with their names for people.
fn classes(basis: &Basis<'_>, measure: &Measure, most: usize) -> Chosen {
    let table = basis.derived.columnar();
    let mut classes: Vec<&Class> = table.classes_of(measure).collect();
    classes.sort();
    let spoken = |class: &&Class| {
        basis.derived.code(measure, class).is_some()
            && table.class_figures(measure, class, basis.derived).is_some_and(Figures::is_spoken_of)
    };
    let rows: Vec<(String, String)> =
        classes.into_iter().filter(spoken).map(|class| (class.to_string(), class.to_string())).collect();
    let others = rows.len().saturating_sub(most);
    Chosen { rows: rows.into_iter().take(most).collect(), others, groups: Groups::One }
}

/// The answer to a question.
pub(super) fn chart(basis: &Basis<'_>, question: &Question) -> Chart {
    let table = basis.derived.columnar();
    let names = Names::of(basis, question);
    let overlap = question.split.overlaps();
    let arrangement = match question.arrangement {
        Arrangement::Stacked if overlap || (question.logarithmic && question.split != Split::None) => {
            Arrangement::Grouped
        }
        asked => asked,
    };
    let asked = asked(basis, question);
    let seen: Vec<Seen> =
        asked.iter().map(|asked| look(basis, asked, &question.class, &names, question.split)).collect();
    let mut is_used = vec![false; table.dates().intervals().len()];
    for seen in &seen {
        is_used.iter_mut().zip(&seen.look.used).for_each(|(one, other)| *one |= other);
    }
    let mut plan = Plan::of(table, &is_used, |used| {
        Axis::of(used, question.size, question.placing, basis.project.about.almanac.weeks)
    });
    let weights: &[Weight] = seen.first().map_or(&[], |seen| &seen.look.weights);
    let chosen = match question.split {
        Split::None => Chosen { rows: Vec::new(), others: 0, groups: Groups::One },
        Split::Of(Facet::Class) => classes(basis, &question.measure, arrangement.most_groups()),
        _ => names.choose(weights, arrangement.most_groups()),
    };
    (plan.rows, plan.groups) = (chosen.rows, chosen.groups);
    plan.summaries = seen.iter().map(|seen| seen.summaries.clone()).collect();
    let added = Adding { basis, question, plan: &plan, also: None }.panels(&asked, arrangement, None);
    plan.buckets = added.buckets;
    let bins: Vec<Bin> = plan.axis.bins().collect();
    let bins: Vec<Bin> = plan.buckets.iter().filter_map(|at| bins.get(at - FIRST)).copied().collect();
    let about = &basis.project.about;
    let unsearched = honest::unsearched(&bins, &about.coverage, basis.today);
    let compared: Vec<Compared> = asked
        .iter()
        .zip(&seen)
        .zip(&added.wholes)
        .map(|((asked, seen), whole)| Compared {
            label: asked.label.clone(),
            measure: asked.measure.clone(),
            account: account(seen, whole, &added.strips),
            total: whole.total,
        })
        .collect();
    let (changes, since) = honest::changes(basis.project, &question.measure);
    let mut milestones = about.milestones.clone();
    milestones.sort_by_key(|line| line.when);
    let mut chart = Chart {
        question: question.clone(),
        arrangement,
        unit: plan.axis.unit,
        columns: honest::columns(&bins, &unsearched),
        strips: added.strips,
        peak: added.wholes.first().and_then(|whole| peak(&whole.points)),
        panels: added.panels,
        compared,
        others: chosen.others,
        overlap,
        unsearched,
        milestones,
        changes,
        almanac: about.almanac,
        stated: Vec::new(),
        plan: std::sync::Arc::new(plan),
    };
    chart.stated = stated(&chart, basis, since);
    chart
}

fn account(seen: &Seen, whole: &Series, strips: &[Strip]) -> Account {
    let apart = |strip| strips.iter().position(|known| *known == strip).map_or(0, |at| whole.apart[at].events);
    let (not_placed, undated) = (apart(Strip::NotPlaced), apart(Strip::Undated));
    Account {
        placed: seen.look.plain.saturating_sub(not_placed + undated),
        not_placed,
        undated,
        in_summaries: seen.summaries.len(),
        excluded: seen.look.excluded,
        drafts: seen.look.drafts,
        disputed: seen.look.disputed,
    }
}

/// The point with the largest best; the largest reach where none has one. `None` where all are zero.
fn peak(points: &[Point]) -> Option<usize> {
    let height = |point: &Point| match point.known() {
        Known::Number => (point.best.unwrap_or(0), point.reach()),
        Known::Nothing | Known::Unknown => (0, 0),
    };
    // Of equals the first.
    let (at, point) = points.iter().enumerate().max_by_key(|(at, point)| (height(point), std::cmp::Reverse(*at)))?;
    (height(point) > (0, 0)).then_some(at)
}

/// What must be said beside the chart, in sentences.
fn stated(chart: &Chart, basis: &Basis<'_>, since: Option<String>) -> Vec<String> {
    let question = &chart.question;
    let Some(first) = chart.compared.first() else { return Vec::new() };
    let low = question.missing_best_is_low || basis.project.methodology.missing_best_is_low;
    let mut stated = general(&first.total, &first.account, low);
    if let Split::Of(facet) = question.split {
        stated.extend(facet.stated().map(str::to_owned));
    }
    if chart.arrangement != question.arrangement {
        let why = if chart.overlap {
            "Groups that overlap are drawn beside each other: stacked, they would count people twice."
        } else {
            "Logarithmic heights do not add up: groups are drawn beside each other."
        };
        stated.push(why.to_owned());
    }
    if question.split == Split::Of(Facet::Class) && chart.others > 0 {
        stated.push(format!("{} more are not drawn.", super::super::wording::count(chart.others, "class", "classes")));
    }
    if question.split != Split::Of(Facet::Class) && chart.others > 0 {
        let alone = chart.plan.rows.len().saturating_sub(1);
        let all = super::super::wording::count(alone + chart.others, "group", "groups");
        stated.push(format!("{alone} of {all} stand alone, the largest; “other” holds the rest."));
    }
    if matches!(question.beside, Beside::Filter(_)) {
        stated.push("Each filter is counted on its own: an event that matches both is in both.".to_owned());
    }
    stated.extend(chart.plan.axis.stated(&first.account));
    stated.extend(since);
    stated
}

/// The events of slots, by their size in a measure, the largest first, at most so many.
pub(super) fn biggest(basis: &Basis<'_>, measure: &Measure, class: &Class, slots: &[u32], most: usize) -> Vec<EventId> {
    let table = basis.derived.columnar();
    let Some(figures) = table.class_figures(measure, class, basis.derived) else { return Vec::new() };
    let size = |slot: &u32| {
        let kept = figures.kept(*slot as usize);
        (if kept.has_best() { kept.best } else { kept.low }, kept.high)
    };
    let mut found: Vec<u32> = slots.iter().copied().filter(|slot| figures.is_claimed(*slot as usize)).collect();
    let most = most.min(found.len());
    if most < found.len() && most > 0 {
        found.select_nth_unstable_by(most - 1, |a, b| size(b).cmp(&size(a)).then(a.cmp(b)));
        found.truncate(most);
    }
    found.sort_by(|a, b| size(b).cmp(&size(a)).then(a.cmp(b)));
    found.truncate(most);
    found.into_iter().map(|slot| table.id(slot)).collect()
}
