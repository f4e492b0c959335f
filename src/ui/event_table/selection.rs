//! What is selected in the table: areas of cells, anchored in events and columns.
//!
//! An area is a rectangle from an anchor to a head, or whole rows, or whole columns. It is never a list of cells and
//! never numbers of rows: where the order or the columns change, it stays on its cells. [`Ranges`] says in numbers of
//! rows and columns where the areas stand in the frame; it is what fills, clears, copies and replaces go by.

use std::ops::RangeInclusive;

use super::sheet::{CellId, Place, Sheet};
use crate::model::EventId;
use crate::ui::RowOrder;
use crate::ui::selected::joined;

/// An area whose rows were moved apart is followed row by row up to this many rows; a larger one is let go.
const FOLLOWED: usize = 10_000;
/// And up to this many parts.
const PARTS: usize = 500;

/// From where to where, or everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span<T> {
    /// All rows that are shown, or all columns.
    All,
    /// From the anchor to the head, which moves with Shift.
    From(T, T),
}

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub rows: Span<EventId>,
    pub columns: Span<&'static str>,
}

impl Area {
    /// One cell.
    pub fn one(cell: CellId) -> Self {
        Self { rows: Span::From(cell.event, cell.event), columns: Span::From(cell.column, cell.column) }
    }

    fn is_one(&self) -> bool {
        matches!(self, Self { rows: Span::From(a, b), columns: Span::From(c, d) } if a == b && c == d)
    }

    /// Where it stands in this frame. `None` where its rows or columns are not shown.
    pub fn block(&self, sheet: &Sheet<'_>) -> Option<Block> {
        let last = sheet.last()?;
        let rows = match self.rows {
            Span::All => 0..=last.0,
            Span::From(a, b) => ordered(sheet.find(a)?, sheet.find(b)?),
        };
        let columns = match self.columns {
            Span::All => 0..=last.1,
            Span::From(a, b) => ordered(sheet.column(a)?, sheet.column(b)?),
        };
        Some(Block { rows, columns })
    }
}

fn ordered(a: usize, b: usize) -> RangeInclusive<usize> {
    a.min(b)..=a.max(b)
}

/// The active cell and the areas that are selected; the last one belongs to the active cell and is what Shift extends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selection {
    /// The cell that typing goes to.
    pub active: CellId,
    /// Never empty.
    areas: Vec<Area>,
}

impl Selection {
    /// One cell.
    pub fn one(cell: CellId) -> Self {
        Self { active: cell, areas: vec![Area::one(cell)] }
    }

    /// One area.
    pub fn of(active: CellId, area: Area) -> Self {
        Self { active, areas: vec![area] }
    }

    /// The areas, in the order in which they were selected.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// Whether it is the active cell and nothing else.
    pub fn is_one(&self) -> bool {
        self.areas.len() == 1 && self.last().is_one()
    }

    fn last(&self) -> Area {
        self.areas.last().copied().unwrap_or(Area::one(self.active))
    }

    /// All areas, to be changed.
    pub fn areas_mut(&mut self) -> &mut [Area] {
        &mut self.areas
    }

    /// The corner that moves with Shift.
    pub fn head(&self) -> CellId {
        let Area { rows, columns } = self.last();
        let event = if let Span::From(_, head) = rows { head } else { self.active.event };
        let column = if let Span::From(_, head) = columns { head } else { self.active.column };
        CellId { event, column }
    }

    /// Moves that corner. Whole rows stay whole, and so do whole columns.
    pub fn extend_to(&mut self, cell: CellId) {
        if let Some(area) = self.areas.last_mut() {
            if let Span::From(_, head) = &mut area.rows {
                *head = cell.event;
            }
            if let Span::From(_, head) = &mut area.columns {
                *head = cell.column;
            }
        }
    }

    /// Takes one more area in, and makes its anchor the active cell.
    pub fn add(&mut self, active: CellId, area: Area) {
        self.active = active;
        self.areas.push(area);
    }

