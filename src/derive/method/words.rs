//! Differences of two method sheets in words.

use crate::model::{Measure, Methodology};

/// What differs, a phrase each: `rule for killed to conservative (ACLED)`.
pub fn changes(from: &Methodology, to: &Methodology) -> Vec<String> {
    let mut found = Vec::new();
    if from.method != to.method {
        found.push(format!("rule for all measures to {}", to.method.title()));
    }
    let measures: std::collections::BTreeSet<&Measure> = from.methods.keys().chain(to.methods.keys()).collect();
    for measure in measures {
        match (from.methods.get(measure), to.methods.get(measure)) {
            (before, Some(now)) if before != Some(now) => {
                found.push(format!("rule for {measure} to {}", now.title()));
            }
            (Some(_), None) => found.push(format!("rule for {measure} to that for all measures")),
            _ => {}
        }
    }
    if from.ranks != to.ranks {
        found.push("ranked speakers".to_owned());
    }
    if from.authority != to.authority {
        found.push(match &*to.authority {
            "" => "authority to none".to_owned(),
            name => format!("authority to {name}"),
        });
    }
    if from.words != to.words {
        found.push(format!("word table to {}", to.words.name));
    }
    let switches = [
        ("counting of attackers", from.count_attackers, to.count_attackers),
        ("counting of enemy dead as high only", from.enemy_counts_high_only, to.enemy_counts_high_only),
        ("low in the place of a missing best", from.missing_best_is_low, to.missing_best_is_low),
    ];
    for (what, before, now) in switches {
        if before != now {
            found.push(format!("{what} {}", if now { "on" } else { "off" }));
        }
    }
    found
}

/// What differs in one phrase, short enough for a menu.
pub fn what_changes(from: &Methodology, to: &Methodology) -> String {
    let found = changes(from, to);
    match found.as_slice() {
        [] => "method sheet".to_owned(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        many => format!("method sheet in {} ways", many.len()),
    }
}
