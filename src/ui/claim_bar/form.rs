//! The fields of the bar on the screen: which are shown, in which rows, and what a change of each one means.

use egui::Ui;

use super::cells::{Cell, ROOMY, WIDE, flow};
use super::draft::{Field, Goal, Making, Relation};
use super::fields::{Face, id_of};
use super::{ClaimBar, doubts, same, similar};
use crate::derive::claims_on;
use crate::model::{ClaimId, InformationGrade, Party, Stance};
use crate::ui::View;

impl ClaimBar {
    /// What is counted, who says so, and what is rarely said.
    pub(super) fn claim_fields(&mut self, ui: &mut Ui, view: &View<'_>) {
        self.row(ui, view, &[Field::Quantity, Field::Measure, Field::Class, Field::Stance]);
        self.row(ui, view, &[Field::Speaker, Field::Via, Field::Party, Field::Reported]);
        let rare = [
            Field::Scope,
            Field::Base,
            Field::Since,
            Field::Group,
            Field::Grade,
            Field::Attackers,
            Field::Names,
            Field::Comment,
        ];
        self.row(ui, view, &rare);
    }

    /// The fields of a new event.
    pub(super) fn event_fields(&mut self, ui: &mut Ui, view: &View<'_>) {
        self.row(ui, view, &[Field::When, Field::Place, Field::Title, Field::SideA, Field::SideB]);
    }

    fn row(&mut self, ui: &mut Ui, view: &View<'_>, fields: &[Field]) {
        let width = ui.available_width();
        let shown = fields.iter().filter(|field| self.shows(**field, width));
        let cells: Vec<Cell<Field>> = shown.map(|field| cell(*field)).collect();
        flow(ui, &cells, |ui, field| {
            if self.field(ui, view, field) {
                self.changed(view, field);
            }
        });
    }

    fn shows(&self, field: Field, width: f32) -> bool {
        let wanted = self.more || self.used.contains(&field);
        match field {
            Field::Base => matches!(self.draft.relation, Relation::Additional | Relation::Part),
            Field::Since => self.draft.relation == Relation::Since,
            Field::Scope | Field::Group | Field::Grade | Field::Attackers | Field::Names | Field::Comment => wanted,
            Field::SideA | Field::SideB => width >= WIDE || wanted,
            Field::Stance | Field::Via | Field::Party | Field::Title => width >= ROOMY || wanted,
            _ => true,
        }
    }

    /// Draws a field; says whether its value was changed.
    fn field(&mut self, ui: &mut Ui, view: &View<'_>, field: Field) -> bool {
        let guess = self.draft.guesses.why(field).is_some();
        let face = |hint| Face { field, guess, hint, behind: None };
        let (draft, fields) = (&mut self.draft, &mut self.fields);
        let response = match field {
            Field::Quantity => {
                let short = draft.short_reading(view.project);
                let behind = short.as_deref().filter(|_| ui.available_width() > 90.0);
                fields.text(ui, Face { behind, ..face("") }, &mut draft.quantity)
            }
            Field::Measure => fields.pick(ui, face(""), &mut draft.measure, &self.measures),
            Field::Class => fields.completed(ui, face(""), &mut draft.class, &self.classes),
            Field::Stance => {
                let options = Stance::ALL.map(|stance| (stance, stance.key().to_owned()));
                fields.pick(ui, face(""), &mut draft.stance, &options)
            }
            Field::Speaker => fields.completed(ui, face("the article itself"), &mut draft.speaker, &self.speakers),
            Field::Via => fields.completed(ui, face(""), &mut draft.via, &self.speakers),
            Field::Party => {
                let options = [(None, "none"), (Some(Party::A), "A"), (Some(Party::B), "B")];
                fields.pick(ui, face(""), &mut draft.party, &options.map(|(party, name)| (party, name.to_owned())))
            }
            Field::Reported => fields.text(ui, face("not known"), &mut draft.reported),
            Field::Scope => {
                let none = self.bases.is_empty() && draft.relation != Relation::Additional;
                let known = Relation::ALL.iter().filter(|(relation, _)| !none || *relation != Relation::Additional);
                let options: Vec<_> = known.map(|(relation, words)| (*relation, (*words).to_owned())).collect();
                fields.pick(ui, face(""), &mut draft.relation, &options)
            }
            Field::Base => {
                let loose = (draft.relation == Relation::Part).then(|| (None, "the whole event".to_owned()));
                let claims = self.bases.iter().enumerate();
                let claims = claims.map(|(n, (id, name))| (Some(*id), format!("{}  {name}", n + 1)));
                let options: Vec<(Option<ClaimId>, String)> = loose.into_iter().chain(claims).collect();
                fields.pick(ui, face("choose a claim"), &mut draft.base, &options)
            }
            Field::Since => fields.text(ui, face("not said"), &mut draft.since),
            Field::Group => {
                let hint =
                    if draft.speaker.trim().is_empty() { "the article" } else { draft.speaker.trim() }.to_owned();
                fields.completed(ui, face(&hint), &mut draft.group, &self.groups)
            }
            Field::Grade => {
                let grades = (1..=6).map(|n| (InformationGrade::new(n), grade_name(n).to_owned()));
                let options: Vec<_> = std::iter::once((None, "not graded".to_owned())).chain(grades).collect();
                fields.pick(ui, face(""), &mut draft.grade, &options)
            }
            Field::Attackers => fields.text(ui, face("0"), &mut draft.attackers),
            Field::Names => fields.check(ui, face("were counted"), &mut draft.counts_names),
            Field::Comment => fields.text(ui, face(""), &mut draft.comment),
            Field::When => fields.text(ui, face("not known"), &mut draft.when),
            Field::Place => {
                let known = looked_up(ui, field, &mut self.places, || similar::places(view.project));
                fields.completed(ui, face(""), &mut draft.place, known)
            }
            Field::Title => fields.text(ui, face(""), &mut draft.title),
            Field::SideA | Field::SideB => {
                let known = looked_up(ui, field, &mut self.sides, || similar::sides(view.project));
                let side = if field == Field::SideA { &mut draft.side_a } else { &mut draft.side_b };
                fields.completed(ui, face(""), side, known)
            }
            Field::Event | Field::Whole => return false,
        };
        response.changed()
    }

