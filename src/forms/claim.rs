//! The insurance claim, 理赔申请单 (LP): what was lost, under which policy, what the insurer says and pays (R43).

use super::form::{Form, Step};
use super::quote::amount_of;
use super::shared::{CHANNELS, QUANTITY, REASON};
use super::spec::{FormSpec, Kept, LineSpec, State, StepSpec, Verbs, state};
use crate::base::field::{Choice, Field, Kind, List, Ty, choice, optional, required};
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::time::Date;
use crate::base::words::words;

/// The papers that an insurer asks for.
pub const PAPERS: &[Choice] = &[
    choice("application", "claim form", "索赔申请书"),
    choice("policy", "policy copy", "保险单"),
    choice("waybill", "waybill", "运单"),
    choice("packing_list", "packing list", "发货清单"),
    choice("receipt", "arrival receipt", "到货回执"),
    choice("invoice", "invoice", "发票"),
    choice("photos", "photos", "现场照片"),
    choice("carrier_statement", "carrier's statement", "承运人货损证明"),
    choice("repair_quote", "repair quote", "维修报价单"),
    choice("survey", "survey report", "查勘报告"),
];

const LOSSES: LineSpec = LineSpec {
    key: "loss",
    name: words("Losses", "损失明细"),
    help: words(
        "What was lost or damaged (a model, or in words), how many, and the value of one",
        "受损物品（型号或文字说明）、数量及单件价值",
    ),
    required: true,
    fields: &[
        required("what", Ty::Text, words("Lost", "受损物品"), words("A model, or in words", "型号或文字说明")),
        QUANTITY,
        required("value", Ty::Money, words("Value of one", "单件价值"), words("What one is worth", "单件价值")),
    ],
    after_at: Some("value"),
    after_colon: None,
};

const STATES: &[State] = &[
    state("new", "made out", "待报案").then("claim notify"),
    state("notified", "insurer told", "已报案").then("claim papers"),
    state("filed", "papers filed", "已交材料").then("claim assessed"),
    state("assessed", "assessed", "已定损").then("claim settled"),
    state("appealed", "appealed", "已申诉").then("claim assessed"),
    state("settled", "settled", "已赔付").then("claim close"),
    state("refused", "refused", "已拒赔").then("claim close"),
    state("closed", "closed", "已结案"),
    state("withdrawn", "withdrawn", "已撤回"),
];

const LIVING: &[&str] = &["new", "notified", "filed", "assessed", "appealed", "settled", "refused"];

/// The insurer may give its number on the telephone, or only once it has the papers.
const CASE: Field = optional(
    "case",
    Ty::Text,
    words("Insurer's case number", "报案号"),
    words("The insurer's case number, kept as text", "保险公司的报案号，按文本保存"),
);

