//! The parts request, 零配件申请单 (LJ): parts sent free of charge, the same working day (R25).

use super::form::Form;
use super::quote::amount_of;
use super::shared::{QUANTITY, REASON};
use super::spec::{FormSpec, Kept, LineSpec, Sign, State, StepSpec, Verbs, state};
use crate::base::field::{Kind, List, Ty, optional, required};
use crate::base::money::Money;
use crate::base::words::words;

const ITEMS: LineSpec = LineSpec {
    key: "line",
    name: words("Parts", "配件明细"),
    help: words("A part, how many, and what one costs us", "配件名称、数量及单件成本"),
    required: true,
    fields: &[
        required("part", Ty::Text, words("Part", "配件"), words("The part", "配件名称")),
        QUANTITY,
        optional(
            "cost",
            Ty::Money,
            words("Unit cost", "单件成本"),
            words("What one costs us; the customer pays nothing", "单件成本（客户不付费）"),
        ),
    ],
    after_at: Some("cost"),
    after_colon: None,
};

const STATES: &[State] = &[
    state("asked", "asked for", "待批准").then("repair approve"),
    state("approved", "approved", "已批准").then("repair send"),
    state("sent", "sent", "已寄出").then("repair received"),
    state("received", "received", "已签收"),
    state("rejected", "rejected", "已驳回"),
];

const STEPS: &[StepSpec] = &[
    StepSpec::new(
        "approve",
        words("Approved", "批准"),
        words("Approve the parts request (R25)", "批准配件申请（R25）"),
        &["asked"],
    )
    .to("approved")
    .sign(Sign {
        action: "parts",
        amount: |form, _| Parts::of(form).cost(),
        by_another: true,
        authors: &["new", "edit"],
        seals: &["source", "line"],
        seals_steps: &[],
    }),
    StepSpec::new(
        "send",
        words("Sent", "寄出"),
        words("Record that the parts are on their way (R25)", "登记配件寄出（R25）"),
        &["approved"],
    )
    .to("sent")
    .fields(&[
        required(
            "carrier",
            Ty::Text,
            words("Carrier", "快递公司"),
            words("Who carries them: a parcel service", "承运的快递或物流公司"),
        ),
        required("waybill", Ty::Text, words("Waybill", "运单号"), words("The carrier's number", "快递单号")),
    ]),
    StepSpec::new(
        "received",
        words("Received", "签收"),
        words("Record that the parts arrived", "登记配件签收"),
        &["sent"],
    )
    .to("received")
    .fields(&[optional(
        "who",
        Ty::Private,
        words("Received by", "签收人"),
        words("Who signed for them", "签收人"),
    )]),
    StepSpec::new(
        "reject",
        words("Rejected", "驳回"),
        words("Turn the parts request down, with the reason", "驳回配件申请并说明原因"),
        &["asked", "approved"],
    )
    .to("rejected")
    .fields(&[REASON]),
];

/// The table of the parts request.
pub static PARTS: FormSpec = FormSpec {
    kind: Kind::Parts,
    code: "parts",
    prefix: "LJ",
    dir: "parts",
    kept: Kept::File,
    verbs: Verbs {
        command: "repair",
        new: "parts",
        edit: "parts-edit",
        list: "parts-list",
        show: "parts-show",
        subject: Some("source"),
    },
    name: words("Parts request", "配件申请单"),
    help: words("Ask for parts for a repair, a receipt or an order (R25)", "为维修单、到货回执或订单申请零配件（R25）"),
    example: "cs repair parts WX-261118-YX-1 --line glass=1@45",
    fields: &[
        required(
            "source",
            Ty::Record(&[Kind::Repair, Kind::Receipt, Kind::Order]),
            words("Belongs to", "所属单据"),
            words("The repair, receipt or order", "所属的维修单、到货回执或订单"),
        ),
        optional(
            "site",
            Ty::Code(List::Sites),
            words("Site", "商场"),
            words("The mall or shop; the ticket's if left out", "商场或门店（默认同维修单）"),
        ),
        required(
            "applicant",
            Ty::Private,
            words("Applicant", "申请人"),
            words("Who asks for them; the reporter if left out", "申请人（默认为报修人）"),
        ),
        optional("contact", Ty::Private, words("Contact", "收件人"), words("Who receives them", "收件联系人")),
        optional("phone", Ty::Private, words("Phone", "电话"), words("The contact's phone", "收件电话")),
        required(
            "address",
            Ty::Text,
            words("Address", "收件地址"),
            words("Where to; the site's or delivery address if left out", "收件地址（默认同门店或送货地址）"),
        ),
        optional(
            "model",
            Ty::Code(List::Products),
            words("Model", "展台型号"),
            words("For which model; the ticket's if left out", "展台型号（默认同维修单）"),
        ),
    ],
    lines: Some(&ITEMS),
    states: STATES,
    opens: None,
    steps: STEPS,
    columns: &["source", "site", "model"],
};

/// A parts request as it stands.
#[derive(Debug)]
pub struct Parts<'a> {
    /// The form.
    pub form: &'a Form,
}

impl<'a> Parts<'a> {
    /// Reads a form as a parts request.
    pub fn of(form: &'a Form) -> Parts<'a> {
        Parts { form }
    }

    /// What the parts cost us; lines without a cost count nothing. `None` where no line has one, or it is beyond all
    /// money.
    pub fn cost(&self) -> Option<Money> {
        if self.form.lines.iter().all(|line| line.get("cost").is_none()) {
            return None;
        }
        let priced = self.form.lines.iter().filter(|line| line.get("cost").is_some());
        priced.into_iter().try_fold(Money::ZERO, |sum, line| sum.plus(amount_of(line, "cost")?))
    }

    /// True once the parts have left the house: from then on they are a cost.
    pub fn is_sent(&self) -> bool {
        matches!(self.form.state().code, "sent" | "received")
    }
}
