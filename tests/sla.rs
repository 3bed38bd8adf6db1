//! The table of clocks: which runs count where, how they stand, and that duties are due when their clocks are.

mod memory;

use std::collections::BTreeSet;
use std::path::Path;

use cs::base::time::Time;
use cs::book::Book;
use cs::clock::State;
use cs::duties::{Duty, duties};
use cs::sla::{CLOCKS, ClockSpec, Run, Unit};
use cs::store::Folder as OnDisk;
use memory::report::{expect, figure, make, row, table, values};
use memory::{Folder, at};

fn empty() -> Folder {
    let mut folder = Folder::default();
    folder
        .file("cs.toml", "name = \"客服部\"\ntime_zone = \"Asia/Shanghai\"\n")
        .file("lists/staff.csv", "code,name,roles\nYX,杨雪,specialist\nCO,陈欧,complaints\n")
        .file("lists/customers.csv", "code,name,owner\nC1,成都展示,YX\n");
    folder
}

const COMPLAINT: &str = "channel = \"hotline\"\ncustomer = \"C1\"\ncontent = \"坏了\"";

fn clock(key: &str) -> &'static ClockSpec {
    CLOCKS.iter().find(|clock| clock.key == key).unwrap()
}

fn runs(folder: &Folder, number: &str, key: &str, now: &str) -> Vec<Run> {
    let book = folder.book(now);
    let form = book.form(&number.parse().unwrap()).unwrap().as_of(at(now)).unwrap();
    (clock(key).runs)(&book, &form)
}

/// The cells of a clock's rows: unit, due, met, missed, running, median, worst, slowest.
fn counted(folder: &Folder, key: &str, period: &str, now: &str) -> Vec<String> {
    let report = make(folder, "sla", period, now);
    let clocks = table(&report, "clocks", "clocks");
    let keys = ["clock", "unit", "due", "met", "missed", "open", "median", "worst", "slowest"];
    let rows = (0..clocks.rows.len()).map(|at| row(clocks, at, &keys));
    let mine = rows.filter_map(|row| row.strip_prefix(&format!("{key} ")).map(str::to_string));
    mine.collect()
}

#[test]
fn r31_a_run_counts_once_where_it_was_met_or_else_fell_due() {
    let mut folder = empty();
    let handle = |folder: &mut Folder, number: &str, taken: &str, handled: &str| {
        let step = |verb: &str, records: &'static str| (format!("{verb} {handled}"), records);
        let steps = [
            (format!("new {taken}"), ""),
            step("plan", "measure = \"换\""),
            step("agree", ""),
            step("act", ""),
            step("result", "result = \"好\""),
        ];
        let steps: Vec<(&str, &str)> = steps.iter().map(|(step, records)| (step.as_str(), *records)).collect();
        folder.form(number, COMPLAINT, &steps);
    };
    handle(&mut folder, "TS-261030-YX-1", "2026-10-30 10:00", "2026-10-31 10:00");
    handle(&mut folder, "TS-261030-YX-2", "2026-10-30 10:00", "2026-11-01 10:00");
    handle(&mut folder, "TS-261031-YX-1", "2026-10-31 10:00", "2026-11-03 10:01");
    let handled = |period| counted(&folder, "complaint_handled", period, "2026-12-01 09:00").join(" | ");
    assert_eq!(handled("2026-10"), "real 1 1 0 2 1440 1440 TS-261030-YX-1");
    // On the due minute is met; one that is late is missed with all the time that it took.
    assert_eq!(handled("2026-11"), "real 2 1 1 0 2880 4321 TS-261031-YX-1");
    assert_eq!(handled("2026-12"), "- 0 0 0 0 - - -");
    let report = make(&folder, "sla", "2026-11", "2026-12-01 09:00");
    expect(&report, "clocks", "complaint_handled", "50.0", "TS-261030-YX-2 TS-261031-YX-1");
    assert_eq!(values(figure(&report, "clocks", "complaint_handled")), ["50.0", "100.0", "-"]);
    let missed = table(&report, "clocks", "missed");
    let late: Vec<String> = (0..missed.rows.len())
        .map(|at| row(missed, at, &["clock", "number", "used"]))
        .filter(|row| row.starts_with("complaint_handled"))
        .collect();
    assert_eq!(late, ["complaint_handled TS-261031-YX-1 4321"]);
}

