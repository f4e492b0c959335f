//! `dateline import`, run as people and scripts run it: real files, and files with everything that goes wrong.

use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;

use crate::cli::{dateline, err, out, unheard};

fn document(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no JSON: {}{}", out(output), err(output)))
}

/// A file of the shared data and its truth, where they are there.
fn shared(name: &str) -> Option<(String, Value)> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    let truth = std::fs::read_to_string(path.with_file_name(format!("{name}.truth.json"))).expect("a truth file");
    Some((path.to_string_lossy().into_owned(), serde_json::from_str(&truth).expect("JSON")))
}

/// A folder with files in it; what is told of paths in it.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_string_lossy().into_owned()
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("written");
        path
    }

    fn has(&self, name: &str) -> bool {
        Path::new(&self.path(name)).exists()
    }
}

/// What `dateline totals` answers.
fn totals_of(path: &str) -> Value {
    document(&dateline(&["totals", path, "--by", "month", "--json"]))
}

#[test]
fn records_that_we_wrote_come_back_as_the_same_project_and_a_second_time_change_nothing() {
    let desk = Desk::new();
    let (records, project) = (desk.path("records.jsonl"), desk.path("p.ron"));
    let sample = crate::cli::sample();
    assert_eq!(dateline(&["export", &sample, "-o", &records]).status.code(), Some(0));
    let imported = dateline(&["import", &records, "-o", &project, "--json"]);
    assert_eq!(imported.status.code(), Some(0), "{}", err(&imported));
    let told = &document(&imported)["inputs"][0];
    let read = |path: &str| {
        let text = std::fs::read_to_string(path).expect("there");
        dateline::file::read(&text, &|_| true).expect("opens").project
    };
    let (was, mut is) = (read(&sample), read(&project));
    assert_eq!(told["added"]["events"], was.events.len());
    assert_eq!(told["added"]["claims"], was.claims.len());
    let mut log = (*is.log).clone();
    let line = log.pop().expect("the import is in the log");
    assert!(line.what.contains("records.jsonl") && line.what.contains("0 there already"), "{}", line.what);
    is.log = log.into();
    assert_eq!(is, was, "nothing is lost on the way");
    assert_eq!(totals_of(&project), totals_of(&sample));
    // Again into the same project, recognised by what it holds whatever it is called.
    let other_name = desk.put("records.txt", std::fs::read(&records).expect("there"));
    let before = std::fs::read(&project).expect("there");
    let again = dateline(&["import", &other_name, "--into", &project]);
    assert!(out(&again).contains("0 events added"), "{}{}", out(&again), err(&again));
    assert!(std::fs::read(&project).expect("there") == before, "not a byte is written");
}

#[test]
fn records_that_differ_from_what_is_there_stay_as_they_are_unless_the_file_is_to_win() {
    let desk = Desk::new();
    let project = |title: &str| format!("(format: 1, project: (), events: [(id:\"e-1\",title:\"{title}\")])");
    let (mine, theirs) = (desk.put("mine.ron", project("Mill")), desk.put("theirs.ron", project("Old mill")));
    let records = desk.path("theirs.jsonl");
    assert_eq!(dateline(&["export", &theirs, "-o", &records]).status.code(), Some(0));
    let kept = desk.path("kept.ron");
    let told = dateline(&["import", &records, "--into", &mine, "-o", &kept]);
    assert!(out(&told).contains("1 that say something else in the file left as they are (e-1)"), "{}", out(&told));
    assert!(std::fs::read_to_string(&kept).expect("there").contains("title:\"Mill\""));
    let won = desk.path("won.ron");
    let told = dateline(&["import", &records, "--into", &mine, "-o", &won, "--theirs", "--from", "json"]);
    assert!(out(&told).contains("1 replaced by those of the file"), "{}", out(&told));
    assert!(std::fs::read_to_string(&won).expect("there").contains("title:\"Old mill\""));
}

