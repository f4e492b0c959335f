//! The values of a column with their counts, in the menu of its header: ticked ones are a term of the filter line.
//!
//! The values are counted once for a snapshot and a rest of the line, never in every frame.

use std::collections::BTreeSet;

use egui::{Align2, Rect, ScrollArea, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::sheet::Sheet;
use crate::columns::{Column, grouped};
use crate::filter::Filter;
use crate::filter::quick::{self, Choice, Choices};
use crate::ui::theme::{self, icons};
use crate::ui::widgets;

/// At most so many values are listed; the others are found by writing.
const MOST: usize = 200;
/// With more values than this there is a field to find one.
const MANY: usize = 7;
/// Height of the list, in points, where the window has room for it beside the rest of the menu.
const TALL: f32 = 176.0;
const REST: f32 = 345.0;
/// It is never lower than two values.
const LOW: f32 = 48.0;
/// Up to so many years are shown with their months at once.
const OPEN: usize = 2;

/// What is known of the values, and what is written to find one.
#[derive(Debug, Default)]
pub(super) struct ValueList {
    wanted: String,
    /// Terms whose parts are shown, such as years with their months.
    unfolded: BTreeSet<String>,
    found: Option<Found>,
}

#[derive(Debug)]
struct Found {
    revision: u64,
    rest: String,
    wanted: String,
    choices: Choices,
    /// Whether it was found with nothing written, and holds few values.
    short: bool,
}

impl ValueList {
    /// Draws the list. Gives back the line where a tick changed it.
    pub fn ui(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, column: &Column) -> Option<String> {
        if !quick::has_choices(column) {
            return None;
        }
        ui.separator();
        let line = sheet.rows.line();
        if sheet.rows.mistake().is_some() {
            widgets::muted(ui, "The filter line cannot be read now");
            return None;
        }
        let (mut terms, rest) = quick::ticked(line, column);
        self.look_up(sheet, column, &rest, &terms);
        let Some(found) = &self.found else { return None };
        if !found.short || !self.wanted.is_empty() {
            let field = TextEdit::singleline(&mut self.wanted).hint_text("Find a value").margin(vec2(8.0, 4.0));
            ui.add(field.desired_width(f32::INFINITY)).accessible_name("Find a value");
            ui.add_space(2.0);
        }
        let mut changed = false;
        let tall = (ui.ctx().content_rect().height() - REST).clamp(LOW, TALL);
        let list = ScrollArea::vertical().id_salt(column.id).max_height(tall).min_scrolled_height(tall);
        list.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            changed = rows(ui, &found.choices, &mut terms, &mut self.unfolded);
        });
        let note = |ui: &mut Ui, n: usize, text: &str| {
            if n > 0 {
                widgets::caption(ui, format!("{} {text}", grouped(n as u64)));
            }
        };
        note(ui, found.choices.others, found.choices.others_are);
        note(ui, found.choices.more, "more values: write to find one");
        if found.choices.listed.is_empty() {
            widgets::muted(ui, "No such value");
        }
        if !terms.is_empty() && !changed && ui.add(egui::Button::new("Clear ticks")).clicked() {
            terms.clear();
            changed = true;
        }
        changed.then(|| quick::with_ticked(line, column, &terms))
    }

    /// Counts the values, once for each snapshot, rest of the line and text that is written.
    fn look_up(&mut self, sheet: &Sheet<'_>, column: &Column, rest: &str, ticked: &[String]) {
        let view = &sheet.view;
        let known = self
            .found
            .as_ref()
            .is_some_and(|found| found.revision == view.revision && found.rest == rest && found.wanted == self.wanted);
        if known {
            return;
        }
        let filter = Filter::parse(rest, view.project).unwrap_or_default();
        let choices = quick::choices(column, (view.project, view.derived), &filter, &self.wanted, MOST, ticked);
        let before = self.found.as_ref().is_some_and(|found| found.short);
        let short = if self.wanted.is_empty() { choices.listed.len() <= MANY } else { before };
        self.found =
            Some(Found { revision: view.revision, rest: rest.to_owned(), wanted: self.wanted.clone(), choices, short });
    }
}

