//! What is on the window: one file a panel, and what they share.
//!
//! A panel owns its view state (scroll, half-typed text, open menus), reads a snapshot through [`View`], and says what
//! should happen through [`Action`]s, which the app carries out at the end of the frame. Nothing here touches disk,
//! clock or system dialogs, and nothing here changes the project.

pub mod article_list;
pub mod chart;
pub mod chart_form;
pub mod claim_bar;
pub mod dialogs;
pub mod event_tab;
pub mod event_table;
pub mod export_form;
pub mod eye;
pub mod import;
pub mod intake;
pub mod keys;
pub mod menus;
pub mod method_sheet;
pub mod notes;
pub mod own_columns;
pub mod palette;
pub mod picture;
pub mod problems;
pub mod reader;
pub mod selected;
pub mod sheet;
pub mod sought;
pub mod source_row;
pub mod status_bar;
pub mod theme;
pub mod toasts;
pub mod widgets;
pub mod window;
pub mod work;

pub use crate::derive::wording as figures;
pub use selected::{RowOrder, Selected};
pub use sought::Sought;

/// Of more events than this, what follows from a change is spread over frames: those that a filter lets through are
/// searched in one, their rows put in order in the next, and the chart comes in the one after the table's.
pub(crate) const IN_ONE_FRAME: usize = 16_384;

use std::collections::HashMap;

use jiff::civil::Date;

use crate::command::Command;
use crate::derive::Derived;
use crate::derive::links::Linked;
use crate::edit::Edit;
use crate::model::{ArticleId, ClaimId, EventId, Moment, NoteId, Project};

/// What every panel may read in a frame.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The project as it is now.
    pub project: &'a Project,
    /// What follows from it.
    pub derived: &'a Derived,
    /// Equal numbers mean the very same snapshot: what a panel worked out for it still holds.
    pub revision: u64,
    /// Today, where the person is.
    pub today: Date,
    /// The present moment, in UTC.
    pub now: Moment,
    /// Whether Enter on a cell begins to edit it, as some spreadsheets do, instead of moving down.
    pub enter_edits: bool,
}

/// What the panels share of a person's whereabouts. It is no part of the project and never undone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desk {
    /// The current event: of the active row, and of the event tab.
    pub event: Option<EventId>,
    /// Events that were selected together, by a bar of the chart or in the table.
    pub selected: Selected,
    /// The line of the table's filter that is in force: what the chart follows.
    pub filter: std::sync::Arc<str>,
    /// What it lets through.
    pub sought: Sought,
    /// The article in the reader.
    pub article: Option<ArticleId>,
    /// The claim whose row stands in the place of the article.
    pub row: Option<ClaimId>,
    /// The claim that was looked at last.
    pub claim: Option<ClaimId>,
    /// The note that is open.
    pub note: Option<NoteId>,
    /// Which tab is open at the side.
    pub tab: SideTab,
    /// A pane that should take the keyboard in this frame; it takes this out.
    pub wants_focus: Option<Pane>,
    /// The pane that has or last had the keyboard.
    pub pane: Pane,
    /// The pane to go back to from a note that was begun in passing.
    pub way_back: Option<Pane>,
    /// How many figures of each article are decided, as far as the reader has looked.
    pub figures: HashMap<ArticleId, Progress>,
}

/// How many of the figures in a text are decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// A claim quotes them, or they were rejected.
    pub decided: usize,
    /// All that were found.
    pub total: usize,
    /// Whether the whole text was read.
    pub done: bool,
}

impl Progress {
    /// How many are undecided.
    pub fn left(&self) -> usize {
        self.total.saturating_sub(self.decided)
    }
}

/// The tabs at the side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SideTab {
    /// Figures over time.
    #[default]
    Chart,
    /// The current event with its claims.
    Event,
    /// The analyst's notes.
    Notes,
    /// The method sheet of the project.
    Method,
    /// What is wrong or missing.
    Problems,
}

impl SideTab {
    /// All tabs, from the left.
    pub const ALL: [Self; 5] = [Self::Chart, Self::Event, Self::Notes, Self::Method, Self::Problems];
}

/// The panes that F6 walks through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pane {
    /// The list of articles.
    Articles,
    /// The text.
    Reader,
    /// The event table.
    #[default]
    Table,
    /// The tabs at the side.
    Side,
}

impl Pane {
    /// All panes, in the order of F6.
    pub const ALL: [Self; 4] = [Self::Articles, Self::Reader, Self::Table, Self::Side];
}

impl Desk {
    /// Whether this pane should take the keyboard now; says so once.
    pub fn takes_focus(&mut self, pane: Pane) -> bool {
        let takes = self.wants_focus == Some(pane);
        if takes {
            self.wants_focus = None;
            self.pane = pane;
        }
        takes
    }
}

/// What a person should be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The row of an event, and its tab.
    Event(EventId),
    /// A cell of the table: the event and the id of the column.
    Cell(EventId, &'static str),
    /// An article in the reader.
    Article(ArticleId),
    /// A stretch of an article's text, in Unicode scalars.
    Place(ArticleId, usize, usize),
    /// The words of a claim in the reader; which of its quotes. Of a claim that is read from a row, the row.
    Quote(ClaimId, usize),
    /// A note.
    Note(NoteId),
}

impl From<Linked> for Target {
    fn from(linked: Linked) -> Self {
        match linked {
            Linked::Event(id) => Self::Event(id),
            Linked::Article(id) => Self::Article(id),
            Linked::Note(id) => Self::Note(id),
            Linked::Claim(id) => Self::Quote(id, 0),
        }
    }
}

/// Claims that are being dragged, from the event tab to another claim or to a row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimDrag(pub Vec<ClaimId>);

/// What should happen at the end of the frame.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A command of the table.
    Run(Command),
    /// A change to the project.
    Edit(Edit),
    /// A change of many records, to be worked out off the window's thread.
    Work(work::Work),
    /// Cells to be put on the clipboard.
    Copy(work::Copying),
    /// Cells to be taken from the clipboard: its text where the window was given it already. The table beside the text
    /// is not asked for where only the text is wanted.
    Paste { text: Option<String>, plain: bool },
    /// Somewhere to go.
    Show(Target),
    /// A project file to open, after asking about unsaved work.
    Open(std::path::PathBuf),
    /// A cell of the table to type into: the event and the id of the column.
    EditCell(EventId, &'static str),
    /// Events to select together; the table scrolls to the first.
    Select(Selected),
    /// A term that the table's filter should have, or lose if it has it.
    Filter(String),
    /// A text that was pasted or dropped, to be taken in as an article.
    TakeIn(String),
    /// A saved view of the event table to show, by its name.
    ShowView(String),
    /// The dialog of the analyst's own columns, for this.
    OwnColumns(own_columns::For),
    /// Something to say to the person.
    Say(String),
    /// Something that did not work: what failed and what to do.
    Complain(String),
}

/// What panels add to.
pub type Actions = Vec<Action>;
