//! What a preview says comes true, and what a comparison says is what each method makes.

use std::sync::Arc;

use jiff::civil::date;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::derive::figures::EventFigures;
use crate::derive::totals::{By, Query, totals};
use crate::derive::{Derived, Summary, explain};
use crate::edit::Edit;
use crate::model::{
    ByHand, Claim, Class, Event, EventId, InformationGrade, Measure, Method, Methodology, Moment, Party, Project,
    Quantity, Scope, Stance, Status, WordTable,
};

const EVENTS: u8 = 5;

fn event(n: u8) -> EventId {
    format!("e-{n}").parse().expect("an id")
}

fn some_claim() -> impl Strategy<Value = Claim> {
    let quantity = select(vec!["3", "5+", "dozens", "several", "?", "0", "4-9", "<=6", "~7", "8 (5-12)", "9 (12-2)"]);
    let class = select(vec!["total", "A", "B", "civilians", "A all", "medics in civilians"]);
    let measure = select(vec![Measure::Killed, Measure::Killed, Measure::Injured]);
    let speaker = select(vec!["army", "ministry", "hospital", "observers"]);
    let party = select(vec![None, Some(Party::A), Some(Party::B)]);
    let stance = select(vec![Stance::Asserts, Stance::Asserts, Stance::Suspects, Stance::Denies]);
    (
        (0..EVENTS, quantity, class, measure),
        (speaker, party, stance, 1_u8..7, 14_i8..18),
        (any::<bool>(), 0_u64..3, 0_u8..8),
    )
        .prop_map(
            |((of, quantity, class, measure), (speaker, party, stance, grade, day), (names, attackers, scope))| {
                let quantity = Quantity::parse(quantity).expect("a quantity");
                let class = Class::from_key(class).expect("a class");
                let mut claim = Claim::new(event(of), measure, class, quantity);
                (claim.speaker, claim.party, claim.stance) = (speaker.into(), party, stance);
                (claim.grade, claim.reported) = (InformationGrade::new(grade), Some(date(2022, 9, day)));
                (claim.counts_names, claim.attackers) = (names, attackers);
                claim.scope = if scope == 0 { Scope::PartOf(None) } else { Scope::Total };
                claim
            },
        )
}

fn some_sheet() -> impl Strategy<Value = Methodology> {
    let method = || select(Method::ALL.to_vec());
    let words = select(WordTable::preset_names().collect::<Vec<_>>());
    (method(), proptest::option::of(method()), words, any::<[bool; 3]>(), any::<bool>()).prop_map(
        |(method, killed, words, [attackers, enemy, best], speakers)| {
            let mut sheet = Methodology {
                method,
                words: WordTable::preset(words).expect("a preset"),
                count_attackers: attackers,
                enemy_counts_high_only: enemy,
                missing_best_is_low: best,
                ..Methodology::default()
            };
            sheet.methods.extend(killed.map(|method| (Measure::Killed, method)));
            if speakers {
                sheet.ranks = vec!["hospital".into(), "ministry".into()];
                sheet.authority = "ministry".into();
            }
            sheet
        },
    )
}

/// A few events with claims, one excluded, one set by hand, the last a summary of the first two.
fn some_project() -> impl Strategy<Value = Project> {
    (vec(some_claim(), 0..14), some_sheet(), proptest::option::of(0_u64..9)).prop_map(|(claims, sheet, hand)| {
        let mut project = Project::titled("Test");
        for n in 0..EVENTS {
            project.events.push(Event::new(event(n))).expect("new");
        }
        let mut change = |n: u8, with: &dyn Fn(&mut Event)| {
            let mut changed = Event::new(event(n));
            with(&mut changed);
            project.events.replace(changed).expect("there");
        };
        change(1, &|event| {
            event.by_hand.extend(
                hand.map(|low| ByHand::new(Measure::Killed, Class::TOTAL, (low, None, None), "morgue lists", "desk")),
            );
        });
        change(2, &|event| event.status = Status::Excluded("out of scope".into()));
        change(EVENTS - 1, &|summary| summary.covers = [event(0), event(1)].into());
        for claim in claims {
            project.claims.push(claim).expect("new");
        }
        project.methodology = Arc::new(sheet);
        project
    })
}

