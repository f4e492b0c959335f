//! The method sheet as its users meet it: a rule is tried, its price is seen, it is applied and undone; what is
//! published is kept.

use dateline::app::App;
use dateline::derive::Derived;
use dateline::derive::method::{compare, prepare, standing};
use dateline::model::{
    ByHand, Claim, ClaimId, Class, Event, EventDate, EventId, Measure, Method, Project, Quantity, Status, WordTable,
};
use dateline::ui::method_sheet::{MethodSheet, Task};
use dateline::ui::{Action, Actions, Desk, SideTab, Target, View};
use egui::{Key, Modifiers, Role, Ui};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::app::{sized, workbench};
use crate::side_bench::{Bench, harness, picture};

fn event(n: u32) -> EventId {
    format!("e-{n}").parse().expect("an id")
}

/// Three events: 3+ and 22 killed and dozens injured; 10 and 30 killed; one set by hand at 7 against a claim of 5.
fn project() -> Project {
    let mut project = Project::titled("Border");
    for (n, title) in [(1, "Shelling of a border village"), (2, "Attack on a school"), (3, "Ambush on a road")] {
        let mut event = Event::new(event(n));
        event.title = title.into();
        event.when = EventDate::parse("2022-09-16").ok();
        event.status = Status::Coded;
        if n == 3 {
            event.by_hand.push(ByHand::new(
                Measure::Killed,
                Class::TOTAL,
                (7, Some(7), Some(7)),
                "morgue lists",
                "desk",
            ));
        }
        project.events.push(event).expect("new");
    }
    let claims = [
        ("c1", 1, Measure::Killed, "3+", "Health ministry"),
        ("c2", 1, Measure::Killed, "22", "Army"),
        ("c3", 1, Measure::Injured, "dozens", "Spokesman"),
        ("c4", 2, Measure::Killed, "10", "Health ministry"),
        ("c5", 2, Measure::Killed, "30", "Observers"),
        ("c6", 3, Measure::Killed, "5", "Army"),
    ];
    for (id, of, measure, quantity, speaker) in claims {
        let quantity = Quantity::parse(quantity).expect("a quantity");
        let mut claim = Claim::new(event(of), measure, Class::TOTAL, quantity);
        claim.id = id.parse::<ClaimId>().expect("an id");
        claim.speaker = speaker.into();
        project.claims.push(claim).expect("new");
    }
    project
}

/// The panel, and what the app does for it between two frames.
fn draw(sheet: &mut MethodSheet, ui: &mut Ui, view: &View<'_>, desk: &mut Desk, actions: &mut Actions) {
    sheet.ui(ui, view, desk, actions);
    for task in sheet.wants() {
        ui.ctx().request_repaint();
        match task {
            Task::Preview(draft) => {
                let prepared = prepare(view.project, &draft, &|| true).expect("nobody stops it");
                sheet.previewed(view.revision, *draft, prepared.preview);
            }
            Task::NoPreview => {}
            Task::Compare => sheet.compared(view.revision, compare(view.project, &|_| true)),
            Task::Standing => {
                let totals = standing(view.project, &Derived::from_scratch(view.project));
                sheet.stands(view.revision, totals, dateline::file::hash(view.project));
            }
        }
    }
}

type Sheet = Harness<'static, Bench<MethodSheet>>;

fn sheet(project: Project) -> Sheet {
    harness([640.0, 2000.0], false, Bench::new(project, MethodSheet::default()), draw)
}

fn says(harness: &Sheet, words: &str) {
    let said = harness.query_all_by_value(words).next().is_some() || harness.query_by_label(words).is_some();
    assert!(said, "nothing says {words:?}");
}

fn says_nothing_of(harness: &Sheet, words: &str) {
    assert!(harness.query_all_by_value(words).next().is_none(), "something says {words:?}");
}

fn choose(harness: &mut Sheet, list: &str, entry: &str) {
    harness.get_by_role_and_label(Role::ComboBox, list).click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, entry).click();
    harness.run();
}

fn press(harness: &mut Sheet, button: &str) {
    harness.get_by_role_and_label(Role::Button, button).click();
    harness.run();
}

fn retype(harness: &mut Sheet, field: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, field).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    if text.is_empty() {
        harness.key_press(Key::Delete);
    } else {
        harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
    }
    harness.run();
}

fn method_of(harness: &Sheet, measure: &Measure) -> Method {
    harness.state().session.project().methodology.method_for(measure)
}

