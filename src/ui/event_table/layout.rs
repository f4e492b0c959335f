//! Which columns the table shows, in which order, how wide, and which of them stay in view.
//!
//! It belongs to the panel and is no part of the project; a saved view is a copy of it. It knows columns by their names,
//! so that one that is not there for a while (an own column that was taken back) keeps its place. It must not know how
//! a header is drawn or dragged (`heads`).

use std::collections::{BTreeMap, BTreeSet};

use crate::columns::{COLUMNS, Column};
use crate::model::{SavedView, Text};
use crate::ui::theme;

/// The least width of a column, in points.
pub(super) const NARROWEST: f32 = 48.0;
/// The greatest width that a column can be drawn to, in points.
pub(super) const WIDEST: f32 = 800.0;
/// Height of every row while a column wraps its text, in points: three lines.
const TALL: f32 = 60.0;

/// The columns of the table as they are shown.
#[derive(Clone)]
pub(super) struct TableLayout {
    /// The columns that are there now.
    known: Vec<&'static Column>,
    /// Whether those of the project were met already.
    met: bool,
    /// All columns in order, with those that are hidden or not there now.
    pub order: Vec<Text>,
    pub hidden: BTreeSet<Text>,
    /// How many of `order` stay in view when the table is scrolled sideways.
    pub frozen: usize,
    /// Widths that were drawn, in points; other columns have their own first one.
    pub widths: BTreeMap<Text, f32>,
    /// Columns whose text goes on in a second and third line.
    pub wrapped: BTreeSet<Text>,
}

