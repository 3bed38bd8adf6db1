//! policy.toml: every figure of the department's rules that a manager may change, with dated layers (R68).
//!
//! One table, [`KEYS`], holds each key with its rule, default and meaning; `cs init` writes the file from it and the
//! reader reads by it, so no figure can be known to one and not to the other. The clauses of the scores and the items on
//! which calls are scored are tables of their own ([`Clauses`], [`CallItems`]), and so are the goals of the reports'
//! figures ([`Goals`]) and the [`Budget`].

mod agree;
pub mod budget;
mod clauses;
pub mod goals;
mod items;
mod keys;
mod rows;

pub use budget::Budget;
pub use clauses::{Clause, Clauses, is_award};
pub use goals::{Bound, Goal, Goals, Whose};
pub use items::{CallItem, CallItems};
pub use keys::{KEYS, Key};

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::{NaiveTime, Weekday};
use toml::de::{DeTable, DeValue};

use crate::base::field::{Ty, Value};
use crate::base::money::Money;
use crate::base::period::Unit;
use crate::base::problem::Problem;
use crate::base::stint::Stint;
use crate::base::time::Date;
use crate::base::toml::{Doc, value};
use crate::base::words::Lang;
use crate::clock::{Span, Target};
use crate::tr;

/// The file's path.
pub const FILE: &str = "policy.toml";

/// The reports that R53 names, shortest period first, each with that period.
pub const PERIODICALS: [(&str, Unit); 5] = [
    ("day", Unit::Day),
    ("week", Unit::Week),
    ("month", Unit::Month),
    ("quarter", Unit::Quarter),
    ("year", Unit::Year),
];

/// How a filed report may be written; each is the ending of its file, too. A PDF is not among them: the browser that
/// makes one writes its own version and the moment of making into it, so that two copies of the department would file
/// two different ones.
pub const FILED_FORMATS: [&str; 4] = ["md", "json", "html", "xlsx"];

/// A weekday and a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekly {
    /// The weekday.
    pub day: Weekday,
    /// The time.
    pub time: NaiveTime,
}

impl Default for Weekly {
    /// The first minute of a week.
    fn default() -> Weekly {
        Weekly { day: Weekday::Mon, time: NaiveTime::MIN }
    }
}

