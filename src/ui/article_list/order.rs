//! Which articles are listed, in which order, and how high their rows are. It draws nothing.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::{Article, ArticleId, Project, Reading};

/// Height of a row: two lines of headline, one of publisher and date, one of state.
pub(super) const ROW: f32 = 84.0;
/// Height of the row of an earlier version: one line of headline, one of state.
const EARLIER: f32 = 50.0;
/// What a line on a text that is nearly the same adds.
pub(super) const ALIKE: f32 = 18.0;

/// In which order articles stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// By publication, the oldest first; what has no date comes last.
    #[default]
    Oldest,
    /// By publication, the newest first; what has no date comes last.
    Newest,
    /// By publisher, then by publication.
    Publisher,
    /// By state, then by publication.
    State,
    /// As they were taken in.
    TakenIn,
}

impl Order {
    /// All orders, as the menu has them.
    pub const ALL: [Self; 5] = [Self::Oldest, Self::Newest, Self::Publisher, Self::State, Self::TakenIn];

    /// The words in the menu.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Oldest => "Oldest first",
            Self::Newest => "Newest first",
            Self::Publisher => "By publisher",
            Self::State => "By state",
            Self::TakenIn => "As taken in",
        }
    }
}

/// One row of the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Row {
    pub id: ArticleId,
    /// A later version corrects it: it stands under that one, and is drawn quieter.
    pub earlier: bool,
    /// The text that is most alike, where nobody decided about the two.
    pub alike: Option<(ArticleId, f32)>,
    /// Where the row begins, and how high it is.
    pub top: f32,
    pub height: f32,
}

/// By publication, oldest first; what has no date comes last, in the order of taking in.
pub(crate) fn in_order<'a>(articles: impl Iterator<Item = &'a Arc<Article>>) -> Vec<&'a Arc<Article>> {
    let mut found: Vec<&Arc<Article>> = articles.collect();
    found.sort_by_key(|article| {
        let moment = article.published;
        (moment.is_none(), moment.map(|m| (m.day(), m.time().unwrap_or(jiff::civil::Time::MIN))))
    });
    found
}

/// The rows of the articles that match the filter; earlier versions stand under those that correct them.
pub(super) fn rows(project: &Project, filter: &str, order: Order, alike: &[(ArticleId, ArticleId, f32)]) -> Vec<Row> {
    let wanted = filter.trim().to_lowercase();
    let found = sorted(project.articles.iter().filter(|article| matches(article, &wanted)), order);
    let listed: HashSet<ArticleId> = found.iter().map(|article| article.id).collect();
    let corrected: HashSet<ArticleId> = project.articles.iter().filter_map(|article| article.corrects).collect();
    // Who stands under a later version that is listed too waits for it.
    let waits: HashSet<ArticleId> =
        found.iter().filter_map(|article| article.corrects).filter(|id| listed.contains(id)).collect();
    let most = most_alike(alike);
    let mut rows: Vec<Row> = Vec::with_capacity(found.len());
    let mut done: HashSet<ArticleId> = HashSet::new();
    let mut top = 0.0;
    let mut put = |id: ArticleId, done: &mut HashSet<ArticleId>| {
        if !done.insert(id) {
            return;
        }
        let (earlier, alike) = (corrected.contains(&id), most.get(&id).copied());
        let height = if earlier { EARLIER } else { ROW } + if alike.is_some() { ALIKE } else { 0.0 };
        rows.push(Row { id, earlier, alike, top, height });
        top += height;
    };
    for article in found.iter().filter(|article| !waits.contains(&article.id)) {
        put(article.id, &mut done);
        let mut at = article.corrects;
        while let Some(id) = at.filter(|id| listed.contains(id) && !done.contains(id)) {
            put(id, &mut done);
            at = project.articles.get(id).and_then(|version| version.corrects);
        }
    }
    // A file by hand may have versions in a ring: they are listed all the same.
    for article in &found {
        put(article.id, &mut done);
    }
    rows
}

fn sorted<'a>(articles: impl Iterator<Item = &'a Arc<Article>>, order: Order) -> Vec<&'a Arc<Article>> {
    match order {
        Order::TakenIn => articles.collect(),
        Order::Oldest => in_order(articles),
        Order::Newest => {
            let mut found = in_order(articles);
            let undated = found.partition_point(|article| article.published.is_some());
            found[..undated].reverse();
            found
        }
        Order::Publisher => {
            let mut found = in_order(articles);
            found.sort_by_cached_key(|article| (article.publisher.is_empty(), article.publisher.to_lowercase()));
            found
        }
        Order::State => {
            let mut found = in_order(articles);
            found.sort_by_key(|article| Reading::KEYS.iter().position(|key| *key == article.reading.key()));
            found
        }
    }
}

fn matches(article: &Article, wanted: &str) -> bool {
    let fields = [&article.headline, &article.publisher, &article.agency, &article.byline];
    wanted.is_empty()
        || fields.iter().any(|text| text.to_lowercase().contains(wanted))
        || article.tags.iter().any(|tag| tag.to_lowercase() == wanted)
        || article.reading.key() == wanted
        || article.published.is_some_and(|moment| moment.to_string().contains(wanted))
}

/// For each article of a pair the one that is most alike.
fn most_alike(pairs: &[(ArticleId, ArticleId, f32)]) -> HashMap<ArticleId, (ArticleId, f32)> {
    let mut most: HashMap<ArticleId, (ArticleId, f32)> = HashMap::new();
    for (a, b, share) in pairs {
        for (one, other) in [(*a, *b), (*b, *a)] {
            let known = most.entry(one).or_insert((other, *share));
            if known.1 < *share {
                *known = (other, *share);
            }
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;

    fn id(text: &str) -> ArticleId {
        text.parse().expect("an id")
    }

    fn project() -> Project {
        let mut project = Project::default();
        let rows = [
            ("a-may", "River Gazette", "2031-05-05", None),
            ("a-none", "Harbour News", "", None),
            ("a-april", "Harbour News", "2031-04-01", None),
            ("a-june", "Attic Post", "2031-06-01", Some("a-may")),
        ];
        for (name, publisher, published, corrects) in rows {
            let mut article = Article::new(id(name), name, "Text.");
            article.publisher = publisher.into();
            article.published = Moment::parse(published).ok();
            article.corrects = corrects.map(id);
            project.articles.push(article).expect("free");
        }
        project
    }

    fn listed(filter: &str, order: Order) -> Vec<String> {
        rows(&project(), filter, order, &[]).iter().map(|row| row.id.to_string()).collect()
    }

    #[test]
    fn earlier_versions_stand_under_those_that_correct_them() {
        assert_eq!(listed("", Order::Oldest), ["a-april", "a-june", "a-may", "a-none"]);
        assert_eq!(listed("", Order::Newest), ["a-june", "a-may", "a-april", "a-none"]);
        assert_eq!(listed("", Order::Publisher), ["a-june", "a-may", "a-april", "a-none"]);
        assert_eq!(listed("", Order::TakenIn), ["a-none", "a-april", "a-june", "a-may"]);
        assert_eq!(listed("river", Order::Oldest), ["a-may"], "also where the later one does not match");
        let rows = rows(&project(), "", Order::Oldest, &[(id("a-none"), id("a-april"), 0.9)]);
        assert!(rows[2].earlier && !rows[1].earlier);
        assert_eq!(rows[0].alike, Some((id("a-none"), 0.9)));
        assert!((rows[1].top - rows[0].height).abs() < f32::EPSILON);
    }
}
