//! A table on its way in, drawn: its name and the buttons, how the file is written, and in tabs what it changes, its columns
//! and rows, and conflicts. What is known of the file is its parent's.

use std::sync::atomic::Ordering;

use egui::{Align, Frame, Label, Layout, Margin, RichText, Ui, UiBuilder};

use super::becomes::Preview;
use super::buttons::Pressed;
use super::draft::{Draft, From};
use super::{Asked, Screen, Tab, conflicts, summary, written};
use crate::model::quantity::grouped;
use crate::ui::status_bar::counted;
use crate::ui::theme::{self, icons};
use crate::ui::widgets::{self, Tone};
use crate::ui::{Actions, View};

/// With less height than this under its head, in points, the panel scrolls as a whole.
const LOW: f32 = 380.0;
/// Least height of columns and rows, of the changes and of the conflicts.
const BODY: f32 = 220.0;

impl Screen {
    /// Draws the head with its buttons, and what is below it.
    pub(super) fn ui(&mut self, ui: &mut Ui, view: &View<'_>, actions: &mut Actions) -> Asked {
        let name = format!("Import {}", self.name());
        let builder = UiBuilder::new().accessibility_role(egui::accesskit::Role::Group).accessibility_label(&*name);
        ui.scope_builder(builder, |ui| {
            let bar = Frame::new().inner_margin(Margin { left: 12, right: 12, top: 8, bottom: 4 });
            let asked = bar.show(ui, |ui| self.head(ui)).inner;
            let room = ui.available_height();
            let chosen = if room < LOW {
                widgets::scrolling(ui, "import panel", room, |ui| self.below_head(ui, view, actions))
            } else {
                self.below_head(ui, view, actions)
            };
            if matches!(chosen, Asked::Nothing) { asked } else { chosen }
        })
        .inner
    }

    fn below_head(&mut self, ui: &mut Ui, view: &View<'_>, actions: &mut Actions) -> Asked {
        let bar = Frame::new().inner_margin(Margin::symmetric(12, 2));
        let asked = bar.show(ui, |ui| self.choices_ui(ui, view)).inner;
        if let Some(reason) = &self.failed {
            bar.show(ui, |ui| widgets::banner(ui, Tone::Error, reason, &[]));
        }
        if let (Some(_), Some(_)) = (&self.table, &self.draft) {
            self.tabs(ui);
            let room = egui::vec2(ui.available_width(), ui.available_height().max(BODY));
            ui.allocate_ui(room, |ui| {
                ui.set_min_size(room);
                self.body(ui, view, actions);
            });
        } else if self.failed.is_none() {
            widgets::empty_state(ui, icons::FILE_CSV, "Reading the file", "", None);
        }
        asked
    }

