//! `cs print`: records, and blank forms, on the department's papers.

use std::sync::Arc;

use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::{Map, Value as Json, json};

use crate::base::page::Page;
use crate::base::problem::{Exit, Failure, Outcome, Problem, all_or};
use crate::base::words::{Lang, Text, Words, words};
use crate::book::Book;
use crate::commands::cli::{command, format_of, option, switch};
use crate::commands::env::Env;
use crate::commands::find::find_number;
use crate::commands::forms::step::existing;
use crate::commands::handout;
use crate::commands::print::{photos_of, with_problems};
use crate::forms::KINDS;
use crate::forms::form::Form;
use crate::paper::{self, AUDIENCES, Audience, BUILT_IN, BuiltIn, Grid, Options, Said, Tongues, Values};
use crate::show::{Canvas, json, page_html, page_text, page_xlsx};
use crate::store::browser::PATIENCE;
use crate::tr;

/// The most lines that a blank form is given.
const MOST_LINES: i64 = 500;

/// What each party sees, below the help (R4).
const SEES: Words = words(
    "What a paper shows (R4):
  without --for   the department's own copy: contacts and phones masked, whole with --reveal
  --for agency    the site's contact and phone and the quote's whole; not who pays, nor what goods and freight cost
  --for carrier   the consignee's and the receiver's contact and phone whole, and the freight agreed; no prices
  --for customer  the customer's own contacts and phones whole; not freight, an agency's prices or fees, or our costs
A grid of the department's own says so cell by cell: for = [\"carrier\"] shows whole, hide = [\"customer\"] leaves empty.

Examples:
  cs print DD-261118-YX-1 --for customer
  cs print FH-261118-YX-1 --form notice --both
  cs print --blank repair --lines 10
  cs print --grid order > forms/order.toml",
    "各方看到的内容（R4）：
  不写 --for      本部门留底：联系人和电话打码，加 --reveal 完整显示
  --for agency    现场联系人、电话及报价联系人完整；看不到费用承担方、货价和运费
  --for carrier   收货联系人、电话完整，可见议定运费；看不到货价
  --for customer  客户自己的联系人、电话完整；看不到运费、广告公司报价和费用、我方成本
部门自己的表单可逐格设定：for = [\"carrier\"] 表示完整显示，hide = [\"customer\"] 表示留空。

示例：
  cs print DD-261118-YX-1 --for customer        交给客户的订单确认书
  cs print FH-261118-YX-1 --form notice --both  中英对照的发货通知
  cs print --blank repair --lines 10            有 10 行明细的空白维修单
  cs print --grid order > forms/order.toml      制作本部门的订单格式",
);

/// The command's line.
pub fn tree(lang: Lang) -> Command {
    let about = words("Print records, or blank forms, on the department's papers", "把单据或空白表单打印成纸质表单");
    command("print", about, lang).args(what(lang)).args(how(lang)).after_help(SEES.get(lang))
}

/// What is printed: records, a blank form, or the text of a form itself.
fn what(lang: Lang) -> [Arg; 5] {
    let names: Vec<Text> = BUILT_IN
        .iter()
        .map(|BuiltIn { name, title, .. }| Text { en: (*name).to_string(), zh: format!("{name} {}", title.zh) })
        .collect();
    let names = Text::join(&names, words(", ", "、"));
    let named = |what: Words| format!("{}{}{}", what.get(lang), words(": ", "：").get(lang), names.get(lang));
    let numbers = words(
        "Numbers, or unambiguous parts of them; - is the last one made",
        "单号或能唯一确定的一部分，可写多个；- 表示最近登记的一张",
    );
    let form = words(
        "The paper, where a kind has several: notice for a shipment's notice",
        "选用哪种纸质表单（一类单据有多种时）：发货通知为 notice",
    );
    let blank = words("A blank form, to be filled in by hand", "打印空白表单，供手工填写");
    let lines = words("Lines of the blank form", "空白表单的明细行数");
    let grid = words(
        "The text of a built-in form, as --blank names it, to make the department's own from",
        "输出内置表单（名称同 --blank）的格式文本，可据此制作本部门的表单",
    );
    [
        Arg::new("NUMBER")
            .value_name("NUMBER")
            .help(numbers.get(lang))
            .num_args(1..)
            .required_unless_present_any(["blank", "grid"]),
        option("form", "FORM", form, lang),
        option("blank", "FORM", blank, lang).help(named(blank)).conflicts_with_all(["NUMBER", "form"]),
        option("lines", "N", lines, lang)
            .requires("blank")
            .conflicts_with("NUMBER")
            .value_parser(value_parser!(u16).range(1..=MOST_LINES)),
        option("grid", "FORM", grid, lang)
            .conflicts_with_all(["NUMBER", "form", "blank", "lines", "for", "both", "format"]),
    ]
}

/// For whom, in which languages and format, and whereto.
fn how(lang: Lang) -> impl Iterator<Item = Arg> {
    let party = words(
        "Whom it is handed to: agency, carrier or customer",
        "交给谁：agency 广告公司、carrier 物流公司、customer 客户",
    );
    let both = words("Both languages on one form", "同一表单印中英两种文字");
    let format = words(
        "text (if left out), html, xlsx, or pdf through an installed browser (CS_BROWSER names it)",
        "text（默认）、html、xlsx，或 pdf（借助已安装的浏览器，可用 CS_BROWSER 指定）",
    );
    let out = words(
        "Into this file; if left out, xlsx and pdf go into NUMBER.xlsx or NUMBER.pdf here, the rest to the terminal",
        "写入此文件；不填时 xlsx、pdf 写入当前目录的“单号.xlsx”或“单号.pdf”，其余输出到终端",
    );
    [
        option("for", "PARTY", party, lang).value_parser(AUDIENCES.iter().map(|(word, ..)| *word).collect::<Vec<_>>()),
        switch("both", both, lang),
        option("format", "FORMAT", format, lang).value_parser(["text", "html", "xlsx", "pdf"]),
    ]
    .into_iter()
    .chain(handout::flags(out, lang))
}

/// What is to be printed: the grid, and the form unless it is a blank one.
type Printed = (Grid, Option<Arc<Form>>);

/// Runs it.
///
/// # Errors
/// When no record or paper is meant, one can't be read, or the answer can't be written.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let typed = |name: &str| args.get_one::<String>(name).map(String::as_str);
    if let Some(name) = typed("grid") {
        let text = built_in(name)?;
        return match handout::wanted(args) {
            None => env.data(&text),
            Some(path) => handout::write(env, path, text.as_bytes(), args.get_flag("force")),
        };
    }
    let audience = typed("for").and_then(Audience::named);
    if audience.is_some() && env.reveal {
        return Err(apart(
            "--reveal",
            "--for",
            tr!(
                "--for shows its party whole what it needs, and no more (R4)",
                "--for 只向对方完整显示其需要的内容（R4）"
            ),
        ));
    }
    if let Some(flag) = ["format", "out"].into_iter().find(|flag| env.json && args.contains_id(flag)) {
        return Err(apart(
            "--json",
            &format!("--{flag}"),
            tr!("--json gives the values as data, on standard output", "--json 把各项内容作为数据输出到标准输出"),
        ));
    }
    let tongues = if args.get_flag("both") { Tongues::Both } else { Tongues::One(env.lang) };
    let lines = args.get_one::<u16>("lines").map(|n| usize::from(*n));
    let options = Options { tongues, audience, reveal: env.reveal, lines };

    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    let sheets = match typed("blank") {
        Some(name) => vec![(paper::grid(&folder, name)?, None)],
        None => {
            let words = args.get_many::<String>("NUMBER").into_iter().flatten();
            filled(&book, words.map(String::as_str), typed("form"))?
        }
    };
    let printed = if env.json {
        let documents = sheets.iter().map(|(grid, form)| {
            let form = form.as_deref();
            document(grid, form, &paper::values(&book, grid, form, &options))
        });
        env.data(&json::text(&documents.collect()))
    } else {
        let pages = sheets.iter().map(|(grid, form)| paper::page(&book, grid, form.as_deref(), &options));
        draw(env, &book, args, &pages.collect::<Vec<_>>())
    };
    // A photo that is gone or damaged keeps no paper back.
    let forms = sheets.iter().filter_map(|(_, form)| form.as_deref());
    with_problems(&book, printed.and_then(|()| all_or(forms.flat_map(|form| photos_of(&book, form)).collect())))
}

