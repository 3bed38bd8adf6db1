//! Insurance claims: the insurer is told in time (R43), the policy covers the day, the sum insured suffices, each state
//! takes its own steps, and a claim is a remedy for what arrived wrong (R15) or broke on the way (R18).

mod common;

use common::{Desk, no, no_by};

fn state(desk: &Desk, number: &str) -> String {
    desk.show(number)["state"].as_str().unwrap().to_string()
}

fn derived(desk: &Desk, number: &str, key: &str) -> String {
    desk.show(number)["derived"][key].as_str().unwrap_or_default().to_string()
}

/// What is due of a record under a rule: its due minute, whose it is (empty for a role's), and the command.
fn duty(desk: &Desk, rule: &str, number: &str) -> Option<(String, String, String)> {
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_string();
    let duties = desk.todo("--until 2027-12-31");
    let found = duties.iter().find(|duty| duty["rule"] == rule && duty["number"] == number)?;
    Some((word(&found["due"])[..16].replace('T', " "), word(&found["who"]), word(&found["command"])))
}

/// A ticket whose fault came from transport, judged at 11 o'clock.
fn broken_on_the_way(desk: &Desk) -> String {
    let ticket = desk.ticket("2026-03-01");
    desk.cs(&format!("repair judge {ticket} --cause logistics")).by("AS").now("2026-11-18 11:00").ok();
    ticket
}

#[test]
fn a_claim_takes_what_follows_from_its_receipt() {
    let desk = Desk::insured();
    let receipt = desk.damaged(3);
    let claim = desk.claim(&receipt, "SHELF=2@120", "--loss crate=1@60.50");
    let shown = desk.show(&claim);
    assert_eq!(claim, "LP-261118-YX-1");
    assert_eq!(
        (&shown["record"], &shown["policy"], &shown["lost_on"]),
        (&receipt.into(), &"P1".into(), &"2026-11-18".into())
    );
    for (key, value) in
        [("claimed", "300.50"), ("carrier", "FAST"), ("left", "1000.00"), ("loss_ratio", "0.0"), ("days", "0")]
    {
        assert_eq!(derived(&desk, &claim, key), value, "{key}");
    }
    assert!(!desk.read(&common::file_of(&claim)).contains("FAST"), "the carrier is not stored");
    desk.is_sound();
}

#[test]
fn a_claim_on_a_shipment_or_a_repair_takes_its_day_and_a_fitting_policy() {
    let mut desk = Desk::insured();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    let mended = desk.judged();
    let broken = broken_on_the_way(&desk);
    desk.clock("2026-11-19 09:00");
    for (record, policy) in [(&shipment, "P1"), (&mended, "P2"), (&broken, "P1")] {
        let claim = desk.claim(record, "SHELF=1@120", "");
        let shown = desk.show(&claim);
        assert_eq!((&shown["policy"], &shown["lost_on"]), (&policy.into(), &"2026-11-18".into()), "{record}");
    }
    desk.is_sound();
}

#[test]
fn one_of_several_fitting_policies_is_named_and_none_is_told() {
    let desk = Desk::insured();
    let receipt = desk.damaged(1);
    let new = format!("claim new {receipt} --what crushed --loss SHELF=1@120");
    desk.cs("insurance add P3 --insurer Other --kind carrier_liability --from 2026-01-01 --to 2026-12-31").ok();
    no(&desk, &new, &["several policies", "P1 Min River, P3 Other"], &["多份适用", "P1 Min River, P3 Other"]);
    assert_eq!(desk.show(&desk.claim(&receipt, "SHELF=1@120", "--policy other"))["policy"], "P3");
    no(&desk, &format!("{new} --lost-on 2025-12-31"), &["no policy that fits"], &["没有适用"]);
}

