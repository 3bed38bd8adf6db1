//! `cs consult lookup`: what there is to answer a caller with, best match first, and what a load's freight costs (R2).

use clap::{ArgMatches, Command};
use serde_json::{Value, json};

use crate::base::field::List;
use crate::base::money::Measure;
use crate::base::number::Code;
use crate::base::problem::Outcome;
use crate::base::route::{Per, quantity};
use crate::base::table::{Amount, Cell, Row, Table, column};
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::commands::cli::{command, option, word};
use crate::commands::env::Env;
use crate::commands::forms::Guest;
use crate::commands::print::with_problems;
use crate::forms::consult::CONSULT;
use crate::lists::role;
use crate::lookup::{Hit, ORIGINS, Origin, Quote, Unit, known, quotes, rank};
use crate::show::blocks::{Block, blocks};
use crate::show::{json as document, table};
use crate::store::Folder;
use crate::tr;

const VERB: &str = "lookup";
/// How many answers are shown where nobody says how many.
const USUAL_LIMIT: &str = "8";
/// What asks for a price of freight, beside the measure of the load.
const FREIGHT: &[&str] = &["freight", "运费"];

/// The command joins those of the consult.
pub const GUEST: Guest = Guest {
    tree: |group, lang| if group == CONSULT.verbs.command { vec![tree(lang)] } else { Vec::new() },
    run: |env, group, verb, args| (group == CONSULT.verbs.command && verb == VERB).then(|| run(env, args)),
};

fn tree(lang: Lang) -> Command {
    let about = words(
        "Find the answer in the lists and the notes, best first; freight PLACE 2.5m3 quotes what carriers ask (R2)",
        "在名单和知识库中查找答案，最相符的在前；运费 拉萨 2.5m3 按线路报运费（R2）",
    );
    let help = words(
        "Words that are all to be found; a load as 2.5m3, 30kg or 4pcs asks for its freight",
        "须全部包含的词；写上货量（如 2.5m3、30kg、4件）即报运费",
    );
    let limit = option("limit", "N", words("How many answers at most; 8 if left out", "最多列出几条（默认 8）"), lang);
    command(VERB, about, lang).arg(word("WORDS", "WORDS", help, lang).num_args(1..)).arg(
        limit.default_value(USUAL_LIMIT).hide_default_value(true).value_parser(clap::value_parser!(u16).range(1..)),
    )
}

/// What is looked for.
struct Wanted {
    /// The words to be found.
    words: Vec<String>,
    /// How much is to be sent; nothing where no price is asked for.
    load: Vec<(Measure, Per)>,
    /// Whether the price of freight is asked for by name.
    freight: bool,
}

impl Wanted {
    fn of(args: &ArgMatches) -> Wanted {
        let typed = args.get_many::<String>("WORDS").into_iter().flatten();
        let all: Vec<String> = typed.flat_map(|word| word.split_whitespace()).map(str::to_string).collect();
        let load: Vec<(Measure, Per)> = all.iter().filter_map(|word| quantity(word)).collect();
        let asks = |word: &str| FREIGHT.contains(&word.to_lowercase().as_str());
        let is_word = |word: &String| load.is_empty() || quantity(word).is_none() && !asks(word);
        let freight = !load.is_empty() && all.iter().any(|word| asks(word));
        Wanted { words: all.into_iter().filter(is_word).collect(), load, freight }
    }
}

/// Runs it. That nothing is found is an answer too.
///
/// # Errors
/// When something can't be read, or who asks is nobody.
fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    let wanted = Wanted::of(args);
    let quotes = if wanted.load.is_empty() { Vec::new() } else { quotes(&book, &wanted.load, &wanted.words) };
    let asker = if quotes.is_empty() { None } else { asker(env, &book, &folder)? };
    let units = known(&book, env.reveal);
    let mut hits = rank(&units, &wanted.words);
    hits.truncate(args.get_one::<u16>("limit").map_or(usize::MAX, |limit| usize::from(*limit)));
    let printed = if env.json {
        env.data(&document::text(&answer_json(env.lang, &book, &quotes, asker.as_ref(), &hits, &units)))
    } else {
        env.print(&drawn(env, &book, &quotes, asker.as_ref(), &hits))
    };
    if wanted.freight && quotes.is_empty() {
        env.say(&unpriced(&wanted.words));
    }
    if hits.is_empty() && !wanted.words.is_empty() {
        nothing(env, &wanted.words, &units);
    }
    with_problems(&book, printed)
}

/// Why there is no price.
fn unpriced(places: &[String]) -> Text {
    if places.is_empty() {
        return tr!("say where it goes: freight PLACE 2.5m3", "请写明到哪里：运费 拉萨 2.5m3");
    }
    let to = places.join(" ");
    tr!(
        "no carrier's line to \"{to}\" is priced for that load: see cs carrier list",
        "没有到“{to}”且按此单位计价的线路：见 cs carrier list"
    )
}

