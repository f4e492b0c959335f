//! Claims that may be one voice: what looks like one text is proposed, and a person says whether it is. Nothing is
//! joined by itself.

use std::collections::HashSet;

use egui::{Frame, Label, RichText, Ui};

use super::relate::{Relation, relate};
use super::words;
use crate::derive::voices::Alike;
use crate::model::{ClaimId, Project};
use crate::ui::theme;
use crate::ui::widgets;
use crate::ui::{Action, Actions};

/// Pairs of which a person said that they are two voices, for as long as the program runs.
pub type ToldApart = HashSet<(ClaimId, ClaimId)>;

/// Draws the proposals that nobody has answered.
pub fn ui(ui: &mut Ui, project: &Project, found: &[Alike], apart: &mut ToldApart, actions: &mut Actions) {
    let open: Vec<&Alike> = found.iter().filter(|pair| !apart.contains(&(pair.first, pair.second))).collect();
    for pair in open {
        let tokens = theme::tokens(ui);
        let frame = Frame::new().fill(tokens.info.fill).corner_radius(6.0).inner_margin(8);
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 4.0;
            let names = [pair.first, pair.second].map(|id| words::name_of(project, id));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
            let percent = (pair.likeness * 100.0).floor() as u32;
            let question = format!(
                "{} and {} look like one text ({percent} % alike): treat them as one voice?",
                names[0], names[1]
            );
            ui.add(Label::new(RichText::new(question).color(tokens.text)).wrap());
            ui.push_id((pair.first.as_str(), pair.second.as_str()), |ui| {
                ui.horizontal(|ui| {
                    if ui.button("Same voice").clicked() {
                        match relate(project, pair.second, Relation::SameVoice, pair.first) {
                            Ok(edit) => actions.push(Action::Edit(edit)),
                            Err(why) => actions.push(Action::Complain(why)),
                        }
                    }
                    if ui.button("Not the same").clicked() {
                        apart.insert((pair.first, pair.second));
                    }
                    widgets::caption(ui, "The passages around both quotes were compared");
                });
            });
        });
    }
}
