//! Heads of groups on the screen: caret, value, count and sums, and the head of the first visible group, which stays in
//! view while its rows scroll.
//!
//! They are drawn over the table once it has said in which lines they stand and where its columns are.

use egui::{Align2, CursorIcon, Id, Pos2, Rangef, Rect, Sense, Stroke, StrokeKind, Ui, accesskit, pos2, vec2};

use super::lines::Line;
use super::paint::{PADDING, SIZE, Touch, set_bounds};
use super::rows::Rows;
use super::sheet::Sheet;
use super::subtotals::Subtotals;
use crate::columns::{Kind, Part, Subtotal, grouped};
use crate::derive::totals::Sums;
use crate::derive::wording;
use crate::ui::theme::{self, Tokens, icons};
use crate::ui::widgets::one_line;

/// Room for the bar at the right edge.
const BAR: f32 = 12.0;
/// A value is given at least so much room, whatever sums stand below it.
const NAME: f32 = 150.0;

/// Where lines and columns stand in this frame.
#[derive(Debug, Default)]
pub(super) struct GroupHeads {
    /// The first visible line, and its upper edge.
    pub first: Option<(usize, f32)>,
    /// Visible heads, and their upper edges.
    pub seen: Vec<(usize, f32)>,
    /// The height of every line, in points.
    height: f32,
    /// For each column that is visible, its reach and what is visible of it.
    pub columns: Vec<Option<(Rangef, Rangef)>>,
}

impl GroupHeads {
    /// Of lines of this height.
    pub fn new(height: f32) -> Self {
        Self { height, ..Self::default() }
    }

    /// A line of the table stands here.
    pub fn note_line(&mut self, line: usize, what: Option<Line>, top: f32) {
        if self.first.is_none_or(|(first, _)| line < first) {
            self.first = Some((line, top));
        }
        if let Some(Line::Head(head)) = what
            && self.seen.last().is_none_or(|(last, _)| *last != head)
            && !self.seen.iter().any(|(seen, _)| *seen == head)
        {
            self.seen.push((head, top));
        }
    }

    /// A column stands here.
    pub fn note_column(&mut self, column: usize, reach: Rangef, visible: Rangef) {
        if self.columns.len() <= column {
            self.columns.resize(column + 1, None);
        }
        self.columns[column].get_or_insert((reach, visible));
    }

    /// Draws the heads into the body of the table. Gives back what the pointer did.
    pub fn ui(
        &self,
        ui: &mut Ui,
        id: Id,
        body: Rect,
        sheet: &Sheet<'_>,
        sums: &mut Subtotals,
        at_hand: Option<usize>,
    ) -> Vec<Touch> {
        let mut touched = Vec::new();
        let mut draw = |head: usize, top: f32, stuck: bool| {
            let rect = Rect::from_min_size(pos2(body.left(), top), vec2(body.width(), self.height));
            let mut one = Head { sheet, sums, head, rect, body, columns: &self.columns, stuck };
            if one.ui(ui, id, at_hand == Some(head)) {
                touched.push(Touch::Group(head));
            }
        };
        let stuck = self.stuck(sheet.rows, body.top());
        for (head, top) in &self.seen {
            if stuck.is_none_or(|(other, _)| other != *head) {
                draw(*head, *top, false);
            }
        }
        if let Some((head, top)) = stuck {
            draw(head, top, true);
        }
        touched
    }

    /// The head that stays at the upper edge, and where: the next one pushes it out.
    fn stuck(&self, rows: &Rows, edge: f32) -> Option<(usize, f32)> {
        let (line, top) = self.first?;
        let head = match rows.lines().at(line)? {
            Line::Head(_) if top >= edge => return None,
            Line::Head(head) => head,
            Line::Row(row) => rows.lines().head_of(row)?,
        };
        let next = self.seen.iter().find(|(seen, _)| *seen == head + 1).map(|(_, top)| top - self.height);
        Some((head, next.map_or(edge, |next| next.min(edge))))
    }
}

/// A head that is drawn.
struct Head<'a, 'b> {
    sheet: &'a Sheet<'b>,
    sums: &'a mut Subtotals,
    head: usize,
    rect: Rect,
    body: Rect,
    columns: &'a [Option<(Rangef, Rangef)>],
    /// Whether it stays in view while its own line is scrolled away.
    stuck: bool,
}

