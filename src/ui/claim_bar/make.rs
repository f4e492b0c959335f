//! What comes of the bar: a claim, an event, or one more quote of a claim that is there, handed in as one edit.

use super::draft::{Field, Goal, Making, Mistake};
use super::{ClaimBar, Outcome, same};
use crate::dataset;
use crate::edit::Edit;
use crate::model::{Claim, ClaimId, Reading};
use crate::ui::{Action, Actions, Desk, Target, View};

impl ClaimBar {
    /// Makes what was written, or goes to what hinders it.
    pub(super) fn accept(&mut self, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) -> Option<Outcome> {
        if self.search.is_some() {
            // One event like this one may still be found.
            self.accept_then = true;
            return None;
        }
        if let Some(field) = self.draft.waiting().first() {
            self.pending = true;
            self.mistake = None;
            self.go_to_field(*field);
            return None;
        }
        let made = match (self.draft.making, self.draft.goal) {
            (_, Goal::Same(id)) => self.one_more_quote(view, id, desk, actions),
            (Making::Event, Goal::Event(id)) => {
                actions.push(Action::Show(Target::Event(id)));
                Ok(())
            }
            (Making::Event, Goal::New) => self.make_event(view, desk, actions),
            (Making::Claim, _) => self.make_claim(view, desk, actions),
        };
        match made {
            Ok(()) => Some(Outcome::Made),
            Err(mistake) => {
                self.point_at(mistake);
                None
            }
        }
    }

    fn make_claim(&self, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) -> Result<(), Mistake> {
        let (claim, event) = self.draft.claim(view.project, view.today)?;
        let (id, target) = (claim.id, claim.event);
        let name = event.as_ref().map(|event| event.name().to_owned());
        let name = name.or_else(|| view.project.events.get(target).map(|event| event.name().to_owned()));
        let said = said(&claim, &name.unwrap_or_default(), event.is_some());
        let edit = Edit::AddClaim { claim: Box::new(claim), new_event: event.map(Box::new) };
        self.hand_in(view, edit, said, actions)?;
        (desk.event, desk.claim) = (Some(target), Some(id));
        Ok(())
    }

    fn make_event(&self, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) -> Result<(), Mistake> {
        let event = self.draft.new_event(view.today)?;
        let (id, said) = (event.id, format!("Added event {}", event.name()));
        self.hand_in(view, Edit::AddEvents { events: vec![event], after: None }, said, actions)?;
        desk.event = Some(id);
        Ok(())
    }

    fn one_more_quote(
        &self,
        view: &View<'_>,
        id: ClaimId,
        desk: &mut Desk,
        actions: &mut Actions,
    ) -> Result<(), Mistake> {
        let edit = self.draft.quote().and_then(|quote| same::with_quote(view.project, id, quote));
        let name = dataset::claim(view.project, id).map_or_else(String::new, |claim| same::name(claim));
        match edit {
            Some(edit) => self.hand_in(view, edit, format!("Added the quote to {name}"), actions)?,
            None => actions.push(Action::Say(format!("These words stand in the claim already: {name}"))),
        }
        desk.claim = Some(id);
        desk.event = dataset::claim(view.project, id).map(|claim| claim.event);
        Ok(())
    }

    /// Hands a change in; an article that nobody had begun is in work from then on.
    fn hand_in(&self, view: &View<'_>, edit: Edit, said: String, actions: &mut Actions) -> Result<(), Mistake> {
        let mut edit = edit;
        if let Some(article) = view.project.articles.get(self.article.id)
            && article.reading == Reading::Unread
        {
            let label = edit.label(view.project);
            let mut begun = (**article).clone();
            begun.reading = Reading::InWork;
            let begun = Edit::SetArticle { article: Box::new(begun), what: "state".to_owned() };
            edit = Edit::Several { label, edits: vec![edit, begun] };
        }
        if let Err(error) = edit.apply(view.project) {
            return Err(Mistake { field: Field::Whole, why: error.to_string() });
        }
        actions.push(Action::Edit(edit));
        actions.push(Action::Say(said));
        Ok(())
    }
}

fn said(claim: &Claim, event: &str, new: bool) -> String {
    let speaker = if claim.speaker.is_empty() { String::new() } else { format!(" ({})", claim.speaker) };
    let kind = if new { "new event " } else { "" };
    format!("Added {} {}{speaker} to {kind}{event}", claim.quantity.describe(), claim.measure)
}
