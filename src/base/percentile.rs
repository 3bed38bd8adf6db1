//! Percentiles of what was measured.

/// The value that so many percent of all values do not exceed, by nearest rank: a value that was measured, never one
/// between two. 50 is the median, 100 the greatest. `None` of no values.
pub fn percentile<T: Ord + Copy>(values: &[T], percent: usize) -> Option<T> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.get((sorted.len() * percent).div_ceil(100).saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        for (values, percent, found) in [
            (&[][..], 50, None),
            (&[7], 50, Some(7)),
            (&[7], 90, Some(7)),
            (&[4, 1], 50, Some(1)),
            (&[3, 1, 2], 50, Some(2)),
            (&[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 90, Some(9)),
            (&[11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 90, Some(10)),
            (&[1, 2, 3], 100, Some(3)),
        ] {
            assert_eq!(percentile(values, percent), found, "{percent} of {values:?}");
        }
    }
}
