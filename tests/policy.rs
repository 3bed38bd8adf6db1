//! Every key of policy.toml, changed once: what it governs comes out otherwise.

mod common;

use common::Desk;
use cs::policy::KEYS;

/// A key, another value for it, a story that it governs, and how that story ends by default and then.
struct Acting {
    key: &'static str,
    value: &'static str,
    story: fn(&mut Desk) -> String,
    default: &'static str,
    changed: &'static str,
}

const fn acting(
    key: &'static str,
    value: &'static str,
    story: fn(&mut Desk) -> String,
    default: &'static str,
    changed: &'static str,
) -> Acting {
    Acting { key, value, story, default, changed }
}

const ACTING: &[Acting] = &[
    acting("clock.hours", "[\"08:00-16:30\"]", confirmation, "2026-11-18 18:00", "2026-11-18 16:30"),
    acting("clock.weekdays", "[\"thu\", \"fri\"]", confirmation, "2026-11-18 18:00", "2026-11-19 18:00"),
    acting("clock.warn_percent", "50", warning, "", "50 % of the time is used (R47)"),
    acting("customer.contact_days", "3", first_contact, "2026-11-25 18:00", "2026-11-21 18:00"),
    acting("customer.weight_a", "9", loads, "YX 3 ZL 3", "ZL 3 YX 9"),
    acting("customer.weight_b", "5", loads, "YX 3 ZL 3", "YX 3 ZL 6"),
    acting("customer.weight_c", "0", loads, "YX 3 ZL 3", "ZL 2 YX 3"),
    acting("customer.credit_days", "30", credit, "2027-11-01 18:00", "2026-12-01 18:00"),
    acting("customer.rating_months", "1", grade_of_last_quarter, "B", "C"),
    acting("customer.silent_days", "3000", silence, "1", "0"),
    acting("grade.a_amount", "120000", grade, "B", "A"),
    acting("grade.b_amount", "120001", grade, "B", "C"),
    acting("credit.a_days", "9", paid_after_ten_days, "A", "B"),
    acting("credit.b_days", "39", paid_after_forty_days, "B", "C"),
    acting("credit.c_days", "49", paid_after_fifty_days, "C", "D"),
    acting("credit.unpaid_days", "50", unpaid_beside_a_payment, "A", "D"),
    acting("agency.verify_days", "30", agency, "2027-01-30 18:00", "2026-12-01 18:00"),
    acting("insurance.ends_days", "10", insurance, "2026-12-01 18:00", "2026-12-21 18:00"),
    acting("order.confirm_workdays", "2", confirmation, "2026-11-18 18:00", "2026-11-20 18:00"),
    acting("order.progress_workdays", "3", progress, "2026-11-19 18:00", "2026-11-23 18:00"),
    acting("shipment.notify_days", "2", notice, "2026-11-19 18:00", "2026-11-18 18:00"),
    acting("shipment.slip_days", "2", slip, "2026-11-25 18:00", "2026-11-20 18:00"),
    acting("receipt.remedy_workdays", "1", discrepancy, "2026-11-18 18:00", "2026-11-19 18:00"),
    acting("repair.warranty_months", "6", covered, "us", "customer"),
    acting("repair.judge_workdays", "3", judgement, "2026-11-19 18:00", "2026-11-23 18:00"),
    acting("repair.quote_workdays", "0", signature, "2026-11-19 18:00", "2026-11-18 18:00"),
    acting("repair.dispatch_workdays", "2", dispatch, "2026-11-19 18:00", "2026-11-20 18:00"),
    acting("repair.follow_days", "1", follow_up, "2026-11-23 18:00", "2026-11-19 18:00"),
    acting("parts.send_workdays", "1", parts, "2026-11-18 18:00", "2026-11-19 18:00"),
    acting("consult.answer_target", "\"4h business\"", answer, "2026-11-19 10:00", "2026-11-18 15:30"),
    acting("complaint.large_loss", "500", major, "no", "yes"),
    acting("complaint.officer", "\"45m real\"", to_officer, "2026-11-18 10:30", "2026-11-18 10:45"),
    acting("complaint.leader", "\"15m real\"", call_leader, "2026-11-18 20:00", "2026-11-18 20:15"),
    acting("complaint.handle", "\"4h business\"", handling, "2026-11-20 10:00", "2026-11-18 15:30"),
    acting("complaint.told", "\"1 workday\"", told_result, "2026-11-18 18:00", "2026-11-19 18:00"),
    acting("complaint.progress", "\"1 workday\"", report_progress, "2026-11-23 18:00", "2026-11-19 18:00"),
    acting("complaint.call_back_from", "0", call_back_now, "complaint.call-back", "ok"),
    acting("complaint.call_back_days", "9", call_back_by, "2026-11-25 18:00", "2026-11-27 18:00"),
    acting("complaint.causes", "[\"mould\"]", root_cause, "ok", "complaint.cause"),
    acting("complaint.recurs", "1", recurring_cause, "", "2026-11-18 18:00"),
    acting("visit.round_day", "18", round, "2026-11-30 18:00", "2026-11-27 18:00"),
    acting("visit.round_days", "5", round, "2026-11-30 18:00", "2026-11-25 18:00"),
    acting("visit.summary_days", "3", summary, "2026-12-07 18:00", "2026-12-03 18:00"),
    acting("visit.low_score", "3", low_score, "ok", "visit.need"),
    acting("visit.follow_workdays", "0", stated_need, "2026-11-20 18:00", "2026-11-18 18:00"),
    acting("improve.analyse_workdays", "0", |desk| next_of(desk, "new"), "2026-11-20 18:00", "2026-11-18 18:00"),
    acting("improve.plan_workdays", "1", |desk| next_of(desk, "analysed"), "2026-11-23 18:00", "2026-11-19 18:00"),
    acting("improve.send_workdays", "2", |desk| next_of(desk, "planned"), "2026-11-19 18:00", "2026-11-20 18:00"),
    acting("improve.confirm_days", "7", |desk| next_of(desk, "sent"), "2026-11-21 18:00", "2026-11-25 18:00"),
    acting("improve.verify_workdays", "8", |desk| next_of(desk, "implemented"), "2026-11-25 18:00", "2026-11-30 18:00"),
    acting("claim.notify", "\"8h business\"", told_of_loss, "2026-11-20 10:00", "2026-11-19 10:30"),
    acting("claim.papers_workdays", "2", papers_of_claim, "2026-11-25 18:00", "2026-11-20 18:00"),
    acting("claim.assess_days", "15", assessment, "2026-12-18 18:00", "2026-12-03 18:00"),
    acting("claim.settle_days", "3", payment_of_claim, "2026-11-28 18:00", "2026-11-21 18:00"),
    acting("settlement.days", "3", settlement, "2026-11-30 18:00", "2026-12-03 18:00"),
    acting("work.plan_due", "\"thu 16:30\"", plan_of_work, "2026-11-20 10:00", "2026-11-19 16:30"),
    acting("meeting.weekly", "\"thu 16:30\"", weekly_meeting, "2026-11-20 10:00", "2026-11-19 16:30"),
    acting("meeting.monthly_before", "18", monthly_meeting, "2026-12-18 10:00", "2026-12-11 10:00"),
    acting("meeting.minutes", "90", long_meeting, "meeting.long", "ok"),
    acting("training.slot", "\"thu 16:30\"", weekly_training, "2026-11-18 14:00", "2026-11-19 16:30"),
    acting("training.pass_points", "75", tested, "yes", "no"),
    acting("training.mark_workdays", "0", marks_due, "2026-11-19 18:00", "2026-11-17 18:00"),
    acting("shift.spans", "[\"early 07:00-15:00\"]", early_shift, "08:00-16:00", "07:00-15:00"),
    acting("shift.grace_minutes", "5", came_five_minutes_late, "late", "on_time"),
    acting("shift.early_minutes", "119", came_two_hours_early, "ok", "shift.early"),
    acting("shift.explain_days", "1", explained_a_day_later, "shift.explain", "ok"),
    acting("shift.cover_days", "1", roster_with_a_gap, "", "2026-11-18 16:00"),
    acting("report.filed", "[\"month\", \"year\"]", to_file, "day week month quarter year", "month year"),
    acting("report.formats", "[\"xlsx\"]", filed_as, "reports/day/2026-11-18.md", "reports/day/2026-11-18.xlsx"),
    acting("report.time", "\"20:30\"", day_due, "2026-11-19 06:00", "2026-11-19 20:30"),
    acting("report.day_days", "2", day_due, "2026-11-19 06:00", "2026-11-20 06:00"),
    acting("report.week_days", "2", week_due, "2026-11-23 06:00", "2026-11-24 06:00"),
    acting("report.month_days", "1", month_due, "2026-12-03 06:00", "2026-12-01 06:00"),
    acting("report.quarter_days", "1", quarter_due, "2027-01-05 06:00", "2027-01-01 06:00"),
    acting("report.year_days", "1", year_due, "2027-01-10 06:00", "2027-01-01 06:00"),
    acting("qa.pass_percent", "95", scored_ninety, "ok", "call.said"),
    acting("qa.contest_days", "0", contest_next_day, "ok", "call.late"),
    acting("qa.settle_days", "0", contested_score, "2026-11-23 18:00", "2026-11-18 18:00"),
    acting("qa.calls_month", "4", calls_to_score, "", "2026-11-30 18:00"),
    acting("score.weight_work", "50\nweight_other = 20", bonus_base, "65.0", "66.9"),
    acting("score.weight_performance", "20\nweight_other = 20", bonus_base, "65.0", "61.3"),
    acting("score.weight_other", "0\nweight_work = 70", bonus_base, "65.0", "63.5"),
    acting("score.base", "90", bonus_base, "65.0", "61.7"),
    acting("score.cap", "110", bonus_base_with_an_award, "73.3", "70.0"),
    acting("score.point_yuan", "\"25.50\"", worth_of_a_deduction, "-40.00", "-51.00"),
    acting("score.flag", "31", thirty_points, "flagged", "warned"),
    acting("score.warn", "21", twenty_points, "warned", "clear"),
    acting("void.author_days", "1", void_next_day, "sign.role", "ok"),
    acting("sign.order_price", "{ manager = \"any\" }", confirm, "ok", "sign.role"),
    acting("sign.freight_quote", "{ specialist = 100, manager = \"any\" }", quote_freight, "ok", "sign.limit"),
    acting("sign.freight", "{ gm = \"any\" }", approve_freight, "ok", "sign.role"),
    acting("sign.return", "{ manager = \"any\" }", approve_return, "ok", "sign.role"),
    acting("sign.judge", "{ gm = \"any\" }", judge, "ok", "sign.role"),
    acting("sign.quote", "{ after_sales = 300, gm = \"any\" }", approve_quote, "ok", "sign.limit"),
    acting("sign.reimburse", "{ after_sales = 300, gm = \"any\" }", reimburse, "ok", "sign.limit"),
    acting("sign.parts", "{ supervisor = 44, gm = \"any\" }", approve_parts, "ok", "sign.limit"),
    acting("sign.compensation", "{ manager = \"any\" }", sign_compensation, "ok", "sign.role"),
    acting("sign.prevent", "{ deputy = \"any\" }", sign_prevention, "sign.role", "ok"),
    acting("sign.settle", "{ gm = \"any\" }", settle, "ok", "sign.role"),
    acting("sign.void", "{ gm = \"any\" }", void_of_another, "ok", "sign.role"),
    acting("sign.assign", "{ supervisor = \"any\" }", overrule, "sign.role", "ok"),
    acting("sign.rate", "{ specialist = \"any\" }", accept_grade, "sign.role", "ok"),
    acting("sign.score", "{ gm = \"any\" }", |desk| outcome(deduction(desk)), "ok", "sign.role"),
    acting("sign.shift", "{ specialist = \"any\" }", roster_another, "sign.role", "ok"),
    acting("sign.work", "{ specialist = \"any\" }", plan_for_another, "sign.role", "ok"),
    acting("sign.training", "{ specialist = \"any\" }", mark_a_test, "sign.role", "ok"),
    acting("sign.qa", "{ gm = \"any\" }", scored_ninety, "ok", "sign.role"),
    acting("sign.qa_review", "{ gm = \"any\" }", uphold, "ok", "sign.role"),
];

