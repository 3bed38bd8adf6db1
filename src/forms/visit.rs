//! The return visit, 回访记录表 / 顾客信息反馈表 (HF): what a customer says when we ask (R38–R41). Kept in rows.

use super::form::Form;
use super::repair::RESULTS;
use super::shared::CHANNELS;
use super::spec::{FormSpec, Kept, State, StepSpec, Turn, Verbs, state};
use crate::base::field::{Choice, Field, Fields, Kind, List, Ty, choice, optional, required};
use crate::base::number::Number;
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
            words(
                "Code, name or part of a name; or the number of the repair or complaint that is followed up",
                "客户代码、名称或其一部分；也可直接填写所回访的维修单号、投诉单号",
            ),
        ),
        required(
            "purpose",
            Ty::Choice(PURPOSES),
            words("Purpose", "回访类别"),
            words(
                "Why; if left out, what the record or the customer asks for, else monthly",
                "回访类别；不填时按所回访单据或客户类别，否则为月度回访",
            ),
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
        optional(
            "fixture",
            Ty::Choice(RESULTS),
            words("Fixture", "维修后状况"),
            words(
                "After a repair: working or faulty; working if left out and no score is low (R22)",
                "维修回访：working 使用正常、faulty 仍有故障；无低分时默认 working（R22）",
            ),
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
            words(
                "What the customer may order; in December, next year's needs (R41)",
                "新业务意向；12 月为明年需求（R41）",
            ),
        ),
        optional("gift", Ty::Text, words("Gift", "礼品"), words("What was given (R41)", "赠送的礼品（R41）")),
        optional(
            "gift_cost",
            Ty::Money,
            words("Gift's cost", "礼品费用"),
            words("What it cost, in yuan (R64)", "礼品费用（元，R64）"),
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

    /// Why the customer was visited: a code of [`PURPOSES`].
    pub fn purpose(&self) -> &'a str {
        self.form.header.text("purpose").unwrap_or("")
    }

    /// The record that it follows up, or that it was about.
    pub fn record(&self) -> Option<&'a Number> {
        self.form.header.record("record")
    }

    /// The need that was stated: a code of [`NEEDS`].
    pub fn need(&self) -> &'a str {
        self.form.header.text("need").unwrap_or("nothing")
    }

    /// How the customer praised us: `written` or `spoken`.
    pub fn praise(&self) -> Option<&'a str> {
        self.form.header.text("praise")
    }

    /// What the customer said.
    pub fn content(&self) -> Option<&'a str> {
        self.form.header.text("content")
    }

    /// Whether a fixture that was mended still does not work (R22).
    pub fn is_faulty(&self) -> bool {
        self.form.header.text("fixture") == Some("faulty")
    }

    /// The score under a key of [`SCORES`], 1 to 5; `None` where it was not asked.
    pub fn score(&self, key: &str) -> Option<u8> {
        self.form.header.text(key)?.parse().ok()
    }

    /// The lowest score given.
    pub fn lowest(&self) -> Option<u8> {
        lowest(&self.form.header)
    }

    /// Whether anything is on record of what the customer said.
    pub fn says_something(&self) -> bool {
        self.lowest().is_some() || SAID.iter().any(|key| self.form.header.get(key).is_some())
    }
}

/// The keys under which a visit keeps what was said, beside the scores.
const SAID: [&str; 7] = ["fixture", "installation", "look", "content", "suggestion", "new_business", "praise"];

/// The lowest score that a header gives.
pub fn lowest(header: &Fields) -> Option<u8> {
    SCORES.iter().filter_map(|key| header.text(key)?.parse().ok()).min()
}
