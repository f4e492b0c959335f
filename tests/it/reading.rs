//! Reading and coding as a person does it: with the mouse, with the keyboard, in the list, the text and the claim bar.

use std::path::PathBuf;

use dateline::derive::Derived;
use dateline::edit::Edit;
use dateline::model::{
    Article, ArticleId, Claim, Class, Event as Incident, EventDate, EventId, Measure, Moment, Project, Quantity, Quote,
    Reading,
};
use dateline::session::Session;
use dateline::ui::article_list::ArticleList;
use dateline::ui::reader::Reader;
use dateline::ui::theme::{self, ThemeChoice};
use dateline::ui::{Action, Actions, Desk, Pane, Target, View};
use egui::{CentralPanel, Event, Frame, Key, Modifiers, Panel, Pos2, Role, Ui, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

/// The two panels with what the app would do around them.
pub(super) struct Room {
    pub(super) session: Session,
    pub(super) derived: Derived,
    pub(super) list: ArticleList,
    pub(super) reader: Reader,
    pub(super) desk: Desk,
    pub(super) said: Vec<String>,
    pub(super) shown: Vec<Target>,
    pub(super) other: Vec<Action>,
}

impl Room {
    fn new(project: Project) -> Self {
        let derived = Derived::from_scratch(&project);
        let article = project.articles.iter().next().map(|article| article.id);
        Self {
            session: Session::new(project, true),
            derived,
            list: ArticleList::default(),
            reader: Reader::default(),
            desk: Desk { article, ..Desk::default() },
            said: Vec::new(),
            shown: Vec::new(),
            other: Vec::new(),
        }
    }

    fn ui(&mut self, ui: &mut Ui) {
        let project = self.session.project().clone();
        let day = jiff::civil::date(2031, 5, 8);
        let view = View {
            project: &project,
            derived: &self.derived,
            revision: self.session.revision(),
            today: day,
            now: Moment::new(day),
            enter_edits: false,
        };
        let mut actions = Actions::new();
        let (list, reader, desk) = (&mut self.list, &mut self.reader, &mut self.desk);
        let side = Frame::new().fill(theme::tokens(ui).panel);
        Panel::left("list").exact_size(240.0).frame(side).show(ui, |ui| list.ui(ui, &view, desk, &mut actions));
        let page = Frame::new().fill(theme::tokens(ui).page);
        CentralPanel::default().frame(page).show(ui, |ui| reader.ui(ui, &view, desk, &mut actions));
        for action in actions {
            match action {
                Action::Edit(edit) => {
                    self.session.edit(&edit).expect("a change that may be made");
                    self.derived.advance(&project, self.session.project());
                }
                Action::Say(text) => self.said.push(text),
                Action::Show(Target::Article(id)) => self.desk.article = Some(id),
                Action::Show(target) => self.shown.push(target),
                other => self.other.push(other),
            }
        }
    }
}

const TEXT: &str = "RIVERTON, 7 May\n\n42 people were injured when shells fell in Osh on Tuesday, the ministry of health \
said. Dozens fled.\n\nNobody spoke of the dead. The army said that at least three soldiers were killed near the bridge, \
and gave no details.";

pub(super) fn article(id: &str, headline: &str, text: &str, published: &str) -> Article {
    let mut article = Article::new(id.parse().expect("an id"), headline, text);
    article.publisher = "River Gazette".into();
    article.published = Moment::parse(published).ok();
    article
}

fn project() -> Project {
    Edit::AddArticles(vec![
        article("a1", "Shells hit a market town", TEXT, "2031-05-07"),
        article("a2", "A quiet day at the river", "Nothing happened.", "2031-05-06"),
    ])
    .apply(&Project::default())
    .expect("two articles")
}

pub(super) fn open_with<'a>(project: Project, choice: ThemeChoice) -> Harness<'a, Room> {
    let mut harness = raster::builder([900.0, 700.0])
        .with_context_setup(theme::install)
        .with_max_steps(20)
        .with_step_dt(1.0 / 60.0)
        .build_ui_state(|ui, room: &mut Room| room.ui(ui), Room::new(project));
    choice.apply(&harness.ctx);
    harness.run();
    harness
}

pub(super) fn open<'a>(project: Project) -> Harness<'a, Room> {
    open_with(project, ThemeChoice::Light)
}

/// How wide words are in the text.
pub(super) fn width(harness: &Harness<'_, Room>, words: &str) -> f32 {
    let font = theme::READER.resolve(&harness.ctx.global_style());
    harness.ctx.fonts_mut(|fonts| fonts.layout_no_wrap(words.to_owned(), font, egui::Color32::BLACK).size().x)
}

/// The middle of the first row of a paragraph, so many points from its left.
pub(super) fn in_paragraph(harness: &Harness<'_, Room>, label: &str, x: f32) -> Pos2 {
    let rect = harness.get_by_label(label).rect();
    pos2(rect.left() + x, rect.top() + 11.0)
}

fn drag(harness: &mut Harness<'_, Room>, from: Pos2, to: Pos2) {
    harness.hover_at(from);
    harness.drag_at(from);
    harness.hover_at(from.lerp(to, 0.5));
    harness.hover_at(to);
    harness.event(Event::PointerButton {
        pos: to,
        button: egui::PointerButton::Primary,
        pressed: false,
        modifiers: Modifiers::NONE,
    });
    harness.run();
}

pub(super) fn press(harness: &mut Harness<'_, Room>, key: Key) {
    harness.key_press(key);
    harness.run();
}

pub(super) fn type_text(harness: &mut Harness<'_, Room>, text: &str) {
    for letter in text.chars() {
        harness.event(Event::Text(letter.to_string()));
    }
    harness.run();
}

fn select_injured(harness: &mut Harness<'_, Room>) {
    let end = width(harness, "42 people were injured");
    let (from, to) = (in_paragraph(harness, "Paragraph 2 of 3", 1.0), in_paragraph(harness, "Paragraph 2 of 3", end));
    drag(harness, from, to);
}

pub(super) fn claims(harness: &Harness<'_, Room>) -> Vec<Claim> {
    harness.state().session.project().claims.iter().map(|claim| (**claim).clone()).collect()
}

fn bar_is_open(harness: &Harness<'_, Room>) -> bool {
    harness.query_by_label("Add claim").is_some()
}

fn save(harness: &mut Harness<'_, Room>, name: &str) {
    save_in(harness, "reading", name);
}

pub(super) fn save_in(harness: &mut Harness<'_, Room>, folder: &str, name: &str) {
    let picture = harness.render().expect("a picture");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(folder);
    raster::save_png(&picture, folder.join(format!("{name}.png"))).expect("a place for pictures");
}

#[test]
fn words_dragged_over_and_one_key_and_enter_make_a_claim() {
    let mut harness = open(project());
    select_injured(&mut harness);
    assert_eq!(harness.state().reader.selected(), 17..39);
    press(&mut harness, Key::I);
    assert!(bar_is_open(&harness));
    press(&mut harness, Key::Enter);
    assert!(!bar_is_open(&harness));

    let made = claims(&harness);
    let [claim] = made.as_slice() else { panic!("one claim: {made:?}") };
    let quote = &claim.quotes[0];
    assert_eq!((&*quote.exact, quote.start, quote.end), ("42 people were injured", 17, 39));
    assert!(quote.matches(TEXT));
    assert_eq!((claim.measure.clone(), claim.quantity.clone()), (Measure::Injured, Quantity::Exactly(42)));
    assert_eq!((&*claim.words, &*claim.speaker), ("42", "ministry of health"));
    let room = harness.state();
    let event = room.session.project().events.get(claim.event).expect("its event");
    assert_eq!(event.when, EventDate::parse("2031-05-06").ok());
    assert_eq!(&*event.location.name, "Osh");
    assert_eq!((room.desk.event, room.desk.claim), (Some(event.id), Some(claim.id)));
    assert_eq!(room.said, ["Added 42 injured (ministry of health) to new event Osh"]);
    let article = room.session.project().articles.get(claim.article().expect("quoted")).expect("there");
    assert_eq!(article.reading, Reading::InWork);
    assert_eq!(room.session.undo_label(), Some("Add claim 42 injured"));
    // The keyboard is back in the text: another claim needs no click.
    assert!(harness.get_by_label_contains("Text of Shells").is_focused());
}

#[test]
fn the_keyboard_alone_selects_and_codes() {
    let mut harness = open(project());
    harness.state_mut().desk.wants_focus = Some(Pane::Reader);
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Home);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowDown);
    for _ in 0..4 {
        harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    }
    harness.run();
    assert_eq!(harness.state().reader.selected(), 17..39);
    press(&mut harness, Key::I);
    press(&mut harness, Key::Enter);
    assert_eq!(claims(&harness)[0].measure, Measure::Injured);
    press(&mut harness, Key::End);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Home);
    harness.run();
    assert!(harness.state().reader.selected().start == 17, "{:?}", harness.state().reader.selected());
}

