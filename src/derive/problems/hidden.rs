//! Characters that are not seen and change what is: control characters and overrides of the writing direction.
//!
//! Joiners and plain direction marks, which Hebrew, Arabic and Indic texts need, are no problem.

use super::{Findings, Kind, Place, Spot};

/// What is the matter with a character, if anything is.
fn kind(c: char) -> Option<&'static str> {
    match c {
        '\n' | '\t' => None,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some("changes the direction of writing"),
        c if c.is_control() => Some("is a control character"),
        _ => None,
    }
}

/// Tells the first such character of each field.
pub(super) fn look<'a>(subject: Place, fields: impl IntoIterator<Item = (&'a str, &'a str)>, findings: &mut Findings) {
    for (field, text) in fields {
        // Nearly every text has none: bytes tell that faster than characters.
        let plain = text.bytes().all(|byte| (0x20..0x7F).contains(&byte) || matches!(byte, b'\n' | b'\t'));
        if plain {
            continue;
        }
        let mut found = text.chars().enumerate().filter_map(|(at, c)| Some((at, c, kind(c)?)));
        if let Some((at, c, what)) = found.next() {
            let more = found.count();
            let more = if more == 0 { String::new() } else { format!(", and {more} more") };
            let code = u32::from(c);
            findings.at(
                Kind::Hidden,
                subject,
                spot(subject, field),
                format!("U+{code:04X} at character {} of the {field} {what}{more}.", at + 1),
                match (subject, field) {
                    (Place::Article(_), "text") => {
                        "The text is evidence and stays as it is; words near it may not read as they were written."
                    }
                    _ => "Type the field again without it.",
                },
            );
        }
    }
}

/// The field of an event that a name means.
fn spot(subject: Place, field: &str) -> Spot {
    match (subject, field) {
        (Place::Event(_), "title") => Spot::Title,
        (Place::Event(_), "place") => Spot::PlaceName,
        (Place::Event(_), "adm1") => Spot::Adm1,
        (Place::Event(_), "country") => Spot::Country,
        (Place::Event(_), "kind") => Spot::Kind,
        (Place::Event(_), "side A") => Spot::SideA,
        (Place::Event(_), "side B") => Spot::SideB,
        (Place::Event(_), "reason") => Spot::Status,
        (Place::Event(_), "tags") => Spot::Tags,
        _ => Spot::Whole,
    }
}
