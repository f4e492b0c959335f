//! The bar that goes to a row: by its number, by the id of its event, or by words of its title.

use std::sync::Arc;

use egui::{
    Align2, Area, Event, EventFilter, Frame, Id, Key, Label, Layout, Order, Response, RichText, TextEdit, Ui,
    accesskit, vec2,
};

use super::grid::Grid;
use super::sheet::Sheet;
use crate::columns::grouped;
use crate::derive::columnar::TextField;
use crate::model::EventId;
use crate::ui::RowOrder;
use crate::ui::theme::{self, icons};
use crate::ui::widgets;

/// So many events are offered at most.
const OFFERS: usize = 6;
/// Width of the list of offers, in points.
const WIDTH: f32 = 420.0;

/// Where the bar went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gone {
    To(EventId),
    Nowhere,
}

/// An event that a text may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Offer {
    event: EventId,
    text: String,
}

/// The bar.
#[derive(Debug, Default)]
pub(super) struct GoTo {
    text: String,
    /// What the text means, for the text and snapshot that it was worked out for.
    known: Option<(String, u64, Arc<RowOrder>)>,
    offers: Vec<Offer>,
    chosen: usize,
    error: Option<String>,
    wants_focus: bool,
    /// Whether the pointer is on the list, which takes the keyboard from the field while it is clicked.
    over: bool,
}

impl GoTo {
    /// Takes the keyboard.
    pub fn start(&mut self) {
        self.wants_focus = true;
        self.known = None;
    }

    /// Draws the bar.
    pub fn ui(&mut self, ui: &mut Ui, grid: &Grid, sheet: &Sheet<'_>) -> Option<Gone> {
        let id = Id::unique("go to a row");
        let mut gone = None;
        let mut enter = false;
        if ui.memory(|memory| memory.has_focus(id)) {
            ui.input_mut(|input| {
                input.events.retain(|event| {
                    let Event::Key { key, pressed: true, .. } = event else { return true };
                    match key {
                        Key::Enter => enter = true,
                        Key::Escape => gone = Some(Gone::Nowhere),
                        Key::ArrowDown => self.chosen = (self.chosen + 1).min(self.offers.len().saturating_sub(1)),
                        Key::ArrowUp => self.chosen = self.chosen.saturating_sub(1),
                        _ => return true,
                    }
                    false
                });
            });
        }
        ui.horizontal(|ui| {
            ui.add_space(8.0);
            ui.label(RichText::new(icons::CROSSHAIR).color(theme::tokens(ui).muted).size(widgets::ICON));
            let field = TextEdit::singleline(&mut self.text)
                .id(id)
                .hint_text("Row number, id, or words of a title")
                .desired_width((ui.available_width() * 0.4).clamp(160.0, 320.0))
                .return_key(None)
                .event_filter(EventFilter {
                    escape: true,
                    horizontal_arrows: true,
                    vertical_arrows: true,
                    ..EventFilter::default()
                });
            let response = ui.add(field).accessible_name("Go to row");
            if std::mem::take(&mut self.wants_focus) {
                response.request_focus();
                widgets::select_all(ui, id);
            }
            self.work_out(grid, sheet);
            if enter {
                gone = self.offers.get(self.chosen).map(|offer| Gone::To(offer.event)).or(gone);
            }
            let open = response.has_focus() || self.over;
            self.over = false;
            if open && !self.offers.is_empty() {
                gone = self.list(ui, &response).map(Gone::To).or(gone);
            }
            self.said(ui);
            ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(4.0);
                if widgets::icon_button(ui, icons::X, "Close (Esc)").clicked() {
                    gone = Some(Gone::Nowhere);
                }
            });
        });
        gone
    }

    fn said(&self, ui: &mut Ui) {
        let tokens = theme::tokens(ui);
        let (text, colour) = match &self.error {
            Some(error) => (error.clone(), tokens.error.text),
            None if self.offers.is_empty() => (String::new(), tokens.muted),
            None => ("Enter goes there".to_owned(), tokens.muted),
        };
        let said = ui.add(Label::new(RichText::new(text).color(colour)).truncate());
        ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(accesskit::Live::Polite));
    }

    /// The offers, over the field: the bar stands at the bottom.
    fn list(&mut self, ui: &Ui, field: &Response) -> Option<EventId> {
        let at = field.rect.left_top() - vec2(0.0, 2.0);
        let area = Area::new(field.id.with("offers")).order(Order::Foreground).fixed_pos(at);
        let shown = area.pivot(Align2::LEFT_BOTTOM).accessible_name("Where to go").show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(4).show(ui, |ui| {
                ui.set_width(WIDTH);
                ui.spacing_mut().item_spacing.y = 0.0;
                let rows = self.offers.iter().enumerate();
                let clicked = rows.filter(|(n, offer)| widgets::offer(ui, &offer.text, self.chosen == *n).clicked());
                clicked.map(|(_, offer)| offer.event).last()
            })
        });
        self.over = shown.response.contains_pointer();
        shown.inner.inner
    }

    /// Works out what the text means, once for each text and snapshot.
    fn work_out(&mut self, grid: &Grid, sheet: &Sheet<'_>) {
        let (text, revision, order) = (self.text.trim(), sheet.view.revision, sheet.rows.order());
        let is_known = |known: &(String, u64, Arc<RowOrder>)| {
            known.0 == text && known.1 == revision && Arc::ptr_eq(&known.2, order)
        };
        if self.known.as_ref().is_some_and(is_known) {
            return;
        }
        self.chosen = 0;
        let found = meant(sheet, grid, text);
        (self.offers, self.error) = match found {
            Ok(events) => (events.into_iter().map(|event| offer(sheet, event)).collect(), None),
            Err(why) => (Vec::new(), Some(why)),
        };
        self.known = Some((text.to_owned(), revision, Arc::clone(order)));
    }
}