#[test]
fn r43_the_insurer_is_told_48_hours_after_the_arrival_and_not_a_minute_later() {
    for (at, state) in [("2026-11-20 10:00", "met"), ("2026-11-20 10:01", "missed")] {
        let mut desk = Desk::insured();
        let receipt = desk.damaged(1);
        desk.clock("2026-11-19 16:00");
        let claim = desk.claim(&receipt, "SHELF=1@120", "");
        let due = duty(&desk, "R43", &claim).unwrap();
        assert_eq!((due.0.as_str(), due.1.as_str()), ("2026-11-20 10:00", "YX"));
        assert_eq!(due.2, format!("cs claim notify {claim} --channel hotline --case CASE"));
        assert_eq!(derived(&desk, &claim, "notified"), "running");
        desk.clock("2026-11-20 17:00");
        assert_eq!(derived(&desk, &claim, "notified"), "missed");
        desk.cs(&format!("claim notify {claim} --channel hotline --at '{at}'")).ok();
        assert_eq!(derived(&desk, &claim, "notified"), state, "{at}");
        assert_eq!(derived(&desk, &claim, "notify_by"), "2026-11-20T10:00:00+08:00");
    }
}

#[test]
fn r43_a_receipt_written_late_gives_no_more_time() {
    let mut desk = Desk::insured();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    desk.clock("2026-11-20 15:00");
    let late = "--line SHELF=10:damaged=1 --packaging damaged --received-by Joe --arrived-at '2026-11-19 09:00'";
    let receipt = desk.cs(&format!("ship receive {shipment} {late}")).ok().number();
    let claim = desk.claim(&receipt, "SHELF=1@120", "");
    assert_eq!(desk.due("R43", &claim).as_deref(), Some("2026-11-21 09:00"));
    assert_eq!(desk.show(&claim)["lost_on"], "2026-11-19");
}

#[test]
fn r43_without_a_receipt_the_time_runs_from_when_the_loss_became_known() {
    let mut desk = Desk::insured();
    let order = desk.confirmed();
    let refused = desk.departed(&order, "SHELF=2");
    let lost = desk.departed(&order, "SHELF=2");
    let ticket = broken_on_the_way(&desk);
    let unjudged = desk.ticket("2026-03-01");
    desk.clock("2026-11-18 15:00");
    desk.cs(&format!("ship refused {refused} --reason crushed")).ok();
    desk.clock("2026-11-19 16:30");
    for (record, due) in [
        (&refused, "2026-11-20 15:00"),
        (&lost, "2026-11-21 16:30"),
        (&ticket, "2026-11-20 11:00"),
        (&unjudged, "2026-11-21 16:30"),
    ] {
        let claim = desk.claim(record, "SHELF=1@10", "--policy P1");
        assert_eq!(desk.due("R43", &claim).as_deref(), Some(due), "{record}");
    }
}

#[test]
fn the_policy_is_in_force_on_the_day_of_loss_its_first_and_last_day_included() {
    let desk = Desk::insured();
    let receipt = desk.damaged(4);
    for (policy, from, to) in [
        ("FIRST", "2026-11-18", "2026-12-31"),
        ("LAST", "2026-01-01", "2026-11-18"),
        ("AFTER", "2026-11-19", "2026-12-31"),
        ("BEFORE", "2026-01-01", "2026-11-17"),
    ] {
        desk.cs(&format!("insurance add {policy} --insurer I --kind cargo --from {from} --to {to}")).ok();
        let new = format!("claim new {receipt} --what x --loss SHELF=1@1 --policy {policy}");
        if matches!(policy, "FIRST" | "LAST") {
            desk.cs(&new).ok();
        } else {
            let day = "2026-11-18";
            no(&desk, &new, &["in force", from, to, day, "insurance list"], &["保险期间", from, to, day]);
        }
    }
    let early = format!("claim new {receipt} --what x --loss SHELF=1@1 --policy P1 --lost-on 2026-11-19");
    no(&desk, &early, &["before the loss on 2026-11-19"], &["早于出险日期 2026-11-19"]);
    desk.is_sound();
}

