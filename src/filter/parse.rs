//! From a line to an expression, or to the first mistake with its place and the nearest thing that can be meant.

use std::ops::Range;

use crate::columns::Part;
use crate::derive::columnar::{self, OPEN_END, OPEN_START, TextField, number_of};
use crate::model::{BaseClass, Class, EventDate, Measure, Project};

use super::fields::{self, Asks, HAS, IS};
use super::lex::{Joint, Piece, Token, tokens};
use super::{Counted, Expression, Mistake, Test, own};

/// Brackets within brackets, at most: a line that a person writes never comes near.
const DEEPEST: usize = 64;

/// Reads a line; `None` where it asks nothing.
pub(super) fn parse(line: &str, project: &Project) -> Result<Option<Expression>, Mistake> {
    let mut parser = Parser { tokens: tokens(line), next: 0, project, end: line.len(), depth: 0 };
    let expression = parser.any()?;
    match parser.tokens.get(parser.next) {
        Some(Token::Close(at)) => Err(mistake(*at..*at + 1, "This bracket closes nothing; take it out")),
        _ => Ok(expression),
    }
}

pub(super) fn mistake(at: Range<usize>, why: impl Into<String>) -> Mistake {
    Mistake { at, why: why.into(), instead: None }
}

struct Parser<'a> {
    tokens: Vec<Token<'a>>,
    next: usize,
    project: &'a Project,
    end: usize,
    depth: usize,
}

impl Parser<'_> {
    /// Terms with OR between them.
    fn any(&mut self) -> Result<Option<Expression>, Mistake> {
        let mut branches = Vec::new();
        loop {
            let branch = self.all()?;
            let or = match self.tokens.get(self.next) {
                Some(Token::Or(at)) => Some(*at),
                _ => None,
            };
            match (branch, or) {
                (Some(branch), _) => branches.push(branch),
                (None, None) if branches.is_empty() => return Ok(None),
                (None, Some(at)) => return Err(mistake(at..at + 2, "Something must stand before OR")),
                (None, None) => {
                    let or = self.tokens.get(self.next.wrapping_sub(1));
                    let at = if let Some(Token::Or(at)) = or { *at } else { self.end.saturating_sub(2) };
                    return Err(mistake(at..at + 2, "Something must stand behind OR"));
                }
            }
            if or.is_none() {
                break;
            }
            self.next += 1;
        }
        Ok(Some(if branches.len() == 1 { branches.remove(0) } else { Expression::Any(branches) }))
    }

    /// Terms side by side.
    fn all(&mut self) -> Result<Option<Expression>, Mistake> {
        let mut terms = Vec::new();
        while let Some(term) = self.one()? {
            terms.push(term);
        }
        Ok(match terms.len() {
            0 => None,
            1 => Some(terms.remove(0)),
            _ => Some(Expression::All(terms)),
        })
    }

    fn one(&mut self) -> Result<Option<Expression>, Mistake> {
        let Some(token) = self.tokens.get(self.next).cloned() else { return Ok(None) };
        if matches!(token, Token::Close(_) | Token::Or(_)) {
            return Ok(None);
        }
        self.next += 1;
        match token {
            Token::Not(at) => {
                self.deeper(at)?;
                let negated = self.one()?.ok_or_else(|| mistake(at..at + 1, "Nothing stands behind this minus"))?;
                self.depth -= 1;
                Ok(Some(Expression::Not(Box::new(negated))))
            }
            Token::Open(at) => {
                self.deeper(at)?;
                let inner = self.any()?;
                let closed = matches!(self.tokens.get(self.next), Some(Token::Close(_)));
                if !closed {
                    return Err(mistake(at..at + 1, "This bracket is not closed; write ) at its end"));
                }
                self.depth -= 1;
                self.next += 1;
                inner.map(Some).ok_or_else(|| mistake(at..at + 1, "Nothing stands in these brackets"))
            }
            Token::Word(word) => match word.text.trim() {
                "" => Err(mistake(word.at, "Nothing stands between these quotation marks")),
                text => Ok(Some(Expression::Test(Test::Anywhere(folded(text))))),
            },
            Token::Term { field, joint, value } => self.term(&field, joint, &value).map(Some),
            Token::Unclosed(at) => Err(mistake(at, "This quotation does not end; write \" at its end")),
            Token::Close(_) | Token::Or(_) => Ok(None),
        }
    }

    fn deeper(&mut self, at: usize) -> Result<(), Mistake> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(mistake(at..at + 1, format!("Brackets and minus signs go at most {DEEPEST} deep")));
        }
        Ok(())
    }

    fn term(&self, field: &Piece<'_>, joint: Joint, value: &Piece<'_>) -> Result<Expression, Mistake> {
        let Some(asks) = fields::find(&field.text, self.project) else { return Err(self.no_field(field)) };
        if value.text.trim().is_empty() && !value.quoted {
            let at = field.at.start..value.at.end.max(field.at.end + joint.sign().len());
            return Err(mistake(at, format!("Write a value behind {}{}", field.text, joint.sign())));
        }
        let test = match asks {
            Asks::Texts(texts) => {
                text_test(joint, field, value, |text, whole| Test::Text { fields: texts, text, whole })
            }
            Asks::Id => text_test(joint, field, value, |text, whole| Test::Id { text, whole }),
            Asks::Claim(of) => text_test(joint, field, value, |text, whole| Test::Claim { field: of, text, whole }),
            Asks::Number(measure, part) => number_test(joint, field, value, measure, part),
            Asks::Count(of) => counted(joint, field, value, of),
            Asks::Days => days(joint, value),
            Asks::Has => self.has(joint, field, value),
            Asks::Is => listed(joint, field, value, &IS).map(Test::Is),
            Asks::Class => class(joint, field, value),
            Asks::Own(column, part) => own::test((&column, part), joint, field, value),
        }?;
        Ok(Expression::Test(test))
    }

    fn no_field(&self, field: &Piece<'_>) -> Mistake {
        let nearest = nearest(&field.text.to_lowercase(), fields::names(self.project).iter().map(String::as_str));
        let hint = nearest.as_ref().map_or_else(
            || "Put the words in quotation marks if they are no field".to_owned(),
            |name| format!("Did you mean {name}?"),
        );
        Mistake { at: field.at.clone(), why: format!("“{}” is no field. {hint}", field.text), instead: nearest }
    }

    fn has(&self, joint: Joint, field: &Piece<'_>, value: &Piece<'_>) -> Result<Test, Mistake> {
        let name = value.text.to_lowercase();
        match name.as_str() {
            "notes" | "note" => return only_has(joint, field).map(|()| Test::HasNote),
            "date" | "when" => return only_has(joint, field).map(|()| Test::Dated),
            "unreadable" => return only_has(joint, field).map(|()| Test::Unreadable),
            "province" => return only_has(joint, field).map(|()| Test::HasText(TextField::Adm1)),
            "claim" => {
                return listed(joint, field, &Piece { text: "claims".into(), ..value.clone() }, &HAS).map(Test::Is);
            }
            _ => {}
        }
        match fields::find(&name, self.project) {
            Some(Asks::Texts([one])) => only_has(joint, field).map(|()| Test::HasText(*one)),
            Some(Asks::Number(measure, _)) => only_has(joint, field).map(|()| Test::HasFigure(measure)),
            Some(Asks::Own(column, _)) => only_has(joint, field).map(|()| own::has(&column)),
            Some(Asks::Count(of)) => only_has(joint, field).map(|()| Test::Count { of, from: 1, to: u64::MAX }),
            _ => listed(joint, field, value, &HAS).map(Test::Is),
        }
    }
}