const STEPS: &[StepSpec] = &[
    StepSpec::new(
        "notify",
        words("Insurer told", "报案"),
        words("Tell the insurer of the loss (R43)", "向保险公司报案（R43）"),
        &["new"],
    )
    .to("notified")
    .fixes(&["record", "policy", "lost_on", "loss"])
    .fields(&[
        required(
            "channel",
            Ty::Choice(CHANNELS),
            words("Channel", "报案方式"),
            words("How the insurer was told", "报案方式"),
        ),
        CASE,
        optional("contact", Ty::Private, words("Contact", "联系人"), words("Who took it", "保险公司受理人")),
        optional("phone", Ty::Private, words("Phone", "电话"), words("Their phone", "受理人电话")),
    ]),
    StepSpec::new(
        "papers",
        words("Papers filed", "提交材料"),
        words("File papers with the insurer, also those asked for later", "向保险公司提交索赔材料，补交亦同"),
        &["notified", "filed", "appealed"],
    )
    .to("filed")
    .fields(&[
        required(
            "papers",
            Ty::Choices(PAPERS),
            words("Papers", "材料"),
            words("Which papers, repeatable; --attach keeps a copy", "所交材料，可重复；--attach 保存副本"),
        ),
        CASE,
    ]),
    StepSpec::new(
        "assessed",
        words("Assessed", "定损"),
        words("The insurer assessed the loss, or assessed it anew", "保险公司定损，重新定损亦同"),
        &["filed", "appealed", "assessed"],
    )
    .to("assessed")
    .fields(&[
        required("amount", Ty::Money, words("Assessed", "定损金额"), words("The amount assessed", "定损金额")),
        required("assessor", Ty::Private, words("Assessor", "定损人"), words("Who assessed it", "定损人或公估机构")),
    ])
    .shakes(),
    StepSpec::new(
        "settled",
        words("Settled", "赔付"),
        words("The insurer has paid", "登记保险公司赔付"),
        &["assessed"],
    )
    .to("settled")
    .fields(&[
        required(
            "amount",
            Ty::Money,
            words("Paid", "赔付金额"),
            words("What was paid; the amount assessed if left out", "赔付金额（默认为定损金额）"),
        ),
        optional(
            "paid_on",
            Ty::Date,
            words("Paid on", "到账日期"),
            words("The day, if not that of the step", "到账日期（默认为登记当天）"),
        ),
        optional(
            "reason",
            Ty::Text,
            words("Reason", "原因"),
            words("Why more was paid than assessed", "赔付高于定损的原因"),
        ),
    ])
    .shakes(),
    StepSpec::new(
        "refused",
        words("Refused", "拒赔"),
        words("The insurer refuses to pay, with the reason", "登记保险公司拒赔及其原因"),
        &["notified", "filed", "assessed", "appealed"],
    )
    .to("refused")
    .fields(&[REASON]),
    StepSpec::new(
        "appeal",
        words("Appealed", "申诉"),
        words("Object to the refusal or to the amount assessed", "对拒赔或定损金额提出申诉"),
        &["assessed", "refused"],
    )
    .to("appealed")
    .fields(&[REASON])
    .shakes(),
    StepSpec::new(
        "corrective",
        words("Corrective action", "整改措施"),
        words("What keeps such a loss from coming again; needed to close", "防止再次发生的整改措施，结案前须登记"),
        LIVING,
    )
    .fields(&[
        required("action", Ty::Text, words("Action", "措施"), words("What is to be done", "整改措施")),
        required("department", Ty::Text, words("Department", "责任部门"), words("Who does it", "责任部门")),
        required("due", Ty::Date, words("Due", "完成期限"), words("By which day", "完成期限")),
    ]),
    StepSpec::new(
        "close",
        words("Closed", "结案"),
        words(
            "Close it: paid or refused for good, its corrective action carried out",
            "赔付或拒赔已定、整改措施已落实，结案",
        ),
        &["settled", "refused"],
    )
    .to("closed"),
    StepSpec::new(
        "withdraw",
        words("Withdrawn", "撤回"),
        words("Claim nothing after all, with the reason", "撤回理赔申请并说明原因"),
        &["new", "notified", "filed", "assessed", "appealed"],
    )
    .to("withdrawn")
    .fields(&[REASON])
    .shakes(),
];

/// The table of the claim.
pub static CLAIM: FormSpec = FormSpec {
    kind: Kind::Claim,
    code: "claim",
    prefix: "LP",
    dir: "claims",
    kept: Kept::File,
    verbs: Verbs { command: "claim", new: "new", edit: "edit", list: "list", show: "show", subject: Some("record") },
    name: words("Insurance claim", "理赔申请"),
    help: words(
        "Claim on a policy for a receipt, shipment or repair (R43)",
        "就到货回执、发货单或维修单申请理赔（R43）",
    ),
    example: "cs claim new DH-261118-YX-1 --policy P1 --what \"Crate crushed on the way\" --loss SHELF=1@120",
    fields: &[
        required(
            "record",
            Ty::Record(&[Kind::Receipt, Kind::Shipment, Kind::Repair]),
            words("Record", "相关单据"),
            words("The receipt, shipment or repair that shows the loss", "出险的到货回执、发货单或维修单"),
        ),
        required(
            "policy",
            Ty::Code(List::Policies),
            words("Policy", "保险单"),
            words(
                "Number or insurer; the only fitting one in force if left out",
                "保单号或保险公司（默认为当日唯一适用的有效保单）",
            ),
        ),
        required(
            "lost_on",
            Ty::Date,
            words("Day of loss", "出险日期"),
            words("The day of the arrival, shipment or report if left out", "出险日期（默认为到货日、发货日或报修日）"),
        ),
        required(
            "what",
            Ty::Text,
            words("What happened", "出险经过"),
            words("What happened, in a sentence or two", "简要说明出险经过"),
        ),
        optional(
            "contact",
            Ty::Private,
            words("Insurer's contact", "保险公司联系人"),
            words("Whom to ask for at the insurer", "保险公司联系人"),
        ),
        optional(
            "phone",
            Ty::Private,
            words("Insurer's phone", "保险公司电话"),
            words("The insurer's phone", "保险公司联系电话"),
        ),
    ],
    lines: Some(&LOSSES),
    states: STATES,
    opens: None,
    steps: STEPS,
    columns: &["record", "policy", "lost_on"],
};

