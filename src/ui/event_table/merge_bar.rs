//! The question before events become one: which is kept, whose value counts where they differ, and what comes of it.
//!
//! It stands over the table and blocks nothing. Keys and clicks change what `edit::merge` holds; what would come of it
//! is shown before it is done. It hands in the change and makes none.

use egui::accesskit::Role;
use egui::{
    Align, Align2, Area, Button, Event as Input, EventFilter, Frame, Id, Key, Label, Layout, Order, Rect, RichText,
    ScrollArea, Sense, Ui, vec2,
};

use crate::derive::{claims_on, explain_with};
use crate::edit::Edit;
use crate::edit::merge::{Field, Merge};
use crate::model::{Class, EventId, Measure, Text};
use crate::ui::theme::{self, icons};
use crate::ui::{View, figures, widgets};

/// Widest that the bar gets, in points.
const WIDTH: f32 = 760.0;
/// Up to so many events, each has a column of its own.
const SIDE_BY_SIDE: usize = 4;
/// Room for the names of fields.
const NAMES: f32 = 132.0;
/// More events than this are never one incident.
pub(super) const MOST: usize = 20;

/// What was answered.
#[derive(Debug, PartialEq)]
pub(super) enum Answer {
    /// Nothing yet.
    Open,
    /// Nothing is merged.
    GivenUp,
    /// This change, and the event that is kept.
    Merge(Box<Edit>, EventId),
}

/// A choice to be made: a field, or which event is kept.
#[derive(Debug)]
struct Line {
    field: Option<Field>,
    name: Text,
    choices: Vec<(EventId, String)>,
    chosen: Option<EventId>,
}

/// What would come of it.
#[derive(Debug)]
struct Preview {
    revision: u64,
    of: Merge,
    lines: Vec<Line>,
    told: Vec<String>,
    edit: Result<Box<Edit>, String>,
}

/// The bar while it is open.
#[derive(Debug)]
pub(super) struct MergeBar {
    asked: Vec<EventId>,
    merge: Option<Merge>,
    line: usize,
    preview: Option<Preview>,
    fresh: bool,
}

impl MergeBar {
    /// Asks about these events; the first is kept unless another is chosen.
    pub fn new(events: Vec<EventId>) -> Self {
        Self { asked: events, merge: None, line: 0, preview: None, fresh: true }
    }

    /// What has the keyboard while the bar is open.
    pub fn id() -> Id {
        Id::unique("merge events")
    }

    /// Takes the keyboard as soon as it is opened, before the table looks at the keys of the frame.
    pub fn take_keyboard(&mut self, ui: &Ui) {
        if std::mem::take(&mut self.fresh) {
            ui.memory_mut(|memory| memory.request_focus(Self::id()));
        }
    }

    /// Draws the bar above `table`.
    pub fn ui(&mut self, ui: &Ui, view: &View<'_>, table: Rect) -> Answer {
        let known = self.merge.as_ref().is_some_and(|m| m.events().iter().all(|id| view.project.events.contains(*id)));
        if !known {
            self.merge = Merge::of(view.project, &self.asked);
        }
        let Some(mut merge) = self.merge.take() else { return Answer::GivenUp };
        let mut answer = self.keys(ui, view, &mut merge);
        self.work_out(view, &merge);
        if let Some(preview) = &self.preview {
            let top = ui.ctx().content_rect().top() + 8.0;
            let shown = Area::new(Self::id().with("area"))
                .order(Order::Foreground)
                .fixed_pos(table.left_top() + vec2(8.0, -4.0))
                .pivot(Align2::LEFT_BOTTOM)
                .constrain_to(ui.ctx().content_rect().shrink(4.0))
                .role(Role::Group)
                .accessible_name("Merge events")
                .show(ui.ctx(), |ui| {
                    let frame = Frame::popup(ui.style()).inner_margin(12);
                    frame.show(ui, |ui| {
                        ui.set_width((table.width() - 48.0).clamp(240.0, WIDTH));
                        let room = (table.top() - top - 150.0).max(120.0);
                        self.content(ui, preview, &mut merge, room)
                    })
                });
            let clicked = shown.inner.inner;
            if clicked != Answer::Open {
                answer = clicked;
            }
            self.focus(ui, shown.response.rect);
        }
        self.merge = Some(merge);
        answer
    }

