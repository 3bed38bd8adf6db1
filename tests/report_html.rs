//! Reports as HTML: what stands in the document, and what a real browser makes of it where there is one.

mod common;
mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::Desk;
use cs::base::table::{Amount, Cell, Row, Table, column};
use cs::base::words::{Lang, words};
use cs::book::Book;
use cs::policy::{Bound, Goal};
use cs::reports::model::{Chart, ChartKind, Figure, Report, Section};
use cs::reports::{REPORTS, report as make};
use cs::show::report_html::html;
use cs::store::Folder;
use report::{HOSTILE, canvas, report};
use serde_json::Value;

fn drawn(lang: Lang) -> String {
    html(&report(), false, &canvas(lang))
}

/// What stands between each pair of marks, in order.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open).skip(1).map(|rest| rest.split(close).next().unwrap()).collect()
}

/// The charts of a document, by their drawings.
fn charts(document: &str) -> Vec<&str> {
    between(document, "<figure class=\"chart\">", "</figure>")
}

/// The numbers of an attribute of each element of a class.
fn lengths(chart: &str, class: &str, attribute: &str) -> Vec<f64> {
    let elements = between(chart, &format!("class=\"{class}\""), ">");
    elements.iter().map(|it| between(it, &format!(" {attribute}=\""), "\"")[0].parse().unwrap()).collect()
}

#[test]
fn each_chart_for_which_there_is_something_is_drawn_once() {
    for lang in [Lang::En, Lang::Zh] {
        let document = drawn(lang);
        let charts = charts(&document);
        assert_eq!(charts.len(), 6, "one has no table, one has two units");
        for chart in charts {
            assert!(chart.contains("role=\"img\"") && chart.contains("<title>") && chart.contains("<desc>"), "{chart}");
            assert!(chart.contains(if lang == Lang::En { "A chart" } else { "图表" }));
        }
    }
}

#[test]
fn a_pareto_has_the_greatest_first_and_the_share_so_far() {
    let document = drawn(Lang::En);
    let pareto = charts(&document)[0];
    let told = between(pareto, "<desc>", "</desc>")[0];
    assert!(
        told.starts_with(
            "Cause 2: 30, Share so far 30.0%; Cause 3: 20, Share so far 50.0%; Cause 6: 15, Share so far 65.0%; \
             Cause 7: 10, Share so far 75.0%; Cause 9: 6, Share so far 81.0%; Cause 1: 5, Share so far 86.0%"
        ),
        "{told}"
    );
    // Fourteen causes are eleven and what is left of them; what never happened is no cause.
    assert!(told.ends_with("others (3): 3, Share so far 100.0%"), "{told}");
    assert!(!told.contains("Cause 15"));
    let wide = lengths(pareto, "bar c1", "width");
    let bars = &wide[1..]; // The first is the key's.
    assert_eq!(bars.len(), 12);
    assert!(bars[..11].windows(2).all(|two| two[0] >= two[1]), "{bars:?}");
    let line: Vec<&str> = between(pareto, "<path class=\"sofar\" d=\"M", "\"").pop().unwrap().split('L').collect();
    let along: Vec<f64> = line.iter().map(|point| point.split(' ').next().unwrap().parse().unwrap()).collect();
    assert_eq!(along.len(), 12);
    // The line begins at the end of the first bar, and rises by each bar's own length.
    let starts = lengths(pareto, "bar c1", "x");
    assert!((along[0] - (starts[1] + bars[0])).abs() < 0.2, "{along:?} {bars:?}");
    for at in 1..12 {
        assert!((along[at] - along[at - 1] - bars[at]).abs() < 0.2, "{along:?} {bars:?}");
    }
}

#[test]
fn met_and_missed_are_parts_of_one_bar() {
    let document = drawn(Lang::Zh);
    let chart = charts(&document)[1];
    let told = between(chart, "<desc>", "</desc>")[0];
    assert_eq!(told, "answer: 达标 18, 超时 2；resolve: 达标 9, 超时 11", "what has neither is left out");
    let (met, missed) = (lengths(chart, "bar c1", "width"), lengths(chart, "bar c2", "width"));
    assert!((met[1] - 2.0 * met[2]).abs() < 0.2 && (met[1] - 9.0 * missed[1]).abs() < 1.0, "{met:?} {missed:?}");
    assert!((met[1] + missed[1] - met[2] - missed[2]).abs() < 0.2, "twenty each");
}

