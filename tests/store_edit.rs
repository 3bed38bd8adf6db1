//! Edits of text: whatever the file looks like, only what is meant changes.

use std::sync::Arc;

use cs::base::csv::read_csv;
use cs::base::toml::quote;
use cs::store::csv_edit::{csv_append, csv_set};
use cs::store::edit::{append_block, replace_lines, set_header};
use proptest::prelude::*;

/// Any characters, control characters among them.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter)
}

/// A form as hands and programs leave it: comments, odd spacing, unknown keys, any line end, BOM or none.
fn form() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        "[^\\p{Cc}]{0,8}".prop_map(|s| quote(&s)),
        "[ -&(-~]{0,8}".prop_map(|s| format!("'{s}'")),
        (0..10_000i64).prop_map(|n| n.to_string()),
        Just("2026-11-21T10:30:00+08:00".to_string()),
        Just("[\n  \"a\", # one\n  \"b\",\n]".to_string()),
        Just("\"\"\"\n# no comment\n[[line]]\n#\"\"\"".to_string()),
    ];
    let tail = prop_oneof![Just(String::new()), "  # [a-z\\[\\]甲]{0,6}"];
    let gap = prop_oneof![Just(""), Just("\n"), Just("# note\n"), Just("\n  \n#[[line]]\n")];
    let pairs = move |names: &'static [&'static str]| {
        let pair = (gap.clone(), value.clone(), tail.clone(), prop_oneof![Just("="), Just(" = "), Just("  =\t")]);
        (prop::sample::subsequence(names, 0..=names.len()), prop::collection::vec(pair, names.len())).prop_map(
            |(names, pairs)| {
                let line = |(name, (gap, value, tail, sign)): (&&str, (&str, String, String, &str))| {
                    format!("{gap}{name}{sign}{value}{tail}\n")
                };
                names.iter().zip(pairs).map(line).collect::<String>()
            },
        )
    };
    let block = |head: &'static str, names| {
        (prop_oneof![Just("\n"), Just(""), Just("\n# about\n")], pairs(names))
            .prop_map(move |(gap, pairs)| format!("{gap}{head}\n{pairs}"))
    };
    let lines = prop::collection::vec(block("[[line]]", &["product", "quantity"]), 0..3);
    let steps = prop::collection::vec(block("[[ step ]] # s", &["do", "at", "by.who"]), 0..3);
    let other = prop::option::of(block("[extra.deep]", &["z"]));
    let header = pairs(&["kind", "customer", "\"odd key\"", "due", "x.y", "note"]);
    (header, other, lines, steps, any::<(bool, bool, bool)>()).prop_map(
        |(header, other, lines, steps, (bom, crlf, open))| {
            let mut text = format!("{header}{}{}{}", other.unwrap_or_default(), lines.concat(), steps.concat());
            if open {
                text.truncate(text.trim_end().len());
            }
            if crlf {
                text = text.replace('\n', "\r\n");
            }
            if bom { format!("\u{feff}{text}") } else { text }
        },
    )
}

