//! `cs customer assign`: proposes the specialist with the lowest load for a customer, with the figures (R6).

use clap::{ArgMatches, Command};

use crate::base::field::{Fields, List};
use crate::base::money::Measure;
use crate::base::number::Code;
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::table::{Cell, Row, Table, column};
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::checks::may_sign;
use crate::commands::cli::{option, row_word, switch};
use crate::commands::env::Env;
use crate::commands::print::print_table;
use crate::commands::rows::changed_row;
use crate::commands::save::{Change, save};
use crate::lists::{ListSpec, has_role, spec_of};
use crate::store::Folder;
use crate::tr;

/// The command's line.
pub fn command(lang: Lang) -> Command {
    crate::commands::cli::command(
        "assign",
        words("Propose an owner by load ÷ capacity, or assign one (R6)", "按负荷÷产能建议负责人，或直接分配（R6）"),
        lang,
    )
    .arg(row_word(lang))
    .arg(option(
        "to",
        "STAFF",
        words("Assign to this person; another than proposed needs a manager", "分配给此人；与建议不同须由经理操作"),
        lang,
    ))
    .arg(switch("yes", words("Assign to the person proposed", "按建议分配"), lang))
}

/// An owner is given by `assign`, which proposes and dates it (R5, R6); by hand only by those who may overrule.
pub fn owner_given(book: &Book<'_>, spec: &ListSpec, fields: &Fields, env: &Env, folder: &Folder) -> Option<Problem> {
    let gives = |key| fields.get(key).is_some();
    if spec.list != List::Customers || !(gives("owner") || gives("assigned_on")) {
        return None;
    }
    let by = env.actor(book, folder).ok()?;
    let mut problem = may_sign(book, "assign", None, &by)?;
    problem.help = tr!(
        "leave --owner out and take the proposal: cs customer assign CODE --yes (R6)",
        "请不要写 --owner，按建议分配：cs customer assign 代码 --yes（R6）"
    );
    Some(problem)
}

/// A specialist's load: customers by grade, over capacity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub staff: Code,
    /// Customers by grade A, B, C.
    pub customers: [u64; 3],
    /// Their weights, summed.
    pub weight: u64,
    /// Capacity in thousandths; 1000 is one.
    pub capacity: u64,
}

impl Load {
    /// Orders by weight ÷ capacity, then weight, then code; exact, without division.
    fn rank(&self, other: &Load) -> std::cmp::Ordering {
        let wide = u128::from;
        let mine = wide(self.weight) * wide(other.capacity);
        let theirs = wide(other.weight) * wide(self.capacity);
        mine.cmp(&theirs).then(self.weight.cmp(&other.weight)).then(self.staff.cmp(&other.staff))
    }
}

/// The loads of the specialists who work here today, the lowest first (R6). `except` is left out of the count.
pub fn loads(book: &Book<'_>, except: &str) -> Vec<Load> {
    let today = book.now.today();
    let weights = book.figures().grade_weights;
    let mut loads: Vec<Load> = Vec::new();
    for row in &book.list(List::Staff).rows {
        let Some(code) = row.fields.staff("code") else { continue };
        let specialist = has_role(&row.fields, "specialist");
        let capacity = row.fields.measure("capacity").map_or(1000, Measure::thousandths);
        if specialist && capacity > 0 && book.staff_on(&code, today).is_some() {
            loads.push(Load { staff: code, customers: [0; 3], weight: 0, capacity });
        }
    }
    let customers = book.list(List::Customers);
    for row in customers.rows.iter().filter(|row| row.fields.text("status") != Some("lapsed")) {
        if customers.key_of(row) == except {
            continue;
        }
        let grade = match row.fields.text("grade") {
            Some("A") => 0,
            Some("B") => 1,
            _ => 2,
        };
        let owner = row.fields.staff("owner");
        if let Some(load) = loads.iter_mut().find(|load| Some(&load.staff) == owner.as_ref()) {
            load.customers[grade] += 1;
            load.weight += weights[grade];
        }
    }
    loads.sort_by(Load::rank);
    loads
}

