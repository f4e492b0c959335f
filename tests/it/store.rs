//! Saving, reading, locking and settings with real files: what an analyst's work depends on.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use dateline::file::position::Position;
use dateline::store::lock::{Lock, LockError};
use dateline::store::read::{LARGEST, ReadError, read};
use dateline::store::save::{SaveError, save, save_with};
use dateline::store::settings::{Settings, SettingsWarning, ThemeChoice};
use tempfile::TempDir;

fn folder_with(name: &str, contents: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, contents).unwrap();
    (folder, path)
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_is_saved_is_read_back_and_nothing_else_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.ron");
    let saved = save(&path, "( format: 1, title: \"é\" )\n".as_bytes(), None).unwrap();
    let (text, stamp) = read(&path).unwrap();
    assert_eq!(text, "( format: 1, title: \"é\" )\n");
    assert_eq!(stamp, saved);
    assert!(saved.still_holds(&path).unwrap());
    let again = save(&path, b"( format: 1 )\n", Some(&saved)).unwrap();
    assert_ne!(again, saved);
    save(&path, b"()", Some(&again)).unwrap();
    assert_eq!(names_in(folder.path()), ["new.ron"]);
}

#[test]
fn a_file_changed_by_another_program_is_not_overwritten() {
    let (_folder, path) = folder_with("p.ron", "( a: 1 )");
    let (_, stamp) = read(&path).unwrap();
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    // As long as before, and with the time put back: a mere look at length and time would miss it.
    fs::write(&path, "( a: 2 )").unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(before).unwrap();
    let error = save(&path, b"( a: 3 )", Some(&stamp)).unwrap_err();
    assert!(matches!(error, SaveError::ChangedOnDisk { .. }), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "( a: 2 )");
    // Asked again without an expectation, the user has decided.
    save(&path, b"( a: 3 )", None).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "( a: 3 )");
}

#[test]
fn a_change_while_saving_is_noticed_before_it_is_lost() {
    let (folder, path) = folder_with("p.ron", "mine");
    let (_, stamp) = read(&path).unwrap();
    let error = save_with(&path, Some(&stamp), |file| {
        fs::write(&path, "theirs")?;
        file.write_all(b"mine, longer")
    })
    .unwrap_err();
    assert!(matches!(error, SaveError::ChangedOnDisk { .. }), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
    assert_eq!(names_in(folder.path()), ["p.ron"]);
}

#[test]
fn a_file_only_touched_causes_no_alarm() {
    let (_folder, path) = folder_with("p.ron", "( a: 1 )");
    let (_, stamp) = read(&path).unwrap();
    for time in [SystemTime::UNIX_EPOCH, SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 30)] {
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        assert!(stamp.still_holds(&path).unwrap());
    }
    // Copied away and back, it is another file with the same contents.
    let copy = path.with_extension("copy");
    fs::copy(&path, &copy).unwrap();
    fs::rename(&copy, &path).unwrap();
    save(&path, b"( a: 2 )", Some(&stamp)).unwrap();
}

#[test]
fn a_file_that_vanished_is_not_silently_made_anew() {
    let (folder, path) = folder_with("p.ron", "x");
    let (_, stamp) = read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let error = save(&path, b"y", Some(&stamp)).unwrap_err();
    assert!(matches!(error, SaveError::Vanished { .. }), "{error}");
    assert!(names_in(folder.path()).is_empty());
    assert!(error.to_string().contains("Save as"), "{error}");
}

#[test]
fn a_full_disk_leaves_the_old_file_and_no_litter() {
    let (folder, path) = folder_with("p.ron", "old");
    let error = save_with(&path, None, |file| {
        file.write_all(&vec![b'x'; 200_000])?;
        Err(io::ErrorKind::StorageFull.into())
    })
    .unwrap_err();
    assert!(matches!(error, SaveError::DiskFull { .. }), "{error}");
    assert!(error.to_string().contains("the disk is full"), "{error}");
    assert!(error.to_string().contains("old file is untouched"), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(names_in(folder.path()), ["p.ron"]);
}

#[test]
fn a_missing_folder_and_a_folder_in_the_way_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let error = save(&folder.path().join("no/p.ron"), b"x", None).unwrap_err();
    assert!(matches!(error, SaveError::NoFolder { .. }), "{error}");
    let error = save(folder.path(), b"x", None).unwrap_err();
    assert!(matches!(error, SaveError::NotAFile { .. }), "{error}");
}

