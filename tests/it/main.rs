//! The one integration test binary: the program as its users meet it.

mod app;
mod architecture;
mod articles;
mod chart;
mod claim_bar;
mod claims_table;
mod cli;
mod event_tab;
mod figures_in_text;
mod file;
mod large;
mod look;
mod merging;
mod method;
mod notes;
mod palette;
mod panel;
mod problems;
mod reading;
mod reading_aids;
mod readme;
mod side_bench;
mod store;
mod table;
mod tasks;
mod window;
