//! Texts that are nearly the same: reprints of one agency, later versions of one report.
//!
//! Two texts are as alike as the share of their shingles (runs of [`SHINGLE`] words) that both have: the Jaccard index of
//! Broder, *On the resemblance and containment of documents* (1997). The pairs above a threshold are found exactly, by
//! the prefix filter of Bayardo, Ma and Srikant, *Scaling up all pairs similarity search* (2007), and not by a sketch
//! that may miss one: of 2,000 articles none may be counted twice for an unlucky hash.
//! What a likeness means is for a person to say; nothing here knows a project.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher as _};

use crate::model::ArticleId;

/// Words in a shingle.
pub const SHINGLE: usize = 5;

/// The share of shingles that two texts have in common, of all that either has: from 0 (no run of five words in common)
/// to 1 (the same words in the same order). Case, punctuation and line ends do not count. A text of fewer than five words
/// is one shingle; a text without words is like nothing.
pub fn likeness(a: &str, b: &str) -> f32 {
    let (a, b) = (shingles(a), shingles(b));
    share(common(&a, &b), a.len(), b.len())
}

/// All pairs of texts that are alike at least so much (0 < `at_least` ≤ 1), with their likeness. The earlier text of the list
/// comes first in each pair; pairs are in the order of the list. Ids should not repeat.
pub fn alike(texts: &[(ArticleId, &str)], at_least: f32) -> Vec<(ArticleId, ArticleId, f32)> {
    alike_while(texts, at_least, &|_| true)
}

/// As [`alike`]; `go_on` hears how far the work has come, from 0 to 1, and may stop it. What was found so far is then given back.
pub fn alike_while(
    texts: &[(ArticleId, &str)],
    at_least: f32,
    go_on: &dyn Fn(f32) -> bool,
) -> Vec<(ArticleId, ArticleId, f32)> {
    let at_least = at_least.clamp(f32::EPSILON, 1.0);
    let mut sets: Vec<Vec<u64>> = Vec::with_capacity(texts.len());
    for (n, (_, text)) in texts.iter().enumerate() {
        if !go_on(0.7 * super::portion(n, texts.len())) {
            return Vec::new();
        }
        sets.push(shingles(text));
    }
    let prefixes = prefixes(&sets, at_least);
    // Shorter sets first: what a set can be alike to then stands before it.
    let mut order: Vec<usize> = (0..sets.len()).filter(|n| !sets[*n].is_empty()).collect();
    order.sort_by_key(|n| (sets[*n].len(), *n));
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut found = Vec::new();
    for (done, &n) in order.iter().enumerate() {
        if !go_on(0.7 + 0.3 * super::portion(done, order.len())) {
            break;
        }
        let mut candidates: Vec<usize> = Vec::new();
        for shingle in &prefixes[n] {
            let known = holders.entry(*shingle).or_default();
            candidates.extend(known.iter().copied());
            known.push(n);
        }
        candidates.sort_unstable();
        candidates.dedup();
        for other in candidates {
            // No more can be common than the smaller one has.
            if share(sets[other].len(), sets[n].len(), sets[other].len()) < at_least {
                continue;
            }
            let likeness = share(common(&sets[n], &sets[other]), sets[n].len(), sets[other].len());
            if likeness >= at_least {
                found.push((n.min(other), n.max(other), likeness));
            }
        }
    }
    found.sort_by_key(|(a, b, _)| (*a, *b));
    found.into_iter().map(|(a, b, likeness)| (texts[a].0, texts[b].0, likeness)).collect()
}

/// Of all pairs only those that are among the `most` most alike of one of their two texts, in the same order: what a
/// person can look at. A project of a thousand copies has half a million pairs.
pub fn closest(pairs: Vec<(ArticleId, ArticleId, f32)>, most: usize) -> Vec<(ArticleId, ArticleId, f32)> {
    let mut by_likeness: Vec<usize> = (0..pairs.len()).collect();
    by_likeness.sort_by(|a, b| pairs[*b].2.total_cmp(&pairs[*a].2));
    let mut taken: HashMap<ArticleId, usize> = HashMap::new();
    let mut stays = vec![false; pairs.len()];
    for at in by_likeness {
        let (a, b, _) = pairs[at];
        let mut room = |id| {
            let n = taken.entry(id).or_default();
            *n += 1;
            *n <= most
        };
        let (first, second) = (room(a), room(b));
        stays[at] = first || second;
    }
    let mut stays = stays.into_iter();
    pairs.into_iter().filter(|_| stays.next().unwrap_or(false)).collect()
}

