//! The keys of the bar: Enter confirms and makes, Tab goes through what waits first, digits choose the event.

use egui::{Event, Id, Key, Ui};
use jiff::Span;

use super::draft::{Field, Goal};
use super::fields::id_of;
use super::{ClaimBar, Place, Wish};
use crate::model::EventDate;
use crate::ui::{View, widgets};

/// What became of an event of the input.
enum Taken {
    /// It is left to the fields.
    No,
    /// It is done with.
    Yes,
    /// It is done with, and what follows must wait for the next frame.
    Last,
    /// It begins a new quantity.
    Write(String),
}

impl ClaimBar {
    /// Takes keys out of the input before the fields see them.
    pub(super) fn keys(&mut self, ui: &Ui, view: &View<'_>, later: &mut Vec<Event>) {
        let Some(focused) = self.fields.focused(ui) else { return };
        if egui::Popup::is_any_open(ui.ctx()) {
            return;
        }
        let writing = egui::TextEdit::load_state(ui.ctx(), focused).is_some();
        let mut events = ui.input_mut(|input| std::mem::take(&mut input.events)).into_iter();
        let mut rest = Vec::new();
        let mut writes = writing;
        while let Some(event) = events.next() {
            match self.key(view, &event, focused, writes) {
                Taken::No => rest.push(event),
                Taken::Yes => {}
                // Whatever follows belongs to what has the keyboard then.
                Taken::Last => {
                    later.extend(events.by_ref());
                }
                Taken::Write(text) => {
                    self.draft.quantity = text;
                    self.changed(view, Field::Quantity);
                    let id = id_of(Field::Quantity.label());
                    widgets::put_caret(ui, id, self.draft.quantity.chars().count());
                    ui.memory_mut(|memory| memory.request_focus(id));
                    writes = true;
                }
            }
        }
        if !later.is_empty() {
            ui.ctx().request_repaint();
        }
        ui.input_mut(|input| input.events = rest);
    }

    fn key(&mut self, view: &View<'_>, event: &Event, focused: Id, writing: bool) -> Taken {
        let field = self.fields.field_of(focused);
        match event {
            Event::Key { key, pressed: true, modifiers, repeat, .. } => match key {
                // A key that is held down confirms nothing.
                Key::Enter if *repeat => Taken::Yes,
                Key::Enter => self.enter(view, focused, field),
                Key::Escape => {
                    if !self.fields.close() {
                        self.wish = Wish::Close;
                    }
                    Taken::Yes
                }
                Key::Tab => {
                    self.tab(view, focused, field, modifiers.shift);
                    Taken::Last
                }
                Key::M if modifiers.alt => {
                    self.more = !self.more;
                    self.twin = Some("m".to_owned());
                    Taken::Yes
                }
                Key::ArrowDown | Key::ArrowUp => self.arrow(view, focused, field, *key == Key::ArrowDown),
                Key::S if !writing && modifiers.is_none() && self.takes_digits(field) => match self.same {
                    Some(id) => {
                        self.choose(view, Goal::Same(id));
                        self.twin = Some("s".to_owned());
                        Taken::Yes
                    }
                    None => Taken::No,
                },
                _ if modifiers.alt || (!writing && modifiers.is_none()) => match number_of(*key) {
                    Some(n) if self.choose_number(view, field, n) => {
                        self.twin = Some(n.to_string());
                        Taken::Yes
                    }
                    _ => Taken::No,
                },
                _ => Taken::No,
            },
            // The letter or digit of a key that was taken comes behind it as text and is no part of a value.
            Event::Text(text)
                if self.twin.take().is_some_and(|twin| text.eq_ignore_ascii_case(&twin) || *text == "µ") =>
            {
                Taken::Yes
            }
            Event::Text(text) if !writing => self.text(view, field, text),
            _ => Taken::No,
        }
    }

    fn enter(&mut self, view: &View<'_>, focused: Id, field: Option<Field>) -> Taken {
        if self.fields.take_chosen() {
            return Taken::Yes;
        }
        // Cancel and More do what they say.
        if self.buttons.contains(&focused) {
            return Taken::No;
        }
        match field.filter(|field| self.draft.waiting().contains(field)) {
            Some(field) => {
                self.draft.guesses.settle(field);
                self.after_confirming(view);
            }
            None => self.wish = Wish::Accept,
        }
        Taken::Last
    }