#[test]
fn every_key_has_a_story_that_it_governs() {
    let keys: Vec<&str> = KEYS.iter().map(|key| key.path).collect();
    let acting: Vec<&str> = ACTING.iter().map(|acting| acting.key).collect();
    assert_eq!(acting, keys);
}

#[test]
fn every_key_acts() {
    for acting in ACTING {
        let mut desk = Desk::mending();
        assert_eq!((acting.story)(&mut desk), acting.default, "{} by default", acting.key);
        let mut desk = Desk::mending();
        let (section, name) = acting.key.split_once('.').unwrap();
        // All other keys are absent: they mean their defaults.
        desk.write("policy.toml", format!("[{section}]\n{name} = {}\n", acting.value));
        assert_eq!((acting.story)(&mut desk), acting.changed, "{} = {}", acting.key, acting.value);
        desk.clock("2026-11-19 23:00").is_sound();
    }
}

/// `ok`, or the code of the refusal.
fn outcome(run: common::Run<'_>) -> String {
    let done = run.done();
    match done.code {
        Some(0) => "ok".to_string(),
        _ => done.stderr.split_once("error[").and_then(|(_, rest)| rest.split(']').next()).unwrap().to_string(),
    }
}

fn confirmation(desk: &mut Desk) -> String {
    let order = desk.order();
    desk.due("R8", &order).unwrap()
}

