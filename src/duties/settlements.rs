//! Duties of settlement: each past month's statements matched, decided and paid (R16, R21).

use super::{Duty, Whose, in_days};
use crate::base::words::Text;
use crate::book::Book;
use crate::settlement::{Compared, Ledger, SIGN, waiting};
use crate::tr;

/// R16, R21: by its last day a month is settled with each carrier and agency; `ledgers` is what the register says.
pub fn settlements(book: &Book<'_>, ledgers: Vec<Ledger>, duties: &mut Vec<Duty>) {
    for month in waiting(book, ledgers) {
        let last = month.month.to;
        let days = book.policy.at(last).settlement_days;
        let (due, because) = in_days(book, last, days, tr!("the month's last day", "月末"));
        let (what, command) = to_do(book, &month);
        let number = format!("{} {}", month.party, month.month);
        duties.push(Duty {
            rule: month.account.rule,
            number,
            due,
            since: None,
            who: Whose::signing(book, SIGN),
            what,
            command,
            because,
        });
    }
}

/// What is to be done next, and its command.
fn to_do(book: &Book<'_>, month: &Compared) -> (Text, String) {
    let (account, party, period) = (month.account, &month.party, month.month);
    let (command, flag) = (account.command, account.flag);
    let name = book.name(account.list, party);
    if month.statement.is_none() {
        let what = tr!("match the statement of {name} for {period}", "核对{name} {period} 的对账单");
        return (what, format!("cs {command} statement FILE --{flag} {party} --month {period}"));
    }
    match month.undecided().count() {
        0 => {
            let what = tr!("settle {period} with {name}", "与{name}结算 {period}");
            (what, format!("cs {command} settle --{flag} {party} --month {period}"))
        }
        open => {
            let what = tr!(
                "decide the differences with {name} of {period}: {open}",
                "处理{name} {period} 的对账差异：{open} 笔"
            );
            (what, format!("cs {command} decide {party} {period} LINE accept|dispute|correct --note WHY"))
        }
    }
}
