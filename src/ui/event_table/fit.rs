//! How wide a column must be for what is in view. It looks at some hundred rows, never at all of them.

use std::ops::Range;

use egui::{FontId, Ui};

use super::layout::NARROWEST;
use super::paint::{MARK, PADDING, SIZE};
use super::sheet::Sheet;
use crate::columns::{Column, Rank};
use crate::ui::theme;
use crate::ui::widgets::one_line;

/// How many rows around those in view are looked at.
const SAMPLE: usize = 500;
/// Texts that are measured to the point: the longest by the widths of their letters.
const EXACTLY: usize = 3;
/// No column is made wider than this to fit, in points.
const CAP: f32 = 480.0;
/// Room in a header beside its title: for the caret of its menu and the mark of the order.
const HEADER_ROOM: f32 = 34.0;

/// The rows that are looked at: around those in view.
fn sample(view: &Range<usize>, rows: usize) -> Range<usize> {
    let middle = view.start.midpoint(view.end).min(rows);
    let start = middle.saturating_sub(SAMPLE / 2).min(rows.saturating_sub(SAMPLE));
    start..(start + SAMPLE).min(rows)
}

/// The width at which the header and the cells around the view are shown whole, in points.
pub(super) fn width(ui: &Ui, sheet: &Sheet<'_>, column: &Column, view: &Range<usize>) -> f32 {
    let mut longest: Vec<(f32, String, FontId, bool)> = Vec::new();
    for at in sample(view, sheet.rows.len()) {
        let Some(event) = sheet.rows.at(at).and_then(|id| sheet.event(id)) else { continue };
        let cell = column.read(&sheet.row(event));
        let font = match cell.rank {
            Rank::Strong => theme::semibold(SIZE),
            Rank::Plain | Rank::Muted => theme::regular(SIZE),
        };
        let about = ui.fonts_mut(|fonts| cell.text.chars().map(|c| fonts.glyph_width(&font, c)).sum());
        if longest.len() < EXACTLY || longest.last().is_some_and(|(least, ..)| *least < about) {
            longest.push((about, cell.text, font, cell.mark.is_some()));
            longest.sort_by(|a, b| b.0.total_cmp(&a.0));
            longest.truncate(EXACTLY);
        }
    }
    let exact = |text: &str, font: &FontId| {
        one_line(ui, text, font.clone(), egui::Color32::PLACEHOLDER, f32::INFINITY).size().x
    };
    let cells =
        longest.iter().map(|(_, text, font, marked)| exact(text, font) + if *marked { MARK + 4.0 } else { 0.0 });
    let title = exact(column.title, &theme::medium(12.0)) + HEADER_ROOM;
    (cells.fold(title, f32::max) + 2.0 * PADDING).ceil().clamp(NARROWEST, CAP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_around_the_view_are_looked_at() {
        assert_eq!(sample(&(0..20), 30), 0..30);
        assert_eq!(sample(&(0..20), 400_000), 0..500);
        assert_eq!(sample(&(200_000..200_020), 400_000), 199_760..200_260);
        assert_eq!(sample(&(399_990..400_000), 400_000), 399_500..400_000);
    }
}