    /// Takes a block of cells out of every area. Whole rows stay whole where whole rows go, and the same of columns.
    /// Nothing is left where all was taken.
    pub fn take_out(&mut self, sheet: &Sheet<'_>, out: &Area) -> bool {
        let Some(hole) = out.block(sheet) else { return true };
        let old = std::mem::take(&mut self.areas);
        for area in old {
            match area.block(sheet) {
                Some(block) if block.meets(&hole) => {
                    let rest = block.without(&hole);
                    self.areas.extend(rest.iter().filter_map(|block| {
                        let mut part = block.part(sheet)?;
                        part.columns = if area.columns == Span::All && out.columns == Span::All {
                            Span::All
                        } else {
                            part.columns
                        };
                        part.rows = if area.rows == Span::All && out.rows == Span::All { Span::All } else { part.rows };
                        Some(part)
                    }));
                }
                _ => self.areas.push(area),
            }
        }
        !self.areas.is_empty()
    }

    /// Where the areas stand now.
    pub fn ranges(&self, sheet: &Sheet<'_>) -> Ranges {
        Ranges(self.areas.iter().filter_map(|area| area.block(sheet)).collect())
    }

    /// Keeps the areas on their cells where the order of rows or the columns are others than in `before`. What is not
    /// shown any more is let go, and so is a large area whose cells were moved apart: it must not become another set of
    /// cells that is as large.
    pub fn follow(&mut self, before: &Standing, sheet: &Sheet<'_>) {
        let old = std::mem::take(&mut self.areas);
        for (area, block) in old.into_iter().zip(&before.ranges.0) {
            let stands = area.block(sheet).is_some_and(|now| before.holds(block, &now, &area, sheet));
            if stands {
                self.areas.push(area);
            } else {
                self.areas.extend(before.parts(block, &area, sheet));
            }
        }
    }
}

/// Where a selection stood in an earlier frame.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub order: std::sync::Arc<RowOrder>,
    pub columns: Vec<&'static str>,
    pub ranges: Ranges,
}

impl Standing {
    /// Whether rows and columns are still those of this frame.
    pub fn is_now(&self, sheet: &Sheet<'_>) -> bool {
        std::sync::Arc::ptr_eq(&self.order, sheet.rows.order())
            && self.columns.iter().copied().eq(sheet.columns.iter().map(|column| column.id))
    }

    /// Whether an area that stands at `now` holds the same cells as it did at `block`, in the same order.
    fn holds(&self, block: &Block, now: &Block, area: &Area, sheet: &Sheet<'_>) -> bool {
        let rows = area.rows == Span::All
            || self.order.ids().get(block.rows.clone()) == sheet.rows.order().ids().get(now.rows.clone());
        let ids = |range: &RangeInclusive<usize>| sheet.columns.get(range.clone()).unwrap_or_default().iter();
        let columns = area.columns == Span::All
            || self.columns.get(block.columns.clone()).unwrap_or_default().iter().eq(ids(&now.columns).map(|c| &c.id));
        rows && columns
    }

    /// The rectangles that the cells of a block make now.
    fn parts(&self, block: &Block, area: &Area, sheet: &Sheet<'_>) -> Vec<Area> {
        let rows = match area.rows {
            Span::All => vec![Span::All],
            Span::From(..) => {
                let ids = self.order.ids().get(block.rows.clone()).unwrap_or_default();
                if ids.len() > FOLLOWED {
                    return Vec::new();
                }
                let now = runs(ids.iter().filter_map(|id| sheet.find(*id)).collect());
                let span = |range: &RangeInclusive<usize>| {
                    Some(Span::From(sheet.rows.at(*range.start())?, sheet.rows.at(*range.end())?))
                };
                now.iter().filter_map(span).collect()
            }
        };
        let columns = match area.columns {
            Span::All => vec![Span::All],
            Span::From(..) => {
                let ids = self.columns.get(block.columns.clone()).unwrap_or_default();
                let now = runs(ids.iter().filter_map(|id| sheet.column(id)).collect());
                let at = |n: usize| sheet.columns.get(n).map(|column| column.id);
                now.iter().filter_map(|range| Some(Span::From(at(*range.start())?, at(*range.end())?))).collect()
            }
        };
        if rows.len() * columns.len() > PARTS {
            return Vec::new();
        }
        rows.iter().flat_map(|rows| columns.iter().map(|columns| Area { rows: *rows, columns: *columns })).collect()
    }
}

fn runs(places: Vec<usize>) -> Vec<RangeInclusive<usize>> {
    joined(places.into_iter().map(|place| place..=place).collect())
}

/// A rectangle of cells, rows and columns counted as they are shown in this frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub rows: RangeInclusive<usize>,
    pub columns: RangeInclusive<usize>,
}

