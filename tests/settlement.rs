//! Settlement with carriers and agencies, end to end: statements against our records, decisions, payments (R16, R21).

mod common;

use common::{Desk, Done};
use serde_json::Value;

const REGISTER: &str = "settlements/2026-11.csv";
const HEADS: &str = "日期,运单号,运费,备注\n";
/// October's statement of FAST: one equal, one dearer, one that is none of ours, one billed twice.
const STATEMENT: &str = "2026-10-07,W1,800,\n2026-10-08,W2,950.50,加急\n2026-10-09,W9,120,\n2026-10-08,w 2,950.50,\n";

/// An order, and shipments of it with FAST in October: freight 800 as W1, 900 as W2, 700 without a waybill.
struct October {
    desk: Desk,
    /// The numbers of the three.
    sent: [String; 3],
}

fn october_of(mut desk: Desk) -> October {
    desk.clock("2026-10-06 10:00");
    let order = desk.order_of("SHELF=100@120");
    desk.cs(&format!("order confirm {order}")).ok();
    let sent = [("800", " --waybill W1"), ("900", " --waybill W2"), ("700", "")]
        .map(|(freight, waybill)| send(&desk, &order, "FAST", freight, waybill));
    desk.clock("2026-11-18 10:00");
    October { desk, sent }
}

fn october() -> October {
    october_of(Desk::plain())
}

/// A shipment of five shelves that departs now.
fn send(desk: &Desk, order: &str, carrier: &str, freight: &str, waybill: &str) -> String {
    let plan = format!("--carrier {carrier} --depart +1 --arrive +4 --packages 2 --volume 1.5 --freight {freight}");
    let number = desk.cs(&format!("ship new --order {order} {plan} --line SHELF=5")).ok().number();
    desk.cs(&format!("ship freight {number} --amount {freight}")).ok();
    desk.cs(&format!("ship approve {number}")).by("LW").ok();
    desk.cs(&format!("ship depart {number}{waybill}")).ok();
    number
}

impl October {
    /// Writes a statement into the home and imports it.
    fn import(&self, lines: &str) -> Done {
        self.file(lines);
        self.desk.cs("ship statement s.csv --carrier fast --month 2026-10").ok()
    }

    fn file(&self, lines: &str) {
        std::fs::write(self.desk.home().join("s.csv"), format!("{HEADS}{lines}")).unwrap();
    }

    fn decide(&self, rest: &str) -> Done {
        self.desk.cs(&format!("ship decide fast 2026-10 {rest}")).by("LW").ok()
    }

    fn settle(&self) -> Done {
        self.desk.cs("ship settle --carrier FAST --month 2026-10").by("LW").ok()
    }

    /// The comparison as it stands: `LINE NUMBER VERDICT PAYS PAID`, the number by its counter.
    fn stands(&self) -> Vec<String> {
        let rows = self.desk.cs("ship statement --carrier FAST --month 2026-10 --json").ok().json();
        let row = |row: &Value| {
            let text = |key: &str| row[key].as_str().unwrap_or("-").to_string();
            let number = row["number"].as_str().map_or("-", |number| number.rsplit('-').next().unwrap());
            format!("{} {number} {} {} {}", text("line"), text("verdict"), text("pays"), text("paid"))
        };
        rows.as_array().unwrap().iter().map(row).collect()
    }
}

#[test]
fn r16_a_statement_is_equal_differs_or_is_ours_or_theirs_only() {
    let october = october();
    let done = october.import(STATEMENT);
    done.says(["FAST", "2026-10", "1 equal, 1 differing, 1 ours only, 2 theirs only", "ship decide FAST 2026-10 3"]);
    assert_eq!(
        october.stands(),
        ["2 1 equal 800.00 -", "3 2 differs - -", "4 - theirs_only - -", "5 - theirs_only - -", "- 3 ours_only - -",]
    );
    let told = october.desk.cs("ship statement --carrier FAST --month 2026-10").ok();
    told.prints(["50.50", "billed twice, first on line 3", "nothing of ours fits", "not billed"]);
    let register = october.desk.read(REGISTER);
    assert!(register.contains("\"2026-10-08,W2,950.50,加急\""), "the line as it came: {register}");
    assert_eq!(register.lines().count(), 5);
    october.desk.is_sound();
}

#[test]
fn r16_before_the_statement_comes_nothing_differs_yet() {
    let october = october();
    assert_eq!(
        october.stands(),
        ["- 1 awaited - -", "- 2 awaited - -", "- 3 awaited - -"],
        "what is ours waits for the statement"
    );
    let asked = october.desk.cs("ship statement --carrier FAST --month 2026-10").ok();
    asked
        .prints(["no statement yet"])
        .says(["Fast Freight 2026-10: no statement yet; ours 2400.00, records: 3", "cs ship statement FILE"]);
    october
        .desk
        .cs("ship payment --carrier FAST --month 2026-10")
        .ok()
        .says(["no statement yet", "cs ship statement FILE"]);
    october.import(STATEMENT).says(["to be decided: 4; in dispute: 0; to pay 800.00, paid 0.00"]);
    let next = "next: cs ship decide FAST 2026-10 3 ";
    october.desk.cs("ship payment --carrier FAST --month 2026-10").ok().says(["to be decided: 4", next]);
}

