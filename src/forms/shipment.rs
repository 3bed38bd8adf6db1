//! The shipment, 发货清单 with 物流清单 (FH): goods of one or several orders on their way (R11–R14, R62).

use super::form::{Form, Step};
use super::shared::{FROM_CONSULT, MODEL, QUANTITY, REASON};
use super::spec::{FormSpec, Kept, LineSpec, Sign, State, StepSpec, Verbs, state};
use crate::base::field::{Choice, Field, Fields, Kind, List, Ty, choice, optional, required};
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::time::Date;
use crate::base::words::{Words, words};

const CHANNELS: &[Choice] = &[
    choice("phone", "phone", "电话"),
    choice("mail", "mail", "邮件"),
    choice("sms", "text message", "短信"),
    choice("chat", "chat", "微信"),
];

const CONDITIONS: &[Choice] = &[
    choice("good", "good", "完好"),
    choice("damaged", "damaged", "破损"),
    choice("mixed", "partly damaged", "部分破损"),
];

const OF_ORDER: Field = optional(
    "order",
    Ty::Record(&[Kind::Order]),
    words("Order", "订单号"),
    words("Which order, where several hold the model", "所属订单（多张订单含同一型号时填写）"),
);

const ITEMS: LineSpec = LineSpec {
    key: "line",
    name: words("Lines", "明细"),
    help: words("A model and how many are sent", "型号及发货数量"),
    required: true,
    fields: &[MODEL, QUANTITY, OF_ORDER],
    after_at: None,
    after_colon: None,
};

const RETURNED: LineSpec = LineSpec {
    help: words("A model and how many go back", "型号及退回数量"),
    fields: &[MODEL, QUANTITY, OF_ORDER],
    ..ITEMS
};

const DEPART: Field =
    required("depart", Ty::Date, words("Departs", "计划发货日"), words("Planned departure", "计划发货日期"));
const ARRIVE: Field =
    required("arrive", Ty::Date, words("Arrives", "计划到货日"), words("Planned arrival", "计划到货日期"));
const VOLUME: Field =
    required("volume", Ty::Measure, words("Volume m³", "体积 m³"), words("Cubic metres", "体积（立方米）"));

const BEFORE: &[&str] = &["new", "priced", "approved"];
const OUT: &[&str] = &["departed", "refused", "slip_back"];
const ALIVE: &[&str] = &["new", "priced", "approved", "departed", "refused"];

const STATES: &[State] = &[
    state("new", "new", "待议运费").then("ship freight"),
    state("priced", "freight agreed", "运费已议").then("ship approve"),
    state("approved", "approved", "已批准").then("ship depart"),
    state("departed", "departed", "已发出").then("ship receive"),
    state("refused", "refused", "被拒收").then("ship redeliver"),
    state("slip_back", "slip back", "回单已回").then("ship close"),
    state("closed", "closed", "已结案"),
];

