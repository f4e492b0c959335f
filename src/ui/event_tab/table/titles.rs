//! The titles over the columns of claims: their edges are drawn to a width, fitted by a double click, and both by keys.

use egui::{
    Align2, Context, CursorIcon, Id, Key, Modifiers, Rangef, Rect, Sense, Stroke, StrokeKind, Ui, accesskit, pos2, vec2,
};

use super::super::columns::{Columns, PAD, Title, Widths};
use super::super::lines::Line;
use super::{BAR, ClaimsTable, Shown, TITLES};
use crate::ui::theme;
use crate::ui::widgets;

/// Half the width of an edge that can be taken hold of, in points.
const GRAB: f32 = 4.0;
/// By how much a key makes a column narrower or wider, in points.
const STEP: f32 = 12.0;
/// No column is made wider than this to fit, in points.
const CAP: f32 = 320.0;

/// A column whose edge is being drawn: its width before, and where the pointer took hold of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn {
    title: Title,
    width: f32,
    from: f32,
}

impl ClaimsTable {
    /// The widths that a person has drawn.
    pub fn widths(&self) -> Option<Widths> {
        self.widths.filter(|_| self.drawn.is_none())
    }

    /// Takes widths that were kept, unless some are there.
    pub fn keep_widths(&mut self, kept: impl FnOnce() -> Widths) {
        self.widths.get_or_insert_with(kept);
    }

    /// Whether a title has the keyboard, which then has Alt and the arrows for itself.
    pub fn has_title(&self, ctx: &Context) -> bool {
        self.title.is_some() && ctx.memory(|memory| memory.has_focus(Self::id()))
    }

    pub(super) fn columns(&self, left: f32, right: f32) -> Columns {
        Columns::of(left, right, &self.widths.unwrap_or_default())
    }

