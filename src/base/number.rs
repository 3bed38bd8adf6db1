//! Record numbers and list codes.

use std::fmt;
use std::str::FromStr;

use super::time::Date;
use chrono::Datelike;

/// The years that a number's two digits can mean.
pub const NUMBERED_YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;

/// The number of a record: prefix, day, staff code, counter, as in `WX-261121-YX-1`.
///
/// Orders by day first, so a sorted list is in the order of making. Holds no memory of its own: a department has
/// hundreds of thousands, and look-ups compare them all the time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    day: Date,
    prefix: [u8; 2],
    staff: Code,
    counter: u32,
}

/// Why a word is not a record number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

impl Number {
    /// What stands before every number of a day, and after those of the days before; itself no record's.
    pub fn before(day: Date) -> Number {
        Number { day, prefix: [0; 2], staff: Code([0; LONGEST_CODE]), counter: 0 }
    }

    /// What stands before every number of a day with these letters, and after those with letters before them; itself no
    /// record's.
    pub fn before_those(prefix: &str, day: Date) -> Number {
        Number { prefix: prefix.as_bytes().try_into().unwrap_or_default(), ..Number::before(day) }
    }

    /// Puts a number together. Years run from 2000 to 2099; a prefix has two letters.
    pub fn new(prefix: &str, day: Date, staff: Code, counter: u32) -> Number {
        debug_assert_eq!(prefix.len(), 2, "{prefix}");
        Number { day, prefix: prefix.as_bytes().try_into().unwrap_or_default(), staff, counter }
    }

    /// The letters that name the kind: `DD`, `FH`, `DH` …
    pub fn prefix(&self) -> &str {
        std::str::from_utf8(&self.prefix).unwrap_or_default()
    }

    /// The day that the record was made on.
    pub fn day(&self) -> Date {
        self.day
    }

    /// Who was first asked (R26); keeps clones from colliding.
    pub fn staff(&self) -> &Code {
        &self.staff
    }

    /// 1 for the first of that person's day.
    pub fn counter(&self) -> u32 {
        self.counter
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.day.year() % 100, self.day.month(), self.day.day());
        f.pad(&format!("{}-{year:02}{month:02}{day:02}-{}-{}", self.prefix(), self.staff, self.counter))
    }
}

impl FromStr for Number {
    type Err = NotANumber;

    /// Any letter case; the counter has no leading zero.
    fn from_str(text: &str) -> Result<Number, NotANumber> {
        let mut parts = text.split('-');
        let (Some(prefix), Some(day), Some(staff), Some(counter), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotANumber);
        };
        let letters = prefix.len() == 2 && prefix.bytes().all(|b| b.is_ascii_alphabetic());
        let digits = day.len() == 6 && day.bytes().all(|b| b.is_ascii_digit());
        let plain_counter =
            !counter.starts_with('0') && counter.len() <= 9 && counter.bytes().all(|b| b.is_ascii_digit());
        if !letters || !digits || !plain_counter {
            return Err(NotANumber);
        }
        let two = |at: usize| day[at..at + 2].parse::<u32>().map_err(|_| NotANumber);
        let day = Date::from_ymd_opt(2000 + two(0)? as i32, two(2)?, two(4)?).ok_or(NotANumber)?;
        let staff = staff.to_ascii_uppercase().parse()?;
        let counter = counter.parse().map_err(|_| NotANumber)?;
        let prefix = prefix.as_bytes().to_ascii_uppercase();
        Ok(Number { day, prefix: prefix.try_into().map_err(|_| NotANumber)?, staff, counter })
    }
}

/// The code of a staff member: 1 to 8 ASCII letters and digits, upper case. Part of record numbers, so of file names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; LONGEST_CODE]);

/// Shorter codes end in zeros, so they order as their letters do.
const LONGEST_CODE: usize = 8;

impl Code {
    /// The code's letters.
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(LONGEST_CODE);
        std::str::from_utf8(&self.0[..length]).unwrap_or_default()
    }
}

impl FromStr for Code {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Code, NotANumber> {
        let plain = text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if !(1..=LONGEST_CODE).contains(&text.len()) || !plain {
            return Err(NotANumber);
        }
        let mut code = [0; LONGEST_CODE];
        code[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Code(code))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({:?})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_back_as_written() {
        let number: Number = "dd-261121-yx-12".parse().unwrap();
        assert_eq!(number.to_string(), "DD-261121-YX-12");
        assert_eq!((number.prefix(), number.counter(), number.staff().as_str()), ("DD", 12, "YX"));
        assert_eq!(number.day(), Date::from_ymd_opt(2026, 11, 21).unwrap());
    }

    #[test]
    fn a_path_a_wrong_day_or_a_padded_counter_is_no_number() {
        for bad in [
            "DD-261321-YX-1",
            "DD-261121-YX-01",
            "DD-261121-../x-1",
            "DD-261121-YX",
            "D-261121-YX-1",
            "DD-261121-YX-1-2",
            "DD-260230-YX-1",
        ] {
            assert_eq!(bad.parse::<Number>(), Err(NotANumber), "{bad}");
        }
    }

    #[test]
    fn numbers_sort_by_day_first() {
        let early: Number = "FH-261120-ZZ-9".parse().unwrap();
        let late: Number = "DD-261121-AA-1".parse().unwrap();
        assert!(early < late);
        assert!(early < Number::before(late.day()) && Number::before(late.day()) < late);
    }
}
