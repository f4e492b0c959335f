//! A grouped table that is exported: its subtotals go with it, and say what the heads of the groups say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader as _};
use dateline::app::App;
use dateline::derive::Derived;
use dateline::derive::totals::{By, Query, totals};
use dateline::model::{Claim, Class, Event, EventDate, Measure, Project, Quantity, SavedView, Status};
use dateline::platform::Answer;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::app::{click, run, says, sized};
use crate::cli::{dateline, err};
use crate::export::ask_to_export;

/// Nine events in four countries and none. Of Uzbekistan nobody has a number; one country looks like a formula.
fn countries() -> Project {
    let mut project = Project::titled("Border");
    let rows = [
        ("e-1", "2022-09-14", "Kyrgyzstan", "8"),
        ("e-2", "2022-09-16", "Tajikistan", "?"),
        ("e-3", "2022-10-15", "Kyrgyzstan", "20+"),
        ("e-4", "2022-09-13", "Tajikistan", "2-4"),
        ("e-5", "2022-09-18", "", ""),
        ("e-6", "2022-09-17", "Kyrgyzstan", ""),
        ("e-7", "2022-09-12", "=Iran", "1,200"),
        ("e-8", "2022-09-11", "Uzbekistan", "?"),
        ("e-9", "2022-09-10", "Kyrgyzstan", "700"),
    ];
    for (name, when, country, killed) in rows {
        let mut event = Event::new(name.parse().expect("an id"));
        (event.when, event.title) = (EventDate::parse(when).ok(), name.into());
        event.location.country = country.into();
        if name == "e-9" {
            event.status = Status::Excluded("Not here".into());
        }
        let id = event.id;
        project.events.push(event).expect("a free id");
        if let Ok(quantity) = Quantity::parse(killed) {
            let mut claim = Claim::new(id, Measure::Killed, Class::TOTAL, quantity);
            (claim.id, claim.origin) = (format!("c-{name}").parse().expect("an id"), Some(document()));
            project.claims.push(claim).expect("a free id");
        }
    }
    project
}

fn document() -> dateline::model::Origin {
    dateline::model::Origin::Document("a list".into())
}

/// The workbench on these events; what is exported goes to a file of this name.
fn opened(folder: &Path, name: &str) -> Harness<'static, App> {
    let file = folder.join("case.ron");
    std::fs::write(&file, dateline::file::write(&countries())).expect("a writable folder");
    // High enough that all groups are seen.
    sized([1440.0, 1500.0], Some(&file), [Answer::Chosen(vec![folder.join(name)])])
}

fn group_by_country(app: &mut Harness<'_, App>) {
    app.get_by_role_and_label(Role::Button, "Group").click();
    run(app);
    app.get_by_role_and_label(Role::RadioButton, "Country").click();
    run(app);
}

/// What the heads of the groups say to a screen reader, by country.
fn heads(app: &Harness<'_, App>) -> BTreeMap<String, String> {
    let heads = app.get_all_by(|node| {
        node.role() == Role::RowHeader && node.label().is_some_and(|label| label.starts_with("Group Country: "))
    });
    let label = |node: egui_kittest::Node<'_>| node.accesskit_node().label().unwrap_or_default().to_string();
    let named = heads.map(label).filter_map(|label| {
        let (name, said) = label.strip_prefix("Group Country: ")?.split_once(", ")?;
        Some((name.to_owned(), said.to_owned()))
    });
    named.collect()
}

type Sheet = Vec<Vec<Data>>;

fn sheet(path: &Path, name: &str) -> Option<Sheet> {
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let range = book.sheet_names().contains(&name.to_owned()).then(|| book.worksheet_range(name).expect("a sheet"))?;
    Some(range.rows().map(<[Data]>::to_vec).collect())
}

/// The cells of the named columns, a line a group.
fn columns<'s>(sheet: &'s Sheet, names: &[&str]) -> Vec<Vec<&'s Data>> {
    let at = |name: &&str| {
        let found = sheet[0].iter().position(|cell| *cell == **name);
        found.unwrap_or_else(|| panic!("no column {name} in {:?}", sheet[0]))
    };
    let places: Vec<usize> = names.iter().map(at).collect();
    sheet[1..].iter().map(|row| places.iter().map(|at| &row[*at]).collect()).collect()
}

const KILLED: [&str; 8] =
    ["country", "events", "excluded", "killed.low", "killed", "killed.high", "killed.unknown", "killed.no_claim"];

