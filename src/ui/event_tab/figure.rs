//! The figure of one measure: large, with its rule, its classes and its working in words.

use egui::{Align, Align2, Label, Layout, RichText, Sense, Ui, vec2};

use super::hand_form::{back_to_claims, confirmed};
use super::words;
use crate::derive::Derived;
use crate::derive::figures::{Figure, MeasureFigures, Value};
use crate::model::{Class, Event, Measure, Method, Project};
use crate::ui::figures::sentence;
use crate::ui::theme::{self, icons};
use crate::ui::widgets::{self, Tone, badge};
use crate::ui::{Action, Actions, figures};

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// A figure set by hand.
    ByHand,
    /// Another class.
    Class(Class),
}

/// The figure and everything that belongs to it.
pub struct Shown<'a> {
    /// The project.
    pub project: &'a Project,
    /// What follows from it.
    pub derived: &'a Derived,
    /// The event.
    pub event: &'a Event,
    /// What is counted.
    pub measure: &'a Measure,
    /// Among whom.
    pub class: &'a Class,
    /// All classes of the measure; `None` where nobody spoke of it.
    pub figures: Option<&'a MeasureFigures>,
}

impl Shown<'_> {
    fn figure(&self) -> Figure {
        self.figures.and_then(|figures| figures.get(self.class)).cloned().unwrap_or_default()
    }

    /// Draws the number and what can be done with it.
    pub fn number_ui(&self, ui: &mut Ui, form_open: bool, focus: bool, actions: &mut Actions) -> Asked {
        let figure = self.figure();
        let mut asked = Asked::Nothing;
        row_with_end(
            ui,
            44.0,
            |ui| self.number(ui, &figure),
            |ui| {
                if form_open {
                    return;
                }
                let by_hand = widgets::quiet_button(ui, icons::HAND, "Set by hand...");
                if focus {
                    by_hand.request_focus();
                }
                if by_hand.clicked() {
                    asked = Asked::ByHand;
                }
                if figure.marks.by_hand && widgets::quiet_button(ui, icons::UNDO, "Back to claims").clicked() {
                    let edit = back_to_claims(self.event, self.measure, self.class);
                    actions.push(Action::Edit(edit));
                }
            },
        );
        self.marks(ui, &figure);
        if figure.marks.claims_changed {
            self.changed_since(ui, &figure, actions);
        }
        asked
    }

    /// Says what the claims gave when the figure was set and what they give now, and lets it stand all the same.
    fn changed_since(&self, ui: &mut Ui, figure: &Figure, actions: &mut Actions) {
        let Some(told) = figure.working.steps.last() else { return };
        ui.add(Label::new(RichText::new(told).color(theme::tokens(ui).warn.text)).wrap());
        let keep = widgets::quiet_button(ui, icons::CHECK, "Confirm figure");
        if keep.on_hover_text("The figure stays, set over what the claims give now").clicked() {
            let edit = confirmed(self.project, self.derived, self.event, self.measure, self.class);
            actions.extend(edit.map(Action::Edit));
        }
    }

    /// Draws the rule and the classes.
    pub fn rule_ui(&self, ui: &mut Ui) -> Asked {
        widgets::section_title(ui, "How it was made");
        self.rule(ui, &self.figure());
        self.classes(ui).map_or(Asked::Nothing, Asked::Class)
    }

    /// Draws how the figure was made, in words.
    pub fn working_ui(&self, ui: &mut Ui) {
        self.working(ui, &self.figure());
    }

    fn number(&self, ui: &mut Ui, figure: &Figure) {
        let tokens = theme::tokens(ui);
        let known = matches!(figure.value, Value::Known(_));
        let colour = if known { tokens.text } else { tokens.muted };
        let said = format!(
            "{}{}: {}",
            self.measure.title(),
            of_class(self.class),
            figures::spoken(figure.value, figure.marks)
        );
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            if figure.marks.by_hand {
                ui.add(Label::new(RichText::new(icons::HAND).size(22.0).color(tokens.info.text)))
                    .on_hover_text("Set by hand, not made of the claims");
            }
            let headline = RichText::new(figures::headline(figure.value, figure.marks)).font(theme::semibold(34.0));
            let response = ui.add(Label::new(headline.color(colour)));
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(said.clone()));
            if let Some(range) = figures::beside(figure.value, figure.marks) {
                ui.add(Label::new(RichText::new(range).size(18.0).color(tokens.muted)));
            }
            let what = match figure.value {
                Value::NoClaim => "nobody spoke of it".to_owned(),
                Value::Unknown => "spoken of without a number".to_owned(),
                Value::Known(_) => format!("{}{}", self.measure, of_class(self.class)),
            };
            ui.add(Label::new(RichText::new(what).color(tokens.muted)).truncate());
        });
    }

    fn marks(&self, ui: &mut Ui, figure: &Figure) {
        let marks = figure.marks;
        let badges = [
            (marks.conflict, "Conflict", Tone::Error, "Voices contradict each other, or somebody denies it"),
            (marks.by_hand, "By hand", Tone::Info, "Somebody set it, against or without the claims"),
            (
                marks.claims_changed,
                "Claims changed since",
                Tone::Warn,
                "The claims give something else now than when the figure was set by hand",
            ),
            (
                marks.flagged,
                "Out of order",
                Tone::Warn,
                "Published with low, best and high out of order; kept as published",
            ),
            (marks.high_only, "Suspicions only", Tone::Warn, "Only suspicions or counts of an enemy's dead are left"),
            (
                marks.open_above,
                "May be higher",
                Tone::Warn,
                "The high is closed by convention though a claim leaves it open",
            ),
        ];
        if badges.iter().any(|(on, ..)| *on) {
            ui.horizontal_wrapped(|ui| {
                for (_, text, tone, why) in badges.iter().filter(|(on, ..)| *on) {
                    badge(ui, text, *tone).on_hover_text(*why);
                }
            });
        }
    }

    fn rule(&self, ui: &mut Ui, figure: &Figure) {
        let tokens = theme::tokens(ui);
        if let Some(hand) = self.event.hand(self.measure, self.class).filter(|_| figure.marks.by_hand) {
            let text = format!("Set by hand by {}: {}", hand.name, hand.reason);
            ui.add(Label::new(RichText::new(text).color(tokens.text)).wrap());
            return;
        }
        let method = self.project.methodology.method_for(self.measure);
        rule_in_words(ui, method);
    }

    /// The classes in a table; the one that was pressed.
    fn classes(&self, ui: &mut Ui) -> Option<Class> {
        let figures = self.figures?;
        if figures.classes.keys().all(|class| *class == Class::TOTAL) {
            return None;
        }
        let mut pressed = None;
        ui.add_space(2.0);
        ui.spacing_mut().item_spacing.y = 1.0;
        class_row(ui, "Class", ["Low", "Best", "High"].map(str::to_owned), (false, false), true);
        let total = (&Class::TOTAL, &figures.total);
        let rest = figures.classes.iter().filter(|(class, _)| **class != Class::TOTAL);
        for (class, figure) in std::iter::once(total).chain(rest) {
            let cells = match figure.value {
                Value::Known(range) => {
                    [figures::grouped(range.low), figures::best_cell(range.best), figures::high_cell(range)]
                }
                Value::Unknown => [figures::UNKNOWN; 3].map(str::to_owned),
                Value::NoClaim => [figures::NO_CLAIM; 3].map(str::to_owned),
            };
            let name = self.class_name(class);
            if class_row(ui, &name, cells, (class == self.class, figure.marks.by_hand), false) {
                pressed = Some(class.clone());
            }
        }
        pressed
    }

    /// A class with the name of its side, so that nobody has to remember who is A.
    fn class_name(&self, class: &Class) -> String {
        use crate::model::BaseClass::{A, AllA, AllB, B};
        let named = |side: &str, what: &str| {
            if side.is_empty() { sentence(&class.to_string()) } else { format!("{side}, {what}") }
        };
        match class {
            Class::Base(A) => named(&self.event.side_a, "fighters"),
            Class::Base(B) => named(&self.event.side_b, "fighters"),
            Class::Base(AllA) => named(&self.event.side_a, "all"),
            Class::Base(AllB) => named(&self.event.side_b, "all"),
            other => sentence(&other.to_string()),
        }
    }

    fn working(&self, ui: &mut Ui, figure: &Figure) {
        let mut lines = words::working(self.project, figure);
        let by_classes = figure.working.used.is_empty() && matches!(figure.value, Value::Known(_));
        if by_classes && self.figures.is_some_and(|figures| !figures.classes.is_empty()) && !figure.marks.by_hand {
            lines.push("Choose a class above to see the claims that it rests on".to_owned());
        }
        if lines.is_empty() {
            return;
        }
        ui.add_space(4.0);
        let tokens = theme::tokens(ui);
        for line in lines {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                ui.spacing_mut().interact_size.y = 0.0;
                ui.add(Label::new(RichText::new("·").color(tokens.muted)));
                ui.add(Label::new(RichText::new(line).color(tokens.text)).wrap());
            });
        }
    }
}

