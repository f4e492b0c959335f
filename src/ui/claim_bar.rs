//! The claim bar: a claim is written below the line whose words it quotes, and Enter makes it.
//!
//! It is drawn by the reader where the reader wants it. It changes nothing itself: the finished claim goes out as one
//! edit. What it filled in without the words saying so is a guess; no claim is made before each guess was confirmed.

mod cells;
mod doubts;
mod draft;
mod fields;
mod foot;
mod form;
mod guesses;
mod keys;
mod make;
mod same;
mod similar;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use egui::{Event, Frame, Id, Margin, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::dataset;
use crate::mention;
use crate::model::{Article, BaseClass, ClaimId, Class, EventDate, EventId, Measure, Text};

use super::theme;
use super::{Actions, Desk, View, widgets};
use cells::{Cell, ROOMY, flow, goal_cell};
use draft::{Draft, Field, Goal, Making, Mistake};
use fields::{Fields, id_of};
use similar::{Search, Similar};

/// How many events are looked at in a frame, at most: a few milliseconds.
const EVENTS_A_FRAME: usize = 20_000;

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

/// What the bar is opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// The selected words say how many.
    Count(Measure),
    /// The selected words belong to an event that is there; what they count follows from them.
    Attach,
    /// An event of which the selected words give no number; without a selection, only an event.
    NoFigure,
}

/// A claim that is being written.
#[derive(Debug)]
pub struct ClaimBar {
    article: Article,
    draft: Draft,
    fields: Fields,
    speakers: Vec<Text>,
    groups: Vec<Text>,
    classes: Vec<Text>,
    places: Option<Vec<Text>>,
    sides: Option<Vec<Text>>,
    measures: Vec<(Measure, String)>,
    current: Option<EventId>,
    events: Vec<Similar>,
    /// A search for events that has not come to its end, and whether the person waits for it to make the claim.
    search: Option<Search>,
    accept_then: bool,
    /// The claim of this article that says the same.
    same: Option<ClaimId>,
    /// The claims that the new one may come on top of, with their names.
    bases: Vec<(ClaimId, String)>,
    /// For what the events were looked up.
    asked: Option<Asked>,
    mistake: Option<Mistake>,
    more: bool,
    /// Rare fields that are shown, because they are filled in or in doubt.
    used: BTreeSet<Field>,
    /// Whether the claim is made once the last guess is confirmed.
    pending: bool,
    /// Buttons that keep Enter for themselves.
    buttons: [Id; 3],
    /// Where the keyboard goes when the frame is drawn.
    go_to: Option<Place>,
    /// How high it may be, how high it was when drawn last, and how much of that were the events.
    room: f32,
    height: f32,
    events_height: f32,
    /// How high the fields were, and what stands below them, with the margins.
    body: f32,
    below: f32,
    frames: u8,
    wish: Wish,
    /// A digit that chose an event and comes again as text.
    twin: Option<String>,
}

/// What the events are looked up for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    when: Option<EventDate>,
    place: String,
    measure: Measure,
    quantity: String,
    class: String,
    speaker: String,
}

/// Where the keyboard may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Widget(Id),
    Field(Field),
    Add,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Nothing,
    Accept,
    Close,
}

