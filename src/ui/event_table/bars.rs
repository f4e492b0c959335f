//! The bars under the rows: one at a time, above the status bar, so that no row moves when one is opened.
//!
//! It knows which bar is open and hands on what was asked; what a bar does is its own business.

use egui::{Frame, Id, Margin, Panel, Ui};

use super::find::FindBar;
use super::find::search::Search;
use super::go_to::{GoTo, Gone};
use super::grid::Grid;
use super::replace::{self, ReplaceLine};
use super::sheet::Sheet;
use super::transform::{self, ChangeBar};
use crate::model::EventId;
use crate::ui::Actions;
use crate::ui::theme;

/// Height of a line of a bar, in points, and the margin over and under all lines.
const LINE: f32 = 32.0;
const MARGIN: i8 = 2;

/// What is asked of the bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// To find words in cells.
    Find,
    /// To find and replace them.
    Replace,
    /// To change the selected cells.
    Change,
    /// To go to a row.
    GoTo,
    /// The next place of what is looked for.
    Next,
    /// The place before it.
    Previous,
    /// To close what is open.
    Close,
}

/// Which bar is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Find,
    Replace,
    Change,
    GoTo,
}

impl Open {
    fn finds(self) -> bool {
        matches!(self, Self::Find | Self::Replace)
    }
}

/// The bars.
#[derive(Debug, Default)]
pub(super) struct Bars {
    open: Option<Open>,
    asked: Option<Ask>,
    find: FindBar,
    replace: ReplaceLine,
    change: ChangeBar,
    go_to: GoTo,
    /// An event to be shown, also where the filter hides it.
    pub reveal: Option<EventId>,
}

impl Bars {
    /// Asks something of the bars in the next frame.
    pub fn ask(&mut self, ask: Ask) {
        self.asked = Some(ask);
    }

    /// Whether a bar is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// What is marked in the cells, while the find bar is open.
    pub fn found(&self) -> Option<&Search> {
        let finds = self.open.is_some_and(Open::finds);
        finds.then_some(&self.find.search).filter(|search| search.pattern().is_some())
    }

    /// Draws the open bar and does what was asked. `ui` loses the room that the bar takes.
    pub fn ui(&mut self, ui: &mut Ui, grid: &mut Grid, sheet: &Sheet<'_>, actions: &mut Actions) {
        if let Some(ask) = self.asked.take() {
            self.answer(ask, grid, sheet);
        }
        let Some(open) = self.open else { return };
        let room = ui.available_height();
        let (lines, list) = match open {
            Open::Find | Open::GoTo => (1.0, 0.0),
            Open::Replace => (2.0, self.replace.list_height(room)),
            Open::Change => (2.0, self.change.list_height(room)),
        };
        match open {
            Open::Find => self.find.advance(ui, grid, sheet, actions),
            Open::Replace => {
                self.find.advance(ui, grid, sheet, actions);
                self.replace.advance(ui, &mut self.find, sheet);
            }
            Open::Change => self.change.advance(ui, sheet),
            Open::GoTo => {}
        }
        let tokens = theme::tokens(ui);
        let frame = Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(0, MARGIN));
        let height = LINE * lines + list + 2.0 * f32::from(MARGIN);
        let panel = Panel::bottom("bars of the table").frame(frame).exact_size(height).resizable(false);
        let ask = panel
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                match open {
                    Open::Find => self.find_line(ui, grid, sheet, None),
                    Open::Replace => self.replace_ui(ui, grid, sheet, actions),
                    Open::Change => self.change_ui(ui, grid, sheet, actions),
                    Open::GoTo => self.go_to_ui(ui, grid, sheet, actions),
                }
            })
            .inner;
        if let Some(ask) = ask {
            self.answer(ask, grid, sheet);
            ui.ctx().request_repaint();
        }
    }

    fn find_line(&mut self, ui: &mut Ui, grid: &Grid, sheet: &Sheet<'_>, below: Option<Id>) -> Option<Ask> {
        line(ui, |ui| self.find.ui(ui, grid, sheet, below))
    }

    fn replace_ui(&mut self, ui: &mut Ui, grid: &mut Grid, sheet: &Sheet<'_>, actions: &mut Actions) -> Option<Ask> {
        let ask = self.find_line(ui, grid, sheet, Some(ReplaceLine::id()));
        let asked = line(ui, |ui| self.replace.ui(ui));
        self.replace.list(ui, sheet);
        match asked {
            Some(replace::Asked::This) if grid.leave(sheet, actions) => {
                self.replace.this(&mut self.find, grid, sheet, actions);
                self.find.step(true);
                ask
            }
            Some(replace::Asked::All) if grid.leave(sheet, actions) => {
                self.replace.all(&self.find.search, grid, sheet, actions);
                ask
            }
            Some(replace::Asked::Find) => Some(Ask::Replace),
            Some(replace::Asked::Close) => Some(Ask::Close),
            _ => ask,
        }
    }

    fn change_ui(&mut self, ui: &mut Ui, grid: &mut Grid, sheet: &Sheet<'_>, actions: &mut Actions) -> Option<Ask> {
        let asked = self.change.ui(ui, sheet, LINE);
        self.change.list(ui, sheet);
        match asked? {
            transform::Asked::Close => Some(Ask::Close),
            transform::Asked::Apply => {
                (grid.leave(sheet, actions) && self.change.apply(grid, sheet, actions)).then_some(Ask::Close)
            }
        }
    }

    fn go_to_ui(&mut self, ui: &mut Ui, grid: &mut Grid, sheet: &Sheet<'_>, actions: &mut Actions) -> Option<Ask> {
        match line(ui, |ui| self.go_to.ui(ui, grid, sheet))? {
            Gone::To(event) => {
                if grid.leave(sheet, actions) {
                    self.reveal = Some(event);
                }
            }
            Gone::Nowhere => {}
        }
        Some(Ask::Close)
    }

    fn answer(&mut self, ask: Ask, grid: &mut Grid, sheet: &Sheet<'_>) {
        match ask {
            Ask::Find | Ask::Replace => {
                self.open = Some(if ask == Ask::Find { Open::Find } else { Open::Replace });
                self.find.start(grid, sheet);
            }
            Ask::Change => {
                self.open = Some(Open::Change);
                self.change.start(grid, sheet);
            }
            Ask::GoTo => {
                self.open = Some(Open::GoTo);
                self.go_to.start();
            }
            Ask::Next | Ask::Previous => {
                if !self.open.is_some_and(Open::finds) {
                    self.find.start(grid, sheet);
                    self.open = Some(Open::Find);
                }
                if self.find.has_words() {
                    self.find.step(ask == Ask::Next);
                }
            }
            Ask::Close => {
                self.find.close();
                self.open = None;
                grid.wants_focus = true;
            }
        }
    }
}

/// One line of a bar.
fn line<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let size = egui::vec2(ui.available_width(), LINE);
    ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), contents).inner
}