fn warning(desk: &mut Desk) -> String {
    desk.order();
    desk.clock("2026-11-18 15:30");
    let told = desk.cs("todo --explain").ok().stdout;
    told.lines().find(|line| line.contains("R47")).unwrap_or_default().trim().to_string()
}

fn first_contact(desk: &mut Desk) -> String {
    desk.cs("customer add NEW --name Newcomer --owner YX --assigned-on today").by("WM").ok();
    desk.due("R5", "NEW").unwrap()
}

fn loads(desk: &mut Desk) -> String {
    desk.cs("customer add NEW --name Newcomer").ok();
    let loads = desk.cs("customer assign NEW --json").ok().json();
    let row = |row: &serde_json::Value| format!("{} {}", row["staff"], row["load"]).replace('"', "");
    loads.as_array().unwrap().iter().map(row).collect::<Vec<_>>().join(" ")
}

fn credit(desk: &mut Desk) -> String {
    desk.cs("customer edit ACME --credit B --credit-on 2026-11-01").ok();
    desk.due("R7", "ACME").unwrap()
}

/// What is proposed for ACME as a grade or a credit.
fn proposed(desk: &Desk, rating: &str) -> String {
    let proposals = desk.cs(&format!("customer {rating} ACME --json")).ok().json();
    proposals[0]["proposed"].as_str().unwrap_or("none").to_string()
}

