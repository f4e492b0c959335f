//! The few questions that stop everything else, and the screen without a project.
//!
//! A dialog only asks; it does not touch the disk. What was answered comes back as [`Settled`].

use std::path::PathBuf;

use egui::{Align, Context, Id, Key, Layout, Modal, ScrollArea, TextEdit, Ui};

use crate::command::Command;
use crate::exchange::texts::from_paste;
use crate::model::{Article, ArticleId, Known, Moment};
use crate::platform::Ask;

use super::chart_form::{ChartForm, ChartWish};
use super::export_form::{ExportForm, Wish};
use super::theme::{self, icons};
use super::widgets::{self, Tone};
use super::{Action, Actions};

/// What a dialog leaves free of the window beside it and above and below it, with its own margins.
const AROUND: egui::Vec2 = egui::vec2(64.0, 56.0);

/// What to do once unsaved work is saved or given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// Start an empty project.
    New,
    /// Ask for a file and open it.
    AskOpen,
    /// Open this file.
    Open(PathBuf),
    /// Open the sample.
    Sample,
    /// Take up the work that a window left which did not end well.
    Restore,
    /// Show the start screen.
    Close,
    /// Leave the program.
    Quit,
}

/// What would be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsavedWork {
    /// Changes that are not in the file.
    Changes,
    /// A draft of the method sheet that is not applied.
    Draft,
    /// Both.
    ChangesAndDraft,
}

/// A question that waits for its answer.
#[derive(Debug, Clone)]
pub enum Dialog {
    /// There is unsaved work, or a draft of the method sheet.
    Unsaved { name: String, work: UnsavedWork, after: After },
    /// A path, where the system shows no dialog.
    Path { ask: Ask, text: String, after: Option<After>, fresh: bool },
    /// A file of this name is there.
    Overwrite { path: PathBuf, after: Option<After> },
    /// What is to be exported.
    Export(Box<ExportForm>),
    /// How the chart is to be exported.
    ExportChart(Box<ChartForm>),
    /// A file of the name that results were to go to is there.
    OverwriteExport(PathBuf),
    /// A copied text to take in.
    Paste(Box<Paste>),
    /// Version and licences.
    About,
}

/// An article that is being pasted.
#[derive(Debug, Clone, Default)]
pub struct Paste {
    headline: String,
    publisher: String,
    published: String,
    text: String,
    problem: String,
    focused: bool,
    /// The earlier version that the text corrects, with its headline.
    corrects: Option<(ArticleId, String)>,
}

/// How a question was answered.
#[derive(Debug, Clone)]
pub enum Settled {
    /// Not at all.
    Cancel,
    /// Save, then go on. A draft of the method sheet is given up.
    Save(After),
    /// Apply the draft of the method sheet, save, then go on.
    ApplyAndSave(After),
    /// Give the changes up and go on.
    Discard(After),
    /// This path.
    Path { ask: Ask, path: PathBuf, after: Option<After> },
    /// Replace the file.
    Overwrite { path: PathBuf, after: Option<After> },
    /// Export this, to a place that is asked for.
    Export(Box<Wish>),
    /// Export the chart like this, to a place that is asked for.
    ExportChart(Box<ChartWish>),
    /// Replace the file by what is exported.
    OverwriteExport(PathBuf),
    /// Take this text in.
    Paste(Box<Article>),
    /// Ask for the file of the corrected version of this article.
    FromFile(ArticleId),
}

impl Dialog {
    /// Asks for a path in the window.
    pub fn path(ask: Ask, after: Option<After>) -> Self {
        let text = match &ask {
            Ask::SaveProject(name) | Ask::SaveMapping(name) | Ask::Export(name, _) => name.clone(),
            _ => String::new(),
        };
        Self::Path { ask, text, after, fresh: true }
    }

    /// Asks for a copied text.
    pub fn paste() -> Self {
        Self::Paste(Box::default())
    }

    /// Asks for the corrected text of an article.
    pub fn corrected(earlier: ArticleId, headline: &str) -> Self {
        Self::Paste(Box::new(Paste { corrects: Some((earlier, headline.to_owned())), ..Paste::default() }))
    }

