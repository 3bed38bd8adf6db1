//! Shares and means reckoned exactly: fractions are kept as fractions and rounded once, at the end.

/// A fraction, 0 or more, in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    part: u128,
    whole: u128,
}

impl Ratio {
    /// Nothing.
    pub const ZERO: Ratio = Ratio { part: 0, whole: 1 };

    /// `part` of `whole`; `None` where there is no whole.
    pub fn of(part: u64, whole: u64) -> Option<Ratio> {
        Ratio::reduced(part.into(), whole.into())
    }

    /// `part` of `whole` in percent; `None` where there is no whole.
    pub fn percent(part: u64, whole: u64) -> Option<Ratio> {
        Ratio::reduced(u128::from(part) * 100, whole.into())
    }

    fn reduced(part: u128, whole: u128) -> Option<Ratio> {
        let common = common(part, whole);
        (whole > 0).then(|| Ratio { part: part / common, whole: whole / common })
    }

    /// The sum; `None` past the range, which takes denominators of a size that nobody counts to.
    pub fn plus(self, other: Ratio) -> Option<Ratio> {
        let common = common(self.whole, other.whole);
        let (left, right) = (other.whole / common, self.whole / common);
        let part = self.part.checked_mul(left)?.checked_add(other.part.checked_mul(right)?)?;
        Ratio::reduced(part, self.whole.checked_mul(left)?)
    }

    /// So many times as much; `None` past the range.
    pub fn times(self, count: u64) -> Option<Ratio> {
        Ratio::reduced(self.part.checked_mul(count.into())?, self.whole)
    }

    /// One of so many equal parts; `None` of none, and past the range.
    pub fn over(self, count: u64) -> Option<Ratio> {
        Ratio::reduced(self.part, self.whole.checked_mul(count.into())?)
    }

    /// The mean, each weighing so much; `None` where nothing weighs, and past the range.
    pub fn mean(weighed: impl IntoIterator<Item = (u64, Ratio)>) -> Option<Ratio> {
        let (mut sum, mut weights) = (Ratio::ZERO, 0_u64);
        for (weight, value) in weighed {
            sum = sum.plus(value.times(weight)?)?;
            weights = weights.checked_add(weight)?;
        }
        sum.over(weights)
    }

    /// In tenths, rounded half up; the most there is where it is past that.
    pub fn tenths(self) -> u64 {
        let doubled = self.part.checked_mul(20).and_then(|part| part.checked_add(self.whole));
        let tenths = doubled.zip(self.whole.checked_mul(2)).map(|(part, whole)| part / whole);
        tenths.and_then(|tenths| u64::try_from(tenths).ok()).unwrap_or(u64::MAX)
    }
}

/// The greatest number that divides both; 1 where both are 0.
fn common(mut a: u128, mut b: u128) -> u128 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirds_and_sevenths_add_up_without_loss_and_are_rounded_once() {
        let third = Ratio::of(1, 3).unwrap();
        assert_eq!(third.plus(third).unwrap().plus(third), Ratio::of(1, 1));
        let mean = |of: &[(u64, u64)]| {
            Ratio::mean(of.iter().map(|(part, whole)| (1, Ratio::percent(*part, *whole).unwrap()))).map(Ratio::tenths)
        };
        assert_eq!(mean(&[(1, 3), (2, 3)]), Some(500));
        // (33.333… + 66.666… + 50.15) / 3 is 50.05 to the last digit: half a tenth goes up.
        assert_eq!(mean(&[(1, 3), (2, 3), (1003, 2000)]), Some(501));
        // (66.666… + 71.428…) / 2 is 69.047….
        assert_eq!(mean(&[(2, 3), (5, 7)]), Some(690));
        assert_eq!(Ratio::of(1, 20).unwrap().tenths(), 1);
        assert_eq!(Ratio::of(1, 21).unwrap().tenths(), 0);
    }

    #[test]
    fn there_is_no_share_of_nothing_and_no_mean_of_none() {
        assert_eq!(Ratio::of(1, 0), None);
        assert_eq!(Ratio::percent(0, 0), None);
        assert_eq!(Ratio::mean([]), None);
        assert_eq!(Ratio::mean([(0, Ratio::of(1, 2).unwrap())]), None);
        let huge = Ratio::of(u64::MAX, u64::MAX - 1).unwrap();
        assert_eq!(huge.plus(Ratio::of(1, u64::MAX - 4).unwrap()).and_then(|sum| sum.times(u64::MAX)), None);
    }
}