/// Hours that have names, such as those of the early shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedHours {
    /// What they are called: at least one name.
    pub names: Vec<String>,
    /// From when to when.
    pub hours: Stint,
}

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
    /// The months up to today whose orders and payments grade and credit are proposed by (R7).
    pub rating_months: u64,
    /// Days without a contact after which an active customer is silent (R38).
    pub silent_days: u64,
    /// What a customer orders at least in those months for grade A, and for B (R6).
    pub grade_amounts: [Money; 2],
    /// The most days from payment papers to payment for credit A, B and C (R7).
    pub credit_days: [u64; 3],
    /// Days for which payment papers may stay unpaid before the credit is D (R7).
    pub unpaid_days: u64,
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
    /// Months of warranty from the day a fixture was made (R19).
    pub warranty_months: u64,
    /// Working days in which a ticket has its photo and is judged; 0 is the same day (R17, R18).
    pub judge_workdays: u64,
    /// Working days in which an agency's quote is signed or declined (R24).
    pub quote_workdays: u64,
    /// Working days in which an agency is sent, where the ticket names no day (R20).
    pub dispatch_workdays: u64,
    /// Days after the repair in which the site is followed up (R22).
    pub follow_days: u64,
    /// Working days in which parts are sent; 0 is the same day (R25).
    pub parts_workdays: u64,
    /// Days after its last day by which a month is settled with carriers and agencies (R16, R21).
    pub settlement_days: u64,
    /// How soon a consult is answered (R27).
    pub answer_target: Target,
    /// The amount at stake from which a complaint is a major one (R28).
    pub large_loss: Money,
    /// How soon the complaints officer has a major complaint (R29).
    pub officer_target: Target,
    /// How soon a leader is called about an urgent complaint out of hours (R30).
    pub leader_target: Target,
    /// How soon a complaint is handled (R31).
    pub handle_target: Target,
    /// How soon the complaints officer is told the result (R32).
    pub told_target: Target,
    /// How long a complaint may go unhandled without a report, and how long after the last one (R32).
    pub report_target: Target,
    /// Days after receipt from which the customer is called back (R35).
    pub call_back_from: u64,
    /// Days after receipt up to which the customer is called back (R35).
    pub call_back_days: u64,
    /// The root causes in use (R36).
    pub causes: Vec<String>,
    /// How often in a month a cause is named before it asks for a preventive measure (R36).
    pub cause_recurs: u64,
    /// The day of the month on which the round of visits starts; in a shorter month its last day (R38).
    pub round_day: u64,
    /// Days after its start by which the round is over, at the latest with the month (R38).
    pub round_days: u64,
    /// Days after the round in which its summary is handed in (R39).
    pub summary_days: u64,
    /// The score from which on down a need is taken as stated.
    pub low_score: u64,
    /// Working days in which a need that was stated is followed up.
    pub visit_follow_workdays: u64,
    /// Working days in which the cause of what is to be improved is analysed (R42).
    pub analyse_workdays: u64,
    /// Working days after the analysis, or after a plan that failed, in which a plan is made (R42).
    pub plan_workdays: u64,
    /// Working days in which a plan is sent to the customer (R42).
    pub send_workdays: u64,
    /// Days after which the customer is asked again whether a plan is agreed to (R42).
    pub consent_days: u64,
    /// Working days in which it is verified that what was carried out works (R42).
    pub verify_workdays: u64,
    /// How soon the insurer is told of a loss (R43).
    pub claim_notify: Target,
    /// Working days in which the papers of a claim are filed, once the insurer was told (R43).
    pub claim_papers_workdays: u64,
    /// Days after the papers in which the insurer is to have assessed a loss (R43).
    pub claim_assess_days: u64,
    /// Days after the assessment in which the insurer is to have paid (R43).
    pub claim_settle_days: u64,
    /// When next week's work plan is to stand (R50).
    pub plan_due: Weekly,
    /// When the weekly meeting is (R51).
    pub weekly_meeting: Weekly,
    /// The day of the month before which the last such weekday holds the monthly meeting (R51).
    pub monthly_before: u64,
    /// The most minutes that a meeting lasts (R51).
    pub meeting_minutes: u64,
    /// When the weekly training is (R52).
    pub training_slot: Weekly,
    /// Points from which on a test is passed, from 1 to 100 (R52).
    pub pass_points: u64,
    /// Working days after a test in which it is marked; 0 is the same day (R52).
    pub mark_workdays: u64,
    /// The hours that a roster calls by name (R63).
    pub shift_spans: Vec<NamedHours>,
    /// Minutes after a shift's beginning up to which somebody is on time, and before its end from which nobody left early (R63).
    pub shift_grace: u64,
    /// Minutes before a shift's beginning from which somebody may come (R63).
    pub shift_early: u64,
    /// Days after a shift's last one up to which the person may say why it began late or ended early (R63).
    pub shift_explain_days: u64,
    /// Days from now on of which every minute is to be on the roster; 0 asks for none (R63).
    pub shift_cover_days: u64,
    /// The reports that are filed, by their names among the [`PERIODICALS`] (R53).
    pub filed: Vec<&'static str>,
    /// How a filed report is written, by names among the [`FILED_FORMATS`].
    pub filed_formats: Vec<&'static str>,
    /// The time of day from which a report is due to be filed (R53).
    pub filing_time: NaiveTime,
    /// Days after its period's last day on which each of the [`PERIODICALS`] is due, at least 1 (R53).
    pub filing_days: [u64; PERIODICALS.len()],
    /// The share of its full points, in percent, from which on a call passes (R54).
    pub call_pass: u64,
    /// Working days in which the person scored may contest a score (R54).
    pub contest_workdays: u64,
    /// Working days in which a contested score is settled; 0 is the same day (R54).
    pub contest_settle_workdays: u64,
    /// How many calls of each person on the phone are scored a month; 0 asks for none (R54).
    pub calls_month: u64,
    /// The items on which calls are scored (R54).
    pub call_items: CallItems,
    /// What the weekly workload, the performance score and other assessments weigh in the bonus base of a month, in percent
    /// (R55).
    pub score_weights: [u64; 3],
    /// The performance score of a month without awards and deductions (R55).
    pub score_base: u64,
    /// The most that the performance score of a month may be (R55).
    pub score_cap: u64,
    /// What a point is worth (R56).
    pub point_worth: Money,
    /// Points taken in a half-year from which a person is not to stay in post (R57).
    pub score_flag: u64,
    /// Points taken in a half-year from which a person is warned (R57).
    pub score_warn: u64,
    /// The clauses by which points are given and taken (R58).
    pub clauses: Clauses,
    /// What figures of the reports are to come to (R65).
    pub goals: Goals,
    /// What each kind of cost may come to (R64).
    pub budget: Budget,
    /// Days on which the author may void an own step; 0 is the same day only (R66).
    pub void_author_days: u64,
    /// Who may sign what, and up to which amount (R1, R2).
    pub sign: BTreeMap<&'static str, Authority>,
}

