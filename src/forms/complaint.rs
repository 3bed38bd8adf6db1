//! The complaint, 投诉记录表 (TS): what a customer is unhappy with, what is done about it, and whether that helped
//! (R28–R37). It goes through numbered cycles: one that did not satisfy the customer, or was opened again, begins anew.

use super::form::{Form, Step};
use super::shared::{CHANNELS, FROM_CONSULT, REASON};
use super::spec::{FormSpec, Kept, Sign, State, StepSpec, Verbs, state};
use crate::base::field::{Choice, Field, Kind, List, Ty, choice, optional, required};
use crate::base::money::Money;
use crate::base::number::Code;
use crate::base::time::Time;
use crate::base::words::{Text, words};
use crate::clock::Pause;

/// What makes a complaint a major one (R28).
pub const CRITERIA: &[Choice] = &[
    choice("compensation", "compensation", "要求赔偿"),
    choice("safety", "safety", "涉及安全"),
    choice("large_loss", "large loss", "损失较大"),
    choice("media", "media", "媒体介入"),
    choice("lawyer", "lawyer", "律师介入"),
    choice("police", "police", "警方介入"),
    choice("consumer_body", "consumer body", "消协介入"),
    choice("government", "government", "政府部门介入"),
    choice("public_turn", "likely public or violent turn", "可能激化或公开化"),
    choice("authority", "passed on by an authority", "上级或主管部门转办"),
];

/// Root causes that the program has names for (R36). Which of them are in use, and which others, policy.toml says.
pub const CAUSES: &[Choice] = &[
    choice("product", "product quality", "产品质量"),
    choice("packing", "packing", "包装不当"),
    choice("transport", "damage on the way", "运输损坏"),
    choice("late", "late delivery", "延误"),
    choice("wrong_goods", "wrong or missing goods", "错发漏发"),
    choice("installation", "installation", "安装问题"),
    choice("repair", "repair", "维修问题"),
    choice("service", "service or manner", "服务态度"),
    choice("price", "price or charges", "价格费用"),
    choice("information", "wrong information", "信息有误"),
];

const SATISFIED: &[Choice] = &[choice("yes", "satisfied", "满意"), choice("no", "not satisfied", "不满意")];

const STATES: &[State] = &[
    state("new", "received", "已受理").then("complain plan"),
    state("planned", "planned", "已拟方案").then("complain agree"),
    state("disputed", "not agreed", "客户不同意").then("complain plan"),
    state("agreed", "agreed", "客户已同意").then("complain act"),
    state("acted", "carried out", "已落实").then("complain result"),
    state("done", "handled", "已处理").then("complain call-back"),
    state("satisfied", "satisfied", "客户满意").then("complain close"),
    state("closed", "closed", "已结案"),
];

const LIVING: &[&str] = &["new", "planned", "disputed", "agreed", "acted", "done", "satisfied"];
const UNHANDLED: &[&str] = &["new", "planned", "disputed", "agreed", "acted"];
/// Between the receipt and the call-back: the customer may keep us waiting.
const OPEN: &[&str] = &["new", "planned", "disputed", "agreed", "acted", "done"];

const CRITERIA_FIELD: Field = optional(
    "criteria",
    Ty::Choices(CRITERIA),
    words("Major by", "重大投诉依据"),
    words("What makes it a major one (R28), repeatable", "构成重大投诉的情形（R28），可重复"),
);

const SPOKEN_TO: Field =
    optional("who", Ty::Private, words("Spoken to", "受访人"), words("Who was asked", "客户方答复人"));

