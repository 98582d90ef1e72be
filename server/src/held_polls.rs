//! How many polls are held at once, of one visit and of all. Each keeps a connection for minutes, and where its client is gone
//! without a word nobody notices: they used to fill all the places that `[requests]` gives to connections.
//!
//! A poll without a place here is answered soon instead (`http/long_poll.rs`), so that nobody is refused.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::domain::visit::VisitId;

/// How many polls of one visit are held at once. A page that waits for one sign-in has one, and after "go back" for a moment two.
pub const MOST_OF_A_VISIT: usize = 8;

/// The places for held polls, taken and free.
#[derive(Debug)]
pub struct HeldPolls {
    most: usize,
    taken: Mutex<TakenPlaces>,
}

#[derive(Debug, Default)]
struct TakenPlaces {
    all: usize,
    /// Only visits that have one.
    by_visit: HashMap<VisitId, usize>,
}

/// The place of one poll, free again when this is dropped: with the answer, or when the client is gone.
#[derive(Debug)]
pub struct PollPlace<'a> {
    polls: &'a HeldPolls,
    visit: VisitId,
}

impl HeldPolls {
    /// So many places for the polls of all visits together.
    pub fn new(most: usize) -> Self {
        Self { most, taken: Mutex::default() }
    }

    /// Takes a place for a poll of this visit; `None` where it has all of its own, or no place is left.
    pub fn take(&self, visit: &VisitId) -> Option<PollPlace<'_>> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let of_visit = taken.by_visit.get(visit).copied().unwrap_or(0);
        if taken.all >= self.most || of_visit >= MOST_OF_A_VISIT {
            return None;
        }
        taken.all += 1;
        taken.by_visit.insert(visit.clone(), of_visit + 1);
        Some(PollPlace { polls: self, visit: visit.clone() })
    }
}

impl Drop for PollPlace<'_> {
    fn drop(&mut self) {
        let mut taken = self.polls.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        let of_visit = taken.by_visit.get(&self.visit).map_or(0, |of_visit| of_visit - 1);
        if of_visit == 0 {
            taken.by_visit.remove(&self.visit);
        } else {
            taken.by_visit.insert(self.visit.clone(), of_visit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_free_again_and_visits_without_one_are_forgotten() {
        let polls = HeldPolls::new(MOST_OF_A_VISIT + 1);
        let (one, two) = (VisitId::new("VIS-1"), VisitId::new("VIS-2"));
        let mut places: Vec<_> = (0..MOST_OF_A_VISIT).map(|_| polls.take(&one).unwrap()).collect();
        assert!(polls.take(&one).is_none(), "it has all of its own");
        let of_another = polls.take(&two).unwrap();
        assert!(polls.take(&two).is_none(), "no place is left");
        places.pop();
        assert!(polls.take(&one).is_some());
        drop((places, of_another));
        let taken = polls.taken.lock().unwrap();
        assert_eq!((taken.all, taken.by_visit.len()), (0, 0));
    }
}
