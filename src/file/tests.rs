//! Laws and examples of reading and writing.

mod errors;
mod laws;
mod projects;
mod rows;
