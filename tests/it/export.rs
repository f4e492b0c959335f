//! Results that are handed on: `dateline export` as people and scripts run it, and *Export…* in the window.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use dateline::exchange::export::unguarded;

use crate::app::{click, run, says, workbench};
use crate::cli::{dateline, err, sample, unheard};
use dateline::app::App;
use dateline::platform::Answer;
use egui_kittest::Harness;

fn in_folder(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).to_string_lossy().into_owned()
}

fn project() -> dateline::model::Project {
    let text = std::fs::read_to_string(sample()).expect("part of the repository");
    dateline::file::read(&text, &|_| true).expect("opens").project
}

#[test]
fn a_table_has_a_row_for_every_event_and_a_codebook_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = in_folder(&folder, "events.csv");
    let output = dateline(&["export", &sample(), "-o", &path]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let project = project();
    assert!(err(&output).contains(&format!("Wrote {} events", project.events.len())), "{}", err(&output));
    let mut reader = csv::Reader::from_path(&path).expect("a table");
    let at = reader.headers().expect("a head").iter().position(|name| name == "id").expect("ids");
    let ids: Vec<String> = reader.records().map(|row| unguarded(&row.expect("a row")[at]).to_owned()).collect();
    let wanted: Vec<String> = project.events.iter().map(|event| event.id.to_string()).collect();
    assert_eq!(ids, wanted, "in the project's order");
    let codebook = std::fs::read_to_string(in_folder(&folder, "events.codebook.txt")).expect("a codebook");
    assert!(codebook.contains("killed.high") && codebook.contains("SHA-256"), "{codebook}");
}

#[test]
fn a_filter_chooses_and_the_report_says_how_many() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = in_folder(&folder, "some.csv");
    let output =
        dateline(&["export", &sample(), "-o", &path, "--where", "country:kyrgyzstan", "--redact", "all", "--json"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    let chosen = project().events.iter().filter(|event| event.location.country.to_lowercase() == "kyrgyzstan").count();
    assert!(chosen > 0);
    assert_eq!((&document["events"], &document["where"]), (&chosen.into(), &"country:kyrgyzstan".into()));
    assert!(document["left_out"]["coordinates"].as_u64().is_some_and(|n| n > 0), "{document:#}");
    let rows = csv::Reader::from_path(&path).expect("a table").into_records().count();
    assert_eq!(rows, chosen);
}

#[test]
fn wrong_usage_says_what_to_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = in_folder(&folder, "x.csv");
    for (args, words) in [
        (vec!["export", &*sample(), "-o", "events.docx"], "ending .docx that names a format"),
        (vec!["export", &*sample(), "-o", "-"], "say in which format with --to"),
        (vec!["export", &*sample(), "-o", "-", "--to", "csv", "--json"], "--json needs -o with a file"),
        (vec!["export", &*sample(), "-o", &*sample(), "--to", "csv"], "is the project itself"),
        (vec!["export", &*sample(), "-o", &*csv, "--redact", "nmaes"], "“nmaes” cannot be left out"),
        (vec!["export", &*sample(), "-o", &*csv, "--where", "kiled>1"], "Did you mean killed?"),
        (vec!["export", &*sample()], "--output"),
    ] {
        let output = dateline(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", err(&output));
        assert!(err(&output).contains(words), "{args:?}: {}", err(&output));
    }
    assert!(!Path::new(&csv).exists());
    let nowhere = in_folder(&folder, "no/such/folder/x.csv");
    let output = dateline(&["export", &sample(), "-o", &nowhere]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("folder does not exist") && !err(&output).contains("changes"), "{}", err(&output));
}

#[test]
fn the_standard_output_takes_a_table_and_may_be_closed_early() {
    let whole = dateline(&["export", &sample(), "-o", "-", "--to", "csv"]);
    assert_eq!(whole.status.code(), Some(0));
    assert_eq!(csv::Reader::from_reader(&*whole.stdout).into_records().count(), project().events.len());
    let output = unheard(&["export", &sample(), "-o", "-", "--to", "csv"]);
    assert_eq!((output.status.code(), &*err(&output)), (Some(0), ""));
}

/// The commands that `--help` lists.
fn commands() -> BTreeSet<String> {
    let help = String::from_utf8_lossy(&dateline(&["--help"]).stdout).into_owned();
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a list");
    let names = list.lines().filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(ToOwned::to_owned).collect()
}

#[test]
fn every_command_has_examples_a_manual_page_and_completions() {
    let folder = tempfile::tempdir().expect("a folder");
    let man = in_folder(&folder, "man/man1");
    assert_eq!(dateline(&["man", &man]).status.code(), Some(0));
    let completions = dateline(&["completions", "bash"]);
    assert_eq!(completions.status.code(), Some(0));
    let completions = String::from_utf8_lossy(&completions.stdout).into_owned();
    assert!(commands().len() >= 5);
    for command in commands() {
        let help = String::from_utf8_lossy(&dateline(&[&command, "--help"]).stdout).into_owned();
        assert!(help.contains("Examples:") && help.contains(&format!("dateline {command} ")), "{help}");
        let page = std::fs::read_to_string(format!("{man}/dateline-{command}.1")).expect("a page");
        assert!(page.contains(".TH dateline-") && page.contains("Examples"), "{page}");
        assert!(completions.contains(&command), "{command}");
    }
    assert!(Path::new(&man).join("dateline.1").exists());
}

/// The words of a command line of the README, with its placeholders filled in.
fn words(line: &str) -> Vec<String> {
    let line = line.split(" #").next().unwrap_or(line).trim();
    let quoted = line.split('"').enumerate();
    quoted
        .flat_map(|(n, part)| if n % 2 == 1 { vec![part] } else { part.split_whitespace().collect() })
        .map(ToOwned::to_owned)
        .collect()
}

#[test]
fn the_readme_lists_every_command_and_each_of_its_lines_runs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(path).expect("the README");
    let part = readme.split("## Without a window").nth(1).expect("a part");
    let block = part.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a block");
    let mut listed = BTreeSet::new();
    let folder = tempfile::tempdir().expect("a folder");
    let file = in_folder(&folder, "project.ron");
    let view = "(name: \"Osh 2022\", filter: \"country:Kyrgyzstan\")";
    let text = std::fs::read_to_string(sample()).expect("part of the repository");
    let (head, rest) = text.split_once("  articles: [").expect("articles");
    std::fs::write(&file, format!("{head}  views: [{view}],\n  articles: [{rest}")).expect("written");
    for line in block.lines().filter(|line| line.starts_with("dateline ")) {
        let words = words(line);
        let args: Vec<&str> = words[1..]
            .iter()
            .map(|word| match word.as_str() {
                "FILE" => file.as_str(),
                "EVENT" => "e-toll-tj",
                word => word,
            })
            .collect();
        let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(&args)
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        let fine = matches!((args[0], output.status.code()), (_, Some(0)) | ("check", Some(1)));
        assert!(fine, "{line}: {}", err(&output));
        listed.insert(args[0].to_owned());
    }
    let wanted: BTreeSet<String> = commands();
    assert_eq!(wanted.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new(), "commands not in the README");
}

