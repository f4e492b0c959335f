//! What lines mean, where they are wrong, and that columns of numbers answer like a reading of each event.

use proptest::prelude::*;

use super::*;
use crate::derive::Derived;
use crate::edit::Edit;
use crate::model::{
    About, Article, Claim, Codebook, Event, EventDate, EventId, Note, NoteId, OwnColumn, OwnKind, Point, Quantity,
    Quote, Records, Status, Subject,
};

fn event(id: &str, when: &str, place: &str, country: &str) -> Event {
    let mut event = Event::new(id.parse().expect("an id"));
    event.when = EventDate::parse(when).ok();
    event.location.name = place.into();
    event.location.country = country.into();
    event
}

fn claim(event: &str, measure: Measure, class: &str, quantity: &str, speaker: &str) -> Claim {
    let class = Class::from_key(class).expect("a class");
    let quantity = Quantity::parse(quantity).expect("a quantity");
    let claim = Claim::new(event.parse().expect("an id"), measure, class, quantity);
    Claim { speaker: speaker.into(), ..claim }
}

fn project() -> Project {
    let mut events = vec![
        event("one", "2022-09-16", "Batken", "Kyrgyzstan"),
        event("two", "2022-09-14/2022-09-17", "Isfara (north)", "Tajikistan"),
        event("three", "2022-09", "Osh", "Kyrgyzstan"),
        event("four", "", "", ""),
        event("five", "2022-10-01/..", "Port Said", "Égypt"),
    ];
    events[0].title = "Shelling of the Bridge".into();
    events[0].tags = ["border".into(), "bridge".into()].into();
    events[1].side_a = "Army of the North".into();
    events[1].side_b = "Border force".into();
    events[1].status = Status::Excluded("twice".into());
    events[2].location.point = Point::new(40.5, 72.8);
    events[2].covers = ["one".parse().expect("an id")].into();
    events[4].status = Status::Coded;
    events[4].source_ids = ["KGZ12".into()].into();
    let article = Article {
        publisher: "Riverwire".into(),
        ..Article::new("a1".parse().expect("an id"), "Bridge hit", "12 dead")
    };
    let mut quoted = claim("one", Measure::Killed, "total", "12", "army");
    quoted.quotes.extend(Quote::of(article.id, &article.text, 0, 2));
    let claims = [
        quoted,
        claim("one", Measure::Killed, "total", "50+", "Health ministry"),
        claim("one", Measure::Killed, "civilians", "3", "army"),
        claim("two", Measure::Killed, "total", "?", "army"),
        claim("three", Measure::Killed, "total", "0", "army"),
        claim("five", Measure::Injured, "total", "dozens", "army"),
        claim("five", Measure::Killed, "total", "4-9", "army"),
    ];
    let (events, _) = Records::from_list(events);
    let (claims, _) = Records::from_list(claims);
    let (articles, _) = Records::from_list([article]);
    let note = Note::new(NoteId::random(), Some(Subject::Event("three".parse().expect("an id"))), None);
    let (notes, _) = Records::from_list([note]);
    Project { events, claims, articles, notes, ..Project::titled("Filters") }
}

fn found(line: &str) -> Vec<String> {
    let project = project();
    let derived = Derived::from_scratch(&project);
    ids(&project, &derived, &Filter::parse(line, &project).unwrap_or_else(|m| panic!("{line}: {m}")))
}

fn ids(project: &Project, derived: &Derived, filter: &Filter) -> Vec<String> {
    let slots = filter.search(project, derived);
    let table = derived.columnar();
    let through = table.order().iter().filter(|slot| slots[**slot as usize]);
    through.map(|slot| table.id(*slot).to_string()).collect()
}