#[test]
fn what_is_typed_over_the_quantity_is_what_is_recorded() {
    let mut harness = open(project());
    select_injured(&mut harness);
    press(&mut harness, Key::I);
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Tab);
    assert!(harness.get_by_label("Quantity").is_focused(), "Tab goes around inside the bar");
    type_text(&mut harness, "40-50");
    press(&mut harness, Key::Enter);
    assert_eq!(claims(&harness)[0].quantity, Quantity::Between(40, 50));
}

#[test]
fn a_letter_typed_at_once_begins_a_new_quantity() {
    let mut harness = open(project());
    select_injured(&mut harness);
    press(&mut harness, Key::I);
    type_text(&mut harness, "~45");
    assert_eq!(harness.get_by_label("Quantity").value().as_deref(), Some("~45"));
    press(&mut harness, Key::Enter);
    assert_eq!(claims(&harness)[0].quantity, Quantity::About(45));
}

#[test]
fn keys_that_arrive_in_one_frame_are_not_lost() {
    let mut harness = open(project());
    select_injured(&mut harness);
    let key = |key, pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE };
    harness.input_mut().events = vec![
        key(Key::I, true),
        Event::Text("i".into()),
        key(Key::I, false),
        Event::Text("~".into()),
        Event::Text("7".into()),
        key(Key::Enter, true),
        key(Key::Enter, false),
    ];
    harness.run();
    let made = claims(&harness);
    assert_eq!(made.iter().map(|claim| claim.quantity.clone()).collect::<Vec<_>>(), [Quantity::About(7)]);
}

