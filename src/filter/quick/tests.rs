//! What is ticked lets through exactly the events that have one of the values, and the line says the same again.

use proptest::prelude::*;

use super::*;
use crate::columns::{COLUMNS, Part, Row};
use crate::derive::figures::Value;
use crate::filter::parse::folded;
use crate::model::{Claim, Class, Event, EventDate, Measure, Point, Precision, Quantity, Records, Status};

fn some_text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        3 => prop::sample::select(vec!["Osh", "osh", "Port Said", "OR", "(north)"]).prop_map(str::to_owned),
        3 => "[aAσΣİ \"“()=:\n-]{1,5}",
    ]
}

fn some_event() -> impl Strategy<Value = Event> {
    let dates =
        ["", "2022", "2022-09", "2022-09-14", "2021-12-30/2022-01-02", "2022-09-14/..", "0044-03", "2022-09-1X"];
    let statuses = prop_oneof![
        Just(Status::Draft),
        Just(Status::Reviewed),
        some_text().prop_map(|reason| Status::Excluded(reason.into()))
    ];
    let precision = prop::option::of(prop::sample::select(Precision::ALL.to_vec()));
    let texts = (some_text(), some_text(), prop::collection::vec("[abA]{1,2}", 0..3));
    let when = prop::sample::select(dates.to_vec());
    (texts, when, statuses, precision, any::<bool>()).prop_map(|((title, place, tags), when, status, precision, at)| {
        let mut event = Event::new(crate::model::EventId::random());
        event.title = title.into();
        event.location.name = place.into();
        event.location.precision = precision;
        event.location.point = at.then(|| Point::new(1.0, 2.0)).flatten();
        event.tags = tags.into_iter().map(Into::into).collect();
        event.when = EventDate::parse(when).ok();
        event.status = status;
        event
    })
}

fn some_project() -> impl Strategy<Value = Project> {
    let quantities = ["0", "3", "9", "10-24", "50+", "200+", "?", "dozens", "10-14 (no best)"];
    let claims = prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(quantities.to_vec())), 0..8);
    (prop::collection::vec(some_event(), 1..12), claims).prop_map(|(events, claims)| {
        let ids: Vec<_> = events.iter().map(|event| event.id).collect();
        let claims = claims.into_iter().enumerate().map(|(n, (event, quantity))| {
            let quantity = Quantity::parse(quantity).unwrap();
            let mut claim = Claim::new(*event.get(&ids), Measure::Killed, Class::TOTAL, quantity);
            claim.speaker = format!("voice {n}").into();
            claim
        });
        let claims = Records::from_list(claims.collect::<Vec<_>>()).0;
        Project { events: Records::from_list(events).0, claims, ..Project::titled("Quick") }
    })
}