#[test]
fn a_course_is_interrupted_where_nothing_was_measured() {
    let document = drawn(Lang::En);
    let charts = charts(&document);
    let line = between(charts[3], "<path class=\"line c1\" d=\"", "\"")[0];
    assert_eq!((line.matches('M').count(), line.matches('L').count()), (2, 0), "{line}");
    assert!(charts[3].contains("Satisfied: 2026-09 95.5%, 2026-11 98.5%"));
    assert!(charts[3].contains(">100%<"), "high shares are seen against the whole");
    let high = lengths(charts[2], "bar c1", "height");
    assert!((high[0] / high[1] - 0.6).abs() < 0.02 && (high[2] / high[1] - 0.4).abs() < 0.02, "{high:?}");
}

#[test]
fn states_are_counted_and_shares_stand_beside_the_period_before() {
    let document = drawn(Lang::Zh);
    let charts = charts(&document);
    assert!(charts[4].contains("<desc>未结: 2；已结: 1</desc>"), "{}", charts[4]);
    assert!(charts[5].contains("<desc>及时率: 95.5%, 上期 90.0%</desc>"), "what has no value is left out");
    assert_eq!(lengths(charts[5], "mark", "x").len(), 2, "in the key and on the bar");
}

#[test]
fn r59_every_figure_and_row_opens_the_numbers_behind_it() {
    let document = drawn(Lang::En);
    let opened = between(&document, "<details>", "</details>");
    let complaints = opened.iter().find(|it| it.contains(">Complaints</summary>")).unwrap();
    assert!(complaints.contains("<span>TS-261118-ZM-1</span> <span>TS-261118-ZM-2</span>"), "{complaints}");
    let cause = opened.iter().find(|it| it.contains(">Cause 2</summary>")).unwrap();
    assert!(cause.contains("<span>TS-261118-ZM-2</span>"), "{cause}");
    // A row that is a record opens nothing.
    assert!(!opened.iter().any(|it| it.contains("TS-261118-ZM-1</summary>")));
    // All are there, folded away or not, so that nothing has to run.
    let open = html(&report(), true, &canvas(Lang::En));
    assert_eq!(open.matches("<details open>").count(), opened.len());
    assert!(!open.contains("<details>"));
}

#[test]
fn r61_the_head_names_the_reports_own_input() {
    let head = |lang| between(&drawn(lang), "<header>", "</header>")[0].to_string();
    assert!(
        head(Lang::En)
            .contains("From: 客服部 &lt;1&gt;, commit 3f2a9c1d with uncommitted changes, as of 2026-12-01 09:00")
    );
    let zh = head(Lang::Zh);
    for piece in
        ["投诉月报", "2026-11（2026-11-01 至 2026-11-30）", "提交 3f2a9c1d（含未提交的改动），截至 2026-12-01 09:00"]
    {
        assert!(zh.contains(piece), "{piece} {zh}");
    }
}

#[test]
fn r60_the_same_report_gives_the_same_bytes() {
    assert_eq!(drawn(Lang::Zh), drawn(Lang::Zh));
}

