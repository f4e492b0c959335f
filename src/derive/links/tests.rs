//! Links as analysts write them, and the laws of rewriting.

use proptest::prelude::*;

use super::*;
use crate::model::{Event, Note};

fn ids(body: &str) -> Vec<String> {
    links(body).into_iter().map(|link| link.id).collect()
}

#[test]
fn links_are_found_with_their_labels_and_places() {
    let body = "See [[e-batken]] and [[ a-1 | the first report ]]; Ünï [[n-2|]].";
    let found = links(body);
    assert_eq!(found.iter().map(|l| l.id.as_str()).collect::<Vec<_>>(), ["e-batken", "a-1", "n-2"]);
    assert_eq!(found[1].label.as_deref(), Some("the first report"));
    assert_eq!(found[2].label, None);
    assert_eq!(&body[found[2].range.clone()], "[[n-2|]]");
}

#[test]
fn code_holds_no_links() {
    assert_eq!(ids("`[[a]]` [[b]] ``x ` [[c]]`` [[d]]"), ["b", "d"]);
    assert_eq!(ids("```\n[[a]]\n```\n[[b]]"), ["b"]);
    assert_eq!(ids("~~~ text\n[[a]]\n```\n[[b]]\n~~~\n[[c]]"), ["c"]);
    assert_eq!(ids("a lone ` and [[a]]\n\nanother ` [[b]]"), ["a", "b"], "a span ends with its paragraph");
    assert_eq!(ids("`over\nlines [[a]]` [[b]]"), ["b"]);
    assert_eq!(ids("```\nnever closed [[a]]"), Vec::<String>::new());
}

#[test]
fn what_only_looks_like_a_link_is_none() {
    for body in ["[[]]", "[[ ]]", "[[|label]]", "[[a]", "[[a\nb]]", r"\[[a]]", "[a](b)", "[[a]b]]", "[["] {
        assert_eq!(ids(body), Vec::<String>::new(), "{body}");
    }
    assert_eq!(ids("[[[a]]"), ["a"]);
}

#[test]
fn a_link_that_is_being_written_is_known_by_its_start() {
    assert_eq!(open_link("about [[Bat"), Some((6, "Bat")));
    assert_eq!(open_link("about [["), Some((6, "")));
    assert_eq!(open_link("[[a]] and ["), None);
    assert_eq!(open_link("[[a]] and"), None);
    assert_eq!(open_link("[[a\nb"), None);
    assert_eq!(open_link("[[id|lab"), None, "its record is chosen already");
    assert_eq!(open_link("```\n[[a"), None, "code");
}

#[test]
fn links_become_markdown_with_names_that_cannot_be_taken_for_markup() {
    let name = |id: &str| (id == "e1").then(|| "Batken *border* [1]".to_owned());
    let text = to_markdown("a [[e1]] b [[e1|c_d]] e [[gone]] `[[e1]]` $5", name, |label| format!("<{label}>"));
    assert_eq!(text, r"a [Batken \*border\* \[1\]](dateline:e1) b [c\_d](dateline:e1) e <gone> `[[e1]]` \$5");
}

#[test]
fn ids_lead_to_records_and_names_follow_them() {
    let mut project = Project::titled("x");
    let mut event = Event::new("e1".parse().expect("id"));
    event.title = "Batken".into();
    project.events.push(event).expect("free");
    project.notes.push(Note::new("n1".parse().expect("id"), None, None)).expect("free");
    let event = resolve(&project, "e1").expect("there");
    assert_eq!(name(&project, event), "Batken");
    let note = resolve(&project, "n1").expect("there");
    assert_eq!(name(&project, note), "n1", "a note without a title is called by its id");
    assert_eq!(resolve(&project, "e2"), None);
    assert_eq!(resolve(&project, "not an id"), None);
    assert_eq!(write(event, "the [first]\n| one"), "[[e1|the first one]]");
    assert_eq!(write(event, " "), "[[e1]]");
}

proptest! {
    #[test]
    fn a_written_link_is_read_back(label in "\\PC{0,20}") {
        let at = Linked::Event("e1".parse().expect("id"));
        let text = write(at, &label);
        let found = links(&text);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(&found[0].id, "e1");
        prop_assert_eq!(found[0].range.clone(), 0..text.len());
    }

    #[test]
    fn a_body_without_links_and_dollars_is_left_as_it_is(body in "[a-z`~*\\\\ \\n\\[é]{0,60}") {
        prop_assert_eq!(to_markdown(&body, |_| None, |_| "broken".to_owned()), body);
    }

    #[test]
    fn no_body_panics_and_links_stand_where_they_say(body in "([a-z|`$\\\\ \\n\\]\\[é~]|\\[\\[|\\]\\]){0,60}") {
        for link in links(&body) {
            let text = &body[link.range.clone()];
            prop_assert!(text.starts_with("[[") && text.ends_with("]]"), "{}", text);
            prop_assert!(text.contains(&link.id));
        }
        let _ = open_link(&body);
    }
}