    /// The name of the file and what kind it is; the buttons.
    fn head(&mut self, ui: &mut Ui) -> Asked {
        let mut asked = Asked::Nothing;
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let guessed = self.draft.as_ref().is_none_or(|draft| draft.from == From::Guess);
                let (verb, refusal) = (self.verb(), self.why_not());
                match self.buttons.show(ui, &verb, refusal, !guessed) {
                    Pressed::Neither => {}
                    Pressed::Import => {
                        self.is_made = true;
                        asked = Asked::Make;
                    }
                    Pressed::Cancel => asked = Asked::Close,
                }
                self.progress(ui);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    widgets::section_title(ui, &format!("Import {}", self.name()));
                    self.kind(ui);
                });
            });
        });
        asked
    }

    fn verb(&self) -> String {
        let Some(planned) = self.planned() else { return "Import".to_owned() };
        let outcome = planned.report.outcome;
        let all = outcome.added + outcome.changed + outcome.removed;
        let counted = |n: u64, one, many| counted(usize::try_from(n).unwrap_or(usize::MAX), one, many);
        if all == 0 && !planned.is_empty {
            // Every event says what it said; only its row is another one.
            "Take over the rows".to_owned()
        } else if outcome.changed + outcome.removed == 0 {
            format!("Import {}", counted(outcome.added, "event", "events"))
        } else {
            format!("Make {}", counted(all, "change", "changes"))
        }
    }

    /// What kind of data it is, and where what its columns mean comes from.
    fn kind(&self, ui: &mut Ui) {
        let Some(draft) = &self.draft else { return };
        let (text, tone) = match draft.from {
            From::Known => (draft.title.to_string(), Tone::Ok),
            From::Before => (format!("Read as “{}” was before", draft.name), Tone::Ok),
            From::File => (format!("Read by “{}”", draft.name), Tone::Ok),
            From::Guess => ("Columns are guessed".to_owned(), Tone::Warn),
        };
        widgets::badge(ui, &text, tone);
    }

    /// How far reading and planning have come.
    fn progress(&self, ui: &mut Ui) {
        let Some(table) = &self.table else { return };
        if self.source.is_none() && self.failed.is_none() {
            widgets::muted(ui, format!("Reading; the first {} are shown", counted(table.len(), "row", "rows")));
            return;
        }
        let Some(plan) = self.plan.as_ref().filter(|plan| plan.result.is_none()) else { return };
        let done = plan.done.load(Ordering::Relaxed);
        let seconds = ui.input(|input| input.time) - plan.since;
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "shown"
        )]
        let speed = if seconds > 0.2 { (done as f64 / seconds) as u64 } else { 0 };
        let rows = format!("{} of {} rows", grouped(done as u64), grouped(table.len() as u64));
        let text = if speed > 0 { format!("{rows}, {} a second", grouped(speed)) } else { rows };
        widgets::muted(ui, text);
        ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
    }

    /// How the file is written and read.
    fn choices_ui(&mut self, ui: &mut Ui, view: &View<'_>) -> Asked {
        let Some(table) = self.table.clone() else { return Asked::Nothing };
        let mut asked = Asked::Nothing;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            if written::file(ui, &table, &mut self.choices) {
                asked = Asked::Read;
            }
            let Some(draft) = &mut self.draft else { return };
            if written::values(ui, draft) {
                self.preview = None;
                self.is_stale = true;
            }
        });
        let Some(draft) = &mut self.draft else { return asked };
        if draft.doubts_dates() {
            ui.horizontal_wrapped(|ui| {
                let tokens = theme::tokens(ui);
                ui.add(Label::new(RichText::new(icons::WARNING).size(14.0).color(tokens.warn.text)));
                ui.add(Label::new(RichText::new(&draft.guess.dates.reason).color(tokens.warn.text)).wrap());
            });
        }
        if self.tab == Tab::Columns {
            match written::mapping(ui, draft) {
                written::Pressed::Nothing => {}
                written::Pressed::Changed => self.is_stale = true,
                written::Pressed::Save => {
                    return Asked::SaveMapping(Box::new(draft.mapping(table.columns(), view.project)));
                }
                written::Pressed::Open => return Asked::OpenMapping,
            }
        }
        asked
    }

    fn tabs(&mut self, ui: &mut Ui) {
        let doubts = self.draft.as_ref().map_or(0, Draft::doubts);
        let conflicts = self.planned().map_or(0, |planned| planned.conflicts.len());
        let names = [
            ("What it changes", None),
            ("Columns and rows", (doubts > 0).then_some(doubts)),
            ("Conflicts", Some(conflicts)),
        ];
        let mut at = Tab::ALL.iter().position(|tab| *tab == self.tab).unwrap_or(0);
        Frame::new().inner_margin(Margin::symmetric(12, 0)).show(ui, |ui| {
            if widgets::tab_strip(ui, &names, &mut at) {
                self.tab = Tab::ALL[at];
            }
        });
    }

    fn body(&mut self, ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
        let Some((table, draft)) = self.table.clone().zip(self.draft.as_mut()) else { return };
        match self.tab {
            Tab::Summary => {
                let planned = self.plan.as_ref().and_then(|plan| plan.result.as_ref());
                if summary::ui(ui, planned, draft, &mut self.wishes) {
                    self.is_stale = true;
                }
            }
            Tab::Columns => {
                let preview = self.preview.get_or_insert_with(|| {
                    let mapping = draft.mapping(table.columns(), view.project);
                    Preview::new(&table, &mapping)
                });
                if self.columns.ui(ui, view, &table, draft, preview) {
                    self.changed();
                }
            }
            Tab::Conflicts => {
                let planned = self.plan.as_ref().and_then(|plan| plan.result.as_ref());
                if conflicts::ui(ui, planned, &mut self.wishes, actions) {
                    self.is_stale = true;
                }
            }
        }
    }
}
