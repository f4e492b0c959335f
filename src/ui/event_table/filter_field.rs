//! The field of the filter: what is written, where it is wrong, and what may come next.
//!
//! It knows the filter's language only through `filter`; what is let through is the business of `rows`.

use egui::text::{LayoutJob, LayoutSection, TextFormat};
use egui::{
    Align2, Area, EventFilter, Frame, Id, Key, Modifiers, Order, Response, RichText, Sense, Stroke, TextEdit, Ui, vec2,
};

use crate::filter::{Completion, Mistake, complete};
use crate::ui::theme::{self, icons};
use crate::ui::{View, widgets};

/// Width of the field, in points.
const WIDTH: f32 = 280.0;

/// What is offered while somebody writes.
#[derive(Debug, Default)]
pub(super) struct FilterField {
    offers: Vec<Completion>,
    chosen: Option<usize>,
    /// The line and caret that the offers are for.
    seen: Option<(String, usize)>,
    /// Whether the pointer is on the list, which takes the keyboard from the field while it is clicked.
    over: bool,
}

/// What the field says.
#[derive(Default)]
pub(super) struct Said {
    /// The line, where it is another one now.
    pub line: Option<String>,
    /// The keyboard should go to the table.
    pub to_table: bool,
}

impl FilterField {
    /// Draws the field with this line in it.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, id: Id, line: &str, mistake: Option<&Mistake>) -> Said {
        let mut said = Said::default();
        let mut text = line.to_owned();
        let had_focus = ui.memory(|memory| memory.has_focus(id));
        if had_focus {
            self.keys(ui, id, &mut text, &mut said);
        }
        let response = field(ui, id, &mut text, mistake);
        self.look_up(ui, view, id, &text, &response);
        if response.has_focus() || self.over {
            self.popup(ui, id, &mut text, mistake, &response);
        }
        if !text.is_empty() && widgets::icon_button(ui, icons::X, "Clear filter").clicked() {
            text.clear();
            said.to_table = true;
        }
        if text != line {
            said.line = Some(text);
        }
        said
    }

    fn keys(&mut self, ui: &Ui, id: Id, text: &mut String, said: &mut Said) {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = self.offers.len().checked_sub(1);
        if let Some(last) = last {
            if pressed(Key::ArrowDown) {
                self.chosen = Some(self.chosen.map_or(0, |at| (at + 1).min(last)));
            }
            if self.chosen.is_some() && pressed(Key::ArrowUp) {
                self.chosen = self.chosen.and_then(|at| at.checked_sub(1));
            }
            if let Some(at) = self.chosen
                && (pressed(Key::Enter) || pressed(Key::Tab))
            {
                self.take(ui, id, text, at);
                return;
            }
        } else if pressed(Key::ArrowDown) {
            said.to_table = true;
        }
        if pressed(Key::Enter) {
            said.to_table = true;
        }
        if pressed(Key::Escape) {
            // One layer a press: the list, then what is written.
            if self.offers.is_empty() {
                text.clear();
                said.to_table = true;
            } else {
                self.offers.clear();
                self.chosen = None;
            }
        }
    }

    /// Puts an offer in the place of what is written.
    fn take(&mut self, ui: &Ui, id: Id, text: &mut String, at: usize) {
        let Some(offer) = self.offers.get(at) else { return };
        let ends = offer.text.ends_with([':', '>']);
        let end = if ends { "" } else { " " };
        if text.get(offer.at.clone()).is_some() {
            text.replace_range(offer.at.clone(), &format!("{}{end}", offer.text));
            let caret = text[..offer.at.start + offer.text.len() + end.len()].chars().count();
            let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
            let place = egui::text::CCursor::new(caret);
            state.cursor.set_char_range(Some(egui::text::CCursorRange::one(place)));
            TextEdit::store_state(ui.ctx(), id, state);
        }
        self.offers.clear();
        self.chosen = None;
    }

    /// Works out what may come next, once for each line and caret.
    fn look_up(&mut self, ui: &Ui, view: &View<'_>, id: Id, text: &str, response: &Response) {
        if !response.has_focus() {
            if !self.over {
                *self = Self::default();
            }
            return;
        }
        let state = TextEdit::load_state(ui.ctx(), id);
        let caret = state.and_then(|state| state.cursor.char_range()).map_or(0, |range| range.primary.index.0);
        let caret = text.char_indices().nth(caret).map_or(text.len(), |(at, _)| at);
        let now = (text.to_owned(), caret);
        if self.seen.as_ref() == Some(&now) {
            return;
        }
        // Where the keyboard came in, or the caret walks, nothing is offered: only where somebody writes.
        let writes = self.seen.as_ref().is_some_and(|(before, _)| before != text);
        self.offers = if writes { complete(text, caret, view.project, view.derived) } else { Vec::new() };
        let whole = |offer: &Completion| text.get(offer.at.clone()) == Some(offer.text.as_str());
        if self.offers.iter().any(whole) && self.offers.len() == 1 {
            self.offers.clear();
        }
        self.chosen = None;
        self.seen = Some(now);
    }

    /// The mistake with its reason, and the offers, under the field.
    fn popup(&mut self, ui: &Ui, id: Id, text: &mut String, mistake: Option<&Mistake>, field: &Response) {
        self.over = false;
        if self.offers.is_empty() && mistake.is_none() {
            return;
        }
        let mut picked = None;
        let area =
            Area::new(id.with("offers")).order(Order::Foreground).fixed_pos(field.rect.left_bottom() + vec2(0.0, 4.0));
        let shown = area.accessible_name("What may be written").show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(4).show(ui, |ui| {
                ui.set_width(WIDTH + 80.0);
                ui.spacing_mut().item_spacing.y = 0.0;
                if let Some(mistake) = mistake {
                    let colour = theme::tokens(ui).error.text;
                    let said = ui.add(egui::Label::new(RichText::new(&mistake.why).color(colour)).wrap());
                    ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
                }
                for (n, offer) in self.offers.iter().enumerate() {
                    if option(ui, offer, self.chosen == Some(n)).clicked() {
                        picked = Some(n);
                    }
                }
            });
        });
        self.over = shown.response.contains_pointer();
        if let Some(at) = picked {
            self.take(ui, id, text, at);
            field.request_focus();
        }
    }
}

