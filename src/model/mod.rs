//! What a project is: plain values that parse and format themselves. Knows no window, no files and no clock.

pub mod date;
pub mod moment;
pub mod quantity;
