//! Figures of return visits (R38–R41), and the report of them, which is the summary of a month's visits (R39).
//!
//! Customers who were to be visited are counted month by month over the period: those who are active today, so that a
//! past month tells of them alone. A visit counts in the period in which it was made.

use std::collections::BTreeMap;

use super::charts;
use super::figure::{People, Rule, RuleOfPeople, Tally, count, percent, points};
use super::groups::{BY_CUSTOMER, Grouping, behind, coded_name, grouped, text};
use super::listing::{CUSTOMER, NUMBER, customer, table};
use super::model::Section;
use super::scope::{Scope, Span};
use crate::base::field::Kind::Visit as VISIT;
use crate::base::field::{Kind, List};
use crate::base::number::Number;
use crate::base::period::Unit;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::visit::{NEEDS, PURPOSES, SCORES, Visit};
use crate::visits::{Call, Round, awaits, calls, followers, is_low, load_followers, owner};

/// Visits made.
pub const MADE: Rule = count("visits", "Visits", "回访", |s| Tally::count(s.made(VISIT)));
/// Of the visits that the period asked for (of each customer once a month, of those of grade A by the manager once a
/// quarter), those that were made.
const COVERAGE: Rule = percent("coverage", "Coverage", "回访完成率", |s| share(&asked(s))).aim("visit_coverage");
/// The mean of how satisfied customers say they are, all in all.
pub const SATISFACTION: Rule =
    points("satisfaction", "Satisfaction, mean", "总体满意度均分", |s| mean(s, "satisfaction")).aim("satisfaction");
/// The mean of the scores for quality.
pub const QUALITY: Rule = points("quality", "Quality, mean", "产品质量均分", |s| mean(s, "quality")).aim("quality");
/// The mean of the scores for arrival on time.
pub const ON_TIME: Rule = points("on_time", "On time, mean", "到货及时均分", |s| mean(s, "on_time")).aim("on_time");
/// The mean of the scores for freedom from arrival errors.
pub const ARRIVAL_ERRORS: Rule =
    points("arrival_errors", "Freedom from arrival errors, mean", "到货准确均分", |s| mean(s, "arrival_errors"))
        .aim("arrival_accuracy");
/// The mean of the scores for how damage is dealt with.
pub const DAMAGE_HANDLING: Rule =
    points("damage_handling", "Damage handling, mean", "破损处理均分", |s| mean(s, "damage_handling"))
        .aim("damage_handling");
/// Visits with a score at which something has to be done.
pub const LOW: Rule = count("low", "With a low score", "低分回访", |s| {
    let low = |form: &&Form| is_low(s.book(), form.day(), Visit::of(form).lowest());
    Tally::count(s.made(VISIT).filter(low))
});
/// Visits in which a need was stated.
pub const STATED: Rule = count("needs", "Needs stated", "提出需求", |s| Tally::count(stated(s)));
/// Of the needs stated, those that nobody has seen to by the end.
const WAITING: Rule = count("waiting", "Of these not followed up", "其中未跟进", |s| {
    Tally::count(stated(s).filter(|form| awaits(s.book(), form)))
});
/// Visits in which the customer suggested something.
pub const SUGGESTIONS: Rule = count("suggestions", "Suggestions", "客户建议", |s| with(s, "suggestion"));
const BUSINESS: Rule = count("new_business", "New business", "新业务意向", |s| with(s, "new_business"));
const PRAISE: Rule = count("praise", "Praise", "表扬", |s| with(s, "praise"));

const TITLE: Words = words("Return visits", "回访");

const RULES: &[Rule] = &[
    MADE,
    COVERAGE,
    SATISFACTION,
    QUALITY,
    ON_TIME,
    ARRIVAL_ERRORS,
    DAMAGE_HANDLING,
    LOW,
    STATED,
    WAITING,
    SUGGESTIONS,
    BUSINESS,
    PRAISE,
];

const MEANS: &[Rule] = &[MADE, SATISFACTION, QUALITY, ON_TIME, ARRIVAL_ERRORS, DAMAGE_HANDLING, LOW];

/// By brand of the customer.
const BY_BRAND: Grouping = Grouping {
    name: "by_brand",
    title: words("By brand", "按品牌"),
    heads: &[column("brand", "Brand", "品牌")],
    keys: |book, form| of_customer(book, form, "brand"),
    cells: |_, key| vec![text(&key[0])],
};