fn data(text: &str) -> toml::Table {
    toml::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// What differs lies within the lines of the key's value; without the key, nothing is lost.
fn assert_kept(old: &str, new: &str, key: &str) {
    let doc = toml_edit::Document::parse(old).unwrap();
    let lines = doc.as_table().get_key_value(key).map_or(old.len()..old.len(), |(name, value)| {
        let start = old[..name.span().unwrap().start].rfind('\n').map_or(0, |i| i + 1);
        let end = value.span().unwrap().end;
        start..old[end..].find('\n').map_or(old.len(), |i| end + i + 1)
    });
    let has = doc.as_table().contains_key(key);
    let head = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count().min(most);
    let lost = head..old.len() - tail;
    let within = if has { lines.len() >= lost.len() && lost.start >= lines.start } else { lost.is_empty() };
    assert!(within, "lost {:?}\nof {old:?}\nto {new:?}", String::from_utf8_lossy(&old.as_bytes()[lost]));
}

fn one_kind_of_line_end(old: &str, new: &str) {
    let lone = |text: &str| text.matches('\n').count() - text.matches("\r\n").count();
    if old.contains("\r\n") {
        assert_eq!(lone(new), 0, "{new:?}");
    } else if old.contains('\n') {
        assert_eq!(new.matches('\r').count(), 0, "{new:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn literals_read_back_on_one_line(text in text()) {
        let literal = quote(&text);
        prop_assert!(!literal.chars().any(char::is_control));
        let read = data(&format!("a = {literal}"));
        prop_assert_eq!(read["a"].as_str(), Some(text.as_str()));
    }

    #[test]
    fn appending_keeps_every_byte_before(text in form(), note in text()) {
        let block = format!("[[step]]\ndo = \"judge\"\nnote = {}\n", quote(&note));
        // `[[ step ]]` and `[[step]]` are one array.
        let new = append_block(&text, &block);
        prop_assert!(new.starts_with(&text) && new.ends_with('\n'));
        one_kind_of_line_end(&text, &new);
        let (mut before, after) = (data(&text), data(&new));
        let steps = after["step"].as_array().unwrap();
        prop_assert_eq!(steps.last().unwrap()["note"].as_str(), Some(note.as_str()));
        let had = before.remove("step").map_or(0, |s| s.as_array().unwrap().len());
        prop_assert_eq!(steps.len(), had + 1);
        let mut after = after;
        after.remove("step");
        prop_assert_eq!(before, after);
    }

    #[test]
    fn a_header_key_changes_alone(text in form(), which in 0..5usize, value in prop::option::of(text())) {
        let key = ["kind", "odd key", "due", "note", "brand-new key"][which];
        let literal = value.as_deref().map(quote);
        let new = set_header(&text, &[(key, literal)]).unwrap();
        one_kind_of_line_end(&text, &new);
        prop_assert_eq!(text.starts_with('\u{feff}'), new.starts_with('\u{feff}'));
        let mut wanted = data(&text);
        wanted.remove(key);
        assert_kept(&text, &new, key);
        if let Some(value) = value {
            wanted.insert(key.to_string(), toml::Value::String(value));
        }
        prop_assert_eq!(data(&new), wanted);
    }

    #[test]
    fn lines_are_replaced_alone(text in form(), count in 0..3usize) {
        let blocks: Vec<String> = (0..count).map(|n| format!("[[line]]\nquantity = {n}\n")).collect();
        let new = replace_lines(&text, "line", &blocks.join("\n")).unwrap();
        one_kind_of_line_end(&text, &new);
        let (mut wanted, mut after) = (data(&text), data(&new));
        wanted.remove("line");
        let lines = after.remove("line").map_or(Vec::new(), |lines| lines.as_array().unwrap().clone());
        prop_assert_eq!(wanted, after);
        prop_assert_eq!(lines.len(), count);
        for (n, line) in lines.iter().enumerate() {
            prop_assert_eq!(line["quantity"].as_integer(), Some(n as i64));
        }
        // Every step and header line is there, with its comments, in order.
        let outside = |text: &str| {
            let from = text.find("[[ step").unwrap_or(text.len());
            text[from..].to_string()
        };
        prop_assert_eq!(outside(&text), outside(&new));
    }

    #[test]
    fn csv_rows_are_added_and_changed_alone(
        rows in prop::collection::vec(("[A-Z][0-9]{1,3}", text(), "[^\"\\p{Cc},]{0,5}"), 0..5),
        (bom, crlf, open) in any::<(bool, bool, bool)>(),
        (code, name) in ("[A-Z][0-9]{1,3}", text()),
        pick in any::<prop::sample::Index>(),
    ) {
        let file: Arc<str> = "lists/x.csv".into();
        let eol = if crlf { "\r\n" } else { "\n" };
        let mut text = format!("{}mine,name,code{eol}", if bom { "\u{feff}" } else { "" });
        for (code, name, mine) in &rows {
            text.push_str(&format!("{mine},\"{}\", {code}{eol}", name.replace('"', "\"\"")));
        }
        if open {
            text.truncate(text.len() - eol.len());
        }
        let known = ["code", "name"];
        let read = |text: &str| {
            let (rows, problems) = read_csv(&file, text, &known, &known);
            assert!(problems.is_empty(), "{problems:?}");
            rows.iter().map(|row| (row.get(0).to_string(), row.get(1).to_string(), row.span.clone())).collect::<Vec<_>>()
        };
        let before = read(&text);
        prop_assert_eq!(before.len(), rows.len());
        for ((code, name, _), row) in rows.iter().zip(&before) {
            prop_assert_eq!((format!(" {code}"), name), (row.0.clone(), &row.1));
        }

        let new = csv_append(&text, &[("code", &code), ("name", &name)]).unwrap();
        let known_end = if text.contains('\n') { eol } else { "\n" };
        prop_assert!(new.starts_with(&text) && new.ends_with(known_end));
        let after = read(&new);
        prop_assert_eq!(&after[..rows.len()], &before[..]);
        prop_assert_eq!((&after[rows.len()].0, &after[rows.len()].1), (&code, &name));

        if !rows.is_empty() {
            let row = pick.get(&before);
            let new = csv_set(&text, row.2.start, &[("name", &name)]).unwrap();
            prop_assert_eq!(&new[..row.2.start], &text[..row.2.start]);
            prop_assert!(new.ends_with(&text[row.2.end..]));
            let line = &new[row.2.start..new.len() - (text.len() - row.2.end)];
            let old = &text[row.2.clone()];
            prop_assert_eq!(old.split(',').next(), line.split(',').next());
            prop_assert_eq!(old.rsplit(',').next(), line.rsplit(',').next());
            let changed = read(&new).into_iter().find(|r| r.2.start == row.2.start).unwrap();
            prop_assert_eq!((changed.0, changed.1), (row.0.clone(), name));
        }
    }

    #[test]
    fn any_text_reads_as_the_csv_crate_reads_it(text in "[a,\"\r\n甲\u{feff} ]{0,40}") {
        let file: Arc<str> = "x.csv".into();
        let whole = format!("a,b\n{text}");
        let (rows, problems) = read_csv(&file, &whole, &["a", "b"], &[]);
        if problems.is_empty() {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let expect: Vec<Vec<String>> = reader.records().flatten().map(|r| r.iter().map(str::to_string).collect()).collect();
            let expect: Vec<_> = expect.into_iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
            let have: Vec<Vec<String>> = rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.to_string()).collect()).collect();
            if !text.starts_with('\u{feff}') {
                prop_assert_eq!(have, expect);
            }
        }
    }
}

