//! What helps to read: search in the text, the strip at its edge, overlapping claims, hidden characters, long texts.

use dateline::edit::Edit;
use dateline::model::{ArticleId, Claim, Class, Event as Incident, Measure, Project, Quantity, Quote};
use dateline::ui::theme::ThemeChoice;
use dateline::ui::{Pane, Target};
use egui::{Event, Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::reading::{Room, article, open, open_with, press, save_in, type_text};

const TEXT: &str = "Shells hit Osh on Tuesday. 42 people were injured and 12 people were killed, the ministry said.\n\n\
Later, the OSH hospital counted dozens of wounded people.";

fn a1() -> ArticleId {
    "a1".parse().expect("an id")
}

fn of_text(text: &str) -> Project {
    Edit::AddArticles(vec![article("a1", "Shells", text, "2031-05-07")]).apply(&Project::default()).expect("an article")
}

fn place(text: &str, words: &str) -> usize {
    let byte = text.find(words).expect("words of the text");
    text[..byte].chars().count()
}

fn claim_on(project: &Project, text: &str, words: &str, measure: Measure, n: u64) -> Project {
    let event = "e1".parse().expect("an id");
    let new = (!project.events.contains(event)).then(|| Box::new(Incident::new(event)));
    let mut claim = Claim::new(event, measure, Class::TOTAL, Quantity::Exactly(n));
    let start = place(text, words);
    claim.quotes.extend(Quote::of(a1(), text, start, start + words.chars().count()));
    Edit::AddClaim { claim: Box::new(claim), new_event: new }.apply(project).expect("a claim")
}

fn focus(harness: &mut Harness<'_, Room>) {
    harness.state_mut().desk.wants_focus = Some(Pane::Reader);
    harness.run_steps(3);
}

fn selected(harness: &Harness<'_, Room>) -> String {
    let room = harness.state();
    let text = &room.session.project().articles.get(a1()).expect("there").text;
    let range = room.reader.selected();
    text.chars().skip(range.start).take(range.len()).collect()
}

fn find(harness: &mut Harness<'_, Room>, words: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run();
    type_text(harness, words);
}

#[test]
fn words_are_found_as_they_are_typed_and_walked_over() {
    let mut harness = open(of_text(TEXT));
    focus(&mut harness);
    find(&mut harness, "osh");
    assert!(harness.get_by_label("Find in text").is_focused());
    assert!(harness.query_by_label("1 of 2").is_some());
    assert_eq!(selected(&harness), "Osh");
    press(&mut harness, Key::Enter);
    assert!(harness.query_by_label("2 of 2").is_some());
    assert_eq!(selected(&harness), "OSH", "capitals do not matter");
    save_in(&mut harness, "aids", "find");
    press(&mut harness, Key::F3);
    assert_eq!(selected(&harness), "Osh", "around the end");
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    harness.run();
    assert_eq!(selected(&harness), "OSH");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Find in text").is_none());
    assert_eq!(selected(&harness), "OSH", "what was found stays selected");
    assert!(harness.get_by_label_contains("Text of Shells").is_focused());
    press(&mut harness, Key::F3);
    assert_eq!(selected(&harness), "Osh", "F3 goes on without the bar");
}

#[test]
fn words_that_are_not_there_are_told() {
    let mut harness = open(of_text(TEXT));
    focus(&mut harness);
    find(&mut harness, "bazaar");
    assert!(harness.query_by_label("Not found").is_some());
    assert_eq!(selected(&harness), "");
}

#[test]
fn ticks_at_the_edge_name_claims_and_open_figures_and_lead_there() {
    let text = format!("{TEXT}\n\n{}\n\nThree nurses were abducted.", "Nothing of note happened.\n\n".repeat(200));
    let project = claim_on(&of_text(&text), &text, "42 people were injured", Measure::Injured, 42);
    let mut harness = open(project);
    assert!(harness.query_by_label_contains("42 injured, the article itself").is_some());
    harness.get_by_label("Undecided: Three nurses").click();
    harness.run_steps(6);
    let start = place(&text, "Three nurses");
    assert_eq!(harness.state().reader.selected(), start..start);
    let count = text.lines().filter(|line| !line.is_empty()).count();
    assert!(harness.query_by_label(&format!("Paragraph {count} of {count}")).is_some(), "it is in view");
}

#[test]
fn o_turns_through_claims_on_the_same_words_and_enter_goes_to_the_one_meant() {
    let project =
        claim_on(&of_text(TEXT), TEXT, "42 people were injured and 12 people were killed", Measure::Casualties, 54);
    let project = claim_on(&project, TEXT, "42 people were injured", Measure::Injured, 42);
    let [wide, narrow] = project.claims.iter().map(|claim| claim.id).collect::<Vec<_>>()[..] else { panic!("two") };
    let mut harness = open(project);
    focus(&mut harness);
    for _ in 0..place(TEXT, "people") {
        harness.key_press(Key::ArrowRight);
    }
    harness.run();
    press(&mut harness, Key::O);
    assert_eq!(harness.state().desk.claim, Some(narrow));
    assert!(harness.query_by_label_contains("1 of 2 here: 42 injured").is_some());
    press(&mut harness, Key::O);
    assert_eq!(harness.state().desk.claim, Some(wide));
    save_in(&mut harness, "aids", "overlap");
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().desk.claim, Some(wide));
    assert_eq!(harness.state().shown, ["e1".parse().map(Target::Event).expect("an id")]);
}

