//! One event of the report: when and where, its figures, and every claim with the words that it rests on.

use std::fmt::Write as _;

use crate::derive::figures::Value;
use crate::derive::wording::{self, best_cell, grouped, high_cell, particulars, place, speaker};
use crate::derive::{Derived, claims_on};
use crate::model::{Claim, Class, Event, EventId, Project, Stance, Status};

use super::{escaped, name_of};

/// Puts an event on the page.
pub(super) fn put(page: &mut String, project: &Project, derived: &Derived, id: EventId) {
    let Some(event) = project.events.get(id) else { return };
    // Writing to a string cannot fail.
    let _ = writeln!(page, "<article id=\"e-{id}\">\n<h3 dir=\"auto\">{}</h3>", escaped(event.name()));
    let _ = writeln!(page, "<p class=\"meta\" dir=\"auto\">{}</p>", escaped(&about(event)));
    figures(page, derived, id);
    let claims: Vec<&Claim> = claims_on(project, derived, id).collect();
    if !claims.is_empty() {
        page.push_str("<ol class=\"claims\">\n");
        claims.into_iter().for_each(|claim| self::claim(page, project, claim));
        page.push_str("</ol>\n");
    }
    for hand in &event.by_hand {
        let who = if hand.name.is_empty() { String::new() } else { format!(" by {}", hand.name) };
        let changed = derived.figure(id, &hand.measure, &hand.class).marks.claims_changed;
        let since = if changed { " (claims changed since)" } else { "" };
        let words = format!("{}, {}: set by hand{who}: {}{since}", hand.measure.title(), hand.class, hand.reason);
        let _ = writeln!(page, "<p class=\"small\" dir=\"auto\">{}</p>", escaped(&words));
    }
    page.push_str("</article>\n");
}

/// When, where, what, who against whom, how far its coding has come.
fn about(event: &Event) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.push(event.when.map_or_else(|| "undated".to_owned(), |when| when.describe()));
    let sides = match (&*event.side_a, &*event.side_b) {
        ("", "") => String::new(),
        ("", b) => b.to_owned(),
        (a, "") => a.to_owned(),
        (a, b) => format!("{a} and {b}"),
    };
    let status = match &event.status {
        Status::Excluded(reason) => format!("excluded: {reason}"),
        status => status.key().to_owned(),
    };
    parts.extend([place(event), event.kind.to_string(), sides, status]);
    if !event.covers.is_empty() {
        parts.push(format!("summary of {}", wording::count(event.covers.len(), "event", "events")));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn figures(page: &mut String, derived: &Derived, id: EventId) {
    let spoken: Vec<_> = derived.figures(id).filter(|(_, _, summary)| summary.value != Value::NoClaim).collect();
    if spoken.is_empty() {
        page.push_str("<p class=\"small\">Nobody spoke of a number</p>\n");
        return;
    }
    page.push_str(
        "<table>\n<thead><tr><th scope=\"col\">Figure</th><th scope=\"col\" class=\"n\">Low</th><th scope=\"col\" class=\"n\">Best</th>\
         <th scope=\"col\" class=\"n\">High</th></tr></thead>\n<tbody>\n",
    );
    for (measure, class, summary) in spoken {
        let among = if *class == Class::TOTAL { String::new() } else { format!(", {class}") };
        let _ = write!(page, "<tr><th scope=\"row\">{}</th>", escaped(&format!("{}{among}", measure.title())));
        let _ = match summary.value.range() {
            None => writeln!(page, "<td colspan=\"3\">spoken of without a number</td></tr>"),
            Some(range) => writeln!(
                page,
                "<td class=\"n\">{}</td><td class=\"n best\">{}</td><td class=\"n\">{}</td></tr>",
                grouped(range.low),
                best_cell(range.best),
                high_cell(range)
            ),
        };
    }
    page.push_str("</tbody></table>\n");
}

fn claim(page: &mut String, project: &Project, claim: &Claim) {
    let among = if claim.class == Class::TOTAL { String::new() } else { format!(", {}", claim.class) };
    let stance = match claim.stance {
        Stance::Asserts => "",
        Stance::Suspects => " (suspected)",
        Stance::Denies => " (denied)",
    };
    let _ = write!(
        page,
        "<li id=\"c-{}\"><strong>{}</strong> <span dir=\"auto\">{}</span>",
        escaped(claim.id.as_str()),
        escaped(&claim.quantity.to_string()),
        escaped(&format!("{}{among}{stance}: {}", claim.measure, speaker(project, claim)))
    );
    if !claim.via.is_empty() {
        let _ = write!(page, ", via <span dir=\"auto\">{}</span>", escaped(&claim.via));
    }
    let _ = write!(page, "<br><span class=\"small\">{}</span>", escaped(&particulars(project, claim).join(", ")));
    if let Some(why) = &claim.aside {
        let _ = write!(page, "<br><span class=\"small\">Not counted: {}</span>", escaped(why));
    }
    for quote in &claim.quotes {
        let article = project.articles.get(quote.article);
        let name = article.map_or_else(|| "an article that is left out".to_owned(), |article| name_of(article));
        let link =
            article.map_or_else(|| escaped(&name), |a| format!("<a href=\"#s-{}\">{}</a>", a.id, escaped(&name)));
        let _ = write!(page, "<blockquote dir=\"auto\">“{}” <cite>{link}</cite></blockquote>", escaped(&quote.exact));
    }
    page.push_str("</li>\n");
}
