//! Links in the Markdown of notes: `[[id]]` and `[[id|label]]`, wherever they do not stand in code.
//!
//! A link keeps an id, so renaming a record breaks none. This module finds links, says what they lead to and rewrites
//! them for a viewer of Markdown; it must not know a window. It reads code spans and fences as CommonMark 0.31 does
//! (sections 4.5 and 6.1), and no other structure.

#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::ops::Range;

use crate::dataset;
use crate::model::{ArticleId, ClaimId, EventId, NoteId, Project};

/// The scheme of links to records in rewritten Markdown, with its colon.
pub const SCHEME: &str = "dateline:";

/// A link as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its bytes in the body, brackets included.
    pub range: Range<usize>,
    /// What it names: an id, or something that is none.
    pub id: String,
    /// The words to show instead of the record's name.
    pub label: Option<String>,
}

/// A record that a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Linked {
    /// An event.
    Event(EventId),
    /// An article.
    Article(ArticleId),
    /// A note.
    Note(NoteId),
    /// A claim.
    Claim(ClaimId),
}

impl Linked {
    /// The id as it stands in a link.
    pub fn id(&self) -> &str {
        match self {
            Self::Event(id) => id.as_str(),
            Self::Article(id) => id.as_str(),
            Self::Note(id) => id.as_str(),
            Self::Claim(id) => id.as_str(),
        }
    }
}

/// The record with this id. Ids are unique among records of one kind only; where kinds share one, an event goes before
/// an article, an article before a note, a note before a claim.
pub fn resolve(project: &Project, id: &str) -> Option<Linked> {
    let event = id.parse().ok().filter(|id| project.events.contains(*id)).map(Linked::Event);
    let article = || id.parse().ok().filter(|id| project.articles.contains(*id)).map(Linked::Article);
    let note = || id.parse().ok().filter(|id| project.notes.contains(*id)).map(Linked::Note);
    let claim = || id.parse().ok().filter(|id| dataset::claim(project, *id).is_some()).map(Linked::Claim);
    event.or_else(article).or_else(note).or_else(claim)
}

/// What a person calls the record; its id where it has no name or is not there.
pub fn name(project: &Project, linked: Linked) -> String {
    let named = match linked {
        Linked::Event(id) => project.events.get(id).map(|event| event.name().to_owned()),
        Linked::Article(id) => project.articles.get(id).map(|article| article.headline.to_string()),
        Linked::Note(id) => project.notes.get(id).map(|note| note.title.to_string()),
        Linked::Claim(id) => dataset::claim(project, id).map(|claim| format!("{} {}", claim.quantity, claim.measure)),
    };
    named.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| linked.id().to_owned())
}

/// The link that shows this label, or the record's name where the label is empty.
pub fn write(linked: Linked, label: &str) -> String {
    let label: String = label.chars().filter(|c| !matches!(c, '[' | ']' | '|')).collect();
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    if label.is_empty() { format!("[[{}]]", linked.id()) } else { format!("[[{}|{label}]]", linked.id()) }
}

/// All links of a body, in order.
pub fn links(body: &str) -> Vec<Link> {
    let mut found = Vec::new();
    scan(body, |piece| {
        if let Piece::Link(link) = piece {
            found.push(link);
        }
    });
    found
}

/// The start of a link that is being written at the end of this text: what stands behind its `[[`, and where.
/// `None` where no link is open on the last line, or it stands in code.
pub fn open_link(text: &str) -> Option<(usize, &str)> {
    let at = text.rfind("[[")?;
    let query = &text[at + 2..];
    if query.contains(['\n', ']', '[', '|']) {
        return None;
    }
    // Closed by hand, it is a link if and only if it does not stand in code.
    let closed = format!("{text}x]]");
    links(&closed).last().is_some_and(|link| link.range.start == at).then_some((at, query))
}

/// What a viewer of Markdown should show: links to records as links of [`SCHEME`], others by what `broken` makes of
/// their label. `$` is escaped, so that `broken` may use formulas, which notes have not.
pub fn to_markdown(body: &str, name_of: impl Fn(&str) -> Option<String>, broken: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(body.len() + 64);
    scan(body, |piece| match piece {
        Piece::Code(text) => out.push_str(text),
        Piece::Text(text) => out.push_str(text),
        Piece::Dollar => out.push_str("\\$"),
        Piece::Link(link) => match name_of(&link.id) {
            Some(name) => {
                out.push('[');
                escape(&mut out, link.label.as_deref().unwrap_or(&name));
                let _ = write!(out, "]({SCHEME}{})", link.id);
            }
            None => out.push_str(&broken(link.label.as_deref().unwrap_or(&link.id))),
        },
    });
    out
}