#[test]
fn a_rule_shows_first_what_it_would_change_and_is_applied_as_one_step() {
    let mut harness = sheet(project());
    choose(&mut harness, "Rule for killed", "Conservative (ACLED) 1");
    says(&harness, "Rule for killed to conservative (ACLED)");
    says(&harness, "This would change 1 figure in 1 event");
    says(&harness, "Killed in the whole project: 39 (20–59) → 20 (20–59)");
    assert_eq!(method_of(&harness, &Measure::Killed), Method::RangeOfClaims, "nothing is changed yet");
    press(&mut harness, "Show the figures");
    harness.get_by_label("Shelling of a border village. Killed: 22 (3–22) → 3 (3–22)").click();
    harness.run();
    assert_eq!(harness.state().asked, [Action::Show(Target::Event(event(1)))]);
    press(&mut harness, "Apply");
    assert_eq!(method_of(&harness, &Measure::Killed), Method::Conservative);
    assert_eq!(method_of(&harness, &Measure::Injured), Method::RangeOfClaims);
    assert!(harness.query_by_label("Apply").is_none());
    let undone = harness.state_mut().undo();
    assert_eq!(undone.as_deref(), Some("Change rule for killed to conservative (ACLED)"));
    harness.run();
    assert_eq!(method_of(&harness, &Measure::Killed), Method::RangeOfClaims);
}

#[test]
fn a_draft_can_be_discarded_and_a_way_back_is_no_draft() {
    let mut harness = sheet(project());
    choose(&mut harness, "Rule for all measures", "Majority 1");
    press(&mut harness, "Discard");
    assert!(harness.query_by_label("Apply").is_none());
    harness.get_by_label("Count attackers among the dead").click();
    harness.run();
    says(&harness, "Counting of attackers off");
    says(&harness, "This would change no figure of an event");
    harness.get_by_label("Count attackers among the dead").click();
    harness.run();
    assert!(harness.query_by_label("Apply").is_none(), "as the project has it");
    assert_eq!(harness.state_mut().undo(), None);
}

#[test]
fn a_draft_follows_the_project_under_it() {
    let mut harness = sheet(project());
    choose(&mut harness, "Rule for all measures", "Conservative (ACLED) 1");
    says(&harness, "Killed in the whole project: 39 (20–59) → 20 (20–59)");
    harness.state_mut().edit(&dateline::edit::Edit::RemoveClaims(vec!["c2".parse().expect("an id")]));
    harness.run();
    says(&harness, "This would change no figure of an event");
}

#[test]
fn speakers_are_ranked_from_those_who_are_known() {
    let mut harness = sheet(project());
    retype(&mut harness, "Add a speaker at the last rank", "obs");
    harness.get_by_label("Observers").click();
    harness.run();
    retype(&mut harness, "Add a speaker at the last rank", "heal");
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    retype(&mut harness, "Add a speaker at the last rank", "Village elder");
    harness.key_press(Key::Enter);
    harness.run();
    press(&mut harness, "Move Health ministry up");
    press(&mut harness, "Take Village elder off the ranks");
    choose(&mut harness, "Rule for killed", "Source hierarchy 1");
    says(&harness, "Killed in the whole project: 39 (20–59) → 20 (20–40+)");
    press(&mut harness, "Apply");
    let ranks: Vec<String> =
        harness.state().session.project().methodology.ranks.iter().map(ToString::to_string).collect();
    assert_eq!(ranks, ["Health ministry", "Observers"]);
    assert_eq!(
        harness.state_mut().undo().as_deref(),
        Some("Change rule for killed to source hierarchy and ranked speakers")
    );
}

#[test]
fn an_authority_is_chosen_by_a_few_letters() {
    let mut harness = sheet(project());
    retype(&mut harness, "Authority", "arm");
    harness.get_by_label("Army").click();
    harness.run();
    choose(&mut harness, "Rule for killed", "Latest of one authority 1");
    press(&mut harness, "Apply");
    assert_eq!(&*harness.state().session.project().methodology.authority, "Army");
    retype(&mut harness, "Authority", "");
    harness.key_press(Key::Tab);
    harness.run();
    says(&harness, "Authority to none");
}

