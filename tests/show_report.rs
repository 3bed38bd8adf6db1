//! Reports in every format.

use cs::base::number::Number;
use cs::base::period::Period;
use cs::base::table::{Amount, Cell, Row, Table, column};
use cs::base::time::Zone;
use cs::base::words::{Lang, Text, words};
use cs::reports::model::{Figure, Input, Report, Section};
use cs::show::{Canvas, json, report};
use serde_json::{Value, json};

fn numbers(texts: &[&str]) -> Vec<Number> {
    texts.iter().map(|t| t.parse().unwrap()).collect()
}

fn sample() -> Report {
    let figure = |key, name, unit, value, previous, last_year| Figure {
        key,
        name,
        unit,
        value,
        previous,
        last_year,
        goal: None,
        runs: false,
        records: vec![],
    };
    Report {
        name: "orders",
        title: words("Orders", "订购月报"),
        period: Period::parse("2026-11", "2026-12-01".parse().unwrap()).unwrap(),
        input: Input {
            folder: "展俱客服部".into(),
            commit: Some("3f2a9c1d0b7e".into()),
            revision: None,
            dirty: true,
            filed: false,
            now: "2026-12-01T09:00:00+08:00".parse().unwrap(),
        },
        sections: vec![
            Section {
                name: "made",
                title: words("Orders made", "订购"),
                figures: vec![
                    Figure {
                        records: numbers(&["DD-261121-YX-1", "DD-261122-YX-1"]),
                        ..figure(
                            "orders",
                            words("Orders", "订购单数"),
                            "count",
                            Some(Amount::Count(1120)),
                            Some(Amount::Count(1000)),
                            None,
                        )
                    },
                    figure(
                        "on_time",
                        words("On time", "及时率"),
                        "percent",
                        Some(Amount::Permille(985)),
                        Some(Amount::Permille(970)),
                        None,
                    ),
                    figure("damaged", words("Damaged", "破损率"), "percent", None, None, None),
                ],
                tables: vec![Table {
                    name: "customers",
                    title: words("By customer", "按客户"),
                    columns: vec![
                        column("customer", "Customer", "客户"),
                        column("total", "Total", "金额").numeric(),
                        column("state", "State", "状态"),
                    ],
                    rows: vec![Row {
                        cells: vec![
                            Cell::Text("@成都商场".into()),
                            Cell::Amount(Amount::Money("12500".parse().unwrap())),
                            Cell::Words(Text { en: "open".into(), zh: "未完成".into() }),
                        ],
                        records: numbers(&["DD-261121-YX-1"]),
                    }],
                }],
                charts: &[],
                goals: Vec::new(),
            },
            Section {
                name: "parts",
                title: words("Parts", "配件"),
                figures: vec![],
                tables: vec![],
                charts: &[],
                goals: vec![],
            },
        ],
    }
}

fn plain(lang: Lang) -> Canvas {
    Canvas::plain(lang, Zone::default())
}

#[test]
fn text_in_chinese() {
    assert_eq!(
        report::text(&sample(), true, &plain(Lang::Zh)),
        "\
订购月报
2026-11（2026-11-01 至 2026-11-30）
数据来源：展俱客服部，提交 3f2a9c1d（含未提交的改动），截至 2026-12-01 09:00

一、订购
指标       本期   上期          环比  单号
───────────────────────────────────────────────────────────────────
订购单数  1,120  1,000          +12%  DD-261121-YX-1 DD-261122-YX-1
及时率    98.5%  97.0%  +1.5个百分点
破损率        -

按客户
客户            金额  状态    单号
────────────────────────────────────────────
@成都商场  12,500.00  未完成  DD-261121-YX-1

二、配件
无
"
    );
}

#[test]
fn text_in_english_without_records_or_git() {
    let mut sample = sample();
    sample.input = Input { commit: None, dirty: false, ..sample.input };
    assert_eq!(
        report::text(&sample, false, &plain(Lang::En)),
        "\
Orders
2026-11 (2026-11-01 to 2026-11-30)
From: 展俱客服部, no git, as of 2026-12-01 09:00

1. Orders made
Figure   This period  Previous   Change
───────────────────────────────────────
Orders         1,120     1,000     +12%
On time        98.5%     97.0%  +1.5 pt
Damaged            -

By customer
Customer       Total  State
───────────────────────────
@成都商场  12,500.00  open

2. Parts
none
"
    );
}

#[test]
fn markdown_has_headings_and_the_input() {
    let text = report::markdown(&sample(), false, &plain(Lang::Zh));
    assert_eq!(
        text,
        "\
# 订购月报

2026-11（2026-11-01 至 2026-11-30）

数据来源：展俱客服部，提交 3f2a9c1d（含未提交的改动），截至 2026-12-01 09:00

## 一、订购

| 指标 | 本期 | 上期 | 环比 |
| --- | ---: | ---: | ---: |
| 订购单数 | 1,120 | 1,000 | +12% |
| 及时率 | 98.5% | 97.0% | +1.5个百分点 |
| 破损率 | - |  |  |

### 按客户

| 客户 | 金额 | 状态 |
| --- | ---: | --- |
| @成都商场 | 12,500.00 | 未完成 |

## 二、配件

无
"
    );
    assert!(report::markdown(&sample(), true, &plain(Lang::Zh)).contains("| DD-261121-YX-1 DD-261122-YX-1 |"));
}

