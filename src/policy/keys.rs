//! The table of keys: each with its rule, default, meaning, and how it is read.

use chrono::{NaiveTime, Weekday};
use toml::de::DeValue;

use super::{Authority, FILED_FORMATS, Figures, NamedHours, PERIODICALS, Weekly};
use crate::base::field::{Ty, Value};
use crate::base::money::Money;
use crate::base::stint::Stint;
use crate::base::time::Zone;
use crate::base::toml::value;
use crate::base::words::{Text, Words, words};
use crate::clock::{Calendar, Span, Target};
use crate::lists::{self, ROLES};
use crate::tr;

/// One key of policy.toml.
pub struct Key {
    /// Its table and name: `shipment.slip_days`.
    pub path: &'static str,
    /// The rule whose figure it holds.
    pub rule: &'static str,
    /// The default, as TOML.
    pub default: &'static str,
    /// Its meaning.
    pub help: Words,
    pub(super) set: fn(&mut Figures, &'static str, &DeValue<'_>) -> Result<(), Text>,
}

macro_rules! whole {
    ($field:ident, $most:literal) => {
        |f, _, v| whole(v, $most).map(|n| f.$field = n)
    };
}

/// Every key, in the order in which `cs init` writes them.
pub static KEYS: &[Key] = &[
    Key {
        path: "clock.hours",
        rule: "R44",
        default: "[\"09:00-12:00\", \"13:30-18:00\"]",
        help: words("Working hours of a working day", "工作日的工作时段"),
        set: |f, _, v| hours(v).map(|h| f.hours = h),
    },
    Key {
        path: "clock.weekdays",
        rule: "R44",
        default: "[\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]",
        help: words(
            "Working days of a week; lists/calendar.csv overrides single dates",
            "每周的工作日；个别日期以 lists/calendar.csv 为准",
        ),
        set: |f, _, v| weekdays(v).map(|d| f.weekdays = d),
    },
    Key {
        path: "clock.warn_percent",
        rule: "R47",
        default: "80",
        help: words("Warn when this share of a target is used up, in percent", "时限用去百分之几时预警"),
        set: whole!(warn_percent, 100),
    },
    Key {
        path: "customer.contact_days",
        rule: "R5",
        default: "7",
        help: words("Days in which the owner contacts a new or re-assigned customer", "新分配客户须在几天内联系"),
        set: whole!(new_customer_days, 3660),
    },
    Key {
        path: "customer.weight_a",
        rule: "R6",
        default: "3",
        help: words("What a grade A customer weighs in its owner's load", "A 类客户的工作量权重"),
        set: |f, _, v| whole(v, 1000).map(|n| f.grade_weights[0] = n),
    },
    Key {
        path: "customer.weight_b",
        rule: "R6",
        default: "2",
        help: words("What a grade B customer weighs", "B 类客户的工作量权重"),
        set: |f, _, v| whole(v, 1000).map(|n| f.grade_weights[1] = n),
    },
    Key {
        path: "customer.weight_c",
        rule: "R6",
        default: "1",
        help: words("What a grade C customer weighs", "C 类客户的工作量权重"),
        set: |f, _, v| whole(v, 1000).map(|n| f.grade_weights[2] = n),
    },
    Key {
        path: "customer.credit_days",
        rule: "R7",
        default: "365",
        help: words("Days after which a credit rating is due again", "信用等级几天后须重新评定"),
        set: whole!(credit_rating_days, 36600),
    },
    Key {
        path: "customer.rating_months",
        rule: "R7",
        default: "12",
        help: words(
            "The months up to today by whose orders and payments grade and credit are proposed",
            "按截至今天几个月内的订单和付款建议客户等级和信用",
        ),
        set: whole!(rating_months, 1200),
    },
    Key {
        path: "customer.silent_days",
        rule: "R38",
        default: "60",
        help: words(
            "Days without a contact after which an active customer is silent",
            "合作中的客户几天没有联系视为沉默客户",
        ),
        set: whole!(silent_days, 36600),
    },
    Key {
        path: "grade.a_amount",
        rule: "R6",
        default: "500000",
        help: words("What a grade A customer orders at least in those months", "A 类客户在上述期间的最低订购额"),
        set: |f, _, v| money(v).map(|m| f.grade_amounts[0] = m),
    },
    Key {
        path: "grade.b_amount",
        rule: "R6",
        default: "100000",
        help: words("What a grade B customer orders at least", "B 类客户的最低订购额"),
        set: |f, _, v| money(v).map(|m| f.grade_amounts[1] = m),
    },
    Key {
        path: "credit.a_days",
        rule: "R7",
        default: "30",
        help: words(
            "The most days from payment papers to payment, median, for credit A",
            "信用 A：从寄出付款资料到付清的天数（中位数）不超过几天",
        ),
        set: |f, _, v| whole(v, 3660).map(|n| f.credit_days[0] = n),
    },
    Key {
        path: "credit.b_days",
        rule: "R7",
        default: "45",
        help: words("The same for credit B", "信用 B：不超过几天"),
        set: |f, _, v| whole(v, 3660).map(|n| f.credit_days[1] = n),
    },
    Key {
        path: "credit.c_days",
        rule: "R7",
        default: "60",
        help: words("The same for credit C; beyond it is D", "信用 C：不超过几天；超过为 D"),
        set: |f, _, v| whole(v, 3660).map(|n| f.credit_days[2] = n),
    },
    Key {
        path: "credit.unpaid_days",
        rule: "R7",
        default: "90",
        help: words(
            "Days for which payment papers may stay unpaid before the credit is D",
            "寄出付款资料后超过几天仍未付清，信用为 D",
        ),
        set: whole!(unpaid_days, 3660),
    },
    Key {
        path: "agency.verify_days",
        rule: "R7",
        default: "90",
        help: words("Days after which an agency's row is verified again", "广告公司资料几天后须重新核实"),
        set: whole!(agency_verified_days, 36600),
    },
    Key {
        path: "insurance.ends_days",
        rule: "R7",
        default: "30",
        help: words("Days before its end from which an insurance policy is due", "保险单到期前几天提醒"),
        set: whole!(policy_ends_days, 3660),
    },
    Key {
        path: "order.confirm_workdays",
        rule: "R8",
        default: "0",
        help: words(
            "Working days in which an order is confirmed; 0 = the same day",
            "订单须在几个工作日内确认；0 为当天",
        ),
        set: whole!(confirm_workdays, 366),
    },
    Key {
        path: "order.progress_workdays",
        rule: "R10",
        default: "1",
        help: words("Working days between two looks at an unfinished order", "未完工订单每隔几个工作日查看一次"),
        set: whole!(progress_workdays, 366),
    },
    Key {
        path: "shipment.notify_days",
        rule: "R12",
        default: "1",
        help: words("Days before the planned departure by which the consignee is told", "计划发货前至少几天通知收货人"),
        set: whole!(notify_days, 366),
    },
    Key {
        path: "shipment.slip_days",
        rule: "R13",
        default: "7",
        help: words("Days after arrival by which the signed slip is back", "到货后几天内回单须返回"),
        set: whole!(slip_days, 3660),
    },
    Key {
        path: "receipt.remedy_workdays",
        rule: "R15",
        default: "0",
        help: words(
            "Working days in which a discrepancy is remedied; 0 = the same day",
            "到货差异须在几个工作日内处理；0 为当天",
        ),
        set: whole!(remedy_workdays, 366),
    },
    Key {
        path: "repair.warranty_months",
        rule: "R19",
        default: "12",
        help: words("Months of warranty from the day a fixture was made", "质保期：自展台制作之日起的月数"),
        set: whole!(warranty_months, 1200),
    },
    Key {
        path: "repair.judge_workdays",
        rule: "R18",
        default: "1",
        help: words(
            "Working days in which a ticket has its photo (R17) and is judged",
            "维修单须在几个工作日内收齐照片（R17）并判定责任",
        ),
        set: whole!(judge_workdays, 366),
    },
    Key {
        path: "repair.quote_workdays",
        rule: "R24",
        default: "1",
        help: words("Working days in which a quote is signed or declined", "报价须在几个工作日内批准或不采用"),
        set: whole!(quote_workdays, 366),
    },
    Key {
        path: "repair.dispatch_workdays",
        rule: "R20",
        default: "1",
        help: words(
            "Working days in which an agency is sent, where the ticket names no day",
            "未写明要求完成日的维修单须在几个工作日内派单",
        ),
        set: whole!(dispatch_workdays, 366),
    },
    Key {
        path: "repair.follow_days",
        rule: "R22",
        default: "5",
        help: words("Days after the repair in which the site is followed up", "修复后几天内须回访"),
        set: whole!(follow_days, 3660),
    },
    Key {
        path: "parts.send_workdays",
        rule: "R25",
        default: "0",
        help: words("Working days in which parts are sent; 0 = the same day", "配件须在几个工作日内寄出；0 为当天"),
        set: whole!(parts_workdays, 366),
    },
    Key {
        path: "consult.answer_target",
        rule: "R27",
        default: "\"24h real\"",
        help: words(
            "How soon a consult is answered: minutes (m) or hours (h), real or business, or workdays",
            "咨询须在多久内答复：分钟 m 或小时 h，real 自然时间、business 工作时间，或 workdays 工作日",
        ),
        set: |f, _, v| target(v).map(|t| f.answer_target = t),
    },
    Key {
        path: "complaint.large_loss",
        rule: "R28",
        default: "10000",
        help: words("The amount at stake from which a complaint is a major one", "涉及金额达到多少即为重大投诉"),
        set: |f, _, v| money(v).map(|m| f.large_loss = m),
    },
    Key {
        path: "complaint.officer",
        rule: "R29",
        default: "\"30m real\"",
        help: words(
            "How soon the complaints officer has a major complaint: minutes (m) or hours (h), real or business, or workdays",
            "重大投诉须在多久内转交投诉管理员：分钟 m 或小时 h，real 自然时间、business 工作时间，或 workdays 工作日",
        ),
        set: |f, _, v| target(v).map(|t| f.officer_target = t),
    },
    Key {
        path: "complaint.leader",
        rule: "R30",
        default: "\"0m real\"",
        help: words(
            "How soon a leader is called about an urgent complaint out of hours; 0m = at once",
            "非工作时间的紧急投诉须在多久内报告领导；0m 为立即",
        ),
        set: |f, _, v| target(v).map(|t| f.leader_target = t),
    },
    Key {
        path: "complaint.handle",
        rule: "R31",
        default: "\"48h real\"",
        help: words("How soon a complaint is handled", "投诉须在多久内处理完毕"),
        set: |f, _, v| target(v).map(|t| f.handle_target = t),
    },
    Key {
        path: "complaint.told",
        rule: "R32",
        default: "\"0 workdays\"",
        help: words(
            "How soon the complaints officer is told the result; 0 workdays = the same day",
            "处理结果须在多久内告知投诉管理员；0 workdays 为当天",
        ),
        set: |f, _, v| target(v).map(|t| f.told_target = t),
    },
    Key {
        path: "complaint.progress",
        rule: "R32",
        default: "\"3 workdays\"",
        help: words(
            "How long after receipt, and after each report, the next progress report is due",
            "未处理完毕的投诉多久须报告一次进展",
        ),
        set: |f, _, v| target(v).map(|t| f.report_target = t),
    },
    Key {
        path: "complaint.call_back_from",
        rule: "R35",
        default: "5",
        help: words("Days after receipt from which the customer is called back", "受理后第几天起可回访"),
        set: whole!(call_back_from, 366),
    },
    Key {
        path: "complaint.call_back_days",
        rule: "R35",
        default: "7",
        help: words("Days after receipt up to which the customer is called back", "受理后最迟第几天回访"),
        set: whole!(call_back_days, 366),
    },
    Key {
        path: "complaint.causes",
        rule: "R36",
        default: "[\"product\", \"packing\", \"transport\", \"late\", \"wrong_goods\", \"installation\", \"repair\", \"service\", \"price\", \"information\"]",
        help: words(
            "The root causes of complaints; others are named with --new",
            "投诉根本原因：product 产品质量、packing 包装不当、transport 运输损坏、late 延误、wrong_goods 错发漏发、installation 安装问题、repair 维修问题、service 服务态度、price 价格费用、information 信息有误，也可直接写中文；未列出的用 --new 登记",
        ),
        set: |f, _, v| causes(v).map(|c| f.causes = c),
    },
    Key {
        path: "complaint.recurs",
        rule: "R36",
        default: "3",
        help: words(
            "How often in a month a cause is named before it asks for a preventive measure; 0 = never",
            "同一原因一个月内出现几次须制定预防措施；0 为不要求",
        ),
        set: whole!(cause_recurs, 1000),
    },
    Key {
        path: "visit.round_day",
        rule: "R38",
        default: "20",
        help: words("Day of the month on which the round of visits starts", "每月几号开始月度回访"),
        set: |f, _, v| within(v, 1, 31).map(|n| f.round_day = n),
    },
    Key {
        path: "visit.round_days",
        rule: "R38",
        default: "10",
        help: words(
            "Days after its start by which the round is over, at the latest on the month's last working day",
            "回访开始后几天内完成，最迟为当月最后一个工作日",
        ),
        set: whole!(round_days, 31),
    },
    Key {
        path: "visit.summary_days",
        rule: "R39",
        default: "7",
        help: words("Days after the round in which its summary is handed in", "回访结束后几天内提交回访总结"),
        set: whole!(summary_days, 366),
    },
    Key {
        path: "visit.low_score",
        rule: "R38",
        default: "2",
        help: words(
            "The score (1 to 5) from which on down something has to be done; 0 = never",
            "评分（1–5）不高于几分时须跟进；0 为不要求",
        ),
        set: whole!(low_score, 5),
    },
    Key {
        path: "visit.follow_workdays",
        rule: "R38",
        default: "2",
        help: words(
            "Working days in which a need stated at a visit is followed up",
            "回访中提出的需求须在几个工作日内跟进",
        ),
        set: whole!(visit_follow_workdays, 366),
    },
    Key {
        path: "improve.analyse_workdays",
        rule: "R42",
        default: "2",
        help: words(
            "Working days in which R&D analyses what is to be improved",
            "整改登记后须在几个工作日内完成原因分析",
        ),
        set: whole!(analyse_workdays, 366),
    },
    Key {
        path: "improve.plan_workdays",
        rule: "R42",
        default: "3",
        help: words(
            "Working days after the analysis, a refusal or a failure in which a plan is made",
            "分析完成、客户不同意或验证无效后须在几个工作日内拟定方案",
        ),
        set: whole!(plan_workdays, 366),
    },
    Key {
        path: "improve.send_workdays",
        rule: "R42",
        default: "1",
        help: words("Working days in which a plan is sent to the customer", "方案须在几个工作日内发送客户"),
        set: whole!(send_workdays, 366),
    },
    Key {
        path: "improve.confirm_days",
        rule: "R42",
        default: "3",
        help: words(
            "Days after which the customer is asked again to confirm a plan",
            "方案发出或催问后几天未答复须再次催问",
        ),
        set: whole!(consent_days, 366),
    },
    Key {
        path: "improve.verify_workdays",
        rule: "R42",
        default: "5",
        help: words(
            "Working days after it was carried out in which it is verified that it works",
            "实施后须在几个工作日内验证效果",
        ),
        set: whole!(verify_workdays, 366),
    },
    Key {
        path: "claim.notify",
        rule: "R43",
        default: "\"48h real\"",
        help: words(
            "How soon after the arrival receipt the insurer is told of a loss",
            "到货后须在多久内向保险公司报案",
        ),
        set: |f, _, v| target(v).map(|t| f.claim_notify = t),
    },
    Key {
        path: "claim.papers_workdays",
        rule: "R43",
        default: "5",
        help: words(
            "Working days in which a claim's papers are filed, once the insurer was told",
            "报案后须在几个工作日内提交索赔材料",
        ),
        set: whole!(claim_papers_workdays, 366),
    },
    Key {
        path: "claim.assess_days",
        rule: "R43",
        default: "30",
        help: words(
            "Days after the papers in which the insurer is to have assessed the loss",
            "提交材料后保险公司应在几天内定损",
        ),
        set: whole!(claim_assess_days, 3660),
    },
    Key {
        path: "claim.settle_days",
        rule: "R43",
        default: "10",
        help: words("Days after the assessment in which the insurer is to have paid", "定损后保险公司应在几天内赔付"),
        set: whole!(claim_settle_days, 3660),
    },
    Key {
        path: "settlement.days",
        rule: "R16",
        default: "0",
        help: words(
            "Days after its last day by which a month is settled with carriers and agencies",
            "月末后几天内须与物流公司、广告公司对账结算",
        ),
        set: whole!(settlement_days, 366),
    },
    Key {
        path: "work.plan_due",
        rule: "R50",
        default: "\"fri 10:00\"",
        help: words(
            "When next week's work plan stands; where that is a day off, on the working day before",
            "每周何时提交下周工作计划；遇休息日提前到上一个工作日",
        ),
        set: |f, _, v| weekly(v).map(|at| f.plan_due = at),
    },
    Key {
        path: "meeting.weekly",
        rule: "R51",
        default: "\"fri 10:00\"",
        help: words(
            "When the weekly meeting is; where that is a day off, on the working day before",
            "周例会时间；遇休息日提前到上一个工作日",
        ),
        set: |f, _, v| weekly(v).map(|at| f.weekly_meeting = at),
    },
    Key {
        path: "meeting.monthly_before",
        rule: "R51",
        default: "25",
        help: words(
            "The monthly meeting is on the last such weekday before this day of the month",
            "月度例会在每月几号前的最后一个例会日召开",
        ),
        set: |f, _, v| within(v, 8, 28).map(|n| f.monthly_before = n),
    },
    Key {
        path: "meeting.minutes",
        rule: "R51",
        default: "60",
        help: words("The most minutes that a meeting lasts", "会议最长几分钟"),
        set: |f, _, v| within(v, 1, 1440).map(|n| f.meeting_minutes = n),
    },
    Key {
        path: "training.slot",
        rule: "R52",
        default: "\"wed 14:00\"",
        help: words(
            "When the weekly training is; a week in which that is a day off has none",
            "每周培训时间；遇休息日当周不培训",
        ),
        set: |f, _, v| weekly(v).map(|at| f.training_slot = at),
    },
    Key {
        path: "training.pass_points",
        rule: "R52",
        default: "60",
        help: words("Points out of 100 from which on a test is passed", "测验及格分（满分 100）"),
        set: |f, _, v| within(v, 1, 100).map(|n| f.pass_points = n),
    },
    Key {
        path: "training.mark_workdays",
        rule: "R52",
        default: "2",
        help: words(
            "Working days after a test in which it is marked; 0 = the same day",
            "测验后几个工作日内登记成绩；0 为当天",
        ),
        set: whole!(mark_workdays, 366),
    },
    Key {
        path: "shift.spans",
        rule: "R63",
        default: "[\"early/早班 08:00-16:00\", \"late/晚班 16:00-24:00\", \"night/夜班 00:00-08:00\"]",
        help: words(
            "The hours that a roster calls by name; of several names any is taken",
            "排班时可用班名代替的起止时间；一个班可有多个名称",
        ),
        set: |f, _, v| named_hours(v).map(|named| f.shift_spans = named),
    },
    Key {
        path: "shift.grace_minutes",
        rule: "R63",
        default: "0",
        help: words(
            "Minutes by which somebody may come late or leave early and be on time all the same",
            "迟到、早退在几分钟以内不计",
        ),
        set: whole!(shift_grace, 120),
    },
    Key {
        path: "shift.early_minutes",
        rule: "R63",
        default: "120",
        help: words("Minutes before a shift from which somebody may come", "最早可提前几分钟到岗签到"),
        set: whole!(shift_early, 1440),
    },
    Key {
        path: "shift.explain_days",
        rule: "R63",
        default: "0",
        help: words(
            "Days after a shift up to which the person may say why they were late or left early; 0 = the same day",
            "迟到、早退后本人可在几天内补充说明原因；0 为仅当天",
        ),
        set: whole!(shift_explain_days, 31),
    },
    Key {
        path: "shift.cover_days",
        rule: "R63",
        default: "0",
        help: words(
            "Days from now on of which every minute is to be on the roster, 24 × 7; 0 = asked of nobody",
            "今后几天内须 24 小时不间断排班；0 为不要求",
        ),
        set: whole!(shift_cover_days, 62),
    },
    Key {
        path: "report.filed",
        rule: "R53",
        default: "[\"day\", \"week\", \"month\", \"quarter\", \"year\"]",
        help: words(
            "The reports that are filed: any of day, week, month, quarter, year",
            "需归档的报表：day 日报、week 周报、month 月报、quarter 季报、year 年报",
        ),
        set: |f, _, v| chosen(v, PERIODICALS.map(|(name, _)| name)).map(|names| f.filed = names),
    },
    Key {
        path: "report.formats",
        rule: "R53",
        default: "[\"md\"]",
        help: words(
            "How a filed report is written: any of md, json, html, xlsx",
            "归档报表的格式：md、json、html、xlsx，可多选",
        ),
        set: |f, _, v| chosen(v, FILED_FORMATS).map(|formats| f.filed_formats = formats),
    },
    Key {
        path: "report.time",
        rule: "R53",
        default: "\"06:00\"",
        help: words("From what time on its day a report is due to be filed", "报表在应归档当天的几点起归档"),
        set: |f, _, v| time(v).map(|time| f.filing_time = time),
    },
    Key {
        path: "report.day_days",
        rule: "R53",
        default: "1",
        help: words("Days after a day on which its report is due", "日报在当天之后第几天归档"),
        set: |f, _, v| closed(v).map(|n| f.filing_days[0] = n),
    },
    Key {
        path: "report.week_days",
        rule: "R53",
        default: "1",
        help: words("Days after a week's last day on which its report is due", "周报在周日之后第几天归档"),
        set: |f, _, v| closed(v).map(|n| f.filing_days[1] = n),
    },
    Key {
        path: "report.month_days",
        rule: "R53",
        default: "3",
        help: words("Days after a month's last day on which its report is due", "月报在月末之后第几天归档"),
        set: |f, _, v| closed(v).map(|n| f.filing_days[2] = n),
    },
    Key {
        path: "report.quarter_days",
        rule: "R53",
        default: "5",
        help: words("Days after a quarter's last day on which its report is due", "季报在季末之后第几天归档"),
        set: |f, _, v| closed(v).map(|n| f.filing_days[3] = n),
    },
    Key {
        path: "report.year_days",
        rule: "R53",
        default: "10",
        help: words("Days after a year's last day on which its report is due", "年报在年末之后第几天归档"),
        set: |f, _, v| closed(v).map(|n| f.filing_days[4] = n),
    },
    Key {
        path: "qa.pass_percent",
        rule: "R54",
        default: "60",
        help: words(
            "Share of its full points, in percent, from which on a call passes; below it a comment is needed",
            "通话质检得分达到满分的百分之几为合格；不合格须写评语",
        ),
        set: whole!(call_pass, 100),
    },
    Key {
        path: "qa.contest_days",
        rule: "R54",
        default: "3",
        help: words(
            "Working days in which the person scored may contest a score; 0 = the same day",
            "被质检人可在几个工作日内提出申诉；0 为当天",
        ),
        set: whole!(contest_workdays, 366),
    },
    Key {
        path: "qa.settle_days",
        rule: "R54",
        default: "3",
        help: words(
            "Working days in which a contested score is upheld or amended; 0 = the same day",
            "申诉须在几个工作日内裁定；0 为当天",
        ),
        set: whole!(contest_settle_workdays, 366),
    },
    Key {
        path: "qa.calls_month",
        rule: "R54",
        default: "0",
        help: words(
            "Calls of each specialist and of the call centre that are scored a month; 0 = no quota",
            "每月每名客服专员和呼叫中心人员须质检几通电话；0 为不作要求",
        ),
        set: whole!(calls_month, 1000),
    },
    Key {
        path: "score.weight_work",
        rule: "R55",
        default: "60",
        help: words(
            "What the weekly workload weighs in the bonus base of a month, in %; the three weights add up to 100",
            "周工作量在月度绩效奖金基数中的权重（%）；三项权重之和须为 100",
        ),
        set: |f, _, v| whole(v, 100).map(|n| f.score_weights[0] = n),
    },
    Key {
        path: "score.weight_performance",
        rule: "R55",
        default: "30",
        help: words("What the performance score weighs in it, in %", "绩效得分的权重（%）"),
        set: |f, _, v| whole(v, 100).map(|n| f.score_weights[1] = n),
    },
    Key {
        path: "score.weight_other",
        rule: "R55",
        default: "10",
        help: words("What other assessments weigh in it, in %", "其他考核的权重（%）"),
        set: |f, _, v| whole(v, 100).map(|n| f.score_weights[2] = n),
    },
    Key {
        path: "score.base",
        rule: "R55",
        default: "100",
        help: words("The performance score of a month without awards and deductions", "当月无加扣分时的绩效得分"),
        set: whole!(score_base, 1000),
    },
    Key {
        path: "score.cap",
        rule: "R55",
        default: "120",
        help: words("The most that the performance score of a month may be", "当月绩效得分的上限"),
        set: whole!(score_cap, 1000),
    },
    Key {
        path: "score.point_yuan",
        rule: "R56",
        default: "20",
        help: words("What a point is worth, in yuan", "一分折合多少元"),
        set: |f, _, v| money(v).map(|worth| f.point_worth = worth),
    },
    Key {
        path: "score.flag",
        rule: "R57",
        default: "30",
        help: words(
            "Points taken in a half-year from which a person is not to stay in post; the figure of its first day holds",
            "半年内累计扣满几分即不宜留岗；以半年首日的数字为准",
        ),
        set: |f, _, v| within(v, 1, 100_000).map(|n| f.score_flag = n),
    },
    Key {
        path: "score.warn",
        rule: "R57",
        default: "20",
        help: words(
            "Points taken in a half-year from which a person is warned; the figure of its first day holds",
            "半年内累计扣满几分即予预警；以半年首日的数字为准",
        ),
        set: |f, _, v| within(v, 1, 100_000).map(|n| f.score_warn = n),
    },
    Key {
        path: "void.author_days",
        rule: "R66",
        default: "0",
        help: words(
            "Days after a step on which its author may still void it; 0 = the same day; later a supervisor",
            "几天内本人可作废自己的步骤；0 为当天；之后由主管作废",
        ),
        set: whole!(void_author_days, 366),
    },
    Key {
        path: "sign.order_price",
        rule: "R2",
        default: "{ specialist = 50000, supervisor = 200000, manager = 1000000, deputy = \"any\", gm = \"any\" }",
        help: words("Who may confirm an order's prices, up to which sum", "谁可确认订单价格及其限额"),
        set: authority,
    },
    Key {
        path: "sign.freight_quote",
        rule: "R2",
        default: "{ specialist = 5000, supervisor = 20000, manager = 100000, deputy = \"any\", gm = \"any\" }",
        help: words("Who may agree a freight price, up to which amount", "谁可议定运费及其限额"),
        set: authority,
    },
    Key {
        path: "sign.freight",
        rule: "R11",
        default: "{ supervisor = 10000, manager = 50000, deputy = 200000, gm = \"any\" }",
        help: words("Who approves a shipment's freight, up to which amount", "谁可批准运费及其限额"),
        set: authority,
    },
    Key {
        path: "sign.return",
        rule: "R62",
        default: "{ supervisor = \"any\", manager = \"any\", deputy = \"any\", gm = \"any\" }",
        help: words("Who approves a return or exchange", "谁可批准退换货"),
        set: authority,
    },
    Key {
        path: "sign.judge",
        rule: "R18",
        default: "{ after_sales = \"any\", manager = \"any\", deputy = \"any\", gm = \"any\" }",
        help: words("Who judges the cause of a fault", "谁可判定故障原因"),
        set: authority,
    },
    Key {
        path: "sign.quote",
        rule: "R24",
        default: "{ after_sales = 3000, manager = 20000, deputy = 100000, gm = \"any\" }",
        help: words("Who approves an agency's quote, up to which sum", "谁可批准广告公司报价及其限额"),
        set: authority,
    },
    Key {
        path: "sign.reimburse",
        rule: "R21",
        default: "{ supervisor = 3000, after_sales = 3000, manager = 20000, deputy = 100000, gm = \"any\" }",
        help: words("Who releases an agency's fee, up to which amount", "谁可核准维修费用及其限额"),
        set: authority,
    },
    Key {
        path: "sign.parts",
        rule: "R25",
        default: "{ supervisor = 2000, after_sales = 2000, manager = 20000, deputy = \"any\", gm = \"any\" }",
        help: words("Who approves a parts request, up to which cost", "谁可批准配件申请及其成本限额"),
        set: authority,
    },
    Key {
        path: "sign.compensation",
        rule: "R33",
        default: "{ deputy = \"any\", gm = \"any\" }",
        help: words(
            "Who signs compensation and the measures of major complaints, up to which compensation",
            "谁可签批赔偿及重大投诉的处理措施及其赔偿限额",
        ),
        set: authority,
    },
    Key {
        path: "sign.prevent",
        rule: "R36",
        default: "{ gm = \"any\" }",
        help: words("Who approves a preventive measure", "谁可批准预防措施"),
        set: authority,
    },
    Key {
        path: "sign.settle",
        rule: "R16",
        default: "{ supervisor = 20000, after_sales = 20000, manager = 200000, deputy = 1000000, gm = \"any\" }",
        help: words(
            "Who decides differences with a carrier's or agency's statement and settles it, up to which sum",
            "谁可处理对账差异并结算及其限额",
        ),
        set: authority,
    },
    Key {
        path: "sign.void",
        rule: "R66",
        default: "{ supervisor = \"any\", manager = \"any\", deputy = \"any\", gm = \"any\" }",
        help: words("Who voids a step of somebody else, or of another day", "谁可作废他人的或隔日的步骤"),
        set: authority,
    },
    Key {
        path: "sign.assign",
        rule: "R6",
        default: "{ manager = \"any\", deputy = \"any\", gm = \"any\" }",
        help: words("Who may assign a customer otherwise than proposed", "谁可不按建议分配客户"),
        set: authority,
    },
    Key {
        path: "sign.rate",
        rule: "R7",
        default: "{ archivist = \"any\", manager = \"any\" }",
        help: words("Who may accept the grades and credits proposed for customers", "谁可采用建议的客户等级和信用"),
        set: authority,
    },
    Key {
        path: "sign.score",
        rule: "R58",
        default: "{ supervisor = \"any\", manager = \"any\", deputy = \"any\", gm = \"any\" }",
        help: words("Who gives and takes points, and reverses that", "谁可登记、冲销绩效加扣分"),
        set: authority,
    },
    Key {
        path: "sign.shift",
        rule: "R63",
        default: "{ supervisor = \"any\", manager = \"any\", deputy = \"any\", gm = \"any\" }",
        help: words(
            "Who may roster others, swap and cancel their shifts, and record when they came and left",
            "谁可为他人排班、换班、取消班次，以及代为登记到岗、离岗",
        ),
        set: authority,
    },
    Key {
        path: "sign.work",
        rule: "R50",
        default: "{ supervisor = \"any\", manager = \"any\", deputy = \"any\", gm = \"any\" }",
        help: words(
            "Who may plan work for others, and change, drop and void their items",
            "谁可为他人安排工作，修改、取消、作废他人的计划事项",
        ),
        set: authority,
    },
    Key {
        path: "sign.training",
        rule: "R52",
        default: "{ supervisor = \"any\", manager = \"any\", deputy = \"any\", gm = \"any\" }",
        help: words(
            "Who marks a test, and changes tests and held trainings of others",
            "谁可登记测验成绩，修改他人登记的测验和已办培训",
        ),
        set: authority,
    },
    Key {
        path: "sign.qa",
        rule: "R54",
        default: "{ qa = \"any\", supervisor = \"any\" }",
        help: words("Who scores calls, never an own one", "谁可做通话质检（不得质检本人的通话）"),
        set: authority,
    },
    Key {
        path: "sign.qa_review",
        rule: "R54",
        default: "{ supervisor = \"any\", manager = \"any\", deputy = \"any\", gm = \"any\" }",
        help: words(
            "Who upholds or amends a contested score: neither who gave it nor who contests it",
            "谁可裁定质检申诉（评分人和申诉人本人除外）",
        ),
        set: authority,
    },
];

