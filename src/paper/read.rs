//! A grid read from TOML. Everything wrong with it is told at once, each with its place.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::grid::{Grid, GridBlock, GridCell, GridRow, MOST_LINES, Signing, What};
use super::path::{Path, Unknown, step_field};
use super::{AUDIENCES, Audience};
use crate::base::problem::Problem;
use crate::base::toml::Doc;
use crate::base::words::Text;
use crate::forms::KINDS;
use crate::forms::spec::FormSpec;
use crate::tr;

/// The numbers of grid columns that a paper may have.
const COLUMNS: [u16; 2] = [12, 24];
/// The most lines of text that a cell is at least high: a spreadsheet's row holds no more, and a row of a form is one
/// row there, so that what is filled in can be read back.
const HIGHEST: u16 = 26;
/// How many lines a blank form has where its grid says nothing.
const USUAL_LINES: u16 = 6;

/// What a cell may be: the key that says so comes first, then the keys that any cell may have.
const CELL_KEYS: [&str; 12] =
    ["label", "field", "text", "title", "sign", "blank", "span", "height", "step", "by", "for", "hide"];
/// Of those, the ones that say what a cell is.
const CELL_KINDS: usize = 6;

/// Reads a grid. It is `None` where too little could be read to lay anything out; with problems, it is for no use but
/// to be mended.
pub fn read(file: &Arc<str>, name: &str, text: &str) -> (Option<Grid>, Vec<Problem>) {
    let mut doc = Doc::new(file, text);
    let Some(root) = doc.parse() else { return (None, doc.problems) };
    let mut reader = Reader { doc, spec: None, columns: COLUMNS[1] };
    let grid = reader.grid(name, &root);
    (grid, reader.doc.problems)
}

/// A grid being read.
struct Reader<'t> {
    doc: Doc<'t>,
    spec: Option<&'static FormSpec>,
    columns: u16,
}

type Raw<'d> = Spanned<DeValue<'d>>;

