//! Saved views between file and model.

use crate::model;

use super::reader::Reader;
use super::{Str, View, ViewColumn, ViewSort};

/// A view of the file. What it names and is not there is kept: it may come again.
pub(super) fn read(file: View<'_>, r: &mut Reader<'_>) -> Option<model::SavedView> {
    let name = r.text("name", &file.name);
    if name.trim().is_empty() {
        r.refuse("name", "A view needs a name");
    }
    let columns = r.each("columns", file.columns, |r, column| {
        let ViewColumn { id, width, hidden, wrapped } = column;
        Some(model::ViewColumn { id: r.text("id", &id), width, hidden, wrapped })
    });
    let sort = r.each("sort", file.sort, |r, sort| {
        Some(model::ViewSort { column: r.text("column", &sort.column), descending: sort.descending })
    });
    let filter = r.text("filter", &file.filter);
    let group = r.text("group", &file.group);
    Some(model::SavedView { name, columns: columns?, frozen: file.frozen, filter, sort: sort?, group })
}

/// A view as it is written.
pub(super) fn write(model: &model::SavedView) -> View<'_> {
    View {
        name: Str::Borrowed(&model.name),
        columns: model
            .columns
            .iter()
            .map(|column| ViewColumn {
                id: Str::Borrowed(&column.id),
                width: column.width,
                hidden: column.hidden,
                wrapped: column.wrapped,
            })
            .collect(),
        frozen: model.frozen,
        filter: Str::Borrowed(&model.filter),
        sort: model
            .sort
            .iter()
            .map(|sort| ViewSort { column: Str::Borrowed(&sort.column), descending: sort.descending })
            .collect(),
        group: Str::Borrowed(&model.group),
    }
}
