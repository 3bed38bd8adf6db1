//! Paper forms that come back filled in on a spreadsheet: each becomes the very record that the command line makes of
//! the same values, or is refused by its cells.

mod common;

use std::collections::BTreeMap;

use calamine::{Reader, Xlsx};
use common::Desk;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// A paper form as another program has it: what stands in which cell, and where merged cells end.
struct Paper {
    cells: BTreeMap<(u32, u32), String>,
    /// The last column of each merged cell.
    last: BTreeMap<(u32, u32), u32>,
}

impl Paper {
    /// A blank form as `cs print` makes it.
    fn blank(desk: &Desk, form: &str, flags: &str) -> Paper {
        desk.cs(&format!("print --blank {form} --format xlsx --out blank.xlsx --force {flags}")).ok();
        let mut book: Xlsx<_> = calamine::open_workbook(desk.home().join("blank.xlsx")).unwrap();
        let name = book.sheet_names().remove(0);
        let range = book.worksheet_range(&name).unwrap();
        let start = range.start().unwrap();
        let cells = range
            .used_cells()
            .map(|(row, column, text)| ((row as u32 + start.0, column as u32 + start.1), text.to_string()));
        let merged = book.merge_cells_by_sheet_name(&name).unwrap();
        let last = merged.iter().map(|region| (region.start, region.end.1)).collect();
        Paper { cells: cells.collect(), last }
    }

    /// The first cell that holds a text.
    #[track_caller]
    fn find(&self, text: &str) -> (u32, u32) {
        let found = self.cells.iter().find(|(_, shown)| *shown == text);
        *found.unwrap_or_else(|| panic!("no {text}: {:?}", self.cells)).0
    }

    /// The cell to the right of a label.
    #[track_caller]
    fn beside(&self, label: &str) -> (u32, u32) {
        let (row, column) = self.find(label);
        (row, self.last.get(&(row, column)).unwrap_or(&column) + 1)
    }

    /// The cell of a line, from 0, below a head.
    #[track_caller]
    fn below(&self, head: &str, line: u32) -> (u32, u32) {
        let (row, column) = self.find(head);
        (row + 1 + line, column)
    }

    fn put(&mut self, at: (u32, u32), text: &str) {
        self.cells.insert(at, text.to_string());
    }

    /// The same where all from a row on stand so many rows further down.
    fn moved(&self, from: u32, by: i64) -> Paper {
        let to = |row: u32| if row < from { row } else { (i64::from(row) + by) as u32 };
        let cells = self.cells.iter().map(|((row, column), text)| ((to(*row), *column), text.clone()));
        Paper { cells: cells.collect(), last: BTreeMap::new() }
    }

    /// As a workbook: `#` leads what is a number, `@` what is a day.
    fn xlsx(&self, desk: &Desk, name: &str) {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let day = Format::new().set_num_format("yyyy/m/d");
        for ((row, column), text) in &self.cells {
            let (row, column) = (*row, *column as u16);
            if let Some(number) = text.strip_prefix('#') {
                sheet.write_number(row, column, number.parse::<f64>().unwrap()).unwrap();
            } else if let Some(date) = text.strip_prefix('@') {
                let date = ExcelDateTime::parse_from_str(date).unwrap();
                sheet.write_datetime_with_format(row, column, date, &day).unwrap();
            } else {
                sheet.write_string(row, column, text).unwrap();
            }
        }
        std::fs::write(desk.home().join(name), book.save_to_buffer().unwrap()).unwrap();
    }

    /// As CSV, all rows and columns from the first on.
    fn csv(&self) -> String {
        let rows = self.cells.keys().map(|(row, _)| row + 1).max().unwrap();
        let cell = |row, column| match self.cells.get(&(row, column)) {
            Some(text) => format!("\"{}\"", text.trim_start_matches(['#', '@']).replace('"', "\"\"")),
            None => String::new(),
        };
        let line = |row| (0..30).map(|column| cell(row, column)).collect::<Vec<_>>().join(",") + "\r\n";
        (0..rows).map(line).collect()
    }

    fn save_csv(&self, desk: &Desk, name: &str) {
        std::fs::write(desk.home().join(name), self.csv()).unwrap();
    }
}

/// A form, how it is filled in, and the command that makes the same record.
struct Case {
    form: &'static str,
    /// What is there before.
    before: fn(&Desk),
    /// The command line.
    command: &'static str,
    /// Labels in Chinese and English, and what is filled in beside them.
    header: &'static [(&'static str, &'static str, &'static str)],
    /// Heads in both languages.
    heads: &'static [(&'static str, &'static str)],
    /// What is filled in below them; an empty line is left out.
    lines: &'static [&'static [&'static str]],
    /// What is given beside the file.
    beside: &'static str,
}

