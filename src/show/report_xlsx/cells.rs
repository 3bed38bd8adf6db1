//! What stands in a cell: amounts, days and moments as a spreadsheet holds them, each with its number format.

use rust_decimal::Decimal;
use rust_xlsxwriter::ExcelDateTime;

use super::Draw;
use crate::base::table::{Amount, Cell};
use crate::base::time::Time;
use crate::base::words::{Words, words};
use crate::policy::Goal;
use crate::reports::model::Figure;
use crate::show::amount::{self, Change};
use crate::show::clean::clean;
use crate::show::page_wrap::width;
use crate::show::report::standing;
use crate::show::table::cell;
use crate::show::workbook::{self, AS_DAY, AS_MONEY, AS_WHOLE, as_measured, day};

/// What is written into a cell.
pub(super) enum Entry {
    Blank,
    Text(String),
    Number(Figured),
    /// With its number format.
    Moment(ExcelDateTime, &'static str),
}

/// A number as a spreadsheet holds and shows it.
pub(super) struct Figured {
    pub(super) value: f64,
    pub(super) format: String,
    /// How wide it is drawn, in half-wide characters.
    width: usize,
}

impl Entry {
    pub(super) fn text(text: impl AsRef<str>) -> Entry {
        let text = clean(text.as_ref());
        if text.is_empty() { Entry::Blank } else { Entry::Text(text.into_owned()) }
    }

    /// How wide it is drawn, in half-wide characters.
    pub(super) fn width(&self) -> usize {
        match self {
            Entry::Blank => 0,
            Entry::Text(text) => width(text),
            Entry::Number(number) => number.width,
            Entry::Moment(_, format) => format.len(),
        }
    }
}

impl Draw {
    pub(super) fn entry(&self, value: &Cell) -> Entry {
        let written = match value {
            Cell::Empty => Some(Entry::Blank),
            Cell::Amount(amount) => Some(self.amount(*amount)),
            Cell::Apart(difference) => Some(self.apart(*difference)),
            Cell::Date(date) => day(*date).map(|day| Entry::Moment(day, AS_DAY)),
            Cell::Time(time) => self.moment(*time),
            Cell::Words(_) | Cell::Coded(..) | Cell::Text(_) | Cell::Number(_) => None,
        };
        written.unwrap_or_else(|| Entry::text(cell(value, self.lang, self.zone)))
    }

    fn moment(&self, time: Time) -> Option<Entry> {
        use chrono::Timelike;
        let wall = self.zone.wall(time);
        let (hour, minute) = (u16::try_from(wall.hour()).ok()?, u8::try_from(wall.minute()).ok()?);
        let moment = day(wall.date())?.and_hms(hour, minute, 0).ok()?;
        Some(Entry::Moment(moment, "yyyy-mm-dd hh:mm"))
    }

    /// An amount as a number; as text where a spreadsheet would lose digits.
    pub(super) fn amount(&self, amount: Amount) -> Entry {
        let digits = amount.digits();
        let (value, format) = match amount {
            Amount::Count(_) => (workbook::number(&digits), AS_WHOLE.to_string()),
            Amount::Money(_) => (workbook::number(&digits), AS_MONEY.to_string()),
            Amount::PerHundred(_) | Amount::Points(_) => (workbook::number(&digits), "0.00".to_string()),
            Amount::Score(_) => (workbook::number(&digits), "0.0".to_string()),
            // A spreadsheet's percents are parts of one.
            Amount::Permille(tenths) => (Some(tenths as f64 / 1000.0), "0.0%".to_string()),
            Amount::Volume(_) => (workbook::number(&digits), as_measured(&digits)),
            Amount::Minutes(_) | Amount::Days(_) | Amount::Months(_) => {
                (workbook::number(&digits), AS_WHOLE.to_string())
            }
        };
        let unit = match amount {
            Amount::Count(_)
            | Amount::Money(_)
            | Amount::PerHundred(_)
            | Amount::Points(_)
            | Amount::Score(_)
            | Amount::Permille(_) => String::new(),
            Amount::Volume(_) | Amount::Minutes(_) | Amount::Days(_) | Amount::Months(_) => self.suffix(amount.unit()),
        };
        let width = width(&amount::amount(amount, self.lang)) + 1;
        let figured = |value| Entry::Number(Figured { value, format: format + &unit, width });
        value.map_or_else(|| Entry::text(&digits), figured)
    }

