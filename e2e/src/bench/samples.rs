//! What several rounds came to: the median, and how far they lie apart.

/// The values of one measure, a round each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Samples {
    sorted: Vec<f64>,
}

impl Samples {
    /// The values of all rounds, in any order. What is no number is left out.
    pub fn new(values: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        Self { sorted }
    }

    /// The value in the middle, or the mean of the two there.
    pub fn median(&self) -> Option<f64> {
        let middle = self.sorted.len() / 2;
        let upper = *self.sorted.get(middle)?;
        if self.sorted.len() % 2 == 1 {
            return Some(upper);
        }
        Some(f64::midpoint(*self.sorted.get(middle.checked_sub(1)?)?, upper))
    }

    /// The smallest and the greatest value.
    pub fn spread(&self) -> Option<(f64, f64)> {
        Some((*self.sorted.first()?, *self.sorted.last()?))
    }

    /// This median as a share of another, or `None` where there is nothing to divide by.
    pub fn ratio_to(&self, other: &Self) -> Option<f64> {
        let (own, other) = (self.median()?, other.median()?);
        (other > 0.0).then(|| own / other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_value_in_the_middle_whatever_the_order() {
        assert_eq!(Samples::new([9.0, 1.0, 5.0]).median(), Some(5.0));
        assert_eq!(Samples::new([4.0, 1.0, 2.0, 100.0]).median(), Some(3.0));
        assert_eq!(Samples::new([7.0]).median(), Some(7.0));
        assert_eq!(Samples::new([]).median(), None);
    }

    #[test]
    fn the_spread_goes_from_the_smallest_to_the_greatest_and_leaves_out_what_is_no_number() {
        let samples = Samples::new([3.0, f64::NAN, 1.0, 2.0]);
        assert_eq!(samples.spread(), Some((1.0, 3.0)));
        assert_eq!(Samples::new([]).spread(), None);
    }

    #[test]
    fn a_ratio_compares_medians_and_is_silent_about_nothing() {
        let (ours, theirs) = (Samples::new([1.0, 2.0, 3.0]), Samples::new([4.0]));
        assert_eq!(ours.ratio_to(&theirs), Some(0.5));
        assert_eq!(ours.ratio_to(&Samples::new([0.0])), None);
        assert_eq!(ours.ratio_to(&Samples::new([])), None);
    }
}
