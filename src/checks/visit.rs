//! Rules over a return visit (R22, R35, R38–R41).

use super::refuse;
use crate::aftersales::mended_by;
use crate::base::field::{Kind, List};
use crate::base::problem::Problem;
use crate::base::words::Text;
use crate::book::Book;
use crate::complaints::call_back_days;
use crate::forms::complaint::Complaint;
use crate::forms::form::Form;
use crate::forms::visit::Visit;
use crate::tr;
use crate::visits::is_low;

/// A visit says something, of a customer and a record that belong together; and what is bad is not left at that.
pub fn visit(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    told(form, problems);
    seen_to(book, form, problems);
    whose(book, form, problems);
    after_repair(book, form, problems);
    called_back(book, form, problems);
    next_year(form, problems);
}

/// A visit that holds nothing of what the customer said was none.
fn told(form: &Form, problems: &mut Vec<Problem>) {
    if Visit::of(form).says_something() {
        return;
    }
    refuse(
        form,
        "purpose",
        "visit.empty",
        tr!("nothing is on record of what the customer said", "没有记录客户的评分或反馈"),
        tr!(
            "give a score (--satisfaction 1 to 5 …) or what was said (--content TEXT)",
            "请填写评分（如 --satisfaction 1–5）或反馈内容（--content 内容）"
        ),
        problems,
    );
}

/// A low score is a need, even where the customer asks for nothing.
fn seen_to(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let visit = Visit::of(form);
    if visit.need() != "nothing" || !is_low(book, form.day(), visit.lowest()) {
        return;
    }
    let (score, low) = (visit.lowest().unwrap_or_default(), book.policy.at(form.day()).low_score);
    refuse(
        form,
        "need",
        "visit.need",
        tr!(
            "a score of {score} is not left at that: up to {low} something has to be done",
            "有 {score} 分的评分：{low} 分及以下必须跟进，不能填“无”"
        ),
        tr!("give --need improvement or --need complaint", "请填写 --need improvement 或 --need complaint"),
        problems,
    );
}

/// Record and site are the customer's.
fn whose(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let customer = Visit::of(form).customer();
    let record = Visit::of(form).record().and_then(|number| book.form(number));
    if let Some((record, owner)) = record.and_then(|record| Some((record.number.clone(), book.customer_of(&record)?)))
        && owner != customer
    {
        refuse(
            form,
            "record",
            "visit.record",
            tr!("{record} is of {owner}, not of {customer}", "{record} 属于 {owner}，不属于 {customer}"),
            tr!("mend --record or the customer", "请改正 --record 或客户"),
            problems,
        );
    }
    let site = form.header.text("site").and_then(|site| book.list(List::Sites).get(site));
    if let (Some(site), Some(owner)) = (form.header.text("site"), site.and_then(|row| row.fields.text("customer")))
        && owner != customer
    {
        refuse(
            form,
            "site",
            "visit.site",
            tr!("{site} is a site of {owner}, not of {customer}", "门店 {site} 属于 {owner}，不属于 {customer}"),
            tr!("mend --site or the customer", "请改正 --site 或客户"),
            problems,
        );
    }
}

/// The record of a kind that a visit of some kind has to name.
fn named(
    book: &Book<'_>,
    form: &Form,
    kind: Kind,
    (missing, help): (Text, Text),
    problems: &mut Vec<Problem>,
) -> Option<std::sync::Arc<Form>> {
    match Visit::of(form).record().and_then(|number| book.form(number)) {
        Some(record) if record.spec.kind == kind => Some(record),
        // One that is not there, or can't be read, is told of elsewhere.
        None if Visit::of(form).record().is_some() => None,
        _ => {
            refuse(form, "purpose", "visit.follows", missing, help, problems);
            None
        }
    }
}

/// A repair is followed up once the fixture was mended, and the visit tells how it does (R22).
fn after_repair(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let fixture = form.header.get("fixture").is_some();
    if Visit::of(form).purpose() != "repair_follow_up" {
        if fixture {
            refuse(
                form,
                "fixture",
                "visit.fixture",
                tr!("no repair is followed up here", "这次回访不是维修回访，不能填写维修后状况"),
                tr!(
                    "leave --fixture out, or give --purpose repair_follow_up",
                    "请去掉 --fixture，或填写 --purpose repair_follow_up"
                ),
                problems,
            );
        }
        return;
    }
    let missing = (
        tr!("which repair is followed up?", "回访的是哪张维修单？"),
        tr!("give it: --record WX-…", "请填写维修单：--record WX-…"),
    );
    let Some(repair) = named(book, form, Kind::Repair, missing, problems) else { return };
    if form.made_at().is_some_and(|at| mended_by(&repair, at).is_none()) {
        let ticket = &repair.number;
        refuse(
            form,
            "record",
            "visit.repair",
            tr!("{ticket} was not mended by then (R22)", "{ticket} 当时尚未修复，不能做维修回访（R22）"),
            tr!(
                "record the repair first: cs repair repaired {ticket}; or give another --purpose",
                "请先登记修复：cs repair repaired {ticket}；或改填 --purpose"
            ),
            problems,
        );
    }
    if !fixture {
        refuse(
            form,
            "purpose",
            "visit.fixture",
            tr!("does the fixture work? A score is low (R22)", "有低分：维修后使用是否正常？（R22）"),
            tr!("give --fixture working or --fixture faulty", "请填写 --fixture working 或 --fixture faulty"),
            problems,
        );
    }
}

/// A complaint is called back about once it is handled and the days of grace are over (R35).
fn called_back(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    if Visit::of(form).purpose() != "complaint_call_back" {
        return;
    }
    let missing = (
        tr!("which complaint is called back about?", "回访的是哪张投诉单？"),
        tr!("give it: --record TS-…", "请填写投诉单：--record TS-…"),
    );
    let Some(complaint) = named(book, form, Kind::Complaint, missing, problems) else { return };
    let (number, Some(at)) = (&complaint.number, form.made_at()) else { return };
    let cycles = Complaint::of(&complaint).cycles();
    let Some(cycle) = cycles.iter().find(|cycle| cycle.ended.is_none_or(|end| at <= end.at)) else { return };
    let (first, last) = call_back_days(book, cycle);
    let (message, help) = if !cycle.taken("result").any(|result| result.at <= at) {
        (
            tr!("{number} was not handled by then (R35)", "{number} 当时尚未处理完毕，不能做投诉回访（R35）"),
            tr!(
                "record the result first: cs complain result {number}; or give another --purpose",
                "请先登记处理结果：cs complain result {number}；或改填 --purpose"
            ),
        )
    } else if book.now.zone.day(at) < first {
        (
            tr!("it is too early to call back about {number} (R35)", "{number} 还未到回访时间（R35）"),
            tr!("call back between {first} and {last}", "请在 {first} 至 {last} 之间回访"),
        )
    } else {
        return;
    };
    refuse(form, "record", "visit.call-back", message, help, problems);
}

/// Whoever greets a customer for the new year asks for next year's needs (R41).
fn next_year(form: &Form, problems: &mut Vec<Problem>) {
    use chrono::Datelike;
    let december = form.day().month() == 12 && Visit::of(form).purpose() == "greeting";
    if december && form.header.get("new_business").is_none() {
        refuse(
            form,
            "purpose",
            "visit.greeting",
            tr!("the customer was not asked for next year's needs (R41)", "没有记录客户明年的需求（R41）"),
            tr!("give --new-business TEXT, or say that there are none", "请填写 --new-business 内容；没有需求也请写明"),
            problems,
        );
    }
}