#[test]
fn r16_our_number_in_any_cell_goes_before_the_waybill() {
    let october = october();
    let third = &october.sent[2];
    october.import(&format!("2026-10-07,W1,700,{third} 补\n"));
    assert_eq!(october.stands()[0], "2 3 equal 700.00 -");
    // Our own number is not told as theirs too.
    october.import(&format!("2026-10-07,{third},700,\n"));
    let rows = october.desk.cs("ship statement --carrier FAST --month 2026-10 --json").ok().json();
    assert_eq!((&rows[0]["verdict"], &rows[0]["reference"]), (&"equal".into(), &Value::Null));
    assert_eq!(rows[0]["text"], format!("2026-10-07 {third} 700"));
}

#[test]
fn r16_every_difference_is_decided_then_the_rest_is_booked_once() {
    let october = october();
    october.import(STATEMENT);
    let settle = "ship settle --carrier FAST --month 2026-10";
    let refused = october.desk.cs(settle).by("LW").refused(1);
    let refused = refused.says([
        "settlement.undecided",
        "line 3 is not decided: ours 900.00, theirs 950.50",
        "line 5 is not decided",
    ]);
    assert_eq!(refused.stderr.matches("settlement.undecided").count(), 4);
    october.decide("3 correct --amount 900 --note 'as agreed'");
    october.decide("4 accept --note 'unloading'");
    october.decide("5 accept --note oops");
    october.decide("5 dispute --note 'billed twice'").says(["differences left: 1"]);
    october.decide(&format!("{} accept --note 'free of charge'", &october.sent[2])).says([settle]);
    let before = october.desk.read(REGISTER);
    october.settle().says(["paid 1820.00; in dispute: 1"]);
    let after = october.desk.read(REGISTER);
    assert!(after.starts_with(&before), "only appended");
    assert_eq!(
        october.stands(),
        [
            "2 1 equal 800.00 800.00",
            "3 2 differs 900.00 900.00",
            "4 - theirs_only 120.00 120.00",
            "5 - theirs_only - -",
            "- 3 ours_only 0.00 0.00",
        ]
    );
    // Twice is once.
    october.settle().says(["nothing is left to be settled; paid 1820.00"]);
    assert_eq!(october.desk.read(REGISTER), after);
    october.desk.cs("ship payment --carrier FAST --month 2026-10").ok().prints(["Total", "1,820.00", "as agreed"]);
    let sheet = october.desk.cs("ship payment --carrier FAST --month 2026-10 --format csv").ok().stdout;
    assert!(sheet.contains(",950.50,,\"in dispute, not paid: billed twice\","), "{sheet}");
    assert!(sheet.lines().nth(1).is_some_and(|line| line.starts_with("Fast Freight,2026-10,2,")), "{sheet}");
    let rows = october.desk.cs("ship payment --carrier FAST --month 2026-10 --json").ok().json();
    assert_eq!((&rows[0]["party"], &rows[0]["by"]), (&"FAST".into(), &"LW".into()));
    // What is paid is not decided anew; what is in dispute may be, and is paid then.
    let again = "ship decide fast 2026-10 3 accept --note no";
    october.desk.cs(again).by("LW").refused(1).says(["settlement.settled"]);
    october.decide("5 correct --amount 10.50 --note 'half a truck'");
    october.settle().says(["paid 1830.50; in dispute: 0"]);
    october.desk.is_sound();
}

#[test]
fn r16_a_settlement_is_taken_back_with_a_reason_and_made_anew() {
    let october = october();
    october
        .import("2026-10-07,W1,800,\n2026-10-08,W2,900,\n2026-10-08,W3,700,FH-261006-YX-3\n")
        .says(["no differences"]);
    october.settle();
    let reverse = "ship settle --carrier FAST --month 2026-10 --reverse";
    october.desk.cs(reverse).by("LW").refused(1).says(["settlement.note"]);
    october.desk.cs(&format!("{reverse} --note 'wrong account'")).by("LW").ok();
    assert_eq!(october.stands()[0], "2 1 equal 800.00 -");
    october.settle().says(["paid 2400.00"]);
    october.desk.is_sound();
}

#[test]
fn r16_a_second_statement_replaces_the_first_until_something_is_paid() {
    let october = october();
    october.import("2026-10-07,W1,800,\n2026-10-08,W2,950,\n");
    let before = october.desk.read(REGISTER);
    october.import("2026-10-07,W1,800,\n2026-10-08,W2,950,\n").says(["on record already"]);
    assert_eq!(october.desk.read(REGISTER), before);
    october.decide("3 accept --note ok");
    let replaced = october.import("2026-10-07,W1,800,\n2026-10-08,W2,940,\n2026-10-09,FH-261006-YX-3,700,\n");
    replaced.says(["fall away and are to be made anew: 1"]);
    assert_eq!(
        october.stands(),
        ["2 1 equal 800.00 -", "3 2 differs - -", "4 3 equal 700.00 -"],
        "decisions were about the first statement"
    );
    october.decide("3 accept --note ok");
    october.settle().says(["paid 2440.00"]);
    october.file("2026-10-07,W1,1,\n");
    let third = "ship statement s.csv --carrier FAST --month 2026-10";
    october.desk.cs(third).refused(1).says(["settlement.settled", "--reverse --note WHY"]);
    october.desk.is_sound();
}

