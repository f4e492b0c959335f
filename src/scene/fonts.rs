//! The fonts that come with the program, as bytes: the window, exports and tests use the same ones.
//! Where each comes from is in `assets/fonts/README.md`.

/// IBM Plex Sans, variable in weight: all text that it has letters for.
pub const PLEX: &[u8] = include_bytes!("../../assets/fonts/IBMPlexSans[wdth,wght].ttf");
/// Arabic script.
pub const PLEX_ARABIC: &[u8] = include_bytes!("../../assets/fonts/IBMPlexSansArabic-Regular.ttf");
/// Hebrew script.
pub const NOTO_HEBREW: &[u8] = include_bytes!("../../assets/fonts/NotoSansHebrew-Regular.ttf");
/// Letters that the others lack.
pub const NOTO: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Regular.ttf");
