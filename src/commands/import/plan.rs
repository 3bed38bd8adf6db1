//! What a file would change in a list: its rows compared with the list's by their codes. All that is wrong at once.

use std::collections::HashMap;

use crate::base::field::{BETWEEN, Entry, Field, Fields, Need, Ty, Value};
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::sheet::values::plain;
use crate::base::sheet::{Found, Sheet, Wanted, find_table};
use crate::base::words::Text;
use crate::book::Book;
use crate::commands::cells::expects;
use crate::lists::{ListSpec, Row, Rows};
use crate::show::mask::mask;
use crate::tr;

/// What is to be done to a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// New rows, in the order of the file.
    pub added: Vec<Added>,
    /// Rows that get other values, in the order of the file.
    pub changed: Vec<Changed>,
    /// How many rows are as they are.
    pub same: usize,
}

/// A new row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Its code's address in the file.
    pub at: String,
    /// Its code.
    pub code: String,
    /// Its values, the code too, in the order of the list's columns.
    pub fields: Fields,
}

/// A row that gets other values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its code.
    pub code: String,
    /// The byte of the list's file that the row begins at.
    pub start: usize,
    /// What changes, in the order of the list's columns; never nothing.
    pub cells: Vec<ChangedCell>,
}

/// A value that becomes another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedCell {
    /// Its address in the file.
    pub at: String,
    /// Its column.
    pub field: &'static Field,
    /// What the list holds.
    pub old: Option<Value>,
    /// What the file holds.
    pub new: Value,
}

impl Plan {
    /// True where the list is as the file says.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty()
    }
}

/// The fields by which a customer gets an owner (R6).
const OWNER: [&str; 2] = ["owner", "assigned_on"];

/// Compares a file with a list. Columns are found by their keys, by their names in either language, and by what
/// `mapped` says. Columns that the file lacks and cells that it leaves empty change nothing. `forbidden` says why whoever
/// imports may not give a customer an owner (R6).
///
/// # Errors
/// What [`find_table`] refuses; else everything that is wrong with the cells, each named by its address:
/// `import.column`, `import.total`, `import.code`, `import.double`, `import.missing`, `import.value`, `import.masked`,
/// `sheet.damaged`, and what is `forbidden`, at the first such cell.
pub fn plan(
    book: &Book<'_>,
    spec: &'static ListSpec,
    sheet: &Sheet,
    mapped: &[(String, String)],
    forbidden: impl Fn(&Fields) -> Option<Problem>,
) -> Outcome<Plan> {
    let rows = book.list(spec.list);
    book.sound()?;
    let found = columns(spec, sheet, mapped)?;
    let mut problems = misplaced(spec, sheet, &found);
    let mut plan = Plan::default();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let known: HashMap<String, &Row> = rows.rows.iter().map(|row| (rows.key_of(row).to_lowercase(), row)).collect();
    let mut owned = None;
    for row in found.rows.clone() {
        let read = Reading { book, spec, sheet, columns: &found.columns, row };
        let Some((column, code)) = read.code(&mut problems) else { continue };
        if let Some(first) = seen.insert(code.to_lowercase(), row) {
            problems.push(doubled(sheet, row, column, &code, &sheet.at(first, column)));
            continue;
        }
        let old = known.get(&code.to_lowercase()).copied();
        let given = read.values(old, &mut problems);
        if owned.is_none() {
            owned = given.iter().find(|given| OWNER.contains(&given.entry.field.key)).map(|given| (row, given.clone()));
        }
        match old {
            Some(_) if given.is_empty() => plan.same += 1,
            Some(old) => plan.changed.push(changed(rows, old, sheet, row, given)),
            None => {
                problems.extend(read.missing(column, &code));
                let at = sheet.at(row, column);
                let fields = Fields(given.into_iter().map(|given| given.entry).collect());
                plan.added.push(Added { at, code, fields });
            }
        }
    }
    // Whoever may not give one owner may give none, so one is asked about and one told.
    if let Some((row, given)) = owned
        && let Some(problem) = forbidden(&Fields(vec![given.entry]))
    {
        let help = tr!(
            "leave owner and assigned_on empty, and take the proposals: cs customer assign CODE --yes (R6)",
            "请把 owner 和 assigned_on 两列留空，导入后按建议分配：cs customer assign 代码 --yes（R6）"
        );
        problems.push(sheet.wrong(row, given.column, problem.code, problem.message, help));
    }
    all_or(problems)?;
    book.sound()?;
    Ok(plan)
}

