//! The text on the screen: only the parts in view are laid out, and the place under the eye stays where it is while the
//! heights of others become known. It knows the text and its marks; what keys and clicks mean is decided elsewhere.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{CCursor, CharIndex, LayoutJob, TextFormat};
use egui::{Galley, Painter, Pos2, Rect, Ui, pos2, vec2};

use crate::ui::theme;

use super::document::Document;
use super::hidden;

/// Beyond the screen, this much in points is laid out too, so that heights are known before they come into view.
const OVERSCAN: f32 = 300.0;
/// Points above the first and below the last line.
const PADDING: f32 = 14.0;
/// Points between paragraphs, and the height of an empty line.
const GAP: f32 = 8.0;
const EMPTY: f32 = 4.0;
/// How near to the edge of the screen the caret may come.
const EDGE: f32 = 24.0;
/// Room for paragraph numbers at the left and ticks at the right, in points.
const MARGIN_LEFT: f32 = 44.0;
const MARGIN_RIGHT: f32 = 24.0;
/// How far the inset reaches beyond the text on both sides.
const INSET_OVERHANG: f32 = 10.0;
/// Below this width the inset takes the whole column.
const NARROW: f32 = 480.0;
/// The measure in ems of the font: about 70 characters.
const MEASURE: f32 = 35.0;

/// What was asked to stand below a line: how high, and below which place of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inset {
    /// The place; the inset follows its line.
    pub place: usize,
    /// Its height in points.
    pub height: f32,
}

/// A part as it stands on the screen.
pub struct Placed {
    /// Which part.
    pub part: usize,
    /// The left top of its first row.
    pub at: Pos2,
    /// Its rows.
    pub galley: Arc<Galley>,
    /// Its height with the gap behind it, without the inset.
    height: f32,
    /// The last row above the inset, where the inset lies within this part; and the inset's height.
    split: Option<(usize, f32)>,
}

impl Placed {
    fn shift(&self, row: usize) -> f32 {
        self.split.map_or(0.0, |(last, height)| if row > last { height } else { 0.0 })
    }

    /// The rectangle of a row on the screen.
    fn row(&self, row: usize) -> Option<Rect> {
        let rect = self.galley.rows.get(row)?.rect();
        Some(rect.translate(self.at.to_vec2() + vec2(0.0, self.shift(row))))
    }

    /// Where this part ends on the screen.
    fn bottom(&self) -> f32 {
        self.at.y + self.height + self.split.map_or(0.0, |(_, height)| height)
    }

    /// The cursor nearest to a place on the screen.
    fn cursor(&self, pos: Pos2) -> CCursor {
        let mut y = pos.y - self.at.y;
        if let Some((last, height)) = self.split {
            let edge = self.galley.rows.get(last).map_or(0.0, |row| row.rect().bottom());
            // Over the inset: the row above it.
            y = if y > edge + height { y - height } else { y.min(edge - 1.0) };
        }
        self.galley.cursor_from_pos(vec2(pos.x - self.at.x, y))
    }

    /// The rectangles of a stretch of this part, counted within it: one a row.
    pub fn rects(&self, within: Range<usize>) -> Vec<Rect> {
        let start = self.galley.layout_from_cursor(CCursor { index: CharIndex(within.start), prefer_next_row: true });
        let end = self.galley.layout_from_cursor(CCursor::new(within.end));
        (start.row..=end.row)
            .filter_map(|n| {
                let rect = self.row(n)?;
                let row = self.galley.rows.get(n)?;
                let left = if n == start.row { row.x_offset(start.column) } else { 0.0 };
                let right = if n == end.row { row.x_offset(end.column) } else { row.size.x };
                let edge = rect.left();
                (right > left).then(|| Rect::from_x_y_ranges(edge + left..=edge + right, rect.y_range()))
            })
            .collect()
    }

    /// The rectangle of a caret within this part.
    pub fn caret(&self, cursor: CCursor) -> Option<Rect> {
        let layout = self.galley.layout_from_cursor(cursor);
        let row = self.row(layout.row)?;
        let x = row.left() + self.galley.rows.get(layout.row)?.x_offset(layout.column);
        Some(Rect::from_x_y_ranges(x..=x, row.y_range()).expand2(vec2(0.0, -1.0)))
    }

