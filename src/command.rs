//! The one table of commands: everything a person can ask for.
//!
//! Menus, keys, tool bar, palette, the key sheet and the README's list are all made from it. It knows no project and
//! performs nothing: `app::perform` does.

pub mod pane_keys;

use egui::{Key, KeyboardShortcut, Modifiers};

/// Something a person can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    NewProject,
    OpenProject,
    OpenSample,
    Save,
    SaveAs,
    Export,
    ExportChart,
    CopyChart,
    CopyNumbers,
    CloseProject,
    Quit,
    Undo,
    Redo,
    ImportTable,
    AddArticleFiles,
    AddArticleFolder,
    PasteArticle,
    AddCorrectedVersion,
    ConfirmGuesses,
    AddEvent,
    DuplicateEvents,
    DeleteEvents,
    MergeEvents,
    SplitEvent,
    CoverEvents,
    EditCell,
    FindInText,
    FindInTable,
    ReplaceInTable,
    ChangeCells,
    GoToRow,
    SavedViews,
    FilterTable,
    GoToQuote,
    Back,
    Forward,
    AddNote,
    AddEventNote,
    RecordRelease,
    CopyMethodNote,
    OwnColumns,
    NewColumn,
    GroupByColumn,
    Ungroup,
    FoldGroups,
    UnfoldGroups,
    ShowChart,
    ShowEvent,
    ShowNotes,
    ShowMethod,
    ShowProblems,
    NextProblem,
    PreviousProblem,
    FocusArticles,
    FocusReader,
    FocusTable,
    FocusSide,
    FocusMenus,
    NextPane,
    PreviousPane,
    ToggleArticles,
    SelectNothing,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    ThemeHighContrast,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    LargerText,
    SmallerText,
    Palette,
    Keys,
    Messages,
    About,
}

/// In which menu a command stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menu {
    File,
    Edit,
    View,
    Go,
    Data,
    Table,
    Chart,
    Help,
}

impl Menu {
    /// All menus, from the left.
    pub const ALL: [Self; 8] =
        [Self::File, Self::Edit, Self::View, Self::Go, Self::Data, Self::Table, Self::Chart, Self::Help];

    /// The word in the menu bar.
    pub const fn title(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Go => "Go",
            Self::Data => "Data",
            Self::Table => "Table",
            Self::Chart => "Chart",
            Self::Help => "Help",
        }
    }
}

/// Where the keys of a command act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    Anywhere,
    /// Everywhere but in a text that is being written, which has these keys for itself.
    OutsideText,
    /// Only in the pane that handles them itself; listed for the key sheet.
    Pane(&'static str),
}

/// What the table says of a command.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Which command.
    pub command: Command,
    /// What it is called, with `…` where a question follows.
    pub label: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
    /// In which menu it stands; commands of one `group` stand together.
    pub menu: Menu,
    /// Commands of one group stand together, with a line between groups.
    pub group: u8,
    /// Its keys; the first one is shown.
    pub keys: &'static [KeyboardShortcut],
    /// Where the keys act.
    pub scope: Scope,
}

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

macro_rules! table {
    ($($command:ident, $menu:ident $group:literal, $label:literal, $help:literal, [$($key:expr),*], $scope:expr;)*) => {
        /// Every command, in the order of the menus.
        pub const TABLE: &[Entry] = &[$(Entry {
            command: Command::$command,
            label: $label,
            help: $help,
            menu: Menu::$menu,
            group: $group,
            keys: &[$($key),*],
            scope: $scope,
        }),*];
    };
}

use Scope::{Anywhere, OutsideText, Pane};

