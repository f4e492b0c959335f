//! Other people's rows: read as events and claims, changed without being touched, and given out again as they came.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use dateline::dataset::{self, RowReader, Shared, known};
use dateline::derive::calendar::{BinSize, Unit};
use dateline::derive::credits::Credits;
use dateline::derive::facet::Facet;
use dateline::derive::totals::{By, Placing, Query, Totals, totals};
use dateline::derive::{Derived, explain};
use dateline::edit::Edit;
use dateline::model::{
    Claim, ClaimId, Class, Dataset, Event, Layout, LineEnd, Measure, Project, Quantity, Records, SourceRow,
};
use dateline::session::Session;
use proptest::prelude::*;

/// The rows of a file without their line ends, the header first.
fn split_rows<'t>(text: &'t str, layout: &Layout) -> Vec<&'t str> {
    let end = if layout.line_end == LineEnd::CrLf { "\r\n" } else { "\n" };
    let (mut rows, mut start, mut inside, mut at) = (Vec::new(), 0, false, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(layout.quote) {
            inside = !inside;
        }
        if !inside && rest.starts_with(end) {
            rows.push(&text[start..at]);
            at += end.len();
            start = at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    rows.extend((start < text.len()).then(|| &text[start..]));
    rows
}

fn data_set(id: &str, header: &str, layout: Layout) -> Dataset {
    Dataset {
        id: id.parse().expect("an id"),
        name: "UCDP GED".into(),
        version: "24.1".into(),
        mapping: "ged".into(),
        mapping_version: 1,
        columns: header.split(layout.delimiter).map(Into::into).collect(),
        layout: Layout { head: vec![header.into()], ..layout },
        file: "ged.csv".into(),
        sha256: "".into(),
        imported: None,
    }
}

/// A project of these rows.
fn of_rows(dataset: Dataset, rows: &[&str]) -> Project {
    let reader = RowReader::new(&dataset, known::newest("ged").expect("a known mapping"));
    let mut shared = Shared::default();
    let event = |(n, row): (usize, &&str)| {
        let id = format!("e-{n}").parse().expect("an id");
        reader.event(id, SourceRow::new(dataset.id, *row), &mut shared, &mut Vec::new())
    };
    let events = rows.iter().enumerate().map(event).collect::<Vec<_>>();
    let events = Records::from_list(events).0;
    Project { events, datasets: Arc::new(vec![dataset]), ..Project::titled("Rows") }
}

fn shared_file(name: &str) -> Option<(String, serde_json::Value)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let (file, truth) = (folder.join(name), folder.join(format!("{name}.truth.json")));
    let (Ok(bytes), Ok(truth)) = (std::fs::read(&file), std::fs::read_to_string(truth)) else {
        eprintln!("skipped: {} is not there", file.display());
        return None;
    };
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| error.into_bytes().iter().map(|byte| char::from(*byte)).collect::<String>());
    Some((text, serde_json::from_str(&truth).expect("truths are JSON")))
}

fn by(project: &Project, derived: &Derived, by: By) -> Totals {
    let query = Query { placing: Placing::Start, ..Query::new(Measure::Killed, by) };
    totals(project, derived, &query)
}

fn sums(totals: &Totals) -> BTreeMap<String, (u64, u64, Option<u64>, Option<u64>)> {
    let groups = totals.groups.iter().filter(|group| group.sums.events > 0);
    groups
        .map(|group| {
            let sums = &group.sums;
            (group.key.clone(), (sums.events as u64, sums.low, sums.best, sums.high))
        })
        .collect()
}

fn truths(truth: &serde_json::Value, key: &str) -> BTreeMap<String, (u64, u64, Option<u64>, Option<u64>)> {
    let number = |group: &serde_json::Value, part: &str| group[part].as_u64();
    let groups = truth[key].as_object().expect("groups");
    groups
        .iter()
        .map(|(name, group)| {
            let (rows, low) = (number(group, "rows").expect("rows"), number(group, "low").expect("low"));
            (name.clone(), (rows, low, number(group, "best"), number(group, "high")))
        })
        .collect()
}