/// Beside which column another one is put; it stays in view or scrolls as that one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside<'a> {
    Before(&'a str),
    After(&'a str),
}

/// The columns of a table that is opened.
impl Default for TableLayout {
    fn default() -> Self {
        Self {
            known: COLUMNS.iter().collect(),
            met: false,
            order: COLUMNS.iter().map(|column| column.id.into()).collect(),
            hidden: COLUMNS.iter().filter(|column| column.hidden).map(|column| column.id.into()).collect(),
            frozen: COLUMNS.iter().take_while(|column| column.frozen).count(),
            widths: BTreeMap::new(),
            wrapped: BTreeSet::new(),
        }
    }
}

impl TableLayout {
    /// The column of this name, if it is there.
    pub fn column(&self, id: &str) -> Option<&'static Column> {
        self.known.iter().copied().find(|column| column.id == id)
    }

    /// Every column that is there, in the order of the project.
    pub fn known(&self) -> impl Iterator<Item = &'static Column> + '_ {
        self.known.iter().copied()
    }

    /// Every column that is there, in order, hidden ones too.
    pub fn all(&self) -> impl Iterator<Item = &'static Column> + '_ {
        self.order.iter().filter_map(|id| self.column(id))
    }

    /// The columns that are shown, in order. There is always one.
    pub fn shown(&self) -> Vec<&'static Column> {
        self.all().filter(|column| !self.hidden.contains(column.id)).collect()
    }

    /// These are the columns of the project now. Those that came to be, such as the analyst's own, go behind the others.
    /// Gives back the last that came while the table was looked at.
    pub fn meet(&mut self, columns: Vec<&'static Column>) -> Option<&'static str> {
        let mut came = None;
        for column in &columns {
            if self.place(column.id).is_none() {
                self.order.push(column.id.into());
                if column.hidden {
                    self.hidden.insert(column.id.into());
                } else {
                    came = Some(column.id);
                }
            }
        }
        self.known = columns;
        if self.shown().is_empty() {
            self.hidden.clear();
        }
        // Those of a project that was opened are no news.
        let met = std::mem::replace(&mut self.met, true);
        came.filter(|_| met)
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.order.iter().position(|known| &**known == id)
    }

    /// Whether a column stays in view when the table is scrolled sideways.
    pub fn is_frozen(&self, id: &str) -> bool {
        self.place(id).is_some_and(|at| at < self.frozen)
    }

    /// The last of the columns that stay in view.
    pub fn last_frozen(&self) -> Option<&'static str> {
        self.shown().into_iter().take_while(|column| self.is_frozen(column.id)).last().map(|column| column.id)
    }

    /// This column and those left of it stay in view.
    pub fn freeze_up_to(&mut self, id: &str) {
        self.frozen = self.place(id).map_or(self.frozen, |at| at + 1);
    }

    /// All columns scroll.
    pub fn unfreeze(&mut self) {
        self.frozen = 0;
    }

    /// The width of a column, in points.
    pub fn width(&self, column: &Column) -> f32 {
        self.widths.get(column.id).copied().unwrap_or(column.width)
    }

    /// Draws a column to a width, as far as columns can be drawn.
    pub fn set_width(&mut self, id: &str, width: f32) {
        let width = width.round().clamp(NARROWEST, WIDEST);
        // Its own first width is no drawn one: then a saved view is not told to differ.
        match self.column(id) {
            Some(column) if (column.width - width).abs() < 0.5 => drop(self.widths.remove(id)),
            _ => drop(self.widths.insert(id.into(), width)),
        }
    }

    /// Hides a column, unless it is the only one that is left.
    pub fn hide(&mut self, id: &str) {
        if self.shown().iter().any(|column| column.id != id) {
            self.hidden.insert(id.into());
        }
    }

    /// Hides every column but this one and those that stay in view left of it.
    pub fn hide_others(&mut self, id: &str) {
        let others: Vec<Text> =
            self.order.iter().filter(|other| &***other != id && !self.is_frozen(other)).cloned().collect();
        self.hidden.extend(others);
        self.hidden.remove(id);
    }

    /// Shows a column where it stands in the order.
    pub fn show(&mut self, id: &str) {
        self.hidden.remove(id);
    }

    /// Shows every column.
    pub fn show_all(&mut self) {
        self.hidden.clear();
    }

    /// Puts a column beside another one.
    pub fn put(&mut self, id: &str, beside: Beside<'_>) {
        let (Beside::Before(other) | Beside::After(other)) = beside;
        let (Some(from), Some(_)) = (self.place(id), self.place(other)) else { return };
        if id == other {
            return;
        }
        let joins_frozen = self.is_frozen(other);
        let moved = self.order.remove(from);
        if from < self.frozen {
            self.frozen -= 1;
        }
        let at = self.place(other).unwrap_or(0) + usize::from(matches!(beside, Beside::After(_)));
        self.order.insert(at, moved);
        if joins_frozen {
            self.frozen += 1;
        }
    }

    /// Where a column would go one place to the left or right among those that are shown. `None` at the edge.
    pub fn beyond(&self, id: &str, right: bool) -> Option<Beside<'static>> {
        let shown = self.shown();
        let at = shown.iter().position(|column| column.id == id)?;
        if right {
            shown.get(at + 1).map(|c| Beside::After(c.id))
        } else {
            Some(Beside::Before(shown.get(at.checked_sub(1)?)?.id))
        }
    }

    /// Moves a column one place to the left or right among those that are shown.
    pub fn step(&mut self, id: &str, right: bool) {
        if let Some(beside) = self.beyond(id, right) {
            self.put(id, beside);
        }
    }

    /// Whether the text of a column goes on in further lines.
    pub fn is_wrapped(&self, id: &str) -> bool {
        self.wrapped.contains(id)
    }

    /// Lets the text of a column go on in further lines, or not.
    pub fn set_wrapped(&mut self, id: &str, wrapped: bool) {
        if wrapped {
            self.wrapped.insert(id.into())
        } else {
            self.wrapped.remove(id)
        };
    }

    /// The height of a row, in points: the same for all of them, so that every row is found by its number. While a column
    /// that is shown wraps it is that of three lines.
    pub fn row_height(&self) -> f32 {
        if self.shown().iter().any(|column| self.is_wrapped(column.id)) { TALL } else { theme::ROW }
    }

    /// Stands as a saved view says. Columns that it does not name are hidden; a view that names none is the table as it
    /// is opened.
    pub fn become_view(&mut self, view: &SavedView) {
        let met = std::mem::take(&mut self.order);
        if view.columns.is_empty() {
            return self.reset();
        }
        *self = Self {
            met: self.met,
            known: std::mem::take(&mut self.known),
            order: Vec::new(),
            hidden: BTreeSet::new(),
            frozen: 0,
            widths: BTreeMap::new(),
            wrapped: BTreeSet::new(),
        };
        for column in &view.columns {
            if self.place(&column.id).is_some() {
                continue;
            }
            self.order.push(column.id.clone());
            if column.hidden {
                self.hidden.insert(column.id.clone());
            }
            if column.wrapped {
                self.wrapped.insert(column.id.clone());
            }
            if column.width > 0 {
                #[expect(clippy::cast_precision_loss, reason = "far wider than any window")]
                self.set_width(&column.id, column.width as f32);
            }
        }
        self.frozen = usize::try_from(view.frozen).unwrap_or(0).min(self.order.len());
        let known = self.known.iter().map(|column| column.id.into());
        for id in met.into_iter().chain(known).collect::<Vec<Text>>() {
            if self.place(&id).is_none() {
                self.hidden.insert(id.clone());
                self.order.push(id);
            }
        }
        if self.shown().is_empty() {
            self.hidden.clear();
        }
    }

    /// The columns of a table that is opened, and those that are there beside them.
    pub fn reset(&mut self) {
        let known = std::mem::take(&mut self.known);
        *self = Self::default();
        self.meet(known);
    }
}

/// Two arrangements are the same where they show the same, whatever columns there are.
impl PartialEq for TableLayout {
    fn eq(&self, other: &Self) -> bool {
        self.order == other.order
            && self.hidden == other.hidden
            && self.frozen == other.frozen
            && self.widths == other.widths
            && self.wrapped == other.wrapped
    }
}

