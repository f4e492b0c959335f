//! What Dateline says in passing: one toast at the bottom at a time, and the list of all that was said.
//! It knows no project; who says something decides what.

use std::collections::VecDeque;

use egui::accesskit::{Live, Role};
use egui::{
    Align, Align2, Area, Context, Frame, Id, Label, Layout, Margin, Order, RichText, ScrollArea, Ui, Vec2, vec2,
};

use super::sheet::sheet;
use super::theme::{self, icons};
use super::widgets::{self, ICON};
use super::{Action, Actions, View};
use crate::command::Command;
use crate::model::Moment;

/// Seconds that a toast stays.
const STAYS: f64 = 6.0;
/// Messages that are kept in the list.
const KEPT: usize = 500;
/// Widest text of a toast in points.
const WIDEST: f32 = 460.0;
/// Size of the list of messages in points, where the window has room for it.
const SIZE: Vec2 = vec2(640.0, 420.0);

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    /// The result of what somebody did.
    Result,
    /// Something did not work. It stays until it is closed.
    Trouble,
}

/// One message.
#[derive(Debug, Clone)]
struct Message {
    text: String,
    tone: Tone,
    /// When it was first shown, in UTC.
    when: Option<Moment>,
}

/// What is shown now.
#[derive(Debug, Clone)]
struct Toast {
    text: String,
    tone: Tone,
    /// Whether it offers to take the change back.
    undo: bool,
    /// The snapshot that it speaks of: another one can no longer be undone by it.
    revision: Option<u64>,
    /// When it goes, in seconds of the window's clock.
    until: Option<f64>,
}

/// Toasts and the list of messages.
#[derive(Debug, Default)]
pub struct Toasts {
    now: Option<Toast>,
    waiting: VecDeque<Toast>,
    log: VecDeque<Message>,
    listed: bool,
}

impl Toasts {
    /// Says the result of an act; `undo` offers to take it back.
    pub fn say(&mut self, text: impl Into<String>, undo: bool) {
        self.add(text.into(), Tone::Result, undo);
    }

    /// Says what failed and what to do. It stays until it is closed.
    pub fn complain(&mut self, text: impl Into<String>) {
        self.add(text.into(), Tone::Trouble, false);
    }

    /// Shows the list of everything that was said.
    pub fn open_log(&mut self) {
        self.listed = true;
    }

    /// The newest message, whether it is still shown or not.
    pub fn latest(&self) -> Option<&str> {
        self.log.back().map(|message| message.text.as_str())
    }

    fn add(&mut self, text: String, tone: Tone, undo: bool) {
        self.log.push_back(Message { text: text.clone(), tone, when: None });
        if self.log.len() > KEPT {
            self.log.pop_front();
        }
        let toast = Toast { text, tone, undo, revision: None, until: None };
        match &self.now {
            // An error is not covered by anything; a result that waits gives way to a newer one.
            Some(shown) if shown.tone == Tone::Trouble => {
                if shown.text == toast.text || self.waiting.iter().any(|other| other.text == toast.text) {
                    return;
                }
                if tone == Tone::Result {
                    self.waiting.retain(|other| other.tone == Tone::Trouble);
                }
                self.waiting.push_back(toast);
            }
            _ => self.now = Some(toast),
        }
    }

