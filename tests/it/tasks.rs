//! The day's tasks by the keyboard, with their keys counted: every press counts, a modifier counts once while it is
//! held. None of them opens a window that must be answered, and one undo takes each of them back.

use std::path::Path;

use dateline::app::App;
use dateline::edit::Edit;
use dateline::file;
use dateline::model::{
    Article, ByHand, Claim, Class, Event, EventDate, EventId, Measure, Moment, Project, Quantity, Quote,
};
use egui::{Event as Input, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::app;

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;

/// The workbench with its keys counted.
struct Desk {
    harness: Harness<'static, App>,
    keys: usize,
    held: Modifiers,
    _folder: tempfile::TempDir,
}

const TEXT: &str = "At least 42 people were killed on Tuesday at the market of Osh, the ministry said.";
const SECOND: &str = "The attack on the market of Osh on Tuesday left 45 people dead, the hospital said.";

fn id(text: &str) -> EventId {
    text.parse().expect("an id")
}

fn article(name: &str, headline: &str, text: &str) -> Article {
    let published = Moment::parse("2031-05-07").ok();
    Article { published, publisher: "Gazette".into(), ..Article::new(name.parse().expect("an id"), headline, text) }
}

/// Forty events of May 2031, the first two at one place, with claims on the first.
fn project() -> Project {
    let events: Vec<Event> = (0..40)
        .map(|n| {
            let mut event = Event::new(id(&format!("e-{n:02}")));
            event.when = EventDate::parse(&format!("2031-{:02}-{:02}", 1 + n / 20, 1 + n % 20)).ok();
            event.title = format!("Event {n}").into();
            event.location.name = if n % 4 == 0 { "Osh" } else { "Batken" }.into();
            event
        })
        .collect();
    let mut by_hand = events[0].clone();
    let figure =
        |best| ByHand::new(Measure::Killed, Class::TOTAL, (best, Some(best), Some(best)), "Morgue list", "Coder");
    by_hand.by_hand.push(figure(12));
    let first = article("a-1", "Shells hit a market", "Twelve people died, the council said.");
    let mut claim = Claim::new(events[1].id, Measure::Killed, Class::TOTAL, Quantity::Exactly(12));
    claim.quotes.extend(Quote::of(first.id, &first.text, 0, 18));
    let edits = [
        Edit::AddArticles(vec![first]),
        Edit::AddEvents { events, after: None },
        Edit::SetEvents { events: vec![by_hand.into()], what: "killed".into() },
        Edit::AddClaim { claim: Box::new(claim), new_event: None },
    ];
    edits.iter().try_fold(Project::default(), |project, edit| edit.apply(&project)).expect("a project")
}

impl Desk {
    fn open(project: &Project) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("case.ron");
        std::fs::write(&path, file::write(project)).expect("a writable folder");
        let harness = app::workbench(Some(Path::new(&path)), []);
        Self { harness, keys: 0, held: NONE, _folder: folder }
    }

    /// Presses a key; modifiers that are still held from the key before are not pressed again.
    fn press(&mut self, held: Modifiers, key: Key) {
        let new = |now: bool, before: bool| usize::from(now && !before);
        let was = self.held;
        self.keys += 1 + new(held.command, was.command) + new(held.shift, was.shift) + new(held.alt, was.alt);
        self.held = held;
        self.harness.key_press_modifiers(held, key);
        self.harness.run_steps(4);
        let asks = self.harness.query_all_by_role(egui::accesskit::Role::Dialog).next().is_some();
        assert!(!asks, "no window that must be answered");
    }

    fn write(&mut self, text: &str) {
        for letter in text.chars() {
            self.keys += 1;
            self.harness.event(Input::Text(letter.to_string()));
        }
        self.held = NONE;
        self.harness.run_steps(4);
    }

    /// What comes before the task, and is not counted.
    fn go(&mut self, keys: &[(Modifiers, Key)]) {
        for (held, key) in keys {
            self.press(*held, *key);
        }
        (self.keys, self.held) = (0, NONE);
    }

    fn project(&self) -> Project {
        self.harness.state().project().expect("a project").clone()
    }

    fn active(&self) -> String {
        let field = self.harness.get_by(|node| node.is_focused());
        field.accesskit_node().label().unwrap_or_default().to_string()
    }

    fn says(&self, text: &str) -> bool {
        self.harness.query_all_by_label_contains(text).next().is_some()
    }

    /// Walks to a column of the active row; not counted.
    fn walk_to(&mut self, name: &str) {
        self.go(&[(NONE, Key::Home)]);
        for _ in 0..40 {
            if self.active().starts_with(&format!("{name}: ")) {
                return;
            }
            self.go(&[(NONE, Key::ArrowRight)]);
        }
        panic!("no column {name}: {}", self.active());
    }

    /// Holds that one undo takes the task back.
    fn undo_restores(&mut self, before: &Project) {
        self.go(&[(CTRL, Key::Num3), (CTRL, Key::Z)]);
        assert_eq!(&self.project(), before, "one undo takes it back");
    }
}

/// A desk with the keyboard in the table, on the first row.
fn in_table(project: &Project) -> Desk {
    let mut desk = Desk::open(project);
    desk.go(&[(CTRL, Key::Num3), (CTRL, Key::Home)]);
    desk
}

fn with_article(text: &str) -> Project {
    let read = article("a-2", "A market was hit", text);
    Edit::AddArticles(vec![read]).apply(&project()).expect("an article")
}

/// A desk with the keyboard in the second article.
fn in_reader(project: &Project) -> Desk {
    let mut desk = Desk::open(project);
    desk.harness.get_by_label_contains("A market was hit, Gazette").click();
    desk.harness.run_steps(4);
    desk.go(&[(CTRL, Key::Num2), (CTRL, Key::Home)]);
    desk
}