#[test]
fn r45_a_run_that_waits_for_the_customer_is_open_and_its_due_time_moves() {
    let mut folder = empty();
    folder.form(
        "TS-261102-YX-1",
        COMPLAINT,
        &[("new 2026-11-02 10:00", ""), ("wait 2026-11-03 10:00", "reason = \"等\"")],
    );
    let now = "2026-11-20 10:00";
    let waiting = runs(&folder, "TS-261102-YX-1", "complaint_handled", now).remove(0);
    assert_eq!((waiting.state, waiting.due, waiting.used_minutes), (State::Paused, at("2026-11-21 10:00"), 1440));
    assert_eq!(counted(&folder, "complaint_handled", "2026-11", now), ["real 0 0 0 1 - - -"]);
    folder.step("TS-261102-YX-1", "resume 2026-11-12 10:00", "");
    assert_eq!(counted(&folder, "complaint_handled", "2026-11", now), ["real 1 0 1 0 12960 12960 TS-261102-YX-1"]);
    let missed = runs(&folder, "TS-261102-YX-1", "complaint_handled", now).remove(0);
    assert_eq!((missed.state, missed.due), (State::Missed, at("2026-11-13 10:00")));
}

#[test]
fn r68_a_clock_has_a_row_for_each_unit_that_its_target_had() {
    let mut folder = empty();
    folder.file("policy.toml", "[[change]]\nfrom = 2026-11-10\ncomplaint.handle = \"480m business\"\n");
    folder.form("TS-261102-YX-1", COMPLAINT, &[("new 2026-11-02 10:00", "")]);
    folder.form("TS-261110-YX-1", COMPLAINT, &[("new 2026-11-10 10:00", "")]);
    let rows = counted(&folder, "complaint_handled", "2026-11", "2026-11-12 10:00");
    assert_eq!(rows, ["real 1 0 1 0 14400 14400 TS-261102-YX-1", "working 1 0 1 0 900 900 TS-261110-YX-1"]);
}

#[test]
fn r66_a_void_record_and_what_is_overtaken_in_time_run_nowhere() {
    let mut folder = empty();
    let order = "customer = \"C1\"\nwanted_by = 2026-12-01\nconsignee = \"店\"\ndeliver_to = \"路\"\n[[line]]\nmodel = \"M\"\nquantity = 1";
    folder.form("DD-261102-YX-1", order, &[("new 2026-11-02 10:00", ""), ("void 2026-11-20 10:00", "note = \"重复\"")]);
    let looked = [
        ("new 2026-11-02 10:00", ""),
        ("confirm 2026-11-02 11:00", ""),
        ("cancel 2026-11-03 17:00", "reason = \"取消\""),
    ];
    folder.form("DD-261102-YX-2", order, &looked);
    assert_eq!(counted(&folder, "confirm", "2026-11", "2026-11-30 10:00"), ["working 1 1 0 0 60 60 DD-261102-YX-2"]);
    // Cancelled an hour before it was to be looked at again (R10).
    assert_eq!(counted(&folder, "look", "2026-11", "2026-11-30 10:00"), ["- 0 0 0 0 - - -"]);
    let late = [looked[0], looked[1], ("cancel 2026-11-03 18:01", "reason = \"取消\"")];
    folder.form("DD-261102-YX-2", order, &late);
    // Two working days' hours less an hour of the first: until it was cancelled, and no longer.
    assert_eq!(counted(&folder, "look", "2026-11", "2026-11-30 10:00"), ["working 1 0 1 0 780 780 DD-261102-YX-2"]);
}

#[test]
fn every_general_report_tells_of_complaints() {
    let mut folder = empty();
    folder.form("TS-261102-YX-1", &format!("{COMPLAINT}\ncriteria = [\"safety\"]"), &[("new 2026-11-02 10:00", "")]);
    for (report, period) in
        [("day", "2026-11-02"), ("week", "2026-W45"), ("month", "2026-11"), ("quarter", "2026-Q4"), ("year", "2026")]
    {
        let report = make(&folder, report, period, "2026-11-30 10:00");
        for key in ["taken", "major", "open"] {
            expect(&report, "complaints", key, "1", "TS-261102-YX-1");
        }
    }
}

