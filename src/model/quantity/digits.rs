//! Characters that people type or paste around numbers and dates: decimal digits of other scripts, the many dashes,
//! invisible direction marks. Knows nothing of quantities or dates.

/// The first code point (the digit zero) of each run of ten decimal digits (Unicode general category Nd) in living use.
const ZEROS: &[u32] = &[
    0x0030,  // ASCII
    0x0660,  // Arabic-Indic
    0x06F0,  // Extended Arabic-Indic (Persian, Urdu, Pashto)
    0x07C0,  // N'Ko
    0x0966,  // Devanagari
    0x09E6,  // Bengali
    0x0A66,  // Gurmukhi
    0x0AE6,  // Gujarati
    0x0B66,  // Odia
    0x0BE6,  // Tamil
    0x0C66,  // Telugu
    0x0CE6,  // Kannada
    0x0D66,  // Malayalam
    0x0DE6,  // Sinhala
    0x0E50,  // Thai
    0x0ED0,  // Lao
    0x0F20,  // Tibetan
    0x1040,  // Myanmar
    0x1090,  // Shan
    0x17E0,  // Khmer
    0x1810,  // Mongolian
    0x1946,  // Limbu
    0x19D0,  // New Tai Lue
    0x1A80,  // Tai Tham
    0x1B50,  // Balinese
    0x1BB0,  // Sundanese
    0x1C40,  // Lepcha
    0x1C50,  // Ol Chiki
    0xA620,  // Vai
    0xA8D0,  // Saurashtra
    0xA900,  // Kayah Li
    0xA9D0,  // Javanese
    0xA9F0,  // Myanmar Tai Laing
    0xAA50,  // Cham
    0xABF0,  // Meetei Mayek
    0xFF10,  // full width
    0x11136, // Chakma
    0x10D30, // Hanifi Rohingya
    0x1E950, // Adlam
];

/// The value of a decimal digit of any script, and the code point of its script's zero.
pub(crate) fn decimal_digit(c: char) -> Option<(u8, u32)> {
    let code = u32::from(c);
    ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))
        .and_then(|zero| Some((u8::try_from(code - zero).ok()?, *zero)))
}

/// Whether `text` holds a decimal digit of any script.
pub(crate) fn has_digit(text: &str) -> bool {
    text.chars().any(|c| decimal_digit(c).is_some())
}

/// Whether `text` holds digits of more than one script, which no careful writer does within one number.
pub(crate) fn mixes_scripts(text: &str) -> bool {
    let mut zeros = text.chars().filter_map(decimal_digit).map(|(_, zero)| zero);
    let first = zeros.next();
    first.is_some_and(|first| zeros.any(|zero| zero != first))
}

/// `text` with every decimal digit written in ASCII.
pub(crate) fn with_ascii_digits(text: &str) -> String {
    text.chars().map(|c| decimal_digit(c).map_or(c, |(value, _)| char::from(b'0' + value))).collect()
}

/// Hyphens, dashes and the minus sign. Between two numbers each of them means a range.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}')
}

/// Invisible marks that come along when text is copied from a right-to-left page. They change no order of digits.
/// Overrides (U+202D, U+202E) do, so they are not among these.
fn is_invisible_mark(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// `text` without invisible marks and outer white space, with single plain spaces inside.
pub(crate) fn tidy(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_invisible_mark(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the user typed, shortened for a message and quoted; characters that would garble a line are escaped.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .flat_map(|c| {
            let hidden = c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
            if hidden { c.escape_unicode().collect::<Vec<_>>() } else { vec![c] }
        })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("\u{201C}{shown}\u{201D}")
}