/// The field itself, with a line under what cannot be read.
fn field(ui: &mut Ui, id: Id, text: &mut String, mistake: Option<&Mistake>) -> Response {
    let keys = EventFilter { escape: true, vertical_arrows: true, tab: true, ..EventFilter::default() };
    let (colour, wrong) = (theme::tokens(ui).text, theme::tokens(ui).error.text);
    let marked = mistake.map(|mistake| mistake.at.clone());
    let mut layouter = move |ui: &Ui, text: &dyn egui::TextBuffer, _: f32| {
        let text = text.as_str();
        let plain = TextFormat::simple(theme::regular(13.0), colour);
        let underlined = TextFormat { underline: Stroke::new(2.0, wrong), ..plain.clone() };
        let mut job = LayoutJob { text: text.to_owned(), break_on_newline: false, ..LayoutJob::default() };
        job.wrap.max_width = f32::INFINITY;
        let at = marked.clone().filter(|at| text.get(at.clone()).is_some() && !at.is_empty());
        let cuts = at.map_or(vec![(0..text.len(), plain.clone())], |at| {
            let (start, end) = (at.start, at.end);
            vec![(0..start, plain.clone()), (at, underlined.clone()), (end..text.len(), plain.clone())]
        });
        job.sections = cuts
            .into_iter()
            .map(|(range, format)| LayoutSection {
                leading_space: 0.0,
                byte_range: egui::text::ByteIndex(range.start)..egui::text::ByteIndex(range.end),
                format,
            })
            .collect();
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let edit = TextEdit::singleline(text)
        .id(id)
        .hint_text("Filter events: words, place:Osh, killed>10")
        .desired_width(WIDTH)
        .layouter(&mut layouter)
        .event_filter(keys)
        .return_key(None);
    let response = ui.add(edit).accessible_name("Filter events");
    if let Some(mistake) = mistake {
        ui.ctx().accesskit_node_builder(id, |node| node.set_description(mistake.why.as_str()));
    }
    response
}

/// A row of the list: what is written, and what it means.
fn option(ui: &mut Ui, offer: &Completion, chosen: bool) -> Response {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::TARGET), Sense::CLICK);
    widgets::name_row(ui, &response, &offer.text, chosen);
    let fill = if chosen { Some(tokens.selection) } else { response.hovered().then_some(tokens.button_hover) };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, 4.0, fill);
    }
    let at = rect.left_center() + vec2(6.0, 0.0);
    let name = ui.painter().text(at, Align2::LEFT_CENTER, &offer.text, theme::regular(13.0), tokens.text);
    let room = rect.with_min_x(name.right() + 12.0).shrink2(vec2(6.0, 0.0));
    let mut job = LayoutJob::simple_singleline(offer.help.clone(), theme::regular(12.0), tokens.muted);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.width().max(0.0));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let y = room.center().y - galley.size().y / 2.0;
    ui.painter().galley(egui::pos2(room.left(), y.round()), galley, tokens.muted);
    response.on_hover_text(&offer.help)
}
