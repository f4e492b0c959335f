//! Other people's files into records of a project, and back (`export`). Bytes in, values out: nothing here opens a file,
//! asks a clock or knows a window.

pub mod cells;
pub mod chart;
pub mod decode;
pub mod export;
pub mod guess;
pub mod html;
pub mod import;
pub mod kind;
mod mail;
mod office;
mod pdf;
pub mod picture;
pub mod records;
pub mod table;
pub mod texts;
