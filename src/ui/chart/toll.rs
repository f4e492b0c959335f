//! The toll as it became known, in the chart's place: the total by the method in force, or speaker by speaker.
//!
//! Of a small project it is worked out in the frame, of a large one in the background (`wants`, `took`). It has the
//! keyboard as a whole: Left and Right go from moment to moment, Home and End to the first and the last.

use std::sync::Arc;

use egui::{EventFilter, Label, Modifiers, Pos2, Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::controls::{follow, only_caption, pick};
use crate::derive::reports::{Asked, Known, Speaker, Toll, TollStep, by_speaker, toll};
use crate::model::{Almanac, BaseClass, Class, Measure};
use crate::scene::toll_timeline::{DRAWN, Said, Shown, lay_out, moment, reading, title};
use crate::scene::{BROKEN, Laid, Point, Room, Stands, nearest};
use crate::ui::eye::Hand;
use crate::ui::picture::{ScreenRuler, paint};
use crate::ui::{Sought, View, figures, theme, widgets};

/// Of so many claims and events the toll is worked out in the frame.
const AT_ONCE: usize = 2_000;
/// Below this the picture cannot be read; what is said under it gives way.
const LEAST: f32 = 120.0;
/// Below this the notes take one line.
const LOW: f32 = 340.0;
/// Speakers that are told of at one moment.
const TOLD: usize = 8;

/// Which picture the chart shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// Events at their days.
    #[default]
    OverTime,
    /// The total, as it became known.
    Known,
    /// What each speaker had said.
    BySpeaker,
}

impl Kind {
    const ALL: [Self; 3] = [Self::OverTime, Self::Known, Self::BySpeaker];

    const fn label(self) -> &'static str {
        match self {
            Self::OverTime => "Over time",
            Self::Known => "As it became known",
            Self::BySpeaker => "By speaker",
        }
    }
}

/// What is to be worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Of which snapshot.
    pub revision: u64,
    /// Which picture.
    pub kind: Kind,
    /// Of which measure and class.
    pub asked: Asked,
    /// The line of the filter that says among which events; empty where all are meant.
    pub filter: String,
}

/// What came of it.
#[derive(Debug)]
pub enum Answer {
    /// The total.
    Toll(Toll),
    /// Speaker by speaker.
    Speakers(Vec<Speaker>),
}

impl Task {
    /// What the picture is called.
    pub fn title(&self) -> String {
        let shown = match self.kind {
            Kind::BySpeaker => Answer::Speakers(Vec::new()),
            Kind::OverTime | Kind::Known => Answer::Toll(Toll::default()),
        };
        title(shown.shown(), &self.asked.measure, &self.asked.class)
    }

    /// Works it out; `None` where `go_on` said to stop.
    pub fn make(
        &self,
        project: &crate::model::Project,
        derived: &crate::derive::Derived,
        go_on: &dyn Fn(f32) -> bool,
    ) -> Option<Answer> {
        match self.kind {
            Kind::BySpeaker => by_speaker(project, derived, &self.asked, go_on).map(Answer::Speakers),
            Kind::OverTime | Kind::Known => toll(project, derived, &self.asked, go_on).map(Answer::Toll),
        }
    }
}

impl Answer {
    fn shown(&self) -> Shown<'_> {
        match self {
            Self::Toll(toll) => Shown::Toll(toll),
            Self::Speakers(speakers) => Shown::Speakers(speakers),
        }
    }
}

/// The state of the view.
#[derive(Debug, Default)]
pub struct TollView {
    kind: Kind,
    measure: Option<Measure>,
    class: Option<Class>,
    waits: Option<Task>,
    wanted: Option<Task>,
    /// What was stopped waits for a person.
    stopped: Option<Task>,
    got: Option<(Task, Answer, Said)>,
    laid: Option<(Room, Laid)>,
    cursor: Option<usize>,
    hand: Hand,
    only: Only,
}

