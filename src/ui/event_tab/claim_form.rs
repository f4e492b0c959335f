//! A claim being changed in its own card: what is typed, what is wrong with it, and the claim that comes of it.
//! The state and its reading are plain; only `ui` knows the window.

use egui::{ComboBox, Key, Label, RichText, TextEdit, Ui};
use jiff::civil::Date;

use super::words;
use crate::edit::Edit;
use crate::model::{
    BaseClass, Claim, ClaimId, Class, EventDate, InformationGrade, Party, Project, Quantity, Scope, Stance,
};
use crate::ui::{theme, widgets};

/// Which relation to the whole is chosen, apart from what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Total,
    Additional,
    Part,
    Cumulative,
}

impl Relation {
    const ALL: [Self; 4] = [Self::Total, Self::Additional, Self::Part, Self::Cumulative];

    const fn words(self) -> &'static str {
        match self {
            Self::Total => "the whole",
            Self::Additional => "additional to",
            Self::Part => "part of",
            Self::Cumulative => "cumulative since",
        }
    }
}

/// What is typed so far.
#[derive(Debug)]
pub struct ClaimForm {
    before: Claim,
    quantity: String,
    class: Class,
    speaker: String,
    via: String,
    party: Option<Party>,
    reported: String,
    stance: Stance,
    relation: Relation,
    base: Option<ClaimId>,
    since: String,
    grade: Option<InformationGrade>,
    names: bool,
    comment: String,
    refused: Option<String>,
    fresh: bool,
}

/// What a form asks for at the end of a frame.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    /// It stays open.
    Open,
    /// It was given up.
    Cancelled,
    /// This change was accepted.
    Done(Box<Edit>),
}

impl ClaimForm {
    /// The form of a claim as it is.
    pub fn of(claim: &Claim) -> Self {
        let date = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let (relation, base, since) = match claim.scope {
            Scope::Total => (Relation::Total, None, None),
            Scope::AdditionalTo(base) => (Relation::Additional, Some(base), None),
            Scope::PartOf(whole) => (Relation::Part, whole, None),
            Scope::CumulativeSince(since) => (Relation::Cumulative, None, since),
        };
        Self {
            before: claim.clone(),
            quantity: claim.quantity.to_string(),
            class: claim.class.clone(),
            speaker: claim.speaker.to_string(),
            via: claim.via.to_string(),
            party: claim.party,
            reported: date(claim.reported),
            stance: claim.stance,
            relation,
            base,
            since: date(since),
            grade: claim.grade,
            names: claim.counts_names,
            comment: claim.comment.to_string(),
            refused: None,
            fresh: true,
        }
    }

    /// Whose form it is.
    pub fn claim(&self) -> ClaimId {
        self.before.id
    }

    fn quantity(&self, project: &Project) -> Result<Quantity, String> {
        Quantity::parse_with(&self.quantity, &|word| project.knows_word(word)).map_err(|error| error.to_string())
    }

    fn scope(&self) -> Result<Scope, String> {
        Ok(match self.relation {
            Relation::Total => Scope::Total,
            Relation::Additional => {
                Scope::AdditionalTo(self.base.ok_or_else(|| "Choose the claim that it comes on top of".to_owned())?)
            }
            Relation::Part => Scope::PartOf(self.base),
            Relation::Cumulative => Scope::CumulativeSince(one_day(&self.since)?),
        })
    }

    /// The claim as typed, or the first thing that is wrong.
    fn read(&self, project: &Project) -> Result<Claim, String> {
        let mut claim = self.before.clone();
        claim.quantity = self.quantity(project)?;
        claim.class = self.class.clone();
        claim.speaker = self.speaker.trim().into();
        claim.via = self.via.trim().into();
        claim.party = self.party;
        claim.reported = one_day(&self.reported)?;
        claim.stance = self.stance;
        claim.scope = self.scope()?;
        claim.grade = self.grade;
        claim.counts_names = self.names;
        claim.comment = self.comment.trim().into();
        Ok(claim)
    }

    fn accept(&mut self, project: &Project) -> Outcome {
        let edit = self.read(project).and_then(|claim| {
            let what = changed(&self.before, &claim);
            let edit = Edit::SetClaims { claims: vec![claim], what };
            edit.apply(project).map_err(|error| error.to_string())?;
            Ok(edit)
        });
        match edit {
            Ok(edit) => Outcome::Done(Box::new(edit)),
            Err(why) => {
                self.refused = Some(why);
                Outcome::Open
            }
        }
    }

