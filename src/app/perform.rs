//! Carrying out what was asked for: one flat match over commands, and the actions of the panels.

use std::collections::HashSet;

use egui::Context;

use crate::command::Command;
use crate::dataset;
use crate::edit::Edit;
use crate::model::{Event, EventId, Note, NoteId, Subject};
use crate::ui::dialogs::{After, Dialog};
use crate::ui::event_table::MERGED_AT_ONCE;
use crate::ui::own_columns::For;
use crate::ui::{Action, Pane, Selected, SideTab, Target, source_row};

use super::whereabouts::Place;
use super::{App, theme_of};
use crate::platform::Ask;
use crate::store::settings;

/// One step of the zoom.
const ZOOM_STEP: f32 = 1.1;
/// Smallest and largest zoom.
const ZOOM: std::ops::RangeInclusive<f32> = 0.5..=3.0;

impl App {
    /// Carries out what the panels asked for in this frame.
    pub(super) fn carry_out(&mut self, ctx: &Context, actions: Vec<Action>) {
        for action in actions {
            self.bring_pane_of_action(&action);
            match action {
                Action::Run(command) => self.perform(ctx, command),
                Action::Edit(edit) => {
                    self.make(edit);
                }
                Action::Work(work) => self.start_work(work),
                Action::Copy(copying) => self.start_copying(ctx, copying),
                Action::Paste { text, plain } => self.start_pasting(text, plain),
                Action::Show(target) => self.show(target),
                Action::Open(path) => self.open_recent(path),
                Action::EditCell(event, column) => {
                    self.desk.event = Some(event);
                    self.panels.table.type_into(event, column);
                    self.focus(Pane::Table);
                }
                Action::Select(events) => self.select(events),
                Action::Filter(term) => self.panels.table.toggle_term(term),
                Action::TakeIn(text) => self.take_in_text(&text),
                Action::ShowView(name) => self.panels.table.show_view(&name),
                Action::OwnColumns(what) => self.panels.own_columns.open(what),
                Action::Say(text) => self.panels.toasts.say(&text, true),
                Action::Complain(text) => self.complain(text),
            }
        }
    }