/// The events that the table's filter lets through: searched once for a line and a snapshot.
#[derive(Debug, Default)]
struct Only {
    key: Option<(String, u64)>,
    slots: Option<Arc<Vec<bool>>>,
}

impl Only {
    fn search(&mut self, line: &str, view: &View<'_>, sought: &Sought) {
        let line = line.trim();
        if self.key.as_ref().is_some_and(|(of, revision)| of == line && *revision == view.revision) {
            return;
        }
        self.key = Some((line.to_owned(), view.revision));
        let slots = super::made::search(line, view, sought).0.map(Arc::new);
        // The same events are the same question, however they are asked for.
        if slots != self.slots {
            self.slots = slots;
        }
    }

    fn line(&self) -> &str {
        self.key.as_ref().map_or("", |(line, _)| line)
    }
}

impl TollView {
    /// Draws the choice of pictures, and the picture where it is one of this view; whether it was.
    /// `filter` is the line of the table's filter, which is followed as the bars do.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        measure: &Measure,
        following: (&str, &Sought, &mut bool),
    ) -> bool {
        let labels: Vec<(&str, Option<usize>)> = Kind::ALL.iter().map(|kind| (kind.label(), None)).collect();
        let mut at = Kind::ALL.iter().position(|kind| *kind == self.kind).unwrap_or(0);
        if widgets::tab_strip(ui, &labels, &mut at) {
            self.kind = Kind::ALL.get(at).copied().unwrap_or_default();
            (self.cursor, self.hand) = (None, Hand::default());
        }
        if self.kind == Kind::OverTime {
            return false;
        }
        let asked = self.controls(ui, view, measure, following);
        let filter = self.only.line().to_owned();
        let task = Task { revision: view.revision, kind: self.kind, asked, filter };
        self.work_out(view, &task);
        let Some((of, answer, said)) = self.got.take() else {
            self.waiting(ui, &task);
            return true;
        };
        // The last answer stays until there is a newer one, as long as it is of the same question.
        if of.kind == task.kind && of.asked == task.asked {
            self.picture(ui, view.project.about.almanac, &answer, &said);
        } else {
            self.waiting(ui, &task);
        }
        self.got = Some((of, answer, said));
        true
    }

    /// What is shown in place of the bars, where anything is.
    pub fn shown(&self, revision: u64) -> Option<Task> {
        let measure = self.measure.clone().filter(|_| self.kind != Kind::OverTime)?;
        let class = self.class.clone().unwrap_or(Class::TOTAL);
        let asked = Asked { measure, class, among: self.only.slots.clone() };
        Some(Task { revision, kind: self.kind, asked, filter: self.only.line().to_owned() })
    }

    /// What should be worked out in the background.
    pub fn wants(&mut self) -> Option<Task> {
        self.wanted.take()
    }

    /// Takes what was worked out; `None` where it was stopped.
    pub fn took(&mut self, task: Task, answer: Option<Answer>) {
        self.waits = None;
        match answer {
            Some(answer) => {
                let said = Said::of(answer.shown(), &task.asked.measure, &task.asked.class);
                self.got = Some((task, answer, said));
                self.laid = None;
            }
            None => self.stopped = Some(task),
        }
    }

    /// Forgets what was asked, so that it is asked again where it is still wanted.
    pub fn ask_again(&mut self) {
        self.waits = None;
    }

    fn controls(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        first: &Measure,
        following: (&str, &Sought, &mut bool),
    ) -> Asked {
        let (filter, sought, follows) = following;
        let mut measure = self.measure.clone().unwrap_or_else(|| first.clone());
        let mut class = self.class.clone().unwrap_or(Class::TOTAL);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let width = (ui.available_width() / 2.0 - 56.0).clamp(64.0, 160.0);
            let measures: Vec<_> = view.project.measures().map(|measure| (measure.clone(), measure.title())).collect();
            pick(ui, "Measure of the toll", width, &mut measure, &measures, None);
            let mut classes: Vec<Class> = BaseClass::ALL.into_iter().map(Class::Base).collect();
            classes.extend(view.project.about.codebook.groups.iter().cloned());
            let classes: Vec<_> =
                classes.into_iter().map(|of| (of.clone(), figures::sentence(&of.to_string()))).collect();
            pick(ui, "Class of the toll", width, &mut class, &classes, None);
            follow(ui, filter, follows);
            self.hand.reset_button(ui);
        });
        let same = |old: &Option<Measure>, of: &Option<Class>| {
            old.as_ref().is_none_or(|old| *old == measure) && of.as_ref().is_none_or(|old| *old == class)
        };
        if !same(&self.measure, &self.class) {
            (self.cursor, self.hand) = (None, Hand::default());
        }
        (self.measure, self.class) = (Some(measure.clone()), Some(class.clone()));
        self.only.search(if *follows { filter } else { "" }, view, sought);
        Asked { measure, class, among: self.only.slots.clone() }
    }

    fn work_out(&mut self, view: &View<'_>, task: &Task) {
        let known = self.got.as_ref().is_some_and(|(of, ..)| of == task);
        if known || self.waits.as_ref() == Some(task) || self.stopped.as_ref() == Some(task) {
            return;
        }
        if view.derived.claims().max(view.project.events.len()) <= AT_ONCE {
            if let Some(answer) = task.make(view.project, view.derived, &|_| true) {
                self.took(task.clone(), Some(answer));
            }
        } else {
            self.waits = Some(task.clone());
            self.wanted = Some(task.clone());
        }
    }

    fn waiting(&mut self, ui: &mut Ui, task: &Task) {
        if self.stopped.as_ref() == Some(task) {
            widgets::muted(ui, "Stopped before it was worked out");
            if ui.button("Work it out").clicked() {
                self.stopped = None;
            }
        } else {
            widgets::muted(ui, "Being worked out…");
        }
    }

    fn picture(&mut self, ui: &mut Ui, almanac: Almanac, answer: &Answer, words: &Said) {
        let shown = answer.shown();
        let told = |at: usize| words.moments().get(at).map(|known| told_at(shown, *known)).unwrap_or_default();
        ui.add_space(2.0);
        widgets::section_title(ui, &words.title);
        let tokens = theme::tokens(ui);
        let subtitle = self.cursor.and_then(|at| told(at).into_iter().next());
        let subtitle = subtitle.unwrap_or_else(|| "By the day on which each claim was reported".to_owned());
        ui.add(Label::new(RichText::new(subtitle).small().color(tokens.muted)).truncate());
        only_caption(ui, self.only.line());
        let broken = self.laid.as_ref().is_some_and(|(_, laid)| laid.is_broken());
        let broken = if broken { format!(" {}.", figures::sentence(BROKEN)) } else { String::new() };
        let notes = format!("{}{broken}", words.notes);
        let width = ui.available_width();
        // In a low panel the picture is worth more than the rest of the notes, which stay under the pointer.
        let low = ui.available_height() < LOW;
        let foot = if low { "x" } else { notes.as_str() };
        let foot = ui.painter().layout(foot.to_owned(), theme::regular(11.0), tokens.muted, width).size().y;
        let height = (ui.available_height() - foot - 14.0).max(LEAST);
        let room = Room { width, height, seen: self.hand.eye.seen, almanac };
        if self.laid.as_ref().is_none_or(|(of, _)| *of != room) {
            self.laid = Some((room, lay_out(shown, words, room, &ScreenRuler(ui.painter()))));
        }
        let Some((_, laid)) = &self.laid else { return };
        let (rect, response) = ui.allocate_exact_size(vec2(room.width, room.height), Sense::click_and_drag());
        let said = self.cursor.map(|at| told(at).join("; "));
        response.widget_info(|| {
            let said = said.as_deref().unwrap_or(&laid.scene.description);
            WidgetInfo::labeled(Role::Figure, ui.is_enabled(), said)
        });
        paint(ui.painter(), rect.min, &laid.scene);
        widgets::focus_ring(ui, &response);
        self.hand.moves(ui, &response, laid, false);
        let moment = self.cursor.and_then(|at| laid.moments.get(at)).copied();
        let day = moment.and_then(|(_, known)| known.day());
        if let Some(((x, _), plane)) = moment.zip(laid.plane.as_ref())
            && day.is_none_or(|day| plane.days.sees(day))
        {
            let rows = rect.top() + plane.area.top..=rect.top() + plane.area.bottom;
            ui.painter().vline(rect.left() + x, rows, Stroke::new(1.0, tokens.accent));
        }
        let pressed = hover(&response, rect.min, laid, shown);
        if response.has_focus() {
            self.hand.keys(ui, laid, day);
        }
        if let Some(to) = keys(ui, &response, self.cursor, laid.moments.len()) {
            self.cursor = Some(to);
            self.hand.reveal(laid, laid.moments.get(to).and_then(|(_, known)| known.day()));
        }
        self.cursor = pressed.or(self.cursor);
        if low {
            let short = RichText::new(&notes).text_style(theme::CAPTION.clone()).color(tokens.muted);
            ui.add(Label::new(short).truncate()).on_hover_text(notes);
        } else {
            widgets::caption(ui, notes);
        }
    }
}

