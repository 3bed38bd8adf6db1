//! Rules over a repair ticket: what was reported, judged, mended, released and closed (R17–R22).

use super::{put, refuse};
use crate::aftersales::{approved_quote, cover, faulty, followed_before, owes, quotes_of};
use crate::base::field::List;
use crate::base::problem::Problem;
use crate::base::words::Text;
use crate::book::Book;
use crate::forms::cover::{Payer, last_covered};
use crate::forms::form::{Form, Step};
use crate::forms::quote::Quote;
use crate::forms::repair::Repair;
use crate::tr;

/// A ticket is about a fixture that is there, is judged on what is known, and goes on in order (R17–R22).
pub fn repair(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let repair = Repair::of(form);
    reported(book, form, &repair, problems);
    judged(book, form, &repair, problems);
    sent(book, form, &repair, problems);
    released(book, form, &repair, problems);
    closed(book, form, &repair, problems);
}

/// Site, model, components and dates of what was reported fit each other.
fn reported(book: &Book<'_>, form: &Form, repair: &Repair<'_>, problems: &mut Vec<Problem>) {
    put(form, "site", elsewhere(book, form), problems);
    put(form, "made_on", made_later(form), problems);
    unknown_components(book, form, repair.model(), problems);
    put(form, "shipment", not_shipped(book, form, repair.model()), problems);
}

/// The site is one of the customer's.
fn elsewhere(book: &Book<'_>, form: &Form) -> Option<Problem> {
    let customer = form.header.text("customer").unwrap_or("");
    let site = form.header.text("site")?;
    let owner = book.list(List::Sites).get(site)?.fields.text("customer").filter(|owner| *owner != customer)?;
    Some(Problem::new(
        "repair.site",
        tr!("{site} is a site of {owner}, not of {customer}", "门店 {site} 属于 {owner}，不属于 {customer}"),
        tr!("mend --site or --customer", "请改正 --site 或 --customer"),
    ))
}

/// Nothing breaks before it is made.
fn made_later(form: &Form) -> Option<Problem> {
    let (number, day) = (&form.number, form.day());
    let made = form.header.date("made_on").filter(|made| *made > day)?;
    Some(Problem::new(
        "repair.made-on",
        tr!(
            "{number} was reported on {day}, before the fixture was made on {made}",
            "{number} 报修日期 {day} 早于展台制作时间 {made}"
        ),
        tr!("mend --made-on", "请改正 --made-on"),
    ))
}

/// What broke is a part of the model, where the list tells its components.
fn unknown_components(book: &Book<'_>, form: &Form, model: &str, problems: &mut Vec<Problem>) {
    let listed = book.list(List::Products).get(model).and_then(|row| row.fields.text("components")).unwrap_or("");
    let known: Vec<&str> = listed.split([';', '；']).map(str::trim).filter(|c| !c.is_empty()).collect();
    for line in form.lines.iter().filter(|_| !known.is_empty()) {
        let Some(entry) = line.entry("component") else { continue };
        let component = line.text("component").unwrap_or("");
        if !known.contains(&component) {
            let (all, all_zh) = (known.join(", "), known.join("、"));
            refuse(
                form,
                entry,
                "repair.component",
                tr!("{model} has no component \"{component}\"", "型号 {model} 没有部件“{component}”"),
                tr!(
                    "its components are: {all}; add one: cs product edit {model} --components \"…\"",
                    "其部件有：{all_zh}；如需增加：cs product edit {model} --components \"…\""
                ),
                problems,
            );
        }
    }
}

/// A fixture that came with a shipment is on it.
fn not_shipped(book: &Book<'_>, form: &Form, model: &str) -> Option<Problem> {
    let shipment = book.form(form.header.record("shipment")?)?;
    if shipment.lines.iter().any(|line| line.text("model") == Some(model)) {
        return None;
    }
    let shipped = &shipment.number;
    Some(Problem::new(
        "repair.shipment",
        tr!("{model} is not on {shipped}", "{shipped} 里没有型号 {model}"),
        tr!("see its lines: cs ship show {shipped}", "请查看明细：cs ship show {shipped}"),
    ))
}

/// True where one of these files under `photos/` is there and whole.
fn any_there<'n>(book: &Book<'_>, mut names: impl Iterator<Item = &'n String>) -> bool {
    names.any(|name| book.photo(name).is_none())
}

