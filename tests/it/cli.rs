//! The program without a window, run as people and scripts run it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Runs the program without a display.
pub fn dateline(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(args).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").output().expect("the program starts")
}

pub fn sample() -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/batken-2022.ron");
    path.to_string_lossy().into_owned()
}

pub fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs the program for a reader who goes away before it says anything.
pub fn unheard(args: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    child.wait_with_output().expect("it ends")
}

#[test]
fn help_and_wrong_usage_have_their_statuses() {
    let help = dateline(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(out(&help).contains("check") && out(&help).contains("totals"), "{}", out(&help));
    assert_eq!(dateline(&["totals"]).status.code(), Some(2));
    let wrong = dateline(&["totals", &sample(), "--by", "fortnight"]);
    assert_eq!((wrong.status.code(), out(&wrong)), (Some(2), String::new()));
    let words = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(words.contains("write one of day, week"), "{words}");
}

#[test]
fn the_sample_project_opens_and_is_laid_out_as_saving_does_it() {
    let checked = dateline(&["check", &sample(), "--json"]);
    let document: serde_json::Value = serde_json::from_slice(&checked.stdout).expect("JSON");
    assert_eq!((document["opens"].as_bool(), document["errors"].as_u64()), (Some(true), Some(0)), "{document:#}");
    let text = std::fs::read_to_string(sample()).expect("part of the repository");
    let project = dateline::file::read(&text, &|_| true).expect("opens").project;
    assert!(dateline::file::write(&project) == text, "saving the sample unchanged would change it");
}

#[test]
fn a_table_where_a_project_belongs_is_told_to_be_imported() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("log.csv");
    std::fs::write(&csv, "Day,Dead\n2022-04-03,3\n").expect("written");
    let answer = dateline(&["totals", &csv.to_string_lossy()]);
    assert_eq!((answer.status.code(), out(&answer)), (Some(1), String::new()));
    let said = err(&answer);
    assert!(said.contains("log.csv:1:4: This is no Dateline project") && said.contains("dateline import "), "{said}");
    let nothing = err(&dateline(&["import", &folder.path().to_string_lossy(), "-o", "x.ron"]));
    assert_eq!(nothing.matches(&*folder.path().to_string_lossy()).count(), 1, "named once: {nothing}");
}

#[test]
fn totals_are_a_table_for_people_and_a_document_for_programs() {
    let table = dateline(&["totals", &sample(), "--by", "month"]);
    assert_eq!(table.status.code(), Some(0));
    assert!(out(&table).contains("total"), "{}", out(&table));
    let document = dateline(&["totals", &sample(), "--by", "month", "--json"]);
    let document: serde_json::Value = serde_json::from_slice(&document.stdout).expect("JSON");
    assert_eq!((&document["measure"], &document["by"]), (&"killed".into(), &"month".into()));
}

#[test]
fn a_filter_says_over_which_events_and_a_mistake_in_it_is_underlined() {
    let totals = |filter: &str| dateline(&["totals", &sample(), "--json", "--where", filter]);
    let events = |filter: &str| {
        let document: serde_json::Value = serde_json::from_slice(&totals(filter).stdout).expect("JSON");
        assert_eq!(document["where"].as_str(), (!filter.is_empty()).then_some(filter));
        document["total"]["events"].as_u64().expect("a count")
    };
    let (all, some, rest) = (events(""), events("country:kyrgyzstan"), events("-country:kyrgyzstan"));
    assert!(some > 0 && rest > 0);
    assert_eq!(some + rest, all);
    let wrong = totals("country:kyrgyzstan kiled>10");
    let words = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert_eq!((wrong.status.code(), out(&wrong)), (Some(2), String::new()));
    assert!(words.contains("Did you mean killed?"), "{words}");
    let lines: Vec<&str> = words.lines().collect();
    assert_eq!(lines[1].find("kiled"), lines[2].find('^'), "{words}");
}

#[test]
fn a_missing_file_is_a_failure_that_names_it_once() {
    let missing = dateline(&["check", "no-such-project.ron"]);
    let words = String::from_utf8_lossy(&missing.stderr).into_owned();
    assert_eq!((missing.status.code(), out(&missing)), (Some(1), String::new()));
    assert_eq!(words.matches("no-such-project.ron").count(), 1, "{words}");
}

#[test]
fn a_reader_that_goes_away_is_no_reason_to_complain() {
    let output = unheard(&["totals", &sample(), "--by", "day"]);
    assert_eq!((output.status.code(), &*err(&output)), (Some(0), ""));
}

#[test]
fn why_tells_the_rule_the_claims_and_the_quotes_of_an_event() {
    let why = dateline(&["why", &sample(), "e-toll-tj", "--measure", "killed"]);
    assert_eq!(why.status.code(), Some(0), "{}", String::from_utf8_lossy(&why.stderr));
    let text = out(&why);
    for words in [
        "Killed: 41 (39–200)",
        "low 39, best 41, high 200",
        "Rule: range of claims 1.",
        "Rests on:",
        "Does not rest on:",
        "the same voice has reported since",
        "“",
        "(article a-",
    ] {
        assert!(text.contains(words), "{words:?} is not in:\n{text}");
    }
    assert!(!text.contains("Injured"), "only the measure that was asked for:\n{text}");
}

