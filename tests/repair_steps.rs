//! The life of repairs, quotes and parts requests: every state is reached by commands alone, each step one commit of one
//! file; a step out of order is refused with what may come next; and what is due appears and vanishes (R17–R25).

mod common;

use common::{Desk, file_of};
use cs::base::field::{Field, List, Need, Ty};
use cs::forms::parts::PARTS;
use cs::forms::quote::QUOTE;
use cs::forms::repair::REPAIR;
use cs::forms::spec::{FormSpec, StepSpec};

/// A record in each state of its kind, made by commands alone.
fn in_each_state(desk: &Desk, spec: &FormSpec) -> Vec<(&'static str, String)> {
    let make = || match spec.code {
        "repair" => desk.ticket("2026-03-01"),
        "quote" => desk.quote(&desk.judged()),
        _ => desk.cs(&format!("repair parts {} --line glass=1@45", desk.judged())).ok().number(),
    };
    let roads: &[(&str, &[&str])] = match spec.code {
        "repair" => &[
            ("new", &[]),
            ("judged", &["judge"]),
            ("dispatched", &["judge", "dispatch"]),
            ("repaired", &["judge", "dispatch", "repaired"]),
            ("accepted", &["judge", "dispatch", "repaired", "accept"]),
            ("released", &["judge", "quote", "dispatch", "repaired", "accept", "reimburse"]),
            ("closed", &["judge", "quote", "dispatch", "repaired", "accept", "reimburse", "follow-up", "close"]),
            ("rejected", &["reject"]),
        ],
        "quote" => &[("open", &[]), ("approved", &["approve"]), ("declined", &["decline"])],
        _ => &[
            ("asked", &[]),
            ("approved", &["approve"]),
            ("sent", &["approve", "send"]),
            ("received", &["approve", "send", "received"]),
            ("rejected", &["reject"]),
        ],
    };
    let mut made = Vec::new();
    for (state, verbs) in roads {
        let number = make();
        for verb in *verbs {
            if *verb == "quote" {
                let quote = desk.quote(&number);
                committed(desk, &quote, "quote");
                desk.cs(&format!("repair approve {quote}")).by("WM").ok();
                committed(desk, &quote, "approve");
            } else {
                let step = spec.steps.iter().find(|step| step.verb == *verb).unwrap();
                desk.cs(&typed(step, &number)).by(whose(step)).ok();
                committed(desk, &number, verb);
            }
        }
        assert_eq!(desk.show(&number)["state"], *state);
        made.push((*state, number));
    }
    let states: Vec<&str> = spec.states.iter().map(|state| state.code).collect();
    let reached: Vec<&str> = made.iter().map(|(state, _)| *state).collect();
    assert!(states.iter().all(|state| reached.contains(state)), "{states:?} but {reached:?}");
    made
}

/// The last commit is of this step, and of its file alone (a photo goes with the first that shows it).
#[track_caller]
fn committed(desk: &Desk, number: &str, verb: &str) {
    if !desk.path(".git").exists() {
        return;
    }
    let subject = desk.git(&["log", "-1", "--format=%s"]);
    assert!(subject.starts_with(&format!("{number} {verb}")), "{verb}: {subject}");
    assert_eq!(desk.touched(), [file_of(number)], "{number} {verb}");
    assert_eq!(desk.git(&["status", "--porcelain"]), "", "{number} {verb}");
}

/// Who takes a step: a manager where it is a signature, else the specialist whose record it is.
fn whose(step: &StepSpec) -> &'static str {
    if step.sign.is_some() { "WM" } else { "YX" }
}

/// A step as typed, with all that it must have.
fn typed(step: &StepSpec, number: &str) -> String {
    let must = step.fields.iter().filter(|field| field.need == Need::Required || field.key == "photo");
    let flags: Vec<String> =
        must.map(|field| format!("--{} '{}'", field.key.replace('_', "-"), something(field))).collect();
    format!("repair {} {number} {}", step.verb, flags.join(" "))
}

fn something(field: &Field) -> String {
    match field.ty {
        Ty::Choice(choices) => choices[0].code.to_string(),
        Ty::Code(List::Agencies) => "BRIGHT".to_string(),
        Ty::Files => "photo.jpg".to_string(),
        Ty::Money => "1".to_string(),
        Ty::Date => "2026-11-18".to_string(),
        _ => "Some Body".to_string(),
    }
}

#[test]
fn every_state_is_reached_by_commands_alone_each_step_one_commit_of_one_file() {
    for spec in [&REPAIR, &QUOTE, &PARTS] {
        let desk = Desk::new().with_agencies();
        in_each_state(&desk, spec);
        desk.is_sound();
    }
}