#[test]
fn csv_is_one_flat_file() {
    let lines = |records, lang| {
        let text = report::csv(&sample(), records, lang);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|r| r.unwrap().iter().collect::<Vec<_>>().join(" / ")).collect::<Vec<_>>()
    };
    assert_eq!(
        lines(true, Lang::Zh),
        [
            "section / table / row / key / label / value / unit / previous / last_year / goal / met / miss / records",
            "report /  /  / name /  / orders /  /  /  /  /  /  / ",
            "report /  /  / from /  / 2026-11-01 /  /  /  /  /  /  / ",
            "report /  /  / to /  / 2026-11-30 /  /  /  /  /  /  / ",
            "report /  /  / now /  / 2026-12-01T09:00:00+08:00 /  /  /  /  /  /  / ",
            "report /  /  / folder /  / 展俱客服部 /  /  /  /  /  /  / ",
            "report /  /  / commit /  / 3f2a9c1d0b7e /  /  /  /  /  /  / ",
            "report /  /  / revision /  /  /  /  /  /  /  /  / ",
            "report /  /  / dirty /  / true /  /  /  /  /  /  / ",
            "made /  /  / orders / 订购单数 / 1120 / count / 1000 /  /  /  /  / DD-261121-YX-1;DD-261122-YX-1",
            "made /  /  / on_time / 及时率 / 98.5 / percent / 97.0 /  /  /  /  / ",
            "made /  /  / damaged / 破损率 /  / percent /  /  /  /  /  / ",
            "made / customers / 1 / customer / 客户 / '@成都商场 /  /  /  /  /  /  / DD-261121-YX-1",
            "made / customers / 1 / total / 金额 / 12500.00 / money /  /  /  /  /  / DD-261121-YX-1",
            "made / customers / 1 / state / 状态 / 未完成 /  /  /  /  /  /  / DD-261121-YX-1",
        ]
    );
    let without = lines(false, Lang::En);
    assert!(without.iter().skip(1).all(|line| line.ends_with(" / ")), "{without:#?}");
    let mut formula = sample();
    formula.input.folder = "=1+1".into();
    assert!(report::csv(&formula, false, Lang::En).contains(",'=1+1,"));
    assert_eq!(without[14], "made / customers / 1 / state / State / open /  /  /  /  /  /  / ");
}

#[test]
fn json_is_the_documented_contract() {
    let text = json::text(&report::json(&sample()));
    let expect = json!({
        "report": "orders",
        "period": { "from": "2026-11-01", "to": "2026-11-30" },
        "now": "2026-12-01T09:00:00+08:00",
        "folder": "展俱客服部",
        "commit": "3f2a9c1d0b7e",
        "revision": null,
        "dirty": true,
        "sections": [
            {
                "name": "made",
                "figures": [
                    { "key": "orders", "value": "1120", "unit": "count", "previous": "1000", "last_year": null,
                      "goal": null, "met": null, "miss": null, "records": ["DD-261121-YX-1", "DD-261122-YX-1"] },
                    { "key": "on_time", "value": "98.5", "unit": "percent", "previous": "97.0", "last_year": null,
                      "goal": null, "met": null, "miss": null, "records": [] },
                    { "key": "damaged", "value": null, "unit": "percent", "previous": null, "last_year": null,
                      "goal": null, "met": null, "miss": null, "records": [] },
                ],
                "tables": [
                    { "name": "customers", "columns": ["customer", "total", "state"],
                      "rows": [["@成都商场", "12500.00", "open"]], "records": [["DD-261121-YX-1"]] },
                ],
            },
            { "name": "parts", "figures": [], "tables": [] },
        ],
    });
    let read: Value = serde_json::from_str(&text).unwrap();
    // As text, so that the order of keys counts.
    assert_eq!(read.to_string(), expect.to_string());
    assert_eq!(text, json::text(&report::json(&sample())));
}

#[test]
fn r61_a_report_of_the_past_and_a_filed_one_name_their_input() {
    let mut sample = sample();
    sample.input = Input { dirty: false, revision: Some("HEAD~3".into()), ..sample.input };
    let line = |report: &Report, lang| report::text(report, false, &plain(lang)).lines().nth(2).unwrap().to_string();
    assert_eq!(line(&sample, Lang::En), "From: 展俱客服部, commit 3f2a9c1d (HEAD~3), as of 2026-12-01 09:00");
    assert_eq!(line(&sample, Lang::Zh), "数据来源：展俱客服部，提交 3f2a9c1d（HEAD~3），截至 2026-12-01 09:00");
    assert_eq!(report::json(&sample)["revision"], "HEAD~3");
    sample.input = Input { filed: true, commit: None, revision: None, ..sample.input };
    let named = "From: 展俱客服部, as of 2026-12-01 09:00; the commit that filed it names its own";
    assert_eq!(line(&sample, Lang::En), named);
    assert_eq!(line(&sample, Lang::Zh), "数据来源：展俱客服部，截至 2026-12-01 09:00；所依据的提交见归档时的提交说明");
}
