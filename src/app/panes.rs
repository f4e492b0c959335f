//! The panes of the desk: which of them are shown, how large they are, and how the keyboard goes from one to the next.
//!
//! Must not know what is in a pane.

use egui::{CentralPanel, Context, Frame, Margin, Panel, Ui, UiBuilder};

use crate::model::Project;
use crate::ui::theme::tokens;
use crate::ui::{Actions, Pane, SideTab, View, widgets};

use super::{App, Panels};

/// Below this width the list of articles is hidden until it is asked for.
const NARROW: f32 = 1100.0;

/// Which panes are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hidden {
    articles: bool,
    reader: bool,
}

impl Hidden {
    pub(super) fn has(self, pane: Pane) -> bool {
        match pane {
            Pane::Articles => self.articles,
            Pane::Reader => self.reader,
            Pane::Table | Pane::Side => false,
        }
    }
}

/// Whether nothing is there to be read: rows of a data set and no article. Then the chart has the room of the reader.
fn is_of_rows_only(project: &Project) -> bool {
    project.articles.is_empty() && !project.datasets.is_empty()
}

impl App {
    /// Which panes are not there now. What the person asked for wins.
    pub(super) fn hidden(&self, ctx: &Context) -> Hidden {
        let narrow = ctx.content_rect().width() < NARROW;
        let of_rows = self.project().is_some_and(is_of_rows_only);
        // Where there is one pane at a time, none takes room from another.
        let articles = !self.small && self.articles_hidden.unwrap_or(narrow || of_rows);
        // A row that is looked at stands in the reader's place.
        let no_text = of_rows && self.articles_hidden != Some(false) && self.desk.row.is_none();
        let covered = self.tight && !articles;
        let reader = no_text || covered;
        Hidden { articles, reader }
    }

    /// Shows the list of articles, or hides it; and the reader with it where there is nothing to read.
    pub(super) fn toggle_articles(&mut self, ctx: &Context) {
        if self.small {
            return self.toggle_article_pane();
        }
        self.articles_hidden = Some(!self.hidden(ctx).articles);
    }

    /// Goes to a pane, which comes where it was hidden.
    pub(super) fn go_to_pane(&mut self, ctx: &Context, pane: Pane) {
        let hidden = self.hidden(ctx);
        if hidden.has(pane) {
            self.articles_hidden = Some(pane == Pane::Reader && !hidden.articles);
        }
        self.focus(pane);
    }

    pub(super) fn focus(&mut self, pane: Pane) {
        self.desk.pane = pane;
        self.desk.wants_focus = Some(pane);
    }

    /// Goes on to the next pane that is there, so many forward in the circle of panes.
    pub(super) fn next_pane(&mut self, ctx: &Context, by: usize) {
        let hidden = self.hidden(ctx);
        let at = Pane::ALL.iter().position(|pane| *pane == self.desk.pane).unwrap_or(0);
        let next = (1..=Pane::ALL.len()).map(|n| Pane::ALL[(at + by * n) % Pane::ALL.len()]);
        if let Some(pane) = next.into_iter().find(|pane| !hidden.has(*pane)) {
            self.focus(pane);
        }
    }

    /// The list gives its room back to the reader as soon as a text is asked for.
    fn uncover_reader(&mut self, ctx: &Context) {
        let hidden = self.hidden(ctx);
        if self.desk.wants_focus == Some(Pane::Reader) && hidden.reader && !hidden.articles {
            self.articles_hidden = Some(true);
        }
    }

    pub(super) fn desk_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        self.uncover_reader(ui.ctx());
        let hidden = self.hidden(ui.ctx());
        let Some(open) = &self.open else { return };
        let view = open.view(&*self.platform, &self.settings);
        let (panels, desk) = (&mut self.panels, &mut self.desk);
        if panels.import.is_open() {
            return import_ui(ui, panels, &view, desk, actions);
        }
        if self.small {
            return self.one_pane(ui, actions);
        }
        let plain = Frame::new().fill(ui.visuals().panel_fill);
        let page = Frame::new().fill(tokens(ui).page);
        if !hidden.articles {
            Panel::left("articles")
                .frame(plain)
                .default_size(240.0)
                .size_range(200.0..=360.0)
                .resizable(true)
                .show(ui, |ui| filled(ui, |ui| articles(ui, panels, &view, desk, actions, hidden.reader)));
        }
        let settled = self.borders.settle(ui.ctx(), hidden.reader);
        let height = ui.available_height();
        let table = Panel::bottom("table").frame(page).resizable(true);
        let table = table.size_range(140.0..=(height - 160.0).max(160.0));
        let table = self
            .borders
            .fitted(table, self.borders.table * height)
            .show(ui, |ui| filled(ui, |ui| panels.table.ui(ui, &view, desk, actions)));
        if settled {
            self.borders.table = table.response.rect.height() / height.max(1.0);
        }
        if hidden.reader {
            CentralPanel::default().frame(page).show(ui, |ui| side(ui, panels, &view, desk, actions));
            return;
        }
        let width = ui.available_width();
        let side_panel = Panel::right("side").frame(page).resizable(true);
        let side_panel = side_panel.size_range(300.0..=(width - 280.0).max(320.0));
        let side_panel = self
            .borders
            .fitted(side_panel, self.borders.side * width)
            .show(ui, |ui| filled(ui, |ui| side(ui, panels, &view, desk, actions)));
        if settled {
            self.borders.side = side_panel.response.rect.width() / width.max(1.0);
        }
        panels.reader.set_text_size(self.settings.reader_size);
        let around = Margin { left: 16, right: 8, top: 8, bottom: 4 };
        let page = if desk.row.is_some() { page.inner_margin(around) } else { page };
        CentralPanel::default().frame(page).show(ui, |ui| {
            if !panels.row.ui(ui, &view, desk) {
                panels.reader.ui(ui, &view, desk, actions);
            }
        });
    }
}