const CASES: &[Case] = &[
    Case {
        form: "order",
        before: |_| (),
        command: "order new --customer ACME --wanted-by 2026-12-10 --consignee 'Acme Store 7' --deliver-to '7 Long Road' \
                  --phone 002 --line SHELF=10@1120.5 --line RACK=2",
        header: &[
            ("客户", "Customer", "acme retail"),
            ("要求到货日", "Wanted by", "@2026-12-10"),
            ("收货单位", "Consignee", "Acme Store 7"),
            ("送货地址", "Deliver to", "7 Long Road"),
            ("电话", "Phone", "002"),
        ],
        heads: &[("型号", "Model"), ("数量", "Quantity"), ("单价", "Unit price"), ("金额", "Amount")],
        lines: &[&["SHELF", "#10", "¥1,120.50", "#11205"], &[], &["RACK", "2", "", ""]],
        beside: "",
    },
    Case {
        form: "shipment",
        before: |desk| drop(desk.confirmed()),
        command: "ship new --order DD-261118-YX-1 --carrier FAST --depart 2026-11-20 --arrive 2026-11-23 --packages 2 \
                  --volume 1.5 --freight 800 --line SHELF=10",
        header: &[
            ("订单号", "Order no.", "DD-261118-YX-1"),
            ("客户", "Customer", "Acme Retail"),
            ("计划发货日", "Departs", "2026年11月20日"),
            ("计划到货日", "Arrives", "2026.11.23"),
            ("物流公司", "Carrier", "Fast Freight"),
            ("件数", "Packages", "#2"),
            ("体积 m³", "Volume m³", "#1.5"),
            ("预估运费", "Freight estimate", "￥800"),
        ],
        heads: &[("序号", "No."), ("型号", "Model"), ("数量", "Quantity")],
        lines: &[&["1", "shelf", "10"]],
        beside: "",
    },
    Case {
        form: "notice",
        before: |desk| drop(desk.confirmed()),
        command: "ship new --order DD-261118-YX-1 --carrier FAST --depart 2026-11-20 --arrive 2026-11-23 --packages 2 \
                  --volume 1.5 --freight 800 --line SHELF=10",
        header: &[
            ("订单号", "Order no.", "DD-261118-YX-1"),
            ("计划发货日", "Departs", "2026-11-20"),
            ("预计到货日", "Arrives", "2026-11-23"),
            ("物流公司", "Carrier", "FAST"),
            ("件数", "Packages", "2"),
            ("体积 m³", "Volume m³", "1.5"),
        ],
        heads: &[("型号", "Model"), ("数量", "Quantity")],
        lines: &[&["SHELF", "10"]],
        beside: "--freight 800",
    },
    Case {
        form: "receipt",
        before: |desk| drop(desk.departed(&desk.confirmed(), "SHELF=10")),
        command: "ship receive FH-261118-YX-1 --line SHELF=9:damaged=1 --packaging sound --received-by Joe \
                  --arrived-at '2026-11-18 10:00' --partial",
        header: &[
            ("发货单号", "Shipment no.", "FH-261118-YX-1"),
            ("到货时间", "Arrived at", "2026/11/18 10:00"),
            ("签收人", "Received by", "Joe"),
            ("包装（完好/破损）", "Packaging (sound/damaged)", "完好"),
            ("部分到货（是/否）", "Part delivery (yes/no)", "√"),
        ],
        heads: &[("型号", "Model"), ("实收", "Received"), ("破损", "Damaged")],
        lines: &[&["SHELF", "9", "1"]],
        beside: "",
    },
    Case {
        form: "repair",
        before: |_| (),
        command: "repair new --customer ACME --site PLAZA --model SHELF --reporter 'Bo Li' --phone 00281 \
                  --made-on 2026-03-01 --photo photo.jpg --arranged-by customer --fault glass=cracked \
                  --fault lamp=dark",
        header: &[
            ("客户", "Customer", "ACME"),
            ("商场", "Site", "grand plaza"),
            ("展台型号", "Fixture model", "SHELF"),
            ("展台制作时间", "Made on", "@2026-03-01"),
            ("报修人", "Reporter", "Bo Li"),
            ("电话", "Phone", "00281"),
            ("安排方（我方/客户）", "Arranged by (us/customer)", "客户"),
        ],
        heads: &[("故障部件", "Component"), ("故障现象", "Symptom")],
        lines: &[&["glass", "cracked"], &["lamp", "dark"]],
        beside: "--photo photo.jpg",
    },
    Case {
        form: "quote",
        before: |desk| drop(desk.judged()),
        command: "repair quote WX-261118-YX-1 --agency BRIGHT --line 'glass=1@180.50:new pane' --line 'lamp=2@60:new lamps'",
        header: &[("维修单号", "Ticket no.", "WX-261118-YX-1"), ("广告公司", "Agency", "Bright Signs")],
        heads: &[
            ("部件", "Component"),
            ("维修内容", "Work"),
            ("数量", "Quantity"),
            ("单价", "Price"),
            ("金额", "Amount"),
        ],
        lines: &[&["glass", "new pane", "#1", "#180.5", "180.50"], &["lamp", "new lamps", "2", "¥60", "#120"]],
        beside: "",
    },
    Case {
        form: "parts",
        before: |desk| drop(desk.judged()),
        command: "repair parts WX-261118-YX-1 --line glass=1@45 --address '2F Grand Mall'",
        header: &[("所属单据", "Belongs to", "WX-261118-YX-1"), ("收件地址", "Address", "2F Grand Mall")],
        heads: &[("配件名称", "Part"), ("数量", "Quantity"), ("单件成本", "Unit cost")],
        lines: &[&["glass", "1", "45"]],
        beside: "",
    },
    Case {
        form: "consult",
        before: |_| (),
        command: "consult new --customer ACME --channel mail --about know_how --asker 'Joe Li' --phone 002 \
                  --what 'how are the shelves cleaned?'",
        header: &[
            ("来源渠道", "Channel", "邮件"),
            ("客户", "Customer", "acme retail"),
            ("咨询类别", "About", "know-how"),
            ("咨询人", "Who asks", "Joe Li"),
            ("电话", "Phone", "002"),
            ("咨询内容", "Asked", "how are the shelves cleaned?"),
        ],
        heads: &[],
        lines: &[],
        beside: "",
    },
    Case {
        form: "score",
        before: |desk| drop(desk.order()),
        command: "score add YX --clause D2.5 --points 4 --on 2026-11-17 --record DD-261118-YX-1 \
                  --evidence 'away for half an hour' --by LW",
        header: &[
            ("被考核人", "Whom", "Yang Xue"),
            ("发生日期", "On", "@2026-11-17"),
            ("条款", "Clause", "D2.5"),
            ("分值", "Points", "#4"),
            ("依据单据", "Record", "DD-261118-YX-1"),
            ("事实依据", "Evidence", "away for half an hour"),
        ],
        heads: &[],
        lines: &[],
        beside: "--by LW",
    },
    Case {
        form: "training",
        before: |_| (),
        command: "train plan one_to_one --topic 'quoting repairs' --when '2026-11-25 15:00' --trainer LW \
                  --attendees ZL --cost 80",
        header: &[
            ("培训方式", "Type", "one to one"),
            ("培训时间", "When", "2026-11-25 15:00"),
            ("培训人", "Trainer", "Li Wei"),
            ("培训费用", "Cost", "#80"),
            ("培训内容", "Topic", "quoting repairs"),
            ("应参加人员", "Called", "ZL"),
        ],
        heads: &[],
        lines: &[],
        beside: "",
    },
    Case {
        form: "call",
        before: |desk| drop(desk.consult("")),
        command: "qa score YX --on 2026-11-17 --marks answer=25,closing=4 --record ZX-261118-YX-1 --said 'a clear answer' \
                  --by LW",
        header: &[
            ("被质检人", "Whose call", "Yang Xue"),
            ("通话日期", "Call on", "@2026-11-17"),
            ("各项得分", "Points", "answer 25、结束语 4"),
            ("相关单据", "Record", "ZX-261118-YX-1"),
            ("评语", "Comment", "a clear answer"),
        ],
        heads: &[],
        lines: &[],
        beside: "--by LW",
    },
    Case {
        form: "improvement",
        before: |desk| drop((desk.complaint(""), desk.judged())),
        command: "improve new --born-of TS-261118-YX-1 --born-of WX-261118-YX-1 --model RACK --model SHELF \
                  --problem 'the glass cracks' --wanted-by 2026-12-20 --contact Bea --phone 00281",
        header: &[
            ("来源单据", "Born of", "TS-261118-YX-1、WX-261118-YX-1"),
            ("涉及型号", "Models", "Floor rack; SHELF"),
            ("反馈问题", "Problem", "the glass cracks"),
            ("要求完成日", "Wanted by", "@2026-12-20"),
            ("联系人", "Contact", "Bea"),
            ("电话", "Phone", "00281"),
        ],
        heads: &[],
        lines: &[],
        beside: "",
    },
    Case {
        form: "claim",
        before: |desk| {
            let term = "--kind cargo --from 2026-01-01 --to 2026-12-31";
            desk.cs(&format!("insurance add 0018 --insurer 'Min River' {term}")).ok();
            desk.damaged(2);
        },
        command: "claim new DH-261118-YX-1 --what 'crate crushed' --loss SHELF=2@120 --loss 'new crates=1@60.50'",
        header: &[
            ("相关单据", "Record", "DH-261118-YX-1"),
            ("保险单号", "Policy", "min river"),
            ("出险日期", "Day of loss", "2026.11.18"),
            ("出险经过", "What happened", "crate crushed"),
        ],
        heads: &[("受损物品", "Lost"), ("数量", "Quantity"), ("单件价值", "Value of one"), ("金额", "Amount")],
        lines: &[&["SHELF", "2", "#120", "240.00"], &["new crates", "1", "¥60.5", ""]],
        beside: "",
    },
];

