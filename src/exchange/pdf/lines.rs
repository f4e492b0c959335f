//! From letters at their places to words, lines and paragraphs. Knows nothing of PDF.

/// A letter on a page, in points; y grows upwards.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter<'t> {
    /// What it says; a ligature says several.
    pub text: &'t str,
    /// Where it begins.
    pub x: f64,
    /// Where the next one would begin.
    pub end: f64,
    /// Its base line.
    pub y: f64,
    /// The size of its type.
    pub size: f64,
}

/// A gap between letters that is a space, as a part of the size of the type.
const SPACE: f64 = 0.16;
/// A step to another base line, as a part of the size of the type; less is an index or an accent.
const LINE: f64 = 0.45;
/// A step between lines that parts paragraphs, as a multiple of the usual step on the page.
const PARAGRAPH: f64 = 1.35;

/// One line as it was drawn.
#[derive(Debug, Clone)]
struct Line {
    text: String,
    y: f64,
    size: f64,
    x: f64,
    end: f64,
}

/// What came of all pages.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The text, with an empty line between paragraphs.
    pub text: String,
    /// Words that were divided at the ends of lines and are joined.
    pub joined: usize,
}

/// Gathers letters, page by page.
#[derive(Debug, Default)]
pub(super) struct Lines {
    page: Vec<Line>,
    read: Read,
}

impl Lines {
    /// Bytes of text that were made so far.
    pub fn len(&self) -> usize {
        self.read.text.len()
    }

    /// Takes the next letter in the order in which the page is drawn.
    pub fn add(&mut self, letter: Letter<'_>) {
        if ![letter.x, letter.end, letter.y, letter.size].iter().all(|n| n.is_finite()) {
            return;
        }
        let size = letter.size.max(0.1);
        if let Some(line) = self.page.last_mut() {
            let same = (letter.y - line.y).abs() < LINE * size.max(line.size);
            // Back to the left on the same height is another column, a cell, or bold type drawn twice.
            let on = letter.x > line.end - size && letter.x >= line.x - size;
            if same && on {
                let gap = letter.x - line.end;
                let parted = line.text.ends_with(char::is_whitespace) || letter.text.starts_with(char::is_whitespace);
                if gap > SPACE * size && !parted && !line.text.is_empty() {
                    line.text.push(if gap > 3.0 * size { '\t' } else { ' ' });
                }
                line.text.push_str(letter.text);
                line.end = letter.end;
                return;
            }
        }
        self.page.push(Line { text: letter.text.to_owned(), y: letter.y, size, x: letter.x, end: letter.end });
    }

    /// Makes paragraphs of the lines of a page.
    pub fn end_page(&mut self) {
        let mut lines = std::mem::take(&mut self.page);
        lines.retain(|line| !line.text.trim().is_empty());
        let usual = usual_step(&lines);
        let mut before: Option<&Line> = None;
        for line in &lines {
            let text = line.text.trim();
            let goes_on = before.is_some_and(|above| {
                let step = above.y - line.y;
                let alike = (above.size - line.size).abs() < 0.15 * above.size.max(line.size);
                alike && step >= 0.0 && step <= usual * PARAGRAPH
            });
            self.append(text, goes_on);
            before = Some(line);
        }
    }

    fn append(&mut self, text: &str, goes_on: bool) {
        let out = &mut self.read.text;
        if !goes_on {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
        } else if let Some(stem) = divided(out, text) {
            out.truncate(stem);
            self.read.joined += 1;
        } else {
            out.push(' ');
        }
        out.push_str(text);
    }

    /// The text of all pages.
    pub fn finish(mut self) -> Read {
        self.end_page();
        self.read
    }
}

/// Where a word that ends in a hyphen goes on at the next line: the place of the hyphen. Numbers are never joined.
fn divided(out: &str, next: &str) -> Option<usize> {
    let stem = out.strip_suffix(['-', '\u{00AD}', '\u{2010}'])?;
    let letter = stem.chars().next_back()?.is_alphabetic();
    (letter && next.starts_with(char::is_lowercase)).then_some(stem.len())
}

/// The usual step from line to line: the middle one of those that go down by less than three lines.
fn usual_step(lines: &[Line]) -> f64 {
    let mut steps: Vec<f64> = lines
        .windows(2)
        .map(|pair| (pair[0].y - pair[1].y, pair[1].size))
        .filter(|(step, size)| *step > LINE * size && *step < 3.0 * size)
        .map(|(step, _)| step)
        .collect();
    steps.sort_by(f64::total_cmp);
    // Of two steps the smaller one: a page of two paragraphs has one step inside and one between them.
    let middle = steps.len().saturating_sub(1) / 2;
    let size = lines.first().map_or(0.0, |line| line.size);
    steps.get(middle).copied().unwrap_or(1.3 * size)
}
