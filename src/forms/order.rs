//! The order, 订购单 (DD): what a customer wants, and how far it is (R8–R10, R14).

use super::form::{Form, Step};
use super::shared::{FROM_CONSULT, MODEL, QUANTITY, REASON};
use super::spec::{FormSpec, Kept, LineSpec, Sign, State, StepSpec, Verbs, state};
use crate::base::field::{Choice, Field, Fields, Kind, List, Ty, choice, optional, required};
use crate::base::money::Money;
use crate::base::time::{Date, Time};
use crate::base::words::words;

const SOURCES: &[Choice] = &[
    choice("phone", "phone", "电话"),
    choice("mail", "mail", "邮件"),
    choice("web", "web", "网络"),
    choice("rep", "sales representative", "业务代表"),
];

const PAPERS: &[Choice] = &[
    choice("receipt", "receipt slip", "到货回执"),
    choice("photos", "photos", "照片"),
    choice("invoice", "invoice", "发票"),
];

const ITEMS: LineSpec = LineSpec {
    key: "line",
    name: words("Lines", "明细"),
    help: words("A model, how many, and the unit price if agreed", "型号、数量和单价（如已议定）"),
    required: true,
    fields: &[
        MODEL,
        QUANTITY,
        optional("price", Ty::Money, words("Unit price", "单价"), words("Price of one piece", "单价")),
    ],
    after_at: Some("price"),
    after_colon: None,
};

const CHANGED_ITEMS: LineSpec =
    LineSpec { required: false, help: words("All lines as they are from now on", "变更后的全部明细"), ..ITEMS };

const FINISH_DATES: LineSpec = LineSpec {
    key: "finish",
    name: words("Finish dates", "完成日期"),
    help: words("A department and the day it will be done", "部门及其完成日期"),
    required: true,
    fields: &[
        required("department", Ty::Text, words("Department", "部门"), words("Department", "部门")),
        required("date", Ty::Date, words("Done by", "完成日期"), words("The day it will be done", "完成日期")),
    ],
    after_at: None,
    after_colon: None,
};

const MADE: LineSpec = LineSpec {
    key: "made",
    name: words("Made so far", "已完成"),
    help: words("A model and how many are made so far", "型号及目前已完成的数量"),
    required: false,
    fields: &[MODEL, required("quantity", Ty::Count, words("Quantity", "数量"), words("How many so far", "目前数量"))],
    after_at: None,
    after_colon: None,
};

const WANTED_BY: Field = required(
    "wanted_by",
    Ty::Date,
    words("Wanted by", "要求到货日"),
    words("The day the customer wants it", "客户要求的到货日期"),
);
const CONSIGNEE: Field = required(
    "consignee",
    Ty::Text,
    words("Consignee", "收货单位"),
    words("Who receives the goods", "收货单位或收货人"),
);
const DELIVER_TO: Field =
    required("deliver_to", Ty::Text, words("Deliver to", "送货地址"), words("Where the goods go", "送货地址"));

const OPEN: &[&str] = &["new", "confirmed", "planned"];
const MAKING: &[&str] = &["confirmed", "planned"];
const MADE_OR_MAKING: &[&str] = &["confirmed", "planned", "finished"];
const ANY: &[&str] = &["new", "confirmed", "planned", "finished"];

const STATES: &[State] = &[
    state("new", "new", "待确认").then("order confirm"),
    state("confirmed", "confirmed", "已确认").then("order plan"),
    state("planned", "planned", "已排产").then("order finish"),
    state("finished", "finished", "已完工").then("ship new --order"),
    state("closed", "closed", "已结案"),
    state("cancelled", "cancelled", "已取消"),
];

