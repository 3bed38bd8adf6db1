//! The repair ticket, 展台维修单 (WX): what is broken, whose fault it was, who mends it and who pays (R17–R22).

use std::collections::HashSet;

use super::form::{Form, Step};
use super::shared::{FROM_CONSULT, REASON};
use super::spec::{FormSpec, Kept, LineSpec, Sign, State, StepSpec, Verbs, state};
use crate::base::field::{Choice, Field, Kind, List, Ty, choice, optional, required};
use crate::base::words::words;

/// What broke it: decides who pays (R18).
pub const CAUSES: &[Choice] = &[
    choice("quality", "quality", "质量问题"),
    choice("human", "human damage", "人为损坏"),
    choice("logistics", "transport damage", "运输损坏"),
];

const ARRANGED: &[Choice] =
    &[choice("us", "us", "我方安排"), choice("customer", "the customer's own agency", "客户自行安排")];

/// How the fixture does when the site is asked after a repair (R22).
pub const RESULTS: &[Choice] =
    &[choice("working", "working", "使用正常"), choice("faulty", "still faulty", "仍有故障")];

const FAULTS: LineSpec = LineSpec {
    key: "fault",
    name: words("Faults", "故障明细"),
    help: words("A component and what is wrong with it", "故障部件及故障现象"),
    required: true,
    fields: &[
        required("component", Ty::Text, words("Component", "部件"), words("The broken component", "故障部件")),
        required("symptom", Ty::Text, words("Symptom", "故障现象"), words("What is wrong with it", "故障现象")),
    ],
    after_at: None,
    after_colon: None,
};

const PHOTO: Field = optional(
    "photo",
    Ty::Files,
    words("Photos", "照片"),
    words("A photo of the fault; without one nothing is covered (R17)", "故障照片；没有照片不予承担费用（R17）"),
);
const WORKING_PHOTO: Field = optional(
    "photo",
    Ty::Files,
    words("Photos", "照片"),
    words("A photo of the fixture working (R21)", "修复后正常使用的照片（R21）"),
);

const STATES: &[State] = &[
    state("new", "reported", "待判定").then("repair judge"),
    state("judged", "judged", "已判定").then("repair dispatch"),
    state("dispatched", "dispatched", "已派单").then("repair repaired"),
    state("repaired", "repaired", "已修复").then("repair accept"),
    state("accepted", "accepted", "已验收").then("repair follow-up"),
    state("released", "fee released", "费用已核准").then("repair close"),
    state("closed", "closed", "已结案"),
    state("rejected", "rejected", "已驳回"),
];

const LIVING: &[&str] = &["new", "judged", "dispatched", "repaired", "accepted", "released"];

const CAUSE: Field = required(
    "cause",
    Ty::Choice(CAUSES),
    words("Cause", "故障原因"),
    words("quality, human or logistics (R18)", "quality 质量问题、human 人为损坏、logistics 运输损坏（R18）"),
);

/// A judgement rests on what was reported.
const JUDGED: Sign = Sign {
    action: "judge",
    amount: |_, _| None,
    by_another: true,
    authors: &["new", "edit"],
    seals: &["made_on", "model", "customer", "site", "fault", "photo"],
    seals_steps: &[],
};