    /// Why a command cannot be carried out now, if it cannot.
    pub(super) fn why_not(&self, command: Command) -> Option<&'static str> {
        use Command as C;
        let session = self.open.as_ref().map(|open| &open.session);
        let needs_project = !matches!(
            command,
            C::NewProject
                | C::OpenProject
                | C::OpenSample
                | C::ImportTable
                | C::Quit
                | C::ThemeSystem
                | C::ThemeLight
                | C::ThemeDark
                | C::ThemeHighContrast
                | C::ZoomIn
                | C::ZoomOut
                | C::ZoomReset
                | C::LargerText
                | C::SmallerText
                | C::FocusMenus
                | C::Palette
                | C::Keys
                | C::Messages
                | C::About
        );
        if needs_project && session.is_none() {
            return Some("No project is open");
        }
        if self.large.is_under_way()
            && matches!(
                command,
                C::AddEvent
                    | C::DuplicateEvents
                    | C::DeleteEvents
                    | C::CoverEvents
                    | C::AddNote
                    | C::AddEventNote
                    | C::OwnColumns
                    | C::NewColumn
            )
        {
            return Some("A large change is under way: wait until it is done, or cancel it in the status bar");
        }
        match command {
            C::Undo | C::Redo if self.large.is_under_way() => None,
            C::Undo if session.is_some_and(|s| s.undo_label().is_none()) => Some("Nothing to undo"),
            C::Redo if session.is_some_and(|s| s.redo_label().is_none()) => Some("Nothing to redo"),
            C::Save if self.open.as_ref().is_some_and(|open| open.saving) => Some("Saving is under way"),
            C::DuplicateEvents | C::DeleteEvents | C::AddEventNote | C::EditCell if self.desk.event.is_none() => {
                Some("No event is chosen")
            }
            C::SplitEvent if self.claims_at_hand() == 0 => Some("The current event has no claims"),
            C::MergeEvents if self.desk.selected.len() < 2 => Some("Select the rows that are one incident first"),
            C::MergeEvents if self.desk.selected.len() > MERGED_AT_ONCE => {
                Some("At most 20 events can be merged at once")
            }
            C::CoverEvents if self.to_cover().next().is_none() => {
                Some("Select a summary together with the events that it includes; the current one is the summary")
            }
            C::AddCorrectedVersion | C::ConfirmGuesses if self.desk.article.is_none() => Some("No article is open"),
            C::ConfirmGuesses if !self.has_guesses() => Some("Nothing of this article is a guess"),
            C::FindInText if self.desk.article.is_none() => Some("No article is open"),
            C::GoToQuote if self.quote_at_hand().is_none() => Some("No claim with a quote or a row is chosen"),
            C::SelectNothing if self.desk.selected.is_empty() => Some("Nothing is selected"),
            C::Back if !self.trail.can_go_back() => Some("There is no place to go back to"),
            C::Forward if !self.trail.can_go_forward() => Some("There is no place to go forward to"),
            _ => None,
        }
    }

    /// Whether something of the open article is a guess.
    fn has_guesses(&self) -> bool {
        let article = self.desk.article.and_then(|id| self.project()?.articles.get(id));
        article.is_some_and(|article| !article.guesses.is_empty())
    }

    /// What a command is called now: undo and redo say what they act on.
    pub(super) fn label_of(&self, command: Command) -> String {
        let session = self.open.as_ref().map(|open| &open.session);
        let of = |label: Option<&str>| label.map(|label| format!("{}: {label}", command.entry().label));
        match command {
            Command::Undo => session.and_then(|s| of(s.undo_label())),
            Command::Redo => session.and_then(|s| of(s.redo_label())),
            _ => None,
        }
        .unwrap_or_else(|| command.entry().label.to_owned())
    }

    pub(super) fn perform(&mut self, ctx: &Context, command: Command) {
        if let Some(reason) = self.why_not(command) {
            self.panels.toasts.say(reason, false);
            return;
        }
        self.bring_pane_of(command);
        match command {
            Command::NewProject => self.guard(After::New),
            Command::OpenProject => self.guard(After::AskOpen),
            Command::OpenSample => self.guard(After::Sample),
            Command::Save => self.save(None),
            Command::SaveAs => self.save_as(None),
            Command::Export => self.ask_export(),
            Command::ExportChart => self.ask_chart_export(),
            Command::CopyChart => self.copy_chart(),
            Command::CopyNumbers => self.copy_numbers(),
            Command::CloseProject => self.guard(After::Close),
            Command::Quit => self.guard(After::Quit),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::ImportTable => self.ask(Ask::ImportTable, None),
            Command::AddArticleFiles => self.ask(Ask::Articles, None),
            Command::AddArticleFolder => self.ask(Ask::ArticleFolder, None),
            Command::AddCorrectedVersion => {
                let article = self.desk.article.and_then(|id| self.project()?.articles.get(id));
                if let Some(article) = article {
                    self.dialog = Some(Dialog::corrected(article.id, &article.headline));
                }
            }
            Command::ConfirmGuesses => {
                let article = self.desk.article.and_then(|id| self.project()?.articles.get(id));
                if let Some(edit) = article.map(|article| crate::ui::reader::confirm_all(article)) {
                    self.edit(&edit);
                }
            }
            Command::PasteArticle => self.dialog = Some(Dialog::paste()),
            Command::AddEvent => self.add_event(None),
            Command::DuplicateEvents => self.add_event(self.desk.event),
            Command::DeleteEvents => self.delete_event(),
            Command::MergeEvents => self.panels.table.merge(self.desk.selected.iter().collect()),
            Command::SplitEvent => {
                self.desk.tab = SideTab::Event;
                self.desk.pane = Pane::Side;
                self.panels.event.split();
            }
            Command::CoverEvents => self.cover_events(),
            Command::EditCell => {
                self.desk.wants_focus = Some(Pane::Table);
                self.panels.table.edit_cell();
            }
            Command::OwnColumns => self.panels.own_columns.open(For::All),
            Command::NewColumn => self.panels.own_columns.open(For::New),
            Command::GroupByColumn => self.panels.table.group_by_active(),
            Command::Ungroup => self.panels.table.group_by(None),
            Command::FoldGroups => self.panels.table.fold_all(true),
            Command::UnfoldGroups => self.panels.table.fold_all(false),
            Command::FindInText => {
                // The bar takes the keyboard itself.
                self.desk.pane = Pane::Reader;
                self.panels.reader.find();
            }
            Command::SavedViews => {
                self.desk.pane = Pane::Table;
                self.panels.table.open_views();
            }
            Command::FindInTable => {
                self.desk.pane = Pane::Table;
                self.panels.table.find();
            }
            Command::ReplaceInTable => {
                self.desk.pane = Pane::Table;
                self.panels.table.replace();
            }
            Command::ChangeCells => {
                self.desk.pane = Pane::Table;
                self.panels.table.change_cells();
            }
            Command::GoToRow => {
                self.desk.pane = Pane::Table;
                self.panels.table.go_to();
            }
            Command::FilterTable => {
                self.desk.pane = Pane::Table;
                self.panels.table.filter();
            }
            Command::GoToQuote => {
                if let Some((claim, quote)) = self.quote_at_hand() {
                    self.show(Target::Quote(claim, quote));
                }
            }
            Command::Back => self.walk(false),
            Command::Forward => self.walk(true),
            Command::AddNote => self.add_note(self.subject_at_hand()),
            Command::AddEventNote => self.add_note(self.desk.event.map(Subject::Event)),
            Command::ShowChart => self.show_tab(SideTab::Chart),
            Command::ShowEvent => self.show_tab(SideTab::Event),
            Command::ShowNotes => self.show_tab(SideTab::Notes),
            Command::ShowMethod => self.show_tab(SideTab::Method),
            Command::ShowProblems => self.show_tab(SideTab::Problems),
            Command::NextProblem => self.next_problem(true),
            Command::PreviousProblem => self.next_problem(false),
            Command::RecordRelease => {
                self.show_tab(SideTab::Method);
                self.desk.wants_focus = None;
                self.panels.method.start_release();
            }
            Command::CopyMethodNote => self.write_method_note(),
            Command::FocusArticles => self.go_to_pane(ctx, Pane::Articles),
            Command::FocusReader => self.go_to_pane(ctx, Pane::Reader),
            Command::FocusTable => self.go_to_pane(ctx, Pane::Table),
            Command::FocusSide => self.go_to_pane(ctx, Pane::Side),
            Command::FocusMenus => self.to_menus = true,
            Command::NextPane => self.next_pane(ctx, 1),
            Command::PreviousPane => self.next_pane(ctx, Pane::ALL.len() - 1),
            Command::ToggleArticles => self.toggle_articles(ctx),
            Command::SelectNothing => self.desk.selected.clear(),
            Command::ThemeSystem => self.choose_theme(ctx, settings::ThemeChoice::System),
            Command::ThemeLight => self.choose_theme(ctx, settings::ThemeChoice::Light),
            Command::ThemeDark => self.choose_theme(ctx, settings::ThemeChoice::Dark),
            Command::ThemeHighContrast => self.choose_theme(ctx, settings::ThemeChoice::HighContrast),
            Command::ZoomIn => self.zoom(ctx, ctx.zoom_factor() * ZOOM_STEP),
            Command::ZoomOut => self.zoom(ctx, ctx.zoom_factor() / ZOOM_STEP),
            Command::ZoomReset => self.zoom(ctx, 1.0),
            Command::LargerText => self.text_size(1.0),
            Command::SmallerText => self.text_size(-1.0),
            Command::Palette => self.panels.palette.open(),
            Command::Keys => self.panels.keys.open(self.desk.pane),
            Command::Messages => self.panels.toasts.open_log(),
            Command::About => self.dialog = Some(Dialog::About),
        }
    }

    pub(super) fn complain(&mut self, text: String) {
        self.panels.toasts.complain(&text);
    }

    /// Adds an empty event behind the current one, or a copy of `like` without its claims.
    fn add_event(&mut self, like: Option<EventId>) {
        let Some(project) = self.project() else { return };
        let id = EventId::random();
        let event = like
            .and_then(|like| project.events.get(like))
            .map_or_else(|| Event::new(id), |e| Event { id, ..(**e).clone() });
        let after = self.desk.event;
        if self.edit(&Edit::AddEvents { events: vec![event], after }) {
            self.desk.event = Some(id);
            self.panels.table.reveal(id);
            self.focus(Pane::Table);
        }
    }

    fn delete_event(&mut self) {
        let Some((project, id)) = self.project().zip(self.desk.event) else { return };
        let after = project.events.iter().skip_while(|event| event.id != id).nth(1).map(|event| event.id);
        let name = project.events.get(id).map(|event| event.name().to_owned()).unwrap_or_default();
        let claims = self.open.as_ref().map_or(0, |open| open.derived.claims_of(id).len());
        if self.edit(&Edit::RemoveEvents(vec![id])) {
            self.desk.event = after;
            self.desk.selected.remove(id);
            let with = match claims {
                0 => String::new(),
                1 => " with its claim".to_owned(),
                n => format!(" with its {n} claims"),
            };
            self.panels.toasts.say(format!("Deleted {name}{with}"), true);
        }
    }

    fn claims_at_hand(&self) -> usize {
        self.open.as_ref().zip(self.desk.event).map_or(0, |(open, event)| open.derived.claims_of(event).len())
    }

    /// The selected events beside the current one, as far as it does not cover them yet.
    fn to_cover(&self) -> impl Iterator<Item = EventId> + '_ {
        let summary = self.project().zip(self.desk.event).and_then(|(project, id)| project.events.get(id));
        let covered: Option<HashSet<EventId>> = summary.map(|summary| summary.covers.iter().copied().collect());
        let is_new = move |id: &EventId| covered.as_ref().is_some_and(|covered| !covered.contains(id));
        self.desk.selected.iter().filter(move |id| Some(*id) != self.desk.event && is_new(id))
    }

    /// Makes the current event a summary of the others that are selected.
    fn cover_events(&mut self) {
        let more: Vec<EventId> = self.to_cover().collect();
        let summary = self.project().zip(self.desk.event).and_then(|(project, id)| project.events.get(id));
        let Some(mut summary) = summary.map(|event| (**event).clone()) else { return };
        summary.covers.extend(more);
        let covers = crate::ui::figures::count(summary.covers.len(), "event", "events");
        let text = format!("{} is now a summary of {covers}: totals add only what exceeds them", summary.name());
        if self.edit(&Edit::SetEvents { events: vec![summary.into()], what: "covered events".to_owned() }) {
            self.panels.toasts.say(text, true);
            self.desk.tab = SideTab::Event;
        }
    }

    fn add_note(&mut self, about: Option<Subject>) {
        let note = Note::new(NoteId::random(), about, Some(self.platform.now()));
        let id = note.id;
        let from = self.desk.pane;
        if self.edit(&Edit::AddNote(Box::new(note))) {
            self.desk.way_back = Some(from);
            self.show(Target::Note(id));
            self.panels.notes.start(id);
        }
    }

    /// What a note written now would be about.
    fn subject_at_hand(&self) -> Option<Subject> {
        match self.desk.pane {
            Pane::Articles | Pane::Reader => self.desk.article.map(Subject::Article),
            Pane::Table | Pane::Side => self.desk.event.map(Subject::Event),
        }
    }

    /// The claim whose words would be shown: the current one, else the first of the current event that has a quote.
    fn quote_at_hand(&self) -> Option<(crate::model::ClaimId, usize)> {
        let open = self.open.as_ref()?;
        let project = open.session.project();
        let quoted = |id: &crate::model::ClaimId| source_row::can_be_shown(project, *id);
        let of_event = self.desk.event.and_then(|event| open.derived.claims_of(event).find(&quoted));
        let current = self.desk.claim.filter(|id| quoted(id));
        let belongs =
            |id: &crate::model::ClaimId| dataset::claim(project, *id).map(|claim| claim.event) == self.desk.event;
        current.filter(belongs).or(of_event).map(|claim| (claim, 0))
    }

    /// Takes a person somewhere, and keeps the way back.
    pub(super) fn show(&mut self, target: Target) {
        let Some(open) = &self.open else { return };
        let project = open.session.project();
        let from = Place::of(&self.desk);
        match target {
            Target::Event(id) if project.events.contains(id) => {
                self.desk.event = Some(id);
                self.desk.tab = SideTab::Event;
                self.panels.table.reveal(id);
            }
            Target::Cell(id, column) if project.events.contains(id) => {
                self.desk.event = Some(id);
                self.panels.table.show_cell(id, column);
                self.focus(Pane::Table);
            }
            Target::Article(id) if project.articles.contains(id) => {
                (self.desk.article, self.desk.row) = (Some(id), None);
            }
            Target::Place(id, start, end) if project.articles.contains(id) => {
                (self.desk.article, self.desk.row) = (Some(id), None);
                self.panels.reader.reveal(id, start, end);
            }
            Target::Quote(id, which) => {
                let Some(claim) = dataset::claim(project, id) else { return };
                match claim.quotes.get(which) {
                    Some(quote) => {
                        (self.desk.claim, self.desk.event, self.desk.row) = (Some(id), Some(claim.event), None);
                        self.desk.article = Some(quote.article);
                        self.panels.reader.reveal(quote.article, quote.start, quote.end);
                    }
                    None if dataset::rests_on_row(project, id) => {
                        (self.desk.claim, self.desk.event, self.desk.row) = (Some(id), Some(claim.event), Some(id));
                        self.desk.wants_focus = Some(Pane::Reader);
                    }
                    None => {
                        self.panels.toasts.say(source_row::without_quote(claim), false);
                        return;
                    }
                }
            }
            Target::Note(id) if project.notes.contains(id) => {
                self.desk.note = Some(id);
                self.desk.tab = SideTab::Notes;
            }
            _ => {
                self.panels.toasts.say("That is not in the project any more", false);
                return;
            }
        }
        // Arrows in the list go from article to article; Enter and a click open one.
        let walks = self.desk.pane == Pane::Articles && matches!(target, Target::Article(_));
        let pane = match target {
            Target::Event(_) | Target::Note(_) => Pane::Side,
            Target::Cell(..) => Pane::Table,
            Target::Article(_) | Target::Place(..) | Target::Quote(..) => Pane::Reader,
        };
        if !walks {
            self.bring(pane);
        }
        if from != Place::of(&self.desk) {
            self.trail.leave(from);
        }
    }

    fn walk(&mut self, forward: bool) {
        let here = Place::of(&self.desk);
        let there = if forward { self.trail.forward(here) } else { self.trail.back(here) };
        if let Some(place) = there {
            place.put(&mut self.desk);
            if let Some(event) = place.event {
                self.panels.table.reveal(event);
            }
        }
    }

    fn select(&mut self, events: Selected) {
        if let Some(first) = events.first() {
            self.desk.event = Some(first);
            self.panels.table.reveal(first);
        }
        self.desk.selected = events;
    }

    /// Goes to the next problem, or the one before, as the list has them.
    fn next_problem(&mut self, forward: bool) {
        let Some(open) = &self.open else { return };
        let view = open.view(&*self.platform, &self.settings);
        match self.panels.problems.step(&view, forward) {
            Some(target) => self.show(target),
            None => self.panels.toasts.say("There is no problem to go to", false),
        }
    }

    fn show_tab(&mut self, tab: SideTab) {
        self.desk.tab = tab;
        self.focus(Pane::Side);
    }

    fn choose_theme(&mut self, ctx: &Context, choice: settings::ThemeChoice) {
        self.settings.theme = choice;
        theme_of(&self.settings).apply(ctx);
        self.keep_settings();
    }

    /// Makes the text of articles larger or smaller by points.
    pub(super) fn text_size(&mut self, by: f32) {
        let sizes = settings::READER_SIZES;
        self.settings.reader_size = (self.settings.reader_size + by).clamp(*sizes.start(), *sizes.end());
        self.keep_settings();
    }

    pub(super) fn zoom(&mut self, ctx: &Context, factor: f32) {
        let factor = factor.clamp(*ZOOM.start(), *ZOOM.end());
        ctx.set_zoom_factor(factor);
        self.settings.zoom = factor;
        self.keep_settings();
    }
}
