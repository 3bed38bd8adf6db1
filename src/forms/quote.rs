//! The agency's quote, 广告公司维修报价单 (BJ): what an agency asks for mending what a ticket reports (R23, R24).

use super::form::Form;
use super::shared::{QUANTITY, REASON};
use super::spec::{FormSpec, Kept, LineSpec, Sign, State, StepSpec, Verbs, state};
use crate::base::field::{Fields, Kind, List, Ty, optional, required};
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::words::words;

/// The lines of a quote.
pub const ITEMS: LineSpec = LineSpec {
    key: "line",
    name: words("Lines", "明细"),
    help: words(
        "A reported component, how many, the price of one, and the work (R23)",
        "报修的部件、数量、单价及维修内容（R23）",
    ),
    required: true,
    fields: &[
        required(
            "component",
            Ty::Text,
            words("Component", "部件"),
            words("A component of the ticket", "维修单上的部件"),
        ),
        QUANTITY,
        required("price", Ty::Money, words("Price", "单价"), words("Price of one", "单价")),
        required("work", Ty::Text, words("Work", "维修内容"), words("What is done", "维修内容")),
    ],
    after_at: Some("price"),
    after_colon: Some("work"),
};

const STATES: &[State] = &[
    state("open", "open", "待批准").then("repair approve"),
    state("approved", "approved", "已批准"),
    state("declined", "declined", "未采用"),
];

const STEPS: &[StepSpec] = &[
    StepSpec::new(
        "approve",
        words("Approved", "批准报价"),
        words("Sign the quote: it takes effect (R24)", "签字批准报价，报价生效（R24）"),
        &["open"],
    )
    .to("approved")
    .sign(Sign {
        action: "quote",
        amount: |form, _| Quote::of(form).total(),
        by_another: true,
        authors: &["new", "edit"],
        seals: &["repair", "agency", "line"],
        seals_steps: &[],
    })
    .shakes(),
    StepSpec::new(
        "decline",
        words("Declined", "不采用"),
        words("Turn the quote down, with the reason", "不采用该报价并说明原因"),
        &["open"],
    )
    .to("declined")
    .fields(&[REASON]),
];

/// The table of the agency's quote.
pub static QUOTE: FormSpec = FormSpec {
    kind: Kind::Quote,
    code: "quote",
    prefix: "BJ",
    dir: "quotes",
    kept: Kept::File,
    verbs: Verbs {
        command: "repair",
        new: "quote",
        edit: "quote-edit",
        list: "quotes",
        show: "quote-show",
        subject: Some("repair"),
    },
    name: words("Repair quote", "维修报价单"),
    help: words("Record an agency's quote for a ticket (R23)", "登记广告公司的维修报价（R23）"),
    example: "cs repair quote WX-261118-YX-1 --agency bright --line \"glass=1@180:new pane fitted\"",
    fields: &[
        required(
            "repair",
            Ty::Record(&[Kind::Repair]),
            words("Ticket", "维修单"),
            words("The repair ticket", "所属维修单"),
        ),
        required(
            "agency",
            Ty::Code(List::Agencies),
            words("Agency", "广告公司"),
            words("Code, name or part of a name", "广告公司代码、名称或名称的一部分"),
        ),
        optional(
            "city",
            Ty::Text,
            words("City", "城市"),
            words("City; the agency's if left out", "城市（默认同广告公司）"),
        ),
        optional(
            "contact",
            Ty::Private,
            words("Contact", "联系人"),
            words("The agency's contact; from the list if left out", "广告公司联系人（默认同资料）"),
        ),
        optional(
            "phone",
            Ty::Private,
            words("Phone", "电话"),
            words("The contact's phone; from the list if left out", "联系电话（默认同资料）"),
        ),
        optional(
            "rep",
            Ty::Private,
            words("Brand rep", "品牌负责人"),
            words("The brand's representative; the site's if left out", "品牌负责人（默认同门店大区业务）"),
        ),
        optional("rep_phone", Ty::Private, words("Rep's phone", "负责人电话"), words("The rep's phone", "负责人电话")),
    ],
    lines: Some(&ITEMS),
    states: STATES,
    opens: None,
    steps: STEPS,
    columns: &["repair", "agency", "city"],
};

/// A quote as it stands.
#[derive(Debug)]
pub struct Quote<'a> {
    /// The form.
    pub form: &'a Form,
}

/// Quantity times price of a line, where it has both.
pub fn amount_of(line: &Fields, price: &str) -> Option<Money> {
    line.money(price)?.times(line.whole("quantity"))
}

impl<'a> Quote<'a> {
    /// Reads a form as a quote.
    pub fn of(form: &'a Form) -> Quote<'a> {
        Quote { form }
    }

    /// The ticket that it is for.
    pub fn repair(&self) -> Option<&'a Number> {
        self.form.header.record("repair")
    }

    /// The agency's code.
    pub fn agency(&self) -> &'a str {
        self.form.header.text("agency").unwrap_or("")
    }

    /// The sum of the lines; `None` where it is beyond all money.
    pub fn total(&self) -> Option<Money> {
        self.form.lines.iter().try_fold(Money::ZERO, |sum, line| sum.plus(amount_of(line, "price")?))
    }

    /// True once it is signed (R24).
    pub fn is_approved(&self) -> bool {
        self.form.state().code == "approved"
    }
}