fn flat(figures: &EventFigures) -> Vec<(Measure, Class, Summary)> {
    let of = |figure: &crate::derive::figures::Figure| Summary { value: figure.value, marks: figure.marks };
    let mut rows = Vec::new();
    for (measure, figures) in figures {
        rows.push((measure.clone(), Class::TOTAL, of(&figures.total)));
        rows.extend(figures.classes.iter().map(|(class, figure)| (measure.clone(), class.clone(), of(figure))));
    }
    rows
}

fn total(project: &Project, measure: &Measure) -> crate::derive::totals::Sums {
    totals(project, &Derived::from_scratch(project), &Query::new(measure.clone(), By::None)).total
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_a_preview_says_is_what_applying_makes(project in some_project(), sheet in some_sheet()) {
        let prepared = prepare(&project, &sheet, &|| true).expect("nobody stops it");
        let apply = Edit::SetMethodology { methodology: Box::new(sheet), what: "rule".to_owned() };
        let applied = apply.apply(&project).expect("a sheet can always be changed");
        prop_assert!(prepared.project.unchanged(&applied));
        prop_assert!(prepared.derived == Derived::from_scratch(&applied));

        // The list, by the other way: every figure explained before and after.
        let (before, after) = (Derived::from_scratch(&project), Derived::from_scratch(&applied));
        let mut changed = Vec::new();
        for event in project.events.iter() {
            let (from, to) = (flat(&explain(&project, &before, event.id)), flat(&explain(&applied, &after, event.id)));
            let find = |rows: &[(Measure, Class, Summary)], measure: &Measure, class: &Class| {
                rows.iter().find(|(m, c, _)| m == measure && c == class).map(|row| row.2).unwrap_or_default()
            };
            let mut keys: Vec<(Measure, Class)> =
                from.iter().chain(&to).map(|(measure, class, _)| (measure.clone(), class.clone())).collect();
            keys.sort();
            keys.dedup();
            for (measure, class) in keys {
                let (from, to) = (find(&from, &measure, &class), find(&to, &measure, &class));
                let text = |one: Summary| crate::derive::wording::short(one.value, one.marks);
                if from.value != to.value || text(from) != text(to) {
                    changed.push((event.id, measure, class, from, to));
                }
            }
        }
        let preview = &prepared.preview;
        let told: Vec<_> =
            preview.shown.iter().map(|c| (c.event, c.measure.clone(), c.class.clone(), c.from, c.to)).collect();
        for one in &changed {
            prop_assert!(told.contains(one), "{one:?} is not told");
        }
        prop_assert_eq!(preview.figures, told.len(), "few enough to be shown");
        let mut events: Vec<EventId> = told.iter().map(|one| one.0).collect();
        events.dedup();
        prop_assert_eq!(preview.events, events.len());
        for (measure, from, to) in &preview.totals {
            prop_assert_eq!(*from, total(&project, measure));
            prop_assert_eq!(*to, total(&applied, measure));
        }
    }

    #[test]
    fn the_same_sheet_changes_nothing(project in some_project()) {
        let prepared = prepare(&project, &project.methodology, &|| true).expect("nobody stops it");
        prop_assert_eq!((prepared.preview.figures, prepared.preview.events), (0, 0));
        prop_assert!(prepared.preview.totals.iter().all(|(_, from, to)| from == to));
    }

    #[test]
    fn a_comparison_is_what_each_method_makes(project in some_project()) {
        let comparison = compare(&project, &|_| true).expect("nobody stops it");
        for (measure, rows) in &comparison.measures {
            prop_assert_eq!(rows.len(), Method::ALL.len());
            for row in rows {
                let sheet = Methodology { method: row.method, ..(*project.methodology).clone() };
                let mut under = project.clone();
                under.methodology = Arc::new(Methodology { methods: std::collections::BTreeMap::new(), ..sheet });
                prop_assert_eq!(row.total, total(&under, measure));
                let set = project.events.iter().any(|e| e.by_hand.iter().any(|hand| hand.measure == *measure));
                prop_assert_eq!(row.claims_alone.is_some(), set);
                let hands: Vec<Event> = under.events.iter().map(|e| Event::clone(e)).collect();
                for hand in hands {
                    under.events.replace(Event { by_hand: Default::default(), ..hand }).expect("there");
                }
                prop_assert_eq!(row.claims_alone.unwrap_or(row.total), total(&under, measure));
            }
            let in_force = rows.iter().find(|row| row.method == project.methodology.method_for(measure));
            prop_assert_eq!(in_force.map(|row| row.total), Some(total(&project, measure)), "the rule in force");
        }
    }
}

