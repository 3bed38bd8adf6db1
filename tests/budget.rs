//! The budget (R64): what each kind of cost was to come to, what is spent, committed and left, in its report, in the
//! general ones and beside the figures that it concerns. Every sum here was made by hand.

mod common;

use common::{Desk, no};
use serde_json::Value;

/// A thousand a month for freight, and less for the others.
const BUDGET: &str =
    "[budget]\nfreight = 12000\nrepair_fees = 6000\nparts = 1200\ncompensation = 3600\ntraining = 2400\ngifts = 600\n";

/// The section on the budget of a report.
fn section(desk: &Desk, report: &str) -> Option<Value> {
    let report = desk.cs(&format!("report {report} --json")).ok().json();
    report["sections"].as_array().unwrap().iter().find(|found| found["name"] == "budget").cloned()
}

/// The rows of one of its tables, each cell by its column and the number of records at the end.
fn rows(desk: &Desk, report: &str, table: &str, columns: &[&str]) -> Vec<String> {
    let section = section(desk, report).unwrap();
    let table = section["tables"].as_array().unwrap().iter().find(|found| found["name"] == table).unwrap().clone();
    let heads = table["columns"].as_array().unwrap();
    let places: Vec<usize> = columns.iter().map(|key| heads.iter().position(|head| head == key).unwrap()).collect();
    let row = |(row, records): (&Value, &Value)| {
        let cells: Vec<&str> = places.iter().map(|&at| row[at].as_str().unwrap_or("-")).collect();
        format!("{} {}", cells.join(" "), records.as_array().unwrap().len())
    };
    table["rows"].as_array().unwrap().iter().zip(table["records"].as_array().unwrap()).map(row).collect()
}

const COLUMNS: [&str; 7] = ["cost", "budget", "spent", "committed", "left", "used", "standing"];

fn kinds(desk: &Desk, report: &str) -> Vec<String> {
    rows(desk, report, "by_kind", &COLUMNS)
}

/// The row of one kind in November.
fn kind(desk: &Desk, key: &str) -> String {
    let of_kind = |row: &String| row.starts_with(&format!("{key} "));
    let row = kinds(desk, "budget 2026-11").into_iter().find(of_kind).unwrap_or_default();
    row.trim_start_matches(key).trim_start().to_string()
}

/// The figures of the section, each as `key value`.
fn figures(desk: &Desk, report: &str) -> Vec<String> {
    let section = section(desk, report).unwrap();
    let told =
        |figure: &Value| format!("{} {}", figure["key"].as_str().unwrap(), figure["value"].as_str().unwrap_or("-"));
    section["figures"].as_array().unwrap().iter().map(told).collect()
}

fn budgeted() -> Desk {
    let desk = Desk::complaining();
    desk.write("policy.toml", BUDGET);
    desk
}

#[test]
fn r64_freight_is_committed_when_approved_and_spent_when_paid() {
    let desk = budgeted();
    let order = desk.confirmed();
    desk.shipment(&order, "SHELF=1");
    assert_eq!(kind(&desk, "freight"), "1000.00 0.00 0.00 1000.00 0.0 within 0");
    desk.approved(&order, "SHELF=1");
    assert_eq!(kind(&desk, "freight"), "1000.00 0.00 780.00 220.00 78.0 within 1");
    let gone = desk.departed(&order, "SHELF=1");
    assert_eq!(kind(&desk, "freight"), "1000.00 0.00 1560.00 -560.00 156.0 over 2");
    std::fs::write(desk.home().join("s.csv"), format!("No,Amount\n{gone},780\n")).unwrap();
    desk.cs("ship statement s.csv --carrier FAST --month this-month").ok();
    desk.cs("ship settle --carrier FAST --month this-month").by("LW").ok();
    assert_eq!(kind(&desk, "freight"), "1000.00 780.00 780.00 -560.00 156.0 over 2");
    desk.is_sound();
}

#[test]
fn r64_what_a_carrier_bills_beyond_ours_counts_once_it_is_accepted() {
    let desk = budgeted();
    let gone = desk.departed(&desk.confirmed(), "SHELF=1");
    std::fs::write(desk.home().join("s.csv"), format!("No,Amount\n{gone},900\n")).unwrap();
    desk.cs("ship statement s.csv --carrier FAST --month this-month").ok();
    assert_eq!(kind(&desk, "freight"), "1000.00 0.00 780.00 220.00 78.0 within 1");
    desk.cs("ship decide fast 2026-11 2 accept --note 'waited at the gate'").by("LW").ok();
    assert_eq!(kind(&desk, "freight"), "1000.00 0.00 900.00 100.00 90.0 within 1");
}

