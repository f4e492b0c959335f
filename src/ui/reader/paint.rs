//! Draws the parts of a text that are in view: marks, selection, words, underlines, caret; and says them to screen
//! readers. It decides nothing.

use std::ops::Range;

use egui::accesskit::Role;
use egui::emath::TSTransform;
use egui::text::{CCursor, CharIndex};
use egui::text_selection::CCursorRange;
use egui::text_selection::accesskit_text::update_accesskit_for_text_widget;
use egui::text_selection::visuals::paint_text_selection;
use egui::{Align2, Id, Painter, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};

use crate::model::{Article, ClaimId, EventId};
use crate::ui::theme::{self, Tokens};

use super::catalogue::State;
use super::document::Document;
use super::figures::Walk;
use super::find::Find;
use super::hidden;
use super::marks::{self, Marks};
use super::page::Placed;
use super::selection::Selection;

/// What the text looks like in this frame.
pub struct Look<'a> {
    pub document: &'a Document,
    pub marks: &'a Marks,
    /// The figures that were found in it.
    pub walk: &'a Walk,
    /// The words that are looked for.
    pub find: &'a Find,
    pub selection: &'a Selection,
    /// Words of the claim that is being written.
    pub chosen: Option<Range<usize>>,
    /// Words that were jumped to.
    pub flash: Option<Range<usize>>,
    /// The claim that was looked at last.
    pub claim: Option<ClaimId>,
    /// Whether an event is selected, in the table or by a bar of the chart.
    pub is_selected: &'a dyn Fn(EventId) -> bool,
    /// Whether the caret is drawn.
    pub has_keyboard: bool,
}

/// The share of a stretch of the text that lies in a part, counted within the part. `None` where none does.
pub fn within(document: &Document, part: usize, range: &Range<usize>) -> Option<Range<usize>> {
    let part = document.parts().get(part)?;
    // The end of the line counts with its line, so that a selection over it is seen.
    let last = part.end() + usize::from(!part.goes_on);
    let (start, end) = (range.start.max(part.start), range.end.min(last));
    (start < end).then(|| start - part.start..(end - part.start).min(part.length)).filter(|range| !range.is_empty())
}

/// Draws everything in view; returns where the first row of the selected words is, if it is in view.
pub fn text(ui: &Ui, area: Rect, placed: &[Placed], look: &Look<'_>) -> Option<Rect> {
    let mut selected = None;
    for placed in placed {
        let found = part(ui, placed, look);
        selected = selected.or(found.filter(|rect| area.intersects(*rect)));
    }
    selected
}

fn part(ui: &Ui, placed: &Placed, look: &Look<'_>) -> Option<Rect> {
    let tokens = theme::tokens(ui);
    let painter = ui.painter();
    let document = look.document;
    let part = document.parts().get(placed.part)?;
    if let (Some(number), Some(row)) = (part.number, placed.rects(0..1).first()) {
        let at = pos2(placed.at.x - 18.0, row.center().y);
        painter.text(at, Align2::RIGHT_CENTER, number.to_string(), theme::regular(11.0), tokens.muted);
    }
    let marks: Vec<_> = look
        .marks
        .within(part.start..part.end())
        .filter_map(|mark| Some((mark, placed.rects(within(document, placed.part, &mark.range)?))))
        .collect();
    for (mark, rects) in &marks {
        let hue = tokens.measure(&mark.measure);
        for rect in rects {
            marks::paint_ground(painter, *rect, hue);
            // What the selected rows and bars rest on stands out at the edge.
            let (left, colour) =
                if (look.is_selected)(mark.event) { (13.0, tokens.accent) } else { (11.0, hue.underline) };
            let tick = Rect::from_x_y_ranges(placed.at.x - left..=placed.at.x - 8.0, rect.y_range());
            painter.rect_filled(tick.shrink2(vec2(0.0, 3.0)), 1.5, colour);
        }
    }
    for found in look.find.within(part.start..part.end()) {
        let Some(words) = within(document, placed.part, &found) else { continue };
        for rect in placed.rects(words) {
            let colours = (tokens.warn.fill, Stroke::new(1.0, tokens.warn.text));
            painter.rect(rect.shrink2(vec2(0.0, 1.0)), 2.0, colours.0, colours.1, StrokeKind::Inside);
        }
    }
    let mut galley = placed.galley.clone();
    let selection = look.chosen.clone().unwrap_or_else(|| look.selection.range());
    let selected = within(document, placed.part, &selection);
    if let Some(selected) = selected.clone() {
        let range = CCursorRange::two(
            CCursor { index: CharIndex(selected.start), prefer_next_row: true },
            CCursor::new(selected.end),
        );
        paint_text_selection(&mut galley, ui.visuals(), &range, None);
    }
    placed.paint(painter, galley, tokens.text);
    hidden::paint(painter, document, placed, tokens);
    figures(painter, placed, look, part.start..part.end(), tokens);
    for (mark, rects) in &marks {
        for rect in rects {
            marks::paint_underline(painter, *rect, &mark.measure, mark.depth, tokens);
            if look.claim == Some(mark.claim) {
                let stroke = Stroke::new(1.0, tokens.measure(&mark.measure).underline);
                painter.rect_stroke(rect.shrink2(vec2(0.0, 1.0)).expand(1.0), 3.0, stroke, StrokeKind::Middle);
            }
        }
    }
    if let Some(flash) = look.flash.as_ref().and_then(|flash| within(document, placed.part, flash)) {
        for rect in placed.rects(flash) {
            painter.rect_stroke(rect.expand(2.0), 4.0, Stroke::new(2.0, tokens.accent), StrokeKind::Middle);
        }
    }
    if look.has_keyboard
        && document.part_at(look.selection.head) == placed.part
        && let Some(caret) = placed.caret(look.selection.cursor(part.start))
    {
        painter.vline(caret.center().x, caret.y_range(), ui.visuals().text_cursor.stroke);
    }
    selected.and_then(|selected| placed.rects(selected).first().copied())
}