impl Case {
    fn of(form: &str) -> &'static Case {
        CASES.iter().find(|case| case.form == form).unwrap()
    }

    /// A desk that has all but the record.
    fn desk(&self) -> Desk {
        let desk = Desk::mending();
        (self.before)(&desk);
        desk
    }

    /// The form filled in. In English or Chinese by its labels; `both` has both.
    fn filled(&self, desk: &Desk, tongue: &str, flags: &str) -> Paper {
        let printed = match tongue {
            "both" => format!("--both {flags}"),
            lang => format!("--lang {lang} {flags}"),
        };
        let mut paper = Paper::blank(desk, self.form, &printed);
        let label = |zh: &str, en: &str| match tongue {
            "zh" => zh.to_string(),
            "en" => en.to_string(),
            _ => format!("{zh} {en}"),
        };
        for (zh, en, value) in self.header {
            paper.put(paper.beside(&label(zh, en)), value);
        }
        for (at, line) in self.lines.iter().enumerate() {
            for ((zh, en), value) in self.heads.iter().zip(*line).filter(|(_, value)| !value.is_empty()) {
                paper.put(paper.below(&label(zh, en), at as u32), value);
            }
        }
        paper
    }

    fn import(&self, file: &str) -> String {
        format!("import {} {file} {}", self.form, self.beside)
    }
}