const fn left(verb: &'static str, name: Words, help: Words, from: &'static [&'static str]) -> StepSpec {
    StepSpec::new(verb, name, help, from)
}

const STEPS: &[StepSpec] = &[
    left(
        "freight",
        words("Freight agreed", "议定运费"),
        words("Record the freight agreed with the customer (R2)", "记录与客户议定的运费（R2）"),
        &["new", "priced", "approved"],
    )
    .to("priced")
    .fields(&[
        required("amount", Ty::Money, words("Freight", "运费"), words("The freight agreed", "议定的运费")),
        optional(
            "with",
            Ty::Private,
            words("With", "议定人"),
            words("Who agreed on the customer's side", "客户方议定人"),
        ),
    ])
    .sign(Sign {
        action: "freight_quote",
        amount: |_, step| step.fields.money("amount"),
        by_another: false,
        authors: &[],
        seals: &[],
        seals_steps: &[],
    }),
    left(
        "approve",
        words("Freight approved", "批准运费"),
        words("Approve the freight, before departure (R11)", "发货前批准运费（R11）"),
        &["priced"],
    )
    .to("approved")
    .sign(Sign {
        action: "freight",
        amount: |form, _| Shipment::of(form).freight(),
        by_another: true,
        authors: &["new", "freight", "edit"],
        seals: &["freight", "carrier", "volume", "packages", "order", "line", "weight"],
        seals_steps: &["freight"],
    }),
    left(
        "notify",
        words("Consignee told", "发货通知"),
        words(
            "Tell the consignee model, quantity, size, arrival and unloading (R12)",
            "通知收货人型号、数量、体积、到货时间和卸货要求（R12）",
        ),
        BEFORE,
    )
    .fields(&[
        optional(
            "channel",
            Ty::Choice(CHANNELS),
            words("By", "方式"),
            words("phone, mail, sms or chat", "phone 电话、mail 邮件、sms 短信、chat 微信"),
        ),
        optional("who", Ty::Private, words("Told", "被通知人"), words("Who was told", "被通知人")),
    ]),
    left(
        "appoint",
        words("Appointed", "预约收货"),
        words("Book the receiving warehouse: time and m³", "向收货仓库预约时间和体积"),
        ALIVE,
    )
    .fields(&[
        required("time", Ty::Time, words("Slot", "预约时间"), words("When the warehouse receives", "仓库收货时间")),
        VOLUME.may(),
    ]),
    left(
        "depart",
        words("Departed", "发出"),
        words("Record the departure, once the freight is approved (R11)", "记录发出（运费须先批准，R11）"),
        &["approved"],
    )
    .to("departed")
    .fields(&[
        optional("waybill", Ty::Text, words("Waybill", "运单号"), words("The carrier's number", "物流运单号")),
        optional("driver", Ty::Private, words("Driver", "司机"), words("Driver and phone", "司机及电话")),
    ]),
    left(
        "track",
        words("Tracked", "跟踪"),
        words("Record where the goods are", "记录货物在途位置"),
        &["departed", "refused"],
    )
    .fields(&[required("place", Ty::Text, words("Place", "位置"), words("Where the goods are", "货物所在地"))]),
    left(
        "refused",
        words("Refused", "拒收"),
        words("Record that the consignee refused the goods", "记录收货方拒收"),
        &["departed"],
    )
    .to("refused")
    .fields(&[REASON]),
    left(
        "redeliver",
        words("Redelivery", "重新派送"),
        words("Send refused goods out again", "安排拒收货物重新派送"),
        &["refused"],
    )
    .to("departed")
    .fields(&[ARRIVE]),
    left(
        "reschedule",
        words("Rescheduled", "改期"),
        words("Move the departure or the arrival", "更改发货或到货日期"),
        ALIVE,
    )
    .fields(&[DEPART.may(), ARRIVE.may(), REASON]),
    left("expedite", words("Expedited", "催货"), words("Press the carrier", "催促物流公司"), ALIVE),
    left(
        "return",
        words("Return asked", "申请退换货"),
        words("Ask for a return or an exchange (R62)", "申请退货或换货（R62）"),
        OUT,
    )
    .fields(&[REASON])
    .lines(&RETURNED),
    left(
        "return-approve",
        words("Return approved", "批准退换货"),
        words("Approve the return (R62)", "批准退换货（R62）"),
        OUT,
    )
    .sign(Sign {
        action: "return",
        amount: |_, _| None,
        by_another: true,
        authors: &["return"],
        seals: &[],
        seals_steps: &[],
    }),
    left(
        "return-back",
        words("Goods back", "退货入库"),
        words("Record the goods back: count and state (R62)", "记录退回货物的数量和状况（R62）"),
        OUT,
    )
    .fields(&[required(
        "condition",
        Ty::Choice(CONDITIONS),
        words("State", "状况"),
        words("good, damaged or mixed", "good 完好、damaged 破损、mixed 部分破损"),
    )])
    .lines(&RETURNED)
    .shakes(),
    left(
        "return-credit",
        words("Credited", "退款"),
        words("Credit what came back (R62)", "对退回货物退款（R62）"),
        OUT,
    )
    .fields(&[required("amount", Ty::Money, words("Credit", "退款金额"), words("How much is credited", "退款金额"))])
    .shakes(),
    left(
        "return-replace",
        words("Replaced", "换货"),
        words("Name the shipment that replaces what came back (R62)", "登记替换退回货物的发货单（R62）"),
        OUT,
    )
    .fields(&[required(
        "shipment",
        Ty::Record(&[Kind::Shipment]),
        words("Replacement", "换货发货单"),
        words("The replacement shipment", "换货的发货单号"),
    )]),
    left(
        "slip",
        words("Slip back", "回单"),
        words("Record that the signed slip is back (R13)", "记录回单已返回（R13）"),
        &["departed"],
    )
    .to("slip_back"),
    left("close", words("Closed", "结案"), words("Close the shipment", "结案"), &["slip_back", "refused"]).to("closed"),
];

/// The table of the shipment.
pub static SHIPMENT: FormSpec = FormSpec {
    kind: Kind::Shipment,
    code: "shipment",
    prefix: "FH",
    dir: "shipments",
    kept: Kept::File,
    verbs: Verbs { command: "ship", new: "new", edit: "edit", list: "list", show: "show", subject: None },
    name: words("Shipment", "发货单"),
    help: words("Make out a shipment", "登记发货单"),
    example: "cs ship new --order DD-261118-YX-1 --carrier fast --line SHELF=10 --depart +2 --arrive +5 --packages 5 --volume 2.5 --freight 800",
    fields: &[
        required(
            "order",
            Ty::Records(&[Kind::Order]),
            words("Orders", "订单"),
            words("The order that it serves (repeatable)", "所属订单（可重复）"),
        ),
        required(
            "carrier",
            Ty::Code(List::Carriers),
            words("Carrier", "物流公司"),
            words("Code, name or part of a name", "物流公司代码、名称或名称的一部分"),
        ),
        DEPART,
        ARRIVE,
        required("packages", Ty::Quantity, words("Packages", "件数"), words("How many packages", "包装件数")),
        VOLUME,
        optional("weight", Ty::Measure, words("Weight kg", "重量 kg"), words("Kilograms", "重量（公斤）")),
        required(
            "freight",
            Ty::Money,
            words("Freight estimate", "预估运费"),
            words("The estimated freight", "预估运费"),
        ),
        required(
            "consignee",
            Ty::Text,
            words("Consignee", "收货单位"),
            words("Who receives; the order's if left out", "收货单位（默认同订单）"),
        ),
        required(
            "address",
            Ty::Text,
            words("Address", "送货地址"),
            words("Where to; the order's if left out", "送货地址（默认同订单）"),
        ),
        optional("contact", Ty::Private, words("Contact", "联系人"), words("The consignee's contact", "收货联系人")),
        optional("phone", Ty::Private, words("Phone", "电话"), words("The contact's phone", "联系电话")),
        optional("unloading", Ty::Text, words("Unloading", "卸货要求"), words("How it is unloaded", "卸货要求")),
        optional(
            "replaces",
            Ty::Record(&[Kind::Shipment]),
            words("Replaces", "替换"),
            words("The shipment whose goods it replaces (R62)", "所替换的发货单（R62）"),
        ),
        FROM_CONSULT,
    ],
    lines: Some(&ITEMS),
    states: STATES,
    opens: None,
    steps: STEPS,
    columns: &["order", "carrier", "depart", "arrive"],
};

/// How far a return is (R62).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnStage {
    /// Asked for.
    Asked,
    /// Approved.
    Approved,
    /// The goods are back.
    Back,
    /// Credited.
    Credited,
    /// Replaced by another shipment.
    Replaced,
}

