//! An item of the weekly work plan, 工作计划与小结 (GZ): what, due when, done when (R50). Kept in rows.

use super::form::Form;
use super::spec::{FormSpec, Kept, State, StepSpec, Verbs, state};
use crate::base::field::{Kind, List, Ty, optional, required};
use crate::base::number::Code;
use crate::base::time::{Date, Time, Zone};
use crate::base::words::words;

const STATES: &[State] = &[
    state("open", "open", "待完成").then("work done"),
    state("done", "done", "已完成"),
    state("dropped", "dropped", "已取消"),
];

const STEPS: &[StepSpec] = &[
    StepSpec::new("done", words("Done", "完成"), words("It is done (R50)", "登记完成情况（R50）"), &["open"])
        .to("done")
        .fields(&[
            required("result", Ty::Text, words("Result", "完成情况"), words("What came of it", "完成情况和结果")),
            optional(
                "done_on",
                Ty::Date,
                words("Done on", "完成日期"),
                words("The day it was done, if not today", "实际完成日期（默认当天）"),
            ),
        ]),
    StepSpec::new(
        "carry-over",
        words("Carried over", "顺延"),
        words(
            "It gets a new due day; past its due day it stays missed there, and is due again (R50)",
            "顺延到新的期限；已逾期的，原期限仍计为未按时（R50）",
        ),
        &["open"],
    )
    .fields(&[
        required("due", Ty::Date, words("Due", "期限"), words("The new due day", "新的完成期限")),
        required("reason", Ty::Text, words("Reason", "原因"), words("Why", "原因")),
    ]),
    StepSpec::new(
        "drop",
        words("Dropped", "取消"),
        words(
            "It is not to be done; signed by a supervisor, and by nobody for himself",
            "不再执行，由主管确认，本人不得自行取消",
        ),
        &["open"],
    )
    .to("dropped")
    .fields(&[required("reason", Ty::Text, words("Reason", "原因"), words("Why", "原因"))]),
];

/// The table of the work item.
pub static WORK: FormSpec = FormSpec {
    kind: Kind::Work,
    code: "work",
    prefix: "GZ",
    dir: "work",
    kept: Kept::Rows,
    verbs: Verbs { command: "work", new: "plan", edit: "edit", list: "list", show: "show", subject: Some("what") },
    name: words("Work item", "工作计划事项"),
    help: words("Plan an item of work (R50)", "登记工作计划事项（R50）"),
    example: "cs work plan \"Verify the agencies of Chongqing\" --due 2026-11-27",
    fields: &[
        required("what", Ty::Text, words("What", "工作内容"), words("What is to be done", "工作内容")),
        required("due", Ty::Date, words("Due", "期限"), words("The day by which it is to be done", "完成期限")),
        optional(
            "staff",
            Ty::Code(List::Staff),
            words("Whose", "责任人"),
            words(
                "Who is to do it; whoever plans it if left out. A supervisor plans for others",
                "责任人（默认为登记人）；为他人安排须由主管登记",
            ),
        ),
        optional(
            "record",
            Ty::Record(&[
                Kind::Order,
                Kind::Shipment,
                Kind::Receipt,
                Kind::Repair,
                Kind::Parts,
                Kind::Complaint,
                Kind::Consult,
                Kind::Improvement,
                Kind::Claim,
            ]),
            words("Record", "相关单据"),
            words("The record that it comes from", "来源单据"),
        ),
    ],
    lines: None,
    states: STATES,
    opens: None,
    steps: STEPS,
    columns: &["staff", "due", "what"],
};

/// A day by which an item was to be done, and what became of it there. An item that was carried over has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Since when the day stood: when the item was planned, or carried over to it.
    pub start: Time,
    /// The day.
    pub due: Date,
    /// What ended it.
    pub end: End,
    /// When that was put on record.
    pub ended: Option<Time>,
}

/// What ended a term, and on which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Nothing yet.
    Open,
    /// The item was done.
    Done(Date),
    /// The item was carried over.
    Carried(Date),
    /// The item was dropped.
    Dropped(Date),
}

impl End {
    /// The day on which it ended.
    pub fn on(self) -> Option<Date> {
        match self {
            End::Open => None,
            End::Done(on) | End::Carried(on) | End::Dropped(on) => Some(on),
        }
    }
}

impl Term {
    /// Whether it counts as due (R50): carried over or dropped by its day, it was due there no more; once missed, it
    /// stays missed.
    pub fn counts(&self) -> bool {
        match self.end {
            End::Open | End::Done(_) => true,
            End::Carried(on) | End::Dropped(on) => on > self.due,
        }
    }

    /// Whether the item was done by its day.
    pub fn is_on_time(&self) -> bool {
        matches!(self.end, End::Done(on) if on <= self.due)
    }
}

/// A work item and what it says by itself.
#[derive(Clone, Copy, Debug)]
pub struct Work<'a> {
    form: &'a Form,
}

impl<'a> Work<'a> {
    /// A view of a form of this kind.
    pub fn of(form: &'a Form) -> Work<'a> {
        Work { form }
    }

    /// What is to be done.
    pub fn what(&self) -> &'a str {
        self.form.header.text("what").unwrap_or("")
    }

    /// Who is to do it.
    pub fn person(&self) -> Code {
        self.form.header.staff("staff").unwrap_or_else(|| self.form.author().clone())
    }

    /// Its terms, the first one first. Never none but where its due day can't be read.
    pub fn terms(&self, zone: Zone) -> Vec<Term> {
        let open = |(start, due)| Term { start, due, end: End::Open, ended: None };
        let mut terms: Vec<Term> =
            self.form.made_at().zip(self.form.header.date("due")).map(open).into_iter().collect();
        for step in self.form.living() {
            let on = zone.day(step.at);
            let end = match step.verb() {
                "done" => End::Done(step.fields.date("done_on").unwrap_or(on)),
                "carry-over" => End::Carried(on),
                "drop" => End::Dropped(on),
                _ => continue,
            };
            if let Some(last) = terms.last_mut().filter(|term| term.end == End::Open) {
                (last.end, last.ended) = (end, Some(step.at));
            }
            if step.verb() == "carry-over" {
                terms.extend(step.fields.date("due").map(|due| open((step.at, due))));
            }
        }
        terms
    }

    /// The day by which it is to be done now.
    pub fn due(&self, zone: Zone) -> Option<Date> {
        self.terms(zone).last().map(|term| term.due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r50_a_term_counts_until_it_is_carried_over_or_dropped_in_time() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let due = day("2026-11-20");
        let (before, after) = (due, day("2026-11-21"));
        for (end, counts, on_time) in [
            (End::Open, true, false),
            (End::Done(before), true, true),
            (End::Done(after), true, false),
            (End::Carried(before), false, false),
            (End::Carried(after), true, false),
            (End::Dropped(before), false, false),
            (End::Dropped(after), true, false),
        ] {
            let term = Term { start: "2026-11-16T09:00:00+08:00".parse().unwrap(), due, end, ended: None };
            assert_eq!((term.counts(), term.is_on_time()), (counts, on_time), "{end:?}");
        }
    }
}
