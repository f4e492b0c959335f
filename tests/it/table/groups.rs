//! Rows in groups: heads with sums, folding by keys and by the pointer, and edits that leave rows where they are.

use dateline::columns::Column;
use dateline::columns::group::Group;

use super::*;

/// Seven events in three countries and none; figures of killed for most.
fn countries() -> Project {
    let mut project = Project::titled("Border");
    let rows = [
        ("e-1", "2022-09-14", "Bridge", "Kyrgyzstan", "8"),
        ("e-2", "2022-09-16", "Post", "Tajikistan", "?"),
        ("e-3", "2022-10-15", "Market", "Kyrgyzstan", "20+"),
        ("e-4", "2022-09", "Looting", "Tajikistan", "2-4"),
        ("e-5", "", "Evacuation", "", ""),
        ("e-6", "2022-09-17", "Road", "Kyrgyzstan", ""),
        ("e-7", "2022", "Convoy", "Iran", "1,200"),
    ];
    for (name, when, title, country, killed) in rows {
        let mut event = event(name, when, title, "");
        event.location.country = country.into();
        project.events.push(event).expect("a free id");
        if let Ok(quantity) = Quantity::parse(killed) {
            let mut claim = Claim::new(id(name), Measure::Killed, Class::TOTAL, quantity);
            claim.id = format!("c-{name}").parse().expect("an id");
            project.claims.push(claim).expect("a free id");
        }
    }
    project
}

fn grouped_at(project: Project, size: [f32; 2], dark: bool, by: &str) -> Table {
    let mut table = open_at(project, size, dark);
    table.state_mut().panel.group_by(Group::parse(by, Column::of).ok());
    table.run();
    table
}

fn grouped(by: &str) -> Table {
    grouped_at(countries(), [2800.0, 520.0], false, by)
}

/// The heads of groups from the top, as a screen reader says them.
fn heads(table: &Table) -> Vec<String> {
    let heads = table.get_all_by(|node| {
        node.role() == Role::RowHeader && node.label().is_some_and(|label| label.starts_with("Group "))
    });
    let mut heads: Vec<(i64, String)> = heads
        .map(|head| (head.rect().top() as i64, head.accesskit_node().label().unwrap_or_default().to_string()))
        .collect();
    heads.sort();
    heads.into_iter().map(|(_, label)| label).collect()
}

fn head(table: &Table, name: &str) -> String {
    let found = heads(table).into_iter().find(|head| head.contains(&format!(": {name}, ")));
    found.unwrap_or_else(|| panic!("{name} is no head"))
}

fn press_head(table: &mut Table, name: &str) {
    let label = head(table, name);
    table.get_by_role_and_label(Role::RowHeader, &label).click();
    table.run();
}

const OUTLINE: Modifiers = Modifiers::ALT.plus(Modifiers::SHIFT);

#[test]
fn groups_stand_by_the_alphabet_with_what_is_empty_last_and_tell_their_sums() {
    let table = grouped("country");
    let names: Vec<String> =
        heads(&table).iter().map(|head| head.split(". ").next().unwrap_or_default().into()).collect();
    assert_eq!(
        names,
        [
            "Group Country: Iran, 1 event",
            "Group Country: Kyrgyzstan, 3 events",
            "Group Country: Tajikistan, 2 events",
            "Group Country: (empty), 1 event"
        ]
    );
    assert_eq!(shown(&table), ["Convoy", "Bridge", "Road", "Market", "Looting", "Post", "Evacuation"]);
    assert!(
        head(&table, "Kyrgyzstan").contains("Killed: 28 (28+), 1 without a claim"),
        "{}",
        head(&table, "Kyrgyzstan")
    );
    assert!(head(&table, "Tajikistan").contains("Killed: 2 (2–4), 1 unknown"), "{}", head(&table, "Tajikistan"));
    assert!(head(&table, "(empty)").contains("Killed: nothing reported"), "{}", head(&table, "(empty)"));
}

