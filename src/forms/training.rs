//! The training record, 培训记录表 (PX): what is taught to whom, who came, and the month's test (R52). Kept in rows.
//!
//! A session is planned, then held or cancelled with the reason. The month's test is a record of its own, opened by its
//! type: those who were taught are called to it, each is marked once, and it is closed when nobody is left. Whoever could
//! not sit it is put down as missed, and marked when it is made up for; who failed may sit it again as often as need be;
//! both even after it was closed. But the first result is the one by which the month is judged (D3.3, R55).

use std::collections::BTreeMap;

use super::form::Form;
use super::shared::REASON;
use super::spec::{FormSpec, Kept, Sign, State, StepSpec, Turn, Verbs, state};
use crate::base::field::{Choice, Field, Kind, List, Ty, Value, choice, optional, required};
use crate::base::money::Money;
use crate::base::number::Code;
use crate::base::time::Time;
use crate::base::words::words;

/// The type of the month's test.
pub const TEST: &str = "test";

/// The type of a session that is given to one person alone.
pub const ONE_TO_ONE: &str = "one_to_one";

/// The authority that marking a test needs, under `[sign]` in policy.toml.
pub const AUTHORITY: &str = "training";

/// The most points that a test is worth.
pub const FULL_POINTS: u64 = 100;

/// The sorts of training, and the test.
pub const TYPES: &[Choice] = &[
    choice("class", "class", "课堂培训"),
    choice("on_job", "on the job", "岗位带教"),
    choice("rotation", "rotation", "轮岗学习"),
    choice("demonstration", "demonstration", "示范演练"),
    choice(ONE_TO_ONE, "one to one", "一对一辅导"),
    choice("external", "external", "外部培训"),
    choice(TEST, "month-end test", "月末测验"),
];

const STATES: &[State] = &[
    state("planned", "planned", "已计划").then("train held"),
    state("set", "test set", "待测验").then("train mark"),
    state("held", "held", "已培训"),
    state("closed", "closed", "已结案"),
    state("cancelled", "cancelled", "已取消"),
];

/// What it costs: at first as planned.
const COST: Field =
    optional("cost", Ty::Money, words("Cost", "培训费用"), words("What it costs, in yuan", "培训费用（元）"));

const EXAMINEE: Field =
    required("staff", Ty::Code(List::Staff), words("Whom", "被考人"), words("Whose test it is", "被考人"));

const POINTS: Field = optional(
    "points",
    Ty::Count,
    words("Points", "得分"),
    words("Points of the test, from 0 to 100", "得分，0–100 分"),
);

/// Marks move the bonus of a month: they are signed. They seal what the test is and when it was, as that is the month in
/// which they count.
const MARKED: Sign = Sign {
    action: AUTHORITY,
    amount: |_, _| None,
    by_another: false,
    authors: &[],
    seals: &["type", "when"],
    seals_steps: &[],
};

const STEPS: &[StepSpec] = &[
    StepSpec::new(
        "held",
        words("Held", "已培训"),
        words("It was held: who was there, and for how long (R52)", "登记培训情况：出勤和时长（R52）"),
        &["planned"],
    )
    .to("held")
    .fields(&[
        required(
            "present",
            Ty::Codes(List::Staff),
            words("Present", "出勤"),
            words(
                "Who was there; all who were called but those absent, if left out",
                "出勤人员（默认为应参加人员中除缺勤者外的全部）",
            ),
        ),
        optional(
            "absent",
            Ty::Codes(List::Staff),
            words("Absent", "缺勤"),
            words("Who was not; all others who were called, if left out", "缺勤人员（默认为其余应参加人员）"),
        ),
        required(
            "lasted",
            Ty::Quantity,
            words("Minutes long", "时长（分钟）"),
            words("How many minutes it took", "培训时长（分钟）"),
        ),
        COST,
    ]),
    StepSpec::new(
        "mark",
        words("Marked", "评分"),
        words("Somebody's test is marked, or was missed for a reason (R52)", "登记一人的测验成绩，或缺考原因（R52）"),
        &["set", "closed"],
    )
    // Who missed a test makes up for it, when it is closed too.
    .revives()
    .fields(&[
        EXAMINEE,
        POINTS,
        optional(
            "missed",
            Ty::Text,
            words("Missed", "缺考原因"),
            words("Why the person did not sit it, in place of points", "缺考原因（代替得分）"),
        ),
    ])
    .sign(MARKED),
    StepSpec::new(
        "resit",
        words("Sat again", "补考"),
        words(
            "Who has not passed sat it again; the first result stays the one that counts (R52)",
            "登记不及格者的补考成绩；考核仍以首次成绩为准（R52）",
        ),
        &["set", "closed"],
    )
    // Nothing more has to be done with a test that is closed.
    .revives()
    .fields(&[EXAMINEE, POINTS.must()])
    .sign(MARKED),
    StepSpec::new(
        "close",
        words("Closed", "结案"),
        words("All who were called to the test are marked", "应考人员均已登记成绩，结案"),
        &["set"],
    )
    .to("closed"),
    StepSpec::new(
        "cancel",
        words("Cancelled", "取消"),
        words("It is not held; never without the reason (R52)", "取消，须注明原因（R52）"),
        &["planned", "set"],
    )
    .to("cancelled")
    .fields(&[REASON]),
];

