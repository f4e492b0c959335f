//! The rules of figures as tests: worked examples row by row, and the laws on random sets of claims.

mod bench;
mod examples;
mod laws;
