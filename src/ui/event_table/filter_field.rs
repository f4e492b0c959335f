//! The field of the filter: what is written, where it is wrong, and what may come next.
//!
//! It knows the filter's language only through `filter`; what is let through is the business of `rows`.

use egui::text::{LayoutJob, LayoutSection, TextFormat};
use egui::{EventFilter, Id, Key, Modifiers, Response, RichText, Stroke, TextEdit, Ui};

use crate::filter::{Completion, Mistake, complete};
use crate::ui::theme::{self, icons};
use crate::ui::{View, widgets};

/// Width of the field where there is room, and the least one, in points.
const WIDTH: f32 = 280.0;
const NARROWEST: f32 = 96.0;

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
    /// Draws the field with this line in it, which leaves so much room on its right.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        (id, leaves): (Id, f32),
        line: &str,
        mistake: Option<&Mistake>,
    ) -> Said {
        let mut said = Said::default();
        let mut text = line.to_owned();
        let had_focus = ui.memory(|memory| memory.has_focus(id));
        if had_focus {
            self.keys(ui, id, &mut text, &mut said);
        }
        let width = (ui.available_width() - leaves).clamp(NARROWEST, WIDTH);
        let response = field(ui, (id, width), &mut text, mistake, !self.offers.is_empty());
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
            widgets::put_caret(ui, id, caret);
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
        let (picked, over) = widgets::below(ui, field, "What may be written", WIDTH + 80.0, |ui| {
            if let Some(mistake) = mistake {
                let colour = theme::tokens(ui).error.text;
                let said = ui.add(egui::Label::new(RichText::new(&mistake.why).color(colour)).wrap());
                ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
            }
            let rows = self.offers.iter().enumerate();
            let row = |ui: &mut Ui, n, offer: &Completion| {
                widgets::offer_with_help(ui, &offer.text, &offer.help, self.chosen == Some(n))
            };
            rows.filter(|(n, offer)| row(ui, *n, offer).clicked()).map(|(n, _)| n).last()
        });
        self.over = over;
        if let Some(at) = picked {
            self.take(ui, id, text, at);
            field.request_focus();
        }
    }
}

/// The field itself, with a line under what cannot be read.
fn field(ui: &mut Ui, (id, width): (Id, f32), text: &mut String, mistake: Option<&Mistake>, offers: bool) -> Response {
    // Tab takes an offer; where there is none it goes on to the table.
    let keys = EventFilter { escape: true, vertical_arrows: true, tab: offers, ..EventFilter::default() };
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
        .desired_width(width)
        .layouter(&mut layouter)
        .event_filter(keys)
        .return_key(None);
    let response = ui.add(edit).accessible_name("Filter events");
    if let Some(mistake) = mistake {
        ui.ctx().accesskit_node_builder(id, |node| node.set_description(mistake.why.as_str()));
    }
    response
}
