//! The return visit, 回访记录表 / 顾客信息反馈表 (HF): what a customer says when we ask (R38–R41). Kept in rows.

use super::form::Form;
use super::shared::CHANNELS;
use super::spec::{FormSpec, Kept, State, StepSpec, Turn, Verbs, state};
use crate::base::field::{Choice, Field, Kind, List, Ty, choice, optional, required};
use crate::base::words::{Words, words};

/// Why somebody is visited.
pub const PURPOSES: &[Choice] = &[
    choice("monthly", "monthly", "月度回访"),
    choice("repair_follow_up", "repair follow-up", "维修回访"),
    choice("complaint_call_back", "complaint call-back", "投诉回访"),
    choice("partner", "partner", "合作方回访"),
    choice("new_customer", "new customer", "新客户回访"),
    choice("survey", "survey", "满意度调查"),
    choice("outbound_offer", "outbound offer", "外呼推介"),
    choice("greeting", "greeting", "节日问候"),
];

/// What a score may be: 5 is best.
const POINTS: &[Choice] = &[
    choice("1", "1", "1"),
    choice("2", "2", "2"),
    choice("3", "3", "3"),
    choice("4", "4", "4"),
    choice("5", "5", "5"),
];

/// What the customer needs from us.
pub const NEEDS: &[Choice] = &[
    choice("nothing", "nothing", "无"),
    choice("improvement", "improvement", "需整改"),
    choice("complaint", "complaint", "投诉"),
];

const PRAISE: &[Choice] = &[choice("written", "written", "书面表扬"), choice("spoken", "in person", "口头表扬")];

/// The keys of the scores, in the order of the paper.
pub const SCORES: [&str; 5] = ["quality", "on_time", "arrival_errors", "damage_handling", "satisfaction"];

const fn score(key: &'static str, name: Words, help: Words) -> Field {
    optional(key, Ty::Choice(POINTS), name, help)
}

const STATES: &[State] =
    &[state("open", "to be followed up", "待跟进").then("visit follow"), state("done", "done", "已完成")];

const STEPS: &[StepSpec] = &[StepSpec::new(
    "follow",
    words("Followed up", "跟进"),
    words("What became of the need that was stated", "登记客户需求的跟进结果"),
    &["open"],
)
.to("done")
.fields(&[required(
    "answer",
    Ty::Text,
    words("Outcome", "跟进结果"),
    words("What was done, or why nothing had to be", "已采取的措施，或无需处理的原因"),
)])];

/// The table of the visit.
pub static VISIT: FormSpec = FormSpec {
    kind: Kind::Visit,
    code: "visit",
    prefix: "HF",
    dir: "visits",
    kept: Kept::Rows,
    verbs: Verbs { command: "visit", new: "log", edit: "edit", list: "list", show: "show", subject: Some("customer") },
    name: words("Return visit", "回访记录"),
    help: words("Log a return visit (R38)", "登记回访（R38）"),
    example: "cs visit log acme --satisfaction 4 --quality 5 --content \"All well; wants the new catalogue\"",
    fields: &[
        required(
            "customer",
            Ty::Code(List::Customers),
            words("Customer", "客户"),
            words("Code, name or part of a name", "客户代码、名称或其一部分"),
        ),
        required(
            "purpose",
            Ty::Choice(PURPOSES),
            words("Purpose", "回访类别"),
            words("Why; monthly if left out", "回访类别（默认月度回访）"),
        ),
        required(
            "channel",
            Ty::Choice(CHANNELS),
            words("Channel", "回访方式"),
            words("How; hotline if left out", "回访方式（默认热线电话）"),
        ),
        optional("site", Ty::Code(List::Sites), words("Site", "门店"), words("Which site", "门店")),
        optional(
            "record",
            Ty::Record(&[Kind::Order, Kind::Shipment, Kind::Receipt, Kind::Repair, Kind::Complaint]),
            words("Record", "相关单据"),
            words("The repair or complaint that it follows up, or what it was about", "所回访的维修单、投诉或相关单据"),
        ),
        optional(
            "contact",
            Ty::Private,
            words("Contact", "受访人"),
            words("Who was asked; the customer's contact if left out", "受访人（默认为客户联系人）"),
        ),
        optional(
            "phone",
            Ty::Private,
            words("Phone", "电话"),
            words("Their phone; the customer's if left out", "联系电话（默认同客户资料）"),
        ),
        score("quality", words("Quality", "产品质量"), words("1 to 5, 5 is best", "1–5 分，5 分最好")),
        score("on_time", words("On time", "到货及时"), words("Arrival on time, 1 to 5", "到货及时性，1–5 分")),
        score(
            "arrival_errors",
            words("Arrival errors", "到货差错"),
            words("Freedom from errors at arrival, 1 to 5", "到货准确性，1–5 分"),
        ),
        score(
            "damage_handling",
            words("Damage handling", "破损处理"),
            words("How damage is dealt with, 1 to 5", "破损处理，1–5 分"),
        ),
        score("satisfaction", words("Satisfaction", "总体满意度"), words("All in all, 1 to 5", "总体满意度，1–5 分")),
        optional(
            "installation",
            Ty::Text,
            words("Installation and use", "安装使用"),
            words("How installation and use go", "安装与使用情况"),
        ),
        optional("look", Ty::Text, words("Look", "外观"), words("How the fixtures look", "展具外观情况")),
        optional("content", Ty::Text, words("Said", "回访内容"), words("What the customer says", "客户反馈内容")),
        optional(
            "suggestion",
            Ty::Text,
            words("Suggestion", "客户建议"),
            words("What the customer suggests", "客户建议"),
        ),
        optional(
            "new_business",
            Ty::Text,
            words("New business", "新业务"),
            words("What the customer may order", "新业务意向"),
        ),
        optional(
            "praise",
            Ty::Choice(PRAISE),
            words("Praise", "表扬"),
            words("The customer praises us: written or spoken", "客户表扬：written 书面、spoken 口头"),
        ),
        required(
            "need",
            Ty::Choice(NEEDS),
            words("Need", "客户需求"),
            words(
                "improvement, complaint or nothing; if left out, improvement where a score is low",
                "improvement 需整改、complaint 投诉、nothing 无；不填时有低分即为需整改",
            ),
        ),
    ],
    lines: None,
    states: STATES,
    opens: Some(Turn { key: "need", choice: "nothing", to: "done" }),
    steps: STEPS,
    columns: &["customer", "purpose", "satisfaction", "need", "content"],
};

/// A visit and what it says by itself.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    form: &'a Form,
}

impl<'a> Visit<'a> {
    /// A view of a form of this kind.
    pub fn of(form: &'a Form) -> Visit<'a> {
        Visit { form }
    }

    /// The customer's code.
    pub fn customer(&self) -> &'a str {
        self.form.header.text("customer").unwrap_or("")
    }

    /// The score under a key of [`SCORES`], 1 to 5; `None` where it was not asked.
    pub fn score(&self, key: &str) -> Option<u8> {
        self.form.header.text(key)?.parse().ok()
    }

    /// The lowest score given.
    pub fn lowest(&self) -> Option<u8> {
        SCORES.iter().filter_map(|key| self.score(key)).min()
    }
}
