//! Improvements: what they are born of, the steps and who waits for whom, that nothing is carried out before the customer
//! confirmed it (R42), what is due when, what records tell of each other, and the report.

mod common;

use common::{Desk, IMPROVING, no};
use serde_json::Value;

fn state(desk: &Desk, number: &str) -> String {
    desk.show(number)["state"].as_str().unwrap().to_string()
}

fn derived(desk: &Desk, number: &str, key: &str) -> String {
    desk.show(number)["derived"][key].as_str().unwrap_or_default().to_string()
}

fn improve(desk: &Desk, improvement: &str, step: &str) {
    desk.cs(&format!("improve {}", step.replace("ZG", improvement))).ok();
}

const PLAN: &str = "plan ZG --measure 'another hinge' --department Workshop --due 2026-12-08";
const REFUSAL: &str = "confirm ZG --answer no --reason 'too late'";
const FAILURE: &str = "verify ZG --works no --result 'cracked again'";

#[test]
fn it_takes_customer_models_and_contact_from_the_records_that_it_is_born_of() {
    let desk = Desk::complaining();
    let ticket = desk.ticket("2026-03-01");
    let complaint = desk.complaint("");
    let line = format!("improve new --born-of {complaint} --born-of {ticket} --problem 'glass cracks'");
    let made = desk.show(&desk.cs(&line).ok().number());
    assert_eq!(made["born_of"], serde_json::json!([complaint, ticket]));
    assert_eq!((&made["customer"], &made["model"]), (&"ACME".into(), &serde_json::json!(["SHELF"])));
    let revealed = desk.cs("show - --json --reveal").ok().json();
    assert_eq!((&revealed["contact"], &revealed["phone"]), (&"Ann Lee".into(), &"008613900001234".into()));
    // What was given goes before.
    let own = desk.improvement(&format!("--born-of {ticket} --model RACK --contact 'Bea'"));
    let own = desk.cs(&format!("show {own} --json --reveal")).ok().json();
    assert_eq!((&own["model"], &own["contact"]), (&serde_json::json!(["RACK"]), &"Bea".into()));
    // An unknown caller may be anybody's.
    let unknown = desk.cs("complain new --channel hotline --content x --contact Mo").ok().number();
    desk.improvement(&format!("--born-of {unknown}"));
    no(&desk, &format!("improve new --born-of {unknown} --problem x"), &["--customer"], &["--customer"]);
    desk.is_sound();
}

#[test]
fn it_comes_from_somewhere_and_is_one_customers() {
    let desk = Desk::complaining();
    let ours = desk.complaint("");
    let theirs = desk.cs("complain new --customer RIVER --channel hotline --content x").ok().number();
    no(&desk, "improve new --customer ACME --problem x", &["--born-of", "--source"], &["来源单据", "--source"]);
    let of_two = format!("improve new --born-of {ours} --born-of {theirs} --problem x");
    no(&desk, &of_two, &["--customer"], &["--customer"]);
    let named = format!("{of_two} --customer ACME");
    no(&desk, &named, &[&theirs, "is of Star River", "for each customer"], &["Star River", "分别登记"]);
    no(&desk, "improve new --customer ACME --source x --problem x --model NONE", &["NONE"], &["NONE"]);
    let wanted = "improve new --customer ACME --source x --problem x --wanted-by 2026-11-17";
    no(&desk, wanted, &["wanted by 2026-11-17"], &["要求完成日 2026-11-17"]);
    desk.cs(&format!("{} --wanted-by 2026-11-18", wanted.rsplit_once(" --").unwrap().0)).ok();
    // What it is born of stands as long as it does.
    desk.improvement(&format!("--born-of {ours}"));
    no(&desk, &format!("complain edit {ours} --customer RIVER"), &["is about Acme Retail"], &["的客户是Acme Retail"]);
    no(&desk, &format!("void {ours} --note twice"), &["which is void"], &["已作废"]);
    no(
        &desk,
        "improve new --customer ACME --problem x --born-of TS-261118-YX-9",
        &["TS-261118-YX-9"],
        &["TS-261118-YX-9"],
    );
}

