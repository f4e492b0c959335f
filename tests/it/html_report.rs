//! The report as one page: everything in it, nothing fetched, nothing run, and only what may be published.

use std::sync::Arc;

use dateline::model::{Note, Project};

use crate::cli::{dateline, err, out, sample};

/// The report on a project, with these further arguments.
fn report(project: &Project, more: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("case.ron");
    std::fs::write(&path, dateline::file::write(project)).expect("writable");
    let path = path.to_string_lossy().into_owned();
    let answer = dateline(&[&["export", &path, "-o", "-", "--to", "html"], more].concat());
    assert_eq!(answer.status.code(), Some(0), "{}", err(&answer));
    out(&answer)
}

fn project() -> Project {
    let text = std::fs::read_to_string(sample()).expect("part of the repository");
    dateline::file::read(&text, &|_| true).expect("opens").project
}

#[test]
fn the_report_holds_totals_charts_events_quotes_sources_and_method() {
    let page = report(&project(), &[]);
    let totals = out(&dateline(&["totals", &sample(), "--json"]));
    let totals: serde_json::Value = serde_json::from_str(&totals).expect("JSON");
    let best = totals["total"]["best"].as_u64().expect("a number").to_string();
    assert!(page.contains(&format!("<b>{best}</b>")) || page.contains(&format!(">{best}<")), "the total of killed");
    for part in ["totals", "events", "sources", "method"] {
        assert!(page.contains(&format!("<section id=\"{part}\"")), "{part}");
    }
    assert_eq!(page.matches("<figure>").count(), 3, "a chart for each of three measures");
    assert!(page.contains("only events around the days searched"), "charts are drawn as in the window");
    assert!(page.contains("“one border guard had been killed”"), "the quotes that numbers rest on");
    assert!(page.contains("28 events: 25 placed"), "the account");
}

#[test]
fn nothing_in_the_page_is_fetched_or_run() {
    let mut project = project();
    let about = Arc::make_mut(&mut project.about);
    about.title = "<script>alert(1)</script>".into();
    about.description = "\"><img src=https://example.org/x onerror=alert(2)>".into();
    let page = report(&project, &[]);
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    for bad in ["<script", "<img", "<link", "<iframe", "@import", "url(http", "onerror=alert(2)>"] {
        let text = page.replace("onerror=alert(2)&gt;", "");
        assert!(!text.contains(bad), "{bad}");
    }
    assert!(!page.contains(" src=\"http") && !page.contains(" href=\"javascript:"));
}

#[test]
fn only_notes_marked_for_publication_are_in_it() {
    let mut project = project();
    let mut put = |id: &str, body: &str, tags: &[&str], sensitive: bool| {
        let mut note = Note::new(id.parse().expect("an id"), None, None);
        note.body = body.into();
        note.tags = tags.iter().map(|tag| (*tag).into()).collect();
        note.sensitive = sensitive;
        project.notes.push(note).expect("new");
    };
    put("n-open", "Words for *everybody*", &["publish"], false);
    put("n-own", "Words for the desk", &[], false);
    put("n-closed", "Words that endanger", &["publish"], true);
    let page = report(&project, &[]);
    assert!(page.contains("Words for <em>everybody</em>"));
    assert!(!page.contains("Words for the desk") && !page.contains("Words that endanger"));
}

#[test]
fn what_is_to_be_left_out_is_left_out_of_the_page_and_said() {
    let project = project();
    let whole = report(&project, &[]);
    let quote = "one border guard had been killed";
    assert!(whole.contains(quote));
    let page = report(&project, &["--redact", "quotes,names"]);
    assert!(!page.contains(quote));
    assert!(page.contains("left out") || page.contains("Left out"), "the page says so");
}