impl Head<'_, '_> {
    /// Draws it; says whether it was pressed.
    fn ui(&mut self, ui: &mut Ui, id: Id, at_hand: bool) -> bool {
        let tokens = theme::tokens(ui);
        let rect = self.rect;
        let visible = rect.intersect(self.body);
        if !visible.is_positive() {
            return false;
        }
        // The bar of the table lies over its right edge and stays in reach.
        let free = visible.with_max_x(visible.right() - BAR);
        let id = id.with(("head", self.head, self.stuck));
        let response = ui.interact(free, id, Sense::CLICK).on_hover_cursor(CursorIcon::PointingHand);
        let ground = if response.hovered() { tokens.button_hover } else { tokens.header };
        let painter = ui.painter().with_clip_rect(free);
        painter.rect_filled(rect, 0.0, ground);
        painter.hline(rect.x_range(), rect.bottom() - 0.5, (1.0, tokens.border));
        let first = self.sums_ui(ui, free, tokens);
        self.name_ui(ui, free, first, ground, tokens);
        if at_hand {
            painter.rect_stroke(free.shrink(0.5), 0.0, Stroke::new(2.0, tokens.accent), StrokeKind::Inside);
        }
        let label = self.spoken(ui);
        let folded = self.sheet.rows.is_folded(self.head);
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(accesskit::Role::RowHeader);
            node.set_label(label.as_str());
            node.set_expanded(!folded);
            set_bounds(node, free);
        });
        let pressed = response.clicked();
        if response.hovered() {
            let tip = ui.pointer_hover_pos().and_then(|pos| self.tip(pos));
            response.on_hover_text(tip.unwrap_or(label));
        }
        pressed
    }

    /// Where its text stands: in tall lines, too, at the height of the first line of a cell.
    fn middle(&self) -> f32 {
        self.rect.top() + theme::ROW / 2.0
    }

    /// The sums under their columns. Gives back where the first one begins.
    fn sums_ui(&mut self, ui: &Ui, free: Rect, tokens: &Tokens) -> f32 {
        let mut first = free.right();
        for at in 0..self.columns.len() {
            let (Some((reach, visible)), Some(column)) = (self.columns[at], self.sheet.columns.get(at)) else {
                continue;
            };
            let Kind::Figure(measure, part) = &column.kind else { continue };
            let Some(sums) = self.sums.of(&self.sheet.view, self.sheet.rows, self.head, measure) else { continue };
            let clip = Rect::from_x_y_ranges(visible, free.y_range()).intersect(free);
            let painter = ui.painter().with_clip_rect(clip);
            let (text, strong) = shown(&sums, *part);
            let font = if strong { theme::semibold(SIZE) } else { theme::regular(SIZE) };
            let colour = if strong { tokens.text } else { tokens.muted };
            let galley = one_line(ui, &text, font, colour, reach.span() - 2.0 * PADDING);
            let x = reach.max - PADDING - galley.size().x;
            let mut from = x;
            let y = self.middle() - galley.size().y / 2.0;
            painter.galley(pos2(x, y).round(), galley, colour);
            if *part == Part::Best && sums.unknown > 0 && strong {
                let unknown = format!("{} ?", grouped(sums.unknown as u64));
                let galley = one_line(ui, &unknown, theme::regular(11.0), tokens.muted, f32::INFINITY);
                let at = reach.min + PADDING;
                if at + galley.size().x + 6.0 <= x {
                    let y = self.middle() - galley.size().y / 2.0;
                    painter.galley(pos2(at, y).round(), galley, tokens.muted);
                    from = at;
                }
            }
            if clip.x_range().contains(from.max(clip.left())) && reach.max > clip.left() {
                first = first.min(from.max(clip.left()));
            }
        }
        first
    }

    /// Caret, value and count, over the columns before the first sum.
    fn name_ui(&self, ui: &Ui, free: Rect, first: f32, ground: egui::Color32, tokens: &Tokens) {
        let rows = self.sheet.rows;
        let Some(head) = rows.head(self.head) else { return };
        let left = self.rect.left() + PADDING;
        let room = (first - left - 24.0).max(NAME);
        let caret = if rows.is_folded(self.head) { icons::CARET_RIGHT } else { icons::CARET_DOWN };
        let value = head.name.is_value();
        let colour = if value { tokens.text } else { tokens.muted };
        let count = wording::count(rows.members(self.head).len(), "event", "events");
        let count = one_line(ui, &count, theme::regular(12.0), tokens.muted, f32::INFINITY);
        let name = one_line(ui, &head.name.label(), theme::semibold(SIZE), colour, room - count.size().x - 10.0);
        let end = left + 20.0 + name.size().x + 10.0 + count.size().x;
        let painter = ui.painter().with_clip_rect(free);
        if end + PADDING > first {
            painter.rect_filled(Rect::from_x_y_ranges(self.rect.left()..=end + PADDING, free.y_range()), 0.0, ground);
        }
        let middle = self.middle();
        painter.text(pos2(left, middle), Align2::LEFT_CENTER, caret, theme::regular(13.0), tokens.muted);
        let at = pos2(left + 20.0, middle - name.size().y / 2.0);
        let behind = at.x + name.size().x + 10.0;
        painter.galley(at.round(), name, colour);
        painter.galley(pos2(behind, middle - count.size().y / 2.0).round(), count, tokens.muted);
    }

    /// The head in words, for screen readers.
    fn spoken(&mut self, ui: &Ui) -> String {
        let reads = ui.ctx().accesskit_node_builder(ui.unique_id(), |_| ()).is_some();
        let mut text = spoken(self.sheet.rows, self.head);
        let mut said = None;
        for column in self.sheet.columns.iter().filter(|_| reads) {
            let Kind::Figure(measure, _) = &column.kind else { continue };
            if said.replace(measure) != Some(measure)
                && let Some(sums) = self.sums.of(&self.sheet.view, self.sheet.rows, self.head, measure)
            {
                text.push_str(&format!(". {}: {}", measure.title(), self.told(&sums)));
            }
        }
        text
    }

    /// Sums in words, with what they say nothing of.
    fn told(&self, sums: &Sums) -> String {
        let mut text = wording::of_sums(sums);
        let mut note = |n: usize, what: &str| {
            if n > 0 {
                text.push_str(&format!(", {} {what}", grouped(n as u64)));
            }
        };
        note(sums.unknown, "unknown");
        note(sums.no_claim, "without a claim");
        note(sums.no_best, "without a best figure");
        note(self.sheet.rows.members(self.head).len().saturating_sub(sums.events), "excluded");
        text
    }

    /// The whole sum of the column under the pointer.
    fn tip(&mut self, pos: Pos2) -> Option<String> {
        let under = |spot: &Option<(Rangef, Rangef)>| {
            spot.is_some_and(|(reach, visible)| reach.contains(pos.x) && visible.contains(pos.x))
        };
        let at = self.columns.iter().position(under)?;
        let Kind::Figure(measure, _) = &self.sheet.columns.get(at)?.kind else { return None };
        let sums = self.sums.of(&self.sheet.view, self.sheet.rows, self.head, measure)?;
        Some(format!("{} in these events: {}", measure.title(), self.told(&sums)))
    }
}

/// Which group it is, in words: "Country: Kyrgyzstan, 3 events, folded".
pub(super) fn spoken(rows: &Rows, number: usize) -> String {
    let (Some(group), Some(head)) = (rows.group(), rows.head(number)) else { return String::new() };
    let count = wording::count(rows.members(number).len(), "event", "events");
    let folded = if rows.is_folded(number) { ", folded" } else { "" };
    format!("Group {}: {}, {count}{folded}", group.title(), head.name.label())
}

/// A number of sums as cells show figures, and whether it is one.
fn shown(sums: &Sums, part: Part) -> (String, bool) {
    match Subtotal::of(sums, part) {
        Subtotal::Nothing => ("–".to_owned(), false),
        Subtotal::Unknown => ("?".to_owned(), false),
        Subtotal::Number(n) => (grouped(n), part == Part::Best),
        Subtotal::AtLeast(n) => (grouped(n) + "+", false),
        Subtotal::NoBest => ("no best".to_owned(), false),
    }
}
