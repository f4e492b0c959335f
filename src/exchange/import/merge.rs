//! Brings one event up to date: what the new row says takes the place of what the old row said, but for what the analyst
//! changed meanwhile.

use crate::model::{Event, Own, Text};

use super::changes::Field;

/// An event with its new row, and the fields on which the new row and the analyst disagree. `old` and `new` are what the
/// two rows state, `mine` is the event as it is.
pub(super) fn merge(old: &Event, mine: &Event, new: &Event) -> (Event, Vec<Field>) {
    let mut out = mine.clone();
    let mut fields = Vec::new();
    let mut put = |field: &'static str, said: bool, edited: bool, texts: [String; 2]| {
        let agree = texts[0] == texts[1];
        if said && edited && !agree {
            let [mine, theirs] = texts;
            fields.push(Field { field, mine, theirs });
        }
        said && !edited
    };
    macro_rules! field {
        ($name:literal, $($path:ident).+, $show:expr) => {{
            let show = $show;
            let said = old.$($path).+ != new.$($path).+;
            let edited = old.$($path).+ != mine.$($path).+;
            if put($name, said, edited, [show(&mine.$($path).+), show(&new.$($path).+)]) {
                out.$($path).+ = new.$($path).+.clone();
            }
        }};
    }
    let text = |text: &Text| text.to_string();
    field!("title", title, text);
    field!("date", when, |when: &Option<crate::model::EventDate>| when
        .as_ref()
        .map_or_else(String::new, ToString::to_string));
    field!("place", location.name, text);
    field!("adm1", location.adm1, text);
    field!("country", location.country, text);
    field!("coordinates", location.point, |point: &Option<crate::model::Point>| {
        point.map_or_else(String::new, |point| format!("{}, {}", point.latitude(), point.longitude()))
    });
    field!("precision", location.precision, |precision: &Option<crate::model::Precision>| {
        precision.map_or_else(String::new, |precision| precision.key().to_owned())
    });
    field!("kind", kind, text);
    field!("side A", side_a, text);
    field!("side B", side_b, text);
    field!("tags", tags, |tags: &[Text]| tags.join("; "));
    field!("source ids", source_ids, |ids: &[Text]| ids.join("; "));
    let own = own(old, mine, new);
    if own != out.own {
        out.own = own;
    }
    out.source.clone_from(&new.source);
    (out, fields)
}

/// Values in the columns of the analyst's own: those that the row fills follow it where nobody changed them.
fn own(old: &Event, mine: &Event, new: &Event) -> Own {
    let kept = mine.own.iter().filter(|(id, value)| old.own.get(*id) != Some(value) || new.own.get(*id).is_some());
    let mut values: Vec<_> = kept.map(|(id, value)| (id, value.clone())).collect();
    for (id, value) in new.own.iter() {
        match values.iter_mut().find(|(own, _)| *own == id) {
            Some((_, mine)) if old.own.get(id) == Some(mine) => mine.clone_from(value),
            Some(_) => {}
            None if old.own.get(id).is_none() => values.push((id, value.clone())),
            None => {}
        }
    }
    values.into_iter().collect()
}

/// Whether an analyst changed what the row of an event says, or added to it.
pub(super) fn is_edited(stated: &Event, mine: &Event) -> bool {
    let plain = Event { source: mine.source.clone(), id: mine.id, ..stated.clone() };
    plain != *mine
}
