//! Reading the folder: each thing that is wrong with a file has its code and its place.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use cs::base::csv::read_csv;
use cs::base::problem::Problem;
use cs::base::source::Source;
use cs::store::Folder;

fn folder() -> (tempfile::TempDir, Folder) {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("cs.toml"), "").unwrap();
    let folder = Folder::at(dir.path());
    (dir, folder)
}

fn put(folder: &Folder, path: &str, bytes: &[u8]) {
    let full = folder.root().join(path);
    fs::create_dir_all(full.parent().unwrap()).unwrap();
    fs::write(full, bytes).unwrap();
}

/// `code line:column`.
fn brief(problem: &Problem) -> String {
    assert!(!problem.message.zh.is_empty() && !problem.help.zh.is_empty());
    match &problem.place {
        Some(place) => format!("{} {}:{}", problem.code, place.line, place.column),
        None => problem.code.to_string(),
    }
}

fn refusal(folder: &Folder, path: &str) -> String {
    brief(&folder.read(path).unwrap_err())
}

#[test]
fn a_file_comes_back_byte_for_byte_and_a_missing_one_is_none() {
    let (_dir, folder) = folder();
    put(&folder, "lists/a.csv", "\u{feff}编号,b\r\n甲,1".as_bytes());
    assert_eq!(folder.read("lists/a.csv").unwrap().unwrap(), "\u{feff}编号,b\r\n甲,1");
    assert_eq!(folder.read("lists/b.csv").unwrap(), None);
    assert_eq!(folder.read("no/such/dir.toml").unwrap(), None);
    assert!(folder.exists("lists/a.csv") && folder.exists("lists") && !folder.exists("lists/b.csv"));
    assert!(!folder.exists("../x"));
}

#[test]
fn what_is_no_utf8_text_is_told_at_its_first_bad_byte() {
    let (_dir, folder) = folder();
    // 客户 in GB18030 after a sound line.
    put(&folder, "lists/gb.csv", b"code,name\n\xe7\x94\xb2,\xbf\xcd\xbb\xa7\n");
    assert_eq!(refusal(&folder, "lists/gb.csv"), "not-utf8 2:3");
    let place = folder.read("lists/gb.csv").unwrap_err().place.unwrap();
    assert!(place.raw.starts_with("甲,\u{fffd}"), "{}", place.raw);
    put(&folder, "lists/cut.csv", b"a\nb\xe7\x94");
    assert_eq!(refusal(&folder, "lists/cut.csv"), "not-utf8 2:2");
    put(&folder, "lists/wide.csv", b"\xff\xfea\0,\0b\0");
    assert_eq!(refusal(&folder, "lists/wide.csv"), "utf-16 1:1");
    put(&folder, "lists/nul.csv", b"a,b\n\n1,\0\n");
    assert_eq!(refusal(&folder, "lists/nul.csv"), "nul-byte 3:3");
}

#[test]
fn paths_that_climb_are_refused() {
    let (_dir, folder) = folder();
    for path in ["../cs.toml", "/etc/passwd", "a/../b", "a//b", "", "./a", "a\\b", "C:x", "a\0"] {
        assert_eq!(refusal(&folder, path), "bad-path", "{path:?}");
    }
}

#[test]
fn absurd_sizes_are_refused_before_they_are_read() {
    let (_dir, folder) = folder();
    put(&folder, "policy.toml", &vec![b'#'; (1 << 20) + 1]);
    assert_eq!(refusal(&folder, "policy.toml"), "too-large 0:0");
    put(&folder, "lists/a.csv", &vec![b'a'; (1 << 20) + 1]);
    assert!(folder.read("lists/a.csv").is_ok());
    fs::File::create(folder.root().join("lists/b.csv")).unwrap().set_len((256 << 20) + 1).unwrap();
    assert_eq!(refusal(&folder, "lists/b.csv"), "too-large 0:0");
}

#[test]
fn a_directory_is_no_file() {
    let (_dir, folder) = folder();
    put(&folder, "orders/2026/x", b"");
    assert_eq!(refusal(&folder, "orders/2026"), "not-a-file 0:0");
    assert_eq!(brief(&folder.names("orders/2026/x").unwrap_err()), "unreadable 0:0");
}

#[cfg(unix)]
#[test]
fn a_pipe_does_not_hang() {
    let (_dir, folder) = folder();
    assert!(std::process::Command::new("mkfifo").arg(folder.root().join("policy.toml")).status().unwrap().success());
    assert_eq!(refusal(&folder, "policy.toml"), "not-a-file 0:0");
}

