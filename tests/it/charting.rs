//! Charts as files: what `dateline chart` writes, what *Export chart…* writes, and the layouts of hard cases as text.
//!
//! `UPDATE_GOLDEN=1` writes the layouts anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dateline::app::App;
use dateline::derive::Derived;
use dateline::derive::calendar::{BinSize, Unit};
use dateline::derive::facet::Facet;
use dateline::derive::series::{Arrangement, Basis, Chart, Question, Split};
use dateline::exchange::chart::{Size, imprint, scene};
use dateline::exchange::picture::{self, Kind, Scale};
use dateline::model::{Claim, Class, Event, EventDate, Measure, Months, Project, Quantity, Status};
use dateline::platform::Answer;
use dateline::scene::chart::Imprint;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::civil::date;

use crate::app::{click, run, workbench};
use crate::cli::{dateline, sample};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn project(events: &[(&str, &str, &str)]) -> Project {
    let mut project = Project::titled("Test");
    for (at, (when, country, quantity)) in events.iter().enumerate() {
        let id = format!("e{at}").parse().expect("an id");
        let mut event = Event::new(id);
        event.status = Status::Coded;
        event.when = (!when.is_empty()).then(|| EventDate::parse(when).expect("a date"));
        event.location.country = (*country).into();
        project.events.push(event).expect("new");
        let quantity = Quantity::parse(quantity).expect("a quantity");
        project.claims.push(Claim::new(id, Measure::Killed, Class::TOTAL, quantity)).expect("new");
    }
    project
}

