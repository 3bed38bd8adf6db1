//! Ways round the rules that must stay shut, and work that must never end in a state that nothing leads out of.

mod common;

use common::Desk;

#[test]
fn r14_a_backdated_shipment_does_not_get_past_the_quantity() {
    let mut desk = Desk::plain();
    let order = desk.confirmed();
    desk.clock("2026-11-19 10:00");
    desk.shipment(&order, "SHELF=10");
    let plan = "--carrier FAST --depart 2026-11-20 --arrive 2026-11-23 --packages 2 --volume 1.5 --freight 800";
    let again = format!("ship new --order {order} {plan} --line SHELF=10 --at '2026-11-18 12:00'");
    desk.cs(&again).refused(1).says(["shipment.over"]);
}

#[test]
fn r2_a_line_without_a_price_lifts_no_limit() {
    let desk = Desk::plain();
    desk.cs("product add GLASS --name 'Glass door'").ok();
    let order = desk.order_of("SHELF=1000@9999 --line GLASS=1");
    desk.cs(&format!("order confirm {order}")).refused(1).says(["sign.limit"]);
    // A price that is left out is the product's own.
    let dear = desk.order_of("SHELF=9000");
    assert_eq!(desk.show(&dear)["lines"][0]["price"], "120.00");
    desk.cs(&format!("order confirm {dear}")).refused(1).says(["sign.limit"]);
}

#[test]
fn r67_nothing_is_voided_from_under_a_signature() {
    let desk = Desk::plain();
    let order = desk.confirmed();
    let shipment = desk.shipment(&order, "SHELF=10");
    desk.cs(&format!("ship freight {shipment} --amount 4800")).ok();
    desk.cs(&format!("ship freight {shipment} --amount 100")).ok();
    desk.cs(&format!("ship approve {shipment}")).by("LW").ok();
    desk.cs(&format!("void {shipment} --step 3 --note x")).refused(1).says(["sign.sealed", "--step 4"]);
    desk.cs(&format!("void {shipment} --step 4 --note x")).by("LW").ok();
    desk.cs(&format!("void {shipment} --step 3 --note x")).ok();
}

#[test]
fn r1_who_edits_what_is_signed_does_not_sign_it() {
    let desk = Desk::plain();
    let order = desk.confirmed();
    let shipment = desk.shipment(&order, "SHELF=10");
    desk.cs(&format!("ship freight {shipment} --amount 780")).ok();
    desk.cs(&format!("ship edit {shipment} --packages 9")).by("LW").ok();
    desk.cs(&format!("ship approve {shipment}")).by("LW").refused(1).says(["sign.own"]);
}

#[test]
fn r66_a_void_happens_when_it_is_recorded() {
    let mut desk = Desk::plain();
    let order = desk.order();
    desk.clock("2026-11-23 10:00");
    desk.cs(&format!("void {order} --note x --at '2026-11-18 12:00'")).refused(2);
    desk.cs(&format!("void {order} --note x")).refused(1).says(["R66"]);
}

#[test]
fn r62_a_refused_shipment_is_a_duty_until_it_goes_out_again_or_comes_back() {
    let desk = Desk::plain();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    desk.cs(&format!("ship refused {shipment} --reason no")).ok();
    assert!(desk.due("R62", &shipment).is_some());
    let receive = format!("ship receive {shipment} --line SHELF=10 --packaging sound --received-by Joe");
    desk.cs(&receive).refused(1).says(["redeliver"]);
    desk.cs(&format!("ship return {shipment} --reason no --line SHELF=10")).ok();
    desk.cs(&format!("ship return-approve {shipment}")).by("LW").ok();
    // The goods come back in two lots.
    desk.cs(&format!("ship return-back {shipment} --condition good --line SHELF=4")).ok();
    desk.cs(&format!("ship return-back {shipment} --condition good --line SHELF=6")).ok();
    desk.cs(&format!("ship return-replace {shipment} --shipment {shipment}")).refused(1).says(["replace itself"]);
    desk.cs(&format!("ship return-credit {shipment} --amount 0")).ok();
    assert_eq!(desk.due("R62", &shipment), None);
    desk.cs(&format!("ship close {shipment}")).ok();
    desk.cs(&format!("order cancel {order} --reason refused")).ok();
    desk.cs("check").ok().silent();
}

