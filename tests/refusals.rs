//! What must be refused: exit 1 (2 for a wrong command line), nothing written, and a message with the remedy, in both
//! languages.

mod common;

use common::{Desk, Refusal, no, no_by, refused};

/// A complete order of one line.
fn order_with(rest: &str) -> String {
    format!("order new --customer ACME --wanted-by 12-10 --consignee S --deliver-to T {rest}")
}

#[test]
fn what_an_order_may_not_hold() {
    let desk = Desk::new();
    let swap = |old: &str, new: &str| order_with("--line SHELF=1").replace(old, new);
    no(&desk, &swap("12-10", "2026-02-30"), &["2026-02-30", "a day that exists"], &["2026-02-30", "真实存在的日期"]);
    for quantity in ["0", "-1", "1.5", "x", ""] {
        let line = order_with(&format!("--line SHELF={quantity}"));
        no(&desk, &line, &["--quantity can't be", "a whole number from 1 up"], &["数量", "大于等于 1 的整数"]);
    }
    no(&desk, &order_with("--line SHELF"), &["MODEL=QUANTITY[@PRICE]"], &["请写成 MODEL="]);
    no(&desk, &order_with("--line SHELF=1@-5"), &["--price can't be \"-5\"", "1250.50"], &["单价", "1250.50"]);
    no(&desk, &order_with("--line SOFA=1"), &["no product \"SOFA\"", "cs product list"], &["没有型号“SOFA”"]);
    no(&desk, &swap("ACME", "NIKE"), &["no customer \"NIKE\"", "cs customer add"], &["没有客户“NIKE”", "新增"]);
    let both = ["RIVER Star River", "SHOPS Star Shops"];
    no(&desk, &swap("ACME", "star"), &["\"star\" fits 2 rows", both[0], both[1]], &["对应 2 个客户", both[0], both[1]]);
    let many = order_with("--line SHELF=1000000001");
    no(&desk, &many, &["--quantity can't be"], &["数量"]);
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let desk = Desk::plain();
    let line = "order new --customer NIKE --wanted-by 2026-02-30 --line SOFA=0 --source pigeon";
    let en =
        ["\"NIKE\"", "\"2026-02-30\"", "\"SOFA\"", "\"0\"", "\"pigeon\"", "--consignee is missing", "--deliver-to"];
    let zh = ["“NIKE”", "“2026-02-30”", "“SOFA”", "“0”", "“pigeon”", "缺少收货单位", "缺少送货地址"];
    no(&desk, line, &en, &zh);
    let none = ["--customer is missing", "--wanted-by", "--consignee", "--deliver-to", "--line is missing"];
    no(&desk, "order new", &none, &["缺少客户", "缺少要求到货日", "缺少收货单位", "缺少送货地址", "缺少明细"]);
    let order = desk.confirmed();
    let delay = format!("order delay {order}");
    no(&desk, &delay, &["--until is missing", "--reason is missing"], &["缺少新日期", "缺少原因"]);
    let json = desk.cs("order new --json").refused(1);
    let problems: serde_json::Value = serde_json::from_str(&json.stderr).unwrap();
    assert_eq!(problems.as_array().unwrap().len(), 5, "{problems}");
}

#[test]
fn who_may_not_act() {
    let desk = Desk::new();
    let order = order_with("--line SHELF=1");
    no_by(&desk, "QQ", &order, &["no staff member \"QQ\"", "cs staff list"], &["没有员工“QQ”", "cs staff list"]);
    no_by(&desk, "OLD", &order, &["OLD does not work here today", "joined and left"], &["OLD 今天不是在职员工"]);
    no_by(&desk, "", &order, &["who does this?", "--by STAFF"], &["由谁经办", "--by"]);
    let early = format!("{order} --at '2019-12-31 10:00'");
    no(&desk, &early, &["YX is not on the staff on 2019-12-31"], &["2019-12-31 不是在职员工"]);
    let mine = "clerk@example.com";
    desk.cs(&format!("staff edit YX --email {mine}")).by("WM").ok();
    assert_eq!(desk.cs(&order).by("").ok().number(), "DD-261118-YX-1", "git's e-mail names the person");
}