/// Holds a layout against its text.
fn golden(name: &str, project: &Project, question: &Question) {
    let derived = Derived::from_scratch(project);
    let basis = Basis { project, derived: &derived, filter: None, other: None, today: date(2024, 1, 1) };
    let chart = Chart::of(&basis, question);
    let laid = scene(&chart, &Imprint::default(), Size::Screen).to_string();
    let path = root().join(format!("tests/golden/scenes/{name}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
        std::fs::write(&path, &laid).expect("written");
    }
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    let first = laid.lines().zip(wanted.lines()).find(|(now, then)| now != then);
    assert!(laid == wanted, "{name} is laid out otherwise: {first:?}. UPDATE_GOLDEN=1 writes it anew");
}

#[test]
fn hard_cases_are_laid_out_as_they_were() {
    let plain = Question::default();
    let by = |unit: Unit| Question { size: BinSize::Fixed(unit), ..Question::default() };
    golden("one-event", &project(&[("2022-09-14", "A", "12")]), &plain);
    golden("none", &project(&[]), &plain);
    golden("undated", &project(&[("", "A", "12"), ("", "B", "3+")]), &plain);
    golden("four-thousand-years", &project(&[("-1999-05-01", "A", "9"), ("2022-09-14", "A", "12")]), &plain);
    let day = [("2022-09-14", "A", "0"), ("2022-09-14", "A", "10-14 (no best)"), ("2022-09-14", "B", "?")];
    golden("one-day", &project(&day), &by(Unit::Day));
    golden("a-billion", &project(&[("2022-09-14", "A", "1000000000"), ("2022-09-16", "A", "250000000+")]), &plain);
    let names: Vec<String> = (0..300).map(|n| format!("Country {n:03}")).collect();
    let days: Vec<String> = (0..300).map(|n| format!("2022-09-{:02}", n % 28 + 1)).collect();
    let quantities: Vec<String> = (0..300).map(|n| (n % 17 + 1).to_string()).collect();
    let many: Vec<(&str, &str, &str)> =
        (0..300).map(|n| (days[n].as_str(), names[n].as_str(), quantities[n].as_str())).collect();
    let stacked = Question { split: Split::Of(Facet::Country), ..by(Unit::Day) };
    let many_groups = project(&many);
    golden("three-hundred-groups", &many_groups, &stacked);
    golden("panels", &many_groups, &Question { arrangement: Arrangement::Multiples, ..stacked });
    let mut arabic = project(&[("2022-03-05", "A", "9"), ("2022-09-14", "A", "12"), ("2023-01-20", "A", "3")]);
    std::sync::Arc::make_mut(&mut arabic.about).almanac.months = Months::Arabic;
    golden("arabic-months", &arabic, &by(Unit::Month));
    let lines =
        project(&[("2022-09-14", "A", "3"), ("2022-09-15", "B", "250-900 (no best)"), ("2022-09-16", "A", "40+")]);
    let logarithmic = Question { logarithmic: true, ..by(Unit::Day) };
    golden("logarithmic", &lines, &logarithmic);
    golden("logarithmic-groups", &many_groups, &Question { split: Split::Of(Facet::Country), ..logarithmic });
    let sample = dateline::sample::project().expect("the sample is a project");
    golden("sample", &sample, &by(Unit::Month));
    golden("sample-running-total", &sample, &Question { cumulative: true, ..by(Unit::Month) });
}

#[test]
fn many_panels_stand_on_one_page_whatever_its_width() {
    /// Points of 230 mm.
    const PAGE: f32 = 230.0 / 25.4 * 96.0;
    let names: Vec<String> = (0..10).map(|n| format!("Country {n}")).collect();
    let days: Vec<String> = (0..60).map(|n| format!("2022-09-{:02}", n % 28 + 1)).collect();
    let mut events: Vec<(&str, &str, &str)> =
        (0..60).map(|n| (days[n].as_str(), names[n % 10].as_str(), ["3", "12 (8-20)", "7+"][n % 3])).collect();
    events.extend([("", "Country 3", "5"), ("2022-09-14/2022-09-17", "Country 4", "9")]);
    let project = project(&events);
    let derived = Derived::from_scratch(&project);
    let basis = Basis { project: &project, derived: &derived, filter: None, other: None, today: date(2024, 1, 1) };
    for facet in [Facet::Country, Facet::Source] {
        let question = Question {
            split: Split::Of(facet),
            arrangement: Arrangement::Multiples,
            size: BinSize::Fixed(Unit::Day),
            ..Question::default()
        };
        let chart = Chart::of(&basis, &question);
        for size in [Size::Column, Size::Page, Size::A4] {
            let scene = scene(&chart, &imprint(&basis, &chart, "", String::new()), size);
            assert!(scene.height <= PAGE, "{facet:?} at {size:?} is {} high", scene.height);
            if facet == Facet::Country {
                let png = picture::write(&scene, Kind::Png, Scale { millimetres: None, pixels: 2.0 }).expect("written");
                let side = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("side");
                std::fs::create_dir_all(&side).expect("a writable folder");
                std::fs::write(side.join(format!("panels-{size:?}.png")), png).expect("written");
            }
        }
    }
}

#[test]
fn the_command_line_writes_every_format_and_says_what_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    for (name, begins) in
        [("a.png", &b"\x89PNG"[..]), ("a.svg", b"<?xml"), ("a.pdf", b"%PDF-1.7"), ("a.csv", b"bin_start,")]
    {
        let output = dateline(&["chart", &sample(), "-o", &file(name), "--by", "month", "--stack", "country"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0), "{said}");
        assert!(said.contains("= 28 events"), "{said}");
        assert!(std::fs::read(file(name)).expect("written").starts_with(begins), "{name}");
    }
    assert!(std::fs::read_to_string(file("a.codebook.txt")).expect("written").contains("n_no_best"));
    for wrong in [
        vec!["chart", "FILE", "-o", "a.gif"],
        vec!["chart", "FILE", "-o", "a.png", "--measure", "evacuated"],
        vec!["chart", "FILE", "-o", "a.png", "--stack", "colour"],
        vec!["chart", "FILE", "-o", "a.png", "--stack", "country", "--panels", "kind"],
        vec!["chart", "FILE", "-o", "a.png", "--size", "1x1"],
        vec!["chart", "FILE", "-o", "a.png", "--kind", "voices", "--log"],
        vec!["chart", "FILE", "-o", "a.png", "--where", "killed>"],
    ] {
        let args: Vec<String> =
            wrong.iter().map(|word| if *word == "FILE" { sample() } else { (*word).to_owned() }).collect();
        let output = dateline(&args.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(!output.stderr.is_empty() && !Path::new("a.png").exists());
    }
    assert_eq!(dateline(&["chart", "nowhere.ron", "-o", &file("b.png")]).status.code(), Some(1));
}

/// The pictures that are held as pixels: what each is for, and how it is made.
fn pictured() -> Vec<(&'static str, Project, Question, bool)> {
    let by = |unit: Unit| Question { size: BinSize::Fixed(unit), ..Question::default() };
    let days = [
        ("2022-09-14", "A", "12 (8-20)"),
        ("2022-09-15", "B", "10-14 (no best)"),
        ("2022-09-16", "A", "9+"),
        ("2022-09-16", "B", "7"),
        ("2022-09-17", "A", "0"),
        ("2022-09-18", "B", "?"),
        ("2022-09-14/2022-09-17", "A", "5"),
        ("", "B", "3"),
    ];
    let mut arabic = project(&days);
    std::sync::Arc::make_mut(&mut arabic.about).almanac.months = Months::Arabic;
    let sample = dateline::sample::project().expect("the sample is a project");
    let country = |arrangement| Question { split: Split::Of(Facet::Country), arrangement, ..by(Unit::Day) };
    vec![
        ("whiskers", project(&days), by(Unit::Day), false),
        ("stacked-greys", project(&days), country(Arrangement::Stacked), true),
        ("panels-small", project(&days), country(Arrangement::Multiples), false),
        ("arabic", arabic, by(Unit::Day), false),
        ("running-total", sample.clone(), Question { cumulative: true, ..by(Unit::Day) }, false),
        ("lines-logarithmic", sample, Question { logarithmic: true, ..by(Unit::Month) }, false),
    ]
}

#[test]
fn pictures_look_as_they_did() {
    /// A pixel differs where a channel does by more than this.
    const FAR: u8 = 40;
    /// So many of ten thousand pixels may differ: edges are drawn in numbers that machines round otherwise.
    const MOST: usize = 20;
    for (name, project, question, printed) in pictured() {
        let derived = Derived::from_scratch(&project);
        let basis = Basis { project: &project, derived: &derived, filter: None, other: None, today: date(2024, 1, 1) };
        let chart = Chart::of(&basis, &question);
        let imprint = Imprint { printed, ..imprint(&basis, &chart, "", String::new()) };
        let scene = scene(&chart, &imprint, Size::Pixels(880, 560));
        let scale = Scale { millimetres: None, pixels: 1.0 };
        let png = picture::write(&scene, Kind::Png, scale).expect("written");
        let path = root().join(format!("tests/golden/charts/{name}.png"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
            std::fs::write(&path, &png).expect("written");
        }
        let pixels = |png: &[u8]| resvg::tiny_skia::Pixmap::decode_png(png).expect("a PNG");
        let now = pixels(&png);
        let then =
            pixels(&std::fs::read(&path).unwrap_or_else(|_| panic!("{name} has no picture; UPDATE_GOLDEN=1 makes it")));
        assert_eq!((now.width(), now.height()), (then.width(), then.height()), "{name} has another size");
        let far = |(a, b): &(&[u8], &[u8])| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > FAR);
        let differ = now.data().chunks(4).zip(then.data().chunks(4)).filter(far).count();
        let all = now.data().len() / 4;
        if differ * 10_000 > all * MOST {
            let seen = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-now.png"));
            std::fs::write(&seen, &png).expect("written");
            panic!("{name}: {differ} of {all} pixels differ; see {}, UPDATE_GOLDEN=1 takes it", seen.display());
        }
        let coloured = |pixel: &&[u8]| pixel[0].abs_diff(pixel[2]) > 60;
        let colours = now.data().chunks(4).filter(coloured).count();
        assert_eq!(printed, colours == 0, "{name}: {colours} pixels have a colour");
    }
}

/// Numbers of a month: events, low, best and high.
type Sums = (u64, u64, u64, u64);

/// What the table behind a chart says of each month with events.
fn months(csv: &str) -> BTreeMap<String, Sums> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let heads: Vec<String> = reader.headers().expect("a head").iter().map(str::to_owned).collect();
    let at = |name: &str| heads.iter().position(|head| head == name).expect("a column");
    let [start, events, low, best, high] = ["bin_start", "n_events", "low", "best", "high"].map(at);
    let lines = reader.records().map(|line| line.expect("a line"));
    let number = |line: &csv::StringRecord, at: usize| line[at].parse::<u64>().unwrap_or(0);
    lines
        .filter(|line| number(line, events) > 0)
        .map(|line| {
            (line[start].get(..7).unwrap_or("apart").to_owned(), [events, low, best, high].map(|at| number(&line, at)))
        })
        .map(|(month, [events, low, best, high])| (month, (events, low, best, high)))
        .collect()
}