fn whole(raw: &DeValue<'_>, most: u64) -> Result<u64, Text> {
    within(raw, 0, most)
}

fn within(raw: &DeValue<'_>, least: u64, most: u64) -> Result<u64, Text> {
    match value(Ty::Count, raw) {
        Ok(Some(Value::Whole(n))) if (least..=most).contains(&n) => Ok(n),
        _ => Err(tr!("give a whole number from {least} to {most}", "请填写 {least} 到 {most} 的整数")),
    }
}

/// Days after a period that is over.
fn closed(raw: &DeValue<'_>) -> Result<u64, Text> {
    whole(raw, 366).ok().filter(|days| *days > 0).ok_or_else(|| {
        tr!("give a whole number from 1 to 366: the period is to be over", "请填写 1 到 366 的整数：期间须已结束")
    })
}

/// Some of the names in a list, in its order.
fn chosen<const N: usize>(raw: &DeValue<'_>, among: [&'static str; N]) -> Result<Vec<&'static str>, Text> {
    let named = strings(raw).filter(|named| !named.is_empty() && named.iter().all(|name| among.contains(name)));
    named.map(|named| among.into_iter().filter(|name| named.contains(name)).collect()).ok_or_else(|| {
        let all = among.join(", ");
        tr!("give at least one of: {all}", "请至少填写其中一个：{all}")
    })
}