/// Opens the question what to export, by the palette.
pub fn ask_to_export(harness: &mut Harness<'_, App>) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    run(harness);
    harness.event(egui::Event::Text("export".to_owned()));
    run(harness);
    harness.key_press(egui::Key::Enter);
    run(harness);
    assert!(says(harness, "Choose place…"), "the question is open");
}

#[test]
fn a_person_exports_what_the_table_shows_in_its_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shown.csv");
    let mut harness = workbench(None, [Answer::Chosen(vec![folder.path().join("shown")])]);
    harness.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::L);
    run(&mut harness);
    harness.event(egui::Event::Text("country:kyrgyzstan".to_owned()));
    run(&mut harness);
    ask_to_export(&mut harness);
    let chosen: Vec<_> = project()
        .events
        .iter()
        .filter(|event| event.location.country.to_lowercase() == "kyrgyzstan")
        .map(|event| (event.when.map(|when| when.sort_key()), event.id.to_string()))
        .collect();
    assert!(says(&harness, &format!("{} events that the table shows", chosen.len())));
    click(&mut harness, "In the order of the table: by When");
    click(&mut harness, "Events, articles and notes marked sensitive");
    click(&mut harness, "Choose place…");
    assert!(says(&harness, "to ") && says(&harness, "shown.csv"), "the toast says where the file is");
    let mut reader = csv::Reader::from_path(&path).expect("the ending of the format was added");
    let ids: Vec<String> = reader.records().map(|row| row.expect("a row")[0].to_owned()).collect();
    let mut wanted = chosen;
    wanted.sort_by_key(|(when, _)| (when.is_none(), *when));
    assert_eq!(ids, wanted.into_iter().map(|(_, id)| id).collect::<Vec<_>>());
    assert!(folder.path().join("shown.codebook.txt").exists());
    assert!(!harness.state().is_changed(), "an export is no change");
}

#[test]
fn a_file_that_is_there_is_asked_about_and_the_project_itself_never_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let (own, there) = (folder.path().join("case.ron"), folder.path().join("there.csv"));
    std::fs::write(&own, dateline::sample::TEXT).expect("a writable folder");
    std::fs::write(&there, "old").expect("a writable folder");
    let without_ending = Answer::Chosen(vec![folder.path().join("there")]);
    let answers = [without_ending.clone(), without_ending, Answer::Chosen(vec![own.clone()])];
    let mut harness = workbench(Some(&own), answers);
    ask_to_export(&mut harness);
    click(&mut harness, "Choose place…");
    click(&mut harness, "Cancel");
    assert_eq!(std::fs::read_to_string(&there).expect("still there"), "old");
    ask_to_export(&mut harness);
    click(&mut harness, "Choose place…");
    click(&mut harness, "Replace");
    assert!(std::fs::read_to_string(&there).expect("there").starts_with("id,when,"));
    ask_to_export(&mut harness);
    click(&mut harness, "Choose place…");
    assert!(says(&harness, "is the project itself"));
    assert_eq!(std::fs::read_to_string(&own).expect("there"), dateline::sample::TEXT);
}

#[test]
fn a_place_that_cannot_be_written_is_told_and_stays_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = workbench(None, [Answer::Chosen(vec![folder.path().join("no/folder/x.xlsx")])]);
    ask_to_export(&mut harness);
    click(&mut harness, "Excel workbook (.xlsx)");
    click(&mut harness, "Choose place…");
    assert!(says(&harness, "folder does not exist"));
    assert!(says(&harness, "Choose another place"));
}
