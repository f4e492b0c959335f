//! Many rows on all cores, in order, in bounded memory; and how a writer stops.
//!
//! One thread lets the pool turn a wave of chunks into bytes while the caller writes the wave before, so that no more
//! than three waves are in memory.

use std::io::{self, Write};
use std::sync::mpsc::sync_channel;

use rayon::prelude::*;

/// Rows that one core turns into bytes at a time.
const CHUNK: usize = 2_000;
/// Chunks of a wave.
const WAVE: usize = 8;

/// That somebody asked for a stop.
#[derive(Debug, thiserror::Error)]
#[error("it was stopped")]
struct Stopped;

/// The error of a writer that was asked to stop.
pub(super) fn stopped() -> io::Error {
    io::Error::other(Stopped)
}

/// Whether a writer ended because it was asked to stop.
pub fn is_stopped(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Stopped>())
}

/// Writes items in order; `write` turns a chunk of them into bytes.
pub(super) fn write<T: Sync>(
    items: &[T],
    out: &mut dyn Write,
    go_on: &dyn Fn(f32) -> bool,
    write: impl Fn(&[T], &mut Vec<u8>) + Sync,
) -> io::Result<()> {
    let bytes_of = |chunk: &[T]| {
        let mut bytes = Vec::new();
        write(chunk, &mut bytes);
        bytes
    };
    if items.len() <= CHUNK {
        return if go_on(0.0) { out.write_all(&bytes_of(items)) } else { Err(stopped()) };
    }
    std::thread::scope(|scope| {
        let (send, waves) = sync_channel::<Vec<Vec<u8>>>(1);
        let bytes_of = &bytes_of;
        scope.spawn(move || {
            for wave in items.chunks(CHUNK * WAVE) {
                // Whoever reads no more wants no more.
                if send.send(wave.par_chunks(CHUNK).map(bytes_of).collect()).is_err() {
                    return;
                }
            }
        });
        let all = items.len().div_ceil(CHUNK);
        let mut done = 0;
        for wave in waves {
            for bytes in wave {
                out.write_all(&bytes)?;
                done += 1;
                #[expect(clippy::cast_precision_loss, reason = "a share")]
                let share = done as f32 / all as f32;
                if !go_on(share) {
                    return Err(stopped());
                }
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(n: u32, go_on: &dyn Fn(f32) -> bool) -> io::Result<Vec<u8>> {
        let items: Vec<u32> = (0..n).collect();
        let mut out = Vec::new();
        write(&items, &mut out, go_on, |chunk, bytes| {
            chunk.iter().for_each(|n| bytes.extend_from_slice(format!("{n}\n").as_bytes()));
        })?;
        Ok(out)
    }

    #[test]
    fn rows_stand_in_order_however_many_cores_wrote_them() {
        for n in [0, 1, 2_000, 2_001, 50_000] {
            let wanted: String = (0..n).map(|n| format!("{n}\n")).collect();
            assert_eq!(String::from_utf8(numbers(n, &|_| true).expect("written")).as_deref(), Ok(&*wanted), "{n}");
        }
    }

    #[test]
    fn a_stop_is_told_from_a_failure() {
        let error = numbers(50_000, &|done| done < 0.3).expect_err("stopped");
        assert!(is_stopped(&error));
        assert!(!is_stopped(&io::ErrorKind::BrokenPipe.into()));
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let items: Vec<u32> = (0..50_000).collect();
        let full = write(&items, &mut Full, &|_| true, |_, bytes| bytes.push(1)).expect_err("no room");
        assert_eq!(full.kind(), io::ErrorKind::StorageFull);
    }
}
