//! From the records of the model to those of the file. What is at its default becomes empty, and is then left out.

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{self, Class, Reading, Status, Text};

use super::bare::{Best, Degrees, High};
use super::{
    About, Article, ByHand, Claim, Codebook, Coverage, Dataset, Event, LogEntry, Mapping, Methodology, Milestone,
    NotFigure, Note, Origin,
};
use super::{
    OwnColumn, Quote, Release, ReleasedTotal, Scope, SourceFile, Str, Subject, Term, View, datasets, methodology, views,
};

/// Everything before the lists of records.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Head<'a> {
    pub format: u64,
    pub project: About<'a>,
    pub methodology: Methodology<'a>,
    #[serde(skip_serializing_if = "super::bare::none")]
    pub views: Vec<View<'a>>,
    #[serde(skip_serializing_if = "super::bare::none")]
    pub datasets: Vec<Dataset<'a>>,
    #[serde(skip_serializing_if = "super::bare::none")]
    pub mappings: Vec<Mapping<'a>>,
}

impl<'a> Head<'a> {
    /// The head of a project.
    #[must_use]
    pub fn of(project: &'a model::Project) -> Self {
        Self {
            format: 1,
            project: about(&project.about),
            methodology: methodology::write(&project.methodology),
            views: project.views.iter().map(views::write).collect(),
            datasets: project.datasets.iter().map(datasets::write).collect(),
            mappings: project.mappings.iter().map(datasets::write_mapping).collect(),
        }
    }
}

pub(super) fn str(text: &Text) -> Str<'_> {
    Str::Borrowed(text)
}
pub(super) fn strs(list: &[Text]) -> Vec<Str<'_>> {
    list.iter().map(str).collect()
}
pub(super) fn shown<'a>(value: Option<impl ToString>) -> Str<'a> {
    value.map_or(Str::Borrowed(""), |value| value.to_string().into())
}
/// A day as it is read back, also one before year 0.
fn day<'a>(day: Date) -> Str<'a> {
    model::Moment::new(day).to_string().into()
}
fn class<'a>(class: &Class) -> Str<'a> {
    if *class == Class::TOTAL { Str::Borrowed("") } else { class.to_string().into() }
}
/// The word of a value, or nothing where it is the default.
fn key<'a, T: Default + PartialEq>(value: &T, key: &'static str) -> Str<'a> {
    if *value == T::default() { Str::Borrowed("") } else { Str::Borrowed(key) }
}

fn about(model: &model::About) -> About<'_> {
    About {
        title: str(&model.title),
        description: str(&model.description),
        licence: str(&model.licence),
        months: key(&model.almanac.months, model.almanac.months.key()),
        weeks_from: key(&model.almanac.weeks, model.almanac.weeks.key()),
        codebook: (model.codebook != model::Codebook::default()).then(|| codebook(&model.codebook)),
        milestones: model
            .milestones
            .iter()
            .map(|line| Milestone { when: day(line.when), label: str(&line.label) })
            .collect(),
        coverage: model
            .coverage
            .iter()
            .map(|days| Coverage {
                from: day(days.from),
                to: days.to.map_or(Str::Borrowed("open"), day),
                what: str(&days.what),
            })
            .collect(),
        releases: model.releases.iter().map(release).collect(),
    }
}

fn codebook(model: &model::Codebook) -> Codebook<'_> {
    let terms = |list: &'_ [model::Term]| -> Vec<Term<'static>> {
        list.iter().map(|t| Term { name: t.name.to_string().into(), meaning: t.meaning.to_string().into() }).collect()
    };
    Codebook {
        version: model.version,
        kinds: terms(&model.kinds),
        measures: terms(&model.measures),
        groups: model.groups.iter().map(|group| group.to_string().into()).collect(),
        columns: model.columns.iter().map(|column| own_column(column, terms(column.kind.words()))).collect(),
        retired: model.retired.iter().map(|id| Str::Borrowed(id.as_str())).collect(),
    }
}

fn own_column<'a>(model: &'a model::OwnColumn, words: Vec<Term<'a>>) -> OwnColumn<'a> {
    OwnColumn {
        id: Str::Borrowed(model.id.as_str()),
        title: str(&model.title),
        meaning: str(&model.meaning),
        kind: key(&model.kind, model.kind.key()),
        words,
    }
}

