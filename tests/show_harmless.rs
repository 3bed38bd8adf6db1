//! Whatever a record holds, a terminal is given nothing to obey.

use cs::base::problem::{Place, Problem};
use cs::base::table::{Cell, Row, Table, column};
use cs::base::time::Zone;
use cs::base::words::{Lang, Text, words};
use cs::show::{Canvas, json, problems, table, text};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

/// Any text, with what a terminal obeys or hides more often than chance would have it.
fn hostile() -> impl Strategy<Value = String> {
    let sharp = prop::sample::select(
        "\n\r\t\u{0}\u{1b}\u{7f}\u{9b}\u{85}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\u{2069}\
         \u{61c}\u{feff}|<`\\ "
            .chars()
            .collect::<Vec<_>>(),
    );
    let c = prop_oneof![2 => sharp, 2 => any::<char>(), 2 => prop::char::range('一', '龥'), 2 => prop::char::range('a', 'z')];
    prop::collection::vec(c, 0..60).prop_map(String::from_iter)
}

fn harmless(drawn: &str) -> bool {
    let hidden = "\u{61c}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2028}\u{2029}\u{2060}\u{feff}";
    drawn.chars().all(|c| {
        c == '\n'
            || !(c.is_control()
                || hidden.contains(c)
                || ('\u{202a}'..='\u{202e}').contains(&c)
                || ('\u{2066}'..='\u{2069}').contains(&c))
    })
}

fn sheet(a: &str, b: &str) -> Table {
    Table {
        name: "t",
        title: words("T", "表"),
        columns: vec![column("a", "A", "甲"), column("b", "B", "乙").whole()],
        rows: vec![Row { cells: vec![Cell::Text(a.into()), Cell::Words(Text::same(b))], records: vec![] }],
    }
}

proptest! {
    #[test]
    fn whatever_is_drawn_is_harmless(a in hostile(), b in hostile(), width in prop::option::of(1..120usize), start in 0..80usize, len in 0..9usize) {
        let canvas = Canvas { width, ..Canvas::plain(Lang::Zh, Zone::default()) };
        let table = sheet(&a, &b);
        let file = a.as_str().into();
        let place = Place::at(&file, &b, start..start + len);
        let problem = Problem::new("x", Text::same(&a), Text::same(&b));
        for drawn in [
            table::text(&table, &canvas),
            table::markdown(&table, &canvas),
            text::pairs(&[(a.clone(), b.clone()), (b.clone(), a.clone())], &canvas),
            problems::problems(&[problem.clone().at(place), problem.clone()], &canvas),
            json::text(&table::json(&table)),
            json::text(&problems::problems_json(&[problem], Lang::En)),
        ] {
            prop_assert!(harmless(&drawn), "{drawn:?}");
        }
    }

    #[test]
    fn a_markdown_table_keeps_its_two_columns(a in hostile(), b in hostile()) {
        let drawn = table::markdown(&sheet(&a, &b), &Canvas::plain(Lang::En, Zone::default()));
        let last = drawn.lines().last().unwrap();
        let bars = last.char_indices().filter(|&(at, c)| {
            c == '|' && last[..at].chars().rev().take_while(|&c| c == '\\').count() % 2 == 0
        });
        prop_assert_eq!(bars.count(), 3, "{}", last);
        prop_assert_eq!(drawn.lines().count(), 5);
    }

    #[test]
    fn csv_and_json_give_back_what_a_record_holds(a in hostile(), b in hostile()) {
        let table = sheet(&a, &b);
        let text = table::csv(&table, Lang::En);
        let row = csv::Reader::from_reader(text.as_bytes()).records().next().unwrap().unwrap();
        for (cell, raw) in row.iter().zip([&a, &b]) {
            let starts = raw.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
            prop_assert_eq!(cell, if starts { format!("'{raw}") } else { raw.clone() });
        }
        let read: serde_json::Value = serde_json::from_str(&json::text(&table::json(&table))).unwrap();
        prop_assert_eq!((read[0]["a"].as_str(), read[0]["b"].as_str()), (Some(a.as_str()), Some(b.as_str())));
    }

    #[test]
    fn wrapping_loses_nothing_and_keeps_the_width(a in hostile(), width in 30..120usize) {
        let canvas = Canvas { width: Some(width), ..Canvas::plain(Lang::En, Zone::default()) };
        let drawn = text::pairs(&[("k".into(), a.clone())], &canvas);
        let solid = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(solid(drawn.strip_prefix('k').unwrap()), solid(&cs::show::clean::clean_lines(&a)));
        prop_assert!(drawn.lines().all(|line| line.width() <= width), "{drawn}");
    }
}
