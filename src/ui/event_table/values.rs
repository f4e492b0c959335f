//! The values that stand in a column already, for picking one of them.

use super::sheet::Sheet;
use crate::columns::Column;
use crate::derive::columnar::Words;

/// More values than this are not offered: a list is for choosing, not for reading.
const MOST: usize = 300;

/// The texts of a column, the most frequent ones first. Empty where it has no texts.
pub(super) fn values(sheet: &Sheet<'_>, column: &Column) -> Vec<String> {
    let words = column.words(sheet.view.derived.columnar());
    words.map_or_else(Vec::new, |words| frequent(words, sheet.rows.order().slots()))
}

/// The texts of these slots, the most frequent ones first.
fn frequent(words: &Words, slots: &[u32]) -> Vec<String> {
    let mut counts = vec![0_u32; words.texts().len()];
    for slot in slots {
        if let Some(count) = words.codes().get(*slot as usize).and_then(|code| counts.get_mut(*code as usize)) {
            *count += 1;
        }
    }
    let mut found: Vec<(u32, &str)> = words
        .texts()
        .zip(counts)
        .filter(|(text, n)| *n > 0 && !text.is_empty())
        .map(|(text, n)| (n, &**text))
        .collect();
    let order = |a: &(u32, &str), b: &(u32, &str)| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1));
    if found.len() > MOST {
        found.select_nth_unstable_by(MOST, order);
        found.truncate(MOST);
    }
    found.sort_unstable_by(order);
    found.into_iter().map(|(_, text)| text.to_owned()).collect()
}