#[test]
fn a_line_says_which_events_are_meant() {
    for (line, wanted) in [
        ("", "one two three four five"),
        ("bridge", "one"),
        ("BORDER", "one two"),
        ("kyrgyz", "one three"),
        ("\"the bridge\"", "one"),
        ("shelling kyrgyz", "one"),
        ("shelling OR tajik", "one two"),
        ("-kyrgyz", "two four five"),
        ("(shelling OR tajik) -excluded", "one two"),
        ("(shelling OR tajik) -is:excluded", "one"),
        ("place:\"Isfara (north)\"", "two"),
        ("place=osh", "three"),
        ("place=os", ""),
        ("place:os", "three"),
        ("place:\"\"", "four"),
        ("country:ég", "five"),
        ("tag=border", "one"),
        ("tag=bord", ""),
        ("side:north", "two"),
        ("side_b:north", ""),
        ("status:excluded", "two"),
        ("killed>10", "one"),
        ("killed=12", "one"),
        ("killed<10", "three five"),
        ("-killed<10", "one two four"),
        ("killed:0..20", "one three five"),
        ("killed:?", "two"),
        ("has:unknown", "two"),
        ("killed.high>9", "one"),
        ("killed.high>=9", "one five"),
        ("killed.high>1,000", ""),
        ("killed.high<100", "three five"),
        ("killed.low>=4", "one five"),
        ("injured>20", "five"),
        ("missing>0", ""),
        ("date:2022-09", "one two three"),
        ("date:2022-09-14..2022-09-17", "one two"),
        ("date~2022-09-16", "one two three"),
        ("date>2022-09-30", "five"),
        ("date>=2022-09-14", "one two five"),
        ("date<2022-09-17", "one"),
        ("date<=2022-09-17", "one two"),
        ("date:..2022-09-16", "one"),
        ("date:2022-10-01/..", "five"),
        ("has:date", "one two three five"),
        ("has:conflict", "one"),
        ("has:notes", "three"),
        ("has:coordinates", "three"),
        ("has:place", "one two three five"),
        ("has:injured", "five"),
        ("has:hand", ""),
        ("is:draft", "one three four"),
        ("is:summary", "three"),
        ("sources>0", "one"),
        ("covers=1", "three"),
        ("class:civilians", "one"),
        ("class:b", ""),
        ("speaker:ministry", "one"),
        ("article:bridge", "one"),
        ("publisher=riverwire", "one"),
        ("id:t", "two three"),
        ("source_id=kgz12", "five"),
        ("kgz", "five"),
        ("KILLED>10", "one"),
        ("-(kyrgyz OR tajik)", "four five"),
        ("−kyrgyz", "two four five"),
    ] {
        assert_eq!(found(line).join(" "), wanted, "{line}");
    }
}

#[test]
fn what_is_typed_and_what_is_kept_fold_alike() {
    // The last letter of the word has a form of its own, for which capitals have none.
    const NAME: &str = "ΥΠΟΥΡΓΟΣ";
    let mut event = Event::new("one".parse().expect("an id"));
    event.location.name = NAME.into();
    let column = "office".parse().expect("an id");
    event.own.set(column, NAME.into());
    let own = OwnColumn { id: column, title: "Office".into(), meaning: "".into(), kind: OwnKind::Text };
    let about = About { codebook: Codebook { columns: vec![own], ..Codebook::default() }, ..About::default() };
    let mut project = Project { about: about.into(), ..Project::titled("Names") };
    project.events.push(event).expect("free");
    project.claims.push(claim("one", Measure::Killed, "total", "3", NAME)).expect("free");
    let derived = Derived::from_scratch(&project);
    for field in ["place", "speaker", "office"] {
        for line in [format!("{field}={NAME}"), format!("{field}:{NAME}")] {
            let filter = Filter::parse(&line, &project).unwrap_or_else(|mistake| panic!("{line}: {mistake}"));
            assert_eq!(ids(&project, &derived, &filter), ["one"], "{line}");
            let slot = derived.columnar().slot("one".parse().expect("an id")).expect("there");
            assert_eq!(filter.matches(&[slot], &project, &derived), [true], "{line}, one by one");
        }
    }
}

#[test]
fn a_mistake_is_told_where_it_is_with_what_to_write() {
    let project = project();
    for (line, marked, why, instead) in [
        ("kiled>10", "kiled", "Did you mean killed?", Some("killed")),
        ("osh contry:x", "contry", "Did you mean country?", Some("country")),
        ("http://osh", "http", "quotation marks", None),
        ("killed>ten", "ten", "no whole number", None),
        ("killed:9..4", "9..4", "upside down", None),
        ("killed>", "killed>", "Write a value", None),
        ("date:2022-13", "2022-13", "2022-13", None),
        ("date:2022-09-17..2022-09-14", "2022-09-17..2022-09-14", "behind", None),
        ("place>5", ">", "write place:", Some(":")),
        ("is:exluded", "exluded", "Write one of", Some("excluded")),
        ("has:foo", "foo", "conflict", None),
        ("(osh", "(", "not closed", None),
        ("osh)", ")", "closes nothing", None),
        ("osh \"batken", "\"batken", "does not end", None),
        ("OR osh", "OR", "before OR", None),
        ("osh OR", "OR", "behind OR", None),
        ("()", "(", "Nothing", None),
        ("class:\"x in nowhere\"", "\"x in nowhere\"", "no class", None),
    ] {
        let mistake = Filter::parse(line, &project).expect_err(line);
        assert_eq!(&line[mistake.at.clone()], marked, "{line}: {mistake:?}");
        assert!(mistake.why.contains(why), "{line}: {}", mistake.why);
        assert_eq!(mistake.instead.as_deref(), instead, "{line}");
    }
}

