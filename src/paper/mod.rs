//! The department's papers: each printed form as a grid of cells, compiled in or the department's own, and how a record
//! or a blank form is laid out on it. Draws nothing: what it makes is a [`Page`](crate::base::page::Page).

mod blank;
mod computed;
mod grid;
mod layout;
mod path;
mod read;

use std::sync::Arc;

pub use blank::{Blank, Told};
pub use grid::Grid;
pub use layout::{Options, Said, Tongues, Values, page, values};
pub use read::read;

use crate::base::field::Kind;
use crate::base::problem::{Outcome, Problem};
use crate::base::source::Source;
use crate::base::words::{Text, Words, words};
use crate::forms::spec::FormSpec;
use crate::tr;

/// A grid that is compiled in.
#[derive(Debug)]
pub struct BuiltIn {
    /// Its name on the command line, and of the file in the department's `forms/` that goes before it.
    pub name: &'static str,
    /// The kind of form that it prints.
    pub kind: Kind,
    /// What the paper is called, as its text says too.
    pub title: Words,
    /// Its text.
    pub text: &'static str,
}

macro_rules! built_in {
    ($name:literal, $kind:ident, $en:literal, $zh:literal) => {
        BuiltIn {
            name: $name,
            kind: Kind::$kind,
            title: words($en, $zh),
            text: include_str!(concat!("../../forms/", $name, ".toml")),
        }
    };
}

/// The grids that are compiled in. The first that prints a kind of form is that kind's usual paper.
pub static BUILT_IN: &[BuiltIn] = &[
    built_in!("order", Order, "Order confirmation", "订单确认书"),
    built_in!("shipment", Shipment, "Shipping list", "发货清单"),
    built_in!("notice", Shipment, "Shipping notice", "发货通知"),
    built_in!("receipt", Receipt, "Arrival receipt", "到货回执表"),
    built_in!("repair", Repair, "Repair ticket", "展台维修单"),
    built_in!("quote", Quote, "Agency's repair quote", "广告公司维修报价单"),
    built_in!("parts", Parts, "Parts request", "零配件申请单"),
    built_in!("complaint", Complaint, "Complaint record", "投诉记录表"),
    built_in!("consult", Consult, "Service record", "客户服务记录表"),
    built_in!("visit", Visit, "Customer feedback form", "顾客信息反馈表"),
    built_in!("improvement", Improvement, "Customer feedback handling form", "顾客反馈信息处理单"),
    built_in!("claim", Claim, "Insurance claim", "理赔申请单"),
    built_in!("score", Score, "Score entry", "绩效记录单"),
    built_in!("call", Call, "Call score", "通话质检单"),
    built_in!("meeting", Meeting, "Minutes", "会议纪要"),
    built_in!("work", Work, "Work item", "工作计划事项单"),
    built_in!("training", Training, "Training record", "培训记录表"),
    built_in!("shift", Shift, "Shift record", "交接班记录"),
];

/// The directory of the department's own grids.
pub const OWN: &str = "forms/";

/// Whom a paper is handed to, when it leaves the department (R4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// 广告公司, who repairs on site.
    Agency,
    /// 物流公司, who carries the goods.
    Carrier,
    /// 客户, whose goods they are, or who receives them for the customer.
    Customer,
}

/// The audiences, with the words that grids and the command line have for them.
pub const AUDIENCES: &[(&str, Audience, Words)] = &[
    ("agency", Audience::Agency, words("agency", "广告公司")),
    ("carrier", Audience::Carrier, words("carrier", "物流公司")),
    ("customer", Audience::Customer, words("customer", "客户")),
];

impl Audience {
    /// The audience that a word names.
    pub fn named(word: &str) -> Option<Audience> {
        AUDIENCES.iter().find(|(name, ..)| *name == word).map(|(_, audience, _)| *audience)
    }
}

/// The file of a grid of the department's own.
fn file_of(name: &str) -> String {
    format!("{OWN}{name}.toml")
}