/// When each run was due and done, and how it stands.
fn told(folder: &Folder, number: &str, key: &str, now: &str) -> Vec<String> {
    let written = |time: Time| time.format("%m-%d %H:%M").to_string();
    let told = |run: Run| {
        let done = run.stopped.map_or("-".to_string(), written);
        format!("{} {} {done} {:?}", run.cycle, written(run.due), run.state)
    };
    runs(folder, number, key, now).into_iter().map(told).collect()
}

#[test]
fn r42_each_step_of_an_improvement_has_its_clock_and_a_new_plan_overtakes_the_old_one() {
    let mut folder = empty();
    let plan = "measure = \"改\"\ndepartment = \"木工\"\ndue = 2026-11-12";
    folder.form(
        "ZG-261102-YX-1",
        "source = \"回访\"\ncustomer = \"C1\"\nproblem = \"晃\"",
        &[
            ("new 2026-11-02 10:00", ""),
            ("analyse 2026-11-03 10:00", "analyst = \"彭\"\nfinding = \"松\""),
            ("plan 2026-11-04 10:00", plan),
            ("plan 2026-11-05 10:00", plan),
            ("send 2026-11-05 11:00", "channel = \"mail\""),
            ("remind 2026-11-09 10:00", ""),
            ("confirm 2026-11-10 10:00", "answer = \"yes\"\nwho = \"江\""),
        ],
    );
    let told = |key: &str, now| told(&folder, "ZG-261102-YX-1", key, now).join(" | ");
    let now = "2026-11-12 18:00";
    assert_eq!(told("improvement_analysed", now), "1 11-04 18:00 11-03 10:00 Met");
    assert_eq!(told("improvement_planned", now), "1 11-06 18:00 11-04 10:00 Met");
    // The first plan was never sent, and need not be any more.
    assert_eq!(told("improvement_sent", now), "2 11-06 18:00 11-05 11:00 Met");
    assert_eq!(told("improvement_answered", now), "1 11-08 18:00 11-09 10:00 Missed | 2 11-12 18:00 11-10 10:00 Met");
    assert_eq!(told("improvement_implemented", now), "1 11-12 18:00 - Running");
    assert_eq!(told("improvement_implemented", "2026-11-12 18:01"), "1 11-12 18:00 - Missed");
    assert_eq!(told("improvement_verified", now), "");
}

#[test]
fn r43_a_claim_is_held_to_each_step_and_a_refusal_answers_as_an_assessment_does() {
    let mut folder = empty();
    folder.form(
        "LP-261102-YX-1",
        "record = \"DH-261102-YX-1\"\npolicy = \"P\"\nlost_on = 2026-11-02\nwhat = \"碎\"\n[[loss]]\nwhat = \"M\"\nquantity = 1\nvalue = \"9.00\"",
        &[
            ("new 2026-11-02 10:00", ""),
            ("notify 2026-11-04 10:01", "channel = \"hotline\""),
            ("papers 2026-11-05 10:00", "papers = [\"receipt\"]"),
            ("papers 2026-11-06 10:00", "papers = [\"photos\"]"),
            ("refused 2026-11-16 10:00", "reason = \"无\""),
            ("corrective 2026-11-17 10:00", "action = \"加护角\"\ndepartment = \"包装\"\ndue = 2026-11-20"),
        ],
    );
    let told = |key: &str| told(&folder, "LP-261102-YX-1", key, "2026-11-19 10:00").join(" | ");
    assert_eq!(told("claim_notified"), "1 11-04 10:00 11-04 10:01 Missed");
    assert_eq!(told("claim_papers"), "1 11-11 18:00 11-05 10:00 Met");
    // Papers filed later begin the assessment anew.
    assert_eq!(told("claim_assessed"), "2 12-06 18:00 11-16 10:00 Met");
    assert_eq!(told("claim_settled"), "");
    assert_eq!(told("claim_corrective"), "1 11-16 18:00 11-17 10:00 Missed");
    assert_eq!(told("claim_closed"), "1 11-20 18:00 - Running");
}

