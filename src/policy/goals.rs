//! Goals (R65): what a figure of the reports is to come to, for the department, for those who hold a role and for single
//! persons; set by `[goals]` in policy.toml and from a date on by a `[[change]]` (R68).
//!
//! A goal of a role is that of all who hold it together, and of each of them who has none of their own.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use toml::de::{DeTable, DeValue};

use super::nearest;
use crate::base::number::Code;
use crate::base::table::Amount;
use crate::base::toml::Doc;
use crate::base::words::{Lang, Text, Words, words};
use crate::lists::{ROLES, role};
use crate::tr;

/// The section of policy.toml that holds them.
pub const SECTION: &str = "goals";

/// On which side of a goal a figure is to lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The more the better.
    AtLeast,
    /// The less the better.
    AtMost,
}

impl Bound {
    /// What scripts see.
    pub fn code(self) -> &'static str {
        match self {
            Bound::AtLeast => "at_least",
            Bound::AtMost => "at_most",
        }
    }

    /// What people read.
    pub fn name(self) -> Words {
        match self {
            Bound::AtLeast => words("at least", "不低于"),
            Bound::AtMost => words("at most", "不高于"),
        }
    }

    /// The same as a sign.
    pub fn sign(self) -> &'static str {
        match self {
            Bound::AtLeast => "≥",
            Bound::AtMost => "≤",
        }
    }

    /// What policy.toml holds.
    pub fn ascii(self) -> &'static str {
        match self {
            Bound::AtLeast => ">=",
            Bound::AtMost => "<=",
        }
    }
}

/// What a figure is to come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// On which side of the value it is to lie.
    pub bound: Bound,
    /// The value, in the figure's unit; exactly it is met.
    pub value: Amount,
}

impl Goal {
    /// Whether it is a budget (R64): only these are in money, which grows with the length of a period.
    pub fn is_budget(self) -> bool {
        matches!(self.value, Amount::Money(_))
    }

    /// By how much a figure misses it; `None` where it is met. Judged as it is reported: a share to the tenth of a
    /// percent, a mean to the hundredth.
    pub fn miss(self, actual: Amount) -> Option<Amount> {
        match self.bound {
            Bound::AtLeast => self.value.beyond(actual),
            Bound::AtMost => actual.beyond(self.value),
        }
    }
}

/// A figure that may have a goal: one that does not grow with the length of the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Stable key, in policy.toml.
    pub key: &'static str,
    /// What people call it where it stands alone.
    pub name: Words,
    /// The figure's unit, as [`Amount::unit`].
    pub unit: Unit,
    /// Which side is the good one.
    pub bound: Bound,
    /// The key of the clock whose share of runs kept it is.
    pub clock: Option<&'static str>,
    /// The report that is about it.
    pub report: &'static str,
}

/// The units in which goals are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A share, to the tenth of a percent, up to 100 %.
    Percent,
    /// A mean of scores, from 1 to 5, to the hundredth.
    Points,
    /// Whole days.
    Days,
}

impl Unit {
    /// The unit's stable key, as [`Amount::unit`].
    pub fn key(self) -> &'static str {
        match self {
            Unit::Percent => "percent",
            Unit::Points => "points",
            Unit::Days => "days",
        }
    }

    /// The places after the point that it is told with, and the span of its values.
    fn shape(self) -> (u32, u64, u64) {
        match self {
            Unit::Percent => (1, 0, 100),
            Unit::Points => (2, 1, 5),
            Unit::Days => (0, 0, 3660),
        }
    }

    fn amount(self, digits: &str) -> Option<Amount> {
        let (places, least, most) = self.shape();
        let value: Decimal = digits.parse().ok()?;
        let exact = value.round_dp_with_strategy(places, RoundingStrategy::ToZero) == value;
        if !exact || !(Decimal::from(least)..=Decimal::from(most)).contains(&value) {
            return None;
        }
        let scaled = value.checked_mul(Decimal::from(10_u64.pow(places)))?;
        match self {
            Unit::Percent => scaled.to_u64().map(Amount::Permille),
            Unit::Points => scaled.to_u64().map(Amount::Points),
            Unit::Days => scaled.to_i64().map(Amount::Days),
        }
    }
}

/// Whose goal it is; the department's first, then by role and person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// That of all together.
    Department,
    /// That of all who hold a role: its code.
    Role(&'static str),
    /// One person's.
    Person(Code),
}

/// The goals in force.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Goals(BTreeMap<Whose, BTreeMap<&'static str, Goal>>);

