//! The last lines of the bar: what is wrong or waits for a person, the buttons, and what the keys do.

use egui::{Label, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::cells::{ROOMY, paint_main_button};
use super::draft::{Field, Goal, Making};
use super::fields::id_of;
use super::{ClaimBar, Wish};
use crate::model::Class;
use crate::ui::View;
use crate::ui::theme::{self, icons};
use crate::ui::widgets;

impl ClaimBar {
    /// The guess that the keyboard is on, else the next one.
    fn guess_in_view(&self, ui: &Ui) -> Option<Field> {
        let waiting = self.draft.waiting();
        let focused = self.fields.focused(ui).and_then(|id| self.fields.field_of(id));
        focused.filter(|field| waiting.contains(field)).or_else(|| waiting.first().copied())
    }

    /// What is wrong, else what waits, else what deserves a look.
    pub(super) fn notes(&mut self, ui: &mut Ui, view: &View<'_>) {
        let tokens = theme::tokens(ui);
        if let Some(mistake) = &self.mistake {
            let text = RichText::new(format!("{} {}", icons::WARNING_CIRCLE, mistake.why)).color(tokens.error.text);
            let label = ui.add(Label::new(text).wrap());
            ui.ctx().accesskit_node_builder(label.id, |node| {
                node.set_role(egui::accesskit::Role::Alert);
                node.set_label(mistake.why.clone());
            });
        } else if let Some(field) = self.guess_in_view(ui) {
            self.guess_line(ui, view, field);
        } else if let Some(group) = self.new_group() {
            let text = RichText::new(format!("“{group}” is a new sub-group")).text_style(theme::CAPTION.clone());
            ui.add(Label::new(text.color(tokens.warn.text)).truncate());
        }
        self.buttons[2] = egui::Id::NULL;
    }

    fn guess_line(&mut self, ui: &mut Ui, view: &View<'_>, field: Field) {
        let tokens = theme::tokens(ui);
        let count = self.draft.waiting().len();
        let s = if count == 1 { "" } else { "es" };
        let why = self.draft.guesses.why(field).unwrap_or_default();
        let text = format!("{count} guess{s} to confirm · {}: {why}", field.caption());
        let roomy = ui.available_width() >= ROOMY;
        ui.horizontal_top(|ui| {
            let name = format!("Confirm {}", field.caption().to_lowercase());
            let confirm = if roomy {
                ui.add(egui::Button::new(RichText::new(name).text_style(theme::CAPTION.clone())))
            } else {
                widgets::icon_button(ui, icons::CHECK, &name)
            };
            let font = theme::CAPTION.resolve(ui.style());
            let mut job = egui::text::LayoutJob::simple(text.clone(), font, tokens.warn.text, ui.available_width());
            job.wrap.max_rows = 2;
            let galley = ui.ctx().fonts_mut(|fonts| fonts.layout_job(job));
            let label = ui.add(Label::new(galley)).on_hover_text(text);
            ui.ctx().accesskit_node_builder(label.id, |node| {
                node.set_live(egui::accesskit::Live::Polite);
            });
            if confirm.clicked() {
                self.draft.guesses.settle(field);
                self.after_confirming(view);
            }
        });
    }

    /// A class that the codebook does not name: a new sub-group, or a slip of the hand.
    fn new_group(&self) -> Option<String> {
        let typed = Class::from_key(&self.draft.class)?;
        let known = self.classes.iter().any(|class| Class::from_key(class).as_ref() == Some(&typed));
        (typed.is_sub() && !known).then(|| typed.to_string())
    }

    pub(super) fn foot(&mut self, ui: &mut Ui, view: &View<'_>) {
        let roomy = ui.available_width() >= ROOMY;
        let name = match (self.draft.making, self.draft.goal) {
            (_, Goal::Same(_)) => "Add quote",
            (Making::Event, Goal::New) => "Add this event",
            (Making::Event, _) => "Go to event",
            _ => "Add claim",
        };
        let making_event = self.draft.making == Making::Event;
        ui.horizontal(|ui| {
            let (_, rect) = ui.allocate_space(vec2(if making_event { 112.0 } else { 88.0 }, theme::TARGET));
            let add = ui.interact(rect, id_of("Add claim"), Sense::click());
            add.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
            paint_main_button(ui, &add, name);
            self.fields.add(ui, None, &add);
            if add.clicked() {
                self.wish = Wish::Accept;
            }
            let cancel = ui.button("Cancel");
            self.fields.add(ui, None, &cancel);
            if cancel.clicked() {
                self.wish = Wish::Close;
            }
            let more = ui.button(if self.more { "Less" } else { "More" });
            let more = more.on_hover_text("All fields (Alt+M)");
            self.fields.add(ui, None, &more);
            if more.clicked() {
                self.more = !self.more;
            }
            self.buttons = [cancel.id, more.id, egui::Id::NULL];
            if roomy {
                let text = RichText::new(self.help(ui, view)).text_style(theme::CAPTION.clone()).weak();
                ui.add(Label::new(text).truncate());
            }
        });
    }

    /// How the quantity reads, and what the keys do now.
    fn help(&self, ui: &Ui, view: &View<'_>) -> String {
        let mut parts = Vec::new();
        if self.draft.making == Making::Claim {
            if self.draft.quantity.trim().is_empty() {
                parts.push("type how many: 42, 3+, 40-50, ~40, dozens, 0, ?".to_owned());
            } else if self.draft.waiting().is_empty() {
                parts.extend(self.draft.reading(view.project));
            }
        }
        let focused = self.fields.focused(ui).and_then(|id| self.fields.field_of(id));
        let on_guess = focused.is_some_and(|field| self.draft.waiting().contains(&field));
        if on_guess {
            parts.push("Enter confirms, typing replaces, Esc closes".to_owned());
        } else {
            parts.push("Enter adds".to_owned());
            if self.same.is_some() {
                parts.push("S: second quote".to_owned());
            }
            match self.events.len() {
                0 => {}
                1 => parts.push("0, 1: event".to_owned()),
                n => parts.push(format!("0 to {n}: event")),
            }
            parts.push("Esc closes".to_owned());
        }
        parts.join(" · ")
    }
}
