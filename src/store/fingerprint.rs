//! A fast 64-bit fingerprint of a file's contents, to see whether somebody changed them.
//!
//! It guards against accidents, not against forgery: where a hash must convince others, use SHA-256.
//! The same bytes give the same fingerprint in every version of the program.

use std::io::{self, Write};

/// Bytes that are mixed in at once: one word for each lane.
const BLOCK: usize = 32;
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// Takes bytes in any portions. Four independent lanes let the processor work on them at once.
///
/// Each step (exclusive or, multiplication by an odd number, rotation) is reversible, so two contents of
/// one length that differ in one word never have the same lanes.
#[derive(Debug, Clone)]
pub(super) struct Fingerprint {
    lanes: [u64; 4],
    waiting: [u8; BLOCK],
    waits: usize,
    length: u64,
}

impl Fingerprint {
    pub(super) fn new() -> Self {
        Self { lanes: [1, 2, 3, 4], waiting: [0; BLOCK], waits: 0, length: 0 }
    }

    pub(super) fn of(bytes: &[u8]) -> u64 {
        let mut print = Self::new();
        print.update(bytes);
        print.value()
    }

    /// Bytes taken so far.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    pub(super) fn update(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len() as u64;
        if self.waits > 0 {
            let (now, later) = bytes.split_at(bytes.len().min(BLOCK - self.waits));
            self.waiting[self.waits..self.waits + now.len()].copy_from_slice(now);
            self.waits += now.len();
            bytes = later;
            if self.waits < BLOCK {
                return;
            }
            let block = self.waiting;
            mix(&mut self.lanes, &block);
            self.waits = 0;
        }
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        for block in blocks {
            mix(&mut self.lanes, block);
        }
        self.waiting[..rest.len()].copy_from_slice(rest);
        self.waits = rest.len();
    }

    pub(super) fn value(&self) -> u64 {
        let mut lanes = self.lanes;
        let mut last = [0; BLOCK];
        last[..self.waits].copy_from_slice(&self.waiting[..self.waits]);
        mix(&mut lanes, &last);
        lanes.iter().fold(self.length, |sum, lane| {
            let sum = (sum ^ lane).wrapping_mul(MULTIPLIER);
            sum ^ (sum >> 32)
        })
    }
}

fn mix(lanes: &mut [u64; 4], block: &[u8; BLOCK]) {
    let (words, _) = block.as_chunks::<8>();
    for (lane, word) in lanes.iter_mut().zip(words) {
        *lane = (*lane ^ u64::from_le_bytes(*word)).wrapping_mul(MULTIPLIER).rotate_left(29);
    }
}

/// Passes bytes on to a writer and takes their fingerprint on the way.
pub(super) struct Fingerprinting<W> {
    pub(super) inner: W,
    pub(super) print: Fingerprint,
}

impl<W: Write> Write for Fingerprinting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.print.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn portions_do_not_matter(bytes in prop::collection::vec(any::<u8>(), 0..300), cut in 0_usize..300) {
            let cut = cut.min(bytes.len());
            let mut print = Fingerprint::new();
            print.update(&bytes[..cut]);
            for byte in &bytes[cut..] {
                print.update(&[*byte]);
            }
            prop_assert_eq!(print.value(), Fingerprint::of(&bytes));
            prop_assert_eq!(print.length(), bytes.len() as u64);
        }

        #[test]
        fn one_changed_byte_changes_it(
            mut bytes in prop::collection::vec(any::<u8>(), 1..300),
            at in any::<prop::sample::Index>(),
            change in 1_u8..,
        ) {
            let before = Fingerprint::of(&bytes);
            let at = at.index(bytes.len());
            bytes[at] ^= change;
            prop_assert_ne!(Fingerprint::of(&bytes), before);
        }

        #[test]
        fn order_and_trailing_zeros_count(bytes in prop::collection::vec(any::<u8>(), 2..200)) {
            let mut longer = bytes.clone();
            longer.push(0);
            prop_assert_ne!(Fingerprint::of(&longer), Fingerprint::of(&bytes));
            let mut swapped = bytes.clone();
            swapped.reverse();
            prop_assert_eq!(Fingerprint::of(&swapped) == Fingerprint::of(&bytes), swapped == bytes);
        }
    }

    #[test]
    fn it_stays_the_same_between_versions() {
        // A journal that an older version left behind names its project file by this number.
        assert_eq!(Fingerprint::of(b"( format: 1 )\n"), PINNED);
    }

    const PINNED: u64 = 5_294_271_516_727_110_941;
}