#[test]
fn an_entry_of_the_word_table_is_changed_and_the_table_gets_a_name_of_its_own() {
    let mut harness = sheet(project());
    retype(&mut harness, "Low of dozens", "30");
    harness.key_press(Key::Tab);
    harness.run();
    says(&harness, "Word table to plain, edited 1");
    says(&harness, "Injured in the whole project: 24 (24+) → 30 (30+)");
    retype(&mut harness, "High of dozens", "20");
    harness.key_press(Key::Tab);
    harness.run();
    says(&harness, "“dozens” needs a high that is not below its low");
    retype(&mut harness, "High of dozens", "99");
    harness.key_press(Key::Tab);
    harness.run();
    says(&harness, "Injured in the whole project: 24 (24+) → 30 (30–99)");
    retype(&mut harness, "New word", "Busloads");
    retype(&mut harness, "Low of the new word", "40");
    harness.key_press(Key::Enter);
    harness.run();
    press(&mut harness, "Remove tens");
    press(&mut harness, "Apply");
    let words = harness.state().session.project().methodology.words.clone();
    assert_eq!(&*words.name, "plain, edited 1");
    assert_eq!(words.meaning("busloads").map(|meaning| (meaning.low, meaning.high)), Some((40, None)));
    assert_eq!(words.meaning("dozens").map(|meaning| (meaning.low, meaning.high)), Some((30, Some(99))));
    assert_eq!(words.meaning("tens"), None);
    // The next change is the next version; a preset comes back whole.
    retype(&mut harness, "Low of dozens", "31");
    harness.key_press(Key::Tab);
    harness.run();
    says(&harness, "Word table to plain, edited 2");
    choose(&mut harness, "Word table", "Plain 1");
    press(&mut harness, "Apply");
    assert_eq!(harness.state().session.project().methodology.words, WordTable::default());
}

#[test]
fn every_method_has_its_total_with_and_without_figures_by_hand() {
    let mut harness = sheet(project());
    let in_force = "Range of claims 1, in force: low 20, best 39, high 59, events 3, unknown 0, no best 0";
    harness.get_by_label(in_force);
    let alone = "Claims alone: low 18, best 37, high 57, events 3, unknown 0, no best 0";
    assert!(harness.query_all_by_label(alone).next().is_some());
    harness.get_by_label("Conservative (ACLED) 1: low 20, best 20, high 59, events 3, unknown 0, no best 0");
    harness.get_by_label("Latest of one authority 1: low 7, best 7, high 7, events 3, unknown 2, no best 0");
    choose(&mut harness, "Measure", "Injured");
    harness.get_by_label("Range of claims 1, in force: low 24, best 24, high 24+, events 3, unknown 0, no best 0");
    assert!(harness.query_all_by_label_contains("Claims alone").next().is_none(), "none of injured is by hand");
}

#[test]
fn a_release_is_recorded_stands_against_now_and_is_deleted_after_a_question() {
    let mut harness = sheet(project());
    says(&harness, "None yet. A release keeps the totals as they were published, whatever changes later.");
    press(&mut harness, "Record a release…");
    says(&harness, "It will keep: killed 39 (20–59), injured 24 (24+)");
    press(&mut harness, "Record release");
    says(&harness, "Give the release a name, such as the title of the report");
    retype(&mut harness, "Name of the release", "Three days on the border");
    retype(&mut harness, "Day of publication", "soon");
    press(&mut harness, "Record release");
    says(&harness, "Write the day as 2022-09-16");
    retype(&mut harness, "Day of publication", "2022-10-01");
    harness.key_press(Key::Enter);
    harness.run();
    says(&harness, "Killed: published 39 (20–59), and so it stands");
    harness.get_by_label("Project unchanged since");
    let project = harness.state().session.project().clone();
    let release = &project.about.releases[0];
    assert_eq!((&*release.name, release.day), ("Three days on the border", jiff::civil::date(2022, 10, 1)));
    assert_eq!(&*release.hash, dateline::file::hash(&project));
    assert_eq!(project.log.len(), 1);

    choose(&mut harness, "Rule for killed", "Conservative (ACLED) 1");
    press(&mut harness, "Apply");
    says(&harness, "Killed: published 39 (20–59), now 20 (20–59)");
    says(&harness, "by range of claims 1, now by conservative 1");
    says(&harness, "Injured: published 24 (24+), and so it stands");
    harness.get_by_label("Different");
    harness.get_by_label("Project changed since");

    press(&mut harness, "Delete the release Three days on the border…");
    press(&mut harness, "Keep it");
    assert_eq!(harness.state().session.project().about.releases.len(), 1);
    press(&mut harness, "Delete the release Three days on the border…");
    press(&mut harness, "Delete release");
    assert_eq!(harness.state().session.project().about.releases.len(), 0);
    let undone = harness.state_mut().undo();
    assert_eq!(undone.as_deref(), Some("Delete release “Three days on the border”"));
    harness.run();
    says(&harness, "Killed: published 39 (20–59), now 20 (20–59)");
}

#[test]
fn a_project_without_numbers_has_nothing_to_compare_or_publish() {
    let mut harness = sheet(Project::titled("Empty"));
    says(&harness, "Nobody has spoken of a number yet");
    press(&mut harness, "Record a release…");
    says(&harness, "Nobody has spoken of a number yet: there is nothing to publish");
    press(&mut harness, "Cancel");
    says_nothing_of(&harness, "It will keep:");
}

fn run(harness: &mut Harness<'_, App>) {
    harness.run_steps(6);
}