impl Block {
    /// The rectangle between two cells.
    pub fn between(a: Place, b: Place) -> Self {
        Self { rows: ordered(a.0, b.0), columns: ordered(a.1, b.1) }
    }

    /// Whether a cell is in it.
    pub fn contains(&self, (row, column): Place) -> bool {
        self.rows.contains(&row) && self.columns.contains(&column)
    }

    /// How many rows it has.
    pub fn height(&self) -> usize {
        self.rows.end() - self.rows.start() + 1
    }

    /// How many columns it has.
    pub fn width(&self) -> usize {
        self.columns.end() - self.columns.start() + 1
    }

    fn meets(&self, other: &Self) -> bool {
        let meet = |a: &RangeInclusive<usize>, b: &RangeInclusive<usize>| a.start() <= b.end() && b.start() <= a.end();
        meet(&self.rows, &other.rows) && meet(&self.columns, &other.columns)
    }

    /// Its cells that are not in `hole`, as rectangles that do not overlap: above, left, right, below.
    pub fn without(&self, hole: &Self) -> Vec<Self> {
        if !self.meets(hole) {
            return vec![self.clone()];
        }
        let (top, bottom) = (*self.rows.start(), *self.rows.end());
        let (left, right) = (*self.columns.start(), *self.columns.end());
        let middle = top.max(*hole.rows.start())..=bottom.min(*hole.rows.end());
        let mut parts = Vec::new();
        let mut part = |rows: RangeInclusive<usize>, columns: RangeInclusive<usize>| parts.push(Self { rows, columns });
        if top < *middle.start() {
            part(top..=middle.start() - 1, left..=right);
        }
        if left < *hole.columns.start() {
            part(middle.clone(), left..=hole.columns.start() - 1);
        }
        if right > *hole.columns.end() {
            part(middle.clone(), hole.columns.end() + 1..=right);
        }
        if bottom > *middle.end() {
            part(middle.end() + 1..=bottom, left..=right);
        }
        parts
    }

    /// The area of its cells; all rows, or all columns, as such.
    pub fn area(&self, sheet: &Sheet<'_>) -> Option<Area> {
        let all = sheet.last()?;
        let part = self.part(sheet)?;
        let rows = if self.rows == (0..=all.0) && all.0 > 0 { Span::All } else { part.rows };
        let columns = if self.columns == (0..=all.1) && all.1 > 0 { Span::All } else { part.columns };
        Some(Area { rows, columns })
    }

    fn part(&self, sheet: &Sheet<'_>) -> Option<Area> {
        let (first, last) = (
            sheet.cell((*self.rows.start(), *self.columns.start()))?,
            sheet.cell((*self.rows.end(), *self.columns.end()))?,
        );
        Some(Area { rows: Span::From(first.event, last.event), columns: Span::From(first.column, last.column) })
    }
}

/// All that is selected in this frame, as rectangles in the order in which they were selected; they may overlap. The
/// last one belongs to the active cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ranges(Vec<Block>);

/// Rectangles that line up: the same rows under all columns, or the same columns beside all rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LinedUp {
    /// The rows, from the top; they do not touch.
    pub rows: Vec<RangeInclusive<usize>>,
    /// The columns, from the left; they do not touch.
    pub columns: Vec<RangeInclusive<usize>>,
}

impl Ranges {
    /// The rectangles as they were selected.
    pub fn blocks(&self) -> &[Block] {
        &self.0
    }

    /// The only rectangle. `None` of none and of several.
    pub fn one(&self) -> Option<&Block> {
        if let [block] = self.0.as_slice() { Some(block) } else { None }
    }

    /// The rectangle of the active cell, which was selected last.
    pub fn last(&self) -> Option<&Block> {
        self.0.last()
    }

    /// Whether a cell is selected.
    pub fn contains(&self, place: Place) -> bool {
        self.0.iter().any(|block| block.contains(place))
    }

    /// The rectangles that reach into these rows, for drawing them.
    pub fn within(&self, rows: &RangeInclusive<usize>) -> Self {
        let reaches = |block: &&Block| block.rows.start() <= rows.end() && rows.start() <= block.rows.end();
        Self(self.0.iter().filter(reaches).cloned().collect())
    }

    /// Whether any cell of a row is selected.
    pub fn has_row(&self, row: usize) -> bool {
        self.0.iter().any(|block| block.rows.contains(&row))
    }

