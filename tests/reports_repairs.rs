//! The reports of repairs and of quality, over a month that was counted by hand.

mod common;
mod memory;

use common::Desk;
use cs::base::table::Table;
use cs::base::time::Zone;
use cs::base::words::Lang;
use cs::reports::model::Report;
use cs::show;
use memory::Folder;
use memory::aftersales::{G1, G2, MENDED, QUALITY, SENT, SIGNED, WORKING, lists, parts, quote, shipment, ticket};
use memory::report::{cell, expect, figure, make, row, section, table, values};

const LATER: &str = "2026-12-01 09:00";

/// The tickets of a November, one of October that runs on into it, one that ended in October, and one void.
fn november() -> Folder {
    let (c1, c2) = (("C1", "S1", "M1"), ("C2", "S2", "M2"));
    let mut folder = lists();
    folder
        .form(
            "WX-261012-YX-1",
            &ticket(c1, "made_on = 2026-03-01", &["glass"]),
            &[
                ("new 2026-10-12 10:00", ""),
                ("judge 2026-10-13 10:00", QUALITY),
                ("dispatch 2026-10-13 12:00", G1),
                ("repaired 2026-10-15 10:00", MENDED),
                ("accept 2026-10-15 11:00", SIGNED),
                ("follow-up 2026-10-16 10:00", WORKING),
                ("reimburse 2026-10-20 10:00", "amount = \"100\""),
                ("close 2026-10-21 10:00", ""),
            ],
        )
        .form(
            "BJ-261013-YX-1",
            &quote("WX-261012-YX-1", "G1", "100"),
            &[("new 2026-10-13 10:30", ""), ("approve 2026-10-13 11:00", "")],
        )
        // Ours, never followed up, its fee still owed.
        .form(
            "WX-261029-LL-1",
            &ticket(c2, "made_on = 2026-04-30\nwanted_by = 2026-11-03", &["motor", "motor"]),
            &[
                ("new 2026-10-29 10:00", ""),
                ("judge 2026-11-02 10:00", QUALITY),
                ("dispatch 2026-11-03 12:00", G1),
                ("repaired 2026-11-04 10:00", MENDED),
                ("accept 2026-11-05 10:00", SIGNED),
            ],
        )
        .form(
            "BJ-261102-LL-1",
            &quote("WX-261029-LL-1", "G1", "600"),
            &[("new 2026-11-02 11:00", ""), ("approve 2026-11-03 11:00", "")],
        )
        // Ours, quoted twice, all as it should be.
        .form(
            "WX-261102-YX-1",
            &ticket(c1, "made_on = 2026-01-10\nwanted_by = 2026-11-10", &["glass", "lamp"]),
            &[
                ("new 2026-11-02 10:00", ""),
                ("judge 2026-11-03 10:00", QUALITY),
                ("dispatch 2026-11-04 12:00", G1),
                ("repaired 2026-11-09 10:00", "worker = \"王\"\non = 2026-11-08"),
                ("accept 2026-11-10 10:00", SIGNED),
                ("follow-up 2026-11-12 10:00", WORKING),
                ("reimburse 2026-11-16 10:00", "amount = \"280\""),
                ("close 2026-11-20 10:00", ""),
            ],
        )
        .form(
            "BJ-261103-YX-1",
            &quote("WX-261102-YX-1", "G1", "300"),
            &[("new 2026-11-03 11:00", ""), ("approve 2026-11-04 11:00", "")],
        )
        .form(
            "BJ-261103-YX-2",
            &quote("WX-261102-YX-1", "G2", "400"),
            &[("new 2026-11-03 12:00", ""), ("decline 2026-12-01 08:30", "reason = \"高\"")],
        )
        // Past its warranty; the first repair did not help, the second was another agency's.
        .form(
            "WX-261105-YX-1",
            &ticket(c1, "made_on = 2025-06-01\nwanted_by = 2026-11-12", &["glass"]),
            &[
                ("new 2026-11-05 10:00", ""),
                ("judge 2026-11-06 10:00", QUALITY),
                ("dispatch 2026-11-09 10:00", G2),
                ("repaired 2026-11-14 10:00", MENDED),
                ("follow-up 2026-11-20 10:00", "result = \"faulty\""),
                ("dispatch 2026-11-23 10:00", G1),
                ("repaired 2026-11-25 10:00", MENDED),
                ("accept 2026-11-26 10:00", SIGNED),
                ("follow-up 2026-11-27 10:00", WORKING),
            ],
        )
        .form(
            "BJ-261106-YX-1",
            &quote("WX-261105-YX-1", "G2", "150"),
            &[("new 2026-11-06 11:00", ""), ("approve 2026-11-07 11:00", "")],
        )
        // Human damage, mended on the day, never followed up.
        .form(
            "WX-261110-LL-1",
            &ticket(c2, "", &["motor"]),
            &[
                ("new 2026-11-10 10:00", ""),
                ("judge 2026-11-11 10:00", "cause = \"human\""),
                ("dispatch 2026-11-12 10:00", G2),
                ("repaired 2026-11-12 15:00", MENDED),
            ],
        )
        // Damaged on the way; followed up on the last day.
        .form(
            "WX-261116-LL-1",
            &ticket(c2, "made_on = 2026-10-01", &["cover"]),
            &[
                ("new 2026-11-16 10:00", ""),
                ("judge 2026-11-17 10:00", "cause = \"logistics\""),
                ("dispatch 2026-11-18 12:00", G1),
                ("repaired 2026-11-20 10:00", MENDED),
                ("accept 2026-11-20 11:00", SIGNED),
                ("follow-up 2026-11-25 18:00", WORKING),
                ("close 2026-11-27 10:00", ""),
            ],
        )
        .form(
            "BJ-261117-LL-1",
            &quote("WX-261116-LL-1", "G1", "500"),
            &[("new 2026-11-17 11:00", ""), ("approve 2026-11-18 11:00", "")],
        )
        .form(
            "WX-261118-YX-1",
            &ticket(c1, "made_on = 2026-09-01", &["lamp"]),
            &[
                ("new 2026-11-18 10:00", ""),
                ("judge 2026-11-19 10:00", QUALITY),
                ("reject 2026-11-19 11:00", "reason = \"误报\""),
            ],
        )
        .form(
            "WX-261120-YX-1",
            &ticket(c1, "made_on = 2026-09-01", &["lamp"]),
            &[
                ("new 2026-11-20 10:00", ""),
                ("judge 2026-11-20 11:00", QUALITY),
                ("void 2026-12-01 08:00", "note = \"重复\""),
            ],
        )
        .form(
            "WX-261127-LL-1",
            &ticket(("C2", "S2", "M1"), "made_on = 2025-11-27\nwanted_by = 2026-11-29", &["lamp"]),
            &[("new 2026-11-27 10:00", "")],
        );
    folder
        .form("DD-261020-YX-1", "customer = \"C1\"\nwanted_by = 2026-11-20\nconsignee = \"店\"\ndeliver_to = \"路 1\"\n[[line]]\nmodel = \"M1\"\nquantity = 1", &[("new 2026-10-20 10:00", "")])
        .form(
            "LJ-261103-YX-1",
            &parts("WX-261102-YX-1", "part = \"glass\"\nquantity = 2\ncost = \"45\""),
            &[("new 2026-11-03 10:00", ""), ("approve 2026-11-03 11:00", ""), ("send 2026-11-03 18:00", SENT)],
        )
        .form(
            "LJ-261112-LL-1",
            &parts("WX-261110-LL-1", "part = \"motor\"\nquantity = 1\ncost = \"200\""),
            &[("new 2026-11-12 16:00", ""), ("approve 2026-11-13 09:00", ""), ("send 2026-11-13 10:00", SENT)],
        )
        .form(
            "LJ-261124-YX-1",
            &parts("DD-261020-YX-1", "part = \"screw\"\nquantity = 10\ncost = \"1.5\""),
            &[("new 2026-11-24 09:00", ""), ("approve 2026-11-24 10:00", ""), ("send 2026-11-24 12:00", SENT)],
        )
        .form(
            "LJ-261124-YX-2",
            &parts("WX-261102-YX-1", "part = \"lamp\"\nquantity = 1\ncost = \"900\""),
            &[("new 2026-11-24 16:00", ""), ("reject 2026-11-25 10:00", "reason = \"重复\"")],
        )
        .form(
            "LJ-261130-YX-1",
            &parts("WX-261105-YX-1", "part = \"glass\"\nquantity = 1"),
            &[("new 2026-11-30 10:00", "")],
        )
        .form("FH-251201-YX-1", &shipment("M2", 20), &[("new 2025-12-01 10:00", ""), ("depart 2025-12-02 10:00", "")])
        .form("FH-260301-YX-1", &shipment("M1", 40), &[("new 2026-03-01 10:00", ""), ("depart 2026-03-02 10:00", "")])
        .form("FH-261127-YX-1", &shipment("M1", 10), &[("new 2026-11-27 10:00", ""), ("depart 2026-11-28 10:00", "")])
        .form("FH-261129-YX-1", &shipment("M2", 5), &[("new 2026-11-29 10:00", ""), ("depart 2026-12-01 08:00", "")]);
    folder
}

