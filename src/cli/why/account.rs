//! What is told of an event: the fields of the document, from which the text is made too.

use serde::Serialize;

use crate::dataset;
use crate::derive::figures::{EventFigures, Figure, Marks, NotUsed, Value, read};
use crate::derive::{Derived, explain, explain_claims, wording};
use crate::model::{Article, Claim, ClaimId, Class, Event, Measure, Method, Project, Quantity, Quote};

/// Everything that is told.
#[derive(Debug, Serialize)]
pub(super) struct Account {
    pub(super) event: About,
    /// The word table in force.
    pub(super) word_table: String,
    pub(super) figures: Vec<Told>,
}

/// Which event.
#[derive(Debug, Serialize)]
pub(super) struct About {
    pub(super) id: String,
    pub(super) title: String,
    /// The date as the file writes it; null where nothing is known.
    pub(super) when: Option<String>,
    #[serde(skip)]
    pub(super) when_in_words: String,
    pub(super) place: String,
    pub(super) kind: String,
    pub(super) side_a: String,
    pub(super) side_b: String,
    pub(super) status: String,
}

/// Low, best and high. `best` is null where there is none, `high` where it is open, all where there is no number.
#[derive(Debug, Serialize)]
pub(super) struct Numbers {
    /// `known`, `unknown` (spoken of without a number) or `no claim`.
    pub(super) state: &'static str,
    pub(super) low: Option<u64>,
    pub(super) best: Option<u64>,
    pub(super) high: Option<u64>,
    /// The figure as the window writes it.
    pub(super) text: String,
}

/// One figure and how it was made.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    pub(super) measure: String,
    pub(super) class: String,
    #[serde(flatten)]
    pub(super) numbers: Numbers,
    pub(super) marks: Vec<&'static str>,
    /// The rule with its version; `by hand` where somebody set the figure.
    pub(super) method: &'static str,
    #[serde(skip)]
    pub(super) rule: &'static str,
    pub(super) by_hand: Option<Hand>,
    /// What the claims alone would say, where a figure by hand makes a difference.
    pub(super) claims_alone: Option<Numbers>,
    pub(super) steps: Vec<String>,
    pub(super) used: Vec<Said>,
    pub(super) not_used: Vec<Passed>,
}

/// Who set a figure, and why.
#[derive(Debug, Serialize)]
pub(super) struct Hand {
    pub(super) name: String,
    pub(super) reason: String,
    /// What the claims gave when it was set.
    pub(super) claims_gave: Option<String>,
}

/// A claim that the figure does not rest on.
#[derive(Debug, Serialize)]
pub(super) struct Passed {
    pub(super) reason: String,
    #[serde(flatten)]
    pub(super) claim: Said,
}

/// What was said, by whom, where.
#[derive(Debug, Serialize)]
pub(super) struct Said {
    pub(super) claim: String,
    /// The quantity as it was written.
    pub(super) quantity: String,
    /// The words of the number in the text.
    pub(super) words: String,
    pub(super) read_as: ReadAs,
    /// The entry of the word table, where the quantity is a word.
    pub(super) word: Option<Word>,
    pub(super) speaker: String,
    pub(super) via: String,
    pub(super) reported: Option<String>,
    pub(super) stance: &'static str,
    /// How the number relates to the whole; null where it is the whole.
    pub(super) scope: Option<String>,
    /// Grade of the information, 1 to 6.
    pub(super) grade: Option<u8>,
    #[serde(skip)]
    pub(super) particulars: Vec<String>,
    pub(super) comment: String,
    pub(super) quotes: Vec<Cited>,
    /// The row that it is read from.
    pub(super) row: Option<Row>,
}

/// The row of a data set that a claim is read from.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) dataset: String,
    pub(super) file: String,
    pub(super) sha256: String,
    /// The cells of the number: names of columns with what stands there.
    pub(super) cells: Vec<(String, String)>,
    /// The row as it stands in the file.
    pub(super) row: String,
}