#[test]
fn real_files_add_up_exactly_and_go_out_as_they_came() {
    let crlf = || Layout { line_end: LineEnd::CrLf, ..Layout::default() };
    let files = [
        ("ucdp-ged-24.1-myanmar.csv", Layout::default(), 0),
        ("ucdp-ged-23.1-global-sample-1000.csv", Layout::default(), 0),
        ("ucdp-ged-19.1-hdx-ukraine.csv", crlf(), 1),
        ("ucdp-candidate-26.0.7-10.csv", Layout::default(), 0),
    ];
    for (name, layout, tags) in files {
        let Some((text, truth)) = shared_file(name) else { continue };
        let rows = split_rows(&text, &layout);
        let project = of_rows(data_set("ged", rows[0], layout), &rows[1 + tags..]);
        assert_eq!(project.events.len() as u64, truth["data_rows"].as_u64().expect("rows"), "{name}");
        let derived = Derived::from_scratch(&project);
        for (split, key) in [
            (By::Time(BinSize::Fixed(Unit::Month)), "by_month"),
            (By::Time(BinSize::Fixed(Unit::Year)), "by_year"),
            (By::Of(Facet::Country), "by_country"),
        ] {
            assert_eq!(sums(&by(&project, &derived, split)), truths(&truth, key), "{name} {key}");
        }
        // A side that the data set calls unknown is not stated.
        for (split, key) in [(By::Of(Facet::SideA), "by_side_a"), (By::Of(Facet::SideB), "by_side_b")] {
            let mut wanted = truths(&truth, key);
            if let Some(unknown) = wanted.remove("XXX771") {
                wanted.insert(String::new(), unknown);
            }
            assert_eq!(sums(&by(&project, &derived, split)), wanted, "{name} {key}");
        }
        let flagged = derived.problems().count(dateline::derive::problems::Kind::Estimate) as u64;
        let truth_of = |key: &str| truth[key].as_u64().unwrap_or(0);
        assert!(flagged >= truth_of("rows_best_over_high").max(truth_of("rows_low_over_best")), "{name}: {flagged}");
        let readers = dataset::readers(&project);
        for (event, row) in project.events.iter().zip(&rows[1 + tags..]) {
            assert_eq!(dataset::write_row(&project, &readers, event).as_deref(), Some(*row), "{name}");
        }
    }
}

const HEADER: &str = "id,date_start,date_end,date_prec,where_coordinates,country,side_a,side_b,best,high,low,deaths_a,\
                      deaths_b,deaths_civilians,deaths_unknown,note";

fn made_up(numbers: &[(u64, u64, u64)]) -> Project {
    let rows: Vec<String> = numbers
        .iter()
        .zip(1..)
        .map(|((low, best, high), n)| {
            format!("{n},2021-02-{n:02},2021-02-{n:02},1,Mill {n},Freedonia,Army,League,{best},{high},{low},0,0,{best},0,\"a, b\"")
        })
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    of_rows(data_set("ged", HEADER, Layout::default()), &rows)
}

fn total(id: &str) -> ClaimId {
    format!("{id}.a").parse().expect("an id")
}

fn best(project: &Project) -> Option<u64> {
    by(project, &Derived::from_scratch(project), By::Of(Facet::Country)).total.best
}

