//! `cs score month`: the bonus base of a month (R55), of everybody in a line each, or of one person with each step of the
//! arithmetic, as it would be written on paper.

use std::collections::BTreeMap;

use clap::{ArgMatches, Command};

use crate::base::field::List;
use crate::base::money::Money;
use crate::base::number::{Code, Number};
use crate::base::period::{Period, Unit};
use crate::base::problem::{Outcome, Problem};
use crate::base::ratio::Ratio;
use crate::base::table::{Amount, Cell, Row, Table, column};
use crate::base::time::days_after;
use crate::base::words::{Lang, Text, Words, words};
use crate::bonus::{Assessment, Bonus, Month, Week, months};
use crate::book::Book;
use crate::commands::cli::{command, format_flag, format_of, word};
use crate::commands::env::Env;
use crate::commands::forms::Guest;
use crate::commands::known::{asked, over_known};
use crate::commands::print::print_with_records;
use crate::forms::score::{SCORE, Score};
use crate::policy::Figures;
use crate::reports::scores::{bonus_of, percent, score, signed};
use crate::scores::{Entry, clause_of};
use crate::tr;

const VERB: &str = "month";

/// The command joins those of the score entry.
pub const GUEST: Guest = Guest {
    tree: |group, lang| if group == SCORE.verbs.command { vec![tree(lang)] } else { Vec::new() },
    run: |env, group, verb, args| (group == SCORE.verbs.command && verb == VERB).then(|| run(env, args)),
};

fn tree(lang: Lang) -> Command {
    let about = words(
        "Show the bonus base of a month: workload, performance score and other assessments; of one person step by step (R55)",
        "查看月度绩效奖金基数：周工作量、绩效得分和其他考核；指定人员时逐步列出算式（R55）",
    );
    let who = words("Of this person: code, name or part of a name", "只看此人：员工代码、姓名或其一部分");
    let when =
        words("The month, as 2026-10 or last-month; this month if left out", "月份，如 2026-10 或上月（默认本月）");
    command(VERB, about, lang)
        .arg(word("STAFF", "STAFF", who, lang).required(false))
        .arg(word("MONTH", "MONTH", when, lang).required(false))
        .arg(format_flag(lang))
}

/// Runs it.
///
/// # Errors
/// When the person or the month is none, or something can't be read.
fn run(env: &Env, args: &ArgMatches) -> Outcome {
    over_known(env, |book| {
        let given = |name: &str| args.get_one::<String>(name).map(String::as_str);
        let usual = Period::holding(Unit::Month, book.now.today());
        let (who, period) = asked(book, given("STAFF"), given("MONTH"), usual)?;
        let month = Period::holding(Unit::Month, period.from);
        if period != month {
            return Err(Problem::new(
                "score.month",
                tr!("{period} is no month (R55)", "{period} 不是月份（R55）"),
                tr!("write a month, as 2026-10 or last-month", "请写月份，如 2026-10 或上月"),
            )
            .into());
        }
        let all = months(book, month, who.as_ref());
        let Some(who) = who else { return print_with_records(env, &bonus_of(book, &all), format_of(args), false) };
        let of = all.first().ok_or_else(|| no_month(book, month, &who))?;
        let figures = book.policy.at(month.from);
        print_with_records(env, &steps(book, figures, of), format_of(args), true)?;
        let (code, name) = (&of.staff, book.name(List::Staff, of.staff.as_str()));
        env.say(&tr!(
            "{code} {name}, {month}: each figure is shown to a tenth, and reckoned on as it is (R55)",
            "{code} {name}，{month}：各数显示到一位小数，计算过程不取整（R55）"
        ));
        Ok(())
    })
}

/// Why somebody has no bonus base of a month.
fn no_month(book: &Book<'_>, month: Period, who: &Code) -> Problem {
    let name = book.name(List::Staff, who.as_str());
    let another = || tr!("give another month, as last-month", "请改填其他月份，如上月");
    let (message, help) = if month.from > book.now.today() {
        (tr!("{month} has not begun (R55)", "{month} 尚未开始（R55）"), another())
    } else if months(book, month, None).is_empty() {
        (tr!("nothing is on record of {month} (R55)", "{month} 没有任何记录（R55）"), another())
    } else {
        (
            tr!("{who} {name} did not work here in {month} (R55)", "{who} {name} 在 {month} 不在职（R55）"),
            tr!("see `cs staff list`; check joined and left there", "请查看 cs staff list 中的入职和离职日期"),
        )
    };
    Problem::new("score.month", message, help)
}