/// Draws the pages in the format that was asked for, and hands them to where they go.
fn draw(env: &Env, book: &Book<'_>, args: &ArgMatches, pages: &[Page]) -> Outcome {
    let name = called(pages);
    let out = handout::wanted(args);
    let html = || page_html::html(pages, &name, env.lang);
    let (ending, bytes) = match format_of(args) {
        Some("xlsx") => ("xlsx", page_xlsx::xlsx(pages, env.lang)?),
        Some("pdf") => ("pdf", env.browser.pdf(&html(), PATIENCE)?),
        Some("html") if out.is_none() => return env.data(&html()),
        Some("html") => ("html", html().into_bytes()),
        _ => {
            // A file is as wide as paper and holds no colours, whatever terminal it is made from.
            let canvas = if out.is_none() { env.canvas } else { Canvas::plain(env.lang, env.canvas.zone) };
            let text = pages.iter().map(|page| page_text::text(page, &canvas)).collect::<Vec<_>>().join("\n");
            if out.is_none() {
                return env.print(&text);
            }
            ("txt", text.into_bytes())
        }
    };
    handout::hand_over(env, book, args, &name, ending, &bytes)
}

/// What some pages are called together: the first one's name, and how many more there are.
fn called(pages: &[Page]) -> String {
    match pages {
        [] => String::new(),
        [one] => one.name.clone(),
        [first, more @ ..] => format!("{}+{}", first.name, more.len()),
    }
}

