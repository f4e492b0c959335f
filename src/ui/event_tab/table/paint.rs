//! Rows of claims, headings and voices on the screen. It paints and decides nothing.

use egui::{Align2, FontId, Rangef, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::super::columns::{Columns, PAD};
use super::super::lines::{Group, Line, Mark};
use super::VOICE;
use crate::model::Class;
use crate::ui::figures;
use crate::ui::theme::{self, Tokens, icons};
use crate::ui::widgets;

/// How a row looks beside what it says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub current: bool,
    pub chosen: bool,
    pub pointed: bool,
    pub hovered: bool,
}

/// The line above the claims of a voice: what it is called, what it says, whom it contradicts.
pub(super) fn voice_line(ui: &mut Ui, group: &Group, width: f32) {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, VOICE), Sense::hover());
    let label = format!("Voice {}", group.told());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &label));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, tokens.panel);
    let middle = rect.center().y;
    let mut right = rect.right() - PAD;
    let colour = if group.counts { tokens.text } else { tokens.muted };
    let number = widgets::one_line(ui, &group.number, theme::semibold(12.0), colour, 110.0);
    right -= number.size().x;
    painter.galley(pos2(right, middle - number.size().y / 2.0).round(), number, colour);
    let mut name = group.name.clone();
    if group.class != Class::TOTAL {
        name = format!("{name}, {}", group.class);
    }
    let room = right - rect.left() - 3.0 * PAD;
    let share = if group.conflict.is_empty() { room } else { room * 0.5 };
    let name = widgets::one_line(ui, &name, theme::medium(12.0), colour, share);
    let left = rect.left() + PAD;
    let mut cut = name.elided;
    let taken = name.size().x;
    painter.galley(pos2(left, middle - name.size().y / 2.0).round(), name, colour);
    if !group.conflict.is_empty() {
        let warn = tokens.warn.text;
        let x = left + taken + 10.0;
        painter.text(pos2(x, middle), Align2::LEFT_CENTER, icons::WARNING, theme::regular(12.0), warn);
        let words = widgets::one_line(ui, &group.conflict, theme::regular(12.0), warn, right - x - 16.0 - 2.0 * PAD);
        cut |= words.elided;
        painter.galley(pos2(x + 16.0, middle - words.size().y / 2.0).round(), words, warn);
    }
    if cut {
        response.on_hover_text(group.told());
    }
}

pub(super) fn paint_row(ui: &Ui, rect: Rect, columns: &Columns, line: &Line, second: &str, look: Look) {
    let tokens = theme::tokens(ui);
    let painter = ui.painter();
    let ground = if look.current || look.chosen {
        tokens.selection
    } else if look.pointed || look.hovered {
        tokens.button_hover
    } else {
        tokens.page
    };
    painter.rect_filled(rect, 0.0, ground);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, (1.0, tokens.hairline));
    if look.current {
        painter.rect_filled(rect.with_max_x(rect.left() + 3.0), 0.0, tokens.accent);
    }
    if look.pointed {
        painter.rect_stroke(rect, 2.0, Stroke::new(2.0, tokens.accent), StrokeKind::Inside);
    }
    let middle = rect.top() + theme::ROW / 2.0;
    let (icon, icon_colour) = match line.mark {
        Mark::Counted => (icons::CHECK_CIRCLE, tokens.ok.text),
        Mark::Aside => (icons::PROHIBIT, tokens.warn.text),
        Mark::Silent => (icons::CIRCLE_DASHED, tokens.muted),
    };
    let mark = pos2(columns.mark.center() + 2.0, middle);
    painter.text(mark, Align2::CENTER_CENTER, icon, theme::regular(13.0), icon_colour);
    let colour = if line.mark == Mark::Counted { tokens.text } else { tokens.muted };
    let cell = |column: Rangef, text: &str, font: FontId, colour, right: bool| {
        let galley = widgets::one_line(ui, text, font, colour, column.span() - PAD);
        let x = if right { column.max - PAD - galley.size().x } else { column.min + PAD };
        painter.galley(pos2(x, middle - galley.size().y / 2.0).round(), galley, colour);
    };
    let plain = || theme::regular(13.0);
    cell(columns.said, &line.said, theme::semibold(13.0), colour, true);
    let read = if line.read.is_empty() { figures::NO_CLAIM } else { &line.read };
    cell(columns.read, read, plain(), tokens.muted, true);
    cell(columns.who, &line.who, plain(), colour, false);
    if let Some(column) = columns.class {
        cell(column, &line.class, plain(), tokens.muted, false);
    }
    if let Some(column) = columns.written {
        cell(column, &line.written, plain(), if line.quoted { tokens.accent } else { tokens.muted }, false);
    }
    if let Some(column) = columns.reported {
        reported(ui, column, middle, line, tokens);
    }
    if line.mark == Mark::Aside {
        let said = columns.said.max - PAD - 1.0;
        let width =
            widgets::one_line(ui, &line.said, theme::semibold(13.0), colour, columns.said.span() - PAD).size().x;
        painter.hline(said - width..=said, middle + 1.0, (1.0, colour));
    }
    if !second.is_empty() {
        let left = columns.read.min.max(columns.said.min + PAD);
        let galley = widgets::one_line(ui, second, theme::regular(12.0), tokens.muted, rect.right() - left - PAD);
        painter.galley(pos2(left, rect.top() + theme::ROW - 4.0).round(), galley, tokens.muted);
    }
}

/// The day of report; the newest one of a voice that has reported before has a dot.
pub(super) fn reported(ui: &Ui, column: Rangef, middle: f32, line: &Line, tokens: &Tokens) {
    let painter = ui.painter();
    if line.newest {
        painter.circle_filled(pos2(column.min + 3.0, middle), 2.5, tokens.accent);
    }
    let (font, colour) =
        if line.newest { (theme::medium(13.0), tokens.text) } else { (theme::regular(13.0), tokens.muted) };
    let text = if line.reported.is_empty() { figures::NO_CLAIM } else { &line.reported };
    let galley = widgets::one_line(ui, text, font, colour, column.span() - PAD);
    painter.galley(pos2(column.min + PAD + 3.0, middle - galley.size().y / 2.0).round(), galley, colour);
}
