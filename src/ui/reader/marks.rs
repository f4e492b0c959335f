//! The claims of an article as marks on its words: where, in which colour, and what they say.

use std::ops::Range;

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use crate::dataset;
use crate::model::{ArticleId, Claim, ClaimId, EventId, Project};
use crate::ui::View;
use crate::ui::theme::{Hue, Tokens};

use super::document::Document;
use super::lost::Lost;

/// How deep underlines of overlapping claims are nested.
const DEEPEST: usize = 2;

/// One quote of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The words.
    pub range: Range<usize>,
    /// The claim.
    pub claim: ClaimId,
    /// Its event.
    pub event: EventId,
    /// The key of its measure.
    pub measure: String,
    /// What it says: "42 injured, Ministry of Health → Batken".
    pub label: String,
    /// How many marks its underline has to stand below.
    pub depth: usize,
}

/// The marks of an article, by place; and how many quotes do not match its text any more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    marks: Vec<Mark>,
    /// The longest mark, so that a search knows how far back to look.
    longest: usize,
    /// Quotes whose words are not where they were.
    pub lost: Vec<Lost>,
}

impl Marks {
    /// The marks of the claims that quote this article.
    pub fn of(view: &View<'_>, article: ArticleId, document: &Document) -> Self {
        let mut new = Self::default();
        for id in view.derived.claims_in(article) {
            let Some(claim) = dataset::claim(view.project, *id) else { continue };
            for (which, quote) in claim.quotes.iter().enumerate().filter(|(_, quote)| quote.article == article) {
                if document.slice(quote.start..quote.end) == &*quote.exact {
                    new.push(quote.start..quote.end, claim, view.project);
                } else {
                    new.lost.push(Lost::of(claim, which, quote, document, view.project));
                }
            }
        }
        new.marks.sort_by_key(|mark| (mark.range.start, mark.range.end));
        new.longest = new.marks.iter().map(|mark| mark.range.len()).max().unwrap_or(0);
        nest(&mut new.marks);
        new
    }

    fn push(&mut self, range: Range<usize>, claim: &Claim, project: &Project) {
        self.marks.push(Mark {
            range,
            claim: claim.id,
            event: claim.event,
            measure: claim.measure.key().to_owned(),
            label: label(claim, project),
            depth: 0,
        });
    }

    /// The marks that touch a stretch.
    pub fn within(&self, range: Range<usize>) -> impl Iterator<Item = &Mark> {
        let from = self.marks.partition_point(|mark| mark.range.start + self.longest < range.start);
        let inside = move |mark: &&Mark| mark.range.end > range.start;
        let end = range.end;
        self.marks.get(from..).unwrap_or_default().iter().take_while(move |mark| mark.range.start < end).filter(inside)
    }

    /// All marks over a place, the shortest first.
    pub fn over(&self, place: usize) -> Vec<&Mark> {
        let mut over: Vec<&Mark> = self.within(place..place + 1).collect();
        over.sort_by_key(|mark| mark.range.len());
        over
    }

    /// All marks in order.
    pub fn iter(&self) -> impl Iterator<Item = &Mark> {
        self.marks.iter()
    }
}

/// Lets overlapping marks have underlines below each other.
fn nest(marks: &mut [Mark]) {
    let mut ends = [0_usize; DEEPEST + 1];
    for mark in marks {
        mark.depth = ends.iter().position(|end| *end <= mark.range.start).unwrap_or(DEEPEST);
        ends[mark.depth] = ends[mark.depth].max(mark.range.end);
    }
}

/// What a claim says, in one line.
pub fn label(claim: &Claim, project: &Project) -> String {
    let class = if claim.class == crate::model::Class::TOTAL { String::new() } else { format!(" ({})", claim.class) };
    let speaker = if claim.speaker.is_empty() { "the article itself" } else { &claim.speaker };
    let event = project.events.get(claim.event).map_or("", |event| event.name());
    format!("{} {}{class}, {speaker} → {event}", claim.quantity.describe(), claim.measure)
}

/// Draws the ground of words of a measure.
pub fn paint_ground(painter: &Painter, rect: Rect, hue: &Hue) {
    painter.rect_filled(rect.shrink2(vec2(0.0, 1.0)), 2.0, hue.fill);
}

/// Draws the underline of a figure about which nothing was decided: small dots, and no ground as claims have.
pub fn paint_open(painter: &Painter, rect: Rect, tokens: &Tokens) {
    let y = (rect.bottom() - 3.0).round();
    let line = [pos2(rect.left() + 1.0, y), pos2(rect.right(), y)];
    painter.extend(Shape::dotted_line(&line, tokens.muted, 4.0, 1.0));
}

/// Draws the underline of a measure below words in `rect`: each measure has its own, so that colour is not all.
pub fn paint_underline(painter: &Painter, rect: Rect, measure: &str, depth: usize, tokens: &Tokens) {
    #[expect(clippy::cast_precision_loss, reason = "at most 2")]
    let y = (rect.bottom() - 3.0 + 2.5 * depth as f32).round();
    let colour = tokens.measure(measure).underline;
    let line = [pos2(rect.left(), y), pos2(rect.right(), y)];
    let stroke = Stroke::new(1.5, colour);
    match measure {
        "killed" => {
            painter.line_segment(line, Stroke::new(2.0, colour));
        }
        "injured" => painter.extend(Shape::dashed_line(&line, stroke, 5.0, 3.0)),
        "missing" => painter.extend(Shape::dotted_line(&line, colour, 3.5, 1.0)),
        "displaced" => {
            let thin = Stroke::new(1.0, colour);
            painter.line_segment(line.map(|p| p - vec2(0.0, 1.0)), thin);
            painter.line_segment(line.map(|p| p + vec2(0.0, 1.0)), thin);
        }
        "captured" => {
            painter.line_segment(line, stroke);
            for end in line {
                painter.line_segment([end, end - vec2(0.0, 4.0)], stroke);
            }
        }
        "casualties" => {
            painter.add(wave(line, colour));
        }
        _ => {
            painter.line_segment(line, Stroke::new(1.0, colour));
        }
    }
}

fn wave([from, to]: [Pos2; 2], colour: Color32) -> Shape {
    const STEP: f32 = 3.0;
    let mut points = Vec::new();
    let (mut x, mut up) = (from.x, true);
    while x < to.x {
        points.push(pos2(x, from.y + if up { -1.0 } else { 1.0 }));
        (x, up) = (x + STEP, !up);
    }
    points.push(pos2(to.x, from.y));
    Shape::line(points, Stroke::new(1.0, colour))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(range: Range<usize>) -> Mark {
        Mark {
            range,
            claim: ClaimId::random(),
            event: EventId::random(),
            measure: String::new(),
            label: String::new(),
            depth: 0,
        }
    }

    #[test]
    fn overlapping_marks_nest_and_the_shortest_is_meant() {
        let mut marks =
            Marks { marks: vec![mark(0..40), mark(5..10), mark(12..20), mark(50..60)], longest: 40, lost: Vec::new() };
        nest(&mut marks.marks);
        assert_eq!(marks.iter().map(|m| m.depth).collect::<Vec<_>>(), [0, 1, 1, 0]);
        assert_eq!(marks.over(7).first().map(|m| m.range.clone()), Some(5..10));
        assert_eq!(marks.over(30).first().map(|m| m.range.clone()), Some(0..40));
        assert!(marks.over(45).is_empty());
        assert_eq!(marks.within(15..55).count(), 3);
    }
}
