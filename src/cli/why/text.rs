//! The account of an event as a text for people.

use std::fmt::Write;

use super::account::{Account, Cited, Numbers, Said, Told};
use crate::derive::wording::{grouped, sentence, span};

/// The account as text: the event, then each figure with its rule, its working and its claims.
pub(super) fn text(account: &Account) -> String {
    let event = &account.event;
    let mut out = String::new();
    let title = if event.title.is_empty() { "Event without a title" } else { &event.title };
    line(&mut out, 0, &format!("{title} ({})", event.id));
    let sides = [&event.side_a, &event.side_b].into_iter().filter(|side| !side.is_empty());
    let sides = sides.map(String::as_str).collect::<Vec<_>>().join(" and ");
    let about = [&event.when_in_words, &event.place, &event.kind, &sides, &event.status];
    let about: Vec<&str> = about.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    line(&mut out, 0, &about.join(", "));
    if account.figures.is_empty() {
        out.push('\n');
        line(&mut out, 0, "Nobody spoke of a number here.");
    }
    for told in &account.figures {
        figure(&mut out, told, &account.word_table);
    }
    out
}

fn line(out: &mut String, indent: usize, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{:indent$}{text}", "");
}

fn figure(out: &mut String, told: &Told, table: &str) {
    out.push('\n');
    let class = if told.class == "total" { String::new() } else { format!(", {}", told.class) };
    let marks = if told.marks.is_empty() { String::new() } else { format!("  [{}]", told.marks.join(", ")) };
    line(out, 0, &format!("{}{class}: {}{marks}", sentence(&told.measure), told.numbers.text));
    line(out, 2, &in_words(&told.numbers));
    match &told.by_hand {
        Some(_) => {}
        None if told.numbers.state == "no claim" => return,
        None => line(out, 2, &format!("Rule: {}. {}.", told.method, told.rule)),
    }
    for step in &told.steps {
        line(out, 2, &format!("{step}."));
    }
    if let Some(alone) = &told.claims_alone {
        line(out, 2, &format!("The claims alone would say {} ({}).", alone.text, in_words(alone)));
    }
    if !told.used.is_empty() {
        line(out, 2, "Rests on:");
        told.used.iter().for_each(|said| claim(out, said, None, table));
    }
    if !told.not_used.is_empty() {
        line(out, 2, "Does not rest on:");
        told.not_used.iter().for_each(|passed| claim(out, &passed.claim, Some(&passed.reason), table));
    }
}

fn in_words(numbers: &Numbers) -> String {
    match (numbers.state, numbers.low) {
        ("known", Some(low)) => format!(
            "low {}, {}, {}",
            grouped(low),
            numbers.best.map_or_else(|| "no best".to_owned(), |best| format!("best {}", grouped(best))),
            numbers.high.map_or_else(|| "high open".to_owned(), |high| format!("high {}", grouped(high)))
        ),
        ("unknown", _) => "spoken of without a number that counts".to_owned(),
        _ => "nobody spoke of it".to_owned(),
    }
}

fn claim(out: &mut String, said: &Said, why_not: Option<&str>, table: &str) {
    let mut head = format!("{} ({})", said.quantity, said.speaker);
    match (&said.word, &said.read_as.text) {
        (Some(word), _) => {
            let _ = write!(head, ", “{}” read as {} by word table {table}", word.word, span(word.low, word.high));
        }
        (None, Some(reading)) if reading.replace(',', "") != said.quantity => {
            let _ = write!(head, ", read as {reading}");
        }
        (None, None) => head.push_str(", no number"),
        (None, Some(_)) => {}
    }
    if let Some(why_not) = why_not {
        let _ = write!(head, ": {why_not}");
    }
    line(out, 4, &head);
    let mut facts = vec![format!("claim {}", said.claim)];
    if !said.via.is_empty() {
        facts.push(format!("via {}", said.via));
    }
    if said.stance != "asserts" {
        facts.push(said.stance.to_owned());
    }
    facts.extend(said.particulars.iter().cloned());
    facts.extend(said.scope.clone());
    line(out, 6, &facts.join(", "));
    said.quotes.iter().for_each(|quote| cited(out, quote));
    if let Some(row) = &said.row {
        let cells: Vec<String> =
            row.cells.iter().map(|(column, value)| format!("{column} {}", said_in(value))).collect();
        line(out, 6, &format!("Read from {}, a row of {}", cells.join(", "), row.dataset));
        line(out, 8, &format!("{}, SHA-256 {}", said_in(&row.file), said_in(&row.sha256)));
    }
    if !said.comment.is_empty() {
        line(out, 6, &format!("Remark: {}", said.comment));
    }
}

/// What a cell says, where it says anything.
fn said_in(value: &str) -> &str {
    if value.is_empty() { "(empty)" } else { value }
}

fn cited(out: &mut String, quote: &Cited) {
    let words = quote.exact.split_whitespace().collect::<Vec<_>>().join(" ");
    let agency = if quote.agency == quote.publisher { "" } else { &quote.agency };
    let source = [&quote.publisher, agency, &quote.headline, quote.day.as_deref().unwrap_or_default()];
    let source: Vec<&str> = source.into_iter().filter(|part| !part.is_empty()).collect();
    let at = format!("article {}, characters {} to {}", quote.article, quote.at.0, quote.at.1);
    line(out, 6, &format!("“{words}”"));
    let source = if source.is_empty() { at } else { format!("{} ({at})", source.join(", ")) };
    line(out, 8, &source);
}