/// The underlines of open figures, and a quiet stroke through what is none.
fn figures(painter: &Painter, placed: &Placed, look: &Look<'_>, part: Range<usize>, tokens: &Tokens) {
    let seen = &look.walk.seen;
    let first = seen.partition_point(|seen| seen.figure.range.end <= part.start);
    for (n, seen) in seen.iter().enumerate().skip(first).take_while(|(_, seen)| seen.figure.range.start < part.end) {
        let state = look.walk.states.get(n).copied().unwrap_or(State::Open);
        let words = match state {
            State::Open => &seen.figure.range,
            State::Rejected => &seen.figure.number,
            State::Claimed => continue,
        };
        let Some(words) = within(look.document, placed.part, words) else { continue };
        for rect in placed.rects(words) {
            if state == State::Open {
                marks::paint_open(painter, rect, tokens);
            } else {
                painter.hline(rect.x_range(), rect.center().y.round() + 0.5, Stroke::new(1.0, tokens.muted));
            }
        }
    }
}

/// Names the text to screen readers.
pub fn name(ui: &Ui, id: Id, article: &Article) {
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Document);
        node.set_label(format!("Text of {}", article.headline));
    });
}

/// Tells screen readers the paragraphs in view, with the selection in them.
pub fn describe(
    ui: &mut Ui,
    id: Id,
    area: Rect,
    article: &Article,
    document: &Document,
    placed: &[Placed],
    selection: &Selection,
) {
    if ui.ctx().accesskit_node_builder(id, |node| node.set_role(Role::Document)).is_none() {
        return;
    }
    name(ui, id, article);
    let child = ui.new_child(UiBuilder::new().max_rect(area).id_salt("paragraphs").accessibility_parent(id));
    let mut number = 0;
    for placed in placed {
        let Some(part) = document.parts().get(placed.part) else { continue };
        number = part.number.unwrap_or(number);
        let rect = Rect::from_min_size(placed.at, placed.galley.size());
        if part.length == 0 || !area.intersects(rect) {
            continue;
        }
        let paragraph = id.with(("paragraph", placed.part));
        child.interact(rect.intersect(area), paragraph, Sense::hover());
        ui.ctx().accesskit_node_builder(paragraph, |node| {
            node.set_role(Role::Paragraph);
            node.set_label(format!("Paragraph {number} of {}", document.paragraphs()));
            let bounds = rect;
            node.set_bounds(egui::accesskit::Rect {
                x0: bounds.left().into(),
                y0: bounds.top().into(),
                x1: bounds.right().into(),
                y1: bounds.bottom().into(),
            });
        });
        let selected = within(document, placed.part, &selection.range())
            .map(|range| CCursorRange::two(CCursor::new(range.start), CCursor::new(range.end)));
        let to_screen = TSTransform::from_translation(placed.at.to_vec2());
        update_accesskit_for_text_widget(ui.ctx(), paragraph, selected, to_screen, &placed.galley);
    }
}
