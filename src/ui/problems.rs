//! The list of problems: grouped by kind, the weightiest first; a click, Enter or F8 goes to the cell, claim or article.
//!
//! It shows what `derive::problems` tells, in the same words as `dateline check`, and repairs nothing. Only the lines in
//! view are put into words: a project of 400,000 events can have as many problems.

mod line;
mod lists;

use egui::{Button, EventFilter, Id, Key, Modifiers, Rect, ScrollArea, Sense, Ui, accesskit, pos2, vec2};

use super::theme::{self, icons};
use super::{Action, Actions, Desk, Pane, Target, View, widgets};
use crate::columns::grouped;
use crate::dataset;
use crate::derive::problems::{Kind, Place, Severity};
use crate::model::Claim;
use lists::{At, Lists};

pub use line::column_of;

/// Height of a line, and of the title over the lines of a kind, in points.
const LINE: f32 = 46.0;
const TITLE: f32 = 30.0;

/// The panel's own state.
#[derive(Debug, Default)]
pub struct Problems {
    lists: Lists,
    /// Severities that are not shown.
    hidden: Vec<Severity>,
    /// Kinds whose lines are folded away.
    folded: Vec<Kind>,
    current: Option<At>,
    /// Whether the current line should come into view.
    scroll: bool,
}

/// What has the keyboard in the list.
fn list_id() -> Id {
    Id::unique("list of problems")
}

impl Problems {
    /// How many errors and warnings there are.
    pub fn count(&mut self, view: &View<'_>) -> usize {
        self.lists.settle(view);
        [Severity::Error, Severity::Warning].into_iter().map(|severity| self.lists.count_of(view, severity)).sum()
    }

    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        self.lists.settle(view);
        self.severities(ui, view);
        let all: usize = Severity::ALL.iter().map(|severity| self.lists.count_of(view, *severity)).sum();
        if all == 0 {
            widgets::empty_state(ui, icons::CHECK_CIRCLE, "No problems", "Nothing is wrong or missing", None);
            return;
        }
        if self.shown(view).next().is_none() {
            widgets::muted(ui, "Every severity that has problems is switched off");
            return;
        }
        if desk.takes_focus(Pane::Side) {
            ui.memory_mut(|memory| memory.request_focus(list_id()));
        }
        self.keys(ui, view, actions);
        self.list(ui, view, actions);
    }

    /// The next problem of what is shown, or the one before: where to go. `None` where there is none.
    pub fn step(&mut self, view: &View<'_>, forward: bool) -> Option<Target> {
        self.lists.settle(view);
        let shown: Vec<Kind> = self.shown(view).collect();
        self.current = self.lists.step(view, &shown, self.current, forward, true);
        self.scroll = true;
        self.current.and_then(|at| self.target(view, at))
    }

    /// The kinds that are shown and have problems.
    fn shown<'a>(&'a self, view: &'a View<'_>) -> impl Iterator<Item = Kind> + 'a {
        let kinds = Kind::ALL.iter().copied().filter(|kind| !self.hidden.contains(&kind.severity()));
        kinds.filter(|kind| self.lists.count(view, *kind) > 0)
    }

    /// Which severities are shown, with how many there are of each.
    fn severities(&mut self, ui: &mut Ui, view: &View<'_>) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            for severity in Severity::ALL {
                let count = self.lists.count_of(view, severity);
                let label = format!("{} {}", plural(severity), grouped(count as u64));
                let shown = !self.hidden.contains(&severity);
                let button = Button::selectable(shown, label);
                if ui.add(button).on_hover_text("Show or hide these problems").clicked() {
                    match self.hidden.iter().position(|hidden| *hidden == severity) {
                        Some(at) => drop(self.hidden.remove(at)),
                        None => self.hidden.push(severity),
                    }
                }
            }
        });
        ui.add_space(4.0);
    }

    fn keys(&mut self, ui: &Ui, view: &View<'_>, actions: &mut Actions) {
        if !ui.memory(|memory| memory.has_focus(list_id())) {
            return;
        }
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        for (key, forward) in [(Key::ArrowDown, true), (Key::ArrowUp, false)] {
            if pressed(key) {
                let shown: Vec<Kind> = self.shown(view).filter(|kind| !self.folded.contains(kind)).collect();
                self.current = self.lists.step(view, &shown, self.current, forward, false).or(self.current);
                self.scroll = true;
            }
        }
        if pressed(Key::Enter)
            && let Some(target) = self.current.and_then(|at| self.target(view, at))
        {
            actions.push(Action::Show(target));
        }
    }

    fn list(&mut self, ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
        let kinds: Vec<(Kind, usize)> = self.shown(view).map(|kind| (kind, self.lists.count(view, kind))).collect();
        let closed = self.folded.clone();
        let lines = |kind: Kind, count: usize| if closed.contains(&kind) { 0 } else { count };
        let heights: Vec<f64> = kinds
            .iter()
            .map(|(kind, count)| f64::from(TITLE) + f64::from(LINE) * lines(*kind, *count) as f64)
            .collect();
        let whole: f64 = heights.iter().sum();
        let area = ScrollArea::vertical().id_salt("problems").auto_shrink(false);
        let mut clicked = None;
        let mut fold = None;
        #[expect(clippy::cast_possible_truncation, reason = "points on the screen")]
        area.show_viewport(ui, |ui, viewport| {
            ui.set_height(whole as f32);
            let origin = ui.max_rect().min;
            let mut top = 0.0_f64;
            for ((kind, count), height) in kinds.iter().zip(&heights) {
                let bottom = top + height;
                if bottom > f64::from(viewport.top()) && top < f64::from(viewport.bottom()) {
                    let at = origin + vec2(0.0, top as f32);
                    let width = ui.available_width();
                    let folded = closed.contains(kind);
                    if title(ui, Rect::from_min_size(at, vec2(width, TITLE)), *kind, *count, folded) {
                        fold = Some(*kind);
                    }
                    let first = ((f64::from(viewport.top()) - top - f64::from(TITLE)) / f64::from(LINE)).floor();
                    #[expect(clippy::cast_sign_loss, reason = "not below 0")]
                    let first = first.max(0.0) as usize;
                    for n in first..lines(*kind, *count) {
                        let y = top + f64::from(TITLE) + f64::from(LINE) * n as f64;
                        if y > f64::from(viewport.bottom()) {
                            break;
                        }
                        let rect = Rect::from_min_size(pos2(at.x, origin.y + y as f32), vec2(width, LINE));
                        let line = At { kind: *kind, n, place: self.lists.place(view, *kind, n) };
                        if self.line(ui, view, rect, line) {
                            clicked = Some(line);
                        }
                    }
                }
                if let Some(current) = self.current.filter(|current| self.scroll && current.kind == *kind) {
                    let y = top + f64::from(TITLE) + f64::from(LINE) * current.n as f64;
                    let rect = Rect::from_min_size(pos2(origin.x, origin.y + y as f32), vec2(1.0, LINE));
                    ui.scroll_to_rect(rect, None);
                }
                top = bottom;
            }
            self.scroll = false;
        });
        self.register(ui, view);
        if let Some(kind) = fold {
            match self.folded.iter().position(|folded| *folded == kind) {
                Some(at) => drop(self.folded.remove(at)),
                None => self.folded.push(kind),
            }
        }
        if let Some(line) = clicked {
            self.current = Some(line);
            ui.memory_mut(|memory| memory.request_focus(list_id()));
            actions.extend(self.target(view, line).map(Action::Show));
        }
    }

    fn line(&self, ui: &mut Ui, view: &View<'_>, rect: Rect, at: At) -> bool {
        let Some(problem) = self.lists.problem(view, at) else { return false };
        let current = self.current == Some(at);
        let has_keyboard = current && ui.memory(|memory| memory.has_focus(list_id()));
        line::ui(ui, view, rect, &problem, (at.kind, at.n), current, has_keyboard)
    }

    /// The one stop of Tab in the list, which says the current line.
    fn register(&self, ui: &Ui, view: &View<'_>) {
        let id = list_id();
        let rect = ui.min_rect();
        ui.interact(rect, id, Sense::focusable_noninteractive());
        ui.memory_mut(|memory| {
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            memory.set_focus_lock_filter(id, filter);
        });
        let said = self.current.and_then(|at| self.lists.problem(view, at)).map(|problem| line::spoken(view, &problem));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(accesskit::Role::ListBox);
            node.set_label(said.unwrap_or_else(|| "Problems: Down goes to the first".to_owned()));
            node.set_bounds(accesskit::Rect {
                x0: rect.left().into(),
                y0: rect.top().into(),
                x1: rect.right().into(),
                y1: rect.bottom().into(),
            });
        });
    }

    /// Where the record of a line is shown.
    fn target(&self, view: &View<'_>, at: At) -> Option<Target> {
        let problem = self.lists.problem(view, at)?;
        let project = view.project;
        Some(match problem.subject {
            Place::Project => return None,
            Place::Article(id) => Target::Article(id),
            Place::Note(id) => Target::Note(id),
            Place::Event(id) => Target::Cell(id, column_of(&problem.spot)),
            Place::Claim(id) => {
                let claim: &Claim = dataset::claim(project, id)?;
                let quoted = claim.quotes.iter().position(|quote| project.articles.contains(quote.article));
                match quoted {
                    Some(quote) if at.kind != Kind::NoArticle => Target::Quote(id, quote),
                    _ if project.events.contains(claim.event) => Target::Event(claim.event),
                    _ => Target::Quote(id, quoted?),
                }
            }
        })
    }
}

