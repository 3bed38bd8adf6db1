//! What moved between two reports of one name and period: figures and rows, with the records behind them that differ,
//! and the commits that touched those. Pure: what git knows is asked of the caller.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Figure, Input, Report, Section};
use crate::base::number::Number;
use crate::base::period::Period;
use crate::base::table::{Amount, Cell, Column, Row, Table};
use crate::base::time::Time;
use crate::base::words::Words;

/// What moved between two reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The reports' stable key.
    pub name: &'static str,
    /// Their heading.
    pub title: Words,
    /// The days that both cover.
    pub period: Period,
    /// What the first was made from.
    pub before: Input,
    /// What the second was made from.
    pub after: Input,
    /// Figures that moved, in reading order.
    pub figures: Vec<Moved>,
    /// Rows that came, went or changed, in reading order.
    pub rows: Vec<MovedRow>,
    /// The records behind either that differ.
    pub records: Vec<Traced<Number>>,
    /// Files that are no record and may move any figure: settings, lists, registers.
    pub others: Vec<Traced<String>>,
}

/// Which of a figure's three values moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// That of the period.
    Period,
    /// That of the period before.
    Previous,
    /// That of the same period a year before.
    LastYear,
}

/// A figure that moved, or that other records now make up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its section's stable key and heading.
    pub section: (&'static str, Words),
    /// Its stable key and name.
    pub figure: (&'static str, Words),
    /// Which of its values.
    pub of: Of,
    /// The unit's stable key.
    pub unit: &'static str,
    /// In the first report; `None` where there was nothing to measure.
    pub from: Option<Amount>,
    /// In the second.
    pub to: Option<Amount>,
    /// The records behind it that differ; of the period itself alone.
    pub behind: Behind,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Only the second report has it.
    Came,
    /// Only the first has it.
    Went,
    /// Both have it, with other cells or records.
    Changed,
}

/// A row of a table that came, went or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedRow {
    /// Its section's stable key and heading.
    pub section: (&'static str, Words),
    /// Its table's stable key and heading.
    pub table: (&'static str, Words),
    /// The cells that tell it from the table's other rows.
    pub row: Vec<Cell>,
    /// What became of it.
    pub fate: Fate,
    /// The columns whose cells differ, with what they held and hold; of a changed row alone.
    pub cells: Vec<(Column, Cell, Cell)>,
    /// The records behind it that differ.
    pub behind: Behind,
}

/// The records behind a figure or row that differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behind {
    /// Behind the second alone, and with another content.
    pub entered: Vec<Number>,
    /// Behind the first alone, and with another content.
    pub left: Vec<Number>,
    /// Behind both, with another content.
    pub changed: Vec<Number>,
    /// Behind the second alone, though the same as before: something else has brought them in.
    pub joined: Vec<Number>,
    /// Behind the first alone, though the same as before.
    pub dropped: Vec<Number>,
}

impl Behind {
    /// Whether other records are behind the second than behind the first.
    fn is_other(&self) -> bool {
        [&self.entered, &self.left, &self.joined, &self.dropped].iter().any(|records| !records.is_empty())
    }

    /// Those that differ themselves.
    pub fn differing(&self) -> impl Iterator<Item = &Number> {
        self.entered.iter().chain(&self.left).chain(&self.changed)
    }
}

/// A record or file that differs, and where that comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced<T> {
    /// Which.
    pub what: T,
    /// The commits in one of the two revisions alone that touched it, newest first.
    pub commits: Vec<Commit>,
    /// Whether it differs from the last commit, too.
    pub uncommitted: bool,
}

/// A commit, as far as a reader wants to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its full id.
    pub id: String,
    /// When its author wrote it.
    pub at: Time,
    /// The author's name.
    pub author: String,
    /// The first line of its message.
    pub subject: String,
}

/// What git and the folder tell of records.
pub trait Trace {
    /// Whether a record has not the same content in both.
    fn differs(&self, number: &Number) -> bool;
    /// The commits behind a record that differs, and whether it is committed at all.
    fn traced(&self, number: &Number) -> Traced<Number>;
}