fn table(book: &Book<'_>, loads: &[Load]) -> Table {
    let row = |load: &Load| {
        let hundredths = load.weight * 100_000 / load.capacity;
        Row {
            cells: vec![
                Cell::Text(load.staff.to_string()),
                Cell::Text(book.name(List::Staff, load.staff.as_str())),
                Cell::count(load.customers[0]),
                Cell::count(load.customers[1]),
                Cell::count(load.customers[2]),
                Cell::count(load.weight),
                Cell::Text(
                    format!("{}.{:03}", load.capacity / 1000, load.capacity % 1000)
                        .trim_end_matches('0')
                        .trim_end_matches('.')
                        .to_string(),
                ),
                Cell::Text(format!("{}.{:02}", hundredths / 100, hundredths % 100)),
            ],
            records: Vec::new(),
        }
    };
    Table {
        name: "loads",
        title: words("Load of the specialists, lowest first", "客服专员负荷（从低到高）"),
        columns: vec![
            column("staff", "Staff", "代码").whole(),
            column("name", "Name", "姓名").whole(),
            column("a", "A", "A类").numeric(),
            column("b", "B", "B类").numeric(),
            column("c", "C", "C类").numeric(),
            column("load", "Load", "负荷").numeric(),
            column("capacity", "Capacity", "产能").numeric(),
            column("ratio", "Load ÷ capacity", "负荷÷产能").numeric(),
        ],
        rows: loads.iter().map(row).collect(),
    }
}

/// Runs it.
///
/// # Errors
/// When there is no such customer or specialist, or the person may not overrule the proposal.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let word = args.get_one::<String>("WORD").map_or("", String::as_str);
    let to = args.get_one::<String>("to");
    let book = Book::open(&folder, env.time);
    let code = book.list(List::Customers).resolve(word)?;
    let proposed = loads(&book, &code);
    book.sound()?;
    print_table(env, &table(&book, &proposed), None)?;
    let Some(first) = proposed.first() else {
        return Err(Problem::new(
            "assign.nobody",
            tr!("there is no specialist to assign to", "没有可分配的客服专员"),
            tr!(
                "give the role to somebody: cs staff edit CODE --roles specialist",
                "请为员工设置岗位：cs staff edit 代码 --roles specialist"
            ),
        )
        .into());
    };
    let best = first.staff.clone();
    if to.is_none() && !args.get_flag("yes") {
        env.say(&tr!(
            "proposed: {best}; take it with: cs customer assign {code} --yes",
            "建议分配给 {best}；确认请执行：cs customer assign {code} --yes"
        ));
        return Ok(());
    }
    drop(book);
    save(
        env,
        &folder,
        "customer assign",
        &[],
        |book, _| {
            let by = env.actor(book, &folder)?;
            let best = loads(book, &code).into_iter().next().map_or(best, |load| load.staff);
            let chosen: Code = match to {
                Some(word) => {
                    let key = book.list(List::Staff).resolve(word)?;
                    key.parse().unwrap_or_else(|_| best.clone())
                }
                None => best.clone(),
            };
            if book.staff_on(&chosen, book.now.today()).is_none() {
                all_or(vec![Problem::new(
                    "ref.staff",
                    tr!("{chosen} does not work here today", "{chosen} 今天不是在职员工"),
                    tr!("see `cs staff list`", "请查看 cs staff list"),
                )])?;
            }
            if chosen != best {
                all_or(may_sign(book, "assign", None, &by).into_iter().collect())?;
            }
            let today = book.now.today().to_string();
            let changes = [("owner", chosen.to_string()), ("assigned_on", today)];
            let (seen, text) = changed_row(book, spec_of(List::Customers), &code, &changes)?;
            Ok(Change {
                path: spec_of(List::Customers).file.to_string(),
                seen: Some(seen),
                text,
                record: code.clone(),
                subject: format!("customer assign: {chosen}"),
                step: None,
                by,
            })
        },
        |_, change| {
            let code = &change.record;
            let owner = change.subject.rsplit(' ').next().unwrap_or("");
            env.say(&tr!(
                "{code} assigned to {owner}, who is to make first contact (R5): cs todo --who {owner}",
                "{code} 已分配给 {owner}，请按时完成首次联系（R5）：cs todo --who {owner}"
            ));
            Ok(())
        },
    )
}
