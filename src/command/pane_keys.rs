//! Keys that act in one pane only and are no commands of the table, and the list of all keys as Markdown.
//!
//! The panes handle these keys themselves; this list is what the key sheet and the README say of them.

use std::fmt::Write as _;

use super::{Menu, TABLE, key_text};

/// Keys of a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaneKey {
    /// In which pane they act.
    pub pane: &'static str,
    /// The keys, as on the keyboard.
    pub keys: &'static str,
    /// What they do.
    pub does: &'static str,
}

macro_rules! pane_keys {
    ($($pane:literal: $($keys:literal $does:literal),+;)*) => {
        /// The keys of all panes, pane by pane.
        pub const PANE_KEYS: &[PaneKey] = &[$($(PaneKey { pane: $pane, keys: $keys, does: $does }),+),*];
    };
}

pane_keys! {
    "Reader":
        "K" "The selected words say how many were killed",
        "I" "… how many were injured",
        "M" "… how many are missing",
        "C" "… how many were captured",
        "D" "… how many were displaced",
        "N, Shift+N" "Next or previous undecided figure; at the end, that of another article",
        "X" "The figure is none of casualties; again: it is one after all",
        "O" "Of several claims on the same words, the next",
        "F3, Shift+F3" "Next or previous place of the words that were looked for",
        "Shift+Arrows" "Select text; with Ctrl, word by word",
        "Ctrl+C" "Copy the selected text",
        "A" "Attach the selected words to an event that is there",
        "E" "Make an event without a figure, with the selected words or with none",
        "0" "In the claim bar: make a new event",
        "1 to 5" "In the claim bar: attach to the event of this number",
        "S" "In the claim bar: the article has this claim, add one more quote to it",
        "Tab" "In the claim bar: confirm a guess; next guess, else next field",
        "Alt+M" "In the claim bar: all fields",
        "Up, Down" "In the claim bar: a day later or earlier, another choice",
        "Enter" "Confirm a guess; make the claim; on a highlight, go to its event",
        "Esc" "Give the claim up; let go of the selection";
    "Articles":
        "Up, Down" "Next article; with Shift, select",
        "Enter" "Go to the text",
        "Ctrl+A" "Select all articles that are listed",
        "Delete" "Remove, where no claim rests on it",
        "Esc" "Select no articles";
    "Table":
        "Arrows" "Next cell; with Shift, select",
        "Ctrl+Arrows" "Edge of the filled cells; with Shift, select up to it",
        "Home, End" "First and last column",
        "Ctrl+Home, Ctrl+End" "First and last cell",
        "Page Up, Page Down" "A screen up or down; with Alt, a screen to the left or right",
        "Ctrl+Space, Shift+Space" "Select the columns or rows, as Ctrl+click on a header and a click on a number do",
        "Ctrl+click" "Select one more cell, and with a drag one more range; again, let go of it",
        "Ctrl+A" "Select the filled cells around; again, all cells",
        "Any letter or digit" "Write a new value",
        "F2" "Edit the value; while writing, change between moving the caret and leaving the cell",
        "Enter, Shift+Enter" "Accept and go down or up",
        "Tab, Shift+Tab" "Accept and go right or left",
        "Ctrl+Enter" "Write what was typed into all selected cells; without typing, the value of the active one",
        "Alt+Enter" "Begin a new line, in a text column of your own",
        "Ctrl+'" "Write the value of the cell above",
        "Ctrl+;" "Write today into a date; t, yesterday and -3d can be typed too",
        "Alt+Down" "Pick a value that stands in the column already",
        "Esc" "Keep the old value; close the note under the cell, then the bar; let go of what was cut, of the selection, then of the filter",
        "Delete, Backspace" "Clear the selected cells",
        "Up" "From the first row, go to the header: Left and Right walk, Space selects the column, Down goes back",
        "Enter, Shift+Enter on a header" "Sort by the column, or within the order, as a click and Shift+click do",
        "Alt+Down on a header" "Open its menu, as a right click does: values with their counts to tick, hide, freeze, wrap, fit",
        "Shift+Left, Shift+Right on a header" "Move the column, as a drag of the header does",
        "Alt+Left, Alt+Right on a header" "Make the column narrower or wider, as a drag of its edge does",
        "Space" "On a row that is selected as a whole, open its event",
        "Menu, Shift+F10" "Menu of the selected cells",
        "Ctrl+C, Ctrl+X, Ctrl+V" "Copy, cut and paste cells; what was cut stays until it is pasted, and moves then",
        "Ctrl+Shift+V" "Paste the text that stands on the clipboard, not the table beside it",
        "Alt+Shift+Left, Alt+Shift+Right" "Collapse or expand the group",
        "Alt+Shift+Up, Alt+Shift+Down" "Go to the head of the group, or to the next one",
        "Enter" "On the head of a group, collapse or expand it",
        "Ctrl+L" "Show only rows with this value; again, all",
        "Ctrl+F" "Find words in the cells; in the bar, Enter goes to the next cell and Shift+Enter to the one before",
        "Alt+C, Alt+W, Alt+R" "In the find bar: capitals matter, whole cells, regular expression",
        "Ctrl+Enter" "In the replace bar: replace in all cells that were found",
        "F3, Shift+F3" "Next or previous cell with the words that were looked for",
        "Ctrl+D, Ctrl+R" "Copy the first row or column of the selection into the others, as a drag of the square at its corner does";
    "Chart and timelines":
        "Left, Right, Home, End" "Next or previous bin, moment or claim; first and last",
        "Enter" "Select the events of the bin; again: filter the table to its days; on a claim, go to its words",
        "Plus, Minus, 0" "Show fewer days, more days, the whole time",
        "Shift+Left, Shift+Right" "Move along to earlier or later days",
        "Wheel, Ctrl+Wheel" "Show fewer or more days around the pointer; in the Event tab only with Ctrl",
        "Alt+Drag" "Show only these days";
    "Event":
        "Up, Down" "Next claim; with Shift, take claims together",
        "Enter" "Go to the quote of the claim",
        "Space" "Set the claims aside, or count them again",
        "F2" "Change the claim",
        "Delete" "Delete the claims",
        "Shift+F10" "Menu of the claim: additional to, part of, same voice as, split",
        "Up" "From the first claim, go to the titles: Left and Right walk, Alt+Left and Alt+Right draw the edge, Enter fits it, Down goes back",
        "Esc" "Give up; let go of the claims";
    "Notes":
        "[[" "Link to an event, article or note",
        "Enter" "In the title, go to the text",
        "Ctrl+Enter" "Done: go back to where you were",
        "Esc" "Leave the text";
}