fn rows(table: &Table, keys: &[&str]) -> Vec<String> {
    (0..table.rows.len()).map(|at| row(table, at, keys)).collect()
}

fn repairs() -> Report {
    make(&november(), "repairs", "2026-11", LATER)
}

fn quality() -> Report {
    make(&november(), "quality", "2026-11", LATER)
}

#[test]
fn r59_every_repair_figure_with_its_records() {
    let report = repairs();
    let (g, a, b, c, d) = ("WX-261029-LL-1", "WX-261102-YX-1", "WX-261105-YX-1", "WX-261110-LL-1", "WX-261116-LL-1");
    let (e, f) = ("WX-261118-YX-1", "WX-261127-LL-1");
    for (key, value, behind) in [
        ("taken", "6", [a, b, c, d, e, f].join(" ")),
        ("judged", "6", [g, a, b, c, d, e].join(" ")),
        ("mended", "5", [g, a, b, c, d].join(" ")),
        ("closed", "2", [a, d].join(" ")),
        ("rejected", "1", e.into()),
        ("open", "4", [g, b, c, f].join(" ")),
        ("overdue", "1", f.into()),
        // Wanted on the 10th and mended on the 8th, though recorded on the 9th; two came too late.
        ("mended_in_time", "33.3", [g, a, b].join(" ")),
        // 2, 4, 6, 6 and 9 days; the second repair of one is no second wait since the report.
        ("days_to_mend", "6", [g, a, b, c, d].join(" ")),
        ("fees", "280.00", a.into()),
        ("fees_owed", "600.00", g.into()),
        ("fees_customer", "150.00", b.into()),
        ("fees_carrier", "500.00", d.into()),
        ("parts_sent", "3", "LJ-261103-YX-1 LJ-261112-LL-1 LJ-261124-YX-1".into()),
        ("parts_cost", "305.00", "LJ-261103-YX-1 LJ-261112-LL-1 LJ-261124-YX-1".into()),
    ] {
        expect(&report, "repairs", key, value, &behind);
    }
    for (key, all) in [
        ("taken", ["6", "2", "0"]),
        ("mended", ["5", "1", "0"]),
        ("open", ["4", "1", "0"]),
        ("days_to_mend", ["6", "3", "-"]),
        ("fees", ["280.00", "100.00", "0.00"]),
    ] {
        assert_eq!(values(figure(&report, "repairs", key)), all, "{key}");
    }
}

