//! The toll as it became known, in the chart's place: the total by the method in force, or speaker by speaker.
//!
//! Of a small project it is worked out in the frame, of a large one in the background (`wants`, `took`). It has the
//! keyboard as a whole: Left and Right go from moment to moment, Home and End to the first and the last.

use egui::{EventFilter, Label, Modifiers, Pos2, Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::controls::pick;
use crate::derive::reports::{Asked, Known, Speaker, Toll, TollStep, by_speaker, toll};
use crate::model::{BaseClass, Class, Measure};
use crate::scene::toll_timeline::{DRAWN, Shown, lay_out, moment, notes, reading, title};
use crate::scene::{BROKEN, Laid, Point, Stands, nearest};
use crate::ui::picture::{ScreenRuler, paint};
use crate::ui::{View, figures, theme, widgets};

/// Of so many claims and events the toll is worked out in the frame.
const AT_ONCE: usize = 2_000;
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
    got: Option<(Task, Answer)>,
    laid: Option<([f32; 2], Laid)>,
    cursor: Option<usize>,
}

impl TollView {
    /// Draws the choice of pictures, and the picture where it is one of this view; whether it was.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, measure: &Measure) -> bool {
        let labels: Vec<(&str, Option<usize>)> = Kind::ALL.iter().map(|kind| (kind.label(), None)).collect();
        let mut at = Kind::ALL.iter().position(|kind| *kind == self.kind).unwrap_or(0);
        if widgets::tab_strip(ui, &labels, &mut at) {
            self.kind = Kind::ALL.get(at).copied().unwrap_or_default();
            self.cursor = None;
        }
        if self.kind == Kind::OverTime {
            return false;
        }
        let asked = self.controls(ui, view, measure);
        let task = Task { revision: view.revision, kind: self.kind, asked };
        self.work_out(view, &task);
        let Some((of, answer)) = self.got.take() else {
            self.waiting(ui, &task);
            return true;
        };
        // The last answer stays until there is a newer one, as long as it is of the same question.
        if of.kind == task.kind && of.asked == task.asked {
            self.picture(ui, &of, &answer);
        } else {
            self.waiting(ui, &task);
        }
        self.got = Some((of, answer));
        true
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
                self.got = Some((task, answer));
                self.laid = None;
            }
            None => self.stopped = Some(task),
        }
    }

    /// Forgets what was asked, so that it is asked again where it is still wanted.
    pub fn ask_again(&mut self) {
        self.waits = None;
    }

    fn controls(&mut self, ui: &mut Ui, view: &View<'_>, first: &Measure) -> Asked {
        let mut measure = self.measure.clone().unwrap_or_else(|| first.clone());
        let mut class = self.class.clone().unwrap_or(Class::TOTAL);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let width = (ui.available_width() / 2.0 - 8.0).clamp(64.0, 160.0);
            let measures: Vec<_> = view.project.measures().map(|measure| (measure.clone(), measure.title())).collect();
            pick(ui, "Measure of the toll", width, &mut measure, &measures, None);
            let mut classes: Vec<Class> = BaseClass::ALL.into_iter().map(Class::Base).collect();
            classes.extend(view.project.about.codebook.groups.iter().cloned());
            let classes: Vec<_> =
                classes.into_iter().map(|of| (of.clone(), figures::sentence(&of.to_string()))).collect();
            pick(ui, "Class of the toll", width, &mut class, &classes, None);
        });
        (self.measure, self.class) = (Some(measure.clone()), Some(class.clone()));
        Asked { measure, class, among: None }
    }

    fn work_out(&mut self, view: &View<'_>, task: &Task) {
        let known = self.got.as_ref().is_some_and(|(of, _)| of == task);
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

    fn picture(&mut self, ui: &mut Ui, task: &Task, answer: &Answer) {
        let shown = answer.shown();
        let (measure, class) = (&task.asked.measure, &task.asked.class);
        ui.add_space(2.0);
        widgets::section_title(ui, &title(shown, measure, class));
        let tokens = theme::tokens(ui);
        let subtitle = self.cursor.and_then(|at| told_at(shown, at).into_iter().next());
        let subtitle = subtitle.unwrap_or_else(|| "By the day on which each claim was reported".to_owned());
        ui.add(Label::new(RichText::new(subtitle).small().color(tokens.muted)).truncate());
        let size = [ui.available_width(), (ui.available_height() - 46.0).max(120.0)];
        let same = |(of, _): &([f32; 2], Laid)| (of[0] - size[0]).abs() < 0.5 && (of[1] - size[1]).abs() < 0.5;
        if !self.laid.as_ref().is_some_and(same) {
            self.laid = Some((size, lay_out(shown, measure, class, size, &ScreenRuler(ui.painter()))));
        }
        let Some((_, laid)) = &self.laid else { return };
        let (rect, response) = ui.allocate_exact_size(vec2(size[0], size[1]), Sense::click());
        let said = self.cursor.map(|at| told_at(shown, at).join("; "));
        response.widget_info(|| {
            let said = said.as_deref().unwrap_or(&laid.scene.description);
            WidgetInfo::labeled(Role::Figure, ui.is_enabled(), said)
        });
        paint(ui.painter(), rect.min, &laid.scene);
        widgets::focus_ring(ui, &response);
        if let Some((x, _)) = self.cursor.and_then(|at| laid.moments.get(at)) {
            let x = rect.left() + x;
            let rows = rect.top() + laid.plane.top..=rect.top() + laid.plane.bottom;
            ui.painter().vline(x, rows, Stroke::new(1.0, tokens.accent));
        }
        let pressed = hover(&response, rect.min, laid, shown);
        self.cursor = keys(ui, &response, self.cursor, laid.moments.len()).or(pressed).or(self.cursor);
        let broken = if laid.broken { format!(" {}.", figures::sentence(BROKEN)) } else { String::new() };
        widgets::caption(ui, format!("{}{broken}", notes(shown)));
    }
}

/// What was known at a moment, a line a speaker.
fn told_at(shown: Shown<'_>, at: usize) -> Vec<String> {
    let Some(known) = shown.moments().get(at).copied() else { return Vec::new() };
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
    let moment = laid.moment_at(point.x).filter(|_| laid.plane.top <= point.y && point.y <= laid.plane.bottom)?;
    let mut lines = told_at(shown, moment);
    let series = nearest(&laid.scene, point, 5.0, |stands| matches!(stands, Stands::Series { .. }));
    if let (Shown::Speakers(speakers), Some(Stands::Series { series, .. })) = (shown, series)
        && let Some(speaker) = speakers.iter().filter(|speaker| speaker.events > 0).nth(series)
        && let Some((_, known)) = laid.moments.get(moment)
        && let Some(step) = step_at(&speaker.steps, *known)
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