/// Compares two reports of one name and period; `others` are the files besides records that differ.
pub fn difference(before: &Report, after: &Report, trace: &dyn Trace, others: Vec<Traced<String>>) -> Difference {
    let mut differ = Differ { trace, known: BTreeMap::new() };
    let (mut figures, mut rows) = (Vec::new(), Vec::new());
    for (old, new) in pairs(&before.sections, &after.sections, |section| section.name) {
        let Some(any) = new.or(old) else { continue };
        let section = (any.name, any.title);
        let (old_figures, new_figures) = (old.map_or(&[][..], |s| &s.figures), new.map_or(&[][..], |s| &s.figures));
        for (old, new) in pairs(old_figures, new_figures, |figure| figure.key) {
            figures.extend(differ.figure(section, old, new));
        }
        let tables = |section: Option<&Section>| section.map_or_else(Vec::new, |section| section.tables.clone());
        for (old, new) in pairs(&tables(old), &tables(new), |table| table.name) {
            rows.extend(differ.table(section, old, new));
        }
    }
    let behind = figures.iter().map(|moved| &moved.behind).chain(rows.iter().map(|moved| &moved.behind));
    let numbers: BTreeSet<&Number> = behind.flat_map(Behind::differing).collect();
    let records = numbers.into_iter().map(|number| trace.traced(number)).collect();
    let (before_input, after_input) = (before.input.clone(), after.input.clone());
    Difference {
        name: after.name,
        title: after.title,
        period: after.period,
        before: before_input,
        after: after_input,
        figures,
        rows,
        records,
        others,
    }
}

/// What has the same key on both sides, in the order of the second; then what only the first has.
fn pairs<'a, T, K: Ord>(before: &'a [T], after: &'a [T], key: impl Fn(&T) -> K) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let by_key = |side: &'a [T]| side.iter().map(|one| (key(one), one)).collect::<BTreeMap<K, &T>>();
    let (old_by_key, new_by_key) = (by_key(before), by_key(after));
    let both = after.iter().map(|new| (old_by_key.get(&key(new)).copied(), Some(new)));
    let gone = before.iter().filter(|old| !new_by_key.contains_key(&key(old))).map(|old| (Some(old), None));
    both.chain(gone).collect()
}

struct Differ<'t> {
    trace: &'t dyn Trace,
    /// Whether a record differs: asked once for each, however many figures it stands behind.
    known: BTreeMap<Number, bool>,
}