#[test]
fn r16_what_an_earlier_month_left_open_may_be_billed_later_and_never_twice() {
    let mut october = october();
    october.import("2026-10-07,W1,800,\n2026-10-08,W2,900,\n");
    october.decide(&format!("{} dispute --note 'not billed yet'", &october.sent[2]));
    october.settle().says(["paid 1700.00"]);
    let number = october.sent[2].clone();
    october.desk.clock("2026-12-01 10:00");
    let lines = format!("2026-11-30,W1,800,\n2026-11-30,X,700,{number}\n");
    october.file(&lines);
    let import = "ship statement s.csv --carrier FAST --month 2026-11";
    let rows = october.desk.cs(&format!("{import} --json")).ok().json();
    assert_eq!(
        (&rows[0]["verdict"], &rows[0]["why"]),
        (&"theirs_only".into(), &"settled in 2026-10 already, for 800.00".into())
    );
    assert_eq!((&rows[1]["verdict"], &rows[1]["number"]), (&"equal".into(), &number.as_str().into()));
    october.desk.cs("ship decide fast 2026-11 2 correct --amount 0 --note paid").by("LW").ok();
    october.desk.cs("ship settle --carrier FAST --month 2026-11").by("LW").ok().says(["paid 700.00"]);
    assert_eq!(october.stands().len(), 2, "October has nothing left open");
    october.desk.is_sound();
}

#[test]
fn r1_who_imports_neither_decides_nor_settles_and_limits_hold() {
    let october = october();
    october.file(STATEMENT);
    october.desk.cs("ship statement s.csv --carrier FAST --month 2026-10").by("LW").ok();
    let decide = "ship decide fast 2026-10 3 accept --note ok";
    october.desk.cs(decide).by("LW").refused(1).says(["sign.own"]);
    october.desk.cs(decide).by("YX").refused(1).says(["sign.role"]);
    let dear = "ship decide fast 2026-10 3 correct --amount 200000.01 --note ok";
    october.desk.cs(dear).by("WM").refused(1).says(["sign.limit"]);
    october.desk.cs(decide).by("WM").ok();
    october.desk.cs("ship decide fast 2026-10 4,5 dispute --note ask").by("WM").ok();
    october.desk.cs(&format!("ship decide fast 2026-10 {} accept --note free", &october.sent[2])).by("WM").ok();
    october.desk.cs("ship settle --carrier FAST --month 2026-10").by("LW").refused(1).says(["sign.own"]);
    october.desk.is_sound();
}

#[test]
fn r16_what_can_not_be_decided_is_refused_and_says_what_can() {
    let october = october();
    let refused = |rest: &str, told: &[&str]| {
        let done = october.desk.cs(&format!("ship decide fast 2026-10 {rest}")).by("LW").refused(1);
        done.says(told.iter().copied());
    };
    refused("3 accept --note ok", &["settlement.none", "cs ship statement FILE --carrier FAST --month 2026-10"]);
    october.import(STATEMENT);
    refused("2 accept --note ok", &["settlement.equal", "3, 4, 5, FH-261006-YX-3"]);
    refused("77 accept --note ok", &["settlement.line", "3, 4, 5, FH-261006-YX-3"]);
    refused("3 accept", &["settlement.note"]);
    refused("3 correct --note ok", &["settlement.amount"]);
    refused("3 accept --amount 5 --note ok", &["settlement.amount"]);
    refused("3 correct --amount many --note ok", &["settlement.amount"]);
    october.desk.cs("ship settle --carrier SLOW --month 2026-10").by("LW").refused(1).says(["settlement.none"]);
    october.desk.cs("ship settle --carrier SLOW --month 2026").by("LW").refused(1).says(["settlement.month"]);
    october.desk.cs("ship statement --carrier SLOW --month 2027-01").refused(1).says(["settlement.month"]);
}

#[test]
fn a_statement_with_something_wrong_is_refused_cell_by_cell_and_nothing_is_kept() {
    let october = october();
    let refused = |lines: &str, told: &[&str]| {
        october.file(lines);
        let done = october.desk.cs("ship statement s.csv --carrier FAST --month 2026-10").refused(1);
        done.says(told.iter().copied());
    };
    refused(
        "2026-10-07,W1,eight,\n2026-10-07,W2,,\n2026-10-07,4.40981E+17,1,\n",
        &["C2: ", "C3: ", "B4: ", "sheet.damaged"],
    );
    refused("2026-10-07,W1,800,\n合计,,900,\n", &["statement.total", "800.00"]);
    refused("", &["statement.empty"]);
    std::fs::write(october.desk.home().join("s.csv"), "when,what\n1,2\n").unwrap();
    let done = october.desk.cs("ship statement s.csv --carrier FAST --month 2026-10").refused(1);
    done.says(["table.heading", "--column amount=HEADING"]);
}

