//! The improvement, 顾客反馈信息处理单 (ZG): what customers' complaints and repairs showed to be wrong with our goods or
//! our service, the plan against it, the customer's consent to it (R42), and whether it helped.

use super::form::{Form, Step};
use super::shared::{CHANNELS, REASON};
use super::spec::{FormSpec, Kept, State, StepSpec, Verbs, state};
use crate::base::field::{Choice, Field, Kind, List, Ty, choice, optional, required};
use crate::base::time::Date;
use crate::base::words::words;

const ANSWERS: &[Choice] = &[choice("yes", "agreed", "同意"), choice("no", "not agreed", "不同意")];

const WORKS: &[Choice] = &[choice("yes", "works", "有效"), choice("no", "does not work", "无效")];

const STATES: &[State] = &[
    state("new", "to be analysed", "待分析").then("improve analyse"),
    state("analysed", "to be planned", "待拟方案").then("improve plan"),
    state("planned", "planned", "已拟方案").then("improve send"),
    state("sent", "sent to the customer", "待客户确认").then("improve confirm"),
    state("confirmed", "confirmed by the customer", "客户已确认").then("improve implement"),
    state("implemented", "carried out", "已实施").then("improve verify"),
    state("verified", "works", "验证有效").then("improve close"),
    state("closed", "closed", "已结案"),
    state("dropped", "dropped", "已终止"),
];

const WHO: Field = required(
    "who",
    Ty::Private,
    words("Spoken to", "客户方答复人"),
    words("Who answered for the customer; the record's contact if left out", "客户方答复人（默认为本单联系人）"),
);

const WHO_GOT: Field = optional(
    "who",
    Ty::Private,
    words("To", "收件人"),
    words("To whom; the record's contact if left out", "收件人（默认为本单联系人）"),
);

const FINDING: Field =
    required("finding", Ty::Text, words("Finding", "分析结论"), words("What causes it", "问题产生的原因"));

const STEPS: &[StepSpec] = &[
    StepSpec::new(
        "analyse",
        words("Analysed", "原因分析"),
        words("Record what R&D found", "登记研发部门的原因分析"),
        &["new", "analysed"],
    )
    .to("analysed")
    .fields(&[
        required(
            "analyst",
            Ty::Text,
            words("Analysed by", "分析人"),
            words("Who in R&D looked into it", "研发部门的分析人"),
        ),
        FINDING,
    ]),
    StepSpec::new(
        "plan",
        words("Planned", "拟定方案"),
        words(
            "What is to be done, by which department, until when; the customer confirms each plan anew (R42)",
            "拟定整改措施、责任部门和完成日期；每个方案都须客户重新确认（R42）",
        ),
        &["analysed", "planned", "sent", "confirmed"],
    )
    .to("planned")
    .fields(&[
        required("measure", Ty::Text, words("Measure", "整改措施"), words("What is to be done", "拟采取的整改措施")),
        required(
            "department",
            Ty::Text,
            words("Department", "责任部门"),
            words("Which department carries it out", "由哪个部门实施"),
        ),
        required("due", Ty::Date, words("Due", "计划完成日"), words("Carried out by this day", "计划完成日期")),
    ]),
    StepSpec::new(
        "send",
        words("Sent to the customer", "发送客户"),
        words("The plan was sent to the customer", "登记方案已发送客户"),
        &["planned"],
    )
    .to("sent")
    .fields(&[
        required("channel", Ty::Choice(CHANNELS), words("Channel", "发送方式"), words("How it was sent", "发送方式")),
        WHO_GOT,
    ]),
    StepSpec::new(
        "remind",
        words("Reminded", "催问客户"),
        words("The customer was asked again for an answer", "登记已催问客户答复"),
        &["sent"],
    )
    .fields(&[WHO_GOT]),
    StepSpec::new(
        "confirm",
        words("Customer's answer", "客户答复"),
        words(
            "Whether the customer agrees to the plan; if not, a new one is made (R42)",
            "客户是否同意方案；不同意则重新拟定（R42）",
        ),
        &["sent"],
    )
    .to("confirmed")
    .turn("answer", "no", "analysed")
    .fields(&[
        required("answer", Ty::Choice(ANSWERS), words("Answer", "客户意见"), words("yes or no", "yes 同意、no 不同意")),
        WHO,
        REASON.may(),
    ]),
    StepSpec::new(
        "implement",
        words("Carried out", "实施"),
        words("The plan that the customer confirmed was carried out (R42)", "登记客户确认的方案已实施（R42）"),
        &["confirmed"],
    )
    .to("implemented")
    .fields(&[optional("report", Ty::Text, words("Report", "实施情况"), words("What was done", "实际完成的内容"))]),
    StepSpec::new(
        "verify",
        words("Verified", "效果验证"),
        words("Whether it works; if not, a new plan is made", "验证是否有效；无效则重新拟定方案"),
        &["implemented"],
    )
    .to("verified")
    .turn("works", "no", "analysed")
    .fields(&[
        required("works", Ty::Choice(WORKS), words("Works", "是否有效"), words("yes or no", "yes 有效、no 无效")),
        required(
            "result",
            Ty::Text,
            words("Result", "验证结果"),
            words("What was seen, and where", "验证的地点和情况"),
        ),
    ]),
    StepSpec::new(
        "close",
        words("Closed", "结案"),
        words("Close it, now that it works", "验证有效后结案"),
        &["verified"],
    )
    .to("closed"),
    StepSpec::new(
        "drop",
        words("Dropped", "终止"),
        words("Give it up, with the reason", "终止整改并说明原因"),
        &["new", "analysed", "planned", "sent", "confirmed"],
    )
    .to("dropped")
    .fields(&[REASON]),
    StepSpec::new(
        "reopen",
        words("Opened again", "重新整改"),
        words("Take it up again: what was closed or dropped is analysed anew", "已结案或终止的重新分析整改"),
        &["closed", "dropped"],
    )
    .to("new")
    .revives()
    .fields(&[REASON]),
];

