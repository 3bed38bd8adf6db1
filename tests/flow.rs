//! The whole road of an order, from an empty folder to the signed slip: each command one commit that touches one file,
//! and the history told again.

mod common;

use common::{Desk, file_of};

/// Runs a command; it must have made exactly one commit, whose difference is `file` alone.
#[track_caller]
fn one_commit(desk: &Desk, by: &str, line: &str, file: &str) -> String {
    let before = desk.git(&["rev-list", "--count", "HEAD"]).trim().parse::<u32>().unwrap();
    let done = desk.cs(line).by(by).ok();
    let after = desk.git(&["rev-list", "--count", "HEAD"]).trim().parse::<u32>().unwrap();
    assert_eq!(after, before + 1, "{line}");
    let number = done.stdout.trim().to_string();
    let file = if file.is_empty() { file_of(&number) } else { file.to_string() };
    assert_eq!(desk.touched(), [file], "{line}");
    number
}

#[test]
fn from_an_empty_folder_to_the_signed_slip() {
    let mut desk = Desk::empty();
    desk.clock("2026-11-16 09:00");
    let staff = "lists/staff.csv";
    one_commit(&desk, "", "staff add WM --name 'Wang Min' --roles manager", staff);
    one_commit(&desk, "WM", "staff add LW --name 'Li Wei' --roles supervisor", staff);
    one_commit(&desk, "WM", "staff add YX --name 'Yang Xue' --roles specialist --email yx@example.com", staff);
    one_commit(&desk, "WM", "customer add ACME --name 'Acme Retail' --owner YX --phone 0571", "lists/customers.csv");
    one_commit(&desk, "WM", "customer assign ACME --yes", "lists/customers.csv");
    one_commit(&desk, "YX", "customer edit ACME --contacted-on today", "lists/customers.csv");
    one_commit(&desk, "WM", "product add SHELF --name 'Wall shelf' --price 120", "lists/products.csv");
    one_commit(&desk, "WM", "carrier add FAST --name 'Fast Freight'", "lists/carriers.csv");

    let new = "order new --customer acme --wanted-by 12-10 --consignee 'Store 7' --deliver-to '7 Long Road' \
               --line SHELF=10@120";
    let order = one_commit(&desk, "YX", new, "");
    assert_eq!(order, "DD-261116-YX-1");
    let paper = file_of(&order);
    one_commit(&desk, "YX", "order confirm yx-1 --with 'Ann Lee'", &paper);
    one_commit(&desk, "YX", "order plan yx-1 --finish wood=11-18 --finish paint=11-19", &paper);
    desk.clock("2026-11-17 16:00");
    one_commit(&desk, "YX", "order progress - --made SHELF=4", &paper);
    desk.clock("2026-11-19 16:00");
    one_commit(&desk, "YX", "order finish -", &paper);

    let new = "ship new --order yx-1 --carrier 'fast fr' --depart 11-21 --arrive 11-23 --packages 2 --volume 1.5 \
               --freight 800 --line SHELF=10";
    let shipment = one_commit(&desk, "YX", new, "");
    let paper = file_of(&shipment);
    one_commit(&desk, "YX", &format!("ship freight {shipment} --amount 780"), &paper);
    one_commit(&desk, "LW", &format!("ship approve {shipment}"), &paper);
    one_commit(&desk, "YX", &format!("ship notify {shipment} --channel phone"), &paper);
    desk.clock("2026-11-21 09:30");
    one_commit(&desk, "YX", &format!("ship depart {shipment} --waybill W1"), &paper);
    desk.clock("2026-11-23 15:00");
    let receive = format!("ship receive {shipment} --line SHELF=8:damaged=1 --packaging damaged --received-by Joe");
    let receipt = one_commit(&desk, "YX", &receive, "");
    let count = &desk.show(&receipt)["derived"]["arrivals"][0];
    assert_eq!((&count["short"], &count["damaged"]), (&"2".into(), &"1".into()), "{count}");
    let paper_of_receipt = file_of(&receipt);
    one_commit(&desk, "YX", &format!("ship report {receipt}"), &paper_of_receipt);
    one_commit(&desk, "YX", &format!("ship remedy {receipt} --reship --line SHELF=2"), &paper_of_receipt);
    one_commit(&desk, "YX", &format!("ship remedy {receipt} --credit 120"), &paper_of_receipt);
    one_commit(&desk, "YX", &format!("ship slip {shipment}"), &paper);
    one_commit(&desk, "YX", &format!("ship close {shipment}"), &paper);

    let pieces = &desk.show(&order)["derived"]["pieces"][0];
    let of = |key: &str| pieces[key].as_str().unwrap().to_string();
    assert_eq!(["ordered", "shipped", "received", "damaged", "left"].map(of), ["10", "10", "8", "1", "2"]);
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
    desk.is_sound();

    let told = |number: &str| {
        let log = desk.cs(&format!("log {number} --json")).ok().json();
        let rows: Vec<String> = log.as_array().unwrap().iter().map(|row| row["do"].to_string()).collect();
        assert!(log.as_array().unwrap().iter().all(|row| row["commit"].as_str().unwrap().len() == 40), "{log:#}");
        rows.join(" ").replace('"', "")
    };
    assert_eq!(told(&order), "new confirm plan progress finish");
    assert_eq!(told(&shipment), "new freight approve notify depart slip close");
    assert_eq!(told(&receipt), "new report remedy remedy");
    desk.cs(&format!("log {shipment}")).ok().prints(["1. Made", "3. Freight approved", "LW", "2026-11-21 09:30"]);
    desk.cs(&format!("log {shipment}")).lang("zh").ok().prints(["1. 登记", "3. 批准运费", "7. 结案"]);
}