#[test]
fn records_that_cannot_be_read_are_refused_with_their_line_and_nothing_is_written() {
    let desk = Desk::new();
    let head = "{\"record\":\"project\",\"format\":1,\"project\":{}}\n";
    for (bytes, words) in [
        (format!("{head}{{\"record\":\"event\",").into_bytes(), "Line 2, column"),
        (format!("{head}{{\"record\":\"evnt\"}}").into_bytes(), "Line 2: “evnt” is no record"),
        (format!("{head}{{\"record\":\"event\",\"id\":\"e\",\"when\":\"31/02\"}}").into_bytes(), "Line 2: event e"),
        (
            [head.as_bytes(), b"{\"record\":\"note\",\"id\":\"n\",\"body\":\"\xff\"}"].concat(),
            "line 2: it is not UTF-8",
        ),
        (b"{\"record\":\"event\",\"id\":\"e\"}".to_vec(), "There is no line with"),
        (Vec::new(), "it is empty"),
    ] {
        let path = desk.put("bad.jsonl", &bytes);
        let refused = dateline(&["import", &path, "-o", &desk.path("out.ron")]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(err(&refused).contains(words), "{words}: {}", err(&refused));
        assert!(!desk.has("out.ron"));
    }
}

const FILES: [&str; 6] = [
    "ucdp-ged-24.1-myanmar.csv",
    "ucdp-ged-23.1-global-sample-1000.csv",
    "ucdp-ged-19.1-hdx-ukraine.csv",
    "ucdp-candidate-26.0.7-10.csv",
    "ucdp-ged-24.1-mexico-2018-semicolon-cp1252.csv",
    "ucdp-ged-24.1-myanmar-2021.xlsx",
];

#[test]
fn every_file_of_ged_adds_up_to_the_sums_that_others_counted() {
    for name in FILES {
        let Some((path, truth)) = shared(name) else { continue };
        let desk = Desk::new();
        let project = desk.path("p.ron");
        let imported = dateline(&["import", &path, "-o", &project, "--json"]);
        assert_eq!(imported.status.code(), Some(0), "{name}: {}", err(&imported));
        let report = &document(&imported)["inputs"][0];
        assert_eq!((&report["rows"], &report["events"]), (&truth["data_rows"], &truth["data_rows"]), "{name}");
        assert_eq!(report["sha256"], truth["sha256"], "{name}");
        for (by, truth_by) in [
            ("month", "by_month"),
            ("year", "by_year"),
            ("country", "by_country"),
            ("side_a", "by_side_a"),
            ("side_b", "by_side_b"),
        ] {
            let totals = document(&dateline(&["totals", &project, "--by", by, "--place", "start", "--json"]));
            assert_eq!(sums(&totals["total"], &truth["totals"]), Vec::<String>::new(), "{name}");
            let told = totals["groups"].as_array().expect("groups");
            let wanted = truth[truth_by].as_object().expect("groups");
            // A sign for an unknown party is no party.
            let key = |name: &str| if name == "XXX771" { String::new() } else { name.to_owned() };
            let mut left: std::collections::BTreeMap<String, &Value> =
                wanted.iter().map(|(k, v)| (key(k), v)).collect();
            for group in told.iter().filter(|group| group["events"] != 0) {
                let name_of = group["key"].as_str().expect("a key");
                let truth = left.remove(name_of).unwrap_or_else(|| panic!("{name}: {by} {name_of} is not in the file"));
                assert_eq!(group["events"], truth["rows"], "{name}: {by} {name_of}");
                assert_eq!(sums(group, truth), Vec::<String>::new(), "{name}: {by} {name_of}");
            }
            assert!(left.is_empty(), "{name}: {by} lacks {left:?}");
        }
    }
}

/// Where sums differ from the truth.
fn sums(told: &Value, truth: &Value) -> Vec<String> {
    let pairs = ["low", "best", "high"].into_iter().map(|part| (part, &told[part], &truth[part]));
    pairs
        .filter(|(_, told, truth)| told != truth)
        .map(|(part, told, truth)| format!("{part}: {told}, not {truth}"))
        .collect()
}

#[test]
fn tables_that_nobody_knows_are_read_by_a_guess_and_running_totals_are_no_figures() {
    let desk = Desk::new();
    if let Some((path, truth)) = shared("gaza-casualties-daily.csv") {
        let project = desk.path("gaza.ron");
        assert_eq!(dateline(&["import", &path, "-o", &project]).status.code(), Some(0));
        let totals = document(&dateline(&["totals", &project, "--by", "month", "--json"]));
        assert_eq!(
            (&totals["total"]["best"], &totals["total"]["events"]),
            (&truth["totals"]["killed"], &truth["data_rows"])
        );
        assert_eq!(totals["total"]["no_claim"], truth["missing"]["killed"]);
        for group in totals["groups"].as_array().expect("months") {
            let month = &truth["by_month"][group["key"].as_str().expect("a key")];
            assert_eq!((&group["best"], &group["events"]), (&month["killed"], &month["rows"]), "{}", group["key"]);
        }
    }
    if let Some((path, truth)) = shared("acw-nps-battles.csv") {
        let project = desk.path("acw.ron");
        assert_eq!(dateline(&["import", &path, "-o", &project]).status.code(), Some(0));
        let killed = document(&dateline(&["totals", &project, "--json"]));
        assert_eq!((&killed["total"]["low"], &killed["total"]["events"]), (&0.into(), &truth["data_rows"]));
        let months = document(&dateline(&["totals", &project, "--by", "month", "--place", "start", "--json"]));
        for group in months["groups"].as_array().expect("months").iter().filter(|group| group["events"] != 0) {
            assert_eq!(
                group["events"],
                truth["by_month"][group["key"].as_str().expect("a key")]["rows"],
                "{}",
                group["key"]
            );
        }
    }
}

const GED: &str = "id,type_of_violence,side_a,side_b,where_coordinates,country,date_prec,date_start,date_end,deaths_a,best,high,low\n";

fn row(id: u32, place: &str, best: u32) -> String {
    format!("{id},1,Government,League,{place},Freedonia,1,2022-09-14,2022-09-14,0,{best},{best},{best}\n")
}

#[test]
fn the_report_says_what_became_of_every_row_and_stays_in_the_log() {
    let desk = Desk::new();
    let table =
        desk.put("ged241.csv", format!("{GED}{}{}{}", row(1, "Osh", 3), row(1, "Osh", 3), row(2, "Quay, old", 2)));
    let project = desk.path("p.ron");
    let imported = dateline(&["import", &table, "-o", &project]);
    assert_eq!((imported.status.code(), &*err(&imported)), (Some(1), ""), "a damaged row was left out");
    let text = out(&imported);
    for words in [
        "ged241.csv: UCDP GED 24.1",
        "3 rows in = 1 event out + 2 skipped",
        "1 added, 0 changed, 0 unchanged, 0 removed",
        "Skipped: 1 row (line 4): more fields than columns",
        "Skipped: 1 row (line 3): the same row stands in the file already",
    ] {
        assert!(text.contains(words), "{words:?} is not in:\n{text}");
    }
    let file = std::fs::read_to_string(&project).expect("written");
    let sha =
        document(&dateline(&["import", &table, "-o", &desk.path("q.ron"), "--json"]))["inputs"][0]["sha256"].clone();
    assert!(file.contains(sha.as_str().expect("digits")) && file.contains("Imported ged241.csv"), "{file}");
}

#[test]
fn adding_to_a_project_twice_changes_no_byte_and_a_newer_release_updates_it() {
    let desk = Desk::new();
    let old = desk.put("ged241.csv", format!("{GED}{}{}", row(1, "Osh", 3), row(2, "Batken", 2)));
    let new = desk.put("ged251.csv", format!("{GED}{}{}", row(1, "Osh", 5), row(3, "Mill", 1)));
    let project = desk.path("p.ron");
    assert_eq!(dateline(&["import", &old, "-o", &project]).status.code(), Some(0));
    let before = std::fs::read(&project).expect("written");
    assert_eq!(dateline(&["import", &old, "--into", &project]).status.code(), Some(0));
    assert!(std::fs::read(&project).expect("there") == before);
    let both = desk.path("both.ron");
    let updated = dateline(&["import", &new, "--into", &project, "-o", &both, "--json"]);
    let report = &document(&updated)["inputs"][0];
    let told = |name: &str| report[name].as_u64().expect("a number");
    assert_eq!((told("added"), told("changed"), told("removed")), (1, 1, 1));
    assert!(std::fs::read(&project).expect("there") == before, "OUT was written, not FILE");
    let totals = document(&dateline(&["totals", &both, "--json"]));
    assert_eq!(totals["total"]["best"].as_u64(), Some(6));
    let kept = document(&dateline(&["import", &new, "--into", &project, "--missing", "keep", "--json"]));
    assert_eq!(kept["inputs"][0]["removed"].as_u64(), Some(0));
    assert_eq!(document(&dateline(&["totals", &project, "--json"]))["total"]["best"].as_u64(), Some(8));
}

#[test]
fn articles_are_taken_in_beside_tables_and_not_twice() {
    let desk = Desk::new();
    let page = desk.put("shelling.txt", "Shelling at the quay\n\nThree people were killed on Friday.\n");
    let table = desk.put("ged241.csv", format!("{GED}{}", row(1, "Osh", 3)));
    let project = desk.path("p.ron");
    let both = dateline(&["import", &page, &table, "-o", &project]);
    assert_eq!(both.status.code(), Some(0), "{}", err(&both));
    assert!(out(&both).contains("shelling.txt: taken in as an article"), "{}", out(&both));
    let again = dateline(&["import", "--from", "article", &page, "--into", &project]);
    assert!(out(&again).contains("shelling.txt: is in the project already"), "{}", out(&again));
    let text = std::fs::read_to_string(&project).expect("written");
    assert_eq!(text.matches("Took in shelling.txt (SHA-256").count(), 1);
    assert_eq!(document(&dateline(&["totals", &project, "--json"]))["total"]["best"].as_u64(), Some(3));
}

#[test]
fn what_cannot_be_read_is_told_with_its_place_and_nothing_is_written() {
    let desk = Desk::new();
    let good = desk.put("good.csv", format!("{GED}{}", row(1, "Osh", 3)));
    let folder = desk.path("folder.csv");
    std::fs::create_dir(&folder).expect("a folder");
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in [("xl/workbook.xml", 10), ("xl/sharedStrings.xml", 600 << 20)] {
        use std::io::Write as _;
        bomb.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        let chunk = vec![b' '; 1 << 20];
        (0..=bytes >> 20).for_each(|_| bomb.write_all(&chunk).expect("written"));
    }
    let bomb = bomb.finish().expect("a zip file").into_inner();
    let cases = [
        (folder, "is a folder. Choose a file in it"),
        (desk.path("missing.csv"), "does not exist"),
        (desk.put("empty.csv", ""), "The file is empty"),
        (
            desk.put("open.csv", format!("{GED}{}2,1,\"Gov", row(1, "Osh", 3))),
            "The quote that opens at line 3, column 5 is never closed",
        ),
        (desk.put("bomb.xlsx", bomb), "would unpack to more than 536 MB"),
        (desk.put("cut.xlsx", "PK\u{3}\u{4}cut"), "The workbook is damaged or was cut off"),
        (desk.put("page.csv", "<html><table></table></html>"), "This is a web page or XML, not a table"),
        (desk.put("film.mp4", [0, 1, 2, 3]), "files ending in .mp4 are not read"),
    ];
    for (path, words) in cases {
        let told = dateline(&["import", &good, &path, "-o", &desk.path("p.ron")]);
        assert_eq!((told.status.code(), &*out(&told)), (Some(1), ""), "{path}");
        assert!(err(&told).contains(words) && err(&told).contains("nothing was written"), "{path}: {}", err(&told));
        assert!(!desk.has("p.ron"), "{path}");
    }
}

#[test]
fn a_file_without_permission_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let locked = desk.put("locked.csv", format!("{GED}{}", row(1, "Osh", 3)));
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).expect("set");
    if std::fs::read(&locked).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let told = dateline(&["import", &locked, "-o", &desk.path("p.ron")]);
    assert_eq!(told.status.code(), Some(1));
    assert!(err(&told).contains("may not be read by you"), "{}", err(&told));
}

