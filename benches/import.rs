//! How long 400,000 rows of UCDP GED take from a file to events, figures and a saved project, beside Polars, pandas and
//! DuckDB reading the same file in the same run.
//!
//! The table is that of `../shared/data/make_large_ged.py`, or the file that `DATELINE_LARGE_GED` names.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use dateline::derive::Derived;
use dateline::derive::calendar::{BinSize, Unit};
use dateline::derive::totals::{By, Placing, Query, totals};
use dateline::exchange::import::{self, Incoming, Source, Wishes};
use dateline::exchange::table::{Choices, Table};
use dateline::file;
use dateline::model::{Measure, Moment, Project};
use dateline::store::read::read_raw;
use dateline::store::save::save_with;

mod peers;

/// Bytes that are enough for the first rows on screen.
const HEAD: usize = 256 << 10;

/// The large table, made where it is not there.
fn large(folder: &Path) -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("DATELINE_LARGE_GED") {
        return Some(path.into());
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/make_large_ged.py");
    if !script.exists() {
        println!("SKIPPED: {} is not there; name a file with DATELINE_LARGE_GED", script.display());
        return None;
    }
    let path = folder.join("big.csv");
    let made = Command::new(peers::python()).arg(script).arg("--out").arg(&path).status();
    matches!(made, Ok(status) if status.success()).then_some(path)
}

/// What a work took in milliseconds, with what it gave.
fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let given = work();
    (start.elapsed().as_secs_f64() * 1e3, given)
}

/// A line of memory from the system, in MiB.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

#[derive(Default)]
struct Times {
    first_rows: Vec<f64>,
    table: Vec<f64>,
    typed: Vec<f64>,
    project: Vec<f64>,
    figures: Vec<f64>,
    saved: Vec<f64>,
    opened: Vec<f64>,
}

fn incoming(path: &Path, times: &mut Times) -> Incoming {
    let (took, head) = timed(|| {
        let mut bytes = read_head(path);
        bytes.truncate(HEAD);
        Table::beginning(bytes, &Choices::default()).expect("a table")
    });
    times.first_rows.push(took);
    black_box(head.len());
    let (took, table) = timed(|| {
        let bytes = read_raw(path).expect("readable");
        Table::read(bytes, &Choices::default(), &|_| true).expect("a table")
    });
    times.table.push(took);
    let (took, incoming) = timed(|| {
        let fitted = import::fit(&table, None, "big").expect("a kind");
        let source = Source::of(&table, "ged241.csv", Moment::parse("2026-01-01").ok());
        import::incoming(&table, &fitted, &source, &|_| true).expect("not stopped")
    });
    times.typed.push(took);
    incoming
}

fn read_head(path: &Path) -> Vec<u8> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).expect("readable");
    file.take(HEAD as u64).read_to_end(&mut bytes).expect("readable");
    bytes
}

/// The whole way once, and the memory when the figures are there: now, and at the peak.
fn run(path: &Path, folder: &Path, times: &mut Times) -> (Project, (u64, u64)) {
    let empty = Project::titled("big");
    let incoming = incoming(path, times);
    let (took, project) = timed(|| {
        let plan = import::plan(&empty, incoming, &Wishes::default(), &|_| true).expect("not stopped");
        plan.edit(&empty).expect("something").apply(&empty).expect("can be made")
    });
    times.project.push(took);
    let (took, derived) = timed(|| {
        let derived = Derived::from_scratch(&project);
        let by = By::Time(BinSize::Fixed(Unit::Month));
        let months = totals(&project, &derived, &Query { placing: Placing::Start, ..Query::new(Measure::Killed, by) });
        black_box(months);
        derived
    });
    times.figures.push(took);
    let memory_then = (memory("VmRSS:"), memory("VmHWM:"));
    drop(derived);
    let saved = folder.join("big.ron");
    let (took, _) = timed(|| save_with(&saved, None, |out| file::write_to(&project, out)).expect("saved"));
    times.saved.push(took);
    let (took, opened) = timed(|| {
        let text = String::from_utf8(read_raw(&saved).expect("readable")).expect("UTF-8");
        file::read(&text, &|_| true).expect("opens").project
    });
    times.opened.push(took);
    assert!(opened == project, "what was saved opens as the same");
    (project, memory_then)
}

fn median(taken: &[f64]) -> f64 {
    let mut sorted = taken.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(path) = large(folder.path()) else { return };
    let mut times = Times::default();
    let mut after = Vec::new();
    for round in 0..3 {
        let (project, now) = run(&path, folder.path(), &mut times);
        after.push(now);
        if round == 0 {
            println!("{} events of {} data set", project.events.len(), project.datasets.len());
        }
    }
    let charted: Vec<f64> =
        (0..times.table.len()).map(|n| times.table[n] + times.typed[n] + times.project[n] + times.figures[n]).collect();
    let lines = [
        ("first rows", &times.first_rows, 200.0),
        ("rows of the file, with their SHA-256", &times.table, f64::NAN),
        ("rows as events", &times.typed, f64::NAN),
        ("events as a project", &times.project, f64::NAN),
        ("figures and sums by month", &times.figures, f64::NAN),
        ("from the file to sums by month", &charted, 700.0),
        ("saved", &times.saved, 1300.0),
        ("opened", &times.opened, 1800.0),
    ];
    println!("{:<40} {:>10} {:>10}", "work", "Dateline", "goal");
    for (name, taken, goal) in lines {
        let goal = if goal.is_nan() { String::new() } else { format!("{goal:.0} ms") };
        println!("{name:<40} {:>7.1} ms {goal:>10}", median(taken));
    }
    for (round, (now, peak)) in after.iter().enumerate() {
        println!(
            "resident with the project and its figures, round {}: {now} MiB; at the peak until then {peak} MiB",
            round + 1
        );
    }
    println!("at the peak, with the project, its copy as a file and the one that was opened: {} MiB", memory("VmHWM:"));
    for (name, peer) in peers::times("import.py", &path) {
        for (key, own, what) in
            [("read", median(&charted), "reads"), ("months", median(&charted), "reads and sums by month")]
        {
            if let Some(took) = peer[key].as_f64() {
                let version = peer["version"].as_str().unwrap_or("");
                println!("{name} {version} {what} in {took:.0} ms: {:.2} of Dateline's way to sums", took / own);
            }
        }
    }
}
