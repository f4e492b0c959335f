//! Other people's data between file and model: what a file was like, and what its columns mean.

use serde::{Deserialize, Serialize};

use crate::dataset::find_mapping;
use crate::model::mapping::Meaning;
use crate::model::{self, DateOrder, Layout, LineEnd, Moment};

use super::Str;
use super::bare;
use super::bare::{blank, none, not};
use super::from_model::{shown, str, strs};
use super::reader::Reader;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dataset<'a> {
    #[serde(borrow)]
    pub id: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub name: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub version: Str<'a>,
    #[serde(borrow)]
    pub mapping: Str<'a>,
    pub mapping_version: u32,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub file: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub sha256: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub imported: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub delimiter: Option<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub quote: Option<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub line_end: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub encoding: Str<'a>,
    #[serde(default, skip_serializing_if = "not")]
    pub bom: bool,
    #[serde(default, skip_serializing_if = "not")]
    pub open_end: bool,
    #[serde(borrow)]
    pub columns: Vec<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub head: Vec<Str<'a>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping<'a> {
    #[serde(borrow)]
    pub name: Str<'a>,
    pub version: u32,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub columns: Vec<(Str<'a>, Str<'a>)>,
    #[serde(borrow, default, skip_serializing_if = "blank")]
    pub dates: Str<'a>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub decimal: Option<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub missing: Vec<Str<'a>>,
    #[serde(borrow, default, skip_serializing_if = "none")]
    pub kinds: Vec<(Str<'a>, Str<'a>)>,
}

const LINE_ENDS: [(&str, LineEnd); 3] = [("lf", LineEnd::Lf), ("crlf", LineEnd::CrLf), ("cr", LineEnd::Cr)];

/// A data set of the file. One whose mapping nobody knows is kept, and told.
pub(super) fn read(
    file: Dataset<'_>,
    earlier: &[model::Dataset],
    mappings: &[model::Mapping],
    r: &mut Reader<'_>,
) -> Option<model::Dataset> {
    let id = r.value("id", file.id.parse());
    if id.is_some_and(|id| earlier.iter().any(|other| other.id == id)) {
        r.refuse("id", format!("The id `{}` is that of an earlier data set; give one of the two a new id", file.id));
    }
    let usual = Layout::default();
    let delimiter = sign("delimiter", file.delimiter.as_deref(), usual.delimiter, r);
    let quote = match file.quote.as_deref() {
        Some("") => Some('\0'),
        quote => sign("quote", quote, usual.quote, r),
    };
    let line_end = r.key("line_end", &file.line_end, &LINE_ENDS);
    let imported = r.optional("imported", &file.imported, Moment::parse);
    let encoding = if file.encoding.is_empty() { usual.encoding } else { r.text("encoding", &file.encoding) };
    let dataset = model::Dataset {
        id: id?,
        name: r.text("name", &file.name),
        version: r.text("version", &file.version),
        mapping: r.text("mapping", &file.mapping),
        mapping_version: file.mapping_version,
        columns: file.columns.iter().map(|name| (&**name).into()).collect(),
        layout: Layout {
            delimiter: delimiter?,
            quote: quote?,
            line_end: line_end?,
            encoding,
            bom: file.bom,
            head: file.head.iter().map(|row| (&**row).into()).collect(),
            ends_in_line_end: !file.open_end,
        },
        file: r.text("file", &file.file),
        sha256: r.text("sha256", &file.sha256),
        imported: imported?,
    };
    if find_mapping(mappings, &dataset).is_none() {
        r.warn(
            "mapping",
            format!(
                "No mapping “{}” of version {} is known, so its rows cannot be read; add it to `mappings`, or use the \
                 Dateline that made this file",
                dataset.mapping, dataset.mapping_version
            ),
        );
    }
    Some(dataset)
}

/// A field that holds one character.
fn sign(field: &'static str, text: Option<&str>, usual: char, r: &mut Reader<'_>) -> Option<char> {
    let Some(text) = text else { return Some(usual) };
    let mut letters = text.chars();
    let only = letters.next().filter(|_| letters.next().is_none());
    r.value(field, only.ok_or_else(|| format!("One character is expected here, not \"{text}\"")))
}

/// A data set as it is written: what is usual is left out.
pub(super) fn write(model: &model::Dataset) -> Dataset<'_> {
    let usual = Layout::default();
    let layout = &model.layout;
    let sign = |sign: char, usual: char| (sign != usual).then(|| letter(sign));
    Dataset {
        id: Str::Borrowed(model.id.as_str()),
        name: str(&model.name),
        version: str(&model.version),
        mapping: str(&model.mapping),
        mapping_version: model.mapping_version,
        file: str(&model.file),
        sha256: str(&model.sha256),
        imported: shown(model.imported),
        delimiter: sign(layout.delimiter, usual.delimiter),
        quote: sign(layout.quote, usual.quote),
        line_end: LINE_ENDS[1..].iter().find(|(_, end)| *end == layout.line_end).map_or("", |(key, _)| key).into(),
        encoding: if layout.encoding == usual.encoding { Str::Borrowed("") } else { str(&layout.encoding) },
        bom: layout.bom,
        open_end: !layout.ends_in_line_end,
        columns: strs(&model.columns),
        head: strs(&layout.head),
    }
}

/// A sign as a text; none is an empty one.
fn letter<'a>(sign: char) -> Str<'a> {
    if sign == '\0' { Str::Borrowed("") } else { sign.to_string().into() }
}

/// A mapping of the file.
pub(super) fn read_mapping(
    file: Mapping<'_>,
    earlier: &[model::Mapping],
    r: &mut Reader<'_>,
) -> Option<model::Mapping> {
    let name = r.text("name", &file.name);
    if name.trim().is_empty() {
        r.refuse("name", "A mapping needs a name; say what it is for");
    }
    if earlier.iter().any(|other| other.name == name && other.version == file.version) {
        r.refuse(
            "version",
            format!("“{name}” {} stands here already; give one of the two another version", file.version),
        );
    }
    let columns = r.each("columns", file.columns, |r, (column, key)| {
        let meaning = Meaning::from_key(&key).ok_or_else(|| {
            format!(
                "\"{key}\" is not a meaning; write one such as \"place\", \"first day\", \"best killed total\", or \"kept\""
            )
        });
        Some((r.text_here(&column), r.value_here(meaning)?))
    });
    let dates = r.key("dates", &file.dates, &DateOrder::ALL.map(|order| (order.key(), order)));
    let decimal = sign("decimal", file.decimal.as_deref(), '.', r);
    let missing = r.texts("missing", &file.missing);
    let kinds = file.kinds.iter().map(|(code, word)| (r.text("kinds", code), r.text("kinds", word))).collect();
    Some(model::Mapping {
        name,
        version: file.version,
        columns: columns?,
        dates: dates?,
        decimal: decimal?,
        missing,
        kinds,
    })
}

/// A mapping as it is written.
pub(in crate::file) fn write_mapping(model: &model::Mapping) -> Mapping<'_> {
    let usual = model.dates == DateOrder::default();
    Mapping {
        name: str(&model.name),
        version: model.version,
        columns: model.columns.iter().map(|(name, meaning)| (str(name), meaning.to_string().into())).collect(),
        dates: if usual { Str::Borrowed("") } else { Str::Borrowed(model.dates.key()) },
        decimal: (model.decimal != '.').then(|| letter(model.decimal)),
        missing: strs(&model.missing),
        kinds: model.kinds.iter().map(|(code, word)| (str(code), str(word))).collect(),
    }
}
