//! The clocks of repair tickets, quotes and parts requests (R17–R25).

use super::due::{Due, by_day, in_days, in_workdays};
use super::{ClockSpec, Course, Run, numbered};
use crate::aftersales::{Job, approved_quote, cover, jobs, quotes_of};
use crate::base::field::Kind;
use crate::base::number::Number;
use crate::base::period::{Period, Unit};
use crate::base::time::{Date, Time};
use crate::base::words::words;
use crate::book::Book;
use crate::forms::cover::Payer;
use crate::forms::form::{Form, Step};
use crate::forms::quote::Quote;
use crate::forms::repair::Repair;
use crate::tr;

/// R17: a ticket has a photo. Once it is judged without one, nobody waits for it.
pub const PHOTO: ClockSpec = ClockSpec {
    key: "photo",
    rule: "R17",
    name: words("Photo of the fault", "收齐故障照片"),
    kind: Kind::Repair,
    runs: |book, form| {
        let made = form.made_at();
        let at_first = !form.header.many("photo").is_empty();
        let later = form.taken("photo").find(|step| !step.fields.many("photo").is_empty()).map(|step| step.at);
        let done = if at_first { made } else { later };
        let until = form.taken("judge").next().map(|step| step.at);
        let course = made.zip(judge_due(book, form)).map(|(start, due)| Course { start, due, done, until });
        numbered(book, form, course)
    },
};

/// R18: the cause is judged.
pub const JUDGE: ClockSpec = ClockSpec {
    key: "judge",
    rule: "R18",
    name: words("Cause judged", "判定故障原因"),
    kind: Kind::Repair,
    runs: |book, form| {
        let done = form.taken("judge").next().map(|step| step.at);
        let due = form.made_at().zip(judge_due(book, form));
        numbered(book, form, due.map(|(start, due)| Course { start, due, done, until: None }))
    },
};

/// R20: the agency's quote for a repair that the customer arranges.
pub const ASK_QUOTE: ClockSpec = ClockSpec {
    key: "ask_quote",
    rule: "R20",
    name: words("Customer's agency quoted", "取得客户安排的报价"),
    kind: Kind::Repair,
    runs: |book, form| {
        let asked = first_judged(form).filter(|_| Repair::of(form).is_customers());
        let course = |judged: &Step| {
            let quoted = quotes_of(book, &form.number).iter().filter_map(|quote| quote.made_at()).min();
            let due = ask_quote_due(book, form, judged.at);
            Course { start: judged.at, due, done: quoted.map(|at| at.max(judged.at)), until: None }
        };
        numbered(book, form, asked.map(course))
    },
};

/// R20: an agency is sent, and sent again where the follow-up found the fixture still faulty.
pub const DISPATCH: ClockSpec = ClockSpec {
    key: "dispatch",
    rule: "R20",
    name: words("Agency sent", "派广告公司"),
    kind: Kind::Repair,
    runs: dispatches,
};

/// R21: the rep signs a repair in its month; each repair is a run.
pub const ACCEPT: ClockSpec = ClockSpec {
    key: "accept",
    rule: "R21",
    name: words("Repair signed by the rep", "大区业务签字验收"),
    kind: Kind::Repair,
    runs: |book, form| {
        let course = |job: Job<'_>| {
            let repaired = job.taken("repaired").next()?;
            let done = job.taken("accept").next().map(|step| step.at);
            Some(Course { start: repaired.at, due: month_due(book, repaired), done, until: overtaken(book, &job) })
        };
        numbered(book, form, jobs(form).filter_map(course))
    },
};

/// R21: what we owe the agency for a repair that was signed is released in the month of the repair.
pub const RELEASE: ClockSpec = ClockSpec {
    key: "release",
    rule: "R21",
    name: words("Agency's fee released", "核准维修费用"),
    kind: Kind::Repair,
    runs: |book, form| {
        let ours = cover(book, form).payer == Payer::Us && approved_quote(book, &form.number).is_some();
        let course = |job: Job<'_>| {
            let (repaired, accepted) = (job.taken("repaired").next()?, job.taken("accept").next()?);
            let done = job.taken("reimburse").next().map(|step| step.at);
            Some(Course { start: accepted.at, due: month_due(book, repaired), done, until: overtaken(book, &job) })
        };
        numbered(book, form, jobs(form).filter(|_| ours).filter_map(course))
    },
};

/// R22: the site is asked after a repair. A ticket on which an agency was sent again, or that was closed, before that fell
/// due owes no follow-up.
pub const FOLLOW_UP: ClockSpec = ClockSpec {
    key: "follow_up",
    rule: "R22",
    name: words("Repair followed up", "维修回访"),
    kind: Kind::Repair,
    runs: |book, form| {
        let course = |job: Job<'_>| {
            let repaired = job.taken("repaired").next()?;
            let done = job.followed(book).first().map(|found| found.at);
            let until = job.next.or_else(|| job.taken("close").next()).map(|step| step.at);
            Some(Course { start: begun(book, repaired), due: follow_due(book, repaired), done, until })
        };
        numbered(book, form, jobs(form).filter_map(course))
    },
};

/// R24: a quote is signed or turned down. One that lost against another, or whose ticket is over, waits no more.
pub const QUOTE: ClockSpec = ClockSpec {
    key: "quote",
    rule: "R24",
    name: words("Quote signed or declined", "批准或不采用报价"),
    kind: Kind::Quote,
    runs: |book, form| {
        let decided = form.living().find(|step| matches!(step.verb(), "approve" | "decline"));
        let until = Quote::of(form).repair().and_then(|ticket| settled(book, form, ticket));
        let due = form.made_at().zip(quote_due(book, form));
        let course = |(start, due)| Course { start, due, done: decided.map(|step| step.at), until };
        numbered(book, form, due.map(course))
    },
};

