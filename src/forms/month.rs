//! A month's records of a kind that is [kept in rows](super::spec::Kept::Rows): a row for each step of a record.
//!
//! The first row of a record, `new`, holds its header; each later row what its step records, that of an `edit` the header
//! fields that changed. A column serves the header and every step that has its key. Rows are only ever added, so that two
//! clones merge.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::form::{Form, Step, mark_voided, path_of};
use super::read::{by_nobody, no_such_step};
use super::spec::{COMMON, FormSpec, STEP_FIELDS, StepSpec};
use super::write::Taken;
use crate::base::csv::{RawCell, RawRow, Records, each_row, split};
use crate::base::field::{Entry, Field, Fields, Need, Ty, optional, required};
use crate::base::number::Number;
use crate::base::problem::{Place, Problem};
use crate::base::rows::read_cell;
use crate::base::time::{Date, Now, rfc3339};
use crate::base::words::words;
use crate::tr;

/// The columns that tell which step of which record a row is.
const LEADING: &[Field] = &[
    STEP_FIELDS[0],
    STEP_FIELDS[1],
    required("number", Ty::Text, words("Number", "单号"), words("The record", "单号")),
    required("do", Ty::Text, words("Step", "步骤"), words("The step", "步骤")),
];

const NUMBER: usize = 2;
const DO: usize = 3;

/// The header fields that an `edit` empties, by their keys.
static CLEAR: Field =
    optional("clear", Ty::Text, words("Emptied", "清空"), words("The fields that were emptied", "被清空的字段"));

/// The columns of a kind's months: when and by whom, which record and step, what header and steps hold, remarks.
pub fn columns(spec: &FormSpec) -> Vec<&'static Field> {
    let mut columns: Vec<&'static Field> = LEADING.iter().collect();
    let steps = spec.steps.iter().chain(COMMON).flat_map(|step| step.fields);
    for field in spec.fields.iter().chain(steps).chain([&CLEAR]).chain(&STEP_FIELDS[2..]) {
        if columns.iter().all(|known| known.key != field.key) {
            columns.push(field);
        }
    }
    columns
}

/// The first line of a month's file.
pub fn heads(spec: &FormSpec) -> String {
    columns(spec).iter().map(|field| field.key).collect::<Vec<_>>().join(",")
}

/// The cells of the row of a step, or of a new record with its header, each under its head.
pub fn cells(number: &Number, taken: &Taken<'_>, fields: &Fields) -> Vec<(&'static str, String)> {
    let mut cells = vec![
        (LEADING[0].key, rfc3339(taken.at)),
        (LEADING[1].key, taken.by.to_string()),
        (LEADING[NUMBER].key, number.to_string()),
        (LEADING[DO].key, taken.verb.to_string()),
    ];
    cells.extend(fields.0.iter().map(|entry| (entry.field.key, entry.value.to_string())));
    cells.extend(taken.note.map(|note| (STEP_FIELDS[2].key, note.to_string())));
    if !taken.attach.is_empty() {
        cells.push((STEP_FIELDS[3].key, taken.attach.join(";")));
    }
    cells
}

/// The cell by which an `edit` says which header fields it empties.
pub fn emptied(keys: &[&str]) -> (&'static str, String) {
    (CLEAR.key, keys.join(";"))
}

/// A month's file, its rows sorted by record, none of them read yet.
#[derive(Debug)]
pub struct Month {
    spec: &'static FormSpec,
    file: Arc<str>,
    text: Arc<str>,
    columns: Vec<&'static Field>,
    /// The index into the columns of each cell of a row.
    heads: Vec<Option<usize>>,
    records: BTreeMap<Number, Record>,
    /// What is wrong with the file, and with rows that are no record's.
    pub problems: Vec<Problem>,
}

/// Where the rows of a record stand.
#[derive(Debug, Default)]
struct Record {
    rows: Vec<Range<usize>>,
    /// When it ended, where its last row shows that it is over.
    ended: Option<Date>,
    /// Whether its first row is not the one that began it.
    headless: bool,
}

impl Month {
    /// Sorts the rows of a month's file.
    pub fn open(spec: &'static FormSpec, file: Arc<str>, text: Arc<str>) -> Month {
        let columns = columns(spec);
        let known: Vec<&str> = columns.iter().map(|field| field.key).collect();
        let needed: Vec<&str> = LEADING.iter().map(|field| field.key).collect();
        let mut records: BTreeMap<Number, Record> = BTreeMap::new();
        let mut astray = Vec::new();
        let mut in_disorder = false;
        let mut problems = each_row(&file, &text, &known, &needed, |row| {
            let number = row.get(NUMBER).parse::<Number>().ok().filter(|n| path_of(spec, n) == *file);
            match number.filter(|number| number.prefix() == spec.prefix) {
                Some(number) => {
                    let record = records.entry(number).or_default();
                    record.headless |= record.rows.is_empty() && row.get(DO) != "new";
                    in_disorder |= record.headless && row.get(DO) == "new";
                    record.ended = ended(spec, &columns, &row);
                    record.rows.push(row.span);
                }
                None => astray.push(row.span),
            }
        });
        problems.extend(astray.into_iter().map(|span| no_record_of_month(spec, Place::at(&file, &text, span))));
        if in_disorder {
            // One cause is told once, and nothing is concluded from rows in disorder.
            problems.push(disorder(&file));
            records.clear();
        }
        let heads = Records::new(&text).next().map_or_else(Vec::new, |heads| {
            heads.cells.iter().map(|(head, _)| known.iter().position(|key| *key == head.trim())).collect()
        });
        Month { spec, file, text, columns, heads, records, problems }
    }

