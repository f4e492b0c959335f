//! The project file as text: bytes to records and back, without touching a disk.
//!
//! Must not know the window, the clock, or where a file lies.

mod lexeme;
pub mod list;
pub mod position;
pub mod scan;
#[cfg(test)]
mod scan_tests;
pub mod text;
