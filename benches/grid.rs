//! The work of the event table on 400,000 events, beside Polars and DuckDB in the same run (`peers/README.md`), and
//! what the whole workbench takes for frames, large changes and memory.
//!
//! The load of the machine is not known to it: ratios of one run count, and the load must be said beside times.

use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use dateline::columns::{Column, order};
use dateline::derive::Derived;
use dateline::derive::calendar::{BinSize, Unit};
use dateline::derive::facet::Facet;
use dateline::derive::series::{Basis, Chart, Place, Question, Split};
use dateline::derive::sources::Sources;
use dateline::derive::totals::Placing;
use dateline::edit::Edit;
use dateline::filter::Filter;
use dateline::model::{Class, Measure, OwnColumn, OwnKind, Project};
use dateline::ui::Selected;
use egui::{Event as Input, Key, Modifiers, MouseWheelUnit, TouchPhase, pos2, vec2};
use jiff::civil::date;
use window::{Bench, act, key};

mod large;
mod peers;
mod window;

/// A work, the goal in milliseconds, and its name in the answer of the peers.
struct Work {
    name: &'static str,
    key: &'static str,
    goal: f64,
    took: f64,
}

/// The median of several runs in milliseconds.
fn median(mut work: impl FnMut()) -> f64 {
    work();
    let mut taken: Vec<f64> = (0..15)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    taken.sort_by(f64::total_cmp);
    taken[taken.len() / 2]
}

/// The row list of a filter.
fn rows(line: &str, project: &Project, derived: &Derived) -> Vec<u32> {
    let filter = Filter::parse(line, project).expect("a filter");
    let through = filter.search(project, derived);
    derived.columnar().order().iter().copied().filter(|slot| through[*slot as usize]).collect()
}

fn sorted(column: &str, project: &Project, derived: &Derived) -> Vec<u32> {
    let column = Column::of(column).expect("a column");
    let mut slots = derived.columnar().order().to_vec();
    order::sort(&mut slots, &[(column, false)], project, derived, date(2024, 1, 1));
    slots
}

fn works(project: &Project, derived: &Derived) -> Vec<Work> {
    let by_month = Question { size: BinSize::Fixed(Unit::Month), placing: Placing::Start, ..Question::default() };
    let by_country = Question { split: Split::Of(Facet::Country), ..by_month.clone() };
    let by_source = Question { split: Split::Of(Facet::Source), ..by_month.clone() };
    let basis = Basis { project, derived, filter: None, other: None, today: date(2024, 1, 1) };
    let half: Vec<bool> = (0..derived.columnar().slots()).map(|slot| slot % 2 == 0).collect();
    let filtered = Basis { filter: Some(&half), ..basis };
    let chart = Chart::of(&basis, &by_month);
    let found = rows("country=\"Country 7\" killed>10", project, derived).len();
    let with_word = rows("title:ambush", project, derived).len();
    println!("{found} rows are of country 7 with more than 10 killed, {with_word} have the word");
    let work = |name, key, goal, took| Work { name, key, goal, took };
    vec![
        work("filter by country and best > 10", "filter", 3.0, {
            median(|| drop(black_box(rows("country=\"Country 7\" killed>10", project, derived))))
        }),
        work("row order by a number", "number", 10.0, median(|| drop(black_box(sorted("killed", project, derived))))),
        work("row order by a text column", "text", 50.0, median(|| drop(black_box(sorted("title", project, derived))))),
        work("find a word in a text column", "word", 8.0, {
            median(|| drop(black_box(rows("title:ambush", project, derived))))
        }),
        work("monthly low, best, high sums", "months", 4.0, {
            median(|| drop(black_box(Chart::of(&basis, &by_month))))
        }),
        work("the same of five countries and others", "groups", 4.0, {
            median(|| drop(black_box(Chart::of(&basis, &by_country))))
        }),
        work("the same of five sources and others", "", 4.0, {
            median(|| drop(black_box(Chart::of(&basis, &by_source))))
        }),
        work("who speaks of each event, from scratch", "", 100.0, {
            median(|| drop(black_box(Sources::of(project, derived, &Measure::Killed, &Class::TOTAL))))
        }),
        work("one pixel of a brush: ten years selected, and their share", "", 8.0, {
            median(|| {
                let slots = chart.slots(&basis, Place::Columns(100, 220), None);
                let selected = Selected::in_slots(slots, derived.columnar());
                black_box(chart.share(&basis, &selected.slots(derived.columnar())));
            })
        }),
        work("the same of a filter's half", "half", 4.0, {
            median(|| drop(black_box(Chart::of(&filtered, &by_month))))
        }),
        work("the share of a selection of half", "", 4.0, median(|| drop(black_box(chart.share(&basis, &half))))),
        work("the events under a brush of ten years", "", 4.0, {
            median(|| drop(black_box(chart.slots(&basis, Place::Columns(100, 220), None))))
        }),
    ]
}

