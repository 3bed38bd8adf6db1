//! The report of consults: over a month that was counted by hand, and over the sample department recounted from its
//! very rows.

mod memory;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use memory::Folder;
use memory::aftersales::lists;
use memory::report::{expect, figure, make, row, table, values};
use serde_json::Value;

const HEADS: &str = "at,by,number,do,channel,about,what,customer,phone,answer,to,step,note";

/// A row of a consult of YX: when, which of the day, what is done, and the rest of its cells.
fn put(text: &mut String, at: &str, number: &str, verb: &str, cells: [&str; 7]) {
    let [channel, kind, customer, answer, to, step, note] = cells;
    let (what, phone) = if matches!(verb, "new" | "ask-again") { ("x", "1") } else { ("", "") };
    let phone = if verb == "new" { phone } else { "" };
    let at = format!("{}:00+08:00", at.replace(' ', "T"));
    text.push_str(&format!(
        "{at},YX,{number},{verb},{channel},{kind},{what},{customer},{phone},{answer},{to},{step},{note}\n"
    ));
}

/// October: one answered, asked again, open since, handed on. November: six taken, one of them void.
fn november() -> Folder {
    let (mut october, mut november) = (format!("{HEADS}\n"), format!("{HEADS}\n"));
    let asked = |channel, kind, customer| [channel, kind, customer, "", "", "", ""];
    let answer = ["", "", "", "y", "", "", ""];
    let to = ["", "", "", "", "LL", "", ""];
    let none = [""; 7];
    put(&mut october, "2026-10-30 08:00", "ZX-261030-YX-1", "new", asked("mail", "price", "C1"));
    put(&mut october, "2026-10-30 09:40", "ZX-261030-YX-1", "answer", answer);
    put(&mut october, "2026-10-30 10:00", "ZX-261030-YX-1", "ask-again", none);
    put(&mut october, "2026-11-02 09:00", "ZX-261030-YX-1", "hand-on", to);
    // Ten minutes; exactly 24 hours; a minute more.
    put(&mut november, "2026-11-03 10:00", "ZX-261103-YX-1", "new", asked("hotline", "booking", "C1"));
    put(&mut november, "2026-11-03 10:10", "ZX-261103-YX-1", "answer", answer);
    put(&mut november, "2026-11-04 10:00", "ZX-261104-YX-1", "new", asked("hotline", "price", ""));
    put(&mut november, "2026-11-05 10:00", "ZX-261104-YX-1", "answer", answer);
    put(&mut november, "2026-11-05 10:00", "ZX-261105-YX-1", "new", asked("web", "price", "C2"));
    put(&mut november, "2026-11-06 10:01", "ZX-261105-YX-1", "answer", answer);
    // Asked again, and answered again within the hour.
    put(&mut november, "2026-11-07 10:00", "ZX-261105-YX-1", "ask-again", none);
    put(&mut november, "2026-11-07 10:40", "ZX-261105-YX-1", "answer", answer);
    // Void; open and in time; taken, answered next month.
    put(&mut november, "2026-11-08 10:00", "ZX-261108-YX-1", "new", asked("fax", "visit", ""));
    put(&mut november, "2026-11-08 10:05", "ZX-261108-YX-1", "void", ["", "", "", "", "", "", "twice"]);
    put(&mut november, "2026-11-30 23:00", "ZX-261130-YX-1", "new", asked("hotline", "complaint", "C1"));
    put(&mut november, "2026-12-01 08:00", "ZX-261130-YX-1", "answer", answer);
    let mut folder = lists();
    folder.file("consults/2026-10.csv", &october).file("consults/2026-11.csv", &november);
    let order = "customer = \"C1\"\nwanted_by = 2026-12-20\nconsignee = \"a\"\ndeliver_to = \"b\"\n";
    for (number, consult, steps) in [
        ("DD-261103-YX-1", "ZX-261103-YX-1", &[("new 2026-11-03 10:05", "")][..]),
        ("DD-261103-YX-2", "ZX-261103-YX-1", &[("new 2026-11-03 10:06", "")]),
        (
            "DD-261104-YX-1",
            "ZX-261104-YX-1",
            &[("new 2026-11-04 10:06", ""), ("void 2026-11-04 10:07", "note = \"x\"")],
        ),
        // Only in December: nothing that November knew.
        ("DD-261202-YX-1", "ZX-261105-YX-1", &[("new 2026-12-02 10:06", "")]),
    ] {
        let lines = "[[line]]\nmodel = \"M1\"\nquantity = 1";
        folder.form(number, &format!("{order}consult = \"{consult}\"\n{lines}"), steps);
    }
    let complaint = "channel = \"hotline\"\ncustomer = \"C1\"\ncontent = \"x\"\nconsult = \"ZX-261130-YX-1\"";
    folder.form("TS-261130-YX-1", complaint, &[("new 2026-11-30 23:10", "")]);
    folder
}