#[test]
fn columns_named_by_hand_are_remembered_for_the_sender() {
    let october = october();
    let write = |text: &str| std::fs::write(october.desk.home().join("s.csv"), text).unwrap();
    write("票据,实收,W\nW1,\"¥1,800.00\",x\n");
    let import = "ship statement s.csv --carrier FAST --month 2026-10";
    october.desk.cs(import).refused(1).says(["table.heading"]);
    october.desk.cs(&format!("{import} --column amount=实收 --column waybill=票据")).ok();
    assert_eq!(october.stands()[0], "2 1 differs - -");
    write("票据,实收,W\nW1,800,x\n");
    october.desk.cs(import).ok().says(["columns as last time: amount=实收,waybill=票据"]);
    assert_eq!(october.stands()[0], "2 1 equal 800.00 -");
    let other = "ship statement s.csv --carrier SLOW --month 2026-10";
    october.desk.cs(other).refused(1).says(["table.heading"]);
}

#[test]
fn a_dry_run_compares_and_writes_nothing() {
    let october = october();
    october.file(STATEMENT);
    let done = october.desk.cs("ship statement s.csv --carrier FAST --month 2026-10 --dry-run").refused(0);
    let done = done.prints(["differs"]).says(["nothing was written"]);
    assert!(!done.stderr.contains("next:"), "there is nothing to decide yet: {}", done.stderr);
}

#[test]
fn a_statement_is_one_commit_of_one_file() {
    let october = october_of(Desk::new());
    october.import(STATEMENT);
    assert_eq!(october.desk.touched(), [REGISTER]);
    assert_eq!(october.desk.git(&["log", "-1", "--format=%s"]), "FAST 2026-10 statement: 4 lines\n");
    october.decide("4,5 dispute --note ask");
    assert_eq!(october.desk.git(&["log", "-1", "--format=%s"]), "FAST 2026-10 decide: 4 5 dispute\n");
}

#[test]
fn r16_two_clones_that_began_the_months_register_merge_without_conflict() {
    let october = october_of(Desk::new());
    let desk = &october.desk;
    let driver = ["config", "merge.cs.driver", "cs merge-driver %O %A %B"];
    let clone = |name: &str| {
        desk.git_in(desk.home(), &["clone", "-q", "desk", name]);
        desk.git_in(&desk.home().join(name), &driver);
        desk.home().join(name)
    };
    let (north, south) = (clone("north"), clone("south"));
    october.file(STATEMENT);
    let import = |root: &std::path::Path, by: &str, carrier: &str, now: &str| {
        let line = format!("ship statement s.csv --carrier {carrier} --month 2026-10");
        desk.cs(&line).env("CS_DIR", root).by(by).now(now).ok();
    };
    import(&north, "YX", "FAST", "2026-11-18 11:00");
    import(&south, "ZL", "SLOW", "2026-11-18 10:30");
    import(&south, "ZL", "FAST", "2026-11-18 10:40");
    desk.git_in(&south, &["pull", "-q", "--no-rebase", "--no-edit", "../north", "main"]);
    assert_eq!(desk.git_in(&south, &["status", "--porcelain"]), "");
    let merged = std::fs::read_to_string(south.join(REGISTER)).unwrap();
    assert_eq!(merged.lines().count(), 13, "{merged}");
    desk.cs("check --quiet").env("CS_DIR", &south).now("2026-11-18 12:00").ok().silent();
    // The later import counts.
    let later = "2026-11-18 12:00";
    let line = "ship decide fast 2026-10 3,4,5,FH-261006-YX-3 dispute --note ask";
    desk.cs(line).env("CS_DIR", &south).by("LW").now(later).ok();
    let line = "ship settle --carrier FAST --month 2026-10";
    desk.cs(line).env("CS_DIR", &south).by("LW").now(later).ok().says(["paid 800.00"]);
    assert!(std::fs::read_to_string(south.join(REGISTER)).unwrap().contains("settle,freight,FAST,2026-10,YX-1,2"));
}

#[test]
fn r16_a_month_is_due_to_be_settled_on_its_last_day_until_it_is() {
    let mut october = october();
    october.desk.clock("2026-11-02 09:00");
    let due = |desk: &Desk| {
        let duties = desk.todo("--until 2026-11-02");
        let of = |d: &&Value| d["rule"] == "R16";
        let told = |d: &Value| format!("{} {} {}", d["number"], &d["due"].as_str().unwrap()[..16], d["command"]);
        duties.iter().filter(of).map(|d| told(d).replace('"', "")).collect::<Vec<_>>()
    };
    let month = "FAST 2026-10 2026-10-31T18:00 cs ship";
    assert_eq!(due(&october.desk), [format!("{month} statement FILE --carrier FAST --month 2026-10")]);
    october.import(STATEMENT);
    let decide = "decide FAST 2026-10 LINE accept|dispute|correct --note WHY";
    assert_eq!(due(&october.desk), [format!("{month} {decide}")]);
    october.decide("3,4,5 dispute --note ask");
    october.decide("FH-261006-YX-3 accept --note free");
    assert_eq!(due(&october.desk), [format!("{month} settle --carrier FAST --month 2026-10")]);
    october.settle();
    assert_eq!(due(&october.desk), [""; 0]);
    // Every line in dispute: what is ours and not billed is still to be decided.
    let october = self::october();
    october.import("2026-10-07,W1,8,\n");
    october.decide("2 dispute --note ask");
    assert_eq!(due(&october.desk).len(), 1);
}

