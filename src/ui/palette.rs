//! The command palette: one field that finds every command, event, article and note.
//!
//! It works out what to offer only when the query or the project changes, and hands back what was chosen as an action.

mod offers;

use egui::accesskit::{self, Live};
use egui::{
    Align2, Area, Context, EventFilter, Frame, Id, Key, Modifiers, Order, Rect, ScrollArea, Sense, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};
use nucleo_matcher::{Config, Matcher};

use super::theme::{self, icons};
use super::widgets::{self, ICON, one_line};
use super::{Action, Actions, View};
use crate::command::Command;
use offers::{Choice, Offer};

/// Width of the palette in points, where the window has room for it.
const WIDTH: f32 = 620.0;
/// Height of one offer.
const ROW: f32 = 30.0;
/// Height of the list.
const TALL: f32 = 390.0;
/// Commands that are remembered as recent.
const RECENT: usize = 6;
/// Offers that a press of Page Up or Page Down passes.
const PAGE: isize = 10;

/// Why a command cannot be run now, in a few words; `None` where it can.
pub type WhyNot<'a> = &'a dyn Fn(Command) -> Option<&'static str>;

/// The palette.
#[derive(Default)]
pub struct Palette {
    open: bool,
    query: String,
    chosen: usize,
    /// The chosen offer should be brought into view.
    scroll: bool,
    recent: Vec<Command>,
    offers: Vec<Offer>,
    /// What the offers were worked out for: the query and the revision of the project.
    made_for: Option<(String, u64)>,
    matcher: Option<Matcher>,
    /// What had the keyboard before, and gets it back.
    before: Option<Id>,
    /// Where it was drawn last.
    rect: Option<Rect>,
}

impl std::fmt::Debug for Palette {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Palette").field("open", &self.open).field("query", &self.query).finish_non_exhaustive()
    }
}

impl Palette {
    /// Opens it with an empty field.
    pub fn open(&mut self) {
        let recent = std::mem::take(&mut self.recent);
        let matcher = self.matcher.take();
        *self = Self { open: true, recent, matcher, ..Self::default() };
    }

    /// Whether it is shown.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Closes it; nothing happens.
    pub fn close(&mut self) {
        self.open = false;
    }

    /// Draws it while it is open. `why_not` is asked only for the commands that are offered.
    pub fn ui(&mut self, ctx: &Context, view: &View<'_>, why_not: WhyNot<'_>, actions: &mut Actions) {
        if !self.open {
            return;
        }
        let first = self.rect.is_none();
        if first {
            self.before = ctx.memory(|memory| memory.focused()).filter(|id| *id != field_id());
        }
        self.work_out(view);
        let enter = self.keys(ctx);
        let clicked = self.draw(ctx, why_not);
        let pressed_outside = ctx.input(|input| {
            let at = input.pointer.interact_pos();
            input.pointer.any_pressed() && at.zip(self.rect).is_some_and(|(at, rect)| !rect.contains(at))
        });
        if let Some(index) = clicked.or(enter.then_some(self.chosen)) {
            self.take(index, why_not, actions);
        } else if pressed_outside && !first {
            self.open = false;
        }
        if !self.open {
            // Where nothing had the keyboard, nothing gets it.
            ctx.memory_mut(|memory| match self.before {
                Some(id) => memory.request_focus(id),
                None => memory.surrender_focus(field_id()),
            });
        }
    }

    fn work_out(&mut self, view: &View<'_>) {
        let key = (self.query.clone(), view.revision);
        if self.made_for.as_ref() == Some(&key) {
            return;
        }
        let matcher = self.matcher.get_or_insert_with(|| Matcher::new(Config::DEFAULT));
        self.offers = offers::offers((view.project, view.derived), &self.query, &self.recent, matcher);
        if self.made_for.as_ref().is_none_or(|(query, _)| *query != key.0) {
            self.chosen = 0;
            self.scroll = true;
        }
        self.chosen = self.chosen.min(self.offers.len().saturating_sub(1));
        self.made_for = Some(key);
    }

