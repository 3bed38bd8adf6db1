//! 目标达成: what the figures were to come to, for the department, for each role and for each person, and by how much they
//! miss it (R65). Judged by the goals in force on the period's last day (R68).
//!
//! A figure is that of the people who hold a role together, and not the mean of theirs. Whose a record is, is who
//! answers for it: the specialist of the orders behind it, who holds a complaint, who was first asked (R26), else who
//! made it out. The visits asked for are those of the customers' owners; work, training, calls and shifts are judged by
//! whose they are, whoever recorded them.

use std::collections::BTreeSet;

use super::figure::{People, Rule, RuleOfPeople, Tally};
use super::groups::BY_SPECIALIST;
use super::model::Section;
use super::scope::{Scope, Span};
use super::{arrivals, charts, complaints, consults, orders, plans, qa, repairs, shifts, shipments, trainings, visits};
use crate::base::field::{Kind, List};
use crate::base::number::Code;
use crate::base::table::{Cell, Row, column};
use crate::base::words::words;
use crate::book::Book;
use crate::forms::complaint::Complaint;
use crate::forms::form::Form;
use crate::lists::role;
use crate::policy::goals::{MEASURES, Measure};
use crate::policy::{Goal, Goals, Whose};
use crate::reports::listing::table;
use crate::sla::CLOCKS;

/// The figures with a goal that are no clock's.
const RULES: &[Rule] = &[
    orders::DELAYS_TOLD,
    shipments::AS_PLANNED,
    arrivals::ON_TIME,
    arrivals::ERROR_RATE,
    arrivals::DAMAGE_RATE,
    repairs::MENDED_IN_TIME,
    repairs::DAYS_TO_MEND,
    repairs::STILL_FAULTY,
    consults::TURNED,
    visits::SATISFACTION,
    visits::QUALITY,
    visits::ON_TIME,
    visits::ARRIVAL_ERRORS,
    visits::DAMAGE_HANDLING,
    complaints::SATISFIED,
];

/// The figures with a goal that look further than the forms of a span.
const OF_PEOPLE: &[RuleOfPeople] = &[
    visits::COVERAGE_OF,
    plans::WORKLOAD,
    trainings::ATTENDED,
    trainings::PASSED,
    qa::QUALITY,
    shifts::ON_TIME,
    shifts::COVER,
];

/// Those who have a goal together, or one of them.
struct Party {
    whose: Whose,
    people: Vec<Code>,
}

/// Every goal, for the general reports; nothing where there is none.
pub fn goals(scope: &Scope<'_>) -> Option<Section> {
    section(scope, |_| true)
}

/// The goals of roles and persons for the figures of one report; nothing where only the department has any, which stand
/// beside its figures.
pub fn beside(scope: &Scope<'_>, report: &str) -> Option<Section> {
    let concerns = |measure: &Measure| measure.report == report || report == "sla" && measure.clock.is_some();
    let mut parts = scope.goals().iter().filter(|(whose, _)| **whose != Whose::Department);
    let concerned = parts.any(|(_, mut goals)| {
        goals.any(|(key, _)| MEASURES.iter().any(|measure| measure.key == key && concerns(measure)))
    });
    concerned.then(|| section(scope, concerns)).flatten()
}

/// The goal of a person, by the roles that they hold at the end of a span.
pub fn of_person(span: &Span<'_>, goals: &Goals, code: &Code, key: &str) -> Option<Goal> {
    goals.of_person(code, roles(span, code), key)
}

fn roles<'s>(span: &'s Span<'_>, code: &Code) -> &'s [String] {
    span.book().staff_on(code, span.end()).map_or(&[], |row| row.many("roles"))
}

fn section(scope: &Scope<'_>, concerns: impl Fn(&Measure) -> bool) -> Option<Section> {
    let (span, goals) = (&scope.span, scope.goals());
    let parties = parties(span, goals);
    let spans = span.split(|book, form| {
        let answers = responsible(book, form);
        let theirs = |party: &Party| party.people.iter().any(|code| answers.contains(code.as_str()));
        parties.iter().enumerate().filter(|(_, party)| theirs(party)).map(|(at, _)| at).collect()
    });
    let mut rows = Vec::new();
    for measure in MEASURES.iter().filter(|measure| concerns(measure)) {
        if let Some(goal) = scope.goal(measure.key) {
            rows.push(row(scope, measure, &Whose::Department, goal, actual(scope, Some(span), measure, People::All)));
        }
        for (at, party) in parties.iter().enumerate() {
            let goal = match &party.whose {
                Whose::Person(code) => of_person(span, goals, code, measure.key),
                whose => goals.set_for(whose, measure.key),
            };
            let Some(goal) = goal else { continue };
            let found = actual(scope, spans.get(&at), measure, People::Only(&party.people));
            rows.push(row(scope, measure, &party.whose, goal, found));
        }
    }
    if rows.is_empty() {
        return None;
    }
    let columns = [
        column("figure", "Figure", "指标"),
        column("code", "Code", "代码").whole(),
        column("whose", "Whose", "责任方"),
        column("bound", "Is to be", "要求").whole(),
        column("goal", "Goal", "目标").numeric(),
        column("actual", "Actual", "实际").numeric(),
        column("standing", "Standing", "达成情况").whole(),
        column("miss", "Missed by", "差距").numeric(),
    ];
    let title = words("Goals", "目标达成");
    let mut section = scope.section("goals", title, &[]);
    section.tables.push(table("goals", words("", ""), &columns, rows));
    section.charts = charts::GOALS;
    Some(section)
}