    /// The numbers of its records, oldest first.
    pub fn numbers(&self) -> impl Iterator<Item = &Number> {
        self.records.keys()
    }

    /// Its records, oldest first.
    pub fn records(&self) -> impl Iterator<Item = (&Number, Rows<'_>)> {
        self.records.iter().map(|(number, record)| (number, Rows { text: &self.text, record }))
    }

    /// The rows of a record, where it has any here.
    pub fn rows(&self, number: &Number) -> Option<Rows<'_>> {
        self.records.get(number).map(|record| Rows { text: &self.text, record })
    }

    /// Reads a record. `None` where there is none or nothing of it can be read; a form that comes with problems holds
    /// what could be read.
    pub fn form(&self, number: &Number, now: Now) -> (Option<Form>, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut header = Fields::default();
        let mut steps = Vec::new();
        for (at, span) in self.records.get(number).into_iter().flat_map(|record| &record.rows).enumerate() {
            let row = self.row(span);
            let Some((step, fields)) = self.step(&row, at + 1, now, &mut problems) else { continue };
            match step.verb() {
                "new" => header = fields,
                "edit" => edit(&mut header, fields),
                _ => {}
            }
            steps.push(step);
        }
        header.0.sort_by_key(|entry| self.spec.fields.iter().position(|field| field.key == entry.field.key));
        mark_voided(&mut steps);
        if steps.is_empty() {
            return (None, problems);
        }
        let (number, file, text) = (number.clone(), self.file.clone(), self.text.clone());
        (Some(Form { spec: self.spec, number, file, text, header, lines: Vec::new(), steps }), problems)
    }

    /// A row's cells that hold something, under known heads.
    fn row(&self, span: &Range<usize>) -> RawRow<'_> {
        let cells = split(&self.text[span.clone()]).into_iter().zip(&self.heads);
        let held = cells.filter_map(|((text, within), column)| {
            let span = span.start + within.start..span.start + within.end;
            column.filter(|_| !text.is_empty()).map(|column| RawCell { column, text, span })
        });
        RawRow { span: span.clone(), line: 0, cells: held.collect() }
    }

    /// Reads a row as a step, and what the row holds beyond when, by whom and remarks.
    fn step(&self, row: &RawRow<'_>, index: usize, now: Now, problems: &mut Vec<Problem>) -> Option<(Step, Fields)> {
        let at_row = |problem: Problem| problem.at(self.place(row.span.clone()));
        let verb = row.get(DO);
        let Some(spec) = self.spec.step(verb).filter(|step| (step.verb == "new") == (index == 1)) else {
            let twice = verb == "new" && index > 1;
            problems.push(at_row(match twice {
                true => taken_twice(row.get(NUMBER)),
                false => no_such_step(self.spec, index, verb),
            }));
            return None;
        };
        let is_edit = spec.verb == "edit";
        let own: &'static [Field] = if index == 1 || is_edit { self.spec.fields } else { spec.fields };
        let mut common = self.read(row, STEP_FIELDS, true, now, problems);
        let mut fields = self.read(row, own, !is_edit, now, problems);
        if is_edit {
            fields.0.extend(self.read(row, std::slice::from_ref(&CLEAR), false, now, problems).0);
        }
        problems.extend(
            self.foreign(row, own, is_edit)
                .map(|(cell, field)| misplaced(spec, field).at(self.place(cell.span.clone()))),
        );
        let by = common.staff("by");
        if by.is_none() && common.get("by").is_some() {
            problems.push(at_row(by_nobody()));
        }
        let attach = common.many("attach").to_vec();
        let at = common.time("at")?;
        let note = common.0.iter().position(|e| e.field.key == "note");
        let note = note.map(|i| common.0.swap_remove(i).value.to_string());
        let span = row.cells.iter().find(|cell| cell.column == DO).map_or(row.span.clone(), |cell| cell.span.clone());
        let held = if index == 1 || is_edit { Fields::default() } else { fields.clone() };
        let step =
            Step { index, spec, at, by: by?, note, attach, fields: held, lines: Vec::new(), voided_by: None, span };
        Some((step, fields))
    }

    /// The values of some fields in a row; where `whole`, none that must be there may lack.
    fn read(
        &self,
        row: &RawRow<'_>,
        fields: &'static [Field],
        whole: bool,
        now: Now,
        problems: &mut Vec<Problem>,
    ) -> Fields {
        let mut entries = Vec::new();
        for field in fields {
            let cell = row.cells.iter().find(|cell| self.columns[cell.column].key == field.key);
            let mut wrong = |code, (message, help), span| {
                problems.push(Problem::new(code, message, help).at(self.place(span)));
            };
            match cell.map(|cell| (read_cell(field, cell, now), &cell.span)) {
                Some((Ok(Some(value)), span)) => entries.push(Entry { field, value, span: span.clone() }),
                Some((Ok(None), _)) => {}
                Some((Err(why), span)) => wrong("field.value", why, span.clone()),
                None if whole && field.need == Need::Required => {
                    wrong("field.missing", field.lacking(), row.span.clone())
                }
                None => {}
            }
        }
        Fields(entries)
    }

    /// The cells of a row that its step has no field for.
    fn foreign<'r>(
        &'r self,
        row: &'r RawRow<'_>,
        own: &'static [Field],
        is_edit: bool,
    ) -> impl Iterator<Item = (&'r RawCell<'r>, &'static Field)> {
        let known = move |key: &str| {
            let fields = LEADING.iter().chain(STEP_FIELDS).chain(own);
            is_edit && key == CLEAR.key || fields.into_iter().any(|field| field.key == key)
        };
        let cells = row.cells.iter().map(|cell| (cell, self.columns[cell.column]));
        cells.filter(move |(_, field)| !known(field.key))
    }

    fn place(&self, span: Range<usize>) -> Place {
        Place::at(&self.file, &self.text, span)
    }
}