#[test]
fn work_that_is_stopped_gives_nothing() {
    let mut project = Project::titled("Test");
    project.events.push(Event::new(event(0))).expect("new");
    let claim = Claim::new(event(0), Measure::Killed, Class::TOTAL, Quantity::exactly(3));
    project.claims.push(claim).expect("new");
    assert!(prepare(&project, &Methodology::default(), &|| false).is_none());
    assert!(compare(&project, &|_| false).is_none());
    let calls = std::cell::Cell::new(0);
    let after_two = |_: f32| {
        calls.set(calls.get() + 1);
        calls.get() < 3
    };
    assert!(compare(&project, &after_two).is_none());
}

#[test]
fn a_long_list_is_cut_and_the_rest_is_counted() {
    let mut project = Project::titled("Test");
    let many = SHOWN + 20;
    for n in 0..many {
        let id: EventId = format!("e-{n}").parse().expect("an id");
        project.events.push(Event::new(id)).expect("new");
        for (quantity, speaker) in [(3, "x"), (5, "y"), (6, "z")] {
            let claim = Claim::new(id, Measure::Killed, Class::TOTAL, Quantity::exactly(quantity));
            project.claims.push(Claim { speaker: speaker.into(), ..claim }).expect("new");
        }
    }
    let sheet = Methodology { method: Method::Conservative, ..Methodology::default() };
    let preview = prepare(&project, &sheet, &|| true).expect("nobody stops it").preview;
    assert_eq!((preview.figures, preview.events, preview.shown.len()), (many, many, SHOWN));
}

#[test]
fn changes_of_a_sheet_are_named_as_people_would() {
    let plain = Methodology::default();
    let mut sheet = plain.clone();
    sheet.methods.insert(Measure::Killed, Method::Conservative);
    assert_eq!(what_changes(&plain, &sheet), "rule for killed to conservative (ACLED)");
    assert_eq!(what_changes(&sheet, &plain), "rule for killed to that for all measures");
    sheet.words = WordTable::preset("acled 1").expect("a preset");
    assert_eq!(what_changes(&plain, &sheet), "rule for killed to conservative (ACLED) and word table to acled 1");
    sheet.count_attackers = false;
    assert_eq!(what_changes(&plain, &sheet), "method sheet in 3 ways");
    assert_eq!(changes(&plain, &sheet).last().map(String::as_str), Some("counting of attackers off"));
}

fn with_toll(quantity: &str) -> Project {
    let mut project = Project::titled("Test");
    project.events.push(Event::new(event(0))).expect("new");
    let quantity = Quantity::parse(quantity).expect("a quantity");
    project.claims.push(Claim::new(event(0), Measure::Killed, Class::TOTAL, quantity)).expect("new");
    project
}

#[test]
fn a_release_keeps_what_was_published_and_says_what_differs_now() {
    let project = with_toll("40-50");
    let now = Moment::new(date(2022, 10, 1));
    let totals = standing(&project, &Derived::from_scratch(&project));
    let edit = record(&project, " First report ", date(2022, 10, 1), &totals, "abc", now).expect("a release");
    assert_eq!(edit.label(&project), "Record release “First report”");
    let released = edit.apply(&project).expect("applies");
    let release = &released.about.releases[0];
    assert_eq!((&*release.name, &*release.words, &*release.hash), ("First report", "plain 1", "abc"));
    assert_eq!(
        released.log.last().map(|entry| &*entry.what),
        Some("Recorded release “First report” of 2022-10-01: killed 40 (40–50)")
    );
    let same = against(release, &totals);
    assert_eq!((same[0].differs(), &*same[0].in_words()), (false, "published 40 (40–50), and so it stands"));

    let mut later = with_toll("44-52");
    later.methodology = Arc::new(Methodology { method: Method::Majority, ..Methodology::default() });
    let now_totals = standing(&later, &Derived::from_scratch(&later));
    let differs = against(release, &now_totals);
    assert_eq!(differs[0].in_words(), "published 40 (40–50), now 44 (44–52)");
    assert!(differs[0].differs());
    assert_eq!(differs[0].aside().as_deref(), Some("by range of claims 1, now by majority 1"));

    assert!(record(&released, "First report", date(2022, 10, 2), &totals, "abc", now).is_err(), "never overwritten");
    assert!(record(&released, "  ", date(2022, 10, 2), &totals, "abc", now).is_err());
    let gone = delete(&released, 0, now).expect("there").apply(&released).expect("applies");
    assert!(gone.about.releases.is_empty());
    assert_eq!(gone.log.len(), 2);
    assert!(delete(&gone, 0, now).is_none());
}