/// In each state each step of the table: what the table allows is never out of order, all else is refused with what
/// may come next.
fn in_order(spec: &FormSpec) {
    let desk = Desk::mending();
    for (state, number) in in_each_state(&desk, spec) {
        let next = spec.next(state);
        for step in spec.steps {
            let line = typed(step, &number);
            if step.from.contains(&state) {
                let tried = desk.cs(&format!("{line} --dry-run")).by(whose(step)).done();
                assert!(!tried.stderr.contains("step.order"), "{state}: {tried}");
                continue;
            }
            for lang in ["en", "zh"] {
                let told = desk.cs(&line).by(whose(step)).lang(lang).refused(1).says(["step.order"]);
                let list = |name: fn(&StepSpec) -> String, sep: &str| {
                    next.iter().map(|step| name(step)).collect::<Vec<_>>().join(sep)
                };
                let name = step.name.zh;
                let says = match (lang, next.is_empty()) {
                    ("en", true) => "nothing more may be done with it".to_string(),
                    ("en", false) => format!("what may come next: {}\n", list(|s| s.verb.to_string(), ", ")),
                    (_, true) => "已不能再做任何步骤".to_string(),
                    (_, false) => format!("接下来可以：{}\n", list(|s| format!("{}（{}）", s.verb, s.name.zh), "、")),
                };
                let what = match lang {
                    "en" => format!("{} can't be done now", step.verb),
                    _ => format!("现在不能做 {}（{name}）", step.verb),
                };
                told.says([says.as_str(), what.as_str()]);
            }
        }
    }
}

#[test]
fn steps_of_a_repair_out_of_order_are_refused_with_what_may_come_next() {
    in_order(&REPAIR);
}

#[test]
fn steps_of_a_quote_out_of_order_are_refused_with_what_may_come_next() {
    in_order(&QUOTE);
}

#[test]
fn steps_of_a_parts_request_out_of_order_are_refused_with_what_may_come_next() {
    in_order(&PARTS);
}

/// One duty: due then, told by the rule, and gone once its own command, filled in, was run.
#[track_caller]
fn discharged(desk: &Desk, rule: &str, number: &str, due: &str, by: &str, fills: &[(&str, &str)]) {
    assert_eq!(desk.due(rule, number).as_deref(), Some(due), "{rule} {number}");
    let duties = desk.todo("--until 2027-12-31");
    let duty = duties.iter().find(|duty| duty["rule"] == rule && duty["number"] == number).unwrap();
    match duty["who"].as_str() {
        Some(who) => assert_eq!(who, by, "{duty}"),
        None => assert!(by != "YX", "whoever may sign: {duty}"),
    }
    let told = duty["command"].as_str().unwrap();
    let mut command = told.strip_prefix("cs ").unwrap().to_string();
    for (blank, value) in fills {
        assert!(command.contains(blank), "{blank} in {command}");
        command = command.replace(blank, value);
    }
    desk.cs(&command).by(by).ok();
    assert!(desk.todo("--until 2027-12-31").iter().all(|d| d["command"] != told), "{rule} is still due: {command}");
}

const JUDGE: (&str, &str) = ("quality|human|logistics", "quality");
const VISIT: (&str, &str) = ("working|faulty", "working");

#[test]
fn what_is_due_of_a_repair_of_ours_one_thing_after_the_other() {
    let mut desk = Desk::mending();
    let about = "--customer ACME --site PLAZA --model SHELF --reporter 'Bo Li' --made-on 2026-03-01";
    let ticket = desk.cs(&format!("repair new {about} --fault glass=cracked")).ok().number();
    let due = |desk: &Desk, rule| desk.due(rule, &ticket);
    discharged(&desk, "R17", &ticket, "2026-11-19 18:00", "YX", &[("FILE", "photo.jpg")]);
    discharged(&desk, "R18", &ticket, "2026-11-19 18:00", "AS", &[JUDGE]);
    desk.clock("2026-11-19 09:00");
    let line = format!("repair quote {ticket} --agency BRIGHT --line 'glass=1@180:new pane'");
    let (quote, other) = (desk.cs(&line).ok().number(), desk.cs(&line).ok().number());
    discharged(&desk, "R24", &quote, "2026-11-20 18:00", "AS", &[]);
    assert_eq!((desk.due("R24", &quote), desk.due("R24", &other)), (None, None), "the other lost");
    discharged(&desk, "R20", &ticket, "2026-11-19 18:00", "YX", &[("CODE", "BRIGHT")]);
    assert_eq!(
        ["R17", "R18", "R20", "R21", "R22"].map(|rule| due(&desk, rule)),
        [const { None }; 5],
        "the agency's turn"
    );
    desk.clock("2026-11-25 09:00");
    desk.cs(&format!("repair repaired {ticket} --worker Hu --on 2026-11-24 --photo photo.jpg")).ok();
    assert_eq!(due(&desk, "R22").as_deref(), Some("2026-11-29 18:00"), "five days from the day of the repair");
    discharged(&desk, "R21", &ticket, "2026-11-30 18:00", "YX", &[("NAME", "Cai"), ("FILE", "photo.jpg")]);
    assert_eq!(due(&desk, "R22").as_deref(), Some("2026-11-29 18:00"));
    discharged(&desk, "R21", &ticket, "2026-11-30 18:00", "AS", &[]);
    desk.clock("2026-11-30 09:00");
    assert_eq!(desk.todo("")[0]["late_minutes"], 15 * 60, "told late, and still told");
    discharged(&desk, "R22", &ticket, "2026-11-29 18:00", "YX", &[VISIT]);
    desk.cs(&format!("repair follow-up {ticket} --result faulty")).ok();
    assert_eq!(due(&desk, "R22"), None, "what is due now is to mend it");
    assert!(due(&desk, "R20").is_some());
    desk.cs(&format!("repair follow-up {ticket} --result working")).ok();
    assert_eq!(due(&desk, "R20"), None);
    desk.cs(&format!("repair close {ticket}")).ok();
    let left = desk.todo("--until 2027-12-31");
    let of_others =
        |duty: &serde_json::Value| duty["rule"] == "R7" || duty["rule"] == "R38" || duty["number"] == "BRIGHT 2026-11";
    assert!(left.iter().all(of_others), "visits and the agency's statement of the month come yet: {left:#?}");
    desk.is_sound();
}

