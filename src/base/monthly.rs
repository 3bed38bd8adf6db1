//! Files that hold a month each, all of one directory: `settlements/2026-11.csv`.

use super::period::{Period, Unit};
use super::time::Date;

/// The file of the month that holds a day.
pub fn monthly_file(dir: &str, day: Date) -> String {
    format!("{dir}/{}.csv", Period::holding(Unit::Month, day))
}

/// The month of a file by its name in the directory; `None` for what is no month's file.
pub fn month_of_file(name: &str) -> Option<Period> {
    month_named(name.strip_suffix(".csv")?)
}

/// The month that `2026-11` names; `None` for anything else.
pub fn month_named(text: &str) -> Option<Period> {
    let digits = text.len() == 7 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    digits.then(|| Period::parse(text, Date::default())).flatten().filter(|month| month.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_months_file_is_known_by_its_name() {
        for (name, known) in [
            ("2026-11.csv", true),
            ("2026-13.csv", false),
            ("2026-1.csv", false),
            ("2026.csv", false),
            ("2026-Q1.csv", false),
            ("2026-11.toml", false),
            ("2026-11", false),
        ] {
            assert_eq!(month_of_file(name).is_some(), known, "{name}");
        }
        let day: Date = "2026-11-21".parse().unwrap();
        assert_eq!(monthly_file("visits", day), "visits/2026-11.csv");
    }
}
