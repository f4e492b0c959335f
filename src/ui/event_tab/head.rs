//! The head of the tab: what the event is called, when and where it was, who took part, how far its coding has come.

use egui::{Label, RichText, Ui};

use super::words;
use crate::model::{Event, Status};
use crate::ui::figures;
use crate::ui::theme::{self, icons};
use crate::ui::widgets::{self, Tone, badge};

/// Draws the head.
pub fn ui(ui: &mut Ui, event: &Event) {
    ui.horizontal_wrapped(|ui| {
        widgets::dialog_title(ui, event.name());
        badge(ui, &figures::sentence(event.status.key()), tone(&event.status));
        if event.sensitive {
            badge(ui, "Sensitive", Tone::Warn);
        }
    });
    let when = event.when.as_ref();
    let date = when.map_or_else(|| "No date yet".to_owned(), |when| figures::sentence(&when.describe()));
    fact(ui, icons::CALENDAR, "When", &date);
    if let Some(kind) = when.and_then(words::kind_of_date) {
        indented(ui, kind);
    }
    let place = words::place(event);
    let known = event.location.precision.map(|precision| format!(" ({})", precision.key())).unwrap_or_default();
    let place = if place.is_empty() { "No place yet".to_owned() } else { place + &known };
    fact(ui, icons::MAP_PIN, "Where", &place);
    let sides: Vec<String> = [("A", &event.side_a), ("B", &event.side_b)]
        .into_iter()
        .filter(|(_, side)| !side.is_empty())
        .map(|(letter, side)| format!("{letter}: {side}"))
        .collect();
    let mut what = sides.join("  ·  ");
    if !event.kind.is_empty() {
        let gap = if what.is_empty() { "" } else { "  ·  " };
        what = format!("{what}{gap}{}", event.kind);
    }
    if !what.is_empty() {
        fact(ui, icons::USERS, "Sides and kind", &what);
    }
    if let Status::Excluded(reason) = &event.status {
        fact(ui, icons::PROHIBIT, "Excluded", &format!("Not counted: {reason}"));
    }
}

fn tone(status: &Status) -> Tone {
    match status {
        Status::Draft => Tone::Neutral,
        Status::Coded => Tone::Info,
        Status::Reviewed => Tone::Ok,
        Status::Disputed => Tone::Warn,
        Status::Excluded(_) => Tone::Error,
    }
}

/// Width of the icons at the left.
const ICON: f32 = 14.0;
const GAP: f32 = 6.0;

/// A line of the head: an icon and what it says.
fn fact(ui: &mut Ui, icon: &str, name: &str, text: &str) {
    let tokens = theme::tokens(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        ui.spacing_mut().interact_size.y = ICON;
        ui.add(Label::new(RichText::new(icon).size(ICON).color(tokens.muted))).on_hover_text(name);
        ui.add(Label::new(RichText::new(text).color(tokens.text)).selectable(true).wrap());
    });
}

/// A remark under a line.
fn indented(ui: &mut Ui, text: &str) {
    let tokens = theme::tokens(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().interact_size.y = ICON;
        ui.add_space(ICON + GAP);
        ui.add(Label::new(RichText::new(text).small().color(tokens.muted)).wrap());
    });
}
