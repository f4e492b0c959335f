//! The claim bar: a claim is written below the line whose words it quotes, and Enter makes it.
//!
//! It is drawn by the reader where the reader wants it. It changes nothing itself: the finished claim goes out as one
//! edit.

mod cells;
mod draft;
mod fields;
mod similar;

use std::collections::BTreeSet;
use std::ops::Range;

use egui::{Event, Frame, Id, Key, Label, Margin, Modifiers, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::edit::Edit;
use crate::model::{
    Article, BaseClass, Class, EventDate, EventId, InformationGrade, Measure, Party, Reading, Stance, Text,
};

use super::theme::{self, icons};
use super::{Action, Actions, Desk, View, widgets};
use cells::{NARROW, cells, goal_cell, paint_main_button};
use draft::{Draft, Field, Goal, Mistake};
use fields::{Fields, id_of};

/// What became of the bar in a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is still open.
    Open,
    /// It was closed without a claim.
    Closed,
    /// The claim was handed in.
    Made,
}

/// A claim that is being written.
#[derive(Debug)]
pub struct ClaimBar {
    article: Article,
    draft: Draft,
    fields: Fields,
    speakers: Vec<Text>,
    classes: Vec<Text>,
    places: Vec<Text>,
    measures: Vec<(Measure, String)>,
    events: Vec<EventId>,
    /// For which date and place the events were looked up.
    asked: (String, String),
    mistake: Option<Mistake>,
    more: bool,
    /// Buttons that keep Enter for themselves.
    buttons: [Id; 2],
    /// How high it was when drawn last.
    height: f32,
    frames: u8,
    asked_to: Asked,
    /// A digit that chose an event and comes again as text.
    twin: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Nothing,
    Accept,
    Close,
}

impl ClaimBar {
    /// Opens for selected words. `None` where no word is selected.
    pub fn open(
        view: &View<'_>,
        article: &Article,
        range: Range<usize>,
        measure: Measure,
        current: Option<EventId>,
    ) -> Option<Self> {
        let claims = view.project.claims.iter();
        let speakers: BTreeSet<Text> = claims
            .flat_map(|claim| [claim.speaker.clone(), claim.via.clone()])
            .filter(|name| !name.is_empty())
            .collect();
        let speakers: Vec<Text> = speakers.into_iter().collect();
        let draft = Draft::from_words(view.project, article, range, measure, &speakers)?;
        let groups = view.project.about.codebook.groups.iter();
        let classes = BaseClass::ALL.iter().map(|base| Class::Base(*base)).chain(groups.cloned());
        let mut bar = Self {
            article: article.clone(),
            fields: Fields::default(),
            speakers,
            classes: classes.map(|class| class.to_string().into()).collect(),
            places: similar::places(view.project),
            measures: view.project.measures().map(|measure| (measure.clone(), measure.title())).collect(),
            events: Vec::new(),
            asked: (draft.when.clone(), draft.place.clone()),
            mistake: None,
            more: false,
            buttons: [Id::NULL; 2],
            height: 236.0,
            frames: 0,
            asked_to: Asked::Nothing,
            twin: None,
            draft,
        };
        bar.look_up(view, current);
        Some(bar)
    }

    /// The words that it quotes.
    pub fn range(&self) -> Range<usize> {
        self.draft.range.clone()
    }

    /// Whether it was opened just now, so that its height may still change.
    pub fn is_fresh(&self) -> bool {
        self.frames < 3
    }

    /// The height that it needs.
    pub fn height(&self) -> f32 {
        self.height
    }

    fn look_up(&mut self, view: &View<'_>, current: Option<EventId>) {
        let when: Option<EventDate> = self.draft.read_when(view.today).ok().flatten();
        self.events = similar::events(view, self.article.id, when, &self.draft.place, current);
        if let Goal::Event(id) = self.draft.goal
            && !self.events.contains(&id)
        {
            self.draft.goal = Goal::New;
        }
    }