const STEPS: &[StepSpec] = &[
    StepSpec::new(
        "hand-on",
        words("Handed on", "转交"),
        words("Hand it on to another member of staff; no clock stops (R37)", "转交他人跟进，计时不停（R37）"),
        LIVING,
    )
    .fields(&[required(
        "to",
        Ty::Code(List::Staff),
        words("To", "接手人"),
        words("Who goes on with it; a major one: the complaints officer (R29)", "接手人；重大投诉转投诉管理员（R29）"),
    )]),
    StepSpec::new(
        "call-leader",
        words("Leader called", "报告领导"),
        words(
            "An urgent one out of hours: a leader is called at once (R30)",
            "非工作时间的紧急投诉立即报告领导（R30）",
        ),
        LIVING,
    )
    .fields(&[required(
        "leader",
        Ty::Code(List::Staff),
        words("Leader", "领导"),
        words("Who was called", "已联系的领导"),
    )]),
    StepSpec::new(
        "escalate",
        words("Made a major one", "升级为重大投诉"),
        words("It turned out to be a major one (R28)", "后续发现构成重大投诉（R28）"),
        LIVING,
    )
    .fields(&[CRITERIA_FIELD.must()]),
    StepSpec::new(
        "plan",
        words("Planned", "拟定方案"),
        words("What is to be done about it, and what is paid (R33)", "拟定处理措施及赔偿金额（R33）"),
        &["new", "disputed"],
    )
    .to("planned")
    .fields(&[
        required("measure", Ty::Text, words("Measure", "处理措施"), words("What is to be done", "拟采取的措施")),
        optional(
            "compensation",
            Ty::Money,
            words("Compensation", "赔偿金额"),
            words("What is to be paid, if anything", "拟赔偿金额（如有）"),
        ),
    ]),
    StepSpec::new(
        "sign",
        words("Signed", "签批"),
        words(
            "Sign compensation, or the measure of a major complaint, before it is carried out (R33)",
            "签批赔偿或重大投诉的处理措施，签批后方可落实（R33）",
        ),
        &["planned", "agreed"],
    )
    .sign(Sign {
        action: "compensation",
        amount: |form, step| Complaint::of(form).plan_before(step.index)?.fields.money("compensation"),
        by_another: true,
        authors: &["plan"],
        seals: &["customer", "content", "remedy", "amount", "criteria"],
        seals_steps: &[],
    }),
    StepSpec::new(
        "agree",
        words("Agreed", "客户同意"),
        words("The customer agrees to the measure (R34)", "客户同意处理措施（R34）"),
        &["planned"],
    )
    .to("agreed")
    .fields(&[SPOKEN_TO]),
    StepSpec::new(
        "disagree",
        words("Not agreed", "客户不同意"),
        words("The customer does not agree: a new measure is needed (R34)", "客户不同意，须重新拟定措施（R34）"),
        &["planned", "agreed"],
    )
    .to("disputed")
    .fields(&[REASON, SPOKEN_TO]),
    StepSpec::new(
        "act",
        words("Carried out", "落实措施"),
        words("The measure was carried out", "登记措施已落实"),
        &["agreed"],
    )
    .to("acted")
    .fields(&[optional(
        "paid",
        Ty::Money,
        words("Paid", "实付赔偿"),
        words("What was paid, up to what was planned", "实际赔付金额，不超过方案金额"),
    )]),
    StepSpec::new(
        "result",
        words("Handled", "处理结果"),
        words("What came of it: it is handled (R31, R32)", "登记处理结果，投诉处理完毕（R31、R32）"),
        &["acted"],
    )
    .to("done")
    .fields(&[
        required("result", Ty::Text, words("Result", "处理结果"), words("What came of it", "处理结果")),
        optional(
            "told",
            Ty::Code(List::Staff),
            words("Told to", "已告知"),
            words("The complaints officer who was told (R32)", "已告知的投诉管理员（R32）"),
        ),
    ]),
    StepSpec::new(
        "progress",
        words("Progress", "进展报告"),
        words("Report how far it is (R32)", "报告处理进展（R32）"),
        UNHANDLED,
    )
    .fields(&[required("report", Ty::Text, words("Report", "进展"), words("How far it is", "目前进展"))]),
    StepSpec::new(
        "wait",
        words("Waiting", "等待客户"),
        words("Wait for the customer: the clocks pause (R45)", "等待客户，计时暂停（R45）"),
        OPEN,
    )
    .fields(&[REASON]),
    StepSpec::new(
        "resume",
        words("Resumed", "恢复处理"),
        words("The customer has answered: the clocks go on (R45)", "客户已回复，恢复计时（R45）"),
        OPEN,
    ),
    StepSpec::new(
        "call-back",
        words("Called back", "投诉回访"),
        words(
            "Ask whether the customer is satisfied; if not, a new cycle opens (R35)",
            "回访客户是否满意；不满意则自动进入新一轮处理（R35）",
        ),
        &["done"],
    )
    .to("satisfied")
    .turn("satisfied", "no", "new")
    .fields(&[
        required(
            "satisfied",
            Ty::Choice(SATISFIED),
            words("Satisfied", "是否满意"),
            words(
                "yes or no; with --visit, what the visit says if left out",
                "yes 满意、no 不满意；填写 --visit 时默认按回访记录判断",
            ),
        ),
        optional(
            "visit",
            Ty::Record(&[Kind::Visit]),
            words("Visit", "回访记录"),
            words("The visit by which the customer was called back", "据以登记的回访记录"),
        ),
        SPOKEN_TO,
    ]),
    StepSpec::new(
        "cause",
        words("Root cause", "根本原因"),
        words("Name the root cause (R36)", "登记根本原因（R36）"),
        LIVING,
    )
    .fields(&[
        required(
            "cause",
            Ty::Text,
            words("Cause", "原因"),
            words("One of complaint.causes in policy.toml", "policy.toml 中 complaint.causes 所列原因之一"),
        ),
        optional(
            "new",
            Ty::Flag,
            words("New cause", "新原因"),
            words("It is none of those listed", "不在所列原因之内"),
        ),
    ]),
    StepSpec::new(
        "prevent",
        words("Prevention", "预防措施"),
        words("What keeps a recurring cause from coming back (R36)", "针对重复发生的原因制定预防措施（R36）"),
        LIVING,
    )
    .fields(&[required(
        "measure",
        Ty::Text,
        words("Measure", "预防措施"),
        words("What will keep it from coming back", "防止再次发生的措施"),
    )]),
    StepSpec::new(
        "sign-prevent",
        words("Prevention approved", "批准预防措施"),
        words("Approve the preventive measure (R36)", "批准预防措施（R36）"),
        LIVING,
    )
    .sign(Sign {
        action: "prevent",
        amount: |_, _| None,
        by_another: true,
        authors: &["prevent"],
        seals: &[],
        seals_steps: &[],
    }),
    StepSpec::new(
        "close",
        words("Closed", "结案"),
        words(
            "Close it, its cause named and the customer satisfied (R35, R36)",
            "原因已明、客户满意后结案（R35、R36）",
        ),
        &["satisfied"],
    )
    .to("closed"),
    StepSpec::new(
        "reopen",
        words("Opened again", "重新受理"),
        words("Take it up again: a new cycle with its own clocks (R46)", "重新受理，进入新一轮并重新计时（R46）"),
        &["closed"],
    )
    .to("new")
    .revives()
    .fields(&[REASON]),
];