    /// Draws the toast, and the list while it is open.
    pub fn ui(&mut self, ctx: &Context, view: &View<'_>, actions: &mut Actions) {
        self.log.iter_mut().rev().take_while(|message| message.when.is_none()).for_each(|m| m.when = Some(view.now));
        let time = ctx.input(|input| input.time);
        if self.now.as_ref().is_some_and(|toast| toast.until.is_some_and(|until| time >= until)) {
            self.now = None;
        }
        if self.now.is_none() {
            self.now = self.waiting.pop_front();
        }
        if let Some(toast) = &mut self.now {
            let revision = *toast.revision.get_or_insert(view.revision);
            let until =
                *toast.until.get_or_insert(if toast.tone == Tone::Result { time + STAYS } else { f64::INFINITY });
            let undo = toast.undo && revision == view.revision;
            let said = show(ctx, toast, undo);
            if until.is_finite() {
                if said.hovered {
                    toast.until = Some(time + STAYS);
                }
                ctx.request_repaint_after(std::time::Duration::from_secs_f64((until - time).clamp(0.05, STAYS)));
            }
            if said.undo {
                actions.push(Action::Run(Command::Undo));
            }
            if said.closed || said.undo {
                self.now = None;
                ctx.request_repaint();
            }
        }
        let mut listed = self.listed;
        sheet(ctx, "messages", "Messages", SIZE, &mut listed, |ui| self.list(ui));
        self.listed = listed;
    }

    fn list(&self, ui: &mut Ui) {
        if self.log.is_empty() {
            widgets::muted(ui, "Nothing was said since Dateline was started");
            return;
        }
        ScrollArea::vertical().id_salt("messages list").auto_shrink(false).show(ui, |ui| {
            for message in self.log.iter().rev() {
                ui.horizontal_top(|ui| {
                    let tokens = theme::tokens(ui);
                    let (icon, colour) = look(message.tone, tokens);
                    ui.add(Label::new(RichText::new(icon).size(ICON).color(colour)));
                    let when = message.when.map(time_of).unwrap_or_default();
                    widgets::muted(ui, when);
                    ui.add(Label::new(RichText::new(&message.text).color(tokens.text)).wrap().selectable(true));
                });
                ui.separator();
            }
        });
    }
}

/// The time of day to the second, as a list of messages shows it.
fn time_of(moment: Moment) -> String {
    let text = |time: jiff::civil::Time| format!("{:02}:{:02}:{:02} UTC", time.hour(), time.minute(), time.second());
    moment.time().map(text).unwrap_or_default()
}

fn look(tone: Tone, tokens: &theme::Tokens) -> (&'static str, egui::Color32) {
    match tone {
        Tone::Result => (icons::INFO, tokens.info.text),
        Tone::Trouble => (icons::WARNING_CIRCLE, tokens.error.text),
    }
}

/// What was done with a toast in this frame.
struct Said {
    hovered: bool,
    undo: bool,
    closed: bool,
}

fn show(ctx: &Context, toast: &Toast, undo: bool) -> Said {
    let area = Area::new(Id::unique("toast"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -40.0))
        .fade_in(false);
    let mut said = Said { hovered: false, undo: false, closed: false };
    let shown = area.show(ctx, |ui| {
        let frame = Frame::popup(ui.style()).inner_margin(Margin { left: 14, right: 8, top: 6, bottom: 6 });
        frame.show(ui, |ui| {
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| row(ui, toast, undo, &mut said));
        });
    });
    said.hovered = shown.response.contains_pointer();
    said
}

fn row(ui: &mut Ui, toast: &Toast, undo: bool, said: &mut Said) {
    let tokens = theme::tokens(ui);
    let (icon, colour) = look(toast.tone, tokens);
    ui.add(Label::new(RichText::new(icon).size(ICON).color(colour)));
    let widest = WIDEST.min(ui.ctx().viewport_rect().width() - 220.0);
    let text = RichText::new(&toast.text).color(tokens.text);
    let label = ui.scope(|ui| {
        ui.set_max_width(widest);
        ui.add(Label::new(text).wrap())
    });
    ui.ctx().accesskit_node_builder(label.inner.id, |node| {
        let (role, live) = match toast.tone {
            Tone::Result => (Role::Status, Live::Polite),
            Tone::Trouble => (Role::Alert, Live::Assertive),
        };
        node.set_role(role);
        node.set_live(live);
        node.set_label(toast.text.as_str());
    });
    if undo {
        said.undo = ui.button("Undo").accessible_name("Undo this").clicked();
    }
    said.closed = widgets::icon_button(ui, icons::X, "Close message").clicked();
}