#[test]
fn r16_what_is_over_is_settled_all_the_same() {
    let mut desk = Desk::plain();
    desk.clock("2026-10-06 10:00");
    let mut sent = Vec::new();
    for (freight, waybill) in [("800", " --waybill W1"), ("900", " --waybill W2")] {
        let order = desk.order_of("SHELF=5@120");
        desk.cs(&format!("order confirm {order}")).ok();
        let number = send(&desk, &order, "FAST", freight, waybill);
        desk.cs(&format!("order finish {order}")).ok();
        desk.cs(&format!("ship receive {number} --line SHELF=5 --packaging sound --received-by Joe")).ok();
        desk.cs(&format!("ship slip {number}")).ok();
        desk.cs(&format!("ship close {number}")).ok();
        desk.cs(&format!("order paid {order} --amount 600")).ok();
        desk.cs(&format!("order close {order}")).ok();
        sent.push(number);
    }
    desk.clock("2026-11-02 09:00");
    let due = |desk: &Desk| desk.todo("--until 2026-11-02").iter().filter(|d| d["rule"] == "R16").count();
    assert_eq!(due(&desk), 1);
    let october = October { desk, sent: [sent[0].clone(), sent[1].clone(), String::new()] };
    october.import("2026-10-07,W1,800,\n2026-10-07,W2,900,\n").says(["2 equal"]);
    let duties = october.desk.todo("--until 2026-11-02");
    assert_eq!(duties[0]["command"], "cs ship settle --carrier FAST --month 2026-10", "{duties:?}");
    october.settle();
    assert_eq!(due(&october.desk), 0);
}

/// Repairs accepted for BRIGHT in November: the first released, the second not.
fn november() -> (Desk, String, String) {
    let mut desk = Desk::mending();
    let (first, second) = (desk.accepted(), desk.accepted());
    desk.cs(&format!("repair reimburse {first}")).by("WM").ok();
    desk.clock("2026-12-01 10:00");
    (desk, first, second)
}

#[test]
fn r21_a_fee_that_is_not_released_can_be_held_back_however_right_the_bill_is() {
    let (desk, first, second) = november();
    std::fs::write(desk.home().join("f.csv"), format!("维修单号,维修费\n{first},300.50\n{second},300.50\n")).unwrap();
    desk.cs("repair statement f.csv --agency BRIGHT --month 2026-11").ok().says(["2 equal"]);
    let settle = "repair settle --agency BRIGHT --month 2026-11";
    let hold = "cs repair decide BRIGHT 2026-11 3 dispute --note WHY";
    desk.cs(settle).by("AS").refused(1).says(["settlement.held", hold]);
    desk.cs("repair decide BRIGHT 2026-11 2 dispute --note no").by("AS").refused(1).says(["settlement.equal"]);
    desk.cs("repair decide BRIGHT 2026-11 3 dispute --note 'not released'").by("AS").ok();
    desk.cs(settle).by("AS").ok().says(["paid 300.50; in dispute: 1"]);
    desk.cs(&format!("repair reimburse {second}")).by("WM").ok();
    desk.cs("repair decide BRIGHT 2026-11 3 accept --note released").by("AS").ok();
    desk.cs(settle).by("AS").ok().says(["paid 601.00; in dispute: 0"]);
    desk.is_sound();
}

#[test]
fn r21_an_agencys_fees_are_settled_like_freight_and_only_once_released() {
    let (desk, first, second) = november();
    let quote = desk.cs("repair quotes --all --json").ok().json();
    let quote = quote.as_array().unwrap().iter().find(|q| q["repair"] == second.as_str()).unwrap()["number"].clone();
    let text = format!("维修单号,维修费\n{first},300.50\n{},310\n", quote.as_str().unwrap());
    std::fs::write(desk.home().join("f.csv"), text).unwrap();
    let due = desk.todo("--until 2026-12-01");
    let due = due.iter().find(|d| d["number"] == "BRIGHT 2026-11").unwrap();
    assert_eq!(
        (&due["rule"], &due["command"]),
        (&"R21".into(), &"cs repair statement FILE --agency BRIGHT --month 2026-11".into())
    );
    let rows = desk.cs("repair statement f.csv --agency bright --month last-month --json").ok().json();
    let verdicts: Vec<_> = rows.as_array().unwrap().iter().map(|r| (&r["number"], &r["verdict"])).collect();
    assert_eq!(verdicts, [(&first.as_str().into(), &"equal".into()), (&second.as_str().into(), &"differs".into())]);
    desk.cs("repair decide BRIGHT 2026-11 3 accept --note 'longer way'").by("AS").ok();
    let settle = "repair settle --agency BRIGHT --month 2026-11";
    let release = format!("cs repair reimburse {second}");
    desk.cs(settle).by("AS").refused(1).says(["settlement.held", "R21", release.as_str()]);
    desk.cs(&format!("repair reimburse {second}")).by("WM").ok();
    desk.cs(settle).by("AS").ok().says(["paid 610.50"]);
    desk.cs("repair payment --agency BRIGHT --month 2026-11").ok().prints([first.as_str(), "610.50", "longer way"]);
    assert!(desk.todo("--until 2026-12-01").iter().all(|d| d["number"] != "BRIGHT 2026-11"));
    desk.is_sound();
}

