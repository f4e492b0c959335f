//! The claims of an event as a table: who contradicts whom, by keys and clicks; relations, voices, and splitting.

use dateline::app::App;
use dateline::model::{
    Article, ArticleId, Claim, ClaimId, Class, Event, EventId, Measure, Moment, Project, Quantity, Quote, Records,
    Scope, Stance,
};
use dateline::ui::event_tab::EventTab;
use dateline::ui::{Action, Pane, Target};
use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton, Pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::date;

use crate::app::workbench;
use crate::side_bench::{Bench, harness, picture};

type Tab = Harness<'static, Bench<EventTab>>;

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::COMMAND;

const REPORT: &str = "The harbour council said on Monday that two ferries had collided in fog at the mouth of the river, \
                      that seven people were killed when one of them sank, and that divers would go on looking.";

fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("an id")
}

fn claim(name: &str, quantity: &str, speaker: &str, day: i8) -> Claim {
    let mut claim = Claim::new(id("e1"), Measure::Killed, Class::TOTAL, Quantity::parse(quantity).expect("a quantity"));
    claim.id = id(name);
    claim.speaker = speaker.into();
    claim.reported = Some(date(2022, 9, day));
    claim
}

/// Killed: army 9, later 12; UN at least 50; a village that adds three; a ministry that denies.
fn project() -> Project {
    let mut project = Project::titled("River");
    let mut article = Article::new(id::<ArticleId>("a1"), "Ferries collide in fog", REPORT);
    article.published = Some(Moment::new(date(2022, 9, 16)));
    project.articles.push(article).expect("new");
    for (name, title) in [("e1", "Ferries collide"), ("e2", "Search for divers")] {
        project.events.push(Event { title: title.into(), ..Event::new(id(name)) }).expect("new");
    }
    let start = REPORT.find("seven").expect("in the text");
    let quote = Quote::of(id("a1"), REPORT, start, start + 24).expect("in the text");
    let mut claims = vec![
        claim("c1", "9", "army", 14),
        claim("c2", "12", "army", 16),
        claim("c3", "at least 50", "UN", 16),
        claim("c4", "3", "village", 15),
        claim("c5", "0", "ministry", 17),
    ];
    claims[1].quotes = vec![quote];
    claims[4].stance = Stance::Denies;
    project.claims = Records::from_list(claims).0;
    project
}

fn tab_of(project: Project, size: [f32; 2], dark: bool) -> Tab {
    let mut bench = Bench::new(project, EventTab::default());
    bench.desk.event = Some(id("e1"));
    harness(size, dark, bench, EventTab::ui)
}

/// The tab with the keyboard in the table of claims.
fn tab() -> Tab {
    let mut tab = tab_of(project(), [640.0, 1500.0], false);
    tab.state_mut().desk.wants_focus = Some(Pane::Side);
    tab.run();
    tab
}

fn press(tab: &mut Tab, modifiers: Modifiers, key: Key) {
    tab.key_press_modifiers(modifiers, key);
    tab.run();
}

fn kept(tab: &Tab, name: &str) -> Claim {
    (**tab.state().session.project().claims.get(id(name)).expect("there")).clone()
}

fn current(tab: &Tab) -> Option<String> {
    tab.state().desk.claim.map(|claim| claim.to_string())
}

fn says(tab: &Tab, words: &str) -> bool {
    tab.query_all_by_value(words).next().is_some() || tab.query_all_by_label_contains(words).next().is_some()
}

fn button(tab: &mut Tab, text: &str) {
    tab.get_by_role_and_label(Role::Button, text).click();
    tab.run();
}

/// Presses an entry of a menu; its keys stand behind its name.
fn entry(tab: &mut Tab, text: &str) {
    tab.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(text))).click();
    tab.run();
}

