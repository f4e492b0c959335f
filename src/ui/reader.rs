//! The text of an article, and the claims made from it.
//!
//! The text is evidence: it is read, selected and copied, never changed. Selected words become a claim by one key.

mod catalogue;
mod document;
mod figures;
mod find;
pub(crate) mod header;
mod hidden;
mod hint;
mod lost;
mod marks;
mod overview;
mod page;
mod paint;
mod search;
mod selection;

use std::collections::HashMap;
use std::ops::Range;

use egui::text::{CCursor, CharIndex};
use egui::{CursorIcon, Event, EventFilter, Id, Key, Modifiers, PointerButton, Pos2, Rect, ScrollArea, Sense, Ui};

use super::claim_bar::{ClaimBar, Outcome, Purpose};
use super::theme::icons;
use super::{Action, Actions, Desk, Pane, Target, View, widgets};
use crate::model::{Article, ArticleId, Measure, Reading};

use catalogue::Catalogue;
use document::Document;
use figures::Walk;
use find::Find;
use header::Header;
pub use header::confirm_all;
use marks::{Mark, Marks};
use page::{Inset, Page, Placed, Setter};
use paint::Look;
use selection::Selection;

/// Seconds for which words that were jumped to are outlined.
const FLASH: f64 = 0.6;

/// Keys that make a claim of the selected words.
const CLAIM_KEYS: [(Key, Measure); 5] = [
    (Key::K, Measure::Killed),
    (Key::I, Measure::Injured),
    (Key::M, Measure::Missing),
    (Key::C, Measure::Captured),
    (Key::D, Measure::Displaced),
];

/// Words that are outlined for a moment.
#[derive(Debug)]
struct Flash {
    range: Range<usize>,
    /// Until when, in seconds of the window; `None` before it was drawn.
    until: Option<f64>,
}

/// The panel's own state.
#[derive(Debug, Default)]
pub struct Reader {
    open: Option<(ArticleId, Document)>,
    marks: Marks,
    marks_of: Option<(ArticleId, u64)>,
    selection: Selection,
    page: Page,
    header: Header,
    catalogue: Catalogue,
    walk: Walk,
    find: Find,
    /// Where the search is to go, and whether its words were typed in this very frame.
    found: Option<find::Asked>,
    typed_now: bool,
    /// Whether the quotes that are lost are listed.
    lost_shown: bool,
    /// Which of the claims at the caret is meant, and for which place that holds.
    turned: Option<(usize, usize)>,
    /// The size of the text in points; 0 for the usual one.
    size: f32,
    /// Where the panel is, and how far a pinch over it has come.
    area: Option<Rect>,
    pinched: f32,
    bar: Option<ClaimBar>,
    reveal: Option<(ArticleId, Range<usize>)>,
    flash: Option<Flash>,
    /// Keys that came too early for what has the keyboard next.
    later: Vec<Event>,
    /// Where the selected words stood in the last frame, and the buttons beside them.
    selected_at: Option<Rect>,
    hint_at: Option<Rect>,
    /// Where articles were left.
    places: HashMap<ArticleId, (Selection, f32)>,
}

/// What is read in a frame: the project, the article, its text, and how the text is set.
#[derive(Clone, Copy)]
struct Scene<'a> {
    view: &'a View<'a>,
    article: &'a Article,
    document: &'a Document,
    setter: &'a Setter,
}

