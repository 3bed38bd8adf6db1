//! The clocks of shipments, their receipts and returns (R11–R15, R62).

use chrono::NaiveTime;

use super::due::{Because, Due, by_day, in_days, in_workdays, just_before};
use super::{ClockSpec, Course, Run, numbered};
use crate::base::field::Kind;
use crate::base::time::{Time, days_before};
use crate::base::words::words;
use crate::book::Book;
use crate::flow::{Arrival, arrivals_of, receipts_of};
use crate::forms::form::{Form, Step};
use crate::forms::receipt::Receipt;
use crate::forms::shipment::Shipment;
use crate::tr;

/// R11: the freight is approved before the planned departure.
pub const APPROVAL: ClockSpec = ClockSpec {
    key: "freight_approved",
    rule: "R11",
    name: words("Freight approved", "批准运费"),
    kind: Kind::Shipment,
    runs: |book, form| {
        planned(book, form, form.made_at(), approval_due(book, form), form.last("approve").map(|step| step.at))
    },
};

/// R12: the consignee is told before the planned departure.
pub const NOTICE: ClockSpec = ClockSpec {
    key: "notice",
    rule: "R12",
    name: words("Consignee told", "发货通知收货人"),
    kind: Kind::Shipment,
    runs: |book, form| {
        let done = Shipment::of(form).notified().map(|step| step.at);
        planned(book, form, form.made_at(), notice_due(book, form), done)
    },
};

/// R13: the signed slip is back after the arrival.
pub const SLIP: ClockSpec = ClockSpec {
    key: "slip",
    rule: "R13",
    name: words("Slip back", "回单返回"),
    kind: Kind::Shipment,
    runs: |book, form| {
        planned(book, form, arrived(book, form), slip_due(book, form), form.last("slip").map(|step| step.at))
    },
};

/// R15: the arrival is receipted whole on the planned day.
pub const RECEIPT: ClockSpec = ClockSpec {
    key: "receipt",
    rule: "R15",
    name: words("Arrival receipted", "登记到货回执"),
    kind: Kind::Shipment,
    runs: |book, form| {
        let start = Shipment::of(form).departed().map(|step| step.at);
        planned(book, form, start, receipt_due(book, form), receipted(book, form))
    },
};

/// R15: a discrepancy is settled whole.
pub const REMEDY: ClockSpec = ClockSpec {
    key: "remedy",
    rule: "R15",
    name: words("Discrepancy settled", "处理到货差异"),
    kind: Kind::Receipt,
    runs: |book, form| {
        let shipment = Receipt::of(form).shipment().and_then(|number| book.form(number));
        let arrivals = shipment.map(|shipment| arrivals_of(book, &shipment)).unwrap_or_default();
        let arrival = arrivals.iter().find(|a| a.form.number == form.number && a.discrepancy() > 0);
        let course = |arrival: &Arrival| {
            let (start, due) = (arrival.at?, remedy_due(book, arrival)?);
            Some(Course { start, due, done: arrival.settled(book), until: None })
        };
        numbered(book, form, arrival.and_then(course))
    },
};

/// R62: refused goods are sent out again or taken back; each refusal is a run.
pub const REFUSED: ClockSpec = ClockSpec {
    key: "refused",
    rule: "R62",
    name: words("Refused goods dealt with", "处理拒收货物"),
    kind: Kind::Shipment,
    runs: |book, form| {
        let course = |refused: &Step| {
            let next = form.living().find(|s| s.index > refused.index && matches!(s.verb(), "redeliver" | "return"));
            let done = next.map(|step| step.at);
            Course { start: refused.at, due: returned_due(book, refused.at), done, until: None }
        };
        numbered(book, form, form.taken("refused").map(course))
    },
};

/// R62: a return goes on to its end; each step of it is a run.
pub const RETURN: ClockSpec = ClockSpec {
    key: "return",
    rule: "R62",
    name: words("Return taken a step further", "退换货办理进度"),
    kind: Kind::Shipment,
    runs: |book, form| numbered(book, form, return_steps(book, form)),
};