#[test]
fn what_may_come_next_is_offered() {
    let project = project();
    let derived = Derived::from_scratch(&project);
    let offers = |line: &str| complete(line, line.len(), &project, &derived);
    let texts = |line: &str| offers(line).into_iter().map(|c| c.text).collect::<Vec<_>>().join(" ");
    assert_eq!(texts("cou"), "country:");
    assert_eq!(texts("osh -kill"), "killed.low> killed.high> killed>");
    assert_eq!(texts("country:kyr"), "Kyrgyzstan");
    assert_eq!(texts("place:port"), "\"Port Said\"");
    assert_eq!(texts("is:ex"), "excluded");
    assert_eq!(texts("has:c"), "conflict claims changed coordinates");
    let line = "osh -place:is";
    let offer = offers(line).remove(0);
    assert_eq!((&line[offer.at.clone()], offer.text.as_str()), ("is", "\"Isfara (north)\""));
}

#[test]
fn what_a_cell_shows_can_be_asked_for_and_finds_its_row() {
    let project = project();
    let derived = Derived::from_scratch(&project);
    for event in project.events.iter() {
        for column in crate::columns::COLUMNS {
            let row = crate::columns::Row {
                project: &project,
                derived: &derived,
                event,
                today: jiff::civil::date(2022, 9, 20),
            };
            let term = term_of(column, &row);
            let filter = Filter::parse(&term, &project).unwrap_or_else(|m| panic!("{term}: {m}"));
            assert!(
                ids(&project, &derived, &filter).contains(&event.id.to_string()),
                "{} of {}: {term}",
                column.id,
                event.id
            );
        }
    }
}

#[test]
fn a_term_goes_in_and_out_of_a_line() {
    for (line, term, wanted) in [
        ("", "place=Osh", "place=Osh"),
        ("osh", "place=Osh", "osh place=Osh"),
        ("osh place=Osh x", "place=Osh", "osh x"),
        ("place=Oshx", "place=Osh", "place=Oshx place=Osh"),
        ("a OR b", "killed=1", "(a OR b) killed=1"),
        ("place=\"Port Said\"", "place=\"Port Said\"", ""),
    ] {
        assert_eq!(toggled(line, term), wanted);
    }
}

#[test]
fn every_field_says_what_it_asks_and_its_example_is_read() {
    let project = project();
    for field in FIELDS {
        assert!(!field.help.is_empty());
        Filter::parse(field.example, &project).unwrap_or_else(|m| panic!("{}: {m}", field.example));
    }
}

#[test]
fn an_edit_is_seen_by_the_next_search() {
    let before = project();
    let mut derived = Derived::from_scratch(&before);
    let filter = Filter::parse("country=kyrgyzstan killed>0", &before).expect("a filter");
    assert_eq!(ids(&before, &derived, &filter), ["one"]);
    let mut moved = (**before.events.get("five".parse::<EventId>().expect("an id")).expect("there")).clone();
    moved.location.country = "Kyrgyzstan".into();
    let added = event("six", "2023", "Osh", "Kyrgyzstan");
    let edit = Edit::Several {
        label: "Move".into(),
        edits: vec![
            Edit::SetEvents { events: vec![moved.into()], what: "country".into() },
            Edit::AddEvents { events: vec![added], after: "one".parse().ok() },
            Edit::AddClaim { claim: Box::new(claim("six", Measure::Killed, "total", "7", "army")), new_event: None },
            Edit::RemoveEvents(vec!["one".parse().expect("an id")]),
        ],
    };
    let after = edit.apply(&before).expect("an edit");
    derived.advance(&before, &after);
    assert_eq!(ids(&after, &derived, &filter), ["six", "five"]);
    assert!(derived == Derived::from_scratch(&after));
}