/// The table of the complaint.
pub static COMPLAINT: FormSpec = FormSpec {
    kind: Kind::Complaint,
    code: "complaint",
    prefix: "TS",
    dir: "complaints",
    kept: Kept::File,
    verbs: Verbs { command: "complain", new: "new", edit: "edit", list: "list", show: "show", subject: None },
    name: words("Complaint", "投诉记录"),
    help: words("Take a complaint (R28)", "受理投诉（R28）"),
    example: "cs complain new --customer acme --channel hotline --content \"The glass came cracked\" --remedy \"a new pane\"",
    fields: &[
        required(
            "channel",
            Ty::Choice(CHANNELS),
            words("Channel", "投诉渠道"),
            words("How it reached us", "投诉的来源渠道"),
        ),
        optional(
            "customer",
            Ty::Code(List::Customers),
            words("Customer", "客户"),
            words("Code, name, part of a name; none for an unknown caller", "客户代码、名称或其一部分；身份不明可不填"),
        ),
        optional(
            "contact",
            Ty::Private,
            words("Contact", "投诉人"),
            words("Who complains; the customer's contact if left out", "投诉人（默认为客户联系人）"),
        ),
        optional(
            "phone",
            Ty::Private,
            words("Phone", "电话"),
            words("Their phone; the customer's if left out", "联系电话（默认同客户资料）"),
        ),
        required(
            "content",
            Ty::Text,
            words("Content", "投诉内容"),
            words("What is wrong, in the taker's own words", "受理人复述的投诉内容"),
        ),
        optional(
            "remedy",
            Ty::Text,
            words("Remedy wanted", "客户诉求"),
            words("What the customer asks for", "客户要求的解决方式"),
        ),
        optional(
            "about",
            Ty::Text,
            words("Goods or service", "涉及产品或服务"),
            words("Which goods or service it is about", "投诉涉及的产品或服务"),
        ),
        optional(
            "record",
            Ty::Record(&[Kind::Order, Kind::Shipment, Kind::Receipt, Kind::Repair, Kind::Visit]),
            words("Record", "相关单据"),
            words(
                "The order, shipment, receipt or repair it is about, or the visit in which it came up",
                "相关订单、发货单、到货回执、维修单，或提出投诉的回访记录",
            ),
        ),
        optional(
            "department",
            Ty::Text,
            words("Responsible", "责任部门"),
            words("The department responsible", "责任部门"),
        ),
        optional(
            "amount",
            Ty::Money,
            words("At stake", "涉及金额"),
            words("The amount at stake; a large one makes it major (R28)", "涉及金额，达到标准即为重大投诉（R28）"),
        ),
        CRITERIA_FIELD,
        optional(
            "urgent",
            Ty::Flag,
            words("Urgent", "紧急"),
            words(
                "The taker judges it urgent; out of hours a leader is called (R30)",
                "受理人判断为紧急；非工作时间须报告领导（R30）",
            ),
        ),
        FROM_CONSULT,
    ],
    lines: None,
    states: STATES,
    opens: None,
    steps: STEPS,
    columns: &["customer", "channel", "criteria", "department"],
};