    /// Draws it. Events that came too early for this frame are put into `later`.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        desk: &mut Desk,
        actions: &mut Actions,
        later: &mut Vec<Event>,
    ) -> Outcome {
        self.asked_to = Asked::Nothing;
        self.keys(ui, later);
        let tokens = theme::tokens(ui);
        let hue = tokens.measure(self.draft.measure.key());
        let frame = Frame::new()
            .fill(tokens.raised)
            .stroke(Stroke::new(tokens.border_width, tokens.border))
            .corner_radius(6)
            .inner_margin(Margin { left: 14, right: 10, top: 8, bottom: 8 })
            .outer_margin(Margin::symmetric(0, 6));
        self.fields.begin();
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            self.contents(ui, view);
        });
        self.fields.end();
        let rect = shown.response.rect.shrink2(vec2(0.0, 6.0));
        let edge = egui::Rect::from_min_max(rect.min, egui::pos2(rect.left() + 4.0, rect.bottom()));
        ui.painter().rect_filled(edge.shrink2(vec2(0.5, 6.0)), 2.0, hue.underline);
        let height = shown.response.rect.height();
        if (height - self.height).abs() > 0.5 {
            self.height = height;
            ui.ctx().request_repaint();
        }
        if self.is_fresh() {
            self.frames += 1;
            ui.ctx().request_repaint();
        }
        if self.frames == 1 {
            self.focus_first(ui, view);
        }
        let asked = (self.draft.when.clone(), self.draft.place.clone());
        if asked != self.asked {
            self.asked = asked;
            self.look_up(view, desk.event);
        }
        match self.asked_to {
            Asked::Nothing => Outcome::Open,
            Asked::Close => Outcome::Closed,
            Asked::Accept => self.accept(ui, view, desk, actions),
        }
    }

    /// Where nothing needs correcting the keyboard waits for Enter or the number of an event; else it is where the
    /// quantity is typed.
    fn focus_first(&self, ui: &Ui, view: &View<'_>) {
        let good = self.draft.read_quantity(view.project).is_ok();
        let first = if good { id_of("Add claim") } else { id_of("Quantity") };
        ui.memory_mut(|memory| memory.request_focus(first));
    }

    fn contents(&mut self, ui: &mut Ui, view: &View<'_>) {
        let stances: Vec<(Stance, String)> =
            Stance::ALL.iter().map(|stance| (*stance, stance.key().to_owned())).collect();
        let draft = &mut self.draft;
        let fields = &mut self.fields;
        cells(ui, &[0.2, 0.26, 0.3, 0.24], |ui, n| {
            let changed = match n {
                0 => fields.text(ui, "Quantity", false, &mut draft.quantity),
                1 => fields.pick(ui, "Measure", &mut draft.measure, &self.measures),
                2 => fields.completed(ui, "Class", &mut draft.class, &self.classes),
                _ => fields.pick(ui, "Stance", &mut draft.stance, &stances),
            };
            if changed.changed() {
                self.mistake = None;
            }
        });
        cells(ui, &[0.42, 0.32, 0.26], |ui, n| {
            let changed = match n {
                0 => fields.completed(ui, "Speaker", &mut draft.speaker, &self.speakers),
                1 => fields.completed(ui, "Via", &mut draft.via, &self.speakers),
                _ => fields.text(ui, "Reported", false, &mut draft.reported),
            };
            if changed.changed() {
                self.mistake = None;
            }
        });
        self.reading(ui, view);
        self.goals(ui, view);
        if self.draft.goal == Goal::New {
            self.new_event(ui);
        }
        if self.more {
            self.more(ui);
        }
        if let Some(mistake) = &self.mistake {
            let tokens = theme::tokens(ui);
            let text = RichText::new(format!("{} {}", icons::WARNING_CIRCLE, mistake.why)).color(tokens.error.text);
            let label = ui.add(Label::new(text).wrap());
            ui.ctx().accesskit_node_builder(label.id, |node| {
                node.set_role(egui::accesskit::Role::Alert);
                node.set_label(mistake.why.clone());
            });
        }
        self.foot(ui);
    }

    /// How the quantity reads, and who speaks where nobody is named.
    fn reading(&self, ui: &mut Ui, view: &View<'_>) {
        let tokens = theme::tokens(ui);
        let mut parts: Vec<String> = self.draft.reading(view.project).into_iter().collect();
        if self.draft.quantity.trim().is_empty() {
            parts.push("type how many: 42, 3+, 40-50, ~40, dozens, 0, ?".to_owned());
        }
        if self.draft.speaker.trim().is_empty() {
            parts.push("no speaker: the article’s own voice".to_owned());
        }
        let new_group = self.new_group();
        if let Some(group) = &new_group {
            parts.insert(0, format!("“{group}” is a new sub-group"));
        }
        let doubtful = new_group.is_some() || self.draft.rests_on_word(view.project);
        let colour = if doubtful { tokens.warn.text } else { tokens.muted };
        let text = RichText::new(parts.join(" · ")).text_style(theme::CAPTION.clone()).color(colour);
        ui.add(Label::new(text).truncate());
    }

    /// A class that the codebook does not name: a new sub-group, or a slip of the hand.
    fn new_group(&self) -> Option<String> {
        let typed = Class::from_key(&self.draft.class)?;
        let known = self.classes.iter().any(|class| Class::from_key(class).as_ref() == Some(&typed));
        (typed.is_sub() && !known).then(|| typed.to_string())
    }

    /// The new event, and those that the claim may belong to.
    fn goals(&mut self, ui: &mut Ui, view: &View<'_>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let list = id_of("Event of the claim");
        let top = ui.cursor().left_top();
        let mut names = vec![(Goal::New, "New event".to_owned())];
        names.extend(self.events.iter().map(|id| (Goal::Event(*id), about_event(view, *id))));
        // Two in a row: the text below should stay in view.
        let columns = if ui.available_width() < NARROW { 1 } else { 2 };
        for (row, few) in names.chunks(columns).enumerate() {
            cells(ui, if columns == 1 { &[1.0] } else { &[0.5, 0.5] }, |ui, n| {
                if let Some((goal, name)) = few.get(n)
                    && goal_cell(ui, columns * row + n, name, self.draft.goal == *goal).clicked()
                {
                    self.draft.goal = *goal;
                    // Enter is the next key.
                    ui.memory_mut(|memory| memory.request_focus(id_of("Add claim")));
                }
            });
        }
        let rect = egui::Rect::from_min_max(top, egui::pos2(ui.max_rect().right(), ui.cursor().top()));
        let response = ui.interact(rect, list, Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, "Event of the claim"));
        widgets::focus_ring(ui, &response);
        self.fields.add(ui, &response);
        if response.has_focus() {
            let at = names.iter().position(|(goal, _)| *goal == self.draft.goal).unwrap_or(0);
            let press = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            let next = if press(Key::ArrowDown) {
                at + 1
            } else if press(Key::ArrowUp) {
                at.saturating_sub(1)
            } else {
                at
            };
            if let Some((goal, _)) = names.get(next) {
                self.draft.goal = *goal;
            }
        }
        ui.spacing_mut().item_spacing.y = 6.0;
    }

    fn new_event(&mut self, ui: &mut Ui) {
        let (draft, fields, places) = (&mut self.draft, &mut self.fields, &self.places);
        cells(ui, &[0.28, 0.34, 0.38], |ui, n| {
            let response = match n {
                0 => fields.text(ui, "Date of the event", draft.when_is_guess, &mut draft.when),
                1 => fields.completed(ui, "Place", &mut draft.place, places),
                _ => fields.text(ui, "Title", false, &mut draft.title),
            };
            if n == 0 && response.changed() {
                draft.when_is_guess = false;
            }
            if response.changed() {
                self.mistake = None;
            }
        });
    }

    fn more(&mut self, ui: &mut Ui) {
        let parties = [(None, "none"), (Some(Party::A), "A"), (Some(Party::B), "B")];
        let parties: Vec<_> = parties.iter().map(|(party, name)| (*party, (*name).to_owned())).collect();
        let grades: Vec<_> = std::iter::once((None, "not graded".to_owned()))
            .chain((1..=6).map(|n| (InformationGrade::new(n), grade_name(n).to_owned())))
            .collect();
        let (draft, fields) = (&mut self.draft, &mut self.fields);
        cells(ui, &[0.24, 0.36, 0.4], |ui, n| {
            match n {
                0 => fields.pick(ui, "Party of the speaker", &mut draft.party, &parties),
                1 => fields.pick(ui, "Information", &mut draft.grade, &grades),
                _ => fields.text(ui, "Comment", false, &mut draft.comment),
            };
        });
    }

    fn foot(&mut self, ui: &mut Ui) {
        let narrow = ui.available_width() < NARROW;
        ui.horizontal(|ui| {
            let (_, rect) = ui.allocate_space(vec2(96.0, ui.spacing().interact_size.y));
            let add = ui.interact(rect, id_of("Add claim"), Sense::click());
            add.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Add claim"));
            paint_main_button(ui, &add, "Add claim");
            self.fields.add(ui, &add);
            if add.clicked() {
                self.asked_to = Asked::Accept;
            }
            let cancel = ui.button("Cancel");
            self.fields.add(ui, &cancel);
            if cancel.clicked() {
                self.asked_to = Asked::Close;
            }
            let name = if self.more { "Less" } else { "More" };
            let more = ui.button(name);
            self.fields.add(ui, &more);
            if more.clicked() {
                self.more = !self.more;
            }
            self.buttons = [cancel.id, more.id];
            if narrow {
                return;
            }
            let keys = if self.events.is_empty() {
                "Enter adds, Esc closes".to_owned()
            } else {
                format!("Enter adds, Esc closes, 0 to {} choose the event", self.events.len())
            };
            let text = RichText::new(keys).text_style(theme::CAPTION.clone()).weak();
            ui.add(Label::new(text).truncate());
        });
    }

    /// Takes keys out of the input before the fields see them.
    fn keys(&mut self, ui: &Ui, later: &mut Vec<Event>) {
        let Some(focused) = self.fields.focused(ui) else { return };
        if egui::Popup::is_any_open(ui.ctx()) {
            return;
        }
        let writing = egui::TextEdit::load_state(ui.ctx(), focused).is_some();
        let mut events = ui.input_mut(|input| std::mem::take(&mut input.events)).into_iter();
        let mut rest = Vec::new();
        let mut writes = writing;
        while let Some(event) = events.next() {
            match self.key(ui, &event, focused, writes) {
                Taken::No => rest.push(event),
                Taken::Yes => {}
                // Whatever follows belongs to what has the keyboard then.
                Taken::Last => {
                    later.extend(events.by_ref());
                }
                Taken::Write(text) => {
                    self.draft.quantity = text;
                    let id = id_of("Quantity");
                    fields::caret_at_end(ui, id, &self.draft.quantity);
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

    fn key(&mut self, ui: &Ui, event: &Event, focused: Id, writing: bool) -> Taken {
        match event {
            Event::Key { key, pressed: true, modifiers, .. } => match key {
                Key::Enter => {
                    if self.fields.take_chosen() {
                        return Taken::Yes;
                    }
                    // Cancel and More do what they say.
                    if self.buttons.contains(&focused) {
                        return Taken::No;
                    }
                    self.asked_to = Asked::Accept;
                    Taken::Last
                }
                Key::Escape => {
                    if !self.fields.close() {
                        self.asked_to = Asked::Close;
                    }
                    Taken::Yes
                }
                Key::Tab => {
                    self.fields.take_chosen();
                    self.fields.step(ui, modifiers.shift);
                    Taken::Last
                }
                Key::ArrowDown | Key::ArrowUp if writing => {
                    self.fields.arrow(focused, *key == Key::ArrowDown);
                    Taken::Yes
                }
                _ if modifiers.alt || (!writing && modifiers.is_none()) => match number_of(*key) {
                    Some(n) if self.choose(n) => {
                        self.twin = Some(n);
                        Taken::Yes
                    }
                    _ => Taken::No,
                },
                _ => Taken::No,
            },
            // Alt with a digit chooses an event; the digit itself comes behind it as text and is no part of a value.
            Event::Text(text) if self.twin.take().is_some_and(|n| *text == n.to_string()) => Taken::Yes,
            Event::Text(text) if !writing => {
                let number = text.parse::<usize>().ok();
                if number.is_some_and(|n| self.choose(n)) || text.trim().is_empty() {
                    Taken::Yes
                } else {
                    Taken::Write(text.clone())
                }
            }
            _ => Taken::No,
        }
    }

    /// Chooses the event of this number; 0 is the new one. Says whether there is one.
    fn choose(&mut self, n: usize) -> bool {
        let goal = match n {
            0 => Some(Goal::New),
            n => self.events.get(n - 1).map(|id| Goal::Event(*id)),
        };
        if let Some(goal) = goal {
            self.draft.goal = goal;
        }
        goal.is_some()
    }

    fn accept(&mut self, ui: &Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) -> Outcome {
        let (claim, event) = match self.draft.claim(view.project, view.today) {
            Ok(made) => made,
            Err(mistake) => {
                self.point_at(ui, mistake);
                return Outcome::Open;
            }
        };
        let (id, target) = (claim.id, claim.event);
        let name = event.as_ref().map(|event| event.name().to_owned());
        let name = name.or_else(|| view.project.events.get(target).map(|event| event.name().to_owned()));
        let said = said(&claim, &name.unwrap_or_default(), event.is_some());
        let mut edit = Edit::AddClaim { claim: Box::new(claim), new_event: event.map(Box::new) };
        if let Some(article) = view.project.articles.get(self.article.id)
            && article.reading == Reading::Unread
        {
            let label = edit.label(view.project);
            let mut begun = (**article).clone();
            begun.reading = Reading::InWork;
            let begun = Edit::SetArticle { article: Box::new(begun), what: "state".to_owned() };
            edit = Edit::Several { label, edits: vec![edit, begun] };
        }
        if let Err(error) = edit.apply(view.project) {
            self.point_at(ui, Mistake { field: Field::Whole, why: error.to_string() });
            return Outcome::Open;
        }
        actions.push(Action::Edit(edit));
        actions.push(Action::Say(said));
        (desk.event, desk.claim) = (Some(target), Some(id));
        Outcome::Made
    }

    fn point_at(&mut self, ui: &Ui, mistake: Mistake) {
        let field = match mistake.field {
            Field::Quantity => Some("Quantity"),
            Field::Class => Some("Class"),
            Field::Reported => Some("Reported"),
            Field::When => Some("Date of the event"),
            Field::Whole => None,
        };
        if let Some(field) = field {
            ui.memory_mut(|memory| memory.request_focus(id_of(field)));
            fields::select_all(ui, id_of(field));
        }
        self.mistake = Some(mistake);
        ui.ctx().request_repaint();
    }
}

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

fn number_of(key: Key) -> Option<usize> {
    const DIGITS: [Key; 6] = [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];
    DIGITS.iter().position(|digit| *digit == key)
}

fn grade_name(grade: u8) -> &'static str {
    match grade {
        1 => "1 confirmed",
        2 => "2 probably true",
        3 => "3 possibly true",
        4 => "4 doubtful",
        5 => "5 improbable",
        _ => "6 cannot be judged",
    }
}

fn said(claim: &crate::model::Claim, event: &str, new: bool) -> String {
    let speaker = if claim.speaker.is_empty() { String::new() } else { format!(" ({})", claim.speaker) };
    let kind = if new { "new event " } else { "" };
    format!("Added {} {}{speaker} to {kind}{event}", claim.quantity.describe(), claim.measure)
}

/// An event in one line.
fn about_event(view: &View<'_>, id: EventId) -> String {
    let Some(event) = view.project.events.get(id) else { return id.to_string() };
    let mut parts = vec![event.name().to_owned()];
    parts.extend(event.when.map(|when| when.describe()));
    if !event.location.name.is_empty() && event.name() != &*event.location.name {
        parts.push(event.location.name.to_string());
    }
    let claims = view.derived.claims_of(id).len();
    parts.push(if claims == 1 { "1 claim".to_owned() } else { format!("{claims} claims") });
    parts.join(" · ")
}
