//! A shift, 班次 (BC): who is on the roster when, whether that person came, and what is handed over at the end (R63). Kept
//! in rows.

use super::form::{Form, Step};
use super::shared::REASON;
use super::spec::{Finish, FormSpec, Kept, State, StepSpec, Verbs, state};
use crate::base::field::{Field, Kind, List, Ty, optional, required};
use crate::base::number::Code;
use crate::base::stint::Stint;
use crate::base::time::{Date, Time, Zone};
use crate::base::words::words;

/// Who may roster others (R63): the key under `[sign]` in policy.toml.
pub const AUTHORITY: &str = "shift";

/// The verbs that, without a number, mean the shift of whoever gives them.
pub const OF_NOW: [&str; 3] = ["in", "out", "hand-over"];

/// What stands between the open points of a hand-over.
const BETWEEN: [char; 3] = [';', '；', '\n'];

const STATES: &[State] = &[
    state("rostered", "rostered", "已排班").then("shift in"),
    state("on_duty", "on duty", "在岗").then("shift hand-over"),
    state("left", "left", "已离岗"),
    state("handed_over", "handed over, points open", "已交接，有待办").then("shift settle"),
    state("over", "over", "已交接"),
    state("absent", "absent", "缺勤"),
    state("cancelled", "cancelled", "已取消"),
];

const WHY_LATE: Field = optional(
    "reason",
    Ty::Text,
    words("Reason", "原因"),
    words("Why late; with a reason no deduction is proposed", "迟到原因；写明原因的不建议扣分"),
);

const WHY_EARLY: Field = optional(
    "reason",
    Ty::Text,
    words("Reason", "原因"),
    words("Why early; with a reason no deduction is proposed", "早退原因；写明原因的不建议扣分"),
);

const STEPS: &[StepSpec] = &[
    StepSpec::new(
        "in",
        words("Came", "到岗"),
        words(
            "The shift is taken up; without a number, yours of now (R63)",
            "到岗签到；不填单号时为本人当前的班次（R63）",
        ),
        &["rostered"],
    )
    .to("on_duty")
    .fields(&[WHY_LATE]),
    StepSpec::new(
        "hand-over",
        words("Handed over", "交接班"),
        words(
            "The shift ends with a note; its open points are duties of the next one (R63)",
            "交接班并离岗，登记交接内容；未完事项由下一班处理（R63）",
        ),
        &["on_duty"],
    )
    .to("handed_over")
    .finish(Finish { holds: |_, step| points_of(step).next().is_none(), without: "points", to: "over" })
    .fields(&[
        required("summary", Ty::Text, words("Hand-over note", "交接内容"), words("How the shift went", "本班情况")),
        optional(
            "points",
            Ty::Text,
            words("Open points", "待办事项"),
            words("What the next shift is to do, separated by ;", "需下一班处理的事项，用 ; 分隔"),
        ),
        WHY_EARLY,
    ]),
    StepSpec::new(
        "out",
        words("Left", "离岗"),
        words(
            "The shift ends with nothing to hand over; without a number, yours of now (R63)",
            "离岗，无交接事项；不填单号时为本人当前的班次（R63）",
        ),
        &["on_duty"],
    )
    .to("left")
    .fields(&[WHY_EARLY]),
    StepSpec::new(
        "settle",
        words("Point settled", "待办已处理"),
        words("A point handed over is settled (R63)", "登记一项交接待办已处理（R63）"),
        &["handed_over"],
    )
    .finish(Finish { holds: is_last, without: "point", to: "over" })
    .fields(&[
        required(
            "point",
            Ty::Quantity,
            words("Point", "待办序号"),
            words("Which, counted from 1", "第几项待办，从 1 起"),
        ),
        required("result", Ty::Text, words("Result", "结果"), words("What came of it", "处理结果")),
    ]),
    StepSpec::new(
        "absent",
        words("Absent", "缺勤"),
        words(
            "The person did not come; excused if there is a reason, recorded by somebody else (R63)",
            "登记缺勤，由他人登记；写明原因的为请假（R63）",
        ),
        &["rostered"],
    )
    .to("absent")
    .fields(&[optional(
        "reason",
        Ty::Text,
        words("Reason", "原因"),
        words("Why; none makes it an absence without reason", "原因；不填为无故缺勤"),
    )]),
    StepSpec::new(
        "explain",
        words("Explained", "说明原因"),
        words(
            "Why somebody was late, left early or was absent, said afterwards: by that person soon, by who may roster others later (R63)",
            "补充说明迟到、早退或缺勤的原因：迟到、早退由本人及时说明，逾期及缺勤由排班人登记（R63）",
        ),
        &["on_duty", "left", "handed_over", "over", "absent"],
    )
    .revives()
    .fields(&[required(
        "reason",
        Ty::Text,
        words("Reason", "原因"),
        words("Why; no deduction is proposed then", "原因；写明后不建议扣分"),
    )]),
    StepSpec::new(
        "swap",
        words("Swapped", "换班"),
        words("Somebody else takes the shift; by who may roster others (R63)", "换由他人值班，由排班人登记（R63）"),
        &["rostered"],
    )
    .fields(&[
        required("staff", Ty::Code(List::Staff), words("Who", "值班人"), words("Who takes it", "换由谁值班")),
        optional("reason", Ty::Text, words("Reason", "原因"), words("Why", "换班原因")),
    ]),
    StepSpec::new(
        "cancel",
        words("Cancelled", "取消"),
        words(
            "The shift is not needed; by who may roster others, never one's own (R63)",
            "取消班次，由排班人登记，本人不得自行取消（R63）",
        ),
        &["rostered"],
    )
    .to("cancelled")
    .fields(&[REASON]),
];