/// What is judged a fault of ours shows a photo and tells when the fixture was made (R17, R19).
fn judged(book: &Book<'_>, form: &Form, repair: &Repair<'_>, problems: &mut Vec<Problem>) {
    let Some(step) = repair.judged().filter(|_| repair.cause() == Some("quality")) else { return };
    let number = &form.number;
    let problem = match form.header.date("made_on") {
        None => Problem::new(
            "repair.made-on",
            tr!("nobody noted when the fixture of {number} was made (R19)", "{number} 未登记展台制作时间（R19）"),
            tr!(
                "note it first: cs repair edit {number} --made-on DATE",
                "请先登记：cs repair edit {number} --made-on 日期"
            ),
        ),
        Some(made) => {
            let last = last_covered(made, book.policy.at(form.day()).warranty_months);
            let photos = || repair.photos_until(step.index);
            if any_there(book, photos()) || last.is_none_or(|last| form.day() > last) {
                return;
            }
            let message = match photos().next() {
                None => tr!(
                    "{number} has no photo: it can't be judged covered (R17)",
                    "{number} 没有照片，不能判定由我方承担（R17）"
                ),
                Some(gone) => tr!(
                    "photos/{gone} of {number} is gone or damaged: it can't be judged covered (R17)",
                    "{number} 的照片 photos/{gone} 缺失或已损坏，不能判定由我方承担（R17）"
                ),
            };
            Problem::new(
                "repair.photo",
                message,
                tr!(
                    "add one first: cs repair photo {number} --photo FILE",
                    "请先补充照片：cs repair photo {number} --photo 文件"
                ),
            )
        }
    };
    put(form, step, [problem], problems);
}

/// A repair that the customer arranges starts only after judgement and quote approval (R20).
fn sent(book: &Book<'_>, form: &Form, repair: &Repair<'_>, problems: &mut Vec<Problem>) {
    let number = &form.number;
    for step in form.taken("dispatch").filter(|_| repair.is_customers()) {
        let approved = approved_quote(book, number).and_then(|quote| quote.last("approve").map(|s| s.at));
        if approved.is_none_or(|at| at > step.at) {
            refuse(
                form,
                step,
                "repair.quote",
                tr!(
                    "{number} is arranged by the customer and no quote of it is approved (R20)",
                    "{number} 由客户自行安排，报价尚未批准，不能派单（R20）"
                ),
                tr!(
                    "record a quote (cs repair quote {number} …) and have it approved (cs repair approve BJ-…)",
                    "请先登记报价（cs repair quote {number} …）并批准（cs repair approve BJ-…）"
                ),
                problems,
            );
        }
    }
    for step in form.taken("dispatch") {
        let day = book.now.zone.day(step.at);
        if let Some(appointed) = step.fields.date("appointed").filter(|appointed| *appointed < day) {
            refuse(
                form,
                step,
                "repair.appointed",
                tr!("nobody can be appointed for {appointed}, before {day}", "约定日期 {appointed} 早于派单日 {day}"),
                tr!("mend --appointed", "请改正 --appointed"),
                problems,
            );
        }
    }
    for step in form.taken("repaired") {
        let sent = form.taken("dispatch").rfind(|s| s.index < step.index).map(|s| book.now.zone.day(s.at));
        let day = book.now.zone.day(step.at);
        if let Some(on) = step.fields.date("on").filter(|on| *on > day || sent.is_some_and(|sent| *on < sent)) {
            refuse(
                form,
                step,
                "repair.on",
                tr!("it can't have been mended on {on}", "修复日期 {on} 不对"),
                tr!("it lies between the dispatch and the day of the step", "修复日期应在派单之后、登记之前"),
                problems,
            );
        }
    }
}

/// Why there can be no fee for a ticket, whatever its amount: we don't pay for it, or no quote of it is approved (R18,
/// R21).
pub fn feeless(book: &Book<'_>, form: &Form) -> Vec<Problem> {
    let number = &form.number;
    let mut problems = Vec::new();
    let cover = cover(book, form);
    if cover.payer != Payer::Us {
        let why = cover.why;
        problems.push(Problem::new(
            "repair.not-covered",
            tr!("we don't pay for {number}: {why}", "{number} 不由我方承担：{why}"; why),
            tr!("close it without a fee: cs repair close {number}", "不计费用直接结案：cs repair close {number}"),
        ));
    }
    if approved_quote(book, number).is_none() {
        let open = quotes_of(book, number).into_iter().find(|quote| quote.state().code == "open");
        let help = match open.map(|quote| quote.number.clone()) {
            Some(bj) => tr!("have one approved first: cs repair approve {bj}", "请先批准报价：cs repair approve {bj}"),
            None => tr!(
                "record one (cs repair quote {number} …) and have it approved (cs repair approve BJ-…)",
                "请先登记报价（cs repair quote {number} …）并批准（cs repair approve BJ-…）"
            ),
        };
        let message = tr!("no quote of {number} is approved (R21)", "{number} 没有已批准的报价（R21）");
        problems.push(Problem::new("repair.no-quote", message, help));
    }
    problems
}

