//! The window: its look and the small widgets that every panel shares.
//! Knows egui; must not know how projects are stored or figures are computed.

pub mod theme;
pub mod widgets;