/// Every sign that could mean something in Markdown, as itself.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
}

/// A stretch of a body.
enum Piece<'a> {
    /// A code span or a line of a fenced block.
    Code(&'a str),
    /// Anything else.
    Text(&'a str),
    /// A dollar sign outside of code, not escaped.
    Dollar,
    /// A link.
    Link(Link),
}

/// Hands out the pieces of a body in order; together they are the body.
fn scan<'a>(body: &'a str, mut give: impl FnMut(Piece<'a>)) {
    let mut at = 0;
    while at < body.len() {
        match fenced(&body[at..]) {
            Some(len) => {
                give(Piece::Code(&body[at..at + len]));
                at += len;
            }
            None => at = line(body, at, &mut give),
        }
    }
}

/// The length of the fenced code block that begins with this text; an open one reaches to the end.
fn fenced(text: &str) -> Option<usize> {
    let first = text.split_inclusive('\n').next()?;
    let (mark, width) = fence(first)?;
    let info = first.trim_start()[width..].trim();
    if mark == '`' && info.contains('`') {
        return None;
    }
    let mut len = first.len();
    for line in text[first.len()..].split_inclusive('\n') {
        len += line.len();
        let closes = fence(line).is_some_and(|(m, w)| m == mark && w >= width && line.trim().chars().all(|c| c == m));
        if closes {
            break;
        }
    }
    Some(len)
}

/// The sign and the length of a fence at the start of a line.
fn fence(line: &str) -> Option<(char, usize)> {
    let text = line.trim_start_matches(' ');
    if line.len() - text.len() > 3 {
        return None;
    }
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let width = text.chars().take_while(|c| *c == mark).count();
    (width >= 3).then_some((mark, width))
}

/// Hands out one line from `at`, or more where a code span goes on; says where the next line begins.
fn line<'a>(body: &'a str, at: usize, give: &mut impl FnMut(Piece<'a>)) -> usize {
    let bytes = body.as_bytes();
    let mut from = at;
    let mut here = at;
    let text = |give: &mut dyn FnMut(Piece<'a>), from: usize, to: usize| {
        if from < to {
            give(Piece::Text(&body[from..to]));
        }
    };
    while here < bytes.len() {
        let (piece, len) = match bytes[here] {
            b'\n' => {
                here += 1;
                break;
            }
            b'\\' if bytes.get(here + 1).is_some_and(u8::is_ascii_punctuation) => {
                here += 2;
                continue;
            }
            b'`' => match code_span(&body[here..]) {
                (len, true) => (Piece::Code(&body[here..here + len]), len),
                (len, false) => {
                    here += len;
                    continue;
                }
            },
            b'$' => (Piece::Dollar, 1),
            b'[' if bytes.get(here + 1) == Some(&b'[') => match link(body, here) {
                Some(link) => {
                    let len = link.range.len();
                    (Piece::Link(link), len)
                }
                None => {
                    here += 1;
                    continue;
                }
            },
            _ => {
                here += 1;
                continue;
            }
        };
        text(give, from, here);
        give(piece);
        here += len;
        from = here;
    }
    text(give, from, here);
    here
}

/// The length of the code span that this text begins with, or of its backticks where nothing closes them before the
/// paragraph ends; and whether it is a span.
fn code_span(text: &str) -> (usize, bool) {
    let bytes = text.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|b| **b == b'`').count();
    let width = run(0);
    let mut here = width;
    while here < bytes.len() {
        match bytes[here] {
            b'`' => {
                let next = run(here);
                here += next;
                if next == width {
                    return (here, true);
                }
            }
            b'\n' => {
                let rest = &text[here + 1..];
                let next = rest.split('\n').next().unwrap_or_default();
                if next.trim().is_empty() || fence(next).is_some() {
                    break;
                }
                here += 1;
            }
            _ => here += 1,
        }
    }
    (width, false)
}

/// The link whose first bracket stands at `at`.
fn link(body: &str, at: usize) -> Option<Link> {
    let inner = &body[at + 2..];
    let end = inner.find([']', '[', '\n'])?;
    if !inner[end..].starts_with("]]") {
        return None;
    }
    let (id, label) = match inner[..end].split_once('|') {
        Some((id, label)) => (id, Some(label.trim()).filter(|label| !label.is_empty())),
        None => (&inner[..end], None),
    };
    let id = id.trim();
    let range = at..at + 2 + end + 2;
    (!id.is_empty()).then(|| Link { range, id: id.to_owned(), label: label.map(str::to_owned) })
}