#[test]
fn the_sum_insured_is_shared_by_the_claims_of_its_term() {
    let mut desk = Desk::insured();
    let order = desk.confirmed();
    let arrive = |desk: &Desk| {
        let shipment = desk.departed(&order, "SHELF=2");
        desk.received(&shipment, "SHELF=2:damaged=1")
    };
    let receipts = [arrive(&desk), arrive(&desk), arrive(&desk)];
    let first = desk.claim(&receipts[0], "SHELF=1@1000", "");
    // While nothing is assessed, nothing is taken.
    let second = desk.claim(&receipts[1], "SHELF=1@600", "");
    assert_eq!(derived(&desk, &second, "left"), "1000.00");
    no(
        &desk,
        &format!("claim new {} --what x --loss SHELF=1@1000.01", receipts[2]),
        &["1000.01 is claimed", "only 1000.00", "--loss"],
        &["1000.01", "剩余保额 1000.00"],
    );
    desk.clock("2026-11-18 11:00");
    desk.assessed(&first, "700");
    assert_eq!((derived(&desk, &first, "left"), derived(&desk, &second, "left")), ("1000.00".into(), "300.00".into()));
    // What was claimed while there was more left stays right; no more is assessed than is left.
    desk.is_sound();
    desk.clock("2026-11-18 12:00");
    desk.assessed(&second, "300");
    desk.clock("2026-11-18 13:00");
    let assess = |claim: &str, amount: &str| format!("claim assessed {claim} --amount {amount} --assessor Q");
    no(&desk, &assess(&second, "300.01"), &["300.01 is above the 300.00"], &["300.01", "剩余保额 300.00"]);
    // Paid less than assessed: the rest is free again.
    desk.cs(&format!("claim settled {first} --amount 500 --reason deductible")).ok();
    assert_eq!(derived(&desk, &second, "left"), "500.00");
    desk.clock("2026-11-18 14:00");
    desk.cs(&assess(&second, "500")).ok();
    // 500 of a premium of 400.
    assert_eq!(derived(&desk, &second, "loss_ratio"), "125.0");
    // Refused or withdrawn, a claim takes nothing.
    desk.cs(&format!("claim refused {second} --reason 'badly packed'")).ok();
    assert_eq!(derived(&desk, &first, "left"), "1000.00");
    desk.clock("2026-11-18 14:30");
    let third = desk.claim(&receipts[2], "SHELF=1@500", "");
    desk.assessed(&third, "450");
    // Taken up again it must find room.
    desk.clock("2026-11-18 15:00");
    desk.cs(&format!("claim appeal {second} --reason photos")).ok();
    no(&desk, &assess(&second, "50.01"), &["above the 50.00"], &["50.00"]);
    desk.cs(&format!("claim withdraw {third} --reason 'paid by the carrier'")).ok();
    desk.cs(&assess(&second, "500")).ok();
    desk.is_sound();
}

#[test]
fn what_a_step_of_the_past_takes_from_other_claims_is_judged_too() {
    let mut desk = Desk::insured();
    let [first, second] = ["SHELF=1@700", "SHELF=1@600"].map(|loss| {
        let order = desk.confirmed();
        let shipment = desk.departed(&order, "SHELF=1");
        let receipt = desk.received(&shipment, "SHELF=1:damaged=1");
        desk.claim(&receipt, loss, "")
    });
    desk.assessed(&first, "700");
    desk.cs(&format!("claim refused {first} --reason x")).ok();
    desk.clock("2026-11-18 11:00");
    desk.assessed(&second, "600");
    // With the refusal gone, both would stand: together more than the sum insured.
    no_by(&desk, "YX", &format!("void {first} --step 5 --note mistake"), &["above the", "300.00"], &["剩余保额"]);
}

