//! Groups under the hand: the keys that fold and open them and walk from head to head, and the menu that groups.
//!
//! A head is no cell. Arrows between cells skip heads; Alt, Shift and an arrow take one to hand, and while one is at hand
//! arrows walk line by line, back to the cells too. Nothing is typed into a head.

use egui::{Button, Event as Input, Key, Modifiers, RichText, ScrollArea, Ui};

use super::EventTable;
use super::group_heads as heads;
use super::layout::TableLayout;
use super::lines::Line;
use super::rows::Rows;
use super::sheet::Sheet;
use crate::columns::Column;
use crate::columns::group::Group;
use crate::command::Command;
use crate::ui::View;
use crate::ui::theme::icons;
use crate::ui::widgets;

/// What becomes of a key.
enum Taken {
    Yes,
    /// It is for the cells.
    No,
}

impl EventTable {
    /// Takes the keys of groups out of the input.
    pub(super) fn outline_keys(&mut self, ui: &Ui, view: &View<'_>, rows: &mut Rows, columns: &[&'static Column]) {
        let id = self.grid.id;
        let here = self.grid.is_navigating() && self.grid.header.is_none() && ui.memory(|memory| memory.has_focus(id));
        self.settle_head(rows);
        if !here || rows.group().is_none() || !self.grid.pending.is_empty() {
            return;
        }
        let inputs = ui.input_mut(|input| std::mem::take(&mut input.events));
        let mut left = Vec::with_capacity(inputs.len());
        for input in inputs {
            match self.outline_key(&input, view, rows, columns) {
                Taken::Yes => ui.request_repaint(),
                Taken::No => left.push(input),
            }
        }
        ui.input_mut(|input| input.events = left);
        self.settle_head(rows);
    }

    /// The head at hand may be gone; what is said of it follows.
    fn settle_head(&mut self, rows: &Rows) {
        let head = self.grid.at_head.as_ref().and_then(|(name, _)| rows.head_named(name));
        self.grid.at_head = head.and_then(|head| {
            let name = rows.head(head)?.name.clone();
            Some((name, heads::spoken(rows, head)))
        });
    }

    fn outline_key(&mut self, input: &Input, view: &View<'_>, rows: &mut Rows, columns: &[&'static Column]) -> Taken {
        let at_hand = self.grid.at_head.as_ref().and_then(|(name, _)| rows.head_named(name));
        let (key, modifiers) = match input {
            Input::Key { key, pressed: true, modifiers, .. } => (*key, *modifiers),
            // Nothing is written into a head.
            Input::Text(_) | Input::Paste(_) | Input::Cut | Input::Copy | Input::Ime(_) if at_hand.is_some() => {
                return Taken::Yes;
            }
            _ => return Taken::No,
        };
        let Modifiers { alt, shift, command, .. } = modifiers;
        let outline = alt && shift && !command;
        let plain = at_hand.is_some() && !alt && !shift && !command;
        let own = at_hand.or_else(|| {
            let active = self.grid.active()?;
            rows.lines().head_of(rows.find(view.derived.columnar(), active.event)?)
        });
        match (key, own) {
            (Key::ArrowLeft, Some(head)) if outline || plain => self.fold(rows, view, head, true),
            (Key::ArrowRight, Some(head)) if outline || plain => self.fold(rows, view, head, false),
            (Key::Enter | Key::Space, Some(head)) if plain => {
                let folded = rows.is_folded(head);
                self.fold(rows, view, head, !folded);
            }
            (Key::ArrowUp, Some(head)) if outline => {
                let up = if at_hand.is_some() { head.saturating_sub(1) } else { head };
                self.take_head(rows, up);
            }
            (Key::ArrowDown, Some(head)) if outline => self.take_head(rows, head + 1),
            (Key::ArrowUp | Key::ArrowDown, None) if outline => self.take_head(rows, 0),
            (Key::ArrowUp, Some(head)) if plain => {
                let line = rows.lines().of_head(head).and_then(|line| line.checked_sub(1));
                self.walk(rows, line, view, columns);
            }
            (Key::ArrowDown, Some(head)) if plain => {
                let line = rows.lines().of_head(head).map(|line| line + 1);
                self.walk(rows, line, view, columns);
            }
            (Key::Escape, _) if plain => self.grid.at_head = None,
            (Key::Delete | Key::Backspace | Key::F2, _) if plain => {}
            _ => {
                // Another movement leads back to the cells.
                let moves = !matches!(key, Key::F6) && at_hand.is_some() && !alt;
                if moves {
                    self.grid.at_head = None;
                }
                return Taken::No;
            }
        }
        Taken::Yes
    }

    fn walk(&mut self, rows: &Rows, line: Option<usize>, view: &View<'_>, columns: &[&'static Column]) {
        match line.and_then(|line| rows.lines().at(line)) {
            Some(Line::Head(head)) => self.take_head(rows, head),
            Some(Line::Row(row)) => {
                let sheet = Sheet { view: *view, rows, columns };
                let column = self.grid.active().and_then(|cell| sheet.column(cell.column)).unwrap_or(0);
                self.grid.at_head = None;
                self.grid.select(&sheet, (row, column));
            }
            None => {}
        }
    }

    fn take_head(&mut self, rows: &Rows, head: usize) {
        if let Some(found) = rows.head(head) {
            self.grid.at_head = Some((found.name.clone(), heads::spoken(rows, head)));
            self.grid.header = None;
            self.grid.scroll = true;
        }
    }

    /// Folds a group or opens it, and takes its head to hand.
    pub(super) fn fold(&mut self, rows: &mut Rows, view: &View<'_>, head: usize, folded: bool) {
        rows.set_folded(head, folded);
        rows.refresh(view);
        self.take_head(rows, head);
    }

    /// Groups the rows by the column of the active cell; by none where they are grouped so already.
    pub fn group_by_active(&mut self) {
        let column = self.grid.active().and_then(|cell| self.layout.column(cell.column));
        let group = column.and_then(Group::by);
        let same = group.as_ref().map(|group| &group.column) == self.rows.group().map(|group| &group.column);
        self.rows.set_group(if same { None } else { group });
        self.grid.scroll = true;
    }

    /// Groups the rows by this, or by nothing.
    pub fn group_by(&mut self, group: Option<Group>) {
        self.rows.set_group(group);
        self.grid.scroll = true;
    }

    /// Folds all groups, or opens all.
    pub fn fold_all(&mut self, folded: bool) {
        self.rows.fold_all(folded);
        self.grid.scroll = true;
    }
}