/// The values; says whether a tick changed.
fn rows(ui: &mut Ui, choices: &Choices, terms: &mut Vec<String>, unfolded: &mut BTreeSet<String>) -> bool {
    let wholes = choices.listed.iter().filter(|choice| !choice.part).count();
    // The empty ones are no year.
    let all_open = wholes <= OPEN + 1;
    let (mut changed, mut open, mut toggled) = (false, true, None);
    for (at, choice) in choices.listed.iter().enumerate() {
        let has_parts = !choice.part && choices.listed.get(at + 1).is_some_and(|next| next.part);
        if !choice.part {
            open = all_open || unfolded.contains(&choice.term);
        } else if !open && !terms.contains(&choice.term) {
            continue;
        }
        let ticked = terms.contains(&choice.term);
        let fold = (has_parts && !all_open).then_some(open);
        let (tick, unfold) = row(ui, choice, ticked, fold);
        if tick {
            changed = true;
            match terms.iter().position(|term| *term == choice.term) {
                Some(at) => drop(terms.remove(at)),
                None => terms.push(choice.term.clone()),
            }
        }
        if unfold {
            toggled = Some(choice.term.clone());
        }
    }
    if let Some(term) = toggled
        && !unfolded.remove(&term)
    {
        unfolded.insert(term);
    }
    changed
}

/// A value with its tick and count. Says whether it was clicked, and whether its parts are to be shown or hidden.
fn row(ui: &mut Ui, choice: &Choice, ticked: bool, fold: Option<bool>) -> (bool, bool) {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::TARGET), Sense::click());
    let count = grouped(choice.count as u64);
    response.widget_info(|| {
        WidgetInfo::selected(
            egui::Role::CheckBox,
            ui.is_enabled(),
            ticked,
            format!("{}: {}", choice.label, crate::ui::status_bar::counted(choice.count, "event", "events")),
        )
    });
    if response.gained_focus() {
        ui.scroll_to_rect(rect, None);
    }
    if !ui.is_rect_visible(rect) {
        return (response.clicked(), false);
    }
    let fill = if response.hovered() { Some(tokens.button_hover) } else { None };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 4.0, fill);
    }
    widgets::focus_ring(ui, &response);
    let left = rect.left() + if choice.part { 24.0 } else { 8.0 };
    let tick = Rect::from_center_size(pos2(left + 7.0, rect.center().y), vec2(14.0, 14.0));
    let ground = if ticked { tokens.accent } else { tokens.page };
    ui.painter().rect(
        tick,
        3.0,
        ground,
        Stroke::new(1.0, if ticked { tokens.accent } else { tokens.border }),
        StrokeKind::Inside,
    );
    if ticked {
        let font = theme::regular(12.0);
        ui.painter().text(tick.center(), Align2::CENTER_CENTER, icons::CHECK, font, tokens.page);
    }
    let at = pos2(rect.right() - 8.0, rect.center().y);
    let number = ui.painter().text(at, Align2::RIGHT_CENTER, count, theme::regular(12.0), tokens.muted);
    let mut unfold = false;
    let mut room = Rect::from_x_y_ranges(left + 22.0..=number.left() - 8.0, rect.y_range());
    if let Some(open) = fold {
        let spot = Rect::from_center_size(pos2(number.left() - 16.0, rect.center().y), vec2(20.0, 20.0));
        room.max.x = spot.left() - 2.0;
        let caret = ui.interact(spot, response.id.with("months"), Sense::click());
        let name = format!("{} of {}", if open { "Hide months" } else { "Months" }, choice.label);
        caret.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
        let icon = if open { icons::CARET_DOWN } else { icons::CARET_RIGHT };
        let colour = if caret.hovered() { tokens.text } else { tokens.muted };
        ui.painter().text(spot.center(), Align2::CENTER_CENTER, icon, theme::regular(12.0), colour);
        widgets::focus_ring(ui, &caret);
        unfold = caret.clicked();
    }
    let colour = if choice.count == 0 { tokens.muted } else { tokens.text };
    widgets::line_in(ui, room, &choice.label, theme::regular(13.0), colour);
    (response.clicked(), unfold)
}