/// One step of the arithmetic.
struct Step {
    step: Cell,
    what: Text,
    reckoned: Text,
    value: Cell,
    records: Vec<Number>,
}

/// Each step of one person's month: the weeks and their mean, the entries and the performance score, the assessments and
/// their mean, and what they come to.
fn steps(book: &Book<'_>, figures: &Figures, of: &Month) -> Table {
    let Month { facts, bonus, .. } = of;
    let weeks = facts.weeks.iter().map(week);
    let entries = of.entries.iter().map(|one| entry(book, one));
    let assessments = facts.assessments.iter().map(assessment);
    let percents: Vec<Ratio> = facts.weeks.iter().filter_map(Week::score).collect();
    let others: Vec<Ratio> = facts.assessments.iter().filter_map(Assessment::percent).collect();
    let part = |code, name, reckoned, value| Step {
        step: Cell::coded(code, name),
        what: Text::default(),
        reckoned,
        value,
        records: Vec::new(),
    };
    let work = mean(&percents, bonus.work, words("no week counts", "没有可计分的周"));
    let other = mean(&others, bonus.other, words("no assessment", "没有考核成绩"));
    let performance = Cell::from(Amount::Score(bonus.performance * 10));
    let steps = weeks
        .chain([part("work", words("Workload", "周工作量"), work, percent(bonus.work))])
        .chain(entries)
        .chain([part("performance", words("Performance", "绩效得分"), performed(figures, of), performance)])
        .chain(assessments)
        .chain([part("other", words("Other", "其他考核"), other, percent(bonus.other))])
        .chain([part("base", words("Bonus base", "绩效奖金基数"), weighed(figures, bonus), score(bonus.base))])
        .chain([part("worth", words("Worth", "折合金额"), worth(book, of), Cell::from(of.worth()))]);
    let row = |step: Step| Row {
        cells: vec![step.step, Cell::Words(step.what), Cell::Words(step.reckoned), step.value],
        records: step.records,
    };
    Table {
        name: "steps",
        title: words("Bonus base of the month, step by step", "月度绩效奖金基数算式"),
        columns: vec![
            column("step", "Step", "步骤").whole(),
            column("what", "What", "内容"),
            column("reckoned", "Reckoned", "算式"),
            column("value", "Value", "结果").numeric(),
        ],
        rows: steps.map(row).collect(),
    }
}

fn week(week: &Week) -> Step {
    let Week { week: days, due, on_time, .. } = week;
    let friday = days_after(days.from, 4);
    let shown = week.score().map(tenths).unwrap_or_default();
    Step {
        step: Cell::coded("week", words("Week", "周")),
        what: tr!("{days}, Friday {friday}", "{days}，周五 {friday}"),
        reckoned: match (week.is_over, due) {
            (false, _) => {
                tr!("{on_time} of {due} so far; not over: does not count", "已完成 {on_time}/{due}；本周未结束，不计")
            }
            (true, 0) => tr!("nothing due: does not count", "无应完成事项，不计"),
            (true, _) => tr!("{on_time} ÷ {due} = {shown}%", "{on_time} ÷ {due} = {shown}%"),
        },
        value: percent(week.score()),
        records: week.records.clone(),
    }
}

fn entry(book: &Book<'_>, entry: &Entry) -> Step {
    let (on, clause) = (entry.on, Score::of(&entry.form).clause());
    let about = clause_of(book, &entry.form).map(|clause| clause.name.clone()).unwrap_or_default();
    let counts = entry.counts;
    Step {
        step: if entry.points > 0 {
            Cell::coded("award", words("Award", "加分"))
        } else {
            Cell::coded("deduction", words("Deduction", "扣分"))
        },
        what: tr!("{on} {clause} {about}", "{on} {clause} {about}"; about),
        reckoned: if counts { Text::default() } else { tr!("reversed: does not count", "已冲销，不计") },
        value: if counts { signed(entry.points) } else { Cell::Empty },
        records: vec![entry.form.number.clone()],
    }
}