/// One question read off the event itself.
fn naive(derived: &Derived, event: &Event, expression: &Expression) -> bool {
    match expression {
        Expression::All(parts) => parts.iter().all(|part| naive(derived, event, part)),
        Expression::Any(parts) => parts.iter().any(|part| naive(derived, event, part)),
        Expression::Not(part) => !naive(derived, event, part),
        Expression::Test(Test::Text { fields, text, whole }) => fields.iter().any(|field| {
            let value = field.text(event).to_lowercase();
            if *whole || text.is_empty() { value == *text } else { value.contains(text.as_str()) }
        }),
        Expression::Test(Test::Number { measure, part: Part::Best, from, to }) => {
            let range = derived.figure(event.id, measure, &Class::TOTAL).value.range();
            range.and_then(|range| range.best).is_some_and(|best| (*from..=*to).contains(&best))
        }
        Expression::Test(Test::Days { first, last, overlaps: false }) => {
            use crate::derive::columnar::number_of;
            event.when.is_some_and(|when| {
                when.earliest().is_some_and(|day| number_of(day) >= *first)
                    && when.latest().is_some_and(|day| number_of(day) <= *last)
            })
        }
        Expression::Test(test) => panic!("no naive answer to {test:?}"),
    }
}

prop_compose! {
    fn some_event()(n in 0_u32..500, when in "(2022-0[1-9](-1[0-9])?)?", place in "(Osh|Batken|osh bazaar|)", country in "(A|B|)") -> Event {
        event(&format!("e{n}"), &when, &place, &country)
    }
}

fn some_line() -> impl Strategy<Value = String> {
    let term = prop_oneof![
        "place[:=](osh|batken|b)",
        "-?country=(a|b)",
        "killed(>|<|>=|<=|=)[0-9]",
        "killed:[0-4]\\.\\.[5-9]",
        "date:2022-0[1-9]",
    ];
    term.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..3).prop_map(|parts| format!("({})", parts.join(" "))),
            prop::collection::vec(inner.clone(), 2..3).prop_map(|parts| format!("({})", parts.join(" OR "))),
            inner.prop_map(|part| format!("-({part})")),
        ]
    })
}

/// One line for each kind of question.
const EXAMPLES: [&str; 22] = [
    "id:one",
    "id=two",
    "place:",
    "place=osh",
    "tags=fire",
    "tags:fi",
    "has:note",
    "has:conflict",
    "has:date",
    "has:place",
    "has:killed",
    "killed:?",
    "killed.high>5",
    "killed.low<3",
    "sources>0",
    "covers>0",
    "date~2022-09",
    "date<2022-10",
    "is:excluded",
    "speaker:army",
    "publisher:reuters",
    "article:a",
];

proptest! {
    #[test]
    fn columns_answer_like_events(events in prop::collection::vec(some_event(), 0..20), killed in prop::collection::vec(0_u64..10, 20), line in some_line()) {
        let (events, _) = Records::from_list(events);
        let claims: Vec<Claim> = events.iter().zip(killed).map(|(event, n)| {
            Claim::new(event.id, Measure::Killed, Class::TOTAL, Quantity::Exactly(n))
        }).collect();
        let project = Project { events, claims: Records::from_list(claims).0, ..Project::titled("x") };
        let derived = Derived::from_scratch(&project);
        let filter = Filter::parse(&line, &project).expect("a filter");
        let expression = filter.expression.clone().expect("something is asked");
        let wanted: Vec<String> = project.events.iter().filter(|e| naive(&derived, e, &expression)).map(|e| e.id.to_string()).collect();
        prop_assert_eq!(ids(&project, &derived, &filter), wanted, "{}", line);
    }

    #[test]
    fn single_events_are_answered_like_all(line in prop_oneof![some_line(), "-?(osh|bat|e|fire|kyrg|\"|[a-z]{1,2})", prop::sample::select(EXAMPLES.as_slice()).prop_map(str::to_owned)]) {
        let project = project();
        let derived = Derived::from_scratch(&project);
        let Ok(filter) = Filter::parse(&line, &project) else { return Ok(()) };
        let all = filter.search(&project, &derived);
        let slots: Vec<u32> = derived.columnar().order().to_vec();
        let wanted: Vec<bool> = slots.iter().map(|slot| all[*slot as usize]).collect();
        prop_assert_eq!(filter.matches(&slots, &project, &derived), wanted, "{}", line);
    }

    #[test]
    fn no_line_panics_and_mistakes_lie_in_it(line in "([a-z]{1,6}|killed|date|place|has|is|OR|[:=<>~.()\"“”-]|[0-9]{1,4}|\\PC| ){0,24}", caret in 0_usize..60) {
        let project = project();
        let derived = Derived::from_scratch(&project);
        match Filter::parse(&line, &project) {
            Ok(filter) => { filter.search(&project, &derived); }
            Err(mistake) => prop_assert!(line.get(mistake.at.clone()).is_some(), "{:?} {:?}", line, mistake),
        }
        for offer in complete(&line, caret, &project, &derived) {
            prop_assert!(line.get(offer.at.clone()).is_some());
        }
    }
}