impl Differ<'_> {
    fn figure(&mut self, section: (&'static str, Words), old: Option<&Figure>, new: Option<&Figure>) -> Vec<Moved> {
        let Some(any) = new.or(old) else { return Vec::new() };
        let moved = |of, from, to, behind| {
            let figure = (any.key, any.name);
            Moved { section, figure, of, unit: any.unit, from, to, behind }
        };
        let value = |figure: Option<&Figure>, get: fn(&Figure) -> Option<Amount>| figure.and_then(get);
        let mut all = Vec::new();
        let (from, to) = (value(old, |f| f.value), value(new, |f| f.value));
        let behind = self.behind(old.map_or(&[], |f| &f.records), new.map_or(&[], |f| &f.records), from != to);
        if from != to || behind.is_other() {
            all.push(moved(Of::Period, from, to, behind));
        }
        for (of, get) in
            [(Of::Previous, (|f| f.previous) as fn(&Figure) -> Option<Amount>), (Of::LastYear, |f| f.last_year)]
        {
            let (from, to) = (value(old, get), value(new, get));
            if from != to {
                all.push(moved(of, from, to, Behind::default()));
            }
        }
        all
    }

    fn table(&mut self, section: (&'static str, Words), old: Option<&Table>, new: Option<&Table>) -> Vec<MovedRow> {
        let Some(any) = new.or(old) else { return Vec::new() };
        let table = (any.name, any.title);
        let (old_rows, new_rows) = (old.map_or(&[][..], |t| &t.rows), new.map_or(&[][..], |t| &t.rows));
        let length = telling(old_rows, new_rows);
        let columns = |table: Option<&Table>| table.map_or_else(Vec::new, |table| table.columns.clone());
        let (old_columns, new_columns) = (columns(old), columns(new));
        let keyed = |rows: &[Row]| -> Vec<((String, usize), Row)> {
            let mut seen: BTreeMap<String, usize> = BTreeMap::new();
            let keyed = rows.iter().map(|row| {
                let key = lead(row, length);
                // Rows that nothing tells apart are taken in their order.
                let nth = seen.entry(key.clone()).and_modify(|nth| *nth += 1).or_default();
                ((key, *nth), row.clone())
            });
            keyed.collect()
        };
        let mut all = Vec::new();
        for (old, new) in pairs(&keyed(old_rows), &keyed(new_rows), |(key, _)| key.clone()) {
            let Some((_, any)) = new.or(old) else { continue };
            let (old, new) = (old.map(|(_, row)| row), new.map(|(_, row)| row));
            let cells = match (old, new) {
                (Some(old), Some(new)) => changed_cells((&old_columns, old), (&new_columns, new)),
                _ => Vec::new(),
            };
            let fate = match (old, new) {
                (None, _) => Fate::Came,
                (_, None) => Fate::Went,
                _ => Fate::Changed,
            };
            let moved = fate != Fate::Changed || !cells.is_empty();
            let behind = self.behind(old.map_or(&[], |r| &r.records), new.map_or(&[], |r| &r.records), moved);
            if moved || behind.is_other() {
                all.push(MovedRow {
                    section,
                    table,
                    row: any.cells[..length.min(any.cells.len())].to_vec(),
                    fate,
                    cells,
                    behind,
                });
            }
        }
        all
    }

    /// The records behind two figures that differ, and those that are behind one of them alone; those behind both that
    /// changed only where the figure `moved`.
    fn behind(&mut self, old: &[Number], new: &[Number], moved: bool) -> Behind {
        let (old, new): (BTreeSet<&Number>, BTreeSet<&Number>) = (old.iter().collect(), new.iter().collect());
        let mut only = |one: &BTreeSet<&Number>, other: &BTreeSet<&Number>| -> (Vec<Number>, Vec<Number>) {
            one.difference(other).map(|number| (*number).clone()).partition(|number| self.differs(number))
        };
        let ((entered, joined), (left, dropped)) = (only(&new, &old), only(&old, &new));
        let moved = moved || old != new;
        let changed = old.intersection(&new).filter(|number| moved && self.differs(number));
        let changed = changed.map(|number| (*number).clone()).collect();
        Behind { entered, left, changed, joined, dropped }
    }

    fn differs(&mut self, number: &Number) -> bool {
        let trace = self.trace;
        *self.known.entry(number.clone()).or_insert_with(|| trace.differs(number))
    }
}

/// How many leading cells tell the rows of both tables apart; all where nothing does.
fn telling(old: &[Row], new: &[Row]) -> usize {
    let most = old.iter().chain(new).map(|row| row.cells.len()).max().unwrap_or(0);
    let apart = |rows: &[Row], length: usize| {
        let mut keys = BTreeSet::new();
        rows.iter().all(|row| keys.insert(lead(row, length)))
    };
    (1..most).find(|&length| apart(old, length) && apart(new, length)).unwrap_or(most)
}

/// The leading cells of a row, to be compared.
fn lead(row: &Row, length: usize) -> String {
    format!("{:?}", &row.cells[..length.min(row.cells.len())])
}

/// The columns, by their keys, in which two rows differ.
fn changed_cells(old: (&[Column], &Row), new: (&[Column], &Row)) -> Vec<(Column, Cell, Cell)> {
    let cell = |(columns, row): (&[Column], &Row), column: &Column| {
        let at = columns.iter().position(|other| other.key == column.key);
        at.and_then(|at| row.cells.get(at).cloned()).unwrap_or(Cell::Empty)
    };
    let all = pairs(old.0, new.0, |column| column.key).into_iter().filter_map(|(old, new)| new.or(old));
    let cells = all.map(|column| (*column, cell(old, column), cell(new, column)));
    cells.filter(|(_, from, to)| from != to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::table::column;
    use crate::base::words::words;

    const NO_WORDS: Words = words("", "");

    fn numbers(all: &[&str]) -> Vec<Number> {
        all.iter().map(|number| number.parse().unwrap()).collect()
    }

    fn figure(key: &'static str, values: [Option<u64>; 3], records: &[&str]) -> Figure {
        let [value, previous, last_year] = values.map(|n| n.map(Amount::Count));
        Figure {
            key,
            name: NO_WORDS,
            unit: "count",
            value,
            previous,
            last_year,
            goal: None,
            runs: false,
            records: numbers(records),
        }
    }

    fn table(name: &'static str, rows: &[(&[&str], &[&str])]) -> Table {
        let columns = vec![column("model", "", ""), column("part", "", ""), column("count", "", "")];
        let row = |(cells, records): &(&[&str], &[&str])| Row {
            cells: cells.iter().map(|text| Cell::Text((*text).to_string())).collect(),
            records: numbers(records),
        };
        Table { name, title: NO_WORDS, columns, rows: rows.iter().map(row).collect() }
    }

    fn report(figures: Vec<Figure>, tables: Vec<Table>) -> Report {
        let now = "2026-12-01T09:00:00+08:00".parse().unwrap();
        Report {
            name: "month",
            title: NO_WORDS,
            period: Period::parse("2026-11", "2026-12-01".parse().unwrap()).unwrap(),
            input: Input { folder: "F".into(), commit: None, revision: None, dirty: false, filed: false, now },
            sections: vec![Section { name: "s", title: NO_WORDS, figures, tables, charts: &[], goals: Vec::new() }],
        }
    }

    /// Records whose content differs.
    struct Known(Vec<Number>);

    impl Trace for Known {
        fn differs(&self, number: &Number) -> bool {
            self.0.contains(number)
        }
        fn traced(&self, number: &Number) -> Traced<Number> {
            Traced { what: number.clone(), commits: Vec::new(), uncommitted: false }
        }
    }

    const A: &str = "DD-261101-YX-1";
    const B: &str = "DD-261102-YX-1";
    const C: &str = "DD-261103-YX-1";

    #[test]
    fn a_moved_figure_names_what_entered_left_and_changed() {
        let before = report(
            vec![figure("a", [Some(2), Some(1), None], &[A, B]), figure("b", [Some(1), None, None], &[A])],
            vec![],
        );
        let after = report(
            vec![figure("a", [Some(3), Some(1), Some(4)], &[A, C]), figure("b", [Some(1), None, None], &[A])],
            vec![],
        );
        let found = difference(&before, &after, &Known(numbers(&[A, B])), vec![]);
        let told: Vec<_> = found.figures.iter().map(|m| (m.figure.0, m.of, m.from, m.to)).collect();
        let count = |n| Some(Amount::Count(n));
        assert_eq!(told, [("a", Of::Period, count(2), count(3)), ("a", Of::LastYear, None, count(4))]);
        let expect = Behind { left: numbers(&[B]), changed: numbers(&[A]), joined: numbers(&[C]), ..Behind::default() };
        assert_eq!(found.figures[0].behind, expect);
        assert_eq!(found.figures[1].behind, Behind::default());
        assert_eq!(found.records.iter().map(|r| r.what.clone()).collect::<Vec<_>>(), numbers(&[A, B]));
    }

    #[test]
    fn a_figure_that_other_records_make_up_has_moved_and_one_with_changed_records_has_not() {
        let with = |records: &[&str]| report(vec![figure("a", [Some(1), None, None], records)], vec![]);
        let found = difference(&with(&[A]), &with(&[B]), &Known(numbers(&[B])), vec![]);
        let expect = Behind { entered: numbers(&[B]), dropped: numbers(&[A]), ..Behind::default() };
        assert_eq!(found.figures[0].behind, expect);
        let found = difference(&with(&[A]), &with(&[A]), &Known(numbers(&[A])), vec![]);
        assert_eq!((found.figures, found.rows, found.records), (vec![], vec![], vec![]));
    }

    #[test]
    fn rows_are_paired_by_the_cells_that_tell_them_apart() {
        let before = report(
            vec![],
            vec![table("t", &[(&["m", "glass", "1"], &[A]), (&["m", "lamp", "2"], &[B]), (&["n", "lamp", "1"], &[])])],
        );
        let after = report(
            vec![],
            vec![table(
                "t",
                &[(&["m", "lamp", "3"], &[B, C]), (&["m", "glass", "1"], &[A]), (&["o", "door", "1"], &[C])],
            )],
        );
        let found = difference(&before, &after, &Known(vec![]), vec![]);
        let text = |cell: &Cell| if let Cell::Text(text) = cell { text.clone() } else { String::new() };
        let told: Vec<String> = found
            .rows
            .iter()
            .map(|moved| {
                let row: Vec<String> = moved.row.iter().map(text).collect();
                let cells = moved.cells.iter().map(|(c, from, to)| format!(" {} {}→{}", c.key, text(from), text(to)));
                format!("{} {:?}{}", row.join("/"), moved.fate, cells.collect::<String>())
            })
            .collect();
        assert_eq!(told, ["m/lamp Changed count 2→3", "o/door Came", "n/lamp Went"]);
        assert_eq!(found.rows[0].behind.joined, numbers(&[C]));
    }

    #[test]
    fn what_only_one_report_holds_came_or_went_whole() {
        let (empty, full) = (
            report(vec![], vec![]),
            report(
                vec![figure("a", [Some(1), None, None], &[A])],
                vec![table("t", &[(&["m", "glass", "1"], &[A]), (&["m", "glass", "1"], &[A])])],
            ),
        );
        let came = difference(&empty, &full, &Known(vec![]), vec![]);
        assert_eq!((came.figures.len(), came.rows.len()), (1, 2));
        assert!(came.rows.iter().all(|row| row.fate == Fate::Came));
        let went = difference(&full, &Report { sections: vec![], ..empty.clone() }, &Known(vec![]), vec![]);
        assert_eq!(went.figures[0].behind.dropped, numbers(&[A]));
        assert!(went.rows.iter().all(|row| row.fate == Fate::Went));
    }
}
