//! One change of many cells: which cells, and what goes into them. The change itself is worked out of this, in the frame
//! where it is small, else on another thread, on all cores.
//!
//! Cells are told by events and columns; it knows no selection and no screen.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::batch::{Batch, Fields, Ground, read};
use super::rewrite::Rewrite;
use crate::columns::{Column, Kind, Part};
use crate::model::records::Walk;
use crate::model::{Event, EventId, Project};
use crate::ui::figures::count;
use crate::ui::work::GoOn;

/// Rows between two looks at whether to go on.
const SLICE: usize = 8_192;
/// So many rows are worked out by one core: fewer are not worth asking another one.
const SHARE: usize = 64;
/// Cells that were refused are named up to this many.
const NAMED: usize = 3;

/// What goes into the cells of a piece.
#[derive(Clone)]
pub(super) enum Texts {
    /// The same into every cell.
    One(String),
    /// Rows of texts, which begin again where they end before the cells do.
    Block(Arc<Block>),
    /// The text that this column has in the same row.
    Beside(&'static Column),
    /// What this makes of the text that is there.
    Made(Arc<Rewrite>),
}

/// Texts in rows and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    lines: Vec<Vec<String>>,
    wide: usize,
}

impl Block {
    /// These lines; a short one lacks its last cells.
    pub fn of(lines: Vec<Vec<String>>) -> Self {
        let wide = lines.iter().map(Vec::len).max().unwrap_or(0);
        Self { lines, wide }
    }

    /// Rows and columns.
    pub fn size(&self) -> (usize, usize) {
        (self.lines.len(), self.wide)
    }

    /// The text of a cell of the block laid out again and again.
    pub fn at(&self, row: usize, column: usize) -> Option<&str> {
        let line = self.lines.get(row.checked_rem(self.lines.len())?)?;
        line.get(column.checked_rem(self.wide)?).map(String::as_str)
    }
}

/// The text of a cell, or why there is none.
type Given<'a> = Result<Cow<'a, str>, String>;

/// Rows and columns, and what goes into them.
#[derive(Clone)]
pub(super) struct Piece {
    pub rows: Vec<EventId>,
    /// How many new events come behind those rows.
    pub new: usize,
    pub columns: Vec<&'static Column>,
    pub texts: Texts,
}

impl Piece {
    /// How many cells can take a text.
    pub fn cells(&self) -> usize {
        (self.rows.len() + self.new) * self.columns.iter().filter(|column| column.is_editable()).count()
    }

    /// Its rows, in the order in which their events stand in the project, and the new ones behind them: events that
    /// stand beside each other are found, changed and looked at again much more quickly one after the other.
    fn in_project_order(&self, ground: Ground<'_>) -> Vec<usize> {
        let table = ground.derived.columnar();
        let place = |id: &EventId| table.slot(*id).map(|slot| table.place(slot));
        let mut rows: Vec<(Option<u64>, usize)> =
            self.rows.par_iter().with_min_len(SHARE).map(place).zip(0..self.rows.len()).collect();
        rows.par_sort_unstable();
        rows.into_iter().map(|(_, row)| row).chain(self.rows.len()..self.rows.len() + self.new).collect()
    }

    /// The text of a cell, where there is one.
    fn text(
        &self,
        ground: Ground<'_>,
        (before, now): (&Event, &Event),
        row: usize,
        column: usize,
    ) -> Option<Given<'_>> {
        Some(Ok(match &self.texts {
            Texts::One(text) => Cow::Borrowed(text),
            Texts::Block(block) => Cow::Borrowed(block.at(row, column)?),
            Texts::Beside(column) => Cow::Owned(column.text(&ground.row(now))),
            Texts::Made(rewrite) => {
                let text = self.columns.get(column)?.text(&ground.row(before));
                let made = rewrite.of(&text).map(Cow::into_owned);
                // What stays as it is is not read anew: that could change it, too.
                return (made.as_ref() != Ok(&text)).then(|| made.map(Cow::Owned));
            }
        }))
    }
}