#[test]
fn each_figure_counts_what_its_name_says_and_names_its_records() {
    let folder = november();
    let report = make(&folder, "consults", "2026-11", "2026-12-05 09:00");
    let taken = "ZX-261103-YX-1 ZX-261104-YX-1 ZX-261105-YX-1 ZX-261130-YX-1";
    let answered = "ZX-261103-YX-1 ZX-261104-YX-1 ZX-261105-YX-1";
    let expect = |key: &str, value: &str, behind: &str| expect(&report, "consults", key, value, behind);
    expect("taken", "4", taken);
    expect("answered", "3", answered);
    // R27: four clocks; those of October were judged in October, that of the last evening in December.
    expect("answered_in_time", "75.0", answered);
    expect("minutes_to_answer", "40", answered);
    expect("handed_on", "1", "ZX-261030-YX-1");
    expect("asked_again", "1", "ZX-261105-YX-1");
    expect("turned", "50.0", taken);
    expect("open", "2", "ZX-261030-YX-1 ZX-261130-YX-1");
    expect("overdue", "1", "ZX-261030-YX-1");
    assert_eq!(values(figure(&report, "consults", "taken")), ["4", "1", "0"]);
    assert_eq!(values(figure(&report, "consults", "answered_in_time")), ["75.0", "50.0", "-"]);
    let by_kind = table(&report, "consults", "by_about");
    let keys = ["about", "taken", "answered", "turned", "open"];
    let rows: Vec<String> = (0..by_kind.rows.len()).map(|at| row(by_kind, at, &keys)).collect();
    assert_eq!(rows, ["booking 1 1 100.0 0", "complaint 1 0 100.0 1", "price 2 2 0.0 1"]);
    let conversion = table(&report, "consults", "conversion");
    let rows: Vec<String> = (0..4).map(|at| row(conversion, at, &["kind", "consults", "records", "rate"])).collect();
    assert_eq!(rows, ["order 1 2 25.0", "shipment 0 0 0.0", "repair 0 0 0.0", "complaint 1 1 25.0"]);
    let behind: Vec<String> = conversion.rows[0].records.iter().map(ToString::to_string).collect();
    assert_eq!(behind, ["DD-261103-YX-1", "DD-261103-YX-2", "ZX-261103-YX-1"]);
    let open = table(&report, "consults", "open");
    assert_eq!(row(open, 0, &["number", "about", "channel", "state"]), "ZX-261030-YX-1 price mail missed");
    assert_eq!(row(open, 1, &["number", "about", "channel", "state"]), "ZX-261130-YX-1 complaint hotline running");
}

#[test]
fn the_general_reports_tell_of_consults_in_short() {
    let folder = november();
    for (name, period, taken) in [("day", "2026-11-03", "1"), ("week", "2026-W45", "3"), ("month", "2026-11", "4")] {
        let report = make(&folder, name, period, "2026-12-05 09:00");
        assert_eq!(values(figure(&report, "consults", "taken"))[0], taken, "{name}");
    }
}