#[test]
fn task_1_one_claim_is_recorded_by_three_keys() {
    let before = with_article(TEXT);
    let mut desk = in_reader(&before);
    desk.press(NONE, Key::N);
    desk.press(NONE, Key::K);
    desk.press(NONE, Key::Enter);
    let after = desk.project();
    let claim = after.claims.iter().find(|claim| claim.quotes.iter().any(|q| q.article.as_str() == "a-2"));
    let claim = claim.expect("a claim");
    assert_eq!((&claim.quantity, &*claim.speaker), (&Quantity::AtLeast(42), "ministry"));
    assert_eq!(desk.keys, 3);
    desk.undo_restores(&before);
}

#[test]
fn task_2_a_second_source_is_attached_by_four_keys() {
    let before = with_article(SECOND);
    let mut desk = in_reader(&before);
    desk.press(NONE, Key::N);
    desk.press(NONE, Key::A);
    desk.press(NONE, Key::Num1);
    desk.press(NONE, Key::Enter);
    assert!(desk.keys <= 4, "{} keys", desk.keys);
    let after = desk.project();
    assert_eq!(after.events.len(), before.events.len(), "no second event");
    assert_eq!(after.claims.len(), before.claims.len() + 1);
    desk.undo_restores(&before);
}

#[test]
fn task_3_from_a_number_to_its_words_and_back_by_one_key_each() {
    let mut desk = in_reader(&with_article(TEXT));
    desk.go(&[(CTRL, Key::Num3), (CTRL, Key::Home), (NONE, Key::ArrowDown)]);
    desk.walk_to("Killed, best");
    let article = |desk: &Desk| desk.harness.state().desk().article.map(|article| article.to_string());
    assert_eq!(article(&desk).as_deref(), Some("a-2"));
    desk.press(NONE, Key::F12);
    assert_eq!(desk.keys, 1);
    assert_eq!(article(&desk).as_deref(), Some("a-1"));
    desk.go(&[(Modifiers::ALT, Key::ArrowLeft)]);
    assert_eq!(article(&desk).as_deref(), Some("a-2"), "back where it began");
}

#[test]
fn task_4_a_figure_is_corrected_by_four_keys_and_the_total_moves() {
    let before = project();
    let mut desk = in_table(&before);
    desk.walk_to("Killed, best");
    assert!(desk.says("Killed in all events: 24"), "{}", desk.active());
    desk.write("15");
    desk.press(NONE, Key::Enter);
    desk.press(NONE, Key::Enter);
    assert!(desk.keys <= 4, "{} keys", desk.keys);
    assert_eq!(desk.project().events.get(id("e-00")).expect("there").by_hand[0].best, Some(15));
    assert!(desk.says("(+3)"), "the status bar tells what the change made of the total");
    desk.undo_restores(&before);
}

#[test]
fn task_5_a_place_is_filled_down_by_five_keys() {
    let before = project();
    let mut desk = in_table(&before);
    desk.walk_to("Place");
    desk.press(CTRL | SHIFT, Key::ArrowDown);
    desk.press(CTRL, Key::D);
    assert!(desk.keys <= 5, "{} keys", desk.keys);
    assert!(desk.project().events.iter().all(|event| &*event.location.name == "Osh"));
    desk.undo_restores(&before);
}

#[test]
fn task_6_a_day_becomes_a_month_by_eight_keys_and_stays_a_date() {
    let before = project();
    let mut desk = in_table(&before);
    desk.walk_to("When");
    desk.write("2031-03");
    desk.press(NONE, Key::Enter);
    assert!(desk.keys <= 8, "{} keys", desk.keys);
    let when = desk.project().events.get(id("e-00")).expect("there").when;
    assert_eq!(when.map(|when| when.to_string()).as_deref(), Some("2031-03"));
    desk.undo_restores(&before);
}

#[test]
fn task_7_place_and_month_are_filtered_and_their_total_read_by_six_keys() {
    let mut desk = in_table(&project());
    desk.walk_to("Place");
    desk.press(CTRL, Key::L);
    desk.press(NONE, Key::ArrowLeft);
    desk.press(NONE, Key::ArrowLeft);
    desk.press(CTRL, Key::L);
    assert!(desk.keys <= 6, "{} keys", desk.keys);
    assert!(desk.says("5 of 40"));
}

#[test]
fn task_9_a_note_is_taken_in_passing_and_the_keyboard_comes_back() {
    let before = project();
    let mut desk = in_table(&before);
    desk.press(CTRL, Key::J);
    desk.write("Counted once: same list as the hospital's");
    let text = desk.keys - 2;
    desk.press(CTRL, Key::Enter);
    assert_eq!(desk.keys - text, 4, "Ctrl+J and Ctrl+Enter");
    let after = desk.project();
    let note = after.notes.iter().next().expect("a note");
    assert_eq!(&*note.title, "Counted once: same list as the hospital's");
    assert!(!note.about.is_empty(), "linked to the event");
    assert!(desk.active().contains("Event Event 0"), "back in the table: {}", desk.active());
}

#[test]
fn task_10_two_rows_are_merged_by_six_keys() {
    let before = project();
    let mut desk = in_table(&before);
    desk.press(SHIFT, Key::Space);
    desk.press(SHIFT, Key::ArrowDown);
    desk.press(CTRL, Key::M);
    desk.press(NONE, Key::Enter);
    assert!(desk.keys <= 6, "{} keys", desk.keys);
    let after = desk.project();
    assert_eq!((after.events.len(), after.claims.len()), (before.events.len() - 1, before.claims.len()));
    desk.undo_restores(&before);
}
