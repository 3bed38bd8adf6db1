//! Which line of a statement stands for which of our records. Pure: no book, no decisions.

use std::collections::BTreeMap;

use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::time::Date;

/// What we know that we owe for one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The record.
    pub number: Number,
    /// Other records of ours that a line may name instead, such as the quote of a repair.
    pub also: Vec<Number>,
    /// The party's own number for it, such as the waybill.
    pub reference: Option<String>,
    /// Whom we owe it: the code of a carrier or an agency.
    pub party: String,
    /// The day that decides to which month it belongs.
    pub day: Date,
    /// How much.
    pub amount: Money,
    /// The command that must come first, where it may not be paid yet (R21).
    pub held: Option<String>,
}

/// One line of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the statement, as a spreadsheet counts its rows: from 1.
    pub number: u64,
    /// Its cells as they came.
    pub cells: Vec<String>,
    /// The cell that holds the party's own number.
    pub reference: Option<String>,
    /// What is billed; below zero for what is taken off.
    pub amount: Money,
}

impl Line {
    /// The record numbers that stand anywhere in the line.
    pub fn numbers(&self) -> impl Iterator<Item = Number> + '_ {
        let words = |cell: &'_ String| -> Vec<Number> {
            cell.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
                .filter_map(|word| word.parse().ok())
                .collect()
        };
        self.cells.iter().flat_map(words)
    }
}

/// How a line fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// It stands for this claim, by its place among the claims.
    Claim(usize),
    /// It stands for what an earlier line stands for, by that one's place among the lines.
    Twice(usize),
    /// Nothing of ours fits.
    Nothing,
}