/// An edit of a figure by hand's width: the change, and everything that follows from it.
fn edit(project: &Project, derived: &Derived) -> f64 {
    let mut derived = derived.clone();
    let mut now = project.clone();
    let events: Vec<_> = project.events.iter().step_by(25_003).map(|event| (**event).clone()).collect();
    let mut n = 0;
    median(|| {
        n += 1;
        let mut event = events[n % events.len()].clone();
        event.location.name = format!("Another village {n}").into();
        let next =
            Edit::SetEvents { events: vec![event.into()], what: "place".to_owned() }.apply(&now).expect("an edit");
        derived.advance(&now, &next);
        now = next;
    })
}

/// The table as peers read it: unknown figures and dates are empty.
fn table(project: &Project, derived: &Derived) -> String {
    let mut text = "date,country,place,side_a,side_b,title,low,best,high\n".to_owned();
    let figures = derived.columnar().figures(&Measure::Killed).expect("figures");
    for (event, slot) in project.events.iter().zip(derived.columnar().order()) {
        let day = event.when.and_then(|when| when.earliest()).map_or_else(String::new, |day| day.to_string());
        let number = |value: Option<u64>| value.map_or_else(String::new, |n| n.to_string());
        let slot = *slot as usize;
        let _ = writeln!(
            text,
            "{day},{},{},{},{},{},{},{},{}",
            event.location.country,
            event.location.name,
            event.side_a,
            event.side_b,
            event.title,
            number(figures.low(slot)),
            number(figures.best(slot)),
            number(figures.high(slot).map(|(high, _)| high)),
        );
    }
    text
}

/// What the peers took, by their name. Nothing where there is no Python that has them.
fn peers(project: &Project, derived: &Derived) -> serde_json::Map<String, serde_json::Value> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("table.csv");
    std::fs::write(&path, table(project, derived)).expect("a writable folder");
    peers::times("peers.py", &path)
}

/// Resident memory in MiB, where the system tells it.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

fn print(works: &[Work], peers: &serde_json::Map<String, serde_json::Value>) {
    print!("{:<38} {:>10} {:>10}", "work", "Dateline", "goal");
    for (name, peer) in peers {
        print!(" {:>18}", format!("{name} {}", peer["version"].as_str().unwrap_or("")));
    }
    println!("   best peer / Dateline");
    for work in works {
        print!("{:<38} {:>7.2} ms {:>7.0} ms", work.name, work.took, work.goal);
        let taken: Vec<f64> = peers.values().filter_map(|peer| peer[work.key].as_f64()).collect();
        taken.iter().for_each(|took| print!(" {took:>15.2} ms"));
        match taken.iter().copied().reduce(f64::min) {
            Some(best) => println!("   {:.1}", best / work.took),
            None => println!(),
        }
    }
}

fn wheel(by: f32) -> Vec<Input> {
    vec![Input::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, by),
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    }]
}