table! {
    NewProject, File 0, "New project", "Start an empty project", [key(CTRL, Key::N)], Anywhere;
    OpenProject, File 0, "Open project…", "Open a project file", [key(CTRL, Key::O)], Anywhere;
    OpenSample, File 0, "Open sample project", "Open the sample: border fighting of September 2022", [], Anywhere;
    Save, File 1, "Save", "Save the project to its file", [key(CTRL, Key::S)], Anywhere;
    SaveAs, File 1, "Save as…", "Save the project to another file", [key(CTRL_SHIFT, Key::S)], Anywhere;
    ImportTable, File 2, "Import table…", "Take in UCDP GED, ACLED, GTD, Airwars or any other table: CSV, TSV, XLSX, ODS; or records that Dateline wrote: JSON Lines", [key(CTRL_SHIFT, Key::I)], Anywhere;
    Export, File 2, "Export…", "Write the events as a table, a workbook or a report, all of them or those of the filter", [], Anywhere;
    CloseProject, File 3, "Close project", "Close the project and show the start screen", [key(CTRL, Key::W)], Anywhere;
    Quit, File 3, "Quit", "Leave Dateline", [key(CTRL, Key::Q)], Anywhere;
    Undo, Edit 0, "Undo", "Take the last change back", [key(CTRL, Key::Z)], OutsideText;
    Redo, Edit 0, "Redo", "Make the change again that was taken back", [key(CTRL, Key::Y), key(CTRL_SHIFT, Key::Z)], OutsideText;
    EditCell, Edit 1, "Edit cell", "Edit the active cell of the event table", [key(NONE, Key::F2)], Pane("Table");
    FindInText, Edit 1, "Find in text", "Find words in the open article", [key(CTRL, Key::F)], Pane("Reader");
    FindInTable, Edit 1, "Find in table", "Find words in the cells of the event table", [], Anywhere;
    ReplaceInTable, Edit 1, "Replace in table", "Replace words in the cells of the event table, with a preview", [key(CTRL, Key::H)], OutsideText;
    ChangeCells, Edit 1, "Change cells…", "Trim, write in capitals, read dates, replace or set the selected cells, with a preview", [], Anywhere;
    GoToRow, Edit 1, "Go to row…", "Go to a row of the event table by its number, the id of its event or words of its title", [key(CTRL, Key::G)], OutsideText;
    FilterTable, Edit 1, "Filter", "Write down which events the table shows", [key(CTRL_SHIFT, Key::L)], OutsideText;
    SelectNothing, Edit 1, "Select nothing", "Let go of the selected events", [], Anywhere;
    ShowChart, View 1, "Chart", "Show the chart over time", [], Anywhere;
    ShowEvent, View 1, "Event", "Show the current event with its claims", [], Anywhere;
    ShowNotes, View 1, "Notes", "Show the notes", [], Anywhere;
    ShowMethod, View 1, "Method sheet", "Show by which rules claims become figures, and what each is worth", [], Anywhere;
    ShowProblems, View 1, "Problems", "Show what is wrong or missing in the project", [], Anywhere;
    ToggleArticles, View 2, "Show or hide articles", "Show or hide the list of articles", [key(CTRL, Key::B)], OutsideText;
    ThemeSystem, View 3, "Theme of the system", "Follow the light or dark theme of the desktop", [], Anywhere;
    ThemeLight, View 3, "Light theme", "Dark text on a light ground", [], Anywhere;
    ThemeDark, View 3, "Dark theme", "Light text on a dark ground", [], Anywhere;
    ThemeHighContrast, View 3, "High contrast theme", "Pure text and strong borders", [], Anywhere;
    ZoomIn, View 4, "Zoom in", "Make everything larger", [key(CTRL, Key::Equals), key(CTRL, Key::Plus)], Anywhere;
    ZoomOut, View 4, "Zoom out", "Make everything smaller, but in the table, where these keys delete rows", [key(CTRL, Key::Minus)], Anywhere;
    ZoomReset, View 4, "Actual size", "Back to 100 %", [key(CTRL, Key::Num0)], Anywhere;
    LargerText, View 5, "Larger text", "Make the text of articles larger; Ctrl with the wheel over it does so, too", [], Anywhere;
    SmallerText, View 5, "Smaller text", "Make the text of articles smaller", [], Anywhere;
    Back, Go 0, "Back", "Go back to where you were", [key(ALT, Key::ArrowLeft)], Anywhere;
    Forward, Go 0, "Forward", "Go forward again", [key(ALT, Key::ArrowRight)], Anywhere;
    GoToQuote, Go 1, "Go to evidence", "Show the words or the row that the current figure or claim rests on", [key(NONE, Key::F12)], Anywhere;
    NextProblem, Go 1, "Next problem", "Go to the next problem of the project", [key(NONE, Key::F8)], Anywhere;
    PreviousProblem, Go 1, "Previous problem", "Go to the previous problem of the project", [key(SHIFT, Key::F8)], Anywhere;
    FocusArticles, Go 2, "Go to articles", "Move the keyboard to the list of articles", [key(CTRL, Key::Num1)], Anywhere;
    FocusReader, Go 2, "Go to reader", "Move the keyboard to the text", [key(CTRL, Key::Num2)], Anywhere;
    FocusTable, Go 2, "Go to table", "Move the keyboard to the event table", [key(CTRL, Key::Num3)], Anywhere;
    FocusSide, Go 2, "Go to chart, notes and event", "Move the keyboard to the tabs at the side", [key(CTRL, Key::Num4)], Anywhere;
    FocusMenus, Go 2, "Go to menus", "Move the keyboard to the menu bar; Down opens a menu", [key(NONE, Key::F10)], Anywhere;
    NextPane, Go 2, "Next pane", "Move the keyboard to the next pane", [key(NONE, Key::F6)], Anywhere;
    PreviousPane, Go 2, "Previous pane", "Move the keyboard to the previous pane", [key(SHIFT, Key::F6)], Anywhere;
    AddArticleFiles, Data 0, "Add article files…", "Take texts, web pages, mails and documents into the project", [key(CTRL_SHIFT, Key::O)], Anywhere;
    AddArticleFolder, Data 0, "Add folder of articles…", "Take all texts of a folder into the project, with the folders in it", [], Anywhere;
    PasteArticle, Data 0, "Paste article…", "Take a copied text into the project", [key(CTRL_SHIFT, Key::A)], Anywhere;
    AddCorrectedVersion, Data 0, "Add corrected version…", "Take the corrected text of the open article in as a version of its own", [], Anywhere;
    ConfirmGuesses, Data 0, "Confirm guesses", "Confirm what was guessed about the open article: headline, publisher, date", [], Anywhere;
    AddEvent, Data 1, "Add event", "Add an empty event behind the current one", [key(CTRL_SHIFT, Key::Plus), key(CTRL_SHIFT, Key::Equals)], OutsideText;
    DuplicateEvents, Data 1, "Duplicate event", "Add a copy of the current event, without its claims", [key(CTRL_SHIFT, Key::D)], OutsideText;
    DeleteEvents, Data 1, "Delete event", "Delete the current event and the claims about it", [key(CTRL, Key::Minus)], Pane("Table");
    MergeEvents, Data 1, "Merge events…", "Make one event of the selected ones, with the claims of all", [key(CTRL, Key::M)], OutsideText;
    SplitEvent, Data 1, "Split into a new event…", "Put the claims that are chosen in the event tab into an event of their own", [key(CTRL_SHIFT, Key::M)], OutsideText;
    CoverEvents, Data 1, "Summary of the selected events", "Let the current event include the others that are selected: totals add only what exceeds them", [], OutsideText;
    AddNote, Data 3, "Add note", "Write a note about what is open", [key(CTRL, Key::J)], Anywhere;
    AddEventNote, Data 3, "Note on this event", "Write a note about the current event", [key(SHIFT, Key::F2)], OutsideText;
    RecordRelease, Data 4, "Record a release…", "Keep the totals as they are published now", [], Anywhere;
    CopyMethodNote, Data 4, "Copy method note", "Copy how the figures were made, as Markdown: scope, sources, rules, totals", [], Anywhere;
    SavedViews, Table 0, "Saved views…", "Show the event table as it was saved under a name, or save it under one", [], Anywhere;
    OwnColumns, Table 1, "Columns of your own…", "Add columns to the events, rename them, choose what they hold, or take them out", [], Anywhere;
    NewColumn, Table 1, "New column…", "Add a column of your own to the events", [], Anywhere;
    GroupByColumn, Table 2, "Group by this column", "Group the event table by the column of the active cell; again, by none", [], Anywhere;
    Ungroup, Table 2, "No grouping", "Show the events of the table without groups", [], Anywhere;
    FoldGroups, Table 2, "Collapse all groups", "Show only the heads of groups, with their sums", [], Anywhere;
    UnfoldGroups, Table 2, "Expand all groups", "Show the events of all groups", [], Anywhere;
    ExportChart, Chart 0, "Export chart…", "Write the chart, or in the Event tab the timeline of its claims, as a picture, or the numbers behind it", [key(CTRL, Key::E)], OutsideText;
    CopyChart, Chart 0, "Copy chart", "Put the picture of the chart, or of the timeline in the Event tab, on the clipboard", [], Anywhere;
    CopyNumbers, Chart 0, "Copy numbers of chart", "Put the numbers behind the chart, or behind the timeline in the Event tab, on the clipboard as a table", [], Anywhere;
    Palette, Help 0, "Search or command…", "Find a command, event, article or note by typing", [key(CTRL, Key::K), key(CTRL_SHIFT, Key::P)], Anywhere;
    Keys, Help 0, "Keys", "Show what the keys do", [key(NONE, Key::F1)], Anywhere;
    Messages, Help 0, "Messages", "Show what Dateline has said since it was started", [key(CTRL_SHIFT, Key::J)], Anywhere;
    About, Help 1, "About Dateline", "Version and licences", [], Anywhere;
}

