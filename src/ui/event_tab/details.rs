//! The current claim under the table: its words in every article, what is known of it, and the form that is open.

use egui::{Align, Frame, Label, Layout, Margin, RichText, Stroke, TextEdit, Ui, vec2};

use super::claim_form::{ClaimForm, Outcome, entered, problem};
use super::table::Wish;
use super::words::{self, Standing};
use crate::dataset;
use crate::derive::figures::{self as rules, MeasureFigures};
use crate::edit::Edit;
use crate::model::{Claim, ClaimId, Project};
use crate::ui::theme::{self, icons};
use crate::ui::widgets::{self, Tone, badge};
use crate::ui::{Action, Actions, Target, View, figures};

/// Quotes are short: this keeps a whole article that was quoted from filling the tab.
const QUOTE_LIMIT: usize = 600;

/// Claims about to be set aside: the reason is asked in place.
#[derive(Debug)]
pub struct AsideForm {
    claims: Vec<ClaimId>,
    reason: String,
    refused: Option<String>,
    fresh: bool,
}

/// What is open under the table.
#[derive(Debug)]
pub enum Open {
    /// The question why claims are set aside.
    Aside(AsideForm),
    /// The fields of a claim.
    Claim(Box<ClaimForm>),
}

impl Open {
    /// The fields of a claim.
    pub fn form(claim: &Claim) -> Self {
        Self::Claim(Box::new(ClaimForm::of(claim)))
    }

    /// The question why these claims are not counted.
    pub fn aside(claims: Vec<ClaimId>) -> Self {
        Self::Aside(AsideForm { claims, reason: String::new(), refused: None, fresh: true })
    }

    /// The first claim that it is about.
    pub fn first(&self) -> Option<ClaimId> {
        match self {
            Self::Aside(form) => form.claims.first().copied(),
            Self::Claim(form) => Some(form.claim()),
        }
    }

    /// Whether it is about this claim.
    pub fn is_about(&self, claim: ClaimId) -> bool {
        match self {
            Self::Aside(form) => form.claims.contains(&claim),
            Self::Claim(form) => form.claim() == claim,
        }
    }
}

/// The claim and what is said of it.
pub struct Details<'a> {
    /// The project and what follows from it.
    pub view: &'a View<'a>,
    /// The claim.
    pub claim: &'a Claim,
    /// All claims of the event and measure.
    pub claims: &'a [ClaimId],
    /// What the figures make of them.
    pub figures: Option<&'a MeasureFigures>,
}