#[test]
fn escape_closes_the_bar_and_changes_nothing() {
    let mut harness = open(project());
    select_injured(&mut harness);
    press(&mut harness, Key::I);
    press(&mut harness, Key::Escape);
    assert!(!bar_is_open(&harness) && claims(&harness).is_empty());
    assert_eq!(harness.state().reader.selected(), 17..39, "the words stay selected");
    assert!(harness.get_by_label_contains("Text of Shells").is_focused());
    press(&mut harness, Key::Escape);
    assert!(harness.state().reader.selected().is_empty());
}

#[test]
fn a_quantity_that_does_not_read_is_explained_in_the_bar() {
    let mut harness = open(project());
    select_injured(&mut harness);
    press(&mut harness, Key::I);
    press(&mut harness, Key::Tab);
    harness.get_by_label("Quantity").focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    type_text(&mut harness, "-3");
    press(&mut harness, Key::Enter);
    assert!(claims(&harness).is_empty());
    assert!(harness.query_by_label_contains("A count cannot be negative").is_some());
    assert!(harness.get_by_label("Quantity").is_focused());
    save(&mut harness, "mistake");
    type_text(&mut harness, "3");
    press(&mut harness, Key::Enter);
    assert_eq!(claims(&harness)[0].quantity, Quantity::Exactly(3), "the wrong text was selected, typing replaced it");
}

