//! A mapping of columns as a file of its own: to be sent to a colleague, and used for tables of the same kind in another
//! project.
//!
//! It is a project file with nothing in it but `mappings`: so it is read, and its mistakes are told with line and column,
//! like any other; and the mapping of a whole project can be opened, too.

use ron::ser::PrettyConfig;

use crate::model::Mapping;

use super::position::Position;
use super::problem::FileError;
use super::text::{Breaks, lay_out};
use super::v1;

/// The text of a file with this mapping.
#[must_use]
pub fn write(mapping: &Mapping) -> String {
    let layout = PrettyConfig::new().depth_limit(2).new_line("\n").indentor("  ");
    let record = lay_out(&v1::mapping(mapping), layout, Breaks::Escaped).unwrap_or_default();
    let title = format!("Mapping {}", mapping.name);
    let title = lay_out(&title, PrettyConfig::new(), Breaks::Escaped).unwrap_or_default();
    let record = record.replace('\n', "\n    ");
    format!("(\n  format: 1,\n  project: (title: {title}),\n  mappings: [\n    {record},\n  ],\n)\n")
}

/// Reads the mapping of a file: of several the last, which is the newest.
///
/// # Errors
/// Where the file breaks the rules of its format, each with line and column; or holds no mapping.
pub fn read(text: &str) -> Result<Mapping, FileError> {
    let opened = super::read(text, &|_| true)?;
    let mapping = opened.project.mappings.last().cloned();
    mapping.ok_or_else(|| {
        FileError::one(Position::START, "There is no mapping in this file; save one in the import of a table")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::known;
    use crate::model::mapping::{DateOrder, Meaning, Part};
    use crate::model::{BaseClass, Class, Measure};

    #[test]
    fn what_is_written_is_read_back() {
        for known in known::all() {
            assert_eq!(read(&write(known)).expect("a mapping"), *known, "{}", write(known));
        }
        let children = Class::Sub { name: "children".into(), within: BaseClass::Civilians };
        let odd = Mapping {
            name: "it's \"mine\"".into(),
            version: 3,
            columns: vec![("a\nb".into(), Meaning::Number(Measure::Killed, children, Part::Low))],
            dates: DateOrder::MonthFirst,
            decimal: ',',
            missing: vec!["-99".into(), "k. A.".into()],
            kinds: vec![("1".into(), "state-based".into())],
        };
        assert_eq!(read(&write(&odd)).expect("a mapping"), odd, "{}", write(&odd));
    }

    #[test]
    fn a_mistake_is_told_with_its_line_and_column() {
        let text = "(\n  format: 1,\n  project: (title: \"x\"),\n  mappings: [\n    (name: \"log\", version: 1, columns: [\n      \
                    (\"Dead\", \"slain\"),\n    ]),\n  ],\n)\n";
        let told = read(text).expect_err("no such meaning").to_string();
        assert!(told.contains("line 6") && told.contains("slain"), "{told}");
        let told = read("(format: 1, project: (title: \"x\"))").expect_err("no mapping").to_string();
        assert!(told.contains("There is no mapping in this file"), "{told}");
    }
}
