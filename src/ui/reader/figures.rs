//! Walking over the figures of a text and rejecting them: N, Shift+N and X.

use std::time::Duration;

use egui::{Align2, Area, Frame, Id, Key, Modifiers, Order, Ui, pos2};

use super::catalogue::{Seen, State, rejection, states};
use super::document::Document;
use super::page::Setter;
use super::selection::Selection;
use super::{Reader, Scene};
use crate::edit::Edit;
use crate::model::article::NotFigure;
use crate::model::{Article, ArticleId, Reading};
use crate::ui::{Action, Actions, Desk, Target, View};

/// The figures of the open article as they stand now.
#[derive(Debug, Default)]
pub struct Walk {
    pub seen: std::sync::Arc<Vec<Seen>>,
    pub states: Vec<State>,
    of: Option<(ArticleId, u64, usize)>,
    /// The end was told: the same key again goes to another article.
    asked: Option<(ArticleId, bool)>,
    /// The article that was gone to for its figures, and whether forwards.
    arrive: Option<(ArticleId, bool)>,
    /// What is to be told at the lower edge until the next key.
    pub notice: Option<String>,
}

impl Walk {
    /// The open figure behind (or before) a stretch of the text.
    fn next(&self, from: &Selection, forward: bool) -> Option<usize> {
        let range = from.range();
        let open = |n: &usize| self.states.get(*n) == Some(&State::Open);
        let behind = |n: &usize| {
            let figure = &self.seen[*n].figure.range;
            if range.is_empty() { figure.end > range.start } else { figure.start >= range.end }
        };
        let before = |n: &usize| self.seen[*n].figure.range.end <= range.start;
        let mut all = 0..self.seen.len();
        if forward { all.find(|n| open(n) && behind(n)) } else { all.rev().find(|n| open(n) && before(n)) }
    }

    /// The figure that is selected or holds the caret.
    pub fn at(&self, selection: &Selection) -> Option<usize> {
        let range = selection.range();
        let touches = |seen: &Seen| {
            let figure = &seen.figure.range;
            if range.is_empty() {
                figure.start <= range.start && range.start <= figure.end
            } else {
                figure.start < range.end && range.start < figure.end
            }
        };
        self.seen.iter().position(touches)
    }
}

impl Reader {
    /// Reads on in the texts, and brings the figures of the open one up to date.
    pub(super) fn look_for_figures(&mut self, ui: &Ui, view: &View<'_>, desk: &mut Desk) {
        let open = desk.article.and_then(|id| view.project.articles.get(id));
        if !self.catalogue.advance(view, open.map(|article| &**article), &mut desk.figures) {
            // Not at once: typing and scrolling come first.
            ui.ctx().request_repaint_after(Duration::from_millis(4));
        }
        let Some(article) = open else { return };
        let seen = self.catalogue.of(article.id);
        let of = Some((article.id, view.revision, seen.len()));
        if self.walk.of != of {
            self.walk.states = states(view, article, &seen);
            (self.walk.seen, self.walk.of) = (seen, of);
        }
    }

    /// N, Shift+N and X. Says whether the key was one of them.
    pub(super) fn figure_key(
        &mut self,
        ui: &Ui,
        scene: Scene<'_>,
        (key, modifiers): (Key, Modifiers),
        desk: &Desk,
        actions: &mut Actions,
    ) -> bool {
        match key {
            Key::N if modifiers.is_none() || modifiers.shift_only() => {
                self.go_to_figure(ui, scene, !modifiers.shift, desk, actions);
            }
            Key::X if modifiers.is_none() => self.reject(scene.article, scene.document, actions),
            _ => return false,
        }
        true
    }

    fn go_to_figure(&mut self, ui: &Ui, scene: Scene<'_>, forward: bool, desk: &Desk, actions: &mut Actions) {
        let Scene { view, article, document, setter } = scene;
        if let Some(n) = self.walk.next(&self.selection, forward) {
            self.walk.asked = None;
            self.selection = Selection::of(self.walk.seen[n].figure.range.clone());
            self.show_well(ui, document, setter);
        } else if !self.catalogue.is_read(article.id) {
            self.walk.notice = Some("Still looking for figures in this text".into());
        } else if self.walk.asked.take() == Some((article.id, forward)) {
            match next_article(view, desk, article.id, forward) {
                Some(id) => {
                    self.walk.arrive = Some((id, forward));
                    actions.push(Action::Show(Target::Article(id)));
                }
                None => self.walk.notice = Some("No article has undecided figures beyond this one".into()),
            }
        } else {
            self.walk.asked = Some((article.id, forward));
            let left = self.walk.states.iter().filter(|state| **state == State::Open).count();
            self.walk.notice = Some(at_the_end(left, forward));
        }
    }

