//! The claim bar in the real workbench: how many keys a claim costs, and that no guess slips through.

use std::path::PathBuf;

use dateline::app::App;
use dateline::edit::Edit;
use dateline::file;
use dateline::model::{
    Article, Claim, Class, Event as Incident, EventDate, Measure, Moment, Project, Quantity, Quote, Scope,
};
use dateline::ui::theme;
use egui::{Event, Key, Modifiers, Pos2, Rect, Role, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::app;

/// A workbench whose keys are counted, modifiers as keys of their own.
struct Bench {
    harness: Harness<'static, App>,
    keys: usize,
    _folder: tempfile::TempDir,
}

/// One article with these paragraphs, published on Wednesday 7 May 2031.
fn with_text(text: &str) -> Project {
    let mut article = Article::new("a1".parse().expect("an id"), "Shells hit a market town", text);
    article.publisher = "River Gazette".into();
    article.published = Moment::parse("2031-05-07").ok();
    Edit::AddArticles(vec![article]).apply(&Project::default()).expect("an article")
}

impl Bench {
    fn new(project: &Project) -> Self {
        Self::sized([1440.0, 900.0], project)
    }

    fn sized(size: [f32; 2], project: &Project) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("case.ron");
        std::fs::write(&path, file::write(project)).expect("a writable folder");
        let mut harness = app::sized(size, Some(&path), []);
        // In a narrow window the list of articles is put away.
        let hidden = harness.query_by_label_contains("Shells hit a market town, River").is_none();
        if hidden {
            harness.key_press_modifiers(Modifiers::COMMAND, Key::B);
            harness.run_steps(4);
        }
        harness.get_by_label_contains("Shells hit a market town, River").click();
        harness.run_steps(4);
        if hidden {
            harness.key_press_modifiers(Modifiers::COMMAND, Key::B);
            harness.run_steps(8);
        }
        Self { harness, keys: 0, _folder: folder }
    }

    fn project(&self) -> Project {
        self.harness.state().project().expect("a project is open").clone()
    }

    fn claims(&self) -> Vec<Claim> {
        self.project().claims.iter().map(|claim| (**claim).clone()).collect()
    }

    fn says(&self, text: &str) -> bool {
        self.harness.query_all_by_label_contains(text).next().is_some()
    }

    fn is_open(&self) -> bool {
        self.harness.query_by_label("Cancel").is_some()
    }

    fn chord(&mut self, modifiers: Modifiers, key: Key) {
        let held = [modifiers.alt, modifiers.shift, modifiers.command].iter().filter(|held| **held).count();
        self.keys += 1 + held;
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_steps(4);
    }

    fn press(&mut self, key: Key) {
        self.chord(Modifiers::NONE, key);
    }

    fn write(&mut self, text: &str) {
        for letter in text.chars() {
            self.keys += 1;
            self.harness.event(Event::Text(letter.to_string()));
        }
        self.harness.run_steps(4);
    }

    fn width(&self, words: &str) -> f32 {
        let font = theme::READER.resolve(&self.harness.ctx.global_style());
        self.harness.ctx.fonts_mut(|f| f.layout_no_wrap(words.to_owned(), font, egui::Color32::BLACK).size().x)
    }

    /// Selects words by the mouse: those of a paragraph that stand behind `before`, on its first line.
    fn select(&mut self, paragraph: &str, before: &str, words: &str) {
        let rect = self.harness.get_by_label(paragraph).rect();
        let at = |x: f32| pos2(rect.left() + x, rect.top() + 11.0);
        let (from, to) = (at(self.width(before) + 1.0), at(self.width(&format!("{before}{words}"))));
        self.drag(from, to);
    }

    fn drag(&mut self, from: Pos2, to: Pos2) {
        let harness = &mut self.harness;
        harness.hover_at(from);
        harness.drag_at(from);
        harness.hover_at(from.lerp(to, 0.5));
        harness.hover_at(to);
        let button = egui::PointerButton::Primary;
        harness.event(Event::PointerButton { pos: to, button, pressed: false, modifiers: Modifiers::NONE });
        harness.run_steps(4);
    }

    fn save(&mut self, name: &str) {
        self.harness.run_steps(8);
        let picture = self.harness.render().expect("a picture");
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("claim_bar");
        raster::save_png(&picture, folder.join(format!("{name}.png"))).expect("a place for pictures");
    }

    fn rect(&self, label: &str) -> Rect {
        self.harness.get_by_label(label).rect()
    }
}

