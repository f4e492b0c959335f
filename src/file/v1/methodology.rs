//! The method sheet between file and model: presets of number words stand by name alone, changed ones list their words.

use std::collections::BTreeMap;

use crate::model::{self, Meaning, WordTable};

use super::bare::High;
use super::into_model::{measure, method};
use super::reader::Reader;
use super::{MeasureMethod, Methodology, Str, Word};

/// The method sheet of the file.
pub(super) fn read(file: Methodology<'_>, r: &mut Reader<'_>) -> Option<model::Methodology> {
    let default = model::Methodology::default();
    let rule = if file.method.is_empty() { Some(default.method) } else { r.value("method", method(&file.method)) };
    let methods = methods(file.methods, r);
    let ranks = r.texts("ranks", &file.ranks);
    let authority = r.text("authority", &file.authority);
    let words = word_table(&file.words, file.word_list, r);
    Some(model::Methodology {
        method: rule?,
        methods: methods?,
        ranks,
        authority,
        words: words?,
        count_attackers: file.count_attackers.unwrap_or(default.count_attackers),
        enemy_counts_high_only: file.enemy_counts_high_only.unwrap_or(default.enemy_counts_high_only),
        missing_best_is_low: file.missing_best_is_low.unwrap_or(default.missing_best_is_low),
    })
}

fn methods(file: Vec<MeasureMethod<'_>>, r: &mut Reader<'_>) -> Option<BTreeMap<model::Measure, model::Method>> {
    let mut seen = BTreeMap::new();
    r.each("methods", file, |r, one| {
        let of = r.value("measure", measure(&one.measure));
        let rule = r.value("method", method(&one.method));
        let (of, rule) = (of?, rule?);
        if seen.contains_key(&of) {
            r.refuse("measure", format!("{of} has two methods; leave one"));
            return None;
        }
        seen.insert(of, rule);
        Some(())
    })?;
    Some(seen)
}

fn word_table(name: &str, list: Option<Vec<Word<'_>>>, r: &mut Reader<'_>) -> Option<WordTable> {
    let Some(list) = list else {
        if name.is_empty() {
            return Some(WordTable::default());
        }
        let preset = WordTable::preset(name);
        if preset.is_none() {
            let all: Vec<String> = WordTable::preset_names().map(|name| format!("\"{name}\"")).collect();
            let all = all.join(", ");
            r.refuse(
                "words",
                format!("There is no word table \"{name}\"; write one of {all}, or add its words in word_list"),
            );
        }
        return preset;
    };
    let mut entries = BTreeMap::new();
    r.each("word_list", list, |r, one| {
        let word = r.text("word", &one.word);
        if entries.contains_key(&word) {
            r.refuse("word", format!("The word \"{word}\" has two meanings; leave one"));
            return None;
        }
        entries.insert(word, Meaning { low: one.low, high: one.high.0 });
        Some(())
    })?;
    Some(WordTable { name: r.text("words", name), entries })
}

/// The method sheet as it is written: the rule and the word table always by name, the rest where it is not the default.
pub(super) fn write(model: &model::Methodology) -> Methodology<'_> {
    let default = model::Methodology::default();
    let changed = |now: bool, usual: bool| (now != usual).then_some(now);
    let preset = WordTable::preset(&model.words.name).is_some_and(|preset| preset == model.words);
    Methodology {
        method: model.method.key().into(),
        methods: model
            .methods
            .iter()
            .map(|(measure, method)| MeasureMethod { measure: measure.key().into(), method: method.key().into() })
            .collect(),
        ranks: model.ranks.iter().map(|speaker| Str::Borrowed(&**speaker)).collect(),
        authority: Str::Borrowed(&model.authority),
        words: Str::Borrowed(&model.words.name),
        word_list: (!preset).then(|| {
            let entries = model.words.entries.iter();
            entries.map(|(word, m)| Word { word: Str::Borrowed(&**word), low: m.low, high: High(m.high) }).collect()
        }),
        count_attackers: changed(model.count_attackers, default.count_attackers),
        enemy_counts_high_only: changed(model.enemy_counts_high_only, default.enemy_counts_high_only),
        missing_best_is_low: changed(model.missing_best_is_low, default.missing_best_is_low),
    }
}
