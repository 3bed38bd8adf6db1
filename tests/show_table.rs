//! Tables in every format: what people, spreadsheets and scripts are given.

use cs::base::table::{Amount, Cell, Row, Table, column};
use cs::base::time::{Time, Zone};
use cs::base::words::{Lang, Text, words};
use cs::show::{Canvas, json, table};
use unicode_width::UnicodeWidthStr;

fn sample() -> Table {
    let time: Time = "2026-11-21T02:30:00+00:00".parse().unwrap();
    let row = |cells: Vec<Cell>| Row { cells, records: vec![] };
    Table {
        name: "orders",
        title: words("Orders", "订购单"),
        columns: vec![
            column("number", "Number", "单号").whole(),
            column("customer", "Customer", "客户"),
            column("state", "State", "状态"),
            column("made", "Made", "录入时间").whole(),
            column("total", "Total", "金额").numeric(),
        ],
        rows: vec![
            row(vec![
                Cell::Number("DD-261121-YX-1".parse().unwrap()),
                Cell::Text("成都|春熙路\n\u{1b}[31m店".into()),
                Cell::Words(Text { en: "open".into(), zh: "未完成".into() }),
                Cell::Time(time),
                Cell::Amount(Amount::Money("-1250".parse().unwrap())),
            ]),
            row(vec![
                Cell::Number("DD-261122-YX-1".parse().unwrap()),
                Cell::Text("=1+1".into()),
                Cell::Empty,
                Cell::Date("2026-11-22".parse().unwrap()),
                Cell::Amount(Amount::Permille(985)),
            ]),
        ],
    }
}

fn plain(lang: Lang) -> Canvas {
    Canvas::plain(lang, Zone::default())
}

#[test]
fn text_is_aligned_in_both_languages() {
    assert_eq!(
        table::text(&sample(), &plain(Lang::Zh)),
        "\
订购单
单号            客户                 状态    录入时间               金额
────────────────────────────────────────────────────────────────────────
DD-261121-YX-1  成都|春熙路⏎␛[31m店  未完成  2026-11-21 10:30  -1,250.00
DD-261122-YX-1  =1+1                         2026-11-22            98.5%
"
    );
    assert_eq!(
        table::text(&sample(), &plain(Lang::En)),
        "\
Orders
Number          Customer             State  Made                  Total
───────────────────────────────────────────────────────────────────────
DD-261121-YX-1  成都|春熙路⏎␛[31m店  open   2026-11-21 10:30  -1,250.00
DD-261122-YX-1  =1+1                        2026-11-22            98.5%
"
    );
}

#[test]
fn every_line_ends_under_the_last_head() {
    let text = table::text(&sample(), &plain(Lang::Zh));
    let widths: Vec<usize> = text.lines().skip(1).map(|l| l.width()).collect();
    assert!(widths.iter().all(|w| *w == widths[0]), "{widths:?}\n{text}");
}

#[test]
fn a_narrow_terminal_wraps_text_and_nothing_else() {
    let text = table::text(&sample(), &Canvas { width: Some(66), ..plain(Lang::Zh) });
    assert!(text.lines().skip(1).all(|l| l.width() <= 66), "{text}");
    for whole in ["DD-261121-YX-1", "2026-11-21 10:30", "-1,250.00", "98.5%"] {
        assert!(text.contains(whole), "{text}");
    }
    assert!(text.lines().count() > 5, "{text}");
}

#[test]
fn an_empty_table_says_so() {
    let empty = Table { rows: vec![], ..sample() };
    assert_eq!(table::text(&empty, &plain(Lang::Zh)), "订购单\n无\n");
    assert_eq!(table::text(&empty, &plain(Lang::En)), "Orders\nnone\n");
    assert_eq!(table::markdown(&empty, &plain(Lang::Zh)), "### 订购单\n\n无\n");
    assert_eq!(table::csv(&empty, Lang::En), "number,customer,state,made,total\r\n");
    assert_eq!(table::json(&empty), serde_json::json!([]));
}

#[test]
fn colour_changes_nothing_but_colour() {
    let painted = table::text(&sample(), &Canvas { color: true, ..plain(Lang::Zh) });
    assert!(painted.starts_with("\u{1b}[1m订购单\u{1b}[0m\n"), "{painted:?}");
    assert_eq!(anstream::adapter::strip_str(&painted).to_string(), table::text(&sample(), &plain(Lang::Zh)));
}

#[test]
fn markdown_escapes_what_it_would_obey() {
    assert_eq!(
        table::markdown(&sample(), &plain(Lang::En)),
        "### Orders\n\n\
         | Number | Customer | State | Made | Total |\n\
         | --- | --- | --- | --- | ---: |\n\
         | DD-261121-YX-1 | 成都\\|春熙路<br>␛\\[31m店 | open | 2026-11-21 10:30 | -1,250.00 |\n\
         | DD-261122-YX-1 | =1+1 |  | 2026-11-22 | 98.5% |\n"
    );
}

#[test]
fn csv_reads_back_and_runs_no_formula() {
    let text = table::csv(&sample(), Lang::Zh);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap(), vec!["number", "customer", "state", "made", "total"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(
        rows[0],
        vec!["DD-261121-YX-1", "成都|春熙路\n\u{1b}[31m店", "未完成", "2026-11-21T02:30:00+00:00", "-1250.00"]
    );
    assert_eq!(rows[1], vec!["DD-261122-YX-1", "'=1+1", "", "2026-11-22", "98.5"]);
    assert!(text.ends_with("98.5\r\n"));
}

#[test]
fn json_is_keyed_by_column_and_the_same_in_every_language() {
    let document: serde_json::Value = serde_json::from_str(&json::text(&table::json(&sample()))).unwrap();
    assert_eq!(
        document.to_string(),
        "[{\"number\":\"DD-261121-YX-1\",\"customer\":\"成都|春熙路\\n\\u001b[31m店\",\"state\":\"open\",\
         \"made\":\"2026-11-21T02:30:00+00:00\",\"total\":\"-1250.00\"},\
         {\"number\":\"DD-261122-YX-1\",\"customer\":\"=1+1\",\"state\":null,\"made\":\"2026-11-22\",\"total\":\"98.5\"}]"
    );
}