#[test]
fn r22_each_repair_is_followed_up_in_time_or_not() {
    // Of six repairs of five tickets three in time: one on the last minute, one on the second repair of a ticket
    // whose first was asked after a day too late; two never.
    let all = "WX-261029-LL-1 WX-261102-YX-1 WX-261105-YX-1 WX-261110-LL-1 WX-261116-LL-1";
    expect(&repairs(), "repairs", "followed_in_time", "50.0", all);
    expect(&repairs(), "repairs", "still_faulty", "25.0", "WX-261102-YX-1 WX-261105-YX-1 WX-261116-LL-1");
    // Sent again before the follow-up fell due: it owes none.
    let mut folder = november();
    folder.step("WX-261110-LL-1", "dispatch 2026-11-16 10:00", G1);
    let report = make(&folder, "repairs", "2026-11", LATER);
    assert_eq!(values(figure(&report, "repairs", "followed_in_time"))[0], "60.0");
    // On the day after it fell due it does.
    let mut folder = november();
    folder.step("WX-261110-LL-1", "dispatch 2026-11-18 10:00", G1);
    let report = make(&folder, "repairs", "2026-11", LATER);
    assert_eq!(values(figure(&report, "repairs", "followed_in_time"))[0], "50.0");
    // Judged once: what was missed in November is not missed again.
    assert_eq!(values(figure(&make(&folder, "repairs", "2026-12", LATER), "repairs", "followed_in_time"))[0], "-");
}

