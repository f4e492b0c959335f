//! Cells to the clipboard and back: written and read in jobs where they are many or another program has to answer.

use std::sync::Arc;

use egui::Context;

use crate::derive::Derived;
use crate::exchange::cells;
use crate::jobs::Progress;
use crate::model::Project;
use crate::platform::Clip;
use crate::ui::work::Copying;

use super::App;
use super::files::Outcome;

/// Up to this many cells are written within the frame.
const AT_ONCE: usize = 2_000;
/// A pasted text that is longer than this is shown to be read: it, or the table beside it, takes longer than a moment.
const QUIET: usize = 100_000;

impl App {
    /// Puts cells on the clipboard.
    pub(super) fn start_copying(&mut self, ctx: &Context, copying: Copying) {
        let Some(open) = &self.open else { return };
        if copying.cells <= AT_ONCE {
            if let Some(clip) = copying.write(open.session.project(), &open.derived, &|_| true) {
                self.put_on_clipboard(ctx, clip);
            }
            return;
        }
        let (project, derived): (Project, Arc<Derived>) = (open.session.project().clone(), Arc::clone(&open.derived));
        self.jobs.start(copying.name.clone(), true, move |progress| {
            let clip = copying.write(&project, &derived, &|done| progress.report(done));
            Outcome::Copied(clip.filter(|_| !progress.is_cancelled()), copying.name)
        });
    }

    /// Puts on the clipboard what a job wrote, in the next frame that is drawn.
    pub(super) fn copied(&mut self, clip: Option<Clip>, name: &str) {
        match clip {
            Some(clip) => {
                self.to_copy = Some(clip);
                self.panels.toasts.say(name.replacen("Copying", "Copied", 1), false);
            }
            None => self.panels.toasts.say(format!("Cancelled: {name}. The clipboard is as it was"), false),
        }
    }

    /// Puts what waits on the clipboard.
    pub(super) fn put_waiting_on_clipboard(&mut self, ctx: &Context) {
        if let Some(clip) = self.to_copy.take() {
            self.put_on_clipboard(ctx, clip);
        }
    }

    /// With its table where the system takes that; else the text by the window's own clipboard. Never both: the second
    /// would take the clipboard from the first.
    fn put_on_clipboard(&mut self, ctx: &Context, clip: Clip) {
        if self.platform.copy(&clip).is_err() {
            ctx.copy_text(clip.text);
        }
    }

    /// Reads the cells that stand on the clipboard and hands them to the table.
    pub(super) fn start_pasting(&mut self, text: Option<String>, plain: bool) {
        let platform = Arc::clone(&self.platform);
        let long = text.as_ref().is_some_and(|text| text.len() > QUIET);
        let work = move |_: &Progress| {
            let clip = match (plain, text) {
                (true, Some(text)) => Clip { text, html: None },
                (_, text) => {
                    let clip = platform.clipboard();
                    let text = text.unwrap_or_else(|| clip.text.clone());
                    // A table that belongs to another text was put there meanwhile.
                    let same = clip.text == text || clip.text.replace("\r\n", "\n") == text;
                    Clip { text, html: clip.html.filter(|_| same && !plain) }
                }
            };
            Outcome::Pasted(cells::read(&clip.text, clip.html.as_deref()))
        };
        let name = "Reading the clipboard".to_owned();
        if long {
            self.jobs.start(name, false, work);
        } else {
            self.jobs.start_quietly(name, work);
        }
    }
}