#[test]
fn a_class_that_the_codebook_does_not_name_is_told_before_it_is_made() {
    let mut harness = open(project());
    select_injured(&mut harness);
    press(&mut harness, Key::I);
    for (typed, told) in [("A all1", true), ("A all", false)] {
        harness.get_by_label("Class").focus();
        harness.run();
        harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        harness.run();
        type_text(&mut harness, typed);
        assert_eq!(harness.query_by_label_contains("is a new sub-group").is_some(), told, "{typed}");
    }
}

#[test]
fn alt_and_a_digit_choose_an_event_while_a_field_is_written() {
    let mut harness = open(with_event());
    select_injured(&mut harness);
    press(&mut harness, Key::I);
    harness.get_by_label("Class").focus();
    harness.run();
    let key =
        |pressed| Event::Key { key: Key::Num1, physical_key: None, pressed, repeat: false, modifiers: Modifiers::ALT };
    // The window system sends the digit as text, too.
    harness.input_mut().events = vec![key(true), Event::Text("1".into()), key(false)];
    harness.run();
    assert_eq!(harness.get_by_label("Class").value().as_deref(), Some("total"));
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().session.project().events.len(), 1, "no new event was made");
}

fn with_event() -> Project {
    let mut event = Incident::new("e1".parse().expect("an id"));
    event.title = "Shelling of Osh".into();
    event.when = EventDate::parse("2031-05-05").ok();
    event.location.name = "Osh".into();
    Edit::AddEvents { events: vec![event], after: None }.apply(&project()).expect("an event")
}

#[test]
fn a_digit_attaches_the_claim_to_an_event_that_is_there() {
    let mut harness = open(with_event());
    select_injured(&mut harness);
    press(&mut harness, Key::I);
    assert!(harness.query_by_label_contains("1 Shelling of Osh").is_some());
    press(&mut harness, Key::Num1);
    press(&mut harness, Key::Enter);
    let id: EventId = "e1".parse().expect("an id");
    assert_eq!(claims(&harness)[0].event, id);
    assert_eq!(harness.state().session.project().events.len(), 1);
    assert_eq!(harness.state().said, ["Added 42 injured (ministry of health) to Shelling of Osh"]);
}

#[test]
fn the_buttons_beside_the_words_do_what_the_keys_do() {
    let mut harness = open(project());
    select_injured(&mut harness);
    save(&mut harness, "hint");
    harness.get_by_label("Injured (I)").click();
    harness.run();
    assert!(bar_is_open(&harness));
    harness.get_by_label("Add claim").click();
    harness.run();
    assert_eq!(claims(&harness)[0].measure, Measure::Injured);
}

#[test]
fn double_and_triple_clicks_take_a_word_and_a_sentence_and_copy_takes_the_words() {
    let mut harness = open(project());
    let at = in_paragraph(&harness, "Paragraph 2 of 3", width(&harness, "42 peo"));
    let click = |harness: &mut Harness<'_, Room>| {
        harness.hover_at(at);
        harness.drag_at(at);
        harness.event(Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed: false,
            modifiers: Modifiers::NONE,
        });
        harness.step();
    };
    click(&mut harness);
    assert!(harness.state().reader.selected().is_empty());
    click(&mut harness);
    assert_eq!(harness.state().reader.selected(), 20..26, "people");
    click(&mut harness);
    let range = harness.state().reader.selected();
    let sentence: String = TEXT.chars().skip(range.start).take(range.len()).collect();
    assert_eq!(sentence, "42 people were injured when shells fell in Osh on Tuesday, the ministry of health said.");
    harness.input_mut().events.push(Event::Copy);
    harness.step();
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert_eq!(copied, Some(sentence));
}

fn with_claims() -> Project {
    let project = with_event();
    let claim = |start: usize, end: usize, measure: Measure, quantity| {
        let mut claim = Claim::new("e1".parse().expect("an id"), measure, Class::TOTAL, quantity);
        claim.quotes.extend(Quote::of("a1".parse().expect("an id"), TEXT, start, end));
        claim.speaker = "Ministry of Health".into();
        Edit::AddClaim { claim: Box::new(claim), new_event: None }
    };
    let place = |words: &str| TEXT.char_indices().position(|(at, _)| TEXT[at..].starts_with(words)).expect("there");
    let three = place("at least three");
    [
        claim(17, 39, Measure::Injured, Quantity::Exactly(42)),
        claim(place("Dozens"), place("Dozens") + 11, Measure::Displaced, Quantity::Word("dozens".into())),
        claim(three, three + 35, Measure::Killed, Quantity::AtLeast(3)),
    ]
    .iter()
    .try_fold(project, |project, edit| edit.apply(&project))
    .expect("claims")
}

