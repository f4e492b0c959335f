//! The formats that results go out in. A new one is one entry of each of these lists.

/// A format that results go out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A table for any program, with a codebook beside it.
    Csv,
    /// A workbook with typed cells, a codebook and a method sheet.
    Xlsx,
    /// The columns of UCDP GED.
    Ged,
    /// The columns of ACLED.
    Acled,
    /// Whole records for programs.
    Json,
    /// A report to be read.
    Html,
}

impl Kind {
    /// All, in the order of pick lists.
    pub const ALL: [Self; 6] = [Self::Csv, Self::Xlsx, Self::Ged, Self::Acled, Self::Json, Self::Html];

    /// The word on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Ged => "ged",
            Self::Acled => "acled",
            Self::Json => "json",
            Self::Html => "html",
        }
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Csv => "CSV table",
            Self::Xlsx => "Excel workbook",
            Self::Ged => "UCDP GED columns",
            Self::Acled => "ACLED columns",
            Self::Json => "JSON Lines",
            Self::Html => "Report",
        }
    }

    /// What it is for, in one sentence.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Csv => "Every column of the event table, for any program; a codebook is written beside it",
            Self::Xlsx => "Every column as numbers and days, with a codebook and a method sheet",
            Self::Ged => {
                "The 49 columns of UCDP GED; rows that came from GED go out as they came but for what was changed"
            }
            Self::Acled => {
                "The 31 columns of ACLED; rows that came from ACLED go out as they came but for what was changed"
            }
            Self::Json => "Whole records with claims and quotes, for programs; nothing is lost",
            Self::Html => {
                "A page to be read and printed: totals, events with quotes, sources, notes tagged publish, method"
            }
        }
    }

    /// The ending of its files, without a point.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv | Self::Ged | Self::Acled => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "jsonl",
            Self::Html => "html",
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
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }

    /// Where the subtotals of a grouped table go, in words; `None` where they do not go along.
    pub const fn place_of_subtotals(self) -> Option<&'static str> {
        match self {
            Self::Csv => Some("in a file beside it"),
            Self::Xlsx => Some("in a sheet of their own"),
            Self::Ged | Self::Acled | Self::Json | Self::Html => None,
        }
    }

    /// Whether a codebook is written into a file of its own beside it.
    pub const fn has_codebook_beside(self) -> bool {
        matches!(self, Self::Csv)
    }
}
