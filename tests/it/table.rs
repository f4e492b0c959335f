//! The event table under the hand: keys, typing, figures by hand, the clipboard, order and filter.

mod areas;
mod changing;
mod clipboard;
mod columns;
mod filtering;
mod finding;
mod groups;
mod headers;
mod in_app;
mod keys_moving;
mod keys_typing;
mod line_ends;
mod moved;
mod moving;
mod spoken;
mod typing;
mod views;

use dateline::model::{
    Article, ArticleId, Claim, Class, Event, EventId, Measure, Project, Quantity, Quote, Reading, Status,
};
use dateline::platform::Clip;
use dateline::ui::event_table::EventTable;
use dateline::ui::{Action, Pane};
use egui::accesskit::Role;
use egui::{Event as Input, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::side_bench::{self, Bench, picture};

type Table = Harness<'static, Bench<EventTable>>;

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;

fn id(text: &str) -> EventId {
    text.parse().expect("an id")
}

fn event(name: &str, when: &str, title: &str, place: &str) -> Event {
    let mut event = Event::new(id(name));
    event.when = (!when.is_empty()).then(|| dateline::model::EventDate::parse(when).expect("a date"));
    event.title = title.into();
    event.location.name = place.into();
    event
}

/// Five events; killed on the first one is claimed as 8 and 20, on the second spoken of without a number.
fn project() -> Project {
    let mut project = Project::titled("Border");
    let text = "The ministry spoke of 8 dead. A hospital counted 20.";
    let article = Article::new("a-1".parse::<ArticleId>().expect("an id"), "Shelling at the border", text);
    let mut rows = vec![
        event("e-1", "2022-09-14", "Shelling of the bridge", "Ak-Sai"),
        event("e-2", "2022-09-16", "Fire on a post", "Batken"),
        event("e-3", "2022-09-15", "Drone over the market", "Isfara"),
        event("e-4", "2022-09", "Looting", "Batken"),
        event("e-5", "", "Evacuation", ""),
    ];
    rows[0].kind = "shelling".into();
    rows[0].location.country = "Kyrgyzstan".into();
    rows[1].side_a = "Border guards".into();
    rows[3].status = Status::Excluded("Not about people".into());
    rows[4].tags = ["flight".into()].into();
    for row in rows {
        project.events.push(row).expect("a free id");
    }
    for (at, (event, number, speaker, start, end)) in
        [("e-1", "8", "ministry", 22, 23), ("e-1", "20", "hospital", 49, 51), ("e-2", "?", "post", 0, 3)]
            .into_iter()
            .enumerate()
    {
        let quantity = Quantity::parse(number).expect("a quantity");
        let mut claim = Claim::new(id(event), Measure::Killed, Class::TOTAL, quantity);
        claim.id = format!("c-{at}").parse().expect("an id");
        claim.speaker = speaker.into();
        claim.quotes.extend(Quote::of(article.id, text, start, end));
        project.claims.push(claim).expect("a free id");
    }
    project.articles.push(Article { reading: Reading::Done, ..article }).expect("a free id");
    project
}

fn open_at(project: Project, size: [f32; 2], dark: bool) -> Table {
    let mut bench = Bench::new(project, EventTable::default());
    bench.on_paste = EventTable::pasted;
    bench.desk.wants_focus = Some(Pane::Table);
    let mut table = side_bench::harness(size, dark, bench, EventTable::ui);
    table.run();
    table
}

fn open(project: Project) -> Table {
    open_at(project, [2800.0, 420.0], false)
}

/// Whether a label says this, as a whole or in part.
fn says(table: &Table, text: &str) -> bool {
    table.query_all_by(|node| node.role() == Role::Label).any(|node| {
        let node = node.accesskit_node();
        node.value().is_some_and(|value| value.contains(text)) || node.label().is_some_and(|label| label.contains(text))
    })
}

/// Clicks the cell of a column, by what a screen reader says of it.
fn click(table: &mut Table, column: &str, event: &str) {
    let (column, event) = (format!("{column}: "), format!("Event {event}."));
    table
        .get_by(|node| {
            node.role() == Role::GridCell && node.label().is_some_and(|l| l.starts_with(&column) && l.ends_with(&event))
        })
        .click();
    table.run();
}

fn key(table: &mut Table, key: Key) {
    table.key_press(key);
    table.run();
}

/// What Ctrl+C puts on the clipboard, as text; `None` where nothing was put there.
fn copied(table: &mut Table) -> Option<String> {
    table.state_mut().clip = Clip::default();
    table.event(Input::Copy);
    table.run();
    Some(table.state().clip.text.clone()).filter(|text| !text.is_empty())
}

fn paste(table: &mut Table, text: &str) {
    table.event(Input::Paste(text.to_owned()));
    table.run();
}

fn chord(table: &mut Table, modifiers: Modifiers, key: Key) {
    table.key_press_modifiers(modifiers, key);
    table.run();
}

fn type_text(table: &mut Table, text: &str) {
    table.event(Input::Text(text.to_owned()));
    table.run();
}

fn now(table: &Table, name: &str) -> Event {
    table.state().session.project().events.get(id(name)).map(|event| (**event).clone()).expect("the event is there")
}

fn ids(table: &Table) -> Vec<String> {
    table.state().session.project().events.iter().map(|event| event.id.to_string()).collect()
}

/// Titles in the order of the rows on the screen.
fn shown(table: &Table) -> Vec<String> {
    let cells = table.get_all_by(|node| {
        node.role() == Role::GridCell && node.label().is_some_and(|label| label.starts_with("Title: "))
    });
    let mut rows: Vec<(i64, String)> = cells
        .map(|cell| {
            let label = cell.accesskit_node().label().unwrap_or_default().to_string();
            let title = label.trim_start_matches("Title: ").split(". Row").next().unwrap_or_default().to_owned();
            (cell.rect().top() as i64, title)
        })
        .collect();
    rows.sort();
    rows.into_iter().map(|(_, title)| title).collect()
}

/// The events that are selected on the desk.
fn selected(table: &Table) -> Vec<String> {
    table.state().desk.selected.iter().map(|event| event.to_string()).collect()
}

/// The cells that a screen reader is told are selected, as "Column: value".
fn marked(table: &Table) -> Vec<String> {
    let cells = table.get_all_by(|node| node.role() == Role::GridCell && node.is_selected() == Some(true));
    let mut cells: Vec<(i64, i64, String)> = cells
        .map(|cell| {
            let label = cell.accesskit_node().label().unwrap_or_default().to_string();
            let at = cell.rect();
            (at.top() as i64, at.left() as i64, label.split(". Row").next().unwrap_or_default().to_owned())
        })
        .collect();
    cells.sort();
    cells.into_iter().map(|(.., cell)| cell).collect()
}

fn has(table: &Table, label: &str) -> bool {
    table.query_by_label_contains(label).is_some()
}

/// The active cell, as a screen reader says it of the field that has the keyboard.
fn active(table: &Table) -> String {
    let field = table.get_by(|node| node.is_focused());
    field.accesskit_node().label().unwrap_or_default().to_string()
}

/// Leaves pictures of the table in its states in the target folder, for people to look at.
#[test]
fn pictures_of_the_table() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        let mut table = open_at(project(), [1400.0, 420.0], dark);
        click(&mut table, "Title", "Fire on a post");
        picture(&format!("table-{theme}"), &mut table);
        click(&mut table, "Killed, best", "Shelling of the bridge");
        type_text(&mut table, "15");
        key(&mut table, Key::Enter);
        type_text(&mut table, "Morgue list");
        picture(&format!("table-reason-{theme}"), &mut table);
        key(&mut table, Key::Enter);
        click(&mut table, "When", "Looting");
        type_text(&mut table, "31/9/2022");
        key(&mut table, Key::Enter);
        picture(&format!("table-error-{theme}"), &mut table);
        key(&mut table, Key::Escape);
        click(&mut table, "Kind", "Drone over the market");
        type_text(&mut table, "a");
        picture(&format!("table-list-{theme}"), &mut table);
        key(&mut table, Key::Escape);
        click(&mut table, "Title", "Shelling of the bridge");
        chord(&mut table, SHIFT, Key::ArrowDown);
        chord(&mut table, SHIFT, Key::ArrowRight);
        picture(&format!("table-range-{theme}"), &mut table);
        let mut empty = open_at(Project::titled("Empty"), [900.0, 320.0], dark);
        picture(&format!("table-empty-{theme}"), &mut empty);
    }
}
