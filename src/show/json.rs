//! JSON as scripts read it.

use serde_json::Value;

use super::clean::shown;

/// A JSON document: two blanks a level, one line break at the end.
///
/// What a terminal would obey is written as `\u…` inside strings, which means the same to every reader of JSON.
pub fn text(document: &Value) -> String {
    let raw = format!("{document:#}\n");
    let plain = |c: char| c == '\n' || shown(c).is_none();
    if raw.chars().all(plain) {
        return raw;
    }
    let mut out = String::with_capacity(raw.len() + 16);
    for c in raw.chars() {
        if plain(c) {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_reads_back() {
        let document = json!({"b": "\u{1b}\u{9b}\u{202e}\u{e0041}\u{7f}\n中", "a": null});
        let text = text(&document);
        assert_eq!(text, "{\n  \"b\": \"\\u001b\\u009b\\u202e\\udb40\\udc41\\u007f\\n中\",\n  \"a\": null\n}\n");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), document);
    }
}