#[test]
fn the_workbook_of_a_grouped_table_says_what_its_heads_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shown.xlsx");
    let mut app = opened(folder.path(), "shown");
    group_by_country(&mut app);
    let heads = heads(&app);
    ask_to_export(&mut app);
    click(&mut app, "Excel workbook (.xlsx)");
    assert!(says(&app, "Subtotals by Country go with them, in a sheet of their own"));
    click(&mut app, "In the order of the table: by Country, When");
    click(&mut app, "Choose place…");
    let subtotals = sheet(&path, "Subtotals").expect("a sheet of subtotals");
    let number = |n: u32| Data::Float(f64::from(n));
    let text = |text: &str| Data::String(text.to_owned());
    let none = || Data::Empty;
    let wanted = [
        [text("=Iran"), number(1), number(0), number(1200), number(1200), number(1200), number(0), number(0)],
        [text("Kyrgyzstan"), number(4), number(1), number(28), number(28), text("28+"), number(0), number(1)],
        [text("Tajikistan"), number(2), number(0), number(2), number(2), number(4), number(1), number(0)],
        [text("Uzbekistan"), number(1), number(0), text("?"), text("?"), text("?"), number(1), number(0)],
        [text("(empty)"), number(1), number(0), none(), none(), none(), number(0), number(1)],
    ];
    let found = columns(&subtotals, &KILLED);
    assert_eq!(found, wanted.iter().map(|row| row.iter().collect()).collect::<Vec<Vec<_>>>());
    // The same groups with the same words as on the screen.
    for (name, said) in [
        ("=Iran", "1 event. Killed: 1,200"),
        ("Kyrgyzstan", "4 events. Killed: 28 (28+), 1 without a claim, 1 excluded"),
        ("Tajikistan", "2 events. Killed: 2 (2–4), 1 unknown"),
        ("Uzbekistan", "1 event. Killed: no number given, 1 unknown"),
        ("(empty)", "1 event. Killed: nothing reported, 1 without a claim"),
    ] {
        assert!(heads.get(name).is_some_and(|head| head.starts_with(said)), "{name}: {heads:#?}");
    }
    assert_eq!(heads.len(), wanted.len());
    // The lines add up to everything.
    let project = countries();
    let total = totals(&project, &Derived::from_scratch(&project), &Query::new(Measure::Killed, By::None)).total;
    let sum = |name: &str| -> f64 {
        columns(&subtotals, &[name]).iter().map(|row| if let Data::Float(n) = row[0] { *n } else { 0.0 }).sum()
    };
    assert_eq!(sum("killed.low").to_string(), total.low.to_string());
    assert_eq!(Some(sum("killed").to_string()), total.best.map(|best| best.to_string()));
    assert_eq!(sum("killed.unknown").to_string(), total.unknown.to_string());
    assert_eq!(sum("events").to_string(), project.events.len().to_string());
    let events = sheet(&path, "Events").expect("events");
    let order: Vec<String> = columns(&events, &["id"]).iter().map(|row| row[0].to_string()).collect();
    assert_eq!(order, ["e-7", "e-9", "e-1", "e-6", "e-3", "e-4", "e-2", "e-8", "e-5"], "by group, then by date");
    let codebook = sheet(&path, "Codebook").expect("a codebook");
    let explained: Vec<String> = codebook.iter().map(|row| row[0].to_string()).collect();
    for name in &subtotals[0] {
        assert!(explained.contains(&name.to_string()), "{name} is not explained");
    }
}

#[test]
fn the_subtotals_of_a_csv_stand_beside_it_and_nothing_in_them_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = opened(folder.path(), "shown.csv");
    group_by_country(&mut app);
    ask_to_export(&mut app);
    click(&mut app, "Choose place…");
    let text = std::fs::read_to_string(folder.path().join("shown.subtotals.csv")).expect("subtotals");
    let lines: Vec<&str> = text.lines().map(|line| &line[..line.match_indices(',').nth(7).expect("cells").0]).collect();
    let wanted = [
        &KILLED.join(","),
        "'=Iran,1,0,1200,1200,1200,0,0",
        "Kyrgyzstan,4,1,28,28,28+,0,1",
        "Tajikistan,2,0,2,2,4,1,0",
        "Uzbekistan,1,0,?,?,?,1,0",
        "(empty),1,0,,,,0,1",
    ];
    assert_eq!(lines, wanted);
    let codebook = std::fs::read_to_string(folder.path().join("shown.codebook.txt")).expect("a codebook");
    assert!(codebook.contains("killed.unknown") && codebook.contains("no zeros"), "{codebook}");
}

#[test]
fn a_table_without_groups_has_no_subtotals() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, format) in [("a.xlsx", "Excel workbook (.xlsx)"), ("a.csv", "CSV table (.csv)")] {
        let mut app = opened(folder.path(), name);
        ask_to_export(&mut app);
        assert!(!says(&app, "Subtotals"));
        click(&mut app, format);
        click(&mut app, "Choose place…");
        assert!(folder.path().join(name).exists());
    }
    let path = folder.path().join("a.xlsx");
    assert!(sheet(&path, "Events").is_some_and(|events| events.len() == 10));
    assert_eq!(sheet(&path, "Subtotals"), None);
    let codebook = sheet(&path, "Codebook").expect("a codebook");
    assert!(!codebook.iter().any(|row| row[0].to_string().contains("subtotals")));
    assert!(!folder.path().join("a.subtotals.csv").exists());
}

/// The project with a view that is grouped, and what the command line writes of it.
fn exported(folder: &Path, name: &str, more: &[&str]) -> PathBuf {
    let (file, out) = (folder.join("case.ron"), folder.join(name));
    let views = vec![SavedView { name: "By country".into(), group: "country".into(), ..SavedView::default() }];
    let project = Project { views: views.into(), ..countries() };
    std::fs::write(&file, dateline::file::write(&project)).expect("a writable folder");
    let (file, written) = (file.to_string_lossy(), out.to_string_lossy());
    let output = dateline(&[&["export", &file, "-o", &written], more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    out
}

#[test]
fn the_command_line_writes_the_subtotals_of_a_grouped_view_over_the_events_that_go_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let some = ["--view", "By country", "--where", "date:2022-09"];
    let subtotals = sheet(&exported(folder.path(), "view.xlsx", &some), "Subtotals").expect("subtotals");
    let cells = columns(&subtotals, &["country", "events", "killed.low"]);
    let kyrgyzstan = cells.iter().find(|row| *row[0] == *"Kyrgyzstan").expect("a group");
    assert_eq!(kyrgyzstan[1..], [&Data::Float(3.0), &Data::Float(8.0)]);
    exported(folder.path(), "view.csv", &some);
    assert!(folder.path().join("view.subtotals.csv").exists());
    assert_eq!(sheet(&exported(folder.path(), "all.xlsx", &[]), "Subtotals"), None);
}