impl Details<'_> {
    fn project(&self) -> &Project {
        self.view.project
    }

    /// Draws the claim and the form that is open. Gives back what is wished, and whether a form was left in this frame.
    pub fn ui(&self, ui: &mut Ui, open: &mut Option<Open>, actions: &mut Actions) -> (Option<Wish>, bool) {
        let tokens = theme::tokens(ui);
        let mut wish = None;
        let was_open = open.is_some();
        let frame = Frame::new()
            .fill(tokens.page)
            .stroke(Stroke::new(tokens.border_width, tokens.hairline))
            .corner_radius(6.0)
            .inner_margin(Margin::same(10));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 4.0;
            wish = self.head(ui);
            self.facts(ui);
            self.form(ui, open, actions);
            self.quotes(ui, actions);
            self.standing(ui);
        });
        (wish, was_open && open.is_none())
    }

    fn head(&self, ui: &mut Ui) -> Option<Wish> {
        let claim = self.claim;
        let name = words::name(self.project(), claim);
        let row = vec2(ui.available_width(), theme::ROW);
        let mut wish = None;
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            if widgets::icon_button(ui, icons::TRASH, &format!("Delete claim {name}")).clicked() {
                wish = Some(Wish::Delete(vec![claim.id]));
            }
            let (icon, text) = match claim.aside {
                Some(_) => (icons::UNDO, format!("Take back {name}: count it again")),
                None => (icons::PROHIBIT, format!("Set aside {name}...")),
            };
            if widgets::icon_button(ui, icon, &text).clicked() {
                wish = Some(Wish::Aside(vec![claim.id]));
            }
            if widgets::icon_button(ui, icons::PENCIL, &format!("Edit claim {name}")).clicked() {
                wish = Some(Wish::Form(claim.id));
            }
            let evidence = match (claim.quotes.is_empty(), self.rests_on_row()) {
                (false, _) => Some((icons::QUOTES, "quote")),
                (true, true) => Some((icons::TABLE, "row")),
                (true, false) => None,
            };
            if let Some((icon, what)) = evidence
                && widgets::icon_button(ui, icon, &format!("Go to the {what} of {name}")).clicked()
            {
                wish = Some(Wish::Quote(claim.id));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                self.number(ui);
            });
        });
        wish
    }

    fn rests_on_row(&self) -> bool {
        dataset::rests_on_row(self.project(), self.claim.id)
    }

    fn number(&self, ui: &mut Ui) {
        let tokens = theme::tokens(ui);
        let claim = self.claim;
        let written = claim.quantity.to_string();
        let number = RichText::new(&written).font(theme::semibold(16.0)).color(tokens.text);
        ui.add(Label::new(number)).on_hover_text(claim.quantity.describe());
        match figures::reading(rules::read(claim, &self.project().methodology)) {
            Some(reading) if reading.replace(',', "") != written => {
                let table = &self.project().methodology.words.name;
                widgets::muted(ui, format!("→ {reading}"))
                    .on_hover_text(format!("Read as {reading} (word table {table})"));
            }
            None => drop(widgets::muted(ui, "no number").on_hover_text("It moves no figure")),
            Some(_) => {}
        }
        let class = RichText::new(claim.class.to_string()).color(tokens.muted);
        ui.add(Label::new(class).truncate());
        if let Some(stance) = words::stance(claim) {
            badge(ui, stance, Tone::Warn);
        }
    }

    fn facts(&self, ui: &mut Ui) {
        let tokens = theme::tokens(ui);
        let mut who = words::speaker(self.project(), self.claim);
        if !self.claim.via.is_empty() {
            who = format!("{who} → {}", self.claim.via);
        }
        ui.add(Label::new(RichText::new(who).text_style(theme::LABEL.clone()).color(tokens.text)).wrap());
        let mut facts = words::particulars(self.project(), self.claim);
        facts.extend(words::scope(self.project(), self.claim));
        ui.add(Label::new(RichText::new(facts.join(" · ")).small().color(tokens.muted)).wrap());
    }

    /// Every quote with the article that it stands in; a press on the article goes there.
    fn quotes(&self, ui: &mut Ui, actions: &mut Actions) {
        let tokens = theme::tokens(ui);
        for (at, quote) in self.claim.quotes.iter().enumerate() {
            let words: String = quote.exact.chars().take(QUOTE_LIMIT).collect();
            let more = if words.len() < quote.exact.len() { "…" } else { "" };
            ui.add(Label::new(RichText::new(format!("“{words}{more}”")).color(tokens.text)).selectable(true).wrap());
            let article = self.project().articles.get(quote.article);
            let headline = article.map_or("an article that is gone", |article| &*article.headline);
            let headline = if headline.is_empty() { "an article without a headline" } else { headline };
            ui.push_id(("quote", at), |ui| {
                let text = RichText::new(headline).text_style(theme::CAPTION.clone());
                if ui.link(text).on_hover_text("Show these words in the article").clicked() {
                    actions.push(Action::Show(Target::Quote(self.claim.id, at)));
                }
            });
        }
        if self.claim.quotes.is_empty() && self.rests_on_row() {
            let text = RichText::new("The row that it is read from").text_style(theme::CAPTION.clone());
            if ui.link(text).on_hover_text("Show the row in the reader's place").clicked() {
                actions.push(Action::Show(Target::Quote(self.claim.id, 0)));
            }
        }
        if !self.claim.comment.is_empty() {
            let text = format!("Remark: {}", self.claim.comment);
            ui.add(Label::new(RichText::new(text).small().color(tokens.muted)).wrap());
        }
    }

    fn standing(&self, ui: &mut Ui) {
        let tokens = theme::tokens(ui);
        let standing = Standing::of(self.claim, self.figures);
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

    fn form(&self, ui: &mut Ui, open: &mut Option<Open>, actions: &mut Actions) {
        let Some(form) = open.as_mut().filter(|form| form.is_about(self.claim.id)) else { return };
        let fresh = matches!(form, Open::Aside(AsideForm { fresh: true, .. }));
        let shown = ui.scope(|ui| match form {
            Open::Aside(form) => aside_ui(ui, self.project(), form),
            Open::Claim(form) => form.ui(ui, self.project(), self.claims),
        });
        if fresh {
            shown.response.scroll_to_me(None);
        }
        match shown.inner {
            Outcome::Open => {}
            Outcome::Cancelled => *open = None,
            Outcome::Done(edit) => {
                actions.push(Action::Edit(*edit));
                *open = None;
            }
        }
    }
}

fn aside_ui(ui: &mut Ui, project: &Project, form: &mut AsideForm) -> Outcome {
    let label = match form.claims.len() {
        1 => "Why is it not counted?".to_owned(),
        n => format!("Why are these {n} claims not counted?"),
    };
    let field = widgets::field_with(ui, &label, |ui| {
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
            let edit = counting(project, &form.claims, Some(&form.reason));
            match edit.apply(project) {
                Ok(_) => outcome = Outcome::Done(Box::new(edit)),
                Err(why) => {
                    form.refused = Some(why.to_string());
                    field.request_focus();
                }
            }
        }
        if ui.button("Cancel").clicked() || ui.input(|i| i.key_pressed(egui::Key::Escape)) {
            outcome = Outcome::Cancelled;
        }
    });
    outcome
}

/// The change that sets claims aside for a reason, or without one counts them again.
pub fn counting(project: &Project, claims: &[ClaimId], reason: Option<&str>) -> Edit {
    let aside = reason.map(|reason| reason.trim().into());
    let claims: Vec<Claim> = claims
        .iter()
        .filter_map(|id| dataset::claim(project, *id))
        .map(|claim| Claim { aside: aside.clone(), ..(**claim).clone() })
        .collect();
    let many = match claims.as_slice() {
        [one] => format!("claim {}", one.quantity),
        many => format!("{} claims", many.len()),
    };
    let label = if reason.is_some() { format!("Set {many} aside") } else { format!("Count {many} again") };
    Edit::Several { label, edits: vec![Edit::SetClaims { claims, what: "counting".to_owned() }] }
}