/// One return, with the steps that carried it.
#[derive(Clone, Debug)]
pub struct Return<'a> {
    /// The step that asked for it.
    pub asked: &'a Step,
    /// How far it is.
    pub stage: ReturnStage,
    /// The last step of it.
    pub last: &'a Step,
    /// What came back so far, in as many lots as it took.
    pub back: Vec<&'a Fields>,
}

/// A shipment as it stands.
#[derive(Debug)]
pub struct Shipment<'a> {
    /// The form.
    pub form: &'a Form,
}

impl<'a> Shipment<'a> {
    /// Reads a form as a shipment.
    pub fn of(form: &'a Form) -> Shipment<'a> {
        Shipment { form }
    }

    /// The orders that it serves.
    pub fn orders(&self) -> impl Iterator<Item = Number> + 'a {
        self.form.header.many("order").iter().filter_map(|n| n.parse().ok())
    }

    /// The carrier's code.
    pub fn carrier(&self) -> &'a str {
        self.form.header.text("carrier").unwrap_or("")
    }

    /// The freight agreed, else the estimate.
    pub fn freight(&self) -> Option<Money> {
        self.form.last("freight").and_then(|s| s.fields.money("amount")).or(self.form.header.money("freight"))
    }

    fn moved(&self, key: &str) -> Option<Date> {
        let moves = self.form.living().rev().filter(|s| matches!(s.verb(), "reschedule" | "redeliver"));
        moves.filter_map(|s| s.fields.date(key)).next().or(self.form.header.date(key))
    }

    /// Planned departure, after all moves.
    pub fn depart(&self) -> Option<Date> {
        self.moved("depart")
    }

    /// Planned arrival, after all moves.
    pub fn arrive(&self) -> Option<Date> {
        self.moved("arrive")
    }

    /// The living departure.
    pub fn departed(&self) -> Option<&'a Step> {
        self.form.steps.iter().rev().find(|s| s.lives() && s.verb() == "depart")
    }

    /// The notice that still holds: the first one after the last move of the departure (R12).
    pub fn notified(&self) -> Option<&'a Step> {
        let mut notice = None;
        for step in self.form.steps.iter().filter(|s| s.lives()) {
            match step.verb() {
                // Told again is told already.
                "notify" => notice = notice.or(Some(step)),
                "reschedule" if step.fields.date("depart").is_some() => notice = None,
                _ => {}
            }
        }
        notice
    }

    /// Pieces sent of one model.
    pub fn quantity_of(&self, model: &str) -> u64 {
        self.form.lines.iter().filter(|l| l.text("model") == Some(model)).map(|l| l.whole("quantity")).sum()
    }

    /// Pieces sent.
    pub fn quantity(&self) -> u64 {
        self.form.lines.iter().map(|l| l.whole("quantity")).sum()
    }

    /// The returns, one after another (R62): each step belongs to the last return asked for before it.
    pub fn returns(&self) -> Vec<Return<'a>> {
        let mut returns: Vec<Return<'a>> = Vec::new();
        for step in self.form.steps.iter().filter(|s| s.lives()) {
            let stage = match step.verb() {
                "return" => {
                    returns.push(Return { asked: step, stage: ReturnStage::Asked, last: step, back: Vec::new() });
                    continue;
                }
                "return-approve" => ReturnStage::Approved,
                "return-back" => ReturnStage::Back,
                "return-credit" => ReturnStage::Credited,
                "return-replace" => ReturnStage::Replaced,
                _ => continue,
            };
            if let Some(current) = returns.last_mut() {
                current.stage = stage;
                current.last = step;
                if stage == ReturnStage::Back {
                    current.back.extend(&step.lines);
                }
            }
        }
        returns
    }

    /// Pieces that came back.
    pub fn back(&self) -> u64 {
        self.returns().iter().flat_map(|r| &r.back).map(|line| line.whole("quantity")).sum()
    }

    /// The refusal that nothing has followed: neither a redelivery nor a return.
    pub fn refused(&self) -> Option<&'a Step> {
        let mut steps = self.form.steps.iter().rev().filter(|s| s.lives());
        let last = steps.find(|s| matches!(s.verb(), "refused" | "redeliver" | "return"));
        last.filter(|s| s.verb() == "refused")
    }

    /// Returns that are not yet credited or replaced.
    pub fn open_returns(&self) -> impl Iterator<Item = Return<'a>> {
        self.returns().into_iter().filter(|r| !matches!(r.stage, ReturnStage::Credited | ReturnStage::Replaced))
    }
}
