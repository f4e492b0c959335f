//! The one integration test binary: the program as its users meet it.

mod look;
mod event_tab;
mod side_bench;
mod store;