fn grade(desk: &mut Desk) -> String {
    desk.order_of("SHELF=1000@120");
    proposed(desk, "grade")
}

fn grade_of_last_quarter(desk: &mut Desk) -> String {
    desk.clock("2026-08-18 10:00");
    desk.order_of("SHELF=1000@120");
    desk.clock("2026-11-18 10:00");
    proposed(desk, "grade")
}

fn accept_grade(desk: &mut Desk) -> String {
    desk.order();
    outcome(desk.cs("customer grade ACME --accept"))
}

/// RIVER was never spoken to since its first contact; the others order today.
fn silence(desk: &mut Desk) -> String {
    desk.order();
    desk.cs("customer edit SHOPS --status lapsed").ok();
    desk.cs("customer silent --json").ok().json().as_array().unwrap().len().to_string()
}

/// An order of ACME, its papers sent on the first of September.
fn billed(desk: &mut Desk) -> String {
    desk.clock("2026-09-01 10:00");
    let order = desk.confirmed();
    desk.cs(&format!("order papers {order} --sent invoice")).ok();
    order
}

fn paid_on(desk: &mut Desk, day: &str) -> String {
    let order = billed(desk);
    desk.clock(&format!("{day} 10:00"));
    desk.cs(&format!("order paid {order}")).ok();
    proposed(desk, "credit")
}

fn paid_after_ten_days(desk: &mut Desk) -> String {
    paid_on(desk, "2026-09-11")
}

fn paid_after_forty_days(desk: &mut Desk) -> String {
    paid_on(desk, "2026-10-11")
}

fn paid_after_fifty_days(desk: &mut Desk) -> String {
    paid_on(desk, "2026-10-21")
}

fn unpaid_beside_a_payment(desk: &mut Desk) -> String {
    billed(desk);
    let order = billed(desk);
    desk.cs(&format!("order paid {order}")).ok();
    desk.clock("2026-10-22 10:00");
    proposed(desk, "credit")
}

fn agency(desk: &mut Desk) -> String {
    desk.cs("agency add SIGN --name Signs --verified-on 2026-11-01").ok();
    desk.due("R7", "SIGN").unwrap()
}

fn insurance(desk: &mut Desk) -> String {
    desk.cs("insurance add P1 --insurer PICC --kind cargo --from 2026-01-01 --to 2026-12-31").ok();
    desk.due("R7", "P1").unwrap()
}

