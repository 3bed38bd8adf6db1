//! Bars of rows against what each is to come to: a goal, a budget. Every bar has that at one line, whatever its unit.

use rust_decimal::Decimal;

use super::data::{
    Bar, Bars, Key, Look, MOST_ROWS, OTHERS, Part, Scale, Source, amount_of, decimal, number, short, sum,
};
use crate::base::table::{Amount, Row};
use crate::base::words::words;
use crate::show::amount::amount;
use crate::show::report::{judged, standing};

/// Where what a row is to come to is drawn, and where a bar beyond it is cut off.
const GOAL: f64 = 100.0;
const MOST: f64 = 200.0;
/// The least room beyond that line.
const BEYOND: f64 = 112.0;

impl Source<'_> {
    /// The rows that are judged, what is missed first; each as long as its parts are of what it is to come to.
    pub fn against(&self, labels: &[&str], parts: &[&str], goal: &str) -> Option<Bars> {
        let (labels, places, goal) = (self.places(labels)?, self.places(parts)?, self.place(goal)?);
        let judges = self.place("standing")?;
        let judged = |row: &Row| judged(&self.table.columns[judges], &row.cells[judges]);
        let mut rows: Vec<(bool, Bar)> = Vec::new();
        for row in &self.table.rows {
            let met = judged(row);
            rows.extend(met.and_then(|met| Some((met, self.judged_bar(row, &labels, &places, [goal, judges], met)?))));
        }
        rows.sort_by_key(|(met, _)| *met);
        let mut bars: Vec<Bar> = rows.into_iter().map(|(_, bar)| bar).collect();
        if bars.len() > MOST_ROWS {
            let rest = bars.split_off(MOST_ROWS - 1);
            let label = format!("{} ({})", OTHERS.get(self.lang), rest.len());
            let told: Vec<String> = rest.into_iter().map(|bar| bar.told).collect();
            bars.push(Bar::new(label, Vec::new(), String::new(), told.join(words("; ", "；").get(self.lang))));
        }
        let longest = bars.iter().map(Bar::length).fold(BEYOND, f64::max);
        let one = places.len() == 1;
        let any = |met: bool| bars.iter().any(|bar| bar.met == Some(met));
        let mut keys: Vec<Key> = match one {
            true => [true, false].into_iter().filter(|met| any(*met)).map(|met| self.key_of(met)).collect(),
            false => {
                places.iter().enumerate().map(|(at, &place)| Key::new(&self.head(place), Look::Part(at))).collect()
            }
        };
        if !one && any(false) {
            keys.push(Key::new(words("beyond it", "超出").get(self.lang), Look::Judged(false)));
        }
        keys.push(Key::new(&self.head(goal), Look::Goal));
        (!bars.is_empty()).then_some(Bars { keys, rows: bars, full: longest, scale: Scale::ToGoal })
    }

    fn key_of(&self, met: bool) -> Key {
        Key::new(standing(met).get(self.lang), Look::Judged(met))
    }

    fn judged_bar(
        &self,
        row: &Row,
        labels: &[usize],
        places: &[usize],
        [goal, judges]: [usize; 2],
        met: bool,
    ) -> Option<Bar> {
        let aim = amount_of(&row.cells[goal])?;
        let amounts: Vec<Amount> = places.iter().filter_map(|&at| amount_of(&row.cells[at])).collect();
        // What is to cost nothing and costs nothing has no length.
        if decimal(aim).is_zero() && amounts.iter().all(|value| decimal(*value).is_zero()) {
            return None;
        }
        let all = if let [one] = amounts[..] { one } else { sum(amounts.iter().copied())? };
        let sign = if met { "✓" } else { "✗" };
        let label = self.label(row, labels);
        let each = |at: usize| Some(format!("{} {}", self.head(at), amount(amount_of(&row.cells[at])?, self.lang)));
        let each: Vec<String> = places.iter().chain([&goal]).filter_map(|&at| each(at)).collect();
        let told = format!("{label}: {}, {}", each.join(", "), self.label(row, &[judges]));
        let mut room = MOST;
        let parts = amounts.iter().map(|value| {
            let wide = of_goal(decimal(*value), decimal(aim)).clamp(0.0, room);
            room -= wide;
            Part { value: wide, said: String::new() }
        });
        let parts = parts.collect();
        let said = format!("{} / {} {sign}", short(all, self.lang), short(aim, self.lang));
        Some(Bar { goal: Some(GOAL), met: Some(met), ..Bar::new(label, parts, said, told) })
    }
}

/// How long a value is where its goal is at its line; beyond anything where that is 0.
fn of_goal(value: Decimal, goal: Decimal) -> f64 {
    match goal.is_zero() {
        true if value.is_zero() => 0.0,
        true => MOST,
        false => number(value) / number(goal) * GOAL,
    }
}