#[test]
fn why_as_json_leads_from_the_number_to_the_words_in_the_article() {
    let text = std::fs::read_to_string(sample()).expect("part of the repository");
    let project = dateline::file::read(&text, &|_| true).expect("opens").project;
    for event in project.events.iter() {
        let why = dateline(&["why", &sample(), event.id.as_str(), "--json"]);
        let document: serde_json::Value = serde_json::from_slice(&why.stdout).expect("one JSON document");
        assert_eq!(document["event"]["id"], event.id.as_str());
        let figures = document["figures"].as_array().expect("figures");
        let used = figures.iter().flat_map(|figure| figure["used"].as_array().expect("claims"));
        let passed = figures.iter().flat_map(|figure| figure["not_used"].as_array().expect("claims"));
        let mut told = std::collections::BTreeSet::new();
        for claim in used.chain(passed) {
            told.insert(claim["claim"].as_str().expect("an id").to_owned());
            for quote in claim["quotes"].as_array().expect("quotes") {
                let article = quote["article"].as_str().expect("an id").parse().expect("an id");
                let text: Vec<char> = project.articles.get(article).expect("there").text.chars().collect();
                let at = |n: usize| usize::try_from(quote["at"][n].as_u64().expect("a place")).expect("small");
                assert_eq!(text[at(0)..at(1)].iter().collect::<String>(), quote["exact"].as_str().expect("words"));
            }
        }
        let claims: std::collections::BTreeSet<String> =
            project.claims.iter().filter(|claim| claim.event == event.id).map(|claim| claim.id.to_string()).collect();
        assert_eq!(told, claims, "every claim on {} is used, or it is said why not", event.id);
    }
}

#[test]
fn why_takes_a_title_and_offers_what_is_near_for_a_slip() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("p.ron");
    let claims = "(id:\"c\",event:\"e-1\",measure:\"killed\",quantity:\"dozens\",origin:document(\"x\"))";
    let hand = "(measure:\"killed\",low:30,best:31,high:\"open\",reason:\"morgue lists\",name:\"desk\")";
    let events = format!("(id:\"e-1\",title:\"Shelling\",by_hand:[{hand}]),(id:\"e-2\",title:\"Ambush\")");
    std::fs::write(&path, format!("(format: 1, project: (), claims: [{claims}], events: [{events}])"))
        .expect("written");
    let file = path.to_string_lossy().into_owned();
    let by_title = out(&dateline(&["why", &file, "Shelling"]));
    for words in [
        "Killed: 31 (30+)  [by hand]",
        "Set by hand by desk: morgue lists.",
        "The claims alone would say 24 (24+) (low 24, best 24, high open).",
        "“dozens” read as 24+ by word table plain 1: the figure was set by hand",
    ] {
        assert!(by_title.contains(words), "{words:?} is not in:\n{by_title}");
    }
    // The file knows what the claims gave then: they give something else now.
    let text =
        std::fs::read_to_string(&path).expect("there").replace("name:\"desk\"", "name:\"desk\",claims_gave:\"12\"");
    std::fs::write(&path, text).expect("written");
    let changed = out(&dateline(&["why", &file, "Shelling"]));
    for words in [
        "Killed: 31 (30+)  [by hand, claims changed since]",
        "Claims changed since: they gave 12 when it was set, and give 24 (24+) now.",
    ] {
        assert!(changed.contains(words), "{words:?} is not in:\n{changed}");
    }
    let nothing = out(&dateline(&["why", &file, "e-2"]));
    assert!(nothing.contains("Nobody spoke of a number here."), "{nothing}");
    let slip = dateline(&["why", &file, "Ambusch"]);
    assert_eq!((slip.status.code(), out(&slip)), (Some(2), String::new()));
    let words = String::from_utf8_lossy(&slip.stderr).into_owned();
    assert!(words.contains("the nearest are e-2 (Ambush)"), "{words}");
    let strange = dateline(&["why", &file, "e-2", "--measure", "evacuated"]);
    assert_eq!(strange.status.code(), Some(2));
}

#[test]
fn totals_of_a_saved_view_are_those_of_its_filter() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("p.ron");
    let claim = |id: &str, n: u32| {
        format!("(id:\"c-{id}\", event:\"{id}\", measure:\"killed\", quantity:\"{n}\", origin: document(\"x\"))")
    };
    let text = format!(
        "(format: 1, project: (), views: [(name: \"Osh\", filter: \"place=Osh OR place=Batken\")], claims: [{}, {}, {}], \
         events: [(id:\"a\", place:\"Osh\"), (id:\"b\", place:\"Batken\"), (id:\"c\")])",
        claim("a", 3),
        claim("b", 40),
        claim("c", 500)
    );
    std::fs::write(&path, text).expect("written");
    let path = path.to_str().expect("a path");
    let low = |arguments: &[&str]| {
        let output = dateline(&[&["totals", path, "--json"], arguments].concat());
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        document["total"]["low"].as_u64()
    };
    assert_eq!(low(&["--view", "Osh"]), Some(43));
    assert_eq!(low(&["--view", "Osh", "--where", "killed>10"]), Some(40));
    let unknown = dateline(&["totals", path, "--view", "Osch"]);
    assert_eq!(unknown.status.code(), Some(2));
    let said = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(said.contains("no saved view “Osch”") && said.contains("“Osh”"), "{said}");
}
