//! The event tab as its users meet it: figures with their working, claims that can be set aside, changed and undone.

use dateline::model::{
    Article, ArticleId, BaseClass, Claim, ClaimId, Class, Event, EventDate, EventId, InformationGrade, Location,
    Measure, Moment, NoteId, Party, Project, Quantity, Quote, Records, Reliability, Scope, Stance, Status, Subject,
};
use dateline::ui::event_tab::EventTab;
use dateline::ui::{Action, Target};
use egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::date;

use crate::side_bench::{Bench, harness, picture};

const TEXT: &str = "The health ministry said at least three people were killed in the border village. \
                    The army spoke of 22 dead. A spokesman said dozens more had been injured.";

fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("an id")
}

fn quote(article: ArticleId, words: &str) -> Quote {
    let start = TEXT.find(words).expect("in the text");
    let scalars = TEXT[..start].chars().count();
    Quote::of(article, TEXT, scalars, scalars + words.chars().count()).expect("in the text")
}

/// One event with three claims on killed (at least 3, 22, a denial) and one on injured.
fn project() -> Project {
    let mut project = Project::titled("Border");
    let mut article = Article::new(id("a1"), "Fighting on the border leaves dead on both sides", TEXT);
    article.agency = "Agency".into();
    article.reliability = Some(Reliability::B);
    article.published = Some(Moment::new(date(2022, 9, 17)));
    project.articles.push(article).expect("new");
    let mut event = Event::new(id("e1"));
    event.title = "Shelling of a border village".into();
    event.when = Some(EventDate::parse("within 2022-09-14/2022-09-17").expect("a date"));
    event.location = Location { name: "Batken".into(), country: "Kyrgyzstan".into(), ..Location::default() };
    (event.side_a, event.side_b) = ("Kyrgyzstan".into(), "Tajikistan".into());
    event.kind = "shelling".into();
    event.status = Status::Coded;
    let mut covered = Event::new(id("e2"));
    covered.title = "Attack on a school".into();
    event.covers = [covered.id].into();
    project.events.push(event).expect("new");
    project.events.push(covered).expect("new");
    let mut claims = Vec::new();
    let mut claim = |name: &str, quantity: &str, speaker: &str, words: &str| {
        let quantity = Quantity::parse(quantity).expect("a quantity");
        let mut claim = Claim::new(id("e1"), Measure::Killed, Class::TOTAL, quantity);
        claim.id = id::<ClaimId>(name);
        claim.speaker = speaker.into();
        claim.quotes = vec![quote(id("a1"), words)];
        claim.reported = Some(date(2022, 9, 16));
        claims.push(claim);
    };
    claim("c1", "3+", "health ministry", "at least three people were killed");
    claim("c2", "22", "army", "The army spoke of 22 dead");
    claim("c3", "dozens", "spokesman", "dozens more had been injured");
    claims[0].via = "Agency".into();
    claims[0].grade = InformationGrade::new(2);
    claims[2].measure = Measure::Injured;
    project.claims = Records::from_list(claims).0;
    project
}

/// The same with classes, a denial, an addition and a suspicion, to look at.
fn crowded() -> Project {
    let mut project = project();
    let mut add = |name: &str, class: Class, quantity: Quantity, speaker: &str, change: &dyn Fn(&mut Claim)| {
        let mut claim = Claim::new(id("e1"), Measure::Killed, class, quantity);
        claim.id = id(name);
        claim.speaker = speaker.into();
        claim.reported = Some(date(2022, 9, 18));
        change(&mut claim);
        project.claims.push(claim).expect("new");
    };
    add("d1", Class::Base(BaseClass::A), Quantity::exactly(14), "health ministry", &|c| c.party = Some(Party::A));
    add("d2", Class::Base(BaseClass::Civilians), Quantity::AtLeast(1234), "observers", &|_| {});
    add("d3", Class::TOTAL, Quantity::exactly(3), "army", &|c| c.scope = Scope::AdditionalTo(id("c2")));
    add("d4", Class::TOTAL, Quantity::NoneAsserted, "foreign ministry", &|c| c.stance = Stance::Denies);
    add("d5", Class::from_key("children in civilians").expect("a class"), Quantity::exactly(5), "school", &|c| {
        c.aside = Some("the same five as in the ministry's list".into());
    });
    project
}

