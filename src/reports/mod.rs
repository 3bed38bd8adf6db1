//! Reports: each a pure function from the book, a period and now to plain data (R60).
//!
//! [`REPORTS`] is the one table of them. A report is a row of sections; a section is a function from the [`Scope`] to
//! plain data, and several reports share it. Figures are small [rules](figure::Rule) over a [span](scope::Span).
//! Nothing here draws, writes or reads a clock.

mod agencies;
mod arrivals;
pub mod budget;
mod charts;
mod claims;
mod complaints;
mod consults;
pub mod customer_file;
pub mod customers;
pub mod diff;
pub mod figure;
mod goals;
mod groups;
mod improvements;
pub mod in_short;
mod listing;
mod meetings;
pub mod model;
mod orders;
mod plans;
mod qa;
mod quality;
mod receivables;
mod repairs;
mod rhythm;
pub mod scope;
pub mod scores;
mod settlements;
mod shifts;
mod shipments;
mod sla;
mod tickets;
mod tracking;
mod trainings;
mod visits;
mod work;

use crate::base::number::Code;
use crate::base::period::{Period, Unit};
use crate::base::problem::Problem;
use crate::base::words::{Text, Words, words};
use crate::book::Book;
use crate::tr;
use model::{Input, Report, Section};
use scope::Scope;

/// One part of a report; `None` where it has nothing to do with the period.
pub type MakeSection = fn(&Scope<'_>) -> Option<Section>;

/// The description of a report.
#[derive(Debug)]
pub struct ReportSpec {
    /// Stable key and subcommand.
    pub name: &'static str,
    /// Heading.
    pub title: Words,
    /// One line of help.
    pub help: Words,
    /// The period reported where none is typed is the running one of this length.
    pub unit: Unit,
    /// Which periods it takes.
    pub takes: Takes,
    /// Its parts, in reading order.
    pub sections: &'static [MakeSection],
}

/// Which periods a report takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Any days.
    Any,
    /// Whole months: what it tells of is known by the month.
    Months,
    /// Those of its own length alone, after which it is named.
    Own,
}

impl ReportSpec {
    /// The period as the report is made of it: `2026-11-01..2026-11-30` is November.
    ///
    /// # Errors
    /// `report.period` where it takes no such period, with one that it takes.
    pub fn over(&self, period: Period) -> Result<Period, Problem> {
        let found = match self.takes {
            Takes::Any => Some(period),
            Takes::Months => Some(period).filter(|period| period.is_of(Unit::Month)),
            Takes::Own => self.whole(period),
        };
        let title = self.title;
        found.ok_or_else(|| {
            Problem::new(
                "report.period",
                tr!("{title}: not to be made of {period}", "{title}不能按 {period} 生成"; title),
                self.remedy(period),
            )
        })
    }

    /// What to type in place of a period that it does not take.
    fn remedy(&self, period: Period) -> Text {
        if self.takes != Takes::Own {
            return tr!(
                "give whole months, quarters or years: 2026-11, 2026-10..2026-11, 2026-Q4, 2026",
                "请按整月、整季或整年填写：2026-11、2026-10..2026-11、2026-Q4、2026"
            );
        }
        let name = self.name;
        let is_of_that = |spec: &&ReportSpec| spec.takes == Takes::Own && spec.whole(period).is_some();
        let Some(ReportSpec { name: other, .. }) = REPORTS.iter().find(is_of_that) else {
            return tr!(
                "give a period of its own length, as last-{name}; reports on one subject, such as orders or sla, take any days",
                "请填写相应长度的期间，如 last-{name}；订单、时限等专项报表可用任意起止日期"
            );
        };
        tr!(
            "type cs report {other} {period}, or a period of this one's length, as last-{name}",
            "请用 cs report {other} {period}；或填写本报表相应长度的期间，如 last-{name}"
        )
    }

    /// A period by the name of the report's own length; none of any other length.
    fn whole(&self, period: Period) -> Option<Period> {
        let whole = Period::holding(self.unit, period.from);
        ((whole.from, whole.to) == (period.from, period.to)).then_some(whole)
    }
}