#[cfg(unix)]
#[test]
fn links_stay_inside_the_folder() {
    use std::os::unix::fs::symlink;
    let (_dir, folder) = folder();
    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("secret.toml"), "x = 1\n").unwrap();
    put(&folder, "forms/own.toml", b"y = 2\n");
    let link = |target: &Path, name: &str| symlink(target, folder.root().join(name)).unwrap();
    link(&other.path().join("secret.toml"), "out.toml");
    link(other.path(), "outdir");
    link(Path::new("forms/own.toml"), "in.toml");
    link(Path::new("forms"), "indir");
    link(Path::new("nowhere"), "broken.toml");
    assert_eq!(refusal(&folder, "out.toml"), "link-outside 0:0");
    assert_eq!(refusal(&folder, "outdir/secret.toml"), "link-outside 0:0");
    assert_eq!(brief(&folder.names("outdir").unwrap_err()), "link-outside 0:0");
    assert_eq!(refusal(&folder, "broken.toml"), "broken-link 0:0");
    assert_eq!(folder.read("in.toml").unwrap().unwrap(), "y = 2\n");
    for _ in 0..2 {
        assert_eq!(folder.read("indir/own.toml").unwrap().unwrap(), "y = 2\n");
    }
    assert_eq!(
        folder.names("").unwrap(),
        ["broken.toml", "cs.toml", "forms/", "in.toml", "indir/", "out.toml", "outdir/"]
    );
}

#[test]
fn names_are_sorted_without_hidden_ones() {
    let (_dir, folder) = folder();
    for path in ["b.toml", "a/x", ".hidden", ".cs-tmp", "c.csv"] {
        put(&folder, path, b"");
    }
    assert_eq!(folder.names("").unwrap(), ["a/", "b.toml", "c.csv", "cs.toml"]);
    assert!(folder.names("none").unwrap().is_empty());
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::ffi::OsStrExt;
        fs::write(folder.root().join("a").join(std::ffi::OsStr::from_bytes(b"\xbf\xcd.toml")), "").unwrap();
        assert_eq!(brief(&folder.names("a").unwrap_err()), "bad-name 0:0");
    }
}

#[test]
fn the_folder_is_found_from_below() {
    let (dir, folder) = folder();
    put(&folder, "orders/2026/11/x", b"");
    assert_eq!(Folder::find(&dir.path().join("orders/2026/11")).unwrap().root(), folder.root());
    let elsewhere = tempfile::tempdir().unwrap();
    let failure = Folder::find(elsewhere.path()).unwrap_err();
    assert_eq!(brief(&failure.problems[0]), "no-folder");
    assert!(failure.problems[0].help.en.contains("cs init"));
}

fn csv_problems(text: &str) -> Vec<String> {
    let file: Arc<str> = "lists/x.csv".into();
    read_csv(&file, text, &["code", "name", "phone"], &["code", "name"]).1.iter().map(brief).collect()
}

#[test]
fn csv_problems_have_their_place() {
    for (text, expect) in [
        ("code,name\n甲,\"open\nA2,x\n", "csv.open-quote 2:3"),
        ("code,name\n甲,\"a\"b\n", "csv.stray-quote 2:6"),
        ("code,name\r\nA1\r\nA2,x\r\n", "csv.short-row 2:3"),
        ("code,name\nA1,\"x,y\",z\n", "csv.long-row 2:10"),
        ("code,编号,code,name\n", "csv.doubled-column 1:9"),
        ("\u{feff}code,phone\n", "csv.missing-column 1:1"),
        ("name\n", "csv.missing-column 1:1"),
        ("", "csv.no-heads 1:1"),
        ("\n\n", "csv.no-heads 1:1"),
        ("code,name\rA1,x\r", "csv.line-end 1:10"),
    ] {
        assert_eq!(csv_problems(text), [expect], "{text:?}");
    }
    let wide = format!("code,name\n{}\n", ",".repeat(1000));
    assert_eq!(csv_problems(&wide), ["csv.too-wide 2:1"]);
}

#[test]
fn every_mark_of_a_conflict_is_told() {
    let text = "code,name\n<<<<<<< HEAD\nA1,x\n=======\nA1,y\n>>>>>>> other\n";
    assert_eq!(csv_problems(text), ["csv.conflict 2:1", "csv.conflict 4:1", "csv.conflict 6:1"]);
    assert!(csv_problems("code,name\nA1,<<<<<<< HEAD\n").is_empty());
}

#[test]
fn all_problems_are_told_and_sound_rows_still_read() {
    let file: Arc<str> = "lists/x.csv".into();
    let text = "\u{feff}name, note ,code\r\n\r\n甲,n,A1\r\nshort\r\n,,\r\n\"say \"\"hi\"\"\",\"a\r\nb\",A2\r\na,b,c,d\r\n\"乙\",,A3";
    let (rows, problems) = read_csv(&file, text, &["code", "name", "phone"], &["code"]);
    assert_eq!(problems.iter().map(brief).collect::<Vec<_>>(), ["csv.short-row 4:6", "csv.long-row 8:7"]);
    assert_eq!(
        rows.iter().map(|row| (row.line, row.get(0), row.get(1))).collect::<Vec<_>>(),
        [(3, "A1", "甲"), (6, "A2", "say \"hi\""), (9, "A3", "乙")]
    );
    assert_eq!(&text[rows[1].cells[0].span.clone()], "\"say \"\"hi\"\"\"");
    assert_eq!(&text[rows[1].span.clone()], "\"say \"\"hi\"\"\",\"a\r\nb\",A2");
    assert_eq!(rows[0].get(2), "", "the file lacks the column");
}
