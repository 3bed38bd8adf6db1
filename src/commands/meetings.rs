//! `cs meet agenda`: what the next meeting is to be about (R51): hard cases, then to-dos still open.

use clap::{ArgMatches, Command};

use crate::base::field::{Kind, List};
use crate::base::problem::{Outcome, all_or};
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::commands::cli::command;
use crate::commands::env::Env;
use crate::commands::forms::Guest;
use crate::complaints::major_since;
use crate::duties::of_records;
use crate::forms::meeting::{MEETING, Meeting};
use crate::tr;

const VERB: &str = "agenda";
/// The most overdue duties that are named one by one; a meeting lasts an hour.
const NAMED: usize = 10;

/// The command joins those of the meeting.
pub const GUEST: Guest = Guest {
    tree: |group, lang| if group == MEETING.verbs.command { vec![tree(lang)] } else { Vec::new() },
    run: |env, group, verb, _: &ArgMatches| (group == MEETING.verbs.command && verb == VERB).then(|| run(env)),
};

fn tree(lang: Lang) -> Command {
    let about = words(
        "Propose what a meeting is about: major complaints, what is overdue, to-dos still open (R51)",
        "提出会议议题：重大投诉、逾期事项、未完待办（R51）",
    );
    command(VERB, about, lang)
}

/// Runs it.
///
/// # Errors
/// When something can't be read.
fn run(env: &Env) -> Outcome {
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    book.sound()?;
    let topics = agenda(&book);
    all_or(book.take_problems())?;
    if env.json {
        let list: Vec<&str> = topics.iter().map(|topic| topic.get(env.lang)).collect();
        return env.data(&crate::show::json::text(&serde_json::json!(list)));
    }
    let lines: Vec<String> = topics.iter().map(|topic| format!("{}\n", clean(topic.get(env.lang)))).collect();
    env.print(&lines.concat())
}

fn clean(text: &str) -> String {
    crate::show::clean::clean(text).into_owned()
}

/// What a meeting now would be about: major complaints that are open, what is overdue, the latest last, and the to-dos of
/// earlier meetings that are not done; never nothing.
pub fn agenda(book: &Book<'_>) -> Vec<Text> {
    let duties = of_records(book);
    let mut topics = Vec::new();
    for form in book.loaded(Kind::Complaint).iter().filter(|form| !form.is_over()) {
        if major_since(book, form).is_some() {
            let (number, customer) = (&form.number, form.header.text("customer").unwrap_or(""));
            let customer = book.name(List::Customers, customer);
            topics.push(tr!("major complaint {number}: {customer}", "重大投诉 {number}：{customer}"));
        }
    }
    let late: Vec<_> = duties
        .iter()
        .filter(|duty| duty.late_minutes(book.now.time) > 0 && !duty.number.starts_with(MEETING.prefix))
        .collect();
    for duty in late.iter().take(NAMED) {
        let (number, what) = (&duty.number, &duty.what);
        topics.push(tr!("overdue {number}: {what}", "逾期 {number}：{what}"; what));
    }
    if late.len() > NAMED {
        let more = late.len() - NAMED;
        topics.push(tr!("overdue besides: {more}", "其他逾期事项 {more} 项"));
    }
    for form in book.loaded(Kind::Meeting).iter().filter(|form| !form.is_over()) {
        for todo in Meeting::of(form).open_todos() {
            let (number, what) = (&form.number, todo.what);
            let owner = book.name(List::Staff, todo.owner.as_str());
            topics.push(tr!("to-do of {number}, {owner}: {what}", "{number} 待办（{owner}）：{what}"));
        }
    }
    if topics.is_empty() {
        topics.push(tr!("the week's work", "本周工作"));
    }
    topics
}