#[test]
fn times_that_can_not_be() {
    let desk = Desk::plain();
    let order = order_with("--line SHELF=1");
    let late = format!("{order} --at 10:01");
    no(&desk, &late, &["lies in the future", "when it has happened"], &["还没有到", "发生之后"]);
    no(&desk, &format!("{order} --at 25:00"), &["--at can't be \"25:00\""], &["--at 不能是“25:00”", "请填写时间"]);
    let made = desk.order();
    let before = format!("order confirm {made} --at 09:00");
    no(&desk, &before, &["before the record was made at 2026-11-18 10:00"], &["早于登记时间 2026-11-18 10:00"]);
    for (line, en, zh) in [
        (format!("{order} --now yesterdays"), "--now can't be", "--now 不能是"),
        (format!("{order} --lang fr"), "there is no language fr", "没有 fr 这种语言"),
    ] {
        let code = 2;
        for (lang, says) in [("en", en), ("zh", zh)] {
            desk.cs(&line).env("CS_LANG", "").env("LANG", lang).refused(code);
            if !line.contains("--lang") {
                desk.cs(&line).lang(lang).refused(code).says([says]);
            }
        }
    }
}

#[test]
fn numbers_that_name_no_record() {
    let desk = Desk::plain();
    let order = desk.order();
    desk.order();
    let known = "cs order list";
    no(&desk, "order confirm DD-261118-YX-9", &["there is no record", known], &["没有单号为", known]);
    no(&desk, "order confirm ../../etc/passwd", &["there is no record", known], &["没有单号为", known]);
    no(&desk, "show /etc/passwd", &["there is no record"], &["没有单号为"]);
    no(&desk, "order confirm DD-261118-../YX-1", &["there is no record"], &["没有单号为"]);
    no(&desk, "order confirm 261118", &["fits 2 records", &order], &["对应 2 张单据", &order]);
    no(&desk, "order confirm FH-261118-YX-1", &["is of another kind", "DD"], &["不是这类单据", "DD"]);
    no(&desk, "ship approve -", &["nothing was made here yet"], &["还没有可以用 - 表示的单据"]);
    let files = desk.files().len();
    desk.cs("order confirm YX-1").ok();
    assert_eq!(desk.files().len(), files);
}

#[test]
fn a_wrong_command_line_is_exit_2_in_either_language() {
    let desk = Desk::plain();
    for (line, en, zh) in [
        ("order confrm", ["there is no command confrm", "did you mean confirm?"], ["没有 confrm", "是不是 confirm"]),
        (
            "order new --cusomer A",
            ["--cusomer is not understood", "--customer"],
            ["这里不认识 --cusomer", "--customer"],
        ),
        ("order confirm", ["missing:", "usage: cs order confirm"], ["缺少：", "用法：cs order confirm"]),
        ("order list --format pdf", ["can't be \"pdf\"", "text, md, csv, json"], ["不能是“pdf”", "可选：text"]),
        ("order confirm A B", ["B is not understood", "usage:"], ["这里不认识 B", "用法："]),
        ("todo --who", ["--who <STAFF> needs a value", "usage:"], ["需要填值", "用法："]),
    ] {
        refused(&desk, &Refusal { line: line.to_string(), by: "YX", code: 2, en: &en, zh: &zh });
    }
    for (lang, about) in [("en", "Options:"), ("zh", "选项:")] {
        desk.cs("order").lang(lang).refused(2).says([about, "confirm"]);
    }
}

#[test]
fn r14_more_than_ordered_is_not_shipped_nor_from_a_cancelled_order() {
    let desk = Desk::plain();
    let plan = "--carrier FAST --depart 11-20 --arrive 11-23 --packages 2 --volume 1.5 --freight 800";
    let order = desk.order();
    let ship = |line: &str| format!("ship new --order {order} {plan} --line {line}");
    let confirm_first = format!("cs order confirm {order}");
    no(&desk, &ship("SHELF=1"), &["is not confirmed", &confirm_first], &["尚未确认", &confirm_first]);
    desk.cs(&format!("order confirm {order}")).ok();
    let more = ["still allows: 10 of 10", "ship 10 or fewer", "cs order change"];
    no(&desk, &ship("SHELF=11"), &more, &["还可发 10 件", "cs order change"]);
    desk.shipment(&order, "SHELF=8");
    no(&desk, &ship("SHELF=3"), &["ship 2 or fewer"], &["请发 2 件以内"]);
    no(&desk, &ship("RACK=1"), &["RACK is not in", "cs order show"], &["没有型号 RACK", "cs order show"]);
    let back = ship("SHELF=1").replace("11-23", "11-19");
    no(&desk, &back, &["before it departs", "--depart or --arrive"], &["早于发货日", "--depart"]);
    let cancel = format!("order cancel {order} --reason 'no need'");
    no(&desk, &cancel, &["8 pieces of", "cs ship return", "void"], &["已有 8 件发货", "cs ship return"]);

    let order = desk.confirmed();
    desk.cs(&format!("order cancel {order} --reason 'no need'")).ok();
    let line = format!("ship new --order {order} {plan} --line SHELF=1");
    no(&desk, &line, &["is cancelled", "take a new order"], &["已取消，不能发货", "请登记新订单"]);
    for verb in ["confirm", "finish", "remind"] {
        let line = format!("order {verb} {order}");
        let en = ["is cancelled", &format!("{verb} can't be done now"), "nothing more may be done"];
        no(&desk, &line, &en, &["已取消", "现在不能做", "已不能再做任何步骤"]);
    }
}

