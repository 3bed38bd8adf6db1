//! The consult, 客户服务记录表 (ZX): what somebody asked, and what they were answered (R26, R27). Kept in rows.

use super::form::{Form, Step};
use super::shared::CHANNELS;
use super::spec::{FormSpec, Kept, State, StepSpec, Verbs, state};
use crate::base::field::{Choice, Kind, List, Ty, choice, optional, required};
use crate::base::number::Code;
use crate::base::words::words;

/// What somebody may ask.
pub const ASKED: &[Choice] = &[
    choice("policy", "policy", "政策咨询"),
    choice("line", "tenant or line", "经营户与专线"),
    choice("service", "service", "服务咨询"),
    choice("price", "price", "价格咨询"),
    choice("know_how", "know-how", "业务知识"),
    choice("booking", "booking", "预订下单"),
    choice("order_change", "order change", "订单变更"),
    choice("order_cancel", "order cancel", "取消订单"),
    choice("expedite", "expedite", "催货"),
    choice("reschedule", "reschedule", "改期"),
    choice("refusal", "refusal", "拒收"),
    choice("return", "return or exchange", "退换货"),
    choice("complaint", "complaint", "投诉"),
    choice("suggestion", "suggestion", "建议"),
    choice("visit", "visit in person", "来访"),
];

const STATES: &[State] =
    &[state("open", "not answered", "待答复").then("consult answer"), state("answered", "answered", "已答复")];

const STEPS: &[StepSpec] = &[
    StepSpec::new(
        "answer",
        words("Answered", "答复"),
        words("The asker has an answer (R26, R27)", "答复咨询人（R26、R27）"),
        &["open"],
    )
    .to("answered")
    .fields(&[required(
        "answer",
        Ty::Text,
        words("Answer", "答复内容"),
        words("What they were told", "告知咨询人的内容"),
    )]),
    StepSpec::new(
        "hand-on",
        words("Handed on", "转交"),
        words(
            "Ask a colleague to answer; whoever was asked first stays responsible (R26)",
            "转请同事答复，首问人仍负责到底（R26）",
        ),
        &["open"],
    )
    .fields(&[required("to", Ty::Code(List::Staff), words("To", "接手人"), words("Who is to answer", "由谁答复"))]),
    StepSpec::new(
        "ask-again",
        words("Asked again", "再次询问"),
        words("The answer did not settle it: it is open again", "答复未能解决，重新打开"),
        &["answered"],
    )
    .to("open")
    .revives()
    .fields(&[required(
        "what",
        Ty::Text,
        words("Asked", "咨询内容"),
        words("What is still open", "仍未解决的问题"),
    )]),
];

/// The table of the consult.
pub static CONSULT: FormSpec = FormSpec {
    kind: Kind::Consult,
    code: "consult",
    prefix: "ZX",
    dir: "consults",
    kept: Kept::Rows,
    verbs: Verbs { command: "consult", new: "new", edit: "edit", list: "list", show: "show", subject: None },
    name: words("Consult", "客户服务记录"),
    help: words("Note what somebody asks (R26)", "登记咨询（R26）"),
    example: "cs consult new --about price --what \"Freight to Lhasa, 2 m³\" --phone 13800138000",
    fields: &[
        required(
            "channel",
            Ty::Choice(CHANNELS),
            words("Channel", "来源渠道"),
            words("How it reached us; hotline if left out", "来源渠道（默认热线电话）"),
        ),
        required("about", Ty::Choice(ASKED), words("About", "咨询类别"), words("What it is about", "咨询类别")),
        required("what", Ty::Text, words("Asked", "咨询内容"), words("What they want to know", "咨询的内容")),
        optional(
            "customer",
            Ty::Code(List::Customers),
            words("Customer", "客户"),
            words("Code, name, part of a name; none for an unknown caller", "客户代码、名称或其一部分；身份不明可不填"),
        ),
        optional(
            "asker",
            Ty::Private,
            words("Who asks", "咨询人"),
            words("Who asks; the customer's contact if left out", "咨询人（默认为客户联系人）"),
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
    columns: &["about", "customer", "channel", "what"],
};

/// One round of a consult: from when it was asked, or asked again, to its answer (R27, R46).
#[derive(Clone, Copy, Debug)]
pub struct Round<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// The step that opened it.
    pub opened: &'a Step,
    /// The answer that ended it; `None` while it is open.
    pub answered: Option<&'a Step>,
}

/// A consult and what it says by itself.
#[derive(Clone, Copy, Debug)]
pub struct Consult<'a> {
    form: &'a Form,
}

impl<'a> Consult<'a> {
    /// A view of a form of this kind.
    pub fn of(form: &'a Form) -> Consult<'a> {
        Consult { form }
    }

    /// What it is about.
    pub fn about(&self) -> Option<&'static Choice> {
        let code = self.form.header.text("about")?;
        ASKED.iter().find(|asked| asked.code == code)
    }

    /// Who was asked first and owns it until the asker has an answer, whoever it is handed on to (R26).
    pub fn owner(&self) -> &'a Code {
        self.form.number.staff()
    }

    /// Who is to answer it now: whom it was handed on to last, else its owner.
    pub fn holder(&self) -> Code {
        let handed = self.form.last("hand-on").and_then(|step| step.fields.staff("to"));
        handed.unwrap_or_else(|| self.owner().clone())
    }

    /// Its rounds, the first one first; never none.
    pub fn rounds(&self) -> Vec<Round<'a>> {
        let mut rounds: Vec<Round<'a>> = Vec::new();
        for step in self.form.living() {
            match (step.verb(), rounds.last_mut()) {
                ("new" | "ask-again", _) => {
                    rounds.push(Round { number: rounds.len() + 1, opened: step, answered: None });
                }
                ("answer", Some(round)) => round.answered = round.answered.or(Some(step)),
                _ => {}
            }
        }
        rounds
    }

    /// The answer that stands; `None` while it is open.
    pub fn answered(&self) -> Option<&'a Step> {
        self.rounds().last()?.answered
    }
}
