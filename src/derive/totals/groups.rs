//! Splitting events by a name that they state: country, kind, side, status.

use std::collections::BTreeMap;

use crate::model::{Event, Status};

use super::{Bucket, By, Group, Item};

/// The label of what is not stated.
const NOT_STATED: &str = "not stated";

/// The names under which an event stands in a split by name: one, or two in a split by party. An empty name is "not
/// stated". Nothing in a split that is not by name.
pub fn keys_of(event: &Event, by: By) -> impl Iterator<Item = &str> {
    let (first, second) = match by {
        By::Country => (Some(event.location.country.trim()), None),
        By::Adm1 => (Some(event.location.adm1.trim()), None),
        By::Kind => (Some(event.kind.trim()), None),
        By::SideA => (Some(event.side_a.trim()), None),
        By::SideB => (Some(event.side_b.trim()), None),
        By::Status => (Some(event.status.key()), None),
        By::Side => match (event.side_a.trim(), event.side_b.trim()) {
            (one, "") | ("", one) => (Some(one), None),
            (a, b) => (Some(a), Some(b).filter(|b| *b != a)),
        },
        By::None | By::Time(_) | By::Class => (None, None),
    };
    first.into_iter().chain(second)
}

/// Names by the alphabet, statuses in their own order, "not stated" last.
pub(super) fn split<'a>(items: impl Iterator<Item = &'a Item<'a>>, by: By) -> Vec<Group> {
    let mut buckets: BTreeMap<&str, Bucket> = BTreeMap::new();
    for item in items {
        for key in keys_of(item.event, by) {
            buckets.entry(key).or_default().add(item.event, item.addend);
        }
    }
    let mut groups = Vec::with_capacity(buckets.len());
    if by == By::Status {
        let known = Status::KEYS.into_iter().filter_map(|key| Some((key, buckets.remove(key)?)));
        groups.extend(known.map(|(key, bucket)| bucket.named(key, key)));
        return groups;
    }
    let not_stated = buckets.remove("");
    groups.extend(buckets.into_iter().map(|(key, bucket)| bucket.named(key, key)));
    groups.extend(not_stated.map(|bucket| bucket.named("", NOT_STATED)));
    groups
}
