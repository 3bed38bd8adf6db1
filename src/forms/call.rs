//! The score of a call, 通话质检单 (ZJ): how many points a colleague's call has on each item of the policy (R54). Kept in
//! rows.
//!
//! A score names every item with its points, so that it means the same whatever becomes of the policy. Whose call of which
//! day it was, its points and a critical fault stand as they were entered; the person scored may contest them, and somebody
//! else upholds or amends them.

use super::form::Form;
use super::spec::{FormSpec, Kept, Sign, State, StepSpec, Verbs, state};
use crate::base::field::{Field, Kind, List, Ty, Value, optional, required};
use crate::base::marks::{Mark, marks};
use crate::base::number::Code;
use crate::base::time::Date;
use crate::base::words::words;

/// The authority that scoring needs, under `[sign]` in policy.toml.
pub const AUTHORITY: &str = "qa";

/// The authority that settling a contested score needs.
pub const REVIEW: &str = "qa_review";

const STATES: &[State] = &[
    state("counts", "counts", "有效"),
    state("contested", "contested", "申诉中"),
    state("settled", "settled", "已裁定"),
];

const REASON: Field = required("reason", Ty::Text, words("Reason", "理由"), words("Why", "理由"));

/// By somebody who neither gave the score nor contests it.
const SETTLING: Sign = Sign {
    action: REVIEW,
    amount: |_, _| None,
    by_another: true,
    authors: &["new", "contest"],
    seals: &[],
    seals_steps: &[],
};

const STEPS: &[StepSpec] = &[
    StepSpec::new(
        "contest",
        words("Contested", "申诉"),
        words("The person scored contests the score, in time (R54)", "被质检人在期限内对评分提出申诉（R54）"),
        &["counts"],
    )
    .to("contested")
    // Nothing more is to be done with a score that nobody contests.
    .revives()
    .fields(&[REASON]),
    StepSpec::new(
        "uphold",
        words("Upheld", "维持原评分"),
        words("A contested score stands (R54)", "申诉不成立，维持原评分（R54）"),
        &["contested"],
    )
    .to("settled")
    .fields(&[REASON])
    .sign(SETTLING),
    StepSpec::new(
        "amend",
        words("Amended", "更正评分"),
        words(
            "A contested score gets other points, or its critical fault is lifted (R54)",
            "申诉成立，更正得分或撤销重大差错（R54）",
        ),
        &["contested"],
    )
    .to("settled")
    .fields(&[
        optional(
            "marks",
            Ty::Marks,
            words("Points", "各项得分"),
            words(
                "The items that change, as answer=25, the others stay as they were; full for all",
                "更正的项目，如 answer=25，其余项目不变；各项满分写 full",
            ),
        ),
        optional(
            "lifted",
            Ty::Flag,
            words("Fault lifted", "撤销重大差错"),
            words("There was no critical fault: the points count", "重大差错不成立，按各项得分计"),
        ),
        REASON,
    ])
    .sign(SETTLING),
];

/// The table of the score of a call.
pub static CALL: FormSpec = FormSpec {
    kind: Kind::Call,
    code: "call",
    prefix: "ZJ",
    dir: "qa",
    kept: Kept::Rows,
    verbs: Verbs { command: "qa", new: "score", edit: "edit", list: "list", show: "show", subject: Some("staff") },
    name: words("Call score", "通话质检单"),
    help: words("Score a call on the items of the policy (R54)", "按质检项目为一通电话评分（R54）"),
    example: "cs qa score YX --marks answer=25,closing=4 --by LW",
    fields: &[
        required(
            "staff",
            Ty::Code(List::Staff),
            words("Whose call", "被质检人"),
            words("Whose call it was: code, name or part of a name", "被质检人：员工代码、姓名或其一部分"),
        ),
        required(
            "on",
            Ty::Date,
            words("Call on", "通话日期"),
            words("The day of the call; today if left out", "通话日期（默认当天）"),
        ),
        required(
            "marks",
            Ty::Marks,
            words("Points", "各项得分"),
            words(
                "Items by code or name (cs qa items): answer=25,closing=4; one left out has its full points; full for all",
                "各项得分（项目见 cs qa items），如 answer=25,closing=4；未列出的按满分，各项满分写 full",
            ),
        ),
        optional(
            "record",
            Ty::Record(&[
                Kind::Consult,
                Kind::Order,
                Kind::Shipment,
                Kind::Repair,
                Kind::Complaint,
                Kind::Visit,
                Kind::Claim,
            ]),
            words("Record", "相关单据"),
            words("The record that the call was about", "通话所涉单据"),
        ),
        optional(
            "fault",
            Ty::Text,
            words("Critical fault", "重大差错"),
            words("A fault so grave that the call has no points at all", "重大差错说明；有重大差错的通话计 0 分"),
        ),
        optional(
            "said",
            Ty::Text,
            words("Comment", "评语"),
            words("What was good or is to be better; needed below the pass mark", "评语及改进意见；不合格时必填"),
        ),
    ],
    lines: None,
    states: STATES,
    opens: None,
    steps: STEPS,
    columns: &["staff", "on", "record", "fault", "said"],
};

/// The score of a call and what it says by itself.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    form: &'a Form,
}

impl<'a> Call<'a> {
    /// A view of a form of this kind.
    pub fn of(form: &'a Form) -> Call<'a> {
        Call { form }
    }

    /// Whose call it was.
    pub fn staff(&self) -> Option<Code> {
        self.form.header.staff("staff")
    }

    /// The day of the call, by whose items and figures it is judged (R68).
    pub fn on(&self) -> Date {
        self.form.header.date("on").unwrap_or(self.form.day())
    }

    /// The points as they were given first.
    pub fn given(&self) -> Vec<Mark> {
        read(self.form.header.get("marks"))
    }

    /// The points as they count: as they were amended, else as they were given.
    pub fn marks(&self) -> Vec<Mark> {
        let amended = self.form.last("amend").and_then(|step| step.fields.get("marks"));
        read(amended.or_else(|| self.form.header.get("marks")))
    }

    /// The critical fault that was found, also where it was lifted.
    pub fn found_fault(&self) -> Option<&'a str> {
        self.form.header.text("fault")
    }

    /// The critical fault that counts; `None` where there was none, or it was lifted.
    pub fn fault(&self) -> Option<&'a str> {
        let is_lifted = self.form.last("amend").is_some_and(|step| step.fields.flag("lifted"));
        self.found_fault().filter(|_| !is_lifted)
    }

    /// What was said of it.
    pub fn said(&self) -> Option<&'a str> {
        self.form.header.text("said")
    }
}

fn read(value: Option<&Value>) -> Vec<Mark> {
    match value {
        Some(Value::Text(text)) => marks(text).unwrap_or_default(),
        _ => Vec::new(),
    }
}