#[test]
fn amounts_fit_the_one_before() {
    let mut desk = Desk::insured();
    let receipt = desk.damaged(2);
    let claim = desk.claim(&receipt, "SHELF=2@120", "");
    desk.cs(&format!("claim notify {claim} --channel mail")).ok();
    desk.cs(&format!("claim papers {claim} --papers 到货回执 --case B-9")).ok();
    assert_eq!(derived(&desk, &claim, "case"), "B-9");
    let assess = format!("claim assessed {claim} --assessor Qiao --amount");
    no(&desk, &format!("{assess} 240.01"), &["240.01 is assessed, but only 240.00"], &["申请金额 240.00"]);
    desk.cs(&format!("{assess} 200")).ok();
    let settle = format!("claim settled {claim}");
    no(&desk, &format!("{settle} --amount 200.01"), &["above the 200.00", "--reason"], &["200.00", "--reason"]);
    no(&desk, &format!("{settle} --paid-on 2026-11-19"), &["can't have been paid on 2026-11-19"], &["2026-11-19"]);
    no(&desk, &format!("{settle} --paid-on 2026-11-17"), &["can't have been paid on 2026-11-17"], &["2026-11-17"]);
    desk.clock("2026-11-19 10:00");
    desk.cs(&format!("{settle} --amount 210 --reason 'survey fee added' --paid-on 2026-11-18")).ok();
    assert_eq!(derived(&desk, &claim, "settled"), "210.00");
    no(&desk, &format!("claim close {claim}"), &["no corrective action", "claim corrective"], &["尚未登记整改措施"]);
    desk.cs(&format!("claim corrective {claim} --action crates --department Packing --due 2026-11-25")).ok();
    desk.cs(&format!("claim close {claim}")).ok();
    desk.is_sound();
}

#[test]
fn the_amount_assessed_is_paid_unless_another_is_given() {
    let desk = Desk::insured();
    let claim = desk.claim(&desk.damaged(1), "SHELF=1@120", "");
    desk.assessed(&claim, "99.50");
    desk.cs(&format!("claim settled {claim}")).ok();
    assert_eq!(derived(&desk, &claim, "settled"), "99.50");
}

#[test]
fn one_record_is_claimed_once_at_a_time_under_a_policy() {
    let desk = Desk::insured();
    let receipt = desk.damaged(3);
    let first = desk.claim(&receipt, "SHELF=1@120", "");
    let again = format!("claim new {receipt} --what x --loss SHELF=1@120");
    no(&desk, &again, &[&first, "P1", "claim edit"], &[&first, "claim edit"]);
    // Another insurer is another matter; and so is what comes to light once the first is settled.
    desk.claim(&receipt, "SHELF=1@120", "--policy P2");
    desk.assessed(&first, "100");
    desk.cs(&format!("claim settled {first}")).ok();
    desk.cs(&again).ok();
    desk.is_sound();
}

#[test]
fn each_state_takes_its_own_steps_and_no_other() {
    // Each step, what it is given, and the state that it leads to; none where it leaves the state.
    let steps = [
        ("notify", "--channel hotline", "notified"),
        ("papers", "--papers receipt", "filed"),
        ("assessed", "--amount 100 --assessor Q", "assessed"),
        ("settled", "--amount 100", "settled"),
        ("refused", "--reason x", "refused"),
        ("appeal", "--reason x", "appealed"),
        ("corrective", "--action x --department y --due 2026-12-01", ""),
        ("close", "", "closed"),
        ("withdraw", "--reason x", "withdrawn"),
    ];
    // The way to each state, and what may be done there.
    let states = [
        ("new", "", "notify corrective withdraw"),
        ("notified", "notify", "papers refused corrective withdraw"),
        ("filed", "notify papers", "papers assessed refused corrective withdraw"),
        ("assessed", "notify papers assessed", "assessed settled refused appeal corrective withdraw"),
        ("appealed", "notify refused appeal", "papers assessed refused corrective withdraw"),
        ("settled", "corrective notify papers assessed settled", "corrective close"),
        ("refused", "corrective notify refused", "appeal corrective close"),
        ("closed", "corrective notify refused close", ""),
        ("withdrawn", "withdraw", ""),
    ];
    let desk = Desk::insured();
    let receipt = desk.damaged(1);
    let command = |verb: &str, claim: &str| {
        let flags = steps.iter().find(|(known, ..)| *known == verb).unwrap().1;
        format!("claim {verb} {claim} {flags}")
    };
    for (at, way, may) in states {
        for (verb, _, then) in steps {
            let claim = desk.claim(&receipt, "SHELF=1@120", "--policy P1");
            for taken in way.split_whitespace() {
                desk.cs(&command(taken, &claim)).ok();
            }
            assert_eq!(state(&desk, &claim), at);
            if may.split(' ').any(|allowed| allowed == verb) {
                desk.cs(&command(verb, &claim)).ok();
                assert_eq!(state(&desk, &claim), if then.is_empty() { at } else { then }, "{verb} of one {at}");
            } else {
                no(&desk, &command(verb, &claim), &[verb, "can't be done now"], &[verb, "现在不能做"]);
            }
            // Out of the way of the next one.
            desk.cs(&format!("void {claim} --note next")).ok();
        }
    }
}