#[test]
fn r15_a_part_delivery_is_not_forgotten_with_the_slip() {
    let mut desk = Desk::plain();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    desk.received(&shipment, "SHELF=4 --partial");
    desk.cs(&format!("ship slip {shipment}")).ok();
    assert!(desk.due("R15", &shipment).is_some());
    desk.cs(&format!("ship close {shipment}")).refused(1).says(["not settled yet", "cs ship receive"]);
    desk.received(&shipment, "SHELF=6");
    assert_eq!(desk.due("R15", &shipment), None);
    desk.cs(&format!("ship close {shipment}")).ok();
    let late = format!("ship receive {shipment} --line SHELF=1 --packaging sound --received-by Joe");
    desk.clock("2026-11-25 10:00");
    desk.cs(&late).refused(1).says(["closed"]);
}

#[test]
fn r7_a_day_in_a_list_does_not_move_with_the_clock() {
    let desk = Desk::plain();
    let agencies = desk.read("lists/agencies.csv");
    let heads: Vec<&str> = agencies.lines().next().unwrap().split(',').collect();
    let cell = |head: &&str| match *head {
        "code" => "Q",
        "name" => "Quick Signs",
        "verified_on" => "today",
        _ => "",
    };
    let row: Vec<&str> = heads.iter().map(cell).collect();
    desk.write("lists/agencies.csv", format!("{}\n{}\n", heads.join(","), row.join(",")));
    assert_eq!(desk.found().len(), 1);
}

#[test]
fn a_change_changes_something_and_nothing_arrives_tomorrow() {
    let desk = Desk::plain();
    let order = desk.order();
    desk.cs(&format!("order change {order} --note x")).refused(1).says(["step.empty"]);
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    let receive = format!("ship receive {shipment} --line SHELF=10 --packaging sound --received-by Joe");
    desk.cs(&format!("{receive} --arrived-at '2026-12-20 10:00'")).refused(1).says(["field.future"]);
}

#[test]
fn r6_an_owner_is_given_by_assign() {
    let desk = Desk::plain();
    desk.cs("customer edit ACME --owner ZL").refused(1).says(["cs customer assign"]);
    desk.cs("customer add NEW --name Newcomer --owner YX").refused(1).says(["cs customer assign"]);
    desk.cs("customer edit ACME --owner ZL").by("WM").ok();
}

#[test]
fn what_is_shown_is_as_it_is_now() {
    let desk = Desk::plain();
    let order = desk.order();
    desk.cs(&format!("order change {order} --deliver-to '9 New Road' --wanted-by 2026-12-24 --line SHELF=3@120")).ok();
    desk.cs(&format!("show {order}")).ok().prints(["9 New Road", "2026-12-24"]);
    desk.cs("order list").ok().prints(["2026-12-24", "SHELF×3"]);
}

#[test]
fn nothing_that_is_typed_is_lost_in_silence() {
    let desk = Desk::plain();
    let head = "customer = \"ACME\"\nwanted_by = 2026-12-10\nconsignee = \"S\"\ndeliver_to = \"T\"\n";
    desk.write("form.toml", format!("{head}[[line]]\nmodel = \"SHELF\"\nquantity = 1\npric = \"9\"\n"));
    desk.cs("order new --from form.toml").here(&desk.root()).refused(1).says(["pric"]);
    desk.cs("check ordres/x.toml").here(&desk.root()).refused(1).prints(["ordres/x.toml"]);
    desk.cs("product add A=B@C --name X").refused(1).says(["a model holds no ="]);
    let order = desk.order();
    let path = format!("orders/2026/11/{order}.toml");
    let inline = "line = [{model = \"SHELF\", quantity = 1}]\nstep = [{do = \"new\", at = 2026-11-18T10:00:00+08:00, by = \"YX\"}]\n";
    desk.write(&path, format!("{head}{inline}"));
    assert_eq!(desk.found(), [format!("form.inline {path}")]);
}

#[test]
fn settings_that_cannot_be_read_make_no_due_times() {
    let desk = Desk::plain();
    desk.order();
    desk.write("policy.toml", "[order]\nconfirm_workdays = \"soon\"\n");
    let told = desk.cs("todo").refused(1).says(["policy.value"]);
    assert_eq!(told.stdout, "");
}

