//! The formats that results go out in. A new one is one entry of each of these lists.

/// A format that results go out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A table for any program, with a codebook beside it.
    Csv,
    /// A workbook with typed cells, a codebook and a method sheet.
    Xlsx,
    /// Whole records for programs.
    Json,
}

impl Kind {
    /// All, in the order of pick lists.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Json];

    /// The word on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Csv => "CSV table",
            Self::Xlsx => "Excel workbook",
            Self::Json => "JSON Lines",
        }
    }

    /// What it is for, in one sentence.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Csv => "Every column of the event table, for any program; a codebook is written beside it",
            Self::Xlsx => "Every column as numbers and days, with a codebook and a method sheet",
            Self::Json => "Whole records with claims and quotes, for programs; nothing is lost",
        }
    }

    /// The ending of its files, without a point.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "jsonl",
        }
    }

    /// The format of a word of the command line.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The format that the ending of a file's name stands for.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            "json" | "jsonl" | "ndjson" => Some(Self::Json),
            _ => None,
        }
    }

    /// Whether a codebook is written into a file of its own beside it.
    pub const fn has_codebook_beside(self) -> bool {
        matches!(self, Self::Csv)
    }
}