#[test]
fn a_click_on_marked_words_shows_the_event() {
    let mut harness = open(with_claims());
    let at = in_paragraph(&harness, "Paragraph 2 of 3", 20.0);
    harness.hover_at(at);
    harness.run_steps(4);
    harness.drag_at(at);
    harness.drop_at(at);
    harness.run();
    let id: EventId = "e1".parse().expect("an id");
    assert_eq!(harness.state().shown, [Target::Event(id)]);
    let first = claims(&harness)[0].id;
    assert_eq!(harness.state().desk.claim, Some(first));
}

#[test]
fn a_jump_opens_the_article_at_the_words() {
    let filler = "Nothing of note happened on this day either. ".repeat(12);
    let mut text = format!("{filler}\n\n").repeat(60);
    let start = text.chars().count();
    text.push_str("Ten people died here.\n\n");
    text.push_str(&format!("{filler}\n\n").repeat(30));
    let long = article("a9", "A long one", &text, "2031-01-01");
    let project = Edit::AddArticles(vec![long]).apply(&project()).expect("a third article");
    let mut harness = open(project);
    let id: ArticleId = "a9".parse().expect("an id");
    harness.state_mut().reader.reveal(id, start, start + 3);
    harness.run_steps(6);
    assert_eq!(harness.state().desk.article, Some(id));
    let rect = harness.get_by_label("Paragraph 61 of 91").rect();
    assert!((300.0..480.0).contains(&rect.center().y), "in the middle: {rect:?}");
    harness.run_steps(6);
    let later = harness.get_by_label("Paragraph 61 of 91").rect();
    assert_eq!(rect.top().round(), later.top().round(), "nothing moves under the eye");
}

#[test]
fn a_megabyte_opens_and_scrolls_with_only_what_is_in_view_laid_out() {
    let paragraph = "At the river, twelve villagers were seen walking to the camp on the other side. ".repeat(5);
    let mut text = String::new();
    while text.len() < 1_000_000 {
        text.push_str(&paragraph);
        text.push('\n');
    }
    let project = Edit::AddArticles(vec![article("a1", "Long", &text, "2031-01-01")]).apply(&Project::default());
    let mut harness = open(project.expect("an article"));
    assert!((1..40).contains(&harness.state().reader.laid_out()), "{}", harness.state().reader.laid_out());
    let middle = harness.get_by_role(Role::Document).rect().center();
    harness.hover_at(middle);
    for _ in 0..10 {
        harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, -500.0),
            phase: egui::TouchPhase::Move,
            modifiers: Modifiers::NONE,
            source: egui::MouseWheelSource::Unknown,
        });
        harness.run_steps(3);
        assert!((1..60).contains(&harness.state().reader.laid_out()));
    }
    assert!(harness.query_by_label("Paragraph 1 of 2440").is_none(), "it has scrolled");
    harness.state_mut().desk.wants_focus = Some(Pane::Reader);
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::End);
    harness.run_steps(4);
    let count = text.lines().count();
    assert!(harness.query_by_label(&format!("Paragraph {count} of {count}")).is_some());
    assert!((1..60).contains(&harness.state().reader.laid_out()));
}