/// The names of the claims from the top.
fn rows(tab: &Tab) -> Vec<String> {
    let mut rows: Vec<(f32, String)> = tab
        .query_all(egui_kittest::kittest::By::new().predicate(|node| {
            node.role() == Role::ListBoxOption && node.label().is_some_and(|label| label.starts_with("Claim "))
        }))
        .map(|node| (node.rect().top(), node.accesskit_node().label().unwrap_or_default().to_string()))
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, name)| name.trim_start_matches("Claim ").to_owned()).collect()
}

fn with(change: impl Fn(&mut Vec<Claim>)) -> Project {
    let mut project = project();
    let mut claims: Vec<Claim> = project.claims.iter().map(|claim| (**claim).clone()).collect();
    change(&mut claims);
    project.claims = Records::from_list(claims).0;
    project
}

#[test]
fn pictures_of_the_claims() {
    for (dark, theme) in [(false, "light"), (true, "dark")] {
        for (width, height) in [(640.0, 900.0), (480.0, 1000.0), (320.0, 1000.0)] {
            let mut tab = tab_of(project(), [width, height], dark);
            tab.state_mut().desk.wants_focus = Some(Pane::Side);
            tab.run();
            picture(&format!("claims-{width}-{theme}"), &mut tab);
        }
        let mut tab = tab_of(project(), [560.0, 1200.0], dark);
        tab.state_mut().desk.wants_focus = Some(Pane::Side);
        tab.run();
        press(&mut tab, SHIFT, Key::F10);
        picture(&format!("claims-menu-{theme}"), &mut tab);
        entry(&mut tab, "Additional to…");
        picture(&format!("claims-pointing-{theme}"), &mut tab);
        press(&mut tab, NONE, Key::Escape);
        tab.state_mut().panel.split();
        tab.run();
        picture(&format!("claims-split-{theme}"), &mut tab);
    }
}

#[test]
fn voices_stand_side_by_side_and_those_that_cannot_both_be_right_say_so() {
    let tab = tab();
    assert_eq!(
        rows(&tab),
        ["3 (village)", "12 (army)", "9 (army)", ">=50 (UN)", "0 (ministry)"].map(|name| {
            // The quantity is written as the model writes it.
            if name.starts_with(">=") { format!("{} (UN)", kept(&tab, "c3").quantity) } else { name.to_owned() }
        })
    );
    for words in [
        "Voice army: 12, counted. Denied by ministry; contradicts UN 50+; contradicts village 3",
        "Voice UN: 50+, counted. Contradicts army 12; denied by ministry; contradicts village 3",
        "Voice ministry: no number, not counted. Denies army 12; denies UN 50+; denies village 3",
    ] {
        assert!(says(&tab, words), "nothing says {words:?}");
    }
    let told = |name: &str| {
        let label = format!("Claim {name}");
        let row = tab.get_by_label(&label);
        row.accesskit_node().description().unwrap_or_default()
    };
    assert!(told("12 (army)").contains("read as 12, total. army, reported 2022-09-16, the newest report"));
    assert!(told("12 (army)").contains("Ferries collide in fog"));
    assert!(told("9 (army)").contains("Not counted: the same voice has reported since"));
}

#[test]
fn arrows_move_and_enter_goes_to_the_quote() {
    let mut tab = tab();
    press(&mut tab, NONE, Key::ArrowDown);
    assert_eq!(current(&tab).as_deref(), Some("c2"));
    assert!(says(&tab, "“seven people were killed”"), "the words stand under the table");
    press(&mut tab, NONE, Key::Enter);
    assert_eq!(tab.state().asked.last(), Some(&Action::Show(Target::Quote(id("c2"), 0))));
    press(&mut tab, NONE, Key::End);
    assert_eq!(current(&tab).as_deref(), Some("c5"));
    press(&mut tab, NONE, Key::Enter);
    let refused = Action::Say("This claim has no quote in an article".to_owned());
    assert_eq!(tab.state().asked.last(), Some(&refused));
    press(&mut tab, NONE, Key::Home);
    assert_eq!(current(&tab).as_deref(), Some("c4"));
}