/// The code of a root cause that a person wrote: that of a known name, else what was written.
pub fn cause_code(written: &str) -> &str {
    let written = written.trim();
    let known = CAUSES.iter().find(|c| c.name.zh == written || c.name.en.eq_ignore_ascii_case(written));
    known.map_or(written, |cause| cause.code)
}

/// What people read for a root cause: its name, or what was written.
pub fn cause_name(code: &str) -> Text {
    let known = CAUSES.iter().find(|cause| cause.code == code);
    known.map_or_else(|| Text { en: code.to_string(), zh: code.to_string() }, |cause| cause.name.into())
}

/// One cycle of a complaint: from its receipt, or from where it began anew, to its end (R35, R46).
#[derive(Debug)]
pub struct Cycle<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// The step that opened it.
    pub opened: &'a Step,
    /// The living steps after that, up to the one that ended it.
    pub steps: Vec<&'a Step>,
    /// The step that ended it: the closing, or the call-back that opened the next one. `None` while it lasts.
    pub ended: Option<&'a Step>,
}

impl<'a> Cycle<'a> {
    /// When it began.
    pub fn start(&self) -> Time {
        self.opened.at
    }

    /// The steps of the cycle with this verb, in order.
    pub fn taken(&self, verb: &'static str) -> impl Iterator<Item = &'a Step> {
        self.steps.iter().copied().filter(move |step| step.verb() == verb)
    }

    /// The waits for the customer (R45); one that lasts ends with the cycle.
    pub fn pauses(&self) -> Vec<Pause> {
        let end = self.ended.map(|step| step.at);
        let mut pauses: Vec<Pause> = Vec::new();
        let mut since: Option<Time> = None;
        for step in &self.steps {
            match step.verb() {
                "wait" => since = since.or(Some(step.at)),
                "resume" => pauses.extend(since.take().map(|from| Pause { from, to: Some(step.at) })),
                _ => {}
            }
        }
        pauses.extend(since.map(|from| Pause { from, to: end }));
        pauses
    }

    /// The wait that lasts when the step `until` is taken, if one does.
    pub fn waiting_at(&self, until: usize) -> Option<&'a Step> {
        let last = self.steps.iter().rfind(|s| s.index < until && matches!(s.verb(), "wait" | "resume"));
        last.copied().filter(|step| step.verb() == "wait")
    }
}

