//! The row that a number is read from, in the place of the article: every field by the name of its column with what the
//! file has there, the cells of the number marked, and from which file it came.
//!
//! The row is evidence: it is read and copied, never changed. It must not know what the columns mean; `dataset` says which
//! of them a claim is read from.

use egui::{EventFilter, Id, Key, Label, Modifiers, Rect, RichText, ScrollArea, Sense, Ui, accesskit, pos2, vec2};

use super::theme::{self, icons};
use super::{Desk, Pane, View, widgets};
use crate::dataset::{self, Evidence};
use crate::derive::wording;
use crate::model::{Claim, ClaimId, EventId, Origin, Project};

/// Height of a field in the list, in points.
const LINE: f32 = 24.0;
/// Room for the whole text of the current field.
const WHOLE: f32 = 120.0;
/// Fields that a press of Page Up or Page Down passes.
const PAGE: usize = 12;

/// What is shown, worked out once for a claim and a snapshot.
#[derive(Debug)]
struct Shown {
    claim: ClaimId,
    revision: u64,
    event: EventId,
    /// The event and the number that the row is the evidence of, in words.
    title: String,
    number: String,
    /// Which row of the file it is.
    place: String,
    evidence: Evidence,
}

/// The panel's own state.
#[derive(Debug, Default)]
pub struct SourceRow {
    shown: Option<Shown>,
    current: usize,
    scroll: bool,
    /// The pane that has the keyboard again when the row is closed.
    from: Pane,
}

/// Whether a claim has words in an article or a row to go to.
pub fn can_be_shown(project: &Project, claim: ClaimId) -> bool {
    dataset::claim(project, claim).is_some_and(|claim| !claim.quotes.is_empty())
        || dataset::rests_on_row(project, claim)
}

/// What a claim rests on that has neither, in words.
pub fn without_quote(claim: &Claim) -> String {
    match &claim.origin {
        Some(Origin::Document(name)) => format!("This claim rests on the document “{name}”, not on an article here"),
        Some(Origin::Interview(code)) => format!("This claim rests on the interview “{code}”, not on an article here"),
        Some(Origin::Dataset(name)) => format!("This claim rests on the data set “{name}”, whose row is not here"),
        None => "This claim has no quote in an article".to_owned(),
    }
}

impl Shown {
    fn of(view: &View<'_>, id: ClaimId) -> Option<Self> {
        let project = view.project;
        let evidence = dataset::evidence(project, id)?;
        let claim = dataset::claim(project, id)?;
        let event = project.events.get(claim.event)?;
        let cells: Vec<String> = evidence.cells().map(|(name, value)| format!("{name} {}", said(value))).collect();
        let stated = dataset::stated(project, id).map(|claim| claim.quantity.clone());
        let changed = match stated {
            Some(stated) if stated != claim.quantity => {
                format!(" An analyst changed the claim; the row says {stated}.")
            }
            _ => String::new(),
        };
        let class =
            if claim.class == crate::model::Class::TOTAL { String::new() } else { format!(", {}", claim.class) };
        let number =
            format!("{} {}{class} is read from {}.{changed}", claim.quantity, claim.measure, cells.join(" · "));
        let place = dataset::row_number(project, event).map(|(n, all)| {
            let n = wording::grouped(n as u64);
            // The line is not kept: with skipped rows, a second header or line ends in a cell it is another number.
            let all = wording::grouped(all as u64);
            format!(
                "Row {n} of the {all} of this file in the project; skipped rows and lines of the file are not counted"
            )
        });
        let title = format!("Row of {}: {}", evidence.dataset, event.name());
        let place = place.unwrap_or_default();
        Some(Self { claim: id, revision: view.revision, event: event.id, title, number, place, evidence })
    }
}

/// What a field says, where it says anything.
fn said(value: &str) -> &str {
    if value.is_empty() { "(empty)" } else { value }
}