impl ClaimBar {
    /// Opens for words of an article; `current` is the event that the person looked at last. `None` where no word is
    /// selected, unless only an event is to be made.
    pub fn open(
        view: &View<'_>,
        article: &Article,
        range: Range<usize>,
        purpose: &Purpose,
        current: Option<EventId>,
    ) -> Option<Self> {
        let speakers = similar::names(view.project.claims.iter().flat_map(|claim| [&claim.speaker, &claim.via]));
        let groups = similar::names(view.project.claims.iter().flat_map(|claim| [&claim.group, &claim.speaker]));
        let is_word = |word: &str| view.project.knows_word(word);
        let by_words = || mention::measure(&article.text, range.clone(), &is_word);
        let (measure, doubt) = match purpose {
            Purpose::Count(measure) => (measure.clone(), None),
            Purpose::Attach | Purpose::NoFigure => match by_words() {
                Some((measure, true)) => (measure, None),
                Some((measure, false)) => (measure, Some("the words name more than one")),
                None => (Measure::Killed, Some("the words name none")),
            },
        };
        let only_event = *purpose == Purpose::NoFigure && range.is_empty();
        let making = if only_event { Making::Event } else { Making::Claim };
        let mut draft = Draft::from_words(view.project, article, range, measure, making, &speakers)?;
        if let (Some(why), Making::Claim) = (doubt, making) {
            draft.guesses.mark(Field::Measure, why);
        }
        if *purpose == Purpose::NoFigure {
            "?".clone_into(&mut draft.quantity);
            draft.guesses.withdraw(Field::Quantity);
        }
        let codebook = view.project.about.codebook.groups.iter();
        let classes = BaseClass::ALL.iter().map(|base| Class::Base(*base)).chain(codebook.cloned());
        let mut bar = Self {
            article: article.clone(),
            fields: Fields::default(),
            speakers,
            groups,
            classes: classes.map(|class| class.to_string().into()).collect(),
            places: None,
            sides: None,
            measures: view.project.measures().map(|measure| (measure.clone(), measure.title())).collect(),
            current,
            events: Vec::new(),
            search: None,
            accept_then: false,
            same: None,
            bases: Vec::new(),
            asked: None,
            mistake: None,
            more: false,
            used: BTreeSet::new(),
            pending: false,
            buttons: [Id::NULL; 3],
            go_to: None,
            room: f32::INFINITY,
            height: 200.0,
            events_height: 0.0,
            body: 0.0,
            below: 76.0,
            frames: 0,
            wish: Wish::Nothing,
            twin: None,
            draft,
        };
        bar.look_around(view);
        bar.use_rare();
        // Where nothing needs correcting the keyboard waits for Enter or the number of an event; else it is where the
        // quantity is typed.
        let good = bar.draft.making == Making::Event || bar.draft.read_quantity(view.project).is_ok();
        bar.go_to = Some(match purpose {
            Purpose::Attach if !bar.events.is_empty() => Place::Field(Field::Event),
            _ if good => Place::Add,
            _ => Place::Field(Field::Quantity),
        });
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

    /// How high it may become: beyond, its fields scroll.
    pub fn set_room(&mut self, height: f32) {
        self.room = height;
    }

    /// Looks for events that may be the one and for the claim that may be there already, where what is asked changed.
    fn look_around(&mut self, view: &View<'_>) {
        let Ok(when) = self.draft.read_when(view.today) else { return };
        let draft = &self.draft;
        let asked = Asked {
            when,
            place: draft.place.clone(),
            measure: draft.measure.clone(),
            quantity: draft.quantity.clone(),
            class: draft.class.clone(),
            speaker: draft.speaker.clone(),
        };
        if self.asked.as_ref() == Some(&asked) {
            return;
        }
        self.find_same(view);
        let events_asked =
            |asked: &Asked| (asked.when, asked.place.clone(), asked.measure.clone(), asked.quantity.clone());
        if self.asked.as_ref().map(events_asked) != Some(events_asked(&asked)) {
            self.find_events(view, when);
        }
        self.asked = Some(asked);
        self.guess_goal();
        self.goal_changed(view);
    }

    fn find_same(&mut self, view: &View<'_>) {
        self.same = None;
        if let (Making::Claim, Ok(class), Ok(quantity)) =
            (self.draft.making, self.draft.read_class(), self.draft.read_quantity(view.project))
        {
            let (measure, speaker) = (&self.draft.measure, &self.draft.speaker);
            let wanted = same::Wanted { measure, class: &class, quantity: &quantity, speaker };
            self.same = same::find(view, &self.article, &wanted);
        }
    }

    fn find_events(&mut self, view: &View<'_>, when: Option<EventDate>) {
        let settled = self.draft.guesses.is_settled(Field::Event);
        let wanted = similar::Wanted {
            article: self.article.id,
            when,
            place: self.draft.place.clone(),
            measure: self.draft.measure.clone(),
            reading: self.draft.numbers(view.project),
            current: self.current,
            chosen: match self.draft.goal {
                Goal::Event(id) if settled => Some(id),
                _ => None,
            },
        };
        self.search = Some(Search::new(view, wanted));
        self.search_on(view);
    }

    /// Looks at some more events. Says whether it came to the end just now.
    fn search_on(&mut self, view: &View<'_>) -> bool {
        let Some(found) = self.search.as_mut().and_then(|search| search.step(view, EVENTS_A_FRAME)) else {
            return false;
        };
        self.search = None;
        self.events = found;
        true
    }

    /// Where the claim goes while no person has said so: that there is one like it must not be overlooked.
    fn guess_goal(&mut self) {
        let no_more_same = matches!(self.draft.goal, Goal::Same(id) if self.same != Some(id));
        let guesses = &mut self.draft.guesses;
        if guesses.is_settled(Field::Event) && !no_more_same {
            return;
        }
        guesses.withdraw(Field::Event);
        self.draft.goal = Goal::New;
        if let Some(id) = self.same {
            self.draft.goal = Goal::Same(id);
            guesses.reopen(Field::Event, "this article has this claim: a second quote, or another claim?");
        } else if let Some(similar) = self.events.iter().find(|similar| similar.strong) {
            guesses.reopen(Field::Event, format!("a new one? There is one: {}", similar.why));
        } else if no_more_same {
            guesses.reopen(Field::Event, "the claim is another one now: of a new event?");
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
        self.wish = Wish::Nothing;
        if self.search_on(view) {
            self.guess_goal();
            self.goal_changed(view);
        }
        if self.search.is_some() {
            ui.ctx().request_repaint();
        }
        self.keys(ui, view, later);
        if self.search.is_none() && std::mem::take(&mut self.accept_then) {
            self.wish = Wish::Accept;
        }
        let tokens = theme::tokens(ui);
        let edge_colour = match self.draft.making {
            Making::Claim => tokens.measure(self.draft.measure.key()).underline,
            Making::Event => tokens.muted,
        };
        let frame = Frame::new()
            .fill(tokens.raised)
            .stroke(Stroke::new(tokens.border_width, tokens.border))
            .corner_radius(6)
            .inner_margin(Margin { left: 13, right: 9, top: 4, bottom: 6 })
            .outer_margin(Margin { top: 2, bottom: 2, ..Margin::ZERO });
        self.fields.begin();
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = if ui.available_width() < ROOMY { 3.0 } else { 4.0 };
            ui.spacing_mut().interact_size.y = 22.0;
            ui.spacing_mut().button_padding = vec2(8.0, 2.0);
            self.contents(ui, view);
        });
        self.fields.end();
        let rect = shown.response.rect.shrink2(vec2(0.0, 2.0));
        let edge = egui::Rect::from_min_max(rect.min, egui::pos2(rect.left() + 4.0, rect.bottom()));
        ui.painter().rect_filled(edge.shrink2(vec2(0.5, 6.0)), 2.0, edge_colour);
        let height = shown.response.rect.height();
        self.below = height - self.body;
        if (height - self.height).abs() > 0.5 {
            self.height = height;
            // What it grew by should be seen.
            self.frames = self.frames.min(1);
            ui.ctx().request_repaint();
        }
        if self.is_fresh() {
            self.frames += 1;
            ui.ctx().request_repaint();
        }
        match self.wish {
            Wish::Nothing => {}
            Wish::Close => return Outcome::Closed,
            Wish::Accept => {
                if let Some(outcome) = self.accept(view, desk, actions) {
                    return outcome;
                }
            }
        }
        self.move_keyboard(ui);
        Outcome::Open
    }

