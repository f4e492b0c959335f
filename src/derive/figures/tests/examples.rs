//! The table of worked examples, row by row.
//!
//! A mark of conflict is compared only where a row is about it.

use super::bench::{Said, plain, say, sheet, total, work_out, written};
use crate::derive::figures::Range;
use crate::model::{ByHand, Class, Measure, Method, Methodology, Party, Quantity};

#[track_caller]
fn expect(wanted: &str, said: &[Said]) {
    let figure = total(Some("2022-09-10"), said, &plain());
    assert_eq!(written(&figure).trim_end_matches(" conflict"), wanted);
}

#[track_caller]
fn expect_by(method: Method, wanted: &str, said: &[Said]) {
    let mut sheet = sheet(method, "plain 1");
    sheet.ranks = vec!["UN".into()];
    let figure = total(Some("2022-09-10"), said, &sheet);
    assert_eq!(written(&figure).trim_end_matches(" conflict"), wanted);
}

#[test]
fn row_01_a_fulfilled_at_least_has_no_vote() {
    expect("3, 22, 22", &[say("x", "at least 3"), say("y", "22")]);
}

#[test]
fn row_02_a_floor_above_votes_and_opens() {
    expect("12, 12, open", &[say("army", "12"), say("UN", "at least 50")]);
}

#[test]
fn row_03_reprints_are_one_voice() {
    let said = [say("x", "10"), say("y", "14"), say("z", "30"), say("z", "30"), say("z", "30")];
    expect("10, 14, 30", &said);
}

#[test]
fn row_04_the_median_is_the_lower_one() {
    expect("10, 10, 30", &[say("x", "10"), say("y", "30")]);
}

#[test]
fn row_05_a_ceiling_lowers_where_it_contradicts() {
    expect("3, 3, 5", &[say("x", "at most 5"), say("y", "3")]);
    expect("0, 8, 8", &[say("x", "at most 5"), say("y", "8")]);
}

#[test]
fn row_06_a_claim_without_a_number_moves_nothing() {
    expect("1, 1, 1", &[say("Tajikistan", "?"), say("RIA", "1")]);
}

#[test]
fn row_07_words_are_read_by_the_table() {
    let said = [say("x", "dozens"), say("y", "42")];
    for (table, wanted) in [("plain 1", "24, 42, 42"), ("acled 1", "12, 42, 42"), ("airwars 1", "12, 12, 42")] {
        let figure = total(Some("2022-09-10"), &said, &sheet(Method::RangeOfClaims, table));
        assert_eq!(written(&figure).trim_end_matches(" conflict"), wanted, "{table}");
    }
}

#[test]
fn row_08_a_voice_says_what_it_said_last() {
    let said = [say("ministry", "24").on(1), say("ministry", "46").on(3), say("ministry", "59").on(5)];
    expect("59, 59, 59", &said);
}

#[test]
fn row_09_interim_reports_are_history_or_a_floor() {
    let lasted = Some("2022-09-10/2022-09-13");
    let ria = say("RIA", "1").on(0);
    let figure = total(lasted, &[ria, say("ministry", "59").on(6)], &plain());
    assert_eq!(written(&figure), "59, 59, 59");
    assert_eq!(written(&total(lasted, &[say("x", "42").on(0)], &plain())), "42, 42, open");
}

#[test]
fn row_10_additions_stand_on_their_base() {
    let x = say("x", "10");
    let y = say("y", "3").more_than(&x);
    expect("10, 10, 13", &[x.clone(), y.clone()]);
    expect("3, 3, open", &[x.aside(), y]);
}

#[test]
fn row_11_parts_lift_and_lower_nothing() {
    let children = |n| say("x", n).of("children");
    expect("5, 5, open", &[children("5"), say("y", "3").of("medics")]);
    expect("12, 12, 12", &[say("x", "12"), say("y", "1").of("children")]);
    let figure = total(None, &[say("x", "2"), say("y", "5").of("children")], &plain());
    assert_eq!(written(&figure), "5, 5, open conflict");
}

