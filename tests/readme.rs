//! README's console blocks, run as written in one shell: what a reader sees is what the program prints.
//! A line `…` stands for any lines. `CS_README=update cargo test --test readme` writes the output anew.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// One command of a block with the lines that follow it.
struct Shown {
    command: String,
    output: Vec<String>,
    /// Index of the command's line in the file.
    line: usize,
}

fn shown(readme: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    let mut inside = false;
    for (line, text) in readme.lines().enumerate() {
        if text.starts_with("```") {
            inside = text == "```console";
        } else if inside {
            if let Some(command) = text.strip_prefix("$ ") {
                all.push(Shown { command: command.to_string(), output: Vec::new(), line });
            } else if let Some(last) = all.last_mut() {
                last.output.push(text.to_string());
            }
        }
    }
    all
}

const MARK: &str = "=== next command ===";

/// The output of each command, all run in one shell in a temporary directory that holds the sample department.
fn run(commands: &[Shown], lang: &str) -> Vec<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let temp = tempfile::tempdir().unwrap();
    fs::write(temp.path().join(".gitconfig"), "[user]\n\tname = Zhang San\n\temail = zhangsan@example.com\n").unwrap();
    let bin = Path::new(env!("CARGO_BIN_EXE_cs")).parent().unwrap();
    let mut script = String::from("exec 2>&1\n");
    for one in commands {
        // The readers' first command builds; here the program is built already.
        let command = one.command.replace("cargo run -q --release -- -C data-sample", "cs -C \"$SAMPLE\"");
        script.push_str(&format!("echo '{MARK}'\n{command}\n"));
    }
    let output = Command::new("sh")
        .arg("-c")
        .arg(&script)
        .current_dir(temp.path())
        .env_clear()
        .env("PATH", format!("{}:{}", bin.display(), std::env::var("PATH").unwrap()))
        .env("HOME", temp.path())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("SAMPLE", root.join("data-sample"))
        .env("CS_LANG", lang)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let parts: Vec<&str> = text.split(&format!("{MARK}\n")).skip(1).collect();
    parts.iter().map(|part| part.lines().map(same_everywhere).collect()).collect()
}

/// A line without what differs from machine to machine and commit to commit: a commit's first eight letters, which
/// follow the word or stand alone in a column.
fn same_everywhere(line: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in line.split(' ') {
        let hash = word.bytes().take_while(u8::is_ascii_hexdigit).count() == 8
            && !word[8..].starts_with(char::is_alphanumeric);
        let after = words.last().is_some_and(|last| last.is_empty() || last == "commit" || last.ends_with("提交"));
        words.push(if hash && after { format!("3f2a9c1d{}", &word[8..]) } else { word.to_string() });
    }
    let line = words.join(" ").replace(" with uncommitted changes", "").replace("（含未提交的改动）", "");
    line.trim_end().to_string()
}

/// True where the lines are as expected, `…` standing for any.
fn fits(expected: &[String], printed: &[String]) -> bool {
    match expected.iter().position(|line| line == "…") {
        None => expected == printed,
        Some(at) => {
            let (before, after) = (&expected[..at], &expected[at + 1..]);
            printed.starts_with(before)
                && (0..=printed.len() - before.len()).any(|skip| fits(after, &printed[before.len() + skip..]))
        }
    }
}

/// Compares what a readme shows with what the program prints, or writes it anew.
fn compare(file: &str, lang: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let readme = fs::read_to_string(&path).unwrap();
    let commands = shown(&readme);
    assert!(commands.len() > 20, "the tour is there");
    let printed = run(&commands, lang);
    assert_eq!(printed.len(), commands.len());
    if std::env::var("CS_README").is_ok_and(|v| v == "update") {
        fs::write(&path, updated(&readme, &commands, &printed)).unwrap();
        return;
    }
    for (one, printed) in commands.iter().zip(&printed) {
        let expected: Vec<String> = one.output.iter().map(|line| same_everywhere(line)).collect();
        let (line, command) = (one.line + 1, &one.command);
        assert!(fits(&expected, printed), "{file}:{line}: $ {command}\nprints:\n{}", printed.join("\n"));
    }
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    compare("README.md", "en");
}

#[test]
fn the_chinese_readme_shows_what_the_program_prints() {
    compare("README.zh.md", "zh");
}

/// The readme with the outputs as printed, but for those that leave lines out.
fn updated(readme: &str, commands: &[Shown], printed: &[Vec<String>]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut skip = 0;
    for (line, text) in readme.lines().enumerate() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        lines.push(text.to_string());
        if let Some(at) = commands.iter().position(|c| c.line == line) {
            let expected = &commands[at].output;
            if !expected.iter().any(|line| line == "…") {
                skip = expected.len();
                lines.extend(printed[at].iter().cloned());
            }
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn ellipses_stand_for_any_lines() {
    let lines = |text: &str| text.lines().map(str::to_string).collect::<Vec<_>>();
    assert!(fits(&lines("a\n…\nd"), &lines("a\nb\nc\nd")));
    assert!(fits(&lines("a\n…"), &lines("a")));
    assert!(!fits(&lines("a\n…\nd"), &lines("a\nb")));
    assert!(!fits(&lines("a"), &lines("a\nb")));
}