/// Which verbs each state allows, and where each leads.
const ALLOWED: &[(&str, &[(&str, &str)])] = &[
    ("new", &[("analyse", "analysed"), ("drop", "dropped")]),
    ("analysed", &[("analyse", "analysed"), ("plan", "planned"), ("drop", "dropped")]),
    ("planned", &[("plan", "planned"), ("send", "sent"), ("drop", "dropped")]),
    (
        "sent",
        &[
            ("plan", "planned"),
            ("remind", "sent"),
            ("confirm", "confirmed"),
            ("refuse", "analysed"),
            ("drop", "dropped"),
        ],
    ),
    ("confirmed", &[("plan", "planned"), ("implement", "implemented"), ("drop", "dropped")]),
    ("implemented", &[("verify", "verified"), ("fail", "analysed")]),
    ("verified", &[("close", "closed")]),
    ("closed", &[("reopen", "new")]),
    ("dropped", &[("reopen", "new")]),
];

#[test]
fn each_state_takes_its_own_steps_and_no_others() {
    let mut steps: Vec<(&str, &str)> =
        vec![("remind", "remind ZG"), ("refuse", REFUSAL), ("fail", FAILURE), ("drop", "drop ZG --reason idle")];
    steps.push(("reopen", "reopen ZG --reason again"));
    steps.extend(IMPROVING.iter().map(|(step, _)| (step.split(' ').next().unwrap(), *step)));
    let verbs: std::collections::BTreeSet<&str> =
        steps.iter().map(|(_, step)| step.split(' ').next().unwrap()).collect();
    let known = cs::forms::improvement::IMPROVEMENT.steps.iter().map(|step| step.verb).collect();
    assert_eq!(verbs, known, "each verb is tried");
    let desk = Desk::plain();
    for (from, allowed) in ALLOWED {
        for (name, step) in &steps {
            let improvement = match *from {
                "dropped" => desk.improvement(""),
                state => desk.improved(state),
            };
            if *from == "dropped" {
                improve(&desk, &improvement, "drop ZG --reason idle");
            }
            let done = desk.cs(&format!("improve {}", step.replace("ZG", &improvement))).done();
            let leads = allowed.iter().find(|(allowed, _)| allowed == name).map(|(_, to)| *to);
            assert_eq!(done.code, Some(if leads.is_some() { 0 } else { 1 }), "{name} when {from}: {done}");
            assert_eq!(state(&desk, &improvement), leads.unwrap_or(from), "{name} when {from}");
        }
    }
    desk.is_sound();
}

#[test]
fn r42_nothing_is_carried_out_before_the_customer_confirmed() {
    let desk = Desk::plain();
    for state in ["new", "analysed", "planned", "sent"] {
        let improvement = desk.improved(state);
        no(
            &desk,
            &format!("improve implement {improvement}"),
            &["implement can't be done now"],
            &["现在不能做 implement"],
        );
    }
    let refused = desk.improved("sent");
    improve(&desk, &refused, REFUSAL);
    no(&desk, &format!("improve implement {refused}"), &["to be planned"], &["待拟方案"]);
    let confirmed = desk.improved("confirmed");
    assert_eq!(derived(&desk, &confirmed, "confirmed"), "yes");
    improve(&desk, &confirmed, "implement ZG");
    desk.is_sound();
}