    /// Registers what has the keyboard, so that it keeps the arrows.
    fn focus(&self, ui: &Ui, rect: Rect) {
        let id = Self::id();
        ui.interact(rect, id, Sense::focusable_noninteractive());
        ui.memory_mut(|memory| {
            let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
            memory.set_focus_lock_filter(id, filter);
        });
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Group);
            node.set_label("Merge these events: Enter merges, Esc gives up");
            super::paint::set_bounds(node, rect);
        });
    }

    fn keys(&mut self, ui: &Ui, view: &View<'_>, merge: &mut Merge) -> Answer {
        if !ui.memory(|memory| memory.has_focus(Self::id())) {
            return Answer::Open;
        }
        let mut answer = Answer::Open;
        let events = ui.input_mut(|input| std::mem::take(&mut input.events));
        let mut left = Vec::with_capacity(events.len());
        for event in events {
            let Input::Key { key, pressed: true, modifiers, .. } = &event else {
                left.push(event);
                continue;
            };
            self.work_out(view, merge);
            match key {
                _ if modifiers.any() => left.push(event),
                Key::ArrowUp => self.line = self.line.saturating_sub(1),
                Key::ArrowDown => self.line = (self.line + 1).min(self.lines().saturating_sub(1)),
                Key::ArrowLeft => self.turn(merge, -1),
                Key::ArrowRight => self.turn(merge, 1),
                Key::Enter => answer = self.accept(merge),
                Key::Escape => answer = Answer::GivenUp,
                _ => left.push(event),
            }
        }
        ui.input_mut(|input| input.events = left);
        answer
    }

    fn lines(&self) -> usize {
        self.preview.as_ref().map_or(0, |preview| preview.lines.len())
    }

    fn accept(&self, merge: &Merge) -> Answer {
        match self.preview.as_ref().map(|preview| &preview.edit) {
            Some(Ok(edit)) => Answer::Merge(edit.clone(), merge.events()[0]),
            _ => Answer::Open,
        }
    }

    /// Takes the next or the last value of the current line.
    fn turn(&self, merge: &mut Merge, by: isize) {
        let Some(line) = self.preview.as_ref().and_then(|preview| preview.lines.get(self.line)) else { return };
        let at = line.choices.iter().position(|(id, _)| Some(*id) == line.chosen).unwrap_or(0);
        let filled = |place: &usize| line.choices.get(*place).is_some_and(|(_, text)| !text.is_empty());
        let next = if by < 0 { (0..at).rev().find(filled) } else { (at + 1..line.choices.len()).find(filled) };
        if let Some((id, _)) = next.and_then(|place| line.choices.get(place)) {
            choose(merge, line.field, *id);
        }
    }

    fn work_out(&mut self, view: &View<'_>, merge: &Merge) {
        let stale = self.preview.as_ref().is_none_or(|p| p.revision != view.revision || p.of != *merge);
        if stale {
            self.preview = Some(preview(view, merge, &self.asked));
        }
    }

    fn content(&self, ui: &mut Ui, preview: &Preview, merge: &mut Merge, room: f32) -> Answer {
        let tokens = theme::tokens(ui);
        let mut answer = Answer::Open;
        ui.spacing_mut().item_spacing.y = 4.0;
        widgets::dialog_title(ui, &format!("Merge {} events into one", merge.events().len()));
        ScrollArea::vertical().id_salt("merge fields").max_height(room).show(ui, |ui| {
            for (at, line) in preview.lines.iter().enumerate() {
                line_ui(ui, line, at == self.line, merge);
            }
        });
        ui.add_space(4.0);
        for text in &preview.told {
            ui.add(Label::new(RichText::new(text).color(tokens.text)).wrap());
        }
        if let Err(why) = &preview.edit {
            ui.add(Label::new(RichText::new(why).color(tokens.error.text)).wrap());
        }
        ui.add_space(2.0);
        ui.horizontal_wrapped(|ui| {
            if ui.add_enabled_ui(preview.edit.is_ok(), |ui| widgets::primary_button(ui, "Merge")).inner.clicked() {
                answer = self.accept(merge);
            }
            if ui.button("Cancel").clicked() {
                answer = Answer::GivenUp;
            }
            widgets::caption(ui, "Up, Down: field · Left, Right: value · Enter merges · Esc gives up");
        });
        answer
    }
}

fn choose(merge: &mut Merge, field: Option<Field>, event: EventId) {
    match field {
        Some(field) => merge.pick(field, event),
        None => merge.keep(event),
    }
}