    /// Selects the first (or last) open figure of an article that was gone to for it.
    pub(super) fn arrive(&mut self, ui: &Ui, article: &Article, document: &Document, setter: &Setter) {
        let Some((_, forward)) = self.walk.arrive.take_if(|(id, _)| *id == article.id) else { return };
        let edge = if forward { 0 } else { document.length() };
        let found = self.walk.next(&Selection::caret(edge), forward);
        if let Some(n) = found {
            self.selection = Selection::of(self.walk.seen[n].figure.range.clone());
            self.show_well(ui, document, setter);
        } else if !self.catalogue.is_read(article.id) {
            self.walk.arrive = Some((article.id, forward));
        }
    }

    /// Where nothing is selected, the figure that holds the caret becomes the selection.
    pub(super) fn take_figure(&mut self) {
        if self.selection.is_empty()
            && let Some(n) =
                self.walk.at(&self.selection).filter(|n| self.walk.states.get(*n) != Some(&State::Rejected))
        {
            self.selection = Selection::of(self.walk.seen[n].figure.range.clone());
        }
    }

    /// Says that the figure at hand is none, or takes that back.
    pub(super) fn reject(&mut self, article: &Article, document: &Document, actions: &mut Actions) {
        let Some(n) = self.walk.at(&self.selection) else {
            self.walk.notice = Some("There is no figure here; N goes to the next one".into());
            return;
        };
        let (figure, state) = (&self.walk.seen[n].figure, self.walk.states.get(n).copied().unwrap_or(State::Open));
        let words = document.slice(figure.range.clone()).to_owned();
        let mut changed = article.clone();
        let label = match state {
            State::Claimed => {
                self.walk.notice = Some("A claim quotes this figure, so it is one".into());
                return;
            }
            State::Rejected => {
                let known = rejection(article, figure).cloned();
                changed.not_figures.retain(|rejected| Some(rejected) != known.as_ref());
                format!("Take “{words}” for a figure again")
            }
            State::Open => {
                let new = NotFigure { start: figure.range.start, end: figure.range.end, exact: words.as_str().into() };
                // What stood there before and does not match any more goes with it.
                changed.not_figures.retain(|old| old.end <= new.start || new.end <= old.start);
                let at = changed.not_figures.partition_point(|old| old.start < new.start);
                changed.not_figures.insert(at, new);
                format!("Mark “{words}” as not a figure")
            }
        };
        let edit = Edit::SetArticle { article: Box::new(changed), what: "figures".to_owned() };
        actions.push(Action::Edit(Edit::Several { label, edits: vec![edit] }));
    }

    /// Scrolls to the caret: not at all where it is in view, else so that it stands in the middle.
    pub(super) fn show_well(&mut self, ui: &Ui, document: &Document, setter: &Setter) {
        self.show_caret(ui, document, setter, false);
        if self.page.wanted.is_some() {
            self.show_caret(ui, document, setter, true);
        }
    }

    /// Draws what is to be told, at the lower edge of the text.
    pub(super) fn show_notice(&self, ui: &Ui) {
        let Some(text) = &self.walk.notice else { return };
        let rect = ui.max_rect();
        let area = Area::new(Id::unique("reader notice"))
            .order(Order::Middle)
            .interactable(false)
            .pivot(Align2::CENTER_BOTTOM)
            .fixed_pos(pos2(rect.center().x, rect.bottom() - 12.0))
            .constrain_to(rect);
        area.show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_max_width(rect.width() - 40.0);
                ui.label(text.as_str());
            });
        });
    }
}

/// What is told where there is no figure further on.
fn at_the_end(left: usize, forward: bool) -> String {
    let (key, other) = if forward { ("N", "above") } else { ("Shift+N", "below") };
    let next = if forward { "next" } else { "previous" };
    match left {
        0 => format!("No more undecided figures; {next} article: {key} again"),
        1 => format!("No more undecided figures from here, 1 {other}; {next} article: {key} again"),
        n => format!("No more undecided figures from here, {n} {other}; {next} article: {key} again"),
    }
}

/// The next article with open figures, in the order of the list of articles, around its end.
fn next_article(view: &View<'_>, desk: &Desk, here: ArticleId, forward: bool) -> Option<ArticleId> {
    let order = crate::ui::article_list::in_order(view.project.articles.iter());
    let at = order.iter().position(|article| article.id == here)?;
    let count = order.len();
    let open = |article: &Article| {
        !matches!(article.reading, Reading::Excluded(_)) && desk.figures.get(&article.id).is_some_and(|p| p.left() > 0)
    };
    (1..count)
        .map(|step| &order[if forward { at + step } else { at + count - step } % count])
        .find(|article| open(article))
        .map(|article| article.id)
}