#[test]
fn r11_r1_freight_is_approved_by_another_of_the_right_role_within_the_limit_before_departure() {
    let desk = Desk::plain();
    let order = desk.confirmed();
    let shipment = desk.shipment(&order, "SHELF=10");
    let (freight, approve) = (format!("ship freight {shipment} --amount"), format!("ship approve {shipment}"));
    let depart = format!("ship depart {shipment}");
    let next = ["what may come next:", "freight"];
    no(&desk, &depart, &next, &["接下来可以：", "freight（议定运费）"]);
    no_by(&desk, "LW", &approve, &next, &["接下来可以：", "freight（议定运费）"]);
    no(&desk, &format!("{freight} -5"), &["--amount can't be"], &["不能是“-5”"]);
    let above = ["5000.01 is above the limit of YX", "LW Li Wei"];
    no(&desk, &format!("{freight} 5000.01"), &above, &["超出 YX 的权限", "LW Li Wei"]);
    desk.cs(&format!("{freight} 5000")).ok();
    no(&desk, &depart, &["approve"], &["approve（批准运费）"]);
    no(&desk, &approve, &["own work (R1)", "supervisor", "LW Li Wei"], &["不能批准自己经办", "客服主管", "LW"]);
    no_by(&desk, "ZL", &approve, &["ZL holds no role", "LW Li Wei"], &["ZL 的岗位无权", "LW Li Wei"]);
    desk.cs(&format!("{freight} 10001")).by("WM").ok();
    let up = ["above the limit of LW", "who may sign: deputy general manager", "DP Ding Ping"];
    no_by(&desk, "LW", &approve, &[up[0], "deputy", "DP Ding Ping"], &["超出 LW 的权限", "DP Ding Ping"]);
    no_by(&desk, "WM", &approve, &["WM may not sign own work", "DP Ding Ping"], &["WM 不能批准自己经办"]);
    desk.cs(&approve).by("DP").ok();
    desk.cs(&depart).ok();
}

#[test]
fn r2_new_prices_of_a_confirmed_order_are_signed_by_who_changes_it() {
    let desk = Desk::plain();
    let order = desk.confirmed();
    let change = format!("order change {order} --line SHELF=500@120");
    no(&desk, &change, &["60000.00 is above the limit of YX", "LW Li Wei"], &["60000.00 超出 YX 的权限", "LW Li Wei"]);
    desk.cs(&change).by("LW").ok();
    desk.cs(&format!("order change {order} --wanted-by 12-24")).ok();
    desk.is_sound();
}