/// By what the rows are grouped.
pub(super) fn menu(ui: &mut Ui, rows: &mut Rows, layout: &TableLayout) -> bool {
    let mut chosen = false;
    let now = rows.group().cloned();
    let title = now.as_ref().map_or_else(|| "Group".to_owned(), |group| format!("Grouped: {}", group.title()));
    ui.menu_button(title, |ui| {
        ui.set_min_width(190.0);
        let mut offer = |ui: &mut Ui, group: Option<Group>, text: &str| {
            if ui.radio(now == group, text).clicked() {
                rows.set_group(group);
                chosen = true;
                ui.close();
            }
        };
        let grouped = now.is_some();
        let mut fold = None;
        for (icon, command, folded) in
            [(icons::CARET_RIGHT, Command::FoldGroups, true), (icons::CARET_DOWN, Command::UnfoldGroups, false)]
        {
            let entry = command.entry();
            let text = (RichText::new(icon).size(widgets::ICON), entry.label);
            let button = Button::new(text).shortcut_text(entry.key_text());
            if ui.add_enabled(grouped, button).clicked() {
                fold = Some(folded);
                ui.close();
            }
        }
        ui.separator();
        offer(ui, None, "No grouping");
        // Many columns are more than a low window is tall.
        let room = ui.ctx().content_rect().height() * 0.6;
        ScrollArea::vertical().max_height(room).show(ui, |ui| {
            for column in layout.known().filter(|column| Group::offered(column)) {
                let units = Group::by_units(column);
                if units.is_empty() {
                    offer(ui, Group::by(column), column.name);
                }
                for group in units {
                    let text = group.title();
                    offer(ui, Some(group), &text);
                }
            }
        });
        if let Some(folded) = fold {
            rows.fold_all(folded);
            chosen = true;
        }
    });
    chosen
}