/// R25: the parts of a request are sent. One that was turned down owes nothing any more.
pub const PARTS: ClockSpec = ClockSpec {
    key: "parts",
    rule: "R25",
    name: words("Parts sent", "寄出配件"),
    kind: Kind::Parts,
    runs: |book, form| {
        let done = form.last("send").map(|step| step.at);
        let due = form.made_at().zip(parts_due(book, form)).filter(|_| form.state().code != "rejected");
        numbered(book, form, due.map(|(start, due)| Course { start, due, done, until: None }))
    },
};

/// When a ticket has its photo and is judged at the latest (R17, R18).
pub fn judge_due(book: &Book<'_>, form: &Form) -> Option<Due> {
    Some(in_workdays(book, form.made_at()?, book.policy.at(form.day()).judge_workdays))
}

/// When the agency's quote is to be had at the latest from a customer who arranges the repair (R20).
pub fn ask_quote_due(book: &Book<'_>, form: &Form, judged: Time) -> Due {
    in_workdays(book, judged, book.policy.at(form.day()).quote_workdays)
}

/// When an agency is to be sent at the latest (R20): at first by the day wanted, where one is; `again` where the
/// fixture was found still faulty.
pub fn dispatch_due(book: &Book<'_>, form: &Form, since: Time, again: bool) -> Due {
    match form.header.date("wanted_by").filter(|_| !again) {
        Some(day) => by_day(book, day, tr!("wanted by", "要求完成日")),
        None => in_workdays(book, since, book.policy.at(form.day()).dispatch_workdays),
    }
}

/// When a repair is to be signed, and its fee released, at the latest (R21): at the end of its month.
pub fn month_due(book: &Book<'_>, repaired: &Step) -> Due {
    let month = Period::holding(Unit::Month, book.now.zone.day(repaired.at));
    by_day(book, month.to, tr!("settled monthly; repaired in the month to", "按月结算，当月截至"))
}

/// The day on which a repair was done: the one that its step names, else that of the step.
pub fn repaired_on(book: &Book<'_>, repaired: &Step) -> Date {
    repaired.fields.date("on").unwrap_or_else(|| book.now.zone.day(repaired.at))
}

/// When the site is to be followed up at the latest after a repair (R22).
pub fn follow_due(book: &Book<'_>, repaired: &Step) -> Due {
    let day = repaired_on(book, repaired);
    // The clock begins with the repair (R68).
    let days = book.policy.at(day).follow_days;
    in_days(book, day, days, tr!("repaired on", "修复于"))
}

/// When a quote is to be signed or turned down at the latest (R24).
pub fn quote_due(book: &Book<'_>, form: &Form) -> Option<Due> {
    Some(in_workdays(book, form.made_at()?, book.policy.at(form.day()).quote_workdays))
}

/// When the parts of a request are to be sent at the latest (R25).
pub fn parts_due(book: &Book<'_>, form: &Form) -> Option<Due> {
    Some(in_workdays(book, form.made_at()?, book.policy.at(form.day()).parts_workdays))
}

/// When a repair was done: at its step, or at the closing of an earlier day that the step names.
fn begun(book: &Book<'_>, repaired: &Step) -> Time {
    let day = repaired_on(book, repaired);
    if day < book.now.zone.day(repaired.at) { book.calendar().closing(day) } else { repaired.at }
}

/// When a job was overtaken: an agency was sent again, or the repair was found not to have helped.
fn overtaken(book: &Book<'_>, job: &Job<'_>) -> Option<Time> {
    let faulty = job.followed(book).into_iter().find(|found| found.faulty).map(|found| found.at);
    faulty.into_iter().chain(job.next.map(|step| step.at)).min()
}

/// The last judgement before the first agency was sent.
fn first_judged(form: &Form) -> Option<&Step> {
    let sent = form.taken("dispatch").next().map_or(usize::MAX, |step| step.index);
    form.living().rfind(|step| step.index < sent && matches!(step.verb(), "judge" | "rejudge"))
}

/// When another quote of a ticket was signed, or the ticket was over: a quote is decided no more.
fn settled(book: &Book<'_>, quote: &Form, ticket: &Number) -> Option<Time> {
    let over = book.form(ticket).filter(|form| form.is_over()).and_then(|form| form.living().map(|s| s.at).max());
    let other = approved_quote(book, ticket).filter(|other| other.number != quote.number);
    let signed = other.and_then(|other| other.last("approve").map(|step| step.at));
    over.into_iter().chain(signed).min()
}

fn dispatches(book: &Book<'_>, form: &Form) -> Vec<Run> {
    let approved = approved_quote(book, &form.number).and_then(|quote| quote.last("approve").map(|step| step.at));
    let waits_for_quote = Repair::of(form).is_customers();
    // What the customer arranges starts with the approved quote (R20).
    let since = |at: Time| if waits_for_quote { approved.map(|approved| approved.max(at)) } else { Some(at) };
    let sent = |after: usize| form.taken("dispatch").find(|step| step.index > after);
    let course = |at: Time, index: usize, again: bool| {
        let start = since(at)?;
        let done = sent(index).map(|step| step.at);
        Some(Course { start, due: dispatch_due(book, form, start, again), done, until: None })
    };
    let first = first_judged(form).and_then(|step| course(step.at, step.index, false));
    let faulty = jobs(form).filter_map(|job| {
        let last = job.followed(book).pop().filter(|found| found.faulty)?;
        course(last.at, last.index, true)
    });
    numbered(book, form, first.into_iter().chain(faulty))
}