/// What was known at a moment, a line a speaker.
fn told_at(shown: Shown<'_>, known: Known) -> Vec<String> {
    match shown {
        Shown::Toll(toll) => step_at(&toll.steps, known).map(reading).into_iter().collect(),
        Shown::Speakers(speakers) => {
            let speaking = speakers.iter().filter(|speaker| speaker.events > 0).take(DRAWN);
            let said = speaking.filter_map(|speaker| {
                let step = step_at(&speaker.steps, known)?;
                Some(format!("{} {}", speaker.name, figures::of_sums(&step.sums)))
            });
            let mut lines: Vec<String> = said.collect();
            let more = lines.len().saturating_sub(TOLD);
            lines.truncate(TOLD);
            if more > 0 {
                lines.push(figures::count(more, "more speaker", "more speakers"));
            }
            std::iter::once(moment(known)).chain(lines).collect()
        }
    }
}

/// The step that holds at a moment.
fn step_at(steps: &[TollStep], known: Known) -> Option<&TollStep> {
    let at = steps.partition_point(|step| step.known <= known).checked_sub(1)?;
    steps.get(at)
}

/// Tells what is under the pointer; the moment that was pressed.
fn hover(response: &Response, at: Pos2, laid: &Laid, shown: Shown<'_>) -> Option<usize> {
    let pointer = response.hover_pos()?;
    let point = Point::new(pointer.x - at.x, pointer.y - at.y);
    let area = laid.plane.as_ref()?.area;
    let moment = laid.moment_at(point.x).filter(|_| area.top <= point.y && point.y <= area.bottom)?;
    let known = laid.moments.get(moment)?.1;
    let mut lines = told_at(shown, known);
    let series = nearest(&laid.scene, point, 5.0, |stands| matches!(stands, Stands::Series { .. }));
    if let (Shown::Speakers(speakers), Some(Stands::Series { series, .. })) = (shown, series)
        && let Some(speaker) = speakers.iter().filter(|speaker| speaker.events > 0).nth(series)
        && let Some(step) = step_at(&speaker.steps, known)
    {
        lines = vec![speaker.name.clone(), reading(step)];
    }
    if !lines.is_empty() {
        response.clone().on_hover_text_at_pointer(lines.join("\n"));
    }
    response.clicked().then_some(moment)
}

/// Where the keys lead while the picture has the keyboard.
fn keys(ui: &Ui, response: &Response, cursor: Option<usize>, moments: usize) -> Option<usize> {
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    widgets::along(|key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)), cursor, moments)
}
