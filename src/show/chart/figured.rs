//! Bars of a section's figures, each beside that of the period before and its goal.

use super::data::{Bar, Bars, GOAL, Key, Look, Part, Scale, decimal, longest, number, short};
use crate::base::table::Amount;
use crate::base::words::{Lang, Words, words};
use crate::reports::model::{Figure, Section};
use crate::show::amount::amount;
use crate::show::clean::clean;
use crate::show::report::goal;

const PREVIOUS: Words = words("Previous", "上期");
const THIS: Words = words("This period", "本期");
const WHOLE: Words = words("kept in full", "全部按时");

/// The whole of a share.
const ALL: Amount = Amount::Permille(1000);

/// Shares of a hundred.
pub fn attainment(section: &Section, figures: &[&str], lang: Lang) -> Option<Bars> {
    shares(named(section, figures).filter_map(|figure| share(figure, lang)).collect(), lang)
}

/// Every figure that is a share and is not whole, the lowest first; then how many are.
pub fn short_of_all(section: &Section, lang: Lang) -> Option<Bars> {
    let of = |figure: &&Figure| figure.value.filter(|value| value.unit() == ALL.unit()).map(decimal);
    let all: Vec<&Figure> = section.figures.iter().filter(|figure| of(figure).is_some()).collect();
    let (whole, mut short): (Vec<&Figure>, Vec<&Figure>) =
        all.into_iter().partition(|figure| figure.value == Some(ALL));
    short.sort_by_key(of);
    let mut rows: Vec<Bar> = short.into_iter().filter_map(|figure| share(figure, lang)).collect();
    if !whole.is_empty() {
        let names: Vec<&str> = whole.iter().map(|figure| figure.name.get(lang)).collect();
        let label = format!("{} ({})", WHOLE.get(lang), whole.len());
        let told = format!("{label}: {}", names.join(words(", ", "、").get(lang)));
        let parts = vec![Part { value: number(decimal(ALL)), said: String::new() }];
        rows.push(Bar::new(label, parts, amount(ALL, lang), told));
    }
    shares(rows, lang)
}

/// Counts, or sums of money.
pub fn amounts(section: &Section, figures: &[&str], lang: Lang) -> Option<Bars> {
    let figures: Vec<&Figure> = named(section, figures).filter(|figure| figure.value.is_some()).collect();
    let unit = figures.first()?.unit;
    let rows: Vec<Bar> = figures.into_iter().filter_map(|figure| bar(figure, unit, true, lang)).collect();
    let marks = rows.iter().filter_map(|bar| bar.mark);
    let full = longest(&rows).into_iter().chain(marks).fold(0.0, f64::max);
    let keys = keys(&rows, lang);
    (full > 0.0).then_some(Bars { keys, rows, full, scale: Scale::Plain })
}

fn named<'s>(section: &'s Section, keys: &[&str]) -> impl Iterator<Item = &'s Figure> {
    keys.iter().filter_map(|key| section.figures.iter().find(|figure| figure.key == *key))
}

fn share(figure: &Figure, lang: Lang) -> Option<Bar> {
    bar(figure, ALL.unit(), false, lang)
}

/// A figure of a unit as a bar; nothing below 0 is drawn.
fn bar(figure: &Figure, unit: &str, to_unit: bool, lang: Lang) -> Option<Bar> {
    let of_unit = |amount: Option<Amount>| amount.filter(|amount| amount.unit() == unit);
    let value = of_unit(figure.value)?;
    let previous = of_unit(figure.previous);
    let label = clean(figure.name.get(lang)).into_owned();
    let full = amount(value, lang);
    let before = previous.map(|it| format!(", {} {}", PREVIOUS.get(lang), amount(it, lang))).unwrap_or_default();
    let aimed = figure.goal.map(|it| format!(", {} {}", GOAL.get(lang), goal(it).get(lang))).unwrap_or_default();
    let told = format!("{label}: {full}{before}{aimed}");
    let parts = vec![Part { value: number(decimal(value)).max(0.0), said: String::new() }];
    let said = if to_unit { short(value, lang) } else { full };
    let mark = previous.map(|it| number(decimal(it)).max(0.0));
    let goal = figure.goal.map(|it| number(decimal(it.value)));
    Some(Bar { mark, goal: goal.filter(|_| !to_unit), ..Bar::new(label, parts, said, told) })
}

fn shares(rows: Vec<Bar>, lang: Lang) -> Option<Bars> {
    let keys = keys(&rows, lang);
    (!rows.is_empty()).then_some(Bars { keys, rows, full: number(decimal(ALL)), scale: Scale::OfAll })
}

fn keys(rows: &[Bar], lang: Lang) -> Vec<Key> {
    let used = [
        (THIS, Look::Part(0), true),
        (PREVIOUS, Look::Mark, rows.iter().any(|bar| bar.mark.is_some())),
        (GOAL, Look::Goal, rows.iter().any(|bar| bar.goal.is_some())),
    ];
    used.into_iter().filter(|(_, _, used)| *used).map(|(name, look, _)| Key::new(name.get(lang), look)).collect()
}
