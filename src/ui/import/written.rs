//! How the file is written, as it was found out and can be chosen otherwise, and how its values are read.

use egui::{ComboBox, Label, RichText, TextEdit, Ui};

use crate::dataset::guess::order_in_words;
use crate::exchange::table::{Choices, Header, Quoting, Table, encodings};
use crate::model::DateOrder;
use crate::ui::{theme, widgets};

use super::draft::Draft;

/// A list of choices under its name. Answers whether another was chosen.
pub(super) fn pick<T: PartialEq + Clone>(
    ui: &mut Ui,
    name: &str,
    shown: &str,
    options: &[(String, T)],
    value: &mut T,
) -> bool {
    let before = value.clone();
    let label = ui.add(Label::new(RichText::new(name).weak()));
    ComboBox::from_id_salt(("import", name))
        .selected_text(shown)
        .width(0.0)
        .height(360.0)
        .show_ui(ui, |ui| {
            for (words, option) in options {
                widgets::choose(ui, value, option.clone(), words.as_str());
            }
        })
        .response
        .labelled_by(label.id)
        .accessible_name(format!("{name}: {shown}"));
    ui.add_space(6.0);
    *value != before
}

/// Encoding, delimiter, quote, header and sheet. Answers whether the file is to be read anew.
pub(super) fn file(ui: &mut Ui, table: &Table, choices: &mut Choices) -> bool {
    let found = table.found();
    let mut changed = false;
    if found.sheets.is_empty() {
        changed |= encoding(ui, table, choices);
        changed |= delimiter(ui, table, choices);
        changed |= quote(ui, table, choices);
    } else if found.sheets.len() > 1 {
        let sheets: Vec<(String, String)> = found.sheets.iter().map(|name| (name.clone(), name.clone())).collect();
        let shown = found.sheet.clone().unwrap_or_default();
        let mut sheet = shown.clone();
        if pick(ui, "Sheet", &shown, &sheets, &mut sheet) {
            *choices = Choices { sheet: Some(sheet), ..Choices::default() };
            changed = true;
        }
    }
    changed | header(ui, table, choices)
}

fn encoding(ui: &mut Ui, table: &Table, choices: &mut Choices) -> bool {
    let shown = table.layout().encoding.to_string();
    let options: Vec<(String, Option<_>)> =
        encodings().map(|encoding| (encoding.name().to_owned(), Some(encoding))).collect();
    let found = encodings().find(|encoding| encoding.name() == shown);
    let mut encoding = choices.encoding.or(found);
    let changed = pick(ui, "Encoding", &shown, &options, &mut encoding);
    if changed {
        choices.encoding = encoding;
    }
    changed
}

fn delimiter(ui: &mut Ui, table: &Table, choices: &mut Choices) -> bool {
    let words = |sign: char| match sign {
        ',' => "Comma".to_owned(),
        ';' => "Semicolon".to_owned(),
        '\t' => "Tab".to_owned(),
        '|' => "Bar |".to_owned(),
        ' ' => "Blank".to_owned(),
        other => other.to_string(),
    };
    let sign = table.layout().delimiter;
    let options: Vec<(String, char)> = [',', ';', '\t', '|', ':', ' '].map(|sign| (words(sign), sign)).to_vec();
    let mut chosen = sign;
    let changed = pick(ui, "Between fields", &words(sign), &options, &mut chosen);
    if changed {
        choices.delimiter = Some(chosen);
    }
    changed
}

fn quote(ui: &mut Ui, table: &Table, choices: &mut Choices) -> bool {
    let sign = table.layout().quote;
    let now = if sign == '\0' { Quoting::None } else { Quoting::With(sign) };
    let words = |quoting: Quoting| match quoting {
        Quoting::With(sign) => sign.to_string(),
        Quoting::None => "None".to_owned(),
    };
    let options = [Quoting::With('"'), Quoting::With('\''), Quoting::None].map(|quoting| (words(quoting), quoting));
    let mut chosen = now;
    let changed = pick(ui, "Quotes", &words(now), &options, &mut chosen);
    if changed {
        choices.quote = Some(chosen);
    }
    changed
}

fn header(ui: &mut Ui, table: &Table, choices: &mut Choices) -> bool {
    let words = |header: Header| match header {
        Header::Named => "First row",
        Header::Tagged => "Two rows (HXL tags)",
        Header::Missing => "None",
    };
    let options = [Header::Named, Header::Tagged, Header::Missing].map(|header| (words(header).to_owned(), header));
    let now = table.found().header;
    let mut chosen = now;
    let changed = pick(ui, "Header", words(now), &options, &mut chosen);
    if changed {
        choices.header = Some(chosen);
    }
    changed
}

/// The order of dates, decimals, and what stands for an unknown. Answers whether something was chosen.
pub(super) fn values(ui: &mut Ui, draft: &mut Draft) -> bool {
    let orders = [DateOrder::YearFirst, DateOrder::DayFirst, DateOrder::MonthFirst];
    let options = orders.map(|order| (order_in_words(order).to_owned(), order));
    let shown = order_in_words(draft.dates);
    let mut changed = pick(ui, "Dates", shown, &options, &mut draft.dates);
    draft.dates_chosen |= changed;
    let marks = [("Point".to_owned(), '.'), ("Comma".to_owned(), ',')];
    let shown = if draft.decimal == ',' { "Comma" } else { "Point" };
    changed |= pick(ui, "Decimals", shown, &marks, &mut draft.decimal);
    // The label and its field stay on one line.
    if ui.available_size_before_wrap().x < 200.0 {
        ui.end_row();
    }
    let label = ui.add(Label::new(RichText::new("Unknown").weak()));
    let field = ui.add(TextEdit::singleline(&mut draft.missing).desired_width(110.0)).labelled_by(label.id);
    let field = field.on_hover_text("Texts that stand for an unknown beside the empty one, separated by commas");
    changed | field.changed()
}

/// What was pressed beside the mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pressed {
    Nothing,
    Changed,
    Save,
    Open,
}

/// The name of the mapping, and its file.
pub(super) fn mapping(ui: &mut Ui, draft: &mut Draft) -> Pressed {
    let mut pressed = Pressed::Nothing;
    ui.horizontal_wrapped(|ui| {
        let label = ui.add(Label::new(RichText::new("Mapping").weak()));
        let field = ui.add(TextEdit::singleline(&mut draft.name).desired_width(180.0)).labelled_by(label.id);
        let help = "The name under which it is kept in the project: a file with the same header is read by it without questions";
        if field.on_hover_text(help).changed() {
            pressed = Pressed::Changed;
        }
        if ui.button("Save mapping…").on_hover_text("Write what the columns mean to a file").clicked() {
            pressed = Pressed::Save;
        }
        if ui.button("Open mapping…").on_hover_text("Read the columns by a mapping that was written before").clicked() {
            pressed = Pressed::Open;
        }
        let doubts = draft.doubts();
        if doubts > 0 {
            let text = format!("{} to look at", crate::ui::status_bar::counted(doubts, "column", "columns"));
            ui.add(Label::new(RichText::new(text).color(theme::tokens(ui).warn.text)));
        }
    });
    pressed
}