fn progress(desk: &mut Desk) -> String {
    let order = desk.confirmed();
    desk.due("R10", &order).unwrap()
}

fn notice(desk: &mut Desk) -> String {
    let order = desk.confirmed();
    let shipment = desk.shipment(&order, "SHELF=1");
    desk.due("R12", &shipment).unwrap()
}

fn slip(desk: &mut Desk) -> String {
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=1");
    desk.received(&shipment, "SHELF=1");
    desk.due("R13", &shipment).unwrap()
}

fn discrepancy(desk: &mut Desk) -> String {
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=2");
    let receipt = desk.received(&shipment, "SHELF=1");
    desk.due("R15", &receipt).unwrap()
}

fn settlement(desk: &mut Desk) -> String {
    let order = desk.confirmed();
    desk.departed(&order, "SHELF=1");
    desk.due("R16", "FAST 2026-11").unwrap()
}

fn settle(desk: &mut Desk) -> String {
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=1");
    std::fs::write(desk.home().join("s.csv"), format!("No,Amount\n{shipment},780\n")).unwrap();
    desk.cs("ship statement s.csv --carrier FAST --month this-month").ok();
    outcome(desk.cs("ship settle --carrier FAST --month this-month").by("LW"))
}

fn void_next_day(desk: &mut Desk) -> String {
    let order = desk.confirmed();
    desk.clock("2026-11-19 17:00");
    outcome(desk.cs(&format!("void {order} --step 2 --note mistake")))
}

fn void_of_another(desk: &mut Desk) -> String {
    let order = desk.confirmed();
    outcome(desk.cs(&format!("void {order} --step 2 --note mistake")).by("LW"))
}

fn confirm(desk: &mut Desk) -> String {
    let order = desk.order();
    outcome(desk.cs(&format!("order confirm {order}")))
}

/// A shipment of an order that the manager has confirmed, its freight yet to be agreed.
fn shipment(desk: &Desk) -> String {
    let order = desk.order();
    desk.cs(&format!("order confirm {order}")).by("WM").ok();
    desk.shipment(&order, "SHELF=2")
}

fn quote_freight(desk: &mut Desk) -> String {
    let shipment = shipment(desk);
    outcome(desk.cs(&format!("ship freight {shipment} --amount 101")))
}

fn approve_freight(desk: &mut Desk) -> String {
    let shipment = shipment(desk);
    desk.cs(&format!("ship freight {shipment} --amount 101")).ok();
    outcome(desk.cs(&format!("ship approve {shipment}")).by("LW"))
}

fn approve_return(desk: &mut Desk) -> String {
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=2");
    desk.received(&shipment, "SHELF=2");
    desk.cs(&format!("ship return {shipment} --reason scratched --line SHELF=1")).ok();
    outcome(desk.cs(&format!("ship return-approve {shipment}")).by("LW"))
}

fn covered(desk: &mut Desk) -> String {
    let ticket = desk.judged();
    desk.show(&ticket)["derived"]["payer"].as_str().unwrap().to_string()
}

fn judgement(desk: &mut Desk) -> String {
    let ticket = desk.ticket("2026-03-01");
    desk.due("R18", &ticket).unwrap()
}

fn signature(desk: &mut Desk) -> String {
    let ticket = desk.judged();
    let quote = desk.quote(&ticket);
    desk.due("R24", &quote).unwrap()
}

fn dispatch(desk: &mut Desk) -> String {
    let ticket = desk.judged();
    desk.due("R20", &ticket).unwrap()
}

fn follow_up(desk: &mut Desk) -> String {
    let ticket = desk.repaired();
    desk.due("R22", &ticket).unwrap()
}

fn round(desk: &mut Desk) -> String {
    desk.clock("2026-11-20 09:00");
    desk.due("R38", "ACME").unwrap()
}

fn summary(desk: &mut Desk) -> String {
    desk.cs("visit log acme --satisfaction 4").ok();
    desk.clock("2026-12-01 09:00");
    desk.due("R39", "2026-11").unwrap()
}

fn low_score(desk: &mut Desk) -> String {
    outcome(desk.cs("visit log acme --satisfaction 3 --need nothing"))
}

fn stated_need(desk: &mut Desk) -> String {
    let visit = desk.cs("visit log acme --content x --need improvement").ok().number();
    desk.due("R38", &visit).unwrap()
}

fn asked_for_parts(desk: &Desk) -> String {
    let ticket = desk.ticket("2026-03-01");
    desk.cs(&format!("repair parts {ticket} --line glass=1@45")).ok().number()
}