/// Who asks: whoever is named must work here; that nobody is named hinders no look-up.
fn asker(env: &Env, book: &Book<'_>, folder: &Folder) -> Outcome<Option<Code>> {
    match env.actor(book, folder) {
        Ok(code) => Ok(Some(code)),
        Err(_) if env.by.is_none() => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Says that nothing was found, and where it was looked for.
fn nothing(env: &Env, words: &[String], units: &[Unit]) {
    let (what, where_to) = (words.join(" "), searched(units));
    env.say(
        &tr!("nothing is found for \"{what}\" among: {where_to}", "没有找到“{what}”，已查找：{where_to}"; where_to),
    );
}

/// How many units of each kind there are.
fn searched(units: &[Unit]) -> Text {
    let part = |origin: Origin| {
        let (name, count) = (origin.name(), units.iter().filter(|unit| unit.origin == origin).count());
        tr!("{name} {count}", "{name} {count}"; name)
    };
    Text::join(&ORIGINS.map(part), words(", ", "、"))
}

fn drawn(env: &Env, book: &Book<'_>, quotes: &[Quote], asker: Option<&Code>, hits: &[Hit<'_>]) -> String {
    let mut text = String::new();
    if !quotes.is_empty() {
        text.push_str(&table::text(&freight(book, quotes, asker), &env.canvas));
        text.push_str(if hits.is_empty() { "" } else { "\n" });
    }
    let block = |hit: &Hit<'_>| {
        let unit = hit.unit;
        let title = if unit.origin == Origin::Note { String::new() } else { unit.title.clone() };
        Block { place: place(unit), title, text: unit.text.get(env.lang).to_string() }
    };
    text + &blocks(&hits.iter().map(block).collect::<Vec<_>>(), &env.canvas)
}

/// Where a unit is from, in one line: `lists/carriers.csv`, or `knowledge/退换货.md › 流程`.
fn place(unit: &Unit) -> String {
    if unit.origin != Origin::Note || unit.part.is_empty() {
        return unit.file.clone();
    }
    format!("{} › {}", unit.file, unit.part)
}

/// The prices, the cheapest first, and who may tell each of them to the caller (R2).
fn freight(book: &Book<'_>, quotes: &[Quote], asker: Option<&Code>) -> Table {
    let row = |quote: &Quote| Row {
        cells: vec![
            Cell::Text(quote.carrier.clone()),
            Cell::Text(book.name(List::Carriers, &quote.carrier)),
            Cell::Text(quote.route.to_string()),
            Cell::Text(format!("{}/{}", quote.route.price, quote.route.per.code())),
            Cell::Text(format!("{} {}", quote.quantity, quote.route.per.code())),
            Cell::Amount(Amount::Money(quote.amount)),
            Cell::Words(quote.days()),
            Cell::Words(who(book, quote, asker)),
        ],
        records: Vec::new(),
    };
    Table {
        name: "quotes",
        title: words("Freight", "运费报价"),
        columns: vec![
            column("code", "Code", "代码").whole(),
            column("carrier", "Carrier", "物流公司"),
            column("line", "Line", "线路").whole(),
            column("price", "Price", "单价").numeric(),
            column("load", "Load", "货量").numeric(),
            column("amount", "Amount", "运费").numeric(),
            column("days", "Days", "时效").whole(),
            column("who", "May be quoted by", "报价权限"),
        ],
        rows: quotes.iter().map(row).collect(),
    }
}

/// Who may tell a price: the asker alone, or the lowest role that may (R2).
fn who(book: &Book<'_>, quote: &Quote, asker: Option<&Code>) -> Text {
    if let (Some(true), Some(asker)) = (quote.alone(book, asker), asker) {
        let name = book.name(List::Staff, asker.as_str());
        return tr!("{name} alone (R2)", "{name}可自行报价（R2）");
    }
    let lowest = quote.who(book).first().and_then(|code| role(code));
    match lowest {
        Some(role) => {
            let role = role.name;
            tr!("{role} or above (R2)", "须{role}及以上报价（R2）"; role)
        }
        None => tr!("nobody (R2)", "无人有权报价（R2）"),
    }
}

fn answer_json(
    lang: Lang,
    book: &Book<'_>,
    quotes: &[Quote],
    asker: Option<&Code>,
    hits: &[Hit<'_>],
    units: &[Unit],
) -> Value {
    let quote = |quote: &Quote| {
        json!({
            "carrier": quote.carrier,
            "line": quote.route.to_string(),
            "price": quote.route.price.to_string(),
            "unit": quote.route.per.code(),
            "load": quote.quantity.to_string(),
            "amount": quote.amount.to_string(),
            "days_from": quote.route.days.map(|(least, _)| least),
            "days_to": quote.route.days.map(|(_, most)| most),
            "alone": quote.alone(book, asker),
            "who": quote.who(book),
        })
    };
    let found = |hit: &Hit<'_>| {
        json!({
            "kind": hit.unit.origin.code(),
            "file": hit.unit.file,
            "part": hit.unit.part,
            "title": hit.unit.title,
            "text": hit.unit.text.get(lang),
            "score": hit.score,
        })
    };
    let count = |origin: Origin| {
        let count = units.iter().filter(|unit| unit.origin == origin).count();
        (origin.code().to_string(), json!(count))
    };
    json!({
        "quotes": quotes.iter().map(quote).collect::<Vec<_>>(),
        "found": hits.iter().map(found).collect::<Vec<_>>(),
        "searched": Value::Object(ORIGINS.map(count).into_iter().collect()),
    })
}
