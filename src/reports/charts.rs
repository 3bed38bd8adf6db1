//! What of each section people would rather look at than read.

use super::model::{Chart, ChartKind};
use crate::base::words::words;

const fn chart(en: &'static str, zh: &'static str, kind: ChartKind) -> Chart {
    Chart { title: words(en, zh), kind }
}

const fn attainment(figures: &'static [&'static str]) -> Chart {
    chart("Kept in time", "及时率", ChartKind::Attainment { figures })
}

const fn figures(en: &'static str, zh: &'static str, figures: &'static [&'static str]) -> Chart {
    chart(en, zh, ChartKind::Figures { figures })
}

const fn trend(en: &'static str, zh: &'static str, at: &'static str, values: &'static [&'static str]) -> Chart {
    chart(en, zh, ChartKind::Trend { table: "trend", at, values })
}

const fn voice(en: &'static str, zh: &'static str, at: &'static str, values: &'static [&'static str]) -> Chart {
    chart(en, zh, ChartKind::Trend { table: "voice", at, values })
}

/// Orders.
pub const ORDERS: &[Chart] = &[
    chart(
        "Amount ordered, by customer",
        "各客户订购金额",
        ChartKind::Pareto { table: "by_customer", labels: &["customer"], value: "amount" },
    ),
    attainment(&["confirmed_in_time", "delays_told"]),
];

/// Shipments.
pub const SHIPMENTS: &[Chart] = &[attainment(&["departed_as_planned", "notified_in_time", "slips_in_time"])];

/// Arrivals.
pub const ARRIVALS: &[Chart] = &[attainment(&["on_time", "receipted_in_time"])];

/// The course of a month or less, week by week. Weeks are told by their first day.
pub const TREND_BY_WEEK: &[Chart] = &[
    trend("Orders and shipments, by week from", "每周订单和发货（起始日）", "from", &["taken", "finished", "departed"]),
    trend("Amount ordered, by week from", "每周订购金额（起始日）", "from", &["amount"]),
    trend("Arrived on time, by week from", "每周到货准时率（起始日）", "from", &["on_time"]),
    trend(
        "Arrival errors and damage, by week from",
        "每周差错率和破损率（起始日）",
        "from",
        &["error_rate", "damage_rate"],
    ),
];

/// The course of a quarter or year, month by month.
pub const TREND_BY_MONTH: &[Chart] = &[
    trend("Orders and shipments, by month", "每月订单和发货", "period", &["taken", "finished", "departed"]),
    trend("Amount ordered, by month", "每月订购金额", "period", &["amount"]),
    trend("Arrived on time, by month", "每月到货准时率", "period", &["on_time"]),
    trend("Arrival errors and damage, by month", "每月差错率和破损率", "period", &["error_rate", "damage_rate"]),
];

/// What customers said in a month or less, week by week.
pub const VOICE_BY_WEEK: &[Chart] = &[
    voice(
        "Consults, complaints and visits, by week from",
        "每周咨询、投诉和回访（起始日）",
        "from",
        &["consults", "complaints", "visits"],
    ),
    voice("Satisfaction, by week from", "每周总体满意度（起始日）", "from", &["satisfaction"]),
];

/// What customers said in a quarter or year, month by month.
pub const VOICE_BY_MONTH: &[Chart] = &[
    voice(
        "Consults, complaints and visits, by month",
        "每月咨询、投诉和回访",
        "period",
        &["consults", "complaints", "visits"],
    ),
    voice("Satisfaction, by month", "每月总体满意度", "period", &["satisfaction"]),
    voice("Complaints handled in time, by month", "每月投诉处理及时率", "period", &["handled_in_time"]),
];

const fn most(en: &'static str, zh: &'static str, table: &'static str, label: &'static [&'static str]) -> Chart {
    chart(en, zh, ChartKind::Pareto { table, labels: label, value: "taken" })
}

const BY_CAUSE: Chart = most("Complaints, by root cause", "投诉的根本原因", "by_cause", &["cause"]);

/// Complaints in a few figures.
pub const COMPLAINTS_IN_SHORT: &[Chart] = &[attainment(&["handled_in_time", "satisfied"])];

/// The same of months and longer.
pub const COMPLAINTS_IN_MONTHS: &[Chart] = &[BY_CAUSE, attainment(&["handled_in_time", "satisfied"])];

/// The analysis of complaints.
pub const COMPLAINTS: &[Chart] = &[
    BY_CAUSE,
    most("Complaints, by department responsible", "投诉的责任部门", "by_department", &["department"]),
    most("Complaints, by customer", "投诉的客户", "by_customer", &["customer"]),
    attainment(&[
        "officer_in_time",
        "leader_in_time",
        "handled_in_time",
        "told_in_time",
        "progress_in_time",
        "call_back_in_time",
        "satisfied",
    ]),
];

/// Every clock.
pub const CLOCKS: &[Chart] = &[chart(
    "Met and missed, clock by clock",
    "各项时限按时与超时",
    ChartKind::Share { table: "clocks", labels: &["rule", "clock"], parts: &["met", "missed"] },
)];

/// Every clock by its share alone.
pub const CLOCKS_IN_SHORT: &[Chart] =
    &[chart("Clocks kept, the lowest first", "各项时限及时率（由低到高）", ChartKind::ShortOfAll)];

/// What is to be come to.
pub const GOALS: &[Chart] = &[chart(
    "Actual against the goal",
    "实际与目标",
    ChartKind::Against { table: "goals", labels: &["figure", "whose"], parts: &["actual"], goal: "goal" },
)];

/// After-sales in a few figures.
pub const AFTER_SALES: &[Chart] = &[figures("Repair tickets", "维修单", &["taken", "mended", "open", "overdue"])];

/// Insurance claims.
pub const CLAIMS: &[Chart] = &[
    figures(
        "Claimed, assessed, paid and refused",
        "申请、定损、赔付和拒赔金额",
        &["claimed", "assessed", "settled", "refused_amount", "pending"],
    ),
    chart(
        "Claimed, by policy",
        "各保险单申请金额",
        ChartKind::Pareto { table: "by_policy", labels: &["policy"], value: "claimed" },
    ),
    chart(
        "Claimed, by carrier",
        "各物流公司申请金额",
        ChartKind::Pareto { table: "by_carrier", labels: &["carrier"], value: "claimed" },
    ),
];

/// The same in a few figures.
pub const CLAIMS_IN_SHORT: &[Chart] =
    &[figures("Claimed, paid and pending", "申请、赔付和待赔金额", &["claimed", "settled", "pending"])];

/// Improvements.
pub const IMPROVEMENTS: &[Chart] = &[
    IMPROVING,
    chart(
        "Improvements opened, by model",
        "各型号整改立项",
        ChartKind::Pareto { table: "by_model", labels: &["name"], value: "opened" },
    ),
    chart("Open improvements, by state", "未结整改状态", ChartKind::States { table: "open", by: "state" }),
];

/// The same in a few figures.
pub const IMPROVEMENTS_IN_SHORT: &[Chart] = &[IMPROVING];

const IMPROVING: Chart =
    figures("Improvements", "整改", &["opened", "confirmed", "refused", "closed", "open", "overdue"]);

/// Customers.
pub const CUSTOMERS: &[Chart] = &[
    chart(
        "Amount ordered, by customer",
        "各客户订购金额",
        ChartKind::Pareto { table: "top", labels: &["customer"], value: "volume" },
    ),
    chart(
        "Amount ordered, by grade",
        "各等级客户订购金额",
        ChartKind::Pareto { table: "by_grade", labels: &["grade"], value: "volume" },
    ),
];

/// Consults in a few figures.
pub const CONSULTS_IN_SHORT: &[Chart] = &[attainment(&["answered_in_time", "turned"])];

/// Consults.
pub const CONSULTS: &[Chart] = &[
    most("Consults, by what was asked", "咨询的类别", "by_about", &["about"]),
    attainment(&["answered_in_time", "turned"]),
];

/// The summary of visits.
pub const VISITS: &[Chart] = &[chart(
    "Scores given",
    "评分分布",
    ChartKind::Share { table: "distribution", labels: &["score"], parts: &["five", "four", "three", "two", "one"] },
)];

/// The tracking of orders.
pub const TRACKING: &[Chart] =
    &[chart("Open orders, by state", "未结订单状态", ChartKind::States { table: "tracking", by: "state" })];

/// The report of shipments.
pub const SHIPPING: &[Chart] = &[
    attainment(&["on_time", "notified_in_time"]),
    chart("Shipments, by state", "发货单状态", ChartKind::States { table: "shipments", by: "state" }),
];

/// The report of repairs.
pub const REPAIRS: &[Chart] = &[
    attainment(&["mended_in_time", "followed_in_time", "parts_in_time"]),
    chart(
        "Tickets reported, by city",
        "各城市报修",
        ChartKind::Pareto { table: "by_city", labels: &["city"], value: "taken" },
    ),
    chart("Open tickets, by state", "未结维修单状态", ChartKind::States { table: "open", by: "state" }),
];

/// Product quality.
pub const QUALITY: &[Chart] = &[
    chart(
        "Quality faults, by model and component",
        "各型号部件质量故障",
        ChartKind::Pareto { table: "pareto", labels: &["name", "component"], value: "faults_quality" },
    ),
    chart(
        "Faults of each model, by cause",
        "各型号故障原因",
        ChartKind::Share {
            table: "by_model",
            labels: &["name"],
            parts: &["faults_quality", "faults_human", "faults_logistics"],
        },
    ),
    chart(
        "Age at quality faults, within warranty and after",
        "质量故障发生时间和质保",
        ChartKind::Share { table: "by_age", labels: &["age"], parts: &["in_warranty", "after_warranty"] },
    ),
];

/// Freight and repair fees: how far each party's months are settled.
pub const SETTLEMENT: &[Chart] = &[chart(
    "How far it is settled",
    "结算进度",
    ChartKind::Share {
        table: "by_party",
        labels: &["party", "month"],
        parts: &["paid", "to_pay", "disputed", "undecided", "awaited"],
    },
)];

/// Scores in a few figures.
pub const SCORES_IN_SHORT: &[Chart] = &[figures("Points given and taken", "加分和扣分", &["given", "taken"])];

/// Scores.
pub const SCORES: &[Chart] = &[chart(
    "Points taken in the half-year, by person",
    "半年累计扣分",
    ChartKind::Pareto { table: "standing", labels: &["person"], value: "taken" },
)];

const AGAINST_BUDGET: Chart = chart(
    "Spent and committed against the budget",
    "已支出和已承诺占预算",
    ChartKind::Against { table: "by_kind", labels: &["cost"], parts: &["spent", "committed"], goal: "budget" },
);

/// The budget in short.
pub const BUDGET_IN_SHORT: &[Chart] = &[AGAINST_BUDGET];

/// The budget.
pub const BUDGET: &[Chart] = &[
    AGAINST_BUDGET,
    chart(
        "Spent and committed, by kind of cost",
        "各类费用的已支出和已承诺",
        ChartKind::Share { table: "by_kind", labels: &["cost"], parts: &["spent", "committed"] },
    ),
    chart(
        "Budget and cost, by month",
        "每月预算和费用",
        ChartKind::Trend { table: "by_month", at: "month", values: &["budget", "in_all"] },
    ),
];

/// The weekly plan and summary.
pub const PLANS: &[Chart] = &[chart(
    "What became of what was due, by person",
    "各人计划完成情况",
    ChartKind::Share { table: "people", labels: &["person"], parts: &["on_time", "late", "missed", "open"] },
)];

const TAUGHT: Chart =
    chart("Came, and passed", "出勤率和及格率", ChartKind::Attainment { figures: &["attendance", "passed"] });

/// Training in a few figures.
pub const TRAINING_IN_SHORT: &[Chart] = &[TAUGHT];

/// Training.
pub const TRAINING: &[Chart] = &[
    chart(
        "Attended and missed, by person",
        "各人培训出勤",
        ChartKind::Share { table: "people", labels: &["person"], parts: &["attended", "absent"] },
    ),
    TAUGHT,
];

const MEAN: Chart = chart("Mean score of calls", "通话平均得分率", ChartKind::Attainment { figures: &["mean"] });

/// Call quality in a few figures.
pub const CALLS_IN_SHORT: &[Chart] = &[MEAN];

/// Call quality.
pub const CALLS: &[Chart] = &[
    MEAN,
    chart(
        "Points lost, by item",
        "各项目失分",
        ChartKind::Pareto { table: "by_item", labels: &["about"], value: "lost" },
    ),
];

const ON_DUTY: Chart =
    chart("Covered, and on time", "覆盖率和准时率", ChartKind::Attainment { figures: &["covered", "on_time_rate"] });

/// Shifts in a few figures.
pub const SHIFTS_IN_SHORT: &[Chart] = &[ON_DUTY];

/// Shifts.
pub const SHIFTS: &[Chart] = &[
    ON_DUTY,
    chart(
        "Presence, by person",
        "各人考勤",
        ChartKind::Share {
            table: "people",
            labels: &["person"],
            parts: &["on_time", "late", "left_early", "excused", "absent", "unknown"],
        },
    ),
];