#[test]
fn r22_a_complete_file_is_due_to_be_closed_by_the_duty_s_own_command() {
    let desk = Desk::mending();
    let ticket = desk.accepted();
    desk.cs(&format!("repair reimburse {ticket}")).by("AS").ok();
    discharged(&desk, "R22", &ticket, "2026-11-23 18:00", "YX", &[VISIT]);
    let duties = desk.todo("--until +7");
    assert_eq!(duties[0]["command"], format!("cs repair close {ticket}"), "{duties:#?}");
    desk.cs(&format!("repair close {ticket}")).ok();
    assert_eq!(desk.due("R22", &ticket), None);
}

#[test]
fn r20_what_is_due_of_a_repair_that_the_customer_arranges() {
    let mut desk = Desk::mending();
    let about = "--customer ACME --site PLAZA --model SHELF --reporter 'Bo Li' --made-on 2026-03-01 --photo photo.jpg";
    let new = format!("repair new {about} --fault glass=cracked --arranged-by customer");
    let ticket = desk.cs(&new).ok().number();
    desk.cs(&format!("repair judge {ticket} --cause quality")).by("AS").ok();
    let quote = [("CODE", "BRIGHT"), ("COMPONENT=QTY@PRICE:WORK", "glass=1@180:pane")];
    discharged(&desk, "R20", &ticket, "2026-11-19 18:00", "YX", &quote);
    assert_eq!(desk.due("R20", &ticket), None, "the quote's turn");
    let quote = desk.show(&ticket)["derived"]["quotes"][0]["quote"].as_str().unwrap().to_string();
    desk.clock("2026-11-19 17:00");
    discharged(&desk, "R24", &quote, "2026-11-19 18:00", "AS", &[]);
    discharged(&desk, "R20", &ticket, "2026-11-20 18:00", "YX", &[("CODE", "BRIGHT")]);

    let wanted = desk.cs(&format!("{new} --wanted-by 2026-11-28")).ok().number();
    desk.cs(&format!("repair judge {wanted} --cause human")).by("AS").ok();
    let quote_of_glass = |ticket: &str| {
        let line = format!("repair quote {ticket} --agency BRIGHT --line 'glass=1@180:new pane'");
        desk.cs(&line).ok().number()
    };
    let declined = quote_of_glass(&wanted);
    desk.cs(&format!("repair decline {declined} --reason dear")).ok();
    assert_eq!(desk.due("R20", &wanted).as_deref(), Some("2026-11-20 18:00"), "another quote is wanted");
    let taken = quote_of_glass(&wanted);
    desk.cs(&format!("repair approve {taken}")).by("AS").ok();
    discharged(&desk, "R20", &wanted, "2026-11-28 18:00", "YX", &[("CODE", "SIGNS")]);
    desk.is_sound();
}

#[test]
fn r25_parts_are_due_the_working_day_on_which_they_were_asked_for() {
    let mut desk = Desk::mending();
    let ticket = desk.ticket("2026-03-01");
    desk.clock("2026-11-21 11:00");
    let parts = desk.cs(&format!("repair parts {ticket} --line glass=1@45")).ok().number();
    discharged(&desk, "R25", &parts, "2026-11-23 18:00", "LW", &[]);
    let sent = [("NAME", "SF"), (" WAYBILL", " SF0001")];
    let due = desk.due("R25", &parts);
    assert_eq!(due.as_deref(), Some("2026-11-23 18:00"), "asked for on a Saturday");
    discharged(&desk, "R25", &parts, "2026-11-23 18:00", "YX", &sent);
    assert_eq!(desk.due("R25", &parts), None);
    desk.is_sound();
}