    /// Draws the form. `others` are the claims that it may rest on.
    pub fn ui(&mut self, ui: &mut Ui, project: &Project, others: &[ClaimId]) -> Outcome {
        let mut enter = false;
        ui.add_space(2.0);
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            enter |= self.left(left, project);
            enter |= self.right(right, project, others);
        });
        let comment = widgets::field(ui, "Comment", &mut self.comment);
        enter |= entered(ui, &comment);
        ui.checkbox(&mut self.names, "Names were counted: there may be more");
        if let Some(why) = &self.refused {
            problem(ui, why);
        }
        ui.add_space(2.0);
        let mut outcome = Outcome::Open;
        ui.horizontal(|ui| {
            if widgets::primary_button(ui, "Save claim").clicked() || enter {
                outcome = self.accept(project);
            }
            if ui.button("Cancel").clicked() || ui.input(|i| i.key_pressed(Key::Escape)) {
                outcome = Outcome::Cancelled;
            }
        });
        outcome
    }

    fn left(&mut self, ui: &mut Ui, project: &Project) -> bool {
        let quantity = widgets::field(ui, "Quantity as written", &mut self.quantity);
        if std::mem::take(&mut self.fresh) {
            quantity.request_focus();
        }
        if quantity.changed() {
            self.refused = None;
        }
        if let Err(why) = self.quantity(project) {
            problem(ui, &why);
        }
        let mut enter = entered(ui, &quantity);
        let speaker = widgets::field(ui, "Speaker", &mut self.speaker);
        enter |= entered(ui, &speaker);
        let via = widgets::field(ui, "Relayed by", &mut self.via);
        enter |= entered(ui, &via);
        let words =
            |party: Option<Party>| party.map_or("neither side", |p| if p == Party::A { "side A" } else { "side B" });
        let options = [None, Some(Party::A), Some(Party::B)].map(|party| (party, words(party).to_owned()));
        pick(ui, "Speaks for", &mut self.party, &options);
        enter
    }

    fn right(&mut self, ui: &mut Ui, project: &Project, others: &[ClaimId]) -> bool {
        let mut classes: Vec<Class> = BaseClass::ALL.into_iter().map(Class::Base).collect();
        classes.extend(project.about.codebook.groups.iter().cloned());
        if !classes.contains(&self.class) {
            classes.push(self.class.clone());
        }
        let options: Vec<_> = classes.into_iter().map(|class| (class.clone(), class.to_string())).collect();
        pick(ui, "Class", &mut self.class, &options);
        let reported = widgets::field_with(ui, "Reported on", |ui| {
            ui.add(TextEdit::singleline(&mut self.reported).hint_text("2022-09-16").desired_width(f32::INFINITY))
        });
        if let Err(why) = one_day(&self.reported) {
            problem(ui, &why);
        }
        let mut enter = entered(ui, &reported);
        let options = Stance::ALL.map(|stance| (stance, stance.key().to_owned()));
        pick(ui, "Stance", &mut self.stance, &options);
        let options = Relation::ALL.map(|relation| (relation, relation.words().to_owned()));
        pick(ui, "Counts", &mut self.relation, &options);
        enter |= self.relation_ui(ui, project, others);
        let grades = (1..=6).filter_map(InformationGrade::new).map(|grade| (Some(grade), grade_words(Some(grade))));
        let options: Vec<_> = std::iter::once((None, grade_words(None))).chain(grades).collect();
        pick(ui, "Information grade", &mut self.grade, &options);
        enter
    }

    fn relation_ui(&mut self, ui: &mut Ui, project: &Project, others: &[ClaimId]) -> bool {
        match self.relation {
            Relation::Total => false,
            Relation::Cumulative => {
                let since = widgets::field(ui, "Since (empty: not said)", &mut self.since);
                if let Err(why) = one_day(&self.since) {
                    problem(ui, &why);
                }
                entered(ui, &since)
            }
            Relation::Additional | Relation::Part => {
                let nothing = if self.relation == Relation::Part { "the whole event" } else { "choose a claim" };
                let claims = others.iter().filter(|id| **id != self.before.id);
                let claims = claims.map(|id| (Some(*id), words::name_of(project, *id)));
                let options: Vec<_> = std::iter::once((None, nothing.to_owned())).chain(claims).collect();
                let label = if self.relation == Relation::Part { "Part of" } else { "On top of" };
                pick(ui, label, &mut self.base, &options);
                false
            }
        }
    }
}