    /// Takes the palette's keys out of the input; says whether Enter was among them.
    fn keys(&mut self, ctx: &Context) -> bool {
        let mut steps = 0_isize;
        let mut enter = false;
        ctx.input_mut(|input| {
            if input.consume_key(Modifiers::NONE, Key::Escape) {
                self.open = false;
            }
            enter = input.consume_key(Modifiers::NONE, Key::Enter);
            for (key, step) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, PAGE), (Key::PageUp, -PAGE)] {
                let times = input.count_and_consume_key(Modifiers::NONE, key);
                steps += step * isize::try_from(times).unwrap_or(0);
            }
            // The keyboard stays here.
            input.consume_key(Modifiers::SHIFT, Key::Tab);
            input.consume_key(Modifiers::NONE, Key::Tab);
        });
        if steps != 0 {
            let last = self.offers.len().saturating_sub(1);
            self.chosen = self.chosen.saturating_add_signed(steps).min(last);
            self.scroll = true;
        }
        enter
    }

    fn draw(&mut self, ctx: &Context, why_not: WhyNot<'_>) -> Option<usize> {
        let screen = ctx.viewport_rect();
        let width = WIDTH.min(screen.width() - 48.0);
        let top = (screen.height() * 0.12).min(96.0);
        let area = Area::new(Id::unique("palette"))
            .order(Order::Foreground)
            .anchor(Align2::CENTER_TOP, vec2(0.0, top))
            .role(accesskit::Role::Dialog)
            .accessible_name("Search or command")
            .fade_in(false);
        let shown = area.show(ctx, |ui| {
            let frame = Frame::popup(ui.style()).inner_margin(8);
            frame.show(ui, |ui| {
                ui.set_width(width - 16.0);
                self.field(ui);
                let tall = TALL.min(screen.height() - top - 120.0);
                let clicked = self.list(ui, tall, why_not);
                ui.add_space(2.0);
                widgets::caption(ui, ">  commands    #  events    @  articles    /  notes");
                clicked
            })
        });
        self.rect = Some(shown.response.rect);
        shown.inner.inner
    }

    fn field(&mut self, ui: &mut Ui) {
        let all = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        let field = TextEdit::singleline(&mut self.query)
            .id(field_id())
            .hint_text("Search or command")
            .return_key(None)
            .event_filter(all)
            .font(egui::TextStyle::Body)
            .margin(vec2(8.0, 7.0))
            .desired_width(f32::INFINITY);
        let response = ui.add(field).accessible_name("Search or command");
        if !response.has_focus() {
            response.request_focus();
        }
        let chosen = row_id(self.chosen).accesskit_id();
        let none = self.offers.is_empty();
        ui.ctx().accesskit_node_builder(response.id, |node| {
            if !none {
                node.set_active_descendant(chosen);
            }
        });
        ui.add_space(2.0);
    }

    fn list(&mut self, ui: &mut Ui, tall: f32, why_not: WhyNot<'_>) -> Option<usize> {
        if self.offers.is_empty() {
            let none = widgets::muted(ui, "Nothing matches");
            ui.ctx().accesskit_node_builder(none.id, |node| node.set_live(Live::Polite));
            return None;
        }
        let scroll = std::mem::take(&mut self.scroll);
        let mut clicked = None;
        ScrollArea::vertical().id_salt("palette list").max_height(tall).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (index, offer) in self.offers.iter().enumerate() {
                let chosen = index == self.chosen;
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
                let why = if let Choice::Command(command) = offer.choice { why_not(command) } else { None };
                if row(ui, index, rect, offer, chosen, why) {
                    clicked = Some(index);
                }
                if chosen && scroll {
                    ui.scroll_to_rect(rect, None);
                }
            }
        });
        clicked
    }

    fn take(&mut self, index: usize, why_not: WhyNot<'_>, actions: &mut Actions) {
        let Some(offer) = self.offers.get(index) else { return };
        match offer.choice {
            Choice::Command(command) => {
                if why_not(command).is_some() {
                    // Its row says why; the next choice may be a better one.
                    self.chosen = index;
                    return;
                }
                self.recent.retain(|recent| *recent != command);
                self.recent.insert(0, command);
                self.recent.truncate(RECENT);
                actions.push(Action::Run(command));
            }
            Choice::Record(linked) => actions.push(Action::Show(linked.into())),
            Choice::View => actions.extend(offer.view().map(|name| Action::ShowView(name.to_owned()))),
        }
        self.open = false;
    }
}

fn field_id() -> Id {
    Id::unique("palette field")
}

fn row_id(index: usize) -> Id {
    Id::unique("palette row").with(index)
}

/// Draws one offer and says whether it was clicked.
fn row(ui: &Ui, index: usize, rect: Rect, offer: &Offer, chosen: bool, why: Option<&'static str>) -> bool {
    if !ui.is_rect_visible(rect) {
        return false;
    }
    let tokens = theme::tokens(ui);
    let response = ui.interact(rect, row_id(index), Sense::click());
    let right = why.unwrap_or(&offer.detail);
    let said = if right.is_empty() { offer.name.clone() } else { format!("{}, {right}", offer.name) };
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ListBoxOption, why.is_none(), &said));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(chosen));
    let painter = ui.painter();
    if chosen || response.hovered() {
        let ground = if chosen { tokens.selection } else { tokens.button_hover };
        painter.rect_filled(rect, 4.0, ground);
    }
    let middle = |height: f32| (rect.center().y - height / 2.0).round();
    let icon = one_line(ui, offer.icon(), theme::regular(ICON), tokens.muted, 24.0);
    painter.galley(pos2(rect.left() + 8.0, middle(icon.size().y)), icon, tokens.muted);
    let quiet = if chosen { tokens.text } else { tokens.muted };
    let detail = one_line(ui, right, theme::regular(12.0), quiet, rect.width() * 0.5);
    let colour = if why.is_some() { tokens.muted } else { tokens.text };
    let room = rect.width() - detail.size().x - 64.0;
    let name = one_line(ui, &offer.name, theme::regular(13.0), colour, room);
    painter.galley(pos2(rect.left() + 34.0, middle(name.size().y)), name, colour);
    let left = rect.right() - detail.size().x - 12.0;
    painter.galley(pos2(left, middle(detail.size().y)), detail, quiet);
    response.clicked()
}

impl Offer {
    fn icon(&self) -> &'static str {
        use crate::derive::links::Linked;
        match self.choice {
            Choice::Command(_) => icons::CARET_RIGHT,
            Choice::View => icons::EYE,
            Choice::Record(Linked::Event(_)) => icons::MAP_PIN,
            Choice::Record(Linked::Article(_)) => icons::ARTICLE,
            Choice::Record(Linked::Note(_)) => icons::NOTE,
            Choice::Record(Linked::Claim(_)) => icons::QUOTES,
        }
    }
}
