//! Who is signed in at the customer's site, and which pages with a widget they have open. The real one has passwords and a
//! database; here a name signs in, and it is all forgotten when the program ends.
//!
//! What counts is not in the cookie, which is only a random value, and not in what the page says: for whom sessions are minted and
//! which `state` each page has, stands here.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crate::accepted_hand_over::AcceptedHandOver;
use crate::secret::{PageId, PageState, VisitorId};

/// After how long without a request somebody is signed out.
const STAY: Duration = Duration::from_hours(12);
/// How many people are remembered at most. Signed out first is who never came back with their cookie, and of those who was away
/// longest: whoever asks for the page over and over, and keeps no cookie, signs out nobody else.
const MOST: usize = 10_000;
/// How many open pages are remembered of one person.
const MOST_PAGES: usize = 32;

/// A page with a widget, and the session that was minted for it.
#[derive(Clone, Debug)]
pub struct OpenPage {
    /// By what the page asks for another session.
    pub id: PageId,
    /// What its hand-over must bring.
    pub state: PageState,
    /// The visit that its session is of.
    pub visit_id: String,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Whose books it is about.
    pub business: String,
    /// The same by the Connect server's id, once a session was minted.
    pub business_uuid: Option<String>,
    /// What was connected last.
    pub handed_over: Option<AcceptedHandOver>,
    pages: VecDeque<OpenPage>,
    last_seen: SystemTime,
    came_back: bool,
}

impl Visitor {
    /// The visit behind one of their pages.
    pub fn visit_of(&self, page: &PageId) -> Option<&str> {
        self.pages.iter().find(|open| open.id == *page).map(|open| open.visit_id.as_str())
    }

    /// Whether one of their pages has this `state`.
    pub fn has_state(&self, state: &PageState) -> bool {
        self.pages.iter().any(|open| open.state == *state)
    }
}

/// Everybody who is signed in.
#[derive(Debug, Default)]
pub struct Visitors(Mutex<HashMap<VisitorId, Visitor>>);

impl Visitors {
    /// Signs somebody in, with an id that nobody had before.
    pub fn sign_in(&self, id: VisitorId, business: &str, now: SystemTime) {
        let mut known = self.lock();
        known.retain(|_, visitor| now < visitor.last_seen + STAY);
        if known.len() >= MOST {
            let longest_away = known.iter().min_by_key(|(_, visitor)| (visitor.came_back, visitor.last_seen));
            if let Some(id) = longest_away.map(|(id, _)| id.clone()) {
                known.remove(&id);
            }
        }
        let visitor = Visitor {
            business: business.to_owned(),
            business_uuid: None,
            handed_over: None,
            pages: VecDeque::new(),
            last_seen: now,
            came_back: false,
        };
        known.insert(id, visitor);
    }

    /// Who this is, if they are signed in.
    pub fn find(&self, id: &VisitorId, now: SystemTime) -> Option<Visitor> {
        let mut known = self.lock();
        let visitor = known.get_mut(id).filter(|visitor| now < visitor.last_seen + STAY)?;
        visitor.last_seen = now;
        visitor.came_back = true;
        Some(visitor.clone())
    }

    /// Remembers a page, and by which id the Connect server knows the business.
    pub fn add_page(&self, id: &VisitorId, business_uuid: &str, page: OpenPage) {
        if let Some(visitor) = self.lock().get_mut(id) {
            visitor.business_uuid = Some(business_uuid.to_owned());
            if visitor.pages.len() == MOST_PAGES {
                visitor.pages.pop_front();
            }
            visitor.pages.push_back(page);
        }
    }

    /// Remembers what was connected, for the page that shows it.
    pub fn add_hand_over(&self, id: &VisitorId, handed_over: AcceptedHandOver) {
        if let Some(visitor) = self.lock().get_mut(id) {
            visitor.handed_over = Some(handed_over);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<VisitorId, Visitor>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_was_away_for_half_a_day_is_signed_out() {
        let (visitors, now) = (Visitors::default(), SystemTime::UNIX_EPOCH);
        let id = VisitorId::from("a");
        visitors.sign_in(id.clone(), "Harbour", now);
        let noon = now + Duration::from_hours(11);
        assert_eq!(visitors.find(&id, noon).unwrap().business, "Harbour");
        assert!(visitors.find(&id, noon + Duration::from_hours(11)).is_some(), "each request counts");
        assert!(visitors.find(&id, noon + Duration::from_hours(30)).is_none());
        assert!(visitors.find(&VisitorId::from("b"), now).is_none());
    }

    /// Ten thousand requests for the page signed out everybody.
    #[test]
    fn whoever_never_comes_back_signs_out_nobody_who_did() {
        let (visitors, now) = (Visitors::default(), SystemTime::UNIX_EPOCH);
        let id = VisitorId::from("a");
        visitors.sign_in(id.clone(), "Harbour", now);
        assert!(visitors.find(&id, now).is_some());
        let later = now + Duration::from_mins(1);
        for number in 0..=MOST {
            let later = later + Duration::from_millis(number as u64);
            visitors.sign_in(number.to_string().as_str().into(), "Mallory", later);
        }
        assert!(visitors.find(&id, later).is_some());
        assert!(visitors.find(&"0".into(), later).is_none());
    }

    #[test]
    fn only_the_newest_pages_are_remembered() {
        let (visitors, now) = (Visitors::default(), SystemTime::UNIX_EPOCH);
        let id = VisitorId::from("a");
        visitors.sign_in(id.clone(), "Harbour", now);
        for number in 0..=MOST_PAGES {
            let text = number.to_string();
            let page = OpenPage { id: text.as_str().into(), state: text.as_str().into(), visit_id: text };
            visitors.add_page(&id, "BIZ-1", page);
        }
        let visitor = visitors.find(&id, now).unwrap();
        assert!(!visitor.has_state(&"0".into()) && visitor.has_state(&"1".into()));
        assert_eq!(visitor.visit_of(&"32".into()), Some("32"));
    }
}