#[test]
fn r64_repair_fees_are_committed_when_the_quote_is_signed_and_only_where_we_pay() {
    let mut desk = budgeted();
    let ticket = desk.judged();
    let quote = desk.quote(&ticket);
    assert_eq!(kind(&desk, "repair_fees"), "500.00 0.00 0.00 500.00 0.0 within 0");
    desk.cs(&format!("repair approve {quote}")).by("AS").ok();
    assert_eq!(kind(&desk, "repair_fees"), "500.00 0.00 300.50 199.50 60.1 within 1");
    desk.cs(&format!("repair dispatch {ticket} --agency BRIGHT")).ok();
    desk.cs(&format!("repair repaired {ticket} --worker Hu")).ok();
    assert_eq!(kind(&desk, "repair_fees"), "500.00 0.00 300.50 199.50 60.1 within 1");
    // From the acceptance on it is owed, still once.
    desk.cs(&format!("repair accept {ticket} --rep 'Cai Yun' --photo photo.jpg")).ok();
    desk.cs(&format!("repair reimburse {ticket}")).by("AS").ok();
    assert_eq!(kind(&desk, "repair_fees"), "500.00 0.00 300.50 199.50 60.1 within 1");
    std::fs::write(desk.home().join("s.csv"), format!("No,Amount\n{ticket},300.50\n")).unwrap();
    desk.clock("2026-12-02 10:00");
    desk.cs("repair statement s.csv --agency BRIGHT --month 2026-11").ok();
    desk.cs("repair settle --agency BRIGHT --month 2026-11").by("LW").ok();
    // Paid in December, for November.
    assert_eq!(kind(&desk, "repair_fees"), "500.00 300.50 0.00 199.50 60.1 within 1");
    // What the customer broke costs us nothing.
    let theirs = desk.ticket("2026-03-01");
    desk.cs(&format!("repair judge {theirs} --cause human")).by("AS").ok();
    let quote = desk.quote(&theirs);
    desk.cs(&format!("repair approve {quote}")).by("AS").ok();
    assert_eq!(kinds(&desk, "budget 2026-12")[1], "repair_fees 500.00 0.00 0.00 500.00 0.0 within 0");
}

#[test]
fn r64_parts_compensation_and_gifts_are_spent_when_they_leave_the_house() {
    let desk = budgeted();
    let ticket = desk.judged();
    let parts = desk.cs(&format!("repair parts {ticket} --line 'bulb=3@15'")).ok().number();
    assert_eq!(kind(&desk, "parts"), "100.00 0.00 0.00 100.00 0.0 within 0");
    desk.cs(&format!("repair approve {parts}")).by("LW").ok();
    assert_eq!(kind(&desk, "parts"), "100.00 0.00 45.00 55.00 45.0 within 1");
    desk.cs(&format!("repair send {parts} --carrier FAST --waybill 1")).ok();
    assert_eq!(kind(&desk, "parts"), "100.00 45.00 0.00 55.00 45.0 within 1");

    let complaint = desk.complaint("");
    desk.settled(&complaint, "--compensation 200");
    assert_eq!(kind(&desk, "compensation"), "300.00 0.00 0.00 300.00 0.0 within 0");
    desk.cs(&format!("complain sign {complaint}")).by("DP").ok();
    assert_eq!(kind(&desk, "compensation"), "300.00 0.00 200.00 100.00 66.7 within 1");
    desk.cs(&format!("complain act {complaint} --paid 180")).ok();
    assert_eq!(kind(&desk, "compensation"), "300.00 180.00 0.00 120.00 60.0 within 1");

    let visit = desk.cs("visit log acme --satisfaction 5 --content well --gift tea --gift-cost 50.01").ok().number();
    assert_eq!(kind(&desk, "gifts"), "50.00 50.01 0.00 -0.01 100.0 over 1");
    desk.cs(&format!("void {visit} --note twice")).ok();
    assert_eq!(kind(&desk, "gifts"), "50.00 0.00 0.00 50.00 0.0 within 0");
    desk.is_sound();
}