#[test]
fn r43_each_duty_falls_due_and_is_discharged_by_its_command() {
    let mut desk = Desk::insured();
    let claim = desk.claim(&desk.damaged(1), "SHELF=1@120", "");
    let due = |desk: &Desk| duty(desk, "R43", &claim).map(|(due, _, command)| (due, command));
    let next = |desk: &Desk, at: &str, verb: &str| {
        let (due, command) = due(desk).unwrap();
        assert_eq!(due, at);
        assert!(command.starts_with(&format!("cs claim {verb} {claim}")), "{command}");
    };
    next(&desk, "2026-11-20 10:00", "notify");
    desk.cs(&format!("claim notify {claim} --channel hotline")).ok();
    next(&desk, "2026-11-25 18:00", "papers");
    desk.clock("2026-11-19 10:00");
    desk.cs(&format!("claim papers {claim} --papers receipt")).ok();
    next(&desk, "2026-12-19 18:00", "assessed");
    desk.clock("2026-11-20 10:00");
    let assessed = format!("claim assessed {claim} --amount 100 --assessor Q");
    desk.cs(&assessed).ok();
    next(&desk, "2026-11-30 18:00", "settled");
    desk.cs(&format!("claim appeal {claim} --reason more")).ok();
    next(&desk, "2026-12-20 18:00", "assessed");
    desk.cs(&assessed).ok();
    desk.clock("2026-11-21 10:00");
    desk.cs(&format!("claim settled {claim}")).ok();
    // A Saturday: due on Monday.
    next(&desk, "2026-11-23 18:00", "corrective");
    desk.cs(&format!("claim corrective {claim} --action crates --department Packing --due 2026-11-27")).ok();
    next(&desk, "2026-11-27 18:00", "close");
    desk.cs(&format!("claim close {claim}")).ok();
    assert_eq!(due(&desk), None);
    desk.is_sound();
}

#[test]
fn claims_are_the_insurance_desks_while_somebody_holds_it() {
    let desk = Desk::insured();
    let claim = desk.claim(&desk.damaged(1), "SHELF=1@120", "");
    assert_eq!(duty(&desk, "R43", &claim).unwrap().1, "YX");
    desk.cs("staff add INS --name 'Ni Shu' --roles insurance --left 2026-11-17").by("WM").ok();
    assert_eq!(duty(&desk, "R43", &claim).unwrap().1, "YX");
    desk.cs("staff add INN --name 'Nan Shu' --roles insurance").by("WM").ok();
    assert_eq!(duty(&desk, "R43", &claim).unwrap().1, "");
    let of = |who: &str| desk.todo(&format!("--until 2027-12-31 --who {who}")).iter().any(|d| d["number"] == claim);
    assert!(of("INN") && !of("YX"));
}

