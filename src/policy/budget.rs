//! The budget (R64): what each kind of cost may come to in a year, spread evenly over its months or listed month by
//! month; set by `[budget]` in policy.toml, for another year or from a date on by a `[[change]]` (R68).
//!
//! A month has the budget in force on its last day, so a change within a year leaves the months before it as they were.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::Datelike;
use toml::de::{DeTable, DeValue};

use super::{Policy, nearest};
use crate::base::field::{Ty, Value};
use crate::base::money::Money;
use crate::base::period::{Period, Unit};
use crate::base::toml::{Doc, value};
use crate::base::words::{Lang, Text, Words, words};
use crate::tr;

/// The section of policy.toml that holds it.
pub const SECTION: &str = "budget";

/// The months of a year.
const MONTHS: usize = 12;

/// A kind of cost that may have a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostKind {
    /// Stable key, in policy.toml.
    pub key: &'static str,
    /// What people call it.
    pub name: Words,
}

const fn kind(key: &'static str, en: &'static str, zh: &'static str) -> CostKind {
    CostKind { key, name: words(en, zh) }
}

/// Every kind of cost, in the order of R64.
pub const COSTS: &[CostKind] = &[
    kind("freight", "Freight", "运费"),
    kind("repair_fees", "Repair fees", "维修费"),
    kind("parts", "Parts", "配件"),
    kind("compensation", "Compensation", "赔偿"),
    kind("training", "Training", "培训"),
    kind("gifts", "Gifts", "礼品"),
];

/// The yearly amounts in force, month by month.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Budget(BTreeMap<&'static str, [Money; MONTHS]>);

impl Budget {
    /// Takes over what a layer of policy.toml says of the budget; tells of each amount that makes no sense, which stays
    /// as it was.
    pub(super) fn set(&mut self, doc: &mut Doc<'_>, table: &DeTable<'_>) {
        for (key, raw) in table {
            if let Err((at, help)) = self.set_one(key.get_ref(), key.span(), raw.get_ref(), raw.span()) {
                let key = key.get_ref();
                doc.wrong(
                    "policy.budget",
                    at,
                    tr!("the budget of {key} (R64) can't be read", "预算 {key}（R64）写法不对"),
                    help,
                );
            }
        }
    }

    fn set_one(
        &mut self,
        key: &str,
        at_key: Range<usize>,
        raw: &DeValue<'_>,
        at: Range<usize>,
    ) -> Result<(), (Range<usize>, Text)> {
        let Some(cost) = COSTS.iter().find(|cost| cost.key == key) else {
            let near = nearest(COSTS.iter().map(|cost| cost.key), key);
            let all = COSTS.iter().map(|cost| cost.key).collect::<Vec<_>>().join(", ");
            return Err((at_key, tr!("did you mean {near}? There are: {all}", "是不是 {near}？可用的有：{all}")));
        };
        if raw.as_str() == Some(NONE) {
            self.0.remove(cost.key);
            return Ok(());
        }
        let months = match raw {
            DeValue::Array(items) => {
                let amounts: Option<Vec<Money>> = items.iter().map(|item| amount(item.get_ref())).collect();
                amounts.and_then(|amounts| amounts.try_into().ok())
            }
            whole => amount(whole).map(|whole| std::array::from_fn(|at| whole.part(at as u64, MONTHS as u64))),
        };
        self.0.insert(cost.key, months.ok_or_else(|| (at, shape()))?);
        Ok(())
    }

    /// The section as a new policy.toml holds it: no amounts, for nobody knows them.
    pub(super) fn text(lang: Lang) -> String {
        let about = tr!(
            "# R64: what each kind of cost may come to in a year, spread evenly over its months; or twelve amounts, one for each\n# month. None is set unless it stands here; one is dropped by \"none\". For another year, in a [[change]]:\n#   from = 2027-01-01\n#   budget.freight = 260000\n# Kinds of cost:\n",
            "# R64：各类费用的年度预算，写一个金额则平均分摊到各月，也可逐月列出十二个金额。\n# 未写即无预算；取消预算写 \"none\"。下一年度的预算写在 [[change]] 中：\n#   from = 2027-01-01\n#   budget.freight = 260000\n# 费用类别：\n"
        );
        let mut text = format!("\n[{SECTION}]\n{}", about.get(lang));
        for CostKind { key, name } in COSTS {
            text.push_str(&format!("#   {key}: {}\n", name.get(lang)));
        }
        text
    }
}

/// What stands in place of a budget that is in force no longer.
const NONE: &str = "none";