fn time(raw: &DeValue<'_>) -> Result<NaiveTime, Text> {
    raw.as_str().and_then(clock_time).ok_or_else(|| tr!("give a time of day, as \"06:00\"", "请填写时刻，如 \"06:00\""))
}

fn clock_time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok().filter(|_| text.len() == 5)
}

fn weekly(raw: &DeValue<'_>) -> Result<Weekly, Text> {
    let words = raw.as_str().and_then(|text| text.split_once(' '));
    let read = words.and_then(|(day, at)| Some(Weekly { day: day.parse().ok()?, time: clock_time(at)? }));
    read.ok_or_else(|| tr!("give a weekday and a time, as \"fri 10:00\"", "请填写星期和时刻，如 \"fri 10:00\""))
}

/// Spans with their names before them, no name twice: `early/早班 08:00-16:00`.
fn named_hours(raw: &DeValue<'_>) -> Result<Vec<NamedHours>, Text> {
    let expect = || {
        tr!(
            "give names and hours, as [\"early/早班 08:00-16:00\", \"night 22:00-06:00\"], each name once",
            "请填写班名和起止时间，如 [\"early/早班 08:00-16:00\", \"夜班 22:00-06:00\"]，班名不能重复"
        )
    };
    let one = |text: &str| -> Option<NamedHours> {
        let (names, hours) = text.trim().rsplit_once(' ')?;
        let names: Vec<String> = names.split('/').map(|name| name.trim().to_string()).collect();
        // A name that is hours itself would hide them.
        let sound = names.iter().all(|name| !name.is_empty() && name.parse::<Stint>().is_err());
        Some(NamedHours { names, hours: hours.parse().ok()? }).filter(|_| sound)
    };
    let named: Option<Vec<NamedHours>> = strings(raw).ok_or_else(expect)?.into_iter().map(one).collect();
    let named = named.ok_or_else(expect)?;
    let mut names: Vec<String> = named.iter().flat_map(|named| &named.names).map(|name| name.to_lowercase()).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    if names.len() == count { Ok(named) } else { Err(expect()) }
}