#[test]
fn the_list_opens_filters_and_follows_the_keys() {
    let mut harness = open(project());
    // Oldest first: the quiet day stands on top.
    let quiet = harness.get_by_label_contains("A quiet day").rect();
    assert!(quiet.top() < harness.get_by_label_contains("Shells hit a market town, River").rect().top());
    harness.get_by_label_contains("A quiet day").click();
    harness.run();
    assert_eq!(harness.state().desk.article, "a2".parse().ok());
    press(&mut harness, Key::ArrowDown);
    assert_eq!(harness.state().desk.article, "a1".parse().ok());
    press(&mut harness, Key::Enter);
    assert!(harness.get_by_label_contains("Text of Shells").is_focused());

    harness.get_by_label("Filter articles").focus();
    harness.run();
    type_text(&mut harness, "quiet");
    assert!(harness.query_by_label_contains("Shells hit a market town, River").is_none());
    type_text(&mut harness, "zzz");
    harness.get_by_label("Clear filter").click();
    harness.run();
    assert!(harness.query_by_label_contains("A quiet day").is_some());
}

#[test]
fn states_change_in_the_lists_menu_and_an_article_with_claims_stays() {
    let mut harness = open(with_claims());
    harness.get_by_label_contains("A quiet day").click_secondary();
    harness.run();
    harness.get_by_label_contains("Nothing to code").click();
    harness.run();
    let id: ArticleId = "a2".parse().expect("an id");
    let reading = |harness: &Harness<'_, Room>| {
        harness.state().session.project().articles.get(id).expect("there").reading.clone()
    };
    assert_eq!(reading(&harness), Reading::NothingToCode);
    harness.get_by_label_contains("Shells hit a market town, River").click_secondary();
    harness.run();
    harness.get_by_label_contains("Remove").click();
    harness.run();
    harness.get_by_label_contains("3 claims rest on “Shells hit a market town");
    assert_eq!(harness.state().session.project().articles.len(), 2);
}

#[test]
fn details_are_corrected_in_place_and_a_wrong_time_is_explained() {
    let mut harness = open(project());
    harness.get_by_label("Details").click();
    harness.run();
    harness.get_by_label("Agency").focus();
    harness.run();
    type_text(&mut harness, "Riverwire");
    press(&mut harness, Key::Enter);
    let agency = |harness: &Harness<'_, Room>| {
        let id: ArticleId = "a1".parse().expect("an id");
        let article = harness.state().session.project().articles.get(id).expect("there").clone();
        (article.agency.to_string(), article.published.map(|m| m.to_string()).unwrap_or_default())
    };
    assert_eq!(agency(&harness), ("Riverwire".to_owned(), "2031-05-07".to_owned()));
    harness.get_by_label("Published").focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    type_text(&mut harness, "2031-05");
    press(&mut harness, Key::Enter);
    assert_eq!(agency(&harness).1, "2031-05-07");
    save(&mut harness, "details");
    assert!(harness.query_by_label_contains("The time of a publication").is_some());
}

#[test]
fn an_excluded_article_says_why() {
    let mut harness = open(project());
    harness.get_by_label("State: unread").click();
    harness.run();
    harness.get_by_label_contains("excluded").click();
    harness.run();
    harness.get_by_label("Reason").focus();
    harness.run();
    type_text(&mut harness, "a reprint");
    harness.get_by_label("Exclude").click();
    harness.run();
    let id: ArticleId = "a1".parse().expect("an id");
    let reading = harness.state().session.project().articles.get(id).expect("there").reading.clone();
    assert_eq!(reading, Reading::Excluded("a reprint".into()));
}

#[test]
fn the_panels_look_as_they_should_in_both_themes() {
    for (choice, name) in [(ThemeChoice::Light, "light"), (ThemeChoice::Dark, "dark")] {
        let mut harness = open_with(with_claims(), choice);
        save(&mut harness, &format!("reader-{name}"));
        let start = width(&harness, "42 people were injured when ");
        let end = width(&harness, "42 people were injured when shells fell");
        let (from, to) =
            (in_paragraph(&harness, "Paragraph 2 of 3", start), in_paragraph(&harness, "Paragraph 2 of 3", end));
        drag(&mut harness, from, to);
        press(&mut harness, Key::I);
        save(&mut harness, &format!("bar-{name}"));
        let mut empty = open_with(Project::default(), choice);
        save(&mut empty, &format!("empty-{name}"));
    }
    assert!(open(project()).get_by_role(Role::Document).accesskit_node().label().is_some());
}