    /// Draws the question and answers how it was settled, if it was.
    pub fn ui(&mut self, ctx: &Context) -> Option<Settled> {
        let width: f32 = if matches!(self, Self::Paste(_)) { 640.0 } else { 420.0 };
        // Each question by itself: one window's size is not the next one's.
        let modal = Modal::new(Id::unique("dialog").with(std::mem::discriminant(self))).show(ctx, |ui| {
            let room = ui.ctx().content_rect().size() - AROUND;
            ui.set_width(width.min(room.x));
            widgets::scrolling(ui, "dialog", room.y, |ui| self.question(ui))
        });
        // A click beside the dialog or Esc is no answer to the question, and safe.
        let dismissed = modal.should_close();
        modal.inner.or_else(|| dismissed.then_some(Settled::Cancel))
    }

    fn question(&mut self, ui: &mut Ui) -> Option<Settled> {
        match self {
            Self::Unsaved { name, work, after } => unsaved(ui, name, *work, after),
            Self::Path { ask, text, after, fresh } => path(ui, ask, text, after.as_ref(), fresh),
            Self::Overwrite { path, after } => overwrite(ui, path).map(|yes| {
                if yes { Settled::Overwrite { path: path.clone(), after: after.clone() } } else { Settled::Cancel }
            }),
            Self::Export(form) => export(ui, form),
            Self::ExportChart(form) => export_chart(ui, form),
            Self::OverwriteExport(path) => overwrite(ui, path)
                .map(|yes| if yes { Settled::OverwriteExport(path.clone()) } else { Settled::Cancel }),
            Self::Paste(paste) => paste.ui(ui),
            Self::About => about(ui),
        }
    }
}

/// The buttons at the foot of a dialog, the main one at the right. Answers with the place of the one that was pressed.
fn buttons(ui: &mut Ui, main: &str, others: &[&str]) -> Option<usize> {
    ui.add_space(8.0);
    let mut pressed = None;
    // One row: a layout from the right would take all the height that is left.
    let row = egui::vec2(ui.available_width(), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        if widgets::primary_button(ui, main).clicked() {
            pressed = Some(0);
        }
        for (n, label) in others.iter().enumerate() {
            if ui.button(*label).clicked() {
                pressed = Some(n + 1);
            }
        }
    });
    pressed
}

fn unsaved(ui: &mut Ui, name: &str, work: UnsavedWork, after: &After) -> Option<Settled> {
    let changes = work != UnsavedWork::Draft;
    if changes {
        widgets::dialog_title(ui, &format!("Save the changes to {name}?"));
        ui.label("They are not in the file yet. Discarding them cannot be undone.");
    } else {
        widgets::dialog_title(ui, "Keep the draft of the method sheet?");
    }
    if work == UnsavedWork::Changes {
        return match buttons(ui, "Save", &["Discard", "Cancel"])? {
            0 => Some(Settled::Save(after.clone())),
            1 => Some(Settled::Discard(after.clone())),
            _ => Some(Settled::Cancel),
        };
    }
    ui.label("The method sheet has a draft that is not applied. Only what is applied is in the file.");
    let others: &[&str] =
        if changes { &["Save without draft", "Discard both", "Cancel"] } else { &["Discard draft", "Cancel"] };
    match (buttons(ui, "Apply and save", others)?, changes) {
        (0, _) => Some(Settled::ApplyAndSave(after.clone())),
        (1, true) => Some(Settled::Save(after.clone())),
        (2, true) | (1, false) => Some(Settled::Discard(after.clone())),
        _ => Some(Settled::Cancel),
    }
}

fn path(ui: &mut Ui, ask: &Ask, text: &mut String, after: Option<&After>, fresh: &mut bool) -> Option<Settled> {
    let (title, main) = match ask {
        Ask::OpenProject => ("Open project", "Open"),
        Ask::SaveProject(_) => ("Save project", "Save"),
        Ask::Export(..) => ("Export", "Export"),
        Ask::Articles => ("Add an article file", "Add"),
        Ask::ArticleFolder => ("Add a folder of articles", "Add"),
        Ask::CorrectedVersion(_) => ("Add a corrected version", "Add"),
        Ask::ImportTable => ("Import a table", "Import"),
        Ask::OpenMapping => ("Open a mapping", "Open"),
        Ask::SaveMapping(_) => ("Save the mapping", "Save"),
    };
    widgets::dialog_title(ui, title);
    let name = if *ask == Ask::ArticleFolder { "Path of the folder" } else { "Path of the file" };
    let field = widgets::field(ui, name, text);
    if std::mem::take(fresh) {
        field.request_focus();
        widgets::select_all(ui, field.id);
    }
    widgets::caption(ui, "The system shows no file dialog here. A path may begin with ~ for your home folder.");
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let pressed = buttons(ui, main, &["Cancel"]);
    if pressed == Some(1) {
        return Some(Settled::Cancel);
    }
    let named = !text.trim().is_empty();
    ((entered || pressed == Some(0)) && named).then(|| Settled::Path {
        ask: ask.clone(),
        path: PathBuf::from(text.trim()),
        after: after.cloned(),
    })
}