impl Figures {
    /// The hours that are called so, whatever the letter case (R63).
    pub fn hours_named(&self, word: &str) -> Option<Stint> {
        let is_meant = |name: &String| name.to_lowercase() == word.trim().to_lowercase();
        self.shift_spans.iter().find(|named| named.names.iter().any(is_meant)).map(|named| named.hours)
    }

    /// The figures of the department's rules, as [`KEYS`] gives them; a test holds every default readable.
    fn defaults() -> Figures {
        let mut figures = Figures {
            clauses: clauses::defaults(),
            call_items: items::defaults(),
            goals: Goals::defaults(),
            ..Figures::default()
        };
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

    /// The figures of each layer, the oldest first (R68).
    pub fn layers(&self) -> impl Iterator<Item = &Figures> {
        std::iter::once(&self.base).chain(self.changes.iter().map(|(_, figures)| figures))
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

    /// The text of a new policy.toml: every key with its default, its rule and its meaning; then the clauses,
    /// the items of calls, the goals and the budget.
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
        text.push_str(&clauses::text(lang));
        text.push_str(&items::text(lang));
        text.push_str(&Goals::text(lang));
        text.push_str(&Budget::text(lang));
        text
    }
}

/// Sets every figure that a layer names; tells of keys that are none.
fn set_all(doc: &mut Doc<'_>, layer: &DeTable<'_>, figures: &mut Figures, own: &[&str]) {
    let before = figures.clone();
    for (section, raw) in layer {
        if own.contains(&section.get_ref().as_ref()) {
            continue;
        }
        let DeValue::Table(table) = raw.get_ref() else {
            unknown(doc, section.get_ref(), section.span());
            continue;
        };
        match section.get_ref().as_ref() {
            clauses::SECTION => figures.clauses.set(doc, table),
            items::SECTION => figures.call_items.set(doc, table),
            goals::SECTION => figures.goals.set(doc, table),
            budget::SECTION => figures.budget.set(doc, table),
            section => set_keys(doc, section, table, figures),
        }
    }
    agree::agree(doc, layer, figures, &before);
}

/// Sets every figure that a section names by a key of [`KEYS`].
fn set_keys(doc: &mut Doc<'_>, section: &str, table: &DeTable<'_>, figures: &mut Figures) {
    for (name, raw) in table {
        let path = format!("{section}.{}", name.get_ref());
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

fn unknown(doc: &mut Doc<'_>, path: &str, span: Range<usize>) {
    let near = nearest(KEYS.iter().map(|key| key.path), path);
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

/// The key most like what was written.
fn nearest(keys: impl Iterator<Item = &'static str>, written: &str) -> &'static str {
    keys.max_by_key(|key| (1000.0 * closeness(key, written)) as u64).unwrap_or_default()
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
