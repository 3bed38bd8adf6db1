//! Lays a form, or a blank one, out on its paper: one [`Page`] for whatever draws it.

use super::Audience;
use super::grid::{Grid, GridCell, GridRow, Signing, What};
use super::path::{Found, Path, Scene, of_step};
use crate::base::field::{Fields, Ty, Value};
use crate::base::mask::mask;
use crate::base::page::{Block, Content, Page, PageCell, PageRow, Role, Slot};
use crate::base::time::wall_minute;
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::forms::form::Form;
use crate::lists;
use crate::tr;

/// The longest Chinese words, in characters, that English stands beside.
const LONGEST_LABEL: usize = 16;

/// The languages of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongues {
    /// One.
    One(Lang),
    /// Chinese, with English beside it.
    Both,
}

/// How a paper is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// In which languages.
    pub tongues: Tongues,
    /// Whom it is handed to; `None` for the department's own copy.
    pub audience: Option<Audience>,
    /// Private values whole on the department's own copy (R4).
    pub reveal: bool,
    /// How many lines a blank form has, if not as many as its grid says.
    pub lines: Option<usize>,
}

impl Tongues {
    /// The words of a text: `客户`, `Customer`, or `客户 Customer`; whole sentences stand under each other.
    pub fn get(self, text: &Text) -> String {
        match self {
            Tongues::One(lang) => text.get(lang).to_string(),
            Tongues::Both if text.zh == text.en => text.zh.clone(),
            Tongues::Both if text.zh.chars().count() > LONGEST_LABEL => format!("{}\n{}", text.zh, text.en),
            Tongues::Both => format!("{} {}", text.zh, text.en),
        }
    }
}

/// Lays out a form, or a blank one where there is none.
pub fn page(book: &Book<'_>, grid: &Grid, form: Option<&Form>, options: &Options) -> Page {
    let mut layout = Layout { scene: Scene { book, form, line: None }, options, filled: Vec::new() };
    let title = options.tongues.get(&grid.title);
    let mut blocks = vec![layout.heading(grid)];
    for block in &grid.blocks {
        let mut rows: Vec<PageRow> = block.head.iter().map(|row| layout.row(row, true)).collect();
        let heads = rows.len();
        layout.lines(grid, &block.each, &mut rows);
        rows.extend(block.rows.iter().map(|row| layout.row(row, false)));
        blocks.push(Block { heads, rows, whole: block.whole, cut: block.cut });
    }
    Page { name: form.map_or(title, |form| form.number.to_string()), columns: grid.columns, blocks }
}

/// What stands under each path of some rows, for a script: codes as in the files, plain digits, RFC 3339.
pub type Said = Vec<(String, Option<String>)>;

/// What a paper holds, for a script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// What stands outside of lines.
    pub fields: Said,
    /// What stands in each line.
    pub lines: Vec<Said>,
}

/// The values that [`page`] lays out, under their paths; no one sees more here than on paper (R4).
pub fn values(book: &Book<'_>, grid: &Grid, form: Option<&Form>, options: &Options) -> Values {
    let layout = Layout { scene: Scene { book, form, line: None }, options, filled: Vec::new() };
    let mut values = Values::default();
    let once = grid.blocks.iter().flat_map(|block| block.head.iter().chain(&block.rows));
    for (path, value) in layout.said(once) {
        if !values.fields.iter().any(|(known, _)| *known == path) {
            values.fields.push((path, value));
        }
    }
    for line in form.map_or(&[][..], Form::current_lines).iter().enumerate() {
        let layout = Layout { scene: Scene { line: Some(line), ..layout.scene }, options, filled: Vec::new() };
        values.lines.push(layout.said(grid.blocks.iter().flat_map(|block| &block.each)));
    }
    values
}

/// A page in the making.
struct Layout<'a> {
    scene: Scene<'a>,
    options: &'a Options,
    /// The fields that have their cell on the blank form already; a second cell of one is for the eye alone.
    filled: Vec<Slot>,
}