/// Where the borders between the panes are, as shares of the window, so that they keep their place when it is resized.
#[derive(Debug)]
pub(super) struct Borders {
    table: f32,
    side: f32,
    window: egui::Vec2,
    /// Whether the reader was not there.
    no_reader: bool,
    frames: u8,
}

impl Default for Borders {
    fn default() -> Self {
        Self { table: 0.44, side: 0.54, window: egui::Vec2::ZERO, no_reader: false, frames: 0 }
    }
}

impl Borders {
    /// Whether the window has kept its size for some frames: only then do borders belong to the person who drags them.
    /// A pane that comes back finds the room that it had, too.
    fn settle(&mut self, ctx: &Context, no_reader: bool) -> bool {
        let window = ctx.content_rect().size();
        if (window, no_reader) != (self.window, self.no_reader) {
            (self.window, self.no_reader) = (window, no_reader);
            self.frames = 0;
        }
        self.frames = self.frames.saturating_add(1);
        let settled = self.is_settled();
        if !settled {
            ctx.request_repaint();
        }
        settled
    }

    fn fitted(&self, panel: Panel, size: f32) -> Panel {
        if self.is_settled() { panel } else { panel.exact_size(size) }
    }

    fn is_settled(&self) -> bool {
        /// Frames until a window has found its size.
        const SETTLING: u8 = 3;
        self.frames > SETTLING
    }
}

/// The import panel over the event table, which stays in view: what is in the project can be looked at meanwhile.
fn import_ui(ui: &mut Ui, panels: &mut Panels, view: &View<'_>, desk: &mut crate::ui::Desk, actions: &mut Actions) {
    /// Share of the table in the height.
    const TABLE: f32 = 0.26;
    let page = Frame::new().fill(tokens(ui).page);
    let height = ui.available_height();
    if !super::small::is_small(ui.ctx()) {
        Panel::bottom("table under import")
            .frame(page)
            .resizable(true)
            .default_size(height * TABLE)
            .size_range(96.0..=(height - 260.0).max(120.0))
            .show(ui, |ui| filled(ui, |ui| panels.table.ui(ui, view, desk, actions)));
    }
    let plain = Frame::new().fill(ui.visuals().panel_fill);
    CentralPanel::default().frame(plain).show(ui, |ui| panels.import.ui(ui, view, actions));
}

/// Draws what is in a panel and takes all of its room, and no more: a panel shrinks to its contents otherwise, and grows
/// for good with contents that were too wide for a single frame.
pub(super) fn filled(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let all = ui.max_rect();
    contents(&mut ui.new_child(UiBuilder::new().max_rect(all)));
    ui.expand_to_include_rect(all);
}

/// The list of articles. Where it stands in the place of the reader, a click on an article goes there.
pub(super) fn articles(
    ui: &mut Ui,
    panels: &mut Panels,
    view: &View<'_>,
    desk: &mut crate::ui::Desk,
    actions: &mut Actions,
    covers_reader: bool,
) {
    let before = actions.len();
    panels.articles.ui(ui, view, desk, actions);
    let shows = |action: &crate::ui::Action| matches!(action, crate::ui::Action::Show(crate::ui::Target::Article(_)));
    let clicked = ui.input(|input| input.pointer.primary_released() && input.modifiers.is_none());
    if covers_reader && clicked && actions[before..].iter().any(shows) {
        desk.wants_focus = Some(Pane::Reader);
        ui.ctx().request_repaint();
    }
}

/// With less height than this in points the chart scrolls with what stands above and below it.
const LOW_CHART: f32 = 260.0;

/// The tabs at the side.
pub(super) fn side(
    ui: &mut Ui,
    panels: &mut Panels,
    view: &View<'_>,
    desk: &mut crate::ui::Desk,
    actions: &mut Actions,
) {
    let names: [(&str, Option<usize>); 5] = [
        ("Chart", None),
        ("Event", None),
        ("Notes", Some(view.project.notes.len())),
        ("Method", None),
        ("Problems", Some(panels.problems.count(view))),
    ];
    let mut at = SideTab::ALL.iter().position(|tab| *tab == desk.tab).unwrap_or(0);
    Frame::new().inner_margin(Margin { left: 12, right: 12, top: 4, bottom: 0 }).show(ui, |ui| {
        if widgets::tab_strip(ui, &names, &mut at) {
            desk.tab = SideTab::ALL[at];
        }
    });
    let body = Frame::new().inner_margin(Margin { left: 12, right: 4, top: 4, bottom: 0 });
    body.show(ui, |ui| match desk.tab {
        SideTab::Chart if ui.available_height() < LOW_CHART => {
            let room = ui.available_height();
            widgets::scrolling(ui, "chart pane", room, |ui| panels.chart.ui(ui, view, desk, actions));
        }
        SideTab::Chart => panels.chart.ui(ui, view, desk, actions),
        SideTab::Event => panels.event.ui(ui, view, desk, actions),
        SideTab::Notes => panels.notes.ui(ui, view, desk, actions),
        SideTab::Method => panels.method.ui(ui, view, desk, actions),
        SideTab::Problems => panels.problems.ui(ui, view, desk, actions),
    });
}