impl Reader<'_> {
    fn grid(&mut self, name: &str, root: &DeTable<'_>) -> Option<Grid> {
        self.known(root, &["form", "title", "columns", "lines", "block"]);
        self.spec = self.form(root);
        let title = match root.get("title") {
            Some(raw) => self.words(raw),
            None => self.missing("title", 0..0),
        };
        if let Some(raw) = root.get("columns") {
            match self.whole(raw, COLUMNS[1]).filter(|n| COLUMNS.contains(n)) {
                Some(columns) => self.columns = columns,
                None => self.value("columns", raw.span(), tr!("give 12 or 24", "请填写 12 或 24")),
            }
        }
        let lines = root.get("lines").map_or(USUAL_LINES, |raw| self.natural("lines", raw, MOST_LINES));
        let mut blocks = Vec::new();
        for (table, span) in self.doc.tables(root, "block") {
            blocks.push(self.block(table, span));
        }
        if blocks.is_empty() && self.doc.problems.is_empty() {
            self.missing("block", 0..0);
        }
        let (name, columns) = (name.to_string(), self.columns);
        Some(Grid { name, spec: self.spec?, title, columns, lines: lines.into(), blocks })
    }

    fn form(&mut self, root: &DeTable<'_>) -> Option<&'static FormSpec> {
        let Some(raw) = root.get("form") else {
            self.missing("form", 0..0);
            return None;
        };
        let found = raw.get_ref().as_str().and_then(|word| KINDS.iter().copied().find(|spec| spec.code == word));
        if found.is_none() {
            let known = KINDS.iter().map(|spec| spec.code).collect::<Vec<_>>().join(", ");
            self.value("form", raw.span(), tr!("give one of: {known}", "请从中选择：{known}"));
        }
        found
    }

    fn block(&mut self, table: &DeTable<'_>, span: Range<usize>) -> GridBlock {
        self.known(table, &["head", "each", "rows", "whole", "cut"]);
        let mut rows = |key: &str, in_line| match table.get(key) {
            Some(raw) => self.rows(key, raw, in_line),
            None => Vec::new(),
        };
        let (head, each, rows) = (rows("head", false), rows("each", true), rows("rows", false));
        if let (false, Some(spec)) = (each.is_empty(), self.spec.filter(|spec| spec.lines.is_none())) {
            let what = Text::from(spec.name);
            self.value("each", span, tr!("{what} has no lines to repeat", "{what}没有可重复的明细行"; what));
        }
        GridBlock { head, each, rows, whole: self.flag(table, "whole"), cut: self.flag(table, "cut") }
    }

    fn rows(&mut self, key: &str, raw: &Raw<'_>, in_line: bool) -> Vec<GridRow> {
        let Some(items) = raw.get_ref().as_array() else {
            self.not_rows(key, raw.span());
            return Vec::new();
        };
        let mut rows = Vec::new();
        for item in items.iter() {
            let Some(cells) = item.get_ref().as_array() else {
                self.not_rows(key, item.span());
                continue;
            };
            let before = self.doc.problems.len();
            let row: GridRow = cells.iter().filter_map(|cell| self.cell(cell, in_line)).collect();
            let (sum, columns) = (row.iter().map(|cell| u32::from(cell.span)).sum::<u32>(), self.columns);
            // Spans that could not be read are told already.
            if self.doc.problems.len() == before && sum != u32::from(columns) {
                self.doc.wrong(
                    "grid.span",
                    item.span(),
                    tr!("the spans of this row add up to {sum}", "这一行各格的 span 之和是 {sum}"),
                    tr!("they must add up to {columns}, the grid's columns", "各格的 span 之和应等于栏数 {columns}"),
                );
            }
            rows.push(row);
        }
        rows
    }

    fn not_rows(&mut self, key: &str, span: Range<usize>) {
        self.value(
            key,
            span,
            tr!(
                "write rows of cells: {key} = [ [ {{ field = \"number\", span = 24 }} ], … ]",
                "请写成若干行单元格：{key} = [ [ {{ field = \"number\", span = 24 }} ], … ]"
            ),
        );
    }

    fn cell(&mut self, raw: &Raw<'_>, in_line: bool) -> Option<GridCell> {
        let Some(table) = raw.get_ref().as_table() else {
            self.value("cell", raw.span(), tr!("write a cell as {{ … }}", "单元格请写成 {{ … }}"));
            return None;
        };
        self.known(table, &CELL_KEYS);
        let what = self.what(table, raw.span(), in_line);
        let span = match table.get("span") {
            Some(raw) => self.natural("span", raw, COLUMNS[1]),
            None => {
                self.missing("span", raw.span());
                1
            }
        };
        let height = table.get("height").map_or(1, |raw| self.natural("height", raw, HIGHEST));
        let (whole_for, hidden_from) = (self.audiences(table, "for"), self.audiences(table, "hide"));
        Some(GridCell { span, height, what: what?, whole_for, hidden_from })
    }

    fn what(&mut self, table: &DeTable<'_>, span: Range<usize>, in_line: bool) -> Option<What> {
        let kinds = &CELL_KEYS[..CELL_KINDS];
        let mut said = kinds.iter().filter_map(|key| Some((*key, table.get(*key)?)));
        let (Some((key, raw)), None) = (said.next(), said.next()) else {
            let kinds = kinds.join(", ");
            self.value("cell", span, tr!("a cell is exactly one of: {kinds}", "一个单元格只能是其中一种：{kinds}"));
            return None;
        };
        Some(match key {
            "title" => What::Title(self.words(raw)),
            "label" => What::Label(self.words(raw)),
            "text" => What::Remark(self.words(raw)),
            "sign" => {
                let words = self.words(raw);
                What::Sign(words, table.get("step").and_then(|raw| self.signing(raw, table.get("by"))))
            }
            "field" => What::Field(self.path(raw, in_line)?),
            _ => What::Blank,
        })
    }

    fn path(&mut self, raw: &Raw<'_>, in_line: bool) -> Option<Path> {
        // Without the kind of form no path can be judged; that is told already.
        let spec = self.spec?;
        let Some(text) = raw.get_ref().as_str() else {
            self.value("field", raw.span(), tr!("give a path in quotes", "请用引号写出字段路径"));
            return None;
        };
        match Path::parse(spec, text, in_line) {
            Ok(path) => Some(path),
            Err(Unknown { name, known }) => {
                let (known, what) = (known.join(", "), Text::from(spec.name));
                let help = match (known.is_empty(), name.as_str()) {
                    (true, _) => {
                        tr!("nothing follows here: end the path before it", "这里不能再往下取：请在它之前结束路径")
                    }
                    _ => tr!("one of: {known}", "可选：{known}"),
                };
                self.doc.wrong(
                    "grid.field",
                    raw.span(),
                    tr!("{what} has no \"{name}\" here: {text}", "{what}里没有“{name}”：{text}"; what),
                    help,
                );
                None
            }
        }
    }

    /// The step that tells who signed: who took it, unless `by` names another field of it.
    fn signing(&mut self, raw: &Raw<'_>, by: Option<&Raw<'_>>) -> Option<Signing> {
        let spec = self.spec?;
        let Some(step) = raw.get_ref().as_str().and_then(|verb| spec.step(verb)) else {
            let verbs = spec.steps.iter().map(|s| s.verb).collect::<Vec<_>>().join(", ");
            self.value("step", raw.span(), tr!("give one of: new, {verbs}", "请从中选择：new、{verbs}"));
            return None;
        };
        let name = by.map_or(Some("by"), |raw| raw.get_ref().as_str()).unwrap_or("");
        match step_field(step, name) {
            Ok(by) => Some(Signing { step, by }),
            Err(Unknown { known, .. }) => {
                let known = known.join(", ");
                self.value("by", by.unwrap_or(raw).span(), tr!("give one of: {known}", "请从中选择：{known}"));
                None
            }
        }
    }

    fn audiences(&mut self, table: &DeTable<'_>, key: &str) -> Vec<Audience> {
        let Some(raw) = table.get(key) else { return Vec::new() };
        let named = |raw: &Raw<'_>| raw.get_ref().as_str().and_then(Audience::named);
        let read: Option<Vec<Audience>> = raw.get_ref().as_array().and_then(|items| items.iter().map(named).collect());
        read.unwrap_or_else(|| {
            let known = AUDIENCES.iter().map(|(word, ..)| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
            self.value(key, raw.span(), tr!("give a list of some of: {known}", "请填写列表，可选：{known}"));
            Vec::new()
        })
    }

    fn words(&mut self, raw: &Raw<'_>) -> Text {
        let help = || {
            tr!(
                "write both: {{ zh = \"客户\", en = \"Customer\" }}",
                "请写全两种语言：{{ zh = \"客户\", en = \"Customer\" }}"
            )
        };
        let Some(table) = raw.get_ref().as_table() else {
            self.value("words", raw.span(), help());
            return Text::default();
        };
        self.known(table, &["zh", "en"]);
        let mut get = |lang: &str, name: Text| {
            let text = table.get(lang).and_then(|raw| raw.get_ref().as_str()).unwrap_or("").to_string();
            if text.trim().is_empty() {
                self.doc.wrong(
                    "grid.language",
                    raw.span(),
                    tr!("the {name} words are missing", "缺少{name}文字"; name),
                    help(),
                );
            }
            text
        };
        Text { en: get("en", tr!("English", "英文")), zh: get("zh", tr!("Chinese", "中文")) }
    }

    fn flag(&mut self, table: &DeTable<'_>, key: &str) -> bool {
        let Some(raw) = table.get(key) else { return false };
        raw.get_ref().as_bool().unwrap_or_else(|| {
            self.value(key, raw.span(), tr!("give true or false", "请填写 true 或 false"));
            false
        })
    }

    /// A whole number from 1 to `most`; 1 where it is none.
    fn natural(&mut self, key: &str, raw: &Raw<'_>, most: u16) -> u16 {
        self.whole(raw, most).unwrap_or_else(|| {
            self.value(key, raw.span(), tr!("give a whole number from 1 to {most}", "请填写 1 到 {most} 的整数"));
            1
        })
    }

    fn whole(&self, raw: &Raw<'_>, most: u16) -> Option<u16> {
        let number = raw.get_ref().as_integer().filter(|n| n.radix() == 10)?.as_str().parse().ok()?;
        (1..=most).contains(&number).then_some(number)
    }

    fn known(&mut self, table: &DeTable<'_>, keys: &[&str]) {
        for key in table.keys().filter(|key| !keys.contains(&key.get_ref().as_ref())) {
            let (name, known) = (key.get_ref(), keys.join(", "));
            self.doc.wrong(
                "grid.key",
                key.span(),
                tr!("a grid has no key {name} here", "表单格式在这里没有 {name} 这个键"),
                tr!("the keys here are: {known}", "这里可用的键有：{known}"),
            );
        }
    }

    fn missing(&mut self, key: &str, span: Range<usize>) -> Text {
        self.doc.wrong(
            "grid.missing",
            span,
            tr!("{key} is missing", "缺少 {key}"),
            tr!("see how a built-in one is written: cs print --grid order", "可参照内置表单：cs print --grid order"),
        );
        Text::default()
    }

    fn value(&mut self, key: &str, span: Range<usize>, help: Text) {
        self.doc.wrong("grid.value", span, tr!("{key} has a value that it can't take", "{key} 的值不对"), help);
    }
}
