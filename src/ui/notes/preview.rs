//! A note as it reads: its Markdown drawn, its links leading to records. A link that leads nowhere is struck through
//! and red, and nothing happens when it is clicked.

use std::fmt::Write as _;

use egui::{Id, Label, RichText, Ui};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use crate::derive::links::{self, Linked};
use crate::model::{Note, NoteId};
use crate::ui::{Action, Actions, View, theme, widgets};

/// The preview's own state.
#[derive(Debug, Default)]
pub(super) struct Preview {
    cache: CommonMarkCache,
    /// The note and the revision that the Markdown was made for.
    made_for: Option<(NoteId, u64)>,
    markdown: String,
    /// Where the links of the Markdown lead.
    leads: Vec<(String, Linked)>,
}

impl Preview {
    pub(super) fn ui(&mut self, ui: &mut Ui, view: &View<'_>, note: &Note, actions: &mut Actions) {
        self.work_out(view, note);
        if note.body.trim().is_empty() {
            widgets::muted(ui, "Nothing is written yet");
            return;
        }
        let broken = |ui: &mut Ui, code: &str, _inline: bool| draw_broken(ui, &decode(code));
        let viewer = CommonMarkViewer::new().render_math_fn(Some(&broken));
        viewer.show_with_id(Id::unique("note preview").with(note.id), ui, &mut self.cache, &self.markdown);
        for (address, linked) in &self.leads {
            if self.cache.get_link_hook(address) == Some(true) {
                actions.push(Action::Show((*linked).into()));
            }
        }
    }

    fn work_out(&mut self, view: &View<'_>, note: &Note) {
        let key = (note.id, view.revision);
        if self.made_for == Some(key) {
            return;
        }
        let name_of = |id: &str| links::resolve(view.project, id).map(|linked| links::name(view.project, linked));
        self.markdown = links::to_markdown(&note.body, name_of, |label| format!("${}$", encode(label)));
        let resolved = links::links(&note.body).into_iter().filter_map(|link| {
            let linked = links::resolve(view.project, &link.id)?;
            Some((format!("{}{}", links::SCHEME, link.id), linked))
        });
        self.leads = resolved.collect();
        // A record that is linked twice is still shown once a click.
        self.leads.sort_unstable();
        self.leads.dedup();
        self.cache.link_hooks_clear();
        for (address, _) in &self.leads {
            self.cache.add_link_hook(address.as_str());
        }
        self.made_for = Some(key);
    }
}

fn draw_broken(ui: &mut Ui, label: &str) {
    let tokens = theme::tokens(ui);
    let text = RichText::new(label).strikethrough().color(tokens.error.text);
    let response = ui.add(Label::new(text));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(format!("{label}, broken link")));
    response.on_hover_text("No event, article or note has this id");
}

/// A label as letters that a formula may hold.
fn encode(label: &str) -> String {
    label.bytes().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn decode(code: &str) -> String {
    let pair = |at: usize| code.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Vec<u8> = (0..code.len()).step_by(2).filter_map(pair).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_survives_being_a_formula() {
        for label in ["gone", "Ünï $5 {x} \\", ""] {
            assert_eq!(decode(&encode(label)), label);
        }
        assert_eq!(decode("not hex"), "");
    }
}