const STEPS: &[StepSpec] = &[
    StepSpec::new(
        "photo",
        words("Photo added", "补充照片"),
        words("Add photos that came later (R17)", "补充后来收到的故障照片（R17）"),
        LIVING,
    )
    .fields(&[PHOTO.must()]),
    StepSpec::new(
        "judge",
        words("Judged", "责任判定"),
        words("Judge the cause, which decides who pays (R18)", "判定故障原因，由此确定费用承担方（R18）"),
        &["new"],
    )
    .to("judged")
    .fields(&[CAUSE])
    .sign(JUDGED)
    .shakes(),
    StepSpec::new(
        "rejudge",
        words("Judged anew", "改判"),
        words("Judge the cause anew after what was found on site (R18)", "按现场情况改判故障原因（R18）"),
        &["judged", "dispatched", "repaired", "accepted"],
    )
    .fields(&[CAUSE])
    .sign(JUDGED)
    .shakes(),
    StepSpec::new(
        "dispatch",
        words("Dispatched", "派单"),
        words("Send an agency to mend it, or another in its place (R20)", "派广告公司上门维修，或改派另一家（R20）"),
        &["judged", "dispatched", "repaired", "accepted"],
    )
    .to("dispatched")
    .fields(&[
        required(
            "agency",
            Ty::Code(List::Agencies),
            words("Agency", "广告公司"),
            words("Code, name or part of a name", "广告公司代码、名称或名称的一部分"),
        ),
        optional("appointed", Ty::Date, words("Appointed", "约定日期"), words("The day agreed", "约定上门日期")),
    ]),
    StepSpec::new(
        "repaired",
        words("Repaired", "修复"),
        words("Record the repair: who, when, photos", "登记维修完成：维修人、日期、照片"),
        &["dispatched"],
    )
    .to("repaired")
    .fields(&[
        required("worker", Ty::Private, words("Repaired by", "维修人"), words("Who mended it", "维修人姓名")),
        optional("worker_phone", Ty::Private, words("Phone", "电话"), words("The worker's phone", "维修人电话")),
        optional(
            "on",
            Ty::Date,
            words("Repaired on", "修复日期"),
            words("The day, if not that of the step", "修复日期（默认为登记当天）"),
        ),
        WORKING_PHOTO,
    ]),
    StepSpec::new(
        "accept",
        words("Accepted", "验收"),
        words("The regional rep signs the ticket (R21)", "大区业务在维修单上签字验收（R21）"),
        &["repaired"],
    )
    .to("accepted")
    .fields(&[
        required(
            "rep",
            Ty::Private,
            words("Signed by", "签字人"),
            words("The regional rep who signed", "签字的大区业务"),
        ),
        WORKING_PHOTO,
    ]),
    StepSpec::new(
        "follow-up",
        words("Followed up", "维修回访"),
        words("Visit or call the site and complete the file (R22)", "回访现场并补全维修档案（R22）"),
        &["repaired", "accepted", "released"],
    )
    .fields(&[
        required(
            "result",
            Ty::Choice(RESULTS),
            words("Result", "回访结果"),
            words("working or faulty", "working 使用正常、faulty 仍有故障"),
        ),
        optional("who", Ty::Private, words("Spoken to", "受访人"), words("Who was asked", "受访人")),
    ]),
    StepSpec::new(
        "reimburse",
        words("Fee released", "费用核准"),
        words("Release the agency's fee for the month's settlement (R21)", "核准维修费用，列入当月结算（R21）"),
        &["accepted"],
    )
    .to("released")
    .fields(&[required(
        "amount",
        Ty::Money,
        words("Fee", "费用"),
        words("The fee; that of the approved quote if left out", "核准金额（默认为已批准的报价）"),
    )])
    .sign(Sign {
        action: "reimburse",
        amount: |_, step| step.fields.money("amount"),
        by_another: true,
        authors: &["new", "repaired", "accept"],
        seals: &["made_on", "model", "customer", "fault", "photo"],
        seals_steps: &["accept", "repaired", "dispatch", "judge", "rejudge"],
    }),
    StepSpec::new(
        "reject",
        words("Rejected", "驳回"),
        words("Turn the ticket down, with the reason", "驳回维修申请并说明原因"),
        &["new", "judged", "dispatched"],
    )
    .to("rejected")
    .fields(&[REASON])
    .shakes(),
    StepSpec::new("close", words("Closed", "结案"), words("Close the ticket", "结案"), &["accepted", "released"])
        .to("closed")
        .shakes(),
];