#[test]
fn r64_training_is_committed_while_it_is_planned_and_spent_once_it_was_held() {
    let mut desk = budgeted();
    let plan = "train plan external --topic 'handling glass' --speaker 'the glazier' --attendees YX";
    let class = desk.cs(&format!("{plan} --when '2026-11-20 14:00' --cost 120")).ok().number();
    let dropped = desk.cs(&format!("{plan} --when '2026-11-27 14:00' --cost 150")).ok().number();
    desk.cs(&format!("{plan} --when '2026-12-02 14:00' --cost 90")).ok();
    // 120 + 150 of November's 2400 ÷ 12 = 200; December's counts there.
    assert_eq!(kind(&desk, "training"), "200.00 0.00 270.00 -70.00 135.0 over 2");
    desk.cs(&format!("train cancel {dropped} --reason 'the glazier is away'")).ok();
    desk.clock("2026-11-20 16:30");
    desk.cs(&format!("train held {class} --lasted 90")).ok();
    assert_eq!(kind(&desk, "training"), "200.00 120.00 0.00 80.00 60.0 within 1");
    assert_eq!(kinds(&desk, "budget 2026-12")[4], "training 200.00 0.00 90.00 110.00 45.0 within 1");
    desk.is_sound();
}

#[test]
fn r64_a_year_adds_up_its_months_and_the_general_reports_warn() {
    let mut desk = budgeted();
    desk.departed(&desk.confirmed(), "SHELF=1");
    let order = desk.confirmed();
    desk.departed(&order, "SHELF=1");
    desk.clock("2026-12-10 10:00");
    desk.departed(&order, "SHELF=1");
    assert_eq!(
        figures(&desk, "budget 2026"),
        [
            "budget 25800.00",
            "spent 0.00",
            "committed 2340.00",
            "left 23460.00",
            "used 9.1",
            "over 0.00",
            "unbudgeted 0.00"
        ]
    );
    let months = rows(&desk, "budget 2026-Q4", "by_month", &["month", "budget", "in_all", "left", "freight", "gifts"]);
    assert_eq!(
        months,
        [
            "2026-10 2150.00 0.00 2150.00 0.00 0.00 0",
            "2026-11 2150.00 1560.00 590.00 1560.00 0.00 2",
            "2026-12 2150.00 780.00 1370.00 780.00 0.00 1",
        ]
    );
    // November: freight is 560 beyond its budget, though all together is within.
    assert_eq!(figures(&desk, "month 2026-11")[3..], ["left 590.00", "used 72.6", "over 560.00", "unbudgeted 0.00"]);
    assert_eq!(kinds(&desk, "month 2026-11")[0], "freight 1000.00 0.00 1560.00 -560.00 156.0 over 2");
    // By the end of November eleven months of the year are budgeted.
    let so_far = rows(&desk, "month 2026-11", "to_date", &COLUMNS);
    assert_eq!(so_far[0], "freight 11000.00 0.00 1560.00 9440.00 14.2 within 2");
    assert_eq!(
        rows(&desk, "month 2026-12", "by_kind", &["cost", "committed", "previous", "last_year"])[0],
        "freight 780.00 1560.00 0.00 1"
    );
    desk.cs("report month 2026-11").ok().prints(["Budget", "over budget"]);
    desk.cs("report month 2026-11").lang("zh").ok().prints(["费用预算", "超预算", "本年累计"]);
    assert!(["quarter 2026-Q4", "year"].iter().all(|report| section(&desk, report).is_some()));
    assert!(["day", "week"].iter().all(|report| section(&desk, report).is_none()));
}

#[test]
fn r64_without_a_budget_costs_are_told_and_nothing_is_left() {
    let desk = Desk::complaining();
    desk.departed(&desk.confirmed(), "SHELF=1");
    assert!(["month", "quarter", "year"].iter().all(|report| section(&desk, report).is_none()));
    assert_eq!(kinds(&desk, "budget"), ["freight - 0.00 780.00 - - none 1"]);
    assert_eq!(
        figures(&desk, "budget"),
        ["budget -", "spent -", "committed -", "left -", "used -", "over -", "unbudgeted 780.00"]
    );
    // A budget of one kind leaves the others out: left is always the budget less what is spent and committed.
    desk.write("policy.toml", "[budget]\ngifts = 120\n");
    desk.cs("visit log acme --satisfaction 5 --content well --gift tea --gift-cost 20").ok();
    assert_eq!(
        figures(&desk, "budget"),
        [
            "budget 120.00",
            "spent 20.00",
            "committed 0.00",
            "left 100.00",
            "used 16.7",
            "over 0.00",
            "unbudgeted 780.00"
        ]
    );
}