#[test]
fn litter_of_killed_saves_is_cleared_but_not_the_users_files() {
    let folder = tempfile::tempdir().unwrap();
    for name in [".dateline-saving-0123456789abcdef", ".dateline-saving-notes", ".p.ron.backup"] {
        fs::write(folder.path().join(name), "half").unwrap();
    }
    // Another process is writing this one just now.
    let busy = folder.path().join(".dateline-saving-00000000000000ff");
    let writer = fs::File::create(&busy).unwrap();
    writer.lock().unwrap();
    save(&folder.path().join("p.ron"), b"x", None).unwrap();
    assert_eq!(
        names_in(folder.path()),
        [".dateline-saving-00000000000000ff", ".dateline-saving-notes", ".p.ron.backup", "p.ron"]
    );
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o7777
    }

    #[test]
    fn permissions_are_kept() {
        let (_folder, path) = folder_with("p.ron", "old");
        for kept in [0o600, 0o640, 0o664, 0o755] {
            set_mode(&path, kept);
            save(&path, b"new", None).unwrap();
            assert_eq!(mode(&path), kept);
        }
    }

    #[test]
    fn a_new_file_has_the_permissions_of_any_new_file() {
        let (folder, path) = folder_with("other", "made by anybody");
        save(&folder.path().join("p.ron"), b"x", None).unwrap();
        assert_eq!(mode(&folder.path().join("p.ron")), mode(&path));
    }

    #[test]
    fn owner_and_group_are_kept_where_allowed() {
        let (_folder, path) = folder_with("p.ron", "old");
        if chown(&path, Some(1234), Some(2345)).is_err() {
            println!("SKIPPED: only an administrator may give files away");
            return;
        }
        save(&path, b"new", None).unwrap();
        let found = fs::metadata(&path).unwrap();
        assert_eq!((found.uid(), found.gid()), (1234, 2345));
    }

    #[test]
    fn links_are_followed_and_stay_links() {
        let (folder, path) = folder_with("real.ron", "old");
        let (first, second) = (folder.path().join("first"), folder.path().join("second"));
        symlink("real.ron", &first).unwrap();
        symlink(&first, &second).unwrap();
        let (_, stamp) = read(&second).unwrap();
        save(&second, b"new", Some(&stamp)).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_link(&first).unwrap(), Path::new("real.ron"));
        assert_eq!(fs::read_link(&second).unwrap(), first);
    }

    #[test]
    fn a_dangling_link_gets_its_target() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        let link = folder.path().join("link");
        symlink("sub/later.ron", &link).unwrap();
        save(&link, b"x", None).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("sub/later.ron")).unwrap(), "x");
        assert!(link.is_symlink());
        let circle = folder.path().join("circle");
        symlink("circle", &circle).unwrap();
        assert!(save(&circle, b"x", None).is_err());
    }

    #[test]
    fn a_file_marked_read_only_is_respected() {
        let (_folder, path) = folder_with("p.ron", "old");
        set_mode(&path, 0o444);
        let error = save(&path, b"new", None).unwrap_err();
        assert!(matches!(error, SaveError::ReadOnly { .. }), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    }

    #[test]
    fn a_read_only_folder_is_told() {
        let (folder, path) = folder_with("p.ron", "old");
        set_mode(folder.path(), 0o555);
        let bound = fs::write(folder.path().join("probe"), "").is_err();
        let result = save(&path, b"new", None);
        let locked = Lock::take(&path);
        set_mode(folder.path(), 0o755);
        if !bound {
            println!("SKIPPED: permissions do not bind this user (an administrator)");
            return;
        }
        assert!(matches!(result, Err(SaveError::ReadOnly { .. })), "{result:?}");
        assert!(matches!(locked, Err(LockError::Unavailable { .. })), "{locked:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    }

    #[test]
    fn what_is_no_file_is_neither_read_nor_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket");
        let _listener = UnixListener::bind(&path).unwrap();
        let error = save(&path, b"x", None).unwrap_err();
        assert!(matches!(error, SaveError::NotAFile { .. }), "{error}");
        assert!(matches!(read(&path), Err(ReadError::NotAFile { .. })));
    }

    #[test]
    fn the_settings_folder_is_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("a/dateline");
        Settings::default().save(&own).unwrap();
        assert_eq!(mode(&own), 0o700);
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    let (folder, path) = folder_with("p.ron", "x");
    assert!(matches!(read(&path.with_file_name("none")), Err(ReadError::Missing { .. })));
    assert!(matches!(read(folder.path()), Err(ReadError::Folder { .. })));
    for empty in [&b""[..], b" \n", &[0; 5000]] {
        fs::write(&path, empty).unwrap();
        assert!(matches!(read(&path), Err(ReadError::Empty { .. })));
    }
    fs::write(&path, b"(\n\xC3\xA9 \xFF )").unwrap();
    match read(&path) {
        Err(ReadError::NotUtf8 { byte, at, utf16, .. }) => {
            assert_eq!((byte, at, utf16), (5, Position { line: 2, column: 3 }, false));
        }
        other => panic!("{other:?}"),
    }
    fs::write(&path, b"\xFF\xFE(\0)\0").unwrap();
    let error = read(&path).unwrap_err();
    assert!(error.to_string().contains("UTF-16"), "{error}");
    // A hole in the file: nothing is really written.
    fs::File::create(&path).unwrap().set_len(LARGEST + 1).unwrap();
    assert!(matches!(read(&path), Err(ReadError::TooLarge { .. })));
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    let (_folder, path) = folder_with("p.ron", "\u{FEFF}( a: 1 )");
    let (text, stamp) = read(&path).unwrap();
    assert_eq!(text, "( a: 1 )");
    save(&path, text.as_bytes(), Some(&stamp)).unwrap();
}

#[test]
fn a_project_is_open_in_one_place_at_a_time() {
    let (folder, path) = folder_with("p.ron", "x");
    let lock = Lock::take(&path).unwrap();
    match Lock::take(&path) {
        Err(LockError::Held { process, .. }) => {
            assert!(process.is_none_or(|id| id == std::process::id()));
        }
        other => panic!("{other:?}"),
    }
    // Saving replaces the project and leaves the lock.
    save(&path, b"y", None).unwrap();
    assert!(Lock::take(&path).is_err());
    let other = Lock::take(&folder.path().join("other.ron")).unwrap();
    drop((lock, other));
    assert_eq!(names_in(folder.path()), ["p.ron"]);
    drop(Lock::take(&path).unwrap());
}

#[test]
fn settings_come_back_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("dateline");
    let (defaults, warning) = Settings::load(&own);
    assert_eq!(defaults, Settings::default());
    assert!(warning.is_none());
    let mut settings = Settings { theme: ThemeChoice::Dark, zoom: 1.25, enter_edits: true, ..defaults };
    settings.layout.insert("inspector width".into(), 320.0);
    settings.remember(Path::new("/work/מחקר's \"first\".ron"));
    settings.save(&own).unwrap();
    let (back, warning) = Settings::load(&own);
    assert_eq!(back, settings);
    assert!(warning.is_none());
    assert_eq!(names_in(&own), ["settings.ron"]);
}