    /// Whether a row is selected from end to end.
    pub fn has_whole_row(&self, row: usize, sheet: &Sheet<'_>) -> bool {
        let last = sheet.last().map_or(0, |last| last.1);
        let whole = |block: &Block| block.rows.contains(&row) && block.columns == (0..=last);
        self.0.iter().any(whole)
    }

    /// All rows that have a selected cell, from the top; the ranges do not touch.
    pub fn rows(&self) -> Vec<RangeInclusive<usize>> {
        joined(self.0.iter().map(|block| block.rows.clone()).collect())
    }

    /// How many rows have a selected cell.
    pub fn row_count(&self) -> usize {
        self.rows().iter().map(|rows| rows.end() - rows.start() + 1).sum()
    }

    /// The same cells as rectangles that do not overlap: what is to be done to each cell once goes by these.
    pub fn apart(&self) -> Vec<Block> {
        let mut apart: Vec<Block> = Vec::with_capacity(self.0.len());
        for block in &self.0 {
            let mut rest = vec![block.clone()];
            for taken in self.0.iter().take_while(|other| !std::ptr::eq(*other, block)) {
                rest = rest.iter().flat_map(|part| part.without(taken)).collect();
            }
            apart.extend(rest);
        }
        apart
    }

    /// How many cells are selected.
    pub fn cell_count(&self) -> usize {
        self.apart().iter().map(|block| block.height() * block.width()).sum()
    }

    /// The selection as one table, as spreadsheets copy several ranges: where all have the same rows, or all the same
    /// columns. `None` where they do not line up, and where nothing is selected.
    pub fn lined_up(&self) -> Option<LinedUp> {
        let first = self.0.first()?;
        let same_rows = self.0.iter().all(|block| block.rows == first.rows);
        let same_columns = self.0.iter().all(|block| block.columns == first.columns);
        (same_rows || same_columns).then(|| LinedUp {
            rows: self.rows(),
            columns: joined(self.0.iter().map(|block| block.columns.clone()).collect()),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    prop_compose! {
        fn block()(top in 0_usize..6, height in 0_usize..4, left in 0_usize..6, width in 0_usize..4) -> Block {
            Block { rows: top..=top + height, columns: left..=left + width }
        }
    }

    fn cells() -> impl Iterator<Item = Place> {
        (0..10).flat_map(|row| (0..10).map(move |column| (row, column)))
    }

    proptest! {
        #[test]
        fn blocks_apart_hold_each_selected_cell_once(blocks in prop::collection::vec(block(), 0..5)) {
            let ranges = Ranges(blocks);
            let apart = ranges.apart();
            for cell in cells() {
                let times = apart.iter().filter(|block| block.contains(cell)).count();
                prop_assert_eq!(times, usize::from(ranges.contains(cell)), "{:?}", cell);
            }
            prop_assert_eq!(ranges.cell_count(), cells().filter(|cell| ranges.contains(*cell)).count());
            let rows = (0..10).filter(|row| ranges.has_row(*row)).count();
            prop_assert_eq!(ranges.row_count(), rows);
        }

        #[test]
        fn a_block_without_another_has_the_other_cells(whole in block(), hole in block()) {
            let parts = whole.without(&hole);
            for cell in cells() {
                let times = parts.iter().filter(|part| part.contains(cell)).count();
                prop_assert_eq!(times, usize::from(whole.contains(cell) && !hole.contains(cell)), "{:?}", cell);
            }
        }
    }

    #[test]
    fn ranges_line_up_by_rows_or_by_columns() {
        let block = |rows: RangeInclusive<usize>, columns: RangeInclusive<usize>| Block { rows, columns };
        let beside = Ranges(vec![block(1..=2, 4..=4), block(1..=2, 0..=1)]);
        assert_eq!(beside.lined_up(), Some(LinedUp { rows: vec![1..=2], columns: vec![0..=1, 4..=4] }));
        let below = Ranges(vec![block(5..=5, 0..=1), block(1..=2, 0..=1)]);
        assert_eq!(below.lined_up(), Some(LinedUp { rows: vec![1..=2, 5..=5], columns: vec![0..=1] }));
        assert_eq!(Ranges(vec![block(1..=2, 0..=1), block(1..=1, 3..=3)]).lined_up(), None);
        assert_eq!(Ranges::default().lined_up(), None);
    }
}
