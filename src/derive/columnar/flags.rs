//! What is true or not of an event, as bits.

use crate::derive::Derived;
use crate::derive::figures::Value;
use crate::derive::index::Entry;
use crate::model::{Class, Event, Status};

/// Something that is true or not of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flag {
    Draft,
    Coded,
    Reviewed,
    Disputed,
    Excluded,
    /// It covers other events.
    Summary,
    Sensitive,
    /// Voices contradict each other.
    Conflict,
    /// A total of it is spoken of without a number.
    Unknown,
    /// A figure was set by hand.
    ByHand,
    /// A figure was set by hand, and the claims beneath it changed since.
    ClaimsChanged,
    /// Somebody says something about it.
    Claims,
    /// Its place has coordinates.
    Located,
    /// A published estimate is out of order.
    Flagged,
    /// It was made from a row of other people's data.
    Row,
}

impl Flag {
    /// Its bit.
    pub const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// The bits of an event.
pub(super) fn of(event: &Event, derived: &Derived) -> u16 {
    of_entry(event, derived.entry(event.id), derived)
}

/// The bits that follow from the event alone.
pub(super) fn of_event(event: &Event) -> u16 {
    let status = match event.status {
        Status::Draft => Flag::Draft,
        Status::Coded => Flag::Coded,
        Status::Reviewed => Flag::Reviewed,
        Status::Disputed => Flag::Disputed,
        Status::Excluded(_) => Flag::Excluded,
    };
    let mut bits = status.bit();
    let mut set = |is: bool, flag: Flag| bits |= if is { flag.bit() } else { 0 };
    set(!event.covers.is_empty(), Flag::Summary);
    set(event.sensitive, Flag::Sensitive);
    set(!event.by_hand.is_empty(), Flag::ByHand);
    set(event.location.point.is_some(), Flag::Located);
    set(event.source.is_some(), Flag::Row);
    bits
}

/// All bits, where what is kept of the event was found already.
pub(super) fn of_entry(event: &Event, entry: Option<&Entry>, derived: &Derived) -> u16 {
    let mut bits = of_event(event);
    let mut set = |is: bool, flag: Flag| bits |= if is { flag.bit() } else { 0 };
    set(entry.is_some_and(|entry| !entry.claims(event.id).is_empty()), Flag::Claims);
    for (_, class, summary) in derived.figures_in(entry) {
        set(summary.marks.conflict, Flag::Conflict);
        set(summary.marks.flagged, Flag::Flagged);
        set(summary.marks.claims_changed, Flag::ClaimsChanged);
        set(*class == Class::TOTAL && summary.value == Value::Unknown, Flag::Unknown);
    }
    bits
}
