//! The strip at the right edge: one tick a claim and one a figure without decision, each at its place in the whole of
//! the text. A press goes there.

use std::collections::BTreeMap;
use std::ops::Range;

use egui::accesskit;
use egui::{Rect, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::catalogue::State;
use super::paint::Look;
use crate::ui::theme;

/// Height of a tick with the gap under it, in points: places nearer to each other share one.
const STEP: f32 = 5.0;
/// Room from the right edge, for the scroll bar.
const RIGHT: f32 = 20.0;

/// What a tick stands for.
struct Tick {
    range: Range<usize>,
    /// The measure of its claim; none for a figure that is open.
    measure: Option<String>,
    label: String,
    more: usize,
}

/// Draws the strip; returns the words of the tick that was pressed.
pub fn show(ui: &mut Ui, area: Rect, look: &Look<'_>) -> Option<Range<usize>> {
    let tokens = theme::tokens(ui);
    let mut pressed = None;
    for (row, tick) in ticks(area.height(), look) {
        #[expect(clippy::cast_precision_loss, reason = "a row of the screen")]
        let top = area.top() + 4.0 + row as f32 * STEP;
        let rect = Rect::from_min_size(pos2(area.right() - RIGHT, top), vec2(8.0, STEP));
        let response = ui.interact(rect.expand2(vec2(3.0, 0.0)), ui.scope_id().with(("tick", row)), Sense::CLICK);
        let label = match tick.more {
            0 => tick.label,
            n => format!("{} and {n} more here", tick.label),
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &label));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.add_action(accesskit::Action::Click);
            node.set_bounds(accesskit::Rect {
                x0: rect.left().into(),
                y0: rect.top().into(),
                x1: rect.right().into(),
                y1: rect.bottom().into(),
            });
        });
        let mark = rect.with_max_y(rect.bottom() - 1.0);
        match &tick.measure {
            Some(measure) => {
                ui.painter().rect_filled(mark, 1.0, tokens.measure(measure).underline);
            }
            None => {
                ui.painter().rect_stroke(mark, 1.0, (1.0, tokens.muted), StrokeKind::Inside);
            }
        }
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        if response.clicked() {
            pressed = Some(tick.range);
        }
        response.on_hover_text(label);
    }
    pressed
}

/// The ticks by row: where several share one, a claim is shown before a figure.
fn ticks(height: f32, look: &Look<'_>) -> BTreeMap<usize, Tick> {
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row")]
    let row = |start: usize| {
        let share = start as f32 / look.document.length().max(1) as f32;
        (share * (height - 14.0).max(0.0) / STEP) as usize
    };
    let mut ticks: BTreeMap<usize, Tick> = BTreeMap::new();
    let mut add = |range: &Range<usize>, measure: Option<&str>, label: &dyn Fn() -> String| {
        if let Some(known) = ticks.get_mut(&row(range.start)) {
            known.more += 1;
        } else {
            let tick = Tick { range: range.clone(), measure: measure.map(str::to_owned), label: label(), more: 0 };
            ticks.insert(row(range.start), tick);
        }
    };
    for mark in look.marks.iter() {
        add(&mark.range, Some(&mark.measure), &|| mark.label.clone());
    }
    let open = |n: usize| look.walk.states.get(n) == Some(&State::Open);
    for (_, seen) in look.walk.seen.iter().enumerate().filter(|(n, _)| open(*n)) {
        let range = &seen.figure.range;
        add(range, None, &|| format!("Undecided: {}", look.document.slice(range.clone())));
    }
    ticks
}
