//! Records that Dateline wrote itself (JSON Lines), before they are taken in: what is new, what is there already, and what
//! says something else in the file. Nothing is changed before the button is pressed.

use std::path::{Path, PathBuf};

use egui::{Align, Frame, Layout, Margin, ScrollArea, Ui, UiBuilder};

use crate::exchange::records::Taken;
use crate::model::quantity::grouped;
use crate::ui::status_bar::counted;
use crate::ui::theme::icons;
use crate::ui::widgets::{self, Tone};

use super::buttons::{Buttons, Pressed};

/// Ids and remarks that are drawn.
const SHOWN: usize = 200;

/// What the screen wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordsTask {
    /// A file of records, to be read. An answer to an earlier number is thrown away.
    Read(u64, PathBuf),
    /// What it would change, to be worked out; `theirs`: the file wins where both say something else.
    Plan {
        /// Which plan: an answer to an earlier one is thrown away.
        number: u64,
        /// Whether the file wins.
        theirs: bool,
    },
    /// The change that was worked out, to be made.
    Make,
}

/// A file of records on its way in.
#[derive(Debug)]
pub(super) struct Records {
    path: PathBuf,
    number: u64,
    is_read: bool,
    failed: Option<String>,
    theirs: bool,
    /// What it would change, and in which revision of the project; `None` while it is worked out.
    planned: Option<(u64, Option<Box<Taken>>)>,
    is_made: bool,
    buttons: Buttons,
}

/// What was asked for in a frame.
pub(super) enum Asked {
    Nothing,
    Close,
    Make,
}

impl Records {
    pub fn new(path: &Path, number: u64) -> Self {
        Self {
            path: path.to_owned(),
            number,
            is_read: false,
            failed: None,
            theirs: false,
            planned: None,
            is_made: false,
            buttons: Buttons::default(),
        }
    }

    pub fn task(&self) -> RecordsTask {
        RecordsTask::Read(self.number, self.path.clone())
    }

    pub fn is_reading(&self, number: u64) -> bool {
        self.number == number && !self.is_read && self.failed.is_none()
    }

    /// Takes the file, or why it could not be read.
    pub fn read(&mut self, number: u64, failed: Option<String>) {
        if self.is_reading(number) {
            self.is_read = failed.is_none();
            self.failed = failed;
        }
    }

    /// Takes what it would change. Answers whether it is what was asked for last.
    pub fn planned(&mut self, number: u64, taken: Option<Taken>) -> bool {
        if number != self.number {
            return false;
        }
        match (&mut self.planned, taken) {
            (Some((_, planned)), Some(taken)) => *planned = Some(Box::new(taken)),
            // It was stopped, because it is asked for anew or the screen closes.
            _ => self.planned = None,
        }
        true
    }

    pub fn not_made(&mut self) {
        self.is_made = false;
        self.planned = None;
    }

    /// The next thing to be worked out: the project may have changed meanwhile.
    pub fn wants(&mut self, revision: u64, next: &mut u64) -> Option<RecordsTask> {
        let is_current = self.planned.as_ref().is_some_and(|(of, _)| *of == revision);
        if !self.is_read || self.is_made || is_current {
            return None;
        }
        *next += 1;
        self.number = *next;
        self.planned = Some((revision, None));
        Some(RecordsTask::Plan { number: self.number, theirs: self.theirs })
    }

    fn taken(&self) -> Option<&Taken> {
        self.planned.as_ref()?.1.as_deref()
    }

