//! Where the columns of the table of claims stand, by the width that there is. What finds no column goes into a second
//! line of its row. It knows widths and no claims.

use egui::Rangef;

use super::lines::Line;

/// Width of the mark at the left.
const MARK: f32 = 22.0;
const SAID: f32 = 82.0;
const READ: f32 = 62.0;
const CLASS: f32 = 84.0;
const REPORTED: f32 = 86.0;
/// Space at both ends of a column.
pub const PAD: f32 = 6.0;
/// From this width on, the headline has a column.
const WIDE: f32 = 560.0;
/// From this width on, class and day have columns.
const MIDDLE: f32 = 420.0;

/// The columns from the left; `None` where there is no room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Columns {
    pub mark: Rangef,
    /// As it was written, to the right.
    pub said: Rangef,
    /// As it is read, to the right.
    pub read: Rangef,
    pub class: Option<Rangef>,
    pub who: Rangef,
    pub reported: Option<Rangef>,
    pub written: Option<Rangef>,
}

impl Columns {
    /// The columns of a table from `left` to `right`.
    pub fn of(left: f32, right: f32) -> Self {
        let width = right - left;
        let mut at = left;
        let mut take = |width: f32| {
            let column = Rangef::new(at, at + width);
            at += width;
            column
        };
        let (middle, wide) = (width >= MIDDLE, width >= WIDE);
        let fixed = MARK + SAID + READ + if middle { CLASS + REPORTED } else { 0.0 };
        let rest = width - fixed;
        let (mark, said, read) = (take(MARK), take(SAID), take(READ));
        let class = middle.then(|| take(CLASS));
        let who = take(if wide { rest * 0.48 } else { rest });
        let reported = middle.then(|| take(REPORTED));
        let written = wide.then(|| take(rest * 0.52));
        Self { mark, said, read, class, who, reported, written }
    }

    /// What stands in the second line of a row: what has no column, then scope, stance and why it is not counted.
    pub fn second_line(&self, line: &Line) -> String {
        let without_column = [
            (self.class, if line.class == "total" { "" } else { line.class.as_str() }),
            (self.reported, line.reported.as_str()),
            (self.written, line.written.as_str()),
        ];
        let parts = without_column.into_iter().filter(|(column, _)| column.is_none()).map(|(_, text)| text);
        let parts = std::iter::once(line.remark.as_str()).chain(parts).filter(|text| !text.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(columns: &Columns) -> Vec<Rangef> {
        let Columns { mark, said, read, class, who, reported, written } = *columns;
        [Some(mark), Some(said), Some(read), class, Some(who), reported, written].into_iter().flatten().collect()
    }

    #[test]
    fn columns_fill_every_width_without_gaps_and_the_names_keep_room() {
        for width in [300_u16, 380, 439, 440, 480, 559, 560, 640, 900] {
            let width = f32::from(width);
            let columns = Columns::of(10.0, 10.0 + width);
            let ranges = all(&columns);
            assert!((ranges[0].min - 10.0).abs() < 0.01);
            assert!((ranges[ranges.len() - 1].max - 10.0 - width).abs() < 0.01, "{width}: {ranges:?}");
            assert!(ranges.windows(2).all(|pair| (pair[0].max - pair[1].min).abs() < 0.01), "{width}: {ranges:?}");
            assert!(columns.who.span() >= 80.0, "{width}: {ranges:?}");
        }
    }
}