impl Command {
    /// What the table says of this command.
    pub fn entry(self) -> &'static Entry {
        // A test holds that every command stands in the table.
        TABLE.iter().find(|entry| entry.command == self).unwrap_or(&TABLE[0])
    }
}

impl Entry {
    /// The keys as text: "Ctrl+Shift+Z".
    pub fn key_text(&self) -> String {
        self.keys.first().map_or_else(String::new, key_text)
    }
}

/// A combination of keys as text.
pub fn key_text(shortcut: &KeyboardShortcut) -> String {
    let mut text = String::new();
    let modifiers = shortcut.modifiers;
    for (held, name) in
        [(modifiers.command || modifiers.ctrl, "Ctrl+"), (modifiers.alt, "Alt+"), (modifiers.shift, "Shift+")]
    {
        if held {
            text.push_str(name);
        }
    }
    // The fonts of the window have no signs for the arrow keys.
    let key = shortcut.logical_key;
    let arrow = matches!(key, Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown);
    text + if arrow { key.name() } else { key.symbol_or_name() }
}

/// The command whose keys were pressed in this frame, taken out of the input. Keys of `but` are left to others.
pub fn pressed(ctx: &egui::Context, but: &[Command]) -> Option<Command> {
    let writing = ctx.text_edit_focused();
    let mut entries: Vec<(&KeyboardShortcut, &Entry)> =
        TABLE.iter().flat_map(|entry| entry.keys.iter().map(move |key| (key, entry))).collect();
    entries.retain(|(_, entry)| !but.contains(&entry.command));
    // Combinations with more modifiers first: Ctrl+S would also answer to Ctrl+Shift+S.
    entries.sort_by_key(|(key, _)| {
        let m = key.modifiers;
        std::cmp::Reverse(u8::from(m.command) + u8::from(m.shift) + u8::from(m.alt))
    });
    ctx.input_mut(|input| {
        entries.iter().find_map(|(key, entry)| {
            let acts = match entry.scope {
                Scope::Anywhere => true,
                Scope::OutsideText => !writing,
                Scope::Pane(_) => false,
            };
            (acts && is_meant(input, key) && input.consume_shortcut(key)).then_some(entry.command)
        })
    })
}