fn assessment(one: &Assessment) -> Step {
    let Assessment { name, got, of, records } = one;
    let shown = one.percent().map(tenths).unwrap_or_default();
    Step {
        step: Cell::coded("assessment", words("Assessment", "考核")),
        what: Text::from(*name),
        reckoned: tr!("{got} ÷ {of} = {shown}%", "{got} ÷ {of} = {shown}%"),
        value: percent(one.percent()),
        records: records.clone(),
    }
}

fn tenths(value: Ratio) -> String {
    Amount::Score(value.tenths()).digits()
}

/// How a mean comes about.
fn mean(parts: &[Ratio], mean: Option<Ratio>, none: Words) -> Text {
    let Some(mean) = mean.map(tenths) else { return none.into() };
    let shown: Vec<String> = parts.iter().map(|part| format!("{}%", tenths(*part))).collect();
    match shown.as_slice() {
        [one] => Text::same(one),
        several => Text::same(format!("({}) ÷ {} = {mean}%", several.join(" + "), several.len())),
    }
}

/// How the performance score comes about.
fn performed(figures: &Figures, of: &Month) -> Text {
    let (base, cap, sum) = (figures.score_base, figures.score_cap, of.bonus.unlimited);
    let (given, taken) = (of.facts.given, of.facts.taken);
    match sum {
        sum if sum < 0 => {
            tr!("{base} + {given} − {taken} = {sum}, not below 0", "{base} + {given} − {taken} = {sum}，不低于 0")
        }
        sum if sum.unsigned_abs() > cap => {
            tr!(
                "{base} + {given} − {taken} = {sum}, not above {cap}",
                "{base} + {given} − {taken} = {sum}，不高于 {cap}"
            )
        }
        sum => tr!("{base} + {given} − {taken} = {sum}", "{base} + {given} − {taken} = {sum}"),
    }
}

/// How the parts come to the bonus base; the weight of what is missing is spread over the rest.
fn weighed(figures: &Figures, bonus: &Bonus) -> Text {
    let Some(base) = bonus.base.map(tenths) else {
        return tr!("no part that there is has a weight", "现有各项均无权重");
    };
    let parts: Vec<(u64, Option<Ratio>)> = figures.score_weights.into_iter().zip(bonus.parts()).collect();
    let there: Vec<(u64, String)> =
        parts.iter().filter_map(|(weight, part)| Some((*weight, tenths((*part)?)))).collect();
    let sum: u64 = there.iter().map(|(weight, _)| weight).sum();
    let shown = there.iter().map(|(weight, part)| format!("{weight}% × {part}")).collect::<Vec<_>>().join(" + ");
    let missing: u64 = parts.iter().filter(|(_, part)| part.is_none()).map(|(weight, _)| weight).sum();
    match missing {
        0 => Text::same(format!("{shown} = {base}")),
        _ => tr!(
            "({shown}) ÷ {sum}% = {base}; {missing}% of what is missing is spread over the rest",
            "({shown}) ÷ {sum}% = {base}；缺项的 {missing}% 由其余各项按比例分摊"
        ),
    }
}

/// How the points come to money, by what a point was worth on each day (R56, R68).
fn worth(book: &Book<'_>, of: &Month) -> Text {
    let mut by_worth: BTreeMap<Money, (u64, u64)> = BTreeMap::new();
    for entry in of.entries.iter().filter(|entry| entry.counts) {
        let sums = by_worth.entry(book.policy.at(entry.on).point_worth).or_default();
        let side = if entry.points > 0 { &mut sums.0 } else { &mut sums.1 };
        *side += entry.points.unsigned_abs();
    }
    if by_worth.is_empty() {
        return tr!("no points", "无加扣分");
    }
    let parts = by_worth.iter().map(|(worth, (given, taken))| format!("({given} − {taken}) × {worth}"));
    Text::same(format!("{} = {}", parts.collect::<Vec<_>>().join(" + "), of.worth()))
}