fn line_ui(ui: &mut Ui, line: &Line, current: bool, merge: &mut Merge) {
    let tokens = theme::tokens(ui);
    let name = &*line.name;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let (rect, _) = ui.allocate_exact_size(vec2(NAMES, theme::ROW), Sense::hover());
        let (font, colour) =
            if current { (theme::semibold(13.0), tokens.text) } else { (theme::regular(13.0), tokens.muted) };
        if current {
            let mark = rect.left_center() + vec2(6.0, 0.0);
            ui.painter().text(mark, Align2::CENTER_CENTER, icons::CARET_RIGHT, theme::regular(12.0), tokens.accent);
        }
        ui.painter().text(rect.left_center() + vec2(16.0, 0.0), Align2::LEFT_CENTER, name, font, colour);
        let count = line.choices.len().max(1);
        #[expect(clippy::cast_precision_loss, reason = "a few events")]
        let width = ((ui.available_width() - 4.0 * (count as f32)) / count as f32).clamp(72.0, 300.0);
        let of_chosen = line.choices.iter().find(|(id, _)| line.chosen == Some(*id)).map(|(_, text)| text);
        for (id, text) in &line.choices {
            // Two events with the same value are both marked, but only one of them can be kept.
            let chosen = line.chosen == Some(*id) || (line.field.is_some() && of_chosen == Some(text));
            let (rect, _) = ui.allocate_exact_size(vec2(width, theme::ROW), Sense::hover());
            if text.is_empty() {
                let at = rect.left_center() + vec2(8.0, 0.0);
                ui.painter().text(at, Align2::LEFT_CENTER, figures::NO_CLAIM, theme::regular(13.0), tokens.muted);
                continue;
            }
            let mut cell =
                ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center)));
            let button = cell.add(Button::selectable(chosen, text.as_str()).truncate());
            let button = button.accessible_name(format!("{name}: {text}")).on_hover_text(text);
            if button.clicked() {
                choose(merge, line.field, *id);
            }
        }
    });
}

fn preview(view: &View<'_>, merge: &Merge, asked: &[EventId]) -> Preview {
    let project = view.project;
    let title = |id: EventId| {
        let claims = view.derived.claims_of(id).len();
        let name = project.events.get(id).map_or("", |event| event.name());
        (id, format!("{name} ({})", figures::count(claims, "claim", "claims")))
    };
    // In the order in which they were asked for: a choice must not jump under the pointer.
    let place = |id: &EventId| asked.iter().position(|other| other == id);
    let mut shown = merge.events().to_vec();
    shown.sort_by_key(place);
    let keep = Line {
        field: None,
        name: "Keep".into(),
        choices: shown.iter().copied().map(title).collect(),
        chosen: Some(merge.events()[0]),
    };
    let fields = merge.differing(project).into_iter().map(|(field, mut values)| {
        if shown.len() <= SIDE_BY_SIDE {
            values.clone_from(&shown);
        }
        values.sort_by_key(place);
        let of = |id: &EventId| project.events.get(*id).map(|event| field.text(event)).unwrap_or_default();
        let choices: Vec<(EventId, String)> = values.iter().map(|id| (*id, of(id))).collect();
        Line { field: Some(field), name: field.name(project), choices, chosen: merge.source(project, field) }
    });
    let lines = std::iter::once(keep).chain(fields).collect();
    let edit = match merge.edit(project, Some(view.now)) {
        None => Err("The event that should be kept is gone".to_owned()),
        Some(edit) => edit.apply(project).map(|_| Box::new(edit)).map_err(|error| error.to_string()),
    };
    Preview { revision: view.revision, of: merge.clone(), lines, told: told(view, merge), edit }
}

/// What moves, and each figure before and after.
fn told(view: &View<'_>, merge: &Merge) -> Vec<String> {
    let mut told = Vec::new();
    let moved: usize = merge.events()[1..].iter().map(|id| view.derived.claims_of(*id).len()).sum();
    let move_ = if moved == 1 { "1 claim moves" } else { "claims move" };
    let move_ = if moved == 1 { move_.to_owned() } else { format!("{moved} {move_}") };
    told.push(format!("{move_} to the event that is kept"));
    if merge.note(view.project, None).is_some() {
        told.push("Figures set by hand and exclusions of the others are kept in a note".to_owned());
    }
    let Some(event) = merge.event(view.project) else { return told };
    let claims = merge.events().iter().flat_map(|id| claims_on(view.project, view.derived, *id));
    let after = explain_with(view.project, &event, claims);
    let mut measures: Vec<Measure> = after.keys().cloned().collect();
    for measure in merge.events().iter().flat_map(|id| view.derived.measures_of(*id)) {
        if !measures.contains(measure) {
            measures.push(measure.clone());
        }
    }
    for measure in measures {
        let before: Vec<String> = merge
            .events()
            .iter()
            .map(|id| view.derived.figure(*id, &measure, &Class::TOTAL))
            .map(|figure| figures::short(figure.value, figure.marks))
            .collect();
        let (value, marks) = after.get(&measure).map(|f| (f.total.value, f.total.marks)).unwrap_or_default();
        let conflict = if marks.conflict { ", and the voices contradict each other" } else { "" };
        let title = measure.title();
        told.push(format!("{title}: {} become {}{conflict}", before.join(" and "), figures::short(value, marks)));
    }
    told
}
