//! The toll as it became known over all events, in the chart's place, as its readers meet it.

use dateline::ui::chart::Chart;
use egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::side_bench::{Bench, harness, picture};

type Panel = Harness<'static, Bench<Chart>>;

fn chart(size: [f32; 2], dark: bool) -> Panel {
    harness(
        size,
        dark,
        Bench::new(dateline::sample::project().expect("the sample is a project"), Chart::default()),
        Chart::ui,
    )
}

fn turn_to(panel: &mut Panel, kind: &str) {
    panel.get_by_role_and_label(Role::Tab, kind).click();
    panel.run();
}

/// What a screen reader says of the picture.
fn heard(panel: &Panel) -> String {
    panel.get_by_role(Role::Figure).accesskit_node().label().unwrap_or_default()
}

fn press(panel: &mut Panel, key: Key) {
    panel.key_press(key);
    panel.run();
}

#[test]
fn the_toll_is_read_day_by_day_and_ends_at_todays_total() {
    let mut panel = chart([640.0, 480.0], false);
    turn_to(&mut panel, "As it became known");
    assert!(heard(&panel).starts_with("Toll as it became known: killed"), "{}", heard(&panel));
    panel.get_by_role(Role::Figure).focus();
    panel.run();
    press(&mut panel, Key::Home);
    let first = heard(&panel);
    press(&mut panel, Key::ArrowRight);
    assert_ne!(heard(&panel), first);
    press(&mut panel, Key::End);
    let project = panel.state().session.project().clone();
    let query =
        dateline::derive::totals::Query::new(dateline::model::Measure::Killed, dateline::derive::totals::By::None);
    let total = dateline::derive::totals::totals(&project, &panel.state().derived, &query).total;
    let figure = dateline::derive::wording::of_sums(&total);
    assert!(heard(&panel).contains(&figure), "{} is not {figure}", heard(&panel));
    turn_to(&mut panel, "Over time");
    assert!(panel.query_by_label("How the toll became known").is_none());
}

#[test]
fn the_toll_follows_the_filter_of_the_table_until_it_is_told_not_to() {
    use dateline::derive::totals::{Among, By, Query, totals};
    let mut panel = chart([640.0, 480.0], false);
    let project = panel.state().session.project().clone();
    let figure = |panel: &Panel, country: Option<&str>| {
        let matches =
            |event: &dateline::model::Event| country.is_none_or(|country| &*event.location.country == country);
        let query = Query::new(dateline::model::Measure::Killed, By::None);
        let query = Query { among: Among::Matching(&matches), ..query };
        dateline::derive::wording::of_sums(&totals(&project, &panel.state().derived, &query).total)
    };
    turn_to(&mut panel, "As it became known");
    let end = |panel: &mut Panel| {
        panel.get_by_role(Role::Figure).focus();
        panel.run();
        press(panel, Key::End);
        heard(panel)
    };
    let (all, some) = (figure(&panel, None), figure(&panel, Some("Kyrgyzstan")));
    assert_ne!(all, some, "the filter takes something away");
    panel.state_mut().desk.filter = "country=Kyrgyzstan".into();
    panel.run();
    let said = end(&mut panel);
    assert!(said.contains(&some) && !said.contains(&all), "{said} is not {some}");
    let caption = "Only what the table's filter lets through: country=Kyrgyzstan";
    assert!(panel.query_all_by_value(caption).next().is_some());
    turn_to(&mut panel, "By speaker");
    assert!(panel.query_all_by_value(caption).next().is_some());
    turn_to(&mut panel, "As it became known");
    panel.get_by_label("Follow the table's filter: country=Kyrgyzstan").click();
    panel.run();
    let said = end(&mut panel);
    assert!(said.contains(&all), "{said} is not {all}");
}

#[test]
fn speakers_are_told_one_by_one() {
    let mut panel = chart([640.0, 480.0], false);
    turn_to(&mut panel, "By speaker");
    panel.get_by_role(Role::Figure).focus();
    panel.run();
    press(&mut panel, Key::End);
    assert!(heard(&panel).contains("Kyrgyz Ministry of Health"), "{}", heard(&panel));
}