/// Puts what an `edit` says in the place of what the header held.
fn edit(header: &mut Fields, edited: Fields) {
    let names = |key: &str| {
        let emptied = edited.text(CLEAR.key).is_some_and(|keys| keys.split(';').any(|emptied| emptied == key));
        emptied || edited.get(key).is_some()
    };
    header.0.retain(|entry| !names(entry.field.key));
    header.0.extend(edited.0.into_iter().filter(|entry| entry.field.key != CLEAR.key));
}

/// When a record ended whose last row this is, where the row shows that it is over.
fn ended(spec: &FormSpec, columns: &[&Field], row: &RawRow<'_>) -> Option<Date> {
    let step = spec.step(row.get(DO))?;
    let cell = |key: &str| columns.iter().position(|column| column.key == key).map_or("", |column| row.get(column));
    let over = match step.verb {
        "void" => cell("step").is_empty(),
        "new" => {
            let turned = spec.opens.filter(|turn| cell(turn.key) == turn.choice);
            spec.is_end(turned.map_or(spec.states[0].code, |turn| turn.to))
        }
        _ => {
            let finished = step.finish.filter(|finish| cell(finish.without).is_empty()).map(|finish| finish.to);
            step.turn.is_none() && finished.or(step.to).is_some_and(|to| spec.is_end(to))
        }
    };
    over.then(|| row.get(0).get(..10)?.parse().ok()).flatten()
}

/// The rows of one record, for a glance.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'m> {
    text: &'m str,
    record: &'m Record,
}

impl<'m> Rows<'m> {
    /// The text of each row.
    pub fn texts(self) -> impl Iterator<Item = &'m str> {
        self.record.rows.iter().map(move |row| &self.text[row.clone()])
    }

    /// When the record ended, where its last row shows that it is over. Takes that row at its word.
    pub fn ended(self) -> Option<Date> {
        self.record.ended
    }
}

fn no_record_of_month(spec: &FormSpec, place: Place) -> Problem {
    let (dir, prefix) = (spec.dir, spec.prefix);
    Problem::new(
        "register.number",
        tr!("the row is of no record of this month", "该行不属于本月的任何单据"),
        tr!(
            "give the number that its record has, as {prefix}-261121-YX-1, in the file of its month: {dir}/2026-11.csv",
            "请填写所属单据的单号（如 {prefix}-261121-YX-1），并放在其月份的文件中：{dir}/2026-11.csv"
        ),
    )
    .at(place)
}

/// Somebody sorted the file otherwise.
fn disorder(file: &str) -> Problem {
    Problem::new(
        "register.order",
        tr!("the rows are not in the order in which they were written", "各行不是原来的登记顺序"),
        tr!(
            "take back the sorting: git checkout -- {file}; or sort by the column at, each record's new row first",
            "请撤销排序：git checkout -- {file}；或按 at 列排序，每张单据的 new 行在前"
        ),
    )
    .at(Place::file(file))
}

/// Two clones of one person gave the same number to two records, and were merged.
fn taken_twice(number: &str) -> Problem {
    Problem::new(
        "register.twice",
        tr!("two records bear the number {number}", "有两张单据的单号都是 {number}"),
        tr!(
            "give the later one, with its later rows, the next free number by hand",
            "请手工把后一张（连同其后续各行）改为下一个未用的单号"
        ),
    )
}

fn misplaced(step: &StepSpec, field: &Field) -> Problem {
    let (verb, key, name) = (step.verb, field.key, field.name);
    Problem::new(
        "register.cell",
        tr!("{verb} has no {key}", "{verb} 这一步没有{name}（{key}）"; name),
        tr!("empty the cell, or move it to the row that it belongs to", "请清空该单元格，或移到所属的行"),
    )
}