#[test]
fn r15_a_receipt_counts_and_remedies_what_is_there() {
    let desk = Desk::plain();
    let order = desk.confirmed();
    let shipment = desk.approved(&order, "SHELF=10");
    let receive = |line: &str| format!("ship receive {shipment} --line {line} --packaging sound --received-by Joe");
    no(&desk, &receive("SHELF=1"), &["has not departed", "cs ship depart"], &["还没有发出", "cs ship depart"]);
    desk.cs(&format!("ship notify {shipment}")).ok();
    desk.cs(&format!("ship depart {shipment}")).ok();
    no(&desk, &format!("ship slip {shipment}"), &["no arrival receipt", "cs ship receive"], &["还没有到货回执"]);
    let damaged = ["5 × SHELF damaged, but only 4 received"];
    no(&desk, &receive("SHELF=4:damaged=5"), &damaged, &["破损 5 件，多于实收 4 件"]);
    no(&desk, &receive("RACK=1"), &["RACK is not on", "MODEL=0:wrong=1"], &["没有型号 RACK", "型号=0:wrong=1"]);
    no(&desk, &receive("SHELF=-1"), &["0 or more"], &["大于等于 0"]);
    let early = format!("{} --arrived-at 09:59", receive("SHELF=10"));
    no(&desk, &early, &["arrived before", "--arrived-at"], &["早于", "--arrived-at"]);
    let receipt = desk.received(&shipment, "SHELF=8:damaged=1");
    let remedy = |way: &str| format!("ship remedy {receipt} {way}");
    let one = ["exactly one of reship, parts, claim, credit, keep", "--credit AMOUNT"];
    no(&desk, &remedy(""), &one, &["每次只能选一种处理方式", "--credit"]);
    no(&desk, &remedy("--reship --parts"), &one, &["每次只能选一种处理方式", "--credit"]);
    let over = ["not so much to remedy: SHELF 4/3", "cs show"];
    no(&desk, &remedy("--reship --line SHELF=4"), &over, &["没有这么多差异需要处理：SHELF 4/3", "cs show"]);
    let close = format!("ship close {shipment}");
    desk.cs(&format!("ship slip {shipment}")).ok();
    no(&desk, &close, &["not settled yet", &receipt, "cs ship remedy"], &["未办完", "cs ship remedy"]);
    desk.cs(&remedy("--reship")).ok();
    no(&desk, &remedy("--parts"), &["is left to remedy", "cs show"], &["没有未处理的差异", "cs show"]);
    desk.cs(&close).ok();
}

#[test]
fn an_order_is_closed_when_delivered_and_paid_and_not_cancelled_once_shipped() {
    let desk = Desk::plain();
    let order = desk.confirmed();
    desk.cs(&format!("order finish {order}")).ok();
    let close = format!("order close {order}");
    let pay = format!("cs order paid {order}");
    no(&desk, &close, &[&pay, "10 pieces not shipped", "cs ship new"], &[&pay, "还有 10 件未发货"]);
    desk.cs(&format!("order paid {order} --amount 1199.99")).ok();
    no(&desk, &close, &[&pay], &["尚未付清"]);
    desk.cs(&format!("order paid {order} --amount 0.01")).ok();
    let shipment = desk.departed(&order, "SHELF=10");
    no(&desk, &close, &["not received", "cs ship receive"], &["尚未到货", "cs ship receive"]);
    let cancel = format!("order cancel {order} --reason late");
    no(&desk, &cancel, &["10 pieces", &shipment], &["已有 10 件发货", &shipment]);
    let receipt = desk.received(&shipment, "SHELF=9");
    no(&desk, &close, &[&receipt, "cs ship remedy"], &[&receipt, "有差异未处理"]);
    desk.cs(&format!("ship remedy {receipt} --credit 120")).ok();
    desk.cs(&close).ok();
}

#[test]
fn r67_what_is_signed_is_not_changed_under_the_signature() {
    let desk = Desk::new();
    let order = desk.confirmed();
    let sealed = ["is signed: step 2 confirm by YX", "cs void", "--step 2"];
    let sealed_zh = ["已签字：步骤 2 confirm（YX）", "请先作废签字"];
    no(&desk, &format!("order edit {order} --line SHELF=9"), &sealed, &sealed_zh);
    no(&desk, &format!("order edit {order} --wanted-by 12-11"), &sealed, &sealed_zh);
    desk.cs(&format!("order edit {order} --brand Other")).ok();

    let shipment = desk.approved(&order, "SHELF=10");
    let signed = ["is signed: step 3 approve by LW", "cs void", "--step 3"];
    let signed_zh = ["已签字：步骤 3 approve（LW）", "请先作废签字"];
    for edit in ["--freight 900", "--carrier SLOW", "--line SHELF=9", "--packages 3", "--volume 2"] {
        no(&desk, &format!("ship edit {shipment} {edit}"), &signed, &signed_zh);
    }
    no(&desk, &format!("ship freight {shipment} --amount 790"), &signed, &signed_zh);
    desk.cs(&format!("ship edit {shipment} --unloading 'by hand'")).ok();
    desk.cs(&format!("void {shipment} --step 3 --note 'freight was wrong'")).by("LW").ok();
    desk.cs(&format!("ship edit {shipment} --freight 900 --line SHELF=9")).ok();
    desk.cs(&format!("ship freight {shipment} --amount 790")).ok();
    desk.cs(&format!("ship approve {shipment}")).by("LW").ok();
    desk.is_sound();
}

