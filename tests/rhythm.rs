//! What the general reports tell of a period beyond single kinds: who did what for which brand, hard cases, meetings.

mod common;

use common::Desk;
use serde_json::{Value, json};

fn section(desk: &Desk, report: &str, name: &str) -> Value {
    let report = desk.cs(&format!("report {report} --json")).ok().json();
    report["sections"]
        .as_array()
        .unwrap()
        .iter()
        .find(|section| section["name"] == name)
        .cloned()
        .unwrap_or(Value::Null)
}

fn table<'s>(section: &'s Value, name: &str) -> &'s Value {
    let tables = section["tables"].as_array().unwrap();
    tables.iter().find(|table| table["name"] == name).unwrap_or(&Value::Null)
}

/// The cells of a table under some of its columns.
fn cells(table: &Value, columns: &[&str]) -> Vec<Vec<String>> {
    let heads: Vec<&str> = table["columns"].as_array().unwrap().iter().map(|column| column.as_str().unwrap()).collect();
    let at = |key: &&str| heads.iter().position(|head| head == key).unwrap_or_else(|| panic!("{key}: {heads:?}"));
    let cell = |row: &Value, key: &&str| row[at(key)].to_string().trim_matches('"').to_string();
    let rows = table["rows"].as_array().unwrap();
    rows.iter().map(|row| columns.iter().map(|key| cell(row, key)).collect()).collect()
}

#[test]
fn the_week_tells_by_specialist_and_brand_of_what_customers_said_too() {
    let desk = Desk::complaining();
    desk.order();
    let complaint = desk.complaint("");
    let visit = desk.cs("visit log ACME --satisfaction 4 --suggestion 'a wider shelf'").ok().number();
    let voided = desk.cs("visit log ACME --satisfaction 4 --suggestion 'a lower shelf'").ok().number();
    desk.cs(&format!("void {voided} --note twice")).ok();
    let people = section(&desk, "week", "people");
    let by = table(&people, "by_specialist_and_brand");
    let columns = ["code", "brand", "taken", "visits", "complaints", "suggestions"];
    assert_eq!(cells(by, &columns), [["YX", "Acme", "1", "1", "1", "1"]]);
    let records = by["records"][0].to_string();
    assert!(records.contains(&complaint) && records.contains(&visit) && !records.contains(&voided), "{records}");
}

#[test]
fn r50_the_week_tells_the_workload_score_of_each_person() {
    let mut desk = Desk::plain();
    let done = desk.cs("work plan 'verify the agencies' --due 2026-11-19").ok().number();
    desk.cs("work plan 'sort the slips' --due 2026-11-20").ok();
    desk.cs("work plan 'call the carrier' --due 2026-11-24").by("ZL").ok();
    desk.cs(&format!("work done {done} --result 'all of them'")).ok();
    desk.clock("2026-11-21 09:00");
    let people = section(&desk, "week 2026-W47", "work");
    let scores = cells(table(&people, "people"), &["person", "due", "on_time", "score", "next"]);
    assert!(scores.contains(&["Yang Xue", "2", "1", "50.0", "0"].map(String::from).to_vec()), "{scores:?}");
    assert!(scores.iter().any(|row| row[1..] == ["0", "0", "null", "1"]), "{scores:?}");
}

#[test]
fn hard_cases_are_major_complaints_and_what_was_overdue_when_the_week_ended() {
    let mut desk = Desk::complaining();
    desk.complaint("");
    let major = desk.complaint("--criteria media");
    let hard = section(&desk, "week", "hard");
    assert_eq!(hard["figures"][0]["value"], json!("1"));
    assert_eq!(cells(table(&hard, "major"), &["number", "state"]), [[major.as_str(), "new"]]);
    assert_eq!(table(&hard, "overdue"), &Value::Null, "nothing is late yet");
    // A week on it has been late for days; the week that is over tells what was late when it ended.
    desk.clock("2026-11-25 09:00");
    let late = section(&desk, "week 2026-W47", "hard");
    let overdue = cells(table(&late, "overdue"), &["rule", "number"]);
    assert!(overdue.contains(&vec!["R29".to_string(), major.clone()]), "{overdue:?}");
    desk.cs(&format!("complain hand-on {major} --to CO")).ok();
    assert_eq!(section(&desk, "week 2026-W47", "hard"), late);
}

#[test]
fn r51_meetings_and_their_to_dos_stand_in_the_general_reports() {
    let mut desk = Desk::plain();
    assert_eq!(section(&desk, "week", "meetings"), Value::Null, "nothing is told where nobody meets");
    let called =
        |desk: &Desk| desk.cs("meet new weekly --when '2026-11-20 10:00' --host LW --topics all").ok().number();
    let (held, cancelled) = (called(&desk), called(&desk));
    desk.clock("2026-11-20 11:00");
    let todos = "--todo 'ZL=2026-11-24:call the carrier' --todo 'YX=2026-11-26:sort the slips'";
    desk.cs(&format!("meet minutes {held} --present 'LW;YX' --conclusions agreed --lasted 50 {todos}")).ok();
    desk.cs(&format!("meet cancel {cancelled} --reason 'called twice'")).ok();
    desk.clock("2026-11-25 09:00");
    desk.cs(&format!("meet todo-done {held} --todo 2")).ok();
    let figures = |report: &str| -> Vec<(String, u64)> {
        let section = section(&desk, report, "meetings");
        let figures = section["figures"].as_array().unwrap().iter();
        figures
            .map(|f| (f["key"].as_str().unwrap().to_string(), f["value"].as_str().unwrap().parse().unwrap()))
            .collect()
    };
    let named = |values: [u64; 6]| -> Vec<(String, u64)> {
        let keys = ["held", "cancelled", "todos", "todos_done", "todos_open", "todos_overdue"];
        keys.iter().map(|key| key.to_string()).zip(values).collect()
    };
    assert_eq!(figures("week 2026-W47"), named([1, 1, 2, 0, 2, 0]));
    assert_eq!(figures("week 2026-W48"), named([0, 0, 0, 1, 1, 1]));
    assert_eq!(figures("day 2026-11-20"), named([1, 1, 2, 0, 2, 0]));
    assert_eq!(figures("month 2026-11"), named([1, 1, 2, 1, 1, 1]));
    let listed = section(&desk, "week 2026-W47", "meetings");
    assert_eq!(
        cells(table(&listed, "meetings"), &["number", "state", "conclusions", "todos_open"]),
        [[held.as_str(), "held", "agreed", "2"], [cancelled.as_str(), "cancelled", "called twice", "0"]]
    );
}
