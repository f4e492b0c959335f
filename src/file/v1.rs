//! Format 1 as it stands on disk: these structs mirror the file field by field, with the names and defaults that
//! `FORMAT.md` gives. They are converted to and from the model and used nowhere else.
//!
//! A released format never changes: what a later Dateline needs differently becomes format 2.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

mod bare;
mod datasets;
mod explain;
mod from_model;
mod into_model;
mod methodology;
mod open;
mod own;
mod reader;
mod references;
mod row_claims;
mod views;

pub use bare::{Best, Degrees, High};
pub(super) use datasets::write_mapping as mapping;
pub use datasets::{Dataset, Mapping};
pub use from_model::Head;
pub(super) use from_model::{article, claim, event, log_entry, note, whole_event};
pub(super) use open::open;
#[cfg(test)]
pub(super) use open::{file_of, open_whole};
pub use row_claims::RowClaim;
pub(super) use row_claims::write as row_claim;

use bare::{blank, none, not, nought, zero};

/// A text, borrowed from the file or the model where that is possible.
pub type Str<'a> = Cow<'a, str>;

/// The whole file. It is read in parts; the type says what the parts are together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File<'a> {
    pub format: u64,
    #[serde(borrow)]
    pub project: About<'a>,
    #[serde(borrow, default)]
    pub methodology: Methodology<'a>,
    #[serde(borrow, default)]
    pub views: Vec<View<'a>>,
    #[serde(borrow, default)]
    pub datasets: Vec<Dataset<'a>>,
    #[serde(borrow, default)]
    pub mappings: Vec<Mapping<'a>>,
    #[serde(borrow, default)]
    pub articles: Vec<Article<'a>>,
    #[serde(borrow, default)]
    pub claims: Vec<Claim<'a>>,
    #[serde(borrow, default)]
    pub row_claims: Vec<RowClaim<'a>>,
    #[serde(borrow, default)]
    pub notes: Vec<Note<'a>>,
    #[serde(borrow, default)]
    pub events: Vec<Event<'a>>,
    #[serde(borrow, default)]
    pub log: Vec<LogEntry<'a>>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About<'a> {
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub title: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub description: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub licence: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub months: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub weeks_from: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub codebook: Option<Codebook<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub milestones: Vec<Milestone<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub coverage: Vec<Coverage<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub releases: Vec<Release<'a>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codebook<'a> {
    pub version: u32,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub kinds: Vec<Term<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub measures: Vec<Term<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub groups: Vec<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub columns: Vec<OwnColumn<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub retired: Vec<Str<'a>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnColumn<'a> {
    #[serde(borrow)]
    pub id: Str<'a>,
    #[serde(borrow)]
    pub title: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub meaning: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub kind: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub words: Vec<Term<'a>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term<'a> {
    #[serde(borrow)]
    pub name: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub meaning: Str<'a>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone<'a> {
    #[serde(borrow)]
    pub when: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub label: Str<'a>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage<'a> {
    #[serde(borrow)]
    pub from: Str<'a>,
    /// A day, or `open`.
    #[serde(borrow)]
    pub to: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub what: Str<'a>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release<'a> {
    #[serde(borrow)]
    pub name: Str<'a>,
    #[serde(borrow)]
    pub day: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub totals: Vec<ReleasedTotal<'a>>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub words: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub hash: Str<'a>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleasedTotal<'a> {
    #[serde(borrow)]
    pub measure: Str<'a>,
    #[serde(borrow)]
    pub method: Str<'a>,
    pub low: u64,
    pub best: Best,
    pub high: High,
    pub events: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Methodology<'a> {
    #[serde(borrow, skip_serializing_if = "blank")]
    pub method: Str<'a>,
    #[serde(borrow, skip_serializing_if = "none")]
    pub methods: Vec<MeasureMethod<'a>>,
    #[serde(borrow, skip_serializing_if = "none")]
    pub ranks: Vec<Str<'a>>,
    #[serde(borrow, skip_serializing_if = "blank")]
    pub authority: Str<'a>,
    #[serde(borrow, skip_serializing_if = "blank")]
    pub words: Str<'a>,
    #[serde(borrow, skip_serializing_if = "Option::is_none", with = "bare")]
    pub word_list: Option<Vec<Word<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none", with = "bare")]
    pub count_attackers: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none", with = "bare")]
    pub enemy_counts_high_only: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none", with = "bare")]
    pub missing_best_is_low: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureMethod<'a> {
    #[serde(borrow)]
    pub measure: Str<'a>,
    #[serde(borrow)]
    pub method: Str<'a>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word<'a> {
    #[serde(borrow)]
    pub word: Str<'a>,
    pub low: u64,
    pub high: High,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View<'a> {
    #[serde(borrow)]
    pub name: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub columns: Vec<ViewColumn<'a>>,
    #[serde(default, skip_serializing_if = "nought")]
    pub frozen: u32,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub filter: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub sort: Vec<ViewSort<'a>>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub group: Str<'a>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViewColumn<'a> {
    #[serde(borrow)]
    pub id: Str<'a>,
    #[serde(default, skip_serializing_if = "nought")]
    pub width: u32,
    #[serde(default, skip_serializing_if = "not")]
    pub hidden: bool,
    #[serde(default, skip_serializing_if = "not")]
    pub wrapped: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViewSort<'a> {
    #[serde(borrow)]
    pub column: Str<'a>,
    #[serde(default, skip_serializing_if = "not")]
    pub descending: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article<'a> {
    #[serde(borrow)]
    pub id: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub headline: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub publisher: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub agency: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub byline: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub url: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub archived_url: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub language: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub published: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub retrieved: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub file: Option<SourceFile<'a>>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub corrects: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub reliability: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub reading: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub reason: Option<Str<'a>>,
    #[serde(default, skip_serializing_if = "not")]
    pub sensitive: bool,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub tags: Vec<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub guesses: Vec<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub unlike: Vec<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub not_figures: Vec<NotFigure<'a>>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub text: Str<'a>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotFigure<'a> {
    pub at: (usize, usize),
    #[serde(borrow)]
    pub exact: Str<'a>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceFile<'a> {
    #[serde(borrow)]
    pub name: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub sha256: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub remarks: Str<'a>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim<'a> {
    #[serde(borrow)]
    pub id: Str<'a>,
    #[serde(borrow)]
    pub event: Str<'a>,
    #[serde(borrow)]
    pub measure: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub class: Str<'a>,
    #[serde(borrow)]
    pub quantity: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub words: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub speaker: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub via: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub party: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub group: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub reported: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub stance: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub scope: Option<Scope<'a>>,
    #[serde(default, skip_serializing_if = "zero")]
    pub attackers: u64,
    #[serde(default, skip_serializing_if = "not")]
    pub counts_names: bool,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub grade: Option<u64>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub aside: Option<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub coder: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub comment: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub origin: Option<Origin<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub quotes: Vec<Quote<'a>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope<'a> {
    AdditionalTo(Str<'a>),
    PartOf(Str<'a>),
    Part,
    CumulativeSince(Str<'a>),
    Cumulative,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin<'a> {
    Dataset(Str<'a>),
    Interview(Str<'a>),
    Document(Str<'a>),
    /// A row names one, and a person took it away.
    None,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote<'a> {
    #[serde(borrow, rename = "in")]
    pub article: Str<'a>,
    pub at: (usize, usize),
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub before: Str<'a>,
    #[serde(borrow)]
    pub exact: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub after: Str<'a>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note<'a> {
    #[serde(borrow)]
    pub id: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub title: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub kind: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub state: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub about: Vec<Subject<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub tags: Vec<Str<'a>>,
    #[serde(default, skip_serializing_if = "not")]
    pub sensitive: bool,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub created: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub edited: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub author: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub body: Str<'a>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject<'a> {
    Article(Str<'a>),
    Event(Str<'a>),
    Claim(Str<'a>),
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event<'a> {
    #[serde(borrow)]
    pub id: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub title: Option<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub when: Option<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub place: Option<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub adm1: Option<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub country: Option<Str<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub latitude: Option<Degrees>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub longitude: Option<Degrees>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub precision: Option<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub kind: Option<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub side_a: Option<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub side_b: Option<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub status: Option<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub reason: Option<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub covers: Vec<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub tags: Option<Vec<Str<'a>>>,
    #[serde(default, skip_serializing_if = "not")]
    pub sensitive: bool,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub source_ids: Option<Vec<Str<'a>>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub by_hand: Vec<ByHand<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub own: Option<Vec<(Str<'a>, Str<'a>)>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub row: Option<(Str<'a>, Str<'a>)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByHand<'a> {
    #[serde(borrow)]
    pub measure: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub class: Str<'a>,
    pub low: u64,
    pub best: Best,
    pub high: High,
    #[serde(borrow)]
    pub reason: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub name: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub claims_gave: Str<'a>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogEntry<'a> {
    #[serde(borrow)]
    pub when: Str<'a>,
    #[serde(borrow)]
    pub what: Str<'a>,
}
