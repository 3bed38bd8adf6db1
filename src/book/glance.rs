//! What a glance at a form's text tells, without reading it.

use std::collections::BTreeSet;

use crate::base::number::Number;
use crate::base::time::Date;
use crate::forms::month::Rows;
use crate::forms::spec::FormSpec;

/// A record's text, not read yet.
#[derive(Clone, Copy, Debug)]
pub enum Glance<'t> {
    /// That of its own file.
    File(&'t str),
    /// Its rows among those of a month.
    Rows(Rows<'t>),
}

impl<'t> Glance<'t> {
    /// The text of its own file; empty for one that has none.
    pub fn file(self) -> &'t str {
        match self {
            Glance::File(text) => text,
            Glance::Rows(_) => "",
        }
    }

    /// Whether its text holds this anywhere.
    pub fn holds(self, needle: &str) -> bool {
        let found = |text: &str| memchr::memmem::find(text.as_bytes(), needle.as_bytes()).is_some();
        match self {
            Glance::File(text) => found(text),
            Glance::Rows(rows) => rows.texts().any(found),
        }
    }

    /// Whether its text may hold one of some words as a whole value: in quotes, as TOML has it, or as a cell or a part of
    /// one. A word that would be escaped may stand in any text.
    pub fn may_hold(self, words: &BTreeSet<String>) -> bool {
        let is_escaped = |word: &String| word.chars().any(|c| "\"'\\,;".contains(c) || c.is_control());
        let holds = |text: &str, between: &[char]| text.split(between).any(|piece| words.contains(piece));
        words.iter().any(is_escaped)
            || match self {
                Glance::File(text) => holds(text, &['"', '\'']),
                Glance::Rows(rows) => rows.texts().any(|text| holds(text, &[',', ';', '"'])),
            }
    }

    /// Whether its text mentions a record with this prefix that fits.
    pub fn mentions(self, prefix: &str, fits: impl Fn(&Number) -> bool) -> bool {
        let found = |text: &str| mentioned(text, prefix).any(|number| fits(&number));
        match self {
            Glance::File(text) => found(text),
            Glance::Rows(rows) => rows.texts().any(found),
        }
    }

    /// When it ended, where a glance shows that it is over: its last step is one that ends it. Takes that step at its
    /// word: one that the form's state does not allow, as after a merge, is for `cs check` to tell. May miss a form that
    /// is over, which is then read in full.
    pub fn ended(self, spec: &FormSpec) -> Option<Date> {
        match self {
            Glance::File(text) => ended(spec, text),
            Glance::Rows(rows) => rows.ended(),
        }
    }
}

/// The record numbers with a prefix that a text mentions anywhere.
fn mentioned<'t>(text: &'t str, prefix: &'t str) -> impl Iterator<Item = Number> + 't {
    memchr::memmem::find_iter(text.as_bytes(), prefix.as_bytes()).filter_map(move |at| {
        let word = text[at..].split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).next()?;
        word.parse().ok()
    })
}

fn ended(spec: &FormSpec, text: &str) -> Option<Date> {
    let at = memchr::memmem::rfind(text.as_bytes(), b"[[step]]")?;
    let tail = &text[at..];
    let holds = |quote: &str| memchr::memmem::find(text.as_bytes(), quote.as_bytes()).is_some();
    if !(at == 0 || text.as_bytes()[at - 1] == b'\n') || holds("\"\"\"") || holds("'''") {
        return None;
    }
    let after = |key: &str| tail.lines().find_map(|line| line.strip_prefix(key));
    let verb = after("do = \"")?.strip_suffix('"')?;
    let step = spec.step(verb)?;
    // A void that may name a step ends nothing, however the key is written (R66).
    let names_step = || tail.lines().skip(1).any(|l| l.trim_start().starts_with(['"', '\'']) || l.contains("step"));
    let over = if verb == "void" { !names_step() } else { step.to.is_some_and(|to| spec.is_end(to)) };
    over.then(|| after("at = ")?.get(..10)?.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::complaint::COMPLAINT;
    use crate::forms::order::ORDER;

    #[test]
    fn a_glance_sees_only_what_ended_for_sure() {
        let open = "customer = \"C\"\n\n[[step]]\ndo = \"new\"\nat = 2026-11-01T09:00:00+08:00\nby = \"YX\"\n";
        let closed = format!("{open}\n[[step]]\ndo = \"close\"\nat = 2026-11-20T09:00:00+08:00\nby = \"YX\"\n");
        assert_eq!(ended(&ORDER, open), None);
        assert_eq!(ended(&ORDER, &closed), "2026-11-20".parse().ok());
        let undone = format!(
            "{closed}\n[[step]]\ndo = \"void\"\nat = 2026-11-20T10:00:00+08:00\nby = \"YX\"\nstep = 2\nnote = \"x\"\n"
        );
        assert_eq!(ended(&ORDER, &undone), None);
        let mut void =
            format!("{open}\n[[step]]\ndo = \"void\"\nat = 2026-11-02T10:00:00+08:00\nby = \"YX\"\nnote = \"x\"\n");
        assert_eq!(ended(&ORDER, &void), "2026-11-02".parse().ok());
        void.push_str(" 'step'=1\n");
        assert_eq!(ended(&ORDER, &void), None);
        let reopened = format!("{closed}\n[[step]]\ndo = \"reopen\"\nat = 2026-11-21T09:00:00+08:00\nby = \"YX\"\n");
        assert_eq!(ended(&COMPLAINT, &closed), "2026-11-20".parse().ok());
        assert_eq!(ended(&COMPLAINT, &reopened), None);
        let disguised = format!("{open}note = \"\"\"\n[[step]]\ndo = \"close\"\nat = 2026-11-20\n\"\"\"\n");
        assert_eq!(ended(&ORDER, &disguised), None);
    }

    #[test]
    fn a_value_is_seen_whole_and_in_its_quotes() {
        for (text, word, seen) in [
            ("customer = \"C1\"", "C1", true),
            ("customer='C1'", "C1", true),
            ("customer = \"C11\"", "C1", false),
            ("note = \"of C1\"", "C1", false),
            ("customer = \"O\\\"N\"", "O\"N", true),
        ] {
            let words = BTreeSet::from(["X".to_string(), word.to_string()]);
            assert_eq!(Glance::File(text).may_hold(&words), seen, "{word} in {text}");
        }
    }

    #[test]
    fn mentions_are_whole_numbers() {
        let text = "orders = [\"DD-261121-YX-1\", \"DD-261121-YX-12\"] # DD-x";
        let found: Vec<String> = mentioned(text, "DD").map(|n| n.to_string()).collect();
        assert_eq!(found, ["DD-261121-YX-1", "DD-261121-YX-12"]);
    }
}
