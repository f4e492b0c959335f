//! The line at the bottom: on the left what holds for the whole project, on the right what holds here.

use egui::{Align, Button, Label, Layout, ProgressBar, RichText, Ui};

use crate::model::Project;

use super::theme;

pub use super::figures::count as counted;

/// What the status bar shows.
pub struct Line<'a> {
    /// Whether everything stands in the file.
    pub saved: &'a str,
    /// The open project, to be counted, and how many claims it has with those of rows.
    pub counts: Option<(&'a Project, usize)>,
    /// Sums of what is selected.
    pub summary: Option<String>,
    /// How many errors and warnings there are.
    pub problems: usize,
    /// The job under way: name, progress from 0 to 1, whether it can be cancelled.
    pub job: Option<(&'a str, f32, bool)>,
}

/// What was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// The job under way should be cancelled.
    Cancel,
    /// The problems should be shown.
    Problems,
}

/// Draws the line and answers what was pressed.
pub fn ui(ui: &mut Ui, line: &Line<'_>) -> Option<Pressed> {
    let mut pressed = None;
    ui.horizontal_centered(|ui| {
        ui.style_mut().override_text_style = Some(theme::CAPTION.clone());
        let mut parts = vec![line.saved.to_owned()];
        if let Some((project, claims)) = line.counts {
            parts.push(counted(project.articles.len(), "article", "articles"));
            parts.push(counted(project.events.len(), "event", "events"));
            parts.push(counted(claims, "claim", "claims"));
        }
        parts.retain(|part| !part.is_empty());
        ui.add(Label::new(RichText::new(parts.join("  ·  ")).weak()).truncate());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if line.problems > 0 {
                let text =
                    RichText::new(counted(line.problems, "problem", "problems")).color(theme::tokens(ui).warn.text);
                let button = Button::new(text).small().frame_when_inactive(false);
                if ui.add(button).on_hover_text("Show the problems; F8 goes to the next").clicked() {
                    pressed = Some(Pressed::Problems);
                }
            }
            if let Some((name, progress, cancellable)) = line.job {
                if cancellable && ui.small_button("Cancel").clicked() {
                    pressed = Some(Pressed::Cancel);
                }
                let bar = ProgressBar::new(progress).desired_width(120.0).desired_height(8.0);
                ui.add(bar);
                ui.label(name);
            } else if let Some(summary) = &line.summary {
                ui.add(Label::new(summary).truncate());
            }
        });
    });
    pressed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_agree_with_their_numbers() {
        assert_eq!(counted(1, "event", "events"), "1 event");
        assert_eq!(counted(400_000, "event", "events"), "400,000 events");
    }
}