/// The figures of a section that have a goal in money, each as `key value goal met`.
fn judged(desk: &Desk, report: &str, name: &str) -> Vec<String> {
    let report = desk.cs(&format!("report {report} --json")).ok().json();
    let sections = report["sections"].as_array().unwrap();
    let section = sections.iter().find(|found| found["name"] == name).unwrap();
    let figures = section["figures"].as_array().unwrap().iter();
    let told = |figure: &Value| {
        let goal = figure["goal"]["at_most"].as_str().filter(|_| figure["unit"] == "money")?;
        let text = |key: &str| figure[key].as_str().unwrap();
        Some(format!("{} {} {goal} {}", text("key"), text("value"), figure["met"]))
    };
    figures.filter_map(told).collect()
}

#[test]
fn r64_beside_a_figure_a_budget_is_named_as_one_and_what_goes_beyond_it_is_over() {
    let mut desk = Desk::complaining();
    desk.departed(&desk.confirmed(), "SHELF=1");
    desk.clock("2026-12-01 09:00");
    desk.write("policy.toml", "[budget]\nfreight = 12000\n");
    desk.cs("report freight 2026-11 --format md")
        .ok()
        .prints(["| Budget | Against the budget |", "| ≤ 1,000.00 | within budget |"]);
    desk.cs("report freight 2026-11 --format md")
        .lang("zh")
        .ok()
        .prints(["| 预算 | 执行情况 |", "| ≤ 1,000.00 | 预算内 |"]);
    desk.write("policy.toml", "[budget]\nfreight = 1200\n[goals]\nslips_in_time = \">= 90%\"\n");
    desk.cs("report freight 2026-11").ok().prints(["≤ 100.00  over by 680.00"]);
    desk.cs("report freight 2026-11").lang("zh").ok().prints(["≤ 100.00  超出 680.00"]);
    // Beside goals, both stand under one head.
    desk.cs("report month 2026-11 --format html").ok().prints([
        ">Goal or budget</th>",
        "<td class=\"code bad\" data-label=\"Against it\">over by 680.00</td>",
        "Freight: Spent 0.00, Committed 780.00, Budget 100.00, over budget",
    ]);
}

#[test]
fn r64_the_budget_stands_beside_the_costs_that_it_counts_and_beside_no_other_sum() {
    let mut desk = budgeted();
    let order = desk.confirmed();
    desk.departed(&order, "SHELF=1");
    // Approved and not gone: no freight of those departed, none of the carrier's, but a cost of the budget.
    desk.approved(&order, "SHELF=1");
    let freight = "freight_budgeted 1560.00 1000.00 false";
    assert_eq!(kind(&desk, "freight"), "1000.00 0.00 1560.00 -560.00 156.0 over 2");
    assert_eq!(judged(&desk, "month", "shipments"), [freight]);
    assert_eq!(judged(&desk, "freight", "freight"), [freight]);
    assert_eq!(judged(&desk, "quarter", "shipments"), ["freight_budgeted 1560.00 3000.00 true"]);
    assert_eq!(judged(&desk, "fees", "fees"), ["repair_fees_budgeted 0.00 500.00 true"]);
    let ticket = desk.judged();
    let quote = desk.quote(&ticket);
    desk.cs(&format!("repair approve {quote}")).by("AS").ok();
    let parts = desk.cs(&format!("repair parts {ticket} --line 'bulb=3@15'")).ok().number();
    desk.cs(&format!("repair approve {parts}")).by("LW").ok();
    let repairs = ["repair_fees_budgeted 300.50 500.00 true", "parts_budgeted 45.00 100.00 true"];
    assert_eq!(judged(&desk, "month", "after_sales"), repairs);
    assert_eq!(judged(&desk, "repairs", "repairs"), repairs);
    assert_eq!(judged(&desk, "fees", "fees"), repairs[..1]);
    let complaint = desk.complaint("");
    desk.settled(&complaint, "--compensation 301");
    desk.cs(&format!("complain sign {complaint}")).by("DP").ok();
    assert_eq!(judged(&desk, "complaints", "complaints"), ["compensation_budgeted 301.00 300.00 false"]);
    let class =
        desk.cs("train plan class --topic x --when '2026-11-18 09:00' --trainer LW --cost 200.01").ok().number();
    assert_eq!(judged(&desk, "training", "training"), ["training_budgeted 200.01 200.00 false"]);
    desk.cs(&format!("train held {class} --lasted 60")).ok();
    assert_eq!(judged(&desk, "month", "training"), ["training_budgeted 200.01 200.00 false"]);
    // A week has no budget of its own.
    assert_eq!(judged(&desk, "week", "shipments"), [""; 0]);
    desk.cs("report freight").ok().prints(["Freight against the budget", "≤ 1,000.00  over by 560.00 so far"]);
    desk.clock("2026-12-01 09:00");
    desk.cs("report freight 2026-11").ok().prints(["≤ 1,000.00  over by 560.00"]);
    desk.cs("report freight 2026-11").lang("zh").ok().prints(["运费（预算口径）", "超出 560.00"]);
}

