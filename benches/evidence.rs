//! Whether a frame is ever late while somebody reads: 2,000 articles, 20,000 claims, 5,000 events.
//!
//! The goal is that no frame takes more than 8 ms, user interface and tessellation: opening articles, jumping from
//! figures to their words, searching, walking through detected figures, scrolling. It prints the median, the 99th
//! percentile and the slowest frame of each act. The load of the machine is not known to it: say it beside the figures.

use std::time::Instant;

use dateline::model::{Article, Claim, Class, Event, EventDate, Measure, Moment, Project, Quantity, Quote, Records};
use egui::{Event as Input, Key, Modifiers, MouseWheelUnit, TouchPhase, pos2, vec2};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use window::{Bench, act};

mod window;

const ARTICLES: usize = 2_000;
const EVENTS: usize = 5_000;
const CLAIMS_AN_ARTICLE: usize = 10;
/// Sentences of which nothing was made yet.
const UNDECIDED: usize = 2;

fn day(n: usize) -> Date {
    date(2022, 1, 1).saturating_add(SignedDuration::from_hours(24 * (n as i64 % 700)))
}

/// Words of the filler, so that no two texts are alike.
const WORDS: [&str; 24] = [
    "road", "river", "valley", "market", "school", "bridge", "night", "power", "council", "harvest", "snow", "ferry",
    "village", "station", "window", "winter", "garden", "corner", "morning", "engine", "paper", "stone", "water",
    "field",
];

/// Twelve sentences with a figure each, in paragraphs of filler.
fn text(n: usize) -> String {
    let mut text = String::new();
    let mut state = n as u64 * 2_654_435_761 + 1;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS[(state >> 33) as usize % WORDS.len()]
    };
    for at in 0..CLAIMS_AN_ARTICLE + UNDECIDED {
        let dead = 2 + (n * 7 + at * 3) % 60;
        text.push_str(&format!(
            "At least {dead} people were killed near village {at}, the district council {n} said on Monday."
        ));
        for _ in 0..2 {
            let sentence: Vec<&str> = (0..16).map(|_| word()).collect();
            text.push_str(&format!(" The {}.", sentence.join(" ")));
        }
        text.push_str("\n\n");
    }
    text
}

fn project() -> Project {
    let articles: Vec<Article> = (0..ARTICLES)
        .map(|n| {
            let mut article = Article::new(
                format!("a-{n}").parse().expect("an id"),
                &format!("Report {n} from the valley"),
                &text(n),
            );
            article.publisher = format!("Paper {}", n % 40).into();
            article.published = Some(Moment::new(day(n)));
            article
        })
        .collect();
    let events = (0..EVENTS).map(|n| {
        let mut event = Event::new(format!("e-{n}").parse().expect("an id"));
        event.when = Some(EventDate::day(day(n)));
        event.title = format!("Shelling of village {n}").into();
        event.location.name = format!("Village {}", n % 700).into();
        event
    });
    let claims = articles.iter().enumerate().flat_map(|(n, article)| {
        (0..CLAIMS_AN_ARTICLE).map(move |at| {
            let event = format!("e-{}", (n * CLAIMS_AN_ARTICLE + at) % EVENTS).parse().expect("an id");
            let dead = 2 + (n * 7 + at * 3) % 60;
            let words = format!("At least {dead} people were killed near village {at},");
            let start = article.text.find(&words).expect("the sentence");
            let start = article.text[..start].chars().count();
            let quote = Quote::of(article.id, &article.text, start, start + words.chars().count());
            let quantity = Quantity::AtLeast(dead as u64);
            let speaker = format!("district council {n}").into();
            let quotes = quote.into_iter().collect();
            Claim { quotes, speaker, ..Claim::new(event, Measure::Killed, Class::TOTAL, quantity) }
        })
    });
    let (claims, _) = Records::from_list(claims.collect::<Vec<_>>());
    let (events, _) = Records::from_list(events.collect::<Vec<_>>());
    let (articles, _) = Records::from_list(articles);
    Project { articles, events, claims, ..Project::titled("Two thousand articles") }
}

fn main() {
    let project = project();
    println!("{ARTICLES} articles, {} claims, {EVENTS} events", project.claims.len());
    let start = Instant::now();
    let mut bench = Bench::new(&project);
    println!("written, opened and drawn for the first time: {:.2} s", start.elapsed().as_secs_f64());
    let (none, ctrl) = (Modifiers::NONE, Modifiers::COMMAND);
    let mut late = false;
    late |= act(&mut bench, "the first 300 frames", |act| act.rest(300));
    late |= act(&mut bench, "next row, F12 to its words, 100 times", |act| {
        act.press(Key::Num3, ctrl);
        for _ in 0..100 {
            act.press(Key::ArrowDown, none);
            act.press(Key::F12, none);
        }
    });
    late |= act(&mut bench, "back and forward, 50 times", |act| {
        for _ in 0..50 {
            act.press(Key::ArrowLeft, Modifiers::ALT);
        }
        for _ in 0..50 {
            act.press(Key::ArrowRight, Modifiers::ALT);
        }
    });
    late |= act(&mut bench, "search for an article, open it, 10 times", |act| {
        for n in 0..10 {
            act.press(Key::K, ctrl);
            act.write(&format!("report {}", n * 173 + 5));
            act.press(Key::Enter, none);
            act.rest(5);
        }
    });
    late |= act(&mut bench, "arrow down in the list of articles, 200", |act| {
        act.press(Key::Num1, ctrl);
        (0..200).for_each(|_| act.press(Key::ArrowDown, none));
    });
    late |= act(&mut bench, "next undecided figure, 100 times", |act| {
        act.press(Key::Num2, ctrl);
        (0..100).for_each(|_| act.press(Key::N, none));
    });
    late |= act(&mut bench, "search in the text", |act| {
        act.press(Key::Num2, ctrl);
        act.press(Key::F, ctrl);
        act.write("village 7");
        (0..20).for_each(|_| act.press(Key::Enter, none));
        act.press(Key::Escape, none);
    });
    late |= act(&mut bench, "wheel over the text, 200 frames", |act| {
        act.frame(vec![Input::PointerMoved(pos2(480.0, 250.0))]);
        for _ in 0..200 {
            let wheel = Input::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, -90.0),
                phase: TouchPhase::Move,
                source: egui::MouseWheelSource::Unknown,
                modifiers: none,
            };
            act.frame(vec![wheel]);
        }
    });
    late |= act(&mut bench, "a claim by the keyboard, 20 times", |act| {
        act.press(Key::Num2, ctrl);
        for _ in 0..20 {
            act.press(Key::N, none);
            act.press(Key::K, none);
            act.rest(3);
            // Once for each guess that the bar wants confirmed, then for the claim.
            (0..4).for_each(|_| act.press(Key::Enter, none));
            act.press(Key::Escape, none);
        }
    });
    let project = bench.app.project().map(|project| project.claims.len());
    println!("claims now: {project:?}; late frames: {late}");
}
