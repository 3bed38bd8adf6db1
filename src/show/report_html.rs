//! A report as an HTML document: one file that is read on a phone, on a desk and on paper, without a script, and that
//! fetches nothing. Charts stand before the figures that they show; every name of a figure or row opens the numbers of
//! the records behind it (R59).

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};

use super::chart;
use super::clean::clean;
use super::html::{POLICY, tongue};
use super::report::{THIS_PERIOD, behind, figures, input, judged, ordinal, period};
use super::table::cell;
use super::{Canvas, NONE};
use crate::base::number::Number;
use crate::base::table::{Column, Row, Table};
use crate::base::time::Zone;
use crate::base::words::{Lang, words};
use crate::reports::model::{Report, Section};
use crate::tr;

/// How a report looks on a screen and on paper.
const STYLE: &str = include_str!("report.css");

/// A table of more columns is printed on sheets laid sideways.
const UPRIGHT: usize = 12;
/// A table of more columns does not fit on a phone.
const NARROW: usize = 3;

/// The report as a document. The numbers behind each figure are folded away, and not printed, unless `open`.
/// Width and colour of the canvas do not matter.
pub fn html(report: &Report, open: bool, canvas: &Canvas) -> String {
    let Canvas { lang, zone, .. } = *canvas;
    let title = report.title.get(lang);
    let period = period(report.period);
    let sections: Vec<(String, &Section)> = (1..).map(|n| ordinal(n, lang)).zip(&report.sections).collect();
    let draw = Draw { lang, zone, open };
    let document = markup! {
        (DOCTYPE)
        html lang=(tongue(lang)) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " " (report.period) }
                style { (PreEscaped(STYLE)) (PreEscaped(running(&format!("{title} {}", report.period)))) }
            }
            body {
                header {
                    h1 { (title) }
                    p class="period" { (period.get(lang)) }
                    p class="input" { (clean(input(&report.input, zone).get(lang))) }
                }
                @if sections.len() > 1 {
                    nav aria-label=(words("Sections", "目录").get(lang)) {
                        @for (at, (ordinal, section)) in sections.iter().enumerate() {
                            a href={ "#s" (at + 1) } { (ordinal) (section.title.get(lang)) }
                        }
                    }
                }
                main {
                    @for (at, (ordinal, section)) in sections.iter().enumerate() {
                        section id={ "s" (at + 1) } {
                            h2 { (ordinal) (section.title.get(lang)) }
                            (draw.section(section))
                        }
                    }
                }
            }
        }
    };
    document.into_string() + "\n"
}

/// What stands on the margin of every sheet of paper.
fn running(title: &str) -> String {
    // Only what is known to need no escaping stands in a style.
    let plain: String = title.chars().filter(|c| c.is_alphanumeric() || " -.".contains(*c)).collect();
    format!(
        "@page {{ @top-right {{ content: \"{plain}\"; font: 8pt sans-serif; color: #555; }} \
         @bottom-center {{ content: counter(page) ' / ' counter(pages); font: 8pt sans-serif; color: #555; }} }}\n"
    )
}

/// How everything is drawn.
struct Draw {
    lang: Lang,
    zone: Zone,
    open: bool,
}

impl Draw {
    fn section(&self, section: &Section) -> Markup {
        let charts: Vec<Markup> =
            section.charts.iter().filter_map(|chart| chart::figure(chart, section, self.lang)).collect();
        let figures = (!section.figures.is_empty()).then(|| figures(&section.figures, THIS_PERIOD));
        markup! {
            @if !charts.is_empty() { div class="charts" { @for chart in &charts { (chart) } } }
            @if let Some(figures) = &figures { (self.table(figures, section.title.get(self.lang))) }
            @for table in &section.tables {
                @let title = table.title.get(self.lang);
                div class=[is_wide(table).then_some("wide")] {
                    @if !title.is_empty() { h3 { (title) } }
                    (self.table(table, if title.is_empty() { section.title.get(self.lang) } else { title }))
                }
            }
            @if figures.is_none() && section.tables.is_empty() { p class="none" { (NONE.get(self.lang)) } }
        }
    }

    /// A table, to be moved sideways where it is wider than the page; on a phone each row of one with many columns
    /// is read from top to bottom, each value under the name of its column.
    fn table(&self, table: &Table, name: &str) -> Markup {
        markup! {
            @if table.rows.is_empty() {
                p class="none" { (NONE.get(self.lang)) }
            } @else {
                div class="scroll" tabindex="0" role="region" aria-label=(name) {
                    table class=[(table.columns.len() > NARROW).then_some("many")] {
                        thead { tr {
                            @for column in &table.columns {
                                th scope="col" class=[class(column)] { (column.name.get(self.lang)) }
                            }
                        } }
                        tbody { @for row in &table.rows { (self.row(table, row)) } }
                    }
                }
            }
        }
    }

    fn row(&self, table: &Table, row: &Row) -> Markup {
        let text = |at: usize| cell(&row.cells[at], self.lang, self.zone);
        let rest = table.columns.iter().enumerate().take(row.cells.len()).skip(1);
        markup! {
            tr {
                @if let Some(first) = table.columns.first() {
                    th scope="row" class=[class(first)] { (self.opening(&text(0), behind(row))) }
                }
                @for (at, column) in rest {
                    @let cell = &row.cells[at];
                    td class=[classes(column, judged(column, cell))] data-label=(column.name.get(self.lang)) { (text(at)) }
                }
            }
        }
    }

    /// A name that opens the numbers of the records behind it.
    fn opening(&self, name: &str, records: &[Number]) -> Markup {
        let many = records.len();
        let told = match many {
            1 => tr!("1 record", "1 张单据"),
            _ => tr!("{many} records", "{many} 张单据"),
        };
        markup! {
            @if records.is_empty() {
                (name)
            } @else {
                details open[self.open] {
                    summary title=(told.get(self.lang)) { (name) }
                    div class="behind" { @for number in records { span { (number) } " " } }
                }
            }
        }
    }
}

fn is_wide(table: &Table) -> bool {
    table.columns.len() > UPRIGHT
}

/// The classes of a cell: those of its column, and whether what it tells of is met.
fn classes(column: &Column, met: Option<bool>) -> Option<String> {
    let judged = met.map(|met| if met { "good" } else { "bad" });
    let classes: Vec<&str> = class(column).into_iter().chain(judged).collect();
    (!classes.is_empty()).then(|| classes.join(" "))
}

fn class(column: &Column) -> Option<&'static str> {
    if column.numeric { Some("number") } else { column.whole.then_some("code") }
}
