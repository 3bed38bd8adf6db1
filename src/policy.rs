//! policy.toml: every figure of the department's rules that a manager may change, with dated layers (R68).
//!
//! One table, [`KEYS`], holds each key with its rule, default and meaning; `cs init` writes the file from it and the
//! reader reads by it, so no figure can be known to one and not to the other.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::Weekday;
use toml::de::{DeTable, DeValue};

use crate::base::field::{Ty, Value};
use crate::base::money::Money;
use crate::base::problem::Problem;
use crate::base::time::{Date, Zone};
use crate::base::toml::{Doc, value};
use crate::base::words::{Lang, Text, Words, words};
use crate::clock::{Calendar, Span};
use crate::lists::ROLES;
use crate::tr;

/// The file's path.
pub const FILE: &str = "policy.toml";

/// The figures in force on a day.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Figures {
    /// Working spans of a day (R44).
    pub hours: Vec<Span>,
    /// Working days of a week (R44).
    pub weekdays: Vec<Weekday>,
    /// Share of a target after which a clock warns, in percent (R47).
    pub warn_percent: u64,
    /// Days in which a new or re-assigned customer is contacted (R5).
    pub new_customer_days: u64,
    /// What a customer of grade A, B, C weighs in a person's load (R6).
    pub grade_weights: [u64; 3],
    /// Days after which an agency's row is to be verified again (R7).
    pub agency_verified_days: u64,
    /// Days before its end from which an insurance policy is due (R7).
    pub policy_ends_days: u64,
    /// Days after which a credit rating is due again (R7).
    pub credit_rating_days: u64,
    /// Working days in which an order is confirmed; 0 is the same day (R8).
    pub confirm_workdays: u64,
    /// Working days between two looks at an unfinished order (R10).
    pub progress_workdays: u64,
    /// Days before the planned departure by which the consignee is told (R12).
    pub notify_days: u64,
    /// Days after arrival by which the signed slip is back (R13).
    pub slip_days: u64,
    /// Working days in which a discrepancy is remedied; 0 is the same day (R15).
    pub remedy_workdays: u64,
    /// Days on which the author may void an own step; 0 is the same day only (R66).
    pub void_author_days: u64,
    /// Who may sign what, and up to which amount (R1, R2).
    pub sign: BTreeMap<&'static str, Authority>,
}

impl Figures {
    /// The figures of the department's rules, as [`KEYS`] gives them; a test holds every default readable.
    fn defaults() -> Figures {
        let mut figures = Figures::default();
        for key in KEYS {
            let source = format!("value = {}", key.default);
            let table = DeTable::parse(&source).ok();
            if let Some(raw) = table.as_ref().and_then(|t| t.get_ref().get("value")) {
                let _ = (key.set)(&mut figures, key.path, raw.get_ref());
            }
        }
        figures
    }
}

/// The roles that may sign an action, each with its limit; lowest limit first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Authority(pub Vec<(&'static str, Option<Money>)>);

impl Authority {
    /// True where a role may sign for an amount (none: any).
    pub fn allows(&self, role: &str, amount: Option<Money>) -> bool {
        self.0.iter().any(|(r, limit)| *r == role && within(amount, *limit))
    }

    /// The roles that may sign for an amount, the lowest first.
    pub fn who(&self, amount: Option<Money>) -> Vec<&'static str> {
        self.0.iter().filter(|(_, limit)| within(amount, *limit)).map(|(role, _)| *role).collect()
    }
}

fn within(amount: Option<Money>, limit: Option<Money>) -> bool {
    match (amount, limit) {
        (Some(amount), Some(limit)) => amount <= limit,
        _ => true,
    }
}

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
    set: fn(&mut Figures, &'static str, &DeValue<'_>) -> Result<(), Text>,
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
];

