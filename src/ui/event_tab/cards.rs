//! The claims of one measure side by side, a card each: what was said, by whom, in which words, and whether it counts.

use egui::{Align, Frame, Label, Layout, Margin, RichText, Sense, Stroke, TextEdit, Ui, UiBuilder, vec2};

use super::claim_form::{ClaimForm, Outcome, entered, problem};
use super::words::{self, Standing};
use crate::derive::figures::{self as rules, MeasureFigures};
use crate::edit::Edit;
use crate::model::{Claim, ClaimId, Project};
use crate::ui::theme::{self, icons};
use crate::ui::widgets::{self, Tone, badge};
use crate::ui::{Action, Actions, Desk, Target, View, figures};

/// Reasons are short: this keeps a card from growing sideways.
const QUOTE_LIMIT: usize = 600;

/// A claim about to be set aside: the reason is asked in its card.
#[derive(Debug)]
pub struct AsideForm {
    claim: ClaimId,
    reason: String,
    refused: Option<String>,
    fresh: bool,
}

/// What is open in a card.
#[derive(Debug)]
pub enum Open {
    /// The question why it is set aside.
    Aside(AsideForm),
    /// Its fields.
    Claim(Box<ClaimForm>),
}

impl Open {
    fn claim(&self) -> ClaimId {
        match self {
            Self::Aside(form) => form.claim,
            Self::Claim(form) => form.claim(),
        }
    }
}

/// What the cards share while they are drawn.
pub struct Cards<'a> {
    /// The project and what follows from it.
    pub view: &'a View<'a>,
    /// All claims of the event and measure, in the order in which they are shown.
    pub claims: &'a [ClaimId],
    /// What the figures make of them.
    pub figures: Option<&'a MeasureFigures>,
    /// The claim to scroll to in this frame.
    pub reveal: Option<ClaimId>,
}

