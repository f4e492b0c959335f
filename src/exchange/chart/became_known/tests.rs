//! How the sample's figures became known, as files.

use super::*;
use crate::derive::reports::{Asked, by_speaker, timeline, toll};
use crate::exchange::picture::Kind;

struct Sample {
    project: Project,
    derived: Derived,
    toll: Toll,
    speakers: Vec<Speaker>,
    event: EventId,
    timeline: Timeline,
}

fn sample() -> Sample {
    let project = crate::sample::project().expect("the sample is a project");
    let derived = Derived::from_scratch(&project);
    let asked = Asked { measure: Measure::Killed, class: Class::TOTAL, among: None };
    let toll = toll(&project, &derived, &asked, &|_| true).expect("nobody stops it");
    let speakers = by_speaker(&project, &derived, &asked, &|_| true).expect("nobody stops it");
    let event = "e-toll-kg".parse().expect("an id");
    let timeline = timeline(&project, &derived, event, &Measure::Killed, &Class::TOTAL).expect("an event");
    Sample { project, derived, toll, speakers, event, timeline }
}

impl Sample {
    fn all(&self) -> [BecameKnown<'_>; 3] {
        let whats = [What::Toll(&self.toll), What::Speakers(&self.speakers), What::Claims(self.event, &self.timeline)];
        let of = |what| BecameKnown {
            project: &self.project,
            measure: &Measure::Killed,
            class: &Class::TOTAL,
            filter: "",
            what,
        };
        whats.map(of)
    }
}

fn rows(of: &BecameKnown<'_>) -> Vec<Vec<String>> {
    let bytes = table::csv(of);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn each_goes_out_at_every_size_with_its_sources_and_a_text_for_those_who_do_not_see_it() {
    let sample = sample();
    for of in sample.all() {
        let imprint = of.imprint(&sample.derived, "What was found", "0123456789".into(), None);
        for size in Size::NAMED {
            let written = of.export(&imprint, size, Output::Picture(Kind::Svg)).expect("written");
            let text = String::from_utf8(written.bytes).expect("text");
            assert!(text.contains(">What was found</title>"), "{size:?}");
            assert!(text.contains("<desc"), "{size:?}");
        }
        let scene = of.scene(&imprint, Size::Screen);
        assert!(scene.description.starts_with("What was found. "), "{}", scene.description);
        let text = scene.to_string();
        for said in ["Source: ", "Data to ", "Licence: ", "Made with Dateline, project 01234567."] {
            assert!(text.contains(said), "nothing says {said}");
        }
    }
}

#[test]
fn no_text_leaves_the_page_at_any_size() {
    let sample = sample();
    let ruler = Letters::default();
    for of in sample.all() {
        let imprint = of.imprint(&sample.derived, "", "0123456789".into(), None);
        for size in Size::NAMED {
            let scene = of.scene(&imprint, size);
            for item in &scene.items {
                let Shape::Text(text) = &item.shape else { continue };
                let wide = ruler.width(&text.text, text.size, text.weight);
                let left = match text.anchor {
                    crate::scene::Anchor::Left => text.at.x,
                    crate::scene::Anchor::Middle => text.at.x - wide / 2.0,
                    crate::scene::Anchor::Right => text.at.x - wide,
                };
                let over = left < -0.5 || left + wide > scene.width + 0.5 || text.at.y > scene.height;
                assert!(!over, "{} at {size:?}: {:?} from {left} to {}", of.title(), text.text, left + wide);
            }
        }
    }
}

#[test]
fn lines_have_names_in_a_narrow_column_too() {
    let sample = sample();
    for of in sample.all() {
        let imprint = of.imprint(&sample.derived, "", "0123456789".into(), None);
        let named = |size: Size| {
            let scene = of.scene(&imprint, size);
            let texts = scene
                .items
                .iter()
                .filter(|item| matches!((&item.shape, item.stands), (Shape::Text(_), Stands::Series { .. })));
            texts.count()
        };
        assert!(named(Size::Column) > 0);
        assert_eq!(named(Size::Column), named(Size::Screen), "{}", of.title());
    }
}

#[test]
fn the_tables_end_at_todays_figures_and_no_unknown_is_a_zero() {
    let sample = sample();
    let [toll, speakers, claims] = sample.all();
    let table = rows(&toll);
    let last = sample.toll.steps.last().expect("a step").sums;
    assert_eq!(table.last().map(|row| row[2].clone()), Some(last.low.to_string()));
    assert_eq!(table.len(), sample.toll.steps.len() + 1);
    for row in rows(&speakers).iter().skip(1).filter(|row| row[6] == "0") {
        assert_eq!(row[2..6], ["", "", "", ""], "{row:?}");
    }
    let table = rows(&claims);
    let claims: Vec<&Vec<String>> = table.iter().filter(|row| row[0] == "claim").collect();
    assert_eq!(claims.len(), sample.timeline.claims.len());
    assert!(claims.iter().all(|row| row[11] != "no" || !row[12].is_empty()), "what does not count says why");
    let figure = sample.derived.figure(sample.event, &Measure::Killed, &Class::TOTAL).value.range().expect("a number");
    let end = table.last().expect("a row");
    assert_eq!((end[0].as_str(), &end[5]), ("figure", &figure.low.to_string()));
    assert_eq!(end[6], figure.best.map(|best| best.to_string()).unwrap_or_default());
}

#[test]
fn a_codebook_explains_every_column() {
    let sample = sample();
    for of in sample.all() {
        let imprint = of.imprint(&sample.derived, "", "0123456789".into(), None);
        let written = of.export(&imprint, Size::Screen, Output::Numbers).expect("written");
        let codebook = written.codebook.expect("a codebook");
        for column in &rows(&of)[0] {
            assert!(codebook.lines().any(|line| line.starts_with(&format!("{column} "))), "{column}");
        }
        let (text, html) = of.tsv();
        assert_eq!(text.lines().next().map(|head| head.split('\t').count()), Some(rows(&of)[0].len()));
        assert!(html.contains("<table"));
    }
}