/// The refusal of two flags together.
fn apart(one: &str, other: &str, help: Text) -> Failure {
    let message = tr!("{one} and {other} can't be given together", "{one} 不能与 {other} 同时使用");
    Failure::new(Exit::Usage, Problem::new("usage", message, help))
}

/// The records that some words mean, each with its paper; everything wrong with any of them at once.
fn filled<'w>(book: &Book<'_>, words: impl Iterator<Item = &'w str>, form: Option<&str>) -> Outcome<Vec<Printed>> {
    let mut sheets = Vec::new();
    let mut problems = Vec::new();
    for word in words {
        let sheet = || -> Outcome<Printed> {
            let form_of_word = existing(book, &find_number(book, KINDS, word)?)?;
            Ok((paper::grid_for(book.source(), form_of_word.spec, form)?, Some(form_of_word)))
        };
        match sheet() {
            Ok(sheet) => sheets.push(sheet),
            Err(failure) => problems.extend(failure.problems),
        }
    }
    problems.dedup();
    if problems.is_empty() { Ok(sheets) } else { Err(problems.into()) }
}

/// The text of a built-in grid.
fn built_in(name: &str) -> Outcome<String> {
    let found = BUILT_IN.iter().find(|grid| grid.name == name);
    found.map(|grid| grid.text.to_string()).ok_or_else(|| {
        let known = BUILT_IN.iter().map(|grid| grid.name).collect::<Vec<_>>().join(", ");
        Problem::new(
            "grid.unknown",
            tr!("there is no built-in paper form \"{name}\"", "没有名为“{name}”的内置纸质表单"),
            tr!("one of: {known}", "可选：{known}"),
        )
        .into()
    })
}

/// A paper as a script sees it: what stands under each path of its grid; null where nothing does.
fn document(grid: &Grid, form: Option<&Form>, values: &Values) -> Json {
    let object = |said: &Said| said.iter().map(|(path, value)| (path.clone(), json!(value))).collect::<Map<_, _>>();
    json!({
        "number": form.map(|form| form.number.to_string()),
        "form": grid.name,
        "fields": object(&values.fields),
        "lines": values.lines.iter().map(object).collect::<Vec<_>>(),
    })
}