#[test]
fn the_headline_in_a_row_leads_to_the_quote() {
    let mut tab = tab();
    tab.get_by_label("Evidence of 12 (army): Ferries collide in fog").click();
    tab.run();
    assert_eq!(tab.state().asked.last(), Some(&Action::Show(Target::Quote(id("c2"), 0))));
}

#[test]
fn space_sets_aside_with_a_reason_and_counts_again() {
    let mut tab = tab();
    press(&mut tab, NONE, Key::Space);
    tab.run();
    press(&mut tab, NONE, Key::Enter);
    assert!(says(&tab, "Say why the claim is set aside"), "an empty reason is refused");
    assert_eq!(kept(&tab, "c4").aside, None);
    tab.get_by_role_and_label(Role::TextInput, "Why is it not counted?").type_text("another village");
    tab.run();
    press(&mut tab, NONE, Key::Enter);
    assert_eq!(kept(&tab, "c4").aside.as_deref(), Some("another village"));
    // The keyboard is in the table again.
    press(&mut tab, NONE, Key::Space);
    assert_eq!(kept(&tab, "c4").aside, None);
    assert_eq!(tab.state_mut().undo().as_deref(), Some("Count claim 3 again"));
}

#[test]
fn several_claims_are_set_aside_at_once_for_one_reason() {
    let mut tab = tab();
    press(&mut tab, SHIFT, Key::ArrowDown);
    press(&mut tab, SHIFT, Key::ArrowDown);
    press(&mut tab, NONE, Key::Space);
    tab.get_by_role_and_label(Role::TextInput, "Why are these 3 claims not counted?").type_text("another river");
    tab.run();
    press(&mut tab, NONE, Key::Enter);
    assert_eq!(["c1", "c2", "c4"].map(|name| kept(&tab, name).aside.is_some()), [true; 3]);
    assert_eq!(kept(&tab, "c3").aside, None);
    assert_eq!(tab.state_mut().undo().as_deref(), Some("Set 3 claims aside"));
    assert_eq!(["c1", "c2", "c4"].map(|name| kept(&tab, name).aside.is_some()), [false; 3]);
}

#[test]
fn f2_opens_the_form_and_escape_gives_the_keyboard_back_to_the_table() {
    let mut tab = tab();
    press(&mut tab, NONE, Key::F2);
    assert!(tab.query_by_role_and_label(Role::TextInput, "Quantity as written").is_some());
    press(&mut tab, NONE, Key::Escape);
    tab.run();
    assert!(tab.query_by_role_and_label(Role::TextInput, "Quantity as written").is_none());
    press(&mut tab, NONE, Key::ArrowDown);
    assert_eq!(current(&tab).as_deref(), Some("c2"));
}

#[test]
fn a_claim_is_set_on_top_of_the_one_that_is_pointed_at() {
    let mut tab = tab();
    press(&mut tab, SHIFT, Key::F10);
    entry(&mut tab, "Additional to…");
    assert!(says(&tab, "Choose the claim that 3 (village) adds to; Esc gives up"));
    press(&mut tab, NONE, Key::Enter);
    assert_eq!(kept(&tab, "c4").scope, Scope::AdditionalTo(id("c2")), "the first other row was pointed at");
    assert_eq!(tab.state_mut().undo().as_deref(), Some("3 (village): additional to 12 (army)"));
}

#[test]
fn a_click_points_as_well_and_what_is_refused_says_why_in_place() {
    let project = with(|claims| claims[1].scope = Scope::AdditionalTo(id("c4")));
    let mut tab = tab_of(project, [640.0, 1500.0], false);
    tab.get_by_label("Claim 3 (village)").click();
    tab.run();
    press(&mut tab, SHIFT, Key::F10);
    entry(&mut tab, "Additional to…");
    tab.get_by_label("Claim 12 (army)").click();
    tab.run();
    assert!(says(&tab, "These claims would rest on each other in a ring"));
    assert_eq!(kept(&tab, "c4").scope, Scope::Total);
    press(&mut tab, NONE, Key::Escape);
    assert!(!says(&tab, "in a ring"));
    press(&mut tab, SHIFT, Key::F10);
    entry(&mut tab, "Part of…");
    let un = format!("Claim {} (UN)", kept(&tab, "c3").quantity);
    tab.get_by_label(&un).click();
    tab.run();
    assert_eq!(kept(&tab, "c4").scope, Scope::PartOf(Some(id("c3"))));
}