fn bench(project: Project) -> Bench<EventTab> {
    let mut bench = Bench::new(project, EventTab::default());
    bench.desk.event = Some(id("e1"));
    bench
}

fn tab(project: Project) -> Harness<'static, Bench<EventTab>> {
    harness([480.0, 2400.0], false, bench(project), EventTab::ui)
}

fn claim(harness: &Harness<'static, Bench<EventTab>>, name: &str) -> Claim {
    (**harness.state().session.project().claims.get(id(name)).expect("there")).clone()
}

/// Holds that these words stand on the window.
fn says(harness: &Harness<'static, Bench<EventTab>>, words: &str) {
    assert!(harness.query_all_by_value(words).next().is_some(), "nothing says {words:?}");
}

/// Makes a claim of the table the current one.
fn choose(harness: &mut Harness<'static, Bench<EventTab>>, name: &str) {
    harness.get_by_label(&format!("Claim {name}")).click();
    harness.run();
}

/// Puts text in the place of what a field holds.
fn retype(harness: &mut Harness<'static, Bench<EventTab>>, field: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, field).focus();
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
    harness.run();
}

#[test]
fn pictures_of_the_event_tab() {
    for (dark, theme) in [(false, "light"), (true, "dark")] {
        for size in [[640.0, 480.0], [480.0, 380.0], [640.0, 1800.0], [380.0, 900.0]] {
            let mut harness = harness(size, dark, bench(crowded()), EventTab::ui);
            picture(&format!("event-{}x{}-{theme}", size[0], size[1]), &mut harness);
        }
    }
    for dark in [false, true] {
        let mut tab = harness([480.0, 2700.0], dark, bench(crowded()), EventTab::ui);
        choose(&mut tab, "3 (army)");
        tab.get_by_label("Edit claim 3 (army)").click();
        tab.run();
        tab.get_by_label("Set by hand...").click();
        tab.run();
        picture(&format!("event-forms-{}", if dark { "dark" } else { "light" }), &mut tab);
    }
    let sample = dateline::sample::project().expect("the sample is a project");
    let most = |event: &EventId| sample.claims.iter().filter(|claim| claim.event == *event).count();
    let event = sample.events.iter().map(|event| event.id).max_by_key(most);
    let mut bench = Bench::new(sample.clone(), EventTab::default());
    bench.desk.event = event;
    let mut tab = harness([480.0, 1600.0], false, bench, EventTab::ui);
    picture("event-sample", &mut tab);
    let mut empty = harness([480.0, 380.0], false, Bench::new(project(), EventTab::default()), EventTab::ui);
    picture("event-none", &mut empty);
    says(&empty, "No event chosen");
}

#[test]
fn the_figure_stands_with_its_date_its_rule_and_its_claims() {
    let mut harness = tab(project());
    says(&harness, "Killed: 22, from 3 to 22");
    says(&harness, "Some time from 14 to 17 September 2022");
    says(&harness, "It happened some time within these days");
    says(&harness, "Range of claims 1");
    says(&harness, "Rests on 3+ (health ministry); 22 (army)");
    // The first claim of the first voice is shown in full; the others are a press away.
    says(&harness, "health ministry → Agency");
    says(&harness, "“at least three people were killed”");
    choose(&mut harness, "22 (army)");
    says(&harness, "“The army spoke of 22 dead”");
}

#[test]
fn another_measure_is_one_click_away() {
    let mut harness = tab(project());
    harness.get_by_role_and_label(Role::Tab, "Injured, 1").click();
    harness.run();
    says(&harness, "Injured: 24, at least 24, open above");
    says(&harness, "→ 24+");
    harness.get_by_label("Other").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Displaced").click();
    harness.run();
    says(&harness, "Displaced: no claim");
}