#[test]
fn a_claim_of_a_row_is_set_aside_with_a_reason_and_nothing_of_the_row_changes() {
    let project = made_up(&[(1, 2, 3), (4, 5, 6)]);
    let row = project.events.iter().next().expect("one").source.clone();
    let mut session = Session::new(project, true);
    assert_eq!(best(session.project()), Some(7));
    let claim = Claim::clone(dataset::claim(session.project(), total("e-0")).expect("the row states it"));
    assert_eq!(claim.quantity, Quantity::estimate(Some(1), Some(2), Some(3)));
    let aside = Claim { aside: Some("counted twice".into()), ..claim.clone() };
    session.edit(&Edit::SetClaims { claims: vec![aside], what: "counting".to_owned() }).expect("it can be changed");
    // The classes rest on the row, too: civilians are what is left of the total.
    assert_eq!(session.project().claims.len(), 1);
    assert_eq!(session.project().events.iter().next().expect("one").source, row);
    let said = dataset::claim(session.project(), total("e-0")).and_then(|claim| claim.aside.clone());
    assert_eq!(said.as_deref(), Some("counted twice"));
    session.undo();
    assert_eq!((best(session.project()), session.project().claims.len()), (Some(7), 0));
    session.redo();
    session
        .edit(&Edit::SetClaims { claims: vec![claim], what: "counting".to_owned() })
        .expect("it can be changed back");
    assert_eq!(session.project().claims.len(), 0, "what the row says again is not stored");
}

#[test]
fn a_claim_of_a_row_is_not_deleted_and_moves_with_its_words() {
    let mut session = Session::new(made_up(&[(1, 2, 3), (4, 5, 6)]), true);
    let refused = session.edit(&Edit::RemoveClaims(vec![total("e-0")])).expect_err("the row stays").to_string();
    assert!(refused.contains("set the claim aside"), "{refused}");
    let to = "e-1".parse().expect("an id");
    let project = session.project().clone();
    let mut derived = Derived::from_scratch(&project);
    session.edit(&Edit::MoveClaims { claims: vec![total("e-0")], to, new_event: None }).expect("it moves");
    derived.advance(&project, session.project());
    assert!(derived == Derived::from_scratch(session.project()));
    assert!(derived.claims_of(to).contains(&total("e-0")));
    assert!(!derived.claims_of("e-0".parse().expect("an id")).contains(&total("e-0")));
    // The event goes, and what was moved off it stays.
    session.edit(&Edit::RemoveEvents(vec!["e-0".parse().expect("an id")])).expect("it goes");
    assert!(dataset::claim(session.project(), total("e-0")).is_some());
}

#[test]
fn merged_events_keep_what_their_rows_say() {
    let project = made_up(&[(1, 2, 3), (4, 5, 6)]);
    let (keep, other) = ("e-0".parse().expect("an id"), "e-1".parse().expect("an id"));
    let keep = Box::new(Event::clone(project.events.get(keep).expect("there")));
    let merged = Edit::MergeEvents { keep, others: vec![other], note: None }.apply(&project).expect("they merge");
    let derived = Derived::from_scratch(&merged);
    let claims = derived.claims_of("e-0".parse().expect("an id"));
    assert_eq!((claims.len(), merged.claims.len()), (10, 5));
    let figure = derived.total_of("e-0".parse().expect("an id"), &Measure::Killed);
    assert_eq!(figure.value.range().map(|range| (range.low, range.high)), Some((1, Some(6))));
}

/// One change, small enough to come again and again.
fn step(project: &Project, what: u8, n: usize, value: u64) -> Option<Edit> {
    let events: Vec<Arc<Event>> = project.events.iter().cloned().collect();
    let event = events.get(n % events.len().max(1))?;
    let claim = dataset::claim(project, ClaimId::of_event(event.id, b"abcde"[n % 5])?);
    let set = |claim: Claim| Edit::SetClaims { claims: vec![claim], what: "it".to_owned() };
    Some(match what {
        0 => set(Claim { aside: (value > 3).then(|| "why".into()), ..Claim::clone(claim?) }),
        1 => set(Claim { quantity: Quantity::AtLeast(value), ..Claim::clone(claim?) }),
        2 => Edit::MoveClaims {
            claims: vec![claim?.id],
            to: events[usize::try_from(value).ok()? % events.len()].id,
            new_event: None,
        },
        3 => Edit::SetEvents {
            events: vec![Event { title: value.to_string().into(), ..Event::clone(event) }.into()],
            what: "title".into(),
        },
        4 => Edit::RemoveEvents(vec![event.id]),
        5 => {
            let new = Claim::new(event.id, Measure::Killed, Class::TOTAL, Quantity::exactly(value));
            Edit::AddClaim { claim: Box::new(new), new_event: None }
        }
        6 => {
            let row = format!("9,2022-01-01,2022-01-01,1,Mill,Freedonia,Army,League,{value},9,0,,,,-1,x");
            let source = Some(SourceRow::new(event.source.as_ref()?.dataset, row));
            Edit::SetEvents { events: vec![Event { source, ..Event::clone(event) }.into()], what: "row".into() }
        }
        _ => {
            let mut datasets = (*project.datasets).clone();
            datasets.first_mut()?.version = value.to_string().into();
            Edit::SetDatasets { datasets, label: "Release".into() }
        }
    })
}