#[test]
fn row_12_classes_add_up_to_a_total() {
    let parts = [say("x", "4").of("A"), say("y", "3").of("civilians")];
    assert_eq!(written(&total(None, &parts, &plain())), "7, 7, 7");
    let with_total = [parts.to_vec(), vec![say("z", "5")]].concat();
    assert_eq!(written(&total(None, &with_total, &plain())), "7, 7, 7 conflict");
}

#[test]
fn row_13_an_open_part_opens_no_closed_total() {
    expect("50, 50, 50", &[say("x", "50"), say("y", "at least 3").of("civilians")]);
}

#[test]
fn row_14_sides_lie_above_a_word() {
    let said = [say("TRT", "dozens"), say("ministry", "42").of("A all"), say("RIA", "3").of("B")];
    expect("45, 45, 45", &said);
}

fn estimate(low: Option<u64>, best: u64, high: Option<u64>, class: &str) -> Said {
    let mut said = say("GED", "0").of(class);
    said.claim.quantity = Quantity::Estimate { low, best: Some(best), high };
    said
}

#[test]
fn row_15_estimates_of_classes_move_no_claimed_total() {
    let row = [
        estimate(Some(8), 12, Some(20), "total"),
        estimate(None, 3, None, "A"),
        estimate(None, 2, None, "B"),
        estimate(None, 7, None, "civilians"),
        estimate(None, 0, None, "unknown"),
    ];
    expect("8, 12, 20", &row);
    expect("5, 3, 4 flagged", &[estimate(Some(5), 3, Some(4), "total")]);
    expect("3, 3, 7", &[estimate(Some(5), 3, Some(4), "total"), say("x", "7")]);
}

#[test]
fn row_16_some_voices_only_raise_the_high() {
    let killed_enemies = say("army", "50").of("B").party(Party::A);
    let figures = work_out(None, &[], &[killed_enemies, say("hospital", "4").of("B")], &plain());
    let b = figures[&Measure::Killed].get(&Class::from_key("B").expect("a class")).expect("claimed");
    assert_eq!(written(b), "4, 4, 50 conflict");
    expect("3, 3, 20", &[say("x", "3"), say("y", "20").feared()]);
    let alone = total(None, &[say("y", "20").feared()], &plain());
    assert_eq!(written(&alone), "20, 20, 20");
    assert!(alone.marks.high_only);
}

#[test]
fn row_17_the_high_is_lifted_to_what_is_below_it() {
    expect_by(Method::JudgedBest, "5, 12, 12", &[say("x", "5").info(3), say("y", "at least 12").info(1)]);
    expect_by(Method::NamedFloor, "15, 15, 15", &[say("n", "15").names(), say("x", "10"), say("y", "12")]);
}

#[test]
fn row_18_newest_majority_and_hierarchy() {
    let reports = [say("x", "9").on(1), say("y", "14").on(2), say("z", "12").on(2)];
    expect_by(Method::NewestMajorityLowest, "12, 12, 12", &reports);
    let votes = [say("a", "9"), say("b", "9"), say("c", "12"), say("d", "12"), say("e", "20")];
    expect_by(Method::Majority, "9, 9, 12", &votes);
    expect_by(Method::SourceHierarchy, "5, 5, open", &[say("UN", "at least 5"), say("x", "9")]);
}

#[test]
fn row_19_about_and_two_floors() {
    expect("58, ~60, 70", &[say("x", "at least 58"), say("y", "up to 70"), say("z", "around 60")]);
    expect("15, 15, open", &[say("x", "at least 15"), say("y", "more than 60")]);
}

#[test]
fn conservative_and_authority_follow_their_rules() {
    let said = [say("x", "10"), say("UN", "14").on(2), say("UN", "20").on(1)];
    expect_by(Method::Conservative, "10, 10, 14", &said);
    let mut authority = sheet(Method::LatestOfAuthority, "plain 1");
    authority.authority = "un".into();
    assert_eq!(written(&total(None, &said, &authority)).trim_end_matches(" conflict"), "14, 14, 14");
    authority.authority = "nobody".into();
    assert_eq!(written(&total(None, &said, &authority)).trim_end_matches(" conflict"), "unknown");
}