#[test]
fn the_wheel_and_keys_show_fewer_days_and_a_button_all_of_them() {
    for kind in ["As it became known", "By speaker"] {
        let mut panel = chart([640.0, 480.0], false);
        turn_to(&mut panel, kind);
        let label = |panel: &Panel| panel.get_by_label("Show the whole time").accesskit_node().is_disabled();
        assert!(label(&panel), "nothing to show again");
        let middle = panel.get_by_role(Role::Figure).rect().center();
        panel.hover_at(middle);
        panel.run_steps(2);
        panel.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, 300.0),
            phase: egui::TouchPhase::Move,
            modifiers: egui::Modifiers::NONE,
            source: egui::MouseWheelSource::Unknown,
        });
        panel.run_steps(30);
        assert!(!label(&panel), "{kind}: the wheel went nearer");
        picture(&format!("toll-near-{}", if kind == "By speaker" { "speakers" } else { "known" }), &mut panel);
        panel.get_by_label("Show the whole time").click();
        panel.run();
        assert!(label(&panel));
        panel.get_by_role(Role::Figure).focus();
        panel.run();
        press(&mut panel, Key::Plus);
        assert!(!label(&panel), "{kind}: a key went nearer");
        press(&mut panel, Key::Num0);
        assert!(label(&panel));
    }
}

#[test]
fn pictures_of_the_toll() {
    for (name, size, dark) in [("640-light", [640.0, 480.0], false), ("480-dark", [480.0, 380.0], true)] {
        for (kind, words) in [("known", "As it became known"), ("speakers", "By speaker")] {
            let mut panel = chart(size, dark);
            turn_to(&mut panel, words);
            assert!(!heard(&panel).is_empty());
            picture(&format!("toll-{kind}-{name}"), &mut panel);
        }
    }
}

#[test]
fn the_command_line_writes_the_toll_and_what_speakers_had_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |kind: &str, name: &str, more: &[&str]| {
        let out = folder.path().join(name);
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(["chart", "projects/batken-2022.ron", "--kind", kind, "-o"])
            .arg(&out)
            .args(more)
            .output()
            .expect("the program runs");
        (status.status.code(), std::fs::read(out).unwrap_or_default())
    };
    let (status, svg) = run("reports", "toll.svg", &[]);
    assert_eq!(status, Some(0));
    assert!(String::from_utf8(svg).expect("text").contains("Toll as it became known: killed"));
    let (status, csv) = run("voices", "voices.csv", &[]);
    assert_eq!(status, Some(0));
    let text = String::from_utf8(csv).expect("text");
    assert!(text.lines().any(|line| line.starts_with("Kyrgyz Ministry of Health,2022-09-17,")), "{text}");
    assert!(folder.path().join("voices.codebook.txt").exists());
    let (status, csv) = run("claims", "claims.csv", &["--event", "e-toll-kg"]);
    assert_eq!(status, Some(0));
    let text = String::from_utf8(csv).expect("text");
    assert!(text.lines().any(|line| line.starts_with("claim,2022-09-17,report,Kyrgyz Ministry of Health,")), "{text}");
    assert!(text.lines().last().is_some_and(|line| line.starts_with("figure,")), "the figure as it ran comes behind");
    for (kind, begins) in [("png", &b"\x89PNG"[..]), ("svg", b"<?xml"), ("pdf", b"%PDF-1.7")] {
        let (status, bytes) = run("claims", &format!("claims.{kind}"), &["--event", "e-toll-kg", "--size", "89mm"]);
        assert_eq!(status, Some(0));
        assert!(bytes.starts_with(begins), "{kind}");
    }
    for (kind, wrong) in [
        ("voices", &["--stack", "country"][..]),
        ("reports", &["--by", "month"]),
        ("reports", &["--missing-best-is-low"]),
        ("reports", &["--event", "e-toll-kg"]),
        ("claims", &[]),
        ("claims", &["--event", "e-nowhere"]),
        ("claims", &["--event", "e-toll-kg", "--where", "killed>3"]),
    ] {
        assert_eq!(run(kind, "wrong.svg", wrong), (Some(2), Vec::new()), "{kind} {wrong:?}");
    }
}