fn plural(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Errors",
        Severity::Warning => "Warnings",
        Severity::Hint => "Hints",
    }
}

/// The title of a kind, which folds its lines away. Says whether it was clicked.
fn title(ui: &mut Ui, rect: Rect, kind: Kind, count: usize, folded: bool) -> bool {
    let tokens = theme::tokens(ui);
    let id = list_id().with(("title", kind));
    let response = ui.interact(rect, id, Sense::click());
    let name = format!("{}, {}", kind.title(), grouped(count as u64));
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, !folded, &name));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, tokens.button_hover);
    }
    widgets::focus_ring(ui, &response);
    let y = rect.center().y;
    let caret = if folded { icons::CARET_RIGHT } else { icons::CARET_DOWN };
    let at = pos2(rect.left() + 4.0, y);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, caret, theme::regular(12.0), tokens.muted);
    let (icon, colour) = line::icon_of(kind.severity(), tokens);
    let at = pos2(rect.left() + 22.0, y);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, icon, theme::regular(14.0), colour);
    let number = ui.painter().layout_no_wrap(grouped(count as u64), theme::regular(12.0), tokens.muted);
    let right = rect.right() - 8.0 - number.size().x;
    let room = Rect::from_min_max(pos2(rect.left() + 42.0, rect.top()), pos2(right - 8.0, rect.bottom()));
    widgets::line_in(ui, room, kind.title(), theme::semibold(13.0), tokens.text);
    ui.painter().galley(pos2(right, (y - number.size().y / 2.0).round()), number, tokens.muted);
    response.clicked()
}