/// The rarest shingles of each set, so many that two sets which are alike enough must share one of them.
fn prefixes(sets: &[Vec<u64>], at_least: f32) -> Vec<Vec<u64>> {
    let mut frequency: HashMap<u64, u32> = HashMap::new();
    for shingle in sets.iter().flatten() {
        *frequency.entry(*shingle).or_default() += 1;
    }
    let prefix = |set: &Vec<u64>| {
        // A shingle that no other text has cannot be shared, and so need not be looked up; it counts all the same.
        let mut ranked: Vec<(u32, u64)> =
            set.iter().map(|shingle| (frequency.get(shingle).copied().unwrap_or(0), *shingle)).collect();
        ranked.sort_unstable();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "shares"
        )]
        let needed = (set.len() as f64 * f64::from(at_least) - 1e-3).ceil().max(1.0) as usize;
        ranked.truncate((set.len() + 1).saturating_sub(needed));
        ranked.into_iter().filter(|(times, _)| *times > 1).map(|(_, shingle)| shingle).collect()
    };
    sets.iter().map(prefix).collect()
}

/// The shingles of a text, each once, in order.
fn shingles(text: &str) -> Vec<u64> {
    let words = words(text);
    let mut set: Vec<u64> = if words.len() < SHINGLE && !words.is_empty() {
        vec![joined(&words)]
    } else {
        words.windows(SHINGLE).map(joined).collect()
    };
    set.sort_unstable();
    set.dedup();
    set
}

fn joined(words: &[u64]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.iter().for_each(|word| hasher.write_u64(*word));
    hasher.finish()
}

/// The words of a text as numbers, without case. Scripts that leave no spaces are taken letter by letter.
fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::new();
    let mut word: Option<DefaultHasher> = None;
    for letter in text.chars().flat_map(char::to_lowercase) {
        let belongs = letter.is_alphanumeric();
        if (!belongs || leaves_no_spaces(letter))
            && let Some(done) = word.take()
        {
            words.push(done.finish());
        }
        if belongs {
            word.get_or_insert_default().write_u32(letter.into());
        }
    }
    words.extend(word.map(|done| done.finish()));
    words
}