#[test]
fn nothing_is_fetched_nothing_runs_and_records_are_text() {
    let document = drawn(Lang::En);
    for word in ["http://", "https://", "url(", "@import", "<link", "<img", "src=", "<script"] {
        assert!(!document.contains(word), "{word}");
    }
    assert!(document.contains("default-src 'none'"));
    assert!(!document.contains(HOSTILE) && !document.contains(['\u{1b}', '\u{202e}', '\u{0}']));
    assert!(document.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; ␛[31m&lt;U+202E&gt;乙␀"));
    assert!(!document.contains("style=\""), "the look is in one place");
}

#[test]
fn numbers_stand_to_the_right_and_heads_above_their_columns() {
    let document = drawn(Lang::En);
    assert!(
        document.contains("<td class=\"number\" data-label=\"This period\">1,234</td>")
            && document.contains("<td class=\"number\" data-label=\"Change\">+23%</td>")
    );
    assert!(document.contains(">250,000.25</td>"));
    assert!(
        document.contains("<th class=\"number\" scope=\"col\">")
            || document.contains("<th scope=\"col\" class=\"number\">")
    );
    assert!(document.contains("<td class=\"code\" data-label=\"Code\">007</td>"));
    assert!(document.contains("lang=\"en\"") && drawn(Lang::Zh).contains("lang=\"zh-CN\""));
}

/// The reports of the sample department.
fn sampled(look: impl Fn(&Report)) {
    let folder = Folder::find(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data-sample")).unwrap();
    for (name, period) in REPORTS.iter().flat_map(|spec| [(spec.name, "2026-10"), (spec.name, "2026-Q4")]) {
        let book = Book::open(&folder, "2026-11-20T17:30:00+08:00".parse().unwrap());
        let spec = cs::reports::named(name).unwrap();
        let period = cs::base::period::Period::parse(period, book.now.today()).unwrap();
        let input = report().input;
        look(&make(&book, spec, period, input));
    }
}

/// What a chart names that its section does not have. A table that the section has left out is no lack.
fn lacks(section: &Section, kind: ChartKind) -> Vec<String> {
    let columns = |name: &str, keys: &[&str]| -> Vec<String> {
        let Some(table) = section.tables.iter().find(|table| table.name == name) else { return vec![name.to_string()] };
        let has = |key: &str| table.columns.iter().any(|column| column.key == key);
        keys.iter().filter(|key| !has(key)).map(|key| format!("{name}.{key}")).collect()
    };
    match kind {
        ChartKind::Trend { table, at, values } => columns(table, &[&[at], values].concat()),
        ChartKind::Pareto { table, labels, value } => columns(table, &[labels, &[value]].concat()),
        ChartKind::Share { table, labels, parts } => columns(table, &[labels, parts].concat()),
        ChartKind::States { table, by } => columns(table, &[by]),
        ChartKind::Against { table, labels, parts, goal } => {
            columns(table, &[labels, parts, &[goal, "standing"]].concat())
        }
        ChartKind::ShortOfAll => Vec::new(),
        ChartKind::Figures { figures } => {
            let has = |key: &&&str| section.figures.iter().any(|figure| figure.key == **key);
            figures.iter().filter(|key| !has(key)).map(|key| key.to_string()).collect()
        }
        ChartKind::Attainment { figures } => {
            let percent = |key: &&&str| section.figures.iter().any(|f| f.key == **key && f.unit == "percent");
            figures.iter().filter(|key| !percent(key)).map(|key| key.to_string()).collect()
        }
    }
}

#[test]
fn every_chart_names_what_its_section_has() {
    sampled(|report| {
        for section in &report.sections {
            for chart in section.charts {
                let lacks = lacks(section, chart.kind);
                assert!(lacks.is_empty(), "{} {}: {lacks:?}", report.name, section.name);
            }
        }
        let document = html(report, false, &canvas(Lang::Zh));
        let named = report.sections.iter().map(|section| section.charts.len()).sum::<usize>();
        assert!(charts(&document).len() <= named);
    });
}

#[test]
fn what_people_would_rather_look_at_is_drawn_in_every_report_about_it() {
    const GENERAL: &[&str] = &[
        "orders",
        "after_sales",
        "complaints",
        "improvements",
        "claims",
        "clocks",
        "work",
        "training",
        "qa",
        "shifts",
        "scores",
        "goals",
        "budget",
        "trend",
        "voice",
    ];
    sampled(|report| {
        let wanted: &[&str] = match report.name {
            "month" | "quarter" => GENERAL,
            "customers" | "claims" | "improvements" | "budget" => &[report.name],
            _ => &[],
        };
        let document = html(report, false, &canvas(Lang::En));
        let sections: Vec<&str> = between(&document, "<section id", "</section>");
        for (section, drawn) in report.sections.iter().zip(sections) {
            let is_wanted = wanted.contains(&section.name);
            assert!(!is_wanted || drawn.contains("class=\"chart\""), "{} {}", report.name, section.name);
        }
        assert!(
            wanted.iter().all(|name| report.sections.iter().any(|section| section.name == *name)),
            "{}",
            report.name
        );
    });
}

/// The made-up report's first section, with other charts, and a table of what was to be come to.
fn looked_at(charts: &'static [Chart]) -> String {
    let mut report = report();
    report.sections.truncate(1);
    let section = &mut report.sections[0];
    section.charts = charts;
    section.goals = vec![("satisfied", Goal { bound: Bound::AtLeast, value: Amount::Permille(960) })];
    let columns = vec![
        column("what", "What", "事项"),
        column("spent", "Spent", "已支出").numeric(),
        column("promised", "Promised", "已承诺").numeric(),
        column("budget", "Budget", "预算").numeric(),
        column("standing", "Standing", "达成情况").whole(),
    ];
    let row = |what: &str, cells: [u64; 3], standing: Cell| {
        let amounts = cells.map(Cell::count);
        let cells = [Cell::Text(what.into())].into_iter().chain(amounts).chain([standing]).collect();
        Row { cells, records: Vec::new() }
    };
    let coded = |code: &str, en: &'static str| Cell::coded(code, words(en, en));
    let rows = vec![
        row("half", [30, 20, 100], coded("within", "within")),
        row("none", [30, 20, 0], coded("none", "no budget")),
        row("beyond", [90, 60, 100], coded("over", "over budget")),
        row("far beyond", [900, 60, 100], coded("over", "over budget")),
        row("nothing", [0, 0, 0], coded("within", "within")),
    ];
    section.tables.push(Table { name: "costs", title: words("Costs", "费用"), columns, rows });
    html(&report, false, &canvas(Lang::En))
}

const fn looked(kind: ChartKind) -> Chart {
    Chart { title: words("A look", "图"), kind }
}

#[test]
fn r65_a_course_has_its_goal_as_a_line_with_its_value() {
    const SATISFIED: &[Chart] = &[looked(ChartKind::Trend { table: "months", at: "month", values: &["satisfied"] })];
    let document = looked_at(SATISFIED);
    let chart = charts(&document)[0];
    assert!(chart.contains("</svg>Goal ≥ 96.0%</li>"), "{chart}");
    assert!(chart.contains("2026-11 98.5%, Goal ≥ 96.0%</desc>"), "{chart}");
    let lines = lengths(chart, "goal c1", "y1");
    assert_eq!(lines.len(), 2, "in the key and across the chart");
    // Between the points of 95.5 % and 98.5 %.
    let points = lengths(chart, "bar c1", "cy");
    assert!(points[1] > lines[1] && lines[1] > points[2], "{lines:?} {points:?}");
}

#[test]
fn r64_a_bar_shows_how_much_of_its_budget_is_used_and_what_goes_beyond() {
    const COSTS: &[Chart] = &[looked(ChartKind::Against {
        table: "costs",
        labels: &["what"],
        parts: &["spent", "promised"],
        goal: "budget",
    })];
    let document = looked_at(COSTS);
    let chart = charts(&document)[0];
    let told = between(chart, "<desc>", "</desc>")[0];
    assert_eq!(
        told,
        "beyond: Spent 90, Promised 60, Budget 100, over budget; far beyond: Spent 900, Promised 60, Budget 100, \
         over budget; half: Spent 30, Promised 20, Budget 100, within",
        "what is missed stands first, what is not judged or nothing is left out"
    );
    for said in [">150 / 100 ✗<", ">960 / 100 ✗<", ">50 / 100 ✓<"] {
        assert!(chart.contains(said), "{said} {chart}");
    }
    let budget = lengths(chart, "rest", "width");
    let beyond = lengths(chart, "bar bad", "width");
    assert_eq!((budget.len(), beyond.len()), (3, 3), "one is the key's");
    assert!((beyond[1] * 2.0 - budget[0]).abs() < 0.2, "half of the budget beyond it: {beyond:?} {budget:?}");
    assert!((beyond[2] - budget[0]).abs() < 0.2, "what is far beyond is cut off: {beyond:?} {budget:?}");
    let spent = lengths(chart, "bar c1", "width");
    assert!((spent[3] - 0.3 * budget[2]).abs() < 0.2, "{spent:?}");
}

#[test]
fn r65_a_bar_of_one_part_is_met_or_missed() {
    const ONE: &[Chart] =
        &[looked(ChartKind::Against { table: "costs", labels: &["what"], parts: &["spent"], goal: "budget" })];
    let document = looked_at(ONE);
    let chart = charts(&document)[0];
    assert_eq!((chart.matches("bar good").count(), chart.matches("bar bad").count()), (2, 3), "with a key each");
    assert!(chart.contains("</svg>met</li>") && chart.contains("</svg>missed</li>"), "{chart}");
}

#[test]
fn shares_short_of_the_whole_come_lowest_first_and_amounts_beside_the_period_before() {
    const BOTH: &[Chart] = &[
        looked(ChartKind::ShortOfAll),
        looked(ChartKind::Figures { figures: &["paid"] }),
        looked(ChartKind::Figures { figures: &["nothing"] }),
    ];
    let mut report = report();
    report.sections.truncate(1);
    let section = &mut report.sections[0];
    section.charts = BOTH;
    let on_time = section.figures.iter().find(|figure| figure.key == "on_time").unwrap().clone();
    let name = |name| words(name, name);
    section.figures.push(Figure { value: Some(Amount::Permille(1000)), name: name("All"), ..on_time.clone() });
    section.figures.push(Figure { value: Some(Amount::Permille(401)), name: name("Few"), previous: None, ..on_time });
    let document = html(&report, false, &canvas(Lang::En));
    let charts = charts(&document);
    assert_eq!(charts.len(), 2, "of nothing there is no chart");
    let told: Vec<&str> = charts.iter().map(|chart| between(chart, "<desc>", "</desc>")[0]).collect();
    assert_eq!(told[0], "Few: 40.1%; In time: 95.5%, Previous 90.0%; kept in full (1): All");
    assert_eq!(told[1], "Paid: 1,250.50, Previous 0.00");
}

#[test]
fn met_and_missed_differ_by_more_than_their_words() {
    let document = looked_at(&[]);
    assert!(document.contains("<td class=\"code good\" data-label=\"Standing\">within</td>"));
    assert!(document.contains("<td class=\"code bad\" data-label=\"Standing\">over budget</td>"));
    assert!(document.contains("<td class=\"code\" data-label=\"Standing\">no budget</td>"), "judges nothing");
    for rule in ["td.good::after { content: \" ✓\"; }", "td.bad::after { content: \" ✗\"; }"] {
        assert!(document.contains(rule), "{rule}");
    }
}

#[test]
fn a_report_goes_where_it_is_wanted_and_replaces_nothing_unasked() {
    let desk = Desk::busy();
    let printed = desk.cs("report month 2026-11 --format html").ok().stdout;
    assert!(printed.starts_with("<!DOCTYPE html>") && printed.ends_with("</html>\n"));
    desk.cs("report month 2026-11 --format html --out m.html").ok().prints(["m.html\n"]);
    assert_eq!(fs::read_to_string(desk.home().join("m.html")).unwrap(), printed);
    desk.cs("report month 2026-10 --format html --out m.html").refused(1).says(["out.exists", "--force"]);
    assert_eq!(fs::read_to_string(desk.home().join("m.html")).unwrap(), printed);
    desk.cs("report month 2026-10 --format html --out m.html --force").ok();
    assert_ne!(fs::read_to_string(desk.home().join("m.html")).unwrap(), printed);
    desk.cs("report month 2026-11 --format md --out m.md --dry-run").ok().says(["would be written: m.md"]);
    assert!(!desk.home().join("m.md").exists());
    for format in ["text", "md", "csv", "json"] {
        desk.cs(&format!("report month 2026-11 --format {format} --out m.{format}")).ok();
        let written = fs::read_to_string(desk.home().join(format!("m.{format}"))).unwrap();
        assert_eq!(written, desk.cs(&format!("report month 2026-11 --format {format}")).ok().stdout);
    }
}

#[test]
fn what_can_not_be_read_keeps_a_file_back() {
    let desk = Desk::busy();
    desk.swap("orders/2026/11/DD-261118-YX-1.toml", "quantity = 10", "quantity = ");
    for format in ["html", "xlsx", "csv"] {
        desk.cs(&format!("report month 2026-11 --format {format} --out m")).refused(1).says(["DD-261118-YX-1.toml"]);
        assert!(!desk.home().join("m").exists());
    }
}

#[test]
fn without_a_browser_a_pdf_is_refused_and_the_html_way_is_told() {
    let desk = Desk::busy();
    let refused = desk.cs("report month 2026-11 --format pdf").env("CS_BROWSER", "/no/such/browser").refused(1);
    refused.says(["--format html"]);
    assert!(!desk.home().join("Monthly report 2026-11.pdf").exists());
}

/// A browser without a window; `None` where none is installed, and then there is nothing to see.
fn browser() -> Option<&'static str> {
    let is_there = |name: &&str| {
        let run = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        run.is_ok_and(|status| status.success())
    };
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].into_iter().find(is_there)
}

/// Puts each document into frames as wide as a phone and a desk, and measures there, as nothing may run in itself.
const MEASURE: &str = r#"<!DOCTYPE html><meta charset="utf-8"><body><script>
const found = [];
const rgb = (it) => it.match(/[\d.]+/g).slice(0, 3).map(Number);
const light = (it) => { const [r, g, b] = rgb(it); return (r * 3 + g * 6 + b) / 10; };
const frames = [];
for (const document_ of DOCUMENTS) for (const width of [360, 1280]) {
  const frame = document.createElement('iframe');
  frame.style.cssText = `width:${width}px;height:900px;border:0`;
  frames.push(new Promise((loaded) => { frame.onload = () => loaded([document_.name, width, frame]); }));
  frame.srcdoc = document_.html;
  document.body.append(frame);
}
Promise.all(frames).then((frames) => {
  for (const [name, width, frame] of frames) {
    const inner = frame.contentDocument;
    const marks = [...inner.querySelectorAll('.chart > svg')].map((svg) => {
      const outside = [...svg.querySelectorAll('text')].filter((text) => {
        const box = text.getBBox();
        return box.x < -2 || box.x + box.width > 362;
      });
      const drawn = [...svg.querySelectorAll('.bar, .line')].filter((it) => {
        const box = it.getBoundingClientRect();
        return box.width > 0 || box.height > 0;
      });
      const letters = Math.min(...[...svg.querySelectorAll('text')].map((it) => it.getBoundingClientRect().height));
      return { drawn: drawn.length, outside: outside.map((it) => it.textContent), letters, wide: svg.clientWidth };
    });
    const colours = ['light', 'dark'].map((scheme) => {
      inner.documentElement.style.colorScheme = scheme;
      const look = frame.contentWindow.getComputedStyle(inner.body);
      return light(look.color) - light(look.backgroundColor);
    });
    // What a reader on a phone would have to move sideways to see.
    const cut = [...inner.querySelectorAll('.scroll')].filter((it) => it.scrollWidth > it.clientWidth + 1);
    found.push({ name, width, marks, colours, cut: width > 640 ? [] : cut.map((it) => it.ariaLabel), scroll: inner.scrollingElement.scrollWidth, inner: frame.contentWindow.innerWidth,
      scripts: inner.scripts.length });
  }
  document.body.innerHTML = '<pre id="found"></pre>';
  document.getElementById('found').textContent = JSON.stringify(found);
});
</script></body>"#;

/// Runs the browser on a page; what it said on both streams.
fn browsed(browser: &str, home: &Path, flags: &[&str], page: &Path) -> (String, String) {
    let profile = home.join("profile");
    let common = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--enable-logging=stderr"];
    let mut command = Command::new(browser);
    command.args(common).args(flags).arg(format!("--user-data-dir={}", profile.display()));
    let out = command.arg(format!("file://{}", page.display())).stdin(Stdio::null()).output().unwrap();
    (String::from_utf8_lossy(&out.stdout).into_owned(), String::from_utf8_lossy(&out.stderr).into_owned())
}

/// The reports that are looked at, with their languages.
const REPORTS_SEEN: [(&str, &str); 6] =
    [("zh", "month"), ("en", "month"), ("en", "quality"), ("zh", "freight"), ("en", "quarter"), ("en", "budget")];

#[test]
fn in_a_browser_nothing_overflows_and_every_chart_is_drawn() {
    let Some(browser) = browser() else { return };
    let temp = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-sample");
    let mut documents = Vec::new();
    for (lang, name) in REPORTS_SEEN {
        let mut words =
            vec!["-C", sample.to_str().unwrap(), "--now", "2026-11-20 17:30", "--lang", lang, "report", name];
        words.extend([if name == "quarter" { "2026-Q4" } else { "2026-10" }, "--format", "html", "--records"]);
        let html = Desk::nowhere().run(words).ok().stdout;
        documents.push(serde_json::json!({ "name": format!("{name} {lang}"), "html": html }));
    }
    documents.push(serde_json::json!({ "name": "made up", "html": drawn(Lang::En) }));
    // No word of a document may end the script that it stands in.
    let data = Value::Array(documents).to_string().replace("</", "<\\/");
    let page = temp.path().join("page.html");
    fs::write(&page, MEASURE.replacen("<script>", &format!("<script>const DOCUMENTS = {data};"), 1)).unwrap();
    let (said, log) = browsed(browser, temp.path(), &["--dump-dom", "--virtual-time-budget=20000"], &page);
    assert!(!log.contains("CONSOLE"), "{log}");
    let found = between(&said, "<pre id=\"found\">", "</pre>").pop().unwrap_or_else(|| panic!("{said}"));
    let found: Value =
        serde_json::from_str(&found.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")).unwrap();
    let found = found.as_array().unwrap();
    assert_eq!(found.len(), 2 * (REPORTS_SEEN.len() + 1));
    for one in found {
        let number = |key: &str| one[key].as_f64().unwrap();
        let (name, wide) = (&one["name"], number("width"));
        assert!(number("scroll") <= number("inner"), "{name} at {wide}: {} wide", number("scroll"));
        assert_eq!(number("scripts"), 0.0);
        assert_eq!(one["cut"], serde_json::json!([]), "{name} at {wide}: columns beyond the edge");
        let marks = one["marks"].as_array().unwrap();
        assert!(!marks.is_empty(), "{name}: no chart");
        for mark in marks {
            assert!(mark["drawn"].as_u64().unwrap() > 0, "{name} at {wide}: a chart without a mark");
            assert_eq!(mark["outside"], serde_json::json!([]), "{name} at {wide}");
            assert!(mark["letters"].as_f64().unwrap() > 9.0, "{name} at {wide}: letters too small to read: {mark}");
        }
        let colours: Vec<f64> = one["colours"].as_array().unwrap().iter().map(|it| it.as_f64().unwrap()).collect();
        assert!(colours[0] < -150.0 && colours[1] > 150.0, "dark on light and light on dark: {colours:?}");
    }
}

#[test]
fn a_real_browser_prints_a_report_on_a4() {
    if browser().is_none() {
        return;
    }
    let desk = Desk::busy();
    desk.cs("report month 2026-11 --format pdf").ok().prints(["Monthly report 2026-11.pdf\n"]);
    let pdf: PathBuf = desk.home().join("Monthly report 2026-11.pdf");
    let pdf = String::from_utf8_lossy(&fs::read(pdf).unwrap()).into_owned();
    assert!(pdf.starts_with("%PDF"));
    // A4 in points, upright.
    let boxes = between(&pdf, "/MediaBox [", "]");
    assert!(!boxes.is_empty());
    for size in boxes {
        let size: Vec<f64> = size.split(' ').map(|it| it.parse().unwrap()).collect();
        assert!((size[2] - 595.0).abs() < 1.0 && (size[3] - 842.0).abs() < 1.0, "{size:?}");
    }
}