#[test]
fn figures_make_bands_in_which_unknown_is_no_zero() {
    let table = grouped("killed");
    let heads = heads(&table);
    let names: Vec<&str> =
        heads.iter().filter_map(|head| head.strip_prefix("Group Killed, best: ")?.split(", ").next()).collect();
    assert_eq!(names, ["2 to 4", "5 to 9", "10 to 24", "1,000 to 9,999", "unknown", "no claim"]);
}

#[test]
fn dates_are_grouped_by_month_and_what_does_not_fit_stands_apart() {
    let table = grouped("when:month");
    let names: Vec<String> = heads(&table)
        .iter()
        .filter_map(|head| Some(head.strip_prefix("Group When, by month: ")?.split(", ").next()?.into()))
        .collect();
    assert_eq!(names, ["September 2022", "October 2022", "not within one month", "(empty)"]);
    assert_eq!(shown(&table)[..4], ["Looting", "Bridge", "Post", "Road"].map(str::to_owned));
}

#[test]
fn the_menu_groups_and_lets_go() {
    let mut table = open_at(countries(), [1440.0, 900.0], false);
    for (button, choice, heads_then) in [("Group", "Country", 4), ("Grouped: Country", "No grouping", 0)] {
        table.get_by_role_and_label(Role::Button, button).click();
        table.run();
        table.get_by_role_and_label(Role::RadioButton, choice).click();
        table.run();
        let heads = table.query_all_by(|node| node.label().is_some_and(|label| label.starts_with("Group Country")));
        assert_eq!(heads.count(), heads_then, "{choice}");
    }
}

#[test]
fn arrows_skip_heads_and_a_group_is_folded_and_opened_by_keys() {
    let mut table = grouped("country");
    click(&mut table, "Title", "Convoy");
    key(&mut table, Key::ArrowDown);
    assert!(active(&table).starts_with("Title: Bridge. Row 2 of 7."), "{}", active(&table));
    chord(&mut table, OUTLINE, Key::ArrowLeft);
    assert_eq!(shown(&table), ["Convoy", "Looting", "Post", "Evacuation"]);
    assert!(active(&table).starts_with("Group Country: Kyrgyzstan, 3 events, folded"), "{}", active(&table));
    // Nothing is written into a head.
    type_text(&mut table, "7");
    assert_eq!(*now(&table, "e-1").title, *"Bridge");
    key(&mut table, Key::ArrowDown);
    assert!(active(&table).starts_with("Group Country: Tajikistan"), "{}", active(&table));
    key(&mut table, Key::ArrowDown);
    assert!(active(&table).starts_with("Title: Looting. Row 2 of 4."), "{}", active(&table));
    key(&mut table, Key::ArrowUp);
    assert!(active(&table).starts_with("Title: Convoy"), "arrows between cells skip heads: {}", active(&table));
    chord(&mut table, OUTLINE, Key::ArrowDown);
    assert!(active(&table).starts_with("Group Country: Kyrgyzstan"), "{}", active(&table));
    chord(&mut table, OUTLINE, Key::ArrowRight);
    assert_eq!(shown(&table).len(), 7);
    key(&mut table, Key::ArrowDown);
    assert!(active(&table).starts_with("Title: Bridge. Row 2 of 7."), "{}", active(&table));
}

#[test]
fn all_groups_fold_and_are_opened_again_without_the_pointer() {
    let mut table = grouped("country");
    table.state_mut().panel.fold_all(true);
    table.run();
    assert!(table.query_by(|node| node.role() == Role::GridCell).is_none());
    assert_eq!(heads(&table).len(), 4);
    chord(&mut table, OUTLINE, Key::ArrowDown);
    assert!(active(&table).starts_with("Group Country: Iran"), "{}", active(&table));
    chord(&mut table, OUTLINE, Key::ArrowDown);
    key(&mut table, Key::Enter);
    assert_eq!(shown(&table), ["Bridge", "Road", "Market"]);
}