#[test]
fn damage_is_taken_up_to_where_it_begins_when_that_is_asked_for() {
    let desk = Desk::new();
    let open = desk.put("open.csv", format!("{GED}{}2,1,\"Gov\n{}", row(1, "Osh", 3), row(3, "Mill", 1)));
    let project = desk.path("p.ron");
    let told = dateline(&["import", &open, "-o", &project, "--until-damage", "--json"]);
    assert_eq!(told.status.code(), Some(1), "{}", err(&told));
    let report = &document(&told)["inputs"][0];
    assert_eq!((report["events"].as_u64(), report["lines_not_read"].as_u64()), (Some(1), Some(2)));
    assert!(desk.has("p.ron"));
}

#[test]
fn a_mapping_of_one_s_own_says_what_the_columns_mean() {
    let desk = Desk::new();
    let table = desk.put("verluste.csv", "Tag;Ort;Tote;Bemerkung\n14.9.2022;Osch;3;x\n15.9.2022;Batken;4;y\n");
    let columns = "(\"Tag\", \"first day\"), (\"Ort\", \"place\"), (\"Tote\", \"number killed total\")";
    let map = desk.put(
        "desk.map.ron",
        format!("(format: 1, project: (), mappings: [(name: \"desk\", version: 1, columns: [{columns}], dates: \"day first\")])"),
    );
    let project = desk.path("p.ron");
    let told = dateline(&["import", &table, "--map", &map, "-o", &project, "--json"]);
    assert_eq!(told.status.code(), Some(0), "{}", err(&told));
    assert_eq!(document(&told)["inputs"][0]["mapping"], "desk 1");
    let totals = document(&dateline(&["totals", &project, "--by", "day", "--json"]));
    assert_eq!((totals["total"]["best"].as_u64(), totals["groups"][0]["key"].as_str()), (Some(7), Some("2022-09-14")));
    let none = desk.put("none.ron", "(format: 1, project: ())");
    let told = dateline(&["import", &table, "--map", &none, "-o", &desk.path("q.ron")]);
    assert!(err(&told).contains("it holds no mapping") && !desk.has("q.ron"), "{}", err(&told));
}