/// By region of the customer.
const BY_REGION: Grouping = Grouping {
    name: "by_region",
    title: words("By region", "按区域"),
    heads: &[column("region", "Region", "区域")],
    keys: |book, form| of_customer(book, form, "region"),
    cells: |_, key| vec![text(&key[0])],
};

/// By model of the fixture, where the visit follows up a repair of one.
const BY_MODEL: Grouping = Grouping {
    name: "by_model",
    title: words("By model, where a repair was followed up", "按型号（维修回访）"),
    heads: &[column("model", "Model", "型号").whole(), column("name", "Name", "名称")],
    keys: |book, form| {
        let models = behind(book, form, Kind::Repair, |ticket| {
            vec![ticket.header.text("model").unwrap_or_default().to_string()]
        });
        if form.spec.kind == VISIT { models } else { Default::default() }
    },
    cells: |book, key| coded_name(book, List::Products, &key[0]),
};

/// By kind of visit.
const BY_PURPOSE: Grouping = Grouping {
    name: "by_purpose",
    title: words("By purpose", "按回访类别"),
    heads: &[column("purpose", "Purpose", "回访类别")],
    keys: |_, form| match form.spec.kind {
        VISIT => [vec![Visit::of(form).purpose().to_string()]].into(),
        _ => Default::default(),
    },
    cells: |_, key| vec![Cell::chosen(PURPOSES, &key[0])],
};

/// By customer.
const BY_VISITED: Grouping = Grouping {
    keys: |_, form| match form.spec.kind {
        VISIT => [vec![Visit::of(form).customer().to_string()]].into(),
        _ => Default::default(),
    },
    ..BY_CUSTOMER
};

/// What the row of a visit's customer says under a key.
fn of_customer(book: &Book<'_>, form: &Form, key: &str) -> std::collections::BTreeSet<Vec<String>> {
    if form.spec.kind != VISIT {
        return Default::default();
    }
    let row = book.list(List::Customers).get(Visit::of(form).customer());
    [vec![row.and_then(|row| row.fields.text(key)).unwrap_or_default().to_string()]].into()
}

/// The summary of visits: coverage, scores, what was said, and what became of it.
pub fn visits(scope: &Scope<'_>) -> Option<Section> {
    let span = &scope.span;
    load_what_followed(scope);
    let mut section = scope.section("visits", TITLE, RULES);
    section.tables = vec![coverage(span), distribution(span)];
    let groupings = [&BY_PURPOSE, &BY_BRAND, &BY_REGION, &BY_MODEL, &BY_VISITED];
    section.tables.extend(groupings.map(|grouping| grouped(span, grouping, MEANS)));
    section.tables.extend([said(span), needs(span), missed(span)]);
    section.charts = charts::VISITS;
    Some(section)
}

/// What a visit led to may have been made, and closed, long after.
fn load_what_followed(scope: &Scope<'_>) {
    for span in scope.spans() {
        load_followers(span.book(), stated(span));
    }
}

/// Visits in a few figures, for the day and the week.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    Some(scope.section("visits", TITLE, &[MADE, SATISFACTION, LOW, STATED, PRAISE]))
}

/// Visits in a few figures, for months and longer.
pub fn in_months(scope: &Scope<'_>) -> Option<Section> {
    load_what_followed(scope);
    Some(scope.section("visits", TITLE, &[MADE, COVERAGE, SATISFACTION, LOW, STATED, WAITING, PRAISE]))
}

/// What the months of a span asked for, as far as their rounds began in it: a part of a month asks for nothing before.
fn asked(span: &Span<'_>) -> Vec<Call> {
    let months = span.period.parts(Unit::Month).into_iter().map(|part| Round::holding(span.book(), part.from));
    let begun = months.filter(|round| span.period.contains(round.start) && round.start <= span.end());
    begun.flat_map(|round| calls(span.book(), round.month)).collect()
}

/// The same as a goal asks for it: of some people, that of the customers whom they look after.
pub const COVERAGE_OF: RuleOfPeople = COVERAGE.of_people(|scope, people| {
    let mut asked = asked(&scope.span);
    if let People::Only(people) = people {
        asked.retain(|call| {
            let owner = owner(scope.span.book(), &call.customer).filter(|_| !call.by_manager);
            owner.is_some_and(|owner| people.contains(&owner))
        });
    }
    share(&asked)
});