fn parts(desk: &mut Desk) -> String {
    let request = asked_for_parts(desk);
    desk.due("R25", &request).unwrap()
}

fn judge(desk: &mut Desk) -> String {
    let ticket = desk.ticket("2026-03-01");
    outcome(desk.cs(&format!("repair judge {ticket} --cause quality")).by("AS"))
}

fn approve_quote(desk: &mut Desk) -> String {
    let ticket = desk.ticket("2026-03-01");
    let quote = desk.quote(&ticket);
    outcome(desk.cs(&format!("repair approve {quote}")).by("AS"))
}

fn reimburse(desk: &mut Desk) -> String {
    let ticket = desk.accepted();
    outcome(desk.cs(&format!("repair reimburse {ticket}")).by("AS"))
}

fn approve_parts(desk: &mut Desk) -> String {
    let request = asked_for_parts(desk);
    outcome(desk.cs(&format!("repair approve {request}")).by("LW"))
}

fn answer(desk: &mut Desk) -> String {
    let consult = desk.consult("");
    desk.due("R27", &consult).unwrap()
}

fn major(desk: &mut Desk) -> String {
    let complaint = desk.complaint("--amount 800");
    desk.show(&complaint)["derived"]["major"].as_str().unwrap().to_string()
}

fn to_officer(desk: &mut Desk) -> String {
    let complaint = desk.complaint("--criteria safety");
    desk.due("R29", &complaint).unwrap()
}

fn call_leader(desk: &mut Desk) -> String {
    desk.clock("2026-11-18 20:00");
    let complaint = desk.complaint("--urgent");
    desk.due("R30", &complaint).unwrap()
}

fn handling(desk: &mut Desk) -> String {
    let complaint = desk.complaint("");
    desk.due("R31", &complaint).unwrap()
}

fn told_result(desk: &mut Desk) -> String {
    let complaint = desk.handled("", "");
    desk.due("R32", &complaint).unwrap()
}

fn report_progress(desk: &mut Desk) -> String {
    let complaint = desk.complaint("");
    desk.due("R32", &complaint).unwrap()
}

fn call_back_now(desk: &mut Desk) -> String {
    let complaint = desk.handled("", "");
    outcome(desk.cs(&format!("complain call-back {complaint} --satisfied yes")))
}

fn call_back_by(desk: &mut Desk) -> String {
    let complaint = desk.handled("", "");
    desk.due("R35", &complaint).unwrap()
}

fn root_cause(desk: &mut Desk) -> String {
    let complaint = desk.complaint("");
    outcome(desk.cs(&format!("complain cause {complaint} --cause product")))
}

fn recurring_cause(desk: &mut Desk) -> String {
    let complaint = desk.complaint("");
    desk.cs(&format!("complain cause {complaint} --cause mould --new")).ok();
    desk.due("R36", &complaint).unwrap_or_default()
}

fn sign_compensation(desk: &mut Desk) -> String {
    let complaint = desk.complaint("");
    desk.settled(&complaint, "--compensation 200");
    outcome(desk.cs(&format!("complain sign {complaint}")).by("DP"))
}

fn sign_prevention(desk: &mut Desk) -> String {
    let complaint = desk.complaint("");
    desk.cs(&format!("complain prevent {complaint} --measure 'thicker glass'")).ok();
    outcome(desk.cs(&format!("complain sign-prevent {complaint}")).by("DP"))
}

/// When the step after a state of an improvement is due.
fn next_of(desk: &Desk, state: &str) -> String {
    let improvement = desk.improved(state);
    desk.due("R42", &improvement).unwrap()
}

/// A claim on a damaged arrival, under a policy of goods on the way.
fn claim(desk: &Desk) -> String {
    desk.cs("insurance add P1 --insurer PICC --kind cargo --from 2026-01-01 --to 2026-12-31").ok();
    desk.claim(&desk.damaged(1), "SHELF=1@120", "")
}

fn told_of_loss(desk: &mut Desk) -> String {
    let claim = claim(desk);
    desk.due("R43", &claim).unwrap()
}

fn papers_of_claim(desk: &mut Desk) -> String {
    let claim = claim(desk);
    desk.cs(&format!("claim notify {claim} --channel hotline")).ok();
    desk.due("R43", &claim).unwrap()
}