fn export(ui: &mut Ui, form: &mut ExportForm) -> Option<Settled> {
    form.ui(ui);
    match buttons(ui, "Choose place…", &["Cancel"])? {
        0 => Some(Settled::Export(Box::new(form.wish()))),
        _ => Some(Settled::Cancel),
    }
}

fn export_chart(ui: &mut Ui, form: &mut ChartForm) -> Option<Settled> {
    let entered = form.ui(ui);
    let pressed = buttons(ui, "Choose place…", &["Cancel"]);
    if entered || pressed == Some(0) {
        return Some(Settled::ExportChart(Box::new(form.wish())));
    }
    pressed.map(|_| Settled::Cancel)
}

/// Whether a file is to be replaced, once that is answered.
fn overwrite(ui: &mut Ui, path: &std::path::Path) -> Option<bool> {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    widgets::dialog_title(ui, &format!("Replace {name}?"));
    ui.label("A file of this name is there already. Replacing it cannot be undone.");
    buttons(ui, "Replace", &["Cancel"]).map(|pressed| pressed == 0)
}

impl Paste {
    fn ui(&mut self, ui: &mut Ui) -> Option<Settled> {
        match &self.corrects {
            None => drop(widgets::dialog_title(ui, "Paste article")),
            Some((_, headline)) => {
                widgets::dialog_title(ui, "Add corrected version");
                let line = format!("Of “{headline}”. That one stays as it is; this text becomes a version of its own.");
                ui.add(egui::Label::new(line).wrap());
            }
        }
        ui.columns(2, |columns| {
            widgets::field(&mut columns[0], "Publisher", &mut self.publisher);
            widgets::field(&mut columns[1], "Published (such as 2022-09-16)", &mut self.published);
        });
        widgets::field(ui, "Headline (empty: the first line)", &mut self.headline);
        let text = widgets::field_with(ui, "Text", |ui| {
            // In a low window the buttons under it come first.
            let low = ui.ctx().content_rect().height() - 320.0;
            ScrollArea::vertical()
                .max_height(low.clamp(52.0, 260.0))
                .min_scrolled_height(low.clamp(52.0, 260.0))
                .show(ui, |ui| {
                    ui.add(TextEdit::multiline(&mut self.text).desired_rows(14).desired_width(f32::INFINITY))
                })
                .inner
        });
        if !self.focused {
            text.request_focus();
            self.focused = true;
        }
        if !self.problem.is_empty() {
            widgets::banner(ui, Tone::Error, &self.problem, &[]);
        }
        let quick = ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, Key::Enter));
        let others: &[&str] = if self.corrects.is_some() { &["From a file…", "Cancel"] } else { &["Cancel"] };
        match (buttons(ui, "Add article", others), &self.corrects) {
            (Some(1), Some((earlier, _))) => Some(Settled::FromFile(*earlier)),
            (Some(1 | 2), _) => Some(Settled::Cancel),
            (Some(_), _) => self.article(),
            (None, _) if quick => self.article(),
            (None, _) => None,
        }
    }

    /// The article, where everything can be read.
    fn article(&mut self) -> Option<Settled> {
        let text = self.text.clone();
        if text.trim().is_empty() {
            "Paste the text of the article first".clone_into(&mut self.problem);
            return None;
        }
        let published = match self.published.trim() {
            "" => None,
            day => match Moment::parse(day) {
                Ok(moment) => Some(moment),
                Err(error) => {
                    self.problem = format!("Published: {error}");
                    return None;
                }
            },
        };
        let mut article = from_paste(&text);
        // What was typed is known; the rest stays a guess.
        for (field, typed) in [(Known::Headline, self.headline.trim()), (Known::Publisher, self.publisher.trim())] {
            if !typed.is_empty() {
                let place = if field == Known::Headline { &mut article.headline } else { &mut article.publisher };
                *place = typed.into();
                article.confirm(field);
            }
        }
        if published.is_some() {
            article.published = published;
            article.confirm(Known::Published);
        }
        article.corrects = self.corrects.as_ref().map(|(earlier, _)| *earlier);
        Some(Settled::Paste(Box::new(article)))
    }
}

