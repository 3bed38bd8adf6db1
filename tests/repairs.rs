//! After-sales from the report to the last visit (R17–R25): each rule in both directions, through the real binary.
//! Which step may follow which stands in repair_steps.rs, what a hand may get wrong in bad_repairs.rs.

mod common;

use std::fs;

use common::{Desk, file_of, no, no_by};

/// A ticket with other flags than [`Desk::ticket`]: no photo, unless given.
fn reported(desk: &Desk, rest: &str) -> String {
    let about = "--customer ACME --site PLAZA --model SHELF --reporter 'Bo Li' --fault glass=cracked --fault lamp=dark";
    desk.cs(&format!("repair new {about} {rest}")).ok().number()
}

/// What `show` derives, as text.
fn derived(desk: &Desk, number: &str, key: &str) -> String {
    let shown = desk.show(number);
    shown["derived"][key].as_str().unwrap_or_default().to_string()
}

fn photos(desk: &Desk) -> Vec<String> {
    let Ok(entries) = fs::read_dir(desk.path("photos")) else { return Vec::new() };
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// A step of a record, by somebody, that must be taken.
#[track_caller]
fn takes(desk: &Desk, by: &str, line: &str) {
    desk.cs(&format!("repair {line}")).by(by).ok();
}

/// A judged ticket whose quote of BRIGHT is approved: its number and the quote's.
fn quoted(desk: &Desk) -> (String, String) {
    let ticket = desk.judged();
    let quote = desk.quote(&ticket);
    takes(desk, "AS", &format!("approve {quote}"));
    (ticket, quote)
}

#[test]
fn r17_without_a_photo_nothing_is_judged_covered() {
    let desk = Desk::mending();
    let ticket = reported(&desk, "--made-on 2026-03-01");
    let judge = format!("repair judge {ticket} --cause quality");
    let add = format!("cs repair photo {ticket} --photo");
    no_by(&desk, "AS", &judge, &["has no photo", "R17", &add], &["没有照片", "R17", &add]);
    takes(&desk, "YX", &format!("photo {ticket} --photo photo.jpg"));
    desk.cs(&judge).by("AS").ok();
    assert_eq!((derived(&desk, &ticket, "payer").as_str(), derived(&desk, &ticket, "photos").as_str()), ("us", "1"));
    desk.is_sound();

    let ticket = reported(&desk, "--made-on 2026-03-01");
    takes(&desk, "AS", &format!("judge {ticket} --cause human"));
    let rejudge = format!("repair rejudge {ticket} --cause quality");
    no_by(&desk, "AS", &rejudge, &["has no photo", "R17"], &["没有照片", "R17"]);
    takes(&desk, "YX", &format!("photo {ticket} --photo photo.jpg"));
    desk.cs(&rejudge).by("AS").ok();
    assert_eq!(derived(&desk, &ticket, "payer"), "us");

    let late = reported(&desk, "--made-on 2024-03-01");
    takes(&desk, "AS", &format!("judge {late} --cause quality"));
    assert_eq!(derived(&desk, &late, "payer"), "customer", "out of warranty: a photo would change nothing");
    desk.is_sound();
}

#[test]
fn r17_the_photo_that_a_judgement_rests_on_is_not_taken_away() {
    let desk = Desk::mending();
    let ticket = reported(&desk, "--made-on 2026-03-01");
    takes(&desk, "YX", &format!("photo {ticket} --photo photo.jpg"));
    takes(&desk, "AS", &format!("judge {ticket} --cause quality"));
    let void = format!("void {ticket} --step 2 --note 'wrong shop'");
    no(&desk, &void, &["has no photo", "R17"], &["没有照片", "R17"]);
    takes(&desk, "AS", &format!("rejudge {ticket} --cause human"));
    desk.cs(&void).ok();
    desk.is_sound();
}

#[test]
fn r17_a_photo_is_stored_once_under_its_hash() {
    let desk = Desk::mending();
    let ticket = desk.ticket("2026-03-01");
    let hash = blake3::hash(&fs::read(desk.home().join("photo.jpg")).unwrap()).to_hex()[..32].to_string();
    assert_eq!(photos(&desk), [format!("{hash}.jpg")]);
    fs::copy(desk.home().join("photo.jpg"), desk.home().join("again.JPG")).unwrap();
    takes(&desk, "YX", &format!("photo {ticket} --photo again.JPG --photo photo.jpg"));
    assert_eq!(photos(&desk).len(), 1, "the same photo is one file");
    desk.picture("other.jpg", "second");
    takes(&desk, "YX", &format!("photo {ticket} --photo other.jpg"));
    assert_eq!(photos(&desk).len(), 2);
    desk.is_sound();
}

#[test]
fn r17_what_is_no_picture_is_refused() {
    let desk = Desk::mending();
    fs::write(desk.home().join("notes.jpg"), "glass is cracked").unwrap();
    fs::write(desk.home().join("empty.jpg"), "").unwrap();
    let ticket = desk.ticket("2026-03-01");
    let about = "repair new --customer ACME --site PLAZA --model SHELF --reporter Bo --fault glass=cracked";
    for file in ["notes.jpg", "empty.jpg"] {
        for line in [format!("repair photo {ticket} --photo"), about.to_string()] {
            let line = if line == about { format!("{about} --photo {file}") } else { format!("{line} {file}") };
            no(&desk, &line, &[file, "is no picture", "--attach"], &[file, "不是图片", "--attach"]);
        }
    }
    no(&desk, &format!("repair photo {ticket} --photo none.jpg"), &["none.jpg"], &["none.jpg"]);
    no(&desk, &format!("repair photo {ticket}"), &["--photo"], &["缺少照片"]);
    takes(&desk, "YX", &format!("photo {ticket} --photo photo.jpg --attach notes.jpg"));
    assert_eq!(photos(&desk).len(), 2, "kept as what it is: an attachment");
}

/// Spoils a photo, and then: `show`, `check`, the next step and what rests on the photo.
fn spoilt(spoil: fn(&Desk, &str), code: &str, en: &str, zh: &str) {
    let desk = Desk::mending();
    let (ticket, judged) = (desk.ticket("2026-03-01"), desk.judged());
    let photo = photos(&desk).remove(0);
    spoil(&desk, &format!("photos/{photo}"));
    for (lang, said) in [("en", en), ("zh", zh)] {
        let show = desk.cs(&format!("show {ticket}")).lang(lang).refused(1);
        assert!(show.stdout.contains(&ticket), "what can be read is shown: {show}");
        show.says([code, said, &photo, &format!("{}:9:9", file_of(&ticket))]);
    }
    let found = [&ticket, &judged].map(|number| format!("{code} {}:9:9", file_of(number)));
    assert!(found.iter().all(|told| desk.found().contains(told)), "{:?}", desk.found());
    let judge = format!("repair judge {ticket} --cause quality");
    no_by(&desk, "AS", &judge, &["gone or damaged", "R17"], &["缺失或已损坏", "R17"]);
    // What does not rest on the photo goes on, and the step tells.
    let dispatch = format!("repair dispatch {judged} --agency BRIGHT");
    desk.cs(&dispatch).lang("zh").ok().says([zh, &photo]);
    desk.cs(&judge.replace("quality", "human")).by("AS").ok().says([en, &photo]);
    // The same photo again mends both.
    takes(&desk, "YX", &format!("photo {ticket} --photo photo.jpg"));
    desk.cs(&format!("repair rejudge {ticket} --cause quality")).by("AS").ok();
    desk.is_sound();
}

#[test]
fn r17_a_photo_that_is_gone_is_told_and_counts_for_nothing() {
    spoilt(|desk, path| fs::remove_file(desk.path(path)).unwrap(), "photo-missing", "is missing", "缺少附件");
}

#[test]
fn r17_a_photo_that_is_damaged_is_told_and_counts_for_nothing() {
    let spoil = |desk: &Desk, path: &str| desk.write(path, b"\xff\xd8\xff\xe0\x00\x10JFIFother");
    spoilt(spoil, "photo-damaged", "no longer holds", "与文件名中的校验值不符");
}

#[test]
fn r18_the_cause_decides_who_pays() {
    let desk = Desk::mending();
    for (cause, payer, en, zh) in [
        ("quality", "us", "we pay (R18, R19)", "由我方承担"),
        ("human", "customer", "the customer pays (R18)", "由客户承担"),
        ("logistics", "carrier", "claim on the carrier (R18)", "可向物流公司索赔"),
    ] {
        let ticket = desk.ticket("2026-03-01");
        assert_eq!(derived(&desk, &ticket, "payer"), "open");
        takes(&desk, "AS", &format!("judge {ticket} --cause {cause}"));
        assert_eq!(derived(&desk, &ticket, "payer"), payer);
        assert_eq!(derived(&desk, &ticket, "cause"), cause);
        desk.cs(&format!("show {ticket}")).ok().prints([en]);
        desk.cs(&format!("show {ticket}")).lang("zh").ok().prints([zh]);
        let paper = desk.read(&file_of(&ticket));
        assert!(!paper.contains("payer") && !paper.contains("covered"), "derived, stored nowhere: {paper}");
    }
    let ticket = desk.ticket("2026-03-01");
    no_by(&desk, "AS", &format!("repair judge {ticket} --cause rain"), &["quality, human"], &["quality", "human"]);
    let judge = format!("repair judge {ticket} --cause human");
    no_by(&desk, "ZL", &judge, &["ZL holds no role", "AS An Shu"], &["ZL 的岗位无权", "AS An Shu"]);
    let own = desk.cs("repair new --customer ACME --site PLAZA --model SHELF --reporter Bo --fault glass=cracked");
    let own = own.by("AS").ok().number();
    let judge = format!("repair judge {own} --cause human");
    no_by(&desk, "AS", &judge, &["own work (R1)", "WM Wang Min"], &["不能批准自己经办", "WM Wang Min"]);
    takes(&desk, "WM", &format!("judge {own} --cause human"));
    desk.is_sound();
}

#[test]
fn r18_a_judgement_is_revised_by_what_was_found_on_site_until_the_fee_is_released() {
    let desk = Desk::mending();
    let ticket = desk.accepted();
    let rejudge = |cause: &str| format!("repair rejudge {ticket} --cause {cause}");
    desk.cs(&rejudge("human")).by("AS").ok();
    assert_eq!((derived(&desk, &ticket, "payer").as_str(), desk.due("R21", &ticket)), ("customer", None));
    no_by(&desk, "YX", &rejudge("quality"), &["may not sign own work"], &["不能批准自己经办"]);
    no_by(&desk, "ZL", &rejudge("quality"), &["ZL holds no role"], &["ZL 的岗位无权"]);
    desk.cs(&rejudge("quality")).by("AS").ok();
    assert_eq!(derived(&desk, &ticket, "payer"), "us");
    takes(&desk, "AS", &format!("reimburse {ticket}"));
    let no_more = ["is fee released: rejudge can't be done now", "follow-up, close"];
    no_by(&desk, "AS", &rejudge("human"), &no_more, &["费用已核准", "follow-up（维修回访）"]);
    desk.is_sound();
}

#[test]
fn r19_warranty_ends_twelve_months_after_the_day_of_making_that_day_included() {
    for (made, reported, payer, last) in [
        ("2025-11-21", "2026-11-21", "us", "2026-11-21"),
        ("2025-11-21", "2026-11-22", "customer", "2026-11-21"),
        ("2024-02-29", "2025-02-28", "us", "2025-02-28"),
        ("2024-02-29", "2025-03-01", "customer", "2025-02-28"),
        ("2025-03-31", "2026-03-31", "us", "2026-03-31"),
    ] {
        let mut desk = Desk::mending();
        desk.clock(&format!("{reported} 23:59"));
        desk.cs("calendar add 2025-01-01 --kind off").ok();
        let ticket = desk.ticket(made);
        takes(&desk, "AS", &format!("judge {ticket} --cause quality"));
        let facts = ["payer", "covered_to"].map(|key| derived(&desk, &ticket, key));
        assert_eq!(facts, [payer, last], "made {made}, reported {reported}");
        let why = |lang| {
            let shown = desk.cs(&format!("show {ticket} --json")).lang(lang).ok().json();
            shown["derived"]["why"].as_str().unwrap().to_string()
        };
        let shown = |lang| desk.cs(&format!("show {ticket}")).lang(lang).ok().stdout;
        let (en, zh) = match payer {
            "us" => (
                format!("quality, made on {made}, covered to {last}: we pay (R18, R19)"),
                format!("质量问题，{made} 制作，质保至 {last}，由我方承担（R18、R19）"),
            ),
            _ => (
                format!("quality, but made on {made}: covered to {last}, reported on {reported} (R19)"),
                format!("质量问题，但 {made} 制作，质保至 {last}，{reported} 报修已过保（R19）"),
            ),
        };
        assert!(shown("en").contains(&en) && shown("zh").contains(&zh), "{}{}", shown("en"), shown("zh"));
        assert!([&en, &zh].contains(&&why("en")), "{}", why("en"));
        desk.is_sound();
    }
}

#[test]
fn r19_a_fault_of_ours_tells_when_the_fixture_was_made() {
    let desk = Desk::mending();
    let ticket = reported(&desk, "--photo photo.jpg");
    let judge = format!("repair judge {ticket} --cause quality");
    let edit = format!("cs repair edit {ticket} --made-on");
    no_by(&desk, "AS", &judge, &["R19", &edit], &["未登记展台制作时间", &edit]);
    let later = format!("repair edit {ticket} --made-on 2026-11-19");
    no(&desk, &later, &["before the fixture was made", "--made-on"], &["早于展台制作时间", "--made-on"]);
    desk.cs(&format!("repair edit {ticket} --made-on 2026-11-18")).ok();
    desk.cs(&judge).by("AS").ok();
    assert_eq!(derived(&desk, &ticket, "covered_to"), "2027-11-18");
    desk.is_sound();
}

#[test]
fn r20_what_the_customer_arranges_starts_after_judgement_and_quote_approval() {
    let desk = Desk::mending();
    let ticket = reported(&desk, "--made-on 2026-03-01 --photo photo.jpg --arranged-by customer");
    let dispatch = format!("repair dispatch {ticket} --agency BRIGHT");
    let judge_first = ["is reported: dispatch can't be done now", "judge"];
    no(&desk, &dispatch, &judge_first, &["待判定", "judge（责任判定）"]);
    takes(&desk, "AS", &format!("judge {ticket} --cause quality"));
    let approve_first = ["arranged by the customer", "R20", "cs repair approve BJ-"];
    no(&desk, &dispatch, &approve_first, &["客户自行安排", "R20", "cs repair approve BJ-"]);
    let quote = desk.quote(&ticket);
    no(&desk, &dispatch, &approve_first, &["报价尚未批准", "R20"]);
    takes(&desk, "AS", &format!("approve {quote}"));
    desk.cs(&dispatch).ok();
    let void = format!("void {quote} --step 2 --note 'wrong quote'");
    no_by(&desk, "AS", &void, &["no quote of it is approved (R20)"], &["报价尚未批准", "R20"]);
    desk.is_sound();

    let ours = desk.judged();
    takes(&desk, "YX", &format!("dispatch {ours} --agency SIGNS"));
}

#[test]
fn r20_another_agency_takes_the_place_of_one_that_does_not_come() {
    let mut desk = Desk::mending();
    let ticket = desk.judged();
    takes(&desk, "YX", &format!("dispatch {ticket} --agency BRIGHT --appointed 2026-11-19"));
    desk.clock("2026-11-20 09:00");
    takes(&desk, "YX", &format!("dispatch {ticket} --agency SIGNS"));
    let early = format!("repair repaired {ticket} --worker Hu --on 2026-11-19");
    no(&desk, &early, &["can't have been mended on 2026-11-19"], &["修复日期 2026-11-19 不对"]);
    let future = early.replace("11-19", "11-21");
    no(&desk, &future, &["can't have been mended on 2026-11-21"], &["修复日期 2026-11-21 不对"]);
    desk.cs(&early.replace("11-19", "11-20")).ok();
    desk.is_sound();
}

#[test]
fn r21_the_fee_is_that_of_the_approved_quote_unless_said() {
    let desk = Desk::mending();
    let ticket = desk.accepted();
    assert_eq!(derived(&desk, &ticket, "fee"), "300.50");
    let above = format!("repair reimburse {ticket} --amount 300.51");
    no_by(&desk, "AS", &above, &["300.51 is above the 300.50 of BJ-", "R21"], &["300.51 超过", "300.50"]);
    takes(&desk, "AS", &format!("reimburse {ticket}"));
    assert_eq!(desk.show(&ticket)["steps"][5]["amount"], "300.50");
    assert_eq!(desk.show(&ticket)["state"], "released");
    let less = desk.accepted();
    takes(&desk, "WM", &format!("reimburse {less} --amount 250"));
    assert_eq!(derived(&desk, &less, "fee"), "250.00");
    desk.is_sound();
}

#[test]
fn r21_no_fee_without_signature_photo_quote_and_cover() {
    let desk = Desk::mending();
    let ticket = desk.repaired();
    let reimburse = |ticket: &str| format!("repair reimburse {ticket} --amount 100");
    no_by(&desk, "AS", &reimburse(&ticket), &["reimburse can't be done now", "accept"], &["accept（验收）"]);
    takes(&desk, "YX", &format!("accept {ticket} --rep 'Cai Yun'"));
    let photo = ["no photo of the fixture working (R21)", "--photo FILE"];
    no_by(&desk, "AS", &reimburse(&ticket), &photo, &["没有修复后正常使用的照片", "--photo 文件"]);
    desk.cs(&format!("void {ticket} --step 5 --note 'no photo'")).ok();
    takes(&desk, "YX", &format!("accept {ticket} --rep 'Cai Yun' --photo photo.jpg"));
    no_by(&desk, "ZL", &reimburse(&ticket), &["ZL holds no role"], &["ZL 的岗位无权"]);
    desk.cs(&reimburse(&ticket)).by("AS").ok();

    let unquoted = desk.judged();
    takes(&desk, "YX", &format!("dispatch {unquoted} --agency BRIGHT"));
    takes(&desk, "YX", &format!("repaired {unquoted} --worker Hu --photo photo.jpg"));
    takes(&desk, "YX", &format!("accept {unquoted} --rep 'Cai Yun'"));
    let quote_first = ["no quote of", "R21", "cs repair approve BJ-"];
    no_by(&desk, "AS", &reimburse(&unquoted), &quote_first, &["没有已批准的报价", "R21"]);

    // Nor is it the amount that is missing then: there is none to take.
    let bare = format!("repair reimburse {unquoted}");
    let done = desk.cs(&bare).by("AS").refused(1);
    let record = format!("cs repair quote {unquoted}");
    let done = done.says(["repair.no-quote", &record]);
    assert!(!done.stderr.contains("amount"), "{}", done.stderr);
    let offered = desk.quote(&unquoted);
    let approve = format!("cs repair approve {offered}");
    no_by(&desk, "AS", &bare, &["no quote of", &approve], &["没有已批准的报价", &approve]);

    let human = desk.accepted();
    takes(&desk, "AS", &format!("rejudge {human} --cause human"));
    let close = format!("cs repair close {human}");
    no_by(&desk, "AS", &reimburse(&human), &["we don't pay", &close], &["不由我方承担", &close]);
    desk.is_sound();
}

#[test]
fn r21_r1_the_fee_is_released_by_another_within_the_limit() {
    let desk = Desk::mending();
    let ticket = desk.judged();
    let dear = format!("repair quote {ticket} --agency BRIGHT --line 'glass=10@500:ten panes'");
    let quote = desk.cs(&dear).ok().number();
    takes(&desk, "WM", &format!("approve {quote}"));
    takes(&desk, "YX", &format!("dispatch {ticket} --agency BRIGHT"));
    takes(&desk, "YX", &format!("repaired {ticket} --worker Hu --photo photo.jpg"));
    desk.cs(&format!("repair accept {ticket} --rep 'Cai Yun'")).by("WM").ok();
    let reimburse = format!("repair reimburse {ticket}");
    let above = ["5000.00 is above the limit of AS", "DP Ding Ping"];
    no_by(&desk, "AS", &reimburse, &above, &["5000.00 超出 AS 的权限", "DP Ding Ping"]);
    no_by(&desk, "WM", &reimburse, &["own work (R1)", "DP Ding Ping"], &["不能批准自己经办", "DP Ding Ping"]);
    desk.cs(&reimburse).by("DP").ok();
    let seal = ["is signed: step 6 reimburse by DP"];
    let void = format!("void {ticket} --step 5 --note 'wrong rep'");
    no_by(&desk, "WM", &void, &seal, &["已签字：步骤 6 reimburse（DP）"]);
    desk.is_sound();
}

#[test]
fn r21_the_fee_goes_to_the_agency_that_was_sent() {
    let desk = Desk::mending();
    let (ticket, quote) = quoted(&desk);
    takes(&desk, "YX", &format!("dispatch {ticket} --agency SIGNS"));
    takes(&desk, "YX", &format!("repaired {ticket} --worker Hu --photo photo.jpg"));
    takes(&desk, "YX", &format!("accept {ticket} --rep 'Cai Yun'"));
    let reimburse = format!("repair reimburse {ticket}");
    let other = ["SIGNS mended it", "a quote of BRIGHT", "void its approval"];
    no_by(&desk, "AS", &reimburse, &other, &["实际维修的是 SIGNS", "BRIGHT 的报价"]);
    desk.cs(&format!("void {quote} --step 2 --note 'another agency came'")).by("AS").ok();
    takes(&desk, "YX", &format!("decline {quote} --reason 'another agency came'"));
    let own = desk.cs(&format!("repair quote {ticket} --agency SIGNS --line 'glass=1@150:new pane'")).ok().number();
    takes(&desk, "AS", &format!("approve {own}"));
    desk.cs(&reimburse).by("AS").ok();
    assert_eq!(derived(&desk, &ticket, "fee"), "150.00");
    desk.is_sound();
}

#[test]
fn r22_a_ticket_closes_after_a_follow_up_that_found_all_well() {
    let desk = Desk::mending();
    let ticket = desk.accepted();
    takes(&desk, "AS", &format!("reimburse {ticket}"));
    let close = format!("repair close {ticket}");
    let visit = format!("cs repair follow-up {ticket} --result working");
    no(&desk, &close, &["was not followed up (R22)", &visit], &["还没有回访", &visit]);
    takes(&desk, "YX", &format!("follow-up {ticket} --result working --who 'Bo Li'"));
    desk.cs(&close).ok();
    assert_eq!(desk.show(&ticket)["state"], "closed");
    desk.is_sound();

    let unpaid = desk.accepted();
    takes(&desk, "YX", &format!("follow-up {unpaid} --result working"));
    let release = format!("cs repair reimburse {unpaid}");
    no(&desk, &format!("repair close {unpaid}"), &["is not released (R21)", &release], &["尚未核准", &release]);
    takes(&desk, "AS", &format!("rejudge {unpaid} --cause human"));
    takes(&desk, "YX", &format!("close {unpaid}"));
    desk.is_sound();
}

#[test]
fn r22_a_fixture_still_faulty_is_mended_again_before_fee_and_close() {
    let mut desk = Desk::mending();
    let ticket = desk.accepted();
    takes(&desk, "YX", &format!("follow-up {ticket} --result faulty"));
    let again = format!("cs repair dispatch {ticket}");
    for (by, verb) in [("AS", "reimburse"), ("YX", "close")] {
        let line = format!("repair {verb} {ticket}");
        no_by(&desk, by, &line, &["still faulty (R22)", &again], &["仍有故障（R22）", &again]);
    }
    assert_eq!((desk.due("R21", &ticket), desk.due("R22", &ticket)), (None, None), "first it is mended");
    assert_eq!(desk.due("R20", &ticket).as_deref(), Some("2026-11-19 18:00"));
    desk.clock("2026-11-19 10:00");
    takes(&desk, "YX", &format!("dispatch {ticket} --agency BRIGHT"));
    takes(&desk, "YX", &format!("repaired {ticket} --worker Hu"));
    takes(&desk, "YX", &format!("accept {ticket} --rep 'Cai Yun'"));
    let old = ["no photo of the fixture working (R21)"];
    no_by(&desk, "AS", &format!("repair reimburse {ticket}"), &old, &["没有修复后正常使用的照片"]);
    assert_eq!(desk.due("R22", &ticket).as_deref(), Some("2026-11-24 18:00"), "the second repair is followed up too");
    desk.cs(&format!("void {ticket} --step 9 --note 'no photo'")).ok();
    takes(&desk, "YX", &format!("accept {ticket} --rep 'Cai Yun' --photo photo.jpg"));
    takes(&desk, "YX", &format!("follow-up {ticket} --result working"));
    takes(&desk, "AS", &format!("reimburse {ticket}"));
    takes(&desk, "YX", &format!("close {ticket}"));
    desk.is_sound();
}

#[test]
fn r22_a_fixture_found_faulty_after_the_fee_was_released_is_mended_again() {
    let desk = Desk::mending();
    let ticket = desk.accepted();
    takes(&desk, "AS", &format!("reimburse {ticket}"));
    takes(&desk, "YX", &format!("follow-up {ticket} --result faulty"));
    let void = format!("cs void {ticket} --step 6");
    no(&desk, &format!("repair close {ticket}"), &["still faulty (R22)", &void], &["仍有故障（R22）", &void]);
    let duties = desk.todo("--until +7");
    let duty = duties.iter().find(|duty| duty["number"] == ticket.as_str()).unwrap();
    assert_eq!((&duty["rule"], &duty["command"]), (&"R20".into(), &format!("{void} --note WHY").into()), "{duty}");
    desk.cs(&format!("void {ticket} --step 6 --note 'still faulty'")).by("LW").ok();
    takes(&desk, "YX", &format!("dispatch {ticket} --agency BRIGHT"));
    desk.is_sound();
}

#[test]
fn a_ticket_is_rejected_with_the_reason_and_nothing_is_left_open_behind_it() {
    let mut desk = Desk::mending();
    let ticket = desk.judged();
    desk.quote(&ticket);
    let parts = desk.cs(&format!("repair parts {ticket} --line glass=1@45")).ok().number();
    let reject = format!("repair reject {ticket} --reason 'the shop closes'");
    no(&desk, &format!("repair reject {ticket}"), &["--reason is missing"], &["缺少原因"]);
    let turn_down = format!("cs repair reject {parts}");
    no(&desk, &reject, &[&turn_down], &[&turn_down]);
    takes(&desk, "YX", &format!("reject {parts} --reason 'the shop closes'"));
    desk.cs(&reject).ok();
    assert_eq!(desk.show(&ticket)["state"], "rejected");
    desk.is_sound();
    desk.clock("2026-11-18 10:01");
    let quoted = format!("repair quote {ticket} --agency BRIGHT --line 'glass=1@1:x'");
    no(&desk, &quoted, &["is rejected", "nothing is quoted"], &["已驳回", "不能再报价"]);
    let parts = format!("repair parts {ticket} --line glass=1");
    no(&desk, &parts, &["is rejected", "no parts are sent"], &["已驳回", "不能再寄配件"]);

    let sent = desk.judged();
    takes(&desk, "YX", &format!("dispatch {sent} --agency BRIGHT"));
    let gone = desk.cs(&format!("repair parts {sent} --line glass=1@45")).ok().number();
    takes(&desk, "AS", &format!("approve {gone}"));
    takes(&desk, "YX", &format!("send {gone} --carrier SF --waybill SF001"));
    takes(&desk, "YX", &format!("reject {sent} --reason 'the shop is gone'"));
    takes(&desk, "YX", &format!("received {gone}"));
    desk.is_sound();
}

#[test]
fn r24_a_quote_that_lost_needs_nobody_s_word_and_the_ticket_closes() {
    let desk = Desk::mending();
    let ticket = desk.accepted();
    let other = desk.quote(&ticket);
    takes(&desk, "AS", &format!("reimburse {ticket}"));
    takes(&desk, "YX", &format!("follow-up {ticket} --result working"));
    assert_eq!(desk.due("R24", &other), None);
    assert_eq!(desk.show(&other)["derived"]["standing"], "lost");
    takes(&desk, "YX", &format!("close {ticket}"));
    desk.is_sound();
}

#[test]
fn r23_a_quote_for_what_was_not_reported_is_refused_naming_the_line() {
    let desk = Desk::mending();
    let ticket = desk.judged();
    let quote = |lines: &str| format!("repair quote {ticket} --agency BRIGHT {lines}");
    let two = quote("--line 'glass=1@180:pane' --line 'door=1@90:hinge' --line 'lock=1@30:lock'");
    let en = ["line 2: ", "no fault of \"door\"", "line 3: ", "\"lock\"", "R23", "it reports: glass, lamp"];
    let zh = ["第 2 行", "没有报修“door”", "第 3 行", "“lock”", "R23", "glass、lamp"];
    no(&desk, &two, &en, &zh);
    let good = desk.cs(&quote("--line 'lamp=1@60:lamp'")).ok().number();
    let edit = format!("repair quote-edit {good} --line 'door=1@90:hinge'");
    no(&desk, &edit, &["line 1: ", "\"door\"", "R23"], &["第 1 行", "“door”", "R23"]);
    for (line, en, zh) in [
        ("glass=0@1:x", "a whole number from 1 up", "大于等于 1 的整数"),
        ("glass=1@-1:x", "--price", "单价"),
        ("glass=1:x", "price", "单价"),
        ("glass=1@1", "work", "维修内容"),
    ] {
        no(&desk, &quote(&format!("--line '{line}'")), &[en], &[zh]);
    }
    let fault = format!("repair edit {ticket} --fault lamp=dark");
    no(&desk, &fault, &["is signed: step 2 judge by AS"], &["已签字：步骤 2 judge（AS）"]);
    desk.is_sound();
}

#[test]
fn r23_a_fault_is_not_edited_away_under_a_quote() {
    let desk = Desk::mending();
    let ticket = desk.ticket("2026-03-01");
    desk.quote(&ticket);
    let edit = format!("repair edit {ticket} --fault glass=cracked");
    no(&desk, &edit, &["line 2: ", "\"lamp\"", "R23"], &["第 2 行", "“lamp”", "R23"]);
    desk.cs(&format!("{edit} --fault lamp=dark --fault door=loose")).ok();
    desk.is_sound();
}

#[test]
fn r24_r1_a_quote_is_signed_by_another_of_the_right_role_within_the_limit() {
    let desk = Desk::mending();
    let ticket = desk.judged();
    let made = |by: &str, price: &str| {
        let line = format!("repair quote {ticket} --agency BRIGHT --line 'glass=1@{price}:new pane'");
        desk.cs(&line).by(by).ok().number()
    };
    let own = format!("repair approve {}", made("AS", "100"));
    no_by(&desk, "AS", &own, &["own work (R1)", "WM Wang Min"], &["不能批准自己经办", "WM Wang Min"]);
    let quote = made("YX", "3000");
    let approve = format!("repair approve {quote}");
    no_by(&desk, "YX", &approve, &["own work (R1)", "AS An Shu"], &["不能批准自己经办", "AS An Shu"]);
    no_by(&desk, "ZL", &approve, &["ZL holds no role", "AS An Shu"], &["ZL 的岗位无权", "AS An Shu"]);
    let dear = format!("repair approve {}", made("YX", "3000.01"));
    let limit = ["3000.01 is above the limit of AS", "WM Wang Min"];
    no_by(&desk, "AS", &dear, &limit, &["3000.01 超出 AS 的权限", "WM Wang Min"]);
    desk.cs(&approve).by("AS").ok();
    let second = ["is approved for", "already (R24)", &quote];
    no_by(&desk, "WM", &dear, &second, &["已批准", &quote]);
    no_by(&desk, "WM", &own, &second, &["已批准", &quote]);
    let again = desk.cs(&approve).by("WM").refused(1);
    again.says(["is approved: approve can't be done now"]);
    desk.cs(&format!("void {quote} --step 2 --note 'too dear'")).by("AS").ok();
    desk.cs(&own).by("WM").ok();
    desk.is_sound();
}

#[test]
fn r67_what_judgement_quote_and_release_cover_is_not_edited() {
    let desk = Desk::mending();
    let (ticket, quote) = quoted(&desk);
    let judged = ["is signed: step 2 judge by AS", "cs void", "--step 2"];
    desk.picture("other.jpg", "second");
    for edit in ["--made-on 2026-10-01", "--model RACK", "--customer RIVER", "--fault door=loose", "--photo other.jpg"]
    {
        let line = format!("repair edit {ticket} {edit}");
        no(&desk, &line, &judged, &["已签字：步骤 2 judge（AS）", "请先作废签字"]);
    }
    desk.cs(&format!("repair edit {ticket} --wanted-by 2026-12-01")).ok();
    let signed = ["is signed: step 2 approve by AS", "cs void", "--step 2"];
    let other = desk.ticket("2026-03-01");
    for edit in ["--line 'glass=1@1:x'", "--agency SIGNS", &format!("--repair {other}")] {
        let line = format!("repair quote-edit {quote} {edit}");
        no(&desk, &line, &signed, &["已签字：步骤 2 approve（AS）", "请先作废签字"]);
    }
    desk.cs(&format!("repair quote-edit {quote} --city Mianyang")).ok();
    let parts = desk.cs(&format!("repair parts {ticket} --line glass=1@45")).ok().number();
    takes(&desk, "LW", &format!("approve {parts}"));
    let signed = ["is signed: step 2 approve by LW"];
    no(&desk, &format!("repair parts-edit {parts} --line glass=9"), &signed, &["已签字：步骤 2 approve（LW）"]);
    no(&desk, &format!("repair parts-edit {parts} --source {other}"), &signed, &["已签字：步骤 2 approve（LW）"]);
    desk.cs(&format!("repair parts-edit {parts} --address 'Long Road 8'")).ok();
    desk.is_sound();
}

#[test]
fn r25_parts_are_asked_for_a_repair_a_receipt_or_an_order_and_sent_free_of_charge() {
    let desk = Desk::mending();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    let receipt = desk.received(&shipment, "SHELF=9:damaged=1");
    let ticket = desk.ticket("2026-03-01");
    for (source, address) in [(&ticket, "Chengdu Grand Plaza"), (&receipt, "7 Long Road"), (&order, "7 Long Road")] {
        let parts = desk.cs(&format!("repair parts {source} --line glass=2@45 --line screw=8@0")).ok().number();
        let shown = desk.show(&parts);
        assert_eq!((&shown["source"], &shown["address"]), (&source.as_str().into(), &address.into()), "{shown:#}");
        assert_eq!(desk.due("R25", &parts).as_deref(), Some("2026-11-18 18:00"), "the same working day");
        let approve = format!("repair approve {parts}");
        let unpriced = desk.cs(&format!("repair parts {source} --line screw=8")).ok().number();
        assert_eq!(desk.show(&unpriced)["derived"]["cost"], serde_json::Value::Null);
        let costs = ["\"screw\" costs us", &format!("parts-edit {unpriced}")];
        no_by(&desk, "LW", &format!("repair approve {unpriced}"), &costs, &["“screw”没有登记成本"]);
        takes(&desk, "YX", &format!("reject {unpriced} --reason double"));
        no(&desk, &approve, &["own work (R1)"], &["不能批准自己经办"]);
        no_by(&desk, "ZL", &approve, &["ZL holds no role"], &["ZL 的岗位无权"]);
        desk.cs(&approve).by("LW").ok();
        assert_eq!(desk.due("R25", &parts).as_deref(), Some("2026-11-18 18:00"), "not sent yet");
        no(&desk, &format!("repair send {parts}"), &["--carrier", "--waybill"], &["缺少快递公司", "缺少运单号"]);
        takes(&desk, "YX", &format!("send {parts} --carrier SF --waybill 0012345678"));
        assert_eq!(desk.due("R25", &parts), None);
        takes(&desk, "YX", &format!("received {parts} --who 'Bo Li'"));
        assert_eq!(desk.show(&parts)["state"], "received");
        assert_eq!(desk.show(&parts)["steps"][2]["waybill"], "0012345678", "a waybill is text (R3)");
    }
    assert!(!derived(&desk, &ticket, "parts").is_empty());
    no(&desk, &format!("repair parts {shipment} --line glass=1"), &["is of another kind"], &["不是这类单据"]);
    desk.is_sound();
}

#[test]
fn r25_the_address_is_the_site_s_without_saying_the_city_twice() {
    let desk = Desk::mending();
    desk.cs("site edit PLAZA --mall 'Plaza Chengdu East'").by("WM").ok();
    let ticket = desk.ticket("2026-03-01");
    let address = |rest: &str| {
        let parts = desk.cs(&format!("repair parts {ticket} --line glass=1@45 {rest}")).ok().number();
        desk.show(&parts)["address"].as_str().unwrap().to_string()
    };
    assert_eq!((address("").as_str(), address("--address 'Back Door'").as_str()), ("Plaza Chengdu East", "Back Door"));
    desk.cs("site edit PLAZA --clear city").by("WM").ok();
    assert_eq!(address(""), "Plaza Chengdu East");
}

#[test]
fn r25_r1_parts_are_approved_within_the_limit_or_rejected() {
    let desk = Desk::mending();
    let ticket = desk.ticket("2026-03-01");
    let parts = desk.cs(&format!("repair parts {ticket} --line glass=10@200.01")).ok().number();
    let approve = format!("repair approve {parts}");
    let above = ["2000.10 is above the limit of LW", "WM Wang Min"];
    no_by(&desk, "LW", &approve, &above, &["2000.10 超出 LW 的权限", "WM Wang Min"]);
    let reject = format!("repair reject {parts}");
    no(&desk, &reject, &["--reason is missing"], &["缺少原因"]);
    desk.cs(&approve).by("WM").ok();
    desk.cs(&format!("{reject} --reason 'too dear'")).ok();
    assert_eq!(desk.due("R25", &parts), None);
    no(&desk, &format!("repair send {parts} --carrier SF --waybill 1"), &["nothing more"], &["已不能再做任何步骤"]);
    desk.is_sound();
}

#[test]
fn an_order_is_cancelled_once_its_parts_requests_are_rejected() {
    let desk = Desk::mending();
    let order = desk.confirmed();
    let parts = desk.cs(&format!("repair parts {order} --line glass=1@45")).ok().number();
    let cancel = format!("order cancel {order} --reason 'no need'");
    let reject = format!("cs repair reject {parts}");
    no(&desk, &cancel, &["no parts are sent", &reject], &["不能再寄配件", &reject]);
    takes(&desk, "YX", &format!("reject {parts} --reason 'no need'"));
    desk.cs(&cancel).ok();
    desk.is_sound();
}

#[test]
fn a_ticket_is_about_what_the_lists_know() {
    let desk = Desk::mending();
    desk.cs("site edit PLAZA --customer ACME").by("WM").ok();
    desk.cs("product edit SHELF --components 'glass;lamp'").by("WM").ok();
    let about = |rest: &str| format!("repair new --site PLAZA --model SHELF --reporter Bo --photo photo.jpg {rest}");
    let site = ["PLAZA is a site of ACME", "--site or --customer"];
    no(&desk, &about("--customer RIVER --fault glass=cracked"), &site, &["门店 PLAZA 属于 ACME"]);
    let door = ["no component \"door\"", "glass, lamp", "cs product edit SHELF"];
    no(&desk, &about("--fault door=loose"), &door, &["没有部件“door”", "glass、lamp"]);
    let order = desk.cs(&order_of_racks()).ok().number();
    desk.cs(&format!("order confirm {order}")).ok();
    let shipment = desk.shipment(&order, "RACK=1");
    let other = about(&format!("--fault glass=cracked --shipment {shipment}"));
    no(&desk, &other, &["SHELF is not on", "cs ship show"], &["没有型号 SHELF", "cs ship show"]);
    let ticket = desk.cs(&about("--fault glass=cracked")).ok().number();
    let shown = desk.cs(&format!("show {ticket} --reveal --json")).ok().json();
    let known = ["customer", "site_contact", "site_phone", "arranged_by"].map(|key| shown[key].clone());
    assert_eq!(known, ["ACME", "Bo Li", "02887654321", "us"], "what the site's row tells");
    desk.cs("repair list").ok().prints(["glass=cracked"]);
    desk.is_sound();
}

fn order_of_racks() -> String {
    "order new --customer ACME --wanted-by 12-10 --consignee S --deliver-to T --line RACK=1".to_string()
}

#[test]
fn r7_a_stopped_agency_gets_no_more_work() {
    let desk = Desk::mending();
    let ticket = desk.judged();
    desk.cs("agency edit BRIGHT --status stopped").ok();
    let told = (&["no longer work with BRIGHT", "--status active"][..], &["BRIGHT 已停用"][..]);
    for line in ["dispatch {} --agency bright", "quote {} --agency bright --line 'glass=1@10:pane'"] {
        no(&desk, &format!("repair {}", line.replace("{}", &ticket)), told.0, told.1);
    }
    let early = format!("repair dispatch {ticket} --agency SIGNS --appointed 2026-11-17");
    no(&desk, &early, &["before 2026-11-18"], &["早于派单日 2026-11-18"]);
}

#[test]
fn r66_a_step_is_voided_once() {
    let desk = Desk::mending();
    let ticket = desk.judged();
    desk.cs(&format!("void {ticket} --step 2 --note mistake")).by("AS").ok();
    let again = format!("void {ticket} --step 2 --note again");
    no_by(&desk, "AS", &again, &["voided already, by step 3"], &["已被步骤 3 作废"]);
}
