//! What a shell and its manual know of the program: examples under every `--help`, manual pages, completions. All of it is
//! made from the one description of the command line.

use std::path::Path;

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::store;

use super::Answer;

pub(super) const EXAMPLES: &str = "\
Examples:
  dateline                                   open the window on the last project
  dateline kherson.ron                       open the window on this one
  dateline totals kherson.ron --by month     sums by month, without a window
  dateline import ged241.csv -o kherson.ron  other people's data into a new project
  dateline export kherson.ron -o events.csv  all events as a table
  dateline chart kherson.ron -o deaths.png   figures over time as a picture

Exit status: 0 fine, 1 findings or failure, 2 wrong usage. Answers go to the standard output, messages to the standard error.";

pub(super) const CHECK: &str = "\
Examples:
  dateline check kherson.ron
  dateline check kherson.ron --json | jq '.problems[] | select(.severity == \"error\")'

Exit status: 1 where there is an error or a warning.";

pub(super) const TOTALS: &str = "\
Examples:
  dateline totals kherson.ron --by month
  dateline totals kherson.ron --measure injured --by country --place start
  dateline totals kherson.ron --where \"country:Ukraine killed>10 date:2022-09\" --json";

pub(super) const CHART: &str = "\
Examples:
  dateline chart kherson.ron -o deaths.png
  dateline chart kherson.ron -o deaths.svg --by month --stack country --size 183mm
  dateline chart kherson.ron -o toll.pdf --cumulative --title \"The toll doubled within a week\"
  dateline chart kherson.ron -o injured.csv --measure injured --where \"country:Ukraine\"

A picture is light, with its title, sources, account and licence; .svg has its letters as outlines, .png two pixels a point
(300 to an inch for sizes in millimetres), .pdf its fonts. .csv holds the numbers behind the picture; OUT.codebook.txt
beside it says what every column means.";

pub(super) const EXPORT: &str = "\
Examples:
  dateline export kherson.ron -o events.csv
  dateline export kherson.ron -o events.xlsx --where \"country:Ukraine\"
  dateline export kherson.ron -o records.jsonl --redact names,quotes
  dateline export kherson.ron -o ged.csv --to ged
  dateline export kherson.ron -o report.html --redact sensitive,coordinates
  dateline export kherson.ron -o - --to csv --where \"killed>10\" | head
  dateline export kherson.ron -o public.csv --redact coordinates:adm1,names,sensitive

With --view and a view that is grouped, the subtotals of its groups go with a table: in the sheet Subtotals of a workbook,
and beside a CSV file as OUT.subtotals.csv.

--redact leaves out, with commas between the words:
  coordinates       coordinates of places known more exactly than a country
  coordinates:adm1  those of places known more exactly than a province; so for near, adm2, region, country
  names             names of speakers, coders, authors and interviewed people
  notes             all notes
  quotes            quotes and the texts of articles
  sensitive         events, articles and notes marked sensitive
  all               everything of these
What was left out is told, with how much of it.

Rows that came from UCDP GED or ACLED go out in that shape byte for byte, but for what was changed. A report has the notes
with the tag publish.

In a CSV file a cell that a spreadsheet would run as a formula is written with an apostrophe before it. OUT.codebook.txt
beside it says what every column means.";

pub(super) const IMPORT: &str = "\
Examples:
  dateline import GEDEvent_v24_1.csv -o myanmar.ron
  dateline import acled.csv articles/*.html --into kherson.ron
  dateline import GEDEvent_v25_1.csv --into myanmar.ron -o myanmar-25.ron --json
  dateline import desk.xlsx --sheet \"Losses 2022\" --map desk.map.ron -o desk.ron

What a table is, its header says; --from says it instead. A newer release of data that the project has updates it by
the ids of the data set; edits of the analyst stay, unless --theirs is given. All inputs are taken in, or none.
Of every row it is told what became of it: rows in are events out and rows skipped, by reason and line.

Exit status: 1 where an input could not be read, and nothing was written; also where damaged rows were left out.";

pub(super) const WHY: &str = "\
Examples:
  dateline why kherson.ron e-7k2m
  dateline why kherson.ron \"Shelling of the market\" --measure killed";

pub(super) const MAN: &str = "\
Examples:
  dateline man ~/.local/share/man/man1
  dateline man . && man ./dateline-export.1";

pub(super) const COMPLETIONS: &str = "\
Examples:
  dateline completions bash > ~/.local/share/bash-completion/completions/dateline
  dateline completions zsh > ~/.zfunc/_dateline
  dateline completions fish > ~/.config/fish/completions/dateline.fish";

/// Writes a manual page for every command.
pub(super) fn man(command: &Command, folder: &Path) -> Answer {
    if let Err(error) = store::folder::make(folder) {
        return Answer::failure(format!("the folder {} cannot be made: {error}", folder.display()));
    }
    // Building gives every command its full name.
    let mut command = command.clone().disable_help_subcommand(true);
    command.build();
    let mut written = String::new();
    for page in std::iter::once(&command).chain(command.get_subcommands().filter(|page| !page.is_hide_set())) {
        let name = page.get_display_name().unwrap_or_else(|| page.get_name());
        let path = folder.join(format!("{name}.1"));
        let mut bytes = Vec::new();
        if let Err(error) = Man::new(page.clone()).render(&mut bytes) {
            return Answer::failure(format!("{} could not be made: {error}", path.display()));
        }
        if let Err(error) = store::save::save(&path, &bytes, None) {
            return Answer::failure(error.of_other());
        }
        written.push_str(&path.to_string_lossy());
        written.push('\n');
    }
    Answer { out: written, messages: String::new(), status: 0 }
}

/// Prints what completes the words of a command line.
pub(super) fn completions(command: &mut Command, shell: Shell) -> Answer {
    let mut bytes = Vec::new();
    let name = command.get_name().to_owned();
    clap_complete::generate(shell, command, name, &mut bytes);
    Answer { out: String::from_utf8_lossy(&bytes).into_owned(), messages: String::new(), status: 0 }
}
