//! What must be refused, in both languages.

use super::Desk;

/// One refusal: what is asked for, by whom, and what each language must say of it.
pub struct Refusal<'a> {
    pub line: String,
    pub by: &'a str,
    pub code: i32,
    pub en: &'a [&'a str],
    pub zh: &'a [&'a str],
}

/// Asks for the same thing in both languages; the folder stays as it is, byte for byte.
#[track_caller]
pub fn refused(desk: &Desk, refusal: &Refusal<'_>) {
    for (lang, says) in [("en", refusal.en), ("zh", refusal.zh)] {
        let done = desk.cs(&refusal.line).by(refusal.by).lang(lang).refused(refusal.code);
        assert!(done.stdout.is_empty(), "{done}");
        let done = done.says(says.iter().copied());
        let english = ["error:", "Usage", "give ", "is missing"].iter().any(|word| done.stderr.contains(word));
        assert!(lang == "en" || !english, "English in {done}");
    }
}

/// [`refused`] with exit 1, by YX.
#[track_caller]
pub fn no(desk: &Desk, line: &str, en: &[&str], zh: &[&str]) {
    no_by(desk, "YX", line, en, zh);
}

/// [`refused`] with exit 1.
#[track_caller]
pub fn no_by(desk: &Desk, by: &str, line: &str, en: &[&str], zh: &[&str]) {
    refused(desk, &Refusal { line: line.to_string(), by, code: 1, en, zh });
}
