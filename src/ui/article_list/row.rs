//! One row of the list: headline, publisher and day, state; under it what the text is nearly the same as.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Rect, Ui, pos2, vec2};

use crate::model::{Article, Known, Reading};

use super::super::reader::header::kin::percent;
use super::super::reader::reading_icon;
use super::super::{View, theme, widgets};
use super::name;
use super::order::{ALIKE, Row};

/// What is said of a row beside its article.
pub(super) struct Looks<'a> {
    pub row: &'a Row,
    /// The text that it is most alike.
    pub alike: Option<(&'a Article, f32)>,
    /// How many figures in its text are undecided.
    pub left: usize,
    pub current: bool,
    pub selected: bool,
    pub hovered: bool,
}

/// Who published it: the publisher, else the agency.
fn publisher(article: &Article) -> &str {
    let known = [&article.publisher, &article.agency].into_iter().find(|name| !name.is_empty());
    known.map_or("Publisher not known", |name| name)
}

/// The day of publication, short: "7 May 2031".
fn day(article: &Article) -> String {
    article.published.map_or_else(|| "not dated".to_owned(), |moment| moment.day().strftime("%-d %b %Y").to_string())
}

/// "3 claims · 5 left": what was made of the article, and how many figures are undecided.
fn counts(view: &View<'_>, article: &Article, left: usize) -> String {
    let claims = match view.derived.claims_in(article.id).len() {
        0 => None,
        1 => Some("1 claim".to_owned()),
        n => Some(format!("{n} claims")),
    };
    let left = (left > 0).then(|| format!("{left} left"));
    [claims, left].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// "94 % alike: Quay flooded".
fn alike_line(looks: &Looks<'_>) -> Option<String> {
    looks.alike.map(|(other, share)| format!("{} alike: {}", percent(share), name(other)))
}

pub(super) fn describe(ui: &Ui, response: &egui::Response, article: &Article, looks: &Looks<'_>) {
    let mut label = format!("{}, {}, {}, {}", name(article), publisher(article), day(article), article.reading.key());
    if looks.left > 0 {
        label.push_str(&format!(", {} figures left", looks.left));
    }
    if looks.row.earlier {
        label.push_str(", earlier version");
    }
    if let Some(alike) = alike_line(looks) {
        label.push_str(", ");
        label.push_str(&alike);
    }
    widgets::name_row(ui, response, &label, looks.current || looks.selected);
}

pub(super) fn paint(ui: &Ui, rect: Rect, view: &View<'_>, article: &Article, looks: &Looks<'_>) {
    let tokens = theme::tokens(ui);
    let painter = ui.painter();
    let mut ground = rect.shrink2(vec2(4.0, 2.0));
    if looks.row.earlier {
        ground.min.x += 14.0;
    }
    let strong = looks.current || looks.selected;
    let fill = if strong { Some(tokens.selection) } else { looks.hovered.then_some(tokens.button) };
    if let Some(fill) = fill {
        painter.rect_filled(ground, 4.0, fill);
    }
    if looks.current && looks.selected {
        painter.rect_stroke(ground, 4.0, (1.0, tokens.accent), egui::StrokeKind::Inside);
    }
    let inner = ground.shrink2(vec2(8.0, 6.0));
    let lay = |text: &str, font, colour, width, rows| {
        let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, colour));
        job.wrap = TextWrapping { max_width: width, max_rows: rows, ..TextWrapping::default() };
        ui.ctx().fonts_mut(|fonts| fonts.layout_job(job))
    };
    let unread = article.reading == Reading::Unread && !looks.row.earlier;
    let font = if unread { theme::semibold(13.0) } else { theme::regular(13.0) };
    let quiet = looks.row.earlier || matches!(article.reading, Reading::Excluded(_));
    let colour = if quiet && !strong { tokens.muted } else { tokens.text };
    let rows = if looks.row.earlier { 1 } else { 2 };
    painter.galley(inner.left_top(), lay(name(article), font, colour, inner.width(), rows), colour);

    // The lines of small print stand at the bottom, however long the headline is.
    let small = theme::regular(12.0);
    let mut bottom = inner.bottom();
    if let Some(text) = alike_line(looks) {
        let colour = if strong { tokens.text } else { tokens.warn.text };
        let line = lay(&text, small.clone(), colour, inner.width(), 1);
        painter.galley(pos2(inner.left(), bottom - line.size().y), line, colour);
        bottom -= ALIKE;
    }
    let count = counts(view, article, looks.left);
    let dot = if count.is_empty() { "" } else { " · " };
    let version = if looks.row.earlier { "earlier version · " } else { "" };
    let state = format!("{version}{} {}{dot}{count}", reading_icon(&article.reading), article.reading.key());
    let colour = match article.reading {
        _ if strong => tokens.text,
        _ if looks.row.earlier => tokens.muted,
        Reading::Done => tokens.ok.text,
        Reading::InWork => tokens.info.text,
        _ => tokens.muted,
    };
    let state = lay(&state, small.clone(), colour, inner.width(), 1);
    let y = bottom - state.size().y;
    painter.galley(pos2(inner.left(), y), state, colour);
    if !looks.row.earlier {
        let colour = if strong { tokens.text } else { tokens.muted };
        let guess = article.is_guess(Known::Published) && article.published.is_some();
        let day_colour = if guess && !strong { tokens.warn.text } else { colour };
        let shown = if guess { format!("{} ?", day(article)) } else { day(article) };
        let day = lay(&shown, small.clone(), day_colour, inner.width(), 1);
        let room = inner.width() - day.size().x - 8.0;
        let y = y - day.size().y - 1.0;
        painter.galley(pos2(inner.right() - day.size().x, y), day, day_colour);
        painter.galley(pos2(inner.left(), y), lay(publisher(article), small, colour, room, 1), colour);
    }
    painter.hline(rect.shrink2(vec2(12.0, 0.0)).x_range(), rect.bottom() - 0.5, (1.0, tokens.hairline));
}