/// A claim as it stands.
#[derive(Debug)]
pub struct Claim<'a> {
    /// The form.
    pub form: &'a Form,
}

impl<'a> Claim<'a> {
    /// Reads a form as a claim.
    pub fn of(form: &'a Form) -> Claim<'a> {
        Claim { form }
    }

    /// The receipt, shipment or repair that shows the loss.
    pub fn record(&self) -> Option<&'a Number> {
        self.form.header.record("record")
    }

    /// The number of the policy that it is made under.
    pub fn policy(&self) -> &'a str {
        self.form.header.text("policy").unwrap_or("")
    }

    /// The day of loss.
    pub fn lost_on(&self) -> Option<Date> {
        self.form.header.date("lost_on")
    }

    /// The amount claimed: the sum of the losses; `None` where it is beyond all money.
    pub fn claimed(&self) -> Option<Money> {
        self.form.lines.iter().try_fold(Money::ZERO, |sum, line| sum.plus(amount_of(line, "value")?))
    }

    /// What was lost and how many, line by line.
    pub fn losses(&self) -> impl Iterator<Item = (&'a str, u64)> {
        self.form.lines.iter().map(|line| (line.text("what").unwrap_or(""), line.whole("quantity")))
    }

    /// The step with which the insurer was told (R43).
    pub fn notified(&self) -> Option<&'a Step> {
        self.form.last("notify")
    }

    /// The insurer's case number, as last given.
    pub fn case(&self) -> Option<&'a str> {
        self.form.living().rev().find_map(|step| step.fields.text("case"))
    }

    /// The refusal that no appeal has followed.
    pub fn refused(&self) -> Option<&'a Step> {
        self.last_of(&["refused", "appeal"]).filter(|step| step.verb() == "refused")
    }

    /// The assessment that stands: the last one, unless the insurer refused afterwards.
    pub fn assessed(&self) -> Option<&'a Step> {
        self.last_of(&["assessed", "refused"]).filter(|step| step.verb() == "assessed")
    }

    /// The payment.
    pub fn settled(&self) -> Option<&'a Step> {
        self.form.last("settled")
    }

    /// The corrective action as last named.
    pub fn corrective(&self) -> Option<&'a Step> {
        self.form.last("corrective")
    }

    /// True where it was withdrawn: it counts as if nothing had been claimed.
    pub fn is_withdrawn(&self) -> bool {
        self.form.last("withdraw").is_some()
    }

    /// True until the insurer has paid or refused, or it is withdrawn.
    pub fn is_pending(&self) -> bool {
        matches!(self.form.state().code, "new" | "notified" | "filed" | "assessed" | "appealed")
    }

    /// The step with which it takes, or is to take, of the sum insured: the payment, else the assessment; none before
    /// that, and none once it is refused or withdrawn.
    pub fn taking(&self) -> Option<&'a Step> {
        self.settled().or(self.assessed()).filter(|_| !self.is_withdrawn())
    }

    /// What it takes, or is to take, of the sum insured.
    pub fn takes(&self) -> Money {
        self.taking().and_then(|step| step.fields.money("amount")).unwrap_or_default()
    }

    fn last_of(&self, verbs: &[&str]) -> Option<&'a Step> {
        self.form.living().rev().find(|step| verbs.contains(&step.verb()))
    }
}
