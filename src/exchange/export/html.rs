//! A report as one page that needs nothing beside it: totals with their account, events with the quotes that their claims
//! rest on, sources, notes that are marked for publication, the method sheet.
//!
//! Everything that comes from the project is escaped; nothing in the page runs and nothing is fetched. It reads well on
//! paper and to a screen reader.

mod event;
mod markdown;
mod style;
mod totals;

use std::fmt::Write as _;
use std::io::{self, Write};

use jiff::civil::Date;

use crate::derive::method::method_note;
use crate::derive::wording::{count, day};
use crate::model::{Article, Note, Project};

use super::seen::Seen;
use super::{Line, Source, codebook, pace};

/// The most events that are listed with their claims: a page with more is read by nobody and opened by no browser.
pub(super) const LISTED: usize = 5_000;
/// The tag by which a note is marked for publication.
pub const PUBLISH: &str = "publish";

/// A text with what means something to HTML replaced. Signs that no page may hold become the sign for an unknown letter.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(letter),
            letter if letter.is_control() => out.push('\u{FFFD}'),
            letter => out.push(letter),
        }
    }
    out
}

/// Writes the page and answers how many events it does not list.
pub(super) fn write(
    source: &Source<'_>,
    (seen, left_out): (&Seen, String),
    lines: &[Line<'_>],
    out: &mut dyn Write,
    go_on: &dyn Fn(f32) -> bool,
) -> io::Result<usize> {
    let project = &seen.project;
    let unlisted = lines.len().saturating_sub(LISTED);
    let listed = lines.get(..LISTED).unwrap_or(lines);
    let mut page = head(source, project, &left_out, lines.len());
    page.push_str(&totals::section(source, project, lines));
    page.push_str("<section id=\"events\" aria-labelledby=\"h-events\">\n<h2 id=\"h-events\">Events</h2>\n");
    if unlisted > 0 {
        // Writing to a string cannot fail.
        let more = count(unlisted, "event is", "events are");
        let _ = writeln!(page, "<p>{more} not listed here; the totals count them. A table has all of them.</p>");
    }
    out.write_all(page.as_bytes())?;
    pace::write(listed, out, go_on, |chunk, bytes| {
        let mut text = String::new();
        chunk.iter().for_each(|line| event::put(&mut text, project, source.derived, line.event.id));
        bytes.extend_from_slice(text.as_bytes());
    })?;
    let mut page = String::from("</section>\n");
    sources(&mut page, project);
    notes(&mut page, project);
    method(&mut page, source, project);
    let _ = write!(
        page,
        "<footer><p>Made with Dateline on {}. Side A and side B are parties, not culprits.</p></footer>\n</main>\n</body>\n\
         </html>\n",
        day(source.today)
    );
    out.write_all(page.as_bytes())?;
    Ok(unlisted)
}

fn head(source: &Source<'_>, project: &Project, left_out: &str, events: usize) -> String {
    let title = if project.about.title.is_empty() { "Report" } else { &project.about.title };
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"Dateline\">\n\
         <title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#totals\">Skip to the totals</a>\n\
         <main>\n<header>\n<h1 dir=\"auto\">{title}</h1>\n",
        style::STYLE,
        title = escaped(title),
    );
    for paragraph in project.about.description.split("\n\n").filter(|text| !text.trim().is_empty()) {
        let _ = writeln!(page, "<p dir=\"auto\">{}</p>", escaped(paragraph.trim()));
    }
    page.push_str("<dl>\n");
    let mut say = |what: &str, text: String| {
        if !text.is_empty() {
            let _ = writeln!(page, "<div><dt>{what}</dt><dd dir=\"auto\">{}</dd></div>", escaped(&text));
        }
    };
    say("Data to", data_to(project).map(day).unwrap_or_default());
    let filter = if source.filter.is_empty() { String::new() } else { format!(" that match {}", source.filter) };
    say("Covers", format!("{}{filter}", count(events, "event", "events")));
    say("Left out", left_out.to_owned());
    say("Licence", project.about.licence.to_string());
    say("SHA-256 of the project", source.hash.to_owned());
    say("Written", day(source.today));
    page.push_str("</dl>\n</header>\n");
    let links =
        [("totals", "Totals"), ("events", "Events"), ("sources", "Sources"), ("notes", "Notes"), ("method", "Method")];
    let shown = |id: &str| match id {
        "sources" => !project.articles.is_empty(),
        "notes" => published(project).next().is_some(),
        _ => true,
    };
    let links = links.iter().filter(|(id, _)| shown(id)).map(|(id, name)| format!("<a href=\"#{id}\">{name}</a>"));
    let _ = writeln!(page, "<nav aria-label=\"Parts\">{}</nav>", links.collect::<Vec<_>>().join("\n"));
    page
}