#[test]
fn r15_a_discrepancy_is_settled_when_nothing_of_it_was_left_open() {
    let mut folder = empty();
    let header = "customer = \"C1\"\nwanted_by = 2026-12-01\nconsignee = \"店\"\ndeliver_to = \"路\"";
    folder.form(
        "DD-261102-YX-1",
        &format!("{header}\n[[line]]\nmodel = \"M\"\nquantity = 5"),
        &[("new 2026-11-02 10:00", "")],
    );
    let sent = "order = [\"DD-261102-YX-1\"]\ncarrier = \"F\"\ndepart = 2026-11-03\narrive = 2026-11-04\nconsignee = \"店\"\n\
                address = \"路\"\npackages = 1\nvolume = \"1\"\n[[line]]\nmodel = \"M\"\nquantity = 5";
    folder.form("FH-261102-YX-1", sent, &[("new 2026-11-02 11:00", ""), ("depart 2026-11-03 10:00", "")]);
    let came = "shipment = \"FH-261102-YX-1\"\narrived_at = 2026-11-04T10:00:00+08:00\npackaging = \"sound\"\n\
                received_by = \"江\"\n[[line]]\nmodel = \"M\"\nreceived = 5\ndamaged = 2";
    let one = "parts = true\n[[step.line]]\nmodel = \"M\"\nquantity = 1";
    folder.form("DH-261104-YX-1", came, &[("new 2026-11-04 11:00", ""), ("remedy 2026-11-04 15:00", one)]);
    let claim = |number: &str, at: &str, folder: &mut Folder| {
        let loss = "[[loss]]\nwhat = \"M\"\nquantity = 1\nvalue = \"9.00\"";
        let about = "record = \"DH-261104-YX-1\"\npolicy = \"P\"\nlost_on = 2026-11-04\nwhat = \"碎\"";
        folder.form(number, &format!("{about}\n{loss}"), &[(&format!("new {at}"), "")]);
    };
    let remedied = |folder: &Folder| told(folder, "DH-261104-YX-1", "remedy", "2026-11-10 10:00").join(" | ");
    assert_eq!(remedied(&folder), "1 11-04 18:00 - Missed");
    claim("LP-261104-YX-1", "2026-11-04 18:00", &mut folder);
    assert_eq!(remedied(&folder), "1 11-04 18:00 11-04 18:00 Met");
    // What nothing was left for comes too late to matter.
    claim("LP-261109-YX-1", "2026-11-09 10:00", &mut folder);
    assert_eq!(remedied(&folder), "1 11-04 18:00 11-04 18:00 Met");
}

/// Rules whose duties may be due by something that is no clock: a list's row (R5, R7), a day that passed (R9), a month
/// (R16), a cause that recurs (R36), a call's score (R54), the hours of a roster (R63).
const BY_OTHERS: &[&str] = &["R5", "R7", "R9", "R16", "R36", "R52", "R54", "R63"];