/// A rule by its name, and what it does.
pub fn rule_in_words(ui: &mut Ui, method: Method) {
    let tokens = theme::tokens(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let name = RichText::new(sentence(method.key())).text_style(theme::LABEL.clone());
        ui.add(Label::new(name.color(tokens.text)));
        ui.add(Label::new(RichText::new(method.help()).color(tokens.muted)).wrap());
    });
}

fn of_class(class: &Class) -> String {
    if *class == Class::TOTAL { String::new() } else { format!(", {class}") }
}

/// A row of the table of classes; whether it was pressed.
fn class_row(ui: &mut Ui, name: &str, cells: [String; 3], (chosen, by_hand): (bool, bool), head: bool) -> bool {
    /// Width of a column of numbers, for 10 digits with their commas.
    const NUMBER: f32 = 64.0;
    let tokens = theme::tokens(ui);
    let size = vec2(ui.available_width(), theme::TARGET);
    let sense = if head { Sense::hover() } else { Sense::click() };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let label = if head {
        name.to_owned()
    } else {
        format!(
            "{name}: low {}, best {}, high {}{}",
            cells[0],
            cells[1],
            cells[2],
            if by_hand { ", set by hand" } else { "" }
        )
    };
    response.widget_info(|| {
        let role = if head { egui::Role::Label } else { egui::Role::Button };
        egui::WidgetInfo::labeled(role, ui.is_enabled(), &label)
    });
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if chosen {
        painter.rect_filled(rect, 4.0, tokens.selection);
    } else if response.hovered() && !head {
        painter.rect_filled(rect, 4.0, tokens.button_hover);
    }
    let (font, colour) = if head { (theme::regular(11.0), tokens.muted) } else { (theme::regular(13.0), tokens.text) };
    let names = rect.with_max_x(rect.right() - 3.0 * NUMBER - 8.0);
    let left = rect.left_center() + vec2(6.0, 0.0);
    painter.with_clip_rect(names).text(left, Align2::LEFT_CENTER, name, font.clone(), colour);
    let response = if head { response } else { response.on_hover_text(name) };
    if by_hand {
        let at = rect.right_center() - vec2(3.0 * NUMBER + 2.0, 0.0);
        painter.text(at, Align2::LEFT_CENTER, icons::HAND, theme::regular(13.0), tokens.info.text);
    }
    for (at, cell) in cells.iter().enumerate() {
        // Columns are three.
        #[expect(clippy::cast_precision_loss, reason = "0 to 2")]
        let right = rect.right() - 6.0 - NUMBER * (2 - at) as f32;
        let (font, colour) = match (head, at) {
            (true, _) => (font.clone(), tokens.muted),
            (false, 1) => (theme::semibold(13.0), tokens.text),
            (false, _) => (font.clone(), tokens.muted),
        };
        painter.text(egui::pos2(right, rect.center().y), Align2::RIGHT_CENTER, cell, font, colour);
    }
    if head {
        painter.hline(rect.x_range(), rect.bottom() - 0.5, (1.0, tokens.hairline));
    }
    widgets::focus_ring(ui, &response);
    response.clicked()
}

/// A row with something at its right end.
pub fn row_with_end<R>(ui: &mut Ui, height: f32, left: impl FnOnce(&mut Ui) -> R, right: impl FnOnce(&mut Ui)) -> R {
    let row = vec2(ui.available_width(), height);
    let inner = ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        right(ui);
        ui.with_layout(Layout::left_to_right(Align::Center), left).inner
    });
    inner.inner
}