impl Cards<'_> {
    /// Draws all cards.
    pub fn ui(&self, ui: &mut Ui, open: &mut Option<Open>, desk: &mut Desk, actions: &mut Actions) {
        for id in self.claims {
            let Some(claim) = self.view.project.claims.get(*id) else { continue };
            ui.push_id(id.as_str(), |ui| self.card(ui, claim, open, desk, actions));
        }
    }

    fn project(&self) -> &Project {
        self.view.project
    }

    fn card(&self, ui: &mut Ui, claim: &Claim, open: &mut Option<Open>, desk: &mut Desk, actions: &mut Actions) {
        let tokens = theme::tokens(ui);
        let current = desk.claim == Some(claim.id);
        let stroke =
            if current { Stroke::new(2.0, tokens.accent) } else { Stroke::new(tokens.border_width, tokens.hairline) };
        // The stroke takes room: the margin gives back what a thicker one takes, so that nothing jumps.
        let margin = if current { 9 } else { 10 };
        let name = words::name(self.project(), claim);
        let builder = UiBuilder::new()
            .sense(Sense::CLICK)
            .accessibility_role(egui::Role::Article)
            .accessibility_label(format!("Claim {name}"));
        let card = ui.scope_builder(builder, |ui| {
            Frame::new().fill(tokens.page).stroke(stroke).corner_radius(6.0).inner_margin(Margin::same(margin)).show(
                ui,
                |ui| {
                    ui.set_width(ui.available_width());
                    ui.spacing_mut().item_spacing.y = 4.0;
                    self.number_row(ui, claim, &name, open, actions);
                    self.speaker_rows(ui, claim);
                    self.quote(ui, claim);
                    self.standing(ui, claim);
                    self.form(ui, claim, open, actions);
                },
            );
        });
        let bounds = card.response.rect;
        ui.ctx().accesskit_node_builder(card.response.id, |node| {
            // A widget that takes clicks but no focus is given no place by egui.
            let [x0, y0, x1, y1] = [bounds.min.x, bounds.min.y, bounds.max.x, bounds.max.y].map(f64::from);
            node.set_bounds(egui::accesskit::Rect { x0, y0, x1, y1 });
        });
        if card.response.clicked() {
            desk.claim = Some(claim.id);
        }
        if self.reveal == Some(claim.id) {
            card.response.scroll_to_me(Some(Align::Center));
        }
        ui.add_space(2.0);
    }

    fn number_row(&self, ui: &mut Ui, claim: &Claim, name: &str, open: &mut Option<Open>, actions: &mut Actions) {
        let row = vec2(ui.available_width(), theme::ROW);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            self.buttons(ui, claim, name, open, actions);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                self.number(ui, claim);
            });
        });
    }

    fn number(&self, ui: &mut Ui, claim: &Claim) {
        let tokens = theme::tokens(ui);
        let colour = if claim.aside.is_some() { tokens.muted } else { tokens.text };
        let written = claim.quantity.to_string();
        let mut number = RichText::new(&written).font(theme::semibold(16.0)).color(colour);
        if claim.aside.is_some() {
            number = number.strikethrough();
        }
        ui.add(Label::new(number)).on_hover_text(claim.quantity.describe());
        let reading = rules::read(claim, &self.project().methodology);
        match figures::reading(reading) {
            Some(reading) if reading.replace(',', "") != written => {
                let table = &self.project().methodology.words.name;
                widgets::muted(ui, format!("→ {reading}"))
                    .on_hover_text(format!("Read as {reading} (word table {table})"));
            }
            None => {
                widgets::muted(ui, "no number").on_hover_text("It moves no figure");
            }
            Some(_) => {}
        }
        ui.add(Label::new(RichText::new(claim.class.to_string()).color(tokens.muted)).truncate());
        if let Some(stance) = words::stance(claim) {
            badge(ui, stance, Tone::Warn);
        }
    }

    /// From the right: delete, set aside or take back, edit, go to the quote.
    fn buttons(&self, ui: &mut Ui, claim: &Claim, name: &str, open: &mut Option<Open>, actions: &mut Actions) {
        if widgets::icon_button(ui, icons::TRASH, &format!("Delete claim {name}")).clicked() {
            actions.push(Action::Edit(Edit::RemoveClaims(vec![claim.id])));
            *open = None;
        }
        if claim.aside.is_some() {
            if widgets::icon_button(ui, icons::UNDO, &format!("Take back {name}: count it again")).clicked() {
                actions.push(Action::Edit(count_again(claim)));
            }
        } else if widgets::icon_button(ui, icons::PROHIBIT, &format!("Set aside {name}...")).clicked() {
            let form = AsideForm { claim: claim.id, reason: String::new(), refused: None, fresh: true };
            *open = Some(Open::Aside(form));
        }
        if widgets::icon_button(ui, icons::PENCIL, &format!("Edit claim {name}")).clicked() {
            *open = Some(Open::Claim(Box::new(ClaimForm::of(claim))));
        }
        if !claim.quotes.is_empty()
            && widgets::icon_button(ui, icons::QUOTES, &format!("Go to the quote of {name}")).clicked()
        {
            actions.push(Action::Show(Target::Quote(claim.id, 0)));
        }
    }

    fn speaker_rows(&self, ui: &mut Ui, claim: &Claim) {
        let tokens = theme::tokens(ui);
        let mut who = words::speaker(self.project(), claim);
        if !claim.via.is_empty() {
            who = format!("{who} → {}", claim.via);
        }
        ui.add(Label::new(RichText::new(who).text_style(theme::LABEL.clone()).color(tokens.text)).wrap());
        let mut facts = words::particulars(self.project(), claim);
        facts.extend(words::scope(self.project(), claim));
        ui.add(Label::new(RichText::new(facts.join(" · ")).small().color(tokens.muted)).wrap());
    }

    fn quote(&self, ui: &mut Ui, claim: &Claim) {
        let tokens = theme::tokens(ui);
        for quote in &claim.quotes {
            let words: String = quote.exact.chars().take(QUOTE_LIMIT).collect();
            let more = if words.len() < quote.exact.len() { "…" } else { "" };
            ui.add(Label::new(RichText::new(format!("“{words}{more}”")).color(tokens.text)).selectable(true).wrap());
            let headline = self.project().articles.get(quote.article).map_or("", |article| &*article.headline);
            if !headline.is_empty() {
                let text = RichText::new(headline).text_style(theme::CAPTION.clone()).color(tokens.muted);
                ui.add(Label::new(text).truncate());
            }
        }
        if !claim.comment.is_empty() {
            ui.add(Label::new(RichText::new(format!("Remark: {}", claim.comment)).small().color(tokens.muted)).wrap());
        }
    }

    fn standing(&self, ui: &mut Ui, claim: &Claim) {
        let tokens = theme::tokens(ui);
        let standing = Standing::of(claim, self.figures);
        let (icon, colour) = match standing {
            Standing::Used => (icons::CHECK_CIRCLE, tokens.ok.text),
            Standing::NotUsed(rules::NotUsed::SetAside(_)) => (icons::PROHIBIT, tokens.warn.text),
            _ => (icons::CIRCLE_DASHED, tokens.muted),
        };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.add(Label::new(RichText::new(icon).size(14.0).color(colour)));
            ui.add(Label::new(RichText::new(standing.describe()).small().color(colour)).wrap());
        });
    }

    fn form(&self, ui: &mut Ui, claim: &Claim, open: &mut Option<Open>, actions: &mut Actions) {
        let Some(form) = open.as_mut().filter(|form| form.claim() == claim.id) else { return };
        ui.separator();
        let outcome = match form {
            Open::Aside(form) => aside_ui(ui, self.project(), claim, form),
            Open::Claim(form) => form.ui(ui, self.project(), self.claims),
        };
        match outcome {
            Outcome::Open => {}
            Outcome::Cancelled => *open = None,
            Outcome::Done(edit) => {
                actions.push(Action::Edit(*edit));
                *open = None;
            }
        }
    }
}

