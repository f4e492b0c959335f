//! A bench for one panel of the side: a session, its derived data, and what the app would do with the actions.

use std::path::PathBuf;

use dateline::derive::Derived;
use dateline::edit::Edit;
use dateline::exchange::cells;
use dateline::model::{Moment, Project};
use dateline::platform::Clip;
use dateline::session::Session;
use dateline::ui::theme::{self, ThemeChoice};
use dateline::ui::{Action, Actions, Desk, View};
use egui::{CentralPanel, Frame, Ui};
use egui_kittest::Harness;

/// One panel on the bench.
pub struct Bench<P> {
    pub session: Session,
    pub derived: Derived,
    pub desk: Desk,
    pub panel: P,
    /// The setting of the same name.
    pub enter_edits: bool,
    /// Everything but edits and selections, which are carried out at once.
    pub asked: Actions,
    /// What stands on the clipboard.
    pub clip: Clip,
    /// Hands the panel the cells that stand on the clipboard.
    pub on_paste: fn(&mut P, Vec<Vec<String>>),
}

impl<P> Bench<P> {
    pub fn new(project: Project, panel: P) -> Self {
        let derived = Derived::from_scratch(&project);
        let session = Session::new(project, true);
        let (desk, clip) = (Desk::default(), Clip::default());
        Self { session, derived, desk, panel, enter_edits: false, asked: Vec::new(), clip, on_paste: |_, _| {} }
    }

    /// Undoes the last change.
    pub fn undo(&mut self) -> Option<String> {
        let before = self.session.project().clone();
        let label = self.session.undo();
        self.derived.advance(&before, self.session.project());
        label
    }

    /// Makes a change, as another panel would.
    pub fn edit(&mut self, edit: &Edit) {
        let before = self.session.project().clone();
        self.session.edit(edit).expect("panels ask only for what the model takes");
        self.derived.advance(&before, self.session.project());
    }

    fn carry_out(&mut self, actions: Actions) {
        for action in actions {
            match action {
                Action::Edit(edit) => self.edit(&edit),
                Action::Work(work) => {
                    let worked = work.make(self.session.project(), &self.derived, &|_| true).expect("nobody stops it");
                    worked.edit.iter().for_each(|edit| self.edit(edit));
                    self.asked.extend(worked.said.map(Action::Say));
                    self.asked.extend(worked.refused.map(Action::Complain));
                }
                Action::Select(events) => {
                    self.desk.selected = events.clone();
                    self.asked.push(Action::Select(events));
                }
                Action::Copy(copying) => {
                    let clip = copying.write(self.session.project(), &self.derived, &|_| true);
                    self.clip = clip.expect("nobody stops it");
                }
                Action::Paste { text, plain } => {
                    let text = text.unwrap_or_else(|| self.clip.text.clone());
                    let html = self.clip.html.as_deref().filter(|_| !plain && text == self.clip.text);
                    let cells = cells::read(&text, html);
                    (self.on_paste)(&mut self.panel, cells);
                }
                other => self.asked.push(other),
            }
        }
    }
}

/// What panels read.
pub fn view<'a>(session: &'a Session, derived: &'a Derived) -> View<'a> {
    View {
        project: session.project(),
        derived,
        revision: session.revision(),
        today: jiff::civil::date(2024, 3, 1),
        now: Moment::new(jiff::civil::date(2024, 3, 1)),
        enter_edits: false,
    }
}

/// Draws one panel.
pub type Draw<P> = fn(&mut P, &mut Ui, &View<'_>, &mut Desk, &mut Actions);

/// A window of this size in points that holds the panel and nothing else.
pub fn harness<P: 'static>(size: [f32; 2], dark: bool, bench: Bench<P>, draw: Draw<P>) -> Harness<'static, Bench<P>> {
    let app = move |ui: &mut Ui, bench: &mut Bench<P>| {
        let margin = Frame::new().fill(theme::tokens(ui).panel).inner_margin(8);
        CentralPanel::default().frame(margin).show(ui, |ui| {
            let mut actions = Vec::new();
            let view = View { enter_edits: bench.enter_edits, ..view(&bench.session, &bench.derived) };
            draw(&mut bench.panel, ui, &view, &mut bench.desk, &mut actions);
            bench.carry_out(actions);
        });
    };
    let theme_of = if dark { egui::Theme::Dark } else { egui::Theme::Light };
    let mut harness = raster::builder(size)
        .with_context_setup(theme::install)
        .with_theme(theme_of)
        .with_max_steps(12)
        .build_ui_state(app, bench);
    let choice = if dark { ThemeChoice::Dark } else { ThemeChoice::Light };
    choice.apply(&harness.ctx);
    harness.run();
    harness
}

/// Leaves a picture of the window in the target folder, for people to look at.
pub fn picture<P>(name: &str, harness: &mut Harness<'static, Bench<P>>) {
    let picture = harness.render().expect("the raster draws everything");
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("side/{name}.png"));
    raster::save_png(&picture, path).expect("the target folder can be written");
}
