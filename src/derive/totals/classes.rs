//! Splitting events by class: one group for each class of the measure of which anything is said.
//!
//! Every event is looked up once, whatever the number of classes: what it says of each goes into the group of that class,
//! and those of which it says nothing are counted in the end.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::derive::index::Derived;
use crate::model::{Class, Measure, Project};

use super::summaries::Summaries;
use super::{Addend, Bucket, CHUNK, Gathered, Group};

/// The groups, in the order of classes.
pub(super) fn split(gathered: &Gathered<'_>, project: &Project, derived: &Derived, measure: &Measure) -> Vec<Group> {
    let (table, missing_best_is_low) = (gathered.table, gathered.missing_best_is_low);
    let part = |slots: &[u32]| {
        let mut buckets: BTreeMap<&Class, Bucket> = BTreeMap::new();
        for slot in slots {
            for (class, summary) in derived.figures_on(table.id(*slot), measure) {
                let bucket = buckets.entry(class).or_default();
                let addend = Addend::of(summary, missing_best_is_low);
                if !addend.is_silent() {
                    bucket.add(*slot, addend);
                }
            }
        }
        buckets
    };
    let mut buckets: BTreeMap<&Class, Bucket> = BTreeMap::new();
    for part in gathered.plain.par_chunks(CHUNK).map(part).collect::<Vec<_>>() {
        for (class, bucket) in part {
            let all = buckets.entry(class).or_default();
            all.adder.join(&bucket.adder);
            all.slots.extend(bucket.slots);
        }
    }
    for (slot, _) in &gathered.summaries {
        for (class, _) in derived.figures_on(table.id(*slot), measure) {
            buckets.entry(class).or_default();
        }
    }
    for (class, bucket) in &mut buckets {
        bucket.adder.add_silent(gathered.plain.len() - bucket.slots.len());
        let mut summaries = Summaries::new(project, derived, derived.code(measure, class), missing_best_is_low);
        for (slot, _) in &gathered.summaries {
            let event = gathered.event(*slot);
            let addend = event.map_or_else(Addend::default, |event| summaries.addend(event));
            bucket.adder.add(addend);
            if !addend.is_silent() {
                bucket.slots.push(*slot);
            }
        }
    }
    buckets.into_iter().map(|(class, bucket)| bucket.named(&class.to_string(), &class.to_string())).collect()
}