#[test]
fn r25_parts_sent_on_the_working_day_on_which_they_were_asked_for() {
    // On the closing minute; the next morning; in time; not at all. What was turned down owes nothing.
    let judged = "LJ-261103-YX-1 LJ-261112-LL-1 LJ-261124-YX-1 LJ-261130-YX-1";
    expect(&repairs(), "repairs", "parts_in_time", "50.0", judged);
    // On the afternoon of the last day there is still time.
    let report = make(&november(), "repairs", "2026-11", "2026-11-30 17:00");
    assert_eq!(values(figure(&report, "repairs", "parts_in_time"))[0], "66.7");
}

#[test]
fn the_time_to_each_step_in_calendar_days() {
    let report = repairs();
    let steps = table(&report, "repairs", "steps");
    assert_eq!(
        rows(steps, &["step", "times", "median", "ninetieth", "worst", "slowest"]),
        [
            "reported → judged 6 1 4 4 WX-261029-LL-1",
            "judged → dispatched 5 1 3 3 WX-261105-YX-1",
            "dispatched → repaired 6 2 5 5 WX-261105-YX-1",
            "repaired → accepted 4 1 2 2 WX-261102-YX-1",
            "repaired → followed up 4 4 6 6 WX-261105-YX-1",
            "followed up → closed 2 2 8 8 WX-261102-YX-1",
            "reported → repaired 5 6 9 9 WX-261105-YX-1",
            "reported → closed 2 11 18 18 WX-261102-YX-1",
        ]
    );
    // Twice sent, twice mended, one ticket.
    assert_eq!(steps.rows[2].records.len(), 5);
}

#[test]
fn each_agency_answers_for_its_own_steps() {
    let report = repairs();
    let agencies = table(&report, "repairs", "by_agency");
    let keys = [
        "code",
        "agency",
        "sent",
        "mended",
        "days_to_repair",
        "still_faulty",
        "fees",
        "quotes",
        "quotes_won",
        "quotes_lost",
    ];
    // The quote that another beat has lost, though it was turned down only in December.
    assert_eq!(rows(agencies, &keys), ["G1 艺城 4 4 2 0.0 280.00 3 3 0", "G2 恒信 2 2 0 100.0 0.00 2 1 1"]);
    let december = make(&november(), "repairs", "2026-12", LATER);
    assert!(section(&december, "repairs").tables.iter().any(|t| t.name == "by_agency" && t.rows.is_empty()));
    let numbers: Vec<String> = agencies.rows[1].records.iter().map(ToString::to_string).collect();
    assert_eq!(
        numbers,
        ["BJ-261103-YX-2", "WX-261105-YX-1", "BJ-261106-YX-1", "WX-261110-LL-1"],
        "not the quotes of others"
    );
}