fn aside_ui(ui: &mut Ui, project: &Project, claim: &Claim, form: &mut AsideForm) -> Outcome {
    let field = widgets::field_with(ui, "Why is it not counted?", |ui| {
        let hint = "Same toll as in the later report";
        ui.add(TextEdit::singleline(&mut form.reason).hint_text(hint).desired_width(f32::INFINITY))
    });
    if std::mem::take(&mut form.fresh) {
        field.request_focus();
    }
    let enter = entered(ui, &field);
    if let Some(why) = &form.refused {
        problem(ui, why);
    }
    let mut outcome = Outcome::Open;
    ui.horizontal(|ui| {
        if widgets::primary_button(ui, "Set aside").clicked() || enter {
            let edit = set_aside(claim, &form.reason);
            match edit.apply(project) {
                Ok(_) => outcome = Outcome::Done(Box::new(edit)),
                Err(why) => form.refused = Some(why.to_string()),
            }
        }
        if ui.button("Cancel").clicked() || ui.input(|i| i.key_pressed(egui::Key::Escape)) {
            outcome = Outcome::Cancelled;
        }
    });
    outcome
}

fn set_aside(claim: &Claim, reason: &str) -> Edit {
    let after = Claim { aside: Some(reason.trim().into()), ..claim.clone() };
    labelled(format!("Set claim {} aside", claim.quantity), after)
}

fn count_again(claim: &Claim) -> Edit {
    labelled(format!("Count claim {} again", claim.quantity), Claim { aside: None, ..claim.clone() })
}

fn labelled(label: String, claim: Claim) -> Edit {
    Edit::Several { label, edits: vec![Edit::SetClaims { claims: vec![claim], what: "counting".to_owned() }] }
}