/// The problems of a refusal: code and message.
fn told(desk: &Desk, command: &str) -> Vec<(String, String)> {
    let done = desk.cs(&format!("{command} --json")).refused(1);
    let problems: serde_json::Value = serde_json::from_str(&done.stderr).unwrap();
    let word = |p: &serde_json::Value, key: &str| p[key].as_str().unwrap().to_string();
    problems.as_array().unwrap().iter().map(|p| (word(p, "code"), word(p, "message"))).collect()
}

/// The same, each as `code A1`.
fn cells(desk: &Desk, command: &str) -> Vec<String> {
    let place = |message: &str| message.split(':').next().unwrap().to_string();
    told(desk, command).iter().map(|(code, message)| format!("{code} {}", place(message))).collect()
}

#[test]
fn every_form_filled_in_becomes_the_record_that_the_command_line_makes() {
    for case in CASES {
        let expect = case.desk();
        let number = expect.cs(case.command).ok().number();
        for (tongue, lines) in [("zh", ""), ("en", "--lines 40"), ("both", "--lines 3")] {
            let desk = case.desk();
            case.filled(&desk, tongue, lines).xlsx(&desk, "filled.xlsx");
            let done = desk.cs(&case.import("filled.xlsx")).ok();
            assert_eq!(done.number(), number, "{}", case.form);
            assert!(done.stderr.contains("next: ") || matches!(case.form, "receipt" | "score" | "call"), "{done}");
            assert!(desk.files() == expect.files(), "{} {tongue}:\n{done}", case.form);
            desk.is_sound();
        }
    }
}

/// A feedback form: it has no lines, its scores stand in a row below their heads.
const FEEDBACK: Case = Case {
    form: "visit",
    before: |_| (),
    command: "visit log acme --site PLAZA --channel desk --quality 2 --on-time 5 --satisfaction 3 \
              --content 'doors stick' --suggestion 'softer hinges' --praise spoken --need improvement",
    header: &[
        ("客户", "Customer", "Acme Retail"),
        ("门店", "Site", "PLAZA"),
        ("回访方式", "Channel", "前台来访"),
        ("反馈内容", "What you say", "doors stick"),
        ("建议", "Suggestion", "softer hinges"),
        ("客户需求", "Need", "需整改"),
        ("表扬", "Praise", "口头表扬"),
    ],
    heads: &[("产品质量", "Quality"), ("到货及时", "On time"), ("总体满意度", "Satisfaction")],
    lines: &[&["#2", "5", "3"]],
    beside: "",
};

