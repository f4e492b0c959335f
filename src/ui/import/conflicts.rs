//! Where the file and the analyst disagree, event by event: the analyst wins unless told otherwise.

use egui::{Frame, Grid, Label, Margin, RichText, ScrollArea, Ui};

use crate::exchange::import::{Conflict, Wishes};
use crate::model::quantity::grouped;
use crate::ui::theme::{self, icons};
use crate::ui::{Action, Actions, Target, widgets};

use super::Planned;

/// Conflicts that are drawn.
const SHOWN: usize = 500;

/// Draws the conflicts. Answers whether somebody decided otherwise.
pub(super) fn ui(ui: &mut Ui, planned: Option<&Planned>, wishes: &mut Wishes, actions: &mut Actions) -> bool {
    let Some(planned) = planned else {
        Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            widgets::muted(ui, "What it would change is being worked out");
        });
        return false;
    };
    if planned.conflicts.is_empty() {
        let text = "What was changed in the project and what the file says agree";
        widgets::empty_state(ui, icons::CHECK_CIRCLE, "No conflicts", text, None);
        return false;
    }
    let before = wishes.clone();
    Frame::new().inner_margin(Margin::symmetric(12, 6)).show(ui, |ui| {
        ui.checkbox(&mut wishes.theirs, "Take the file's everywhere");
    });
    ScrollArea::vertical().id_salt("conflicts").auto_shrink(false).show(ui, |ui| {
        for conflict in planned.conflicts.iter().take(SHOWN) {
            Frame::new().inner_margin(Margin::symmetric(12, 2)).show(ui, |ui| one(ui, conflict, wishes, actions));
        }
        let more = planned.conflicts.len().saturating_sub(SHOWN);
        if more > 0 {
            let text = format!("… and {more} more, which stay as they are unless the file's are taken everywhere");
            widgets::muted(ui, text);
        }
    });
    *wishes != before
}

fn one(ui: &mut Ui, conflict: &Conflict, wishes: &mut Wishes, actions: &mut Actions) {
    let tokens = theme::tokens(ui);
    ui.horizontal(|ui| {
        let name = if conflict.name.is_empty() { "An event without a title" } else { &conflict.name };
        if ui.link(name).accessible_name(format!("Show {name}")).clicked() {
            actions.push(Action::Show(Target::Event(conflict.event)));
        }
        if conflict.line > 0 {
            widgets::muted(ui, format!("line {}", grouped(conflict.line)));
        }
        let mut theirs = wishes.theirs || wishes.theirs_on.contains(&conflict.event);
        ui.add_enabled_ui(!wishes.theirs, |ui| {
            let (mine, file) =
                if conflict.is_gone() { ("Keep it", "Remove it") } else { ("Keep mine", "Take the file's") };
            ui.radio_value(&mut theirs, false, mine).accessible_name(format!("{mine}: {name}"));
            ui.radio_value(&mut theirs, true, file).accessible_name(format!("{file}: {name}"));
        });
        if !wishes.theirs {
            if theirs {
                wishes.theirs_on.insert(conflict.event);
            } else {
                wishes.theirs_on.remove(&conflict.event);
            }
        }
    });
    Grid::new(("conflict", conflict.event)).num_columns(3).spacing([12.0, 2.0]).show(ui, |ui| {
        if conflict.is_gone() {
            widgets::muted(ui, "It was worked on, and the file does not have it any more");
            ui.end_row();
        }
        for field in &conflict.fields {
            widgets::muted(ui, field.field);
            for (who, text) in [("mine", &field.mine), ("the file's", &field.theirs)] {
                let text = if text.is_empty() { "nothing" } else { text };
                ui.add(Label::new(RichText::new(format!("{who}: {text}")).color(tokens.text)).truncate());
            }
            ui.end_row();
        }
    });
}