#[test]
fn another_class_is_refused_as_a_base_in_words() {
    let project = with(|claims| claims[2].class = Class::from_key("civilians").expect("a class"));
    let mut tab = tab_of(project, [640.0, 1500.0], false);
    tab.get_by_label("Claim 3 (village)").click();
    tab.run();
    press(&mut tab, SHIFT, Key::F10);
    entry(&mut tab, "Additional to…");
    let un = format!("Claim {} (UN)", kept(&tab, "c3").quantity);
    tab.get_by_label(&un).click();
    tab.run();
    assert!(says(&tab, "A claim can be additional only to a claim on the same event, measure and class"));
}

#[test]
fn the_rows_stay_where_they_are_while_one_is_pointed_at() {
    let mut tab = tab();
    tab.get_by_label("Claim 3 (village)").click();
    tab.run();
    let top = |tab: &Tab| tab.get_by_label("Claim 12 (army)").rect().top();
    let before = top(&tab);
    press(&mut tab, SHIFT, Key::F10);
    entry(&mut tab, "Additional to…");
    assert!(says(&tab, "Choose the claim that"));
    assert!((top(&tab) - before).abs() < 1.0, "from {before} to {}", top(&tab));
}

fn pointer(tab: &mut Tab, at: Pos2, pressed: Option<bool>) {
    tab.hover_at(at);
    if let Some(pressed) = pressed {
        tab.event(egui::Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers: NONE });
    }
    tab.run_steps(2);
}

#[test]
fn a_claim_dragged_on_another_one_offers_what_it_can_be_to_it() {
    let mut tab = tab();
    let place =
        |tab: &Tab, name: &str| tab.get_by_label(&format!("Claim {name}")).rect().left_center() + egui::vec2(60.0, 0.0);
    let (from, to) = (place(&tab, "3 (village)"), place(&tab, "12 (army)"));
    pointer(&mut tab, from, None);
    pointer(&mut tab, from, Some(true));
    pointer(&mut tab, from + egui::vec2(0.0, 12.0), None);
    pointer(&mut tab, to, None);
    pointer(&mut tab, to, Some(false));
    tab.run();
    button(&mut tab, "Part of 12 (army)");
    assert_eq!(kept(&tab, "c4").scope, Scope::PartOf(Some(id("c2"))));
}

#[test]
fn a_press_on_a_voice_of_the_plot_chooses_its_claim() {
    let mut tab = tab();
    tab.get_all_by(|node| {
        node.role() == Role::ListBoxOption && node.label().is_some_and(|label| label.starts_with("Voice UN: 50+"))
    })
    .next()
    .expect("a line of the plot")
    .click();
    tab.run();
    assert_eq!(current(&tab).as_deref(), Some("c3"));
    press(&mut tab, NONE, Key::ArrowDown);
    assert_eq!(current(&tab).as_deref(), Some("c5"), "the table has the keyboard");
}

/// Where the title of a column stands.
fn title(tab: &Tab, text: &str) -> egui::Rect {
    tab.get_by_role_and_label(Role::ColumnHeader, text).rect()
}

