//! Text on one line or a few, cut with an ellipsis where it is too long. Knows fonts; must not know what the text says.

use std::borrow::Cow;
use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontId, Galley, Ui};

use crate::ui::theme::icons;

/// A text with a mark in the place of each line end, letter by letter: what stands on one line shows where others begin.
pub fn with_marks(text: &str) -> Cow<'_, str> {
    if text.contains('\n') { Cow::Owned(text.replace('\n', icons::LINE_END)) } else { Cow::Borrowed(text) }
}

/// A text as one line of at most this width in points. `galley.elided` tells whether it was cut.
pub fn one_line(ui: &Ui, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(with_marks(text).into_owned(), font, colour);
    job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// A text of at most so many lines of this width in points. `galley.elided` tells whether it was cut.
pub fn wrapped(ui: &Ui, text: &str, font: FontId, colour: Color32, (width, lines): (f32, usize)) -> Arc<Galley> {
    let mut job = LayoutJob::simple(text.to_owned(), font, colour, width.max(0.0));
    job.wrap.max_rows = lines.max(1);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
