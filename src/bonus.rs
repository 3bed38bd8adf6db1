//! The bonus base of a month, 绩效奖金基数 (R55): workload, performance score and other assessments, each by its weight.
//! Derived each time, stored nowhere.
//!
//! All is reckoned exactly, in fractions; what is shown is rounded to a tenth, half up, and nothing is reckoned on from what
//! was rounded. Where a part is missing (no week with anything due, no assessment) its weight is spread over the parts
//! that there are, by their own weights.

use std::collections::BTreeSet;

use chrono::Weekday;

use crate::base::field::{Fields, List};
use crate::base::money::Money;
use crate::base::number::{Code, Number};
use crate::base::period::{Period, Unit};
use crate::base::ratio::Ratio;
use crate::base::time::days_after;
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::calls::calls;
use crate::forms::training::FULL_POINTS;
use crate::policy::Figures;
use crate::scores::{Entry, entries};
use crate::trainings::test_results;
use crate::work::{Item, summed_up};

/// A week of a month: the one that its Friday lies in (R55).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its days, Monday to Sunday.
    pub week: Period,
    /// How many items were due in it.
    pub due: u64,
    /// How many of them were done on time.
    pub on_time: u64,
    /// Whether its Sunday is past. Before, its score is not known.
    pub is_over: bool,
    /// The items that were due.
    pub records: Vec<Number>,
}

impl Week {
    /// Its score in percent, where it counts: it is over, and something was due in it.
    pub fn score(&self) -> Option<Ratio> {
        Ratio::percent(self.on_time, self.due).filter(|_| self.is_over)
    }
}

/// What somebody came to in one sort of assessment in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// What was assessed.
    pub name: Words,
    /// Points got, all results together.
    pub got: u64,
    /// Points that there were to get.
    pub of: u64,
    /// The records.
    pub records: Vec<Number>,
}

impl Assessment {
    /// In percent; `None` where there was nothing to get.
    pub fn percent(&self) -> Option<Ratio> {
        Ratio::percent(self.got, self.of)
    }
}

/// What the bonus base of one person's month is reckoned from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The weeks that have begun, in order.
    pub weeks: Vec<Week>,
    /// Points given.
    pub given: u64,
    /// Points taken.
    pub taken: u64,
    /// The other assessments that there are.
    pub assessments: Vec<Assessment>,
}

/// The bonus base with its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bonus {
    /// The mean of the weeks that count, in percent; `None` where none does.
    pub work: Option<Ratio>,
    /// The performance score before it is held to its limits.
    pub unlimited: i64,
    /// The performance score, from 0 to the most that there is.
    pub performance: u64,
    /// The mean of the other assessments, in percent; `None` where there is none.
    pub other: Option<Ratio>,
    /// The bonus base; `None` where no part that there is has a weight.
    pub base: Option<Ratio>,
}

impl Bonus {
    /// The parts in the order of their weights, each where it is there.
    pub fn parts(&self) -> [Option<Ratio>; 3] {
        [self.work, Ratio::of(self.performance, 1), self.other]
    }
}

impl Facts {
    /// The bonus base by the figures in force (R55).
    pub fn bonus(&self, figures: &Figures) -> Bonus {
        let mean = |of: Vec<Ratio>| Ratio::mean(of.into_iter().map(|value| (1, value)));
        let signed = |points: u64| i64::try_from(points).unwrap_or(i64::MAX);
        let unlimited =
            signed(figures.score_base).saturating_add(signed(self.given)).saturating_sub(signed(self.taken));
        let mut bonus = Bonus {
            work: mean(self.weeks.iter().filter_map(Week::score).collect()),
            unlimited,
            performance: u64::try_from(unlimited).unwrap_or(0).min(figures.score_cap),
            other: mean(self.assessments.iter().filter_map(Assessment::percent).collect()),
            base: None,
        };
        let weighed = figures.score_weights.into_iter().zip(bonus.parts());
        bonus.base = Ratio::mean(weighed.filter_map(|(weight, part)| Some((weight, part?))));
        bonus
    }
}

/// One result of one person in another assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessed {
    /// Whose.
    pub staff: Code,
    /// Points got.
    pub got: u64,
    /// Points that there were to get.
    pub of: u64,
    /// The record.
    pub record: Number,
}

