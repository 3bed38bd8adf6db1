//! A scale of round values.

use rust_decimal::Decimal;

/// How many steps a scale has at most.
const STEPS: u32 = 5;

/// Values from 0, or below the least, to the greatest or beyond, in equal steps that people count in: 1, 2, 5, 10 …
/// (for counts at least `least_step`). At least two.
pub fn ticks(low: Decimal, high: Decimal, least_step: Decimal) -> Vec<Decimal> {
    let (low, high) = (low.min(Decimal::ZERO), high.max(Decimal::ZERO));
    let mut step = least_step;
    // From 1 to 2, to 5, to 10.
    for factor in [Decimal::TWO, Decimal::new(25, 1), Decimal::TWO].into_iter().cycle() {
        let needed = (high / step).ceil() - (low / step).floor();
        if needed <= Decimal::from(STEPS) {
            break;
        }
        step *= factor;
    }
    let first = (low / step).floor();
    let last = (high / step).ceil().max(first + Decimal::ONE);
    let mut at = first;
    let mut ticks = Vec::new();
    while at <= last {
        ticks.push((at * step).normalize());
        at += Decimal::ONE;
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_hold_every_value() {
        for (low, high, least, expect) in [
            ("0", "0", "1", "0 1"),
            ("0", "3", "1", "0 1 2 3"),
            ("0", "9", "1", "0 2 4 6 8 10"),
            ("2", "23", "1", "0 5 10 15 20 25"),
            ("0", "246705", "1", "0 50000 100000 150000 200000 250000"),
            ("0", "1.3", "0.1", "0 0.5 1 1.5"),
            ("-7", "12", "1", "-10 -5 0 5 10 15"),
            ("0", "100", "10", "0 20 40 60 80 100"),
        ] {
            let [low, high, least] = [low, high, least].map(|text| text.parse().unwrap());
            let found: Vec<String> = ticks(low, high, least).iter().map(Decimal::to_string).collect();
            assert_eq!(found.join(" "), expect, "{low} to {high}");
        }
    }
}
