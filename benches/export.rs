//! Handing 400,000 events on, beside Polars, pandas and DuckDB writing the same table in the same run (`peers/README.md`).
//!
//! Each format is written through the atomic save, with what it forces to the disk, and once into nothing, which is the
//! work alone. The load of the machine is not known to it: ratios of one run count.

use std::io::Write;
use std::time::Instant;

use dateline::derive::Derived;
use dateline::exchange::export::{Kind, Redaction, Source, export};
use dateline::store::save::save_with;

mod large;
mod peers;

/// Where bytes go that nobody wants.
struct Nothing(u64);

impl Write for Nothing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The median of several runs in seconds.
fn median(times: usize, mut work: impl FnMut()) -> f64 {
    let mut taken: Vec<f64> = (0..times)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .collect();
    taken.sort_by(f64::total_cmp);
    taken[taken.len() / 2]
}

/// The most memory that the process ever had, in MB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn main() {
    let project = large::project();
    let derived = Derived::from_scratch(&project);
    let slots = derived.columnar().order().to_vec();
    let today = jiff::civil::date(2024, 1, 1);
    let source =
        Source { project: &project, derived: &derived, slots: &slots, filter: "", grouped: None, today, hash: "" };
    let folder = tempfile::tempdir().expect("a folder");
    println!("{} events; {} MB of memory before", slots.len(), peak());
    let mut csv = 0.0;
    for kind in Kind::ALL {
        let times = if kind == Kind::Csv { 7 } else { 1 };
        let path = folder.path().join(format!("events-{}.{}", kind.key(), kind.ending()));
        let write = |out: &mut dyn Write| export(&source, kind, &Redaction::default(), out, &|_| true).map(drop);
        let mut length = 0;
        let work = median(times, || {
            let mut nothing = Nothing(0);
            write(&mut nothing).expect("nothing takes it");
            length = nothing.0;
        });
        let saved = median(times, || {
            save_with(&path, None, write).expect("a folder that can be written");
        });
        csv = if kind == Kind::Csv { saved } else { csv };
        let mb = length / 1_000_000;
        println!("{:<6} {work:>7.2} s, saved {saved:>7.2} s, {mb:>4} MB; peak {} MB", kind.key(), peak());
    }
    for (name, peer) in peers::times("export.py", &folder.path().join("events-csv.csv")) {
        let took = peer["csv"].as_f64().unwrap_or(f64::NAN);
        println!("{name} {}: csv {took:.2} s, {:.2} times Dateline", peer["version"], took / csv);
    }
}
