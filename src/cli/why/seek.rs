//! Which event is meant: by its id, or by its title where only one has it.

use strsim::levenshtein;

use crate::model::{Event, Project};

/// How many events are offered where none is meant clearly.
const OFFERED: usize = 5;

/// The event of this id or exact title.
///
/// # Errors
/// Where there is none, with those that are called nearly so; where several have the title, with their ids.
pub(super) fn seek<'p>(project: &'p Project, asked: &str) -> Result<&'p Event, String> {
    let by_id = asked.parse().ok().and_then(|id| project.events.get(id));
    if let Some(event) = by_id {
        return Ok(event);
    }
    let titled: Vec<&Event> =
        project.events.iter().filter(|event| *event.title == *asked).map(|event| &**event).collect();
    match titled.as_slice() {
        [one] => Ok(one),
        [] => Err(format!("there is no event “{asked}”; {}", nearest(project, asked))),
        many => Err(format!("{} events have the title “{asked}”; name one by its id: {}", many.len(), ids(many))),
    }
}

fn ids(events: &[&Event]) -> String {
    let shown = events.iter().take(OFFERED).map(|event| event.id.to_string()).collect::<Vec<_>>().join(", ");
    if events.len() > OFFERED { format!("{shown}, …") } else { shown }
}

/// The events whose id or title is nearest to what was asked, as an offer.
fn nearest(project: &Project, asked: &str) -> String {
    let asked = asked.to_lowercase();
    let far = |event: &Event| {
        let title = event.title.to_lowercase();
        let inside = !asked.is_empty() && title.contains(&asked);
        if inside { 0 } else { levenshtein(&asked, event.id.as_str()).min(levenshtein(&asked, &title)) }
    };
    let mut events: Vec<(usize, &Event)> = project.events.iter().map(|event| (far(event), &**event)).collect();
    events.sort_by_key(|(far, event)| (*far, event.id));
    if events.is_empty() {
        return "the project has no events".to_owned();
    }
    let offers: Vec<String> = events
        .into_iter()
        .take(OFFERED)
        .map(|(_, event)| {
            let name = if event.title.is_empty() { event.name() } else { &event.title };
            format!("{} ({name})", event.id)
        })
        .collect();
    format!("the nearest are {}", offers.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> Project {
        let mut project = Project::titled("Test");
        for (id, title) in [("e-school", "Attack on a school"), ("e-dup1", "Shelling"), ("e-dup2", "Shelling")] {
            let mut event = Event::new(id.parse().expect("an id"));
            event.title = title.into();
            project.events.push(event).expect("new");
        }
        project
    }

    #[test]
    fn an_event_is_found_by_its_id_or_its_own_title() {
        let project = project();
        assert_eq!(seek(&project, "e-dup1").map(|event| event.id.to_string()), Ok("e-dup1".to_owned()));
        assert_eq!(seek(&project, "Attack on a school").map(|event| event.id.to_string()), Ok("e-school".to_owned()));
    }

    #[test]
    fn a_title_of_two_and_a_strange_name_are_refused_with_what_is_there() {
        let project = project();
        let two = seek(&project, "Shelling").expect_err("two of them");
        assert!(two.contains("e-dup1, e-dup2"), "{two}");
        let slip = seek(&project, "e-schol").expect_err("a slip");
        assert!(slip.contains("the nearest are e-school (Attack on a school), "), "{slip}");
        let part = seek(&project, "school").expect_err("a part of a title");
        assert!(part.contains("the nearest are e-school"), "{part}");
        assert!(seek(&Project::titled("Empty"), "x").expect_err("none").contains("no events"));
    }
}