impl Layout<'_> {
    /// The department's name as letterhead, and the title. A form that is void says so where nobody can miss it (R66).
    fn heading(&self, grid: &Grid) -> Block {
        let row = |role, text: String| PageRow {
            cells: vec![PageCell { span: grid.columns, role, content: Content::Text(text), slot: None }],
            height: 1,
        };
        let department = &self.scene.book.config.name;
        let mut rows = Vec::new();
        if !department.is_empty() {
            rows.push(row(Role::Remark, department.clone()));
        }
        let title = self.options.tongues.get(&grid.title);
        rows.push(row(Role::Title, title));
        if self.scene.form.is_some_and(Form::is_void) {
            rows.push(row(Role::Title, self.options.tongues.get(&tr!("VOID", "作废"))));
        }
        Block { heads: 0, rows, whole: true, cut: false }
    }

    /// The rows of the lines: those of the form, or empty ones to be filled in.
    fn lines(&mut self, grid: &Grid, each: &[GridRow], rows: &mut Vec<PageRow>) {
        let none = Fields::default();
        let lines: Vec<&Fields> = match self.scene.form {
            Some(form) => form.current_lines().iter().collect(),
            None => vec![&none; self.options.lines.unwrap_or(grid.lines)],
        };
        for line in lines.into_iter().enumerate() {
            let mut layout = Layout {
                scene: Scene { line: Some(line), ..self.scene },
                options: self.options,
                filled: std::mem::take(&mut self.filled),
            };
            rows.extend(each.iter().map(|row| layout.row(row, false)));
            self.filled = layout.filled;
        }
    }

    fn row(&mut self, cells: &GridRow, head: bool) -> PageRow {
        PageRow {
            height: cells.iter().map(|cell| cell.height).max().unwrap_or(1),
            cells: cells.iter().map(|cell| self.cell(cell, head)).collect(),
        }
    }

    fn cell(&mut self, cell: &GridCell, head: bool) -> PageCell {
        let said = |text: &Text| Content::Text(self.options.tongues.get(text));
        let (role, content) = match &cell.what {
            What::Title(text) => (Role::Title, said(text)),
            What::Label(text) => (if head { Role::Head } else { Role::Label }, said(text)),
            What::Remark(text) => (Role::Remark, said(text)),
            What::Blank => (Role::Value, Content::Empty),
            What::Sign(text, signing) => (Role::Sign, self.signed(text, *signing, cell)),
            What::Field(path) => (Role::Value, self.content(path, cell)),
        };
        let slot = match &cell.what {
            What::Field(path) if self.scene.form.is_none() => self.slot(path),
            _ => None,
        };
        PageCell { span: cell.span, role, content, slot }
    }

    /// The field that a person fills in here, the first time that it has a cell.
    fn slot(&mut self, path: &Path) -> Option<Slot> {
        let header = path.header().map(Slot::Header);
        let line = || Some(Slot::Line(self.scene.line?.0, path.line()?));
        let slot = header.or_else(line)?;
        let first = !self.filled.contains(&slot);
        self.filled.push(slot);
        first.then_some(slot)
    }

    /// Who is to sign, and below it who has signed by a step and when.
    fn signed(&self, label: &Text, signing: Option<Signing>, cell: &GridCell) -> Content {
        let mut text = self.options.tongues.get(label);
        let taken = signing.and_then(|signing| Some((self.scene.form?.last(signing.step.verb)?, signing.by)));
        if let Some((step, by)) = taken {
            let name = of_step(step, by).map(|found| self.text(&found, cell)).unwrap_or_default();
            let name = self.options.tongues.get(&name);
            text = format!("{text}\n{name}\n{}", wall_minute(step.at, self.scene.book.now.zone));
        }
        Content::Text(text)
    }

    /// The paths of some rows with what stands there.
    fn said<'g>(&self, rows: impl Iterator<Item = &'g GridRow>) -> Said {
        let field = |cell: &GridCell| match &cell.what {
            What::Field(path) => {
                let found = self.found(path, cell);
                let texts: Vec<String> = found.iter().map(|found| self.stable(found, cell)).collect();
                Some((path.text().to_string(), (!texts.is_empty()).then(|| texts.join(";"))))
            }
            _ => None,
        };
        rows.flatten().filter_map(field).collect()
    }

    /// What a path leads to; nothing for whoever is not to see it (R4).
    fn found(&self, path: &Path, cell: &GridCell) -> Vec<Found> {
        let hidden = self.options.audience.is_some_and(|who| cell.hidden_from.contains(&who));
        if hidden { Vec::new() } else { path.find(self.scene) }
    }

    fn content(&self, path: &Path, cell: &GridCell) -> Content {
        match self.found(path, cell).as_slice() {
            [] => Content::Empty,
            [Found::Value(Value::Date(date), _)] => Content::Date(*date),
            [Found::Value(Value::Whole(n), _)] => Content::Whole(*n),
            [Found::Value(Value::Measure(measure), _)] => Content::Measure(*measure),
            [Found::Value(Value::Money(money), _)] => Content::Money(*money),
            several => {
                let texts: Vec<Text> = several.iter().map(|found| self.text(found, cell)).collect();
                Content::Text(self.options.tongues.get(&Text::join(&texts, words(", ", "、"))))
            }
        }
    }

    /// A private value, masked from whoever it does not concern (R4).
    fn private(&self, text: &str, cell: &GridCell) -> String {
        let whole = match self.options.audience {
            None => self.options.reveal,
            Some(audience) => cell.whole_for.contains(&audience),
        };
        if whole { text.to_string() } else { mask(text) }
    }

    /// A value as scripts read it.
    fn stable(&self, found: &Found, cell: &GridCell) -> String {
        match found {
            Found::Words(words) => words.en.clone(),
            Found::Value(Value::Text(text), ty) if ty.is_private() => self.private(text, cell),
            Found::Value(value, _) => value.to_string(),
        }
    }

    /// A value as people read it, in both languages.
    fn text(&self, found: &Found, cell: &GridCell) -> Text {
        let book = self.scene.book;
        match found {
            Found::Words(words) => words.clone(),
            Found::Value(Value::Text(text), ty) if ty.is_private() => Text::same(self.private(text, cell)),
            // A code that stands for a name is read by its name; a model is its own name.
            Found::Value(Value::Text(code), Ty::Code(list)) if lists::spec_of(*list).key().key == "code" => {
                Text::same(book.name(*list, code))
            }
            Found::Value(Value::Many(files), Ty::Files) => {
                let count = files.len();
                tr!("{count} attached", "{count} 份")
            }
            Found::Value(value, ty) => {
                let show = |lang| value.show(*ty, lang, book.now.zone);
                Text { en: show(Lang::En), zh: show(Lang::Zh) }
            }
        }
    }
}