    /// A person changed a field: it is no guess any more, and what rests on it is worked out anew.
    pub(super) fn changed(&mut self, view: &View<'_>, field: Field) {
        self.mistake = None;
        self.draft.guesses.settle(field);
        match field {
            Field::Speaker | Field::SideA | Field::SideB => doubts::by_sides(&mut self.draft, view.project),
            Field::Scope if self.draft.relation == Relation::Additional && self.draft.base.is_none() => {
                if let Some((newest, _)) = self.bases.last() {
                    self.draft.base = Some(*newest);
                    self.draft.guesses.mark(Field::Base, "the newest claim; 1 to 9 choose another");
                }
            }
            _ => {}
        }
        self.look_around(view);
    }

    /// A person chose the event.
    pub(super) fn choose(&mut self, view: &View<'_>, goal: Goal) {
        self.draft.goal = goal;
        self.draft.guesses.settle(Field::Event);
        self.goal_changed(view);
    }

    pub(super) fn goal_changed(&mut self, view: &View<'_>) {
        if self.draft.making == Making::Claim {
            doubts::by_sides(&mut self.draft, view.project);
        }
        self.find_bases(view);
        self.use_rare();
        self.mistake = None;
    }

    /// The claims that the new one may come on top of: same event, measure and class, newest last.
    pub(super) fn find_bases(&mut self, view: &View<'_>) {
        self.bases.clear();
        if let (Goal::Event(id), Ok(class)) = (self.draft.goal, self.draft.read_class()) {
            let claims = claims_on(view.project, view.derived, id);
            let fits = claims.filter(|claim| claim.measure == self.draft.measure && claim.class == class);
            self.bases = fits.map(|claim| (claim.id, same::name(claim))).collect();
        }
        let there = |base: ClaimId| self.bases.iter().any(|(id, _)| *id == base);
        if self.draft.base.is_some_and(|base| !there(base)) {
            self.draft.base = None;
            self.draft.guesses.withdraw(Field::Base);
        }
        let total = self.draft.relation == Relation::Total;
        let more = self.draft.guess.more.clone().filter(|_| total && !self.draft.guesses.is_settled(Field::Scope));
        if let Some(more) = more {
            let why = match self.bases.last() {
                Some((_, name)) => format!("“{more}”: additional to {name}? Else the whole"),
                None => format!("“{more}”, and no claim here to add it to: the whole?"),
            };
            self.draft.guesses.mark(Field::Scope, why);
        }
    }

    /// Rare fields that are filled in or in doubt are shown from now on.
    pub(super) fn use_rare(&mut self) {
        self.used.extend(doubts::rare_in_use(&self.draft));
    }
}

/// Known words of a field, looked up when the keyboard comes to it: a large project has many.
fn looked_up<'a>(
    ui: &Ui,
    field: Field,
    known: &'a mut Option<Vec<crate::model::Text>>,
    look: impl FnOnce() -> Vec<crate::model::Text>,
) -> &'a [crate::model::Text] {
    if known.is_none() && ui.memory(|memory| memory.has_focus(id_of(field.label()))) {
        *known = Some(look());
    }
    known.as_deref().unwrap_or_default()
}

/// What a field needs in a row.
fn cell(field: Field) -> Cell<Field> {
    let (least, share) = match field {
        Field::Quantity => (56.0, 1.0),
        Field::Measure => (84.0, 0.9),
        Field::Class => (56.0, 1.2),
        Field::Stance => (84.0, 0.3),
        Field::Speaker => (112.0, 2.0),
        Field::Via => (86.0, 1.2),
        Field::Party => (80.0, 0.1),
        Field::Reported | Field::Since => (86.0, 0.4),
        Field::Scope => (124.0, 0.6),
        Field::Base => (200.0, 2.0),
        Field::Group => (120.0, 1.0),
        Field::Grade => (110.0, 0.8),
        Field::Attackers => (60.0, 0.2),
        Field::Names => (112.0, 0.1),
        Field::Comment => (150.0, 2.0),
        Field::When => (88.0, 0.8),
        Field::Place => (92.0, 1.4),
        Field::Title => (92.0, 1.4),
        Field::SideA | Field::SideB => (80.0, 1.0),
        Field::Event | Field::Whole => (60.0, 1.0),
    };
    Cell { what: field, least, share }
}

fn grade_name(grade: u8) -> &'static str {
    match grade {
        1 => "1 confirmed",
        2 => "2 probably true",
        3 => "3 possibly true",
        4 => "4 doubtful",
        5 => "5 improbable",
        _ => "6 cannot be judged",
    }
}