#[test]
fn a_block_comes_after_one_blank_line() {
    for (text, expect) in [
        ("", "[[step]]\n"),
        ("\u{feff}", "\u{feff}[[step]]\n"),
        ("a = 1", "a = 1\n\n[[step]]\n"),
        ("a = 1\n", "a = 1\n\n[[step]]\n"),
        ("a = 1\r\n\r\n", "a = 1\r\n\r\n[[step]]\r\n"),
    ] {
        assert_eq!(append_block(text, "[[step]]\n"), expect);
    }
}

#[test]
fn new_keys_come_after_the_last_of_the_header() {
    let text = "# form\r\nkind = \"a\" # k\r\n\r\n# the lines\r\n[[line]]\r\nq = 1\r\n";
    let new = set_header(text, &[("kind", Some("\"b\"".into())), ("due", Some("1".into()))]).unwrap();
    assert_eq!(new, "# form\r\nkind = \"b\" # k\r\ndue = 1\r\n\r\n# the lines\r\n[[line]]\r\nq = 1\r\n");
    assert_eq!(set_header(text, &[("kind", None)]).unwrap(), "# form\r\n\r\n# the lines\r\n[[line]]\r\nq = 1\r\n");
    let bare = "\u{feff}# top\n\n# the lines\n[[line]]\nq = 1";
    assert_eq!(
        set_header(bare, &[("a", Some("1".into()))]).unwrap(),
        "\u{feff}# top\n\na = 1\n\n# the lines\n[[line]]\nq = 1"
    );
}

#[test]
fn lines_stand_where_they_stood_even_when_scattered() {
    let text = "a = 1\n\n# first\n[[line]]\nq = 1\n# inside\n[[line]]\nq = 2 # two\n\n# s\n[[step]]\ndo = 1\n[[line]]\nq = 3\n# end\n";
    let new = replace_lines(text, "line", "[[line]]\nq = 9\n").unwrap();
    assert_eq!(new, "a = 1\n\n# first\n[[line]]\nq = 9\n\n# s\n[[step]]\ndo = 1\n# end\n");
    assert_eq!(replace_lines("a = 1", "line", "[[line]]\nq = 9\n").unwrap(), "a = 1\n\n[[line]]\nq = 9");
    let sub = "[[line]]\nq = 1\n[line.more]\nz = 1\n[[line.part]]\np = 1\n\n[[step]]\n";
    assert_eq!(replace_lines(sub, "line", "[[line]]\nq = 9\n").unwrap(), "[[line]]\nq = 9\n\n[[step]]\n");
}

#[test]
fn what_can_not_be_edited_is_a_problem() {
    let code = |result: Result<String, cs::base::problem::Problem>| result.unwrap_err().code;
    assert_eq!(code(set_header("a = ", &[("a", None)])), "edit.not-toml");
    assert_eq!(code(set_header("[a]\nb = 1\n", &[("a", Some("1".into()))])), "edit.no-value");
    assert_eq!(code(replace_lines("line = [{ q = 1 }]\n", "line", "[[line]]\n")), "edit.no-value");
    assert_eq!(code(csv_append("a,b\n", &[("c", "x")])), "csv.no-column");
    assert_eq!(code(csv_append("a,b\n\"x,1\n", &[("a", "x")])), "csv.unfit");
    assert_eq!(code(csv_append("", &[("a", "x")])), "csv.unfit");
    assert_eq!(code(csv_set("a,b\n1,2\n", 5, &[("c", "x")])), "csv.unfit");
    assert_eq!(code(csv_set("a,b\n1,2\n", 4, &[("c", "x")])), "csv.no-column");
}

#[test]
fn cells_are_quoted_only_where_needed() {
    let new =
        csv_append("a,b,c,d,e\n", &[("a", "=1+1"), ("b", "007"), ("c", " x"), ("d", "1,2"), ("e", "5\"")]).unwrap();
    assert_eq!(new, "a,b,c,d,e\n=1+1,007,\" x\",\"1,2\",\"5\"\"\"\n");
    assert_eq!(csv_append("a", &[]).unwrap(), "a\n\"\"\n", "a row is never a blank line");
}