#[test]
fn setting_a_claim_aside_asks_for_a_reason_changes_the_figure_and_can_be_undone() {
    let mut harness = tab(project());
    choose(&mut harness, "22 (army)");
    harness.get_by_label("Set aside 22 (army)...").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Set aside").click();
    harness.run();
    says(&harness, "Say why the claim is set aside");
    harness.get_by_role_and_label(Role::TextInput, "Why is it not counted?").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Why is it not counted?").type_text("counts another village");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    says(&harness, "Killed: 3, at least 3, open above");
    says(&harness, "Set aside: counts another village");
    assert_eq!(claim(&harness, "c2").aside.as_deref(), Some("counts another village"));

    assert_eq!(harness.state_mut().undo().as_deref(), Some("Set claim 22 aside"));
    harness.run();
    says(&harness, "Killed: 22, from 3 to 22");
}

#[test]
fn a_claim_that_was_set_aside_can_be_taken_back() {
    let mut project = project();
    let mut claim = (**project.claims.get(id("c2")).expect("there")).clone();
    claim.aside = Some("too late".into());
    project.claims.replace(claim).expect("there");
    let mut harness = tab(project);
    says(&harness, "Killed: 3, at least 3, open above");
    choose(&mut harness, "22 (army)");
    harness.get_by_label("Take back 22 (army): count it again").click();
    harness.run();
    says(&harness, "Killed: 22, from 3 to 22");
}

#[test]
fn a_quantity_is_changed_in_its_card_and_what_cannot_be_read_says_why() {
    let mut harness = tab(project());
    choose(&mut harness, "22 (army)");
    harness.get_by_label("Edit claim 22 (army)").click();
    harness.run();
    retype(&mut harness, "Quantity as written", "a lot of");
    harness.get_by_role_and_label(Role::Button, "Save claim").click();
    harness.run();
    assert_eq!(claim(&harness, "c2").quantity, Quantity::exactly(22), "nothing wrong is saved");
    retype(&mut harness, "Quantity as written", "25-30");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(claim(&harness, "c2").quantity, Quantity::Between(25, 30));
    says(&harness, "Killed: 25, from 3 to 30");
    assert_eq!(harness.state_mut().undo().as_deref(), Some("Change quantity of claim 25-30 killed"));
    harness.run();
    says(&harness, "Killed: 22, from 3 to 22");
}

#[test]
fn escape_leaves_a_form_without_a_change() {
    let mut harness = tab(project());
    choose(&mut harness, "22 (army)");
    harness.get_by_label("Edit claim 22 (army)").click();
    harness.run();
    retype(&mut harness, "Speaker", "navy");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Save claim").is_none());
    assert_eq!(&*claim(&harness, "c2").speaker, "army");
}

#[test]
fn a_figure_set_by_hand_wins_and_the_claims_can_have_it_back() {
    let mut harness = tab(project());
    harness.get_by_label("Set by hand...").click();
    harness.run();
    retype(&mut harness, "Low", "30");
    harness.get_by_role_and_label(Role::Button, "Set figure").click();
    harness.run();
    says(&harness, "Say who decides this");
    retype(&mut harness, "Decided by", "desk editor");
    retype(&mut harness, "Reason", "morgue records seen");
    harness.get_by_role_and_label(Role::Button, "Set figure").click();
    harness.run();
    says(&harness, "A figure by hand needs low ≤ best ≤ high");
    retype(&mut harness, "Best (empty: none)", "31");
    retype(&mut harness, "High (empty: open)", "");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    harness.key_press(Key::Delete);
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Set figure").click();
    harness.run();
    says(&harness, "Killed: 31, at least 30, open above");
    says(&harness, "Set by hand by desk editor: morgue records seen");
    harness.get_by_label("Back to claims").click();
    harness.run();
    says(&harness, "Killed: 22, from 3 to 22");
}

