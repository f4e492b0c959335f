//! What a change of the sheet would change, before it is made: over the sheet, with "Apply" and "Discard".

use egui::{Align, Frame, Label, Layout, Margin, Panel, RichText, ScrollArea, Sense, Ui, vec2};

use crate::derive::method::{Changed, Preview, changes};
use crate::model::{Class, Methodology};
use crate::ui::figures::{self, sentence};
use crate::ui::theme::{self, icons};
use crate::ui::{Action, Actions, Target, View, widgets};

/// Height of the sheet that stays in view over the bar.
const SHEET: f32 = 72.0;
/// Height of the buttons and of the margins around them.
const BUTTONS: f32 = 60.0;
/// Height beyond which what would change scrolls in any case.
const LARGEST: f32 = 320.0;
/// What a figure leaves to the name of its event.
const NAME: f32 = 96.0;

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Nothing,
    Apply,
    Discard,
}

/// The bar's own state.
#[derive(Debug, Default)]
pub struct DraftBar {
    /// Whether the figures are listed.
    listed: bool,
    /// How many lines the last preview took: as many are kept free while the next one is worked out.
    lines: usize,
}

impl DraftBar {
    /// Draws the bar at the foot of the panel. `preview` is missing while it is worked out.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        sheet: &Methodology,
        preview: Option<&Preview>,
        actions: &mut Actions,
    ) -> Asked {
        let tokens = theme::tokens(ui);
        // A part of the sheet stays in view, and the buttons always do: what does not fit between them scrolls.
        let room = (ui.available_height() - SHEET - BUTTONS).clamp(40.0, LARGEST);
        let frame = Frame::new().fill(tokens.info.fill).corner_radius(6.0).inner_margin(Margin::symmetric(12, 8));
        let frame = if tokens.border_width > 1.0 { frame.stroke((tokens.border_width, tokens.border)) } else { frame };
        let panel = Panel::bottom("method draft").resizable(false).show_separator_line(false).frame(frame);
        panel.show(ui, |ui| self.content(ui, view, sheet, preview, room, actions)).inner
    }

    fn content(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        sheet: &Methodology,
        preview: Option<&Preview>,
        room: f32,
        actions: &mut Actions,
    ) -> Asked {
        let tokens = theme::tokens(ui);
        ui.spacing_mut().item_spacing.y = 4.0;
        if !tokens.dark {
            // The grey of a button at rest looks dirty on a tinted ground.
            ui.visuals_mut().widgets.inactive.weak_bg_fill = tokens.page;
        }
        // The bar takes the height of what is in it: the area must not wait for the room that it makes itself.
        let area = ScrollArea::vertical().id_salt("what would change").max_height(room).min_scrolled_height(room);
        let area = area.auto_shrink([false, true]);
        area.show(ui, |ui| {
            let what = sentence(&changes(&view.project.methodology, sheet).join("; "));
            ui.add(Label::new(RichText::new(what).text_style(theme::LABEL.clone()).color(tokens.text)).wrap());
            let lines = match preview {
                Some(preview) => told(preview),
                None => {
                    let mut lines = vec!["Working out what it would change".to_owned()];
                    lines.resize(self.lines.max(1), " ".to_owned());
                    lines
                }
            };
            self.lines = lines.len();
            for line in lines {
                ui.add(Label::new(RichText::new(line).color(tokens.text)).wrap());
            }
            if let Some(preview) = preview.filter(|preview| self.listed && !preview.shown.is_empty()) {
                list(ui, view, preview, actions);
            }
        });
        self.buttons(ui, preview)
    }

    fn buttons(&mut self, ui: &mut Ui, preview: Option<&Preview>) -> Asked {
        let mut asked = Asked::Nothing;
        ui.horizontal(|ui| {
            let apply = |ui: &mut Ui| widgets::primary_button(ui, "Apply");
            if ui.add_enabled_ui(preview.is_some(), apply).inner.clicked() {
                asked = Asked::Apply;
            }
            if ui.button("Discard").clicked() {
                asked = Asked::Discard;
            }
            if preview.is_some_and(|preview| !preview.shown.is_empty()) {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let (icon, text) = if self.listed {
                        (icons::CARET_DOWN, "Hide the figures")
                    } else {
                        (icons::CARET_UP, "Show the figures")
                    };
                    if widgets::quiet_button(ui, icon, text).clicked() {
                        self.listed = !self.listed;
                    }
                });
            }
        });
        asked
    }
}