fn release(model: &model::Release) -> Release<'_> {
    let total = |total: &model::project::ReleasedTotal| ReleasedTotal {
        measure: total.measure.key().to_owned().into(),
        method: total.method.to_string().into(),
        low: total.low,
        best: Best(total.best),
        high: High(total.high),
        events: total.events,
    };
    Release {
        name: str(&model.name),
        day: day(model.day),
        totals: model.totals.iter().map(total).collect(),
        words: str(&model.words),
        hash: str(&model.hash),
    }
}

pub(in crate::file) fn article(model: &model::Article) -> Article<'_> {
    Article {
        id: Str::Borrowed(model.id.as_str()),
        headline: str(&model.headline),
        publisher: str(&model.publisher),
        agency: str(&model.agency),
        byline: str(&model.byline),
        url: str(&model.url),
        archived_url: str(&model.archived_url),
        language: str(&model.language),
        published: shown(model.published),
        retrieved: shown(model.retrieved),
        file: model.file.as_ref().map(|file| SourceFile {
            name: str(&file.name),
            sha256: str(&file.sha256),
            remarks: str(&file.remarks),
        }),
        corrects: shown(model.corrects),
        reliability: model.reliability.map_or("", model::Reliability::key).into(),
        reading: key(&model.reading, model.reading.key()),
        reason: match &model.reading {
            Reading::Excluded(reason) => Some(str(reason)),
            _ => None,
        },
        sensitive: model.sensitive,
        tags: strs(&model.tags),
        guesses: model.guesses.iter().map(|field| Str::Borrowed(field.key())).collect(),
        unlike: model.unlike.iter().map(|id| Str::Borrowed(id.as_str())).collect(),
        not_figures: model.not_figures.iter().map(not_figure).collect(),
        text: str(&model.text),
    }
}

fn not_figure(model: &model::article::NotFigure) -> NotFigure<'_> {
    NotFigure { at: (model.start, model.end), exact: str(&model.exact) }
}

pub(in crate::file) fn claim(model: &model::Claim) -> Claim<'_> {
    Claim {
        id: Str::Borrowed(model.id.as_str()),
        event: Str::Borrowed(model.event.as_str()),
        measure: model.measure.key().into(),
        class: class(&model.class),
        quantity: model.quantity.to_string().into(),
        words: str(&model.words),
        speaker: str(&model.speaker),
        via: str(&model.via),
        party: model.party.map_or("", model::Party::key).into(),
        group: str(&model.group),
        reported: model.reported.map_or(Str::Borrowed(""), day),
        stance: key(&model.stance, model.stance.key()),
        scope: scope(model.scope),
        attackers: model.attackers,
        counts_names: model.counts_names,
        grade: model.grade.map(|grade| grade.number().into()),
        aside: model.aside.as_ref().map(str),
        coder: str(&model.coder),
        comment: str(&model.comment),
        origin: model.origin.as_ref().map(|origin| match origin {
            model::Origin::Dataset(name) => Origin::Dataset(str(name)),
            model::Origin::Interview(name) => Origin::Interview(str(name)),
            model::Origin::Document(name) => Origin::Document(str(name)),
        }),
        quotes: model.quotes.iter().map(quote).collect(),
    }
}

fn scope<'a>(model: model::Scope) -> Option<Scope<'a>> {
    match model {
        model::Scope::Total => None,
        model::Scope::AdditionalTo(base) => Some(Scope::AdditionalTo(base.to_string().into())),
        model::Scope::PartOf(Some(whole)) => Some(Scope::PartOf(whole.to_string().into())),
        model::Scope::PartOf(None) => Some(Scope::Part),
        model::Scope::CumulativeSince(Some(since)) => Some(Scope::CumulativeSince(day(since))),
        model::Scope::CumulativeSince(None) => Some(Scope::Cumulative),
    }
}

fn quote(model: &model::Quote) -> Quote<'_> {
    Quote {
        article: Str::Borrowed(model.article.as_str()),
        at: (model.start, model.end),
        before: str(&model.before),
        exact: str(&model.exact),
        after: str(&model.after),
    }
}

pub(in crate::file) fn note(model: &model::Note) -> Note<'_> {
    let subject = |subject: &model::Subject| match subject {
        model::Subject::Article(id) => Subject::Article(id.to_string().into()),
        model::Subject::Event(id) => Subject::Event(id.to_string().into()),
        model::Subject::Claim(id) => Subject::Claim(id.to_string().into()),
    };
    Note {
        id: Str::Borrowed(model.id.as_str()),
        title: str(&model.title),
        kind: key(&model.kind, model.kind.key()),
        state: key(&model.state, model.state.key()),
        about: model.about.iter().map(subject).collect(),
        tags: strs(&model.tags),
        sensitive: model.sensitive,
        created: shown(model.created),
        edited: shown(model.edited),
        author: str(&model.author),
        body: str(&model.body),
    }
}