fn money(raw: &DeValue<'_>) -> Result<Money, Text> {
    match value(Ty::Money, raw) {
        Ok(Some(Value::Money(money))) => Ok(money),
        _ => Err(Ty::Money.expects()),
    }
}

fn target(raw: &DeValue<'_>) -> Result<Target, Text> {
    raw.as_str().unwrap_or("").parse()
}

fn causes(raw: &DeValue<'_>) -> Result<Vec<String>, Text> {
    let named = strings(raw).filter(|list| !list.is_empty() && list.iter().all(|cause| !cause.trim().is_empty()));
    let causes = named.map(|list| list.into_iter().map(|cause| cause.trim().to_string()).collect());
    causes.ok_or_else(|| tr!("give at least one cause, each as a text", "请至少填写一个原因，每个都写成文字"))
}

fn strings<'a>(raw: &'a DeValue<'_>) -> Option<Vec<&'a str>> {
    raw.as_array()?.iter().map(|item| item.get_ref().as_str()).collect()
}

fn hours(raw: &DeValue<'_>) -> Result<Vec<Span>, Text> {
    let expect = || {
        tr!(
            "give spans in order, as [\"09:00-12:00\", \"13:30-18:00\"]",
            "请按先后填写时段，如 [\"09:00-12:00\", \"13:30-18:00\"]"
        )
    };
    let spans = strings(raw).ok_or_else(expect)?.into_iter().map(str::parse).collect::<Result<Vec<Span>, _>>()?;
    Calendar::new(Zone::default(), &[Weekday::Mon], &spans).map(|_| spans)
}

