//! What the reader does with the search in its text, with its text size, and with claims that lie over each other.

use egui::{Context, Key, Modifiers, Ui};

use super::document::Document;
use super::find::Asked;
use super::marks::Mark;
use super::page::Setter;
use super::selection::Selection;
use super::{Reader, focus_id};
use crate::model::Article;
use crate::ui::Desk;

/// Smallest, largest and usual size of the text in points.
pub const SIZES: std::ops::RangeInclusive<f32> = 13.0..=22.0;
const USUAL: f32 = 15.0;
/// How far a pinch has to come for one point, in powers of e: one notch of a wheel.
const NOTCH: f32 = 0.1;

impl Reader {
    /// Opens the search in the text.
    pub fn find(&mut self) {
        self.find.start("", self.selection.range().start);
    }

    /// The size of the text in points.
    pub(super) fn text_size(&self) -> f32 {
        if self.size > 0.0 { self.size } else { USUAL }
    }

    /// Sets the size of the text in points, within the sizes that can be read.
    pub fn set_text_size(&mut self, size: f32) {
        self.size = size.clamp(*SIZES.start(), *SIZES.end());
    }

    /// Whether the pointer is over the text, so that a pinch or Ctrl with the wheel is meant for it.
    pub fn is_under_pointer(&self, ctx: &Context) -> bool {
        let pointer = ctx.input(|input| input.pointer.latest_pos());
        self.open.is_some() && self.area.zip(pointer).is_some_and(|(area, pos)| area.contains(pos))
    }

    /// Takes a pinch by a factor; returns by how many points the text is to grow.
    pub fn pinch(&mut self, by: f32) -> f32 {
        self.pinched += by.ln();
        if self.pinched.abs() < NOTCH {
            return 0.0;
        }
        std::mem::take(&mut self.pinched).signum()
    }

    /// Ctrl+F, F3 and Shift+F3 while the text has the keyboard; says whether the key was one of them.
    pub(super) fn find_key(&mut self, key: Key, modifiers: Modifiers, document: &Document) -> bool {
        match key {
            Key::F if modifiers.command_only() => {
                let range = self.selection.range();
                self.find.start(document.slice(range.clone()), range.start);
                self.found = Some(Asked::Typed);
            }
            Key::F3 if self.find.has_words() && modifiers.is_none() => self.found = Some(Asked::Next),
            Key::F3 if self.find.has_words() && modifiers.shift_only() => self.found = Some(Asked::Previous),
            _ => return false,
        }
        true
    }

    /// Draws the search bar and brings the search forward.
    pub(super) fn find_bar(&mut self, ui: &mut Ui, article: &Article, document: &Document) {
        if !self.find.open && self.found.is_none() {
            return;
        }
        if !self.find.advance(article.id, document.text()) {
            ui.ctx().request_repaint();
        }
        if self.find.open {
            ui.add_space(4.0);
            if let Some(asked) = self.find.ui(ui) {
                self.found = Some(asked);
                if asked == Asked::Typed {
                    // What was typed is searched in the next frame.
                    ui.ctx().request_repaint();
                    self.typed_now = true;
                }
            }
            ui.add_space(4.0);
        }
    }

    /// Goes where the search was asked to go.
    pub(super) fn go_to_found(&mut self, ui: &Ui, document: &Document, setter: &Setter) {
        if std::mem::take(&mut self.typed_now) {
            return;
        }
        let range = self.selection.range();
        let place = match self.found {
            None => return,
            Some(Asked::Close) => {
                (self.find.open, self.found) = (false, None);
                ui.memory_mut(|memory| memory.request_focus(focus_id()));
                return;
            }
            Some(Asked::Next) => self.find.step(range.end.max(range.start + 1), true),
            Some(Asked::Previous) => self.find.step(range.start, false),
            Some(Asked::Typed) => self.find.step(self.find.from, true),
        };
        if place.is_none() && !self.find.done {
            return;
        }
        if self.found == Some(Asked::Typed) && place.is_none() && !range.is_empty() {
            self.selection = Selection::caret(self.find.from.min(document.length()));
        }
        self.found = None;
        if let Some(place) = place {
            self.selection = Selection::of(place);
            self.show_well(ui, document, setter);
        }
    }

    /// The claim that is meant at the caret: the shortest, or the one that O turned to.
    pub(super) fn mark_at_caret(&self) -> Option<&Mark> {
        let head = self.selection.head;
        let turned = self.turned.filter(|(place, _)| *place == head).map_or(0, |(_, n)| n);
        let over = self.marks.over(head);
        over.get(turned % over.len().max(1)).copied()
    }

    /// Turns to the next of the claims at the caret.
    pub(super) fn turn(&mut self, desk: &mut Desk) {
        let head = self.selection.head;
        let over = self.marks.over(head);
        let Some(last) = over.len().checked_sub(1) else {
            self.walk.notice = Some("No claim quotes the words at the caret".into());
            return;
        };
        let n = match self.turned {
            Some((place, n)) if place == head && n < last => n + 1,
            Some((place, _)) if place == head => 0,
            // The first press shows which one Enter would go to.
            _ => usize::from(last > 0 && desk.claim == Some(over[0].claim)),
        };
        desk.claim = Some(over[n].claim);
        self.walk.notice = Some(format!("{} of {} here: {}", n + 1, over.len(), over[n].label));
        self.turned = Some((head, n));
    }
}
