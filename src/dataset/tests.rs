use super::*;
use crate::model::{Class, Event, Layout, Measure, Quantity, SourceRow};

const HEADER: &str = "id,date_start,date_end,date_prec,where_coordinates,country,latitude,longitude,where_prec,\
                      type_of_violence,side_a,side_b,source_headline,best,high,low,deaths_a,deaths_b,deaths_civilians,\
                      deaths_unknown";

fn ged(header: &str) -> Dataset {
    Dataset {
        id: "ged".parse().expect("an id"),
        name: "UCDP GED".into(),
        version: "24.1".into(),
        mapping: "ged".into(),
        mapping_version: 1,
        columns: header.split(',').map(Into::into).collect(),
        layout: Layout::default(),
        file: "ged.csv".into(),
        sha256: "".into(),
        imported: None,
    }
}

fn reader() -> RowReader {
    RowReader::new(&ged(HEADER), known::newest("ged").expect("a known mapping"))
}

fn read(row: &str) -> (Event, Vec<Flaw>) {
    let reader = reader();
    let row = SourceRow::new(reader.dataset(), row);
    let flaws = reader.flaws(row.row());
    (reader.event("e-1".parse().expect("an id"), row, &mut Shared::default(), &mut Vec::new()), flaws)
}

#[test]
fn a_ged_row_is_an_event_with_five_claims() {
    let row = "7,2021-02-09 00:00:00.000,2021-02-11 00:00:00.000,2,\"Mill town, old\",Freedonia,19.5,96,1,1,\
               Government of Freedonia,League,\"He said \"\"no\"\"\",12,20,8,3,2,7,0";
    let (event, flaws) = read(row);
    assert_eq!(flaws, []);
    assert_eq!(event.when.expect("a date").to_string(), "within 2021-02-09/2021-02-11");
    assert_eq!((&*event.location.name, &*event.kind), ("Mill town, old", "state-based conflict"));
    assert_eq!(event.source_ids, ["7".into()]);
    let claims = reader().claims(event.id, row);
    let told: Vec<String> = claims.iter().map(|c| format!("{} {} {}", c.id, c.class, c.quantity)).collect();
    assert_eq!(told[0], "e-1.a total 12 (8-20)");
    assert_eq!(claims[1].class, Class::from_key("A").expect("a class"));
    assert_eq!(claims[1].quantity, Quantity::estimate(None, Some(3), None));
    assert_eq!((claims.len(), &claims[4].measure), (5, &Measure::Killed));
    assert_eq!(reader().claim_of(event.id, row, claims[3].id).as_ref(), Some(&claims[3]));
    let fields = reader().fields(row).into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
    assert!(fields.contains(&"source_headline=He said \"no\"".to_owned()), "{fields:?}");
}

#[test]
fn what_breaks_a_rule_is_kept_and_told() {
    let row = "7,2021-02-31,2021-02-11,9,,Freedonia,500,96,8,3,XXX771,League,,5,4,-9,,-1,x,2.5";
    let (event, flaws) = read(row);
    let told: Vec<String> =
        flaws.iter().map(|flaw| format!("{}: {}", reader().column(flaw.column), flaw.wrong)).collect();
    for (column, words) in [
        ("date_start", "“2021-02-31” is read as no date"),
        ("date_prec", "“9” is no code"),
        ("latitude", "“500” is no number of degrees"),
        ("where_prec", "“8” is no code"),
        ("best", "low ?, best 5, high 4 are not in order"),
        ("deaths_civilians", "“x” is read as unknown"),
        ("deaths_unknown", "“2.5” is read as unknown"),
    ] {
        assert!(told.iter().any(|told| told.starts_with(&format!("{column}: {words}"))), "{column} in {told:#?}");
    }
    assert_eq!((event.location.point, event.location.precision, &*event.side_a), (None, None, ""));
    let claims = reader().claims(event.id, row);
    assert_eq!(claims[0].quantity, Quantity::estimate(None, Some(5), Some(4)));
    assert!(claims[1..].iter().all(|claim| claim.quantity == Quantity::Unknown));
}

const ROW: &str = "7,2021-02-09 00:00:00.000,2021-02-11 00:00:00.000,2,\"Mill town, old\",Freedonia,19.5,96,1,1,\
                   Government of Freedonia,League,\"He said \"\"no\"\"\",12,20,8,3,2,7,0";

fn project(row: &str) -> (Project, crate::model::Event) {
    let mut project = Project::titled("Test");
    project.datasets = std::sync::Arc::new(vec![ged(HEADER)]);
    let row = SourceRow::new(reader().dataset(), row);
    let event = reader().event("e-1".parse().expect("an id"), row, &mut Shared::default(), &mut Vec::new());
    project.events.push(event.clone()).expect("a free id");
    (project, event)
}

/// The columns in which two rows differ, with their contents in the second.
fn differing(before: &str, after: &str) -> Vec<String> {
    let cells = |row: &str| reader().fields(row).into_iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>();
    let (before, after) = (cells(before), cells(after));
    assert_eq!(before.len(), after.len());
    before.into_iter().zip(after).filter(|(a, b)| a != b).map(|(_, b)| b).collect()
}

#[test]
fn a_row_goes_out_as_it_came_but_for_what_was_touched() {
    let (mut project, event) = project(ROW);
    let out =
        |project: &Project, event: &Event| write_row(project, &readers(project), event).expect("a row").into_owned();
    assert_eq!(out(&project, &event), ROW);
    let mut moved = event.clone();
    moved.location.name = "Mill \"new\" town".into();
    moved.when = Some(crate::model::EventDate::parse("2021-03-01").expect("a date"));
    let row = out(&project, &moved);
    assert!(row.contains(",1,\"Mill \"\"new\"\" town\",Freedonia,19.5,96,1,1,"), "{row}");
    assert_eq!(
        differing(ROW, &row),
        [
            "date_start=2021-03-01 00:00:00.000",
            "date_end=2021-03-01 00:00:00.000",
            "date_prec=1",
            "where_coordinates=Mill \"new\" town"
        ]
    );
    let claim = reader().claims(event.id, ROW).swap_remove(0);
    project.claims.push(crate::model::Claim { aside: Some("double".into()), ..claim.clone() }).expect("free");
    assert_eq!(out(&project, &event), ROW, "what is set aside stays in the row");
    let other = crate::model::Claim { quantity: Quantity::AtLeast(9), ..claim };
    project.claims.replace(other).expect("there");
    assert_eq!(differing(ROW, &out(&project, &event)), ["best=", "high=", "low=9"]);
}
