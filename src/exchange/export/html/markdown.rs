//! Markdown as HTML: notes and the method sheet. HTML within it is shown as text and never becomes a part of the page.

use std::fmt::Write as _;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::escaped;

/// The text as HTML; its headings stand `below` levels under those of the page.
pub(super) fn html(text: &str, below: usize) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut page = Page { below, ..Page::default() };
    for event in Parser::new_ext(text, options) {
        page.put(event);
    }
    page.out
}

#[derive(Default)]
struct Page {
    out: String,
    below: usize,
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

fn level(level: HeadingLevel, below: usize) -> usize {
    (level as usize + below).min(6)
}

impl Page {
    fn put(&mut self, event: Event<'_>) {
        // Writing to a string cannot fail.
        let _ = match event {
            Event::Start(tag) => return self.start(tag),
            Event::End(tag) => return self.end(tag),
            Event::Code(text) => write!(self.out, "<code>{}</code>", escaped(&text)),
            Event::SoftBreak => writeln!(self.out),
            Event::HardBreak => writeln!(self.out, "<br>"),
            Event::Rule => writeln!(self.out, "<hr>"),
            Event::TaskListMarker(done) => write!(self.out, "{} ", if done { "☑" } else { "☐" }),
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => write!(self.out, "{}", escaped(&text)),
        };
    }

    fn start(&mut self, tag: Tag<'_>) {
        let _ = match tag {
            Tag::Paragraph => write!(self.out, "<p dir=\"auto\">"),
            Tag::Heading { level: of, .. } => write!(self.out, "<h{} dir=\"auto\">", level(of, self.below)),
            Tag::BlockQuote(_) => write!(self.out, "<blockquote>"),
            Tag::CodeBlock(_) => write!(self.out, "<pre>"),
            Tag::List(Some(1)) => writeln!(self.out, "<ol>"),
            Tag::List(Some(first)) => writeln!(self.out, "<ol start=\"{first}\">"),
            Tag::List(None) => writeln!(self.out, "<ul>"),
            Tag::Item => write!(self.out, "<li dir=\"auto\">"),
            Tag::Emphasis => write!(self.out, "<em>"),
            Tag::Strong => write!(self.out, "<strong>"),
            Tag::Strikethrough => write!(self.out, "<del>"),
            Tag::Link { dest_url, .. } if dest_url.starts_with("https://") || dest_url.starts_with("http://") => {
                write!(self.out, "<a rel=\"noreferrer\" href=\"{}\">", escaped(&dest_url))
            }
            // Whatever else a link points to is left to its words.
            Tag::Link { .. } => write!(self.out, "<a>"),
            Tag::Table(columns) => {
                self.columns = columns;
                writeln!(self.out, "<div class=\"wide\"><table>")
            }
            Tag::TableHead => {
                (self.in_head, self.column) = (true, 0);
                write!(self.out, "<thead><tr>")
            }
            Tag::TableRow => {
                self.column = 0;
                write!(self.out, "<tr>")
            }
            Tag::TableCell => {
                let right = self.columns.get(self.column) == Some(&Alignment::Right);
                self.column += 1;
                let class = if right { " class=\"n\"" } else { "" };
                if self.in_head {
                    write!(self.out, "<th scope=\"col\"{class}>")
                } else {
                    write!(self.out, "<td{class}>")
                }
            }
            _ => return,
        };
    }

    fn end(&mut self, tag: TagEnd) {
        let _ = match tag {
            TagEnd::Paragraph => writeln!(self.out, "</p>"),
            TagEnd::Heading(of) => writeln!(self.out, "</h{}>", level(of, self.below)),
            TagEnd::BlockQuote(_) => writeln!(self.out, "</blockquote>"),
            TagEnd::CodeBlock => writeln!(self.out, "</pre>"),
            TagEnd::List(true) => writeln!(self.out, "</ol>"),
            TagEnd::List(false) => writeln!(self.out, "</ul>"),
            TagEnd::Item => writeln!(self.out, "</li>"),
            TagEnd::Emphasis => write!(self.out, "</em>"),
            TagEnd::Strong => write!(self.out, "</strong>"),
            TagEnd::Strikethrough => write!(self.out, "</del>"),
            TagEnd::Link => write!(self.out, "</a>"),
            TagEnd::TableHead => {
                self.in_head = false;
                writeln!(self.out, "</tr></thead>\n<tbody>")
            }
            TagEnd::TableRow => writeln!(self.out, "</tr>"),
            TagEnd::TableCell => write!(self.out, "{}", if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::Table => writeln!(self.out, "</tbody></table></div>"),
            _ => return,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_marked_up_and_html_in_it_is_text() {
        let page =
            html("# A\n\n- **b** `c`\n\n| x | n |\n|---|---:|\n| <i>1</i> | 2 |\n\n<script>alert(1)</script>\n", 2);
        for part in
            ["<h3 dir=\"auto\">A</h3>", "<strong>b</strong> <code>c</code>", "<th scope=\"col\" class=\"n\">n</th>"]
        {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(!page.contains("<script") && !page.contains("<i>") && page.contains("&lt;script&gt;"), "{page}");
        assert!(!html("[x](javascript:alert(1))", 0).contains("javascript"));
    }
}