#[test]
fn r66_a_step_is_voided_by_its_author_the_same_day_or_by_a_supervisor_and_says_why() {
    let mut desk = Desk::new();
    let order = desk.confirmed();
    let void = format!("void {order} --step 2");
    no(&desk, &void, &["must say why", "--note WHY"], &["作废必须写明原因", "--note"]);
    let void = format!("{void} --note mistake");
    let who = ["by its author on the same day", "supervisor", "LW Li Wei"];
    let who_zh = ["当天可由本人作废", "LW Li Wei"];
    no_by(&desk, "ZL", &void, &who, &who_zh);
    let whole = format!("void {order} --note mistake");
    no_by(&desk, "ZL", &whole, &who, &who_zh);
    for step in ["1", "3", "0", "x"] {
        let line = format!("void {order} --step {step} --note mistake");
        for lang in ["en", "zh"] {
            desk.cs(&line).lang(lang).refused(1).says(["cs show"]);
        }
    }
    desk.clock("2026-11-19 09:00");
    no(&desk, &void, &who, &who_zh);
    no(&desk, &whole, &who, &who_zh);
    desk.cs(&void).by("LW").ok();
    desk.cs(&whole).by("LW").ok();
    for line in [format!("order confirm {order}"), format!("order edit {order} --brand B")] {
        no(&desk, &line, &["is void", "make a new record"], &["已作废", "请重新登记"]);
    }
    desk.is_sound();
}

#[test]
fn a_step_on_which_others_rest_is_not_voided() {
    let desk = Desk::plain();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    let receipt = desk.received(&shipment, "SHELF=10");
    let note = "--note mistake";
    no(
        &desk,
        &format!("void {order} {note}"),
        &["is void", "void FH-261118-YX-1 first"],
        &["已作废", "请先作废 FH-261118-YX-1"],
    );
    no(&desk, &format!("void {order} --step 2 {note}"), &["is not confirmed"], &["尚未确认"]);
    no(&desk, &format!("void {shipment} --step 5 {note}"), &["has not departed"], &["还没有发出"]);
    no(&desk, &format!("void {shipment} {note}"), &["is void"], &["已作废"]);
    desk.cs(&format!("void {receipt} {note}")).ok();
    desk.cs(&format!("void {shipment} {note}")).ok();
    desk.cs(&format!("order cancel {order} --reason late")).ok();
    desk.is_sound();
}

#[test]
fn the_order_of_steps_is_kept_and_what_may_come_next_is_named() {
    let desk = Desk::plain();
    let order = desk.order();
    let plan = format!("order plan {order} --finish wood=11-20");
    let next = ["is new: plan can't be done now", "what may come next: confirm, change, expedite, cancel"];
    no(&desk, &plan, &next, &["待确认", "现在不能做 plan（排产）", "confirm（确认）", "cancel（取消）"]);
    desk.cs(&format!("order confirm {order}")).ok();
    no(&desk, &format!("order confirm {order}"), &["is confirmed: confirm"], &["已确认"]);
    no(&desk, &format!("order close {order}"), &["close can't be done now", "finish"], &["finish（完工）"]);
    desk.cs(&format!("order finish {order}")).ok();
    let change = format!("order change {order} --line SHELF=9");
    no(&desk, &change, &["change can't be done now"], &["现在不能做 change（变更）"]);
}

#[test]
fn r62_a_return_is_asked_approved_and_counted_before_it_is_credited() {
    let desk = Desk::plain();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    desk.received(&shipment, "SHELF=10");
    let order_of_steps = ["is not the next step of the return", "return, return-approve, return-back"];
    let order_zh = ["退换货现在还不能做", "return 申请"];
    for step in ["return-approve", "return-back --line SHELF=1 --condition good", "return-credit --amount 1"] {
        let line = format!("ship {step}").replacen(' ', " ", 1);
        let (verb, rest) = line["ship ".len()..].split_once(' ').unwrap_or((step, ""));
        no_by(&desk, "LW", &format!("ship {verb} {shipment} {rest}"), &order_of_steps, &order_zh);
    }
    let asked = format!("ship return {shipment} --reason scratched --line");
    no(&desk, &format!("{asked} SHELF=11"), &["only 10 × SHELF were sent"], &["只发了 10 件"]);
    desk.cs(&format!("{asked} SHELF=4")).ok();
    let approve = format!("ship return-approve {shipment}");
    no(&desk, &approve, &["own work", "LW Li Wei"], &["自己经办", "LW Li Wei"]);
    no_by(&desk, "ZL", &approve, &["ZL holds no role"], &["ZL 的岗位无权"]);
}

