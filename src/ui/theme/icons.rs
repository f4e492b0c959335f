//! The icons of the window by name: characters of the Phosphor font (see `fonts`).
//! Code points are those of `selection.json` in `@phosphor-icons/web` 2.1.2, style regular.
//! Knows nothing of widgets; draw one with `widgets::icon_button` or as a piece of text.

/// Declares one constant an icon, and [`ALL`] of them with Phosphor's own name.
macro_rules! icons {
    ($($name:ident = $code:literal, $phosphor:literal;)*) => {
        $(#[doc = concat!("Phosphor's `", $phosphor, "`.")]
        pub const $name: &str = $code;)*

        /// Every icon: Phosphor's name and the character.
        pub const ALL: &[(&str, &str)] = &[$(($phosphor, $name)),*];
    };
}

icons! {
    UNDO = "\u{e08a}", "arrow-u-up-left";
    REDO = "\u{e08c}", "arrow-u-up-right";
    PLUS = "\u{e3d4}", "plus";
    PLUS_CIRCLE = "\u{e3d6}", "plus-circle";
    MINUS = "\u{e32a}", "minus";
    FILE = "\u{e230}", "file";
    FILE_PLUS = "\u{e236}", "file-plus";
    FILE_TEXT = "\u{e23a}", "file-text";
    FILE_CSV = "\u{eb1c}", "file-csv";
    FILE_PDF = "\u{e702}", "file-pdf";
    FILE_HTML = "\u{eb38}", "file-html";
    FOLDER_OPEN = "\u{e256}", "folder-open";
    SAVE = "\u{e248}", "floppy-disk";
    IMPORT = "\u{e20c}", "download-simple";
    EXPORT = "\u{eaf0}", "export";
    FILTER = "\u{e266}", "funnel";
    SEARCH = "\u{e30c}", "magnifying-glass";
    CHART_BAR = "\u{e150}", "chart-bar";
    CHART_LINE = "\u{e154}", "chart-line";
    TABLE = "\u{e476}", "table";
    ROWS = "\u{e5a2}", "rows";
    COLUMNS = "\u{e546}", "columns";
    SORT_ASCENDING = "\u{e444}", "sort-ascending";
    SORT_DESCENDING = "\u{e446}", "sort-descending";
    NOTE = "\u{e348}", "note";
    NOTE_PENCIL = "\u{e34c}", "note-pencil";
    ARTICLE = "\u{e0a8}", "article";
    NEWSPAPER = "\u{e344}", "newspaper";
    BOOK_OPEN = "\u{e0e6}", "book-open";
    LIST = "\u{e2f0}", "list";
    LIST_CHECKS = "\u{eadc}", "list-checks";
    QUOTES = "\u{e660}", "quotes";
    LINK = "\u{e2e2}", "link";
    LINK_BREAK = "\u{e2e4}", "link-break";
    EXTERNAL = "\u{e5de}", "arrow-square-out";
    TAG = "\u{e478}", "tag";
    PIN = "\u{e3e2}", "push-pin";
    STAR = "\u{e46a}", "star";
    FLAG = "\u{e244}", "flag";
    MERGE = "\u{ed3e}", "arrows-merge";
    SPLIT = "\u{ed3c}", "arrows-split";
    SWAP = "\u{e83c}", "swap";
    WARNING = "\u{e4e0}", "warning";
    WARNING_CIRCLE = "\u{e4e2}", "warning-circle";
    INFO = "\u{e2ce}", "info";
    QUESTION = "\u{e3e8}", "question";
    CHECK = "\u{e182}", "check";
    CHECK_CIRCLE = "\u{e184}", "check-circle";
    X = "\u{e4f6}", "x";
    X_CIRCLE = "\u{e4f8}", "x-circle";
    PROHIBIT = "\u{e3de}", "prohibit";
    CIRCLE = "\u{e18a}", "circle";
    CIRCLE_HALF = "\u{e18c}", "circle-half";
    CIRCLE_DASHED = "\u{e602}", "circle-dashed";
    SEAL_CHECK = "\u{e606}", "seal-check";
    SCALES = "\u{e750}", "scales";
    CARET_UP = "\u{e13c}", "caret-up";
    CARET_DOWN = "\u{e136}", "caret-down";
    CARET_LEFT = "\u{e138}", "caret-left";
    CARET_RIGHT = "\u{e13a}", "caret-right";
    ARROW_UP = "\u{e08e}", "arrow-up";
    ARROW_DOWN = "\u{e03e}", "arrow-down";
    ARROW_LEFT = "\u{e058}", "arrow-left";
    ARROW_RIGHT = "\u{e06c}", "arrow-right";
    LINE_END = "\u{e044}", "arrow-elbow-down-left";
    TRASH = "\u{e4a6}", "trash";
    COPY = "\u{e1ca}", "copy";
    SCISSORS = "\u{eae0}", "scissors";
    CLIPBOARD = "\u{e196}", "clipboard";
    CLIPBOARD_TEXT = "\u{e198}", "clipboard-text";
    PENCIL = "\u{e3b4}", "pencil-simple";
    EYE = "\u{e220}", "eye";
    EYE_SLASH = "\u{e224}", "eye-slash";
    LOCK = "\u{e308}", "lock-simple";
    HAND = "\u{e298}", "hand";
    CROSSHAIR = "\u{e1d6}", "crosshair";
    USER = "\u{e4c2}", "user";
    USERS = "\u{e4d6}", "users";
    CALENDAR = "\u{e10a}", "calendar-blank";
    MAP_PIN = "\u{e316}", "map-pin";
    GLOBE = "\u{e288}", "globe";
    CLOCK = "\u{e19a}", "clock";
    HISTORY = "\u{e1a0}", "clock-counter-clockwise";
    REFRESH = "\u{e036}", "arrow-clockwise";
    GEAR = "\u{e270}", "gear";
    SUN = "\u{e472}", "sun";
    MOON = "\u{e330}", "moon";
    MONITOR = "\u{e32e}", "monitor";
    COMMAND = "\u{e1c4}", "command";
    KEYBOARD = "\u{e2d8}", "keyboard";
    TEXT_SIZE = "\u{e6ee}", "text-aa";
    SIDEBAR = "\u{ec24}", "sidebar-simple";
    DOTS_THREE = "\u{e1fe}", "dots-three";
    DOTS_THREE_VERTICAL = "\u{e208}", "dots-three-vertical";
    PACKAGE = "\u{e390}", "package";
    IMAGE = "\u{e2ca}", "image";
    BELL = "\u{e0ce}", "bell";
}
