//! Where the columns of the table of claims stand, by the width that there is and by how wide a person has drawn them.
//! What finds no column goes into a second line of its row. It knows widths and no claims.

use std::collections::BTreeMap;

use egui::Rangef;

use super::lines::Line;

/// Width of the mark at the left.
const MARK: f32 = 22.0;
/// Space at both ends of a column.
pub const PAD: f32 = 6.0;
/// From this width on, the headline has a column.
const WIDE: f32 = 560.0;
/// From this width on, class and day have columns.
const MIDDLE: f32 = 420.0;
/// No column is narrower, nor wider, in points.
const LEAST: f32 = 36.0;
const MOST: f32 = 400.0;
/// What names and headlines keep however wide the others are drawn.
const NAMES: f32 = 80.0;

/// A column with a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Title {
    /// As it was written.
    Said,
    /// As it is read.
    Read,
    /// Among whom.
    Class,
    /// Who says it.
    Who,
    /// The day of report.
    Reported,
    /// The headline.
    Written,
}

impl Title {
    /// From the left.
    pub const ALL: [Self; 6] = [Self::Said, Self::Read, Self::Class, Self::Who, Self::Reported, Self::Written];

    /// As it stands over the column.
    pub fn text(self) -> &'static str {
        match self {
            Self::Said => "Said",
            Self::Read => "Read as",
            Self::Class => "Class",
            Self::Who => "Who",
            Self::Reported => "Reported",
            Self::Written => "Written in",
        }
    }

    /// By what its width is kept.
    fn key(self) -> &'static str {
        match self {
            Self::Said => "claims.said",
            Self::Read => "claims.read",
            Self::Class => "claims.class",
            Self::Who => "claims.who",
            Self::Reported => "claims.reported",
            Self::Written => "claims.written",
        }
    }
}

/// How wide the columns are drawn. Who and headline share what the others leave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Widths {
    said: f32,
    read: f32,
    class: f32,
    reported: f32,
    /// The share of the names in what they share with the headlines.
    who: f32,
}

impl Default for Widths {
    fn default() -> Self {
        Self { said: 82.0, read: 62.0, class: 84.0, reported: 86.0, who: 0.48 }
    }
}

impl Widths {
    /// As they were kept; what was not kept, or is no width, is as usual.
    pub fn kept(layout: &BTreeMap<String, f32>) -> Self {
        let mut widths = Self::default();
        for title in [Title::Said, Title::Read, Title::Class, Title::Reported] {
            if let (Some(kept), Some(width)) = (layout.get(title.key()), widths.fixed(title)) {
                *width = kept.clamp(LEAST, MOST);
            }
        }
        if let Some(kept) = layout.get(Title::Who.key()) {
            widths.who = kept.clamp(0.1, 0.9);
        }
        widths
    }

    /// Puts them where they are kept. Says whether that was another width.
    pub fn keep(&self, layout: &mut BTreeMap<String, f32>) -> bool {
        if Self::kept(layout) == *self {
            return false;
        }
        let Self { said, read, class, reported, who } = *self;
        let all = [
            (Title::Said, said),
            (Title::Read, read),
            (Title::Class, class),
            (Title::Reported, reported),
            (Title::Who, who),
        ];
        layout.extend(all.map(|(title, width)| (title.key().to_owned(), width)));
        true
    }

    fn fixed(&mut self, title: Title) -> Option<&mut f32> {
        match title {
            Title::Said => Some(&mut self.said),
            Title::Read => Some(&mut self.read),
            Title::Class => Some(&mut self.class),
            Title::Reported => Some(&mut self.reported),
            Title::Who | Title::Written => None,
        }
    }

    /// Draws a column to a width, in a table of this one. What shares its room gives or takes.
    pub fn set(&mut self, title: Title, width: f32, table: f32) {
        let width = width.clamp(LEAST, MOST);
        let (before, rest) = (Columns::of(0.0, table, self), self.rest(table));
        match (title, before.written) {
            // The names go on to where they went: the headlines give.
            (Title::Reported, Some(_)) => {
                self.reported = width;
                let rest = self.rest(table);
                self.share(before.who.span(), rest);
            }
            (Title::Who, Some(_)) => self.share(width, rest),
            (Title::Written, Some(_)) => self.share(rest - width, rest),
            // Without headlines the names have all that is left: the day behind them gives.
            (Title::Who, None) if before.reported.is_some() => {
                self.reported = (self.reported - (width - before.who.span())).clamp(LEAST, MOST);
            }
            _ => self.fixed(title).into_iter().for_each(|fixed| *fixed = width),
        }
    }

    fn share(&mut self, who: f32, rest: f32) {
        self.who = (who.clamp(NAMES, (rest - NAMES).max(NAMES)) / rest.max(1.0)).clamp(0.1, 0.9);
    }