/// References are compared without blanks and letter case.
pub fn plain(reference: &str) -> String {
    reference.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// Matches lines with claims: by our number if one stands in the line, else by the party's own number. Each claim is
/// matched once; where one reference stands for several claims, one of the same amount goes first.
pub fn match_lines(lines: &[Line], claims: &[Claim]) -> Vec<Match> {
    let mut by_number: BTreeMap<&Number, usize> = BTreeMap::new();
    let mut by_reference: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate() {
        for number in std::iter::once(&claim.number).chain(&claim.also) {
            by_number.insert(number, at);
        }
        if let Some(reference) = claim.reference.as_deref().map(plain).filter(|r| !r.is_empty()) {
            by_reference.entry(reference).or_default().push(at);
        }
    }
    let mut taken: Vec<Option<usize>> = vec![None; claims.len()];
    let mut matches = vec![Match::Nothing; lines.len()];
    let mut unnamed = Vec::new();
    // What is named by our own number goes before what is not, wherever it stands.
    for (at, line) in lines.iter().enumerate() {
        let named: Vec<usize> = line.numbers().filter_map(|number| by_number.get(&number).copied()).collect();
        match named.iter().find(|claim| taken[**claim].is_none()).or(named.first()) {
            Some(claim) => matches[at] = take(&mut taken, *claim, at),
            None => unnamed.push(at),
        }
    }
    for at in unnamed {
        let candidates = lines[at].reference.as_deref().and_then(|r| by_reference.get(&plain(r)));
        let Some(candidates) = candidates else { continue };
        let free = || candidates.iter().copied().filter(|claim| taken[*claim].is_none());
        let best = free().find(|claim| claims[*claim].amount == lines[at].amount).or_else(|| free().next());
        if let Some(claim) = best.or(candidates.first().copied()) {
            matches[at] = take(&mut taken, claim, at);
        }
    }
    matches
}

fn take(taken: &mut [Option<usize>], claim: usize, line: usize) -> Match {
    match taken[claim] {
        Some(earlier) => Match::Twice(earlier),
        None => {
            taken[claim] = Some(line);
            Match::Claim(claim)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(counter: u32) -> Number {
        Number::new("FH", Date::from_ymd_opt(2026, 10, 5).unwrap(), "YX".parse().unwrap(), counter)
    }

    fn claim(counter: u32, reference: &str, amount: i64) -> Claim {
        Claim {
            number: number(counter),
            also: Vec::new(),
            reference: Some(reference.to_string()).filter(|r| !r.is_empty()),
            party: "FAST".to_string(),
            day: Date::from_ymd_opt(2026, 10, 6).unwrap(),
            amount: Money::whole(amount),
            held: None,
        }
    }

    fn line(text: &str, reference: &str, amount: i64) -> Line {
        Line {
            number: 2,
            cells: vec![text.to_string(), reference.to_string(), amount.to_string()],
            reference: Some(reference.to_string()).filter(|r| !r.is_empty()),
            amount: Money::whole(amount),
        }
    }

    #[test]
    fn r16_our_number_goes_before_the_waybill_wherever_it_stands() {
        let claims = [claim(1, "W1", 100), claim(2, "W2", 200), claim(3, "w 3", 300)];
        let lines = [
            line("", "W1", 100),
            line("加急 fh-261005-yx-1/2", "W2", 90),
            line("", " W3", 300),
            line("", "W9", 1),
            line("", "", 1),
        ];
        // Line 0 comes first and has the waybill, but line 1 names the number.
        let expected = [Match::Twice(1), Match::Claim(0), Match::Claim(2), Match::Nothing, Match::Nothing];
        assert_eq!(match_lines(&lines, &claims), expected);
    }

    #[test]
    fn r16_one_waybill_for_two_shipments_takes_that_of_the_same_amount_first() {
        let claims = [claim(1, "W", 100), claim(2, "W", 200)];
        let lines = [line("", "W", 200), line("", "W", 90), line("", "W", 90)];
        assert_eq!(match_lines(&lines, &claims), [Match::Claim(1), Match::Claim(0), Match::Twice(1)]);
    }

    #[test]
    fn r21_a_line_may_name_the_quote_instead_of_the_ticket() {
        let quote: Number = "BJ-261001-YX-4".parse().unwrap();
        let claims = [Claim { also: vec![quote], ..claim(1, "", 100) }];
        assert_eq!(match_lines(&[line("报价 BJ-261001-YX-4", "", 100)], &claims), [Match::Claim(0)]);
    }

    proptest! {
        /// An oracle that looks at every pair: nothing is matched without a reason, nothing that has one is left over.
        #[test]
        fn r16_every_match_has_a_reason_and_no_pair_with_one_is_left_over(
            ours in prop::collection::vec((0u8..4, 0i64..3), 0..7),
            theirs in prop::collection::vec((0u32..9, 0u8..4, 0i64..3), 0..9),
        ) {
            let word = |n: u8| if n == 0 { String::new() } else { format!("W{n}") };
            let claims: Vec<Claim> =
                ours.iter().zip(1..).map(|((r, amount), n)| claim(n, &word(*r), *amount)).collect();
            let lines: Vec<Line> = theirs
                .iter()
                .map(|(n, r, amount)| line(&if *n == 0 { String::new() } else { number(*n).to_string() }, &word(*r), *amount))
                .collect();
            let names = |line: &Line, claim: &Claim| line.cells[0] == claim.number.to_string();
            let known = |line: &Line| claims.iter().any(|claim| names(line, claim));
            let fits = |line: &Line, claim: &Claim| {
                names(line, claim) || !known(line) && line.reference.is_some() && line.reference == claim.reference
            };
            let matches = match_lines(&lines, &claims);
            let taken: Vec<usize> =
                matches.iter().filter_map(|m| if let Match::Claim(c) = m { Some(*c) } else { None }).collect();
            let mut once = taken.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), taken.len(), "a claim is matched once");
            for (line, found) in lines.iter().zip(&matches) {
                match found {
                    Match::Claim(c) => prop_assert!(fits(line, &claims[*c])),
                    Match::Twice(l) => {
                        let Match::Claim(c) = matches[*l] else { panic!("twice what is nothing") };
                        prop_assert!(fits(line, &claims[c]));
                        prop_assert!(claims.iter().enumerate().all(|(at, c)| !fits(line, c) || taken.contains(&at)));
                    }
                    Match::Nothing => prop_assert!(claims.iter().all(|claim| !fits(line, claim))),
                }
            }
        }
    }
}