fn about(ui: &mut Ui) -> Option<Settled> {
    widgets::dialog_title(ui, &format!("Dateline {}", env!("CARGO_PKG_VERSION")));
    ui.label("A workbench for turning conflict news into defensible casualty figures.");
    ui.add_space(4.0);
    ui.label("Licensed under MIT or Apache-2.0.");
    widgets::section_title(ui, "Fonts");
    for line in [
        "IBM Plex Sans, © IBM Corp., SIL Open Font License 1.1",
        "Noto Sans and Noto Sans Hebrew, © The Noto Project Authors, SIL Open Font License 1.1",
        "Phosphor Icons, © Phosphor Icons, MIT",
    ] {
        widgets::muted(ui, line);
    }
    buttons(ui, "Close", &[]).map(|_| Settled::Cancel)
}

/// The screen without a project. Answers with a recent file that was chosen.
pub fn start_screen(ui: &mut Ui, recent: &[PathBuf], actions: &mut Actions) -> Option<PathBuf> {
    /// Width in points of each of the two columns, and of what is between them.
    const COLUMN: f32 = 320.0;
    const GAP: f32 = 40.0;
    const EDGE: f32 = 24.0;
    let room = ui.available_size();
    let mut chosen = None;
    widgets::scrolling(ui, "start", room.y, |ui| {
        ui.set_width(room.x);
        let high = (room.y * 0.18).min(140.0);
        if room.x < 2.0 * COLUMN + GAP + 2.0 * EDGE {
            // In a narrow window the files stand below.
            ui.add_space(EDGE.min(high));
            egui::Frame::new().inner_margin(egui::Margin::symmetric(24, 0)).show(ui, |ui| {
                ui.set_width(room.x - 2.0 * EDGE);
                first_acts(ui, actions);
                ui.add_space(EDGE);
                chosen = recent_files(ui, recent);
                ui.add_space(EDGE);
            });
            return;
        }
        ui.add_space(high);
        ui.horizontal_top(|ui| {
            ui.add_space(((room.x - 2.0 * COLUMN - 2.0 * GAP) / 2.0).max(EDGE));
            ui.vertical(|ui| {
                ui.set_width(COLUMN);
                first_acts(ui, actions);
            });
            ui.add_space(GAP);
            ui.vertical(|ui| {
                ui.set_width(COLUMN);
                chosen = recent_files(ui, recent);
            });
        });
    });
    chosen
}

fn first_acts(ui: &mut Ui, actions: &mut Actions) {
    ui.label(egui::RichText::new("Dateline").text_style(theme::START.clone()));
    widgets::muted(ui, "From conflict news to casualty figures that can be defended");
    ui.add_space(16.0);
    if widgets::primary_button(ui, "Open sample project").clicked() {
        actions.push(Action::Run(Command::OpenSample));
    }
    for (command, icon) in [(Command::NewProject, icons::FILE_PLUS), (Command::OpenProject, icons::FOLDER_OPEN)] {
        if widgets::quiet_button(ui, icon, command.entry().label).clicked() {
            actions.push(Action::Run(command));
        }
    }
    ui.add_space(8.0);
    widgets::caption(ui, "Or drop a project file on this window");
    ui.add_space(24.0);
    for line in [
        "In a text, select the words of a number",
        "Press K for killed, I for injured",
        "Press Enter: the claim stands",
    ] {
        widgets::muted(ui, line);
    }
}

/// Files that were open lately. Answers with the one that was chosen.
fn recent_files(ui: &mut Ui, recent: &[PathBuf]) -> Option<PathBuf> {
    let mut chosen = None;
    widgets::section_title(ui, "Recent");
    if recent.is_empty() {
        widgets::muted(ui, "Projects that you open are listed here");
    }
    for path in recent {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        if ui.link(name).on_hover_text(path.display().to_string()).clicked() {
            chosen = Some(path.clone());
        }
        let folder = path.parent().map_or_else(String::new, |folder| folder.display().to_string());
        widgets::caption(ui, folder);
    }
    chosen
}
