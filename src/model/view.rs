//! A saved view: an arrangement of the event table under a name, which travels with the project.
//!
//! It holds what a person set up on purpose, and nothing that is of the moment, such as what is selected. Columns stand
//! in it by name, also those that the project does not have now.

use super::Text;

/// An arrangement of the event table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedView {
    /// Its name, which no other view of the project has.
    pub name: Text,
    /// Its columns, in order. Columns that are not named are hidden; where none is, the table is as it is at first.
    pub columns: Vec<ViewColumn>,
    /// How many of `columns` stay in view when the table is scrolled sideways.
    pub frozen: u32,
    /// The filter, as it is written.
    pub filter: Text,
    /// The keys of the order, from the first.
    pub sort: Vec<ViewSort>,
    /// By what the rows are grouped, such as `country` or `when:month`; empty where they are not.
    pub group: Text,
}

/// A column of a view.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ViewColumn {
    /// Its name in filters and exports.
    pub id: Text,
    /// Its width in points; 0 where it is the usual one.
    pub width: u32,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Whether its text goes on in further lines.
    pub wrapped: bool,
}

/// A key of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewSort {
    /// The name of the column.
    pub column: Text,
    /// Whether the largest comes first.
    pub descending: bool,
}