/// The table of the repair ticket.
pub static REPAIR: FormSpec = FormSpec {
    kind: Kind::Repair,
    code: "repair",
    prefix: "WX",
    dir: "repairs",
    kept: Kept::File,
    verbs: Verbs { command: "repair", new: "new", edit: "edit", list: "list", show: "show", subject: None },
    name: words("Repair ticket", "维修单"),
    help: words("Make out a repair ticket", "登记维修单"),
    example: "cs repair new --customer acme --site plaza --model SHELF --made-on 2026-03-01 --reporter \"Bo Li\" --fault glass=cracked",
    fields: &[
        required(
            "customer",
            Ty::Code(List::Customers),
            words("Customer", "客户"),
            words("Code, name, part of a name or initials", "客户代码、名称、名称的一部分或拼音首字母"),
        ),
        required(
            "site",
            Ty::Code(List::Sites),
            words("Site", "商场"),
            words("The mall or shop: code, name or part of it", "商场或门店的代码、名称或名称的一部分"),
        ),
        required("model", Ty::Code(List::Products), words("Model", "展台型号"), words("Fixture model", "展台型号")),
        optional(
            "made_on",
            Ty::Date,
            words("Made on", "展台制作时间"),
            words("When the fixture was made: warranty runs from it (R19)", "展台制作日期，质保期由此起算（R19）"),
        ),
        required("reporter", Ty::Private, words("Reporter", "报修人"), words("Who reported it", "报修人")),
        optional(
            "department",
            Ty::Text,
            words("Department", "部门"),
            words("The reporter's department", "报修人所在部门"),
        ),
        optional("phone", Ty::Private, words("Phone", "电话"), words("The reporter's phone", "报修人电话")),
        optional(
            "site_contact",
            Ty::Private,
            words("Site contact", "现场联系人"),
            words("Whom the worker meets; the site's if left out", "现场联系人（默认同门店资料）"),
        ),
        optional(
            "site_phone",
            Ty::Private,
            words("Site phone", "现场电话"),
            words("The site contact's phone; the site's if left out", "现场联系电话（默认同门店资料）"),
        ),
        optional("wanted_by", Ty::Date, words("Wanted by", "要求完成日"), words("Repair wanted by", "要求修复日期")),
        required(
            "arranged_by",
            Ty::Choice(ARRANGED),
            words("Arranged by", "安排方"),
            words("us or customer; us if left out (R20)", "us 我方安排、customer 客户自行安排（默认 us，R20）"),
        ),
        optional(
            "shipment",
            Ty::Record(&[Kind::Shipment]),
            words("Shipment", "发货单"),
            words("The shipment that it came with, for damage on the way", "所属发货单（运输损坏时填写）"),
        ),
        PHOTO,
        FROM_CONSULT,
    ],
    lines: Some(&FAULTS),
    states: STATES,
    opens: None,
    steps: STEPS,
    columns: &["customer", "site", "model", "wanted_by"],
};

/// A repair ticket as it stands.
#[derive(Debug)]
pub struct Repair<'a> {
    /// The form.
    pub form: &'a Form,
}

impl<'a> Repair<'a> {
    /// Reads a form as a repair ticket.
    pub fn of(form: &'a Form) -> Repair<'a> {
        Repair { form }
    }

    fn last(&self, verbs: &[&str]) -> Option<&'a Step> {
        self.form.steps.iter().rev().find(|s| s.lives() && verbs.contains(&s.verb()))
    }

    /// The cause as last judged (R18).
    pub fn cause(&self) -> Option<&'a str> {
        self.judged()?.fields.text("cause")
    }

    /// The last judgement.
    pub fn judged(&self) -> Option<&'a Step> {
        self.last(&["judge", "rejudge"])
    }

    /// The photos of the fault: those reported with the ticket and those that came later (R17).
    pub fn photos(&self) -> impl Iterator<Item = &'a String> {
        self.photos_until(usize::MAX)
    }

    /// The photos of the fault that were there when the step `until` was taken (R17).
    pub fn photos_until(&self, until: usize) -> impl Iterator<Item = &'a String> {
        let later = self.form.steps.iter().filter(move |s| s.lives() && s.verb() == "photo" && s.index < until);
        let all = self.form.header.many("photo").iter().chain(later.flat_map(|s| s.fields.many("photo")));
        // The same photo given again is still one.
        let mut seen = HashSet::new();
        all.filter(move |name| seen.insert(*name))
    }

    /// The photos of the fixture working again (R21): those of an earlier repair, which did not last, show nothing.
    pub fn working_photos(&self) -> impl Iterator<Item = &'a String> {
        let sent = self.last(&["dispatch"]).map_or(0, |s| s.index);
        let since = self.form.steps.iter().filter(move |s| s.lives() && s.index > sent);
        since.filter(|s| matches!(s.verb(), "repaired" | "accept")).flat_map(|s| s.fields.many("photo"))
    }

    /// The components reported broken, in the order of the ticket.
    pub fn components(&self) -> impl Iterator<Item = &'a str> {
        self.form.lines.iter().filter_map(|line| line.text("component"))
    }

    /// The model.
    pub fn model(&self) -> &'a str {
        self.form.header.text("model").unwrap_or("")
    }

    /// True where the customer sends an agency of its own (R20).
    pub fn is_customers(&self) -> bool {
        self.form.header.text("arranged_by") == Some("customer")
    }

    /// The agency last sent.
    pub fn agency(&self) -> Option<&'a str> {
        self.last(&["dispatch"])?.fields.text("agency")
    }

    /// The living repair, until another agency is sent.
    pub fn repaired(&self) -> Option<&'a Step> {
        self.last(&["dispatch", "repaired"]).filter(|s| s.verb() == "repaired")
    }

    /// The release of the fee (R21).
    pub fn released(&self) -> Option<&'a Step> {
        self.last(&["reimburse"])
    }
}