/// The one run that a shipment has of a clock, where it has one.
fn planned(book: &Book<'_>, form: &Form, start: Option<Time>, due: Option<Due>, done: Option<Time>) -> Vec<Run> {
    let course = start.zip(due).map(|(start, due)| Course { start, due, done, until: None });
    numbered(book, form, course)
}

/// When the freight is to be agreed and approved at the latest (R11).
pub fn approval_due(book: &Book<'_>, form: &Form) -> Option<Due> {
    let depart = Shipment::of(form).depart()?;
    let midnight = book.now.zone.on(depart, NaiveTime::MIN);
    let since = tr!("before the planned departure on {depart}", "须在计划发货日 {depart} 之前");
    Some((just_before(midnight), Because::Days(since)))
}

/// When the consignee is to be told at the latest (R12), whether or not that was done.
pub fn notice_due(book: &Book<'_>, form: &Form) -> Option<Due> {
    let depart = Shipment::of(form).depart()?;
    let days = book.policy.at(form.day()).notify_days;
    let since = tr!("departs on {depart}; {days} days before:", "{depart} 发货，提前 {days} 天：");
    Some(by_day(book, days_before(depart, days), since))
}

/// When the last goods of a shipment arrived; `None` before anything did.
fn arrived(book: &Book<'_>, form: &Form) -> Option<Time> {
    receipts_of(book, &form.number).iter().filter_map(|receipt| Receipt::of(receipt).arrived_at()).max()
}

/// When the signed slip is to be back at the latest (R13); `None` before anything arrived.
pub fn slip_due(book: &Book<'_>, form: &Form) -> Option<Due> {
    let arrived = book.now.zone.day(arrived(book, form)?);
    // The clock begins with the arrival (R68).
    let days = book.policy.at(arrived).slip_days;
    Some(in_days(book, arrived, days, tr!("arrived on", "到货于")))
}

/// When the arrival receipt of a departed shipment is to be made at the latest (R15).
pub fn receipt_due(book: &Book<'_>, form: &Form) -> Option<Due> {
    let shipment = Shipment::of(form);
    shipment.departed()?;
    Some(by_day(book, shipment.arrive()?, tr!("planned arrival", "计划到货日")))
}

/// When the receipt that completes a shipment was made.
fn receipted(book: &Book<'_>, shipment: &Form) -> Option<Time> {
    let receipts = receipts_of(book, &shipment.number);
    receipts.iter().filter(|form| !Receipt::of(form).is_partial()).filter_map(|form| form.made_at()).min()
}

/// When what was wrong with an arrival is to be settled at the latest (R15).
pub fn remedy_due(book: &Book<'_>, arrival: &Arrival) -> Option<Due> {
    Some(in_workdays(book, arrival.at?, book.policy.at(arrival.form.day()).remedy_workdays))
}

/// When a refusal, or a step of a return, is to be followed by the next at the latest (R62).
pub fn returned_due(book: &Book<'_>, since: Time) -> Due {
    in_workdays(book, since, book.policy.at(book.now.zone.day(since)).remedy_workdays)
}

/// Each step of a shipment's returns that asks for a next one.
fn return_steps(book: &Book<'_>, form: &Form) -> Vec<Course> {
    const STAGES: &[&str] = &["return", "return-approve", "return-back", "return-credit", "return-replace"];
    let steps: Vec<&Step> = form.living().filter(|step| STAGES.contains(&step.verb())).collect();
    let nexts = steps.iter().skip(1).copied().map(Some).chain([None]);
    let open = steps.iter().copied().zip(nexts);
    let asking = open.filter(|(step, _)| !matches!(step.verb(), "return-credit" | "return-replace"));
    let course = |(step, next): (&Step, Option<&Step>)| {
        // The next return begins anew.
        let done = next.filter(|next| next.verb() != "return").map(|next| next.at);
        Course { start: step.at, due: returned_due(book, step.at), done, until: None }
    };
    asking.map(course).collect()
}