    /// Draws the rows, parted where the inset lies. `galley` may be a changed copy of this part's rows.
    pub fn paint(&self, painter: &Painter, galley: Arc<Galley>, colour: egui::Color32) {
        let Some((last, height)) = self.split else {
            painter.galley(self.at, galley, colour);
            return;
        };
        let Some(edge) = self.row(last).map(|row| row.bottom()) else { return };
        let clip = painter.clip_rect();
        let above = clip.intersect(Rect::everything_above(edge));
        let below = clip.intersect(Rect::everything_below(edge + height));
        painter.with_clip_rect(above).galley(self.at, Arc::clone(&galley), colour);
        painter.with_clip_rect(below).galley(self.at + vec2(0.0, height), galley, colour);
    }
}

/// Heights of parts and where the screen stands over them.
#[derive(Debug, Default)]
pub struct Page {
    heights: Vec<f32>,
    /// The wrap width and font size for which the heights hold.
    shape: (f32, f32),
    /// Where to scroll to in the next frame.
    pub wanted: Option<f32>,
    /// How far the screen stands below the top, and how high it is.
    pub offset: f32,
    pub height: f32,
    /// How high the text is, with its inset.
    pub total: f32,
    /// How many parts the last frame laid out.
    pub laid_out: usize,
}

/// How parts are laid out at a width.
#[derive(Clone)]
pub struct Setter {
    format: TextFormat,
    /// The measure in points.
    pub measure: f32,
}

impl Setter {
    /// For the room that there is, with a text of this size in points.
    pub fn new(ui: &Ui, size: f32) -> Self {
        let font = egui::FontId { size, ..theme::READER.resolve(ui.style()) };
        let room = ui.available_width() - MARGIN_LEFT - MARGIN_RIGHT;
        let measure = room.min(size * MEASURE).max(160.0).floor();
        let line_height = Some((size * 1.5).round());
        let format = TextFormat { line_height, ..TextFormat::simple(font, theme::tokens(ui).text) };
        Self { format, measure }
    }

    /// The rows of a part, from egui's cache where it has them.
    pub fn rows(&self, ui: &Ui, document: &Document, part: usize) -> Arc<Galley> {
        let words = document.words(part);
        let mut job = if document.parts().get(part).is_some_and(|part| part.has_hidden) {
            hidden::job(words, &self.format)
        } else {
            LayoutJob::single_section(words.to_owned(), self.format.clone())
        };
        job.wrap.max_width = self.measure;
        job.break_on_newline = false;
        ui.ctx().fonts_mut(|fonts| fonts.layout_job(job))
    }

    /// The height of a line in points.
    pub fn line(&self) -> f32 {
        self.format.line_height.unwrap_or(self.format.font_id.size)
    }

    /// Where the text begins in a column of this width.
    fn left(&self, width: f32) -> f32 {
        MARGIN_LEFT + ((width - MARGIN_LEFT - MARGIN_RIGHT - self.measure) / 2.0).max(0.0).floor()
    }
}

impl Page {
    /// Forgets everything about another text.
    pub fn turn(&mut self, offset: f32) {
        *self = Self { wanted: Some(offset), height: self.height, ..Self::default() };
    }

    /// Rows of one screen.
    pub fn rows_of_a_screen(&self, setter: &Setter) -> usize {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dozen")]
        let rows = (self.height / setter.line() - 2.0).clamp(1.0, 1000.0) as usize;
        rows
    }

    /// Makes the heights hold for this text and width, by a guess from lengths where they are not known.
    pub fn fit(&mut self, document: &Document, setter: &Setter) {
        let shape = (setter.measure, setter.format.font_id.size);
        if self.heights.len() == document.parts().len() && self.shape == shape {
            return;
        }
        // What was at the top stays there.
        let top = (!self.heights.is_empty()).then(|| self.part_over(self.offset));
        let per_row = (setter.measure / (setter.format.font_id.size * 0.47)).max(1.0);
        self.heights = (0..document.parts().len())
            .map(|at| {
                #[expect(clippy::cast_precision_loss, reason = "an estimate")]
                let rows = (document.parts()[at].length as f32 / per_row).ceil().max(1.0);
                full_height(document, at, rows * setter.line())
            })
            .collect();
        self.shape = shape;
        if let Some((part, within)) = top {
            self.wanted = self.wanted.or(Some(self.top_of(part) + within));
        }
    }

    /// Where a part begins below the top of the text.
    fn top_of(&self, part: usize) -> f32 {
        PADDING + self.heights.iter().take(part).sum::<f32>()
    }

    fn part_over(&self, y: f32) -> (usize, f32) {
        let mut top = PADDING;
        for (part, height) in self.heights.iter().enumerate() {
            if top + height > y {
                return (part, y - top);
            }
            top += height;
        }
        (0, 0.0)
    }

    fn measure(&mut self, ui: &Ui, document: &Document, setter: &Setter, part: usize) -> Arc<Galley> {
        let galley = setter.rows(ui, document, part);
        self.heights[part] = full_height(document, part, galley.size().y);
        galley
    }