/// Whether a combination was pressed as it is written. The toolkit lets more modifiers pass, which some layouts need for
/// signs and digits; of all others, those with another modifier are other keys: Shift+F10 is the menu of what is selected,
/// and Alt+Shift+Left folds a group.
fn is_meant(input: &egui::InputState, shortcut: &KeyboardShortcut) -> bool {
    let exactly = |event: &egui::Event| {
        matches!(event, egui::Event::Key { key, pressed: true, modifiers, .. }
            if *key == shortcut.logical_key && modifiers.matches_exact(shortcut.modifiers))
    };
    is_behind_shift_somewhere(shortcut.logical_key) || input.events.iter().any(exactly)
}

/// Whether there are keyboards on which Shift is needed for it.
fn is_behind_shift_somewhere(key: Key) -> bool {
    matches!(key, Key::Equals | Key::Plus | Key::Minus | Key::Num0 | Key::Num1 | Key::Num2 | Key::Num3 | Key::Num4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_command_stands_in_the_table_once_and_no_keys_are_shared() {
        let commands: BTreeSet<Command> = TABLE.iter().map(|entry| entry.command).collect();
        assert_eq!(commands.len(), TABLE.len());
        let last = TABLE.iter().map(|entry| entry.command).max();
        assert_eq!(last, Some(Command::About), "the last command of the enum stands in the table");
        assert_eq!(commands.len(), Command::About as usize + 1, "no command is missing");
        // A pane may have keys for itself that mean another thing elsewhere: `pressed` is told to leave them to it.
        let everywhere = TABLE.iter().filter(|entry| !matches!(entry.scope, Scope::Pane(_)));
        let keys: Vec<String> = everywhere.flat_map(|entry| entry.keys.iter().map(key_text)).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{keys:?}");
    }

    #[test]
    fn every_command_says_what_it_does() {
        for entry in TABLE {
            assert!(!entry.label.is_empty() && entry.help.len() > 8, "{:?}", entry.command);
        }
    }

    #[test]
    fn keys_read_as_on_the_keyboard() {
        assert_eq!(Command::Redo.entry().key_text(), "Ctrl+Y");
        assert_eq!(Command::SaveAs.entry().key_text(), "Ctrl+Shift+S");
        assert_eq!(Command::Keys.entry().key_text(), "F1");
        assert_eq!(Command::Back.entry().key_text(), "Alt+Left");
    }
}