/// Frames of the whole workbench while somebody works in the table.
fn frames(project: &Project) {
    let start = Instant::now();
    let mut bench = Bench::new(project);
    println!("\nwritten, opened and drawn: {:.2} s; {:?} MiB resident", start.elapsed().as_secs_f64(), resident());
    let (none, ctrl) = (Modifiers::NONE, Modifiers::COMMAND);
    act(&mut bench, "nothing happens", |act| act.rest(100));
    act(&mut bench, "arrow down, held", |act| {
        act.press(Key::Num3, ctrl);
        (0..300).for_each(|_| act.frame(key(Key::ArrowDown, none)));
    });
    act(&mut bench, "page down", |act| (0..100).for_each(|_| act.press(Key::PageDown, none)));
    act(&mut bench, "to the edge of the block and back", |act| {
        for _ in 0..10 {
            act.press(Key::ArrowDown, ctrl);
            act.press(Key::ArrowUp, ctrl);
        }
    });
    act(&mut bench, "last and first cell", |act| {
        for _ in 0..20 {
            act.press(Key::End, ctrl);
            act.press(Key::Home, ctrl);
        }
    });
    act(&mut bench, "wheel over the table", |act| {
        act.frame(vec![Input::PointerMoved(pos2(700.0, 750.0))]);
        (0..300).for_each(|_| act.frame(wheel(-120.0)));
    });
    act(&mut bench, "select all, and one cell again", |act| {
        for _ in 0..10 {
            act.press(Key::A, ctrl);
            act.press(Key::A, ctrl);
            act.press(Key::ArrowDown, none);
        }
    });
    act(&mut bench, "group by a column, fold and open all", |act| {
        act.press(Key::Home, ctrl);
        (0..3).for_each(|_| act.press(Key::ArrowRight, none));
        for command in [">group by this", ">collapse all", ">expand all", ">group by this"] {
            act.press(Key::K, ctrl);
            act.write(command);
            act.press(Key::Enter, none);
            act.rest(20);
        }
    });
    over_all_rows(&mut bench);
    act(&mut bench, "typing titles", |act| {
        act.press(Key::Home, ctrl);
        act.press(Key::ArrowRight, none);
        act.press(Key::ArrowRight, none);
        for n in 0..20 {
            act.write(&format!("village {n}"));
            act.press(Key::Enter, none);
        }
    });
    act(&mut bench, "undo of twenty edits", |act| (0..20).for_each(|_| act.press(Key::Z, ctrl)));
    println!("{:?} MiB resident", resident());
}

/// Columns of texts of the analyst's own, into which a table is pasted.
const PASTED: (usize, usize) = (100_000, 10);

fn with_own_columns(project: &Project) -> Project {
    let mut project = project.clone();
    let column = |n: usize| OwnColumn {
        id: format!("own_{n}").parse().expect("an id"),
        title: format!("Own {n}").into(),
        meaning: "".into(),
        kind: OwnKind::Text,
    };
    Arc::make_mut(&mut project.about).codebook.columns = (1..=PASTED.1).map(column).collect();
    project
}

/// What changes of hundreds of thousands of cells take from the key to the frame that shows them, with all that follows
/// from them. Jobs run on the spot here, on all cores; in the window the frames go on meanwhile.
fn large_changes(project: &Project) {
    let mut bench = Bench::new(&with_own_columns(project));
    let (none, ctrl) = (Modifiers::NONE, Modifiers::COMMAND);
    println!();
    act(&mut bench, "to the column of places", |act| {
        act.press(Key::Num3, ctrl);
        act.press(Key::Home, ctrl);
        (0..3).for_each(|_| act.press(Key::ArrowRight, none));
        act.press(Key::ArrowDown, ctrl | Modifiers::SHIFT);
    });
    let filled = |bench: &Bench| {
        let project = bench.app.project().expect("it is open");
        project.events.iter().filter(|event| &*event.location.name == "Osh").count()
    };
    let all = project.events.len();
    change(&mut bench, "fill of a column", f64::NAN, vec![Input::Paste("Osh".to_owned())]);
    assert_eq!(filled(&bench), all, "every cell is filled");
    change(&mut bench, "undo of it", 300.0, key(Key::Z, ctrl));
    assert_eq!(filled(&bench), 0, "and as it was again");
    change(&mut bench, "and again", f64::NAN, key(Key::Y, ctrl));
    assert_eq!(filled(&bench), all);
    change(&mut bench, "undo of it", 300.0, key(Key::Z, ctrl));
    act(&mut bench, "to the columns of one's own", |act| {
        act.press(Key::Home, ctrl);
        act.press(Key::End, none);
        (1..PASTED.1).for_each(|_| act.press(Key::ArrowLeft, none));
    });
    let cell = |row: usize, column: usize| format!("{row} in {column}");
    let line = |row: usize| (1..=PASTED.1).map(|column| cell(row, column)).collect::<Vec<_>>().join("\t");
    let text = (0..PASTED.0).map(line).collect::<Vec<_>>().join("\n");
    change(&mut bench, "paste of 100,000 rows by 10 columns", 1000.0, vec![Input::Paste(text)]);
    let taken = |bench: &Bench| {
        let project = bench.app.project().expect("it is open");
        project.events.iter().map(|event| event.own.len()).sum::<usize>()
    };
    println!("{} cells took their text", taken(&bench));
    change(&mut bench, "undo of it", 300.0, key(Key::Z, ctrl));
    assert_eq!(taken(&bench), 0, "and none has it any more");
    println!("{:?} MiB resident", resident());
}

