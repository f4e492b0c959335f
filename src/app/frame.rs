//! One frame: what came in, the panels from top to bottom, then what was asked for.

use egui::{CentralPanel, Context, Frame, Margin, Panel, Ui, ViewportCommand};

use crate::command::{self, Command};
use crate::ui::dialogs::{self, After, Settled};
use crate::ui::theme::tokens;
use crate::ui::widgets::{self, Tone};
use crate::ui::{Action, Actions, Pane, View, menus, status_bar};

use super::{App, Notice, Offer, Open};
use crate::platform::Ask;

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        for outcome in self.jobs.finished() {
            self.take(outcome);
        }
        self.take_answer();
        self.keep_copy(ctx);
        self.compare_texts();
        if ctx.input(|input| input.viewport().close_requested()) && !self.quitting {
            if self.is_changed() || self.panels.method.draft().is_some() {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            }
            self.guard(After::Quit);
        }
        if self.quitting {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        drop_bare_modifiers(&ctx);
        self.take_drops(&ctx);
        self.keep_title(&ctx);
        self.measure_window(&ctx);
        let mut actions = Actions::new();
        // A dialog or the palette has the keys to itself.
        if self.dialog.is_none() && !self.panels.palette.is_open() && !self.panels.own_columns.is_open() {
            // On a header Alt and the arrows make the column wider or narrower; in the table Ctrl and minus delete rows.
            let but: &[Command] = match self.desk.pane {
                Pane::Table if self.panels.table.has_header() => {
                    &[Command::Back, Command::Forward, Command::ZoomIn, Command::ZoomOut]
                }
                Pane::Table if self.panels.table.has_keyboard(&ctx) => &[Command::ZoomIn, Command::ZoomOut],
                Pane::Side if self.panels.event.has_title(&ctx) => &[Command::Back, Command::Forward],
                _ => &[],
            };
            actions.extend(command::pressed(&ctx, but).map(Action::Run));
        }
        self.take_zoom(&ctx);
        let pointer = self.hide_pointer(&ctx);
        self.bars(ui, &mut actions);
        if self.open.is_some() {
            self.panels.event.use_widths(&self.settings.layout);
            self.desk_ui(ui, &mut actions);
            if self.panels.event.keep_widths(&mut self.settings.layout) {
                self.keep_settings();
            }
        } else {
            self.start_screen(ui, &mut actions);
        }
        if let Some(pointer) = pointer {
            ctx.input_mut(|input| input.pointer = pointer);
        }
        self.overlays(ui, &mut actions);
        self.carry_out(&ctx, actions);
        self.put_waiting_on_clipboard(&ctx);
        self.put_picture_on_clipboard(&ctx);
        self.work_for_method_sheet(&ctx);
        self.work_for_toll();
        self.work_for_speakers();
        self.work_for_import();
        if self.quitting {
            // The window is closed at the begin of a frame: there has to be one more.
            ctx.request_repaint();
        }
    }
}

impl App {
    fn take_drops(&mut self, ctx: &Context) {
        let paths: Vec<_> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !paths.is_empty() {
            self.dropped(paths);
        }
    }

    /// Under a question that stops everything else the panels have no pointer: a tooltip stays open while the pointer
    /// rests on what it tells of, and would stand over the question.
    fn hide_pointer(&self, ctx: &Context) -> Option<egui::PointerState> {
        let asks = self.dialog.is_some() || self.panels.own_columns.is_open();
        asks.then(|| ctx.input_mut(|input| std::mem::take(&mut input.pointer)))
    }

    fn take_zoom(&mut self, ctx: &Context) {
        let by = ctx.input(|input| input.zoom_delta());
        if (by - 1.0).abs() <= f32::EPSILON {
            return;
        }
        if self.open.is_some() && self.panels.reader.is_under_pointer(ctx) {
            let points = self.panels.reader.pinch(by);
            if points != 0.0 {
                self.text_size(points);
            }
        } else if !crate::ui::eye::is_under_pointer(ctx) {
            self.zoom(ctx, ctx.zoom_factor() * by);
        }
    }

