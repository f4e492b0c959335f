//! An article: one text that was published. Its text is evidence and is never edited.

use super::Text;
use super::date::DateError;
use super::id::ArticleId;
use super::moment::Moment;
use super::records::Record;

/// How far the reading of an article has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Reading {
    /// Not opened yet.
    #[default]
    Unread,
    /// Begun.
    InWork,
    /// Everything in it is coded.
    Done,
    /// Read; it holds nothing to code.
    NothingToCode,
    /// Left out of the project, for this reason.
    Excluded(Text),
}

impl Reading {
    /// The words of all states, in the order of pick lists.
    pub const KEYS: [&'static str; 5] = ["unread", "in work", "done", "nothing to code", "excluded"];

    /// The word in files and on screen, without the reason.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::InWork => "in work",
            Self::Done => "done",
            Self::NothingToCode => "nothing to code",
            Self::Excluded(_) => "excluded",
        }
    }

    /// The state of a key; the reason is kept for `excluded` only.
    pub fn from_key(key: &str, reason: &str) -> Option<Self> {
        Some(match key {
            "unread" => Self::Unread,
            "in work" => Self::InWork,
            "done" => Self::Done,
            "nothing to code" => Self::NothingToCode,
            "excluded" => Self::Excluded(reason.into()),
            _ => return None,
        })
    }
}

/// How reliable a source is: the Admiralty scale from A (completely) to E (not), and F (cannot be judged).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

impl Reliability {
    /// All, from the most reliable.
    pub const ALL: [Self; 6] = [Self::A, Self::B, Self::C, Self::D, Self::E, Self::F];
    /// The letter in files and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
            Self::F => "F",
        }
    }
}

/// The file that a text was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name, without folders.
    pub name: Text,
    /// SHA-256 of its bytes, in lower case hexadecimal.
    pub sha256: Text,
    /// What was noticed on reading it, such as a guessed encoding. Empty where all was plain.
    pub remarks: Text,
}

/// What is known about an article beside its text, and can be a guess of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// Its headline.
    Headline,
    /// Who published it.
    Publisher,
    /// The agency that it is credited to.
    Agency,
    /// Who wrote it.
    Byline,
    /// Where it was found.
    Url,
    /// Where a copy is kept.
    ArchivedUrl,
    /// Its language.
    Language,
    /// When it was published.
    Published,
    /// When it was fetched.
    Retrieved,
}

impl Known {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Headline,
        Self::Publisher,
        Self::Agency,
        Self::Byline,
        Self::Url,
        Self::ArchivedUrl,
        Self::Language,
        Self::Published,
        Self::Retrieved,
    ];

    /// The name of the field on screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Headline => "Headline",
            Self::Publisher => "Publisher",
            Self::Agency => "Agency",
            Self::Byline => "Byline",
            Self::Url => "Address",
            Self::ArchivedUrl => "Archived copy",
            Self::Language => "Language",
            Self::Published => "Published",
            Self::Retrieved => "Retrieved",
        }
    }

    /// The name of the field in files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Publisher => "publisher",
            Self::Agency => "agency",
            Self::Byline => "byline",
            Self::Url => "url",
            Self::ArchivedUrl => "archived_url",
            Self::Language => "language",
            Self::Published => "published",
            Self::Retrieved => "retrieved",
        }
    }
}

/// Words of a text that look like a figure of casualties and were found to be none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFigure {
    /// Place of the first scalar.
    pub start: usize,
    /// Place behind the last scalar.
    pub end: usize,
    /// The words themselves.
    pub exact: Text,
}

impl NotFigure {
    /// Whether these words stand in this text where they stood.
    pub fn matches(&self, text: &str) -> bool {
        self.start < self.end && text.chars().skip(self.start).take(self.end - self.start).eq(self.exact.chars())
    }
}