/// The share of the visits asked for that were made.
fn share(asked: &[Call]) -> Tally {
    let made: Vec<&Form> = asked.iter().filter_map(|call| call.made.as_deref()).collect();
    let value = Amount::share(made.len() as u64, asked.len() as u64);
    Tally { value, ..Tally::count(made) }
}

/// The mean of a score over the visits of a span.
fn mean(span: &Span<'_>, key: &str) -> Tally {
    Tally::mean(span.made(VISIT).filter_map(|form| Some((form, Visit::of(form).score(key)?))))
}

/// The visits at which a need was stated.
fn stated<'s>(span: &'s Span<'_>) -> impl Iterator<Item = &'s Form> {
    span.made(VISIT).filter(|form| Visit::of(form).need() != "nothing")
}

/// The visits that hold something under a key.
fn with(span: &Span<'_>, key: &str) -> Tally {
    Tally::count(span.made(VISIT).filter(|form| form.header.get(key).is_some()))
}

/// Who was to visit how many, and did; all of them in the last row.
fn coverage(span: &Span<'_>) -> Table {
    let book = span.book();
    let all = asked(span);
    let mut by: BTreeMap<(bool, String), Vec<&Call>> = BTreeMap::new();
    for call in &all {
        let owner = owner(book, &call.customer).filter(|_| !call.by_manager);
        by.entry((call.by_manager, owner.map(|code| code.to_string()).unwrap_or_default())).or_default().push(call);
    }
    let of = |((by_manager, code), calls): (&(bool, String), &Vec<&Call>)| {
        let name = if *by_manager { MANAGER.into() } else { text(&book.name(List::Staff, code)) };
        covered(text(code), name, calls)
    };
    let mut rows: Vec<Row> = by.iter().map(of).collect();
    if !all.is_empty() {
        rows.push(covered(Cell::Empty, words("all", "合计").into(), &all.iter().collect::<Vec<_>>()));
    }
    let columns = [
        column("code", "Code", "工号").whole(),
        column("specialist", "Specialist", "客服专员"),
        column("due", "To be made", "应回访").numeric(),
        column("visited", "Made", "已回访").numeric(),
        COVERAGE.column(),
        SATISFACTION.column(),
    ];
    table("coverage", words("Coverage", "回访完成情况"), &columns, rows)
}

/// Who visits customers of grade A once a quarter.
const MANAGER: Words = words("the manager, grade A", "经理（A 类客户）");

fn covered(code: Cell, name: Cell, calls: &[&Call]) -> Row {
    let made: Vec<&Form> = calls.iter().filter_map(|call| call.made.as_deref()).collect();
    let (due, count) = (calls.len() as u64, made.len() as u64);
    let scores = made.iter().filter_map(|form| Some((*form, Visit::of(form).score("satisfaction")?)));
    let mean = Tally::mean(scores).value;
    let cells = vec![code, name, Cell::count(due), Cell::count(count), Amount::share(count, due).into(), mean.into()];
    Row { cells, records: Tally::count(made).records }
}

/// How often each score was given.
fn distribution(span: &Span<'_>) -> Table {
    const COLUMNS: [Column; 7] = [
        column("score", "Score", "项目"),
        column("one", "1", "1 分").numeric(),
        column("two", "2", "2 分").numeric(),
        column("three", "3", "3 分").numeric(),
        column("four", "4", "4 分").numeric(),
        column("five", "5", "5 分").numeric(),
        column("mean", "Mean", "均分").numeric(),
    ];
    let row = |key: &&'static str| {
        let scored: Vec<(&Form, u8)> =
            span.made(VISIT).filter_map(|form| Some((form, Visit::of(form).score(key)?))).collect();
        let name: Words = crate::forms::visit::VISIT.field(key).map_or(words("", ""), |field| field.name);
        let mut cells = vec![Cell::coded(key, name)];
        cells.extend(
            (1..=5).map(|points| Cell::count(scored.iter().filter(|(_, score)| *score == points).count() as u64)),
        );
        let Tally { value, records } = Tally::mean(scored);
        cells.push(value.into());
        Row { cells, records }
    };
    table("distribution", words("Scores given", "评分分布"), &COLUMNS, SCORES.iter().map(row))
}

