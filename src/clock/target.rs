//! How long a clock may take, and how the policy writes it.

use std::fmt;
use std::str::FromStr;

use crate::base::words::Text;
use crate::tr;

/// What a clock may use up before it is late (R44).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// Minutes of the wall clock, 24 × 7.
    Real(u32),
    /// Minutes inside working hours.
    Business(u32),
    /// Working days after the start day, due at closing time; 0 is the start day's own closing.
    Workdays(u32),
}

impl Default for Target {
    /// At once.
    fn default() -> Target {
        Target::Real(0)
    }
}

/// The longest target that a policy may write, in minutes: ten years.
pub const LONGEST_MINUTES: u32 = 3_660 * 24 * 60;
/// The longest target that a policy may write, in working days: one for each day of ten years.
pub const LONGEST_WORKDAYS: u32 = 3_660;

impl FromStr for Target {
    type Err = Text;

    /// Reads `30m real`, `48h real`, `480m business`, `8h business`, `1 workday` or `3 workdays`.
    ///
    /// # Errors
    /// What to write instead, when the text is none of these or longer than ten years.
    fn from_str(text: &str) -> Result<Target, Text> {
        let mut parts = text.split_whitespace();
        let (Some(amount), Some(unit), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(expected());
        };
        match unit {
            "real" => minutes(amount).map(Target::Real),
            "business" => minutes(amount).map(Target::Business),
            "workday" | "workdays" => whole(amount).filter(|days| *days <= LONGEST_WORKDAYS).map(Target::Workdays),
            _ => None,
        }
        .ok_or_else(expected)
    }
}

impl fmt::Display for Target {
    /// The text that [`Target::from_str`] reads back. Business time stays in minutes: eight of its hours are not a day.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Target::Real(minutes) if *minutes > 0 && minutes % 60 == 0 => format!("{}h real", minutes / 60),
            Target::Real(minutes) => format!("{minutes}m real"),
            Target::Business(minutes) => format!("{minutes}m business"),
            Target::Workdays(1) => "1 workday".to_string(),
            Target::Workdays(days) => format!("{days} workdays"),
        };
        f.pad(&text)
    }
}

/// `30m` or `48h` in minutes.
fn minutes(amount: &str) -> Option<u32> {
    let minutes = match amount.strip_suffix('h') {
        Some(hours) => whole(hours)?.checked_mul(60)?,
        None => whole(amount.strip_suffix('m')?)?,
    };
    (minutes <= LONGEST_MINUTES).then_some(minutes)
}

/// Plain digits: `parse` alone would take a plus sign.
fn whole(text: &str) -> Option<u32> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn expected() -> Text {
    tr!(
        "write a target as 30m real, 48h real, 480m business or 3 workdays, at most ten years",
        "请写成“30m real”（自然时间）、“48h real”、“480m business”（工作时间）或“3 workdays”（工作日），最长十年"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r44_a_target_reads_back_as_written() {
        for (text, target, shown) in [
            ("30m real", Target::Real(30), "30m real"),
            ("48h real", Target::Real(2880), "48h real"),
            ("120m real", Target::Real(120), "2h real"),
            ("0m real", Target::Real(0), "0m real"),
            ("480m business", Target::Business(480), "480m business"),
            ("8h  business", Target::Business(480), "480m business"),
            ("3 workdays", Target::Workdays(3), "3 workdays"),
            ("1 workday", Target::Workdays(1), "1 workday"),
            ("0 workdays", Target::Workdays(0), "0 workdays"),
            ("87840h real", Target::Real(LONGEST_MINUTES), "87840h real"),
            ("3660 workdays", Target::Workdays(LONGEST_WORKDAYS), "3660 workdays"),
        ] {
            assert_eq!(text.parse(), Ok(target), "{text}");
            assert_eq!(target.to_string(), shown);
            assert_eq!(shown.parse(), Ok(target), "{shown} reads back");
        }
    }

    #[test]
    fn r44_a_target_without_unit_sign_or_bound_is_refused() {
        for bad in [
            "",
            "30",
            "30m",
            "real",
            "m real",
            "h real",
            "30 real",
            "30s real",
            "-30m real",
            "+30m real",
            "1.5h real",
            "30m real time",
            "30m workdays",
            "3d workdays",
            "３ workdays",
            "87841h real",
            "5270401m business",
            "3661 workdays",
            "99999999999m real",
            "71582789h real",
        ] {
            assert!(bad.parse::<Target>().is_err(), "{bad}");
        }
    }
}