#[test]
fn r16_the_freight_report_tells_where_each_month_stands_with_the_records_behind_it() {
    let october = october();
    let report = |period: &str| october.desk.cs(&format!("report freight {period} --json")).ok().json();
    let figures = |report: &Value| {
        let of = |f: &Value| format!("{}={}", f["key"], f["value"]).replace('"', "");
        report["sections"][0]["figures"].as_array().unwrap().iter().map(of).collect::<Vec<_>>().join(" ")
    };
    let before = report("2026-10");
    let nothing = "equal=0 differing=0 ours_only=0 theirs_only=0.00 undecided=0.00 disputed=0.00 to_pay=0.00 paid=0.00";
    assert_eq!(figures(&before), format!("claims=3 ours=2400.00 awaited=2400.00 theirs=0.00 {nothing}"));
    october.import(STATEMENT);
    october.decide("3 correct --amount 900 --note agreed");
    october.decide("5 dispute --note ask");
    let told = figures(&report("2026-10"));
    let sums = "claims=3 ours=2400.00 awaited=0.00 theirs=2821.00 equal=1 differing=1 ours_only=1 theirs_only=1070.50";
    assert_eq!(told, format!("{sums} undecided=820.00 disputed=950.50 to_pay=1700.00 paid=0.00"));
    october.decide("4,FH-261006-YX-3 dispute --note ask");
    october.settle();
    let after = report("2026-10");
    assert!(figures(&after).ends_with("undecided=0.00 disputed=1770.50 to_pay=0.00 paid=1700.00"), "{after}");
    let paid = after["sections"][0]["figures"].as_array().unwrap().iter().find(|f| f["key"] == "paid").unwrap();
    assert_eq!(paid["records"], serde_json::json!(&october.sent[..2]));
    let tables = after["sections"][0]["tables"].as_array().unwrap();
    assert_eq!(tables[0]["rows"].as_array().unwrap().len(), 1, "one carrier, one month");
    assert_eq!(tables[1]["rows"].as_array().unwrap().len(), 4, "four differences");
    // As it was before anything was entered; and November beside October.
    let then = october.desk.cs("report freight 2026-10 --json").now("2026-11-17 10:00").ok().json();
    assert_eq!(figures(&then), figures(&before));
    let november = report("2026-11");
    let paid = november["sections"][0]["figures"].as_array().unwrap().iter().find(|f| f["key"] == "paid").unwrap();
    assert_eq!((&paid["value"], &paid["previous"]), (&"0.00".into(), &"1700.00".into()));
}

#[test]
fn own_columns_and_line_ends_of_a_register_survive() {
    let october = october();
    let heads = "\u{feff}at,by,mine,event,account,party,month,statement,line,record,reference,amount,decision,text,file,columns,note";
    october.desk.write(REGISTER, format!("{heads}\r\n"));
    october.import("2026-10-07,W1,800,\n");
    let text = october.desk.read(REGISTER);
    let row =
        "2026-11-18T10:00:00+08:00,YX,,line,freight,FAST,2026-10,YX-1,2,,W1,800.00,,\"2026-10-07,W1,800\",s.csv,,";
    assert_eq!(text, format!("{heads}\r\n{row}\r\n"));
    // A register that lacks a column is not written to.
    october.desk.write(REGISTER, "at,by,event,account,party,month,statement\n");
    october.file("2026-10-07,W1,800,\n");
    october.desk.cs("ship statement s.csv --carrier FAST --month 2026-10").refused(1).says(["csv.no-column"]);
}

#[test]
fn a_statement_as_chinese_windows_saves_it_is_read_once_its_encoding_is_named() {
    let october = october();
    let text = format!("{HEADS}2026-10-07,W1,800,加急\n");
    let (bytes, ..) = encoding_rs::GB18030.encode(&text);
    std::fs::write(october.desk.home().join("s.csv"), bytes).unwrap();
    let import = "ship statement s.csv --carrier FAST --month 2026-10";
    october.desk.cs(import).refused(1).says(["--encoding gb18030"]);
    october.desk.cs(&format!("{import} --encoding gb18030")).ok();
    assert!(october.desk.read(REGISTER).contains("加急"));
}

#[test]
fn what_a_statement_takes_off_is_taken_off() {
    let october = october();
    october
        .import("2026-10-07,W1,800,\n2026-10-07,W2,900,\n2026-10-08,W3,700,FH-261006-YX-3\n2026-10-31,,-50,破损扣款\n");
    october.decide("5 accept --note 'damage of W1'");
    october.settle().says(["paid 2350.00"]);
    october.desk.is_sound();
}

#[test]
fn r66_a_payment_for_what_was_voided_afterwards_is_told() {
    let october = october();
    october.import("2026-10-07,W1,800,\n2026-10-07,W2,900,\n2026-10-08,W3,700,FH-261006-YX-3\n");
    october.settle();
    october.desk.cs(&format!("void {} --note 'never left'", &october.sent[2])).by("LW").ok();
    assert_eq!(october.desk.found(), [format!("settlement.void {REGISTER}:7:1")]);
    october.desk.cs("ship settle --carrier FAST --month 2026-10 --reverse --note 'never left'").by("LW").ok();
    october.desk.is_sound();
    assert_eq!(october.stands()[2], "4 3 theirs_only - -");
    let refused = october.desk.cs("ship decide fast 2026-10 4 accept --note x").by("LW").refused(1);
    refused.says(["settlement.held", "void"]);
}