fn offer(sheet: &Sheet<'_>, event: EventId) -> Offer {
    let name = sheet.event(event).map_or("", |event| event.name());
    let text = match sheet.find(event) {
        Some(row) => format!("Row {}: {name}", grouped(row as u64 + 1)),
        None => format!("{name} (the filter hides it; it comes into view)"),
    };
    Offer { event, text }
}

/// The events that a text means, the best first.
fn meant(sheet: &Sheet<'_>, grid: &Grid, text: &str) -> Result<Vec<EventId>, String> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let by_id = text.parse::<EventId>().ok().filter(|id| sheet.view.project.events.contains(*id));
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{202f}')).collect();
    if digits.bytes().all(|b| b.is_ascii_digit()) {
        let row = digits.parse::<usize>().ok().and_then(|row| row.checked_sub(1)).and_then(|row| sheet.rows.at(row));
        let found: Vec<EventId> = row.into_iter().chain(by_id).collect();
        let rows = grouped(sheet.rows.len() as u64);
        return if found.is_empty() { Err(format!("Row {text} of {rows} is not there")) } else { Ok(found) };
    }
    let mut found: Vec<EventId> = by_id.into_iter().collect();
    found.extend(titled(sheet, grid, text).into_iter().filter(|event| Some(*event) != by_id).take(OFFERS));
    if found.is_empty() { Err(format!("No shown event has the id or title “{text}”")) } else { Ok(found) }
}

/// The shown events whose titles hold all of these words, from the active row on.
fn titled(sheet: &Sheet<'_>, grid: &Grid, text: &str) -> Vec<EventId> {
    let table = sheet.view.derived.columnar();
    let titles = table.words(TextField::Title);
    let folded = text.to_lowercase();
    let mut words = folded.split_whitespace();
    let Some(mut holds) = words.next().map(|word| titles.holding(word)) else { return Vec::new() };
    for word in words {
        holds.iter_mut().zip(titles.holding(word)).for_each(|(holds, also)| *holds &= also);
    }
    let from = grid.active().and_then(|cell| sheet.find(cell.event)).unwrap_or(0);
    let rows = (from..sheet.rows.len()).chain(0..from);
    let slots = sheet.rows.order().slots();
    let fits = |row: &usize| {
        let code = slots.get(*row).and_then(|slot| titles.codes().get(*slot as usize));
        code.and_then(|code| holds.get(*code as usize)).copied().unwrap_or(false)
    };
    rows.filter(fits).filter_map(|row| sheet.rows.at(row)).take(OFFERS).collect()
}
