use super::*;
use crate::model::{Claim, ClaimId, Class, EventId, Quantity, Records, Status};
use jiff::civil::date;
use proptest::prelude::*;

/// A project of one event with this text in each editable column that takes it.
fn project_of(event: Event, claims: &[(Measure, &str)]) -> Project {
    let mut project = Project::titled("Test");
    for (at, (measure, quantity)) in claims.iter().enumerate() {
        let quantity = Quantity::parse(quantity).expect("a quantity");
        let mut claim = Claim::new(event.id, measure.clone(), Class::TOTAL, quantity);
        claim.id = format!("c-{at}").parse::<ClaimId>().expect("an id");
        claim.speaker = format!("speaker {at}").into();
        project.claims.push(claim).expect("a free id");
    }
    project.events = Records::from_list([event]).0;
    project
}

fn event() -> Event {
    Event::new("e-1".parse::<EventId>().expect("an id"))
}

fn with_row<R>(project: &Project, ask: impl FnOnce(&Row<'_>) -> R) -> R {
    let derived = Derived::from_scratch(project);
    let event = project.events.iter().next().expect("an event");
    ask(&Row { project, derived: &derived, event, today: date(2022, 9, 20) })
}

/// The text of a column after one text was typed into another.
fn typed(project: &Project, column: &str, text: &str) -> Result<Event, String> {
    with_row(project, |row| Column::of(column).expect("a column").parse(row, text))
}

fn hand(project: &Project, column: &str, text: &str) -> Result<(u64, Option<u64>, Option<u64>), String> {
    let event = typed(project, column, text)?;
    let hand = event.hand(&Measure::Killed, &Class::TOTAL).ok_or("no figure by hand")?;
    Ok((hand.low, hand.best, hand.high))
}

#[test]
fn every_column_says_what_it_is() {
    let mut ids = std::collections::BTreeSet::new();
    for column in COLUMNS {
        assert!(ids.insert(column.id), "{} stands twice", column.id);
        assert!(!column.title.is_empty() && !column.name.is_empty() && column.help.len() > 8, "{}", column.id);
        assert!(column.width >= 48.0 && column.width.fract() == 0.0, "{}", column.id);
        assert_eq!(column.is_editable(), column.kind != Kind::Fact, "{}", column.id);
        assert_eq!(column.kind == Kind::Choice, column.choices.is_some(), "{}", column.id);
    }
    let frozen = COLUMNS.iter().take_while(|column| column.frozen).count();
    assert!(COLUMNS[frozen..].iter().all(|column| !column.frozen), "frozen columns come first");
}

#[test]
fn what_a_column_shows_can_be_typed_back() {
    let texts = [
        ("when", "2022-09-14/2022-09-17"),
        ("title", "Shelling of the bridge"),
        ("place", "Ak-Sai"),
        ("adm1", "Batken"),
        ("country", "Kyrgyzstan"),
        ("kind", "shelling"),
        ("side_a", "Army"),
        ("side_b", "Border guards"),
        ("killed", "12 (8-20)"),
        ("injured", "4-? (no best)"),
        ("missing", "3+"),
        ("status", "excluded: same as another"),
        ("tags", "bridge, night"),
        ("coordinates", "40.0625123, 70.81939155"),
        ("precision", "near"),
    ];
    let mut project = project_of(event(), &[(Measure::Captured, "5-9"), (Measure::Casualties, "?")]);
    for (column, text) in texts {
        let next = typed(&project, column, text).unwrap_or_else(|why| panic!("{column}: {why}"));
        project.events = Records::from_list([next]).0;
    }
    let before = project.events.iter().next().expect("an event").clone();
    with_row(&project, |row| {
        for column in COLUMNS.iter().filter(|column| column.is_editable()) {
            let text = column.text(row);
            if text == figures::UNKNOWN {
                continue;
            }
            // What is there already asks for no reason and changes nothing, but an empty figure has nothing to keep.
            let after = column.parse(row, &text).unwrap_or_else(|why| panic!("{}: “{text}”: {why}", column.id));
            assert_eq!(after, *before, "{}: “{text}”", column.id);
        }
        assert_eq!(Column::of("coordinates").expect("a column").text(row), "40.0625123, 70.81939155");
        assert_eq!(Column::of("killed.high").expect("a column").text(row), "20");
        assert_eq!(Column::of("missing").expect("a column").text(row), "3");
    });
}

#[test]
fn a_best_figure_keeps_low_and_high_around_it() {
    let project = project_of(event(), &[(Measure::Killed, "8"), (Measure::Killed, "20")]);
    assert_eq!(hand(&project, "killed", "15"), Ok((8, Some(15), Some(20))));
    assert_eq!(hand(&project, "killed", "5"), Ok((5, Some(5), Some(20))));
    assert_eq!(hand(&project, "killed", "30"), Ok((8, Some(30), Some(30))));
    let open = project_of(event(), &[(Measure::Killed, "3+")]);
    assert_eq!(hand(&open, "killed", "5"), Ok((3, Some(5), None)));
    assert_eq!(hand(&project_of(event(), &[]), "killed", "15"), Ok((15, Some(15), Some(15))));
}

#[test]
fn a_range_typed_into_best_sets_all_three() {
    let project = project_of(event(), &[(Measure::Killed, "100")]);
    assert_eq!(hand(&project, "killed", "12 (8-20)"), Ok((8, Some(12), Some(20))));
    assert_eq!(hand(&project, "killed", "10-14"), Ok((10, Some(10), Some(14))));
    assert_eq!(hand(&project, "killed", "12+"), Ok((12, Some(12), None)));
    assert_eq!(hand(&project, "killed", ">12"), Ok((13, Some(13), None)));
    assert_eq!(hand(&project, "killed", "8-? (no best)"), Ok((8, None, None)));
    assert_eq!(hand(&project, "killed", "dozens"), Ok((24, Some(24), None)));
}

#[test]
fn a_figure_that_is_no_figure_by_hand_is_refused_with_a_way_out() {
    let project = project_of(event(), &[(Measure::Killed, "10")]);
    for (column, text, hint) in [
        ("killed", "?", "Delete"),
        ("killed", "~12", "12 (low-high)"),
        ("killed", "12 (15-20)", "out of order"),
        ("killed.low", "11", "into best"),
        ("killed.high", "9", "into best"),
        ("killed.low", "1-2", "one number"),
    ] {
        let why = hand(&project, column, text).expect_err(text);
        assert!(why.contains(hint), "{text}: {why}");
    }
}

#[test]
fn low_and_high_are_set_one_by_one() {
    let project = project_of(event(), &[(Measure::Killed, "8"), (Measure::Killed, "20")]);
    assert_eq!(hand(&project, "killed.low", "2"), Ok((2, Some(8), Some(20))));
    assert_eq!(hand(&project, "killed.high", "25"), Ok((8, Some(8), Some(25))));
    assert_eq!(hand(&project, "killed.high", "8+"), Ok((8, Some(8), None)));
}

#[test]
fn clearing_a_figure_goes_back_to_the_claims() {
    let mut project = project_of(event(), &[(Measure::Killed, "8")]);
    let mut set = typed(&project, "killed", "15").expect("a figure");
    assert!(Column::lacks_reason(&set));
    set.by_hand[0].reason = "Morgue list".into();
    project.events = Records::from_list([set]).0;
    let killed = Column::of("killed").expect("a column");
    with_row(&project, |row| {
        assert_eq!(killed.read(row).spoken(), "15, set by hand");
        assert_eq!(
            killed.tip(row).as_deref(),
            Some("Set by hand by somebody: Morgue list\nThe claims alone would say 8")
        );
        let cleared = killed.parse(row, "").expect("cleared");
        assert_eq!(cleared, event());
    });
    let mut more = project_of(event(), &[(Measure::Killed, "8"), (Measure::Killed, "20")]);
    more.events = project.events.clone();
    with_row(&more, |row| {
        assert_eq!(killed.read(row).spoken(), "15, set by hand, claims changed since");
        let tip = killed.tip(row).unwrap_or_default();
        assert!(tip.contains("they gave 8 when it was set, and give 8 (8–20) now"), "{tip}");
        let anew = killed.parse(row, "16").expect("set anew");
        assert_eq!(anew.by_hand[0].claims_gave.as_ref().map(ToString::to_string).as_deref(), Some("8 (8-20)"));
    });
}

#[test]
fn a_figure_tells_by_which_rule_and_of_which_claims_it_was_made() {
    let project = project_of(event(), &[(Measure::Killed, "8"), (Measure::Killed, "20"), (Measure::Injured, "?")]);
    with_row(&project, |row| {
        for column in ["killed.low", "killed", "killed.high"] {
            let tip = Column::of(column).expect("a column").tip(row).expect("a tip");
            assert!(tip.starts_with("8 (8–20)\nRange of claims 1, of "), "{tip}");
            assert!(tip.contains("Rests on ") && tip.contains("Voices contradict each other"), "{tip}");
        }
        let injured = Column::of("injured").expect("a column").tip(row).expect("a tip");
        assert!(injured.contains("1 claim not counted"), "{injured}");
        assert_eq!(Column::of("missing").and_then(|column| column.tip(row)), None);
    });
}

#[test]
fn figures_are_shown_with_their_signs() {
    let show = |claims: &[(Measure, &str)], column: &str| {
        with_row(&project_of(event(), claims), |row| Column::of(column).expect("a column").read(row).text)
    };
    assert_eq!(show(&[(Measure::Killed, "1234")], "killed"), "1,234");
    assert_eq!(show(&[(Measure::Killed, "?")], "killed"), "?");
    assert_eq!(show(&[], "killed"), "–");
    assert_eq!(show(&[(Measure::Killed, "~40")], "killed"), "~40");
    assert_eq!(show(&[(Measure::Killed, "12+")], "killed.high"), "12+");
    assert_eq!(show(&[(Measure::Killed, "<=5")], "killed"), "no best");
}

#[test]
fn words_of_a_list_are_read_in_any_case_and_others_refused() {
    let project = project_of(event(), &[]);
    assert_eq!(&*typed(&project, "kind", "Shelling").expect("a kind").kind, "shelling");
    assert!(typed(&project, "kind", "picnic").expect_err("no kind").contains("codebook"));
    assert_eq!(typed(&project, "status", "REVIEWED").expect("a status").status, Status::Reviewed);
    assert!(typed(&project, "status", "excluded").expect_err("no reason").contains("why"));
    assert!(typed(&project, "status", "").is_err());
    assert!(typed(&project, "precision", "exactly").is_err());
    assert!(typed(&project, "coordinates", "91, 0").is_err());
    assert!(typed(&project, "coordinates", "40,06, 70,82").is_err());
    assert!(typed(&project, "id", "e-2").is_err());
}

#[test]
fn what_has_no_value_sorts_last_both_ways() {
    let mut keys = vec![Key::Empty, Key::Number(2), Key::Unknown, Key::Number(7)];
    keys.sort_by(|a, b| a.order(b, false));
    assert_eq!(keys, [Key::Number(2), Key::Number(7), Key::Unknown, Key::Empty]);
    keys.sort_by(|a, b| a.order(b, true));
    assert_eq!(keys, [Key::Number(7), Key::Number(2), Key::Unknown, Key::Empty]);
}

proptest! {
    /// Whatever is typed into a figure, its low, best and high come out in order, or it is refused.
    #[test]
    fn a_figure_by_hand_is_always_in_order(
        low in 0_u64..50, span in 0_u64..50, text in "[0-9]{1,3}(\\+| \\([0-9]{1,2}-[0-9]{1,3}\\)|-[0-9]{1,3})?",
        column in prop::sample::select(vec!["killed.low", "killed", "killed.high"]),
    ) {
        let claim = if span == 0 { low.to_string() } else { format!("{low}-{}", low + span) };
        let project = project_of(event(), &[(Measure::Killed, &claim)]);
        if let Ok(event) = typed(&project, column, &text) {
            prop_assert!(event.by_hand.iter().all(crate::model::ByHand::in_order));
        }
    }

    #[test]
    fn grouping_only_adds_commas(n in any::<u64>()) {
        let text = grouped(n);
        prop_assert_eq!(text.replace(',', ""), n.to_string());
        prop_assert!(text.split(',').skip(1).all(|group| group.len() == 3));
    }
}