#[test]
fn r16_with_an_earlier_now_nothing_is_paid_twice() {
    let october = october();
    october.import("2026-10-07,W1,800,\n2026-10-07,W2,900,\n2026-10-08,W3,700,FH-261006-YX-3\n");
    let settle = "ship settle --carrier FAST --month 2026-10";
    october.desk.cs(settle).by("LW").now("2026-11-18 09:00").refused(1).says(["settlement.time", "2026-11-18 10:00"]);
    october.desk.cs(settle).by("LW").now("2026-11-18 12:00").ok().says(["paid 2400.00"]);
    october.desk.cs(settle).by("LW").now("2026-11-18 11:00").ok().says(["nothing is left to be settled"]);
    let reverse = format!("{settle} --reverse --note x");
    october.desk.cs(&reverse).by("LW").now("2026-11-18 11:00").refused(1).says(["settlement.time"]);
    october.desk.cs("check --quiet").now("2026-11-18 12:00").ok().silent();
}

/// Two clones of a desk, their merge driver set up.
fn clones(desk: &Desk) -> [std::path::PathBuf; 2] {
    ["north", "south"].map(|name| {
        desk.git_in(desk.home(), &["clone", "-q", "desk", name]);
        let root = desk.home().join(name);
        desk.git_in(&root, &["config", "merge.cs.driver", "cs merge-driver %O %A %B"]);
        root
    })
}

fn merge(desk: &Desk, [into, from]: &[std::path::PathBuf; 2]) {
    desk.git_in(into, &["pull", "-q", "--no-rebase", "--no-edit", from.to_str().unwrap(), "main"]);
}

#[test]
fn r16_what_two_clones_settled_both_is_told_and_taken_back_at_once() {
    let october = october_of(Desk::new());
    let desk = &october.desk;
    let lines = "2026-10-07,W1,800,\n2026-10-07,W2,900,\n2026-10-08,W3,700,FH-261006-YX-3\n";
    let settle = "ship settle --carrier FAST --month 2026-10";
    let import = "ship statement s.csv --carrier FAST --month 2026-10";
    for own_statements in [false, true] {
        october.file(lines);
        if !own_statements {
            desk.cs(import).ok();
        }
        let roots = clones(desk);
        for ((root, by), at) in roots.iter().zip(["YX", "ZL"]).zip(["11:00", "11:10"]) {
            let now = format!("2026-11-18 {at}");
            if own_statements {
                october.file(&lines.replace("W3", at));
                desk.cs(import).env("CS_DIR", root).by(by).now(&now).ok();
            }
            desk.cs(settle).env("CS_DIR", root).by("LW").now(&now).ok().says(["paid 2400.00"]);
        }
        merge(desk, &roots);
        let run = |line: &str| desk.cs(line).env("CS_DIR", &roots[0]).by("LW").now("2026-11-18 12:00");
        let told = run("check").refused(1);
        assert_eq!(
            told.stderr.matches("settlement.twice").count() + told.stdout.matches("settlement.twice").count(),
            3
        );
        run(&format!("{settle} --reverse --note 'settled twice'")).ok();
        run("check --quiet").ok().silent();
        run(settle).ok().says(["paid 2400.00"]);
        run("check --quiet").ok().silent();
        for root in &roots {
            std::fs::remove_dir_all(root).unwrap();
        }
    }
}

#[test]
fn r16_a_shipment_of_another_carrier_or_month_is_named_and_not_paid_here() {
    let mut october = october();
    october.desk.clock("2026-10-07 10:00");
    let order = october.desk.order_of("SHELF=100@120");
    october.desk.cs(&format!("order confirm {order}")).ok();
    let slow = send(&october.desk, &order, "SLOW", "500", " --waybill S1");
    october.desk.clock("2026-11-03 10:00");
    let later = send(&october.desk, &order, "FAST", "600", " --waybill L1");
    let plan = "--carrier FAST --depart +1 --arrive +4 --packages 2 --volume 1.5 --freight 50";
    let waiting = october.desk.cs(&format!("ship new --order {order} {plan} --line SHELF=5")).ok().number();
    october.desk.clock("2026-11-18 10:00");
    let rest = "2026-10-07,W1,800,\n2026-10-07,W2,900,\n2026-10-08,W3,700,FH-261006-YX-3\n";
    october.import(&format!("{rest},x,500,{slow}\n,S1,500,\n,y,600,{later}\n,z,50,{waiting}\n"));
    let rows = october.desk.cs("ship statement --carrier FAST --month 2026-10 --json").ok().json();
    let told = |at: usize| (rows[at]["number"].as_str().unwrap(), rows[at]["why"].as_str().unwrap());
    assert_eq!(told(3), (slow.as_str(), "belongs to SLOW"));
    assert_eq!(told(4), (slow.as_str(), "belongs to SLOW"));
    assert_eq!(told(5), (later.as_str(), "belongs to 2026-11"));
    assert_eq!(told(6), (waiting.as_str(), "has not departed"));
    let refused = october.desk.cs("ship decide fast 2026-10 5,6,7,8 accept --note x").by("LW").refused(1);
    assert_eq!(refused.stderr.matches("settlement.held").count(), 4, "{}", refused.stderr);
    october.desk.cs("ship decide fast 2026-10 5 correct --amount 1 --note x").by("LW").refused(1);
    october.decide("5,6,7 dispute --note x");
    october.decide("8 correct --amount 0 --note x");
    october.settle().says(["paid 2400.00; in dispute: 3"]);
    october.desk.is_sound();
}

