//! A small stand-in for the app, so that a panel can be tried alone: it carries edits, undo and jumps out.

use std::path::PathBuf;

use dateline::command::Command;
use dateline::derive::Derived;
use dateline::model::{Article, Event, EventDate, Moment, Note, Project};
use dateline::session::Session;
use dateline::ui::theme;
use dateline::ui::{Action, Actions, Desk, Target, View};
use egui_kittest::Harness;

/// A session with a panel on it.
pub struct Bench<P> {
    pub session: Session,
    pub derived: Derived,
    pub desk: Desk,
    pub panel: P,
    /// Where the panel wanted to go.
    pub shown: Vec<Target>,
    /// Commands that were asked for, undo and redo too.
    pub ran: Vec<Command>,
    /// What was said.
    pub said: Vec<String>,
}

impl<P: Default> Bench<P> {
    pub fn new(project: Project) -> Self {
        Self {
            derived: Derived::from_scratch(&project),
            session: Session::new(project, true),
            desk: Desk::default(),
            panel: P::default(),
            shown: Vec::new(),
            ran: Vec::new(),
            said: Vec::new(),
        }
    }
}

impl<P> Bench<P> {
    /// Lets the panel draw itself, then does what it asked for.
    pub fn frame(&mut self, draw: impl FnOnce(&mut P, &View<'_>, &mut Desk, &mut Actions)) {
        let mut actions = Actions::new();
        let now = Moment::parse("2022-09-20T10:15Z").expect("a moment");
        let view = View {
            project: self.session.project(),
            derived: &self.derived,
            revision: self.session.revision(),
            today: now.day(),
            now,
            enter_edits: false,
        };
        draw(&mut self.panel, &view, &mut self.desk, &mut actions);
        for action in actions {
            self.carry_out(action);
        }
    }

    fn carry_out(&mut self, action: Action) {
        let before = self.session.project().clone();
        match action {
            Action::Edit(edit) => {
                self.session.edit(&edit).expect("a change that holds");
            }
            Action::Run(command) => {
                self.ran.push(command);
                match command {
                    Command::Undo => drop(self.session.undo()),
                    Command::Redo => drop(self.session.redo()),
                    _ => {}
                }
            }
            Action::Show(target) => {
                self.shown.push(target);
                if let Target::Note(note) = target {
                    self.desk.note = Some(note);
                }
            }
            Action::EditCell(..) => {}
            Action::Say(text) | Action::Complain(text) => self.said.push(text),
            Action::Open(_)
            | Action::Select(_)
            | Action::Filter(_)
            | Action::TakeIn(_)
            | Action::ShowView(_)
            | Action::OwnColumns(_)
            | Action::Work(_)
            | Action::Copy(_)
            | Action::Paste { .. } => {}
        }
        self.derived.advance(&before, self.session.project());
    }
}

/// Two events, an article and three notes.
pub fn project() -> Project {
    let mut project = Project::titled("Border fighting");
    let mut event = Event::new("e-batken".parse().expect("id"));
    event.title = "Shelling of Batken".into();
    event.when = EventDate::parse("2022-09-16").ok();
    event.location.name = "Batken".into();
    project.events.push(event).expect("free");
    let mut event = Event::new("e-isfara".parse().expect("id"));
    event.location.name = "Isfara".into();
    event.when = EventDate::parse("2022-09-14").ok();
    project.events.push(event).expect("free");
    let mut article = Article::new("a-toll".parse().expect("id"), "Ministry raises the toll", "Text.");
    article.publisher = "An agency".into();
    project.articles.push(article).expect("free");
    let day = Moment::parse("2022-09-18T08:00Z").ok();
    let mut note = Note::new("n-dozens".parse().expect("id"), None, day);
    note.title = "Dozens means 24 to 99".into();
    note.kind = dateline::model::NoteKind::Assumption;
    note.body = "Follow the word table.".into();
    project.notes.push(note).expect("free");
    let event = dateline::model::Subject::Event("e-batken".parse().expect("id"));
    let mut note = Note::new("n-double".parse().expect("id"), Some(event), day);
    note.title = "Counted twice?".into();
    note.kind = dateline::model::NoteKind::Question;
    note.body =
        "The report [[a-toll]] may repeat [[e-batken|the shelling]] under [[n-dozens]].\n\nAlso [[e-gone]] was named, \
                 at a cost of $5 to $10.\n\n- one\n- two\n\n| Source | Killed |\n| --- | --- |\n| [[a-toll]] | 12 |\n"
            .into();
    project.notes.push(note).expect("free");
    project.notes.push(Note::new("n-empty".parse().expect("id"), None, day)).expect("free");
    project
}

/// Saves a picture to look at.
pub fn picture<S>(harness: &mut Harness<'_, S>, name: &str) {
    let picture = harness.render().expect("a picture");
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
    raster::save_png(&picture, path).expect("saved");
}

/// A harness of this size in the light or dark theme.
pub fn harness<S: 'static>(
    size: [f32; 2],
    dark: bool,
    draw: impl FnMut(&mut egui::Ui, &mut S) + 'static,
    state: S,
) -> Harness<'static, S> {
    let theme = if dark { egui::Theme::Dark } else { egui::Theme::Light };
    let mut harness =
        raster::builder(size).with_context_setup(theme::install).with_theme(theme).build_ui_state(draw, state);
    harness.run();
    harness
}