const PLAIN: &str = "42 people were killed on Tuesday, the ministry said.";

#[test]
fn a_claim_whose_words_say_everything_costs_its_letter_and_enter() {
    let mut bench = Bench::new(&with_text(PLAIN));
    bench.select("Paragraph 1 of 1", "", "42 people were killed");
    bench.press(Key::K);
    bench.press(Key::Enter);
    assert_eq!(bench.keys, 2, "and N before, where the words are found");
    let claims = bench.claims();
    let [claim] = claims.as_slice() else { panic!("one claim: {claims:?}") };
    assert_eq!((claim.measure.clone(), claim.quantity.clone()), (Measure::Killed, Quantity::Exactly(42)));
    let event = bench.project().events.get(claim.event).expect("its event").clone();
    assert_eq!(event.when, EventDate::parse("2031-05-06").ok());
}

#[test]
fn one_correction_costs_at_most_nine_keys() {
    // The number.
    let mut bench = Bench::new(&with_text(PLAIN));
    bench.select("Paragraph 1 of 1", "", "42 people were killed");
    bench.press(Key::K);
    bench.write("~45");
    bench.press(Key::Enter);
    assert_eq!(bench.claims()[0].quantity, Quantity::About(45));
    assert!(bench.keys < 9, "{} and N", bench.keys);

    // The day: the words name none, and it was the day before.
    let mut bench = Bench::new(&with_text("42 people were killed in Osh, the ministry said."));
    bench.select("Paragraph 1 of 1", "", "42 people were killed");
    bench.press(Key::K);
    bench.press(Key::Enter);
    assert!(bench.claims().is_empty() && bench.says("1 guess to confirm"));
    bench.press(Key::ArrowDown);
    bench.press(Key::Enter);
    let event = bench.project().events.iter().next().expect("an event").clone();
    assert_eq!(event.when, EventDate::parse("2031-05-06").ok());
    assert!(bench.keys < 9, "{} and N", bench.keys);
}

#[test]
fn each_guess_costs_one_deliberate_key_and_says_why_it_is_one() {
    let mut bench = Bench::new(&with_text("Dozens of people were killed in Osh, he said."));
    bench.select("Paragraph 1 of 1", "", "Dozens of people were killed");
    bench.press(Key::K);
    assert!(bench.says("3 guesses to confirm") && bench.says("word table plain 1"));
    bench.save("guesses");
    bench.press(Key::Enter);
    assert!(bench.claims().is_empty());
    assert!(bench.harness.get_by_label("Quantity (guess)").is_focused());
    bench.press(Key::Enter);
    assert!(bench.says("2 guesses to confirm") && bench.says("“he” says so"));
    assert!(bench.harness.get_by_label("Speaker (guess)").is_focused());
    bench.press(Key::Enter);
    assert!(bench.says("1 guess to confirm") && bench.says("only the day of publication"));
    assert!(bench.claims().is_empty());
    bench.press(Key::Enter);
    assert_eq!(bench.claims().len(), 1, "nothing is in doubt any more, and Enter was asked before");
    assert_eq!(bench.keys, 2 + 3);
}

#[test]
fn a_held_enter_confirms_nothing() {
    let mut bench = Bench::new(&with_text("Dozens of people were killed in Osh, he said."));
    bench.select("Paragraph 1 of 1", "", "Dozens of people were killed");
    bench.press(Key::K);
    for _ in 0..10 {
        let (key, modifiers) = (Key::Enter, Modifiers::NONE);
        // Pressed again and again without being let go.
        bench.harness.event(Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers });
        bench.harness.run_steps(2);
    }
    assert!(bench.claims().is_empty() && bench.says("3 guesses to confirm"));
}