    /// Scrolls so that a place is in view: in the middle, or as little as needed.
    pub fn show_place(
        &mut self,
        ui: &Ui,
        document: &Document,
        setter: &Setter,
        place: CCursor,
        part: usize,
        centre: bool,
    ) {
        if part >= self.heights.len() {
            return;
        }
        // The heights above the place must be true as far as the screen reaches, or it would not stay in the middle.
        let mut known = 0.0;
        for above in (0..part).rev() {
            if known > self.height {
                break;
            }
            self.measure(ui, document, setter, above);
            known += self.heights[above];
        }
        let galley = self.measure(ui, document, setter, part);
        let row = galley.pos_from_cursor(place);
        let (top, bottom) = (self.top_of(part) + row.top(), self.top_of(part) + row.bottom());
        let offset = self.wanted.unwrap_or(self.offset);
        let wanted = if centre {
            (top + bottom - self.height) / 2.0
        } else if top - EDGE < offset {
            top - EDGE
        } else if bottom + EDGE > offset + self.height {
            bottom + EDGE - self.height
        } else {
            return;
        };
        self.wanted = Some(wanted.max(0.0));
    }

    /// Lays out what is in view. Returns the parts, where the inset lies, and how much taller parts above the screen
    /// turned out: the next frame scrolls by that, so that nothing moves under the eye.
    pub fn place(
        &mut self,
        ui: &Ui,
        document: &Document,
        setter: &Setter,
        viewport: Rect,
        inset: Option<Inset>,
    ) -> (Vec<Placed>, Option<Rect>, f32) {
        let origin = ui.max_rect().left_top();
        let left = origin.x + setter.left(ui.max_rect().width());
        let inset = inset.map(|inset| (document.part_at(inset.place), inset));
        let (mut y, mut correction, mut placed, mut hole) = (PADDING, 0.0, Vec::new(), None);
        self.laid_out = 0;
        for part in 0..self.heights.len() {
            let own = inset.filter(|(at, _)| *at == part).map(|(_, inset)| inset);
            let extra = own.map_or(0.0, |inset| inset.height);
            let before = self.heights[part];
            let bottom = y + before + extra;
            let far = bottom < viewport.min.y - OVERSCAN || y > viewport.max.y + OVERSCAN;
            if far && own.is_none() {
                y = bottom;
                continue;
            }
            let galley = self.measure(ui, document, setter, part);
            self.laid_out += 1;
            let start = document.parts().get(part).map_or(0, |part| part.start);
            let split = own.map(|inset| {
                let cursor = CCursor::new(inset.place.saturating_sub(start));
                (galley.layout_from_cursor(cursor).row, inset.height)
            });
            let at = pos2(left, origin.y + y);
            let here = Placed { part, at, galley, height: self.heights[part], split };
            if let (Some(inset), Some((row, _))) = (own, split) {
                let top = here.row(row).map_or(at.y, |row| row.bottom());
                let column = ui.max_rect().x_range();
                let narrow = column.span() < NARROW;
                let overhang = if narrow { left - column.min - EDGE / 2.0 } else { INSET_OVERHANG };
                let right = if narrow { column.max - EDGE / 2.0 } else { left + setter.measure + INSET_OVERHANG };
                hole = Some(Rect::from_x_y_ranges(left - overhang..=right, top..=top + inset.height));
            }
            let grown = self.heights[part] - before;
            if bottom < viewport.min.y {
                // Nobody sees it: it keeps its place for this frame.
                correction += grown;
                y = bottom;
            } else {
                y = bottom + grown;
                if here.at.y - origin.y < viewport.max.y + OVERSCAN {
                    placed.push(here);
                }
            }
        }
        self.total = y + PADDING;
        (placed, hole, correction)
    }
}

fn full_height(document: &Document, part: usize, rows: f32) -> f32 {
    match document.parts().get(part) {
        Some(part) if part.length == 0 => EMPTY,
        Some(part) if part.goes_on => rows,
        _ => rows + GAP,
    }
}

/// The place in the text that is nearest to a place on the screen, and whether it prefers the next row.
pub fn hit(document: &Document, placed: &[Placed], pos: Pos2) -> Option<(usize, bool)> {
    let over = placed.iter().find(|placed| pos.y < placed.bottom() - GAP / 2.0).or_else(|| placed.last())?;
    let cursor = over.cursor(pos);
    let part = document.parts().get(over.part)?;
    Some((part.start + cursor.index.0.min(part.length), cursor.prefer_next_row))
}
