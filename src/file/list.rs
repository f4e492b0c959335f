//! Reads the elements of a long list in parallel, each on its own, as if the whole had been read at once.
//!
//! Must not know what the elements are.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use ron::Options;
use ron::error::SpannedError;
use serde::de::DeserializeOwned;
use thiserror::Error;

use super::position::{Position, error_within, position_of};

/// Elements that one task reads: enough to make the cost of a task vanish, few enough to share the work.
const CHUNK: usize = 512;

/// An element of a list that could not be read.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("{}: {}", self.position(), self.error.code)]
pub struct ListError {
    /// Which element, from 0.
    pub element: usize,
    /// What is wrong, with its place in the whole text.
    pub error: SpannedError,
}

impl ListError {
    /// The place to point at, in the whole text.
    #[must_use]
    pub fn position(&self) -> Position {
        self.error.span.start.into()
    }
}

/// Reads the elements at those places of `text`, in order, on all cores.
///
/// The ranges are those of [`super::scan::outline`]; the options those of its `Outline::options`.
///
/// # Errors
/// The first element, in the order of the file, that cannot be read.
pub fn read_list<T: DeserializeOwned + Send>(
    text: &str,
    elements: &[Range<usize>],
    options: &Options,
) -> Result<Vec<T>, ListError> {
    // Work behind a chunk that has failed cannot change the answer, so it is left out.
    let failed = AtomicUsize::new(usize::MAX);
    let chunks: Vec<Result<Vec<T>, ListError>> = elements
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(chunk, ranges)| {
            if failed.load(Ordering::Relaxed) < chunk {
                return Ok(Vec::new());
            }
            let read = read_chunk(text, chunk * CHUNK, ranges, options);
            if read.is_err() {
                failed.fetch_min(chunk, Ordering::Relaxed);
            }
            read
        })
        .collect();
    let mut all = Vec::with_capacity(elements.len());
    for chunk in chunks {
        all.extend(chunk?);
    }
    Ok(all)
}

fn read_chunk<T: DeserializeOwned>(
    text: &str,
    first: usize,
    ranges: &[Range<usize>],
    options: &Options,
) -> Result<Vec<T>, ListError> {
    let mut read = Vec::with_capacity(ranges.len());
    for (index, range) in ranges.iter().enumerate() {
        let element = text.get(range.clone()).unwrap_or_default();
        let value = options.from_str(element).map_err(|error| ListError {
            element: first + index,
            error: error_within(error, position_of(text, range.start)),
        })?;
        read.push(value);
    }
    Ok(read)
}