/// All keys as Markdown tables, menu by menu and pane by pane, as the README lists them.
pub fn keys_markdown() -> String {
    let mut out = String::new();
    let mut section = |title: &str, rows: &mut dyn Iterator<Item = (String, String)>| {
        let rows: Vec<(String, String)> = rows.collect();
        if rows.is_empty() {
            return;
        }
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}| {title} | |\n| --- | --- |");
        for (keys, does) in rows {
            let _ = writeln!(out, "| {keys} | {does} |");
        }
    };
    for menu in Menu::ALL {
        let entries = TABLE.iter().filter(|entry| entry.menu == menu && !entry.keys.is_empty());
        section(menu.title(), &mut entries.map(|entry| (all_keys(entry.keys), entry.help.to_owned())));
    }
    let mut panes: Vec<&str> = PANE_KEYS.iter().map(|key| key.pane).collect();
    panes.dedup();
    for pane in panes {
        let keys = PANE_KEYS.iter().filter(|key| key.pane == pane);
        section(&format!("In the {}", pane.to_lowercase()), &mut keys.map(|k| (quoted(k.keys), k.does.to_owned())));
    }
    out
}

fn all_keys(keys: &[egui::KeyboardShortcut]) -> String {
    keys.iter().map(|key| quoted(&key_text(key))).collect::<Vec<_>>().join(" or ")
}

fn quoted(keys: &str) -> String {
    format!("`{keys}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_keys_names_every_key_once() {
        let text = keys_markdown();
        assert!(text.starts_with("| File | |\n| --- | --- |\n"));
        assert!(text.contains("| `Ctrl+Y` or `Ctrl+Shift+Z` | Make the change again"));
        assert!(text.contains("\n\n| In the reader | |\n"));
        for entry in TABLE.iter().filter(|entry| !entry.keys.is_empty()) {
            assert_eq!(text.matches(&format!("| {} |", entry.help)).count(), 1, "{}", entry.label);
        }
        for key in PANE_KEYS {
            assert!(text.contains(&format!("| `{}` | {} |", key.keys, key.does)), "{}", key.keys);
        }
    }
}