#[test]
fn r42_another_plan_is_confirmed_anew() {
    let desk = Desk::plain();
    let improvement = desk.improved("confirmed");
    improve(&desk, &improvement, PLAN);
    assert_eq!(
        (derived(&desk, &improvement, "confirmed"), derived(&desk, &improvement, "plans")),
        ("no".into(), "2".into())
    );
    no(&desk, &format!("improve implement {improvement}"), &["planned"], &["已拟方案"]);
    improve(&desk, &improvement, "send ZG --channel mail");
    no(&desk, &format!("improve implement {improvement}"), &["sent to the customer"], &["待客户确认"]);
    improve(&desk, &improvement, "confirm ZG --answer yes");
    improve(&desk, &improvement, "implement ZG");
    assert_eq!(derived(&desk, &improvement, "measure"), "another hinge");
    desk.is_sound();
}

#[test]
fn r42_what_failed_is_planned_and_confirmed_anew() {
    let desk = Desk::plain();
    let improvement = desk.improved("implemented");
    improve(&desk, &improvement, FAILURE);
    assert_eq!(state(&desk, &improvement), "analysed");
    no(&desk, &format!("improve implement {improvement}"), &["to be planned"], &["待拟方案"]);
    improve(&desk, &improvement, "analyse ZG --analyst 'Luo Ke' --finding 'wrong glass'");
    desk.improve(&improvement, "analysed", "closed");
    assert_eq!(derived(&desk, &improvement, "plans"), "2");
    // Taken up again, nothing of the old plans stands.
    improve(&desk, &improvement, "reopen ZG --reason 'cracks in another shop'");
    assert_eq!(["measure", "plan_due", "plans", "confirmed"].map(|key| derived(&desk, &improvement, key)), [""; 4]);
    no(&desk, &format!("improve implement {improvement}"), &["to be analysed"], &["待分析"]);
    desk.is_sound();
}

#[test]
fn r42_the_customers_word_comes_before_the_act_and_after_the_sending() {
    let mut desk = Desk::plain();
    let improvement = desk.improved("planned");
    desk.clock("2026-11-18 15:00");
    improve(&desk, &improvement, "send ZG --channel mail");
    let answer = format!("improve confirm {improvement} --answer yes");
    let early = ["\"Customer's answer\" at 2026-11-18 14:59", "\"Sent to the customer\" at 2026-11-18 15:00"];
    no(&desk, &format!("{answer} --at 14:59"), &early, &["客户答复", "发送客户"]);
    desk.clock("2026-11-18 16:00");
    desk.cs(&answer).ok();
    let act = format!("improve implement {improvement}");
    let early = ["\"Carried out\" at 2026-11-18 15:59", "\"Customer's answer\" at 2026-11-18 16:00", "R42"];
    no(&desk, &format!("{act} --at 15:59"), &early, &["“实施”", "“客户答复”", "R42"]);
    desk.cs(&format!("{act} --at 16:00")).ok();
    desk.is_sound();
}

#[test]
fn r42_the_plan_under_the_customers_word_is_not_voided() {
    let desk = Desk::plain();
    let improvement = desk.improved("planned");
    improve(&desk, &improvement, PLAN);
    desk.improve(&improvement, "planned", "confirmed");
    // Steps 3 and 4 are plans: the second one was sent. Without it the first would stand, which nobody confirmed.
    let void = |step: usize| format!("void {improvement} --step {step} --note mistake");
    no(&desk, &void(4), &["step 4", "was sent to the customer with step 5", "R42"], &["步骤 4", "步骤 5", "R42"]);
    no(&desk, &void(5), &["confirm"], &["confirm"]);
    for step in [6, 5, 4] {
        desk.cs(&void(step)).ok();
    }
    assert_eq!(
        (state(&desk, &improvement), derived(&desk, &improvement, "measure")),
        ("planned".into(), "softer hinges".into())
    );
    desk.cs(&void(3)).ok();
    assert_eq!(state(&desk, &improvement), "analysed");
    desk.is_sound();
}