/// Thai, Lao, Burmese and Khmer letters, kana and the signs of Chinese writing.
fn leaves_no_spaces(letter: char) -> bool {
    matches!(u32::from(letter),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// How many numbers two sorted lists share.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut n, mut rest) = (0, b);
    for value in a {
        let at = rest.partition_point(|other| other < value).min(rest.len());
        rest = &rest[at..];
        match rest.first() {
            Some(other) if other == value => {
                n += 1;
                rest = &rest[1..];
            }
            Some(_) => {}
            None => break,
        }
    }
    n
}

#[expect(clippy::cast_precision_loss, reason = "a share for people to read")]
fn share(common: usize, a: usize, b: usize) -> f32 {
    let all = a + b - common.min(a + b);
    if all == 0 { 0.0 } else { common as f32 / all as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(n: usize) -> ArticleId {
        format!("a-{n}").parse().expect("an id")
    }

    const REPORT: &str = "The council of the harbour district said on Monday that two boats had sunk at their berths \
        during the night and that nobody was on board when the water came over the quay.";

    #[test]
    fn the_same_words_are_alike_whatever_their_case_points_and_lines() {
        let shouted = REPORT.to_uppercase().replace(' ', "\n").replace('.', "!");
        assert!((likeness(REPORT, &shouted) - 1.0).abs() < f32::EPSILON);
        assert!(likeness(REPORT, "Five words that are elsewhere in no report at all").abs() < f32::EPSILON);
        assert!(likeness("", "").abs() < f32::EPSILON, "no words are like nothing");
        assert!((likeness("Two hurt", "two hurt.") - 1.0).abs() < f32::EPSILON, "a short text is one shingle");
    }

    #[test]
    fn of_many_copies_each_text_keeps_its_closest() {
        let pairs: Vec<_> =
            (0..20).flat_map(|a| (a + 1..20).map(move |b| (id(a), id(b), 1.0 / (b - a) as f32))).collect();
        let closest = closest(pairs.clone(), 2);
        assert!(closest.len() <= 40 && closest.iter().all(|pair| pairs.contains(pair)));
        assert!((0..19).all(|n| closest.iter().any(|(a, b, _)| (*a, *b) == (id(n), id(n + 1)))), "{closest:?}");
        assert_eq!(super::closest(pairs.clone(), 1_000), pairs);
    }

    #[test]
    fn one_word_changed_in_a_text_costs_the_five_shingles_around_it() {
        // 33 words are 29 shingles; 5 of them hold the changed word: 24 of 34 are common.
        let other = REPORT.replace("two boats", "three boats");
        assert!((likeness(REPORT, &other) - 24.0 / 34.0).abs() < 0.0001, "{}", likeness(REPORT, &other));
    }

    #[test]
    fn writing_without_spaces_is_compared_by_its_letters() {
        let (a, b) = ("港区议会周一表示夜间有两艘船沉没", "港区议会周一表示夜间有三艘船沉没");
        let alike = likeness(a, b);
        assert!(alike > 0.3 && alike < 0.9, "{alike}");
    }

    #[test]
    fn pairs_come_in_the_order_of_the_list_with_their_likeness() {
        let other = REPORT.replace("two boats", "three boats");
        let texts =
            [(id(0), REPORT), (id(1), "Something else entirely was written about here"), (id(2), other.as_str())];
        let found = alike(&texts, 0.7);
        assert_eq!(found.iter().map(|(a, b, _)| (*a, *b)).collect::<Vec<_>>(), [(id(0), id(2))]);
        assert!((found[0].2 - likeness(REPORT, &other)).abs() < f32::EPSILON);
        assert!(alike(&texts, 0.8).is_empty());
    }

    #[test]
    fn two_thousand_texts_with_one_passage_in_common_look_at_few_pairs() {
        // The shared passage is frequent and so stands behind the rare shingles: it makes no candidates.
        let texts: Vec<String> = (0..2000)
            .map(|n| {
                let own: Vec<String> = (0..60).map(|k| format!("w{}", n * 60 + k)).collect();
                format!("{} {REPORT}", own.join(" "))
            })
            .collect();
        let mut list: Vec<(ArticleId, &str)> = texts.iter().enumerate().map(|(n, t)| (id(n), t.as_str())).collect();
        list.push((id(9999), texts[7].as_str()));
        let found = alike(&list, 0.6);
        assert_eq!(found.iter().map(|(a, b, _)| (*a, *b)).collect::<Vec<_>>(), [(id(7), id(9999))]);
    }

    #[test]
    fn it_stops_when_it_is_told_to() {
        let texts = [(id(0), REPORT), (id(1), REPORT)];
        assert_eq!(alike(&texts, 0.5).len(), 1);
        assert!(alike_while(&texts, 0.5, &|_| false).is_empty());
    }

    fn texts() -> impl Strategy<Value = Vec<String>> {
        let word = prop::sample::select(vec!["a", "b", "c", "d"]);
        let text = prop::collection::vec(word, 0..24).prop_map(|words| words.join(" "));
        prop::collection::vec(text, 0..12)
    }

    proptest! {
        #[test]
        fn no_pair_is_missed_and_none_invented(texts in texts(), at_least in 0.05_f32..=1.0) {
            let list: Vec<(ArticleId, &str)> = texts.iter().enumerate().map(|(n, t)| (id(n), t.as_str())).collect();
            let mut wanted = Vec::new();
            for (n, (a, one)) in list.iter().enumerate() {
                for (b, other) in &list[n + 1..] {
                    let alike = likeness(one, other);
                    if alike >= at_least {
                        wanted.push((*a, *b, alike));
                    }
                }
            }
            prop_assert_eq!(alike(&list, at_least), wanted);
        }

        #[test]
        fn likeness_is_a_share_and_the_same_both_ways(a in "\\PC{0,60}", b in "\\PC{0,60}") {
            let (one, other) = (likeness(&a, &b), likeness(&b, &a));
            prop_assert!((0.0..=1.0).contains(&one));
            prop_assert!((one - other).abs() < f32::EPSILON);
        }
    }
}