#[test]
fn a_press_on_a_head_folds_its_group() {
    let mut table = grouped("country");
    press_head(&mut table, "Kyrgyzstan");
    assert_eq!(shown(&table), ["Convoy", "Looting", "Post", "Evacuation"]);
    assert!(head(&table, "Kyrgyzstan").contains("Killed: 28 (28+)"), "its sums stay in view");
    press_head(&mut table, "Kyrgyzstan");
    assert_eq!(shown(&table).len(), 7);
}

#[test]
fn an_edited_figure_changes_the_sum_of_its_group_in_the_next_frame() {
    let mut table = grouped("country");
    click(&mut table, "Killed, best", "Road");
    type_text(&mut table, "5");
    key(&mut table, Key::Enter);
    type_text(&mut table, "Morgue list");
    table.key_press(Key::Enter);
    table.step();
    table.step();
    assert!(head(&table, "Kyrgyzstan").contains("Killed: 33 (33+)"), "{}", head(&table, "Kyrgyzstan"));
    assert!(head(&table, "Iran").contains("Killed: 1,200"));
    table.state_mut().undo();
    table.run();
    assert!(head(&table, "Kyrgyzstan").contains("Killed: 28 (28+)"));
}

#[test]
fn a_row_that_belongs_elsewhere_stays_until_sorted_again() {
    let mut table = grouped("country");
    click(&mut table, "Country", "Bridge");
    type_text(&mut table, "Tajikistan");
    key(&mut table, Key::Enter);
    assert_eq!(shown(&table), ["Convoy", "Bridge", "Road", "Market", "Looting", "Post", "Evacuation"]);
    assert!(has(&table, "1 row belongs to another group"));
    assert!(has(&table, "Event Bridge. It belongs to another group now"));
    assert!(head(&table, "Kyrgyzstan").contains("3 events"), "the sum is of the rows that stand there");
    table.get_by_label("Sort again").click();
    table.run();
    assert_eq!(shown(&table), ["Convoy", "Road", "Market", "Looting", "Bridge", "Post", "Evacuation"]);
    let head = head(&table, "Tajikistan");
    assert!(head.contains("3 events") && head.contains("Killed: 10 (10–12), 1 unknown"), "{head}");
    assert!(!has(&table, "belongs to another group"));
}

#[test]
fn an_event_that_is_added_comes_into_its_group_and_a_blank_one_beside_its_neighbour() {
    let mut table = grouped("country");
    let mut new = event("e-8", "2022-09-15", "Well", "");
    new.location.country = "Kyrgyzstan".into();
    let mut other = event("e-9", "2022-09-15", "Ford", "");
    other.location.country = "Kazakhstan".into();
    let blank = event("e-10", "", "", "");
    let after = Some(id("e-4"));
    table.state_mut().edit(&dateline::edit::Edit::AddEvents { events: vec![new, other], after: None });
    table.run();
    assert_eq!(shown(&table)[..6], ["Convoy", "Ford", "Bridge", "Well", "Road", "Market"].map(str::to_owned));
    assert!(head(&table, "Kazakhstan").contains("1 event"));
    table.state_mut().edit(&dateline::edit::Edit::AddEvents { events: vec![blank], after });
    table.run();
    assert_eq!(shown(&table)[6..9], ["Looting", "empty", "Post"].map(str::to_owned));
    assert!(head(&table, "Tajikistan").contains("3 events"));
    table.state_mut().edit(&dateline::edit::Edit::RemoveEvents(vec![id("e-9"), id("e-8"), id("e-3")]));
    table.run();
    assert_eq!(shown(&table)[..4], ["Convoy", "Bridge", "Road", "Looting"].map(str::to_owned));
    assert!(!heads(&table).iter().any(|head| head.contains("Kazakhstan")), "a group without events goes");
    assert!(head(&table, "Kyrgyzstan").contains("Killed: 8, 1 without a claim"), "{}", head(&table, "Kyrgyzstan"));
}