impl SourceRow {
    /// Draws the row of the claim on the desk. Whether there is one: where not, the reader has the place.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk) -> bool {
        let Some(claim) = desk.row else { return false };
        let known = self.shown.as_ref().is_some_and(|shown| (shown.claim, shown.revision) == (claim, view.revision));
        if !known {
            let before = self.shown.take().map(|shown| (shown.event, shown.claim));
            self.shown = Shown::of(view, claim);
            if before != self.shown.as_ref().map(|shown| (shown.event, shown.claim)) {
                self.current = self.shown.as_ref().and_then(|shown| shown.evidence.read.first().copied()).unwrap_or(0);
                self.scroll = true;
            }
        }
        let Some(shown) = self.shown.take() else {
            desk.row = None;
            return false;
        };
        if head(ui, &shown) {
            self.close(desk);
        }
        let before = desk.pane;
        if desk.row.is_some() && desk.takes_focus(Pane::Reader) {
            if before != Pane::Reader {
                self.from = before;
            }
            ui.memory_mut(|memory| memory.request_focus(list_id()));
        }
        if ui.memory(|memory| memory.has_focus(list_id())) {
            desk.pane = Pane::Reader;
            self.keys(ui, &shown, desk);
        }
        self.list(ui, &shown);
        self.whole(ui, &shown);
        self.shown = Some(shown);
        true
    }

    fn close(&self, desk: &mut Desk) {
        desk.row = None;
        desk.wants_focus = Some(self.from);
    }

    fn keys(&mut self, ui: &Ui, shown: &Shown, desk: &mut Desk) {
        let last = shown.evidence.fields.len().saturating_sub(1);
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let moves = [
            (Key::ArrowDown, self.current.saturating_add(1)),
            (Key::ArrowUp, self.current.saturating_sub(1)),
            (Key::PageDown, self.current.saturating_add(PAGE)),
            (Key::PageUp, self.current.saturating_sub(PAGE)),
            (Key::Home, 0),
            (Key::End, last),
        ];
        for (key, to) in moves {
            if pressed(key) {
                self.current = to.min(last);
                self.scroll = true;
            }
        }
        if pressed(Key::Escape) {
            self.close(desk);
        }
        let copied = ui.input_mut(|input| {
            let at = input.events.iter().position(|event| matches!(event, egui::Event::Copy));
            at.map(|at| input.events.remove(at)).is_some()
        });
        if copied && let Some((_, value)) = shown.evidence.fields.get(self.current) {
            ui.ctx().copy_text(value.clone());
        }
    }

    fn list(&mut self, ui: &mut Ui, shown: &Shown) {
        let height = (ui.available_height() - WHOLE - 40.0).max(3.0 * LINE);
        let area = ScrollArea::vertical().id_salt("fields of the row").auto_shrink([false, false]).max_height(height);
        let scroll = std::mem::take(&mut self.scroll);
        ui.spacing_mut().item_spacing.y = 0.0;
        let rect = area
            .show_viewport(ui, |ui, viewport| {
                let fields = &shown.evidence.fields;
                #[expect(clippy::cast_precision_loss, reason = "points on the screen")]
                let top_of = |n: usize| LINE * n as f32;
                ui.set_height(top_of(fields.len()));
                let (origin, width) = (ui.max_rect().min, ui.available_width());
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not below 0")]
                let first = (viewport.top() / LINE).floor().max(0.0) as usize;
                for n in first..fields.len() {
                    if top_of(n) > viewport.bottom() {
                        break;
                    }
                    let rect = Rect::from_min_size(pos2(origin.x, origin.y + top_of(n)), vec2(width, LINE));
                    if self.field(ui, rect, shown, n) {
                        self.current = n;
                        ui.memory_mut(|memory| memory.request_focus(list_id()));
                    }
                }
                if scroll {
                    let y = origin.y + top_of(self.current);
                    ui.scroll_to_rect(Rect::from_min_size(pos2(origin.x, y), vec2(1.0, LINE)), None);
                }
            })
            .inner_rect;
        self.register(ui, shown, rect);
    }

    /// Draws a field; whether it was pressed.
    fn field(&self, ui: &Ui, rect: Rect, shown: &Shown, n: usize) -> bool {
        let Some((name, value)) = shown.evidence.fields.get(n) else { return false };
        let tokens = theme::tokens(ui);
        let read = shown.evidence.read.contains(&n);
        let current = self.current == n;
        let response = ui.interact(rect, list_id().with(n), Sense::CLICK);
        widgets::name_row(ui, &response, &spoken(name, value, read), current);
        let fill = match () {
            () if current => Some(tokens.selection),
            () if response.hovered() => Some(tokens.button_hover),
            () if read => Some(tokens.info.fill),
            () => None,
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, 4.0, fill);
        }
        if current && ui.memory(|memory| memory.has_focus(list_id())) {
            let stroke = egui::Stroke::new(2.0, tokens.accent);
            ui.painter().rect_stroke(rect, 4.0, stroke, egui::StrokeKind::Inside);
        }
        let inner = rect.shrink2(vec2(8.0, 0.0));
        let names = (inner.width() * 0.36).min(190.0);
        if read {
            let mark = inner.with_max_x(inner.left() + 16.0);
            widgets::line_in(ui, mark, icons::ARROW_RIGHT, theme::regular(13.0), tokens.info.text);
        }
        let left = Rect::from_x_y_ranges(inner.left() + 18.0..=inner.left() + names, inner.y_range());
        let right = inner.with_min_x(inner.left() + names + 10.0);
        let font = if read { theme::semibold(13.0) } else { theme::regular(13.0) };
        widgets::line_in(ui, left, name, theme::regular(12.0), if read { tokens.text } else { tokens.muted });
        let line = value.replace(['\n', '\r'], " ");
        widgets::line_in(ui, right, &line, font, tokens.text);
        response.clicked()
    }

    /// The one stop of Tab in the list, which says the current field.
    fn register(&self, ui: &Ui, shown: &Shown, rect: Rect) {
        let id = list_id();
        ui.interact(rect, id, Sense::focusable_noninteractive());
        ui.memory_mut(|memory| {
            let filter = EventFilter { vertical_arrows: true, escape: true, ..EventFilter::default() };
            memory.set_focus_lock_filter(id, filter);
        });
        let read = shown.evidence.read.contains(&self.current);
        let said = shown.evidence.fields.get(self.current).map(|(name, value)| spoken(name, value, read));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(accesskit::Role::ListBox);
            node.set_label(format!("Fields of the row: {}", said.unwrap_or_default()));
            node.set_bounds(accesskit::Rect {
                x0: rect.left().into(),
                y0: rect.top().into(),
                x1: rect.right().into(),
                y1: rect.bottom().into(),
            });
        });
    }

    /// The whole text of the current field, which may be long.
    fn whole(&self, ui: &mut Ui, shown: &Shown) {
        let Some((name, value)) = shown.evidence.fields.get(self.current) else { return };
        ui.separator();
        ui.horizontal(|ui| {
            ui.add(Label::new(RichText::new(name).text_style(theme::LABEL.clone())));
            if widgets::icon_button(ui, icons::COPY, &format!("Copy {name}")).clicked() {
                ui.ctx().copy_text(value.clone());
            }
        });
        let area = ScrollArea::vertical().id_salt("whole field").auto_shrink([false, true]);
        area.max_height(WHOLE).show(ui, |ui| {
            ui.add(Label::new(RichText::new(said(value)).color(theme::tokens(ui).text)).selectable(true).wrap());
        });
    }
}

