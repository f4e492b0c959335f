//! What can be asked of an event: the columns by their names, and what lies beside them.
//!
//! The one list from which the parser, the completions and the documentation read.

use std::fmt::Write as _;

use crate::columns::{COLUMNS, Kind, Part};
use crate::derive::columnar::{Flag, TextField};
use crate::model::{Measure, OwnColumn, OwnKind, Project};

use super::{ClaimField, Counted, own};

/// What a field asks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asks {
    Texts(&'static [TextField]),
    Id,
    Number(Measure, Part),
    Count(Counted),
    Days,
    Has,
    Is,
    Class,
    Claim(ClaimField),
    Own(OwnColumn, Part),
}

/// Something that can be asked of an event.
pub struct Field {
    /// Its name, and others that mean the same.
    pub names: &'static [&'static str],
    /// What it asks, in one sentence.
    pub help: &'static str,
    /// An example.
    pub example: &'static str,
    pub(super) asks: Asks,
}

const fn texts(
    names: &'static [&'static str],
    help: &'static str,
    example: &'static str,
    fields: &'static [TextField],
) -> Field {
    Field { names, help, example, asks: Asks::Texts(fields) }
}

/// Every field but the figures, which are the measures of the project with `.low`, `.best` and `.high`.
pub static FIELDS: &[Field] = &[
    Field {
        names: &["date", "when"],
        help: "The event's whole interval lies in these days; date~ asks for a day in common",
        example: "date:2022-09-14..2022-09-17",
        asks: Asks::Days,
    },
    texts(&["title"], "Words of the title", "title:bridge", &[TextField::Title]),
    texts(&["place"], "The name of the place", "place:Batken", &[TextField::Place]),
    texts(&["adm1", "province"], "First order division", "adm1:Sughd", &[TextField::Adm1]),
    texts(&["country"], "The country", "country=Kyrgyzstan", &[TextField::Country]),
    texts(&["kind"], "The kind of event", "kind:shelling", &[TextField::Kind]),
    texts(&["side"], "A party, whichever side it is", "side:army", &[TextField::SideA, TextField::SideB]),
    texts(&["side_a"], "The first party", "side_a:army", &[TextField::SideA]),
    texts(&["side_b"], "The second party", "side_b:army", &[TextField::SideB]),
    texts(&["status"], "How far the coding has come", "status:draft", &[TextField::Status]),
    texts(&["tag", "tags"], "A mark; = asks for the whole mark", "tag=border", &[TextField::Tags]),
    texts(&["precision"], "How exactly the place is known", "precision:exact", &[TextField::Precision]),
    texts(&["source_id"], "An id in another data set", "source_id:KGZ-2022", &[TextField::SourceIds]),
    Field { names: &["id"], help: "The event's own id begins so", example: "id:e-7k2", asks: Asks::Id },
    Field {
        names: &["sources"],
        help: "How many articles are quoted",
        example: "sources>=2",
        asks: Asks::Count(Counted::Sources),
    },
    Field {
        names: &["covers"],
        help: "How many events a summary includes",
        example: "covers>0",
        asks: Asks::Count(Counted::Covers),
    },
    Field { names: &["class"], help: "Something is said of this class", example: "class:civilians", asks: Asks::Class },
    Field {
        names: &["article"],
        help: "Headline or id of an article that is quoted",
        example: "article:a-31",
        asks: Asks::Claim(ClaimField::Article),
    },
    Field {
        names: &["publisher", "source"],
        help: "Publisher or agency of an article that is quoted",
        example: "publisher:AFP",
        asks: Asks::Claim(ClaimField::Publisher),
    },
    Field {
        names: &["speaker"],
        help: "Who says so, or via whom",
        example: "speaker:\"health ministry\"",
        asks: Asks::Claim(ClaimField::Speaker),
    },
    Field {
        names: &["has"],
        help: "What an event has: conflict, unknown, claims, notes, hand, changed (a figure by hand whose claims changed since), date, coordinates, unreadable, or a value in a column",
        example: "has:conflict",
        asks: Asks::Has,
    },
    Field {
        names: &["is"],
        help: "What an event is: draft, coded, reviewed, disputed, excluded, summary, sensitive, flagged",
        example: "is:excluded",
        asks: Asks::Is,
    },
];

