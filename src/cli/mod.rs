//! The same abilities without a window. It must not know the window.

pub mod totals;