#[test]
fn the_customers_answer_has_a_name_and_a_refusal_its_reason() {
    let desk = Desk::plain();
    let improvement = desk.improved("confirmed");
    let steps = desk.cs(&format!("show {improvement} --json --reveal")).ok().json()["steps"].clone();
    assert_eq!((&steps[3]["who"], &steps[4]["who"]), (&"Ann Lee".into(), &"Ann Lee".into()));
    let nameless = desk.cs("improve new --customer RIVER --source visits --problem x").ok().number();
    desk.improve(&nameless, "new", "sent");
    no(&desk, &format!("improve confirm {nameless} --answer yes"), &["--who"], &["--who"]);
    improve(&desk, &nameless, "confirm ZG --answer yes --who Mo");
    let unreasoned = desk.improved("sent");
    no(&desk, &format!("improve confirm {unreasoned} --answer no"), &["--reason"], &["--reason"]);
}

#[test]
fn a_plan_is_due_on_its_own_day_at_the_earliest() {
    let desk = Desk::plain();
    let improvement = desk.improved("analysed");
    let plan = format!("improve plan {improvement} --measure m --department d --due");
    no(&desk, &format!("{plan} 2026-11-17"), &["can't be due on 2026-11-17"], &["计划完成日不能是 2026-11-17"]);
    desk.cs(&format!("{plan} 2026-11-18")).ok();
}

#[test]
fn each_step_is_due_in_time_and_discharged_by_the_command_of_its_duty() {
    let mut desk = Desk::plain();
    let improvement = desk.improvement("");
    for (due, step, (_, led)) in [
        ("2026-11-20 18:00", "analyse", IMPROVING[0]),
        ("2026-11-23 18:00", "plan", IMPROVING[1]),
        ("2026-11-19 18:00", "send", IMPROVING[2]),
        ("2026-11-21 18:00", "confirm", IMPROVING[3]),
        ("2026-12-01 18:00", "implement", IMPROVING[4]),
        ("2026-11-25 18:00", "verify", IMPROVING[5]),
        ("2026-11-18 18:00", "close", IMPROVING[6]),
    ] {
        let duties = desk.todo("--until 2027-12-31");
        let of_it: Vec<&Value> = duties.iter().filter(|duty| duty["number"] == *improvement).collect();
        assert_eq!(of_it.len(), 1, "{duties:#?}");
        assert_eq!((&of_it[0]["rule"], &of_it[0]["who"]), (&"R42".into(), &"YX".into()));
        assert_eq!(of_it[0]["due"].as_str().unwrap()[..16].replace('T', " "), due, "{step}");
        let command = of_it[0]["command"].as_str().unwrap();
        assert!(command.starts_with(&format!("cs improve {step} {improvement}")), "{command}");
        let typed = command
            .strip_prefix("cs ")
            .unwrap()
            .replace("yes|no", "yes")
            .replace("TEXT", "x")
            .replace("NAME", "x")
            .replace("DATE", "2026-12-01")
            .replace("WORD", "mail");
        desk.cs(&typed).ok();
        assert_eq!(state(&desk, &improvement), led);
    }
    assert_eq!(desk.due("R42", &improvement), None);
    desk.clock("2026-11-19 09:00");
    improve(&desk, &improvement, "reopen ZG --reason again");
    assert_eq!(desk.due("R42", &improvement).as_deref(), Some("2026-11-23 18:00"));
    improve(&desk, &improvement, "drop ZG --reason idle");
    assert_eq!(desk.due("R42", &improvement), None);
}

#[test]
fn the_customer_is_asked_again_every_few_days() {
    let mut desk = Desk::plain();
    let improvement = desk.improved("sent");
    desk.clock("2026-11-21 18:01");
    let late = |desk: &Desk| desk.todo("")[0]["late_minutes"].clone();
    assert_eq!((desk.due("R42", &improvement).as_deref(), late(&desk)), (Some("2026-11-21 18:00"), 1.into()));
    improve(&desk, &improvement, "remind ZG");
    assert_eq!(desk.due("R42", &improvement).as_deref(), Some("2026-11-24 18:00"));
    // A reminder of the plan before counts for nothing.
    improve(&desk, &improvement, REFUSAL);
    assert_eq!(desk.due("R42", &improvement).as_deref(), Some("2026-11-26 18:00"));
    desk.clock("2026-11-25 10:00");
    desk.improve(&improvement, "analysed", "sent");
    assert_eq!(desk.due("R42", &improvement).as_deref(), Some("2026-11-28 18:00"));
}