/// All reports, in the order in which help lists them.
pub static REPORTS: &[ReportSpec] = &[
    ReportSpec {
        name: "day",
        title: words("Daily report", "日报"),
        help: words("Show what came in, what is open and what is due today", "当日接单、未结和待办"),
        unit: Unit::Day,
        takes: Takes::Own,
        sections: &[
            rhythm::day,
            orders::orders,
            shipments::shipments,
            arrivals::arrivals,
            repairs::after_sales,
            consults::in_short,
            visits::in_short,
            complaints::in_short,
            improvements::in_short,
            claims::in_short,
            plans::in_short,
            meetings::in_short,
            shifts::in_short,
        ],
    },
    ReportSpec {
        name: "week",
        title: words("Weekly report", "周报"),
        help: words("Show the week by specialist and brand, and next week's plan", "按专员和品牌的本周情况及下周计划"),
        unit: Unit::Week,
        takes: Takes::Own,
        sections: &[
            orders::orders,
            shipments::shipments,
            arrivals::arrivals,
            repairs::after_sales,
            consults::in_short,
            visits::in_short,
            complaints::in_short,
            improvements::in_short,
            claims::in_short,
            plans::in_short,
            meetings::in_short,
            shifts::in_short,
            goals::goals,
            rhythm::people,
            rhythm::hard,
            rhythm::plan,
        ],
    },
    ReportSpec {
        name: "month",
        title: words("Monthly report", "月报"),
        help: words("Show the month's figures, their course, and what to decide", "本月各项指标、走势和待决事项"),
        unit: Unit::Month,
        takes: Takes::Own,
        sections: LONG,
    },
    ReportSpec {
        name: "quarter",
        title: words("Quarterly report", "季报"),
        help: words("Show the quarter's figures, their course, and what to decide", "本季各项指标、走势和待决事项"),
        unit: Unit::Quarter,
        takes: Takes::Own,
        sections: LONG,
    },
    ReportSpec {
        name: "year",
        title: words("Yearly report", "年报"),
        help: words("Show the year's figures, their course, and what to decide", "全年各项指标、走势和待决事项"),
        unit: Unit::Year,
        takes: Takes::Own,
        sections: LONG,
    },
    ReportSpec {
        name: "orders",
        title: words("Order tracking", "订单跟踪表"),
        help: words(
            "Show each open order: promised, made, shipped, received, paid",
            "每张未结订单的交期、生产、发货、到货和付款",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[tracking::orders],
    },
    ReportSpec {
        name: "shipments",
        title: words("Shipping report", "发货报表"),
        help: words("Show how shipments and carriers did", "发货及各物流公司的准时、差错和回单"),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[tracking::shipments],
    },
    ReportSpec {
        name: "customers",
        title: words("Customer report", "客户分析"),
        help: words(
            "Show what customers ordered by grade and credit, and who is silent",
            "各等级客户的业务量和走势、信用、投诉及沉默客户",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[customers::customers],
    },
    ReportSpec {
        name: "repairs",
        title: words("Repair report", "维修报表"),
        help: words(
            "Show open tickets, the time and cost of repairs, and how agencies did",
            "未结维修单、维修用时和费用、各广告公司情况",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[repairs::repairs],
    },
    ReportSpec {
        name: "quality",
        title: words("Product quality report", "产品质量报表"),
        help: words(
            "Show faults by model and component, their age and their cost",
            "各型号和部件的故障、故障发生时间和费用",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[quality::quality],
    },
    ReportSpec {
        name: "visits",
        title: words("Summary of visits", "回访总结"),
        help: words(
            "Show whom we visited, their scores, what they said, and what became of it (R38, R39)",
            "回访完成率、各项评分、客户反馈、需求及跟进（R38、R39）",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[visits::visits],
    },
    ReportSpec {
        name: "complaints",
        title: words("Complaint analysis", "投诉分析报表"),
        help: words(
            "Show complaints by cause, department and customer, their clocks, cost and prevention",
            "投诉的原因、责任部门、客户分析，时限、赔偿和预防措施",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[complaints::complaints],
    },
    ReportSpec {
        name: "sla",
        title: words("Clocks of service", "服务时限报表"),
        help: words(
            "Show how each clock was kept: due, met, missed, median, 90th percentile, worst",
            "各项时限的到期、按时、超时数，用时中位数、九成用时和最慢的单",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[sla::sla],
    },
    ReportSpec {
        name: "improvements",
        title: words("Improvement report", "整改报表"),
        help: words(
            "Show each open improvement and its step, and how long they take (R42)",
            "每项未结整改的进度、期限和用时（R42）",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[improvements::improvements],
    },
    ReportSpec {
        name: "freight",
        title: words("Freight report", "运费结算报表"),
        help: words(
            "Show what is settled with each carrier, and every difference (R16)",
            "各物流公司的对账、差异和付款情况（R16）",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[settlements::freight],
    },
    ReportSpec {
        name: "fees",
        title: words("Repair fee report", "维修费结算报表"),
        help: words(
            "Show what is settled with each agency, and every difference (R21)",
            "各广告公司的对账、差异和付款情况（R21）",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[settlements::fees],
    },
    ReportSpec {
        name: "consults",
        title: words("Consult report", "咨询报表"),
        help: words(
            "Show what was asked, how soon it was answered, and what came of it (R26, R27)",
            "咨询的类别、渠道、答复及时率和转单情况（R26、R27）",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[consults::consults],
    },
    ReportSpec {
        name: "claims",
        title: words("Insurance claims report", "理赔报表"),
        help: words(
            "Show what was claimed, assessed, paid and refused, by policy and carrier (R43)",
            "各保险单、物流公司的申请、定损、赔付和拒赔情况（R43）",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[claims::claims],
    },
    ReportSpec {
        name: BUDGET,
        title: words("Budget", "费用预算"),
        help: words(
            "Show what each kind of cost was to come to, what is spent, committed and left (R64)",
            "各类费用的预算、已支出、已承诺和剩余金额（R64）",
        ),
        unit: Unit::Year,
        takes: Takes::Months,
        sections: &[budget::budget],
    },
    ReportSpec {
        name: WORK,
        title: words("Weekly plan and summary", "工作计划与小结"),
        help: words(
            "Show what work was due, what was done on time, and what comes next, by person (R50)",
            "各人应完成、按时完成的事项，工作量得分和后续计划（R50）",
        ),
        unit: Unit::Week,
        takes: Takes::Any,
        sections: &[plans::plans],
    },
    ReportSpec {
        name: "training",
        title: words("Training report", "培训报表"),
        help: words(
            "Show what was taught, who came, how the month's test went, and who failed it (R52)",
            "培训场次、出勤、费用、月末测验成绩和不及格名单（R52）",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[trainings::training],
    },
    ReportSpec {
        name: "qa",
        title: words("Call quality report", "通话质检报表"),
        help: words(
            "Show how calls were scored, by person and item, and which failed or were contested (R54)",
            "各人、各项目的通话质检得分，不合格和申诉的评分（R54）",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[qa::qa],
    },
    ReportSpec {
        name: "shifts",
        title: words("Shifts", "值班报表"),
        help: words(
            "Show the roster, who came in time, hours by person, and what was handed over (R63)",
            "排班覆盖、到岗考勤、各人工时和交接待办（R63）",
        ),
        unit: Unit::Week,
        takes: Takes::Any,
        sections: &[shifts::shifts],
    },
    ReportSpec {
        name: "scores",
        title: words("Score report", "绩效考核报表"),
        help: words(
            "Show each person's bonus base, points, worth and standing, the ledger behind it, and what is proposed (R55–R58)",
            "各人绩效奖金基数、加扣分、折合金额、半年状态，台账明细及加扣分建议（R55–R58）",
        ),
        unit: Unit::Month,
        takes: Takes::Any,
        sections: &[scores::scores],
    },
];

/// The name of the report on the budget.
pub const BUDGET: &str = "budget";

/// The name of the report on planned work.
pub const WORK: &str = "work";

const LONG: &[MakeSection] = &[
    orders::orders,
    shipments::shipments,
    arrivals::arrivals,
    repairs::after_sales,
    consults::in_short,
    visits::in_months,
    complaints::in_months,
    improvements::in_short,
    claims::in_short,
    sla::in_short,
    plans::in_short,
    meetings::in_short,
    trainings::in_short,
    qa::in_short,
    shifts::in_short,
    scores::in_short,
    goals::goals,
    budget::in_short,
    rhythm::trend,
    rhythm::voice,
    rhythm::decide,
];

/// The report with this name.
pub fn named(name: &str) -> Option<&'static ReportSpec> {
    REPORTS.iter().find(|spec| spec.name == name)
}

/// Makes a report of a period, with the period before and the same period of the year before beside it. What can't be
/// read waits among the book's problems.
pub fn report(book: &Book<'_>, spec: &'static ReportSpec, period: Period, input: Input) -> Report {
    let scope = Scope::new(book, period);
    let sections = spec.sections.iter().filter_map(|section| section(&scope));
    let sections = sections.chain(goals::beside(&scope, spec.name)).collect();
    Report { name: spec.name, title: spec.title, period, input, sections }
}

/// Makes the report on planned work of one person, or of all (R50).
pub fn plans_of(book: &Book<'_>, period: Period, who: Option<&Code>, input: Input) -> Option<Report> {
    let spec = named(WORK)?;
    let scope = Scope::new(book, period);
    let goals = if who.is_none() { goals::beside(&scope, spec.name) } else { None };
    let sections = std::iter::once(plans::of(&scope, who)).chain(goals).collect();
    Some(Report { name: spec.name, title: spec.title, period, input, sections })
}
