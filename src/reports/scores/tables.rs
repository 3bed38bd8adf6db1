//! Tables of scores that both the report and the commands show: the bonus base by person (R55), and what is proposed (R58).

use super::ledger::signed;
use crate::base::field::List;
use crate::base::period::Period;
use crate::base::ratio::Ratio;
use crate::base::table::{Amount, Cell, Row, Table, column};
use crate::base::words::{Text, words};
use crate::bonus::Month;
use crate::book::Book;
use crate::policy::is_award;
use crate::proposals::{Proposal, proposals};

/// A part of the bonus base in tenths of a percent.
pub fn percent(part: Option<Ratio>) -> Cell {
    part.map(|part| Amount::Permille(part.tenths())).into()
}

/// A part of the bonus base in tenths of a point.
pub fn score(part: Option<Ratio>) -> Cell {
    part.map(|part| Amount::Score(part.tenths())).into()
}

/// The bonus base of people's months, each with its parts.
pub fn bonus_of(book: &Book<'_>, months: &[Month]) -> Table {
    let row = |one: &Month| Row {
        cells: vec![
            Cell::Words(Text::same(one.month)),
            Cell::Text(one.staff.to_string()),
            Cell::Text(book.name(List::Staff, one.staff.as_str())),
            Cell::count(one.facts.weeks.iter().filter(|week| week.score().is_some()).count() as u64),
            percent(one.bonus.work),
            Cell::count(one.facts.given),
            Cell::count(one.facts.taken),
            Cell::Amount(Amount::Score(one.bonus.performance.saturating_mul(10))),
            percent(one.bonus.other),
            score(one.bonus.base),
            Cell::from(one.worth()),
        ],
        records: one.records(),
    };
    Table {
        name: "bonus",
        title: words("Bonus base of the month", "月度绩效奖金基数"),
        columns: vec![
            column("month", "Month", "月份").whole(),
            column("staff", "Code", "工号").whole(),
            column("name", "Name", "姓名"),
            column("weeks", "Weeks", "计分周数").numeric(),
            column("work", "Workload", "周工作量").numeric(),
            column("given", "Given", "加分").numeric(),
            column("taken", "Taken", "扣分").numeric(),
            column("performance", "Performance", "绩效得分").numeric(),
            column("other", "Other", "其他考核").numeric(),
            column("base", "Base", "基数").numeric(),
            column("worth", "Worth", "折合金额").numeric(),
        ],
        rows: months.iter().map(row).collect(),
    }
}

/// The entries that the days of a period propose, and which wait for a supervisor.
pub fn proposed(book: &Book<'_>, period: Period) -> Table {
    let row = |proposal: Proposal| {
        let Proposal { key, fact, points } = proposal;
        let points = i64::try_from(points).unwrap_or(i64::MAX);
        let record = fact.record();
        Row {
            cells: vec![
                Cell::Text(key),
                Cell::Date(fact.on),
                Cell::Text(fact.staff.to_string()),
                Cell::Text(book.name(List::Staff, fact.staff.as_str())),
                Cell::Text(fact.clause.to_string()),
                signed(if is_award(fact.clause) { points } else { -points }),
                record.as_ref().into(),
                Cell::Words(fact.words),
            ],
            records: record.into_iter().collect(),
        }
    };
    Table {
        name: "proposals",
        title: words("Proposed entries", "加扣分建议"),
        columns: vec![
            column("key", "Key", "建议编号").whole(),
            column("on", "On", "日期").whole(),
            column("staff", "Code", "工号").whole(),
            column("name", "Name", "姓名").whole(),
            column("clause", "Clause", "条款").whole(),
            column("points", "Points", "分值").numeric(),
            column("record", "Record", "依据单据").whole(),
            column("fact", "Fact", "事实"),
        ],
        rows: proposals(book, period).into_iter().map(row).collect(),
    }
}