#[test]
fn it_is_the_duty_of_whoever_looks_after_the_customer_now() {
    let desk = Desk::plain();
    let improvement = desk.improvement("");
    desk.cs("customer assign ACME --to ZL").by("WM").ok();
    let duties = desk.todo("--until 2027-12-31");
    let of_it = duties.iter().find(|duty| duty["number"] == *improvement).unwrap();
    assert_eq!(of_it["who"], "ZL");
}

#[test]
fn records_tell_what_they_led_to_and_an_improvement_what_it_is_born_of() {
    let desk = Desk::complaining();
    let ticket = desk.ticket("2026-03-01");
    let complaint = desk.complaint("");
    let tables = |number: &str, table: &str| desk.show(number)["derived"][table].clone();
    assert_eq!(tables(&complaint, "improvements"), Value::Null);
    let improvement = desk.improvement(&format!("--born-of {ticket} --born-of {complaint}"));
    let void = desk.improvement(&format!("--born-of {ticket}"));
    desk.cs(&format!("void {void} --note twice")).ok();
    let sources = serde_json::json!([
        { "record": ticket, "state": "new", "gist": "SHELF glass cracked" },
        { "record": complaint, "state": "new", "gist": "cracked glass" },
    ]);
    assert_eq!(tables(&improvement, "sources"), sources);
    let led =
        serde_json::json!([{ "improvement": improvement, "state": "new", "problem": "glass cracks at the hinge" }]);
    assert_eq!((tables(&complaint, "improvements"), tables(&ticket, "improvements")), (led.clone(), led));
}

#[test]
fn the_paper_tells_of_the_plan_that_stands_alone() {
    let desk = Desk::plain();
    let improvement = desk.improved("implemented");
    let printed = || desk.cs(&format!("print {improvement}")).ok().stdout;
    improve(&desk, &improvement, FAILURE);
    for said in ["softer hinges", "hinges changed", "does not work", "cracked again"] {
        assert!(printed().contains(said), "{said}");
    }
    improve(&desk, &improvement, PLAN);
    assert!(printed().contains("another hinge") && printed().contains("hinge too stiff"));
    for gone in ["softer hinges", "hinges changed", "does not work", "cracked again", " agreed"] {
        assert!(!printed().contains(gone), "{gone}");
    }
}

