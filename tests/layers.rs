//! Data flows one way (see ARCHITECTURE.md): each module imports only what stands before it, and only `store` and the
//! edges of the program touch the disk, the clock or other programs.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, lowest first. A module may import those before it, and itself.
const LAYERS: &[&[&str]] = &[
    &["base"],
    &["clock", "holidays"],
    &["forms", "lists", "registers", "config"],
    &["policy"],
    &["book"],
    &["calls", "claims", "visits", "scores", "work"],
    &["flow", "aftersales", "complaints", "consults", "lookup", "meetings", "shifts", "trainings"],
    &["settlement", "sla", "customers"],
    &["checks", "duties", "derived"],
    &["bonus", "proposals"],
    &["reports", "paper"],
    &["show"],
    &["store"],
    &["commands"],
];

/// Imports against the rule, each with its reason.
const ALLOWED: &[(&str, &str)] = &[];

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn modules() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    let named = found.into_iter().filter_map(|path| {
        let inner = path.strip_prefix(&root).unwrap();
        let first = inner.components().next().unwrap().as_os_str().to_str().unwrap();
        let module = first.trim_end_matches(".rs").to_string();
        let text = fs::read_to_string(&path).unwrap();
        (module != "lib" && module != "main").then_some((module, path, text))
    });
    named.collect()
}

fn layer(module: &str) -> usize {
    let at = LAYERS.iter().position(|layer| layer.contains(&module));
    at.unwrap_or_else(|| panic!("{module} stands in no layer: add it here and to ARCHITECTURE.md"))
}

/// The crate's modules that a file names, in `use` lines and in paths alike.
fn named(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut names = Vec::new();
    for line in code {
        for part in line.split("crate::").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            if name != "tr" && !name.is_empty() {
                names.push(name);
            }
        }
    }
    names
}

#[test]
fn every_module_imports_only_what_stands_before_it() {
    let mut wrong = Vec::new();
    for (module, path, text) in modules() {
        for other in named(&text) {
            let downwards = other == module || layer(&other) < layer(&module);
            if !downwards && !ALLOWED.contains(&(module.as_str(), other.as_str())) {
                wrong.push(format!("{}: {module} imports {other}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The layers as ARCHITECTURE.md draws them: the indented lines under "The way of data".
fn drawn() -> Vec<Vec<String>> {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    let (_, way) = map.split_once("## The way of data").unwrap();
    let lines: Vec<&str> =
        way.lines().skip_while(|line| line.is_empty()).take_while(|line| line.starts_with("    ")).collect();
    let names = |layer: &str| layer.split(',').map(|name| name.trim().to_string()).collect();
    lines.join(" ").split('→').map(names).collect()
}

#[test]
fn the_map_draws_the_layers_as_they_are() {
    assert_eq!(drawn(), LAYERS);
}

#[test]
fn only_the_edges_touch_disk_clock_and_other_programs() {
    let mut wrong = Vec::new();
    for (module, path, text) in modules() {
        if matches!(module.as_str(), "store" | "commands") {
            continue;
        }
        let tests = text.find("#[cfg(test)]").unwrap_or(text.len());
        for word in ["std::fs", "std::process", "std::env", "Local::now", "Utc::now", "SystemTime", "std::net"] {
            if text[..tests].contains(word) {
                wrong.push(format!("{}: {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_clock_is_read_in_main_alone() {
    for (_, path, text) in modules() {
        assert!(!text.contains("Local::now") && !text.contains("Utc::now"), "{}", path.display());
    }
}