#[test]
fn lists_refuse_doubled_codes_blank_names_and_broken_values() {
    let desk = Desk::plain();
    let add = |rest: &str| format!("customer add {rest}");
    no_by(
        &desk,
        "WM",
        &add("ACME --name X"),
        &["customer ACME already", "cs customer edit ACME"],
        &["客户 ACME 已存在"],
    );
    no_by(&desk, "WM", &add("NEW"), &["--name is missing"], &["缺少名称"]);
    no_by(&desk, "WM", &add("NEW --name ' '"), &["not blank"], &["不要留空"]);
    no_by(
        &desk,
        "WM",
        &add("NEW --name N --grade Z --since 2026-13-01"),
        &["\"Z\"", "\"2026-13-01\""],
        &["“Z”", "“2026-13-01”"],
    );
    no_by(
        &desk,
        "WM",
        "staff add yx2 --name N --roles specialist",
        &["capital letters or digits"],
        &["大写字母或数字"],
    );
    no_by(&desk, "WM", "staff add NN --name N --roles boss", &["specialist, front_desk"], &["specialist（客服专员）"]);
    no_by(&desk, "WM", "customer edit ACME", &["what is to be changed?", "--name"], &["要修改哪一项", "--name"]);
    no_by(&desk, "WM", "customer edit ACME --clear name", &["can't be emptied", "grade"], &["不能清空", "grade"]);
    no_by(&desk, "WM", "customer show star", &["fits 2 rows"], &["对应 2 个"]);
    let excel = add("NEW --name N --phone 4.40981E+17");
    no_by(&desk, "WM", &excel, &["spreadsheet", "R3"], &["电子表格", "R3"]);
}

#[test]
fn what_is_asked_for_in_vain() {
    let desk = Desk::plain();
    let order = desk.order();
    let same = format!("order edit {order} --brand Acme");
    no(&desk, &same, &["nothing differs", "a new value"], &["没有变化", "请填写新的值"]);
    no(&desk, &format!("order edit {order}"), &["what is to be changed?"], &["要修改哪一项"]);
    no(&desk, &format!("order edit {order} --clear customer"), &["these can: brand"], &["可清空的项：brand"]);
    no(&desk, "commit", &["no git repository", "git init"], &["不在 git 仓库中", "git init"]);
    let unknown = desk.cs("order new --from -").input("colour = 1\n").refused(1);
    unknown.says(["form.key", "-:1:10", "the form has no field colour", "its fields are: customer"]);
    for code in ["YX", "ZL"] {
        desk.cs(&format!("staff edit {code} --roles qa")).by("WM").ok();
    }
    let nobody = desk.cs("customer assign ACME --yes").by("WM").refused(1);
    nobody.says(["no specialist to assign to", "--roles specialist"]);
}

#[test]
fn what_is_refused_leaves_no_photo_behind() {
    let desk = Desk::plain();
    let order = desk.order();
    desk.write("shot.png", "a photo");
    let finish = format!("order finish {order} --attach shot.png");
    desk.cs(&finish).here(&desk.root()).refused(1).says(["step.order"]);
    desk.cs(&format!("order confirm {order}")).ok();
    desk.cs(&format!("{finish} --dry-run")).here(&desk.root()).ok().prints(["attach = [\""]);
    assert!(!desk.root().join("photos").exists());
    desk.cs(&finish).here(&desk.root()).ok();
    assert_eq!(std::fs::read_dir(desk.root().join("photos")).unwrap().count(), 1);
    desk.cs("check").ok().silent();
}

#[test]
fn a_year_that_no_number_holds_is_refused() {
    let desk = Desk::plain();
    let new = "order new --customer ACME --wanted-by +7 --consignee S --deliver-to T --line SHELF=1";
    desk.cs(&format!("{new} --at '1999-12-31 10:00'")).refused(1).says(["2000 to 2099"]);
    desk.cs(&format!("{new} --at '2100-01-01 10:00' --now '2100-01-02 10:00'")).refused(1).says(["2000 to 2099"]);
}
