//! The arrival receipt, 到货回执表 (DH): what arrived, and what was wrong with it (R15).

use super::form::{Form, Step};
use super::shared::{MODEL, QUANTITY};
use super::spec::{FormSpec, Kept, LineSpec, State, StepSpec, Verbs, state};
use crate::base::field::{Choice, Kind, Ty, choice, optional, required};
use crate::base::number::Number;
use crate::base::time::Time;
use crate::base::words::words;

const PACKAGING: &[Choice] = &[choice("sound", "sound", "完好"), choice("damaged", "damaged", "破损")];

const ITEMS: LineSpec = LineSpec {
    key: "line",
    name: words("Lines", "明细"),
    help: words(
        "A model, how many arrived, and how many of them damaged; :wrong= counts pieces of a wrong model",
        "型号、实收数量及其中破损数量；:wrong= 为送错型号的数量",
    ),
    required: true,
    fields: &[
        MODEL,
        required("received", Ty::Count, words("Received", "实收"), words("Pieces that arrived", "实收数量")),
        optional("damaged", Ty::Count, words("Damaged", "破损"), words("Of these, damaged", "其中破损数量")),
        optional(
            "wrong",
            Ty::Count,
            words("Wrong", "错发"),
            words("Pieces of a wrong model that came instead", "送错型号的数量"),
        ),
    ],
    after_at: None,
    after_colon: None,
};

const REMEDIED: LineSpec = LineSpec {
    key: "line",
    name: words("Pieces", "件数"),
    help: words(
        "A model and how many pieces this remedy settles; all that is open if left out",
        "型号及本次处理的数量；不填则为全部未处理数量",
    ),
    required: false,
    fields: &[MODEL, QUANTITY],
    after_at: None,
    after_colon: None,
};

/// The ways to put a discrepancy right: exactly one is named by each remedy.
pub const REMEDIES: &[&str] = &["reship", "parts", "claim", "credit", "keep"];

const STATES: &[State] = &[state("recorded", "recorded", "已登记")];

const STEPS: &[StepSpec] = &[
    StepSpec::new(
        "report",
        words("Reported", "上报主管"),
        words("Report the discrepancy to the supervisor (R15)", "把差异上报主管（R15）"),
        &["recorded"],
    ),
    StepSpec::new(
        "remedy",
        words("Remedied", "差异处理"),
        words(
            "Put a discrepancy right: re-ship, parts, claim or credit (R15)",
            "处理到货差异：补发、配件、理赔或退款（R15）",
        ),
        &["recorded"],
    )
    .fields(&[
        optional("reship", Ty::Flag, words("Re-ship", "补发"), words("Send the pieces again", "补发货物")),
        optional("parts", Ty::Flag, words("Parts", "配件"), words("Send parts", "补寄配件")),
        optional(
            "claim",
            Ty::Flag,
            words("Claim", "理赔"),
            words("Claim on the carrier or insurer", "向物流公司或保险公司索赔"),
        ),
        optional(
            "credit",
            Ty::Money,
            words("Credit", "退款"),
            words("Credit this amount to the customer", "退还客户的金额"),
        ),
        optional(
            "keep",
            Ty::Flag,
            words("Kept", "客户留用"),
            words("The customer keeps what is over", "多发货物客户留用"),
        ),
    ])
    .lines(&REMEDIED)
    .shakes(),
];

/// The table of the arrival receipt.
pub static RECEIPT: FormSpec = FormSpec {
    kind: Kind::Receipt,
    code: "receipt",
    prefix: "DH",
    dir: "receipts",
    kept: Kept::File,
    verbs: Verbs {
        command: "ship",
        new: "receive",
        edit: "receipt-edit",
        list: "receipts",
        show: "receipt",
        subject: Some("shipment"),
    },
    name: words("Arrival receipt", "到货回执"),
    help: words("Make the arrival receipt of a shipment (R15)", "登记到货回执（R15）"),
    example: "cs ship receive FH-261118-YX-1 --line SHELF=8:damaged=1 --packaging damaged --received-by \"Mr Chen\"",
    fields: &[
        required(
            "shipment",
            Ty::Record(&[Kind::Shipment]),
            words("Shipment", "发货单"),
            words("The shipment that arrived", "到货的发货单"),
        ),
        required(
            "arrived_at",
            Ty::Time,
            words("Arrived", "到货时间"),
            words("When it arrived, if not now", "到货时间（默认现在）"),
        ),
        required(
            "received_by",
            Ty::Private,
            words("Received by", "签收人"),
            words("Who signed for the goods", "签收人"),
        ),
        required(
            "packaging",
            Ty::Choice(PACKAGING),
            words("Packaging", "包装"),
            words("sound or damaged", "sound 完好、damaged 破损"),
        ),
        optional("phone", Ty::Private, words("Phone", "电话"), words("Phone of who received", "签收人电话")),
        optional(
            "partial",
            Ty::Flag,
            words("Part delivery", "部分到货"),
            words("More of this shipment is still to come", "本单还有货物未到"),
        ),
    ],
    lines: Some(&ITEMS),
    states: STATES,
    opens: None,
    steps: STEPS,
    columns: &["shipment", "arrived_at", "packaging"],
};

/// A receipt as it stands.
#[derive(Debug)]
pub struct Receipt<'a> {
    /// The form.
    pub form: &'a Form,
}

/// What one line of a receipt counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted<'a> {
    /// Model.
    pub model: &'a str,
    /// Pieces that arrived, damaged ones included.
    pub received: u64,
    /// Of these, damaged.
    pub damaged: u64,
    /// Pieces of a wrong model that came instead.
    pub wrong: u64,
}

impl<'a> Receipt<'a> {
    /// Reads a form as a receipt.
    pub fn of(form: &'a Form) -> Receipt<'a> {
        Receipt { form }
    }

    /// The shipment that arrived.
    pub fn shipment(&self) -> Option<&'a Number> {
        self.form.header.record("shipment")
    }

    /// When it arrived.
    pub fn arrived_at(&self) -> Option<Time> {
        self.form.header.time("arrived_at")
    }

    /// True where more of the shipment is still to come.
    pub fn is_partial(&self) -> bool {
        self.form.header.flag("partial")
    }

    /// What was counted, line by line.
    pub fn counted(&self) -> impl Iterator<Item = Counted<'a>> {
        self.form.lines.iter().map(|line| Counted {
            model: line.text("model").unwrap_or(""),
            received: line.whole("received"),
            damaged: line.whole("damaged"),
            wrong: line.whole("wrong"),
        })
    }

    /// The living remedies, in order.
    pub fn remedies(&self) -> impl Iterator<Item = &'a Step> {
        self.form.steps.iter().filter(|s| s.lives() && s.verb() == "remedy")
    }
}