/// What a claim states in numbers; null is open above, or no statement.
#[derive(Debug, Serialize)]
pub(super) struct ReadAs {
    pub(super) low: Option<u64>,
    pub(super) number: Option<u64>,
    pub(super) high: Option<u64>,
    pub(super) about: bool,
    #[serde(skip)]
    pub(super) text: Option<String>,
}

/// An entry of the word table.
#[derive(Debug, Serialize)]
pub(super) struct Word {
    pub(super) word: String,
    pub(super) low: u64,
    pub(super) high: Option<u64>,
}

/// Words of an article.
#[derive(Debug, Serialize)]
pub(super) struct Cited {
    pub(super) article: String,
    pub(super) publisher: String,
    pub(super) agency: String,
    pub(super) headline: String,
    pub(super) published: Option<String>,
    #[serde(skip)]
    pub(super) day: Option<String>,
    pub(super) url: String,
    /// Place of the first Unicode scalar and behind the last.
    pub(super) at: (usize, usize),
    pub(super) exact: String,
}

impl Account {
    /// What is told of an event, of all measures or of one.
    pub(super) fn of(project: &Project, derived: &Derived, event: &Event, only: Option<&Measure>) -> Self {
        let figures = explain(project, derived, event.id);
        let alone = explain_claims(project, derived, event.id);
        let teller = Teller { project, event, alone: &alone };
        let mut told = Vec::new();
        let mut measures: Vec<&Measure> = figures.keys().filter(|measure| only.is_none_or(|o| o == *measure)).collect();
        measures.extend(only.filter(|only| !figures.contains_key(only)));
        for measure in measures {
            let Some(of_measure) = figures.get(measure) else {
                told.push(teller.told(measure, &Class::TOTAL, &Figure::default()));
                continue;
            };
            told.push(teller.told(measure, &Class::TOTAL, &of_measure.total));
            told.extend(of_measure.classes.iter().map(|(class, figure)| teller.told(measure, class, figure)));
        }
        Self { event: About::of(event), word_table: project.methodology.words.name.to_string(), figures: told }
    }
}

impl About {
    fn of(event: &Event) -> Self {
        Self {
            id: event.id.to_string(),
            title: event.title.to_string(),
            when: event.when.as_ref().map(ToString::to_string),
            when_in_words: event.when.as_ref().map_or_else(|| "no date".to_owned(), |when| when.describe()),
            place: wording::place(event),
            kind: event.kind.to_string(),
            side_a: event.side_a.to_string(),
            side_b: event.side_b.to_string(),
            status: event.status.key().to_owned(),
        }
    }
}

impl Numbers {
    fn of(value: Value, marks: Marks) -> Self {
        let state = match value {
            Value::Known(_) => "known",
            Value::Unknown => "unknown",
            Value::NoClaim => "no claim",
        };
        let range = value.range();
        Self {
            state,
            low: range.map(|range| range.low),
            best: range.and_then(|range| range.best),
            high: range.and_then(|range| range.high),
            text: wording::short(value, marks),
        }
    }
}

/// What the figures of one event are told from.
struct Teller<'a> {
    project: &'a Project,
    event: &'a Event,
    alone: &'a EventFigures,
}