/// A sort of other assessment: what it is called, and its results in a month.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// What was assessed.
    pub name: Words,
    /// The results of a month.
    pub results: fn(&Book<'_>, Period) -> Vec<Assessed>,
}

/// Every sort of other assessment. Those of a sort count together as one, whose percent is points got of all that there
/// were to get.
const SOURCES: &[Source] = &[
    Source { name: words("training test", "培训测验"), results: tests },
    Source { name: words("call quality", "通话质检"), results: scored_calls },
];

/// R52: the tests of a month; a resit doesn't make up for the first result.
fn tests(book: &Book<'_>, month: Period) -> Vec<Assessed> {
    let tests = test_results(book, month).into_iter();
    tests.map(|test| Assessed { staff: test.staff, got: test.points, of: FULL_POINTS, record: test.record }).collect()
}

/// R54: the calls of a month that were scored.
fn scored_calls(book: &Book<'_>, month: Period) -> Vec<Assessed> {
    let calls = calls(book, month).into_iter();
    calls.map(|call| Assessed { staff: call.staff, got: call.total, of: call.full, record: call.record }).collect()
}

/// The month of one person.
#[derive(Clone, Debug)]
pub struct Month {
    /// The month.
    pub month: Period,
    /// Who.
    pub staff: Code,
    /// The entries about its days, oldest conduct first, also those that were reversed.
    pub entries: Vec<Entry>,
    /// What it is reckoned from.
    pub facts: Facts,
    /// What comes of it.
    pub bonus: Bonus,
}

impl Month {
    /// What the points of the month are worth together (R56).
    pub fn worth(&self) -> Money {
        Money::sum(self.entries.iter().filter(|entry| entry.counts).map(|entry| entry.worth))
    }

    /// Every record behind the bonus base, in order.
    pub fn records(&self) -> Vec<Number> {
        let counted = self.entries.iter().filter(|entry| entry.counts).map(|entry| &entry.form.number);
        let weeks = self.facts.weeks.iter().filter(|week| week.is_over).flat_map(|week| &week.records);
        let assessed = self.facts.assessments.iter().flat_map(|one| &one.records);
        let records: BTreeSet<&Number> = counted.chain(weeks).chain(assessed).collect();
        records.into_iter().cloned().collect()
    }
}

/// The weeks of a month: those whose Friday lies in it, so that each week is one month's alone (R55).
pub fn weeks_of(month: Period) -> Vec<Period> {
    let mut weeks = Vec::new();
    let mut week = Period::holding(Unit::Week, month.from);
    while week.from <= month.to {
        let friday = days_after(week.from, u64::from(Weekday::Fri.num_days_from_monday()));
        if month.contains(friday) {
            weeks.push(week);
        }
        week = Period::holding(Unit::Week, days_after(week.to, 1));
    }
    weeks
}

/// The month of everybody who worked here on a day of it that has come, by code; or of one person. By the figures in force
/// when the month began (R68). Nothing is known of months before the first record, but for those with entries.
pub fn months(book: &Book<'_>, month: Period, of: Option<&Code>) -> Vec<Month> {
    let today = book.now.today();
    let Some(so_far) = Period::between(month.from, month.to.min(today)) else { return Vec::new() };
    let entries = entries(book, month, None);
    if entries.is_empty() && book.first_day().is_none_or(|first| month.to < first) {
        return Vec::new();
    }
    let people: BTreeSet<Code> = staff_in(book, so_far).filter(|code| of.is_none_or(|who| code == who)).collect();
    let begun: Vec<Period> = weeks_of(month).into_iter().filter(|week| week.from <= today).collect();
    let weeks = summed_up(book, &begun);
    let assessed: Vec<(Words, Vec<Assessed>)> =
        SOURCES.iter().map(|source| (source.name, (source.results)(book, month))).collect();
    let figures = book.policy.at(month.from);
    let one = |staff: Code| {
        let entries: Vec<Entry> = entries.iter().filter(|entry| entry.staff == staff).cloned().collect();
        let sum = |wanted: fn(i64) -> bool| -> u64 {
            let counted = entries.iter().filter(|entry| entry.counts && wanted(entry.points));
            counted.map(|entry| entry.points.unsigned_abs()).sum()
        };
        let facts = Facts {
            weeks: weeks.iter().map(|(week, items)| week_of(*week, items, &staff, week.to < today)).collect(),
            given: sum(|points| points > 0),
            taken: sum(|points| points < 0),
            assessments: assessed.iter().filter_map(|(name, results)| assessment(*name, results, &staff)).collect(),
        };
        let bonus = facts.bonus(figures);
        Month { month, staff, entries, facts, bonus }
    };
    people.into_iter().map(one).collect()
}