fn assessment(desk: &mut Desk) -> String {
    let claim = claim(desk);
    desk.cs(&format!("claim notify {claim} --channel hotline")).ok();
    desk.cs(&format!("claim papers {claim} --papers receipt")).ok();
    desk.due("R43", &claim).unwrap()
}

fn payment_of_claim(desk: &mut Desk) -> String {
    let claim = claim(desk);
    desk.assessed(&claim, "100");
    desk.due("R43", &claim).unwrap()
}

fn overrule(desk: &mut Desk) -> String {
    desk.cs("customer add NEW --name Newcomer").ok();
    outcome(desk.cs("customer assign NEW --to ZL").by("LW"))
}

/// The reports to file in the middle of the next January, each as a word and when it is due.
fn filings(desk: &mut Desk) -> Vec<[String; 2]> {
    desk.order();
    let due = desk.cs("report due --json --since 2026-11-18").now("2027-01-15 23:00").ok().json();
    let word = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap().to_string();
    due.as_array().unwrap().iter().map(|one| [word(one, "report"), word(one, "due")[..16].replace('T', " ")]).collect()
}

fn to_file(desk: &mut Desk) -> String {
    let due = filings(desk);
    let names = cs::policy::PERIODICALS.map(|(name, _)| name);
    names.into_iter().filter(|name| due.iter().any(|[due, _]| due == name)).collect::<Vec<_>>().join(" ")
}

fn first_due(desk: &mut Desk, name: &str) -> String {
    filings(desk).into_iter().find(|[due, _]| due == name).unwrap()[1].clone()
}

fn day_due(desk: &mut Desk) -> String {
    first_due(desk, "day")
}

fn week_due(desk: &mut Desk) -> String {
    first_due(desk, "week")
}

fn month_due(desk: &mut Desk) -> String {
    first_due(desk, "month")
}

fn quarter_due(desk: &mut Desk) -> String {
    first_due(desk, "quarter")
}

fn year_due(desk: &mut Desk) -> String {
    first_due(desk, "year")
}

fn filed_as(desk: &mut Desk) -> String {
    desk.order();
    desk.clock("2026-11-19 22:00");
    desk.cs("report file day").ok().stdout.trim().to_string()
}

fn deduction(desk: &Desk) -> common::Run<'_> {
    desk.cs("score add YX --clause D3.1 --evidence 'report not done' --by LW")
}

fn worth_of_a_deduction(desk: &mut Desk) -> String {
    let number = deduction(desk).ok().number();
    desk.show(&number)["derived"]["worth"].as_str().unwrap().to_string()
}

/// The bonus base of a month in which half of the work was done in time and five points were taken:
/// (60 × 50 + 30 × 95) / 90, for there is no other assessment.
fn bonus_base(desk: &mut Desk) -> String {
    let [done, _] = ["a", "b"].map(|what| desk.cs(&format!("work plan {what} --due 2026-11-19")).ok().number());
    desk.cs(&format!("work done {done} --result done")).ok();
    five_points_taken(desk, 1);
    let rows = desk.cs("score month 2026-11 --json").now("2026-11-30 10:00").ok().json();
    let row = rows.as_array().unwrap().iter().find(|row| row["staff"] == "YX");
    row.unwrap()["base"].as_str().unwrap().to_string()
}

/// The same with thirty points given, which are more than count.
fn bonus_base_with_an_award(desk: &mut Desk) -> String {
    desk.cs("score add YX --clause A1.1 --points 30 --evidence 'a leak was told of' --by LW").ok();
    bonus_base(desk)
}

fn thirty_points(desk: &mut Desk) -> String {
    five_points_taken(desk, 6)
}

fn twenty_points(desk: &mut Desk) -> String {
    five_points_taken(desk, 4)
}

/// How somebody stands from whom five points were taken so many times.
fn five_points_taken(desk: &Desk, times: usize) -> String {
    for time in 1..=times {
        desk.cs(&format!("score add YX --clause D2.2 --evidence late{time} --by LW")).ok();
    }
    desk.cs("score standing --json").ok().json()[0]["standing"].as_str().unwrap().to_string()
}

fn scored_ninety(desk: &mut Desk) -> String {
    outcome(desk.cs("qa score YX --marks answer=20 --by LW"))
}

fn contest(desk: &Desk) -> common::Run<'_> {
    desk.cs("qa contest ZJ-261118-LW-1 --reason 'the answer was right'")
}

fn contest_next_day(desk: &mut Desk) -> String {
    scored_ninety(desk);
    desk.clock("2026-11-19 10:00");
    outcome(contest(desk))
}