/// The nearest of these names, where one is near enough to be meant.
fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let allowed = if written.chars().count() <= 4 { 1 } else { 2 };
    let scored = names.map(|name| (strsim::damerau_levenshtein(written, name), name));
    let near = scored.filter(|(distance, _)| *distance <= allowed).min();
    near.map(|(_, name)| name.to_owned())
}

/// Refuses every joint but a colon and an equals sign.
pub(super) fn only_has(joint: Joint, field: &Piece<'_>) -> Result<(), Mistake> {
    if matches!(joint, Joint::Has | Joint::Is) {
        return Ok(());
    }
    let sign = joint.sign();
    let at = field.at.end..field.at.end + sign.len();
    Err(Mistake {
        at,
        why: format!("{}{sign} has no meaning: write {}:", field.text, field.text),
        instead: Some(":".to_owned()),
    })
}

pub(super) fn text_test(
    joint: Joint,
    field: &Piece<'_>,
    value: &Piece<'_>,
    test: impl Fn(String, bool) -> Test,
) -> Result<Test, Mistake> {
    only_has(joint, field)?;
    let whole = joint == Joint::Is;
    // A whole text in quotation marks may begin or end with a blank.
    let text = if whole && value.quoted { &value.text } else { value.text.trim() };
    Ok(test(folded(text), whole))
}

/// A text in lower case as the columns keep texts for searching.
pub(super) fn folded(text: &str) -> String {
    columnar::folded(text).collect()
}

/// A word of a list.
fn listed<T: Copy>(joint: Joint, field: &Piece<'_>, value: &Piece<'_>, list: &[(&str, T)]) -> Result<T, Mistake> {
    only_has(joint, field)?;
    let written = value.text.to_lowercase();
    if let Some((_, found)) = list.iter().find(|(word, _)| *word == written) {
        return Ok(*found);
    }
    let words: Vec<&str> = list.iter().map(|(word, _)| *word).collect();
    let why = format!("{}: has no “{}”. Write one of {}", field.text, value.text, words.join(", "));
    Err(Mistake { at: value.at.clone(), why, instead: nearest(&written, words.into_iter()) })
}

/// Whether a term asks for what is spoken of without a value.
pub(super) fn is_unknown(joint: Joint, value: &Piece<'_>) -> bool {
    matches!(&*value.text, "?" | "unknown") && matches!(joint, Joint::Has | Joint::Is)
}