const STEPS: &[StepSpec] = &[
    StepSpec::new(
        "confirm",
        words("Confirmed", "确认"),
        words(
            "Read model, quantity, date, place and consignee back to the customer (R8)",
            "与客户核对型号、数量、日期、地点、收货人（R8）",
        ),
        &["new"],
    )
    .to("confirmed")
    .fields(&[optional(
        "with",
        Ty::Private,
        words("With", "核对人"),
        words("Who confirmed on the customer's side", "客户方确认人"),
    )])
    .sign(Sign {
        action: "order_price",
        amount: |form, step| Order::of(form).total_until(step),
        by_another: false,
        authors: &["change"],
        seals: &["line", "wanted_by", "consignee", "deliver_to", "customer"],
        seals_steps: &[],
    }),
    StepSpec::new(
        "plan",
        words("Planned", "排产"),
        words("Record each department's finish date from the order meeting", "记录订单会上各部门的完成日期"),
        MAKING,
    )
    .to("planned")
    .lines(&FINISH_DATES),
    StepSpec::new(
        "train",
        words("Trained", "安装指导"),
        words("Record installation guidance given to the customer's people", "记录对客户人员的安装指导"),
        MADE_OR_MAKING,
    )
    .fields(&[optional("who", Ty::Text, words("Trained", "对象"), words("Who was trained", "指导对象"))]),
    StepSpec::new(
        "progress",
        words("Progress", "进度"),
        words("Record what is made so far (R10)", "记录生产进度（R10）"),
        MAKING,
    )
    .lines(&MADE),
    StepSpec::new(
        "delay",
        words("Delayed", "延期"),
        words(
            "Record a new date, the reason, and that the customer was told (R9)",
            "记录新日期、原因以及是否已告知客户（R9）",
        ),
        MADE_OR_MAKING,
    )
    .fields(&[
        required("until", Ty::Date, words("New date", "新日期"), words("The new date", "新的日期")),
        REASON,
        optional("told", Ty::Flag, words("Customer told", "已告知客户"), words("The customer was told", "已告知客户")),
    ]),
    StepSpec::new(
        "change",
        words("Changed", "变更"),
        words("Change lines, date or address as the customer asks", "按客户要求变更明细、日期或地址"),
        OPEN,
    )
    .fields(&[WANTED_BY.may(), CONSIGNEE.may(), DELIVER_TO.may()])
    .lines(&CHANGED_ITEMS)
    .sign(Sign {
        action: "order_price",
        // New lines are new prices; a change of date or address signs no amount.
        amount: |form, step| if step.lines.is_empty() { None } else { Order::of(form).total_until(step) },
        by_another: false,
        authors: &[],
        seals: &[],
        seals_steps: &[],
    })
    .shakes(),
    StepSpec::new(
        "expedite",
        words("Expedited", "催货"),
        words("Record that the customer presses", "记录客户催货"),
        ANY,
    ),
    StepSpec::new("cancel", words("Cancelled", "取消"), words("Cancel the order", "取消订单"), ANY)
        .to("cancelled")
        .fields(&[REASON])
        .shakes(),
    StepSpec::new("finish", words("Finished", "完工"), words("Record that all is made", "记录全部完工"), MAKING)
        .to("finished"),
    StepSpec::new(
        "papers",
        words("Papers sent", "付款资料"),
        words(
            "Record the payment papers sent: receipt slip, photos, invoice",
            "记录已寄出的付款资料：回执、照片、发票",
        ),
        MADE_OR_MAKING,
    )
    .fields(&[required("sent", Ty::Choices(PAPERS), words("Papers", "资料"), words("Which papers", "哪些资料"))]),
    StepSpec::new(
        "remind",
        words("Reminded", "催款"),
        words("Remind the customer of payment", "提醒客户付款"),
        MADE_OR_MAKING,
    ),
    StepSpec::new(
        "paid",
        words("Paid", "付款"),
        words("Record a payment; without --amount the whole", "记录付款；不填金额表示全额"),
        MADE_OR_MAKING,
    )
    .fields(&[optional(
        "amount",
        Ty::Money,
        words("Amount", "金额"),
        words("How much, if not all", "金额（非全额时）"),
    )]),
    StepSpec::new(
        "close",
        words("Closed", "结案"),
        words("Close: delivered and paid", "结案：货已到齐、款已付清"),
        &["finished"],
    )
    .to("closed"),
];

/// The table of the order.
pub static ORDER: FormSpec = FormSpec {
    kind: Kind::Order,
    code: "order",
    prefix: "DD",
    dir: "orders",
    kept: Kept::File,
    verbs: Verbs { command: "order", new: "new", edit: "edit", list: "list", show: "show", subject: None },
    name: words("Order", "订购单"),
    help: words("Take an order", "登记订购单"),
    example: "cs order new --customer acme --wanted-by +14 --consignee \"Main Store\" --deliver-to \"1 High Street\" --line SHELF=10@120",
    fields: &[
        required(
            "customer",
            Ty::Code(List::Customers),
            words("Customer", "客户"),
            words("Code, name or part of a name", "客户代码、名称或名称的一部分"),
        ),
        optional("brand", Ty::Text, words("Brand", "品牌"), words("Brand", "品牌")),
        optional("contact", Ty::Private, words("Contact", "联系人"), words("The customer's contact", "客户联系人")),
        optional("phone", Ty::Private, words("Phone", "电话"), words("The contact's phone", "联系电话")),
        WANTED_BY,
        CONSIGNEE,
        DELIVER_TO,
        optional(
            "source",
            Ty::Choice(SOURCES),
            words("Source", "来源"),
            words(
                "How the order came: phone, mail, web, rep",
                "下单方式：phone 电话、mail 邮件、web 网络、rep 业务代表",
            ),
        ),
        FROM_CONSULT,
    ],
    lines: Some(&ITEMS),
    states: STATES,
    opens: None,
    steps: STEPS,
    columns: &["customer", "brand", "wanted_by"],
};