fn whole(raw: &DeValue<'_>, most: u64) -> Result<u64, Text> {
    match value(Ty::Count, raw) {
        Ok(Some(Value::Whole(n))) if n <= most => Ok(n),
        _ => Err(tr!("give a whole number from 0 to {most}", "请填写 0 到 {most} 的整数")),
    }
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
        let role = ROLES.iter().find(|r| r.code == role.get_ref()).ok_or_else(expect)?.code;
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

/// The department's policy: the figures of old and those that hold from later dates on (R68).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    base: Figures,
    changes: Vec<(Date, Figures)>,
}

impl Default for Policy {
    /// The figures of the department's rules.
    fn default() -> Policy {
        let text = Policy::text(Lang::En);
        Policy::read(&text).0
    }
}

impl Policy {
    /// The figures in force on a day (R68).
    pub fn at(&self, day: Date) -> &Figures {
        self.changes.iter().rev().find(|(from, _)| *from <= day).map_or(&self.base, |(_, figures)| figures)
    }

    /// Reads policy.toml. An absent key means its default; all that is wrong is a problem.
    pub fn read(text: &str) -> (Policy, Vec<Problem>) {
        let file: Arc<str> = FILE.into();
        let mut doc = Doc::new(&file, text);
        let mut base = Figures::defaults();
        let mut changes = Vec::new();
        if let Some(root) = doc.parse() {
            set_all(&mut doc, &root, &mut base, &["change"]);
            let mut layers: Vec<(Date, &DeTable<'_>, Range<usize>)> = Vec::new();
            for (table, span) in doc.tables(&root, "change") {
                match table.get("from").map(|raw| value(Ty::Date, raw.get_ref())) {
                    Some(Ok(Some(Value::Date(from)))) if layers.iter().all(|(other, ..)| *other != from) => {
                        layers.push((from, table, span));
                    }
                    _ => doc.wrong(
                        "policy.from",
                        span,
                        tr!("a [[change]] needs a from date of its own", "每个 [[change]] 须有各自的 from 日期"),
                        tr!("write from = 2027-01-01", "请写 from = 2027-01-01"),
                    ),
                }
            }
            layers.sort_by_key(|(from, ..)| *from);
            let mut figures = base.clone();
            for (from, table, _) in layers {
                set_all(&mut doc, table, &mut figures, &["from"]);
                changes.push((from, figures.clone()));
            }
        }
        (Policy { base, changes }, doc.problems)
    }

    /// The text of a new policy.toml: every key with its default, its rule and its meaning.
    pub fn text(lang: Lang) -> String {
        let mut text = String::new();
        text.push_str(match lang {
            Lang::En => "# The figures of the department's rules. A key left out has the default shown here.\n# A figure that changes on a day goes at the end, under its date:\n#   [[change]]\n#   from = 2027-01-01\n#   shipment.slip_days = 5\n",
            Lang::Zh => "# 部门各项规则的数字。删去的键按此处的默认值执行。\n# 从某日起变更的数字写在文件末尾，并注明日期：\n#   [[change]]\n#   from = 2027-01-01\n#   shipment.slip_days = 5\n",
        });
        let mut section = "";
        for key in KEYS {
            let (table, name) = key.path.split_once('.').unwrap_or(("", key.path));
            if table != section {
                section = table;
                text.push_str(&format!("\n[{table}]\n"));
            }
            text.push_str(&format!("# {}: {}\n{name} = {}\n", key.rule, key.help.get(lang), key.default));
        }
        text
    }
}

/// Sets every figure that a layer names; tells of keys that are none.
fn set_all(doc: &mut Doc<'_>, layer: &DeTable<'_>, figures: &mut Figures, own: &[&str]) {
    for (section, raw) in layer {
        if own.contains(&section.get_ref().as_ref()) {
            continue;
        }
        let DeValue::Table(table) = raw.get_ref() else {
            unknown(doc, section.get_ref(), section.span());
            continue;
        };
        for (name, raw) in table {
            let path = format!("{}.{}", section.get_ref(), name.get_ref());
            match KEYS.iter().find(|key| key.path == path) {
                None => unknown(doc, &path, name.span()),
                Some(key) => {
                    if let Err(help) = (key.set)(figures, key.path, raw.get_ref()) {
                        let rule = key.rule;
                        doc.wrong(
                            "policy.value",
                            raw.span(),
                            tr!("{path} ({rule}) has a value that it can't take", "{path}（{rule}）的值不对"),
                            help,
                        );
                    }
                }
            }
        }
    }
}

fn unknown(doc: &mut Doc<'_>, path: &str, span: Range<usize>) {
    let near = KEYS.iter().max_by_key(|key| (1000.0 * closeness(key.path, path)) as u64).map_or("", |key| key.path);
    doc.wrong(
        "policy.key",
        span,
        tr!("policy.toml has no key {path}", "policy.toml 没有 {path} 这个键"),
        tr!(
            "did you mean {near}? `cs init` writes a file with every key",
            "是不是 {near}？cs init 会写出含全部键的文件"
        ),
    );
}

/// Share of letter pairs that two words have in common.
fn closeness(a: &str, b: &str) -> f64 {
    let pairs = |s: &str| s.as_bytes().windows(2).map(<[u8]>::to_vec).collect::<Vec<_>>();
    let (a, b) = (pairs(a), pairs(b));
    let common = a.iter().filter(|pair| b.contains(pair)).count();
    2.0 * common as f64 / (a.len() + b.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_policy_holds_every_key_and_equals_the_defaults() {
        for lang in [Lang::En, Lang::Zh] {
            let text = Policy::text(lang);
            let (policy, problems) = Policy::read(&text);
            assert_eq!(problems, vec![]);
            assert_eq!(policy, Policy::read("").0, "an absent key means its default");
            for key in KEYS {
                assert!(text.contains(&format!("# {}: ", key.rule)), "{}", key.path);
            }
        }
        assert_eq!(Policy::default().at(Date::MIN).slip_days, 7);
        assert_eq!(Policy::default().at(Date::MIN).weekdays.len(), 5);
    }

    #[test]
    fn r68_a_figure_holds_from_its_date_on_and_layers_build_on_each_other() {
        let text = "[shipment]\nslip_days = 6\n[[change]]\nfrom = 2027-06-01\nshipment.notify_days = 2\n[[change]]\nfrom = 2027-01-01\nshipment.slip_days = 5\n";
        let (policy, problems) = Policy::read(text);
        assert_eq!(problems, vec![]);
        let at = |text: &str| policy.at(text.parse().unwrap());
        assert_eq!((at("2026-12-31").slip_days, at("2027-01-01").slip_days), (6, 5));
        assert_eq!((at("2027-06-01").slip_days, at("2027-06-01").notify_days, at("2027-05-31").notify_days), (5, 2, 1));
    }

    #[test]
    fn r1_a_limit_names_the_next_role_up() {
        let freight = &Policy::default().at(Date::MIN).sign["freight"].clone();
        let yuan = |n| Some(Money::whole(n));
        assert!(freight.allows("supervisor", yuan(10_000)) && !freight.allows("supervisor", yuan(10_001)));
        assert_eq!(freight.who(yuan(10_001)), ["manager", "deputy", "gm"]);
        assert!(!freight.allows("specialist", yuan(1)));
    }

    #[test]
    fn every_wrong_key_and_value_is_named_at_once() {
        let text = "[shipment]\nslip_day = 5\nnotify_days = -1\n[sign]\nfreight = { boss = 1 }\n[clock]\nhours = [\"18:00-09:00\"]\nweekdays = []\n[[change]]\nslip = 1\n";
        let (_, problems) = Policy::read(text);
        let mut found: Vec<_> = problems.iter().map(|p| (p.place.as_ref().unwrap().line, p.code)).collect();
        found.sort_unstable();
        assert_eq!(
            found,
            [
                (2, "policy.key"),
                (3, "policy.value"),
                (5, "policy.value"),
                (7, "policy.value"),
                (8, "policy.value"),
                (9, "policy.from"),
            ]
        );
        assert!(problems.iter().any(|p| p.help.en.contains("shipment.slip_days")));
    }
}