fn amount(raw: &DeValue<'_>) -> Option<Money> {
    match value(Ty::Money, raw) {
        Ok(Some(Value::Money(money))) => Some(money),
        _ => None,
    }
}

fn shape() -> Text {
    tr!(
        "write 240000, or \"240000.50\" in quotes, for the year; or twelve such amounts as [20000, …]; or \"none\"",
        "请写全年金额 240000（有小数时加引号，如 \"240000.50\"），或十二个月的金额 [20000, …]；取消写 \"none\""
    )
}

impl Policy {
    /// The budget of a kind of cost for the months that a period touches; `None` where none of them has any.
    pub fn budget(&self, cost: &str, period: Period) -> Option<Money> {
        let months = period.parts(Unit::Month).into_iter().map(|part| Period::holding(Unit::Month, part.from));
        let budgets: Vec<Money> = months
            .filter_map(|month| Some(self.at(month.to).budget.0.get(cost)?[month.from.month0() as usize]))
            .collect();
        (!budgets.is_empty()).then(|| Money::sum(budgets))
    }
}

#[cfg(test)]
mod tests {
    use crate::base::period::Period;
    use crate::policy::Policy;

    fn budget(policy: &Policy, cost: &str, period: &str) -> String {
        let period = Period::parse(period, "2026-11-20".parse().unwrap()).unwrap();
        policy.budget(cost, period).map_or("-".into(), |money| money.to_string())
    }

    #[test]
    fn r64_a_year_is_spread_to_the_cent_or_listed() {
        let text =
            "[budget]\nfreight = 100\nparts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, \"12.50\"]\ngifts = \"0.05\"\n";
        let (policy, problems) = Policy::read(text);
        assert_eq!(problems, vec![]);
        // 100 / 12 = 8.333…: every third month has the cent that is left.
        let of =
            |cost, periods: &[&str]| periods.iter().map(|p| budget(&policy, cost, p)).collect::<Vec<_>>().join(" ");
        assert_eq!(of("freight", &["2026-01", "2026-02", "2026-03", "2026-Q1", "2026"]), "8.33 8.33 8.34 25.00 100.00");
        assert_eq!(of("parts", &["2026-01", "2026-12", "2026-Q4", "2026"]), "1.00 12.50 33.50 78.50");
        assert_eq!(of("gifts", &["2026", "2027", "2026-01", "2026-12"]), "0.05 0.05 0.00 0.01");
        // Some days of a month touch it.
        assert_eq!(of("parts", &["2026-W01", "2026-01-15..2026-02-03"]), "13.50 3.00");
        assert_eq!(of("compensation", &["2026"]), "-");
        assert_eq!(budget(&Policy::default(), "freight", "2026"), "-");
    }

    #[test]
    fn r64_r68_a_change_leaves_the_months_before_it_as_they_were() {
        let text = "[[change]]\nfrom = 2026-01-01\nbudget.freight = 1200\n[[change]]\nfrom = 2026-07-15\nbudget.freight = 2400\n\
                    [[change]]\nfrom = 2027-01-01\nbudget.freight = \"none\"\n";
        let (policy, problems) = Policy::read(text);
        assert_eq!(problems, vec![]);
        let of = ["2025", "2026-06", "2026-07", "2026", "2027-01", "2025-12-01..2026-01-31"]
            .map(|p| budget(&policy, "freight", p));
        assert_eq!(of, ["-", "100.00", "200.00", "1800.00", "-", "100.00"]);
    }

    #[test]
    fn r64_every_amount_that_makes_no_sense_is_named_at_once() {
        for (line, help) in [
            ("frieght = 1", "did you mean freight?"),
            ("freight = -1", "write 240000"),
            ("freight = 1.5", "in quotes"),
            ("freight = [1, 2]", "twelve"),
            ("freight = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, \"x\"]", "twelve"),
            ("freight = \"much\"", "write 240000"),
            ("freight = { year = 1 }", "write 240000"),
        ] {
            let (policy, problems) = Policy::read(&format!("[budget]\n{line}\nparts = true\n"));
            let mut told: Vec<_> = problems.iter().map(|p| (p.place.as_ref().unwrap().line, p.code)).collect();
            told.sort_unstable();
            assert_eq!(told, [(2, "policy.budget"), (3, "policy.budget")], "{line}");
            assert!(problems.iter().any(|p| p.help.en.contains(help)), "{line}: {problems:?}");
            assert_eq!(policy, Policy::default(), "{line}");
        }
    }
}