impl std::fmt::Debug for TableLayout {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableLayout")
            .field("order", &self.order)
            .field("hidden", &self.hidden)
            .field("frozen", &self.frozen)
            .field("widths", &self.widths)
            .field("wrapped", &self.wrapped)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids(layout: &TableLayout) -> Vec<&'static str> {
        layout.shown().iter().map(|column| column.id).collect()
    }

    #[test]
    fn at_first_it_is_the_table_of_columns() {
        let layout = TableLayout::default();
        assert_eq!(ids(&layout)[..4], ["id", "when", "title", "place"]);
        assert!(!ids(&layout).contains(&"injured.low"));
        assert!(layout.is_frozen("when") && !layout.is_frozen("title"));
        assert_eq!(layout.last_frozen(), Some("when"));
    }

    #[test]
    fn a_column_scrolls_or_stays_as_the_one_it_is_put_beside() {
        let mut layout = TableLayout::default();
        layout.put("kind", Beside::After("id"));
        assert_eq!(ids(&layout)[..3], ["id", "kind", "when"]);
        assert!(layout.is_frozen("kind"));
        assert_eq!(layout.last_frozen(), Some("when"));
        layout.step("when", true);
        assert_eq!(ids(&layout)[..4], ["id", "kind", "title", "when"]);
        assert!(!layout.is_frozen("when"), "it left the columns that stay in view");
        layout.put("when", Beside::Before("title"));
        assert!(!layout.is_frozen("when"), "it was put beside one that scrolls");
    }

    #[test]
    fn columns_move_over_hidden_ones() {
        let mut layout = TableLayout::default();
        layout.hide("place");
        layout.step("title", true);
        assert_eq!(ids(&layout)[2..4], ["adm1", "title"]);
        layout.show("place");
        assert_eq!(ids(&layout)[2..5], ["place", "adm1", "title"]);
        assert_eq!(layout.beyond("id", false), None);
    }

    #[test]
    fn the_last_column_is_not_hidden_and_others_come_back() {
        let mut layout = TableLayout::default();
        layout.unfreeze();
        layout.hide_others("kind");
        assert_eq!(ids(&layout), ["kind"]);
        layout.hide("kind");
        assert_eq!(ids(&layout), ["kind"]);
        layout.show_all();
        assert_eq!(ids(&layout).len(), COLUMNS.len());
        layout.reset();
        assert_eq!(layout, TableLayout::default());
    }

    #[test]
    fn a_hidden_column_does_not_change_what_stays_in_view() {
        let mut layout = TableLayout::default();
        layout.freeze_up_to("title");
        layout.hide("when");
        assert_eq!(layout.last_frozen(), Some("title"));
        layout.show("when");
        assert!(layout.is_frozen("when"));
    }

    #[test]
    fn rows_are_taller_while_a_shown_column_wraps() {
        let mut layout = TableLayout::default();
        layout.set_wrapped("title", true);
        assert_eq!(layout.row_height(), TALL);
        layout.hide("title");
        assert_eq!(layout.row_height(), theme::ROW);
    }

    #[test]
    fn columns_that_come_and_go_keep_their_place() {
        let mut layout = TableLayout::default();
        let all: Vec<&'static Column> = COLUMNS.iter().collect();
        let without: Vec<&'static Column> = COLUMNS.iter().filter(|column| column.id != "place").collect();
        layout.put("place", Beside::Before("id"));
        layout.meet(without.clone());
        assert_eq!(ids(&layout)[..2], ["id", "when"]);
        layout.meet(all);
        assert_eq!(ids(&layout)[..3], ["place", "id", "when"]);
        let mut fresh = TableLayout { known: Vec::new(), order: Vec::new(), ..TableLayout::default() };
        fresh.meet(without);
        assert_eq!(ids(&fresh)[..3], ["id", "when", "title"]);
    }

    #[test]
    fn a_width_that_was_drawn_back_is_none() {
        let mut layout = TableLayout::default();
        layout.set_width("title", 10.0);
        assert_eq!(layout.widths.get("title"), Some(&NARROWEST));
        layout.set_width("title", 180.2);
        assert_eq!(layout, TableLayout::default());
    }

    proptest! {
        #[test]
        fn no_move_loses_a_column_or_what_stays_in_view(moves in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()), 0..20)) {
            let mut layout = TableLayout::default();
            for (moved, other, before) in moves {
                let (moved, other) = (moved.get(COLUMNS).id, other.get(COLUMNS).id);
                let frozen = layout.is_frozen(other);
                layout.put(moved, if before { Beside::Before(other) } else { Beside::After(other) });
                let (at, beside) = (layout.place(moved).unwrap(), layout.place(other).unwrap());
                if moved != other {
                    prop_assert_eq!(at + 1 == beside, before);
                    prop_assert_eq!(layout.is_frozen(moved), frozen);
                }
                prop_assert_eq!(layout.is_frozen(other), frozen);
            }
            let mut all: Vec<&str> = layout.order.iter().map(|id| &**id).collect();
            all.sort_unstable();
            let mut known: Vec<&str> = COLUMNS.iter().map(|column| column.id).collect();
            known.sort_unstable();
            prop_assert_eq!(all, known);
        }
    }
}
