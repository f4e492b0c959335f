//! The table of the claims on one measure: a row a claim, under the voices that they belong to.
//!
//! It has the keyboard as a whole, with one current row and, by Ctrl or Shift, more rows that are taken together. It says
//! what is wished and changes nothing. What stands in a row is made in `lines`, where it stands in `columns`.

mod keys;
mod paint;
mod titles;

use egui::accesskit::Role;
use egui::{EventFilter, Id, LayerId, Order, Pos2, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, vec2};

use self::paint::{Look, paint_row, voice_line};
use self::titles::Drawn;
use super::columns::{Title, Widths};
use super::lines::{Group, Line};
use super::relate::{Relation, relate};
use crate::edit::Edit;
use crate::model::{ClaimId, Project};
use crate::ui::theme;
use crate::ui::widgets::{self, Tone};
use crate::ui::{ClaimDrag, figures};

/// Height of the question which claim is meant, in points.
pub const QUESTION: f32 = 38.0;
/// Height of the line above the claims of a voice.
const VOICE: f32 = 22.0;
/// Height of the second line of a row.
const SECOND: f32 = 17.0;
/// Room at the right for the bar that scrolls.
const BAR: f32 = 10.0;
/// Height of the titles of the columns.
const TITLES: f32 = 22.0;

/// What is wished of claims.
#[derive(Debug, PartialEq)]
pub enum Wish {
    /// To see the words of a claim in its article.
    Quote(ClaimId),
    /// To change a claim.
    Form(ClaimId),
    /// To set claims aside, or to count those again that are.
    Aside(Vec<ClaimId>),
    /// To delete claims.
    Delete(Vec<ClaimId>),
    /// To split claims off the event.
    Split,
    /// To let a claim stand for the whole again.
    Alone(ClaimId),
    /// A change that the project takes.
    Change(Edit),
}

/// A claim for which another one is being chosen.
#[derive(Debug)]
struct Pointing {
    claim: ClaimId,
    how: Relation,
    at: Option<ClaimId>,
    refused: Option<String>,
}

/// The table's own state.
#[derive(Debug, Default)]
pub struct ClaimsTable {
    /// The claims that are taken together beside the current one.
    chosen: Vec<ClaimId>,
    pointing: Option<Pointing>,
    menu: Option<(ClaimId, Pos2)>,
    /// A claim that was let go over another one.
    dropped: Option<(ClaimId, ClaimId, Pos2)>,
    wants_focus: bool,
    scroll: bool,
    /// How wide the columns are; nothing where nobody has drawn them.
    widths: Option<Widths>,
    drawn: Option<Drawn>,
    /// The title that has the keyboard instead of a claim.
    title: Option<Title>,
    /// How wide the table was drawn last.
    width: f32,
}

/// What the table shows in a frame.
pub struct Shown<'a> {
    /// The project.
    pub project: &'a Project,
    /// The voices with their claims.
    pub groups: &'a [Group],
    /// The claim that is current.
    pub current: ClaimId,
}

impl Shown<'_> {
    fn order(&self) -> Vec<ClaimId> {
        self.groups.iter().flat_map(|group| &group.lines).map(|line| line.claim).collect()
    }

    fn line(&self, claim: ClaimId) -> Option<&Line> {
        self.groups.iter().flat_map(|group| &group.lines).find(|line| line.claim == claim)
    }

    fn name(&self, claim: ClaimId) -> &str {
        self.line(claim).map_or("", |line| &line.name)
    }
}

impl ClaimsTable {
    fn id() -> Id {
        Id::unique("claims of the event")
    }

    /// Lets go of everything that belongs to another event. Columns keep their widths.
    pub fn forget(&mut self) {
        *self = Self { widths: self.widths, width: self.width, ..Self::default() };
    }

    /// Takes the keyboard in the next frame.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Scrolls the current claim into view in the next frame.
    pub fn reveal(&mut self) {
        self.scroll = true;
    }

    /// The claims that are taken together: the current one and those that were added to it, in the order of the table.
    pub fn taken(&self, groups: &[Group], current: Option<ClaimId>) -> Vec<ClaimId> {
        let lines = groups.iter().flat_map(|group| &group.lines).map(|line| line.claim);
        lines.filter(|id| Some(*id) == current || self.chosen.contains(id)).collect()
    }