/// The last day on which something was reported, else on which something happened.
fn data_to(project: &Project) -> Option<Date> {
    let published = project.articles.iter().filter_map(|article| article.published).map(|moment| moment.day());
    let reported = project.claims.iter().filter_map(|claim| claim.reported);
    published.chain(reported).max().or_else(|| project.events.iter().filter_map(|event| event.when?.latest()).max())
}

/// What a person calls an article.
fn name_of(article: &Article) -> String {
    let voice = if article.publisher.is_empty() { article.voice() } else { &article.publisher };
    let published = article.published.map(|moment| format!(", {}", day(moment.day()))).unwrap_or_default();
    format!("{voice}{published}")
}

fn sources(page: &mut String, project: &Project) {
    if project.articles.is_empty() {
        return;
    }
    page.push_str("<section id=\"sources\" aria-labelledby=\"h-sources\">\n<h2 id=\"h-sources\">Sources</h2>\n<ol>\n");
    for article in project.articles.iter() {
        let _ = write!(page, "<li id=\"s-{}\"><span dir=\"auto\">{}</span>", article.id, escaped(&article.headline));
        let agency =
            if article.agency.is_empty() { String::new() } else { format!(", credited to {}", article.agency) };
        let byline = if article.byline.is_empty() { String::new() } else { format!(", {}", article.byline) };
        let _ = write!(page, ". {}", escaped(&format!("{}{agency}{byline}", name_of(article))));
        for (name, url) in [("Address", &article.url), ("Archived copy", &article.archived_url)] {
            if url.starts_with("https://") || url.starts_with("http://") {
                let _ = write!(page, " <a href=\"{}\" rel=\"noreferrer\">{name}</a>", escaped(url));
            } else if !url.is_empty() {
                let _ = write!(page, " {}", escaped(url));
            }
        }
        page.push_str("</li>\n");
    }
    page.push_str("</ol>\n</section>\n");
}

/// Notes that are marked for publication and not sensitive.
fn published(project: &Project) -> impl Iterator<Item = &Note> {
    let marked = |note: &&Note| !note.sensitive && note.tags.iter().any(|tag| tag.eq_ignore_ascii_case(PUBLISH));
    project.notes.iter().map(|note| &**note).filter(marked)
}

fn notes(page: &mut String, project: &Project) {
    if published(project).next().is_none() {
        return;
    }
    page.push_str("<section id=\"notes\" aria-labelledby=\"h-notes\">\n<h2 id=\"h-notes\">Notes</h2>\n");
    for note in published(project) {
        let title = if note.title.is_empty() { "Untitled" } else { &note.title };
        let _ = writeln!(page, "<article>\n<h3 dir=\"auto\">{}</h3>", escaped(title));
        page.push_str(&markdown::html(&note.body, 3));
        page.push_str("</article>\n");
    }
    page.push_str("</section>\n");
}

fn method(page: &mut String, source: &Source<'_>, project: &Project) {
    page.push_str(
        "<section id=\"method\" aria-labelledby=\"h-method\">\n<h2 id=\"h-method\">How the figures were made</h2>\n",
    );
    if !source.filter.is_empty() {
        page.push_str(
            "<p>Totals in this part are those of the whole project, not only of the events of the filter.</p>\n",
        );
    }
    let note = method_note(project, source.derived, source.hash);
    let body = note.split_once('\n').map_or("", |(_, body)| body);
    page.push_str(&markdown::html(body, 1));
    page.push_str("<h3>Columns and words</h3>\n");
    for part in codebook::parts(source).into_iter().filter(|part| part.title != "Columns") {
        let _ = writeln!(page, "<h4>{}</h4>\n<dl>", escaped(&part.title));
        for [name, means, _] in part.lines {
            let _ = writeln!(page, "<div><dt>{}</dt><dd>{}</dd></div>", escaped(&name), escaped(&means));
        }
        page.push_str("</dl>\n");
    }
    page.push_str("</section>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_to_a_page_is_a_text_in_it() {
        assert_eq!(escaped("<b a='1' b=\"2\">&\u{1}\n"), "&lt;b a=&#39;1&#39; b=&quot;2&quot;&gt;&amp;\u{FFFD}\n");
    }
}
