//! The fields of one column: title, meaning, kind and, of a choice, its words.

use egui::{ComboBox, TextEdit, Ui};

use super::draft::{CHOICE, Drafted, Word, step};
use crate::model::OwnKind;
use crate::ui::theme::icons;
use crate::ui::widgets;

/// What each kind holds, in the order of their keys.
const KINDS: [(&str, &str); OwnKind::KEYS.len()] = [
    ("Text", "Any words"),
    ("Number", "A number, with or without decimals: 1200, 3.5, -2"),
    ("Quantity", "A count as a report states it: 40, 40+, 40-50, dozens, ?"),
    ("Date", "A day or days: 2022-09-16, 2022-09, 2022-09-14/2022-09-17"),
    ("Choice", "One of the words below"),
];

/// Draws the fields; says whether the column is to be taken out. `id` is its name in filters and files.
pub(super) fn ui(ui: &mut Ui, column: &mut Drafted, id: &str, to_title: bool) -> bool {
    let title = widgets::field(ui, "Title", &mut column.title);
    if to_title {
        title.request_focus();
        widgets::select_all(ui, title.id);
    }
    widgets::field(ui, "What it holds, for coders and readers", &mut column.meaning);
    widgets::field_with(ui, "Kind", |ui| {
        let (name, _) = KINDS.get(column.kind).copied().unwrap_or_default();
        let list = ComboBox::from_id_salt("kind of column").selected_text(name).width(180.0).show_ui(ui, |ui| {
            for (at, (name, help)) in KINDS.iter().enumerate() {
                widgets::choose(ui, &mut column.kind, at, *name).on_hover_text(*help);
            }
        });
        list.response
    });
    if let Some((_, help)) = KINDS.get(column.kind) {
        widgets::caption(ui, *help);
    }
    ui.add_space(4.0);
    if column.kind == CHOICE {
        words(ui, &mut column.words);
    }
    ui.add_space(4.0);
    if !id.is_empty() {
        widgets::caption(ui, format!("In filters, files and exports: {id}"));
    }
    widgets::quiet_button(ui, icons::TRASH, "Remove column").clicked()
}

/// The words to choose from, in their order.
fn words(ui: &mut Ui, words: &mut Vec<Word>) {
    widgets::section_title(ui, "Words");
    let (mut moved, mut removed) = (None, None);
    let count = words.len();
    for (at, word) in words.iter_mut().enumerate() {
        let n = at + 1;
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 128.0).max(120.0);
            let name = TextEdit::singleline(&mut word.name).hint_text("Word").desired_width(width * 0.4);
            ui.add(name).accessible_name(format!("Word {n}"));
            let meaning = TextEdit::singleline(&mut word.meaning).hint_text("What it means").desired_width(width * 0.6);
            ui.add(meaning).accessible_name(format!("Meaning of word {n}"));
            ui.spacing_mut().item_spacing.x = 0.0;
            for (icon, way, down, can) in
                [(icons::CARET_UP, "up", false, at > 0), (icons::CARET_DOWN, "down", true, n < count)]
            {
                let label = format!("Move word {n} {way}");
                if ui.add_enabled_ui(can, |ui| widgets::icon_button(ui, icon, &label)).inner.clicked() {
                    moved = Some((at, down));
                }
            }
            if widgets::icon_button(ui, icons::X, &format!("Remove word {n}")).clicked() {
                removed = Some(at);
            }
        });
    }
    if let Some((mut at, down)) = moved {
        step(words, &mut at, down);
    }
    if let Some(at) = removed {
        words.remove(at);
    }
    if widgets::quiet_button(ui, icons::PLUS, "Add word").clicked() {
        words.push(Word::default());
    }
}