impl Teller<'_> {
    fn told(&self, measure: &Measure, class: &Class, figure: &Figure) -> Told {
        let alone = self.alone.get(measure).and_then(|figures| figures.get(class));
        let (value, marks) = alone.map_or_else(Default::default, |alone| (alone.value, alone.marks));
        let differs = figure.marks.by_hand || value != figure.value;
        let in_force = self.project.methodology.method_for(measure);
        let rule = if figure.marks.by_hand { None } else { Some(in_force) };
        let hand = self.event.hand(measure, class).filter(|_| figure.marks.by_hand);
        let mut used = figure.working.used.clone();
        used.sort_by_key(|id| self.by_report(*id));
        let mut not_used: Vec<&(ClaimId, NotUsed)> = figure.working.not_used.iter().collect();
        not_used.sort_by_key(|(id, _)| self.by_report(*id));
        Told {
            measure: measure.to_string(),
            class: class.to_string(),
            numbers: Numbers::of(figure.value, figure.marks),
            marks: marks_of(figure.marks),
            method: rule.map_or("by hand", Method::key),
            rule: rule.map_or("", Method::help),
            by_hand: hand.map(|hand| Hand {
                name: hand.name.to_string(),
                reason: hand.reason.to_string(),
                claims_gave: hand.claims_gave.as_ref().map(ToString::to_string),
            }),
            claims_alone: differs.then(|| Numbers::of(value, marks)),
            steps: figure.working.steps.clone(),
            used: used.iter().filter_map(|id| self.said(*id)).collect(),
            not_used: not_used
                .into_iter()
                .filter_map(|(id, why)| Some(Passed { reason: why.describe(), claim: self.said(*id)? }))
                .collect(),
        }
    }

    fn by_report(&self, id: ClaimId) -> (Option<jiff::civil::Date>, ClaimId) {
        (dataset::claim(self.project, id).and_then(|claim| claim.reported), id)
    }

    fn said(&self, id: ClaimId) -> Option<Said> {
        let claim = dataset::claim(self.project, id)?;
        let reading = read(claim, &self.project.methodology);
        Some(Said {
            claim: claim.id.to_string(),
            quantity: claim.quantity.to_string(),
            words: claim.words.to_string(),
            read_as: ReadAs {
                low: reading.lo,
                number: reading.pt,
                high: reading.hi,
                about: reading.about,
                text: wording::reading(reading),
            },
            word: self.word(claim),
            speaker: wording::speaker(self.project, claim),
            via: claim.via.to_string(),
            reported: claim.reported.map(|day| day.to_string()),
            stance: claim.stance.key(),
            scope: wording::scope(self.project, claim),
            grade: claim.grade.map(crate::model::InformationGrade::number),
            particulars: wording::particulars(self.project, claim),
            comment: claim.comment.to_string(),
            row: dataset::evidence(self.project, id).map(|row| Row {
                dataset: row.dataset.clone(),
                file: row.file.to_string(),
                sha256: row.sha256.to_string(),
                cells: row.cells().map(|(column, value)| (column.to_owned(), value.to_owned())).collect(),
                row: row.row,
            }),
            quotes: claim.quotes.iter().map(|quote| self.cited(quote)).collect(),
        })
    }

    fn word(&self, claim: &Claim) -> Option<Word> {
        let word = match &claim.quantity {
            Quantity::Word(word) => word,
            Quantity::Plural => "plural",
            _ => return None,
        };
        let meaning = self.project.methodology.words.meaning(word)?;
        Some(Word { word: word.to_owned(), low: meaning.low, high: meaning.high })
    }

    fn cited(&self, quote: &Quote) -> Cited {
        let article = self.project.articles.get(quote.article);
        let of = |field: fn(&Article) -> &str| article.map_or_else(String::new, |article| field(article).to_owned());
        let published = article.and_then(|article| article.published);
        Cited {
            article: quote.article.to_string(),
            publisher: of(|article| &article.publisher),
            agency: of(|article| &article.agency),
            headline: of(|article| &article.headline),
            published: published.map(|moment| moment.to_string()),
            day: published.map(|moment| wording::day(moment.day())),
            url: of(|article| &article.url),
            at: (quote.start, quote.end),
            exact: quote.exact.to_string(),
        }
    }
}

fn marks_of(marks: Marks) -> Vec<&'static str> {
    let all = [
        (marks.about, "about"),
        (marks.by_hand, "by hand"),
        (marks.claims_changed, "claims changed since"),
        (marks.high_only, "high only"),
        (marks.flagged, "flagged"),
        (marks.open_above, "open above"),
        (marks.conflict, "conflict"),
        (marks.estimates_only, "estimates only"),
    ];
    all.into_iter().filter(|(on, _)| *on).map(|(_, word)| word).collect()
}