impl Reader {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
        self.area = Some(ui.max_rect());
        let later = std::mem::take(&mut self.later);
        if !later.is_empty() {
            ui.input_mut(|input| {
                input.events.splice(0..0, later);
            });
        }
        if let Some((article, _)) = &self.reveal {
            desk.article = Some(*article);
        }
        self.look_for_figures(ui, view, desk);
        let Some(article) = desk.article.and_then(|id| view.project.articles.get(id)) else {
            self.close();
            empty(ui, view);
            return;
        };
        self.turn_to(article);
        let Some((_, document)) = self.open.take() else { return };
        if self.marks_of != Some((article.id, view.revision)) {
            self.marks = Marks::of(view, article.id, &document);
            self.marks_of = Some((article.id, view.revision));
        }
        self.header.ui(ui, view, article, desk.figures.get(&article.id), actions);
        self.lost_quotes(ui, view, article, &document, desk, actions);
        self.find_bar(ui, article, &document);
        self.text(ui, view, article, &document, desk, actions);
        self.hint(ui, &document, view, article, desk);
        self.show_notice(ui);
        self.open = Some((article.id, document));
    }

    /// Brings this stretch of an article's text into view and outlines it for a moment.
    pub fn reveal(&mut self, article: ArticleId, start: usize, end: usize) {
        self.reveal = Some((article, start..end));
    }

    /// Takes the pairs of nearly equal texts that were found, to show them above the text.
    pub fn set_alike(&mut self, alike: std::sync::Arc<Vec<(ArticleId, ArticleId, f32)>>) {
        self.header.set_alike(alike);
    }

    /// How many parts of the text were laid out in the last frame.
    pub fn laid_out(&self) -> usize {
        self.page.laid_out
    }

    /// The selected stretch, in Unicode scalars.
    pub fn selected(&self) -> Range<usize> {
        self.selection.range()
    }

    fn close(&mut self) {
        if let Some((id, _)) = self.open.take() {
            self.places.insert(id, (self.selection, self.page.offset));
        }
        self.bar = None;
        self.selected_at = None;
    }

    fn turn_to(&mut self, article: &Article) {
        if self.open.as_ref().is_some_and(|(id, document)| *id == article.id && *document.text() == article.text) {
            return;
        }
        self.close();
        let (selection, offset) = self.places.get(&article.id).copied().unwrap_or_default();
        self.selection = selection;
        self.page.turn(offset);
        self.open = Some((article.id, Document::new(article.text.clone())));
    }

    fn text(
        &mut self,
        ui: &mut Ui,
        view: &View<'_>,
        article: &Article,
        document: &Document,
        desk: &mut Desk,
        actions: &mut Actions,
    ) {
        let id = focus_id();
        let setter = Setter::new(ui, self.text_size());
        let scene = Scene { view, article, document, setter: &setter };
        self.page.height = ui.available_height();
        self.page.fit(document, &setter);
        self.take_reveal(ui, document, &setter, article);
        self.arrive(ui, article, document, &setter);
        self.go_to_found(ui, document, &setter);
        if desk.takes_focus(Pane::Reader) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        if ui.memory(|memory| memory.has_focus(id)) {
            desk.pane = Pane::Reader;
            let all = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, all));
            self.keys(ui, scene, desk, actions);
            if self.found.is_some() {
                ui.ctx().request_repaint();
            }
        }
        let mut area = ScrollArea::vertical().id_salt("reader text").auto_shrink(false).content_margin(0);
        if let Some(offset) = self.page.wanted.take() {
            area = area.vertical_scroll_offset(offset);
        }
        let shown = area.show_viewport(ui, |ui, viewport| self.viewport(ui, scene, viewport, desk, actions));
        self.page.offset = shown.state.unclamped_offset().y;
        self.page.height = shown.inner_rect.height();
        let correction = shown.inner;
        if correction.abs() > 0.01 {
            self.page.wanted = Some(self.page.offset + correction);
            ui.ctx().request_repaint();
        }
    }

    /// Draws what is in view; returns by how much to scroll so that it stays in place.
    fn viewport(
        &mut self,
        ui: &mut Ui,
        scene: Scene<'_>,
        viewport: Rect,
        desk: &mut Desk,
        actions: &mut Actions,
    ) -> f32 {
        let Scene { view, article, document, setter } = scene;
        let id = focus_id();
        let inset = self.bar.as_ref().map(|bar| Inset { place: bar.range().end, height: bar.height() });
        let (placed, hole, correction) = self.page.place(ui, document, setter, viewport, inset);
        ui.set_height(self.page.total);
        let area = ui.clip_rect();
        paint::describe(ui, id, area, article, document, &placed, &self.selection);
        let response = ui.interact(area, id, Sense::click_and_drag());
        paint::name(ui, id, article);
        self.mouse(ui, &response, document, &placed, desk, actions);
        let under = response.hover_pos().and_then(|pos| self.mark_under(document, &placed, pos)).cloned();
        let (selected, table) = (&desk.selected, view.derived.columnar());
        let look = Look {
            document,
            marks: &self.marks,
            walk: &self.walk,
            find: &self.find,
            selection: &self.selection,
            chosen: self.bar.as_ref().map(ClaimBar::range),
            flash: self.flash.as_ref().map(|flash| flash.range.clone()),
            claim: desk.claim,
            is_selected: &|event| !selected.is_empty() && selected.contains(event, table),
            has_keyboard: response.has_focus(),
        };
        self.selected_at = paint::text(ui, area, &placed, &look);
        if let Some(range) = overview::show(ui, area, &look) {
            self.reveal = Some((article.id, range));
            ui.ctx().request_repaint();
        }
        let cursor = if under.is_some() { CursorIcon::PointingHand } else { CursorIcon::Text };
        let response = response.on_hover_cursor(cursor);
        self.menu(&response, document, view, article, desk, actions);
        if let Some(mark) = under {
            response.on_hover_text_at_pointer(mark.label);
        }
        if let (Some(mut bar), Some(hole)) = (self.bar.take(), hole) {
            // What is scrolled to keeps a little off the edge.
            bar.set_room(self.page.height - 10.0);
            if bar.is_fresh() {
                show_with_line(ui, setter, hole);
            }
            let mut child = ui.new_child(egui::UiBuilder::new().max_rect(hole).id_salt("claim bar"));
            match bar.ui(&mut child, view, desk, actions, &mut self.later) {
                Outcome::Open => self.bar = Some(bar),
                outcome => {
                    if outcome == Outcome::Made {
                        self.selection = Selection::caret(bar.range().end);
                    }
                    ui.memory_mut(|memory| memory.request_focus(id));
                    ui.ctx().request_repaint();
                }
            }
        }
        correction
    }

    fn take_reveal(&mut self, ui: &Ui, document: &Document, setter: &Setter, article: &Article) {
        if let Some((_, range)) = self.reveal.take_if(|(id, _)| *id == article.id) {
            self.selection = Selection::caret(range.start.min(document.length()));
            self.show_caret(ui, document, setter, true);
            self.flash = Some(Flash { range, until: None });
        }
        let now = ui.input(|input| input.time);
        if let Some(flash) = &mut self.flash {
            let until = *flash.until.get_or_insert(now + FLASH);
            if now >= until {
                self.flash = None;
            } else {
                ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(until - now));
            }
        }
    }

    fn show_caret(&mut self, ui: &Ui, document: &Document, setter: &Setter, centre: bool) {
        let part = document.part_at(self.selection.head);
        let start = document.parts().get(part).map_or(0, |part| part.start);
        let cursor = CCursor { index: CharIndex(self.selection.head - start), prefer_next_row: true };
        self.page.show_place(ui, document, setter, cursor, part, centre);
    }

    fn keys(&mut self, ui: &Ui, scene: Scene<'_>, desk: &mut Desk, actions: &mut Actions) {
        let Scene { view, article, document, setter } = scene;
        let mut events = ui.input_mut(|input| std::mem::take(&mut input.events)).into_iter();
        let (mut rest, mut moved) = (Vec::new(), false);
        while let Some(event) = events.next() {
            match &event {
                Event::Copy | Event::Cut if !self.selection.is_empty() => {
                    ui.ctx().copy_text(document.slice(self.selection.range()).to_owned());
                }
                Event::Key { key, pressed: true, modifiers, .. } => {
                    self.walk.notice = None;
                    let page = self.page.rows_of_a_screen(setter);
                    let mut layout = |part| setter.rows(ui, document, part);
                    if self.selection.on_key(document, &mut layout, *key, *modifiers, page) {
                        moved = true;
                    } else if let Some(purpose) = claim_key(*key, *modifiers) {
                        if self.open_bar(view, article, document, &purpose, desk) {
                            // What was typed behind the key is meant for the bar.
                            let twin = |event: &Event| matches!(event, Event::Text(text) if text.len() == 1);
                            let mut after: Vec<Event> = events.by_ref().collect();
                            if after.first().is_some_and(twin) {
                                after.remove(0);
                            }
                            self.later = after;
                        }
                    } else if !self.find_key(*key, *modifiers, document)
                        && !self.figure_key(ui, scene, (*key, *modifiers), desk, actions)
                        && !self.other_key(*key, *modifiers, desk, actions)
                    {
                        rest.push(event);
                    }
                }
                _ => rest.push(event),
            }
        }
        ui.input_mut(|input| input.events = rest);
        if moved {
            self.show_caret(ui, document, setter, false);
        }
    }

    /// Esc and Enter; says whether the key was taken.
    fn other_key(&mut self, key: Key, modifiers: Modifiers, desk: &mut Desk, actions: &mut Actions) -> bool {
        match key {
            Key::Escape if self.bar.is_some() => self.bar = None,
            Key::Escape if !self.selection.is_empty() => self.selection = Selection::caret(self.selection.head),
            Key::Enter if modifiers.is_none() => match self.mark_at_caret() {
                Some(mark) => go_to(&mark.clone(), desk, actions),
                None => return false,
            },
            Key::O if modifiers.is_none() => self.turn(desk),
            _ => return false,
        }
        true
    }

    /// Opens the claim bar for the selected words; says whether there were any.
    fn open_bar(
        &mut self,
        view: &View<'_>,
        article: &Article,
        document: &Document,
        purpose: &Purpose,
        desk: &Desk,
    ) -> bool {
        if *purpose != Purpose::NoFigure {
            self.take_figure();
        }
        // A quote of half a word is nobody's wish: the hand was a little off.
        if !self.selection.is_empty() {
            self.selection = Selection::of(document.whole_words(self.selection.range()));
        }
        let bar = ClaimBar::open(view, article, self.selection.range(), purpose, desk.event);
        let opened = bar.is_some();
        if opened {
            self.header.close_details();
            self.bar = bar;
        }
        opened
    }

    fn mouse(
        &mut self,
        ui: &Ui,
        response: &egui::Response,
        document: &Document,
        placed: &[Placed],
        desk: &mut Desk,
        actions: &mut Actions,
    ) {
        let pointer = ui.input(|input| input.pointer.clone());
        let extend = ui.input(|input| input.modifiers.shift);
        if response.is_pointer_button_down_on() && pointer.primary_pressed() {
            // Where the button went down: a drag is noticed only some points later.
            let pos = pointer.press_origin().or(response.interact_pointer_pos());
            if let Some((place, next_row)) = pos.and_then(|pos| page::hit(document, placed, pos)) {
                self.selection.go(place, next_row, extend);
            }
            response.request_focus();
            desk.pane = Pane::Reader;
            self.walk.notice = None;
        } else if response.dragged_by(PointerButton::Primary) {
            if let Some(pos) = response.interact_pointer_pos() {
                self.drag_to(ui, response, document, placed, pos);
            }
        } else if response.triple_clicked_by(PointerButton::Primary) {
            self.selection = Selection::of(document.sentence_at(self.selection.head));
        } else if response.double_clicked_by(PointerButton::Primary) {
            self.selection = Selection::of(document.word_at(self.selection.head));
        } else if response.clicked_by(PointerButton::Primary)
            && self.selection.is_empty()
            && let Some(mark) = response.interact_pointer_pos().and_then(|pos| self.mark_under(document, placed, pos))
        {
            go_to(&mark.clone(), desk, actions);
        }
    }

    fn drag_to(&mut self, ui: &Ui, response: &egui::Response, document: &Document, placed: &[Placed], pos: Pos2) {
        if let Some((place, next_row)) = page::hit(document, placed, pos) {
            self.selection.go(place, next_row, true);
        }
        // Beyond the edge the text comes along, faster the farther.
        let beyond = (response.rect.top() - pos.y).max(0.0) - (pos.y - response.rect.bottom()).max(0.0);
        if beyond != 0.0 {
            ui.scroll_with_delta_animation(
                egui::vec2(0.0, (beyond * 0.3).clamp(-40.0, 40.0)),
                egui::style::ScrollAnimation::none(),
            );
            ui.ctx().request_repaint();
        }
    }

    /// The claim whose words are at a place on the screen.
    fn mark_under(&self, document: &Document, placed: &[Placed], pos: Pos2) -> Option<&Mark> {
        let (place, _) = page::hit(document, placed, pos)?;
        let over = |mark: &&Mark| {
            placed.iter().any(|placed| {
                paint::within(document, placed.part, &mark.range)
                    .is_some_and(|within| placed.rects(within).iter().any(|rect| rect.contains(pos)))
            })
        };
        self.marks.within(place.saturating_sub(1)..place + 1).filter(over).min_by_key(|mark| mark.range.len())
    }

    fn menu(
        &mut self,
        response: &egui::Response,
        document: &Document,
        view: &View<'_>,
        article: &Article,
        desk: &mut Desk,
        actions: &mut Actions,
    ) {
        response.context_menu(|ui| {
            widgets::scrolling_menu(ui, "reader menu", |ui| {
                self.menu_items(ui, document, view, article, desk, actions);
            });
        });
    }

    fn menu_items(
        &mut self,
        ui: &mut Ui,
        document: &Document,
        view: &View<'_>,
        article: &Article,
        desk: &mut Desk,
        actions: &mut Actions,
    ) {
        let some = !self.selection.is_empty();
        let copy = egui::Button::new("Copy").shortcut_text("Ctrl+C");
        if ui.add_enabled(some, copy).clicked() {
            ui.ctx().copy_text(document.slice(self.selection.range()).to_owned());
            ui.close();
        }
        if ui.add(egui::Button::new("Select all").shortcut_text("Ctrl+A")).clicked() {
            self.selection = Selection::of(0..document.length());
            ui.close();
        }
        ui.separator();
        let figure = self.walk.at(&self.selection).is_some();
        for (key, measure) in CLAIM_KEYS {
            let item = egui::Button::new(format!("Claim: {measure}")).shortcut_text(key.name());
            if ui.add_enabled(some || figure, item).clicked() {
                self.open_bar(view, article, document, &Purpose::Count(measure), desk);
                ui.close();
            }
        }
        let attach = egui::Button::new("Attach to an event").shortcut_text("A");
        if ui.add_enabled(some || figure, attach).clicked() {
            self.open_bar(view, article, document, &Purpose::Attach, desk);
            ui.close();
        }
        if ui.add(egui::Button::new("Event without a figure").shortcut_text("E")).clicked() {
            self.open_bar(view, article, document, &Purpose::NoFigure, desk);
            ui.close();
        }
        let item = egui::Button::new("Not a figure").shortcut_text("X");
        if ui.add_enabled(figure, item).on_hover_text("Again: a figure after all").clicked() {
            self.reject(article, document, actions);
            ui.close();
        }
    }

    /// The buttons beside selected words, for those who use a mouse.
    fn hint(&mut self, ui: &Ui, document: &Document, view: &View<'_>, article: &Article, desk: &Desk) {
        let has_keyboard = ui.memory(|memory| memory.has_focus(focus_id()));
        let over = self
            .hint_at
            .is_some_and(|rect| ui.input(|input| input.pointer.latest_pos()).is_some_and(|pos| rect.contains(pos)));
        let dragging = ui.input(|input| input.pointer.primary_down()) && !over;
        let wanted = (has_keyboard || over) && !dragging && self.bar.is_none() && !self.selection.is_empty();
        let Some(words) = self.selected_at.filter(|_| wanted) else {
            self.hint_at = None;
            return;
        };
        let (rect, chosen) = hint::show(ui, words, &CLAIM_KEYS);
        self.hint_at = Some(rect);
        if let Some(measure) = chosen {
            self.open_bar(view, article, document, &Purpose::Count(measure), desk);
            self.hint_at = None;
        }
    }
}