fn number_test(
    joint: Joint,
    field: &Piece<'_>,
    value: &Piece<'_>,
    measure: Measure,
    part: Part,
) -> Result<Test, Mistake> {
    if is_unknown(joint, value) {
        return Ok(Test::Unknown(measure));
    }
    let (from, to) = bounds(joint, field, value)?;
    Ok(Test::Number { measure, part, from, to })
}

fn counted(joint: Joint, field: &Piece<'_>, value: &Piece<'_>, of: Counted) -> Result<Test, Mistake> {
    let (from, to) = bounds(joint, field, value)?;
    Ok(Test::Count { of, from, to })
}

/// From and to, both included; from above to where nothing can be meant, as in `<0`.
pub(super) fn bounds(joint: Joint, field: &Piece<'_>, value: &Piece<'_>) -> Result<(u64, u64), Mistake> {
    let number = |text: &str, at: Range<usize>| {
        let digits: String = text.trim().chars().filter(|c| !matches!(c, ',' | '\'' | '_')).collect();
        digits.parse::<u64>().map_err(|_| {
            let why = format!("“{text}” is no whole number. Write {}>10, {0}=10 or {0}:5..10", field.text);
            mistake(at, why)
        })
    };
    let at = value.at.clone();
    if let Some((from, to)) = value.text.split_once("..") {
        if !matches!(joint, Joint::Has | Joint::Is) {
            return Err(mistake(at, format!("A range goes with a colon: {}:{}", field.text, value.text)));
        }
        let from = if from.trim().is_empty() { 0 } else { number(from, at.clone())? };
        let to = if to.trim().is_empty() { u64::MAX } else { number(to, at.clone())? };
        if from > to {
            return Err(mistake(at, format!("{from} to {to} is upside down: write {to}..{from}")));
        }
        return Ok((from, to));
    }
    let n = number(&value.text, at)?;
    match joint {
        Joint::Has | Joint::Is => Ok((n, n)),
        Joint::Above => Ok(n.checked_add(1).map_or((1, 0), |from| (from, u64::MAX))),
        Joint::From => Ok((n, u64::MAX)),
        Joint::Below => Ok(n.checked_sub(1).map_or((1, 0), |to| (0, to))),
        Joint::To => Ok((0, n)),
        Joint::Overlaps => only_has(joint, field).map(|()| (n, n)),
    }
}

/// A date, or two with `..` between them.
pub(super) fn days(joint: Joint, value: &Piece<'_>) -> Result<Test, Mistake> {
    let read = |text: &str| {
        EventDate::parse(text.trim()).map_err(|error| mistake(value.at.clone(), format!("“{text}”: {error}")))
    };
    let text = value.text.trim();
    let (start, end) = match text.split_once("..") {
        // `../2022-04-02` and `2022-09-14/..` are dates with an open end.
        Some((from, to)) if !from.ends_with('/') && !to.starts_with('/') => {
            let start = if from.trim().is_empty() { None } else { read(from)?.earliest() };
            let end = if to.trim().is_empty() { None } else { read(to)?.latest() };
            (start, end)
        }
        _ => {
            let date = read(text)?;
            (date.earliest(), date.latest())
        }
    };
    let (mut first, mut last) = (start.map_or(OPEN_START, number_of), end.map_or(OPEN_END, number_of));
    if first > last {
        return Err(mistake(value.at.clone(), "The first day lies behind the last one"));
    }
    // Behind, before: the whole interval again.
    match joint {
        Joint::Has | Joint::Is | Joint::Overlaps => {}
        Joint::Above => (first, last) = (last.saturating_add(1), OPEN_END),
        Joint::From => last = OPEN_END,
        Joint::Below => (first, last) = (OPEN_START, first.saturating_sub(1)),
        Joint::To => first = OPEN_START,
    }
    Ok(Test::Days { first, last, overlaps: joint == Joint::Overlaps })
}

fn class(joint: Joint, field: &Piece<'_>, value: &Piece<'_>) -> Result<Test, Mistake> {
    only_has(joint, field)?;
    let known = [Class::TOTAL, Class::Base(BaseClass::A), Class::Base(BaseClass::B), Class::Base(BaseClass::Civilians)];
    let written = value.text.trim();
    let base = known.into_iter().find(|class| class.to_string().eq_ignore_ascii_case(written));
    let class = base.or_else(|| Class::from_key(written)).or_else(|| Class::from_key(&written.to_lowercase()));
    class.map(Test::Class).ok_or_else(|| {
        mistake(
            value.at.clone(),
            format!("“{written}” is no class. Write total, A, B, civilians, unknown, \"A all\" …"),
        )
    })
}

/// Fields that words are looked for in.
pub(super) const ANYWHERE: [TextField; 9] = [
    TextField::Title,
    TextField::Place,
    TextField::Adm1,
    TextField::Country,
    TextField::Kind,
    TextField::SideA,
    TextField::SideB,
    TextField::Tags,
    TextField::SourceIds,
];