/// The table of the shift.
pub static SHIFT: FormSpec = FormSpec {
    kind: Kind::Shift,
    code: "shift",
    prefix: "BC",
    dir: "shifts",
    kept: Kept::Rows,
    verbs: Verbs { command: "shift", new: "roster", edit: "edit", list: "list", show: "show", subject: Some("staff") },
    name: words("Shift", "班次"),
    help: words("Put somebody on the roster (R63)", "排班（R63）"),
    example: "cs shift roster YX --on 2026-11-23 --span early --by LW",
    fields: &[
        required(
            "staff",
            Ty::Code(List::Staff),
            words("Who", "值班人"),
            words("Who is on duty: code, name or part of a name", "值班人：员工代码、姓名或其一部分"),
        ),
        required(
            "on",
            Ty::Date,
            words("On", "日期"),
            words("The day on which it begins; today if left out", "班次开始的日期（默认当天）"),
        ),
        required(
            "span",
            Ty::Stint,
            words("Hours", "起止时间"),
            words(
                "A shift's name from policy.toml, as early, or hours, as 22:00-06:00",
                "班名（见 policy.toml，如 早班）或起止时间（如 22:00-06:00）",
            ),
        ),
    ],
    lines: None,
    states: STATES,
    opens: None,
    steps: STEPS,
    columns: &["staff", "on", "span"],
};

/// The open points that a hand-over names.
fn points_of(step: &Step) -> impl Iterator<Item = &str> {
    let points = step.fields.text("points").unwrap_or("");
    points.split(BETWEEN).map(str::trim).filter(|point| !point.is_empty())
}

/// Whether a step settles the last point that was open.
fn is_last(form: &Form, step: &Step) -> bool {
    let settled: Vec<u64> =
        form.taken("settle").filter(|s| s.index <= step.index).map(|s| s.fields.whole("point")).collect();
    Shift::of(form).points().iter().all(|point| settled.contains(&(point.number as u64)))
}

/// A point that a hand-over left open.
#[derive(Clone, Debug)]
pub struct Point<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// What is to be done.
    pub what: &'a str,
    /// The step that settled it.
    pub settled: Option<&'a Step>,
}

/// A shift and what it says by itself.
#[derive(Clone, Copy, Debug)]
pub struct Shift<'a> {
    form: &'a Form,
}

impl<'a> Shift<'a> {
    /// A view of a form of this kind.
    pub fn of(form: &'a Form) -> Shift<'a> {
        Shift { form }
    }

    /// Who is on duty: whoever took it over last. Once it was taken up, missed or cancelled, nobody does any more, and the
    /// first of the steps that say so counts, as in all that follows: what two clones both wrote is there twice.
    pub fn person(&self) -> Option<Code> {
        let decided = self.form.living().find(|step| matches!(step.verb(), "in" | "absent" | "cancel"));
        self.person_before(decided.map_or(usize::MAX, |step| step.index))
    }

    /// Whose it was before the step at a place among the steps.
    pub fn person_before(&self, index: usize) -> Option<Code> {
        let swaps = self.form.taken("swap").filter(|swap| swap.index < index);
        let mut takers = swaps.filter_map(|swap| swap.fields.staff("staff"));
        takers.next_back().or_else(|| self.form.header.staff("staff"))
    }

    /// The day on which it begins.
    pub fn on(&self) -> Option<Date> {
        self.form.header.date("on")
    }

    /// From when to when it lasts.
    pub fn hours(&self) -> Option<Stint> {
        self.form.header.stint("span")
    }

    /// Its first minute and the one after its last; `None` only of one that can't be read.
    pub fn times(&self, zone: Zone) -> Option<(Time, Time)> {
        Some(self.hours()?.on(self.on()?, zone))
    }

    /// The step by which it was taken up.
    pub fn came(&self) -> Option<&'a Step> {
        self.form.taken("in").next()
    }

    /// The step with which it ended: the hand-over, or that the person left.
    pub fn went(&self) -> Option<&'a Step> {
        let came = self.came()?;
        let ends = |step: &&Step| step.index > came.index && matches!(step.verb(), "out" | "hand-over");
        self.form.living().find(ends)
    }

    /// The step that handed it over.
    pub fn handed_over(&self) -> Option<&'a Step> {
        self.went().filter(|step| step.verb() == "hand-over")
    }

    /// The step that says that the person did not come.
    pub fn missed(&self) -> Option<&'a Step> {
        self.form.taken("absent").next()
    }

    /// The reason that a step gives, or that was given for it afterwards.
    pub fn reason_of(&self, step: &'a Step) -> Option<&'a str> {
        let explained = || self.form.taken("explain").find(|later| later.index > step.index)?.fields.text("reason");
        step.fields.text("reason").or_else(explained)
    }

    /// The points that its hand-over left open, with what became of each.
    pub fn points(&self) -> Vec<Point<'a>> {
        let settled = |number: usize| self.form.taken("settle").find(|s| s.fields.whole("point") == number as u64);
        let points = self.handed_over().into_iter().flat_map(points_of).enumerate();
        points.map(|(at, what)| Point { number: at + 1, what, settled: settled(at + 1) }).collect()
    }

    /// Those of the points that nobody settled yet.
    pub fn open_points(&self) -> Vec<Point<'a>> {
        self.points().into_iter().filter(|point| point.settled.is_none()).collect()
    }
}