#[test]
fn an_event_of_a_folded_group_is_shown_when_somebody_goes_to_it() {
    let mut table = grouped("country");
    table.state_mut().panel.fold_all(true);
    table.run();
    table.state_mut().panel.reveal(id("e-3"));
    table.run();
    assert_eq!(shown(&table), ["Bridge", "Road", "Market"]);
    assert!(active(&table).contains("Event Market."), "{}", active(&table));
}

#[test]
fn a_selection_across_groups_copies_events_only() {
    let mut table = grouped("country");
    click(&mut table, "Title", "Convoy");
    chord(&mut table, SHIFT, Key::ArrowDown);
    chord(&mut table, SHIFT, Key::ArrowDown);
    assert_eq!(copied(&mut table).unwrap_or_default(), "Convoy\nBridge\nRoad");
    press_head(&mut table, "Kyrgyzstan");
    click(&mut table, "Title", "Convoy");
    chord(&mut table, SHIFT, Key::ArrowDown);
    assert_eq!(copied(&mut table).unwrap_or_default(), "Convoy\nLooting", "what is folded is not in the selection");
}

#[test]
fn groups_follow_the_direction_of_their_column() {
    let mut table = grouped("country");
    let header = |table: &mut Table| {
        table.get_by_role_and_label(Role::ColumnHeader, "Country").click();
        table.run();
    };
    header(&mut table);
    header(&mut table);
    let names: Vec<bool> = heads(&table).iter().map(|head| head.contains("Tajikistan")).collect();
    assert_eq!(names, [true, false, false, false], "{:?}", heads(&table));
    assert!(heads(&table)[3].contains("(empty)"), "what is empty stays last");
}

/// The same with sixty more in one of the countries.
fn many() -> Project {
    let mut project = countries();
    for n in 0..60 {
        let mut event = event(&format!("k-{n}"), "2023-01-02", &format!("Incident {n}"), "");
        event.location.country = "Kyrgyzstan".into();
        project.events.push(event).expect("a free id");
    }
    project
}

#[test]
fn the_head_of_the_first_visible_group_stays_in_view() {
    let mut table = grouped_at(many(), [1440.0, 420.0], false, "country");
    click(&mut table, "Title", "Bridge");
    for _ in 0..4 {
        key(&mut table, Key::PageDown);
    }
    let heads_seen = heads(&table);
    assert_eq!(heads_seen.len(), 1, "{heads_seen:?}");
    assert!(heads_seen[0].contains("Kyrgyzstan, 63 events"));
    let top = table.get_by_role_and_label(Role::RowHeader, &heads_seen[0]).rect().top();
    // The active row is never hidden under it, also not on the way up.
    for _ in 0..20 {
        key(&mut table, Key::ArrowUp);
        let label = active(&table);
        let title = label.trim_start_matches("Title: ").split(". Row").next().unwrap_or_default().to_owned();
        let cell = table.get_by(|node| {
            node.role() == Role::GridCell
                && node.label().is_some_and(|l| l.starts_with(&format!("Title: {title}. Row")))
        });
        assert!(cell.rect().top() >= top + 25.0, "{label}");
    }
}

#[test]
fn pictures_of_groups() {
    for (theme, dark) in [("light", false), ("dark", true)] {
        for (size, name) in [([1440.0, 420.0], "wide"), ([1024.0, 420.0], "narrow")] {
            let mut table = grouped_at(countries(), size, dark, "country");
            press_head(&mut table, "Tajikistan");
            picture(&format!("groups-{name}-{theme}"), &mut table);
            table.get_by_role_and_label(Role::Button, "Grouped: Country").click();
            table.run();
            picture(&format!("groups-menu-{name}-{theme}"), &mut table);
            let mut many = grouped_at(many(), size, dark, "country");
            click(&mut many, "Title", "Incident 3");
            key(&mut many, Key::PageDown);
            key(&mut many, Key::ArrowDown);
            key(&mut many, Key::End);
            picture(&format!("groups-stuck-{name}-{theme}"), &mut many);
        }
    }
}
