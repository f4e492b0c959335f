//! The map of the house and the code say the same: which module may use which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The allowed directions as `src/ARCHITECTURE.md` writes them: lines of a code block, `user -> used, used`.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let map = std::fs::read_to_string(root().join("src/ARCHITECTURE.md")).expect("the map is there");
    let block =
        map.split("```directions").nth(1).and_then(|rest| rest.split("```").next()).expect("a block of directions");
    block
        .lines()
        .filter_map(|line| line.split_once("->"))
        .map(|(user, used)| {
            let used = used.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
            (user.trim().to_owned(), used)
        })
        .collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|end| end == "rs") {
            into.push(path);
        }
    }
}

/// The top level module that a file belongs to: `src/ui/reader.rs` to `ui`.
fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).expect("under src");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// Modules that a text uses: every `crate::name`, in `use` lines and in paths, but for tests and comments.
fn used_in(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let mut used = BTreeSet::new();
    let mut lines = code.lines().filter(|line| !line.trim_start().starts_with("//")).peekable();
    while let Some(line) = lines.next() {
        for part in line.split("crate::").skip(1) {
            if let Some(list) = part.strip_prefix('{') {
                let mut list = list.to_owned();
                while !list.contains("};")
                    && let Some(next) = lines.next()
                {
                    list.push_str(next);
                }
                used.extend(list.split(',').map(|item| name_at(item.trim())).filter(|name| !name.is_empty()));
            } else {
                used.insert(name_at(part));
            }
        }
    }
    used
}

fn name_at(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn modules_use_each_other_only_in_the_directions_of_the_map() {
    let allowed = allowed();
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for path in files {
        let module = module_of(&path);
        let is_test = path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs");
        if module == "lib" || module == "main" || is_test {
            continue;
        }
        seen.insert(module.clone());
        let Some(may) = allowed.get(&module) else {
            wrong.push(format!("{module} is not on the map"));
            continue;
        };
        let text = std::fs::read_to_string(&path).expect("a source file");
        for used in used_in(&text) {
            if used != module && !may.contains(&used) {
                wrong.push(format!("{} uses {used}, which the map does not allow for {module}", path.display()));
            }
        }
    }
    for module in allowed.keys().filter(|module| !seen.contains(*module)) {
        wrong.push(format!("{module} is on the map but not in src"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Crates that only some modules may know.
const KEPT: &[(&str, &[&str])] = &[
    ("egui", &["ui", "app", "command", "main"]),
    ("eframe", &["app", "main"]),
    ("rfd", &["platform"]),
    ("ron", &["file", "store"]),
    ("skrifa", &["scene"]),
    ("harfrust", &["scene"]),
    ("resvg", &["exchange"]),
    ("krilla", &["exchange"]),
    ("std::fs", &["store"]),
];

#[test]
fn each_outside_door_has_one_module() {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut wrong = Vec::new();
    for path in files {
        let module = module_of(&path);
        let text = std::fs::read_to_string(&path).expect("a source file");
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(&text);
        if path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs") {
            continue;
        }
        for (door, keepers) in KEPT {
            let path_use = format!("{door}::");
            let knows = code.lines().filter(|line| !line.trim_start().starts_with("//")).any(|line| {
                line.match_indices(&path_use).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
                })
            });
            if knows && !keepers.contains(&module.as_str()) {
                wrong.push(format!("{} knows {door}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