/// The roles with goals, then everybody who works here at the end of the span and has one.
fn parties(span: &Span<'_>, goals: &Goals) -> Vec<Party> {
    let staff = &span.book().list(List::Staff).rows;
    let here: Vec<Code> = staff
        .iter()
        .filter_map(|row| row.fields.staff("code"))
        .filter(|code| span.book().staff_on(code, span.end()).is_some())
        .collect();
    let of_role = |role: &str| -> Vec<Code> {
        here.iter().filter(|code| roles(span, code).iter().any(|held| held == role)).cloned().collect()
    };
    let together = goals.iter().filter_map(|(whose, _)| match whose {
        Whose::Role(role) => Some(Party { whose: whose.clone(), people: of_role(role) }),
        Whose::Department | Whose::Person(_) => None,
    });
    let has_any = |code: &&Code| MEASURES.iter().any(|m| of_person(span, goals, code, m.key).is_some());
    let mut persons: Vec<&Code> = here.iter().filter(has_any).collect();
    persons.sort_unstable();
    let each = persons.into_iter().map(|code| Party { whose: Whose::Person(code.clone()), people: vec![code.clone()] });
    together.chain(each).collect()
}

/// The codes of those who answer for a record.
fn responsible(book: &Book<'_>, form: &Form) -> BTreeSet<String> {
    match form.spec.kind {
        Kind::Order | Kind::Shipment | Kind::Receipt => {
            (BY_SPECIALIST.keys)(book, form).into_iter().flatten().collect()
        }
        Kind::Complaint => [Complaint::of(form).holder().to_string()].into(),
        _ => [form.number.staff().to_string()].into(),
    }
}

/// What a figure of some people comes to, over the span of the records that they answer for.
fn actual(scope: &Scope<'_>, span: Option<&Span<'_>>, measure: &Measure, people: People<'_>) -> Tally {
    if let Some(rule) = OF_PEOPLE.iter().find(|rule| rule.aim == Some(measure.key)) {
        return (rule.of)(scope, people);
    }
    let Some(span) = span else { return Tally::nothing() };
    if let Some(clock) = CLOCKS.iter().find(|clock| measure.clock == Some(clock.key)) {
        return span.in_time(clock);
    }
    let rule = RULES.iter().find(|rule| rule.aim == Some(measure.key));
    rule.map_or(Tally::nothing(), |rule| (rule.of)(span))
}

fn row(scope: &Scope<'_>, measure: &Measure, whose: &Whose, goal: Goal, found: Tally) -> Row {
    let book = scope.span.book();
    let (code, name) = match whose {
        Whose::Department => (Cell::Empty, words("the department", "部门").into()),
        Whose::Role(code) => (Cell::Text((*code).to_string()), role(code).map(|role| role.name).into()),
        Whose::Person(code) => (Cell::Text(code.to_string()), Cell::Text(book.name(List::Staff, code.as_str()))),
    };
    let miss = found.value.and_then(|value| goal.miss(value));
    let standing = match (found.value, miss) {
        (None, _) => Cell::coded("none", words("nothing to measure", "无数据")),
        (Some(_), None) if scope.runs() => Cell::coded("met", words("met so far", "目前达标")),
        (Some(_), None) => Cell::coded("met", words("met", "达标")),
        (Some(_), Some(_)) if scope.runs() => Cell::coded("missed", words("not met so far", "目前未达标")),
        (Some(_), Some(_)) => Cell::coded("missed", words("missed", "未达标")),
    };
    let cells = vec![
        Cell::coded(measure.key, measure.name),
        code,
        name,
        Cell::coded(goal.bound.code(), goal.bound.name()),
        goal.value.into(),
        found.value.into(),
        standing,
        miss.map_or(Cell::Empty, Cell::Apart),
    ];
    Row { cells, records: found.records }
}

#[cfg(test)]
mod tests {
    use super::{OF_PEOPLE, RULES};
    use crate::policy::goals::{MEASURES, measure};
    use crate::reports::named;
    use crate::sla::CLOCKS;

    #[test]
    fn r65_every_figure_with_a_goal_is_held_once_in_its_unit() {
        let of_forms = RULES.iter().map(|rule| (rule.key, rule.unit, rule.aim));
        let held: Vec<_> = of_forms.chain(OF_PEOPLE.iter().map(|rule| (rule.key, rule.unit, rule.aim))).collect();
        for (key, unit, aim) in &held {
            let measure = aim.and_then(measure).unwrap_or_else(|| panic!("{key} has no measure"));
            assert_eq!((measure.unit.key(), measure.clock), (*unit, None), "{}", measure.key);
        }
        for measure in MEASURES {
            let held = held.iter().filter(|(_, _, aim)| *aim == Some(measure.key)).count();
            let clocks = CLOCKS.iter().filter(|clock| measure.clock == Some(clock.key)).count();
            assert_eq!(held + clocks, 1, "{}", measure.key);
            assert!(named(measure.report).is_some(), "{}", measure.report);
            assert_eq!(MEASURES.iter().filter(|other| other.key == measure.key).count(), 1);
        }
    }
}