#[test]
fn a_figure_by_hand_is_marked_when_its_claims_change_until_it_is_confirmed_or_set_anew() {
    let mut harness = tab(project());
    harness.get_by_label("Set by hand...").click();
    harness.run();
    retype(&mut harness, "Decided by", "desk editor");
    retype(&mut harness, "Reason", "morgue records seen");
    harness.get_by_role_and_label(Role::Button, "Set figure").click();
    harness.run();
    says(&harness, "Killed: 22, from 3 to 22");
    assert!(harness.query_by_label("Confirm figure").is_none());
    choose(&mut harness, "22 (army)");
    harness.get_by_label("Delete claim 22 (army)").click();
    harness.run();
    let told = "Claims changed since: they gave 22 (3–22) when it was set, and give 3 (3+) now";
    says(&harness, "Claims changed since");
    says(&harness, told);
    says(&harness, "Killed: 22, from 3 to 22");
    harness.get_by_label("Confirm figure").click();
    harness.run();
    assert!(harness.query_all_by_value(told).next().is_none() && harness.query_by_label("Confirm figure").is_none());
    let label = harness.state_mut().undo();
    assert_eq!(label.as_deref(), Some("Confirm the figure by hand of “Shelling of a border village”"));
    harness.run();
    says(&harness, told);
    // Setting it anew is another way.
    harness.get_by_label("Set by hand...").click();
    harness.run();
    retype(&mut harness, "Decided by", "desk editor");
    retype(&mut harness, "Reason", "morgue records seen again");
    harness.get_by_role_and_label(Role::Button, "Set figure").click();
    harness.run();
    assert!(harness.query_by_label("Confirm figure").is_none());
    harness.state_mut().undo();
    harness.state_mut().undo();
    harness.run();
    assert!(harness.query_by_label("Confirm figure").is_none(), "the claim is back and gives what it gave");
}

#[test]
fn a_claim_is_deleted_at_once_and_undo_brings_it_back() {
    let mut harness = tab(project());
    choose(&mut harness, "22 (army)");
    harness.get_by_label("Delete claim 22 (army)").click();
    harness.run();
    says(&harness, "Killed: 3, at least 3, open above");
    assert_eq!(harness.state_mut().undo().as_deref(), Some("Delete claim"));
    harness.run();
    says(&harness, "Killed: 22, from 3 to 22");
}

#[test]
fn links_lead_to_the_quote_to_covered_events_and_to_notes() {
    let mut harness = tab(project());
    choose(&mut harness, "22 (army)");
    harness.get_by_label("Go to the quote of 22 (army)").click();
    harness.run();
    harness.get_by_label("Attack on a school").click();
    harness.run();
    harness.get_by_label("Add note").click();
    harness.run();
    let notes: Vec<NoteId> = harness.state().session.project().notes.iter().map(|note| note.id).collect();
    let [note] = notes.as_slice() else { panic!("one note, not {notes:?}") };
    let about = &harness.state().session.project().notes.get(*note).expect("there").about;
    assert_eq!(about, &[Subject::Event(id::<EventId>("e1"))]);
    let wanted = [
        Action::Show(Target::Quote(id("c2"), 0)),
        Action::Show(Target::Event(id("e2"))),
        Action::Show(Target::Note(*note)),
    ];
    assert_eq!(harness.state().asked, wanted);
    harness.get_by_label("Untitled note");
}

#[test]
fn the_rule_in_force_is_named_with_the_way_to_the_method_sheet() {
    let mut harness = tab(project());
    says(&harness, "Rule in force: range of claims 1");
    says(&harness, "This event's killed by every rule, from the claims alone");
    harness.get_by_label("Method sheet").click();
    harness.run();
    assert_eq!(harness.state().asked, [Action::Run(dateline::command::Command::ShowMethod)]);
}

#[test]
fn the_claim_that_was_looked_at_is_scrolled_to() {
    let mut bench = bench(crowded());
    bench.desk.claim = Some(id("d4"));
    let harness = harness([480.0, 380.0], false, bench, EventTab::ui);
    let card = harness.get_by_label("Claim 0 (foreign ministry)").rect();
    assert!(card.top() >= 0.0 && card.bottom() <= 380.0, "{card:?}");
    assert!(harness.get_by_label("Claim 0 (foreign ministry)").accesskit_node().role() == Role::ListBoxOption);
}
