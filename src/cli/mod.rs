//! The same abilities without a window. It must not know the window.

pub mod totals;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// What the arguments ask for.
#[derive(Debug)]
pub enum Start {
    /// The window, on this project.
    Window(Option<PathBuf>),
    /// Nothing more: it was done without a window.
    Done(ExitCode),
}

/// Reads the arguments of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Start {
    Start::Window(arguments.into_iter().nth(1).map(PathBuf::from))
}