/// What an event is, word by word.
pub(super) const IS: [(&str, Flag); 8] = [
    ("draft", Flag::Draft),
    ("coded", Flag::Coded),
    ("reviewed", Flag::Reviewed),
    ("disputed", Flag::Disputed),
    ("excluded", Flag::Excluded),
    ("summary", Flag::Summary),
    ("sensitive", Flag::Sensitive),
    ("flagged", Flag::Flagged),
];

/// What an event has, word by word.
pub(super) const HAS: [(&str, Flag); 6] = [
    ("conflict", Flag::Conflict),
    ("unknown", Flag::Unknown),
    ("claims", Flag::Claims),
    ("hand", Flag::ByHand),
    ("changed", Flag::ClaimsChanged),
    ("coordinates", Flag::Located),
];

/// What a name asks of. Upper and lower case are the same.
pub(super) fn find(name: &str, project: &Project) -> Option<Asks> {
    let name = name.to_lowercase();
    let known = FIELDS.iter().find(|field| field.names.contains(&name.as_str()));
    let own = || own::find(&name, project).map(|(column, part)| Asks::Own(column.clone(), part));
    known.map(|field| field.asks.clone()).or_else(|| figure(&name, project)).or_else(own)
}

/// A measure of the project, with the part of its figure.
fn figure(name: &str, project: &Project) -> Option<Asks> {
    let (measure, part) = match name.rsplit_once('.') {
        Some((measure, "low")) => (measure, Part::Low),
        Some((measure, "high")) => (measure, Part::High),
        Some((measure, "best")) => (measure, Part::Best),
        _ => (name, Part::Best),
    };
    let known = project.measures().find(|known| known.key() == measure)?;
    Some(Asks::Number(known, part))
}

/// Every name that can be written, for completions and for the nearest one to a slip.
pub(super) fn names(project: &Project) -> Vec<String> {
    let figures = project.measures().flat_map(|measure| {
        let key = measure.key().to_owned();
        [format!("{key}.low"), format!("{key}.high"), key]
    });
    let own = project.about.codebook.columns.iter().flat_map(|column| {
        let id = column.id.as_str().to_owned();
        let counts = column.kind == OwnKind::Quantity;
        let parts = counts.then(|| [format!("{id}.low"), format!("{id}.high")]).into_iter().flatten();
        std::iter::once(id).chain(parts.collect::<Vec<_>>())
    });
    FIELDS.iter().flat_map(|field| field.names).map(|name| (*name).to_owned()).chain(figures).chain(own).collect()
}

/// The list of fields as a Markdown table, as the README shows it.
pub fn fields_markdown() -> String {
    let mut out = String::from("| Field | Asks | Example |\n| --- | --- | --- |\n");
    let mut row = |names: &str, help: &str, example: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "| {names} | {help} | `{example}` |");
    };
    for field in FIELDS {
        let names: Vec<String> = field.names.iter().map(|name| format!("`{name}`")).collect();
        row(&names.join(", "), field.help, field.example);
    }
    let figures: Vec<String> = COLUMNS
        .iter()
        .filter_map(|column| match &column.kind {
            Kind::Figure(measure, Part::Best) => Some(format!("`{}`", measure.key())),
            _ => None,
        })
        .collect();
    row(&figures.join(", "), "The best figure; with `.low` or `.high` the others", "killed.high>=10");
    let own = "A column of your own by its id, or by its title in quotation marks: words of a text or a choice, \
               a number, a quantity as a figure, days as `date`; `?` asks for what is not known";
    row("`hospital`, `\"Seen on\"`", own, "\"Seen on\":2022-09");
    out
}