/// What would change, a sentence a line.
fn told(preview: &Preview) -> Vec<String> {
    let mut lines = vec![match preview.figures {
        0 => "This would change no figure of an event".to_owned(),
        n => format!(
            "This would change {} in {}",
            figures::count(n, "figure", "figures"),
            figures::count(preview.events, "event", "events")
        ),
    }];
    for (measure, from, to) in &preview.totals {
        let (from, to) = (figures::of_sums(from), figures::of_sums(to));
        if from != to {
            lines.push(format!("{} in the whole project: {from} → {to}", measure.title()));
        }
    }
    if lines.len() == 1 && preview.figures > 0 {
        lines.push("No total of the project would change".to_owned());
    }
    lines
}

fn list(ui: &mut Ui, view: &View<'_>, preview: &Preview, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for changed in &preview.shown {
        row(ui, view, changed, actions);
    }
    let rest = preview.figures - preview.shown.len();
    if rest > 0 {
        widgets::muted(ui, format!("and {} more", figures::count(rest, "figure", "figures")));
    }
}

/// A figure that would change; a press goes to its event.
fn row(ui: &mut Ui, view: &View<'_>, changed: &Changed, actions: &mut Actions) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::TARGET), Sense::click());
    if !ui.is_rect_visible(rect) && !response.has_focus() {
        return;
    }
    let tokens = theme::tokens(ui);
    let name = view.project.events.get(changed.event).map_or("", |event| event.name());
    let class = if changed.class == Class::TOTAL { String::new() } else { format!(", {}", changed.class) };
    let from = figures::short(changed.from.value, changed.from.marks);
    let to = figures::short(changed.to.value, changed.to.marks);
    let figure = format!("{}{class}: {from} → {to}", changed.measure.title());
    widgets::name_row(ui, &response, &format!("{name}. {figure}"), false);
    if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, tokens.button_hover);
    }
    let right = widgets::one_line(ui, &figure, theme::regular(13.0), tokens.text, rect.width() - NAME);
    let left = widgets::one_line(ui, name, theme::regular(13.0), tokens.muted, rect.width() - right.size().x - 24.0);
    let at = |x: f32, height: f32| egui::pos2(x, (rect.center().y - height / 2.0).round());
    let x = rect.right() - 6.0 - right.size().x;
    ui.painter().galley(at(rect.left() + 6.0, left.size().y), left, tokens.muted);
    ui.painter().galley(at(x, right.size().y), right, tokens.text);
    widgets::focus_ring(ui, &response);
    if response.on_hover_text(name).clicked() {
        actions.push(Action::Show(Target::Event(changed.event)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::totals::Sums;
    use crate::model::Measure;

    #[test]
    fn what_would_change_is_told_in_whole_sentences() {
        let mut preview = Preview::default();
        assert_eq!(told(&preview), ["This would change no figure of an event"]);
        (preview.figures, preview.events) = (14, 9);
        assert_eq!(told(&preview)[0], "This would change 14 figures in 9 events");
        assert_eq!(told(&preview)[1], "No total of the project would change");
        let sums = |low, best, high| Sums {
            low,
            best: Some(best),
            high: Some(high),
            high_at_least: high,
            events: 1,
            ..Sums::default()
        };
        preview.totals = vec![
            (Measure::Killed, sums(42, 45, 50), sums(42, 42, 50)),
            (Measure::Injured, sums(1, 1, 1), sums(1, 1, 1)),
        ];
        assert_eq!(told(&preview)[1..], ["Killed in the whole project: 45 (42–50) → 42 (42–50)"]);
    }
}
