//! The program without a window, run as people and scripts run it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn dateline(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(args).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").output().expect("the program starts")
}

fn sample() -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/batken-2022.ron");
    path.to_string_lossy().into_owned()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
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
fn totals_are_a_table_for_people_and_a_document_for_programs() {
    let table = dateline(&["totals", &sample(), "--by", "month"]);
    assert_eq!(table.status.code(), Some(0));
    assert!(out(&table).contains("total"), "{}", out(&table));
    let document = dateline(&["totals", &sample(), "--by", "month", "--json"]);
    let document: serde_json::Value = serde_json::from_slice(&document.stdout).expect("JSON");
    assert_eq!((&document["measure"], &document["by"]), (&"killed".into(), &"month".into()));
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
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["totals", &sample(), "--by", "day"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), &*String::from_utf8_lossy(&output.stderr)), (Some(0), ""));
}