#[test]
fn tab_goes_through_guesses_first_and_typing_settles_one() {
    let mut bench = Bench::new(&with_text("Dozens of people were killed in Osh, he said."));
    bench.select("Paragraph 1 of 1", "", "Dozens of people were killed");
    bench.press(Key::K);
    bench.press(Key::Tab);
    assert!(bench.harness.get_by_label("Quantity (guess)").is_focused());
    bench.press(Key::Tab);
    assert!(bench.harness.get_by_label("Speaker (guess)").is_focused(), "the first one is confirmed");
    bench.write("Mayor");
    assert!(bench.harness.get_by_label("Speaker").is_focused(), "what is written is no guess");
    bench.press(Key::Enter);
    assert!(bench.says("1 guess to confirm") && bench.claims().is_empty());
    bench.press(Key::Enter);
    let claims = bench.claims();
    assert_eq!((&*claims[0].speaker, claims[0].quantity.clone()), ("Mayor", Quantity::Word("dozens".into())));
}

#[test]
fn a_mouse_confirms_with_a_button_of_its_own() {
    let mut bench = Bench::new(&with_text("42 people were killed in Osh, the ministry said."));
    bench.select("Paragraph 1 of 1", "", "42 people were killed");
    bench.press(Key::K);
    for _ in 0..3 {
        bench.harness.get_by_label("Add claim").click();
        bench.harness.run_steps(4);
        assert!(bench.claims().is_empty(), "the main button alone confirms nothing");
    }
    bench.harness.get_by_label("Confirm date").click();
    bench.harness.run_steps(4);
    assert_eq!(bench.claims().len(), 1);
}

/// The town was shelled on 6 May; another article says so already.
fn with_event(text: &str) -> Project {
    let mut event = Incident::new("e1".parse().expect("an id"));
    event.title = "Shelling of Osh".into();
    event.when = EventDate::parse("2031-05-06").ok();
    event.location.name = "Osh".into();
    let claim = Claim::new(event.id, Measure::Killed, Class::TOTAL, Quantity::Exactly(46));
    Edit::AddClaim { claim: Box::new(claim), new_event: Some(Box::new(event)) }
        .apply(&with_text(text))
        .expect("an event")
}

#[test]
fn a_second_source_is_attached_with_a_and_the_number_of_the_event() {
    let mut bench = Bench::new(&with_event("In Osh 46 people were killed on Tuesday, the ministry said."));
    bench.select("Paragraph 1 of 1", "In Osh ", "46 people were killed");
    bench.press(Key::A);
    assert!(bench.says("1 Shelling of Osh · same day, Osh, 46 killed"), "the row says what makes it similar");
    bench.save("attach");
    bench.press(Key::Num1);
    bench.press(Key::Enter);
    assert_eq!(bench.keys, 3);
    let claims = bench.claims();
    assert_eq!((claims.len(), bench.project().events.len()), (2, 1));
    assert_eq!((claims[1].measure.clone(), claims[1].event.as_str()), (Measure::Killed, "e1"));
}

#[test]
fn a_new_event_beside_one_that_is_much_alike_must_be_meant() {
    let mut bench = Bench::new(&with_event("In Osh 46 people were killed on Tuesday, the ministry said."));
    bench.select("Paragraph 1 of 1", "In Osh ", "46 people were killed");
    bench.press(Key::K);
    bench.press(Key::Enter);
    assert!(bench.claims().len() == 1 && bench.says("a new one? There is one"));
    bench.press(Key::Num0);
    bench.press(Key::Enter);
    assert_eq!((bench.claims().len(), bench.project().events.len()), (2, 2));
}