#[test]
fn wrong_usage_is_refused_before_anything_is_read() {
    let desk = Desk::new();
    let table = desk.put("a.csv", format!("{GED}{}", row(1, "Osh", 3)));
    let there = desk.put("there.ron", "(format: 1, project: ())");
    let cases: [(&[&str], &str); 7] = [
        (&["import", &table], "--output"),
        (&["import", &table, "-o", &there], "is there already; add to it with --into"),
        (&["import", &table, "-o", &table], "is there already"),
        (&["import", &table, "-o", "x.ron", "--from", "gde"], "write one of ged, acled, gtd, airwars"),
        (&["import", &table, "-o", "x.ron", "--encoding", "latin-99"], "write a name such as utf-8"),
        (&["import", &table, "-o", "x.ron", "--delimiter", "ab"], "write one sign"),
        (&["import", &table, "-o", "x.ron", "--missing", "drop"], "write auto, keep or remove"),
    ];
    for (args, words) in cases {
        let told = dateline(args);
        assert_eq!((told.status.code(), &*out(&told)), (Some(2), ""), "{args:?}");
        assert!(err(&told).contains(words), "{args:?}: {}", err(&told));
    }
}

#[test]
fn how_a_file_is_written_can_be_said() {
    let desk = Desk::new();
    let text = "Ort|Tote|date\nKöln|3|2022-09-14\n";
    let latin = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let table = desk.put("a.csv", latin);
    let project = desk.path("p.ron");
    let told = dateline(&[
        "import",
        &table,
        "-o",
        &project,
        "--encoding",
        "windows-1252",
        "--delimiter",
        "|",
        "--from",
        "csv",
        "--json",
    ]);
    assert_eq!(told.status.code(), Some(0), "{}", err(&told));
    assert!(
        document(&told)["inputs"][0]["written"].as_str().expect("words").contains("windows-1252, “|” between fields")
    );
    assert!(std::fs::read_to_string(&project).expect("written").contains("Köln"));
}

#[test]
fn a_reader_that_goes_away_is_no_reason_to_complain() {
    let desk = Desk::new();
    let table = desk.put("a.csv", format!("{GED}{}", row(1, "Osh", 3)));
    let output = unheard(&["import", &table, "-o", &desk.path("p.ron")]);
    assert_eq!((output.status.code(), &*err(&output)), (Some(0), ""));
    assert!(desk.has("p.ron"));
}
