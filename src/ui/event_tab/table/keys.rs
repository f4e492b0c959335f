//! The keys of the table of claims, and those of pointing at another claim.

use egui::{Event as Input, Key, Modifiers, Pos2, Ui};

use super::{ClaimsTable, Shown, Wish};
use crate::model::ClaimId;

impl ClaimsTable {
    pub(super) fn keys(
        &mut self,
        ui: &Ui,
        shown: &Shown<'_>,
        order: &[ClaimId],
        current: &mut ClaimId,
        wishes: &mut Vec<Wish>,
    ) {
        if !ui.memory(|memory| memory.has_focus(Self::id())) {
            return;
        }
        let inputs = ui.input_mut(|input| std::mem::take(&mut input.events));
        let mut left = Vec::with_capacity(inputs.len());
        for input in inputs {
            let taken = match &input {
                Input::Key { key, pressed: true, modifiers, .. } if self.pointing.is_some() => {
                    self.pointing_key(*key, *modifiers, shown, order, wishes)
                }
                Input::Key { key, pressed: true, modifiers, .. } if self.title.is_some() => {
                    self.title_key(ui, (*key, *modifiers), shown)
                }
                Input::Key { key, pressed: true, modifiers, .. } => self.key(*key, *modifiers, order, current, wishes),
                // The blank of the key that sets aside is no text of the reason.
                Input::Text(text) => text == " ",
                _ => false,
            };
            if !taken {
                left.push(input);
            }
        }
        ui.input_mut(|input| input.events = left);
    }

    fn key(
        &mut self,
        key: Key,
        modifiers: Modifiers,
        order: &[ClaimId],
        current: &mut ClaimId,
        wishes: &mut Vec<Wish>,
    ) -> bool {
        let at = order.iter().position(|id| id == current).unwrap_or(0);
        let to = match key {
            Key::ArrowUp if at == 0 && !modifiers.any() => {
                self.focus_titles();
                return true;
            }
            Key::ArrowUp => at.saturating_sub(1),
            Key::ArrowDown => (at + 1).min(order.len().saturating_sub(1)),
            Key::Home => 0,
            Key::End => order.len().saturating_sub(1),
            _ => return self.other_key(key, modifiers, order, *current, wishes),
        };
        if modifiers.command || modifiers.alt {
            return false;
        }
        if modifiers.shift {
            let between = order.get(at.min(to)..=at.max(to)).unwrap_or_default();
            let growing = order.get(to).is_none_or(|id| !self.chosen.contains(id));
            if growing {
                let new: Vec<ClaimId> = between.iter().filter(|id| !self.chosen.contains(id)).copied().collect();
                self.chosen.extend(new);
            } else {
                // Back over what was taken: it is let go.
                self.chosen.retain(|id| id != current);
            }
        } else {
            self.chosen.clear();
        }
        if let Some(id) = order.get(to) {
            *current = *id;
        }
        self.scroll = true;
        true
    }

    fn other_key(
        &mut self,
        key: Key,
        modifiers: Modifiers,
        order: &[ClaimId],
        current: ClaimId,
        wishes: &mut Vec<Wish>,
    ) -> bool {
        let taken = || {
            let all = order.iter().filter(|id| **id == current || self.chosen.contains(id));
            all.copied().collect::<Vec<_>>()
        };
        match key {
            Key::A if modifiers.command && !modifiers.shift => self.chosen = order.to_vec(),
            Key::F10 if modifiers.shift => self.menu = Some((current, Pos2::ZERO)),
            _ if modifiers.any() => return false,
            Key::Enter => wishes.push(Wish::Quote(current)),
            Key::F2 => wishes.push(Wish::Form(current)),
            Key::Space => wishes.push(Wish::Aside(taken())),
            Key::Delete => wishes.push(Wish::Delete(taken())),
            Key::Escape if !self.chosen.is_empty() => self.chosen.clear(),
            _ => return false,
        }
        true
    }

    fn pointing_key(
        &mut self,
        key: Key,
        modifiers: Modifiers,
        shown: &Shown<'_>,
        order: &[ClaimId],
        wishes: &mut Vec<Wish>,
    ) -> bool {
        let Some(pointing) = &mut self.pointing else { return false };
        if modifiers.any() {
            return false;
        }
        let at = pointing.at.and_then(|id| order.iter().position(|other| *other == id)).unwrap_or(0);
        let by = match key {
            Key::ArrowUp => -1,
            Key::ArrowDown => 1,
            Key::Escape => {
                self.pointing = None;
                return true;
            }
            Key::Enter => {
                if let Some(other) = pointing.at {
                    self.point_at(shown, other, wishes);
                }
                return true;
            }
            _ => return false,
        };
        let mut to = at.saturating_add_signed(by).min(order.len().saturating_sub(1));
        if order.get(to) == Some(&pointing.claim) {
            to = to.saturating_add_signed(by).min(order.len().saturating_sub(1));
        }
        if let Some(id) = order.get(to).filter(|id| **id != pointing.claim) {
            pointing.at = Some(*id);
            pointing.refused = None;
            self.scroll = true;
        }
        true
    }
}