#[test]
fn a_figure_said_twice_becomes_one_claim_with_two_quotes() {
    let text = "In Osh 46 people were killed on Tuesday.\n\nThe 46 killed were buried on Tuesday.";
    let mut project = with_event(text);
    let mut claim = Claim::new("e1".parse().expect("an id"), Measure::Killed, Class::TOTAL, Quantity::Exactly(46));
    claim.quotes.extend(Quote::of("a1".parse().expect("an id"), text, 7, 28));
    project = Edit::AddClaim { claim: Box::new(claim), new_event: None }.apply(&project).expect("a claim");
    let mut bench = Bench::new(&project);
    bench.select("Paragraph 2 of 2", "The ", "46 killed");
    bench.press(Key::K);
    assert!(bench.says("S Same claim, second quote"));
    bench.save("same");
    bench.press(Key::Enter);
    assert!(bench.says("a second quote, or another claim?"));
    bench.press(Key::S);
    bench.press(Key::Enter);
    let claims = bench.claims();
    assert_eq!(claims.iter().map(|claim| claim.quotes.len()).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(&*claims[1].quotes[1].exact, "46 killed");
    bench.chord(Modifiers::COMMAND, Key::Z);
    assert_eq!(bench.claims()[1].quotes.len(), 1);
}

#[test]
fn more_is_added_to_a_claim_only_by_a_person() {
    let mut bench = Bench::new(&with_event("Three more people were killed in Osh on Tuesday, the ministry said."));
    bench.select("Paragraph 1 of 1", "", "Three more people were killed");
    bench.press(Key::A);
    bench.press(Key::Num1);
    bench.press(Key::Enter);
    assert!(bench.says("“Three more”: additional to 46 killed"), "it is proposed");
    assert!(bench.harness.get_by_label("Scope (guess)").is_focused());
    bench.save("more");
    bench.write("a");
    bench.press(Key::Enter);
    assert!(bench.claims().len() == 1 && bench.says("Of which claim"));
    bench.press(Key::Enter);
    let claims = bench.claims();
    assert_eq!(claims[1].scope, Scope::AdditionalTo(claims[0].id));
}

#[test]
fn an_addition_whose_base_counts_something_else_is_refused_with_the_reason() {
    let mut bench = Bench::new(&with_event("Three more people were killed in Osh on Tuesday, the ministry said."));
    bench.select("Paragraph 1 of 1", "", "Three more people were killed");
    bench.press(Key::A);
    bench.press(Key::Num1);
    bench.press(Key::Enter);
    bench.write("a");
    bench.harness.get_by_role_and_label(Role::TextInput, "Class").focus();
    bench.harness.run_steps(4);
    bench.chord(Modifiers::COMMAND, Key::A);
    bench.write("civilians");
    bench.press(Key::Enter);
    assert!(bench.claims().len() == 1 && bench.says("Choose the claim that it comes on top of"));
}

#[test]
fn an_event_without_a_figure_is_a_claim_with_an_unknown_number_or_only_an_event() {
    let text = "Shells fell in Osh on Tuesday. The army gave no information about deaths.";
    let mut bench = Bench::new(&with_text(text));
    bench.select("Paragraph 1 of 1", "Shells fell in Osh on Tuesday. ", "The army gave");
    bench.press(Key::E);
    assert!(bench.is_open());
    bench.harness.get_by_label("Quantity").focus();
    bench.harness.run_steps(2);
    assert_eq!(bench.harness.get_by_label("Quantity").value().as_deref(), Some("?"));
    for _ in 0..5 {
        bench.press(Key::Enter);
    }
    assert_eq!(bench.claims()[0].quantity, Quantity::Unknown);

    let mut bench = Bench::new(&with_text(text));
    let at = bench.rect("Paragraph 1 of 1").left_top() + egui::vec2(30.0, 11.0);
    bench.drag(at, at);
    bench.press(Key::E);
    assert!(bench.harness.query_by_label("Add this event").is_some_and(|_| bench.is_open()));
    bench.save("event-only");
    bench.press(Key::Enter);
    let project = bench.project();
    assert_eq!((project.claims.len(), project.events.len()), (0, 1));
    let event = project.events.iter().next().expect("an event");
    assert_eq!((event.when, &*event.location.name), (EventDate::parse("2031-05-06").ok(), "Osh"));
}

#[test]
fn at_the_smallest_window_the_bar_fits_into_the_reader_with_or_without_the_list() {
    let fields = ["Quantity", "Measure", "Class", "Speaker", "Reported", "Date of the event", "Place", "Add claim"];
    for list in [false, true] {
        let project = with_event("12 people were killed in Isfara on Tuesday, he said.");
        let mut bench = Bench::sized([1024.0, 700.0], &project);
        if list {
            bench.chord(Modifiers::COMMAND, Key::B);
            bench.harness.run_steps(8);
        }
        bench.select("Paragraph 1 of 1", "", "12 people were");
        bench.press(Key::K);
        bench.harness.run_steps(8);
        bench.save(&format!("small-{list}"));
        let reader = bench.harness.get_by_label_contains("Text of Shells").rect();
        for name in fields {
            let rect = bench.harness.query_all_by_label_contains(name).map(|node| node.rect());
            let rect = rect.rev().find(|rect| reader.x_range().contains(rect.center().x));
            let rect = rect.expect(name);
            assert!(reader.expand(0.5).contains_rect(rect), "{name} at {rect:?} is not inside {reader:?}");
        }
        // All fields: the bar stays as high as the reader, and its button in view.
        bench.chord(Modifiers::ALT, Key::M);
        bench.harness.run_steps(8);
        bench.save(&format!("small-{list}-more"));
        assert!(reader.contains_rect(bench.rect("Add claim")));
        bench.chord(Modifiers::ALT, Key::M);
        assert!(bench.harness.query_by_label("Comment").is_none());
    }
}

#[test]
fn the_bar_looks_as_it_should_in_both_themes() {
    for theme in ["Light theme", "Dark theme"] {
        for (size, name) in [([1440.0, 900.0], "wide"), ([1024.0, 700.0], "narrow")] {
            let text = "Dozens of people were killed in Osh on Tuesday, the Kyrgyz health ministry said.";
            let mut bench = Bench::sized(size, &with_event(text));
            bench.harness.get_by_role_and_label(Role::Button, "View").click();
            bench.harness.run_steps(4);
            let entry = bench.harness.query_all_by_label_contains(theme).last().expect("an entry");
            entry.click();
            bench.harness.run_steps(4);
            bench.select("Paragraph 1 of 1", "", "Dozens of people");
            bench.press(Key::K);
            let light = if theme.starts_with("Light") { "light" } else { "dark" };
            bench.save(&format!("{name}-{light}"));
            bench.press(Key::Enter);
            bench.save(&format!("{name}-{light}-guess"));
            bench.chord(Modifiers::ALT, Key::M);
            bench.save(&format!("{name}-{light}-more"));
            assert!(bench.is_open());
        }
    }
}

/// A click into the text, where the keys begin.
fn in_the_text(bench: &mut Bench, paragraph: &str) {
    let at = bench.rect(paragraph).left_top() + egui::vec2(2.0, 11.0);
    bench.drag(at, at);
}

#[test]
fn the_next_figure_becomes_a_claim_with_three_keys() {
    let mut bench = Bench::new(&with_text(PLAIN));
    in_the_text(&mut bench, "Paragraph 1 of 1");
    bench.press(Key::N);
    bench.press(Key::K);
    bench.press(Key::Enter);
    assert_eq!(bench.keys, 3);
    let claims = bench.claims();
    assert_eq!((claims.len(), claims[0].quantity.clone()), (1, Quantity::Exactly(42)));
    assert_eq!(&*claims[0].speaker, "ministry");
}

#[test]
fn the_next_figure_is_attached_with_four_keys() {
    let mut bench = Bench::new(&with_event("In Osh 46 people were killed on Tuesday, the ministry said."));
    in_the_text(&mut bench, "Paragraph 1 of 1");
    bench.press(Key::N);
    bench.press(Key::A);
    bench.press(Key::Num1);
    bench.press(Key::Enter);
    assert_eq!(bench.keys, 4);
    assert_eq!((bench.claims().len(), bench.project().events.len()), (2, 1));
}

#[test]
fn the_details_of_the_article_make_room_for_the_claim_bar() {
    let mut bench = Bench::new(&with_text(PLAIN));
    bench.harness.get_by_label("Details").click();
    bench.harness.run_steps(4);
    assert!(bench.says("Archived copy"));
    bench.chord(Modifiers::COMMAND, Key::Num2);
    bench.press(Key::N);
    bench.press(Key::K);
    assert!(bench.is_open() && !bench.says("Archived copy"));
}
