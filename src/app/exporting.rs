//! Results into files: asks what and where, writes in a job that can be cancelled, and says where the file is.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::columns::group::Grouping;
use crate::columns::order;
use crate::derive::Derived;
use crate::exchange::export::{self, Report, Source, is_stopped};
use crate::file;
use crate::filter::Filter;
use crate::jobs::Progress;
use crate::model::Project;
use crate::platform::Ask;
use crate::store::save::{save, save_with};
use crate::ui::dialogs::Dialog;
use crate::ui::export_form::{ExportForm, Wish};

use super::App;
use super::files::{Outcome, file_name};

/// What became of an export.
pub enum Exported {
    /// The file is there.
    Done(Box<Report>),
    /// Somebody stopped it: the file is what it was.
    Stopped,
    /// It failed, for this reason.
    Failed(String),
}

impl App {
    /// Asks what to export.
    pub(super) fn ask_export(&mut self) {
        let Some(open) = &self.open else { return };
        let shown = self.panels.table.shown(open.session.project().events.len());
        self.dialog = Some(Dialog::Export(Box::new(ExportForm::new(shown))));
    }

    /// Asks where an export goes.
    pub(super) fn ask_where(&mut self, wish: Wish) {
        let Some(open) = &self.open else { return };
        let title = open.title();
        let stem = Path::new(&title).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let name = format!("{}.{}", stem.replace(['/', '\\'], "-"), wish.kind.ending());
        let ending = wish.kind.ending();
        self.exporting = Some(wish);
        (self.charting, self.meant) = (None, None);
        self.ask(Ask::Export(name, ending), None);
    }

    /// Goes on with the place that was chosen. A dialog of the system has asked about the name that it gave.
    pub(super) fn export_to(&mut self, path: PathBuf, asked: bool) {
        let Some(wish) = &self.exporting else { return };
        let full = if path.extension().is_none() { path.with_extension(wish.kind.ending()) } else { path.clone() };
        if self.path().is_some_and(|own| own == full) {
            self.complain(format!("{} is the project itself. Choose another name to export to", file_name(&full)));
        } else if (!asked || full != path) && full.exists() {
            self.dialog = Some(Dialog::OverwriteExport(full));
        } else {
            self.start_exporting(full);
        }
    }

    pub(super) fn start_exporting(&mut self, path: PathBuf) {
        let (Some(open), Some(wish)) = (&self.open, self.exporting.take()) else { return };
        let (project, derived) = (open.session.project().clone(), Arc::clone(&open.derived));
        let today = self.platform.today();
        self.jobs.start(format!("Exporting {}", file_name(&path)), true, move |progress| {
            let exported = write(&project, &derived, &wish, (&path, today), progress);
            Outcome::Exported(path, exported)
        });
    }

    /// Says what became of an export.
    pub(super) fn exported(&mut self, path: &Path, exported: Exported) {
        match exported {
            Exported::Done(report) => {
                let mut text = format!("{} to {}", report.in_words(), path.display());
                for remark in &report.remarks {
                    text.push_str(". ");
                    text.push_str(remark.trim_end_matches('.'));
                }
                self.panels.toasts.say(text, false);
            }
            Exported::Stopped => self
                .panels
                .toasts
                .say(format!("Cancelled: exporting {}. No file was written or changed", file_name(path)), false),
            Exported::Failed(reason) => self.complain(reason),
        }
    }
}

fn write(
    project: &Project,
    derived: &Derived,
    wish: &Wish,
    (path, today): (&Path, Date),
    progress: &Progress,
) -> Exported {
    let filter = match Filter::parse(&wish.filter, project) {
        Ok(filter) => filter,
        Err(mistake) => return Exported::Failed(format!("The filter of the table: {mistake}")),
    };
    let marked = filter.search(project, derived);
    let all = derived.columnar().order().iter().copied();
    let mut slots: Vec<u32> = all.filter(|slot| marked.get(*slot as usize).is_some_and(|is| *is)).collect();
    if !wish.sort.is_empty() {
        order::sort(&mut slots, &wish.sort, project, derived, today);
    }
    let grouping = wish.grouped.as_ref().filter(|_| wish.in_groups);
    if let Some((grouped, grouping)) =
        grouping.and_then(|grouped| Some((grouped, Grouping::new(&grouped.group, project, derived.columnar())?)))
    {
        grouping.split(&mut slots, grouped.descending);
    }
    if let Some(refusal) = export::refusal(wish.kind, slots.len()) {
        return Exported::Failed(refusal);
    }
    let hash = file::hash(project);
    let source = Source {
        project,
        derived,
        slots: &slots,
        filter: wish.filter.trim(),
        grouped: wish.grouped.as_ref(),
        today,
        hash: &hash,
    };
    let go_on = |share: f32| progress.report(share);
    let beside = match export::beside(&source, wish.kind, &wish.redaction, path, &go_on) {
        Ok(beside) => beside,
        Err(error) if is_stopped(&error) => return Exported::Stopped,
        Err(error) => return Exported::Failed(error.to_string()),
    };
    let mut report = None;
    let saved = save_with(path, None, |out: &mut dyn Write| {
        report = Some(export::export(&source, wish.kind, &wish.redaction, out, &go_on)?);
        Ok(())
    });
    match saved {
        Ok(_) => {}
        Err(error) if error.source_error().is_some_and(is_stopped) => return Exported::Stopped,
        Err(error) => return Exported::Failed(error.of_other()),
    }
    for (file, bytes) in beside {
        if let Err(error) = save(&file, &bytes, None) {
            return Exported::Failed(format!(
                "{} was written, but not {} beside it. {}",
                path.display(),
                file_name(&file),
                error.of_other()
            ));
        }
    }
    report.map_or(Exported::Stopped, |report| Exported::Done(Box::new(report)))
}
