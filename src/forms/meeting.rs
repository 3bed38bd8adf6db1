//! The minutes of a meeting, 会议纪要 (HY): called, held and written down, or cancelled with the reason; its to-dos (R51).

use super::form::Form;
use super::shared::REASON;
use super::spec::{FormSpec, Kept, LineSpec, State, StepSpec, Verbs, state};
use crate::base::field::{Choice, Kind, List, Ty, choice, optional, required};
use crate::base::number::Code;
use crate::base::time::{Date, Time};
use crate::base::words::words;

/// The sorts of meeting.
pub const TYPES: &[Choice] = &[
    choice("weekly", "weekly meeting", "周例会"),
    choice("monthly", "monthly meeting", "月度例会"),
    choice("yearly", "yearly meeting", "年度会议"),
    choice("product_quality", "product-quality meeting", "产品质量例会"),
    choice("other", "other meeting", "其他会议"),
];

/// What was agreed that somebody does.
const TODOS: LineSpec = LineSpec {
    key: "todo",
    name: words("To-dos", "待办事项"),
    help: words(
        "Who is to do what by when, as ZL=2026-11-27:call the carrier",
        "谁在何时前做什么，如 ZL=2026-11-27:联系承运商",
    ),
    required: false,
    fields: &[
        required("owner", Ty::Code(List::Staff), words("Owner", "责任人"), words("Who is to do it", "责任人")),
        required("due", Ty::Date, words("Due", "期限"), words("The day by which it is to be done", "完成期限")),
        required("what", Ty::Text, words("What", "事项"), words("What is to be done", "待办内容")),
    ],
    after_at: None,
    after_colon: Some("what"),
};

const STATES: &[State] = &[
    state("called", "called", "已召集").then("meet minutes"),
    state("held", "held", "已召开").then("meet close"),
    state("closed", "closed", "已结案"),
    state("cancelled", "cancelled", "已取消"),
];

const STEPS: &[StepSpec] = &[
    StepSpec::new(
        "minutes",
        words("Held", "纪要"),
        words(
            "It was held: who was there, what was concluded, and who does what (R51)",
            "登记会议纪要：出席、结论和待办（R51）",
        ),
        &["called"],
    )
    .to("held")
    .fields(&[
        required("present", Ty::Codes(List::Staff), words("Present", "出席"), words("Who was there", "出席人员")),
        optional("absent", Ty::Codes(List::Staff), words("Absent", "缺席"), words("Who was not", "缺席人员")),
        required("conclusions", Ty::Text, words("Conclusions", "结论"), words("What was concluded", "会议结论")),
        required(
            "lasted",
            Ty::Quantity,
            words("Minutes long", "时长（分钟）"),
            words("How many minutes it took", "会议时长（分钟）"),
        ),
        optional(
            "over",
            Ty::Text,
            words("Why longer", "超时原因"),
            words("Why it took longer than a meeting may (R51)", "超过规定时长的原因（R51）"),
        ),
    ])
    .lines(&TODOS),
    StepSpec::new(
        "todo-done",
        words("To-do done", "待办完成"),
        words("One of its to-dos is done", "登记一项待办完成"),
        &["held"],
    )
    .fields(&[
        required(
            "todo",
            Ty::Quantity,
            words("To-do", "待办序号"),
            words("Which, counted from 1", "第几项待办，从 1 起"),
        ),
        optional("result", Ty::Text, words("Result", "结果"), words("What came of it", "完成情况")),
    ]),
    StepSpec::new("close", words("Closed", "结案"), words("All its to-dos are done", "全部待办完成，结案"), &["held"])
        .to("closed"),
    StepSpec::new(
        "cancel",
        words("Cancelled", "取消"),
        words("It is not held; never without the reason (R51)", "会议取消，须注明原因（R51）"),
        &["called"],
    )
    .to("cancelled")
    .fields(&[REASON]),
];

/// The table of the meeting.
pub static MEETING: FormSpec = FormSpec {
    kind: Kind::Meeting,
    code: "meeting",
    prefix: "HY",
    dir: "meetings",
    kept: Kept::File,
    verbs: Verbs { command: "meet", new: "new", edit: "edit", list: "list", show: "show", subject: Some("type") },
    name: words("Minutes", "会议纪要"),
    help: words(
        "Call a meeting; its topics are proposed from hard cases and open to-dos (R51)",
        "召集会议，议题由难点和未完待办自动提出（R51）",
    ),
    example: "cs meet new weekly --when \"2026-11-20 10:00\"",
    fields: &[
        required("type", Ty::Choice(TYPES), words("Meeting", "会议类别"), words("Which meeting", "会议类别")),
        required(
            "when",
            Ty::Time,
            words("When", "会议时间"),
            words("When it is held; now if left out", "会议时间（默认现在）"),
        ),
        optional(
            "host",
            Ty::Code(List::Staff),
            words("Host", "主持人"),
            words("Who leads it; whoever calls it if left out", "主持人（默认为召集人）"),
        ),
        required(
            "topics",
            Ty::Text,
            words("Topics", "议题"),
            words(
                "What it is about; what cs meet agenda proposes if left out",
                "会议议题（默认为 cs meet agenda 提出的内容）",
            ),
        ),
    ],
    lines: Some(&TODOS),
    states: STATES,
    opens: None,
    steps: STEPS,
    columns: &["type", "when", "host"],
};

/// A to-do of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Todo<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// Who is to do it.
    pub owner: Code,
    /// The day by which it is to be done.
    pub due: Date,
    /// What is to be done.
    pub what: &'a str,
}

/// A meeting and what it says by itself.
#[derive(Clone, Copy, Debug)]
pub struct Meeting<'a> {
    form: &'a Form,
}

impl<'a> Meeting<'a> {
    /// A view of a form of this kind.
    pub fn of(form: &'a Form) -> Meeting<'a> {
        Meeting { form }
    }

    /// Which meeting it is: a code of [`TYPES`].
    pub fn sort(&self) -> &'a str {
        self.form.header.text("type").unwrap_or("other")
    }

    /// When it is held.
    pub fn when(&self) -> Option<Time> {
        self.form.header.time("when")
    }

    /// Who leads it.
    pub fn host(&self) -> Code {
        self.form.header.staff("host").unwrap_or_else(|| self.form.author().clone())
    }

    /// Its to-dos.
    pub fn todos(&self) -> Vec<Todo<'a>> {
        let lines = self.form.current_lines().iter().enumerate();
        let todo = |(at, line): (usize, &'a crate::base::field::Fields)| {
            Some(Todo { number: at + 1, owner: line.staff("owner")?, due: line.date("due")?, what: line.text("what")? })
        };
        lines.filter_map(todo).collect()
    }

    /// Those of a meeting that was held which are not done.
    pub fn open_todos(&self) -> Vec<Todo<'a>> {
        if self.form.state().code != "held" {
            return Vec::new();
        }
        let done: Vec<u64> = self.form.taken("todo-done").map(|step| step.fields.whole("todo")).collect();
        self.todos().into_iter().filter(|todo| !done.contains(&(todo.number as u64))).collect()
    }
}
