//! What 400,000 rows of another people's data set cost: read as events, saved, opened again, worked out, given out.
//!
//! `cargo bench --bench rows -- FILE.csv` takes a file in the columns of UCDP GED with commas and plain line ends. Times
//! stand beside one pass of the `csv` crate over the same bytes: the load of the machine is not known to it, so the ratios
//! of one run count. Opening is measured in a process of its own, with what it keeps in memory.

use std::hint::black_box;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use dateline::dataset::{self, RowReader, Shared, known};
use dateline::derive::Derived;
use dateline::file;
use dateline::model::{Claim, ClaimId, Dataset, Event, EventId, Layout, Project, Records, SourceRow, Term};
use rayon::prelude::*;

const CHUNK: usize = 8_192;

/// What a work took, in milliseconds.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed().as_secs_f64() * 1e3)
}

/// Memory of this process in MiB: now, and at its peak.
fn memory() -> (u64, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
    };
    (of("VmRSS:"), of("VmHWM:"))
}

/// The rows of a file, without line ends, the header first.
fn rows(text: &str) -> Vec<&str> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::ByteRecord::new();
    let mut starts = Vec::new();
    while reader.read_byte_record(&mut record).expect("a table") {
        starts.push(record.position().map_or(0, |at| usize::try_from(at.byte()).expect("in memory")));
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| text[pair[0]..pair[1]].trim_end_matches(['\n', '\r'])).collect()
}

fn of_rows(rows: &[&str]) -> Project {
    let dataset = Dataset {
        id: "ged".parse().expect("an id"),
        name: "UCDP GED".into(),
        version: "24.1".into(),
        mapping: "ged".into(),
        mapping_version: 1,
        columns: rows[0].split(',').map(Into::into).collect(),
        layout: Layout { head: vec![rows[0].into()], ..Layout::default() },
        file: "ged.csv".into(),
        sha256: "".into(),
        imported: None,
    };
    let reader = RowReader::new(&dataset, known::newest("ged").expect("a known mapping"));
    let events: Vec<Vec<Event>> = rows[1..]
        .par_chunks(CHUNK)
        .map(|chunk| {
            let mut shared = Shared::default();
            let event = |row: &&str| {
                reader.event(EventId::random(), SourceRow::new(dataset.id, *row), &mut shared, &mut Vec::new())
            };
            chunk.iter().map(event).collect()
        })
        .collect();
    let events = Records::from_list(events.into_iter().flatten()).0;
    let mut project = Project { events, datasets: Arc::new(vec![dataset]), ..Project::titled("Rows") };
    let kinds = known::newest("ged").into_iter().flat_map(|mapping| &mapping.kinds);
    let kinds = kinds.map(|(_, name)| Term { name: name.clone(), meaning: Default::default() });
    Arc::make_mut(&mut project.about).codebook.kinds.extend(kinds);
    project
}

/// Opens a project and says what that took.
fn open(path: &str) {
    let (text, read) = timed(|| std::fs::read_to_string(path).expect("the project"));
    let (opened, opening) = timed(|| file::read(&text, &|_| true).expect("opens"));
    drop(text);
    let (now, peak) = memory();
    println!("opened: {:.0} ms (from the disk {read:.0}, read {opening:.0})", read + opening);
    println!("  memory {now} MiB, at the peak {peak} MiB");
    let project = opened.project;
    let (mut derived, work) = timed(|| Derived::from_scratch(&project));
    let (now, peak) = memory();
    println!("worked out: {work:.0} ms; memory {now} MiB, at the peak {peak} MiB; {} claims", derived.claims());
    let event = project.events.iter().next().expect("an event").id;
    let claim = dataset::claim(&project, ClaimId::of_event(event, b'a').expect("room")).expect("the row states it");
    let mut edited = project.clone();
    edited.claims.push(Claim { aside: Some("why".into()), ..Claim::clone(claim) }).expect("new");
    let ((), step) = timed(|| derived.advance(&project, &edited));
    println!("a claim set aside: {:.0} µs", step * 1e3);
    let readers = dataset::readers(&project);
    let events: Vec<&Arc<Event>> = project.events.iter().collect();
    let (bytes, out) = timed(|| {
        let chunks = events.par_chunks(CHUNK);
        let len = |event: &&Arc<Event>| dataset::write_row(&project, &readers, event).map_or(0, |row| row.len());
        chunks.map(|chunk| chunk.iter().map(len).sum::<usize>()).sum::<usize>()
    });
    println!("given out: {out:.0} ms, {bytes} bytes");
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    match arguments.as_slice() {
        [act, path] if act == "open" => open(path),
        [path] => {
            let text = std::fs::read_to_string(path).expect("a file in UTF-8");
            let (_, pass) = timed(|| black_box(rows(&text).len()));
            let ratio = |took: f64| format!("{took:.0} ms, {:.2} of a pass of csv", took / pass);
            println!("a pass of csv: {pass:.0} ms for {} MB", text.len() / 1_000_000);
            let rows = rows(&text);
            let (project, read) = timed(|| of_rows(&rows));
            println!("{} rows read as events: {}", project.events.len(), ratio(read));
            let (written, write) = timed(|| file::write(&project));
            println!("written as a project: {}, {} MB", ratio(write), written.len() / 1_000_000);
            let at = std::env::temp_dir().join(format!("dateline-rows-{}.ron", std::process::id()));
            let ((), disk) = timed(|| {
                let mut file = std::fs::File::create(&at).expect("a file for the time being");
                std::io::Write::write_all(&mut file, written.as_bytes()).expect("room");
                file.sync_all().expect("a disk");
            });
            println!("saved: {}", ratio(write + disk));
            let program = std::env::current_exe().expect("this program");
            let status = Command::new(program).arg("open").arg(&at).status().expect("it starts");
            std::fs::remove_file(&at).expect("it was written");
            assert!(status.success());
        }
        _ => println!("skipped: name a file, such as one that a script for large tables made"),
    }
}
