//! The method sheet: by which rules claims become figures, for the whole project; what each rule is worth; and what was
//! published by it.
//!
//! What is changed here is a draft. What it would change in figures is worked out in the background and shown; only
//! "Apply" makes the change, as one step of undo. The panel starts no job itself: it says what it wants worked out
//! ([`MethodSheet::wants`]), and the app hands back what came of it.

mod background;
mod compare;
mod completion;
mod draft;
mod number_words;
mod releases;
mod rules;
mod speakers;

use egui::{Label, RichText, ScrollArea, Ui};

use self::background::Background;
pub use self::background::Task;
use self::compare::CompareView;
use self::draft::{Asked, DraftBar};
use self::number_words::NumberWords;
use self::releases::Releases;
use self::speakers::Speakers;
use super::{Action, Actions, Desk, Pane, View, theme, widgets};
use crate::command::Command;
use crate::derive::method::{Comparison, Preview, what_changes};
use crate::edit::Edit;
use crate::model::{Methodology, Project, ReleasedTotal};

/// The panel's own state.
#[derive(Debug, Default)]
pub struct MethodSheet {
    /// The sheet as it would be; `None` while it is as the project has it.
    draft: Option<Methodology>,
    background: Background,
    bar: DraftBar,
    speakers: Speakers,
    words: NumberWords,
    compare: CompareView,
    releases: Releases,
}

impl MethodSheet {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        let in_force = &*view.project.methodology;
        let mut sheet = self.draft.take().unwrap_or_else(|| in_force.clone());
        if sheet != *in_force {
            match self.draft_ui(ui, view, &sheet, actions) {
                Asked::Nothing => {}
                Asked::Apply => {
                    actions.push(Action::Edit(applied(in_force, sheet)));
                    // What is drawn in this frame is still the draft; the next one has it in force.
                    return;
                }
                Asked::Discard => {
                    sheet = in_force.clone();
                    self.background.stop_preview();
                }
            }
        }
        let focus = desk.takes_focus(Pane::Side);
        ScrollArea::vertical().id_salt("method sheet").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            ui.add_space(6.0);
            widgets::muted(
                ui,
                "How claims become figures, for the whole project. A change shows what it would change.",
            );
            rules::ui(ui, view.project, &mut sheet, focus);
            self.words.ui(ui, view.project, &mut sheet);
            self.speakers.ui(ui, view, &mut sheet);
            switches(ui, &mut sheet);
            self.compare.ui(ui, view, &mut self.background);
            self.releases.ui(ui, view, &mut self.background, actions);
            method_note(ui, actions);
            ui.add_space(16.0);
        });
        self.draft = (sheet != *in_force).then_some(sheet);
        match &self.draft {
            Some(draft) => self.background.want_preview(view.revision, draft),
            None => self.background.stop_preview(),
        }
    }

    /// The sheet as it would be. `None` where nothing is changed in it.
    pub fn draft(&self) -> Option<&Methodology> {
        self.draft.as_ref()
    }

    /// The draft as a change of the project. Once that is made, there is nothing left to draft.
    pub fn draft_edit(&self, project: &Project) -> Option<Edit> {
        self.draft.clone().map(|draft| applied(&project.methodology, draft))
    }

    fn draft_ui(&mut self, ui: &mut Ui, view: &View<'_>, sheet: &Methodology, actions: &mut Actions) -> Asked {
        let preview = self.background.preview(view.revision, sheet);
        self.bar.ui(ui, view, sheet, preview, actions)
    }

    /// What should be worked out in the background, from the project as it is; says so once.
    pub fn wants(&mut self) -> Vec<Task> {
        self.background.take_wanted()
    }

    /// Takes what a change of the sheet would change in the project of this revision.
    pub fn previewed(&mut self, revision: u64, sheet: Methodology, preview: Preview) {
        self.background.previewed(revision, sheet, preview);
    }

    /// Takes the totals under every method; `None` where the work was stopped.
    pub fn compared(&mut self, revision: u64, comparison: Option<Comparison>) {
        self.background.compared(revision, comparison);
    }

    /// Takes how the project of this revision stands: its totals and its hash.
    pub fn stands(&mut self, revision: u64, totals: Vec<ReleasedTotal>, hash: String) {
        self.background.stands(revision, totals, hash);
    }

    /// What was asked for came of a project that has changed since: what is still wanted is asked for again.
    pub fn ask_again(&mut self) {
        self.background.ask_again();
    }

    /// Opens the form in which a release is recorded.
    pub fn start_release(&mut self) {
        self.releases.start();
    }
}

fn applied(in_force: &Methodology, sheet: Methodology) -> Edit {
    let what = what_changes(in_force, &sheet);
    Edit::SetMethodology { methodology: Box::new(sheet), what }
}

/// The way to the note that goes with what is published.
fn method_note(ui: &mut Ui, actions: &mut Actions) {
    ui.add_space(8.0);
    widgets::section_title(ui, "Method note");
    widgets::muted(ui, "Scope, days searched, sources, rules, number words, totals, assumptions and open questions.");
    if widgets::quiet_button(ui, theme::icons::COPY, "Copy method note").clicked() {
        actions.push(Action::Run(Command::CopyMethodNote));
    }
}

fn switches(ui: &mut Ui, sheet: &mut Methodology) {
    ui.add_space(8.0);
    widgets::section_title(ui, "Switches");
    let rows = [
        (
            &mut sheet.count_attackers,
            "Count attackers among the dead",
            "Off: a claim that says how many attackers it includes is lowered by them.",
        ),
        (
            &mut sheet.enemy_counts_high_only,
            "Counts of an enemy's dead only raise the high",
            "On: what a party says of its enemy's dead moves low and best only where nobody else speaks.",
        ),
        (
            &mut sheet.missing_best_is_low,
            "In sums, take the low where an event has no best",
            "Off: a total has no best as long as one event has none. It is stated wherever it is on.",
        ),
    ];
    for (on, label, help) in rows {
        ui.checkbox(on, label);
        // Under the words, not under the box.
        egui::Frame::new().inner_margin(egui::Margin { left: 22, ..Default::default() }).show(ui, |ui| {
            let text = RichText::new(help).text_style(theme::CAPTION.clone()).color(theme::tokens(ui).muted);
            ui.add(Label::new(text).wrap());
        });
    }
}