#[test]
fn the_edge_of_a_column_is_drawn_and_fitted_and_the_width_stays_with_another_event() {
    let mut tab = tab();
    let (who, reported) = (title(&tab, "Who"), title(&tab, "Reported"));
    let edge = who.right_center();
    pointer(&mut tab, edge, Some(true));
    pointer(&mut tab, edge + egui::vec2(20.0, 0.0), None);
    pointer(&mut tab, edge + egui::vec2(40.0, 0.0), None);
    pointer(&mut tab, edge + egui::vec2(40.0, 0.0), Some(false));
    let drawn = title(&tab, "Who");
    assert!((drawn.width() - who.width() - 40.0).abs() < 1.0, "{who:?} {drawn:?}");
    assert!((title(&tab, "Reported").width() - reported.width()).abs() < 1.0, "the headlines give the room");
    tab.state_mut().desk.event = Some(id("e2"));
    tab.run();
    tab.state_mut().desk.event = Some(id("e1"));
    tab.run();
    assert_eq!(title(&tab, "Who"), drawn);
    // A double click fits: army, UN, village and ministry are short.
    let pos = drawn.right_center();
    let press = |pressed| egui::Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: NONE };
    tab.input_mut().events = vec![egui::Event::PointerMoved(pos), press(true), press(false), press(true), press(false)];
    tab.run_steps(3);
    assert!(title(&tab, "Who").width() < who.width(), "{:?}", title(&tab, "Who"));
}

#[test]
fn the_titles_of_claims_are_walked_and_drawn_by_keys() {
    let mut tab = tab();
    press(&mut tab, NONE, Key::ArrowUp);
    let says = |tab: &Tab| {
        let node = tab.get_by(|node| node.is_focused());
        node.accesskit_node().label().unwrap_or_default().to_string()
    };
    assert!(says(&tab).starts_with("Column Said, 82 points wide."), "{}", says(&tab));
    press(&mut tab, NONE, Key::Delete);
    assert_eq!(rows(&tab).len(), 5, "no claim is deleted from up here");
    for _ in 0..3 {
        press(&mut tab, NONE, Key::ArrowRight);
    }
    let before = title(&tab, "Who").width();
    press(&mut tab, Modifiers::ALT, Key::ArrowRight);
    assert!((title(&tab, "Who").width() - before - 12.0).abs() < 1.0);
    press(&mut tab, Modifiers::ALT, Key::ArrowLeft);
    press(&mut tab, Modifiers::ALT, Key::ArrowLeft);
    assert!((title(&tab, "Who").width() - before + 12.0).abs() < 1.0);
    press(&mut tab, NONE, Key::Enter);
    let fitted = title(&tab, "Who").width();
    assert!(fitted < before, "Enter fits: {fitted}");
    press(&mut tab, NONE, Key::ArrowDown);
    press(&mut tab, NONE, Key::ArrowDown);
    assert!(says(&tab).starts_with("Claims: arrows move"), "{}", says(&tab));
    let names = rows(&tab);
    assert_eq!((names[1].as_str(), current(&tab).as_deref()), ("12 (army)", Some("c2")), "the second row: {names:?}");
}

#[test]
fn widths_of_the_claims_are_kept_in_the_settings() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("river.ron");
    std::fs::write(&path, dateline::file::write(&project())).expect("writable");
    let open = || {
        let start = dateline::app::Start {
            file: Some(path.clone()),
            inline_jobs: true,
            settings: dateline::store::settings::Settings::load(folder.path()).0,
            settings_folder: Some(folder.path().to_owned()),
        };
        let platform = std::sync::Arc::new(dateline::platform::Scripted::new([]));
        let mut app: Harness<'static, App> = raster::builder([1440.0, 900.0])
            .with_max_steps(16)
            .build_eframe(move |cc| App::new(&cc.egui_ctx, platform, start));
        app.run_steps(8);
        app.get_by_role_and_label(Role::Tab, "Event").click();
        app.run_steps(6);
        app
    };
    let said = |app: &Harness<'static, App>| app.get_by_role_and_label(Role::ColumnHeader, "Said").rect().width();
    let mut app = open();
    app.key_press_modifiers(CTRL, Key::Num4);
    app.run_steps(6);
    app.key_press(Key::ArrowUp);
    app.run_steps(4);
    let before = said(&app);
    app.key_press_modifiers(Modifiers::ALT, Key::ArrowRight);
    app.run_steps(4);
    assert!((said(&app) - before - 12.0).abs() < 1.0, "Alt and an arrow are the table's here");
    drop(app);
    assert!((said(&open()) - before - 12.0).abs() < 1.0, "the next time, too");
}

