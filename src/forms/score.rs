//! The score entry, 绩效记录单 (JX): points given to or taken from a colleague under a clause (R56–R58). Kept in rows.
//!
//! An entry stands as it was entered: it is neither edited nor voided. What reverses it is a row of its own in the same
//! month, with its own time, author and reason, that points at the entry by its number (R58). A proposed entry that was
//! declined is on record, too, and counts nowhere; reversed, it leaves the proposal open again. Of two reversals of one
//! entry, made in two copies of the department, one is voided.

use super::form::{Form, Step};
use super::spec::{FormSpec, Kept, Sign, State, StepSpec, Turn, Verbs, state};
use crate::base::field::{Choice, Kind, List, Ty, choice, optional, required};
use crate::base::number::{Code, Number};
use crate::base::time::Date;
use crate::base::words::words;

/// The authority that entering and reversing need, under `[sign]` in policy.toml.
pub const AUTHORITY: &str = "score";
/// The step by which an entry counts no more.
pub const REVERSE: &str = "reverse";

const STATES: &[State] = &[
    state("stands", "stands", "有效"),
    state("reversed", "reversed", "已冲销"),
    state("declined", "declined", "未采纳"),
];

/// What a supervisor decided of a proposed entry, beside accepting it.
const DECISIONS: &[Choice] = &[choice("declined", "declined", "不采纳")];

const STEPS: &[StepSpec] = &[StepSpec::new(
    REVERSE,
    words("Reversed", "冲销"),
    words(
        "Reverse an entry: both stay on record, and it counts no more; or a decline: the proposal is open again (R58)",
        "冲销一条记录：两者均留档，不再计分；冲销“未采纳”后，该建议可重新处理（R58）",
    ),
    &["stands", "declined"],
)
.to("reversed")
// Nothing more is to be done with an entry that stands, or that was declined.
.revives()
.fields(&[required("reason", Ty::Text, words("Reason", "冲销原因"), words("Why it is reversed", "冲销原因"))])
.sign(Sign {
    action: AUTHORITY,
    amount: |_, _| None,
    // Whoever entered it may find it wrong; who may never do it is whom it concerns (R58).
    by_another: false,
    authors: &[],
    seals: &[],
    seals_steps: &[],
})];

/// The table of the score entry.
pub static SCORE: FormSpec = FormSpec {
    kind: Kind::Score,
    code: "score",
    prefix: "JX",
    dir: "scores",
    kept: Kept::Rows,
    verbs: Verbs { command: "score", new: "add", edit: "edit", list: "list", show: "show", subject: Some("staff") },
    name: words("Score entry", "绩效记录单"),
    help: words("Give or take points under a clause (R58)", "按条款登记加分或扣分（R58）"),
    example: "cs score add YX --clause D3.1 --evidence \"Two reports not done at closing time\" --by LW",
    fields: &[
        required(
            "staff",
            Ty::Code(List::Staff),
            words("Whom", "被考核人"),
            words("Whose points: code, name or part of a name", "被考核人：员工代码、姓名或其一部分"),
        ),
        required(
            "clause",
            Ty::Text,
            words("Clause", "条款"),
            words(
                "The clause, as `cs score clauses` lists them: D3.1, A1.2",
                "条款代码，如 D3.1、A1.2（见 cs score clauses）",
            ),
        ),
        required(
            "points",
            Ty::Quantity,
            words("Points", "分值"),
            words(
                "How many, inside the clause's span; the clause's own if it has but one",
                "分值，须在条款范围内；条款只有一个分值时可不填",
            ),
        ),
        required(
            "on",
            Ty::Date,
            words("On", "发生日期"),
            words("The day of the conduct; today if left out", "行为发生日期（默认当天）"),
        ),
        optional(
            "record",
            Ty::Record(&[
                Kind::Consult,
                Kind::Order,
                Kind::Shipment,
                Kind::Receipt,
                Kind::Repair,
                Kind::Quote,
                Kind::Parts,
                Kind::Complaint,
                Kind::Visit,
                Kind::Improvement,
                Kind::Claim,
                Kind::Training,
                Kind::Shift,
                Kind::Call,
                Kind::Work,
                Kind::Meeting,
            ]),
            words("Record", "依据单据"),
            words("The record that shows it", "作为依据的单号"),
        ),
        optional(
            "evidence",
            Ty::Text,
            words("Evidence", "事实依据"),
            words("What shows it, in words", "事实依据（文字说明）"),
        ),
        optional(
            "proposal",
            Ty::Text,
            words("Proposal", "建议编号"),
            words(
                "The proposal that it comes from; cs score accept and cs score decline give it",
                "来源建议的编号，由 cs score accept、cs score decline 填写",
            ),
        ),
        optional(
            "decision",
            Ty::Choice(DECISIONS),
            words("Decision", "处理意见"),
            words(
                "declined: the proposal is kept on record and counts nowhere; cs score decline gives it",
                "declined 不采纳：建议留档，不计分；由 cs score decline 填写",
            ),
        ),
        optional(
            "why",
            Ty::Text,
            words("Declined, why", "不采纳原因"),
            words("Why the proposal is declined", "不采纳的原因"),
        ),
    ],
    lines: None,
    states: STATES,
    opens: Some(Turn { key: "decision", choice: "declined", to: "declined" }),
    steps: STEPS,
    columns: &["staff", "clause", "points", "on", "record", "evidence"],
};

/// A score entry and what it says by itself.
#[derive(Clone, Copy, Debug)]
pub struct Score<'a> {
    form: &'a Form,
}

impl<'a> Score<'a> {
    /// A view of a form of this kind.
    pub fn of(form: &'a Form) -> Score<'a> {
        Score { form }
    }

    /// Whose points they are.
    pub fn staff(&self) -> Option<Code> {
        self.form.header.staff("staff")
    }

    /// The code of the clause.
    pub fn clause(&self) -> &'a str {
        self.form.header.text("clause").unwrap_or("")
    }

    /// How many points, from 1; the clause tells whether they are given or taken.
    pub fn points(&self) -> u64 {
        self.form.header.whole("points")
    }

    /// The day of the conduct, by whose clauses and figures it is judged (R68).
    pub fn on(&self) -> Date {
        self.form.header.date("on").unwrap_or(self.form.day())
    }

    /// The record that shows it.
    pub fn record(&self) -> Option<&'a Number> {
        self.form.header.record("record")
    }

    /// What shows it, in words.
    pub fn evidence(&self) -> Option<&'a str> {
        self.form.header.text("evidence")
    }

    /// The key of the proposal that it comes from.
    pub fn proposal(&self) -> Option<&'a str> {
        self.form.header.text("proposal")
    }

    /// Whether it is a proposal that was declined, and never gave or took points.
    pub fn is_declined(&self) -> bool {
        self.form.header.text("decision").is_some()
    }

    /// Why it was declined.
    pub fn why(&self) -> Option<&'a str> {
        self.form.header.text("why")
    }

    /// Whether it decides the proposal that it comes from: it was accepted, be it reversed by now, or declined for good (R58).
    pub fn settles(&self) -> bool {
        !self.is_declined() || self.reversed().is_none()
    }

    /// Whether it counts: it was neither declined nor reversed (R58).
    pub fn counts(&self) -> bool {
        !self.is_declined() && self.reversed().is_none()
    }

    /// The step that reversed it, where one did (R58).
    pub fn reversed(&self) -> Option<&'a Step> {
        self.form.last(REVERSE)
    }
}