#[test]
fn a_measure_that_came_or_went_is_told() {
    let project = with_toll("5");
    let totals = standing(&project, &Derived::from_scratch(&project));
    let now = Moment::new(date(2022, 10, 1));
    let edit = record(&project, "First", date(2022, 10, 1), &totals, "", now).expect("a release");
    let released = edit.apply(&project).expect("applies");
    let mut injured = with_toll("7");
    let claim = Claim::clone(injured.claims.iter().next().expect("one"));
    injured.claims.replace(Claim { measure: Measure::Injured, ..claim }).expect("there");
    let now_totals = standing(&injured, &Derived::from_scratch(&injured));
    let told: Vec<String> =
        against(&released.about.releases[0], &now_totals).iter().map(|one| one.in_words()).collect();
    assert_eq!(told, ["published 5, now nothing", "published nothing, now 7"]);
}

#[test]
fn a_method_note_says_how_the_figures_were_made_and_names_nobody_who_must_not_be_named() {
    use crate::model::{Article, Note, NoteKind, Origin};
    let mut project = with_toll("40-50");
    let article = |id: &str, publisher: &str, sensitive| {
        let text = "Forty to fifty were killed.";
        Article { publisher: publisher.into(), sensitive, ..Article::new(id.parse().expect("an id"), "Toll", text) }
    };
    project.articles.push(article("a-1", "Valley | Gazette", false)).expect("new");
    project.articles.push(article("a-2", "Secret Courier", true)).expect("new");
    let mut claim = Claim::new(event(0), Measure::Injured, Class::TOTAL, Quantity::AtLeast(3));
    claim.origin = Some(Origin::Interview("Witness 7".into()));
    project.claims.push(claim).expect("new");
    let mut add = |id: &str, title: &str, kind, sensitive| {
        let note = Note::new(id.parse().expect("an id"), None, Some(Moment::new(date(2022, 10, 1))));
        let note = Note { title: title.into(), body: "First line.\n\nSecond.".into(), kind, sensitive, ..note };
        project.notes.push(note).expect("new");
    };
    add("n-1", "Dozens means 24 to 99", NoteKind::Assumption, false);
    add("n-2", "Names of the guards", NoteKind::Assumption, true);
    add("n-3", "Who counted the bodies?", NoteKind::Question, false);
    let derived = Derived::from_scratch(&project);
    let note = method_note(&project, &derived, "abc123");
    for line in [
        "# Method note: Test",
        "SHA-256 of the project without its releases and log: `abc123`",
        "| Valley \\| Gazette |  | 1 | 0 | not graded |",
        "- Interviews: 1 claim",
        "- 1 article marked sensitive, not named",
        "| Killed | Range of claims 1 | Lowest and highest claim; best is the lower median of what the voices say |",
        "- Attackers that a claim includes are counted: yes",
        "## Number words: plain 1",
        "| dozens | 24+ |",
        "| Killed | 40 | 40 | 50 | 1 | 0 | 0 | 0 | range of claims 1 |",
        "| Injured | 3 | 3 | 3+ | 1 | 0 | 0 | 0 | range of claims 1 |",
        "- **A1. Dozens means 24 to 99** (open, 1 October 2022)",
        "  First line.",
        "- 1 note marked sensitive, not shown",
        "## Open questions",
    ] {
        assert!(note.lines().any(|found| found == line), "{line:?} is not in:\n{note}");
    }
    for hidden in ["Secret Courier", "Witness 7", "Names of the guards"] {
        assert!(!note.contains(hidden), "{hidden:?} is in:\n{note}");
    }
    assert_eq!(note, method_note(&project, &Derived::from_scratch(&project), "abc123"), "the same, line for line");
}

#[test]
fn the_note_of_an_empty_project_says_that_nothing_is_there() {
    let project = Project::titled("Empty");
    let note = method_note(&project, &Derived::default(), "");
    assert!(note.contains("Nobody has spoken of a number yet."), "{note}");
    assert!(note.contains("Not stated. Outside of days that were searched, silence says nothing."), "{note}");
}