/// A change that some input makes, timed as a whole.
fn change(bench: &mut Bench, name: &str, goal: f64, input: Vec<Input>) {
    let start = Instant::now();
    bench.frame(input);
    for _ in 0..4 {
        bench.frame(Vec::new());
    }
    let goal = if goal.is_nan() { String::new() } else { format!("goal {goal:.0} ms") };
    println!("{name:<42} {:>8.0} ms  {goal}", start.elapsed().as_secs_f64() * 1e3);
}

/// What concerns all rows at once, while the table has the keyboard.
fn over_all_rows(bench: &mut Bench) {
    let (none, ctrl, ctrl_shift) = (Modifiers::NONE, Modifiers::COMMAND, Modifiers::COMMAND | Modifiers::SHIFT);
    act(bench, "whole columns, with their sums", |act| {
        for _ in 0..5 {
            act.press(Key::Space, ctrl);
            act.rest(20);
            act.press(Key::ArrowDown, none);
        }
    });
    act(bench, "sort by a header", |act| {
        act.press(Key::Home, ctrl);
        (0..3).for_each(|_| act.press(Key::ArrowRight, none));
        act.press(Key::ArrowUp, none);
        (0..3).for_each(|_| act.press(Key::Enter, none));
        act.press(Key::ArrowDown, none);
    });
    act(bench, "menus of headers, with counts", |act| {
        for column in [2, 3, 9] {
            act.press(Key::Home, ctrl);
            (0..column).for_each(|_| act.press(Key::ArrowRight, none));
            act.press(Key::ArrowUp, none);
            act.press(Key::ArrowDown, Modifiers::ALT);
            act.rest(5);
            act.press(Key::Escape, none);
            act.press(Key::ArrowDown, none);
        }
    });
    act(bench, "find with count, letter by letter", |act| {
        act.press(Key::F, ctrl);
        act.write("ambush");
        act.rest(60);
        act.press(Key::Escape, none);
    });
    act(bench, "filter, letter by letter", |act| {
        act.press(Key::L, ctrl_shift);
        act.write("title:ambush killed>10");
        act.press(Key::Enter, none);
        act.press(Key::Escape, none);
        act.press(Key::Escape, none);
    });
    act(bench, "palette, letter by letter", |act| {
        for query in ["village 12", "e-1234"] {
            act.press(Key::K, ctrl);
            act.write(query);
            act.press(Key::Escape, none);
        }
    });
    act(bench, "filter to a value and back", |act| {
        act.press(Key::Num3, ctrl);
        (0..4).for_each(|_| act.press(Key::L, ctrl));
    });
    act(bench, "rows added, deleted and back", |act| {
        for _ in 0..3 {
            act.press(Key::Equals, ctrl_shift);
            act.press(Key::Escape, none);
            act.press(Key::Minus, ctrl);
            act.press(Key::Z, ctrl);
            act.press(Key::Z, ctrl);
        }
    });
}

fn main() {
    println!("{} events, {} cores", large::EVENTS, std::thread::available_parallelism().map_or(0, usize::from));
    let project = large::project();
    let derived = Derived::from_scratch(&project);
    derived.columnar().prepare();
    println!("project and everything derived from it: {:?} MiB resident", resident());
    let mut works = works(&project, &derived);
    works.push(Work { name: "an edit with all that follows", key: "", goal: 2.0, took: edit(&project, &derived) });
    print(&works, &peers(&project, &derived));
    drop(derived);
    frames(&project);
    large_changes(&project);
}