#[test]
fn a_duty_is_due_when_its_clock_is() {
    let folder = OnDisk::find(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data-sample")).unwrap();
    let mut seen = BTreeSet::new();
    for now in ["2026-10-15 11:30", "2026-11-05 15:00", "2026-11-20 17:30"] {
        let whole = Book::open(&folder, at(now));
        let book = whole.as_of(at(now));
        let closing = |duty: &&Duty| duty.command.starts_with("cs complain close");
        for duty in duties(&book).iter().filter(|duty| !BY_OTHERS.contains(&duty.rule) && !closing(duty)) {
            let Ok(number) = duty.number.parse() else { continue };
            let Some(form) = book.form(&number) else { continue };
            let kind = form.spec.kind;
            // A complaint's handling goes by its step's own rule; all are due when it is to be handled (R31).
            // Who was asked first sees to it that the colleague answers in time (R26).
            let rule = match duty.rule {
                "R33" | "R34" | "R45" => "R31",
                "R26" => "R27",
                rule => rule,
            };
            let clocks = CLOCKS.iter().filter(|clock| clock.kind == kind && clock.rule == rule);
            let runs: Vec<Run> = clocks.flat_map(|clock| (clock.runs)(&book, &form)).collect();
            let dues: Vec<_> = runs.iter().map(|run| run.due).collect();
            assert!(
                dues.contains(&duty.due),
                "{now}: {} {} is due {}, its clocks {dues:?}",
                duty.rule,
                duty.number,
                duty.due
            );
            seen.insert(duty.rule);
        }
    }
    let rules = [
        "R10", "R12", "R13", "R15", "R18", "R21", "R22", "R27", "R31", "R32", "R35", "R38", "R42", "R43", "R50", "R51",
    ];
    assert!(rules.iter().all(|rule| seen.contains(rule)), "{seen:?}");
}

#[test]
fn r44_the_unit_of_a_run_is_that_of_its_target() {
    let mut folder = empty();
    folder.form("TS-261102-YX-1", COMPLAINT, &[("new 2026-11-02 10:00", "")]);
    let unit = |key| runs(&folder, "TS-261102-YX-1", key, "2026-11-03 10:00").remove(0).unit;
    assert_eq!((unit("complaint_handled"), unit("complaint_progress")), (Unit::Real, Unit::Working));
}

#[test]
fn r50_planned_work_is_due_at_closing_time_of_its_day_term_by_term() {
    // What happened after it was planned, as `time,verb,due,done_on`.
    let of = |steps: &[&str]| {
        let mut month = String::from("at,by,number,do,due,done_on,what,result,reason\n");
        for step in [&["2026-11-02T10:00,new,2026-11-04,"], steps].concat() {
            let (time, rest) = step.split_once(',').unwrap();
            month += &format!("{time}:00+08:00,YX,GZ-261102-YX-1,{rest},理回单,好,病\n");
        }
        let mut folder = empty();
        folder.file("work/2026-11.csv", &month);
        told(&folder, "GZ-261102-YX-1", "work_done", "2026-11-20 10:00").join(" | ")
    };
    assert_eq!(of(&[]), "1 11-04 18:00 - Missed");
    assert_eq!(of(&["2026-11-03T10:00,done,,"]), "1 11-04 18:00 11-03 10:00 Met");
    // The day counts, and not its hour, as in the week's plan.
    assert_eq!(of(&["2026-11-04T22:00,done,,"]), "1 11-04 18:00 11-04 18:00 Met");
    assert_eq!(of(&["2026-11-05T09:00,done,,"]), "1 11-04 18:00 11-05 09:00 Missed");
    assert_eq!(of(&["2026-11-05T09:00,done,,2026-11-03"]), "1 11-04 18:00 11-03 18:00 Met");
    // Carried over or dropped by its day it was due there no more; later, it stays missed there.
    assert_eq!(of(&["2026-11-04T19:00,carry-over,2026-11-10,"]), "2 11-10 18:00 - Missed");
    let twice = ["2026-11-05T09:00,carry-over,2026-11-10,", "2026-11-10T10:00,done,,"];
    assert_eq!(of(&twice), "1 11-04 18:00 - Missed | 2 11-10 18:00 11-10 10:00 Met");
    assert_eq!(of(&["2026-11-04T19:00,drop,,"]), "");
    assert_eq!(of(&["2026-11-05T09:00,drop,,"]), "1 11-04 18:00 - Missed");
}

#[test]
fn r51_the_minutes_are_due_on_the_day_of_the_meeting_and_each_to_do_on_its_own() {
    let mut folder = empty();
    let number = "HY-261102-YX-1";
    let todo = |day: u32| format!("[[step.todo]]\nowner = \"YX\"\ndue = 2026-11-{day:02}\nwhat = \"问\"\n");
    let minutes = format!("present = [\"YX\"]\nconclusions = \"好\"\nlasted = 30\n{}{}{}", todo(6), todo(6), todo(9));
    let called = "type = \"weekly\"\nwhen = 2026-11-04T10:00:00+08:00\ntopics = \"全\"";
    folder.form(
        number,
        called,
        &[
            ("new 2026-11-02 10:00", ""),
            ("minutes 2026-11-04 19:00", &minutes),
            ("todo-done 2026-11-06 20:00", "todo = 2"),
            ("todo-done 2026-11-07 09:00", "todo = 1"),
        ],
    );
    let told = |folder: &Folder, key: &str| told(folder, number, key, "2026-11-09 10:00").join(" | ");
    assert_eq!(told(&folder, "meeting_minutes"), "1 11-04 18:00 11-04 18:00 Met");
    let each = "1 11-06 18:00 11-07 09:00 Missed | 2 11-06 18:00 11-06 18:00 Met | 3 11-09 18:00 - Running";
    assert_eq!(told(&folder, "meeting_todo"), each);
    let cancelled = |at: &str| {
        let mut folder = empty();
        folder.form(number, called, &[("new 2026-11-02 10:00", ""), (&format!("cancel {at}"), "reason = \"免\"")]);
        told(&folder, "meeting_minutes")
    };
    assert_eq!(
        (cancelled("2026-11-04 19:00"), cancelled("2026-11-05 09:00")),
        (String::new(), "1 11-04 18:00 - Missed".into())
    );
}