    /// Draws the titles, and takes what the pointer does to their edges.
    pub(super) fn titles(&mut self, ui: &mut Ui, shown: &Shown<'_>) {
        let tokens = theme::tokens(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), TITLES), Sense::hover());
        let (left, right) = (rect.left(), rect.right() - BAR);
        self.width = right - left;
        self.draw_edge(ui);
        ui.painter().rect_filled(rect, 0.0, tokens.header);
        let columns = self.columns(left, right);
        for (title, column) in columns.shown() {
            let (x, align) = match title {
                Title::Said | Title::Read => (column.max - PAD, Align2::RIGHT_CENTER),
                _ => (column.min + PAD, Align2::LEFT_CENTER),
            };
            let whole = Rect::from_x_y_ranges(column, rect.y_range());
            let at = pos2(x, rect.center().y);
            ui.painter().with_clip_rect(whole).text(at, align, title.text(), theme::medium(11.0), tokens.muted);
            if self.title == Some(title) {
                ui.painter().rect_stroke(whole, 2.0, Stroke::new(2.0, tokens.accent), StrokeKind::Inside);
            }
            name(ui, Self::id().with(("title", title.text())), title, whole);
            if column.max < right - 1.0 {
                self.edge(ui, title, column, rect, shown);
            }
        }
    }

    fn edge(&mut self, ui: &mut Ui, title: Title, column: Rangef, rect: Rect, shown: &Shown<'_>) {
        let grab = Rect::from_x_y_ranges(column.max - GRAB..=column.max + GRAB, rect.y_range());
        let response = ui.interact(grab, Self::id().with(("edge", title.text())), Sense::CLICK | Sense::DRAG);
        if response.double_clicked() {
            self.drawn = None;
            self.fit(ui, title, shown);
        } else if response.drag_started()
            && let Some(from) = ui.input(|input| input.pointer.press_origin())
        {
            self.drawn = Some(Drawn { title, width: column.span(), from: from.x });
        }
        let is_drawn = self.drawn.is_some_and(|drawn| drawn.title == title);
        if is_drawn || (response.hovered() && self.drawn.is_none()) {
            ui.set_cursor_icon(CursorIcon::ResizeColumn);
            ui.painter().vline(column.max, rect.y_range(), (2.0, theme::tokens(ui).accent));
        } else {
            ui.painter().vline(column.max, rect.shrink(4.0).y_range(), (1.0, theme::tokens(ui).hairline));
        }
    }

    /// An edge that is being drawn follows the pointer; Escape puts it back.
    fn draw_edge(&mut self, ui: &Ui) {
        let Some(drawn) = self.drawn else { return };
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            self.drawn = None;
            return self.set_width(drawn.title, drawn.width);
        }
        let (down, at) = ui.input(|input| (input.pointer.primary_down(), input.pointer.latest_pos()));
        if let Some(at) = at {
            self.set_width(drawn.title, drawn.width + at.x - drawn.from);
        }
        if !down {
            self.drawn = None;
        }
        ui.ctx().request_repaint();
    }

    fn set_width(&mut self, title: Title, width: f32) {
        let table = self.width;
        self.widths.get_or_insert_default().set(title, width, table);
    }

    /// As wide as the title and the texts under it.
    fn fit(&mut self, ui: &Ui, title: Title, shown: &Shown<'_>) {
        let lines = shown.groups.iter().flat_map(|group| &group.lines);
        let colour = egui::Color32::PLACEHOLDER;
        let measured = |text: &str, font| widgets::one_line(ui, text, font, colour, f32::INFINITY).size().x;
        let font = || if title == Title::Said { theme::semibold(13.0) } else { theme::medium(13.0) };
        let texts = lines.map(|line| measured(text(line, title), font()));
        let widest = texts.fold(measured(title.text(), theme::medium(11.0)), f32::max);
        // The dot of a newest report stands before its day.
        let dot = if title == Title::Reported { 4.0 } else { 0.0 };
        self.set_width(title, (widest + 2.0 * PAD + dot).ceil().min(CAP));
        ui.ctx().request_repaint();
    }

    /// What a screen reader says while a title has the keyboard.
    pub(super) fn title_label(&self) -> Option<String> {
        let title = self.title?;
        let width = self.columns(0.0, self.width).at(title)?.span().round();
        let text = title.text();
        Some(format!("Column {text}, {width} points wide. Alt and arrows draw its edge, Enter fits it, Down leaves"))
    }

    /// The keys of the titles. Says whether the key was one of theirs.
    pub(super) fn title_key(&mut self, ui: &Ui, (key, modifiers): (Key, Modifiers), shown: &Shown<'_>) -> bool {
        let Some(title) = self.title else { return false };
        let columns = self.columns(0.0, self.width);
        let all: Vec<(Title, Rangef)> = columns.shown().collect();
        let Some(at) = all.iter().position(|(other, _)| *other == title) else {
            self.title = None;
            return false;
        };
        match key {
            Key::ArrowLeft if modifiers.alt => self.set_width(title, all[at].1.span() - STEP),
            Key::ArrowRight if modifiers.alt => self.set_width(title, all[at].1.span() + STEP),
            _ if modifiers.any() => return false,
            Key::ArrowLeft => self.title = all.get(at.saturating_sub(1)).map(|(title, _)| *title),
            Key::ArrowRight => self.title = all.get((at + 1).min(all.len() - 1)).map(|(title, _)| *title),
            Key::Enter => self.fit(ui, title, shown),
            Key::ArrowDown | Key::Escape => self.title = None,
            Key::ArrowUp => {}
            // Nothing is done to claims that nobody looks at.
            Key::Space | Key::Delete | Key::F2 | Key::Home | Key::End => {}
            _ => return false,
        }
        true
    }

    /// From the first claim the keyboard goes up to the titles.
    pub(super) fn focus_titles(&mut self) {
        self.title = self.columns(0.0, self.width).shown().next().map(|(title, _)| title);
    }
}

fn text(line: &Line, title: Title) -> &str {
    match title {
        Title::Said => &line.said,
        Title::Read => &line.read,
        Title::Class => &line.class,
        Title::Who => &line.who,
        Title::Reported => &line.reported,
        Title::Written => &line.written,
    }
}

fn name(ui: &Ui, id: Id, title: Title, rect: Rect) {
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(accesskit::Role::ColumnHeader);
        node.set_label(title.text());
        let [x0, y0, x1, y1] = [rect.min.x, rect.min.y, rect.max.x, rect.max.y].map(f64::from);
        node.set_bounds(accesskit::Rect { x0, y0, x1, y1 });
    });
}