fn weekdays(raw: &DeValue<'_>) -> Result<Vec<Weekday>, Text> {
    let days: Option<Vec<Weekday>> = strings(raw).and_then(|list| list.into_iter().map(|d| d.parse().ok()).collect());
    days.filter(|d| !d.is_empty()).ok_or_else(|| {
        tr!(
            "give at least one of: mon, tue, wed, thu, fri, sat, sun",
            "请至少填写其中一个：mon、tue、wed、thu、fri、sat、sun"
        )
    })
}

/// The third part of a path is the action's name.
fn authority(figures: &mut Figures, path: &'static str, raw: &DeValue<'_>) -> Result<(), Text> {
    let roles = || ROLES.iter().map(|r| r.code).collect::<Vec<_>>().join(", ");
    let expect = || {
        let roles = roles();
        tr!(
            "give roles with limits, as {{ supervisor = 5000, manager = \"any\" }}; the roles are: {roles}",
            "请填写岗位及限额，如 {{ supervisor = 5000, manager = \"any\" }}；岗位代码有：{roles}"
        )
    };
    let DeValue::Table(table) = raw else { return Err(expect()) };
    let mut signers = Vec::new();
    for (role, limit) in table {
        let role = lists::role(role.get_ref()).ok_or_else(expect)?.code;
        let limit = match limit.get_ref() {
            DeValue::String(text) if text == "any" => None,
            other => match value(Ty::Money, other) {
                Ok(Some(Value::Money(money))) => Some(money),
                _ => return Err(expect()),
            },
        };
        signers.push((role, limit));
    }
    if signers.is_empty() {
        return Err(expect());
    }
    let rank = |role: &str| ROLES.iter().position(|r| r.code == role);
    signers.sort_by_key(|(role, limit)| (limit.is_none(), *limit, rank(role)));
    figures.sign.insert(path.rsplit('.').next().unwrap_or(path), Authority(signers));
    Ok(())
}
