//! A paper form as HTML: every cell's text is there, escaped and visible, in a structure that prints well.

mod paper;

use cs::base::page::{Content, Page, Role};
use cs::base::words::Lang;
use cs::show::page_html::html;
use paper::*;

fn drawn(page: Page) -> String {
    html(&[page], "表单", Lang::Zh)
}

/// What stands between each pair of marks, in order.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open).skip(1).map(|rest| rest.split(close).next().unwrap()).collect()
}

#[test]
fn every_text_of_every_cell_is_there() {
    for page in [repair(), order(60), receipt(), blank()] {
        let drawn = drawn(page.clone());
        let body = drawn.split("<body>").nth(1).unwrap();
        for cell in page.rows().flat_map(|row| &row.cells) {
            let shown = match &cell.content {
                Content::Empty => continue,
                Content::Text(text) => text.clone(),
                Content::Date(day) => day.to_string(),
                Content::Whole(whole) if *whole == 1_234 => "1,234".to_string(),
                Content::Whole(whole) => whole.to_string(),
                Content::Measure(measure) => measure.to_string(),
                Content::Money(_) => continue,
            };
            assert!(body.contains(&format!(">{shown}</")), "{shown}\n{body}");
        }
        let cells = body.matches("<td").count() + body.matches("<th").count() - body.matches("<thead").count();
        assert_eq!(cells, page.rows().map(|row| row.cells.len()).sum::<usize>());
    }
}

#[test]
fn spans_fill_the_grid_in_every_row() {
    for page in [repair(), order(9), receipt(), blank()] {
        let drawn = drawn(page.clone());
        assert_eq!(drawn.matches("<col>").count(), page.blocks.len() * usize::from(page.columns));
        for line in between(&drawn, "<tr", "</tr>") {
            let spans: usize = between(line, "<t", ">")
                .iter()
                .map(|cell| between(cell, "colspan=\"", "\"").first().map_or(1, |span| span.parse().unwrap()))
                .sum();
            assert_eq!(spans, usize::from(page.columns), "{line}");
        }
    }
}

#[test]
fn heads_of_lines_stand_where_a_printer_repeats_them() {
    let drawn = drawn(order(60));
    let heads = between(&drawn, "<thead>", "</thead>");
    assert_eq!(heads.len(), 1);
    for name in ["序号", "型号", "名称", "数量", "单价", "金额"] {
        assert!(heads[0].contains("scope=\"col\"") && heads[0].contains(&format!(">{name}</th>")), "{name}");
        assert_eq!(drawn.matches(&format!(">{name}</th>")).count(), 1);
    }
}

#[test]
fn numbers_are_grouped_and_set_to_the_right() {
    let drawn = drawn(order(1));
    assert!(drawn.contains("<td class=\"number\" colspan=\"2\">1,250.50</td>"), "{drawn}");
    assert!(drawn.contains("<td class=\"number\" colspan=\"2\">1,234,567.89</td>"));
    assert!(drawn.contains("<td colspan=\"2\">000-A</td>"), "a code is no number");
}

#[test]
fn whatever_a_record_holds_is_text_and_visible() {
    let hostile = "<script>alert(1)</script> & \"x\" \u{1b}[31m\u{202e}乙\u{0}";
    let page = Page {
        name: "x".into(),
        columns: 1,
        blocks: vec![block(
            [Role::Title, Role::Remark, Role::Label, Role::Head, Role::Value, Role::Sign]
                .map(|role| row(vec![cell(1, role, text(hostile))]))
                .into(),
        )],
    };
    let drawn = html(&[page], hostile, Lang::En);
    let safe = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; ␛[31m&lt;U+202E&gt;乙␀";
    assert_eq!(drawn.matches(safe).count(), 7, "{drawn}");
    assert!(!drawn.contains("<script") && !drawn.contains(['\u{1b}', '\u{202e}', '\u{0}']));
}

#[test]
fn each_form_is_a_sheet_of_its_own_and_only_a_slip_below_something_is_cut_off() {
    let drawn = html(&[repair(), receipt()], "表单", Lang::Zh);
    assert_eq!(drawn.matches("<main class=\"sheet\">").count(), 2);
    assert_eq!(drawn.matches("class=\"block whole cut\"").count(), 1);
    let mut slip = receipt();
    slip.blocks.drain(..slip.blocks.len() - 1);
    assert!(!self::drawn(slip).contains("class=\"block whole cut\""));
}

#[test]
fn nothing_is_fetched_and_nothing_runs() {
    let drawn = drawn(receipt());
    for word in ["http://", "https://", "url(", "@import", "<link", "<img", "src=", "href="] {
        assert!(!drawn.contains(word), "{word}");
    }
    assert!(drawn.contains("default-src 'none'"));
}

#[test]
fn sheets_of_paper_are_counted_where_there_is_one_form() {
    assert!(drawn(repair()).contains("counter(pages)"));
    assert!(!html(&[repair(), receipt()], "表单", Lang::Zh).contains("counter(pages)"));
}

#[test]
fn the_document_tells_its_language() {
    assert!(html(&[], "x", Lang::Zh).contains("<html lang=\"zh-CN\">"));
    assert!(html(&[], "x", Lang::En).contains("<html lang=\"en\">"));
}