    /// Puts the keyboard where it was sent, now that everything typed before has arrived.
    fn move_keyboard(&mut self, ui: &Ui) {
        let Some(place) = self.go_to else { return };
        let id = match place {
            Place::Widget(id) => Some(id),
            Place::Add => Some(id_of("Add claim")),
            Place::Field(field) => self.fields.id(field),
        };
        // A field that was not shown is there in the next frame.
        if let Some(id) = id {
            self.go_to = None;
            ui.memory_mut(|memory| memory.request_focus(id));
            widgets::select_all(ui, id);
        }
        ui.ctx().request_repaint();
    }

    fn contents(&mut self, ui: &mut Ui, view: &View<'_>) {
        let most = (self.room - self.below).max(80.0);
        // The bar of the area floats over its edge: it must not make the fields narrower, and so more rows.
        ui.spacing_mut().scroll.floating_allocated_width = 0.0;
        let area = ScrollArea::vertical().id_salt("claim bar").max_height(most).auto_shrink([false, true]);
        let body = area.show(ui, |ui| {
            if self.draft.making == Making::Claim {
                self.claim_fields(ui, view);
            }
            self.goals(ui, view);
            if self.draft.goal == Goal::New {
                self.event_fields(ui, view);
            }
        });
        self.body = body.inner_rect.height();
        self.notes(ui, view);
        self.foot(ui, view);
    }

