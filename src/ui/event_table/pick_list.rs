//! The list of words under a cell that takes one of them: narrowed by typing, walked with Up and Down.

use egui::{Align2, CursorIcon, Rect, Sense, Ui, accesskit, vec2};

use crate::ui::{theme, widgets};

/// Rows that are shown before the list scrolls.
const LONGEST: usize = 9;
const ROW: f32 = 24.0;
const PADDING: f32 = 8.0;

/// An open list.
#[derive(Debug, Clone, Default)]
pub(super) struct PickList {
    items: Vec<String>,
    /// What was typed since the list was opened, in lower case.
    typed: Option<String>,
    /// Which of the shown words is marked.
    at: Option<usize>,
    /// Whether it was marked by hand, not by typing.
    walked: bool,
    /// Whether other words may be typed: then only a word that was walked to is taken.
    free: bool,
}

impl PickList {
    /// The list of these words, with the present one marked.
    pub fn new(items: Vec<String>, now: &str) -> Self {
        let at = items.iter().position(|item| !now.is_empty() && now.starts_with(item.trim_end()));
        Self { items, typed: None, at, walked: false, free: false }
    }

    /// The list of words that stand in the column, to be taken or not.
    pub fn of_values(items: Vec<String>, now: &str) -> Self {
        let at = items.iter().position(|item| item == now);
        Self { items, typed: None, at, walked: false, free: true }
    }

    /// Narrows the list to what was typed.
    pub fn narrow(&mut self, text: &str) {
        let text = text.trim().to_lowercase();
        self.at = (!text.is_empty() && !self.free).then_some(0);
        self.typed = Some(text);
        self.walked = false;
    }

    /// The words that are shown: those that begin with what was typed, then those that hold it.
    fn shown(&self) -> Vec<&str> {
        let typed = self.typed.as_deref().unwrap_or_default();
        let holding = || self.items.iter().map(String::as_str).filter(|item| item.to_lowercase().contains(typed));
        let begins = |item: &&str| item.to_lowercase().starts_with(typed);
        holding().filter(begins).chain(holding().filter(|item| !begins(item))).collect()
    }

    /// Marks the next or previous word.
    pub fn step(&mut self, by: isize) {
        let count = self.shown().len();
        if count == 0 {
            return;
        }
        let next = match self.at {
            Some(at) => at.saturating_add_signed(by).min(count - 1),
            None if by > 0 => 0,
            None => count - 1,
        };
        self.at = Some(next);
        self.walked = true;
    }

    /// What Enter takes: the marked word, or the text itself where no word fits.
    pub fn resolve(&self, text: &str) -> String {
        let shown = self.shown();
        let marked = self.at.and_then(|at| shown.get(at));
        let exact = self.items.iter().find(|item| item.to_lowercase() == text.trim().to_lowercase());
        match (marked, exact) {
            (Some(marked), _) if self.walked => (*marked).to_owned(),
            _ if self.free => text.to_owned(),
            (_, Some(exact)) => exact.clone(),
            (Some(marked), None) if self.typed.is_some() => (*marked).to_owned(),
            _ => text.to_owned(),
        }
    }

    /// Draws the list; gives back the word that was clicked.
    pub fn ui(&mut self, ui: &mut Ui, width: f32) -> Option<String> {
        let shown: Vec<String> = self.shown().iter().map(|item| (*item).to_owned()).collect();
        if shown.is_empty() {
            return None;
        }
        let mut clicked = None;
        let height = ROW * shown.len().min(LONGEST) as f32;
        egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (at, item) in shown.iter().enumerate() {
                let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::empty());
                if self.item(ui, rect, item, self.at == Some(at)) {
                    clicked = Some(item.clone());
                }
            }
        });
        clicked
    }

    fn item(&self, ui: &Ui, rect: Rect, item: &str, marked: bool) -> bool {
        let id = ui.scope_id().with(item);
        // Not focusable: the keyboard stays in the cell.
        let response = ui.interact(rect, id, Sense::CLICK).on_hover_cursor(CursorIcon::PointingHand);
        let tokens = theme::tokens(ui);
        if marked || response.hovered() {
            let fill = if marked { tokens.selection } else { tokens.button_hover };
            ui.painter().rect_filled(rect, 4.0, fill);
        }
        if marked && self.walked {
            response.scroll_to_me(None);
        }
        let shown = if item.ends_with(": ") { format!("{}…", item.trim_end_matches(": ")) } else { item.to_owned() };
        let at = rect.left_center() + vec2(PADDING, 0.0);
        ui.painter().text(at, Align2::LEFT_CENTER, widgets::with_marks(&shown), theme::regular(13.0), tokens.text);
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(accesskit::Role::ListBoxOption);
            node.set_label(shown);
            node.set_selected(marked);
            super::paint::set_bounds(node, rect);
        });
        response.clicked()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> PickList {
        PickList::new(["battle", "shelling", "air strike", "excluded: "].map(str::to_owned).to_vec(), "battle")
    }

    #[test]
    fn typing_narrows_and_enter_takes_the_marked_word() {
        let mut list = list();
        list.narrow("s");
        assert_eq!(list.shown(), ["shelling", "air strike"]);
        assert_eq!(list.resolve("s"), "shelling");
        list.step(1);
        assert_eq!(list.resolve("s"), "air strike");
        list.narrow("Battle");
        assert_eq!(list.resolve("Battle"), "battle");
    }

    #[test]
    fn a_text_that_no_word_fits_is_kept() {
        let mut list = list();
        list.narrow("excluded: twice");
        assert_eq!(list.resolve("excluded: twice"), "excluded: twice");
        list.narrow("");
        assert_eq!(list.resolve(""), "");
    }

    #[test]
    fn of_the_words_of_a_column_only_what_was_walked_to_is_taken() {
        let mut list = PickList::of_values(["Batken", "Osh"].map(str::to_owned).to_vec(), "Osh");
        assert_eq!(list.resolve("Osh"), "Osh");
        list.narrow("b");
        assert_eq!(list.shown(), ["Batken"]);
        assert_eq!(list.resolve("b"), "b", "another word may be typed");
        assert_eq!(list.resolve("osh"), "osh", "in another writing too");
        list.step(1);
        assert_eq!(list.resolve("b"), "Batken");
    }

    #[test]
    fn opened_on_a_value_it_keeps_it() {
        let mut list = list();
        assert_eq!(list.resolve("battle"), "battle");
        list.step(1);
        assert_eq!(list.resolve("battle"), "shelling");
    }
}