/// What customers said, suggested and may order.
fn said(span: &Span<'_>) -> Table {
    let columns = [
        NUMBER,
        CUSTOMER,
        column("purpose", "Purpose", "回访类别"),
        column("satisfaction", "Satisfaction", "满意度").numeric(),
        column("content", "Said", "反馈内容"),
        column("suggestion", "Suggestion", "建议"),
        column("new_business", "New business", "新业务意向"),
        column("praise", "Praise", "表扬"),
    ];
    const SAID: [&str; 4] = ["content", "suggestion", "new_business", "praise"];
    let says = |form: &&Form| SAID.iter().any(|key| form.header.get(key).is_some());
    let row = |form: &Form| {
        let of = |key: &str| text(form.header.text(key).unwrap_or(""));
        let praise = form.header.entry("praise").map(|entry| Cell::of(entry.field, Some(&entry.value), false));
        let cells = vec![
            Cell::Number(form.number.clone()),
            customer(span.book(), form),
            Cell::chosen(PURPOSES, Visit::of(form).purpose()),
            of("satisfaction"),
            of("content"),
            of("suggestion"),
            of("new_business"),
            praise.into(),
        ];
        Row { cells, records: vec![form.number.clone()] }
    };
    table("said", words("What customers said", "客户反馈"), &columns, span.made(VISIT).filter(says).map(row))
}

/// The needs that were stated, and what became of each.
fn needs(span: &Span<'_>) -> Table {
    let book = span.book();
    let columns = [
        NUMBER,
        CUSTOMER,
        column("need", "Need", "客户需求").whole(),
        column("lowest", "Lowest score", "最低分").numeric(),
        column("content", "Said", "反馈内容"),
        column("led_to", "Led to", "后续单据"),
        column("answer", "Outcome", "跟进结果"),
        column("waiting", "Not followed up", "待跟进").whole(),
    ];
    let row = |form: &Form| {
        let visit = Visit::of(form);
        let followers = followers(book, form);
        let numbers: Vec<String> = followers.iter().map(|form| form.number.to_string()).collect();
        let answer = form.last("follow").and_then(|step| step.fields.text("answer")).unwrap_or("");
        let cells = vec![
            Cell::Number(form.number.clone()),
            customer(book, form),
            Cell::chosen(NEEDS, visit.need()),
            visit.lowest().map_or(Cell::Empty, |score| Cell::Text(score.to_string())),
            text(form.header.text("content").unwrap_or("")),
            text(&numbers.join(" ")),
            text(answer),
            if awaits(book, form) { words("yes", "是").into() } else { Cell::Empty },
        ];
        let mut records: Vec<Number> = followers.iter().map(|form| form.number.clone()).collect();
        records.push(form.number.clone());
        records.sort_unstable();
        Row { cells, records }
    };
    table("needs", words("Needs and what became of them", "客户需求及跟进"), &columns, stated(span).map(row))
}

/// The visits that were to be made and were not.
fn missed(span: &Span<'_>) -> Table {
    let book = span.book();
    let columns = [
        column("month", "Month", "月份").whole(),
        column("code", "Code", "代码").whole(),
        CUSTOMER,
        column("specialist", "Specialist", "客服专员"),
        column("purpose", "Purpose", "回访类别").whole(),
        column("due", "Due", "截止").whole(),
    ];
    let asked = asked(span);
    let row = |call: &Call| {
        let by = match (call.by_manager, owner(book, &call.customer)) {
            (true, _) => MANAGER.into(),
            (false, owner) => owner.map_or(Cell::Empty, |code| text(&book.name(List::Staff, code.as_str()))),
        };
        let cells = vec![
            Cell::Text(call.due.format("%Y-%m").to_string()),
            text(&call.customer),
            text(&book.name(List::Customers, &call.customer)),
            by,
            Cell::chosen(PURPOSES, call.kind),
            Cell::Date(call.due),
        ];
        Row { cells, records: Vec::new() }
    };
    let missed = asked.iter().filter(|call| call.made.is_none()).map(row);
    table("missed", words("Not visited", "未回访客户"), &columns, missed)
}