#[test]
fn r64_part_of_a_month_has_no_budget_and_is_refused() {
    let desk = budgeted();
    for period in ["2026-11-05..2026-11-20", "2026-W47", "2026-11-18", "2026-11-01..2026-12-30"] {
        no(&desk, &format!("report budget {period}"), &["report.period", "whole months"], &["费用预算不能按", "整月"]);
    }
    for period in ["2026-11", "2026-11-01..2026-12-31", "2026-Q4", "2026-H2", "2026"] {
        desk.cs(&format!("report budget {period}")).ok();
    }
}

#[test]
fn r64_no_budget_at_all_is_told_with_the_place_to_set_one() {
    let desk = Desk::complaining();
    let told = desk.cs("report budget 2026").refused(0);
    assert_eq!(told.stderr, "no budget is set for 2026: policy.toml, [budget]\n");
    assert!(!told.stdout.contains("Month by month"), "no months of nothing: {told}");
    desk.cs("report budget").lang("zh").refused(0).says(["未设预算", "policy.toml", "[budget]"]);
    desk.write("policy.toml", BUDGET);
    assert_eq!(desk.cs("report budget 2026").refused(0).stderr, "");
}

#[test]
fn r64_a_budget_that_makes_no_sense_is_told() {
    let desk = Desk::plain();
    desk.write("policy.toml", "[budget]\nfrieght = 1\ngifts = [1, 2]\n");
    desk.cs("report budget").fails(1).says(["policy.toml:2:1", "did you mean freight?", "policy.toml:3:9", "twelve"]);
    desk.cs("report budget").lang("zh").fails(1).says(["预算 frieght（R64）写法不对", "十二个月的金额"]);
}

#[test]
fn r64_training_costs_what_it_came_to_in_the_month_in_which_it_was_held() {
    let mut desk = budgeted();
    let plan = "train plan external --topic glass --speaker 'the glazier' --attendees YX --when";
    let class = desk.cs(&format!("{plan} '2026-11-18 10:00' --cost 120")).ok().number();
    desk.cs(&format!("train held {class} --lasted 90 --cost 150")).ok();
    assert_eq!(kind(&desk, "training"), "200.00 150.00 0.00 50.00 75.0 within 1");
    // A test that is set is not sat.
    desk.cs("train plan test --speaker 'the glazier' --attendees YX --when '2026-11-30 09:00' --cost 20").ok();
    assert_eq!(kind(&desk, "training"), "200.00 150.00 20.00 30.00 85.0 within 2");
    // What is put on record later belongs there, too, whatever the period that is asked for.
    desk.clock("2026-12-02 10:00");
    let late = desk.cs(&format!("{plan} '2026-11-27 14:00' --cost 30")).ok().number();
    desk.cs(&format!("train held {late} --lasted 60")).ok();
    assert_eq!(kind(&desk, "training"), "200.00 180.00 20.00 0.00 100.0 within 3");
    desk.is_sound();
}
