//! A project: one investigation, with everything that was collected, coded and decided.
//!
//! A value of it is an immutable snapshot that is cheap to copy: an edit makes a new one that shares what it left alone.

use std::sync::Arc;

use jiff::civil::Date;

use super::Text;
use super::almanac::Almanac;
use super::article::Article;
use super::claim::Claim;
use super::dataset::Dataset;
use super::event::Event;
use super::id::{ColumnId, DatasetId};
use super::mapping::Mapping;
use super::measure::{Class, Measure};
use super::methodology::{Methodology, WordTable};
use super::moment::Moment;
use super::note::Note;
use super::own::OwnColumn;
use super::records::Records;
use super::view::SavedView;

/// The words that a project codes with, versioned as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    /// Counts changes, so that an export can say which codebook it follows.
    pub version: u32,
    /// Kinds of events, with what each means.
    pub kinds: Vec<Term>,
    /// Measures beyond the built-in ones.
    pub measures: Vec<Term>,
    /// Sub-groups that are offered as classes, written as a class ("children in civilians").
    pub groups: Vec<Class>,
    /// Columns of events beyond the built-in ones, in the order of the table.
    pub columns: Vec<OwnColumn>,
    /// Ids of columns that were removed: none of them is given to another column, so that a filter, a view or an export
    /// that names one never comes to mean something else.
    pub retired: Vec<ColumnId>,
}

/// A word of the codebook.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// The word.
    pub name: Text,
    /// What it means, for coders and readers.
    pub meaning: Text,
}

impl Default for Codebook {
    fn default() -> Self {
        let kinds = [
            ("battle", "Armed clash between the two sides"),
            ("shelling", "Artillery, mortar, rocket or missile attack"),
            ("air or drone strike", "Attack from the air"),
            ("attack on civilians", "Deliberate violence against people who do not fight"),
            ("explosion", "Mine, bomb or other explosive device"),
            ("abduction", "People taken or held against their will"),
            ("evacuation or flight", "People leaving their homes"),
            ("overall toll", "A summary count that covers several events"),
            ("other", "Anything else that is worth a row"),
        ];
        let kinds = kinds.into_iter().map(|(name, meaning)| Term { name: name.into(), meaning: meaning.into() });
        let groups = ["children in civilians", "women in civilians", "medics in civilians", "journalists in civilians"];
        Self {
            version: 1,
            kinds: kinds.collect(),
            measures: Vec::new(),
            groups: groups.iter().filter_map(|group| Class::from_key(group)).collect(),
            columns: Vec::new(),
            retired: Vec::new(),
        }
    }
}

impl Codebook {
    /// The column of the analyst's own with this id.
    pub fn column(&self, id: ColumnId) -> Option<&OwnColumn> {
        self.columns.iter().find(|column| column.id == id)
    }
}

/// A dated line on the charts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// On which day.
    pub when: Date,
    /// What happened.
    pub label: Text,
}

/// A stretch of days in which the project looked for reports: only there does silence mean that nothing was reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// First day.
    pub from: Date,
    /// Last day; `None` while it goes on.
    pub to: Option<Date>,
    /// What was searched, in words.
    pub what: Text,
}

/// A total as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleasedTotal {
    /// What was counted.
    pub measure: Measure,
    /// By which method, with its version.
    pub method: Text,
    /// Sum of lows.
    pub low: u64,
    /// Sum of bests, where there was one.
    pub best: Option<u64>,
    /// Sum of highs; `None` where it was open.
    pub high: Option<u64>,
    /// Events counted.
    pub events: u64,
}

/// What was published once, kept as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its name.
    pub name: Text,
    /// The day of publication.
    pub day: Date,
    /// Its totals.
    pub totals: Vec<ReleasedTotal>,
    /// The word table by which words were read, with its version. Empty where it is not known.
    pub words: Text,
    /// SHA-256 of the project that it was made from, as a file without its releases and its log.
    pub hash: Text,
}

/// What the project says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Its title.
    pub title: Text,
    /// What it investigates.
    pub description: Text,
    /// Under which licence its data may be used.
    pub licence: Text,
    /// How it writes the calendar.
    pub almanac: Almanac,
    /// The words it codes with.
    pub codebook: Codebook,
    /// Dated lines on the charts.
    pub milestones: Vec<Milestone>,
    /// Days that were searched for reports.
    pub coverage: Vec<Coverage>,
    /// What was published.
    pub releases: Vec<Release>,
}

/// One thing that was done to the project as a whole, such as an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// When.
    pub when: Moment,
    /// What, in words.
    pub what: Text,
}

/// One investigation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Project {
    /// What it says of itself.
    pub about: Arc<About>,
    /// By which rules claims become figures.
    pub methodology: Arc<Methodology>,
    /// The texts.
    pub articles: Records<Article>,
    /// What was said.
    pub claims: Records<Claim>,
    /// The analyst's own words.
    pub notes: Records<Note>,
    /// What happened.
    pub events: Records<Event>,
    /// What was done to the project as a whole, oldest first.
    pub log: Arc<Vec<LogEntry>>,
    /// Arrangements of the event table that were given a name.
    pub views: Arc<Vec<SavedView>>,
    /// Files of other people's data that events were made from.
    pub datasets: Arc<Vec<Dataset>>,
    /// What the columns of such files mean, beside the mappings that Dateline knows (`dataset::known`).
    pub mappings: Arc<Vec<Mapping>>,
}

impl Project {
    /// An empty project of this title.
    pub fn titled(title: &str) -> Self {
        let about = About { title: title.into(), ..About::default() };
        Self { about: Arc::new(about), ..Self::default() }
    }

    /// Whether nothing changed from `self` to `newer`, a snapshot made from it. Its cost follows the number of changes.
    pub fn unchanged(&self, newer: &Self) -> bool {
        self.about == newer.about
            && self.methodology == newer.methodology
            && self.log == newer.log
            && self.views == newer.views
            && self.datasets == newer.datasets
            && self.mappings == newer.mappings
            && self.articles.unchanged(&newer.articles)
            && self.claims.unchanged(&newer.claims)
            && self.notes.unchanged(&newer.notes)
            && self.events.unchanged(&newer.events)
    }

    /// The data set with this id.
    pub fn dataset(&self, id: DatasetId) -> Option<&Dataset> {
        self.datasets.iter().find(|dataset| dataset.id == id)
    }

    /// The measures of this project: the built-in ones and the codebook's.
    pub fn measures(&self) -> impl Iterator<Item = Measure> + '_ {
        let own = self.about.codebook.measures.iter().filter_map(|term| Measure::from_key(&term.name));
        Measure::BUILT_IN.into_iter().chain(own)
    }

    /// Whether a word is a number word that this project knows: one of its own table or of a preset.
    pub fn knows_word(&self, word: &str) -> bool {
        self.methodology.words.meaning(word).is_some()
            || WordTable::preset_names().filter_map(WordTable::preset).any(|table| table.meaning(word).is_some())
    }
}
