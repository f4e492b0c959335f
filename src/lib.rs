//! Dateline.

pub mod model;
pub mod ui;