#[test]
fn the_report_counts_what_was_opened_and_came_of_it() {
    let mut desk = Desk::plain();
    desk.clock("2026-10-27 10:00");
    let shelf = desk.improvement("--model SHELF");
    desk.improve(&shelf, "new", "sent");
    desk.clock("2026-11-02 10:00");
    desk.improve(&shelf, "sent", "implemented");
    let both = desk.improvement("--model SHELF --model RACK");
    desk.improve(&both, "new", "sent");
    improve(&desk, &both, REFUSAL);
    let none = desk.cs("improve new --customer RIVER --source x --problem x --contact Mo").ok().number();
    desk.improve(&none, "new", "confirmed");
    desk.clock("2026-11-12 10:00");
    desk.improve(&shelf, "implemented", "closed");
    let dropped = desk.improvement("");
    improve(&desk, &dropped, "drop ZG --reason idle");
    desk.clock("2026-11-18 10:00");
    let report = desk.cs("report improvements 2026-11 --json").ok().json();
    let section = &report["sections"][0];
    let figure = |key: &str| {
        let figure = section["figures"].as_array().unwrap().iter().find(|f| f["key"] == key).unwrap();
        let records: Vec<&str> = figure["records"].as_array().unwrap().iter().map(|r| r.as_str().unwrap()).collect();
        (figure["value"].as_str().unwrap_or("-").to_string(), records.join(" "))
    };
    let behind = |value: &str, records: &[&String]| {
        let mut records: Vec<&str> = records.iter().map(|r| r.as_str()).collect();
        records.sort_by_key(|number| (number[3..9].to_string(), number.to_string()));
        (value.to_string(), records.join(" "))
    };
    assert_eq!(figure("opened"), behind("3", &[&both, &none, &dropped]));
    assert_eq!(figure("confirmed"), behind("2", &[&shelf, &none]));
    assert_eq!(figure("refused"), behind("1", &[&both]));
    assert_eq!(figure("implemented"), behind("1", &[&shelf]));
    assert_eq!(figure("failed"), behind("0", &[]));
    assert_eq!(figure("closed"), behind("1", &[&shelf]));
    assert_eq!(figure("dropped"), behind("1", &[&dropped]));
    assert_eq!(figure("open"), behind("2", &[&both, &none]));
    assert_eq!(figure("overdue"), behind("1", &[&both]));
    assert_eq!(figure("days_to_confirm"), behind("0", &[&shelf, &none]));
    assert_eq!(figure("days_to_verify"), behind("16", &[&shelf]));
    let cells = |name: &str, keys: &[&str]| -> Vec<String> {
        let table = section["tables"].as_array().unwrap().iter().find(|table| table["name"] == name).unwrap();
        let columns = table["columns"].as_array().unwrap();
        let at = |key: &&str| columns.iter().position(|column| column == key).unwrap_or_else(|| panic!("no {key}"));
        let line =
            |row: &Value| keys.iter().map(|key| row[at(key)].as_str().unwrap_or("-")).collect::<Vec<_>>().join(" ");
        table["rows"].as_array().unwrap().iter().map(line).collect()
    };
    // Refused on the 2nd, so planned anew by the 5th; the plan of the other is due in December.
    let open = cells("open", &["number", "state", "days_in_step", "plan_due", "next_due", "days_late", "who"]);
    let of = |number: &str, rest: &str| format!("{number} {rest}");
    assert_eq!(
        open,
        [
            of(&both, "to be planned 16 - 2026-11-05 13 Yang Xue"),
            of(&none, "confirmed by the customer 16 2026-12-01 2026-12-01 - Zhao Lei")
        ]
    );
    assert_eq!(cells("by_model", &["model", "opened", "closed", "open"]), ["- 2 0 1", "RACK 1 0 1", "SHELF 1 1 1"]);
    assert_eq!(cells("by_customer", &["code", "opened", "closed", "open"]), ["ACME 2 1 1", "RIVER 1 0 1"]);
    // At the end of October the first one was waiting for its customer.
    let october = desk.cs("report improvements 2026-10 --json").ok().json();
    assert_eq!(october["sections"][0]["tables"][0]["rows"][0][4], "sent to the customer");
}

#[test]
fn what_is_taken_up_again_is_opened_anew_and_its_days_count_from_then() {
    let mut desk = Desk::plain();
    desk.clock("2026-10-05 10:00");
    let improvement = desk.improved("closed");
    desk.clock("2026-11-05 10:00");
    improve(&desk, &improvement, "reopen ZG --reason again");
    desk.clock("2026-11-09 10:00");
    desk.improve(&improvement, "new", "implemented");
    desk.clock("2026-11-18 10:00");
    desk.improve(&improvement, "implemented", "closed");
    let report = desk.cs("report improvements 2026-11 --json").ok().json();
    let figures = report["sections"][0]["figures"].as_array().unwrap();
    let value = |key: &str| figures.iter().find(|figure| figure["key"] == key).unwrap()["value"].clone();
    let found = ["opened", "closed", "open", "days_to_confirm", "days_to_verify"].map(value);
    assert_eq!(found, ["1", "1", "0", "4", "13"]);
}
