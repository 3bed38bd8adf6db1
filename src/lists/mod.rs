//! The lists, 主数据: who works here, customers, sites, products, agencies, carriers, directory, insurance, calendar.
//!
//! One table, [`LISTS`], describes them all; there is no code of any single list here.

mod table;

pub use table::{LISTS, ROLES, role};

use std::collections::HashMap;
use std::sync::Arc;

use crate::base::field::{Field, Fields, List};
use crate::base::pinyin;
use crate::base::problem::{Place, Problem};
pub use crate::base::rows::Row;
use crate::base::rows::each;
use crate::base::time::Now;
use crate::base::words::Words;
use crate::tr;

/// A list: its file, its place on the command line, its columns.
#[derive(Debug)]
pub struct ListSpec {
    /// Which list.
    pub list: List,
    /// Its path in the folder.
    pub file: &'static str,
    /// The command: `cs customer`.
    pub command: &'static str,
    /// What people call it.
    pub name: Words,
    /// What people call one of its rows.
    pub row: Words,
    /// Its columns; the first is the key.
    pub fields: &'static [Field],
    /// The column whose words find a row, beside the key.
    pub named_by: &'static str,
    /// Columns that `list` shows.
    pub columns: &'static [&'static str],
}

/// The description of a list.
pub fn spec_of(list: List) -> &'static ListSpec {
    let found = LISTS.iter().find(|spec| spec.list == list);
    found.unwrap_or(&LISTS[0])
}

/// The first line of a new list: its columns, separated by commas.
pub fn heads(spec: &ListSpec) -> String {
    spec.fields.iter().map(|f| f.key).collect::<Vec<_>>().join(",")
}

impl ListSpec {
    /// The key column.
    pub fn key(&self) -> &'static Field {
        &self.fields[0]
    }

    /// The column under `key`.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.key == key)
    }
}

/// A list as its file holds it.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Which list.
    pub spec: &'static ListSpec,
    /// The file's whole text.
    pub text: Arc<str>,
    /// Rows in the order of the file.
    pub rows: Vec<Row>,
    by_key: HashMap<String, usize>,
}

impl Rows {
    /// Reads a list. Rows with problems are left out of the look-ups, never out of the problems.
    pub fn read(spec: &'static ListSpec, text: Arc<str>, now: Now) -> (Rows, Vec<Problem>) {
        let file: Arc<str> = spec.file.into();
        let mut list = Rows { spec, text: text.clone(), rows: Vec::new(), by_key: HashMap::new() };
        let mut doubles = Vec::new();
        let mut problems =
            each(&file, &text, spec.fields, "list.value", now, |row| list.push(row, &file, &mut doubles));
        problems.append(&mut doubles);
        (list, problems)
    }

    fn push(&mut self, row: Row, file: &Arc<str>, problems: &mut Vec<Problem>) {
        let key = self.key_of(&row);
        if let Some(first) = self.by_key.get(&key) {
            let line = Place::at(file, &self.text, self.rows[*first].span.clone()).line;
            let at = row.fields.0.first().map_or(row.span.clone(), |e| e.span.clone());
            problems.push(
                Problem::new(
                    "list.double",
                    tr!("{key} is there twice; first on line {line}", "{key} 重复，第一次在第 {line} 行"),
                    tr!("give each row a code of its own", "每一行的代码必须唯一"),
                )
                .at(Place::at(file, &self.text, at)),
            );
            return;
        }
        self.by_key.insert(key, self.rows.len());
        self.rows.push(row);
    }

    /// The key of a row, as text.
    pub fn key_of(&self, row: &Row) -> String {
        row.fields.get(self.spec.key().key).map(|v| v.to_string()).unwrap_or_default()
    }

    /// The row with this key.
    pub fn get(&self, key: &str) -> Option<&Row> {
        self.by_key.get(key).map(|i| &self.rows[*i])
    }