#[test]
fn r21_a_repair_that_is_not_accepted_or_not_ours_to_pay_is_named_and_not_paid() {
    let mut desk = Desk::mending();
    let (open, other) = (desk.repaired(), desk.accepted());
    desk.clock("2026-12-01 10:00");
    std::fs::write(desk.home().join("f.csv"), format!("维修单号,维修费\n{open},300.50\n{other},300.50\n")).unwrap();
    let stands = |agency: &str| {
        let rows = desk.cs(&format!("repair statement --agency {agency} --month 2026-11 --json")).ok().json();
        rows.as_array().unwrap().iter().map(|r| format!("{} {}", r["number"], r["why"])).collect::<Vec<_>>()
    };
    desk.cs("repair statement f.csv --agency BRIGHT --month 2026-11").ok();
    assert_eq!(stands("BRIGHT")[0], format!("\"{open}\" \"not accepted yet\""));
    let refused = desk.cs("repair decide BRIGHT 2026-11 2 accept --note x").by("AS").refused(1);
    refused.says(["settlement.held", "not accepted yet", "decide BRIGHT 2026-11 2 dispute"]);
    let agencies = desk.read("lists/agencies.csv");
    let second = agencies.lines().skip(1).find_map(|l| l.split(',').next().filter(|c| *c != "BRIGHT")).unwrap();
    desk.cs(&format!("repair statement f.csv --agency {second} --month 2026-11")).ok();
    assert_eq!(stands(second)[1], format!("\"{other}\" \"belongs to BRIGHT\""));
    let decide = format!("repair decide {second} 2026-11 3 accept --note x");
    desk.cs(&decide).by("AS").refused(1).says(["settlement.held"]);
}

#[test]
fn r21_a_payment_for_a_repair_that_is_no_longer_released_is_told() {
    let (desk, first, _) = november();
    std::fs::write(desk.home().join("f.csv"), format!("维修单号,维修费\n{first},300.50\n")).unwrap();
    desk.cs("repair statement f.csv --agency BRIGHT --month 2026-11").ok();
    let rows = desk.cs("repair statement --agency BRIGHT --month 2026-11 --json").ok().json();
    let second = rows[1]["number"].as_str().unwrap();
    desk.cs(&format!("repair decide BRIGHT 2026-11 {second} accept --note 'not billed'")).by("AS").ok();
    desk.cs("repair settle --agency BRIGHT --month 2026-11").by("AS").ok();
    desk.is_sound();
    let record = desk.cs(&format!("show {first} --json")).ok().json();
    let steps = record["steps"].as_array().unwrap();
    let release = steps.iter().position(|step| step["do"] == "reimburse").unwrap() + 1;
    desk.cs(&format!("void {first} --step {release} --note mistaken")).by("WM").ok();
    let told = desk.cs("check").refused(1);
    let told = format!("{}{}", told.stdout, told.stderr);
    assert!(
        told.contains("settlement.shaken") && told.contains("300.50) and changed since: fee not released"),
        "{told}"
    );
    assert!(told.contains("cs repair settle --agency BRIGHT --month 2026-11 --reverse --note WHY"), "{told}");
    desk.cs("repair settle --agency BRIGHT --month 2026-11 --reverse --note mistaken").by("AS").ok();
    desk.is_sound();
}

#[test]
fn r16_two_clones_statements_of_a_month_are_told_until_one_is_imported_again() {
    let october = october_of(Desk::new());
    let desk = &october.desk;
    let import = "ship statement s.csv --carrier FAST --month 2026-10";
    let roots = clones(desk);
    let run = |line: &str, root: usize, by: &str, at: &str| {
        desk.cs(line).env("CS_DIR", &roots[root]).by(by).now(&format!("2026-11-18 {at}"))
    };
    october.file("2026-10-07,W1,810,\n");
    run(import, 0, "YX", "11:00").ok();
    run("ship decide fast 2026-10 2 accept --note ok", 0, "LW", "11:05").ok();
    october.file("2026-10-07,W1,820,\n");
    run(import, 1, "ZL", "11:10").ok();
    run("check --quiet", 0, "LW", "11:20").ok().silent();
    merge(desk, &roots);
    let told = run("check", 0, "LW", "12:00").refused(1);
    let told = format!("{}{}", told.stdout, told.stderr);
    assert!(told.contains("settlement.fork") && told.contains("ZL-1 counts, YX-1 no longer does"), "{told}");
    run(import, 0, "YX", "12:10").ok();
    run("check --quiet", 0, "LW", "12:20").ok().silent();
}
