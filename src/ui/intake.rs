//! What became of texts that were taken in: those that were not, with the reason, those that are there already, and what was
//! noticed on reading. It stays until it is closed, and can be copied.

use std::fmt::Write as _;

use egui::{Label, RichText, ScrollArea, Ui};

use crate::model::ArticleId;

use super::status_bar::counted;
use super::theme::{self, icons};
use super::widgets;
use super::{Action, Actions, Target};

/// Height in points that the list takes at most.
const TALLEST: f32 = 150.0;
/// Lines that are drawn; the copied list has all.
const SHOWN: usize = 300;

/// Something to say about one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The name of its file.
    pub name: String,
    /// What there is to say.
    pub text: String,
    /// The article of which it speaks.
    pub article: ArticleId,
}

/// What became of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// How many were taken in.
    pub taken: usize,
    /// What was not taken in, with the reason.
    pub not: Vec<(String, String)>,
    /// What is in the project already.
    pub twice: Vec<Line>,
    /// What was noticed on reading those that were taken in.
    pub remarks: Vec<Line>,
    /// Hidden files that were passed over.
    pub hidden: usize,
}

impl Report {
    /// Whether all went in and there is nothing more to say.
    pub fn is_plain(&self) -> bool {
        self.not.is_empty() && self.twice.is_empty() && self.remarks.is_empty()
    }

    /// The numbers: "37 texts taken in, 3 not".
    pub fn title(&self) -> String {
        let mut title = format!("{} taken in", counted(self.taken, "text", "texts"));
        if !self.not.is_empty() {
            let _ = write!(title, ", {} not", self.not.len());
        }
        if !self.twice.is_empty() {
            let _ = write!(title, ", {} here already", self.twice.len());
        }
        if self.hidden > 0 {
            let _ = write!(title, "; {} passed over", counted(self.hidden, "hidden file", "hidden files"));
        }
        title
    }

    /// The whole report as text.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.title());
        for (name, reason) in &self.not {
            let _ = writeln!(out, "Not taken in: {name}: {reason}");
        }
        for line in &self.twice {
            let _ = writeln!(out, "Here already: {} {}", line.name, line.text);
        }
        for line in &self.remarks {
            let _ = writeln!(out, "Taken in: {}: {}", line.name, line.text);
        }
        out
    }

    /// Draws the report; answers whether it was closed.
    pub fn ui(&self, ui: &mut Ui, actions: &mut Actions) -> bool {
        let buttons = widgets::ReportButtons { close: "Close report", copy: "Copy list" };
        widgets::report(
            ui,
            &self.title(),
            self.not.is_empty(),
            buttons,
            || self.text(),
            |ui| {
                ScrollArea::vertical()
                    .id_salt("report")
                    .max_height(TALLEST)
                    .min_scrolled_height(TALLEST)
                    .show(ui, |ui| self.lines(ui, actions));
            },
        )
    }

    fn lines(&self, ui: &mut Ui, actions: &mut Actions) {
        let tokens = theme::tokens(ui);
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        for (name, reason) in self.not.iter().take(SHOWN) {
            row(ui, icons::WARNING_CIRCLE, tokens.error.text, &format!("{name}: {reason}"), None, actions);
        }
        for line in self.twice.iter().take(SHOWN) {
            let text = format!("{} {}", line.name, line.text);
            row(ui, icons::INFO, tokens.muted, &text, Some(line.article), actions);
        }
        for line in self.remarks.iter().take(SHOWN) {
            let text = format!("{}: {}", line.name, line.text);
            row(ui, icons::INFO, tokens.muted, &text, Some(line.article), actions);
        }
        let more = [self.not.len(), self.twice.len(), self.remarks.len()].map(|n| n.saturating_sub(SHOWN));
        if more.iter().sum::<usize>() > 0 {
            widgets::muted(ui, format!("… and {} more; copy the list to see all", more.iter().sum::<usize>()));
        }
    }
}

fn row(ui: &mut Ui, icon: &str, colour: egui::Color32, text: &str, show: Option<ArticleId>, actions: &mut Actions) {
    ui.horizontal_top(|ui| {
        ui.add(Label::new(RichText::new(icon).size(14.0).color(colour)));
        if let Some(article) = show
            && ui.link("Show").accessible_name(format!("Show the article of {text}")).clicked()
        {
            actions.push(Action::Show(Target::Article(article)));
        }
        ui.add(Label::new(RichText::new(text).color(theme::tokens(ui).text)).wrap().selectable(true));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_says_how_many_and_the_copied_list_says_all() {
        let line = |name: &str, text: &str| Line { name: name.into(), text: text.into(), article: ArticleId::random() };
        let report = Report {
            taken: 37,
            not: vec![("a.pdf".into(), "there is no text in it".into())],
            twice: vec![line("b.txt", "is here already as “Quay flooded”")],
            remarks: vec![line("c.txt", "Read as windows-1251, guessed from its letters")],
            hidden: 2,
        };
        assert_eq!(report.title(), "37 texts taken in, 1 not, 1 here already; 2 hidden files passed over");
        assert_eq!(report.text().lines().count(), 4);
        assert!(!report.is_plain() && Report { taken: 1, ..Report::default() }.is_plain());
    }
}
