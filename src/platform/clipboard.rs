//! The clipboard of the system, with HTML beside the text.
//!
//! egui puts plain text on the clipboard and nothing else. On X11 both share one owner within the program (`arboard` has
//! one server for all), so whoever puts something there last wins, as it should be.

use std::sync::{Mutex, PoisonError};

use super::Clip;

/// The system's clipboard, opened when it is first used.
#[derive(Default)]
pub(super) struct Clipboard(Mutex<Option<arboard::Clipboard>>);

impl Clipboard {
    /// Puts a text and its HTML there.
    pub fn put(&self, clip: &Clip) -> Result<(), String> {
        self.with(|clipboard| match &clip.html {
            Some(html) => clipboard.set().html(html.as_str(), Some(clip.text.as_str())),
            None => clipboard.set().text(clip.text.as_str()),
        })
    }

    /// What stands there.
    pub fn get(&self) -> Clip {
        let html = self.with(|clipboard| clipboard.get().html()).ok();
        Clip { text: self.with(|clipboard| clipboard.get().text()).unwrap_or_default(), html }
    }

    fn with<T>(&self, act: impl FnOnce(&mut arboard::Clipboard) -> Result<T, arboard::Error>) -> Result<T, String> {
        if !is_reachable() {
            return Err("the desktop lets only windows use the clipboard".to_owned());
        }
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if open.is_none() {
            *open = Some(arboard::Clipboard::new().map_err(|error| error.to_string())?);
        }
        open.as_mut().map_or_else(|| Err(String::new()), |clipboard| act(clipboard).map_err(|error| error.to_string()))
    }
}

/// Whether a program may use the clipboard by itself. Under Wayland that takes a protocol that not every desktop has;
/// without it `arboard` would put everything on the clipboard of X11, which windows of Wayland may never see.
#[cfg(all(unix, not(target_os = "macos")))]
fn is_reachable() -> bool {
    use std::sync::OnceLock;
    static REACHABLE: OnceLock<bool> = OnceLock::new();
    *REACHABLE.get_or_init(|| {
        std::env::var_os("WAYLAND_DISPLAY").is_none()
            || wl_clipboard_rs::utils::is_primary_selection_supported().is_ok()
    })
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn is_reachable() -> bool {
    true
}