    fn why_not(&self) -> Option<&'static str> {
        if self.is_made {
            Some("The import is under way")
        } else if self.failed.is_some() {
            Some("The file could not be read")
        } else if !self.is_read {
            Some("The file is still being read")
        } else {
            match self.taken() {
                None => Some("What it would change is being worked out"),
                Some(taken) if !taken.changes() => Some("Everything in the file is in the project already"),
                Some(_) => None,
            }
        }
    }

    fn verb(&self) -> String {
        match self.taken() {
            Some(taken) if taken.all_added() > 0 && taken.replaced == 0 => {
                format!("Import {}", counted(taken.all_added(), "record", "records"))
            }
            Some(taken) if taken.all_added() + taken.replaced > 0 => {
                format!("Make {}", counted(taken.all_added() + taken.replaced, "change", "changes"))
            }
            _ => "Import".to_owned(),
        }
    }

    /// Draws the screen.
    pub fn ui(&mut self, ui: &mut Ui) -> Asked {
        let file = self.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let name = format!("Import {file}");
        let builder = UiBuilder::new().accessibility_role(egui::accesskit::Role::Group).accessibility_label(&*name);
        ui.scope_builder(builder, |ui| {
            let bar = Frame::new().inner_margin(Margin { left: 12, right: 12, top: 8, bottom: 4 });
            let asked = bar.show(ui, |ui| self.head(ui, &name)).inner;
            if let Some(reason) = &self.failed {
                bar.show(ui, |ui| widgets::banner(ui, Tone::Error, reason, &[]));
            } else if self.is_read {
                let body = ScrollArea::vertical().id_salt("records").auto_shrink(false);
                body.show(ui, |ui| bar.show(ui, |ui| self.body(ui)));
            } else {
                widgets::empty_state(ui, icons::FILE_CSV, "Reading the file", "", None);
            }
            asked
        })
        .inner
    }

    fn head(&mut self, ui: &mut Ui, name: &str) -> Asked {
        let mut asked = Asked::Nothing;
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let agrees = self.taken().is_some_and(|taken| taken.kept.is_empty());
                let (verb, refusal) = (self.verb(), self.why_not());
                match self.buttons.show(ui, &verb, refusal, agrees) {
                    Pressed::Neither => {}
                    Pressed::Import => {
                        self.is_made = true;
                        asked = Asked::Make;
                    }
                    Pressed::Cancel => asked = Asked::Close,
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    widgets::section_title(ui, name);
                    widgets::badge(ui, "Dateline records", Tone::Ok);
                });
            });
        });
        asked
    }

    fn body(&mut self, ui: &mut Ui) {
        ui.spacing_mut().item_spacing.y = 6.0;
        let mut theirs = self.theirs;
        let is_free = !self.is_made;
        match self.taken() {
            None => drop(widgets::muted(ui, "What it would change is being worked out")),
            Some(taken) => {
                told(ui, taken);
                if !taken.kept.is_empty() || theirs {
                    ui.add_enabled_ui(is_free, |ui| {
                        ui.checkbox(&mut theirs, "Let the file win where both have a record that says something else");
                    });
                }
                listed(ui, taken);
            }
        }
        if theirs != self.theirs {
            self.theirs = theirs;
            self.planned = None;
        }
    }
}

fn told(ui: &mut Ui, taken: &Taken) {
    let [articles, claims, notes, events] = taken.added;
    let parts = [
        counted(events, "event", "events"),
        counted(claims, "claim", "claims"),
        counted(articles, "article", "articles"),
        counted(notes, "note", "notes"),
    ];
    widgets::section_title(ui, &format!("{} new", parts.join(", ")));
    ui.label(format!(
        "{} there already · {} changed · {} left as they are, though the file says something else · 0 removed",
        grouped(taken.unchanged as u64),
        grouped(taken.replaced as u64),
        grouped(taken.kept.len() as u64)
    ));
    widgets::muted(ui, "Records are the same where their ids are. What the file does not have stays");
    if !taken.changes() {
        widgets::muted(ui, "Everything in the file is in the project already: there is nothing to import");
    }
}

fn listed(ui: &mut Ui, taken: &Taken) {
    let kept = taken.kept.iter().map(|id| format!("{id}: the file says something else; the project's stays"));
    for line in kept.chain(taken.remarks.iter().cloned()).take(SHOWN) {
        widgets::caption(ui, line);
    }
    let all = taken.kept.len() + taken.remarks.len();
    if all > SHOWN {
        widgets::muted(ui, format!("… and {} more", grouped((all - SHOWN) as u64)));
    }
}