#[test]
fn a_feedback_form_filled_in_becomes_the_visit() {
    let expect = FEEDBACK.desk();
    let number = expect.cs(FEEDBACK.command).ok().number();
    for tongue in ["zh", "en", "both"] {
        let desk = FEEDBACK.desk();
        FEEDBACK.filled(&desk, tongue, "").xlsx(&desk, "filled.xlsx");
        let done = desk.cs(&FEEDBACK.import("filled.xlsx")).ok();
        assert_eq!(done.number(), number);
        assert!(desk.files() == expect.files(), "{tongue}:\n{done}");
        desk.is_sound();
    }
    // A score that is none is refused at its cell.
    let desk = FEEDBACK.desk();
    let mut paper = FEEDBACK.filled(&desk, "en", "");
    paper.put(paper.below("Quality", 0), "6");
    paper.xlsx(&desk, "filled.xlsx");
    assert_eq!(cells(&desk, &FEEDBACK.import("filled.xlsx")).len(), 1);
}

#[test]
fn csv_of_the_same_in_either_encoding() {
    for case in CASES {
        let expect = case.desk();
        expect.cs(case.command).ok();
        for encoding in ["utf-8", "gb18030"] {
            let desk = case.desk();
            let text = case.filled(&desk, "zh", "").csv();
            let bytes = match encoding {
                "utf-8" => format!("\u{feff}{text}").into_bytes(),
                _ => encoding_rs::GB18030.encode(&text).0.into_owned(),
            };
            std::fs::write(desk.home().join("filled.csv"), bytes).unwrap();
            if encoding == "gb18030" {
                desk.cs(&case.import("filled.csv")).refused(1).says(["sheet.encoding", "--encoding gb18030"]);
            }
            desk.cs(&format!("{} --encoding {encoding}", case.import("filled.csv"))).ok();
            assert!(desk.files() == expect.files(), "{} {encoding}", case.form);
        }
    }
}

#[test]
fn one_commit_and_a_dry_run_writes_nothing() {
    let desk = Desk::new();
    let case = Case::of("order");
    case.filled(&desk, "en", "").xlsx(&desk, "o.xlsx");
    let before = (desk.files(), desk.head());
    desk.cs("import order o.xlsx --dry-run").ok().prints(["+customer = \"ACME\"", "+quantity = 10", "/dev/null"]);
    assert!(before == (desk.files(), desk.head()));
    let record = desk.cs("import order o.xlsx --json").ok().json();
    assert_eq!((&record["number"], &record["customer"]), (&"DD-261118-YX-1".into(), &"ACME".into()));
    assert_eq!(desk.git(&["log", "-1", "--format=%s"]), "DD-261118-YX-1 new\n");
    assert_eq!(desk.touched(), ["orders/2026/11/DD-261118-YX-1.toml"]);
}

#[test]
fn a_form_is_not_taken_over_twice_unless_told() {
    let mut desk = Desk::plain();
    let case = Case::of("order");
    let mut paper = case.filled(&desk, "zh", "");
    paper.xlsx(&desk, "o.xlsx");
    let number = desk.cs("import order o.xlsx").ok().number();
    desk.cs("import order o.xlsx").refused(1).says(["import.again", &number, "--again"]);
    desk.clock("2026-11-25 10:00");
    desk.cs("import order o.xlsx").refused(1).says(["import.again"]);
    // Another line, another date, or the first one void: it is another order.
    paper.put(paper.below("数量", 2), "3");
    paper.xlsx(&desk, "other.xlsx");
    desk.cs("import order other.xlsx").ok();
    desk.cs("import order o.xlsx --wanted-by 2026-12-11").ok();
    desk.cs("import order o.xlsx --again").ok();
    for order in ["DD-261125-YX-3", &number] {
        desk.cs("import order o.xlsx").refused(1).says(["import.again"]);
        desk.cs(&format!("void {order} --note twice")).by("LW").ok();
    }
    desk.cs("import order o.xlsx").ok();
}