impl Goals {
    /// The goals that the department's rules name.
    pub(super) fn defaults() -> Goals {
        let named = DEFAULTS.iter().filter_map(|(key, text)| Some((*key, goal(measure(key)?, text).ok()?)));
        Goals(BTreeMap::from([(Whose::Department, named.collect())]))
    }

    /// The goal set for the department, a role or a person as such.
    pub fn set_for(&self, whose: &Whose, key: &str) -> Option<Goal> {
        self.0.get(whose)?.get(key).copied()
    }

    /// The goal of a person with these roles: their own, else that of the first of their roles that has one.
    pub fn of_person(&self, code: &Code, roles: &[String], key: &str) -> Option<Goal> {
        let held = ROLES.iter().filter(|role| roles.iter().any(|held| held == role.code));
        let own = self.set_for(&Whose::Person(code.clone()), key);
        own.or_else(|| held.filter_map(|role| self.set_for(&Whose::Role(role.code), key)).next())
    }

    /// Whose goals there are, and for which figures; the department's first.
    pub fn iter(&self) -> impl Iterator<Item = (&Whose, impl Iterator<Item = (&'static str, Goal)>)> {
        self.0.iter().map(|(whose, goals)| (whose, goals.iter().map(|(key, goal)| (*key, *goal))))
    }

    /// Takes over what a layer of policy.toml says of goals; tells of each that makes no sense, which stays as it was.
    pub(super) fn set(&mut self, doc: &mut Doc<'_>, table: &DeTable<'_>) {
        for (key, raw) in table {
            let DeValue::Table(inner) = raw.get_ref() else {
                self.set_one(doc, Whose::Department, (key.get_ref(), key.span()), (raw.get_ref(), raw.span()));
                continue;
            };
            let name = key.get_ref().as_ref();
            let person = || name.parse().ok().map(Whose::Person);
            let Some(whose) = role(name).map(|role| Whose::Role(role.code)).or_else(person) else {
                let roles = ROLES.iter().map(|role| role.code).collect::<Vec<_>>().join(", ");
                doc.wrong(
                    "policy.goal",
                    key.span(),
                    tr!(
                        "goals of {name} (R65): {name} is neither a role nor a person's code",
                        "目标（R65）：{name} 既不是岗位代码也不是工号"
                    ),
                    tr!(
                        "the roles are: {roles}; a person's code is in capitals, as YX",
                        "岗位代码有：{roles}；工号用大写，如 YX"
                    ),
                );
                continue;
            };
            for (key, raw) in inner {
                self.set_one(doc, whose.clone(), (key.get_ref(), key.span()), (raw.get_ref(), raw.span()));
            }
        }
    }

    fn set_one(
        &mut self,
        doc: &mut Doc<'_>,
        whose: Whose,
        (key, at_key): (&str, Range<usize>),
        (raw, at): (&DeValue<'_>, Range<usize>),
    ) {
        let Some(measure) = measure(key) else {
            let near = nearest(MEASURES.iter().map(|measure| measure.key), key);
            return doc.wrong(
                "policy.goal",
                at_key,
                tr!("there are no goals for a figure {key} (R65)", "没有可设目标的指标 {key}（R65）"),
                tr!(
                    "did you mean {near}? `cs init` writes a file that names every one",
                    "是不是 {near}？cs init 写出的文件列有全部指标"
                ),
            );
        };
        match raw {
            DeValue::String(word) if word == NONE => _ = self.0.entry(whose).or_default().remove(measure.key),
            DeValue::String(text) => match goal(measure, text) {
                Ok(goal) => _ = self.0.entry(whose).or_default().insert(measure.key, goal),
                Err(help) => wrong(doc, key, at, help),
            },
            _ => wrong(doc, key, at, shape(measure)),
        }
    }

    /// The section as a new policy.toml holds it.
    pub(super) fn text(lang: Lang) -> String {
        let about = tr!(
            "# R65: goals that the reports show beside their figures. Those of a role or a person stand in a table of their\n# own, [goals.specialist] or [goals.YX]; a goal is dropped by \"none\". From a date on, in a [[change]]:\n#   goals.satisfaction = \">= 4.6\"\n# Figures that may have one:\n",
            "# R65：各指标的目标，与报表中的指标并列显示。某岗位或某人的目标另写一表，如 [goals.specialist]、[goals.YX]；\n# 取消目标写 \"none\"。自某日起变更，写在 [[change]] 中：\n#   goals.satisfaction = \">= 4.6\"\n# 可设目标的指标：\n"
        );
        let mut text = format!("\n[{SECTION}]\n{}", about.get(lang));
        for Measure { key, name, bound, .. } in MEASURES {
            text.push_str(&format!("#   {key} ({}): {}\n", bound.ascii(), name.get(lang)));
        }
        for (key, goal) in DEFAULTS {
            text.push_str(&format!("{key} = \"{goal}\"\n"));
        }
        text
    }
}

/// What stands in place of a goal that is in force no longer.
const NONE: &str = "none";

/// The figure that a goal is set for under this key.
pub fn measure(key: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.key == key)
}

fn wrong(doc: &mut Doc<'_>, key: &str, at: Range<usize>, help: Text) {
    doc.wrong("policy.goal", at, tr!("the goal {key} (R65) can't be read", "目标 {key}（R65）写法不对"), help);
}

/// Reads a goal such as `>= 4.5` or `≤ 1 %`.
fn goal(measure: &Measure, text: &str) -> Result<Goal, Text> {
    let text = text.trim();
    let on = |bound: Bound| text.strip_prefix(bound.ascii()).or_else(|| text.strip_prefix(bound.sign()));
    let digits = on(measure.bound).ok_or_else(|| shape(measure))?.trim();
    let digits = match measure.unit {
        Unit::Percent => digits.strip_suffix('%').unwrap_or(digits).trim_end(),
        Unit::Points | Unit::Days => digits,
    };
    let value = measure.unit.amount(digits).ok_or_else(|| shape(measure))?;
    Ok(Goal { bound: measure.bound, value })
}

/// How the goal of a figure is written.
fn shape(measure: &Measure) -> Text {
    let bound = measure.bound.ascii();
    match measure.unit {
        Unit::Percent => tr!(
            "write \"{bound} 95%\": from 0 to 100, at most one place after the point; or \"none\"",
            "请写 \"{bound} 95%\"：0 到 100，最多一位小数；取消写 \"none\""
        ),
        Unit::Points => tr!(
            "write \"{bound} 4.5\": from 1 to 5, at most two places after the point; or \"none\"",
            "请写 \"{bound} 4.5\"：1 到 5，最多两位小数；取消写 \"none\""
        ),
        Unit::Days => tr!(
            "write \"{bound} 3\": whole days, from 0 to 3660; or \"none\"",
            "请写 \"{bound} 3\"：整天数，0 到 3660；取消写 \"none\""
        ),
    }
}

/// The goals that R65 names.
const DEFAULTS: &[(&str, &str)] =
    &[("satisfaction", ">= 4.5"), ("complaints_in_time", ">= 95%"), ("arrival_errors", "<= 1%")];

/// The report, key, English and Chinese name of a figure.
type Named = (&'static str, &'static str, &'static str, &'static str);

const fn figure((report, key, en, zh): Named, unit: Unit, bound: Bound) -> Measure {
    Measure { key, name: words(en, zh), unit, bound, clock: None, report }
}

const fn score(named: Named) -> Measure {
    figure(named, Unit::Points, Bound::AtLeast)
}

const fn rate(named: Named) -> Measure {
    figure(named, Unit::Percent, Bound::AtLeast)
}

const fn errors(named: Named) -> Measure {
    figure(named, Unit::Percent, Bound::AtMost)
}

const fn days(named: Named) -> Measure {
    figure(named, Unit::Days, Bound::AtMost)
}

const fn kept(clock: &'static str, named: Named) -> Measure {
    Measure { clock: Some(clock), ..rate(named) }
}

/// Every figure that may have a goal. The reports hold one of that unit for each.
#[rustfmt::skip] // a row is a figure
pub const MEASURES: &[Measure] = &[
    kept("confirm", ("orders", "confirmed_in_time", "Orders confirmed in time", "订单确认及时率")),
    rate(("orders", "delays_told", "Delays told to the customer", "延期告知率")),
    rate(("shipments", "departed_as_planned", "Shipments departed on the planned day", "按计划日发出率")),
    kept("notice", ("shipments", "notified_in_time", "Consignees told in time", "发货通知及时率")),
    kept("slip", ("shipments", "slips_in_time", "Slips back in time", "回单及时率")),
    rate(("shipments", "arrived_on_time", "Goods arrived on time", "到货准时率")),
    kept("receipt", ("shipments", "receipted_in_time", "Arrival receipts made in time", "到货回执及时率")),
    errors(("shipments", "arrival_errors", "Arrival errors", "到货差错率")),
    errors(("shipments", "damage", "Damage on arrival", "到货破损率")),
    rate(("repairs", "mended_in_time", "Repairs done by the day wanted", "按要求日修复率")),
    days(("repairs", "days_to_mend", "Days to repair, median", "修复天数中位数")),
    kept("follow_up", ("repairs", "followed_in_time", "Repairs followed up in time", "维修回访及时率")),
    errors(("repairs", "still_faulty", "Repairs still faulty at follow-up", "维修回访故障率")),
    kept("parts", ("repairs", "parts_in_time", "Parts sent in time", "配件寄出及时率")),
    kept("consult_answered", ("consults", "consults_in_time", "Consults answered in time", "咨询答复及时率")),
    rate(("consults", "consults_turned", "Consults turned into a record", "咨询转单率")),
    rate(("visits", "visit_coverage", "Visits made, of those asked for", "回访完成率")),
    score(("visits", "satisfaction", "Satisfaction, mean", "总体满意度均分")),
    score(("visits", "quality", "Quality, mean", "产品质量均分")),
    score(("visits", "on_time", "On time, mean", "到货及时均分")),
    score(("visits", "arrival_accuracy", "Freedom from arrival errors, mean", "到货准确均分")),
    score(("visits", "damage_handling", "Damage handling, mean", "破损处理均分")),
    kept("complaint_officer", ("complaints", "officer_in_time", "Major complaints to the officer in time", "重大投诉转交及时率")),
    kept("complaint_leader", ("complaints", "leader_in_time", "Leader called about complaints in time", "紧急投诉报告领导及时率")),
    kept("complaint_handled", ("complaints", "complaints_in_time", "Complaints handled in time", "投诉处理及时率")),
    kept("complaint_told", ("complaints", "told_in_time", "Results of complaints told in time", "投诉结果告知及时率")),
    kept("complaint_progress", ("complaints", "progress_in_time", "Progress of complaints reported in time", "投诉进展报告及时率")),
    kept("complaint_call_back", ("complaints", "called_back_in_time", "Complaints called back in time", "投诉回访及时率")),
    rate(("complaints", "complaints_satisfied", "Satisfied at the call-back", "投诉回访满意率")),
    kept("claim_notified", ("claims", "insurer_told_in_time", "Insurer told in time", "保险报案及时率")),
    rate(("work", "workload", "Workload score", "工作量得分")),
    rate(("training", "attendance", "Attendance at training", "培训出勤率")),
    rate(("training", "tests_passed", "Tests passed", "测验及格率")),
    rate(("qa", "call_quality", "Score of calls, mean", "通话质检平均得分率")),
    rate(("shifts", "shifts_on_time", "Shifts on time", "值班准时率")),
    rate(("shifts", "roster_cover", "Time covered by the roster", "排班覆盖率")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Date;
    use crate::policy::Policy;

    fn goals(policy: &Policy, day: &str) -> Goals {
        policy.at(day.parse::<Date>().unwrap()).goals.clone()
    }

    fn told(goal: Option<Goal>) -> String {
        goal.map(|goal| format!("{} {}", goal.bound.sign(), goal.value.digits())).unwrap_or_default()
    }

    #[test]
    fn r65_the_goals_that_the_rule_names_are_set_by_default() {
        let policy = Policy::default();
        let of = |key| told(goals(&policy, "2026-11-20").set_for(&Whose::Department, key));
        assert_eq!(["satisfaction", "complaints_in_time", "arrival_errors"].map(of), ["≥ 4.50", "≥ 95.0", "≤ 1.0"]);
        assert_eq!(goals(&policy, "2026-11-20").iter().map(|(_, goals)| goals.count()).sum::<usize>(), 3);
    }

    #[test]
    fn r65_a_persons_own_goal_goes_before_that_of_a_role() {
        let text = "[goals]\nsatisfaction = \"≥4.2\"\n[goals.specialist]\nsatisfaction = \">= 4.3\"\nworkload = \">= 80 %\"\n\
                    [goals.qa]\nworkload = \">= 70\"\n[goals.YX]\nsatisfaction = \">= 4.75\"\n";
        let (policy, problems) = Policy::read(text);
        assert_eq!(problems, vec![]);
        let goals = goals(&policy, "2026-11-20");
        let roles = ["qa".to_string(), "specialist".to_string()];
        let of = |code: &str, key| told(goals.of_person(&code.parse().unwrap(), &roles, key));
        assert_eq!((of("YX", "satisfaction"), of("ZL", "satisfaction")), ("≥ 4.75".into(), "≥ 4.30".into()));
        // Of two roles the one that stands first among the roles counts, whatever the order in lists/staff.csv.
        assert_eq!((of("YX", "workload"), of("YX", "damage")), ("≥ 80.0".into(), String::new()));
        assert_eq!(told(goals.set_for(&Whose::Department, "satisfaction")), "≥ 4.20");
        let whose: Vec<&Whose> = goals.iter().map(|(whose, _)| whose).collect();
        let (roles, person) = ([Whose::Role("qa"), Whose::Role("specialist")], Whose::Person("YX".parse().unwrap()));
        assert_eq!(whose, [&Whose::Department, &roles[0], &roles[1], &person]);
    }

    #[test]
    fn r68_goals_change_and_end_with_a_date() {
        let text = "[goals]\ndays_to_mend = \"<= 5\"\n[[change]]\nfrom = 2026-07-01\ngoals.satisfaction = \">= 4.6\"\n\
                    goals.YX.satisfaction = \">= 4.7\"\n[[change]]\nfrom = 2027-01-01\ngoals.satisfaction = \"none\"\n";
        let (policy, problems) = Policy::read(text);
        assert_eq!(problems, vec![]);
        let of = |day, key| told(goals(&policy, day).set_for(&Whose::Department, key));
        assert_eq!(
            ["2026-06-30", "2026-07-01", "2027-01-01"].map(|day| of(day, "satisfaction")),
            ["≥ 4.50", "≥ 4.60", ""]
        );
        assert_eq!(of("2027-01-01", "days_to_mend"), "≤ 5");
        let own = |day| told(goals(&policy, day).of_person(&"YX".parse().unwrap(), &[], "satisfaction"));
        assert_eq!(["2026-06-30", "2027-01-01"].map(own), ["", "≥ 4.70"]);
    }

    #[test]
    fn r65_every_goal_that_makes_no_sense_is_named_at_once() {
        for (line, help) in [
            ("satisfacton = \">= 4\"", "did you mean satisfaction?"),
            ("satisfaction = \"<= 4.5\"", "\">= 4.5\""),
            ("arrival_errors = \">= 1%\"", "\"<= 95%\""),
            ("satisfaction = \">= 5.1\"", "from 1 to 5"),
            ("satisfaction = \">= 4.555\"", "two places"),
            ("satisfaction = \">= 90%\"", "from 1 to 5"),
            ("satisfaction = 4.5", "from 1 to 5"),
            ("satisfaction = \"4.5\"", "from 1 to 5"),
            ("complaints_in_time = \">= 101%\"", "from 0 to 100"),
            ("complaints_in_time = \">= 95.55%\"", "one place"),
            ("days_to_mend = \"<= 1.5\"", "whole days"),
            ("clerk.satisfaction = \">= 4\"", "the roles are: specialist,"),
            ("YX.satisfacton = \">= 4\"", "did you mean satisfaction?"),
            ("specialist.satisfaction = { goal = 4 }", "from 1 to 5"),
        ] {
            let (policy, problems) = Policy::read(&format!("[goals]\n{line}\nquality = \"good\"\n"));
            let mut told: Vec<_> = problems.iter().map(|p| (p.place.as_ref().unwrap().line, p.code)).collect();
            told.sort_unstable();
            assert_eq!(told, [(2, "policy.goal"), (3, "policy.goal")], "{line}");
            assert!(problems.iter().any(|p| p.help.en.contains(help)), "{line}: {problems:?}");
            assert_eq!(policy, Policy::default(), "{line}");
        }
    }

    #[test]
    fn r65_exactly_the_goal_is_met_and_beyond_it_the_miss_is_told_in_its_unit() {
        let [least, most] = ["satisfaction", "arrival_errors"]
            .map(|key| goals(&Policy::default(), "2026-11-20").set_for(&Whose::Department, key).unwrap());
        assert_eq!([450, 451, 500].map(|points| least.miss(Amount::Points(points))), [None; 3]);
        assert_eq!(least.miss(Amount::Points(431)), Some(Amount::Points(19)));
        assert_eq!([0, 10].map(|permille| most.miss(Amount::Permille(permille))), [None; 2]);
        assert_eq!(most.miss(Amount::Permille(11)), Some(Amount::Permille(1)));
    }
}