/// Where the list's columns stand in the file.
fn columns(spec: &'static ListSpec, sheet: &Sheet, mapped: &[(String, String)]) -> Outcome<Found> {
    let names = names(spec);
    let names: Vec<Vec<&str>> = names.iter().map(|names| names.iter().map(String::as_str).collect()).collect();
    let key = spec.key().key;
    let wanted: Vec<Wanted<'_>> = spec
        .fields
        .iter()
        .zip(&names)
        .map(|(field, names)| Wanted { key: field.key, names, required: field.key == key })
        .collect();
    find_table(sheet, &wanted, mapped)
}

/// What each column of a list may be called: its name in both languages, alone or after what a row is called (客户名称).
fn names(spec: &ListSpec) -> Vec<Vec<String>> {
    let row = spec.row;
    spec.fields
        .iter()
        .map(|Field { name, .. }| {
            let long = [format!("{} {}", row.en, name.en), format!("{}{}", row.zh, name.zh)];
            [name.en.to_string(), name.zh.to_string()].into_iter().chain(long).collect()
        })
        .collect()
}

/// Columns that the list has not, and a row of totals, which a list has not either.
fn misplaced(spec: &ListSpec, sheet: &Sheet, found: &Found) -> Vec<Problem> {
    let list = spec.name;
    let keys = spec.fields.iter().map(|f| f.key).collect::<Vec<_>>().join(", ");
    let mut problems: Vec<Problem> = found
        .others
        .iter()
        .map(|column| {
            let heading = sheet.cell(found.heading, *column);
            let message = if heading.is_empty() {
                tr!("this column has data and no heading", "该列有数据但没有表头")
            } else {
                tr!("the list ({list}) has no column \"{heading}\"", "{list}没有“{heading}”这一列"; list)
            };
            let help = tr!(
                "take the column out, or rename it to one of: {keys}; or say which it is: --column KEY=HEADING",
                "请删除该列，或改名为其中之一：{keys}；也可用 --column KEY=表头 指明"
            );
            sheet.wrong(found.heading, *column, "import.column", message, help)
        })
        .collect();
    problems.extend(found.total.map(|row| {
        let help = tr!("take the row out of the file", "请从文件中删除该行");
        sheet.wrong(row, 0, "import.total", tr!("a list has no row of totals", "档案中不能有合计行"), help)
    }));
    problems
}

fn doubled(sheet: &Sheet, row: usize, column: usize, code: &str, first: &str) -> Problem {
    sheet.wrong(
        row,
        column,
        "import.double",
        tr!("{code} is there twice; first at {first}", "{code} 重复，第一次在 {first}"),
        tr!("keep one of the two rows", "两行只保留一行"),
    )
}

fn changed(rows: &Rows, old: &Row, sheet: &Sheet, row: usize, given: Vec<Given>) -> Changed {
    let cell = |given: Given| ChangedCell {
        at: sheet.at(row, given.column),
        field: given.entry.field,
        old: old.fields.get(given.entry.field.key).cloned(),
        new: given.entry.value,
    };
    Changed { code: rows.key_of(old), start: old.span.start, cells: given.into_iter().map(cell).collect() }
}

/// A value of the file that the list has not.
#[derive(Clone)]
struct Given {
    column: usize,
    entry: Entry,
}

/// One row of the file as it is read.
struct Reading<'r> {
    book: &'r Book<'r>,
    spec: &'static ListSpec,
    sheet: &'r Sheet,
    columns: &'r [Option<usize>],
    row: usize,
}