/// The table of the improvement.
pub static IMPROVEMENT: FormSpec = FormSpec {
    kind: Kind::Improvement,
    code: "improvement",
    prefix: "ZG",
    dir: "improvements",
    kept: Kept::File,
    verbs: Verbs { command: "improve", new: "new", edit: "edit", list: "list", show: "show", subject: None },
    name: words("Improvement", "顾客反馈信息处理单"),
    help: words("Open an improvement (R42)", "登记整改（R42）"),
    example: "cs improve new --customer acme --model SHELF --source \"visits in October\" --problem \"The glass cracks at the hinge\"",
    fields: &[
        optional(
            "born_of",
            Ty::Records(&[Kind::Visit, Kind::Complaint, Kind::Repair]),
            words("Born of", "来源单据"),
            words(
                "The visits, complaints and repairs that showed it, repeatable",
                "反映该问题的回访、投诉和维修单，可重复",
            ),
        ),
        optional(
            "source",
            Ty::Text,
            words("Source", "信息来源"),
            words("Where it comes from, if from no record", "没有来源单据时说明信息来源"),
        ),
        required(
            "customer",
            Ty::Code(List::Customers),
            words("Customer", "客户"),
            words(
                "Code, name, part of a name; that of the records if left out",
                "客户代码、名称或其一部分（默认同来源单据）",
            ),
        ),
        optional(
            "model",
            Ty::Codes(List::Products),
            words("Models", "涉及型号"),
            words(
                "Models concerned, repeatable; those of the repairs if left out",
                "涉及的型号，可重复（默认同维修单）",
            ),
        ),
        required("problem", Ty::Text, words("Problem", "反馈问题"), words("What is to be improved", "需要整改的问题")),
        optional(
            "wanted_by",
            Ty::Date,
            words("Wanted by", "要求完成日"),
            words("The day by which the customer wants it", "客户要求完成的日期"),
        ),
        optional(
            "contact",
            Ty::Private,
            words("Contact", "联系人"),
            words(
                "Who confirms for the customer; the customer's contact if left out",
                "客户方确认人（默认为客户联系人）",
            ),
        ),
        optional(
            "phone",
            Ty::Private,
            words("Phone", "电话"),
            words("Their phone; the customer's if left out", "联系电话（默认同客户资料）"),
        ),
    ],
    lines: None,
    states: STATES,
    opens: None,
    steps: STEPS,
    columns: &["customer", "model", "problem", "wanted_by"],
};

/// An improvement as it stands.
#[derive(Debug)]
pub struct Improvement<'a> {
    /// The form.
    pub form: &'a Form,
}

impl<'a> Improvement<'a> {
    /// Reads a form as an improvement.
    pub fn of(form: &'a Form) -> Improvement<'a> {
        Improvement { form }
    }

    /// The customer's code.
    pub fn customer(&self) -> &'a str {
        self.form.header.text("customer").unwrap_or("")
    }

    /// The step that led to the state that it is in.
    pub fn since(&self) -> &'a Step {
        let led = self.form.living().rfind(|step| step.spec.leads_to(&step.fields).is_some());
        led.unwrap_or(&self.form.steps[0])
    }

    /// The step with which it was opened, the last time.
    pub fn opened(&self) -> &'a Step {
        self.opened_before(usize::MAX)
    }

    /// The step with which it was opened, the last time before the step `until`.
    pub fn opened_before(&self, until: usize) -> &'a Step {
        let again = self.form.taken("reopen").rfind(|step| step.index < until);
        again.unwrap_or(&self.form.steps[0])
    }

    /// The plan that stands: the last one since it was opened.
    pub fn plan(&self) -> Option<&'a Step> {
        self.form.last("plan").filter(|plan| plan.index > self.opened().index)
    }

    /// The day by which the plan that stands is to be carried out.
    pub fn due(&self) -> Option<Date> {
        self.plan()?.fields.date("due")
    }

    /// The last step with a verb that was taken under the plan that stands.
    pub fn under_plan(&self, verb: &'static str) -> Option<&'a Step> {
        let plan = self.plan()?;
        self.form.last(verb).filter(|step| step.index > plan.index)
    }

    /// The customer's consent to the plan that stands (R42).
    pub fn confirmed(&self) -> Option<&'a Step> {
        self.under_plan("confirm").filter(|answer| says(answer, "answer", "yes"))
    }

    /// The plan that was there when the step `until` was taken, voided since or not.
    pub fn plan_at(&self, until: usize) -> Option<&'a Step> {
        let stood = |plan: &&Step| plan.voided_by.is_none_or(|by| by > until);
        self.form.steps[..until.saturating_sub(1)].iter().filter(|step| step.verb() == "plan").rfind(stood)
    }
}

/// True of a step that holds a choice.
pub fn says(step: &Step, key: &str, choice: &str) -> bool {
    step.fields.text(key) == Some(choice)
}