/// Rows with the same numbers share their figures; the working of each event must come to the same.
fn what_is_kept_is_what_is_explained(project: &Project, derived: &Derived) -> Result<(), TestCaseError> {
    for event in project.events.iter() {
        let explained = explain(project, derived, event.id);
        let mut kept = 0;
        for (measure, class, summary) in derived.figures(event.id) {
            let figures = explained.get(measure).expect("the measure has a working");
            let figure = if *class == Class::TOTAL { Some(&figures.total) } else { figures.classes.get(class) };
            let figure = figure.expect("the class has a working");
            prop_assert_eq!((summary.value, summary.marks), (figure.value, figure.marks), "{}: {}", event.id, class);
            kept += 1;
        }
        let worked_out: usize = explained.values().map(|figures| 1 + figures.classes.len()).sum();
        prop_assert_eq!(kept, worked_out);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_follows_from_rows_is_the_same_step_by_step(
        numbers in prop::collection::vec((0_u64..4, 0_u64..6, 0_u64..9), 1..5),
        steps in prop::collection::vec((0_u8..8, 0_usize..9, 0_u64..9), 1..12),
    ) {
        let mut session = Session::new(made_up(&numbers), true);
        let mut derived = Derived::from_scratch(session.project());
        let first = session.project().clone();
        for (what, n, value) in steps {
            let before = session.project().clone();
            let Some(edit) = step(&before, what, n, value) else { continue };
            // A refused step leaves everything as it was.
            let _ = session.edit(&edit);
            derived.advance(&before, session.project());
            prop_assert!(derived == Derived::from_scratch(session.project()), "{edit:?}");
            what_is_kept_is_what_is_explained(session.project(), &derived)?;
        }
        let last = session.project().clone();
        while session.undo().is_some() {}
        prop_assert_eq!(session.project(), &first);
        derived.advance(&last, session.project());
        prop_assert!(derived == Derived::from_scratch(&first));
    }
}

#[test]
fn the_source_of_a_figure_that_a_row_states_is_the_data_set() {
    let mut session = Session::new(made_up(&[(1, 2, 3), (2, 2, 2)]), true);
    let credits = |project: &Project| {
        let derived = Derived::from_scratch(project);
        Credits::of(project, &derived, &[&Measure::Killed], &Class::TOTAL, None)
    };
    let before = credits(session.project());
    assert_eq!((before.counts.events, before.counts.articles), (2, 0));
    let [name] = &before.sources[..] else { panic!("one data set: {:?}", before.sources) };
    assert!(name.starts_with(&*session.project().datasets[0].name), "{name}");
    // Set aside, the claims of a row are no source.
    let event = session.project().events.iter().next().expect("an event").clone();
    let claims = b"abcde".iter().filter_map(|letter| ClaimId::of_event(event.id, *letter));
    let claims = claims
        .filter_map(|id| dataset::claim(session.project(), id))
        .map(|claim| Claim { aside: Some("a double".into()), ..Claim::clone(claim) });
    let edit = Edit::SetClaims { claims: claims.collect(), what: "status".to_owned() };
    session.edit(&edit).expect("can be set aside");
    assert_eq!(credits(session.project()).counts.events, 1);
}