#[test]
fn monthly_bars_of_real_files_are_the_sums_that_others_counted() {
    for name in ["ucdp-ged-19.1-hdx-ukraine.csv", "ucdp-candidate-26.0.7-10.csv", "ucdp-ged-24.1-myanmar.csv"] {
        let path = root().join("../shared/data").join(name);
        let Ok(truth) = std::fs::read_to_string(path.with_file_name(format!("{name}.truth.json"))) else {
            println!("skipped: {} is not there", path.display());
            continue;
        };
        let truth: serde_json::Value = serde_json::from_str(&truth).expect("JSON");
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        let imported = dateline(&["import", &path.to_string_lossy(), "-o", &file("rows.ron")]);
        assert!(Path::new(&file("rows.ron")).exists(), "{}", String::from_utf8_lossy(&imported.stderr));
        let output = dateline(&["chart", &file("rows.ron"), "-o", &file("m.csv"), "--by", "month", "--place", "start"]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let number = |month: &serde_json::Value, part: &str| month[part].as_u64().expect("a number");
        let wanted: BTreeMap<String, Sums> = truth["by_month"]
            .as_object()
            .expect("months")
            .iter()
            .map(|(month, of)| (month.clone(), ["rows", "low", "best", "high"].map(|part| number(of, part))))
            .map(|(month, [rows, low, best, high])| (month, (rows, low, best, high)))
            .collect();
        assert_eq!(months(&std::fs::read_to_string(file("m.csv")).expect("written")), wanted, "{name}");
    }
}

#[test]
fn the_command_line_takes_the_calendar_of_the_project() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let text = r#"(
  format: 1,
  project: (title: "Weeks", months: "ar", weeks_from: "sunday"),
  claims: [(id:"c-1",event:"e-1",measure:"killed",quantity:"3"),(id:"c-2",event:"e-2",measure:"killed",quantity:"4")],
  events: [(id:"e-1",when:"2022-09-11",status:"coded"),(id:"e-2",when:"2022-09-12",status:"coded")],
)"#;
    std::fs::write(file("weeks.ron"), text).expect("written");
    let output = dateline(&["totals", &file("weeks.ron"), "--by", "week", "--json"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(document["groups"][0]["key"], "2022-09-11/2022-09-17", "Sunday and Monday are of one week: {document}");
    assert_eq!((&document["groups"][0]["best"], &document["by"]), (&7.into(), &"week".into()));
    assert!(document["notes"].to_string().contains("Weeks from Sunday to Saturday."), "{document}");
    let output = dateline(&["chart", &file("weeks.ron"), "-o", &file("weeks.svg"), "--by", "week"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let svg = std::fs::read_to_string(file("weeks.svg")).expect("written");
    assert!(svg.contains(">People killed, by week from Sunday</title>"), "{svg}");
    std::fs::write(file("weeks.ron"), text.replace("sunday", "friday")).expect("written");
    let output = dateline(&["totals", &file("weeks.ron"), "--by", "week"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("write one of monday, sunday, saturday"));
}

fn ask(harness: &mut Harness<'_, App>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::E);
    run(harness);
    assert!(harness.query_by_label("Choose place…").is_some(), "the question is open");
}

#[test]
fn a_person_exports_the_chart_with_a_title() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = workbench(None, ["toll", "toll"].map(|name| Answer::Chosen(vec![folder.path().join(name)])));
    ask(&mut harness);
    harness.event(egui::Event::Text("Three days of September".to_owned()));
    run(&mut harness);
    click(&mut harness, "SVG drawing (.svg)");
    click(&mut harness, "Choose place…");
    let svg = std::fs::read_to_string(folder.path().join("toll.svg")).expect("the ending of the format was added");
    assert!(svg.contains(">Three days of September</title>") && svg.contains("Made with Dateline, project"));
    assert!(harness.query_all_by_label_contains("toll.svg").next().is_some(), "the toast says where the file is");
    ask(&mut harness);
    click(&mut harness, "Numbers behind it, as CSV (.csv)");
    click(&mut harness, "Choose place…");
    let csv = std::fs::read_to_string(folder.path().join("toll.csv")).expect("written");
    assert!(csv.starts_with("bin_start,bin_end,group,low,best,high,"));
    assert!(folder.path().join("toll.codebook.txt").exists() && !harness.state().is_changed());
}

/// The file that the command line writes.
fn written(folder: &Path, name: &str, more: &[&str]) -> Vec<u8> {
    let path = folder.join(format!("cli-{name}")).to_string_lossy().into_owned();
    let output = dateline(&[&["chart", &sample(), "-o", &path], more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(path).expect("written")
}

#[test]
fn the_timeline_of_an_event_goes_out_as_the_command_line_writes_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = ["a.svg", "a.png", "a.pdf", "a.csv"];
    let answers = files.map(|name| Answer::Chosen(vec![folder.path().join(name)]));
    let mut harness = workbench(Some(Path::new(&sample())), answers);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    run(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::G);
    run(&mut harness);
    harness.event(egui::Event::Text("e-toll-kg".to_owned()));
    run(&mut harness);
    harness.key_press(Key::Enter);
    run(&mut harness);
    harness.get_by_role_and_label(egui::accesskit::Role::Tab, "Event").click();
    run(&mut harness);
    let formats = ["SVG drawing (.svg)", "PNG picture (.png)", "PDF page (.pdf)", "Numbers behind it, as CSV (.csv)"];
    for (format, name) in formats.into_iter().zip(files) {
        ask(&mut harness);
        assert!(harness.query_by_label("Export timeline of claims").is_some());
        click(&mut harness, format);
        click(&mut harness, "Choose place…");
        let of_window = std::fs::read(folder.path().join(name)).expect("written");
        let of_line = written(folder.path(), name, &["--kind", "claims", "--event", "e-toll-kg"]);
        assert!(of_window == of_line, "{name}: the window and the command line write other bytes");
    }
    let svg = std::fs::read_to_string(folder.path().join("a.svg")).expect("text");
    assert!(svg.contains("<desc") && svg.contains("How the toll became known: killed"));
    assert!(folder.path().join("a.codebook.txt").exists());
}

#[test]
fn the_toll_that_is_shown_is_the_one_that_goes_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let answers = ["t.svg", "v.svg"].map(|name| Answer::Chosen(vec![folder.path().join(name)]));
    let mut harness = workbench(Some(Path::new(&sample())), answers);
    for (tab, name, kind) in [("As it became known", "t.svg", "reports"), ("By speaker", "v.svg", "voices")] {
        harness.get_by_role_and_label(egui::accesskit::Role::Tab, tab).click();
        run(&mut harness);
        ask(&mut harness);
        click(&mut harness, "SVG drawing (.svg)");
        click(&mut harness, "Choose place…");
        let of_window = std::fs::read(folder.path().join(name)).expect("written");
        assert!(of_window == written(folder.path(), name, &["--kind", kind]), "{kind}");
    }
}

#[test]
fn the_command_line_can_ask_what_the_window_asks_at_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let answer = Answer::Chosen(vec![folder.path().join("a.csv")]);
    let mut harness = workbench(Some(Path::new(&sample())), [answer]);
    ask(&mut harness);
    click(&mut harness, "Numbers behind it, as CSV (.csv)");
    click(&mut harness, "Choose place…");
    let of_window = std::fs::read_to_string(folder.path().join("a.csv")).expect("written");
    let of_line = written(folder.path(), "a.csv", &["--searched-only"]);
    assert_eq!(of_window, String::from_utf8(of_line).expect("text"));
    let all = written(folder.path(), "all.csv", &[]);
    assert_ne!(of_window.as_bytes(), all, "the sample has events far from the days searched");
    let codebook = std::fs::read_to_string(folder.path().join("a.codebook.txt")).expect("written");
    assert!(codebook.contains("Only events: around the days searched"), "{codebook}");
}

#[test]
fn a_missing_best_is_taken_as_the_low_where_it_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let text = dateline::file::write(&project(&[("2022-09-14", "A", "10-14 (no best)")]));
    std::fs::write(file("p.ron"), text).expect("written");
    let best = |more: &[&str]| {
        let output = dateline(&[&["chart", &file("p.ron"), "-o", &file("p.csv")], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let table = std::fs::read_to_string(file("p.csv")).expect("written");
        table.lines().nth(1).and_then(|line| line.split(',').nth(4)).map(str::to_owned)
    };
    assert_eq!(best(&[]).as_deref(), Some(""));
    assert_eq!(best(&["--missing-best-is-low"]).as_deref(), Some("10"));
}
