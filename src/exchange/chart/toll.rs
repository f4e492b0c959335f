//! The toll as it became known as a file: the picture with what is said around it, and its steps as a table.

use super::Size;
use crate::derive::reports::{Known, TollStep};
use crate::exchange::picture::{self, NotWritten};
use crate::model::{Class, Measure};
use crate::scene::chart::Imprint;
use crate::scene::letters::Letters;
use crate::scene::toll_timeline::{Shown, lay_out, notes, title};
use crate::scene::{BROKEN, Point, Role, Ruler, Scene, Shape, Stands, Text, Weight};

/// Room around everything, in points.
const MARGIN: f32 = 16.0;
/// Height of a line of the foot.
const FOOT: f32 = 14.0;
/// The least height of the plot.
const PLOT: f32 = 160.0;

/// The file of the picture.
///
/// # Errors
///
/// If a library refuses what it was given.
pub fn write_toll(
    shown: Shown<'_>,
    number: (&Measure, &Class),
    imprint: &Imprint,
    size: Size,
    kind: picture::Kind,
) -> Result<Vec<u8>, NotWritten> {
    let scene = toll_scene(shown, number, imprint, size);
    let scene = if imprint.printed { scene.printed() } else { scene };
    picture::write(&scene, kind, size.frame().2)
}

/// The picture, with title, what the signs mean and the sources.
pub fn toll_scene(shown: Shown<'_>, (measure, class): (&Measure, &Class), imprint: &Imprint, size: Size) -> Scene {
    let ruler = Letters::default();
    let (width, height, _) = size.frame();
    let height = height.unwrap_or(width * 0.66);
    let room = width - 2.0 * MARGIN;
    let heading = if imprint.title.trim().is_empty() { title(shown, measure, class) } else { imprint.title.clone() };
    let mut scene = Scene::sized(width, height);
    let mut y = MARGIN;
    let put = |scene: &mut Scene, y: f32, text: String, size: f32, role: Role, weight: Weight| {
        let text = Text::new(Point::new(MARGIN, y), text, size, role).weighing(weight);
        scene.put(Stands::Words, Shape::Text(text));
    };
    for line in ruler.wrapped(&heading, 16.0, Weight::SemiBold, room) {
        put(&mut scene, y + 14.0, line, 16.0, Role::Text, Weight::SemiBold);
        y += 20.0;
    }
    put(&mut scene, y + 12.0, "By the day on which each claim was reported".into(), 12.0, Role::Muted, Weight::Regular);
    y += 24.0;
    // Whether a silence is left out does not depend on the height.
    let broken = lay_out(shown, measure, class, [room, PLOT], &ruler).broken;
    let foot = foot(shown, imprint, broken);
    let foot: Vec<String> = foot.iter().flat_map(|text| ruler.wrapped(text, 11.0, Weight::Regular, room)).collect();
    let feet: f32 = foot.iter().map(|_| FOOT).sum::<f32>() + 10.0;
    let plot = (height - y - feet - MARGIN).max(PLOT);
    scene.height = height.max(y + plot + feet + MARGIN);
    let laid = lay_out(shown, measure, class, [room, plot], &ruler);
    scene.title = heading;
    scene.description = laid.scene.description.clone();
    scene.items.extend(laid.scene.moved(MARGIN, y).items);
    y += plot + 10.0;
    for line in foot {
        put(&mut scene, y + 10.0, line, 11.0, Role::Muted, Weight::Regular);
        y += FOOT;
    }
    scene
}

fn foot(shown: Shown<'_>, imprint: &Imprint, broken: bool) -> Vec<String> {
    let mut said = notes(shown);
    if broken {
        said.push_str(&format!(" {}.", crate::derive::wording::sentence(BROKEN)));
    }
    let sources = &imprint.credits.sources;
    let mut source = match sources.len() {
        0 => String::new(),
        1..=3 => format!("Source: {}. ", sources.join("; ")),
        more => format!("Source: {} and {} more. ", sources[..3].join("; "), more - 3),
    };
    if !imprint.licence.trim().is_empty() {
        source.push_str(&format!("{}. ", imprint.licence.trim()));
    }
    source.push_str(&format!("Made with Dateline, project {}.", imprint.hash.get(..8).unwrap_or(&imprint.hash)));
    vec![said, source]
}

/// The steps as a table with a head: a line for every moment, of every speaker where they are told apart. An open high is
/// empty; `high_at_least` says what it is at least.
pub fn toll_csv(shown: Shown<'_>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = ["speaker", "known_from", "low", "best", "high", "high_at_least", "events", "interim_events"];
    let mut lines: Vec<Vec<String>> = vec![head.map(str::to_owned).to_vec()];
    match shown {
        Shown::Toll(toll) => lines.extend(toll.steps.iter().map(|step| line("", step))),
        Shown::Speakers(speakers) => {
            lines
                .extend(speakers.iter().flat_map(|speaker| speaker.steps.iter().map(|step| line(&speaker.name, step))));
        }
    }
    for line in lines {
        // Writing to memory fails only where lines differ in length, and these do not.
        let _ = writer.write_record(&line);
    }
    writer.into_inner().unwrap_or_default()
}

fn line(speaker: &str, step: &TollStep) -> Vec<String> {
    let sums = &step.sums;
    let n = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
    let known = match step.known {
        Known::On(day) => day.to_string(),
        Known::SomeTime => "no day".to_owned(),
        Known::ByHand => "by hand".to_owned(),
    };
    let numbers = sums.events - sums.unknown - sums.no_claim;
    // A name that a spreadsheet would run as a formula is written with an apostrophe.
    let speaker = if speaker.starts_with(['=', '+', '-', '@']) { format!("'{speaker}") } else { speaker.to_owned() };
    vec![
        speaker,
        known,
        sums.low.to_string(),
        n(sums.best),
        n(sums.high),
        sums.high_at_least.to_string(),
        numbers.to_string(),
        step.interim.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::Derived;
    use crate::derive::reports::{Asked, by_speaker, toll};
    use crate::exchange::picture::Kind;

    #[test]
    fn the_sample_goes_out_as_pictures_and_as_a_table_that_ends_at_todays_total() {
        let project = crate::sample::project().expect("the sample is a project");
        let derived = Derived::from_scratch(&project);
        let asked = Asked { measure: Measure::Killed, class: Class::TOTAL, among: None };
        let toll = toll(&project, &derived, &asked, &|_| true).expect("nobody stops it");
        let speakers = by_speaker(&project, &derived, &asked, &|_| true).expect("nobody stops it");
        let imprint = Imprint { hash: "0123456789".into(), ..Imprint::default() };
        for shown in [Shown::Toll(&toll), Shown::Speakers(&speakers)] {
            for size in Size::NAMED {
                let bytes = write_toll(shown, (&Measure::Killed, &Class::TOTAL), &imprint, size, Kind::Svg);
                let text = String::from_utf8(bytes.expect("written")).expect("text");
                assert!(text.contains("<svg") && text.contains("as it"), "{size:?}");
            }
            let scene = toll_scene(shown, (&Measure::Killed, &Class::TOTAL), &imprint, Size::Column);
            assert!(scene.to_string().contains("Made with Dateline, project 01234567."));
        }
        let table = String::from_utf8(toll_csv(Shown::Toll(&toll))).expect("text");
        let last = toll.steps.last().expect("a step").sums;
        let end = table.lines().last().expect("a line").split(',').collect::<Vec<_>>();
        assert_eq!(end.get(2).and_then(|low| low.parse().ok()), Some(last.low));
        assert_eq!(table.lines().count(), toll.steps.len() + 1);
    }
}