#[test]
fn damaged_settings_are_kept_aside_and_do_not_stop_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.ron");
    for (number, damage) in [&b"(zoom: 1."[..], b"(theme: Purple)", b"\xFF", b""].iter().enumerate() {
        fs::write(&path, damage).unwrap();
        let (settings, warning) = Settings::load(folder.path());
        assert_eq!(settings, Settings::default());
        match warning {
            Some(SettingsWarning::Damaged { kept, .. }) => {
                assert_eq!(fs::read(kept).unwrap(), *damage, "{number}");
            }
            other => panic!("{other:?}"),
        }
        assert!(!path.exists());
    }
    assert_eq!(names_in(folder.path()).len(), 4);
}

#[test]
fn settings_out_of_bounds_or_of_a_newer_program_are_made_sound() {
    let folder = tempfile::tempdir().unwrap();
    let text = "(zoom: 900.0, layout: {\"a\": NaN, \"b\": 2.0}, invented_later: [1, (x: 2)])";
    fs::write(folder.path().join("settings.ron"), text).unwrap();
    let (settings, warning) = Settings::load(folder.path());
    assert!(warning.is_none(), "{warning:?}");
    assert!((settings.zoom - 3.0).abs() < 1e-6);
    assert_eq!(settings.layout.len(), 1);
}