/// Seven killed, by two outlets that print one text.
fn reprinted() -> Project {
    let mut project = project();
    let other = REPORT.replace("on Monday", "on Tuesday");
    project.articles.push(Article::new(id::<ArticleId>("a2"), "Two ferries collide", &other)).expect("new");
    let claims = [("a1", REPORT, "c1", "Herald"), ("a2", other.as_str(), "c2", "Courier")];
    project.claims = Records::from_list(claims.map(|(article, text, name, speaker)| {
        let start = text.find("seven").expect("in the text");
        let mut claim = claim(name, "7", speaker, 16);
        claim.quotes = vec![Quote::of(id(article), text, start, start + 24).expect("in the text")];
        claim
    }))
    .0;
    project
}

#[test]
fn two_claims_of_one_text_are_proposed_as_one_voice_and_a_person_decides() {
    let mut tab = tab_of(reprinted(), [560.0, 1500.0], false);
    assert!(says(&tab, "7 (Herald) and 7 (Courier) look like one text ("));
    picture("claims-alike", &mut tab);
    button(&mut tab, "Same voice");
    assert_eq!(["c1", "c2"].map(|name| kept(&tab, name).group.to_string()), ["Herald", "Herald"]);
    assert!(!says(&tab, "look like one text"));
    assert!(tab.state_mut().undo().is_some_and(|label| label.contains("same voice as")));
    assert_eq!(["c1", "c2"].map(|name| kept(&tab, name).group.to_string()), ["", ""], "one step of undo");

    let mut tab = tab_of(reprinted(), [560.0, 1500.0], false);
    button(&mut tab, "Not the same");
    assert!(!says(&tab, "look like one text"), "what was answered is not asked again");
    assert_eq!(kept(&tab, "c2").group.to_string(), "");
}

#[test]
fn claims_are_split_off_and_the_new_row_is_typed_into() {
    let mut app: Harness<'static, App> = workbench(None, []);
    let event: EventId = id("e-toll-kg");
    let before = app.state().project().expect("a project").clone();
    let of_event = |project: &Project, event: EventId| project.claims.iter().filter(|c| c.event == event).count();
    app.key_press_modifiers(CTRL, Key::K);
    app.run_steps(4);
    app.event(egui::Event::Text("#e-toll-kg".to_owned()));
    app.run_steps(4);
    app.key_press(Key::Enter);
    app.run_steps(4);
    assert_eq!(app.state().desk().event, Some(event));
    app.key_press_modifiers(CTRL, Key::Num4);
    app.run_steps(4);
    app.key_press_modifiers(SHIFT, Key::ArrowDown);
    app.run_steps(4);
    app.key_press_modifiers(CTRL | SHIFT, Key::M);
    app.run_steps(4);
    assert!(app.query_all_by_label_contains("Split 2 claims off into a new event").next().is_some());
    assert_eq!(app.state().project().expect("a project"), &before, "nothing is done before it was seen");
    app.key_press(Key::Enter);
    app.run_steps(6);
    let after = app.state().project().expect("a project").clone();
    assert_eq!(after.events.len(), before.events.len() + 1);
    assert_eq!(after.claims.len(), before.claims.len());
    assert_eq!(of_event(&after, event), of_event(&before, event) - 2);
    let new = app.state().desk().event.expect("the new event is current");
    assert!(before.events.get(new).is_none());
    assert_eq!(of_event(&after, new), 2);
    let focused = app.get_by(|node| node.is_focused()).accesskit_node().label().unwrap_or_default();
    assert!(focused.starts_with("Editing Title"), "{focused}");
}