#[test]
fn the_folder_is_the_one_that_is_named_however_it_is_typed() {
    let (here, there) = (Desk::plain(), Desk::plain());
    let order = there.order();
    let flag = format!("-qC{} order list", there.root().display());
    here.cs(&flag).here(&here.root()).env("CS_DIR", "").ok().prints([&*order]);
}

#[test]
fn r62_goods_may_come_back_after_the_order_is_closed() {
    let mut desk = Desk::plain();
    let order = desk.confirmed();
    desk.cs(&format!("order finish {order}")).ok();
    let shipment = desk.departed(&order, "SHELF=10");
    desk.received(&shipment, "SHELF=10");
    desk.cs(&format!("ship slip {shipment}")).ok();
    desk.cs(&format!("order paid {order}")).ok();
    desk.cs(&format!("order close {order}")).ok();
    desk.clock("2026-11-25 10:00");
    desk.cs(&format!("ship return {shipment} --reason late --line SHELF=2")).ok();
    desk.cs(&format!("ship return-approve {shipment}")).by("LW").ok();
    desk.cs(&format!("ship return-back {shipment} --condition good --line SHELF=2")).ok();
    desk.cs("check").ok().silent();
    desk.cs(&format!("ship return-credit {shipment} --amount 240")).ok();
    desk.cs(&format!("ship close {shipment}")).ok();
    desk.cs("check").ok().silent();
}

#[test]
fn a_day_beyond_the_calendar_is_told_and_takes_nothing_down() {
    let desk = Desk::busy();
    desk.swap("shipments/2026/11/FH-261118-YX-1.toml", "depart = 2026-11-20", "depart = \"-262143-01-01\"");
    assert_eq!(desk.found(), ["field.value shipments/2026/11/FH-261118-YX-1.toml:3:10"]);
    desk.cs("todo").fails(1);
}

#[test]
fn a_dry_commit_commits_nothing() {
    let desk = Desk::new();
    let order = desk.order();
    let path = format!("orders/2026/11/{order}.toml");
    desk.write(&path, format!("{}# by hand\n", desk.read(&path)));
    let head = desk.git(&["rev-parse", "HEAD"]);
    desk.cs("commit --dry-run").ok().prints([&*path]);
    assert_eq!(desk.git(&["rev-parse", "HEAD"]), head);
}

#[test]
fn r12_told_twice_is_told_when_it_was_first() {
    let mut desk = Desk::plain();
    let order = desk.confirmed();
    let shipment = desk.approved(&order, "SHELF=10");
    desk.cs(&format!("ship notify {shipment}")).ok();
    desk.clock("2026-11-20 09:00");
    desk.cs(&format!("ship notify {shipment}")).ok();
    let report = desk.cs("report shipments 2026-11 --json").ok().json();
    let figures = report["sections"][0]["figures"].as_array().unwrap();
    let told = figures.iter().find(|f| f["key"].as_str().unwrap().contains("notified")).unwrap();
    assert_eq!(told["value"], "100.0", "{told}");
}

#[test]
fn r68_a_slips_clock_begins_with_the_arrival() {
    let mut desk = Desk::plain();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    let policy = desk.read("policy.toml");
    desk.write("policy.toml", format!("{policy}\n[[change]]\nfrom = 2026-11-23\nshipment.slip_days = 2\n"));
    desk.clock("2026-11-24 10:00");
    desk.received(&shipment, "SHELF=10");
    assert_eq!(desk.due("R13", &shipment).as_deref(), Some("2026-11-26 18:00"));
}

#[test]
fn r62_return_lines_name_their_order_where_two_hold_the_model() {
    let desk = Desk::plain();
    let (first, second) = (desk.confirmed(), desk.confirmed());
    let lines = format!("SHELF=5:order={first} --line SHELF=5:order={second} --order {second}");
    let shipment = desk.departed(&first, &lines);
    desk.cs(&format!("ship return {shipment} --reason x --line SHELF=3")).refused(1).says(["which order"]);
    desk.cs(&format!("ship return {shipment} --reason x --line SHELF=3:order={second}")).ok();
}