/// One change of many cells.
#[derive(Clone, Default)]
pub(super) struct Bulk {
    /// In the order in which they are done.
    pub pieces: Vec<Piece>,
    /// Behind which event new ones stand.
    pub after: Option<EventId>,
}

/// A text that was not read into a cell, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub event: EventId,
    pub column: &'static str,
    pub name: &'static str,
    pub text: String,
    pub why: String,
}

/// What a change comes to.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub batch: Batch,
    pub refused: Vec<Refusal>,
    /// How many line ends became blanks, by the name of the column.
    pub blanks: BTreeMap<&'static str, usize>,
}

/// What became of one row.
struct Done {
    event: Option<Arc<Event>>,
    is_new: bool,
    fields: Fields,
    refused: Vec<Refusal>,
    blanks: Vec<(&'static str, usize)>,
}

impl Bulk {
    /// How many cells it goes into.
    pub fn cells(&self) -> usize {
        self.pieces.iter().map(Piece::cells).sum()
    }

    /// Which cells, in words: "31 cells in Place".
    pub fn words(&self) -> String {
        let cells = count(self.cells(), "cell", "cells");
        let mut names: Vec<&str> = self.editable().map(|column| column.name).collect();
        names.sort_unstable();
        names.dedup();
        match names.as_slice() {
            [name] => format!("{cells} in {name}"),
            _ => cells,
        }
    }

    fn editable(&self) -> impl Iterator<Item = &'static Column> + '_ {
        self.pieces.iter().flat_map(|piece| &piece.columns).copied().filter(|column| column.is_editable())
    }

    /// Whether it may set figures by hand, for which there has to be a reason.
    pub fn sets_figures(&self) -> bool {
        let sets = |texts: &Texts| match texts {
            Texts::One(text) => !text.trim().is_empty(),
            Texts::Block(_) | Texts::Beside(_) | Texts::Made(_) => true,
        };
        let figures = |piece: &Piece| piece.columns.iter().any(|column| column.is_figure() && column.is_editable());
        self.pieces.iter().any(|piece| sets(&piece.texts) && figures(piece))
    }