/// The table of the training record.
pub static TRAINING: FormSpec = FormSpec {
    kind: Kind::Training,
    code: "training",
    prefix: "PX",
    dir: "training",
    kept: Kept::Rows,
    verbs: Verbs { command: "train", new: "plan", edit: "edit", list: "list", show: "show", subject: Some("type") },
    name: words("Training record", "培训记录表"),
    help: words("Plan a training, or set the month's test (R52)", "登记培训计划或月末测验（R52）"),
    example: "cs train plan class --topic \"Quoting repairs\" --trainer LW",
    fields: &[
        required(
            "type",
            Ty::Choice(TYPES),
            words("Type", "培训方式"),
            words("How it is given; test is the month's test", "培训方式；test 为月末测验"),
        ),
        required(
            "topic",
            Ty::Text,
            words("Topic", "培训内容"),
            words("What it is about; of a test the month, if left out", "培训内容（测验默认写月份）"),
        ),
        required(
            "when",
            Ty::Time,
            words("When", "培训时间"),
            words(
                "When it is held; the next weekly slot, or the month's last working day for a test, if left out",
                "培训时间（默认下一个每周培训时间；测验默认当月最后一个工作日）",
            ),
        ),
        optional(
            "trainer",
            Ty::Code(List::Staff),
            words("Trainer", "培训人"),
            words("Who of the staff gives it", "由哪位员工培训"),
        ),
        optional(
            "speaker",
            Ty::Text,
            words("From outside", "外请讲师或机构"),
            words("Who from outside gives it", "外请讲师或培训机构"),
        ),
        required(
            "attendees",
            Ty::Codes(List::Staff),
            words("Called", "应参加人员"),
            words(
                "Who is to attend; all specialists, or for a test those who were taught, if left out",
                "应参加人员（默认全体专员；测验默认当月参加过培训的专员）",
            ),
        ),
        COST,
    ],
    lines: None,
    states: STATES,
    opens: Some(Turn { key: "type", choice: TEST, to: "set" }),
    steps: STEPS,
    columns: &["type", "when", "topic", "trainer"],
};

/// How somebody's test went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark<'a> {
    /// The points of the first result; `None` while there is none.
    pub points: Option<u64>,
    /// Why it was missed, where it was.
    pub missed: Option<&'a str>,
    /// The points each time it was sat again.
    pub resits: Vec<u64>,
}

impl Mark<'_> {
    /// Whether the first result is a failure where this many points pass (D3.3).
    pub fn failed(&self, pass: u64) -> bool {
        self.points.is_some_and(|points| points < pass)
    }

    /// Whether it was passed when it was sat again.
    pub fn made_good(&self, pass: u64) -> bool {
        self.resits.iter().any(|points| *points >= pass)
    }
}

/// A training record and what it says by itself.
#[derive(Clone, Copy, Debug)]
pub struct Training<'a> {
    form: &'a Form,
}

impl<'a> Training<'a> {
    /// A view of a form of this kind.
    pub fn of(form: &'a Form) -> Training<'a> {
        Training { form }
    }

    /// How it is given: a code of [`TYPES`].
    pub fn sort(&self) -> &'a str {
        self.form.header.text("type").unwrap_or("")
    }

    /// Whether it is a month's test.
    pub fn is_test(&self) -> bool {
        self.sort() == TEST
    }

    /// What it is about.
    pub fn topic(&self) -> &'a str {
        self.form.header.text("topic").unwrap_or("")
    }

    /// When it is held.
    pub fn when(&self) -> Option<Time> {
        self.form.header.time("when")
    }

    /// Who of the staff gives it.
    pub fn trainer(&self) -> Option<Code> {
        self.form.header.staff("trainer")
    }

    /// Who from outside gives it.
    pub fn speaker(&self) -> Option<&'a str> {
        self.form.header.text("speaker")
    }

    /// Who is to attend.
    pub fn attendees(&self) -> Vec<Code> {
        codes(self.form.header.many("attendees"))
    }

    /// Who was there; nobody before it was held.
    pub fn present(&self) -> Vec<Code> {
        self.form.last("held").map(|step| codes(step.fields.many("present"))).unwrap_or_default()
    }

    /// Who was called and not there; nobody before it was held.
    pub fn absent(&self) -> Vec<Code> {
        self.form.last("held").map(|step| codes(step.fields.many("absent"))).unwrap_or_default()
    }

    /// How many minutes it took; 0 before it was held.
    pub fn lasted(&self) -> u64 {
        self.form.last("held").map_or(0, |step| step.fields.whole("lasted"))
    }

    /// What it cost; before that is known, what was planned for it.
    pub fn cost(&self) -> Option<Money> {
        match self.form.current("cost")?.value {
            Value::Money(cost) => Some(cost),
            _ => None,
        }
    }

    /// How the test went for each who was marked or missed it. The first result stands, whatever came after.
    pub fn marks(&self) -> BTreeMap<Code, Mark<'a>> {
        let mut marks: BTreeMap<Code, Mark<'a>> = BTreeMap::new();
        for step in self.form.living().filter(|step| matches!(step.verb(), "mark" | "resit")) {
            let Some(staff) = step.fields.staff("staff") else { continue };
            let mark = marks.entry(staff).or_default();
            let points = step.fields.get("points").map(|_| step.fields.whole("points"));
            if step.verb() == "resit" {
                mark.resits.extend(points);
            } else {
                mark.points = mark.points.or(points);
                mark.missed = mark.missed.or(step.fields.text("missed"));
            }
        }
        marks
    }

    /// Who was called to the test and is neither marked nor missed it.
    pub fn unmarked(&self) -> Vec<Code> {
        let marks = self.marks();
        self.attendees().into_iter().filter(|code| !marks.contains_key(code)).collect()
    }
}

fn codes(texts: &[String]) -> Vec<Code> {
    texts.iter().filter_map(|text| text.parse().ok()).collect()
}