/// Whether an event has a value, by what its cell says.
fn has(choice: &Choice, column: &Column, row: &Row<'_>) -> bool {
    let text = column.text(row);
    let label = choice.label.as_str();
    let between = |n: u64| match label.split_once(" to ") {
        Some((from, to)) => (from.parse().unwrap()..=to.parse().unwrap()).contains(&n),
        None => label.strip_suffix(" and more").map_or(label == n.to_string(), |from| n >= from.parse().unwrap()),
    };
    match (column.stored, &column.kind) {
        _ if label == "(empty)" => text.is_empty(),
        (Stored::Words(TextField::Tags), _) => row.event.tags.iter().any(|tag| folded(tag) == folded(label)),
        (Stored::Words(TextField::Status), _) if label == "excluded" => text.starts_with("excluded"),
        (Stored::Words(_), _) => folded(&text) == folded(label),
        (Stored::Days, _) => row.event.when.is_some_and(|when| {
            let day = |day: jiff::civil::Date| (day.year(), day.month());
            let (first, last) = (when.earliest().map(day), when.latest().map(day));
            let Some((year, month)) = choice.term.strip_prefix("date:").and_then(|date| {
                Some((date.get(..4)?.parse::<i16>().ok()?, date.get(5..).and_then(|month| month.parse::<i8>().ok())))
            }) else {
                return false;
            };
            let within = |day: Option<(i16, i8)>| day.is_some_and(|(y, m)| y == year && month.is_none_or(|n| n == m));
            within(first) && within(last)
        }),
        (Stored::Figure, Kind::Figure(measure, part)) => {
            match (row.derived.total_of(row.event.id, measure).value, label) {
                (Value::NoClaim, label) => label.starts_with("Nothing"),
                (Value::Unknown, label) => label.starts_with("Unknown"),
                (Value::Known(_), "A figure") => true,
                (Value::Known(range), "No best figure") => *part == Part::Best && range.best.is_none(),
                (Value::Known(range), "Open above, below 100") => {
                    range.high.is_none() && range.low.max(range.best.unwrap_or(0)) < 100
                }
                (Value::Known(range), _) => match part {
                    Part::Low => between(range.low),
                    Part::Best => range.best.is_some_and(between),
                    Part::High => match range.high {
                        Some(high) => between(high),
                        None => label == "100 and more" && range.low.max(range.best.unwrap_or(0)) >= 100,
                    },
                },
            }
        }
        (Stored::Sources | Stored::Covers, _) => between(text.parse().unwrap_or(0)),
        _ => text.is_empty() == (label == "No"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_ticked_lets_through_exactly_the_events_with_one_of_the_values(
        project in some_project(), at in any::<prop::sample::Index>(), picks in prop::collection::vec(any::<bool>(), 12),
        rest in prop::sample::select(vec!["", "has:claims", "osh OR killed>3", "-(killed=0 OR killed=3)"]),
    ) {
        let columns: Vec<&Column> = COLUMNS.iter().filter(|column| has_choices(column)).collect();
        let column = *at.get(&columns);
        let derived = Derived::from_scratch(&project);
        let before = Filter::parse(rest, &project).unwrap();
        let found = choices(column, (&project, &derived), &before, "", 200, &[]);
        let row = |event| Row { project: &project, derived: &derived, event, today: jiff::civil::date(2022, 10, 1) };
        let slot = |event: &Event| derived.columnar().slot(event.id).unwrap() as usize;
        let through = before.search(&project, &derived);
        for choice in &found.listed {
            let events = project.events.iter().filter(|event| through[slot(event)] && has(choice, column, &row(event)));
            prop_assert_eq!(choice.count, events.count(), "{} {:?}", column.id, choice);
        }
        let ticked_ones: Vec<&Choice> = found.listed.iter().zip(&picks).filter(|(_, pick)| **pick).map(|(c, _)| c).collect();
        let terms: Vec<String> = ticked_ones.iter().map(|choice| choice.term.clone()).collect();
        let line = with_ticked(rest, column, &terms);
        let filter = Filter::parse(&line, &project);
        prop_assert!(filter.is_ok(), "{}: {:?}", line, filter);
        let now = filter.unwrap().search(&project, &derived);
        for event in project.events.iter() {
            let one_of = terms.is_empty() || ticked_ones.iter().any(|choice| has(choice, column, &row(event)));
            prop_assert_eq!(now[slot(event)], through[slot(event)] && one_of, "{}: {:?}", line, event);
        }
        // The line says the same again, and without the ticks it says what it said.
        let (again, left) = ticked(&line, column);
        prop_assert_eq!(&again, &terms, "{}", line);
        let left_through = Filter::parse(&left, &project).unwrap().search(&project, &derived);
        prop_assert_eq!(left_through, through);
        prop_assert_eq!(with_ticked(&line, column, &terms), line);
    }

    #[test]
    fn no_line_panics(line in "\\PC*|[a-z:=\"() -]{0,24}", at in any::<prop::sample::Index>()) {
        let column = at.get(COLUMNS);
        let (terms, _) = ticked(&line, column);
        let _ = with_ticked(&line, column, &terms);
    }
}

/// Columns of each kind, and three values of an event in each.
fn own_project(rows: &[[&str; 5]]) -> Project {
    use crate::model::project::Term;
    use crate::model::{About, Codebook, OwnColumn, OwnKind};
    let words = ["minor", "major blast"].map(|word| Term { name: word.into(), meaning: "".into() }).to_vec();
    let kinds = [OwnKind::Text, OwnKind::Number, OwnKind::Quantity, OwnKind::Date, OwnKind::Choice(words)].into_iter();
    let columns: Vec<OwnColumn> = ["hospital", "distance", "beds", "seen_on", "damage"]
        .into_iter()
        .zip(kinds)
        .map(|(id, kind)| OwnColumn { id: id.parse().unwrap(), title: id.into(), meaning: "".into(), kind })
        .collect();
    let events = rows.iter().enumerate().map(|(n, row)| {
        let own = columns.iter().zip(row).map(|(column, text)| (column.id, (*text).into())).collect();
        Event { own, ..Event::new(format!("e-{n}").parse().unwrap()) }
    });
    let events = Records::from_list(events).0;
    let about = About { codebook: Codebook { columns, ..Codebook::default() }, ..About::default() };
    Project { events, about: about.into(), ..Project::titled("Own") }
}

proptest! {
    #[test]
    fn values_of_the_analysts_own_columns_are_counted_and_found_by_their_terms(
        rows in prop::collection::vec((
            prop::sample::select(vec!["", "City", "city", "?", "West (annex)", "OR"]),
            prop::sample::select(vec!["", "3", "3.0", "-2.5", "?", "far"]),
            prop::sample::select(vec!["", "0", "7", "10-30", "40+", "?", "some"]),
            prop::sample::select(vec!["", "2022-09", "2022-09-16", "2021/2022", "?", "soon"]),
            prop::sample::select(vec!["", "minor", "major blast", "?", "middling"]),
        ), 1..10), at in 0_usize..5, picks in prop::collection::vec(any::<bool>(), 12), wanted in prop::sample::select(vec!["", "c", "2"]),
    ) {
        let rows: Vec<[&str; 5]> = rows.into_iter().map(|(a, b, c, d, e)| [a, b, c, d, e]).collect();
        let project = own_project(&rows);
        let column = crate::columns::of(&project).into_iter().filter(|column| column.own().is_some()).nth(at).unwrap();
        prop_assert!(has_choices(column));
        let derived = Derived::from_scratch(&project);
        let found = choices(column, (&project, &derived), &Filter::default(), wanted, 200, &[]);
        let count = |line: &str| {
            let filter = Filter::parse(line, &project);
            filter.map(|filter| filter.search(&project, &derived).into_iter().filter(|through| *through).count())
        };
        for choice in &found.listed {
            prop_assert_eq!(count(&choice.term), Ok(choice.count), "{:?}", choice);
            prop_assert!(is_value(&choice.term, column), "{:?}", choice);
        }
        if wanted.is_empty() {
            // Every event has exactly one value, or is among the others.
            let all: usize = found.listed.iter().filter(|choice| !choice.part).map(|choice| choice.count).sum();
            prop_assert_eq!(all + found.others, rows.len());
        }
        let terms: Vec<String> =
            found.listed.iter().zip(&picks).filter(|(_, pick)| **pick).map(|(choice, _)| choice.term.clone()).collect();
        let line = with_ticked("has:date OR e", column, &terms);
        prop_assert_eq!(ticked(&line, column).0, terms, "{}", line);
    }
}

#[test]
fn words_of_a_choice_stand_in_their_order_and_numbers_in_theirs() {
    let rows = [["", "10", "", "", "major blast"], ["", "9", "", "", "minor"], ["", "?", "", "", "odd"], [""; 5]];
    let project = own_project(&rows);
    let derived = Derived::from_scratch(&project);
    let labels = |id: &str| {
        let column = Column::find(&project, id).unwrap();
        let found = choices(column, (&project, &derived), &Filter::default(), "", 200, &[]);
        found.listed.into_iter().map(|choice| choice.label).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(labels("damage"), "minor, major blast, None of the words, (empty)");
    assert_eq!(labels("distance"), "9, 10, Unknown (?), (empty)");
    assert_eq!(labels("hospital"), "(empty)", "a column without any value has this one");
}

fn column(id: &str) -> &'static Column {
    Column::of(id).unwrap()
}

#[test]
fn a_tick_is_a_term_of_the_line_that_stays_where_it_is() {
    let place = column("place");
    let terms = |list: &[&str]| list.iter().map(|term| (*term).to_owned()).collect::<Vec<_>>();
    let line = with_ticked("killed>3", place, &terms(&["place=Osh"]));
    assert_eq!(line, "killed>3 place=Osh");
    let line = with_ticked(&format!("{line} bridge"), place, &terms(&["place=Osh", "-has:place"]));
    assert_eq!(line, "killed>3 (place=Osh OR -has:place) bridge");
    assert_eq!(ticked(&line, place), (terms(&["place=Osh", "-has:place"]), "killed>3 bridge".to_owned()));
    assert_eq!(with_ticked(&line, place, &[]), "killed>3 bridge");
    assert_eq!(with_ticked("a OR b", place, &terms(&["place=Osh"])), "(a OR b) place=Osh");
    // What a person wrote otherwise is left alone.
    for written in ["place:osh", "(place=Osh OR killed>3)", "-place=Osh", "place=Osh OR bridge"] {
        assert_eq!(ticked(written, place), (Vec::new(), written.to_owned()));
    }
}

#[test]
fn values_are_looked_for_and_those_left_out_are_counted() {
    let events: Vec<Event> = (0..30)
        .map(|n| {
            let mut event = Event::new(format!("e-{n}").parse().unwrap());
            event.location.name = format!("Place {n}").into();
            event
        })
        .collect();
    let project = Project { events: Records::from_list(events).0, ..Project::titled("Many") };
    let derived = Derived::from_scratch(&project);
    let ask = |wanted: &str, ticked: &[String]| {
        choices(column("place"), (&project, &derived), &Filter::default(), wanted, 10, ticked)
    };
    let all = ask("", &[]);
    assert_eq!((all.listed.len(), all.more), (10, 20));
    let held = ask("place 2", &[]);
    assert_eq!((held.listed.len(), held.more), (10, 1), "2 and 20 to 29");
    let ticked = ask("", &["place=\"Place 29\"".to_owned()]);
    assert_eq!(ticked.listed.last().map(|choice| choice.label.as_str()), Some("Place 29"), "what is ticked is shown");
}
