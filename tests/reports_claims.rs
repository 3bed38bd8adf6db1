//! The report of insurance claims, over a month that was counted by hand.

mod common;
mod memory;

use cs::reports::model::Report;
use memory::Folder;
use memory::aftersales::{lists, shipment, ticket};
use memory::report::{cell, expect, figure, make, row, table, values};

const LATER: &str = "2026-12-01 09:00";

fn header(record: &str, policy: &str, lost_on: &str, value: &str) -> String {
    format!(
        "record = \"{record}\"\npolicy = \"{policy}\"\nlost_on = {lost_on}\nwhat = \"压坏\"\n[[loss]]\nwhat = \"M1\"\nquantity = 2\nvalue = \"{value}\"\n"
    )
}

const TOLD: &str = "channel = \"hotline\"";
const FILED: &str = "papers = [\"receipt\"]";

fn amount(amount: &str) -> String {
    format!("amount = \"{amount}\"\nassessor = \"乔\"\n")
}

/// The claims of a November under a policy of each of two insurers, and one of October that was paid in it.
fn november() -> Folder {
    let mut folder = lists();
    folder.file(
        "lists/policies.csv",
        "number,insurer,kind,from,to,sum,premium\nP1,岷江,cargo,2026-01-01,2026-12-31,10000,2000\nP2,天府,cargo,2026-01-01,2026-12-31,5000,1000\nP3,过去,cargo,2025-01-01,2025-12-31,5000,1\n",
    );
    for (number, day) in [("FH-261001-YX-1", "2026-10-01"), ("FH-261102-YX-1", "2026-11-02")] {
        let (new, depart) = (format!("new {day} 10:00"), format!("depart {day} 12:00"));
        folder.form(number, &shipment("M1", 20), &[(&new, ""), (&depart, "")]);
    }
    let receipt = |shipment: &str, at: &str| {
        format!(
            "shipment = \"{shipment}\"\narrived_at = {at}:00+08:00\nreceived_by = \"陈\"\npackaging = \"damaged\"\n[[line]]\nmodel = \"M1\"\nreceived = 20\ndamaged = 9\n"
        )
    };
    folder
        .form("DH-261005-YX-1", &receipt("FH-261001-YX-1", "2026-10-05T10:00"), &[("new 2026-10-05 10:00", "")])
        .form("DH-261104-YX-1", &receipt("FH-261102-YX-1", "2026-11-04T10:00"), &[("new 2026-11-04 10:00", "")])
        .form(
            "WX-261109-LL-1",
            &ticket(("C2", "S2", "M2"), "", &["motor"]),
            &[("new 2026-11-09 10:00", ""), ("judge 2026-11-10 10:00", "cause = \"logistics\"")],
        )
        // Of October, told in time; assessed twice, paid in November.
        .form(
            "LP-261006-YX-1",
            &header("DH-261005-YX-1", "P1", "2026-10-05", "500"),
            &[
                ("new 2026-10-06 10:00", ""),
                ("notify 2026-10-06 11:00", TOLD),
                ("papers 2026-10-08 10:00", FILED),
                ("assessed 2026-10-30 10:00", &amount("700")),
                ("assessed 2026-11-03 10:00", &amount("800")),
                ("settled 2026-11-06 10:00", "amount = \"800\"\npaid_on = 2026-11-05"),
                ("corrective 2026-11-06 11:00", "action = \"x\"\ndepartment = \"y\"\ndue = 2026-11-20"),
                ("close 2026-11-20 11:00", ""),
            ],
        )
        // Told on the very minute; refused.
        .form(
            "LP-261104-YX-1",
            &header("DH-261104-YX-1", "P1", "2026-11-04", "300"),
            &[
                ("new 2026-11-04 11:00", ""),
                ("notify 2026-11-06 10:00", TOLD),
                ("refused 2026-11-16 10:00", "reason = \"包装\""),
            ],
        )
        // The same loss with the other insurer, told a minute late; refused, appealed, assessed.
        .form(
            "LP-261104-YX-2",
            &header("DH-261104-YX-1", "P2", "2026-11-04", "200"),
            &[
                ("new 2026-11-04 11:00", ""),
                ("notify 2026-11-06 10:01", TOLD),
                ("refused 2026-11-10 10:00", "reason = \"包装\""),
                ("appeal 2026-11-12 10:00", "reason = \"照片\""),
                ("assessed 2026-11-25 10:00", &amount("350.50")),
            ],
        )
        // Never told, and late.
        .form("LP-261110-LL-1", &header("WX-261109-LL-1", "P2", "2026-11-09", "50"), &[("new 2026-11-10 11:00", "")])
        // Withdrawn before anybody had to be told.
        .form(
            "LP-261111-LL-1",
            &header("FH-261102-YX-1", "P2", "2026-11-02", "10"),
            &[("new 2026-11-11 11:00", ""), ("withdraw 2026-11-11 12:00", "reason = \"x\"")],
        )
        .form(
            "LP-261112-LL-1",
            &header("FH-261102-YX-1", "P2", "2026-11-02", "4000"),
            &[("new 2026-11-12 11:00", ""), ("void 2026-11-12 12:00", "note = \"x\"")],
        );
    folder
}