/// One text that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Which article.
    pub id: ArticleId,
    /// Its headline.
    pub headline: Text,
    /// Who published it.
    pub publisher: Text,
    /// The agency that the text is credited to: reprints of one agency speak with one voice.
    pub agency: Text,
    /// Who wrote it.
    pub byline: Text,
    /// Where it was found.
    pub url: Text,
    /// Where a copy is kept.
    pub archived_url: Text,
    /// Its language, as a BCP 47 tag.
    pub language: Text,
    /// When it was published. It is never the date of an event.
    pub published: Option<Moment>,
    /// When it was fetched from where it was published. Empty where nobody says: the time stamp of a file says when it
    /// was copied, and the log says when it was taken in.
    pub retrieved: Option<Moment>,
    /// The file that it was read from.
    pub file: Option<SourceFile>,
    /// The earlier version that this one corrects.
    pub corrects: Option<ArticleId>,
    /// How reliable its publisher is.
    pub reliability: Option<Reliability>,
    /// How far its reading has come.
    pub reading: Reading,
    /// To be left out of redacted exports.
    pub sensitive: bool,
    /// Free marks.
    pub tags: Vec<Text>,
    /// Which of the fields the program guessed, in order; a person confirms or corrects them.
    pub guesses: Vec<Known>,
    /// Articles that are nearly the same and yet another text, as a person decided.
    pub unlike: Vec<ArticleId>,
    /// Words that a reader rejected as figures, by place.
    pub not_figures: Vec<NotFigure>,
    /// What it says, with `\n` between lines.
    pub text: Text,
}

impl Article {
    /// A text of which nothing else is known.
    pub fn new(id: ArticleId, headline: &str, text: &str) -> Self {
        Self {
            id,
            headline: headline.into(),
            publisher: Text::default(),
            agency: Text::default(),
            byline: Text::default(),
            url: Text::default(),
            archived_url: Text::default(),
            language: Text::default(),
            published: None,
            retrieved: None,
            file: None,
            corrects: None,
            reliability: None,
            reading: Reading::default(),
            sensitive: false,
            tags: Vec::new(),
            guesses: Vec::new(),
            unlike: Vec::new(),
            not_figures: Vec::new(),
            text: text.into(),
        }
    }

    /// What is known in this field, as text; a time as [`Moment::parse`] reads it. Empty where nothing is.
    pub fn known(&self, field: Known) -> String {
        let moment = |moment: Option<Moment>| moment.map_or_else(String::new, |moment| moment.to_string());
        match field {
            Known::Headline => self.headline.to_string(),
            Known::Publisher => self.publisher.to_string(),
            Known::Agency => self.agency.to_string(),
            Known::Byline => self.byline.to_string(),
            Known::Url => self.url.to_string(),
            Known::ArchivedUrl => self.archived_url.to_string(),
            Known::Language => self.language.to_string(),
            Known::Published => moment(self.published),
            Known::Retrieved => moment(self.retrieved),
        }
    }

    /// Writes a field, as a person does: it is no guess any more.
    ///
    /// # Errors
    /// Where the text is no moment and the field is a time; the article stays as it is.
    pub fn write(&mut self, field: Known, text: &str) -> Result<(), DateError> {
        let text = text.trim();
        let moment = || if text.is_empty() { Ok(None) } else { Moment::parse(text).map(Some) };
        match field {
            Known::Headline => self.headline = text.into(),
            Known::Publisher => self.publisher = text.into(),
            Known::Agency => self.agency = text.into(),
            Known::Byline => self.byline = text.into(),
            Known::Url => self.url = text.into(),
            Known::ArchivedUrl => self.archived_url = text.into(),
            Known::Language => self.language = text.into(),
            Known::Published => self.published = moment()?,
            Known::Retrieved => self.retrieved = moment()?,
        }
        self.confirm(field);
        Ok(())
    }

    /// Whether the program guessed this field and nobody confirmed it.
    pub fn is_guess(&self, field: Known) -> bool {
        self.guesses.contains(&field)
    }

    /// Marks a field as guessed.
    pub fn mark_guess(&mut self, field: Known) {
        if let Err(place) = self.guesses.binary_search(&field) {
            self.guesses.insert(place, field);
        }
    }

    /// Takes the mark of a guess off a field: a person confirmed or wrote it.
    pub fn confirm(&mut self, field: Known) {
        self.guesses.retain(|guess| *guess != field);
    }

    /// The name of the voice with which the article itself speaks: the agency that it is credited to, else its
    /// publisher, else itself.
    pub fn voice(&self) -> &str {
        [&self.agency, &self.publisher].into_iter().find(|name| !name.is_empty()).map_or(self.id.as_str(), |name| name)
    }
}

impl Record for Article {
    type Id = ArticleId;
    fn id(&self) -> ArticleId {
        self.id
    }
}
