//! Duties of shifts (R63): to come and to hand over, the points of a hand-over, and a roster without gaps.

use chrono::TimeDelta;

use super::{Because, Duty, Whose, duty, open};
use crate::base::field::{Kind, List};
use crate::base::time::wall_minute;
use crate::base::words::Text;
use crate::book::Book;
use crate::forms::shift::{AUTHORITY, Shift};
use crate::shifts::{Rostered, gaps_ahead, next_after};
use crate::tr;

/// How long before a shift somebody is told to be there.
const AHEAD: TimeDelta = TimeDelta::days(1);

fn from_to(book: &Book<'_>, shift: &Rostered) -> Text {
    let [from, to] = [shift.begin, shift.end].map(|time| wall_minute(time, book.now.zone));
    tr!("the shift from {from} to {to}", "{from} 至 {to} 的班次")
}

/// R63: whoever is on the roster in a day's time comes, and hands over or leaves; where nothing is on record once the
/// shift has ended, the supervisor finds out.
pub fn presence(book: &Book<'_>, duties: &mut Vec<Duty>) {
    let now = book.now.time;
    for shift in open(book, Kind::Shift).iter().filter_map(|form| Rostered::of(book, form)) {
        let (form, because) = (&shift.form, Because::Days(from_to(book, &shift)));
        let own = Whose::Person(shift.person.clone());
        let span = from_to(book, &shift);
        let (who, due, what, verb) = match form.state().code {
            "rostered" if now + AHEAD < shift.begin => continue,
            "rostered" if now < shift.end => {
                (own, shift.begin, tr!("be there for {span}", "按时到岗：{span}"; span), "in NUMBER")
            }
            "rostered" => {
                let name = book.name(List::Staff, shift.person.as_str());
                let number = &form.number;
                let what = tr!(
                    "record whether {name} came to {span}; who did: cs shift in {number} --at TIME",
                    "登记 {name} 是否到岗：{span}；已到岗的：cs shift in {number} --at 时间"; span
                );
                (Whose::signing(book, AUTHORITY), shift.end, what, "absent NUMBER")
            }
            "on_duty" => {
                (own, shift.end, tr!("hand over {span}", "交接班：{span}"; span), "hand-over NUMBER --summary TEXT")
            }
            _ => continue,
        };
        duties.push(Duty { who, since: Some(shift.begin), ..duty(form, "R63", (due, because), what, verb) });
    }
}

/// R63: each point that a hand-over left open is a duty of those who are on duty next, told as soon as they are, by the end
/// of their shift; of the supervisor at once where nobody is.
pub fn points(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Shift) {
        let shift = Shift::of(form);
        let (open, Some(handed)) = (shift.open_points(), shift.handed_over()) else { continue };
        if open.is_empty() {
            continue;
        }
        let next = next_after(book, &form.number, handed.at);
        for point in open {
            let (no, text) = (point.number, point.what);
            let what = tr!("handed over: {text}", "交接待办：{text}");
            let verb = format!("settle NUMBER --point {no} --result TEXT");
            let handed_at = wall_minute(handed.at, book.now.zone);
            let nobody =
                Because::Days(tr!("handed over at {handed_at}, nobody is next", "{handed_at} 交接，尚无下一班"));
            if next.is_empty() {
                let of_supervisor = duty(form, "R63", (handed.at, nobody), what.clone(), &verb);
                duties.push(Duty { who: Whose::signing(book, AUTHORITY), ..of_supervisor });
            }
            for shift in &next {
                let because = Because::Days(from_to(book, shift));
                let of_next = duty(form, "R63", (shift.end, because), what.clone(), &verb);
                let since = Some(shift.begin.max(handed.at));
                duties.push(Duty { who: Whose::Person(shift.person.clone()), since, ..of_next });
            }
        }
    }
}

/// R63: every minute of the coming days is on somebody's roster, where the policy asks for it: a duty for each gap.
pub fn cover(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for (from, to) in gaps_ahead(book) {
        let day = book.now.zone.day(from);
        let [from_wall, to_wall] = [from, to].map(|time| wall_minute(time, book.now.zone));
        let what = tr!("nobody is on the roster from {from_wall} to {to_wall}", "{from_wall} 至 {to_wall} 无人值班");
        duties.push(Duty {
            rule: "R63",
            number: format!("shifts {day}"),
            due: from,
            since: None,
            who: Whose::signing(book, AUTHORITY),
            because: Because::Days(what.clone()),
            what: tr!("{what}: roster somebody", "{what}，请排班"; what),
            command: format!("cs shift roster STAFF --on {day} --span HOURS"),
        });
    }
}