/// The sample's rows, each as its cells by their heads, month after month.
fn rows() -> Vec<BTreeMap<String, String>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-sample/consults");
    let mut months: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    months.sort();
    let mut rows = Vec::new();
    for month in months {
        let mut reader = csv::Reader::from_path(month).unwrap();
        let heads = reader.headers().unwrap().clone();
        let row =
            |row: csv::StringRecord| heads.iter().zip(&row).map(|(k, v)| (k.to_string(), v.to_string())).collect();
        rows.extend(reader.records().map(|record| row(record.unwrap())));
    }
    rows
}

/// Minutes of a moment that is written as `2026-11-18T10:00:00+08:00`, from the first of its year on.
fn minute(at: &str) -> i64 {
    let number = |from: usize, to: usize| at[from..to].parse::<i64>().unwrap();
    let days = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    ((days[number(5, 7) as usize - 1] + number(8, 10)) * 24 + number(11, 13)) * 60 + number(14, 16)
}

#[test]
fn r27_the_samples_report_is_recounted_from_its_rows() {
    let rows = rows();
    let void: BTreeSet<&String> =
        rows.iter().filter(|row| row["do"] == "void" && row["step"].is_empty()).map(|row| &row["number"]).collect();
    let month = "2026-10";
    let (mut taken, mut answers, mut met, mut judged, mut waits) = (0, BTreeSet::new(), 0, 0, Vec::new());
    let mut by_kind: BTreeMap<&str, u64> = BTreeMap::new();
    let mut asked: BTreeMap<&str, i64> = BTreeMap::new();
    for row in rows.iter().filter(|row| !void.contains(&row["number"])) {
        let (number, at, here) = (row["number"].as_str(), row["at"].as_str(), row["at"].starts_with(month));
        match row["do"].as_str() {
            "new" => {
                asked.insert(number, minute(at));
                if here {
                    taken += 1;
                    *by_kind.entry(&row["about"]).or_default() += 1;
                }
            }
            "ask-again" => drop(asked.insert(number, minute(at))),
            "answer" => {
                let wait = minute(at) - asked.remove(number).unwrap();
                if here {
                    answers.insert(number);
                    waits.push(wait);
                }
                // Judged where it was answered in time, else where it fell due.
                let late = wait > 24 * 60;
                let day_due = (minute(at) - wait + 24 * 60) / (24 * 60);
                let in_october = if late { (273 + 1..=273 + 31).contains(&day_due) } else { here };
                if in_october && at.starts_with("2026") {
                    judged += 1;
                    met += u64::from(!late);
                }
            }
            _ => {}
        }
    }
    waits.sort_unstable();
    let output = Command::new(env!("CARGO_BIN_EXE_cs"))
        .args(["-C", concat!(env!("CARGO_MANIFEST_DIR"), "/data-sample"), "--now", "2026-11-20 17:30"])
        .args(["report", "consults", month, "--json"])
        .env_remove("CS_DIR")
        .env_remove("CS_NOW")
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let section = &report["sections"][0];
    let figure = |key: &str| {
        let found = section["figures"].as_array().unwrap().iter().find(|figure| figure["key"] == key);
        found.unwrap()["value"].as_str().unwrap().to_string()
    };
    assert_eq!(figure("taken"), taken.to_string());
    assert_eq!(figure("answered"), answers.len().to_string());
    assert_eq!(figure("minutes_to_answer"), waits[(waits.len() - 1) / 2].to_string());
    let permille = (met * 2000 + judged) / (judged * 2);
    assert_eq!(figure("answered_in_time"), format!("{}.{}", permille / 10, permille % 10));
    let tables = section["tables"].as_array().unwrap();
    let kinds = tables.iter().find(|table| table["name"] == "by_about").unwrap();
    for row in kinds["rows"].as_array().unwrap() {
        let kind = row[0].as_str().unwrap();
        let expect = by_kind.get(kind).copied().unwrap_or_default().to_string();
        assert_eq!(row[1].as_str().unwrap(), expect, "{kind}");
    }
}