#[test]
fn flags_go_before_the_file() {
    let desk = Desk::plain();
    let case = Case::of("order");
    let mut paper = case.filled(&desk, "en", "");
    paper.put(paper.beside("Wanted by"), "soon");
    paper.xlsx(&desk, "o.xlsx");
    let flags = "--wanted-by 2026-12-24 --brand Bright --note 'by post' --line RACK=1@5";
    let record = desk.cs(&format!("import order o.xlsx {flags} --json")).ok().json();
    assert_eq!((&record["wanted_by"], &record["brand"]), (&"2026-12-24".into(), &"Bright".into()));
    assert_eq!(record["lines"].as_array().unwrap().len(), 1);
    assert_eq!(record["lines"][0]["model"], "RACK");
}

#[test]
fn rows_added_or_removed_outside_of_the_lines_are_refused_by_their_first_cells() {
    let desk = Desk::plain();
    let paper = Case::of("order").filled(&desk, "en", "");
    let (consignee, _) = paper.find("Consignee");
    for by in [1, -1] {
        // A row put in above the consignee; or the one above it removed.
        let mut changed = paper.moved(consignee, by);
        changed.cells.retain(|(row, _), text| by > 0 || *row != consignee - 1 || text != "Contact");
        changed.xlsx(&desk, "o.xlsx");
        let found = told(&desk, "import order o.xlsx");
        assert!((1..=3).contains(&found.len()), "{found:?}");
        assert!(found.iter().all(|(code, _)| code == "import.moved"), "{found:?}");
        let (row, first) = if by > 0 { (consignee + 1, "Consignee") } else { (consignee, "Contact") };
        assert!(found[0].1.starts_with(&format!("A{row}: \"{first}\" is printed here")), "{found:?}");
        desk.cs("import order o.xlsx").refused(1).says(["cs print --blank order --format xlsx"]);
    }
    // Among the lines they are no matter.
    let (head, _) = paper.find("Model");
    paper.moved(head + 2, 4).xlsx(&desk, "o.xlsx");
    desk.cs("import order o.xlsx").ok();
    paper.moved(head + 5, -2).xlsx(&desk, "o.xlsx");
    desk.cs("import order o.xlsx --again").ok();
    // Another form, and what is none.
    paper.xlsx(&desk, "o.xlsx");
    assert!(cells(&desk, "import parts o.xlsx").iter().all(|cell| cell.starts_with("import.moved")));
    std::fs::write(desk.home().join("x.csv"), "a,b\n1,2\n").unwrap();
    assert_eq!(cells(&desk, "import order x.csv").len(), 3);
    std::fs::write(desk.home().join("x.csv"), "").unwrap();
    assert_eq!(cells(&desk, "import order x.csv").len(), 3);
}

#[test]
fn everything_wrong_is_told_at_once_by_its_cell() {
    let desk = Desk::mending();
    let mut paper = Paper::blank(&desk, "repair", "--lang en");
    let mut wrong = Vec::new();
    let mut put = |paper: &mut Paper, code: &str, at: (u32, u32), text: &str| {
        paper.put(at, text);
        wrong.push(format!("{code} {}", cs::base::page::address(at.0 as usize, at.1 as usize)));
    };
    let beside = |paper: &Paper, label| paper.beside(label);
    let at = paper.find("Department");
    put(&mut paper, "import.printed", at, "Dept.");
    put(&mut paper, "import.outside", (2, 25), "beside the grid");
    put(&mut paper, "import.outside", (60, 0), "below it");
    let at = beside(&paper, "Customer");
    put(&mut paper, "list.unknown", at, "Nobody");
    let at = beside(&paper, "Made on");
    put(&mut paper, "field.value", at, "today");
    let at = beside(&paper, "Wanted by");
    put(&mut paper, "field.value", at, "12-10");
    let at = beside(&paper, "Arranged by (us/customer)");
    put(&mut paper, "field.value", at, "them");
    let at = beside(&paper, "Phone");
    put(&mut paper, "sheet.damaged", at, "#440981199001011234");
    let at = beside(&paper, "Site phone");
    put(&mut paper, "field.value", at, "139****34");
    let at = beside(&paper, "Shipment");
    put(&mut paper, "field.value", at, "-");
    let at = paper.below("Component", 2);
    paper.put(at, "lamp");
    let at = paper.below("Symptom", 2);
    put(&mut paper, "field.missing", at, "");
    let at = beside(&paper, "Fixture model");
    put(&mut paper, "list.unknown", at, "NONE");
    let at = beside(&paper, "Reporter");
    put(&mut paper, "field.missing", at, "");
    paper.cells.retain(|_, text| !text.is_empty());
    paper.xlsx(&desk, "r.xlsx");
    // The site is missing, too: what would have followed from it is not told.
    let at = paper.beside("Site");
    wrong.push(format!("field.missing {}", cs::base::page::address(at.0 as usize, at.1 as usize)));
    let mut found = cells(&desk, "import repair r.xlsx");
    found.sort();
    wrong.sort();
    assert_eq!(found, wrong);
    // The same of a CSV file, where no number is rounded.
    paper.save_csv(&desk, "r.csv");
    let found = cells(&desk, "import repair r.csv");
    assert_eq!(found.len(), wrong.len() - 1, "{found:?}");
    // And where nothing is filled in at all.
    Paper::blank(&desk, "repair", "--lang zh").xlsx(&desk, "r.xlsx");
    let found = cells(&desk, "import repair r.xlsx");
    assert_eq!(found.iter().filter(|cell| cell.starts_with("field.missing")).count(), 4, "{found:?}");
    assert!(found.contains(&"line.missing C11".to_string()), "{found:?}");
    desk.cs("import repair r.xlsx").lang("zh").refused(1).says(["缺少商场", "没有填写明细"]);
}