fn contested_score(desk: &mut Desk) -> String {
    scored_ninety(desk);
    contest(desk).ok();
    desk.due("R54", "ZJ-261118-LW-1").unwrap()
}

fn uphold(desk: &mut Desk) -> String {
    scored_ninety(desk);
    contest(desk).ok();
    outcome(desk.cs("qa uphold ZJ-261118-LW-1 --reason 'it was not' --by WM"))
}

fn calls_to_score(desk: &mut Desk) -> String {
    desk.due("R54", "YX 2026-11").unwrap_or_default()
}

fn plan_of_work(desk: &mut Desk) -> String {
    desk.cs("work plan 'call the new ones' --due 2026-11-20").ok();
    desk.clock("2026-11-20 17:00");
    desk.due("R50", "ZL").unwrap()
}

fn plan_for_another(desk: &mut Desk) -> String {
    outcome(desk.cs("work plan 'call the new ones' --due 2026-11-20 --staff ZL"))
}

fn weekly_meeting(desk: &mut Desk) -> String {
    desk.cs("meet new weekly --when '2026-11-12 10:00' --topics all").ok();
    desk.due("R51", "weekly 2026-W47").unwrap()
}

fn monthly_meeting(desk: &mut Desk) -> String {
    desk.cs("meet new monthly --when '2026-11-20 10:00' --topics all").ok();
    desk.clock("2026-12-02 10:00");
    desk.due("R51", "monthly 2026-12").unwrap()
}

fn long_meeting(desk: &mut Desk) -> String {
    let meeting = desk.cs("meet new other --topics all").ok().number();
    outcome(desk.cs(&format!("meet minutes {meeting} --present YX --conclusions none --lasted 75")))
}

fn weekly_training(desk: &mut Desk) -> String {
    let class = desk.cs("train plan class --topic quoting --trainer LW").ok().number();
    desk.show(&class)["when"].as_str().unwrap()[..16].replace('T', " ")
}

/// A test of yesterday to which ZL is called.
fn test_of_zl(desk: &Desk) -> String {
    desk.cs("train plan test --when '2026-11-17 09:00' --attendees ZL").ok().number()
}

fn tested(desk: &mut Desk) -> String {
    let test = test_of_zl(desk);
    desk.cs(&format!("train mark {test} --staff ZL --points 74")).by("LW").ok();
    desk.show(&test)["derived"]["marks"][0]["passed"].as_str().unwrap().to_string()
}

fn marks_due(desk: &mut Desk) -> String {
    let test = test_of_zl(desk);
    desk.due("R52", &test).unwrap()
}

fn mark_a_test(desk: &mut Desk) -> String {
    let test = test_of_zl(desk);
    outcome(desk.cs(&format!("train mark {test} --staff ZL --points 74")))
}

fn shift(desk: &Desk, on: &str, span: &str) -> String {
    desk.cs(&format!("shift roster YX --on {on} --span {span}")).ok().number()
}

fn early_shift(desk: &mut Desk) -> String {
    let shift = shift(desk, "2026-11-20", "early");
    desk.show(&shift)["span"].as_str().unwrap().to_string()
}

fn came_five_minutes_late(desk: &mut Desk) -> String {
    let shift = shift(desk, "2026-11-19", "08:00-16:00");
    desk.clock("2026-11-19 08:05");
    desk.cs("shift in").ok();
    desk.show(&shift)["derived"]["presence"].as_str().unwrap().to_string()
}

fn came_two_hours_early(desk: &mut Desk) -> String {
    let shift = shift(desk, "2026-11-18", "12:00-16:00");
    outcome(desk.cs(&format!("shift in {shift}")))
}

fn explained_a_day_later(desk: &mut Desk) -> String {
    let shift = shift(desk, "2026-11-18", "09:00-16:00");
    desk.cs("shift in").ok();
    desk.clock("2026-11-19 10:00");
    outcome(desk.cs(&format!("shift explain {shift} --reason 'the train stood'")))
}

fn roster_with_a_gap(desk: &mut Desk) -> String {
    shift(desk, "2026-11-18", "08:00-16:00");
    desk.due("R63", "shifts 2026-11-18").unwrap_or_default()
}

fn roster_another(desk: &mut Desk) -> String {
    outcome(desk.cs("shift roster ZL --on 2026-11-20 --span 08:00-16:00"))
}