    /// What names and headlines share in a table of this width.
    fn rest(&self, table: f32) -> f32 {
        let fixed = self.said + self.read + if table >= MIDDLE { self.class + self.reported } else { 0.0 };
        table - MARK - fixed
    }
}

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
    pub fn of(left: f32, right: f32, widths: &Widths) -> Self {
        let width = right - left;
        let mut at = left;
        let mut take = |width: f32| {
            let column = Rangef::new(at, at + width);
            at += width;
            column
        };
        let (middle, wide) = (width >= MIDDLE, width >= WIDE);
        let names = if wide { 2.0 * NAMES } else { NAMES };
        let drawn = width - MARK - widths.rest(width);
        // In a narrower table all give alike.
        let scale = ((width - MARK - names) / drawn.max(1.0)).clamp(0.0, 1.0);
        let rest = width - MARK - drawn * scale;
        let (mark, said, read) = (take(MARK), take(widths.said * scale), take(widths.read * scale));
        let class = middle.then(|| take(widths.class * scale));
        let who = take(if wide { (rest * widths.who).max(NAMES).min(rest - NAMES) } else { rest });
        let reported = middle.then(|| take(widths.reported * scale));
        let written = wide.then(|| take(rest - who.span()));
        Self { mark, said, read, class, who, reported, written }
    }

    /// Where a column stands. `None` where it has no room.
    pub fn at(&self, title: Title) -> Option<Rangef> {
        match title {
            Title::Said => Some(self.said),
            Title::Read => Some(self.read),
            Title::Class => self.class,
            Title::Who => Some(self.who),
            Title::Reported => self.reported,
            Title::Written => self.written,
        }
    }

    /// The columns that have room, from the left.
    pub fn shown(&self) -> impl Iterator<Item = (Title, Rangef)> + '_ {
        Title::ALL.into_iter().filter_map(|title| Some((title, self.at(title)?)))
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
    use proptest::prelude::*;

    use super::*;

    fn all(columns: &Columns) -> Vec<Rangef> {
        let Columns { mark, said, read, class, who, reported, written } = *columns;
        [Some(mark), Some(said), Some(read), class, Some(who), reported, written].into_iter().flatten().collect()
    }

    proptest! {
        #[test]
        fn columns_fill_every_width_without_gaps_however_they_are_drawn(
            width in 300_u16..1200, drawn in prop::collection::vec((0..6_usize, 0_u16..900), 0..6)
        ) {
            let width = f32::from(width);
            let mut widths = Widths::default();
            for (title, to) in drawn {
                widths.set(Title::ALL[title], f32::from(to), width);
                let columns = Columns::of(10.0, 10.0 + width, &widths);
                let ranges = all(&columns);
                prop_assert!((ranges[0].min - 10.0).abs() < 0.01);
                prop_assert!((ranges[ranges.len() - 1].max - 10.0 - width).abs() < 0.05, "{}: {:?}", width, ranges);
                prop_assert!(ranges.windows(2).all(|pair| (pair[0].max - pair[1].min).abs() < 0.01), "{:?}", ranges);
                prop_assert!(columns.who.span() >= NAMES - 0.05, "{}: {:?}", width, ranges);
                prop_assert!(columns.written.is_none_or(|written| written.span() >= NAMES - 0.05), "{:?}", ranges);
            }
        }

        #[test]
        fn the_edge_of_a_column_goes_where_it_is_drawn_while_there_is_room(title in 0..5_usize, by in -20_i8..40) {
            let mut widths = Widths::default();
            let (title, by) = (Title::ALL[title], f32::from(by));
            let before = Columns::of(0.0, 700.0, &widths).at(title).expect("wide enough");
            widths.set(title, before.span() + by, 700.0);
            let after = Columns::of(0.0, 700.0, &widths).at(title).expect("wide enough");
            prop_assert!((after.max - before.max - by).abs() < 0.05, "{:?} {:?}", before, after);
            prop_assert!((after.min - before.min).abs() < 0.05);
        }
    }

    #[test]
    fn widths_are_kept_and_bad_ones_are_not_taken() {
        let mut widths = Widths::default();
        widths.set(Title::Said, 140.0, 700.0);
        widths.set(Title::Who, 200.0, 700.0);
        let mut layout = BTreeMap::new();
        assert!(widths.keep(&mut layout));
        assert!(!widths.keep(&mut layout), "nothing new");
        assert_eq!(Widths::kept(&layout), widths);
        layout.insert("claims.said".to_owned(), -3.0);
        layout.insert("claims.who".to_owned(), 17.0);
        let read = Widths::kept(&layout);
        assert_eq!((read.said, read.who), (LEAST, 0.9));
    }
}