/// An event: where it has a row that can be read (`stated` is what it says), only what differs from it.
pub(in crate::file) fn event<'a>(model: &'a model::Event, stated: Option<&model::Event>) -> Event<'a> {
    let location = &model.location;
    let text =
        |now: &'a Text, stated: Option<&Text>| stated.map_or(!now.is_empty(), |said| now != said).then(|| str(now));
    let list = |now: &'a [Text], stated: Option<&[Text]>| {
        stated.map_or(!now.is_empty(), |said| now != said).then(|| strs(now))
    };
    let said = |field: fn(&model::Event) -> &Text| stated.map(field);
    let when_differs = stated.map_or(model.when.is_some(), |said| said.when != model.when);
    let point_differs = stated.map_or(location.point.is_some(), |said| said.location.point != location.point);
    let degrees = |part: fn(model::Point) -> f64| point_differs.then(|| Degrees(location.point.map(part)));
    let precision_differs =
        stated.map_or(location.precision.is_some(), |said| said.location.precision != location.precision);
    let usual = stated.map_or(&Status::Draft, |said| &said.status);
    Event {
        id: Str::Borrowed(model.id.as_str()),
        title: text(&model.title, said(|e| &e.title)),
        when: when_differs.then(|| shown(model.when)),
        place: text(&location.name, said(|e| &e.location.name)),
        adm1: text(&location.adm1, said(|e| &e.location.adm1)),
        country: text(&location.country, said(|e| &e.location.country)),
        latitude: degrees(model::Point::latitude),
        longitude: degrees(model::Point::longitude),
        precision: precision_differs.then(|| location.precision.map_or("", model::Precision::key).into()),
        kind: text(&model.kind, said(|e| &e.kind)),
        side_a: text(&model.side_a, said(|e| &e.side_a)),
        side_b: text(&model.side_b, said(|e| &e.side_b)),
        status: (model.status != *usual).then(|| model.status.key().into()),
        reason: match &model.status {
            Status::Excluded(reason) => Some(str(reason)),
            _ => None,
        },
        covers: model.covers.iter().map(|id| Str::Borrowed(id.as_str())).collect(),
        tags: list(&model.tags, stated.map(|said| &*said.tags)),
        sensitive: model.sensitive,
        source_ids: list(&model.source_ids, stated.map(|said| &*said.source_ids)),
        by_hand: model.by_hand.iter().map(by_hand).collect(),
        own: stated
            .map_or(!model.own.is_empty(), |said| said.own != model.own)
            .then(|| model.own.iter().map(|(id, text)| (id.to_string().into(), str(text))).collect()),
        row: model.source.as_ref().map(|row| (row.dataset.to_string().into(), Str::Borrowed(row.row()))),
    }
}

/// An event with all its fields, and empty ones where its row (`stated` is what it says) has something that a person took
/// away.
pub(in crate::file) fn whole_event<'a>(model: &'a model::Event, stated: Option<&model::Event>) -> Event<'a> {
    let (whole, differing) = (event(model, None), event(model, stated));
    Event {
        title: whole.title.or(differing.title),
        when: whole.when.or(differing.when),
        place: whole.place.or(differing.place),
        adm1: whole.adm1.or(differing.adm1),
        country: whole.country.or(differing.country),
        latitude: whole.latitude.or(differing.latitude),
        longitude: whole.longitude.or(differing.longitude),
        precision: whole.precision.or(differing.precision),
        kind: whole.kind.or(differing.kind),
        side_a: whole.side_a.or(differing.side_a),
        side_b: whole.side_b.or(differing.side_b),
        status: whole.status.or(differing.status),
        tags: whole.tags.or(differing.tags),
        source_ids: whole.source_ids.or(differing.source_ids),
        own: whole.own.or(differing.own),
        ..whole
    }
}

fn by_hand(model: &model::ByHand) -> ByHand<'_> {
    ByHand {
        measure: model.measure.key().into(),
        class: class(&model.class),
        low: model.low,
        best: Best(model.best),
        high: High(model.high),
        reason: str(&model.reason),
        name: str(&model.name),
        claims_gave: model.claims_gave.as_ref().map(|gave| gave.to_string().into()).unwrap_or_default(),
    }
}

pub(in crate::file) fn log_entry(model: &model::LogEntry) -> LogEntry<'_> {
    LogEntry { when: model.when.to_string().into(), what: str(&model.what) }
}