    /// Where the claim may go, with the key of each.
    fn goal_rows(&self, view: &View<'_>) -> Vec<(String, Goal, String)> {
        let same = self.same.and_then(|id| dataset::claim(view.project, id));
        let same = same.map(|claim| {
            let name = format!("Same claim, second quote · {}", same::name(claim));
            ("S".to_owned(), Goal::Same(claim.id), name)
        });
        let new = ("0".to_owned(), Goal::New, "New event".to_owned());
        let events = self.events.iter().enumerate().map(|(n, similar)| {
            let name = view.project.events.get(similar.event).map_or_else(String::new, |e| e.name().to_owned());
            ((n + 1).to_string(), Goal::Event(similar.event), format!("{name} · {}", similar.why))
        });
        same.into_iter().chain([new]).chain(events).collect()
    }

    /// How many rows of events there is room for; the rest comes with "More".
    fn rows_of_events(&self, roomy: bool) -> usize {
        let other = self.height - self.events_height;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
        let fit = ((self.room - other) / theme::TARGET).clamp(0.0, 9.0) as usize;
        match (self.more, roomy) {
            (true, _) => 9,
            (false, true) => fit.max(1),
            (false, false) => fit.max(2),
        }
    }

    /// The new event, and those that the claim may belong to.
    fn goals(&mut self, ui: &mut Ui, view: &View<'_>) {
        let roomy = ui.available_width() >= ROOMY;
        let in_row = if roomy { 2 } else { 1 };
        let mut rows = self.goal_rows(view);
        rows.truncate(self.rows_of_events(roomy) * in_row);
        let top = ui.cursor().left_top();
        let gap = std::mem::take(&mut ui.spacing_mut().item_spacing.y);
        for few in rows.chunks(in_row) {
            // "New event" says all it has to say in little room.
            let share = |goal| if goal == Goal::New { 0.3 } else { 1.0 };
            let cells: Vec<Cell<usize>> = few
                .iter()
                .enumerate()
                .map(|(what, (_, goal, _))| Cell { what, least: 100.0, share: share(*goal) })
                .collect();
            flow(ui, &cells, |ui, n| {
                if let Some((key, goal, name)) = few.get(n)
                    && goal_cell(ui, key, name, self.draft.goal == *goal).clicked()
                {
                    self.choose(view, *goal);
                    // Enter is the next key.
                    self.go_to = Some(Place::Add);
                }
            });
        }
        ui.spacing_mut().item_spacing.y = gap;
        let bottom = ui.cursor().top();
        ui.add_space(2.0);
        let rect = egui::Rect::from_min_max(top, egui::pos2(ui.max_rect().right(), bottom));
        self.events_height = rect.height();
        let list = ui.interact(rect, id_of(Field::Event.label()), Sense::focusable_noninteractive());
        let guess = self.draft.guesses.why(Field::Event).is_some();
        let name = if guess { "Event of the claim (guess)" } else { "Event of the claim" };
        list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, name));
        if guess && !list.has_focus() {
            let line = Stroke::new(1.5, theme::tokens(ui).warn.text);
            ui.painter().rect_stroke(rect, 4.0, line, egui::StrokeKind::Inside);
        }
        widgets::focus_ring(ui, &list);
        self.fields.add(ui, Some(Field::Event), &list);
    }

    fn point_at(&mut self, mistake: Mistake) {
        if mistake.field != Field::Whole {
            self.go_to_field(mistake.field);
        }
        self.mistake = Some(mistake);
    }

    fn go_to_field(&mut self, field: Field) {
        self.used.insert(field);
        self.go_to = Some(Place::Field(field));
    }
}
