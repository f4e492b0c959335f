//! Asks other programs how long they take for the same work on the same table.

use std::path::Path;
use std::process::Command;

/// The Python that has them.
pub fn python() -> String {
    std::env::var("DATELINE_PEERS_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// What the peers took, by their name, as the script beside this file says it of a table. Nothing where there is no Python
/// that has them, which is said.
pub fn times(script: &str, table: &Path) -> serde_json::Map<String, serde_json::Value> {
    let python = python();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers").join(script);
    match Command::new(&python).arg(script).arg(table).output() {
        Ok(answer) if answer.status.success() => {
            print!("{}", String::from_utf8_lossy(&answer.stderr));
            serde_json::from_slice(&answer.stdout).unwrap_or_default()
        }
        Ok(answer) => {
            println!("SKIPPED peers: {}", String::from_utf8_lossy(&answer.stderr));
            serde_json::Map::new()
        }
        Err(why) => {
            println!("SKIPPED peers: {python}: {why}");
            serde_json::Map::new()
        }
    }
}