/// Tells the test binary that it is the child of the kill test, and what to save to.
const CHILD: &str = "DATELINE_TEST_SAVES_TO";

/// A file that shows in itself whether it is whole.
fn generation(number: u64) -> String {
    let rows = (0..6_000).map(|row| format!("{number} {row} {}\n", row * number));
    format!("{number}\n{}end of {number}\n", rows.collect::<String>())
}

fn whole_generation(path: &Path) -> u64 {
    let text = fs::read_to_string(path).unwrap();
    let number: u64 = text.lines().next().unwrap().parse().unwrap();
    assert!(text == generation(number), "the file is a mixture");
    number
}

#[test]
#[ignore = "run by the test below, as the process that is killed"]
fn saves_until_killed() {
    const MOST: u64 = 5_000;
    let path = PathBuf::from(std::env::var_os(CHILD).expect("the parent names the file"));
    let _lock = Lock::take(&path).unwrap();
    let (_, mut stamp) = read(&path).unwrap();
    let first = whole_generation(&path) + 1;
    println!("\nsaving");
    for number in first..first + MOST {
        let text = generation(number);
        stamp = save_with(&path, Some(&stamp), |file| {
            text.as_bytes().chunks(5_000).try_for_each(|part| file.write_all(part))
        })
        .unwrap();
    }
}

fn start_saving(path: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::saves_until_killed", "--ignored", "--nocapture", "--test-threads=1"])
        .env(CHILD, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let ready = lines.map_while(Result::ok).any(|line| line == "saving");
    assert!(ready, "the child never began to save");
    child
}

#[test]
fn a_file_is_whole_after_its_writer_was_killed_at_any_moment() {
    const ROUNDS: usize = 30;
    let (folder, path) = folder_with("p.ron", &generation(0));
    let mut interrupted = 0;
    for round in 0..ROUNDS {
        let mut child = start_saving(&path);
        match Lock::take(&path) {
            Err(LockError::Held { process, .. }) => assert_eq!(process, Some(child.id())),
            other => panic!("{other:?}"),
        }
        let random = u64::from(getrandom::u32().unwrap());
        std::thread::sleep(Duration::from_micros(random % 40_000));
        child.kill().unwrap();
        child.wait().unwrap();
        whole_generation(&path);
        // Its lock died with it. A half-written file may be left, but they never pile up.
        drop(Lock::take(&path).unwrap());
        let litter = names_in(folder.path()).len() - 1;
        assert!(litter <= 1, "round {round}: {:?}", names_in(folder.path()));
        interrupted += litter;
    }
    println!("{interrupted} of {ROUNDS} kills came in the midst of writing");
    assert!(whole_generation(&path) > 0, "the children never saved");
    save(&path, b"the end", None).unwrap();
    assert_eq!(names_in(folder.path()), ["p.ron"]);
}