#[test]
fn what_follows_from_the_form_may_be_filled_in_and_must_be_right() {
    let desk = Desk::plain();
    let case = Case::of("order");
    let mut paper = case.filled(&desk, "en", "");
    let total = paper.find("Total").0;
    let amount = paper.find("Amount").1;
    for (at, text) in [
        (paper.beside("Ordered on"), "2026/11/18"),
        (paper.beside("Order no."), "DD-261118-YX-1"),
        ((total, amount), "11,805.00"),
        (paper.below("No.", 0), "1"),
        (paper.below("Name", 2), "Floor rack"),
    ] {
        paper.put(at, text);
    }
    paper.xlsx(&desk, "o.xlsx");
    desk.cs("import order o.xlsx").ok();
    let mut wrong = Vec::new();
    for (at, text) in [
        (paper.beside("Ordered on"), "2026-11-17"),
        (paper.beside("Order no."), "DD-1"),
        (paper.below("Name", 1), "in an empty line"),
        (paper.below("Name", 2), "Rack"),
        ((total, amount), "11805.50"),
        ((total, paper.find("Unit price").1), "room for nothing"),
    ] {
        paper.put(at, text);
        wrong.push(format!("import.derived {}", cs::base::page::address(at.0 as usize, at.1 as usize)));
    }
    paper.xlsx(&desk, "o.xlsx");
    let mut found = cells(&desk, "import order o.xlsx --again");
    found.sort();
    wrong.sort();
    assert_eq!(found, wrong);
}

#[test]
fn r15_the_totals_of_a_receipt_may_be_filled_in_and_must_be_right() {
    let case = Case::of("receipt");
    let desk = case.desk();
    let mut paper = case.filled(&desk, "zh", "");
    // What is still to come would not be short.
    paper.put(paper.beside("部分到货（是/否）"), "否");
    let row = paper.find("合计").0;
    for (head, total) in [("应到", "#10"), ("实收", "9"), ("短少", "1"), ("多发", "0")] {
        let column = paper.find(head).1;
        paper.put(paper.below(head, 0), total);
        paper.put((row, column), total);
    }
    let short = (row, paper.find("短少").1);
    paper.put(short, "2");
    paper.xlsx(&desk, "r.xlsx");
    let wrong = cs::base::page::address(short.0 as usize, short.1 as usize);
    assert_eq!(cells(&desk, "import receipt r.xlsx"), [format!("import.derived {wrong}")]);
    paper.put(short, "1");
    paper.xlsx(&desk, "r.xlsx");
    desk.cs("import receipt r.xlsx").ok();
}

#[test]
fn r4_what_a_form_comes_to_is_told_masked() {
    let case = Case::of("shipment");
    let desk = case.desk();
    desk.cs("carrier edit FAST --phone 02855550401").ok();
    let mut paper = case.filled(&desk, "en", "");
    // The carrier's contact stands last in its row, the phone beside it.
    let (row, _) = paper.find("Carrier");
    let contact = paper.last[paper.cells.range((row, 0)..(row + 1, 0)).next_back().unwrap().0] + 1;
    let at = (row, paper.last[&(row, contact)] + 1);
    paper.put(at, "02855550402");
    paper.xlsx(&desk, "s.xlsx");
    let told = desk.cs("import shipment s.xlsx").refused(1);
    assert!(told.stderr.contains("028******01") && !told.stderr.contains("02855550401"), "{told}");
    desk.cs("import shipment s.xlsx --reveal").refused(1).says(["02855550401"]);
    paper.put(at, "02855550401");
    paper.xlsx(&desk, "s.xlsx");
    desk.cs("import shipment s.xlsx").ok();
}

