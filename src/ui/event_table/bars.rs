//! The bars under the rows: one at a time, above the status bar, so that no row moves when one is opened.
//!
//! It knows which bar is open and hands on what was asked; what a bar does is its own business.

use egui::{Frame, Margin, Panel, Ui};

use super::find::FindBar;
use super::find::search::Search;
use super::go_to::{GoTo, Gone};
use super::grid::Grid;
use super::sheet::Sheet;
use crate::model::EventId;
use crate::ui::Actions;
use crate::ui::theme;

/// Height of a bar of one line, in points.
const LINE: f32 = 36.0;

/// What is asked of the bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// To find words in cells.
    Find,
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
    GoTo,
}

/// The bars.
#[derive(Debug, Default)]
pub(super) struct Bars {
    open: Option<Open>,
    asked: Option<Ask>,
    find: FindBar,
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
        (self.open == Some(Open::Find)).then_some(&self.find.search).filter(|search| search.pattern().is_some())
    }

    /// Draws the open bar and does what was asked. `ui` loses the room that the bar takes.
    pub fn ui(&mut self, ui: &mut Ui, grid: &mut Grid, sheet: &Sheet<'_>, actions: &mut Actions) {
        if let Some(ask) = self.asked.take() {
            self.answer(ask, grid, sheet);
        }
        let Some(open) = self.open else { return };
        if open == Open::Find {
            self.find.advance(ui, grid, sheet, actions);
        }
        let tokens = theme::tokens(ui);
        let frame = Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(0, 2));
        let panel = Panel::bottom("bars of the table").frame(frame).exact_size(LINE).resizable(false);
        let ask = panel
            .show(ui, |ui| match open {
                Open::Find => self.find.ui(ui, grid, sheet),
                Open::GoTo => match self.go_to.ui(ui, grid, sheet) {
                    Some(Gone::To(event)) => {
                        if grid.leave(sheet, actions) {
                            self.reveal = Some(event);
                        }
                        Some(Ask::Close)
                    }
                    Some(Gone::Nowhere) => Some(Ask::Close),
                    None => None,
                },
            })
            .inner;
        if let Some(ask) = ask {
            self.answer(ask, grid, sheet);
            ui.ctx().request_repaint();
        }
    }

    fn answer(&mut self, ask: Ask, grid: &mut Grid, sheet: &Sheet<'_>) {
        match ask {
            Ask::Find => {
                self.open = Some(Open::Find);
                self.find.start(grid, sheet);
            }
            Ask::GoTo => {
                self.open = Some(Open::GoTo);
                self.go_to.start();
            }
            Ask::Next | Ask::Previous => {
                if self.open != Some(Open::Find) {
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