/// Who worked here on any of these days.
fn staff_in<'b>(book: &'b Book<'_>, days: Period) -> impl Iterator<Item = Code> + 'b {
    let here = move |fields: &Fields| {
        fields.date("joined").is_none_or(|joined| joined <= days.to)
            && fields.date("left").is_none_or(|left| left >= days.from)
    };
    let rows = book.list(List::Staff).rows.iter().filter(move |row| here(&row.fields));
    rows.filter_map(|row| row.fields.staff("code"))
}

/// A week of one person.
fn week_of(week: Period, items: &[Item], staff: &Code, is_over: bool) -> Week {
    let due: Vec<&Item> = items.iter().filter(|item| item.person == *staff && item.term.counts()).collect();
    Week {
        week,
        due: due.len() as u64,
        on_time: due.iter().filter(|item| item.term.is_on_time()).count() as u64,
        is_over,
        records: due.iter().map(|item| item.form.number.clone()).collect(),
    }
}

/// What one person came to in a sort of assessment; `None` without a result.
fn assessment(name: Words, results: &[Assessed], staff: &Code) -> Option<Assessment> {
    let own: Vec<&Assessed> = results.iter().filter(|result| result.staff == *staff).collect();
    let sum = |of: fn(&Assessed) -> u64| own.iter().map(|result| of(result)).sum();
    let records = own.iter().map(|result| result.record.clone()).collect();
    (!own.is_empty()).then(|| Assessment { name, got: sum(|one| one.got), of: sum(|one| one.of), records })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    fn period(text: &str) -> Period {
        Period::parse(text, "2026-11-21".parse().unwrap()).unwrap()
    }

    fn week(due: u64, on_time: u64, is_over: bool) -> Week {
        Week { week: period("2026-W40"), due, on_time, is_over, records: Vec::new() }
    }

    fn assessment(got: u64, of: u64) -> Assessment {
        Assessment { name: words("training test", "培训考试"), got, of, records: Vec::new() }
    }

    /// Workload, performance, other and base in tenths, by the rules as they are built in or as changed.
    fn reckoned(facts: &Facts, policy: &str) -> [Option<u64>; 4] {
        let (policy, problems) = Policy::read(policy);
        assert_eq!(problems, vec![]);
        let bonus = facts.bonus(policy.at("2026-10-01".parse().unwrap()));
        [bonus.work, Ratio::of(bonus.performance, 1), bonus.other, bonus.base].map(|part| part.map(Ratio::tenths))
    }

    #[test]
    fn r55_a_week_belongs_to_the_month_of_its_friday_and_to_no_other() {
        let names = |month: &str| weeks_of(period(month)).iter().map(Period::to_string).collect::<Vec<_>>();
        // Five Fridays: 2, 9, 16, 23 and 30 October; the first week begins on 28 September, the last ends on 1 November.
        assert_eq!(names("2026-10"), ["2026-W40", "2026-W41", "2026-W42", "2026-W43", "2026-W44"]);
        assert_eq!(names("2026-09"), ["2026-W36", "2026-W37", "2026-W38", "2026-W39"]);
        assert_eq!(names("2026-11"), ["2026-W45", "2026-W46", "2026-W47", "2026-W48"]);
        // 1 January 2027 is a Friday: its week is of 2026 by the calendar, and of January here.
        assert_eq!(names("2027-01")[0], "2026-W53");
        assert_eq!(names("2026-12"), ["2026-W49", "2026-W50", "2026-W51", "2026-W52"]);
        let mut all: Vec<String> = (1..=12).flat_map(|month| names(&format!("2026-{month:02}"))).collect();
        let count = all.len();
        all.dedup();
        assert_eq!((count, all.len()), (52, 52));
    }

    #[test]
    fn r55_the_base_is_weighed_of_workload_performance_and_other_assessments() {
        let facts = Facts {
            // 3/4 = 75, 2/3 = 66.66…, 1/1 = 100; nothing due, and a week that runs, don't count.
            weeks: vec![week(4, 3, true), week(3, 2, true), week(0, 0, true), week(1, 1, true), week(2, 1, false)],
            given: 5,
            taken: 12,
            // A test with 87.5 and calls with 95: 91.25.
            assessments: vec![assessment(175, 200), assessment(285, 300)],
        };
        // (75 + 66.66… + 100) / 3 = 80.555…; 100 + 5 − 12 = 93.
        // 0.6 × 80.555… + 0.3 × 93 + 0.1 × 91.25 = 48.333… + 27.9 + 9.125 = 85.358….
        assert_eq!(reckoned(&facts, ""), [Some(806), Some(930), Some(913), Some(854)]);
        let weights = "[score]\nweight_work = 20\nweight_performance = 50\nweight_other = 30\n";
        // 16.111… + 46.5 + 27.375 = 89.986….
        assert_eq!(reckoned(&facts, weights)[3], Some(900));
        let layer = format!("[[change]]\nfrom = 2026-11-01\n{weights}")
            .replace("[score]\n", "")
            .replace("weight", "score.weight");
        assert_eq!(reckoned(&facts, &layer)[3], Some(854));
    }

    #[test]
    fn r55_the_weight_of_what_is_missing_is_spread_over_the_rest() {
        let facts = Facts { weeks: vec![week(4, 3, true)], taken: 4, ..Facts::default() };
        // (60 × 75 + 30 × 96) / 90 = 82.
        assert_eq!(reckoned(&facts, ""), [Some(750), Some(960), None, Some(820)]);
        let facts = Facts { assessments: vec![assessment(80, 100)], ..facts };
        // (60 × 75 + 30 × 96 + 10 × 80) / 100 = 81.8.
        assert_eq!(reckoned(&facts, "")[3], Some(818));
        let facts = Facts { weeks: vec![week(0, 0, true), week(3, 3, false)], ..facts };
        // (30 × 96 + 10 × 80) / 40 = 92.
        assert_eq!(reckoned(&facts, ""), [None, Some(960), Some(800), Some(920)]);
        assert_eq!(reckoned(&Facts::default(), ""), [None, Some(1000), None, Some(1000)]);
        let only_work = "[score]\nweight_work = 100\nweight_performance = 0\nweight_other = 0\n";
        assert_eq!(reckoned(&Facts::default(), only_work), [None, Some(1000), None, None]);
    }

    #[test]
    fn r55_the_performance_score_is_held_between_nothing_and_its_most() {
        let performance = |given, taken, policy| reckoned(&Facts { given, taken, ..Facts::default() }, policy)[1];
        for (given, taken, tenths) in
            [(20, 0, 1200), (21, 0, 1200), (30, 9, 1200), (0, 100, 0), (0, 101, 0), (5, 105, 0), (5, 104, 10)]
        {
            assert_eq!(performance(given, taken, ""), Some(tenths), "{given} {taken}");
        }
        assert_eq!(performance(0, u64::MAX, ""), Some(0));
        assert_eq!(performance(u64::MAX, 0, ""), Some(1200));
        let policy = "[score]\nbase = 80\ncap = 90\n";
        assert_eq!((performance(5, 0, policy), performance(50, 0, policy)), (Some(850), Some(900)));
    }

    #[test]
    fn r55_weights_that_are_no_whole_are_refused_and_the_former_stand() {
        let text = "[score]\nweight_work = 50\n[[change]]\nfrom = 2027-01-01\nscore.weight_other = 20\n\
                    [[change]]\nfrom = 2027-02-01\nscore.weight_other = 20\nscore.weight_performance = 20\n";
        let (policy, problems) = Policy::read(text);
        let told: Vec<_> = problems.iter().map(|p| (p.place.as_ref().unwrap().line, p.code)).collect();
        assert_eq!(told, [(1, "policy.weights"), (5, "policy.weights")]);
        let at = |day: &str| policy.at(day.parse().unwrap()).score_weights;
        assert_eq!((at("2026-12-31"), at("2027-01-31"), at("2027-02-01")), ([60, 30, 10], [60, 30, 10], [60, 20, 20]));
    }
}