/// A complaint as it stands.
#[derive(Debug)]
pub struct Complaint<'a> {
    /// The form.
    pub form: &'a Form,
}

impl<'a> Complaint<'a> {
    /// Reads a form as a complaint.
    pub fn of(form: &'a Form) -> Complaint<'a> {
        Complaint { form }
    }

    /// Its cycles, the first one first; never none.
    pub fn cycles(&self) -> Vec<Cycle<'a>> {
        let mut cycles: Vec<Cycle<'a>> = Vec::new();
        for step in self.form.living() {
            let unhappy = step.verb() == "call-back" && step.fields.text("satisfied") == Some("no");
            if let Some(open) = cycles.last_mut().filter(|cycle| cycle.ended.is_none()) {
                open.steps.push(step);
                open.ended = (unhappy || step.verb() == "close").then_some(step);
            }
            if unhappy || matches!(step.verb(), "new" | "reopen") {
                cycles.push(Cycle { number: cycles.len() + 1, opened: step, steps: Vec::new(), ended: None });
            }
        }
        cycles
    }

    /// The steps that named criteria of a major complaint, the receipt first (R28).
    fn naming_criteria(&self) -> impl Iterator<Item = (&'a Step, &'a [String])> {
        let header = self.form.header.many("criteria");
        let first = self.form.steps.iter().take(1).map(move |step| (step, header));
        first.chain(self.form.taken("escalate").map(|step| (step, step.fields.many("criteria"))))
    }

    fn is_large(&self, large_loss: Money) -> bool {
        self.form.header.money("amount").is_some_and(|amount| amount >= large_loss)
    }

    /// The criteria that make it a major one (R28), in the order of their table; an amount at stake of at least
    /// `large_loss` is one.
    pub fn criteria(&self, large_loss: Money) -> Vec<&'static Choice> {
        let named: Vec<&String> = self.naming_criteria().flat_map(|(_, criteria)| criteria).collect();
        let large = |code: &str| code == "large_loss" && self.is_large(large_loss);
        CRITERIA.iter().filter(|c| large(c.code) || named.iter().any(|code| *code == c.code)).collect()
    }

    /// The step since which it is a major one (R28): by its criteria, or an amount at stake of at least `large_loss`.
    pub fn major_since(&self, large_loss: Money) -> Option<&'a Step> {
        let large = self.is_large(large_loss);
        let since = self.naming_criteria().find(|(step, criteria)| !criteria.is_empty() || large && step.index == 1);
        since.map(|(step, _)| step)
    }

    /// Whose it is: who took it last from somebody else, else the person first asked (R37).
    pub fn holder(&self) -> Code {
        let handed = self.form.last("hand-on").and_then(|step| step.fields.staff("to"));
        handed.unwrap_or_else(|| self.form.number.staff().clone())
    }

    /// The measure in force when the step `until` is taken (R34).
    pub fn plan_before(&self, until: usize) -> Option<&'a Step> {
        self.form.taken("plan").rfind(|step| step.index < until)
    }

    /// What carrying out a measure paid: as recorded, else as planned (R33).
    pub fn paid_by(&self, act: &Step) -> Option<Money> {
        let planned = || self.plan_before(act.index)?.fields.money("compensation");
        act.fields.money("paid").or_else(planned)
    }

    /// The measure of the last cycle, with the signature under it (R33).
    pub fn plan(&self) -> Option<(&'a Step, Option<&'a Step>)> {
        let opened = self.cycles().last().map_or(0, |cycle| cycle.opened.index);
        let plan = self.plan_before(usize::MAX).filter(|plan| plan.index > opened)?;
        Some((plan, self.form.taken("sign").rfind(|sign| sign.index > plan.index)))
    }

    /// The root cause as last named, by its code (R36).
    pub fn cause(&self) -> Option<&'a str> {
        self.form.last("cause")?.fields.text("cause").map(cause_code)
    }

    /// The preventive measure as last written, with its approval (R36).
    pub fn prevention(&self) -> Option<(&'a Step, Option<&'a Step>)> {
        let measure = self.form.last("prevent")?;
        Some((measure, self.form.taken("sign-prevent").rfind(|sign| sign.index > measure.index)))
    }
}
