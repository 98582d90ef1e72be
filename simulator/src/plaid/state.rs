//! What the practice Plaid remembers: links in progress, public tokens, items. The oldest make room.

use std::time::Duration;

use super::{banks::Bank, error::PlaidError};
use crate::{
    clock::{Clock, Moment},
    random::random_token,
};

/// How many of each are kept.
const MOST: usize = 5000;
/// How long a link token for a new bank is good.
const NEW_LIFE: Duration = Duration::from_hours(4);
/// How long a link token for an old bank is good, and a public token.
const SHORT_LIFE: Duration = Duration::from_mins(30);

/// What a link is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LinkMode {
    /// A new item.
    New,
    /// Plaid's update mode: the person signs in again to the item of this id.
    Update(String),
}

pub(super) struct LinkSession {
    token: String,
    until: Moment,
    /// For whom.
    pub(super) user: String,
    /// Who asks, in words for people.
    pub(super) client_name: String,
    pub(super) mode: LinkMode,
}

struct PublicToken {
    token: String,
    until: Moment,
    item: String,
}

/// Where an item stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ItemStatus {
    Good,
    /// In error, by this code of Plaid's.
    InError(String),
    Removed,
}

/// A business's connection to a bank.
#[derive(Clone)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) access: String,
    pub(super) user: String,
    pub(super) bank: &'static Bank,
    pub(super) status: ItemStatus,
}

#[derive(Default)]
pub(super) struct State {
    links: Vec<LinkSession>,
    public_tokens: Vec<PublicToken>,
    pub(super) items: Vec<Item>,
    /// Whether every answer is a page of HTML instead.
    pub(super) out_of_order: bool,
}

fn add<T>(to: &mut Vec<T>, new: T) {
    if to.len() >= MOST {
        to.remove(0);
    }
    to.push(new);
}

fn token(kind: &str) -> Result<String, PlaidError> {
    Ok(format!("{kind}-sandbox-{}", random_token().map_err(|_| PlaidError::Ourselves)?))
}

impl State {
    pub(super) fn create_link(
        &mut self,
        clock: &Clock,
        user: String,
        client_name: String,
        mode: LinkMode,
    ) -> Result<String, PlaidError> {
        let life = if mode == LinkMode::New { NEW_LIFE } else { SHORT_LIFE };
        let new_token = token("link")?;
        let until = clock.now().after(life);
        add(&mut self.links, LinkSession { token: new_token.clone(), until, user, client_name, mode });
        Ok(new_token)
    }

    pub(super) fn find_link(&self, clock: &Clock, token: &str) -> Result<&LinkSession, PlaidError> {
        let found = self.links.iter().find(|link| link.token == token && clock.now() < link.until);
        found.ok_or(PlaidError::LinkToken)
    }

    /// The person linked this bank: creates an item, and a public token for it.
    pub(super) fn create_item(
        &mut self,
        clock: &Clock,
        user: &str,
        bank: &'static Bank,
    ) -> Result<String, PlaidError> {
        let id = token("item")?;
        let access = token("access")?;
        let status = ItemStatus::Good;
        add(&mut self.items, Item { id: id.clone(), access, user: user.to_owned(), bank, status });
        self.issue_public_token(clock, id)
    }

    /// The person signed in again: the item is good from then on.
    pub(super) fn update_item(&mut self, clock: &Clock, id: &str) -> Result<(String, Item), PlaidError> {
        let item = self.items.iter_mut().find(|item| item.id == id).ok_or(PlaidError::Gone)?;
        if item.status == ItemStatus::Removed {
            return Err(PlaidError::Gone);
        }
        item.status = ItemStatus::Good;
        let item = item.clone();
        Ok((self.issue_public_token(clock, item.id.clone())?, item))
    }

    fn issue_public_token(&mut self, clock: &Clock, item: String) -> Result<String, PlaidError> {
        let new_token = token("public")?;
        add(
            &mut self.public_tokens,
            PublicToken { token: new_token.clone(), until: clock.now().after(SHORT_LIFE), item },
        );
        Ok(new_token)
    }

    /// Exchanges a public token, which is good once.
    pub(super) fn exchange_public_token(&mut self, clock: &Clock, token: &str) -> Result<&Item, PlaidError> {
        let place = self.public_tokens.iter().position(|public| public.token == token);
        let public = self.public_tokens.remove(place.ok_or(PlaidError::PublicToken)?);
        if public.until <= clock.now() {
            return Err(PlaidError::PublicToken);
        }
        self.items.iter().find(|item| item.id == public.item).ok_or(PlaidError::PublicToken)
    }

    /// The item of an access token, unless it was removed.
    pub(super) fn find_item(&mut self, access: &str) -> Result<&mut Item, PlaidError> {
        let item = self.items.iter_mut().find(|item| item.access == access).ok_or(PlaidError::AccessToken)?;
        if item.status == ItemStatus::Removed { Err(PlaidError::Gone) } else { Ok(item) }
    }
}