#[test]
fn a_grid_of_the_departments_own_comes_back_too() {
    let desk = Desk::plain();
    let grid = r#"form = "order"
title = { zh = "要货单", en = "Wish list" }
columns = 12
lines = 2

[[block]]
rows = [
  [ { label = { zh = "谁", en = "Who" }, span = 2 }, { field = "customer", span = 4 },
    { label = { zh = "何时", en = "When" }, span = 2 }, { field = "wanted_by", span = 4 } ],
  [ { label = { zh = "何处", en = "Where" }, span = 2 }, { field = "deliver_to", span = 10, height = 26 } ],
]

[[block]]
each = [
  [ { label = { zh = "要", en = "Please" }, span = 2 }, { field = "line.model", span = 10 } ],
  [ { label = { zh = "多少", en = "How many" }, span = 2 }, { field = "line.quantity", span = 10 } ],
]
"#;
    desk.write("forms/order.toml", grid);
    desk.write("forms/wish.toml", grid);
    let expect = {
        let to = "--wanted-by 2026-12-10 --consignee 'Acme Store 7' --deliver-to '7 Long Road'";
        desk.cs(&format!("order new --customer ACME {to} --line SHELF=10 --line RACK=2")).ok().number()
    };
    for (at, command) in ["import order", "import order --form wish"].iter().enumerate() {
        for lines in [2, 5] {
            let mut paper = Paper::blank(&desk, "order", &format!("--lang zh --lines {lines}"));
            paper.put(paper.beside("谁"), "ACME");
            paper.put(paper.beside("何时"), "2026-12-10");
            paper.put(paper.beside("何处"), "7 Long Road");
            let (first, _) = paper.find("要");
            for (row, text) in [(0, "SHELF"), (1, "10"), (2 * lines - 2, "RACK"), (2 * lines - 1, "2")] {
                paper.put((first + row, 2), text);
            }
            paper.xlsx(&desk, "o.xlsx");
            let number = desk.cs(&format!("{command} o.xlsx --again --consignee 'Acme Store 7'")).ok().number();
            let path = |number: &str| desk.read(&common::file_of(number));
            assert_eq!(path(&number), path(&expect), "{at} {lines}");
        }
    }
    desk.cs("import order o.xlsx").refused(1).says(["--consignee is missing"]);
    desk.cs("import repair o.xlsx --form wish").refused(1).says(["grid.kind"]);
    desk.cs("import order o.xlsx --form none").refused(1).says(["grid.unknown"]);
    desk.cs("import wish o.xlsx").refused(2);
}

#[test]
fn a_line_that_goes_on_in_another_block_is_one_line_and_one_that_has_no_cell_for_what_it_needs_is_refused() {
    let desk = Desk::plain();
    let grid = |second: &str| {
        format!(
            r#"form = "order"
title = {{ zh = "要货单", en = "Wish list" }}
columns = 12
lines = 3

[[block]]
each = [ [ {{ label = {{ zh = "要", en = "Please" }}, span = 2 }}, {{ field = "line.model", span = 10 }} ] ]

[[block]]
each = [ [ {{ label = {{ zh = "多少", en = "Many" }}, span = 2 }}, {{ field = "line.{second}", span = 10 }} ] ]
"#
        )
    };
    let rest = "--customer ACME --wanted-by 2026-12-10 --consignee 'Acme Store 7' --deliver-to '7 Long Road'";
    desk.write("forms/order.toml", grid("quantity"));
    let mut paper = Paper::blank(&desk, "order", "--lang en");
    let ((first, _), (second, _)) = (paper.find("Please"), paper.find("Many"));
    for (row, text) in [(first, "SHELF"), (first + 2, "RACK"), (second, "10"), (second + 2, "2")] {
        paper.put((row, 2), text);
    }
    paper.xlsx(&desk, "o.xlsx");
    let record = desk.cs(&format!("import order o.xlsx {rest} --json")).ok().json();
    let lines = record["lines"].as_array().unwrap();
    let models: Vec<_> =
        lines.iter().map(|l| (l["model"].as_str().unwrap(), l["quantity"].as_str().unwrap())).collect();
    assert_eq!(models, [("SHELF", "10"), ("RACK", "2")]);
    desk.write("forms/order.toml", grid("price"));
    assert_eq!(
        told(&desk, &format!("import order o.xlsx {rest}")),
        [
            ("field.missing".into(), "C3: Quantity is missing, and the form has no cell for it".into()),
            ("field.missing".into(), "C5: Quantity is missing, and the form has no cell for it".into()),
        ]
    );
}
