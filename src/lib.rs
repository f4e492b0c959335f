//! Dateline: a workbench for turning conflict news into defensible casualty figures.
//!
//! The map of the house is in `src/ARCHITECTURE.md`.

pub mod app;
pub mod cli;
pub mod columns;
pub mod command;
pub mod dataset;
pub mod derive;
pub mod edit;
pub mod exchange;
pub mod file;
pub mod filter;
pub mod history;
pub mod jobs;
pub mod mention;
pub mod model;
pub mod platform;
pub mod sample;
pub mod scene;
pub mod session;
pub mod store;
pub mod ui;