#[test]
fn repairs_by_city_customer_and_cause() {
    let report = repairs();
    let keys = [
        "taken",
        "mended",
        "days_to_mend",
        "still_faulty",
        "fees",
        "fees_customer",
        "fees_carrier",
        "parts_cost",
        "open",
        "overdue",
    ];
    let with = |heads: &[&'static str]| [heads, &keys].concat();
    assert_eq!(
        rows(table(&report, "repairs", "by_city"), &with(&["city"])),
        ["上海 3 3 4 0.0 0.00 0.00 500.00 200.00 3 1", "成都 3 2 6 33.3 280.00 150.00 0.00 90.00 1 0"]
    );
    // The parts for an order are its customer's too.
    assert_eq!(
        rows(table(&report, "repairs", "by_customer"), &with(&["code", "customer", "brand"])),
        [
            "C1 成都展示 Alpha 3 2 6 33.3 280.00 150.00 0.00 105.00 1 0",
            "C2 上海专柜 Beta 3 3 4 0.0 0.00 0.00 500.00 200.00 3 1",
        ]
    );
    assert_eq!(
        rows(table(&report, "repairs", "by_cause"), &with(&["cause"])),
        [
            "open 1 0 - - 0.00 0.00 0.00 0.00 1 1",
            "human 1 1 2 - 0.00 0.00 0.00 200.00 1 0",
            "logistics 1 1 4 0.0 0.00 0.00 500.00 0.00 0 0",
            "quality 3 3 6 33.3 280.00 150.00 0.00 90.00 2 0",
        ]
    );
}

#[test]
fn each_open_ticket_tells_who_pays_and_how_late_it_is() {
    let report = repairs();
    let open = table(&report, "repairs", "open");
    // A repair is wanted by a day; no goods arrive then.
    let wanted = open.columns.iter().find(|column| column.key == "wanted_by").unwrap();
    assert_eq!((wanted.name.en, wanted.name.zh), ("Wanted by", "要求完成日"));
    let keys = [
        "number",
        "customer",
        "site",
        "city",
        "model",
        "state",
        "cause",
        "payer",
        "days_open",
        "wanted_by",
        "days_late",
    ];
    assert_eq!(
        rows(open, &keys),
        [
            "WX-261029-LL-1 上海专柜 静安店 上海 M2 accepted quality us 32 2026-11-03 1",
            "WX-261105-YX-1 成都展示 春熙店 成都 M1 accepted quality customer 25 2026-11-12 13",
            "WX-261110-LL-1 上海专柜 静安店 上海 M2 repaired human customer 20 - -",
            "WX-261127-LL-1 上海专柜 静安店 上海 M1 reported open open 3 2026-11-29 1",
        ]
    );
}

#[test]
fn r59_every_quality_figure_with_its_records() {
    let report = quality();
    let (g, a, b, c, d) = ("WX-261029-LL-1", "WX-261102-YX-1", "WX-261105-YX-1", "WX-261110-LL-1", "WX-261116-LL-1");
    for (key, value, behind) in [
        // Judged in November, whenever reported; what was rejected is no fault.
        ("faults", "7", [g, a, b, c, d].join(" ")),
        ("faults_quality", "5", [g, a, b].join(" ")),
        ("faults_human", "1", c.into()),
        ("faults_logistics", "1", d.into()),
        ("faults_unjudged", "1", "WX-261127-LL-1".into()),
        // What departs in December is not shipped yet.
        ("pieces_shipped", "70", "FH-251201-YX-1 FH-260301-YX-1 FH-261127-YX-1".into()),
        ("quality_per_100", "7.14", [g, a, b].join(" ")),
        // 5, 9 and 17 months.
        ("age", "9", [g, a, b].join(" ")),
        ("in_warranty", "66.7", [g, a, b].join(" ")),
        ("fees", "280.00", a.into()),
        ("parts_quality", "90.00", "LJ-261103-YX-1".into()),
        ("cost", "370.00", [a, "LJ-261103-YX-1"].join(" ")),
        ("parts_other", "215.00", "LJ-261112-LL-1 LJ-261124-YX-1".into()),
    ] {
        expect(&report, "quality", key, value, &behind);
    }
    for (key, all) in [
        ("pieces_shipped", ["70", "60", "0"]),
        ("quality_per_100", ["7.14", "1.67", "-"]),
        ("age", ["9", "7", "-"]),
        ("cost", ["370.00", "100.00", "0.00"]),
    ] {
        assert_eq!(values(figure(&report, "quality", key)), all, "{key}");
    }
}

#[test]
fn a_pareto_of_models_and_components() {
    let report = quality();
    let pareto = table(&report, "quality", "pareto");
    let keys = [
        "model",
        "component",
        "faults_quality",
        "share",
        "cumulated",
        "shipped",
        "quality_per_100",
        "faults_human",
        "faults_logistics",
    ];
    assert_eq!(
        rows(pareto, &keys),
        [
            "M2 motor 2 40.0 40.0 20 10.00 1 0",
            "M1 glass 2 40.0 80.0 50 4.00 0 0",
            "M1 lamp 1 20.0 100.0 50 2.00 0 0",
            "M2 cover 0 0.0 100.0 20 0.00 0 1",
        ]
    );
    assert_eq!(cell(pareto, 0, "name"), "旋转展台");
    assert_eq!(pareto.rows[0].records.len(), 2);
}

#[test]
fn quality_by_model_cause_and_age() {
    let report = quality();
    let keys = [
        "model",
        "name",
        "shipped",
        "quality_per_100",
        "faults_quality",
        "faults_human",
        "faults_logistics",
        "age",
        "in_warranty",
        "fees",
        "parts_quality",
        "cost",
    ];
    assert_eq!(
        rows(table(&report, "quality", "by_model"), &keys),
        ["M1 玻璃展柜 50 6.00 3 0 0 9 50.0 280.00 90.00 370.00", "M2 旋转展台 20 10.00 2 1 1 5 100.0 0.00 0.00 0.00"]
    );
    assert_eq!(
        rows(table(&report, "quality", "by_cause"), &["cause", "tickets", "faults", "fees", "parts_cost"]),
        ["human 1 1 0.00 200.00", "logistics 1 1 0.00 0.00", "quality 3 5 280.00 90.00"]
    );
    assert_eq!(
        rows(table(&report, "quality", "by_age"), &["age", "tickets", "share", "in_warranty", "after_warranty"]),
        ["3 to 6 months 1 33.3 1 0", "6 to 12 months 1 33.3 1 0", "1 to 2 years 1 33.3 0 1"]
    );
}

#[test]
fn r18_judged_anew_counts_with_the_new_cause_where_it_was_judged() {
    let mut folder = november();
    folder.step("WX-261110-LL-1", "rejudge 2026-12-01 08:00", QUALITY);
    let figures = |period| {
        let report = make(&folder, "quality", period, LATER);
        ["faults_quality", "faults_human"].map(|key| values(figure(&report, "quality", key))[0].clone()).join(" ")
    };
    assert_eq!((figures("2026-11").as_str(), figures("2026-12").as_str()), ("5 1", "1 0"));
    assert_eq!(figures("2026-Q4"), "7 0", "October's one too");
}

#[test]
fn general_reports_hold_a_few_figures_of_after_sales() {
    for (name, period) in [("month", "2026-11"), ("week", "2026-W45"), ("day", "2026-11-03"), ("quarter", "2026-Q4")] {
        let report = make(&november(), name, period, LATER);
        let keys: Vec<&str> = section(&report, "after_sales").figures.iter().map(|f| f.key).collect();
        assert_eq!(keys, ["taken", "mended", "open", "overdue", "fees", "parts_cost"], "{name}");
    }
    let month = make(&november(), "month", "2026-11", LATER);
    for (key, all) in [
        ("taken", ["6", "2", "0"]),
        ("mended", ["5", "1", "0"]),
        ("open", ["4", "1", "0"]),
        ("overdue", ["1", "0", "0"]),
        ("fees", ["280.00", "100.00", "0.00"]),
        ("parts_cost", ["305.00", "0.00", "0.00"]),
    ] {
        assert_eq!(values(figure(&month, "after_sales", key)), all, "{key}");
    }
}

#[test]
fn what_comes_after_a_period_changes_neither_report() {
    let mut folder = november();
    folder
        .step("WX-261029-LL-1", "reimburse 2026-12-03 10:00", "amount = \"600\"")
        .step("WX-261029-LL-1", "follow-up 2026-12-03 11:00", WORKING)
        .step("WX-261029-LL-1", "close 2026-12-03 12:00", "")
        .step("WX-261127-LL-1", "judge 2026-12-02 10:00", QUALITY)
        .step("LJ-261130-YX-1", "approve 2026-12-02 10:00", "")
        .step("LJ-261130-YX-1", "send 2026-12-02 11:00", SENT)
        .form("FH-261202-YX-1", &shipment("M1", 99), &[("new 2026-12-02 10:00", ""), ("depart 2026-12-02 11:00", "")]);
    for name in ["repairs", "quality", "month"] {
        let then = make(&november(), name, "2026-11", LATER);
        assert_eq!(make(&folder, name, "2026-11", "2027-03-01 09:00").sections, then.sections, "{name}");
    }
}

#[test]
fn what_others_pay_counts_once_and_a_fee_is_owed_once_accepted() {
    let mut folder = november();
    // Accepted in November, sent and accepted again in December: its quote counts in November alone.
    folder
        .step("WX-261105-YX-1", "dispatch 2026-12-01 10:00", G1)
        .step("WX-261105-YX-1", "repaired 2026-12-02 10:00", MENDED)
        .step("WX-261105-YX-1", "accept 2026-12-03 10:00", SIGNED);
    let report = make(&folder, "repairs", "2026-12", "2026-12-31 09:00");
    assert_eq!(values(figure(&report, "repairs", "fees_customer")), ["0.00", "150.00", "0.00"]);
    // Before the rep has signed nothing is owed.
    let report = make(&folder, "repairs", "2026-11-04", LATER);
    assert_eq!(values(figure(&report, "repairs", "fees_owed"))[0], "0.00");
    let report = make(&folder, "repairs", "2026-11-05", LATER);
    expect(&report, "repairs", "fees_owed", "600.00", "WX-261029-LL-1");
}

#[test]
fn r60_the_same_reports_whatever_was_read_before() {
    let folder = november();
    for name in ["repairs", "quality", "month", "week"] {
        for period in ["2026-10", "2026-11", "2026-W47"] {
            let fresh = make(&folder, name, period, LATER);
            let book = folder.book(LATER);
            book.load_whole();
            cs::duties::duties(&book);
            let spec = cs::reports::named(name).unwrap();
            assert_eq!(cs::reports::report(&book, spec, fresh.period, fresh.input.clone()), fresh, "{name} {period}");
        }
    }
}

#[test]
fn both_reports_in_every_format_and_language() {
    for name in ["repairs", "quality"] {
        let report = make(&november(), name, "2026-11", LATER);
        for (lang, word) in [(Lang::En, "Cause"), (Lang::Zh, "故障原因")] {
            let canvas = show::Canvas::plain(lang, Zone::default());
            let drawn = [
                show::report::text(&report, true, &canvas),
                show::report::markdown(&report, true, &canvas),
                show::report::csv(&report, true, lang),
            ];
            for text in drawn {
                assert!(text.contains(word) && text.contains("WX-261105-YX-1"), "{text}");
            }
        }
        let json = show::report::json(&report).to_string();
        assert!(json.contains("\"quality\""), "a cause is a code to scripts: {json}");
    }
}

#[test]
fn a_department_without_repairs_has_empty_reports() {
    for name in ["repairs", "quality"] {
        let report = make(&lists(), name, "2026-11", LATER);
        assert!(report.sections[0].tables.iter().all(|table| table.rows.is_empty()));
        assert!(report.sections[0].figures.iter().all(|figure| figure.records.is_empty()));
    }
}

#[test]
fn r59_the_program_tells_repairs_and_quality_with_their_records() {
    let desk = Desk::mending();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    let ticket = desk.accepted();
    desk.cs(&format!("repair reimburse {ticket}")).by("AS").ok();
    let parts = desk.cs(&format!("repair parts {ticket} --line glass=2@45")).ok().number();
    desk.cs(&format!("repair approve {parts}")).by("AS").ok();
    desk.cs(&format!("repair send {parts} --carrier SF --waybill 1")).ok();
    let told = |report: &str, key: &str| {
        let json = desk.cs(&format!("report {report} 2026-11 --json")).ok().json();
        let figures = json["sections"][0]["figures"].as_array().unwrap().clone();
        let figure = figures.into_iter().find(|figure| figure["key"] == key).unwrap();
        (figure["value"].clone(), figure["unit"].clone(), figure["records"].clone())
    };
    for (report, key, value, unit, records) in [
        ("repairs", "mended", "1", "count", vec![ticket.as_str()]),
        ("repairs", "days_to_mend", "0", "days", vec![ticket.as_str()]),
        ("repairs", "fees", "300.50", "money", vec![ticket.as_str()]),
        ("repairs", "parts_in_time", "100.0", "percent", vec![parts.as_str()]),
        ("quality", "faults_quality", "2", "count", vec![ticket.as_str()]),
        ("quality", "pieces_shipped", "10", "count", vec![shipment.as_str()]),
        ("quality", "quality_per_100", "20.00", "per_100", vec![ticket.as_str()]),
        ("quality", "age", "8", "months", vec![ticket.as_str()]),
        ("quality", "cost", "390.50", "money", vec![parts.as_str(), ticket.as_str()]),
    ] {
        assert_eq!(told(report, key), (value.into(), unit.into(), records.into()), "{report} {key}");
    }
    // R60: twice the same bytes, in every format.
    for format in ["text", "md", "csv", "json"] {
        for report in ["repairs", "quality"] {
            let line = format!("report {report} 2026-11 --records --format {format}");
            assert_eq!(desk.cs(&line).ok().stdout, desk.cs(&line).ok().stdout);
        }
    }
    desk.cs("report quality 2026-11").lang("zh").ok().prints(["产品质量报表", "质量故障"]);
}

#[test]
fn what_is_wrong_with_a_month_is_told_once_however_often_it_is_looked_into() {
    let desk = Desk::mending();
    let order = desk.confirmed();
    desk.departed(&order, "SHELF=10");
    std::fs::write(desk.path("shipments/2026/11/junk.toml"), "").unwrap();
    for report in ["quality", "month"] {
        let said = desk.cs(&format!("report {report} 2026-11")).fails(1).stderr;
        assert_eq!(said.matches("file.stray").count(), 1, "{said}");
    }
}