#[test]
fn a_commit_says_who_did_what_and_holds_no_name_or_phone_of_a_customer() {
    let desk = Desk::new();
    let order = desk.order();
    desk.cs(&format!("order confirm {order} --with 'Ann Lee'")).ok();
    let message = desk.git(&["log", "-1", "--format=%an <%ae>%n%cn%n%B"]);
    let expected =
        format!("Yang Xue <yx@example.com>\nClerk\n{order} confirm\n\nCs-Record: {order}\nCs-Step: 2\nCs-By: YX\n");
    assert_eq!(message.trim(), expected.trim());
    let all = desk.git(&["log", "--format=%B"]);
    assert!(!all.contains("Ann") && !all.contains("0086") && !all.contains("Acme Retail"), "{all}");
}

#[test]
fn a_voided_step_leaves_the_state_as_if_it_had_not_been_and_stays_in_show_and_log() {
    let desk = Desk::new();
    let order = desk.order();
    let before = desk.show(&order);
    desk.cs(&format!("order confirm {order}")).ok();
    assert_eq!(desk.show(&order)["state"], "confirmed");
    desk.cs(&format!("void {order} --step 2 --note 'wrong order'")).ok();
    let after = desk.show(&order);
    assert_eq!((&after["state"], &after["derived"]), (&before["state"], &before["derived"]));
    assert_eq!(after["steps"][1]["voided_by"], 3);
    desk.cs(&format!("show {order}")).ok().prints(["Confirmed", "voided by step 3", "wrong order"]);
    desk.cs(&format!("log {order}")).ok().prints(["2. Confirmed (voided by step 3)", "3. Voided"]);
    desk.cs(&format!("order confirm {order}")).ok();
    desk.is_sound();
}

#[test]
fn init_makes_a_folder_ready_to_work_in_and_refuses_one_that_holds_anything() {
    let desk = Desk::empty();
    let files: Vec<String> = desk.files().into_keys().collect();
    for file in ["cs.toml", "policy.toml", ".gitignore", ".gitattributes", "lists/staff.csv", "lists/policies.csv"] {
        assert!(files.iter().any(|f| f == file), "{file} of {files:?}");
    }
    assert!(desk.read("lists/calendar.csv").contains("2026-10-01,off,National Day"));
    assert_eq!(desk.git(&["rev-list", "--count", "HEAD"]).trim(), "1");
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
    desk.is_sound();
    desk.cs("init desk").here(desk.home()).env("CS_DIR", "").ok().says(["is a department already"]);
    std::fs::create_dir(desk.home().join("full")).unwrap();
    std::fs::write(desk.home().join("full/thesis.txt"), "x").unwrap();
    let again = |lang: &str| desk.cs("init full").here(desk.home()).env("CS_DIR", "").lang(lang).refused(1);
    again("en").says(["holds something already", "cs init desk"]);
    again("zh").says(["已有内容"]);
    let zh = Desk::nowhere();
    zh.run(["init", "desk", "--name", "客服部"]).here(zh.home()).env("CS_DIR", "").lang("zh").ok().says(["已新建"]);
    assert!(zh.read("cs.toml").contains("name = \"客服部\"") && zh.read("cs.toml").contains("\"zh\""));
    zh.cs("todo --who nobody").by("").fails(1).says(["没有员工"]);
}
