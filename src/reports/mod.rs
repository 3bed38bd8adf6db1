//! Reports: each a pure function from the book, a period and now to plain data (R60).
//!
//! [`REPORTS`] is the one table of them. A report is a row of sections; a section is a function from the [`Scope`] to
//! plain data, and several reports share it. Figures are small [rules](figure::Rule) over a [span](scope::Span).
//! Nothing here draws, writes or reads a clock.

mod agencies;
mod arrivals;
pub mod diff;
pub mod figure;
mod groups;
mod listing;
pub mod model;
mod orders;
mod quality;
mod repairs;
mod rhythm;
pub mod scope;
mod settlements;
mod shipments;
mod tickets;
mod tracking;
mod work;

use crate::base::period::{Period, Unit};
use crate::base::words::{Words, words};
use crate::book::Book;
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
    /// Its parts, in reading order.
    pub sections: &'static [MakeSection],
}

/// All reports, in the order in which help lists them.
pub static REPORTS: &[ReportSpec] = &[
    ReportSpec {
        name: "day",
        title: words("Daily report", "日报"),
        help: words("Show what came in, what is open and what is due today", "当日接单、未结和待办"),
        unit: Unit::Day,
        sections: &[rhythm::day, orders::orders, shipments::shipments, arrivals::arrivals, repairs::after_sales],
    },
    ReportSpec {
        name: "week",
        title: words("Weekly report", "周报"),
        help: words("Show the week by specialist and brand, and next week's plan", "按专员和品牌的本周情况及下周计划"),
        unit: Unit::Week,
        sections: &[
            orders::orders,
            shipments::shipments,
            arrivals::arrivals,
            repairs::after_sales,
            rhythm::people,
            rhythm::plan,
        ],
    },
    ReportSpec {
        name: "month",
        title: words("Monthly report", "月报"),
        help: words("Show the month's figures, their course, and what to decide", "本月各项指标、走势和待决事项"),
        unit: Unit::Month,
        sections: LONG,
    },
    ReportSpec {
        name: "quarter",
        title: words("Quarterly report", "季报"),
        help: words("Show the quarter's figures, their course, and what to decide", "本季各项指标、走势和待决事项"),
        unit: Unit::Quarter,
        sections: LONG,
    },
    ReportSpec {
        name: "year",
        title: words("Yearly report", "年报"),
        help: words("Show the year's figures, their course, and what to decide", "全年各项指标、走势和待决事项"),
        unit: Unit::Year,
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
        sections: &[tracking::orders],
    },
    ReportSpec {
        name: "shipments",
        title: words("Shipping report", "发货报表"),
        help: words("Show how shipments and carriers did", "发货及各物流公司的准时、差错和回单"),
        unit: Unit::Month,
        sections: &[tracking::shipments],
    },
    ReportSpec {
        name: "repairs",
        title: words("Repair report", "维修报表"),
        help: words(
            "Show open tickets, the time and cost of repairs, and how agencies did",
            "未结维修单、维修用时和费用、各广告公司情况",
        ),
        unit: Unit::Month,
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
        sections: &[quality::quality],
    },
    ReportSpec {
        name: "freight",
        title: words("Freight report", "运费结算报表"),
        help: words(
            "Show what is settled with each carrier, and every difference (R16)",
            "各物流公司的对账、差异和付款情况（R16）",
        ),
        unit: Unit::Month,
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
        sections: &[settlements::fees],
    },
];

const LONG: &[MakeSection] =
    &[orders::orders, shipments::shipments, arrivals::arrivals, repairs::after_sales, rhythm::trend, rhythm::decide];

/// The report with this name.
pub fn named(name: &str) -> Option<&'static ReportSpec> {
    REPORTS.iter().find(|spec| spec.name == name)
}

/// Makes a report of a period, with the period before and the same period of the year before beside it. What can't be
/// read waits among the book's problems.
pub fn report(book: &Book<'_>, spec: &'static ReportSpec, period: Period, input: Input) -> Report {
    let scope = Scope::new(book, period);
    let sections = spec.sections.iter().filter_map(|section| section(&scope)).collect();
    Report { name: spec.name, title: spec.title, period, input, sections }
}
