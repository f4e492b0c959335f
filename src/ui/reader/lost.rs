//! Quotes whose words do not stand where they stood: what they were, and whether they can be found again. Nothing is
//! moved before a person says so.

use egui::{Align, Button, Layout, RichText, ScrollArea, Ui, vec2};

use super::Reader;
use super::document::Document;
use super::marks::label;
use crate::dataset;
use crate::edit::Edit;
use crate::model::{Article, Claim, ClaimId, EventId, Project, Quote};
use crate::ui::{Action, Actions, Desk, Target, View, figures, widgets};

/// The longest part of a quote that is shown.
const SHOWN: usize = 60;

/// A quote that is not where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    pub claim: ClaimId,
    pub event: EventId,
    /// Which of the claim's quotes.
    pub which: usize,
    /// The words, and what the claim says.
    pub line: String,
    /// Where its exact words stand, if they stand once in the text.
    pub found: Option<usize>,
}

impl Lost {
    /// Looks for the words of a quote.
    pub fn of(claim: &Claim, which: usize, quote: &Quote, document: &Document, project: &Project) -> Self {
        let short: String = quote.exact.chars().take(SHOWN).collect();
        let dots = if short.len() < quote.exact.len() { "…" } else { "" };
        let found = once(document.text(), &quote.exact);
        let line = format!("“{short}{dots}” – {}", label(claim, project));
        Self { claim: claim.id, event: claim.event, which, line, found }
    }
}

/// The place of words that stand in a text exactly once, in scalars.
fn once(text: &str, words: &str) -> Option<usize> {
    let (bytes, wanted) = (text.as_bytes(), words.as_bytes());
    if wanted.is_empty() {
        return None;
    }
    let first = memchr::memmem::find(bytes, wanted)?;
    let last = memchr::memmem::rfind(bytes, wanted)?;
    (first == last).then(|| text[..first].chars().count())
}

impl Reader {
    /// Tells which quotes do not stand where they stood, and offers what can be done.
    pub(super) fn lost_quotes(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        article: &Article,
        document: &Document,
        desk: &mut Desk,
        actions: &mut Actions,
    ) {
        let lost = &self.marks.lost;
        if lost.is_empty() {
            return;
        }
        let found: Vec<&Lost> = lost.iter().filter(|lost| lost.found.is_some()).collect();
        let text = match lost.len() {
            1 => "1 quote does not stand where it stood".to_owned(),
            n => format!("{n} quotes do not stand where they stood"),
        };
        let list = if self.lost_shown { "Hide" } else { "Show" };
        let anchor = format!("Re-anchor {}", figures::count(found.len(), "quote", "quotes"));
        let buttons: &[&str] = if found.is_empty() { &[list] } else { &[list, &anchor] };
        let pressed = widgets::banner(ui, widgets::Tone::Warn, &text, buttons);
        if pressed == Some(1) {
            actions.extend(re_anchored(view, article, document, &found).map(Action::Edit));
        }
        if self.lost_shown {
            ScrollArea::vertical().id_salt("lost quotes").max_height(130.0).auto_shrink([false, true]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for lost in lost {
                    ui.horizontal(|ui| {
                        ui.add_space(12.0);
                        let button = Button::new(lost.line.as_str()).frame_when_inactive(false).truncate();
                        if ui.add(button).on_hover_text("Go to the claim").clicked() {
                            desk.claim = Some(lost.claim);
                            actions.push(Action::Show(Target::Event(lost.event)));
                        }
                    });
                    let state = match lost.found {
                        Some(_) => "Stands once elsewhere in the text: can be re-anchored",
                        None => "Not in the text, or more than once: stays as it is",
                    };
                    let size = vec2(ui.available_width(), 16.0);
                    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Min), |ui| {
                        ui.add_space(22.0);
                        ui.label(RichText::new(state).weak().size(11.0));
                    });
                    ui.add_space(4.0);
                }
            });
        }
        if pressed == Some(0) {
            self.lost_shown = !self.lost_shown;
        }
    }
}

/// The change that moves quotes to where their words stand now.
fn re_anchored(view: &View<'_>, article: &Article, document: &Document, found: &[&Lost]) -> Option<Edit> {
    let mut claims: Vec<Claim> = Vec::new();
    for lost in found {
        let Some(start) = lost.found else { continue };
        if !claims.iter().any(|claim| claim.id == lost.claim) {
            claims.extend(dataset::claim(view.project, lost.claim).map(|claim| (**claim).clone()));
        }
        let Some(claim) = claims.iter_mut().find(|claim| claim.id == lost.claim) else { continue };
        let Some(quote) = claim.quotes.get_mut(lost.which) else { continue };
        let length = quote.exact.chars().count();
        if let Some(new) = Quote::of(article.id, document.text(), start, start + length) {
            *quote = new;
        }
    }
    let label = format!("Re-anchor {}", figures::count(found.len(), "quote", "quotes"));
    let edit = Edit::SetClaims { claims, what: "place of the quote".to_owned() };
    (!found.is_empty()).then(|| Edit::Several { label, edits: vec![edit] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_stand_once_are_found() {
        assert_eq!(once("Über 42 people", "42"), Some(5));
        assert_eq!(once("42 and 42", "42"), None);
        assert_eq!(once("none", "42"), None);
        assert_eq!(once("none", ""), None);
    }
}