#[test]
fn r15_a_claim_on_a_receipt_settles_what_remedies_leave_open() {
    let desk = Desk::insured();
    let receipt = desk.damaged(3);
    assert!(duty(&desk, "R15", &receipt).unwrap().2.contains(&format!("cs claim new {receipt} ")));
    let open = || derived(&desk, &receipt, "open");
    let one = desk.claim(&receipt, "shelf=1@120", "");
    assert_eq!((open().as_str(), derived(&desk, &receipt, "claims")), ("2", one.clone()));
    // A claim gets money, not goods: all three may still be sent again.
    desk.cs(&format!("ship remedy {receipt} --reship --line SHELF=2")).ok();
    assert_eq!((open().as_str(), desk.due("R15", &receipt)), ("0", None));
    desk.cs(&format!("ship remedy {receipt} --reship --line SHELF=1")).ok();
    no(&desk, &format!("ship remedy {receipt} --reship"), &["nothing of"], &["没有未处理的差异"]);
    desk.is_sound();
}

#[test]
fn r15_a_claim_that_names_no_model_settles_all_and_a_withdrawn_one_nothing() {
    let desk = Desk::insured();
    let receipt = desk.damaged(3);
    let claim = desk.claim(&receipt, "'three of them'=1@300", "");
    assert_eq!(desk.due("R15", &receipt), None);
    desk.cs(&format!("claim notify {claim} --channel hotline")).ok();
    desk.cs(&format!("claim refused {claim} --reason x")).ok();
    assert_eq!(desk.due("R15", &receipt), None);
    desk.cs(&format!("void {claim} --step 3 --note mistake")).ok();
    desk.cs(&format!("claim withdraw {claim} --reason x")).ok();
    assert_eq!(desk.due("R15", &receipt).as_deref(), Some("2026-11-18 18:00"));
    assert_eq!(derived(&desk, &receipt, "claims"), "");
}

#[test]
fn r15_an_order_that_closed_on_a_claim_keeps_it() {
    let desk = Desk::insured();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    let receipt = desk.received(&shipment, "SHELF=10:damaged=1");
    desk.cs(&format!("order plan {order} --finish Wood=2026-11-18")).ok();
    desk.cs(&format!("order finish {order}")).ok();
    desk.cs(&format!("order paid {order} --amount 1200")).ok();
    no(&desk, &format!("order close {order}"), &[&receipt], &[&receipt]);
    let claim = desk.claim(&receipt, "SHELF=1@120", "");
    desk.cs(&format!("order close {order}")).ok();
    for undo in [format!("claim withdraw {claim} --reason x"), format!("void {claim} --note x")] {
        no(&desk, &undo, &[&receipt], &[&receipt]);
    }
    desk.is_sound();
}

#[test]
fn r18_a_claim_is_offered_for_what_broke_on_the_way() {
    let mut desk = Desk::insured();
    let ours = desk.judged();
    let ticket = broken_on_the_way(&desk);
    desk.clock("2026-11-18 11:30");
    assert_eq!(desk.due("R18", &ours), None);
    let (due, _, command) = duty(&desk, "R18", &ticket).unwrap();
    assert_eq!(due, "2026-11-20 11:00");
    assert!(command.starts_with(&format!("cs claim new {ticket} ")), "{command}");
    let claim = desk.claim(&ticket, "glass=1@80", "");
    assert_eq!((desk.due("R18", &ticket), derived(&desk, &ticket, "claims")), (None, claim.clone()));
    desk.cs(&format!("claim withdraw {claim} --reason x")).ok();
    assert!(desk.due("R18", &ticket).is_some());
    // Without a policy of goods on the way there is nothing to claim on.
    desk.cs("insurance edit P1 --to 2026-11-17").ok();
    assert_eq!(desk.due("R18", &ticket), None);
}

#[test]
fn a_shipment_tells_its_own_claims_and_those_of_its_receipts() {
    let desk = Desk::insured();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    let receipt = desk.received(&shipment, "SHELF=10:damaged=1");
    let own = desk.claim(&shipment, "carton=1@20", "");
    let of_receipt = desk.claim(&receipt, "SHELF=1@120", "");
    assert_eq!(derived(&desk, &shipment, "claims"), format!("{own} {of_receipt}"));
    assert_eq!(derived(&desk, &receipt, "claims"), of_receipt);
}
