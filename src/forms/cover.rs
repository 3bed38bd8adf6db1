//! Who pays for a repair, and why: cause, warranty and photo (R17–R19).

use chrono::Months;

use super::repair::Repair;
use crate::base::time::Date;
use crate::base::words::{Text, Words, words};
use crate::tr;

/// Who pays for a repair (R18, R19).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer {
    /// Not judged yet.
    Open,
    /// We do: a fault of ours, within warranty, with a photo.
    Us,
    /// The customer does.
    Customer,
    /// Not us: a claim on the carrier is offered.
    Carrier,
}

impl Payer {
    /// What scripts see.
    pub fn code(self) -> &'static str {
        match self {
            Payer::Open => "open",
            Payer::Us => "us",
            Payer::Customer => "customer",
            Payer::Carrier => "carrier",
        }
    }

    /// What people read.
    pub fn name(self) -> Words {
        match self {
            Payer::Open => words("not judged yet", "尚未判定"),
            Payer::Us => words("us", "我方"),
            Payer::Customer => words("the customer", "客户"),
            Payer::Carrier => words("the carrier (claim)", "物流公司（可索赔）"),
        }
    }
}

/// Why a repair is covered or not, and who pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// Who pays.
    pub payer: Payer,
    /// The last day of warranty; `None` where nobody knows when the fixture was made.
    pub last_day: Option<Date>,
    /// The reason in one sentence: made on, cause, rule.
    pub why: Text,
}

/// The last covered day: that many months after the day it was made, or the month's last day where it has no such day
/// (R19).
pub fn last_covered(made_on: Date, months: u64) -> Option<Date> {
    made_on.checked_add_months(Months::new(u32::try_from(months).ok()?))
}

/// A reason that does not rest on when the fixture was made still names the day.
fn since(made: Option<(Date, Date)>, why: Text) -> Text {
    match made {
        None => why,
        Some((made, _)) => tr!("made on {made}; {why}", "{made} 制作；{why}"; why),
    }
}

impl Repair<'_> {
    /// Who pays, and why (R17–R19); warranty runs for `months`.
    pub fn cover(&self, months: u64) -> Cover {
        let made_on = self.form.header.date("made_on");
        let last_day = made_on.and_then(|day| last_covered(day, months));
        let reported = self.form.day();
        let (payer, why) = match (self.cause(), made_on.zip(last_day)) {
            (None, Some((made, last))) => (
                Payer::Open,
                tr!(
                    "made on {made}, covered to {last}; the cause is not judged yet (R18)",
                    "{made} 制作，质保至 {last}；尚未判定故障原因（R18）"
                ),
            ),
            (None, None) => (
                Payer::Open,
                tr!("not judged yet, and nobody noted when it was made (R19)", "尚未判定，也未登记展台制作时间（R19）"),
            ),
            (Some("human"), made) => (
                Payer::Customer,
                since(made, tr!("human damage: the customer pays (R18)", "人为损坏，由客户承担（R18）")),
            ),
            (Some("logistics"), made) => (
                Payer::Carrier,
                since(
                    made,
                    tr!(
                        "damaged on the way: not us; claim on the carrier (R18)",
                        "运输损坏，我方不承担，可向物流公司索赔（R18）"
                    ),
                ),
            ),
            (Some(_), None) => (
                Payer::Customer,
                tr!(
                    "quality, but nobody noted when it was made: not covered (R19)",
                    "质量问题，但未登记展台制作时间，不在质保内（R19）"
                ),
            ),
            (Some(_), Some((made, last))) if reported > last => (
                Payer::Customer,
                tr!(
                    "quality, but made on {made}: covered to {last}, reported on {reported} (R19)",
                    "质量问题，但 {made} 制作，质保至 {last}，{reported} 报修已过保（R19）"
                ),
            ),
            (Some(_), Some((made, last))) if self.photos().next().is_none() => (
                Payer::Customer,
                tr!(
                    "quality, made on {made}, covered to {last}, but there is no photo (R17)",
                    "质量问题，{made} 制作，质保至 {last}，但没有照片（R17）"
                ),
            ),
            (Some(_), Some((made, last))) => (
                Payer::Us,
                tr!(
                    "quality, made on {made}, covered to {last}: we pay (R18, R19)",
                    "质量问题，{made} 制作，质保至 {last}，由我方承担（R18、R19）"
                ),
            ),
        };
        Cover { payer, last_day, why }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r19_the_day_twelve_months_later_is_the_last_covered_one() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        for (made, last) in [("2025-11-21", "2026-11-21"), ("2024-02-29", "2025-02-28"), ("2023-02-28", "2024-02-28")] {
            assert_eq!(last_covered(day(made), 12), Some(day(last)), "{made}");
        }
    }
}