#[test]
fn in_the_workbench_a_rule_is_tried_applied_and_undone_and_every_pane_follows() {
    let mut harness = workbench(None, []);
    let before = harness.state().project().expect("the sample").clone();
    harness.get_by_role_and_label(Role::Tab, "Method").click();
    run(&mut harness);
    assert_eq!(harness.state().desk().tab, SideTab::Method);
    harness.get_by_role_and_label(Role::ComboBox, "Rule for all measures").click();
    run(&mut harness);
    harness.get_by_role_and_label(Role::Button, "Conservative (ACLED) 1").click();
    run(&mut harness);
    assert!(harness.query_all_by_label_contains("This would change").next().is_some());
    assert!(before.unchanged(harness.state().project().expect("open")), "a draft changes nothing");
    harness.get_by_role_and_label(Role::Button, "Apply").click();
    run(&mut harness);
    let after = harness.state().project().expect("open").clone();
    assert_eq!(after.methodology.method, Method::Conservative);
    harness.get_by_role_and_label(Role::Tab, "Event").click();
    run(&mut harness);
    assert!(harness.query_all_by_label_contains("Rule in force: conservative 1").next().is_some());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    run(&mut harness);
    assert!(before.unchanged(harness.state().project().expect("open")));
    assert!(harness.query_all_by_label_contains("Rule in force: range of claims 1").next().is_some());
}

#[test]
fn the_method_note_is_copied_by_a_command() {
    let mut harness = workbench(None, []);
    harness.get_by_label("Data").click();
    run(&mut harness);
    let hash = dateline::file::hash(harness.state().project().expect("the sample"));
    harness.get_by_role_and_label(Role::Button, "Copy method note").click();
    let mut copied = String::new();
    for _ in 0..6 {
        harness.step();
        for command in &harness.output().platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                copied.clone_from(text);
            }
        }
    }
    assert!(copied.starts_with("# Method note: Border fighting of September 2022 (sample)\n"), "{copied}");
    assert!(copied.contains(&hash) && copied.contains("| Killed |"), "{copied}");
}

#[test]
fn pictures_of_the_method_sheet() {
    for (dark, theme) in [(false, "light"), (true, "dark")] {
        for size in [[640.0, 1700.0], [380.0, 1900.0], [560.0, 420.0]] {
            let mut harness = harness(size, dark, Bench::new(project(), MethodSheet::default()), draw);
            choose(&mut harness, "Rule for killed", "Conservative (ACLED) 1");
            if size[1] > 1000.0 {
                press(&mut harness, "Show the figures");
                harness.state_mut().panel.start_release();
                harness.run();
            }
            picture(&format!("method-{}x{}-{theme}", size[0], size[1]), &mut harness);
            if size[1] > 1000.0 {
                retype(&mut harness, "Name of the release", "Three days on the border");
                press(&mut harness, "Record release");
                press(&mut harness, "Apply");
                press(&mut harness, "Delete the release Three days on the border…");
                picture(&format!("method-released-{}-{theme}", size[0]), &mut harness);
            }
        }
        for size in [[1440.0, 900.0], [1024.0, 700.0]] {
            let mut harness = sized(size, None, []);
            let choice =
                if dark { dateline::ui::theme::ThemeChoice::Dark } else { dateline::ui::theme::ThemeChoice::Light };
            choice.apply(&harness.ctx);
            harness.get_by_role_and_label(Role::Tab, "Method").click();
            run(&mut harness);
            let picture = harness.render().expect("a picture");
            let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
            raster::save_png(&picture, path.join(format!("side/method-app-{}-{theme}.png", size[0]))).expect("saved");
            harness.get_by_role_and_label(Role::ComboBox, "Rule for all measures").click();
            run(&mut harness);
            let open = harness.render().expect("a picture");
            raster::save_png(&open, path.join(format!("side/method-list-{}-{theme}.png", size[0]))).expect("saved");
            harness.get_by_role_and_label(Role::Button, "Conservative (ACLED) 1").click();
            run(&mut harness);
            harness.get_by_role_and_label(Role::Button, "Show the figures").click();
            run(&mut harness);
            let draft = harness.render().expect("a picture");
            raster::save_png(&draft, path.join(format!("side/method-draft-{}-{theme}.png", size[0]))).expect("saved");
        }
    }
}

#[test]
fn enter_in_a_list_of_rules_takes_one_and_closes_the_list() {
    let mut harness = sheet(project());
    harness.get_by_role_and_label(Role::ComboBox, "Rule for all measures").focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let listed = |harness: &Sheet| harness.query_by_role_and_label(Role::Button, "Named floor (Airwars) 1").is_some();
    assert!(listed(&harness), "the list is open");
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(!listed(&harness), "the list is closed");
}