    /// The name of the row with this key; the key itself where there is no such row.
    pub fn name_of<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(key).and_then(|row| row.fields.text(self.spec.named_by)).unwrap_or(key)
    }

    /// The key that a word means: a key in any letter case, else a whole name, else the one name that
    /// holds the word, else the one whose pinyin initials it is.
    ///
    /// # Errors
    /// A problem that lists the candidates, or says how to see the list.
    pub fn resolve(&self, word: &str) -> Result<String, Problem> {
        let lower = word.trim().to_lowercase();
        let part =
            |row: &Row| self.name_of_row(row).contains(&lower) || self.key_of(row).to_lowercase().contains(&lower);
        let initials = |row: &Row| pinyin::fits(row.fields.text(self.spec.named_by).unwrap_or(""), &lower);
        self.resolve_by(word, &[&part, &initials])
    }

    /// The key that a whole word means: a key in any letter case, else a whole name. For words that nobody looks at
    /// again, such as the cells of a file, where a part of a name would fit by chance.
    ///
    /// # Errors
    /// As [`resolve`](Rows::resolve).
    pub fn resolve_whole(&self, word: &str) -> Result<String, Problem> {
        self.resolve_by(word, &[])
    }

    fn resolve_by(&self, word: &str, looser: &[&dyn Fn(&Row) -> bool]) -> Result<String, Problem> {
        let lower = word.trim().to_lowercase();
        if let Some(row) = self.get(word.trim()) {
            return Ok(self.key_of(row));
        }
        let keyed = |row: &Row| self.key_of(row).to_lowercase() == lower;
        let named = |row: &Row| self.name_of_row(row) == lower;
        for fits in [&keyed as &dyn Fn(&Row) -> bool, &named].iter().chain(looser) {
            let found: Vec<&Row> = self.rows.iter().filter(|row| fits(row)).collect();
            match found.as_slice() {
                [] => continue,
                [row] => return Ok(self.key_of(row)),
                several => return Err(self.ambiguous(word, several)),
            }
        }
        let (what, command) = (self.spec.row, self.spec.command);
        Err(Problem::new(
            "list.unknown",
            tr!("no {what} \"{word}\"", "没有{what}“{word}”"; what),
            tr!(
                "`cs {command} list` shows all; `cs {command} add CODE …` makes one",
                "cs {command} list 查看全部；cs {command} add 代码 … 新增"
            ),
        ))
    }

    /// The words that find a row beside its key, in lower case.
    fn name_of_row(&self, row: &Row) -> String {
        row.fields.text(self.spec.named_by).unwrap_or("").to_lowercase()
    }

    fn ambiguous(&self, word: &str, several: &[&Row]) -> Problem {
        let what = self.spec.row;
        let count = several.len();
        let mut candidates: Vec<String> = several
            .iter()
            .take(8)
            .map(|row| format!("{} {}", self.key_of(row), row.fields.text(self.spec.named_by).unwrap_or("")))
            .collect();
        if count > 8 {
            candidates.push("…".to_string());
        }
        let candidates = candidates.join(", ");
        Problem::new(
            "list.ambiguous",
            tr!("\"{word}\" fits {count} rows ({what})", "“{word}”对应 {count} 个{what}"; what),
            tr!("give the code of one: {candidates}", "请写明代码：{candidates}"),
        )
    }
}

/// True of a staff member who holds a role, by its code among [`ROLES`].
pub fn has_role(person: &Fields, role: &str) -> bool {
    person.many("roles").iter().any(|held| held == role)
}

/// True of a customer with whom we work: neither a prospect nor lapsed.
pub fn is_active(row: &Row) -> bool {
    matches!(row.fields.text("status"), None | Some("active"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::field::Need;
    use crate::base::time::{Date, Zone};

    fn now() -> Now {
        let zone = Zone::default();
        Now { time: zone.moment(Date::from_ymd_opt(2026, 11, 21).unwrap().and_hms_opt(9, 0, 0).unwrap()), zone }
    }

    #[test]
    fn the_table_of_lists_is_sound() {
        for spec in LISTS {
            assert!(std::ptr::eq(spec_of(spec.list), spec));
            assert_eq!(spec.key().need, Need::Required, "{}", spec.file);
            for key in spec.columns.iter().chain([&spec.named_by]) {
                assert!(spec.field(key).is_some(), "{}: {key}", spec.file);
            }
        }
    }

    #[test]
    fn r3_phones_and_codes_stay_text_and_spoiled_ones_are_named() {
        let text = "number,insurer,kind,from,to\n00123,PICC,cargo,2026-01-01,2026-12-31\n4.40981E+17,X,cargo,2026-01-01,2026-12-31\n440981199001010000,X,cargo,2026-01-01,2026-12-31\n";
        let (rows, problems) = Rows::read(spec_of(List::Policies), text.into(), now());
        assert!(rows.get("00123").is_some());
        let lines: Vec<_> = problems.iter().map(|p| p.place.as_ref().unwrap().line).collect();
        assert_eq!(lines, [3, 4]);
    }

    #[test]
    fn a_word_finds_its_row_or_lists_the_candidates() {
        let text = "code,name\nC1,成都展示\nC2,成都物流\nAB,Alpha\n";
        let (rows, problems) = Rows::read(spec_of(List::Customers), text.into(), now());
        assert_eq!(problems, vec![]);
        assert_eq!(rows.resolve("c2"), Ok("C2".to_string()));
        assert_eq!(rows.resolve("展示"), Ok("C1".to_string()));
        assert_eq!(rows.resolve("alpha"), Ok("AB".to_string()));
        assert_eq!(rows.resolve("zs"), Ok("C1".to_string()));
        assert_eq!(rows.resolve_whole("ALPHA"), Ok("AB".to_string()));
        assert_eq!(rows.resolve_whole("展示").unwrap_err().code, "list.unknown");
        let ambiguous = rows.resolve("成都").unwrap_err();
        assert_eq!(ambiguous.code, "list.ambiguous");
        assert!(ambiguous.help.en.contains("C1 成都展示") && ambiguous.help.zh.contains("C2"));
        assert_eq!(rows.resolve("重庆").unwrap_err().code, "list.unknown");
    }

    #[test]
    fn a_doubled_code_is_a_problem_at_its_line() {
        let (_, problems) = Rows::read(spec_of(List::Carriers), "code,name\nA,x\nB,y\nA,z\n".into(), now());
        assert_eq!((problems[0].code, problems[0].place.as_ref().unwrap().line), ("list.double", 4));
    }
}