    /// Works the change out. `None` where `go_on` said to stop.
    pub fn work(&self, ground: Ground<'_>, go_on: GoOn<'_>) -> Option<Outcome> {
        let mut outcome = Outcome::default();
        let all: usize = self.pieces.iter().map(|piece| piece.rows.len() + piece.new).sum();
        let mut done = 0;
        outcome.batch.reserve(self.pieces.iter().map(|piece| piece.rows.len() + piece.new).max().unwrap_or(0));
        for piece in &self.pieces {
            let columns = best_first(&piece.columns);
            let mut refused = Vec::new();
            for rows in piece.in_project_order(ground).chunks(SLICE) {
                #[expect(clippy::cast_precision_loss, reason = "progress")]
                if !go_on(done as f32 / all.max(1) as f32) {
                    return None;
                }
                done += rows.len();
                let batch = &outcome.batch;
                let made = rows.par_iter().with_min_len(SHARE).map_init(
                    || ground.project.events.walk(),
                    |walk, row| Some((*row, change(piece, &columns, (batch, walk), ground, *row)?)),
                );
                let made: Vec<(usize, Done)> = made.flatten_iter().collect();
                for (row, Done { event, is_new, fields, refused: why, blanks }) in made {
                    match event {
                        Some(event) if is_new => outcome.batch.add(event, self.after),
                        Some(event) => outcome.batch.put(event),
                        None => {}
                    }
                    outcome.batch.name(fields);
                    refused.extend(why.into_iter().map(|refusal| (row, refusal)));
                    blanks.into_iter().for_each(|(name, n)| *outcome.blanks.entry(name).or_default() += n);
                }
            }
            // They are told from the top down.
            refused.sort_by_key(|(row, _)| *row);
            outcome.refused.extend(refused.into_iter().map(|(_, refusal)| refusal));
        }
        Some(outcome)
    }
}

fn change(
    piece: &Piece,
    columns: &[(usize, &'static Column)],
    (batch, walk): (&Batch, &mut Walk<'_, Event>),
    ground: Ground<'_>,
    row: usize,
) -> Option<Done> {
    let new;
    let (before, is_new) = match piece.rows.get(row) {
        Some(id) => {
            let now = batch.changed(*id).or_else(|| walk.find(*id).map(|(_, event)| &**event));
            (now?, false)
        }
        None => {
            new = Event::new(EventId::random());
            (&new, true)
        }
    };
    let mut event: Option<Event> = None;
    let mut done = Done { event: None, is_new, fields: Fields::default(), refused: Vec::new(), blanks: Vec::new() };
    for (at, column) in columns {
        let now = event.as_ref().unwrap_or(before);
        let Some(text) = piece.text(ground, (before, now), row, *at) else { continue };
        let text = match text {
            Ok(text) => text,
            Err(why) => {
                let text = column.text(&ground.row(now));
                done.refused.push(Refusal { event: before.id, column: column.id, name: column.name, text, why });
                continue;
            }
        };
        match read(ground, before, &mut event, column, &text) {
            Ok(true) => {
                done.fields.add(column.name);
                let blanks = column.blanks(&text);
                if blanks > 0 {
                    done.blanks.push((column.name, blanks));
                }
            }
            Ok(false) => {}
            Err(why) => {
                let text = text.trim().to_owned();
                done.refused.push(Refusal { event: before.id, column: column.id, name: column.name, text, why });
            }
        }
    }
    let event = if is_new { Some(event.unwrap_or_else(|| before.clone())) } else { event };
    done.event = event.map(Arc::new);
    (done.event.is_some() || !done.refused.is_empty()).then_some(done)
}

/// The columns that can be typed into, with their places; the best figures first: low and high are read against the best
/// that stands in the same text.
pub(super) fn best_first(columns: &[&'static Column]) -> Vec<(usize, &'static Column)> {
    let mut columns: Vec<(usize, &'static Column)> =
        columns.iter().copied().enumerate().filter(|(_, column)| column.is_editable()).collect();
    columns.sort_by_key(|(_, column)| match column.kind {
        Kind::Figure(_, Part::Best) => 1,
        Kind::Figure(..) => 2,
        _ => 0,
    });
    columns
}

/// "2 line ends became blanks"
pub(super) fn became_blanks(n: usize) -> String {
    format!("{} became {}", count(n, "line end", "line ends"), if n == 1 { "a blank" } else { "blanks" })
}

impl Outcome {
    /// "2 line ends became blanks in Place", where any did.
    pub fn lines_lost(&self) -> Option<String> {
        let names: Vec<&str> = self.blanks.keys().copied().collect();
        let all = became_blanks(self.blanks.values().sum());
        match names.as_slice() {
            [] => None,
            [name] => Some(format!("{all} in {name}")),
            [first @ .., last] => Some(format!("{all} in {} and {last}", first.join(", "))),
        }
    }
}

/// What was refused, in words.
pub(super) struct Told {
    /// "2 cells were not filled"
    cells: String,
    /// The first of them, each with its reason.
    pub named: String,
}

impl Told {
    /// Both in one.
    pub fn whole(&self) -> String {
        format!("{}. {}", self.cells, self.named)
    }
}

/// What was refused, in words; `None` where nothing was. `what` is what was done to the others: "filled".
pub(super) fn told(refused: &[Refusal], what: &str, project: &Project) -> Option<Told> {
    let were = if refused.len() == 1 { "was" } else { "were" };
    let name = |refusal: &Refusal| {
        let event = project.events.get(refusal.event).map_or("a new event", |event| event.name());
        format!("{} of {event} (“{}”): {}", refusal.name, refusal.text, refusal.why)
    };
    let named = refused.iter().take(NAMED).map(name).collect::<Vec<_>>().join(". ");
    let more = if refused.len() > NAMED { format!(". And {} more", refused.len() - NAMED) } else { String::new() };
    let cells = format!("{} {were} not {what}", count(refused.len(), "cell", "cells"));
    (!refused.is_empty()).then(|| Told { cells, named: named + &more })
}