#[test]
fn a_figure_by_hand_replaces_its_class_and_a_hand_total_is_not_joined() {
    let hand = |class: &str, n: u64| {
        ByHand::new(Measure::Killed, Class::from_key(class).expect("a class"), (n, Some(n), Some(n)), "seen", "coder 1")
    };
    let said = [say("x", "4").of("A"), say("y", "3").of("civilians")];
    let with = |hand: ByHand| {
        let mut figures = work_out(None, &[hand], &said, &plain());
        written(&figures.remove(&Measure::Killed).expect("spoken of").total)
    };
    assert_eq!(with(hand("A", 9)), "12, 12, 12");
    assert_eq!(with(hand("total", 2)), "2, 2, 2");
}

#[test]
fn a_figure_by_hand_is_marked_while_its_claims_give_something_else_and_another_method_marks_nothing() {
    let marked = |gave: Option<&str>, said: &[Said], sheet: &Methodology| {
        let hand = ByHand {
            measure: Measure::Killed,
            class: Class::TOTAL,
            low: 7,
            best: Some(7),
            high: Some(7),
            reason: "seen".into(),
            name: "coder 1".into(),
            claims_gave: gave.map(|gave| Quantity::parse(gave).expect("a quantity")),
        };
        let mut figures = work_out(None, &[hand], said, sheet);
        let figure = figures.remove(&Measure::Killed).expect("spoken of").total;
        assert_eq!(figure.value.range(), Some(Range::exact(7)), "the figure stays as it was set");
        figure.marks.claims_changed.then(|| figure.working.steps.last().cloned().unwrap_or_default())
    };
    let said = [say("x", "4"), say("y", "9")];
    assert_eq!(marked(Some("4 (4-9)"), &said, &plain()), None);
    assert_eq!(marked(Some("4 (4-9)"), &said, &sheet(Method::Conservative, "airwars 1")), None);
    assert_eq!(marked(None, &said, &plain()), None, "nobody noted what they gave");
    let told = "Claims changed since: they gave 4 (4–9) when it was set, and give 4 now";
    assert_eq!(marked(Some("4 (4-9)"), &said[..1], &plain()).as_deref(), Some(told));
    let told = "Claims changed since: they gave no number when it was set, and give 4 (4–9) now";
    assert_eq!(marked(Some("?"), &said, &plain()).as_deref(), Some(told));
    assert_eq!(marked(Some("?"), &[say("x", "?")], &plain()), None);
}

#[test]
fn silence_an_unknown_and_a_zero_are_three_things() {
    expect("no claim", &[]);
    expect("unknown", &[say("x", "?")]);
    expect("0, 0, 0", &[say("x", "none")]);
    expect("no claim", &[say("x", "7").aside()]);
    expect("no claim", &[say("x", "7").denied()]);
}

#[test]
fn a_denial_marks_a_conflict_and_a_wider_total_is_shown_only() {
    let denied = total(Some("2022-09-10"), &[say("x", "7"), say("y", "7").denied()], &plain());
    assert_eq!(written(&denied), "7, 7, 7 conflict");
    let wide = say("UN", "200").since(Some(super::bench::day(-5)));
    expect("7, 7, 7", &[say("x", "7"), wide]);
    expect("7, 7, 8", &[say("x", "7"), say("UN", "8").since(Some(super::bench::day(0)))]);
}

#[test]
fn a_chain_of_additions_that_bites_its_tail_is_a_floor() {
    let mut a = say("a", "3");
    let b = say("b", "4").more_than(&a);
    a = a.more_than(&b);
    let figure = total(None, &[a, b], &plain());
    assert!(figure.value.range().expect("numbers were given").high.is_none());
}

#[test]
fn attackers_are_left_out_where_the_switch_says_so() {
    let mut said = say("police", "12");
    said.claim.attackers = 2;
    let mut sheet = plain();
    assert_eq!(written(&total(None, std::slice::from_ref(&said), &sheet)), "12, 12, 12");
    sheet.count_attackers = false;
    assert_eq!(written(&total(None, &[said], &sheet)), "10, 10, 10");
}
