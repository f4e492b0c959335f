//! Which signs part the rows and fields of a text, by trying them on its beginning: the right ones make rows of the
//! same width.

use super::scan::{Signs, scan};

/// Signs that are tried, the likeliest first.
const DELIMITERS: [u8; 7] = [b',', b';', b'\t', b'|', b'^', b':', 0x1F];
/// So many bytes are tried.
const SAMPLE: usize = 256 << 10;
/// So many rows are enough.
const ROWS: usize = 500;

/// The signs of a text. `delimiter` and `quote` are those that somebody chose already.
pub(super) fn signs(text: &str, delimiter: Option<u8>, quote: Option<Option<u8>>) -> Signs {
    let (sample, whole) = sample(text);
    let quotes = match quote {
        Some(quote) => vec![quote],
        None if sample.contains('"') => vec![Some(b'"')],
        // Apostrophes are letters, unless fields begin and end with them.
        None => vec![Some(b'"'), Some(b'\'')],
    };
    let delimiters = delimiter.map_or_else(|| DELIMITERS.to_vec(), |one| vec![one]);
    let mut best: Option<(f64, Signs)> = None;
    for quote in quotes {
        for delimiter in &delimiters {
            let signs = Signs { delimiter: *delimiter, quote };
            if quote == Some(*delimiter) || (quote == Some(b'\'') && !quotes_fields(sample, *delimiter)) {
                continue;
            }
            let score = score(sample, whole, signs);
            if best.is_none_or(|(than, _)| score > than) {
                best = Some((score, signs));
            }
        }
    }
    best.map_or(Signs { delimiter: delimiters[0], quote: Some(b'"') }, |(_, signs)| signs)
}

/// The beginning of a text, and whether that is all of it.
fn sample(text: &str) -> (&str, bool) {
    if text.len() <= SAMPLE {
        return (text, true);
    }
    let mut end = SAMPLE;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (&text[..end], false)
}

/// How well signs explain a text: the share of rows that are as wide as most, more for more fields. A text that they
/// leave in one column, or that they leave inside a quote, is explained badly.
#[expect(clippy::cast_precision_loss, reason = "a few hundred rows")]
fn score(sample: &str, whole: bool, signs: Signs) -> f64 {
    let Some(scanned) = scan(sample.as_bytes(), 0, signs, &|_| true) else { return 0.0 };
    let mut widths: Vec<u32> = scanned.rows.iter().map(|row| row.fields).collect();
    if !whole {
        // Cut off.
        widths.pop();
    }
    widths.truncate(ROWS);
    let Some(first) = widths.first().copied() else { return 0.0 };
    let mut sorted = widths.clone();
    sorted.sort_unstable();
    let most =
        sorted.chunk_by(PartialEq::eq).max_by_key(|same| same.len()).map_or((0, 0), |same| (same[0], same.len()));
    if most.0 < 2 {
        return 0.0;
    }
    let same = most.1 as f64 / widths.len() as f64;
    let header = if first == most.0 { 1.0 } else { 0.8 };
    let width = 1.0 - 1.0 / f64::from(most.0);
    let open = if whole && scanned.unclosed.is_some() { 0.5 } else { 1.0 };
    same * same * header * width * open
}

/// Whether at least a tenth of the lines hold a field between two apostrophes.
fn quotes_fields(sample: &str, delimiter: u8) -> bool {
    let fields = |line: &str| {
        line.split(char::from(delimiter))
            .any(|field| field.len() > 2 && field.starts_with('\'') && field.ends_with('\''))
    };
    let lines = sample.lines().take(ROWS);
    let (all, quoted) = lines.fold((0, 0), |(all, quoted), line| (all + 1, quoted + usize::from(fields(line))));
    quoted * 10 >= all && quoted > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (char, Option<char>) {
        let signs = signs(text, None, None);
        (char::from(signs.delimiter), signs.quote.map(char::from))
    }

    #[test]
    fn the_sign_that_makes_rows_of_one_width_is_the_delimiter() {
        let double = Some('"');
        assert_eq!(found("place,killed\nOsh,3\n\"Batken, town\",2\n"), (',', double));
        assert_eq!(found("place;lat;lon\nOsh;40,5;72,8\nBatken;40,06;70,8\n"), (';', double));
        assert_eq!(
            found("when\tplace, country\tkilled\n2022-09-14\tOsh\t1,200\n2022-09-15\tBatken, KG\t3\n"),
            ('\t', double)
        );
        assert_eq!(found("a|b|c\n1,5|2|3\n"), ('|', double));
        assert_eq!(found("killed\n3\n12\n"), (',', double));
        assert_eq!(found("who;what\n'a; b';x\n'c';y\n"), (';', Some('\'')));
        assert_eq!(found("who,what\nthe people's army,x\nRamadan 'raid,y\n"), (',', double));
    }

    #[test]
    fn lists_inside_quotes_do_not_mislead() {
        let row = "1,\"\"\"Agency,2022-09-14,Two die\"\";\"\"Daily,2022-09-15,Three die\"\"\",\"a;b;c\",3\n";
        assert_eq!(found(&format!("id,source,tags,best\n{}", row.repeat(30))).0, ',');
    }

    #[test]
    fn what_was_chosen_is_kept() {
        assert_eq!(signs("a;b\n1;2\n", Some(b','), None).delimiter, b',');
        assert_eq!(signs("a;\"b\n1;2\n", None, Some(None)), Signs { delimiter: b';', quote: None });
    }
}