    /// A figure's goal with its sign, whether it is met, and by how much it is missed.
    pub(super) fn judged(&self, figure: &Figure) -> [Entry; 3] {
        let goal = figure.goal.map_or(Entry::Blank, |goal| self.bounded(goal));
        let met = figure.met().map_or(Entry::Blank, |met| Entry::text(standing(met).get(self.lang)));
        [goal, met, figure.miss().map_or(Entry::Blank, |miss| self.apart(miss))]
    }

    /// A goal as a number, its sign part of the format.
    pub(super) fn bounded(&self, goal: Goal) -> Entry {
        match self.amount(goal.value) {
            Entry::Number(number) => {
                let format = format!("\"{} \"{}", goal.bound.sign(), number.format);
                Entry::Number(Figured { format, width: number.width + 3, ..number })
            }
            other => other,
        }
    }

    /// How far an amount is from another: between two shares in points.
    pub(super) fn apart(&self, difference: Amount) -> Entry {
        let Amount::Permille(tenths) = difference else { return self.amount(difference) };
        let format = format!("0.0{}", self.suffix("percentage_points"));
        let width = width(&amount::apart(difference, self.lang)) + 1;
        Entry::Number(Figured { value: tenths as f64 / 10.0, format, width })
    }

    /// A unit as part of a number format: beside Chinese units there is no blank.
    fn suffix(&self, key: &str) -> String {
        let unit = unit(key).get(self.lang);
        let blank = if unit.starts_with(|c: char| c.is_ascii()) { " " } else { "" };
        format!("\"{blank}{unit}\"")
    }

    /// A change as a number that shows its sign.
    pub(super) fn change(&self, change: Change) -> Entry {
        let signed = |format: &str| match change {
            Change::Times(_) => format.to_string(),
            _ => format!("+{format};-{format};{format}"),
        };
        let (value, format) = match change {
            Change::Times(times) => (times, format!("\"×\"{AS_WHOLE}")),
            Change::Percent(percent) => {
                let places = if percent.abs() < Decimal::TEN { "0.0%" } else { "#,##0%" };
                (percent / Decimal::ONE_HUNDRED, places.to_string())
            }
            Change::Points(points) => (points, format!("0.0{}", self.suffix("percentage_points"))),
            Change::Days(days) => (days, format!("0{}", self.suffix("days"))),
            Change::Months(months) => (months, format!("0{}", self.suffix("months"))),
            Change::Minutes(minutes) => (Decimal::from(minutes), format!("0{}", self.suffix("minutes"))),
            Change::Scores(points) => (points, "0.00".to_string()),
        };
        let width = width(change.text().get(self.lang)) + 1;
        let figured = |value| Entry::Number(Figured { value, format: signed(&format), width });
        value.normalize().to_string().parse().map_or(Entry::Blank, figured)
    }
}

/// The words for a unit's stable key.
pub(super) fn unit(key: &str) -> Words {
    match key {
        "money" => words("money", "金额"),
        "m3" => words("m³", "m³"),
        "percent" => words("%", "%"),
        "percentage_points" => words("pt", "个百分点"),
        "points" | "score" => words("points", "分"),
        "minutes" => words("min", "分钟"),
        "days" => words("days", "天"),
        "months" => words("months", "个月"),
        "per_100" => words("per 100", "每百件"),
        _ => words("count", "数量"),
    }
}