/// A field as a screen reader says it.
fn spoken(name: &str, value: &str, read: bool) -> String {
    let read = if read { ", the number is read from here" } else { "" };
    format!("{name}: {}{read}", said(value))
}

/// Where the row comes from; whether the article is wanted back.
fn head(ui: &mut Ui, shown: &Shown) -> bool {
    let mut back = false;
    ui.horizontal_wrapped(|ui| {
        widgets::section_title(ui, &shown.title);
        back = widgets::quiet_button(ui, icons::X, "Close row").on_hover_text("Escape").clicked();
    });
    let tokens = theme::tokens(ui);
    ui.add(Label::new(RichText::new(&shown.number).color(tokens.text)).selectable(true).wrap());
    let Evidence { file, sha256, row, .. } = &shown.evidence;
    let facts = format!("File {} · {}", said(file), shown.place);
    ui.add(Label::new(RichText::new(facts).small().color(tokens.muted)).selectable(true).wrap());
    ui.horizontal_wrapped(|ui| {
        let text = format!("SHA-256 {}", said(sha256));
        ui.add(Label::new(RichText::new(text).small().color(tokens.muted)).selectable(true).wrap());
        if widgets::icon_button(ui, icons::COPY, "Copy SHA-256").clicked() {
            ui.ctx().copy_text(sha256.to_string());
        }
        if widgets::quiet_button(ui, icons::COPY, "Copy row").clicked() {
            ui.ctx().copy_text(row.clone());
        }
    });
    ui.add_space(6.0);
    back
}

fn list_id() -> Id {
    Id::unique("fields of the source row")
}