fn claims() -> Report {
    make(&november(), "claims", "2026-11", LATER)
}

#[test]
fn r59_every_figure_of_claims_with_its_records() {
    let report = claims();
    let (old, refused, appealed, late, gone) =
        ("LP-261006-YX-1", "LP-261104-YX-1", "LP-261104-YX-2", "LP-261110-LL-1", "LP-261111-LL-1");
    for (key, value, behind) in [
        ("made", "4", [refused, appealed, late, gone].join(" ")),
        ("claimed", "1120.00", [refused, appealed, late, gone].join(" ")),
        // What was assessed last, once.
        ("assessed", "1150.50", [old, appealed].join(" ")),
        ("settled", "800.00", old.into()),
        ("refused", "1", refused.into()),
        ("refused_amount", "600.00", refused.into()),
        ("withdrawn", "1", gone.into()),
        ("closed", "1", old.into()),
        ("told_met", "1", refused.into()),
        ("told_missed", "2", [appealed, late].join(" ")),
        ("told_in_time", "33.3", [refused, appealed, late].join(" ")),
        // From 5 October to 5 November.
        ("days_to_pay", "31", old.into()),
        ("open", "3", [refused, appealed, late].join(" ")),
        ("pending", "500.00", [appealed, late].join(" ")),
        // 800 of 3000.
        ("loss_ratio", "26.7", old.into()),
    ] {
        expect(&report, "claims", key, value, &behind);
    }
    for (key, all) in [
        ("made", ["4", "1", "0"]),
        ("assessed", ["1150.50", "700.00", "0.00"]),
        ("settled", ["800.00", "0.00", "0.00"]),
        ("told_in_time", ["33.3", "100.0", "-"]),
        ("loss_ratio", ["26.7", "0.0", "0.0"]),
    ] {
        assert_eq!(values(figure(&report, "claims", key)), all, "{key}");
    }
}

#[test]
fn claims_by_policy_by_carrier_and_open() {
    let report = claims();
    let by_policy = table(&report, "claims", "by_policy");
    let keys =
        ["policy", "made", "claimed", "assessed", "settled", "refused", "told_met", "told_missed", "open", "sum"];
    assert_eq!(row(by_policy, 0, &keys), "P1 1 600.00 800.00 800.00 1 1 0 1 10000.00");
    assert_eq!(row(by_policy, 1, &keys), "P2 3 520.00 350.50 0.00 0 0 2 2 5000.00");
    assert_eq!(by_policy.rows.len(), 2);
    let keys = ["insurer", "left", "premium", "loss_ratio"];
    assert_eq!(row(by_policy, 0, &keys), "岷江 9200.00 2000.00 40.0");
    assert_eq!(row(by_policy, 1, &keys), "天府 4649.50 1000.00 0.0");
    let by_carrier = table(&report, "claims", "by_carrier");
    assert_eq!(by_carrier.rows.len(), 1, "the repair names no shipment");
    assert_eq!(row(by_carrier, 0, &["code", "made", "claimed", "settled", "open"]), "K1 3 1020.00 800.00 2");
    let open = table(&report, "claims", "open");
    let keys = ["number", "record", "carrier", "claimed", "assessed", "days_open"];
    assert_eq!(row(open, 0, &keys), "LP-261104-YX-1 DH-261104-YX-1 顺达 600.00 - 26");
    assert_eq!(row(open, 1, &keys), "LP-261104-YX-2 DH-261104-YX-1 顺达 400.00 350.50 26");
    assert_eq!(row(open, 2, &keys), "LP-261110-LL-1 WX-261109-LL-1 - 100.00 - 20");
    assert_eq!(cell(open, 2, "lost_on"), "2026-11-09");
}

#[test]
fn r43_what_was_missed_once_is_not_missed_again() {
    let report = make(&november(), "claims", "2026-12", LATER);
    expect(&report, "claims", "told_missed", "0", "");
    // The refusal came in November; the ratio is that of the terms.
    expect(&report, "claims", "refused", "0", "");
    expect(&report, "claims", "loss_ratio", "26.7", "LP-261006-YX-1");
}