    fn keep_title(&mut self, ctx: &Context) {
        let mark = if self.is_changed() { "*" } else { "" };
        let name = self.open.as_ref().map(Open::title);
        let title = name.map_or_else(|| "Dateline".to_owned(), |name| format!("{mark}{name} – Dateline"));
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn bars(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let bar = Frame::new().fill(ui.visuals().panel_fill).inner_margin(Margin::symmetric(8, 4));
        Panel::top("menu bar").frame(bar).show(ui, |ui| self.menu_bar(ui, actions));
        if self.open.is_some() {
            Panel::top("tool bar").frame(bar).show(ui, |ui| {
                if self.small && !self.panels.import.is_open() {
                    self.pane_tabs(ui, actions);
                } else {
                    self.tool_bar(ui, actions);
                }
            });
        }
        self.offer_rescued(ui, bar);
        if let Some(notice) = &self.notice {
            let labels: Vec<&str> = notice.offers.iter().map(|offer| offer.label()).collect();
            let tone = if notice.error { Tone::Error } else { Tone::Warn };
            let chosen =
                Panel::top("notice").frame(bar).show(ui, |ui| widgets::banner(ui, tone, &notice.text, &labels));
            if let Some(offer) = chosen.inner.and_then(|n| notice.offers.get(n).copied()) {
                self.accept(offer);
            }
        }
        self.report(ui, bar, actions);
        self.import_report(ui, bar);
        self.offer_path_field(ui);
        let bar = bar.inner_margin(Margin::symmetric(10, 2));
        Panel::bottom("status bar").frame(bar).exact_size(24.0).show(ui, |ui| self.status(ui, actions));
    }

    /// What became of texts that were taken in, where there is something to say.
    fn report(&mut self, ui: &mut Ui, bar: Frame, actions: &mut Actions) {
        let Some(report) = &self.report else { return };
        let closed = Panel::top("report").frame(bar).show(ui, |ui| report.ui(ui, actions));
        if closed.inner {
            self.report = None;
        }
    }

    /// What became of the table that was imported last.
    fn import_report(&mut self, ui: &mut Ui, bar: Frame) {
        let Some(report) = self.importing.done() else { return };
        let closed = Panel::top("import report").frame(bar).show(ui, |ui| crate::ui::import::report(ui, report));
        if closed.inner {
            self.importing.close();
        }
    }

    /// While a system dialog is open: should it never appear, the path can be typed.
    fn offer_path_field(&mut self, ui: &mut Ui) {
        if self.asked.is_none() {
            return;
        }
        let bar = Frame::new().inner_margin(Margin::symmetric(8, 4));
        let text = "Waiting for the file dialog of the system";
        let offer = [Offer::TypePath.label()];
        let chosen = Panel::top("asked").frame(bar).show(ui, |ui| widgets::banner(ui, Tone::Info, text, &offer));
        if chosen.inner.is_some() {
            self.type_path();
        }
    }

    fn accept(&mut self, offer: Offer) {
        self.notice = None;
        match offer {
            Offer::SaveAs => self.save_as(None),
            Offer::Overwrite => self.overwrite(),
            Offer::TypePath => self.type_path(),
            Offer::Close => {}
        }
    }

    fn menu_bar(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let take_keyboard = std::mem::take(&mut self.to_menus);
        let name = self.open.as_ref().map_or_else(String::new, Open::title);
        let bar = menus::Bar {
            label_of: &|command| self.label_of(command),
            why_not: &|command| self.why_not(command),
            project: &name,
            changed: self.is_changed(),
            recent: &self.settings.recent,
            take_keyboard,
        };
        if let Some(path) = menus::menu_bar(ui, &bar, actions) {
            actions.push(Action::Open(path));
        }
    }

    fn tool_bar(&self, ui: &mut Ui, actions: &mut Actions) {
        let label_of = |command| self.label_of(command);
        let why_not = |command| self.why_not(command);
        menus::tool_bar(ui, &label_of, &why_not, actions);
    }

    fn status(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let view = self.open.as_ref().map(|open| open.view(&*self.platform, &self.settings));
        let problems = view.map_or(0, |view| self.panels.problems.count(&view));
        let waiting = self.large.waiting();
        let job = self.jobs.current().map(|(name, progress, cancellable)| {
            let name = if waiting == 0 {
                name.to_owned()
            } else {
                format!("{name}. {} meanwhile", status_bar::counted(waiting, "change", "changes"))
            };
            (name, progress, cancellable)
        });
        let job = job.as_ref().map(|(name, progress, cancellable)| (name.as_str(), *progress, *cancellable));
        let summary =
            self.open.as_ref().and_then(|open| self.panels.table.summary(&open.view(&*self.platform, &self.settings)));
        let line = status_bar::Line {
            saved: match &self.open {
                None => "",
                Some(open) if open.saving => "Saving…",
                Some(open) if self.rescue.holds(open.session.revision()) => "Changes not saved, a copy is kept",
                Some(open) if open.session.is_changed() => "Changes not saved",
                Some(open) if open.file.is_some() => "Saved",
                Some(_) => "Nothing to save",
            },
            counts: self.open.as_ref().map(|open| (open.session.project(), open.derived.claims())),
            summary,
            problems,
            job,
        };
        match status_bar::ui(ui, &line) {
            Some(status_bar::Pressed::Cancel) => self.jobs.cancel(),
            Some(status_bar::Pressed::Problems) => actions.push(Action::Run(Command::ShowProblems)),
            None => {}
        }
    }

    fn start_screen(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let page = Frame::new().fill(tokens(ui).page);
        let opened = CentralPanel::default()
            .frame(page)
            .show(ui, |ui| dialogs::start_screen(ui, &self.settings.recent, actions));
        if let Some(path) = opened.inner {
            actions.push(Action::Open(path));
        }
    }

    fn overlays(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let nothing;
        let view = match &self.open {
            Some(open) => open.view(&*self.platform, &self.settings),
            None => View {
                project: {
                    nothing = (crate::model::Project::default(), crate::derive::Derived::default());
                    &nothing.0
                },
                derived: &nothing.1,
                revision: u64::MAX,
                today: self.platform.today(),
                now: self.platform.now(),
                enter_edits: false,
            },
        };
        // The palette asks what is possible while it is drawn, and is itself a part of the app.
        let mut palette = std::mem::take(&mut self.panels.palette);
        palette.ui(ui.ctx(), &view, &|command: Command| self.why_not(command), actions);
        self.panels.palette = palette;
        if self.open.is_some() {
            self.panels.own_columns.ui(ui.ctx(), &view, actions);
        }
        self.panels.keys.ui(ui.ctx());
        self.panels.toasts.ui(ui.ctx(), &view, actions);
        if let Some(dialog) = &mut self.dialog
            && let Some(settled) = dialog.ui(ui.ctx())
        {
            self.settle(settled);
        }
    }

    fn settle(&mut self, settled: Settled) {
        self.dialog = None;
        match settled {
            Settled::Cancel => {}
            Settled::Save(after) => self.save(Some(after)),
            Settled::ApplyAndSave(after) => self.apply_and_save(after),
            // What is open stays until something else is: a file that cannot be read must not cost the changes.
            Settled::Discard(after) => self.carry_on(after),
            Settled::Path { ask, path, after } => self.chosen(&ask, vec![path], after, true),
            Settled::Overwrite { path, after } => self.start_saving(path, None, after),
            Settled::Export(wish) => self.ask_where(*wish),
            Settled::ExportChart(wish) => self.ask_where_chart_goes(*wish),
            Settled::OverwriteExport(path) if self.charting.is_some() => self.start_charting(path),
            Settled::OverwriteExport(path) => self.start_exporting(path),
            Settled::Paste(article) => self.take_in_article(*article),
            Settled::FromFile(earlier) => self.ask(Ask::CorrectedVersion(earlier), None),
        }
    }

    pub(super) fn open_recent(&mut self, path: std::path::PathBuf) {
        if path.is_file() {
            self.guard(After::Open(path));
        } else {
            let text = format!("{} is not there any more", path.display());
            self.settings.recent.retain(|known| *known != path);
            self.keep_settings();
            self.notice = Some(Notice { text, error: true, offers: vec![Offer::Close] });
        }
    }
}

/// Takes presses of Shift, Ctrl and Alt alone out of the input: the window system reports them as keys of their own, and
/// to a panel "any other key" means that the person goes on to something else.
fn drop_bare_modifiers(ctx: &Context) {
    use egui::{Event, Key};
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            !matches!(
                event,
                Event::Key {
                    key: Key::ShiftLeft
                        | Key::ShiftRight
                        | Key::ControlLeft
                        | Key::ControlRight
                        | Key::AltLeft
                        | Key::AltRight,
                    ..
                }
            )
        });
    });
}