/// A pick list under its label.
fn pick<T: Clone + PartialEq>(ui: &mut Ui, label: &str, value: &mut T, options: &[(T, String)]) {
    let chosen = options.iter().find(|(option, _)| option == value).map_or("", |(_, words)| words.as_str());
    widgets::field_with(ui, label, |ui| {
        let width = ui.available_width();
        let list = ComboBox::from_id_salt(label).selected_text(chosen).width(width).truncate();
        list.show_ui(ui, |ui| {
            for (option, words) in options {
                crate::ui::widgets::choose(ui, value, option.clone(), words);
            }
        })
        .response
    });
}

/// A reason why something cannot be taken, under what it concerns.
pub fn problem(ui: &mut Ui, why: &str) {
    let colour = theme::tokens(ui).error.text;
    ui.add(Label::new(RichText::new(why).small().color(colour)).wrap());
}

/// Whether Enter was pressed in a line of text.
pub fn entered(ui: &Ui, response: &egui::Response) -> bool {
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

fn grade_words(grade: Option<InformationGrade>) -> String {
    let Some(grade) = grade else { return "not graded".to_owned() };
    let words = match grade.number() {
        1 => "confirmed",
        2 => "probably true",
        3 => "possibly true",
        4 => "doubtful",
        5 => "improbable",
        _ => "cannot be judged",
    };
    format!("{} {words}", grade.number())
}

/// A day as typed; nothing where nothing is typed.
fn one_day(text: &str) -> Result<Option<Date>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let date = EventDate::parse(text.trim()).map_err(|error| error.to_string())?;
    match date.days() {
        Some(1) => Ok(date.earliest()),
        _ => Err("This needs one day, such as 2022-09-16".to_owned()),
    }
}

/// Which fields differ, for the name of the change in the undo menu.
fn changed(before: &Claim, now: &Claim) -> String {
    let fields = [
        ("quantity", before.quantity != now.quantity),
        ("class", before.class != now.class),
        ("speaker", before.speaker != now.speaker),
        ("relay", before.via != now.via),
        ("party", before.party != now.party),
        ("day of report", before.reported != now.reported),
        ("stance", before.stance != now.stance),
        ("scope", before.scope != now.scope),
        ("grade", before.grade != now.grade),
        ("names", before.counts_names != now.counts_names),
        ("comment", before.comment != now.comment),
    ];
    let names: Vec<&str> = fields.iter().filter(|(_, differs)| *differs).map(|(name, _)| *name).collect();
    match names.as_slice() {
        [] => "nothing".to_owned(),
        [one] => (*one).to_owned(),
        [first, .., last] if names.len() == 2 => format!("{first} and {last}"),
        many => format!("{} fields", many.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EventId, Measure};
    use jiff::civil::date;

    fn claim() -> Claim {
        let mut claim = Claim::new(EventId::random(), Measure::Killed, Class::TOTAL, Quantity::AtLeast(3));
        claim.reported = Some(date(2022, 9, 16));
        claim.scope = Scope::CumulativeSince(Some(date(2022, 9, 14)));
        claim
    }

    #[test]
    fn an_untouched_form_gives_the_claim_back() {
        let claim = claim();
        assert_eq!(ClaimForm::of(&claim).read(&Project::titled("Test")), Ok(claim));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let project = Project::titled("Test");
        let mut form = ClaimForm::of(&claim());
        form.quantity = "a lot of".to_owned();
        assert!(form.read(&project).is_err());
        form.quantity = "dozens".to_owned();
        form.reported = "2022-09".to_owned();
        assert_eq!(form.read(&project), Err("This needs one day, such as 2022-09-16".to_owned()));
        form.reported.clear();
        form.relation = Relation::Additional;
        assert!(form.read(&project).is_err(), "nothing to add to");
    }

    #[test]
    fn the_change_is_named_by_what_differs() {
        let before = claim();
        let mut now = before.clone();
        now.speaker = "army".into();
        assert_eq!(changed(&before, &now), "speaker");
        now.quantity = Quantity::exactly(4);
        assert_eq!(changed(&before, &now), "quantity and speaker");
        now.grade = InformationGrade::new(2);
        assert_eq!(changed(&before, &now), "3 fields");
    }
}