/// Whether a name can be that of a grid: small letters, digits and `-`.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The text of a grid: the department's own, else the one that is compiled in.
///
/// # Errors
/// When there is none of that name, or the department's own can't be read.
pub fn text_of(source: &dyn Source, name: &str) -> Outcome<String> {
    if is_name(name) {
        if let Some(own) = source.read(&file_of(name))? {
            return Ok(own);
        }
        if let Some(built_in) = BUILT_IN.iter().find(|grid| grid.name == name) {
            return Ok(built_in.text.to_string());
        }
    }
    let known = names(source)?.join(", ");
    Err(Problem::new(
        "grid.unknown",
        tr!("there is no paper form \"{name}\"", "没有名为“{name}”的纸质表单"),
        tr!("one of: {known}", "可选：{known}"),
    )
    .into())
}

/// The names of all grids: those compiled in, then the department's own.
///
/// # Errors
/// When the department's directory can't be read.
pub fn names(source: &dyn Source) -> Outcome<Vec<String>> {
    let mut names: Vec<String> = BUILT_IN.iter().map(|grid| grid.name.to_string()).collect();
    names.extend(own(source)?.into_iter().filter(|own| !BUILT_IN.iter().any(|grid| grid.name == own)));
    Ok(names)
}

/// The names of the department's own grids. A directory of such a name is one, too: it can't be read, and says so.
fn own(source: &dyn Source) -> Result<Vec<String>, Problem> {
    let names = source.names(OWN.trim_end_matches('/'))?;
    let files = names.iter().map(|name| name.trim_end_matches('/'));
    Ok(files.filter_map(|name| name.strip_suffix(".toml")).filter(|n| is_name(n)).map(str::to_string).collect())
}

/// The grid of a name.
///
/// # Errors
/// When there is none, or everything that is wrong with it.
pub fn grid(source: &dyn Source, name: &str) -> Outcome<Grid> {
    let file: Arc<str> = file_of(name).into();
    match read(&file, name, &text_of(source, name)?) {
        (Some(grid), problems) if problems.is_empty() => Ok(grid),
        (_, problems) => Err(problems.into()),
    }
}

/// The grid that a form of a kind is printed on: the one that is named, else the kind's usual one.
///
/// # Errors
/// When there is none, it is wrong, or it prints another kind of form.
pub fn grid_for(source: &dyn Source, spec: &'static FormSpec, name: Option<&str>) -> Outcome<Grid> {
    let grid = grid(source, name.unwrap_or_else(|| usual(spec.kind)))?;
    if grid.spec.kind == spec.kind {
        return Ok(grid);
    }
    let (name, what, other) = (&grid.name, Text::from(spec.name), Text::from(grid.spec.name));
    let (usual, file) = (usual(spec.kind), file_of(name));
    Err(Problem::new(
        "grid.kind",
        tr!("{name} prints {other}, not {what}", "{name} 用于打印{other}，不能打印{what}"; other, what),
        tr!(
            "leave --form out, or mend form = … in {file}: the usual one is {usual}",
            "请去掉 --form，或改正 {file} 中的 form = …；这类单据一般用 {usual}"
        ),
    )
    .into())
}

/// The name of the paper that a kind of form is printed on where nothing else is said.
fn usual(kind: Kind) -> &'static str {
    BUILT_IN.iter().find(|grid| grid.kind == kind).map_or("", |grid| grid.name)
}

/// Everything wrong with the department's own grids.
pub fn check(source: &dyn Source) -> Vec<Problem> {
    match own(source) {
        Ok(names) => names.iter().flat_map(|name| check_file(source, &file_of(name))).collect(),
        Err(problem) => vec![problem],
    }
}

/// Everything wrong with one file of the department's `forms/`; nothing where it is no grid.
pub fn check_file(source: &dyn Source, path: &str) -> Vec<Problem> {
    let name = path.strip_prefix(OWN).and_then(|rest| rest.strip_suffix(".toml")).filter(|name| is_name(name));
    let Some(name) = name else { return Vec::new() };
    match source.read(path) {
        Ok(Some(text)) => read(&path.into(), name, &text).1,
        Ok(None) => Vec::new(),
        Err(problem) => vec![problem],
    }
}