#[test]
fn hidden_characters_are_seen_and_places_stay_right() {
    let text = "The army\u{202E} said\0 that 42\u{FEFF} people fled.\r\nOn Monday 12 people were killed.\r\n";
    for (choice, name) in [(ThemeChoice::Light, "hidden-light"), (ThemeChoice::Dark, "hidden-dark")] {
        let mut harness = open_with(of_text(text), choice);
        focus(&mut harness);
        press(&mut harness, Key::N);
        let first = harness.state().reader.selected();
        assert_eq!(first.end, place(text, " people") + 7, "{first:?}");
        press(&mut harness, Key::N);
        assert_eq!(selected(&harness), "12 people");
        save_in(&mut harness, "aids", name);
        press(&mut harness, Key::K);
        press(&mut harness, Key::Escape);
        let shown = harness.get_by_label("Paragraph 1 of 2").rect();
        assert!(shown.width() > 60.0 * 2.0 + 200.0, "the codes take room: {shown:?}");
    }
}

fn wheel(harness: &mut Harness<'_, Room>, points: f32) {
    harness.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, points),
        phase: egui::TouchPhase::Move,
        modifiers: Modifiers::NONE,
        source: egui::MouseWheelSource::Unknown,
    });
    harness.run_steps(3);
}

#[test]
fn a_megabyte_in_one_line_scrolls_with_only_what_is_in_view_laid_out() {
    let text = "At the river, twelve villagers were seen walking to the camp on the other side. ".repeat(12_500);
    let mut harness = open(of_text(&text));
    focus(&mut harness);
    let middle = harness.get_by_role(Role::Document).rect().center();
    harness.hover_at(middle);
    for _ in 0..6 {
        wheel(&mut harness, -900.0);
        assert!((1..12).contains(&harness.state().reader.laid_out()), "{}", harness.state().reader.laid_out());
    }
    harness.key_press_modifiers(Modifiers::COMMAND, Key::End);
    harness.run_steps(4);
    assert_eq!(harness.state().reader.selected().end, text.chars().count());
    assert!((1..12).contains(&harness.state().reader.laid_out()));
}

#[test]
fn ten_megabytes_open() {
    let text = "A long report of a long war, with nothing to be counted in it.\n".repeat(160_000);
    let mut harness = open(of_text(&text));
    focus(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::End);
    harness.run_steps(4);
    assert!(harness.query_by_label("Paragraph 160000 of 160000").is_some());
    assert!((1..60).contains(&harness.state().reader.laid_out()));
}

#[test]
fn the_text_grows_and_its_measure_stays() {
    let text = "Nothing of note happened on this day at the river. ".repeat(12);
    let mut harness = open(of_text(&text));
    let before = harness.get_by_label("Paragraph 1 of 1").rect();
    harness.state_mut().reader.set_text_size(13.0);
    harness.run();
    let small = harness.get_by_label("Paragraph 1 of 1").rect();
    assert!(small.width() < before.width() && small.height() < before.height(), "{before:?} {small:?}");
    let ratio = small.width() / before.width();
    assert!((ratio - 13.0 / 15.0).abs() < 0.06, "as many letters a line as before: {ratio}");
    assert_eq!(harness.state_mut().reader.pinch(1.05), 0.0, "a little is not yet a step");
    assert_eq!(harness.state_mut().reader.pinch(1.10), 1.0);
    assert_eq!(harness.state_mut().reader.pinch(0.5), -1.0);
}

#[test]
fn quotes_that_moved_are_listed_and_re_anchored_when_asked() {
    let project = claim_on(&of_text(TEXT), TEXT, "42 people were injured", Measure::Injured, 42);
    let project = claim_on(&project, TEXT, "12 people were killed", Measure::Killed, 12);
    let mut claims: Vec<Claim> = project.claims.iter().map(|claim| (**claim).clone()).collect();
    for quote in claims.iter_mut().flat_map(|claim| &mut claim.quotes) {
        (quote.start, quote.end) = (quote.start - 5, quote.end - 5);
    }
    claims[1].quotes[0].exact = "13 people were killed".into();
    let ids: Vec<_> = claims.iter().map(|claim| claim.id).collect();
    let moved = Edit::SetClaims { claims, what: "place".into() }.apply(&project).expect("a change");
    let mut harness = open(moved);
    assert!(harness.query_all_by_label_contains("2 quotes do not stand where they stood").next().is_some());
    harness.get_by_label("Show").click();
    harness.run();
    save_in(&mut harness, "aids", "lost");
    harness.get_by_label_contains("“13 people were killed”").click();
    harness.run();
    assert_eq!(harness.state().desk.claim, Some(ids[1]));
    let starts = |harness: &Harness<'_, Room>| {
        let project = harness.state().session.project();
        ids.iter().map(|id| project.claims.get(*id).expect("there").quotes[0].start).collect::<Vec<_>>()
    };
    let was = starts(&harness);
    harness.get_by_label("Re-anchor 1 quote").click();
    harness.run();
    assert_eq!(starts(&harness), [place(TEXT, "42 people"), was[1]], "only what stands once is moved");
    assert_eq!(harness.state().session.undo_label(), Some("Re-anchor 1 quote"));
    assert!(harness.query_all_by_label_contains("1 quote does not stand where it stood").next().is_some());
    assert!(harness.state_mut().session.undo().is_some());
    harness.run();
    assert_eq!(starts(&harness), was);
}