/// A fee is released for what we cover, as quoted and approved, with a photo of the fixture working (R17, R21).
fn released(book: &Book<'_>, form: &Form, repair: &Repair<'_>, problems: &mut Vec<Problem>) {
    let Some(step) = repair.released() else { return };
    let number = &form.number;
    put(form, step, feeless(book, form), problems);
    let mut refuse = |(code, message, help): Refusal| super::refuse(form, step, code, message, help, problems);
    if faulty(book, form).is_some_and(|found| found.index < step.index) {
        refuse(still_faulty(book, repair));
    }
    if let Some(quote) = approved_quote(book, number) {
        let quote = Quote::of(&quote);
        above(&quote, step).into_iter().chain(another_mended(&quote, repair)).for_each(&mut refuse);
    }
    if !any_there(book, repair.working_photos()) {
        refuse((
            "repair.working-photo",
            tr!("{number} has no photo of the fixture working (R21)", "{number} 没有修复后正常使用的照片（R21）"),
            tr!("void the acceptance and accept it with --photo FILE", "请作废验收步骤，并用 --photo 文件 重新验收"),
        ));
    }
}

/// Why a step may not be taken: code, message and remedy.
type Refusal = (&'static str, Text, Text);

/// No more is released than was approved (R21).
fn above(quote: &Quote<'_>, release: &Step) -> Option<Refusal> {
    let (bj, total) = (&quote.form.number, quote.total().unwrap_or_default());
    let amount = release.fields.money("amount").filter(|amount| *amount > total)?;
    Some((
        "repair.fee",
        tr!("the fee {amount} is above the {total} of {bj} (R21)", "费用 {amount} 超过 {bj} 批准的 {total}（R21）"),
        tr!("release {total} or less", "核准金额不能超过 {total}"),
    ))
}

/// Who is paid is who mended it.
fn another_mended(quote: &Quote<'_>, repair: &Repair<'_>) -> Option<Refusal> {
    let (bj, quoted) = (&quote.form.number, quote.agency());
    let sent = repair.agency().filter(|sent| *sent != quoted)?;
    Some((
        "repair.agency",
        tr!("{sent} mended it, but {bj} is a quote of {quoted}", "实际维修的是 {sent}，而 {bj} 是 {quoted} 的报价"),
        tr!("void its approval and have the quote of {sent} approved", "请作废该批准，并批准 {sent} 的报价"),
    ))
}

/// That the last follow-up found the fixture faulty, and what is done about it.
fn still_faulty(book: &Book<'_>, repair: &Repair<'_>) -> Refusal {
    let number = &repair.form.number;
    let found = faulty(book, repair.form);
    let before = |release: &&Step| found.is_some_and(|found| release.index <= found.index);
    let help = match repair.released().filter(before).map(|step| step.index) {
        None => tr!(
            "send an agency again: cs repair dispatch {number} --agency CODE",
            "请重新派单：cs repair dispatch {number} --agency 代码"
        ),
        // The release covers the repair that did not last (R67).
        Some(signed) => tr!(
            "void the release of the fee (cs void {number} --step {signed} --note WHY), then send an agency again: cs repair dispatch {number} --agency CODE",
            "请先作废费用核准（cs void {number} --step {signed} --note 原因），再重新派单：cs repair dispatch {number} --agency 代码"
        ),
    };
    ("repair.faulty", tr!("the fixture of {number} is still faulty (R22)", "{number} 回访结果仍有故障（R22）"), help)
}

/// A ticket closes once the site was asked and all is well, and what we owe is released (R21, R22).
fn closed(book: &Book<'_>, form: &Form, repair: &Repair<'_>, problems: &mut Vec<Problem>) {
    let Some(step) = form.last("close") else { return };
    let number = &form.number;
    let mut refuse = |(code, message, help): Refusal| super::refuse(form, step, code, message, help, problems);
    match followed_before(book, form, step.index) {
        None => refuse((
            "repair.follow-up",
            tr!("the site of {number} was not followed up (R22)", "{number} 还没有回访（R22）"),
            tr!(
                "first: cs repair follow-up {number} --result working",
                "请先回访：cs repair follow-up {number} --result working"
            ),
        )),
        Some(found) if found.faulty => refuse(still_faulty(book, repair)),
        Some(_) => {}
    }
    if owes(book, form) {
        refuse((
            "repair.owed",
            tr!("the agency's fee of {number} is not released (R21)", "{number} 的维修费用尚未核准（R21）"),
            tr!("first: cs repair reimburse {number}", "请先核准：cs repair reimburse {number}"),
        ));
    }
}
