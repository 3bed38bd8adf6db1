//! From fields to the text of a form or step, as its file will hold it.

use super::spec::LineSpec;
use crate::base::field::Fields;
use crate::base::number::Code;
use crate::base::time::{Time, rfc3339};
use crate::base::toml::{literal, quote};

/// What every step holds, beside its own fields.
#[derive(Clone, Debug)]
pub struct Taken<'a> {
    /// The verb.
    pub verb: &'a str,
    /// When it happened.
    pub at: Time,
    /// Who did it.
    pub by: &'a Code,
    /// A remark.
    pub note: Option<&'a str>,
    /// Files attached, by their names under `photos/`.
    pub attach: &'a [String],
}

/// The text of a `[[step]]` with its fields and lines.
pub fn step_text(taken: &Taken<'_>, fields: &Fields, lines: Option<(&LineSpec, &[Fields])>) -> String {
    let mut text = format!("[[step]]\ndo = {}\nat = {}\nby = \"{}\"\n", quote(taken.verb), rfc3339(taken.at), taken.by);
    text.push_str(&fields_text(fields));
    if let Some(note) = taken.note {
        text.push_str(&format!("note = {}\n", quote(note)));
    }
    if !taken.attach.is_empty() {
        let names: Vec<String> = taken.attach.iter().map(|name| quote(name)).collect();
        text.push_str(&format!("attach = [{}]\n", names.join(", ")));
    }
    if let Some((spec, lines)) = lines {
        for line in lines {
            text.push_str(&format!("\n[[step.{}]]\n{}", spec.key, fields_text(line)));
        }
    }
    text
}

/// The text of a new form: header, lines, and its first step.
pub fn form_text(header: &Fields, lines: Option<(&LineSpec, &[Fields])>, made: &Taken<'_>) -> String {
    let mut text = fields_text(header);
    if let Some((spec, lines)) = lines {
        text.push_str(&lines_text(spec, lines));
    }
    text.push('\n');
    text.push_str(&step_text(made, &Fields::default(), None));
    text
}

/// The text of the lines of a form, each led by a blank line.
pub fn lines_text(spec: &LineSpec, lines: &[Fields]) -> String {
    lines.iter().map(|line| format!("\n[[{}]]\n{}", spec.key, fields_text(line))).collect()
}

/// Fields, a line each, in the order of their table.
pub fn fields_text(fields: &Fields) -> String {
    fields.0.iter().map(|e| format!("{} = {}\n", e.field.key, literal(&e.value))).collect()
}
