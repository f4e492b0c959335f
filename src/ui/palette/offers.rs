//! What the palette offers for a query: commands and records, best first. It knows no window.

use nucleo_matcher::Matcher;

use crate::command::{Command, TABLE};
use crate::derive::Derived;
use crate::derive::find::{self, Kinds};
use crate::derive::links::Linked;
use crate::model::Project;

/// Records that are offered at most.
const RECORDS: usize = 60;

/// What an offer leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// A command is run.
    Command(Command),
    /// A record is shown.
    Record(Linked),
    /// The event table is shown as a saved view, which the offer names.
    View,
}

/// One line of the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it leads to.
    pub choice: Choice,
    /// What it is called.
    pub name: String,
    /// Its keys, or what tells the record from others.
    pub detail: String,
}

/// The offers for a query. `>` asks for commands, `#` for events, `@` for articles, `/` for notes; without one of
/// them everything is asked for, and an empty query gives the commands, recent ones first.
pub fn offers(
    (project, derived): (&Project, &Derived),
    query: &str,
    recent: &[Command],
    matcher: &mut Matcher,
) -> Vec<Offer> {
    let query = query.trim_start();
    let none = Kinds { events: false, articles: false, notes: false };
    let (rest, commands_too, kinds) = match query.chars().next() {
        Some('>') => (&query[1..], true, none),
        Some('#') => (&query[1..], false, Kinds { events: true, ..none }),
        Some('@') => (&query[1..], false, Kinds { articles: true, ..none }),
        Some('/') => (&query[1..], false, Kinds { notes: true, ..none }),
        _ => (query, true, if query.is_empty() { none } else { Kinds::ALL }),
    };
    let rest = rest.trim();
    let mut scored = if commands_too { commands(rest, recent, matcher) } else { Vec::new() };
    if commands_too && !rest.is_empty() {
        scored.extend(views(project, rest, matcher));
    }
    if kinds != none {
        let found = find::find((project, derived.columnar()), rest, kinds, RECORDS, matcher);
        scored.extend(found.into_iter().map(|found| {
            (found.score, Offer { choice: Choice::Record(found.at), name: found.name, detail: found.detail })
        }));
    }
    // Equal ones stay as they are: commands before records.
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, offer)| offer).collect()
}

/// What stands before the name of a view.
const VIEW: &str = "View: ";

impl Offer {
    /// The name of the view that it leads to.
    pub fn view(&self) -> Option<&str> {
        self.name.strip_prefix(VIEW).filter(|_| self.choice == Choice::View)
    }
}

fn views(project: &Project, query: &str, matcher: &mut Matcher) -> Vec<(u32, Offer)> {
    let pattern = find::pattern(query);
    let offer = |name: &str| {
        let name = format!("{VIEW}{name}");
        let score = find::score(&pattern, &name, matcher)?;
        Some((score, Offer { choice: Choice::View, name, detail: "Saved view".to_owned() }))
    };
    project.views.iter().map(|view| &*view.name).filter_map(offer).collect()
}

fn commands(query: &str, recent: &[Command], matcher: &mut Matcher) -> Vec<(u32, Offer)> {
    let pattern = find::pattern(query);
    let mut entries: Vec<_> = TABLE.iter().filter(|entry| entry.command != Command::Palette).collect();
    entries.sort_by_key(|entry| recent.iter().position(|command| *command == entry.command).unwrap_or(usize::MAX));
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let matched = entries.into_iter().filter_map(|entry| {
        let named = find::score(&pattern, entry.label, matcher);
        // What a command does counts less than its name, and only by whole words.
        let helped = || {
            let all = words.iter().all(|word| find::holds(entry.help, word));
            all.then(|| find::score(&pattern, entry.help, matcher).unwrap_or(0) / 2)
        };
        let score = named.or_else(helped)?;
        let choice = Choice::Command(entry.command);
        Some((score, Offer { choice, name: entry.label.to_owned(), detail: entry.key_text() }))
    });
    matched.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Event};
    use nucleo_matcher::Config;

    fn project() -> Project {
        let mut project = Project::titled("x");
        let mut event = Event::new("e1".parse().expect("id"));
        event.title = "Undoing of the bridge".into();
        project.events.push(event).expect("free");
        project.articles.push(Article::new("a1".parse().expect("id"), "Bridge is gone", "")).expect("free");
        project
    }

    fn names(query: &str, recent: &[Command]) -> Vec<String> {
        let mut matcher = Matcher::new(Config::DEFAULT);
        let project = project();
        offers((&project, &Derived::from_scratch(&project)), query, recent, &mut matcher)
            .into_iter()
            .map(|offer| offer.name)
            .collect()
    }

    #[test]
    fn an_empty_query_offers_all_commands_and_recent_ones_first() {
        let names = names("", &[Command::Quit, Command::Save]);
        assert_eq!(names[..3], ["Quit", "Save", "New project"]);
        assert_eq!(names.len(), TABLE.len() - 1, "the palette does not offer itself");
    }

    #[test]
    fn commands_are_found_by_their_name_and_by_what_they_do() {
        assert_eq!(names("undo", &[])[0], "Undo");
        assert_eq!(names(">dark", &[])[0], "Dark theme");
        assert!(names(">100 %", &[]).contains(&"Actual size".to_owned()));
    }

    #[test]
    fn a_prefix_asks_for_one_kind() {
        assert_eq!(names("#", &[]), ["Undoing of the bridge"]);
        assert_eq!(names("@bridge", &[]), ["Bridge is gone"]);
        assert_eq!(names("/bridge", &[]), Vec::<String>::new());
        assert!(!names(">bridge", &[]).iter().any(|name| name.contains("bridge")));
        assert_eq!(names("bridge", &[]).iter().filter(|name| name.to_lowercase().contains("bridge")).count(), 2);
    }
}
