//! Where the file and the analyst disagree, event by event: the analyst wins unless told otherwise.

use egui::{Frame, Grid, Label, Margin, Rect, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2};

use crate::exchange::import::{Conflict, Wishes};
use crate::model::quantity::grouped;
use crate::ui::theme::{self, icons};
use crate::ui::{Action, Actions, Target, widgets};

use super::Planned;

/// Heights of a conflict: its first line, each field, and the room between two.
const HEAD: f32 = 28.0;
const FIELD: f32 = 20.0;
const GAP: f32 = 6.0;

fn height(conflict: &Conflict) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a few fields")]
    let fields = conflict.fields.len().max(1) as f32;
    HEAD + FIELD * fields + GAP
}

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
    ScrollArea::vertical().id_salt("conflicts").auto_shrink(false).show_viewport(ui, |ui, viewport| {
        in_view(ui, viewport, &planned.conflicts, |ui, conflict| one(ui, conflict, wishes, actions));
    });
    *wishes != before
}

/// Draws those of all conflicts that are in view, each at its place.
fn in_view(ui: &mut Ui, viewport: Rect, conflicts: &[Conflict], mut draw: impl FnMut(&mut Ui, &Conflict)) {
    let (origin, width) = (ui.max_rect().min, ui.available_width());
    let mut top = 0.0_f64;
    for conflict in conflicts {
        let height = height(conflict);
        let bottom = top + f64::from(height);
        if bottom > f64::from(viewport.top()) && top < f64::from(viewport.bottom()) {
            #[expect(clippy::cast_possible_truncation, reason = "points on the screen")]
            let at = pos2(origin.x + 12.0, origin.y + top as f32);
            let rect = Rect::from_min_size(at, vec2(width - 24.0, height - GAP));
            ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(conflict.event), |ui| draw(ui, conflict));
        }
        top = bottom;
    }
    #[expect(clippy::cast_possible_truncation, reason = "points on the screen")]
    ui.set_height(top as f32);
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
