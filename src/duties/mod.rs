//! What is to be done: one pure function a rule, from the book to the duties that are open now.
//! `cs todo` and the reports share them. Due times are computed each time, stored nowhere (R48).

mod calls;
pub mod claims;
pub mod complaints;
mod consults;
pub mod filing;
pub mod improvements;
pub mod lists;
mod meetings;
pub mod orders;
pub mod repairs;
mod settlements;
mod shifts;
pub mod shipments;
mod trainings;
pub mod visits;
mod work;

use std::sync::Arc;

use crate::base::field::{Kind, List};
use crate::base::number::Code;
use crate::base::time::Time;
use crate::base::words::Text;
use crate::book::Book;
use crate::forms::form::Form;
use crate::lists::{Row, has_role};
use crate::settlement::{Waiting, ledgers};
use crate::sla::due::{by_day, in_days, minute};

pub use crate::sla::due::Because;

/// One thing to be done.
#[derive(Clone, Debug)]
pub struct Duty {
    /// The rule that asks for it: `R8`.
    pub rule: &'static str,
    /// The record's number, or the code of a list's row.
    pub number: String,
    /// When it is due; on that minute it is still in time (R46).
    pub due: Time,
    /// Since when it is at hand, where it is to be told before the day on which it is due.
    pub since: Option<Time>,
    /// Whose duty it is.
    pub who: Whose,
    /// What is to be done.
    pub what: Text,
    /// The command that discharges it.
    pub command: String,
    /// How the due time was reckoned.
    pub because: Because,
}

/// Whose duty something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One person's.
    Person(Code),
    /// That of anyone who holds one of these roles, the lowest first.
    Roles(Vec<&'static str>),
}

impl Whose {
    /// That of anyone who may sign an action today (R1).
    fn signing(book: &Book<'_>, action: &str) -> Whose {
        Whose::Roles(book.figures().sign.get(action).map(|authority| authority.who(None)).unwrap_or_default())
    }

    /// That of those who see to it that the department does its work.
    fn supervisors() -> Whose {
        Whose::Roles(vec!["supervisor", "manager"])
    }

    /// That of anyone who holds a role, where somebody does today; else one person's.
    fn holding(book: &Book<'_>, role: &'static str, else_of: &Code) -> Whose {
        let today = book.now.today();
        let holds = |row: &Row| {
            let code = row.fields.staff("code");
            has_role(&row.fields, role) && code.is_some_and(|code| book.staff_on(&code, today).is_some())
        };
        if book.list(List::Staff).rows.iter().any(holds) {
            Whose::Roles(vec![role])
        } else {
            Whose::Person(else_of.clone())
        }
    }

    /// True where it is the duty of a person with these roles.
    pub fn includes(&self, code: &str, roles: &[String]) -> bool {
        match self {
            Whose::Person(person) => person.as_str() == code,
            Whose::Roles(wanted) => wanted.iter().any(|role| roles.iter().any(|r| r == role)),
        }
    }

    /// The person, where it is one's.
    pub fn person(&self) -> Option<&Code> {
        match self {
            Whose::Person(code) => Some(code),
            Whose::Roles(_) => None,
        }
    }
}

impl Duty {
    /// The moment from whose day on it is told among what is to be done that day.
    pub fn told_from(&self) -> Time {
        self.since.map_or(self.due, |since| since.min(self.due))
    }

    /// Whole minutes that it is late at a moment; negative while there is time.
    pub fn late_minutes(&self, now: Time) -> i64 {
        minute(now) - minute(self.due)
    }
}

type Rule = fn(&Book<'_>, &mut Vec<Duty>);

/// Every rule that makes duties, in the order of the rules.
const RULES: &[Rule] = &[
    lists::first_contact,
    lists::owner,
    lists::agencies,
    lists::policies,
    lists::credit,
    orders::confirm,
    orders::delay,
    orders::progress,
    shipments::approval,
    shipments::notice,
    shipments::slip,
    shipments::arrival,
    shipments::discrepancies,
    shipments::refused,
    shipments::returns,
    repairs::photo,
    repairs::judgement,
    repairs::dispatch,
    repairs::settlement,
    repairs::follow_up,
    repairs::quotes,
    repairs::parts,
    consults::answer,
    complaints::officer,
    complaints::leader,
    complaints::handling,
    complaints::reports,
    complaints::call_back,
    complaints::prevent,
    visits::round,
    visits::summary,
    visits::needs,
    improvements::next,
    claims::offer,
    claims::notice,
    claims::insurer,
    claims::ending,
    work::items,
    work::plans,
    meetings::minutes,
    meetings::todos,
    meetings::called,
    trainings::sessions,
    trainings::marks,
    trainings::weekly,
    trainings::tests,
    calls::contested,
    calls::quota,
    shifts::presence,
    shifts::points,
    shifts::cover,
];

/// All open duties, by due time, then number. Loads what is not over or waits to be settled, and nothing else.
pub fn duties(book: &Book<'_>) -> Vec<Duty> {
    let mut duties = of_records(book);
    filing::filing(book, &mut duties);
    in_order(&mut duties);
    duties
}

/// The same without the reports that are to be filed: those tell of no report, or one made again after another was filed
/// would not be the same.
pub fn of_records(book: &Book<'_>) -> Vec<Duty> {
    let today = book.now.today();
    let ledgers = ledgers(book);
    let waiting = Waiting::of(book, &ledgers);
    book.load_all(&|spec, number, glance| {
        glance.ended(spec).is_none_or(|day| day >= today) || waiting.wants(spec, number, glance.file())
    });
    waiting.load(book);
    let mut duties = duties_of_loaded(book);
    // The one rule that looks into a register, which is read once.
    settlements::settlements(book, ledgers, &mut duties);
    in_order(&mut duties);
    duties
}

/// The open duties of the lists and of what is loaded, by due time, then number; settlements aside.
pub fn duties_of_loaded(book: &Book<'_>) -> Vec<Duty> {
    let mut duties = Vec::new();
    for rule in RULES {
        rule(book, &mut duties);
    }
    in_order(&mut duties);
    duties
}

fn in_order(duties: &mut [Duty]) {
    duties.sort_by(|a, b| (a.due, &a.number, a.rule).cmp(&(b.due, &b.number, b.rule)));
}

/// The loaded forms of a kind that are neither void nor over.
fn open(book: &Book<'_>, kind: Kind) -> Vec<Arc<Form>> {
    let mut forms = book.loaded(kind);
    forms.retain(|form| !form.is_over());
    forms
}

/// A duty of whoever made a form. In the verb of its command `NUMBER` stands for the form's own.
fn duty(form: &Form, rule: &'static str, due: (Time, Because), what: Text, verb: &str) -> Duty {
    let (due, because) = due;
    let who = Whose::Person(form.number.staff().clone());
    let number = form.number.to_string();
    let command = format!("cs {} {}", form.spec.verbs.command, verb.replace("NUMBER", &number));
    Duty { rule, number, due, since: None, who, what, command, because }
}