    /// Draws the table; gives back the claim that is current now, and what is wished.
    pub fn ui(&mut self, ui: &mut Ui, shown: &Shown<'_>) -> (ClaimId, Vec<Wish>) {
        let order = shown.order();
        self.chosen.retain(|id| order.contains(id));
        if self.pointing.as_ref().is_some_and(|pointing| !order.contains(&pointing.claim)) {
            self.pointing = None;
        }
        let mut wishes = Vec::new();
        let mut current = shown.current;
        self.keys(ui, shown, &order, &mut current, &mut wishes);
        self.pointing_ui(ui, shown);
        let height = (ui.clip_rect().height() * 0.55).clamp(150.0, 380.0);
        let builder = UiBuilder::new().accessibility_role(Role::ListBox).accessibility_label("Claims by voice");
        let scroll = self.scroll;
        let table = ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            self.titles(ui, shown);
            let width = ui.available_width() - BAR;
            let area = ScrollArea::vertical()
                .id_salt("claims")
                .max_height(height)
                .min_scrolled_height(height)
                .auto_shrink([false, true]);
            let area = area.show(ui, |ui| {
                for group in shown.groups {
                    voice_line(ui, group, width);
                    for (at, line) in group.lines.iter().enumerate() {
                        self.row(ui, line, (width, at == 0), shown, &order, &mut current, &mut wishes);
                    }
                }
            });
            if scroll {
                // The table scrolls to the row, and what is around the table to the table.
                ui.scroll_to_rect(area.inner_rect, None);
            }
        });
        self.hold_focus(ui, table.response.rect);
        if std::mem::take(&mut self.wants_focus) {
            // Behind the table's own place in the frame: a press elsewhere has taken the keyboard from it before.
            ui.memory_mut(|memory| memory.request_focus(Self::id()));
            ui.ctx().request_repaint();
        }
        self.drag_ui(ui, shown);
        self.menu_ui(ui, shown, &current, &mut wishes);
        self.dropped_ui(ui, shown, &mut wishes);
        (current, wishes)
    }

    fn hold_focus(&self, ui: &Ui, rect: Rect) {
        let id = Self::id();
        ui.interact(rect, id, Sense::focusable_noninteractive());
        ui.memory_mut(|memory| {
            let filter = EventFilter {
                tab: false,
                horizontal_arrows: self.title.is_some(),
                vertical_arrows: true,
                escape: true,
            };
            memory.set_focus_lock_filter(id, filter);
        });
        let focused = ui.memory(|memory| memory.has_focus(id));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Group);
            let usual = "Claims: arrows move, F12 shows the quote, Space sets aside, F2 changes";
            node.set_label(self.title_label().unwrap_or_else(|| usual.to_owned()));
            let [x0, y0, x1, y1] = [rect.min.x, rect.min.y, rect.max.x, rect.max.y].map(f64::from);
            node.set_bounds(egui::accesskit::Rect { x0, y0, x1, y1 });
        });
        if focused {
            let stroke = Stroke::new(1.0, theme::tokens(ui).accent);
            ui.painter().rect_stroke(rect.expand(1.0), 2.0, stroke, StrokeKind::Inside);
        }
    }

    /// Whether a claim is being pointed at.
    pub fn is_pointing(&self) -> bool {
        self.pointing.is_some()
    }

    fn point_at(&mut self, shown: &Shown<'_>, other: ClaimId, wishes: &mut Vec<Wish>) {
        let Some(pointing) = &mut self.pointing else { return };
        pointing.at = Some(other);
        match relate(shown.project, pointing.claim, pointing.how, other) {
            Ok(edit) => {
                wishes.push(Wish::Change(edit));
                self.pointing = None;
            }
            Err(why) => pointing.refused = Some(why),
        }
    }

    fn begin_pointing(&mut self, claim: ClaimId, how: Relation, order: &[ClaimId]) {
        let at = order.iter().copied().find(|id| *id != claim);
        self.pointing = Some(Pointing { claim, how, at, refused: None });
        self.wants_focus = true;
    }

    fn pointing_ui(&mut self, ui: &mut Ui, shown: &Shown<'_>) {
        let Some(pointing) = &self.pointing else { return };
        let question = pointing.how.question(shown.name(pointing.claim));
        let (tone, text) = match &pointing.refused {
            None => (Tone::Info, question),
            Some(why) => (Tone::Error, format!("{why}. {question}")),
        };
        if widgets::banner(ui, tone, &text, &["Give up"]).is_some() {
            self.pointing = None;
            self.wants_focus = true;
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what a row reads and what it writes")]
    fn row(
        &mut self,
        ui: &mut Ui,
        line: &Line,
        (width, first): (f32, bool),
        shown: &Shown<'_>,
        order: &[ClaimId],
        current: &mut ClaimId,
        wishes: &mut Vec<Wish>,
    ) {
        let left = ui.max_rect().left();
        let columns = self.columns(left, left + width);
        let second = columns.second_line(line);
        let height = theme::ROW + if second.is_empty() { 0.0 } else { SECOND };
        let (_, rect) = ui.allocate_space(vec2(width, height));
        let is_current = *current == line.claim;
        let pointed = self.pointing.as_ref().is_some_and(|pointing| pointing.at == Some(line.claim));
        let looked_at = if self.pointing.is_some() { pointed } else { is_current };
        if looked_at && self.scroll {
            // With the first claim of a voice comes the line that names it.
            let above = if first { VOICE } else { 0.0 };
            ui.scroll_to_rect(rect.with_min_y(rect.top() - above), None);
            self.scroll = false;
        }
        if !ui.is_rect_visible(rect) {
            return;
        }
        let id = Self::id().with(line.claim.as_str());
        let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
        let chosen = self.chosen.contains(&line.claim);
        widgets::name_row(ui, &response, &format!("Claim {}", line.name), is_current || chosen);
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(line.told()));
        let over = response.dnd_hover_payload::<ClaimDrag>().is_some_and(|drag| drag.0 != [line.claim]);
        let look = Look { current: is_current, chosen, pointed: pointed || over, hovered: response.hovered() };
        paint_row(ui, rect, &columns, line, &second, look);
        let quote = columns.written.filter(|_| line.quoted && self.pointing.is_none()).map(|written| {
            let cell = Rect::from_x_y_ranges(written, rect.top()..=rect.top() + theme::ROW);
            let response = ui.interact(cell, id.with("quote"), Sense::CLICK);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(
                    egui::Role::Link,
                    true,
                    format!("Evidence of {}: {}", line.name, line.written),
                )
            });
            response.on_hover_cursor(egui::CursorIcon::PointingHand)
        });
        if quote.as_ref().is_some_and(|quote| quote.clicked()) {
            *current = line.claim;
            wishes.push(Wish::Quote(line.claim));
        }
        self.touch(ui, &response, line, shown, order, current, wishes);
        quote.unwrap_or(response).on_hover_text(line.told());
    }

    #[expect(clippy::too_many_arguments, reason = "what a row reads and what it writes")]
    fn touch(
        &mut self,
        ui: &Ui,
        response: &egui::Response,
        line: &Line,
        shown: &Shown<'_>,
        order: &[ClaimId],
        current: &mut ClaimId,
        wishes: &mut Vec<Wish>,
    ) {
        if response.clicked() {
            self.wants_focus = true;
            self.title = None;
            let modifiers = ui.input(|input| input.modifiers);
            if self.pointing.is_some() {
                self.point_at(shown, line.claim, wishes);
            } else if modifiers.command {
                self.toggle(line.claim, *current);
                *current = line.claim;
            } else if modifiers.shift {
                let ends = [*current, line.claim].map(|id| order.iter().position(|other| *other == id).unwrap_or(0));
                self.chosen = order[ends[0].min(ends[1])..=ends[0].max(ends[1])].to_vec();
                *current = line.claim;
            } else {
                self.chosen.clear();
                *current = line.claim;
            }
        }
        if response.secondary_clicked() {
            if !self.chosen.contains(&line.claim) {
                self.chosen.clear();
            }
            *current = line.claim;
            self.menu = Some((line.claim, ui.pointer_interact_pos().unwrap_or(response.rect.left_bottom())));
        }
        if response.drag_started() {
            let claims = if self.chosen.contains(&line.claim) { self.chosen.clone() } else { vec![line.claim] };
            response.dnd_set_drag_payload(ClaimDrag(claims));
        }
        if let Some(drag) = response.dnd_release_payload::<ClaimDrag>()
            && let [dragged] = drag.0.as_slice()
            && *dragged != line.claim
        {
            let at = ui.pointer_interact_pos().unwrap_or(response.rect.left_bottom());
            self.dropped = Some((*dragged, line.claim, at));
        }
    }

    /// Ctrl and a click take a claim to the others, or out of them.
    fn toggle(&mut self, claim: ClaimId, current: ClaimId) {
        if self.chosen.is_empty() {
            self.chosen.push(current);
        }
        match self.chosen.iter().position(|id| *id == claim) {
            Some(at) if claim != current || self.chosen.len() > 1 => drop(self.chosen.remove(at)),
            Some(_) => {}
            None => self.chosen.push(claim),
        }
    }

    /// What is being dragged, beside the pointer.
    fn drag_ui(&self, ui: &Ui, shown: &Shown<'_>) {
        let Some(drag) = egui::DragAndDrop::payload::<ClaimDrag>(ui.ctx()) else { return };
        let Some(at) = ui.ctx().pointer_interact_pos() else { return };
        let text = match drag.0.as_slice() {
            [one] => shown.name(*one).to_owned(),
            many => figures::count(many.len(), "claim", "claims"),
        };
        let tokens = theme::tokens(ui);
        let painter = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, Self::id().with("drag")));
        let galley = widgets::one_line(ui, &text, theme::regular(13.0), tokens.text, 240.0);
        let rect = Rect::from_min_size(at + vec2(14.0, 8.0), galley.size() + vec2(12.0, 6.0));
        painter.rect(rect, 4.0, tokens.raised, Stroke::new(1.0, tokens.border), StrokeKind::Inside);
        painter.galley(rect.min + vec2(6.0, 3.0), galley, tokens.text);
    }

    fn menu_ui(&mut self, ui: &Ui, shown: &Shown<'_>, current: &ClaimId, wishes: &mut Vec<Wish>) {
        let Some((claim, at)) = self.menu else { return };
        let row = || ui.ctx().read_response(Self::id().with(claim.as_str())).map(|row| row.rect.left_bottom());
        let at = if at == Pos2::ZERO { row().unwrap_or(at) + vec2(24.0, 0.0) } else { at };
        let several = self.taken(shown.groups, Some(*current)).len() > 1;
        let order = shown.order();
        let mut wish = None;
        let mut how = None;
        let open = popup(ui, "menu of claims", "Menu of the claim", at, |ui| {
            let item = |ui: &mut Ui, on: bool, text: &str, keys: &str| {
                ui.add_enabled(on, egui::Button::new(text).shortcut_text(keys)).clicked()
            };
            let quoted = shown.line(claim).is_some_and(|line| line.quoted);
            if item(ui, quoted, "Go to evidence", "F12") {
                wish = Some(Wish::Quote(claim));
            }
            if item(ui, true, "Change claim", "F2") {
                wish = Some(Wish::Form(claim));
            }
            let taken = || self.taken(shown.groups, Some(*current));
            if item(ui, true, "Set aside or count again", "Space") {
                wish = Some(Wish::Aside(taken()));
            }
            ui.separator();
            for relation in Relation::ALL {
                if item(ui, !several && order.len() > 1, relation.label(), "") {
                    how = Some(relation);
                }
            }
            if item(ui, !several, "Stands for the whole", "") {
                wish = Some(Wish::Alone(claim));
            }
            ui.separator();
            let split = crate::command::Command::SplitEvent.entry();
            if item(ui, true, split.label, &split.key_text()) {
                wish = Some(Wish::Split);
            }
            if item(ui, true, if several { "Delete claims" } else { "Delete claim" }, "Delete") {
                wish = Some(Wish::Delete(taken()));
            }
        });
        if !open {
            self.menu = None;
            self.wants_focus = true;
        }
        wishes.extend(wish);
        if let Some(how) = how {
            self.begin_pointing(claim, how, &order);
        }
    }

    /// What can be meant by letting a claim go over another one.
    fn dropped_ui(&mut self, ui: &Ui, shown: &Shown<'_>, wishes: &mut Vec<Wish>) {
        let Some((claim, other, at)) = self.dropped else { return };
        let mut chosen = None;
        let open = popup(ui, "menu of a dropped claim", "What the claim is to the other one", at, |ui| {
            for relation in Relation::ALL {
                let made = relate(shown.project, claim, relation, other);
                let button = egui::Button::new(relation.onto(shown.name(other)));
                let response = ui.add_enabled(made.is_ok(), button);
                let response = match &made {
                    Err(why) => response.on_disabled_hover_text(why),
                    Ok(_) => response,
                };
                if response.clicked() {
                    chosen = made.ok();
                }
            }
        });
        if !open {
            self.dropped = None;
            self.wants_focus = true;
        }
        wishes.extend(chosen.map(Wish::Change));
    }
}

/// A menu at a place; whether it stays open.
fn popup(ui: &Ui, id: &str, name: &str, at: Pos2, items: impl FnOnce(&mut Ui)) -> bool {
    let mut open = true;
    egui::Popup::new(Id::unique(id), ui.ctx().clone(), egui::PopupAnchor::Position(at), ui.layer_id())
        .kind(egui::PopupKind::Menu)
        .layout(egui::Layout::top_down_justified(egui::Align::Min))
        .style(egui::containers::menu::menu_style)
        .accessible_name(name)
        .gap(0.0)
        .open_bool(&mut open)
        .show(|ui| {
            ui.set_min_width(220.0);
            items(ui);
        });
    open
}