    /// Goes on to the next guess; without one, makes what the person asked for before, or waits for Enter.
    pub(super) fn after_confirming(&mut self, view: &View<'_>) {
        self.mistake = None;
        self.look_around(view);
        match self.draft.waiting().first() {
            Some(next) => self.go_to_field(*next),
            None if self.pending => self.wish = Wish::Accept,
            None => self.go_to = Some(Place::Add),
        }
    }

    /// Confirms a guess and goes to the next; without one, to the field beside it.
    fn tab(&mut self, view: &View<'_>, focused: Id, field: Option<Field>, back: bool) {
        self.pending = false;
        self.fields.take_chosen();
        self.fields.close();
        if !back {
            if let Some(field) = field.filter(|field| self.draft.waiting().contains(field)) {
                self.draft.guesses.settle(field);
                self.look_around(view);
            }
            if let Some(next) = self.draft.waiting().first() {
                self.go_to_field(*next);
                return;
            }
        }
        self.go_to = self.fields.beside(Some(focused), back).map(Place::Widget);
    }

    /// Up and Down: a completion, another event, or a day later or earlier.
    fn arrow(&mut self, view: &View<'_>, focused: Id, field: Option<Field>, down: bool) -> Taken {
        match field {
            Some(Field::Event) => {
                let rows = self.goal_rows(view);
                let at = rows.iter().position(|(_, goal, _)| *goal == self.draft.goal).unwrap_or(0);
                let next = if down { at + 1 } else { at.saturating_sub(1) };
                if let Some((_, goal, _)) = rows.get(next) {
                    self.choose(view, *goal);
                }
                Taken::Yes
            }
            Some(field @ (Field::When | Field::Reported | Field::Since)) => {
                let text = match field {
                    Field::When => &mut self.draft.when,
                    Field::Reported => &mut self.draft.reported,
                    _ => &mut self.draft.since,
                };
                if let Some(day) = shifted(text, if down { -1 } else { 1 }) {
                    *text = day;
                    self.changed(view, field);
                }
                Taken::Yes
            }
            Some(
                Field::Class | Field::Speaker | Field::Via | Field::Group | Field::Place | Field::SideA | Field::SideB,
            ) => {
                self.fields.arrow(focused, down);
                Taken::Yes
            }
            _ => Taken::No,
        }
    }

    fn takes_digits(&self, field: Option<Field>) -> bool {
        matches!(field, None | Some(Field::Event))
    }

    /// Chooses by number: a base claim while the keyboard is on its list, else the event; 0 is the new one. Says whether
    /// there is one.
    fn choose_number(&mut self, view: &View<'_>, field: Option<Field>, n: usize) -> bool {
        if field == Some(Field::Base) {
            let base = n.checked_sub(1).and_then(|n| self.bases.get(n)).map(|(id, _)| *id);
            if base.is_some() {
                self.draft.base = base;
                self.changed(view, Field::Base);
            }
            return base.is_some();
        }
        let goal = match n {
            0 => Some(Goal::New),
            n => self.events.get(n - 1).map(|similar| Goal::Event(similar.event)),
        };
        if let Some(goal) = goal {
            self.choose(view, goal);
        }
        goal.is_some()
    }

    /// Text where nothing is being written: a number of an event, the letter of a choice, or a new quantity.
    fn text(&mut self, view: &View<'_>, field: Option<Field>, text: &str) -> Taken {
        let number = text.parse::<usize>().ok();
        if number.is_some_and(|n| self.choose_number(view, field, n)) || text.trim().is_empty() {
            return Taken::Yes;
        }
        if text.eq_ignore_ascii_case("s")
            && self.takes_digits(field)
            && let Some(id) = self.same
        {
            self.choose(view, Goal::Same(id));
            return Taken::Yes;
        }
        if !self.takes_digits(field) {
            self.fields.letter = Some(text.to_owned());
            return Taken::Yes;
        }
        if self.draft.making == super::Making::Event {
            return Taken::Yes;
        }
        Taken::Write(text.to_owned())
    }
}

/// A day moved by so many days. `None` where the text is no single day.
fn shifted(text: &str, days: i64) -> Option<String> {
    let date = EventDate::parse(text.trim()).ok().filter(|date| date.days() == Some(1))?;
    let day = date.earliest()?.checked_add(Span::new().days(days)).ok()?;
    Some(EventDate::day(day).to_string())
}

fn number_of(key: Key) -> Option<usize> {
    const DIGITS: [Key; 10] =
        [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    DIGITS.iter().position(|digit| *digit == key)
}
