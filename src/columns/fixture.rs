//! For tests: a project with a column of the analyst's own of each kind.

use crate::model::project::Term;
use crate::model::{About, Codebook, Event, OwnColumn, OwnKind, Project, Records};

/// The id, title and kind of five columns.
pub(crate) type Five = [(&'static str, &'static str, &'static str); 5];

/// A project with these columns, and in each event `e0`, `e1`… a text in each. `words` are those of a choice.
pub(crate) fn own_project(columns: Five, words: &[&str], rows: &[[&str; 5]]) -> Project {
    let term = |word: &&str| Term { name: (*word).into(), meaning: "".into() };
    let words: Vec<Term> = words.iter().map(term).collect();
    let columns: Vec<OwnColumn> = columns
        .into_iter()
        .map(|(id, title, kind)| {
            let words = if kind == "choice" { words.clone() } else { Vec::new() };
            let kind = OwnKind::from_key(kind, words).expect("a kind");
            OwnColumn { id: id.parse().expect("an id"), title: title.into(), meaning: "".into(), kind }
        })
        .collect();
    let events = rows.iter().enumerate().map(|(n, row)| {
        let own = columns.iter().zip(row).map(|(column, text)| (column.id, (*text).into())).collect();
        Event { own, ..Event::new(format!("e{n}").parse().expect("an id")) }
    });
    let events = Records::from_list(events).0;
    let about = About { codebook: Codebook { columns, ..Codebook::default() }, ..About::default() };
    Project { events, about: about.into(), ..Project::titled("Own") }
}