impl Reading<'_> {
    /// The row's code with its column; `None` where it is wrong, which is told.
    fn code(&self, problems: &mut Vec<Problem>) -> Option<(usize, String)> {
        let (field, column) = (self.spec.key(), self.columns[0]?);
        if self.text(column).is_empty() {
            let (key, name) = (field.key, field.name);
            let message = tr!("{key} is empty", "{name}（{key}）是空的"; name);
            let help = tr!("give the row a code, or empty it", "请填写该行的代码，或清空该行");
            problems.push(self.sheet.wrong(self.row, column, "import.code", message, help));
            return None;
        }
        let value = self.value(field, column).map_err(|problem| problems.push(problem)).ok()?;
        Some((column, value.to_string()))
    }

    /// The values that differ from those of the list's row, the code too where that is new.
    fn values(&self, old: Option<&Row>, problems: &mut Vec<Problem>) -> Vec<Given> {
        let mut given = Vec::new();
        for (at, (field, column)) in self.spec.fields.iter().zip(self.columns).enumerate() {
            let Some(column) = column.filter(|column| !self.text(*column).is_empty()) else { continue };
            let had = old.and_then(|row| row.fields.get(field.key));
            let is_code = at == 0;
            if (is_code && old.is_some()) || self.is_masked(field, column, had) {
                continue;
            }
            match self.value(field, column) {
                Ok(value) if had.is_some_and(|had| same(had, &value)) => {}
                Ok(value) => given.push(Given { column, entry: Entry { field, value, span: 0..0 } }),
                Err(problem) => problems.push(problem),
            }
        }
        given
    }

    fn text(&self, column: usize) -> &str {
        self.sheet.cell(self.row, column)
    }

    /// Whether the cell is what `cs` shows in place of the private value that the list holds (R4): it says nothing new.
    fn is_masked(&self, field: &Field, column: usize, had: Option<&Value>) -> bool {
        let shown = || had.is_some_and(|had| mask(&had.to_string()) == self.text(column));
        field.ty.is_private() && self.text(column).contains('*') && shown()
    }

    /// What a cell holds, as its column takes it.
    fn value(&self, field: &Field, column: usize) -> Result<Value, Problem> {
        let cell = self.text(column);
        let (key, name) = (field.key, field.name);
        if let Some(damage) = self.sheet.damage(self.row, column, field.ty) {
            return Err(damage);
        }
        let wrong = |code, message, help| Err(self.sheet.wrong(self.row, column, code, message, help));
        if field.ty.is_private() && cell.contains("**") {
            return wrong(
                "import.masked",
                tr!("{key} is masked (R4)", "{name}（{key}）是打码后的内容（R4）"; name),
                tr!(
                    "export the list with --reveal, or empty the cell: what is empty stays as it is",
                    "请用 --reveal 导出，或清空该单元格：空单元格不改动原值"
                ),
            );
        }
        match read(self.book, field.ty, cell) {
            Ok(value) => Ok(value),
            Err((Some(message), help)) => wrong("import.value", message, help),
            Err((None, help)) => {
                wrong("import.value", tr!("{key} can't be \"{cell}\"", "{name}（{key}）不能是“{cell}”"; name), help)
            }
        }
    }

    /// What a new row must have and has not; columns that were read wrongly are told already.
    fn missing(&self, code_column: usize, code: &str) -> Vec<Problem> {
        let empty = |column: Option<usize>| column.is_none_or(|column| self.text(column).is_empty());
        let required = self.spec.fields.iter().zip(self.columns).filter(|(field, _)| field.need == Need::Required);
        required
            .filter(|(_, column)| empty(**column))
            .map(|(field, column)| {
                let (key, name) = (field.key, field.name);
                let message = tr!("{code} is new and lacks {key}", "{code} 是新增的，缺少{name}（{key}）"; name);
                self.sheet.wrong(self.row, column.unwrap_or(code_column), "import.missing", message, field.ty.expects())
            })
            .collect()
    }
}

/// Whether two values say the same: several are without order.
fn same(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Many(old), Value::Many(new)) => old.len() == new.len() && old.iter().all(|one| new.contains(one)),
        _ => old == new,
    }
}

/// Reads a cell: days and amounts as spreadsheets write them, rows of other lists by their code or whole name.
/// The error is what is wrong, where that is more than the type not fitting, and the remedy.
fn read(book: &Book<'_>, ty: Ty, cell: &str) -> Result<Value, (Option<Text>, Text)> {
    let resolved =
        |list, word: &str| book.list(list).resolve_whole(word).map_err(|problem| (Some(problem.message), problem.help));
    let text = match ty {
        Ty::Code(list) => resolved(list, cell)?,
        Ty::Codes(list) => {
            let parts = cell.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty());
            parts.map(|part| resolved(list, part)).collect::<Result<Vec<_>, _>>()?.join(";")
        }
        _ => plain(ty, cell).ok_or_else(|| (None, expects(ty)))?.into_owned(),
    };
    ty.parse(&text, book.now).map_err(|help| (None, help))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::lists::LISTS;

    #[test]
    fn no_heading_means_two_columns_of_a_list() {
        for spec in LISTS {
            let mut seen = HashSet::new();
            for (field, names) in spec.fields.iter().zip(names(spec)) {
                let own: HashSet<String> = names
                    .into_iter()
                    .chain([field.key.to_string()])
                    .map(|n| n.to_lowercase().replace(' ', ""))
                    .collect();
                for name in own {
                    assert!(seen.insert(name.clone()), "{}: {name}", spec.file);
                }
            }
        }
    }

    #[test]
    fn several_values_are_without_order() {
        let many = |parts: &[&str]| Value::Many(parts.iter().map(ToString::to_string).collect());
        assert!(same(&many(&["a", "b"]), &many(&["b", "a"])));
        assert!(!same(&many(&["a", "b"]), &many(&["a"])));
    }
}
