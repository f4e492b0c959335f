//! Which cells are looked through: those that are shown, one column, or the selection.

use std::ops::{Range, RangeInclusive};

use super::super::grid::Grid;
use super::super::selection;
use super::super::sheet::Sheet;
use crate::columns::{Column, grouped};

/// A range of rows in some columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Block {
    pub(super) rows: RangeInclusive<usize>,
    pub(super) columns: Vec<&'static str>,
}

/// Which cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) enum Scope {
    /// All that are shown.
    #[default]
    Shown,
    /// One column, in the rows that are shown.
    Column(&'static str),
    /// Those that were selected. Sorting leaves a selection at its place, as in a spreadsheet.
    Selection(Vec<Block>),
}

/// Rows that are looked through in the same columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Span {
    pub rows: Range<usize>,
    /// Numbers of columns, from the left.
    pub columns: Vec<usize>,
}

impl Scope {
    /// The selected cells. `None` where nothing is selected.
    pub fn selection(grid: &Grid, sheet: &Sheet<'_>) -> Option<Self> {
        let ids = |columns: RangeInclusive<usize>| {
            sheet.columns.get(columns).unwrap_or_default().iter().map(|column| column.id).collect()
        };
        let block = |block: &selection::Block| Block { rows: block.rows.clone(), columns: ids(block.columns.clone()) };
        let blocks: Vec<Block> = grid.ranges(sheet).blocks().iter().map(block).collect();
        (!blocks.is_empty()).then_some(Self::Selection(blocks))
    }

    /// The rows and columns, from the top, each cell once.
    pub fn spans(&self, sheet: &Sheet<'_>) -> Vec<Span> {
        let rows = 0..sheet.rows.len();
        let spans = match self {
            Self::Shown => vec![Span { rows, columns: (0..sheet.columns.len()).collect() }],
            Self::Column(id) => vec![Span { rows, columns: sheet.column(id).into_iter().collect() }],
            Self::Selection(blocks) => cut(blocks, sheet),
        };
        spans.into_iter().filter(|span| !span.rows.is_empty() && !span.columns.is_empty()).collect()
    }

    /// How many cells there are.
    pub fn cells(&self, sheet: &Sheet<'_>) -> usize {
        self.spans(sheet).iter().map(|span| span.rows.len() * span.columns.len()).sum()
    }

    /// The words in the menu of scopes.
    pub fn label(&self, sheet: &Sheet<'_>) -> String {
        match self {
            Self::Shown => "All shown cells".to_owned(),
            Self::Column(id) => {
                format!("Column {}", Column::find(sheet.view.project, id).map_or(*id, |column| column.name))
            }
            Self::Selection(_) => match self.cells(sheet) {
                1 => "The active cell".to_owned(),
                n => format!("{} selected cells", grouped(n as u64)),
            },
        }
    }
}

/// Cuts blocks that may overlap into spans that do not.
fn cut(blocks: &[Block], sheet: &Sheet<'_>) -> Vec<Span> {
    let last = sheet.rows.len();
    let ends = |block: &Block| (*block.rows.start()).min(last)..(block.rows.end() + 1).min(last);
    let mut cuts: Vec<usize> = blocks.iter().map(ends).flat_map(|rows| [rows.start, rows.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let span = |pair: &[usize]| {
        let rows = pair.first().copied().unwrap_or(0)..pair.last().copied().unwrap_or(0);
        let over = blocks.iter().filter(|block| ends(block).contains(&rows.start));
        let mut columns: Vec<usize> =
            over.flat_map(|block| block.columns.iter().filter_map(|id| sheet.column(id))).collect();
        columns.sort_unstable();
        columns.dedup();
        Span { rows, columns }
    };
    cuts.windows(2).map(span).collect()
}