/// One line of an order, as in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<'a> {
    /// Model.
    pub model: &'a str,
    /// Pieces.
    pub quantity: u64,
    /// Unit price, where agreed.
    pub price: Option<Money>,
}

/// An order as it stands: the paper, with all changes applied.
#[derive(Debug)]
pub struct Order<'a> {
    /// The form.
    pub form: &'a Form,
}

impl<'a> Order<'a> {
    /// Reads a form as an order.
    pub fn of(form: &'a Form) -> Order<'a> {
        Order { form }
    }

    /// The customer's code.
    pub fn customer(&self) -> &'a str {
        self.form.header.text("customer").unwrap_or("")
    }

    fn changed(&self, key: &str) -> Option<&'a Fields> {
        let changes = self.form.steps.iter().filter(|s| s.lives() && s.verb() == "change");
        changes.rev().map(|s| &s.fields).find(|f| f.get(key).is_some())
    }

    /// The text under a header key after all changes.
    pub fn text(&self, key: &str) -> &'a str {
        self.changed(key).unwrap_or(&self.form.header).text(key).unwrap_or("")
    }

    /// The day that the customer wants it, after all changes.
    pub fn wanted_by(&self) -> Option<Date> {
        self.changed("wanted_by").unwrap_or(&self.form.header).date("wanted_by")
    }

    /// The day now expected: the last delay's, unless the customer changed the date later.
    pub fn expected(&self) -> Option<Date> {
        self.promised(|_| true)
    }

    /// The day that was expected at a moment, by the steps taken until then.
    pub fn expected_at(&self, time: Time) -> Option<Date> {
        self.promised(|step| step.at <= time)
    }

    fn promised(&self, known: impl Fn(&Step) -> bool) -> Option<Date> {
        let moved = self.form.living().rev().filter(|step| known(step)).find_map(|s| match s.verb() {
            "delay" => s.fields.date("until"),
            "change" => s.fields.date("wanted_by"),
            _ => None,
        });
        moved.or_else(|| self.form.header.date("wanted_by"))
    }

    /// The lines in force.
    pub fn items(&self) -> impl Iterator<Item = Item<'a>> {
        self.items_until(usize::MAX)
    }

    /// The lines in force right after a step, counted from 1.
    fn items_until(&self, step: usize) -> impl Iterator<Item = Item<'a>> {
        self.form.lines_in_force("change", &CHANGED_ITEMS, step).iter().map(|line| Item {
            model: line.text("model").unwrap_or(""),
            quantity: line.whole("quantity"),
            price: line.money("price"),
        })
    }

    /// Pieces ordered.
    pub fn quantity(&self) -> u64 {
        self.items().map(|item| item.quantity).sum()
    }

    /// Pieces ordered of one model.
    pub fn quantity_of(&self, model: &str) -> u64 {
        self.items().filter(|item| item.model == model).map(|item| item.quantity).sum()
    }

    /// The sum of the lines; `None` where a line has no price.
    pub fn total(&self) -> Option<Money> {
        total_of(self.items())
    }

    /// The sum of the priced lines as a step left them: what it signs. A line without a price lifts no limit (R2).
    fn total_until(&self, step: &Step) -> Option<Money> {
        total_of(self.items_until(step.index).filter(|item| item.price.is_some()))
    }

    /// What was paid; `None` when a payment of the whole is on record.
    pub fn paid(&self) -> Option<Money> {
        let mut sum = Money::ZERO;
        for step in self.form.taken("paid") {
            sum = sum.plus(step.fields.money("amount")?)?;
        }
        Some(sum)
    }

    /// The living step that finished it.
    pub fn finished(&self) -> Option<&'a Step> {
        self.form.steps.iter().rev().find(|s| s.lives() && s.verb() == "finish")
    }

    /// True while it is being made: not finished, not over.
    pub fn is_unfinished(&self) -> bool {
        OPEN.contains(&self.form.state().code)
    }
}

/// The sum of some lines; `None` where one has no price.
fn total_of<'a>(mut items: impl Iterator<Item = Item<'a>>) -> Option<Money> {
    items.try_fold(Money::ZERO, |total, item| total.plus(item.price?.times(item.quantity)?))
}
