//! Dateline.

pub mod ui;