/// The id of the text as what has the keyboard.
fn focus_id() -> Id {
    Id::unique("reader text")
}

/// Scrolls so that the claim bar is in view with the line above it; where both are too high, from that line on.
fn show_with_line(ui: &Ui, setter: &Setter, bar: Rect) {
    let both = bar.with_min_y(bar.top() - setter.line() - 6.0);
    // The line and the first fields are what is looked at: where not all is in view, they are.
    let screen = ui.clip_rect();
    if both.height() > screen.height() {
        ui.scroll_to_rect_animation(bar, Some(egui::Align::BOTTOM), egui::style::ScrollAnimation::none());
    } else if !screen.y_range().contains(both.top()) || !screen.y_range().contains(both.bottom()) {
        ui.scroll_to_rect_animation(both, Some(egui::Align::TOP), egui::style::ScrollAnimation::none());
    }
}

fn claim_key(key: Key, modifiers: Modifiers) -> Option<Purpose> {
    let found = CLAIM_KEYS.into_iter().find(|(known, _)| *known == key);
    let purpose = match key {
        Key::A => Some(Purpose::Attach),
        Key::E => Some(Purpose::NoFigure),
        _ => found.map(|(_, measure)| Purpose::Count(measure)),
    };
    purpose.filter(|_| modifiers.is_none())
}

fn go_to(mark: &Mark, desk: &mut Desk, actions: &mut Actions) {
    desk.claim = Some(mark.claim);
    actions.push(Action::Show(Target::Event(mark.event)));
}

fn empty(ui: &mut Ui, view: &View<'_>) {
    let (title, line) = if view.project.articles.is_empty() {
        ("No article yet", "Take texts into the project; then select words in them and press K to make a claim.")
    } else {
        ("Pick an article", "Select words in its text and press K, I, M, C or D to make a claim.")
    };
    widgets::empty_state(ui, icons::BOOK_OPEN, title, line, None);
}

/// The icon of a state of reading.
pub(super) fn reading_icon(reading: &Reading) -> &'static str {
    match reading {
        Reading::Unread => icons::CIRCLE,
        Reading::InWork => icons::CIRCLE_HALF,
        Reading::Done => icons::CHECK_CIRCLE,
        Reading::NothingToCode => icons::CIRCLE_DASHED,
        Reading::Excluded(_) => icons::PROHIBIT,
    }
}