#[test]
fn a_claim_that_others_rest_on_is_split_off_only_with_them() {
    let project = with(|claims| claims[3].scope = Scope::AdditionalTo(id("c2")));
    let mut tab = tab_of(project, [640.0, 1500.0], false);
    tab.get_by_label("Claim 12 (army)").click();
    tab.run();
    tab.state_mut().panel.split();
    tab.run();
    assert!(says(&tab, "3 (village) comes on top of 12 (army): both have to stay together"));
    press(&mut tab, NONE, Key::Enter);
    assert_eq!(kept(&tab, "c2").event, id::<EventId>("e1"), "Enter does not do what is refused");
    button(&mut tab, "Take the tied claim along");
    button(&mut tab, "Split off");
    let new = kept(&tab, "c2").event;
    assert_ne!(new, id::<EventId>("e1"));
    assert_eq!(kept(&tab, "c4").event, new);
    assert_eq!(kept(&tab, "c1").event, id::<EventId>("e1"));
    let typed = tab.state().asked.last().cloned();
    assert_eq!(typed, Some(Action::EditCell(new, "title")));
}

#[test]
fn a_claim_dragged_on_a_row_of_the_table_moves_to_its_event() {
    let mut app: Harness<'static, App> = workbench(None, []);
    app.key_press_modifiers(CTRL, Key::Num3);
    app.run_steps(4);
    app.key_press_modifiers(CTRL, Key::Home);
    app.run_steps(4);
    app.get_by_role_and_label(Role::Tab, "Event").click();
    app.run_steps(6);
    app.key_press_modifiers(CTRL, Key::Num4);
    app.run_steps(6);
    let before = app.state().project().expect("a project").clone();
    let claim = app
        .get_all_by(|node| {
            node.role() == Role::ListBoxOption && node.label().is_some_and(|label| label.starts_with("Claim "))
        })
        .map(|node| node.rect())
        .min_by(|a, b| a.top().total_cmp(&b.top()))
        .expect("a claim");
    let row = app
        .get_by(|node| node.role() == Role::RowHeader && node.label().is_some_and(|l| l.starts_with("Row 4 of")))
        .rect();
    let from = claim.left_center() + egui::vec2(60.0, 0.0);
    let steps = [(from, None), (from, Some(true)), (from + egui::vec2(0.0, 10.0), None), (row.center(), None)];
    for (at, pressed) in steps.into_iter().chain([(row.center(), Some(false))]) {
        app.hover_at(at);
        if let Some(pressed) = pressed {
            app.event(egui::Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers: NONE });
        }
        app.run_steps(2);
    }
    app.run_steps(4);
    let after = app.state().project().expect("a project");
    let moved: Vec<ClaimId> = after
        .claims
        .iter()
        .filter(|claim| before.claims.get(claim.id).is_some_and(|old| old.event != claim.event))
        .map(|claim| claim.id)
        .collect();
    assert_eq!(moved.len(), 1, "one claim went to the other event");
}

#[test]
fn pictures_of_the_claims_in_the_workbench() {
    for (width, height) in [(1440.0, 900.0), (1024.0, 700.0)] {
        for theme in [egui::Theme::Light, egui::Theme::Dark] {
            let mut app = crate::app::sized([width, height], None, []);
            app.ctx.set_theme(theme);
            app.key_press_modifiers(CTRL, Key::Num3);
            app.run_steps(4);
            app.key_press_modifiers(CTRL, Key::Home);
            app.run_steps(4);
            app.get_by_role_and_label(Role::Tab, "Event").click();
            app.run_steps(6);
            let save = |app: &mut Harness<'static, App>, name: &str| {
                let picture = app.render().expect("the raster draws everything");
                let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
                let path = path.join(format!("side/claims-{name}-{width}-{theme:?}.png"));
                raster::save_png(&picture, path).expect("the target folder can be written");
            };
            save(&mut app, "app");
            app.key_press_modifiers(CTRL, Key::Num4);
            app.run_steps(6);
            save(&mut app, "app-keys");
        }
    }
}
