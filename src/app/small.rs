//! A small window, or a large zoom: one pane at a time, chosen by tabs in the place of the tool bar.
//!
//! A window of 1024 by 700 at 200 % is 512 by 350 points: two panes side by side would cut each other. The keys are the
//! same as in a large window. Must not know what is in a pane.

use egui::{CentralPanel, Context, Frame, Margin, Ui, Vec2, vec2};

use crate::command::Command;
use crate::ui::theme::tokens;
use crate::ui::{Action, Actions, Pane, menus, widgets};

use super::App;
use super::panes::{Hidden, articles, filled, side};

/// Room in points for two panes side by side and two above each other. With less there is one at a time.
const ENOUGH: Vec2 = vec2(600.0, 500.0);

/// Below this width the list of articles stands in the place of the reader: three panes would cut each other.
const TIGHT: f32 = 820.0;

/// Whether the window has room for one pane only.
pub(super) fn is_small(ctx: &Context) -> bool {
    let room = ctx.content_rect().size();
    room.x < ENOUGH.x || room.y < ENOUGH.y
}

const fn title(pane: Pane) -> &'static str {
    match pane {
        Pane::Articles => "Articles",
        Pane::Reader => "Reader",
        Pane::Table => "Table",
        Pane::Side => "Chart and event",
    }
}

impl App {
    /// Notes whether the window is small, for this frame.
    pub(super) fn measure_window(&mut self, ctx: &Context) {
        let small = is_small(ctx);
        if small && !self.small {
            // What was looked at last stays in view.
            self.desk.wants_focus.get_or_insert(self.desk.pane);
        }
        self.small = small;
        self.tight = !small && ctx.content_rect().width() < TIGHT;
    }

    /// Shows a pane in which something happens, where it would not be seen otherwise.
    pub(super) fn bring(&mut self, pane: Pane) {
        if self.small && self.desk.pane != pane {
            self.focus(pane);
        }
        if self.tight && pane == Pane::Reader && self.articles_hidden == Some(false) {
            self.articles_hidden = Some(true);
        }
    }

    /// The pane that is shown.
    fn shown(&self, hidden: Hidden) -> Pane {
        let pane = self.desk.wants_focus.unwrap_or(self.desk.pane);
        if hidden.has(pane) { Pane::Side } else { pane }
    }

    /// The panes as tabs, and the acts that are needed most; everything else is in the menus.
    pub(super) fn pane_tabs(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let hidden = self.hidden(ui.ctx());
        let panes: Vec<Pane> = Pane::ALL.into_iter().filter(|pane| !hidden.has(*pane)).collect();
        let names: Vec<(&str, Option<usize>)> = panes.iter().map(|pane| (title(*pane), None)).collect();
        let mut at = panes.iter().position(|pane| *pane == self.shown(hidden)).unwrap_or(0);
        let label_of = |command| self.label_of(command);
        let why_not = |command| self.why_not(command);
        let chosen = ui.horizontal(|ui| {
            let chosen = widgets::tab_row(ui, &names, &mut at);
            menus::few_tools(ui, &label_of, &why_not, actions);
            chosen
        });
        if let Some(pane) = panes.get(at).filter(|_| chosen.inner) {
            self.focus(*pane);
        }
    }

    /// The one pane.
    pub(super) fn one_pane(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let hidden = self.hidden(ui.ctx());
        let pane = self.shown(hidden);
        let Some(open) = &self.open else { return };
        let view = open.view(&*self.platform, &self.settings);
        let (panels, desk) = (&mut self.panels, &mut self.desk);
        let asked = desk.wants_focus == Some(pane);
        let plain = Frame::new().fill(ui.visuals().panel_fill);
        let page = Frame::new().fill(tokens(ui).page);
        let around = Margin { left: 12, right: 4, top: 4, bottom: 4 };
        let frame = match pane {
            Pane::Articles => plain,
            Pane::Reader if desk.row.is_some() => page.inner_margin(around),
            Pane::Reader | Pane::Table | Pane::Side => page,
        };
        panels.reader.set_text_size(self.settings.reader_size);
        CentralPanel::default().frame(frame).show(ui, |ui| {
            filled(ui, |ui| match pane {
                Pane::Articles => articles(ui, panels, &view, desk, actions, true),
                Pane::Reader => {
                    if !panels.row.ui(ui, &view, desk) {
                        panels.reader.ui(ui, &view, desk, actions);
                    }
                }
                Pane::Table => panels.table.ui(ui, &view, desk, actions),
                Pane::Side => side(ui, panels, &view, desk, actions),
            });
        });
        // A pane without anything that could take the keyboard is shown nevertheless, and holds the others up no longer.
        if asked && desk.wants_focus == Some(pane) {
            (desk.pane, desk.wants_focus) = (pane, None);
        }
    }

    /// The list of articles, or back from it.
    pub(super) fn toggle_article_pane(&mut self) {
        let to = if self.desk.pane == Pane::Articles { Pane::Reader } else { Pane::Articles };
        self.focus(to);
    }

    /// Shows where a command acts before it does.
    pub(super) fn bring_pane_of(&mut self, command: Command) {
        use Command as C;
        match command {
            C::MergeEvents
            | C::GroupByColumn
            | C::Ungroup
            | C::FoldGroups
            | C::UnfoldGroups
            | C::DuplicateEvents
            | C::DeleteEvents => self.bring(Pane::Table),
            C::CoverEvents => self.bring(Pane::Side),
            _ => {}
        }
    }

    /// Shows where an action of a panel leads.
    pub(super) fn bring_pane_of_action(&mut self, action: &Action) {
        match action {
            Action::EditCell(..) | Action::Filter(_) | Action::ShowView(_) => self.bring(Pane::Table),
            _ => {}
        }
    }
}
