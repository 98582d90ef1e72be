//! What the practice Plaid remembers: links in progress, public tokens, items. The oldest make room.

use std::time::Duration;

use super::{answer::Refused, banks::Bank};
use crate::world::{Moment, World};

/// How many of each are kept.
const MOST: usize = 5000;
/// How long a link token for a new bank is good.
const NEW_LIFE: Duration = Duration::from_hours(4);
/// How long a link token for an old bank is good, and a public token.
const SHORT_LIFE: Duration = Duration::from_mins(30);

/// What a link is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A new item.
    New,
    /// Mending the item of this id.
    Mend(String),
}

pub(super) struct Link {
    token: String,
    until: Moment,
    /// For whom.
    pub(super) user: String,
    /// Who asks, in words for people.
    pub(super) client_name: String,
    pub(super) purpose: Purpose,
}

struct Public {
    token: String,
    until: Moment,
    item: String,
}

/// Where an item stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Good,
    /// In the trouble of this code.
    Trouble(String),
    Removed,
}

/// A business's connection to a bank.
#[derive(Clone)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) access: String,
    pub(super) user: String,
    pub(super) bank: &'static Bank,
    pub(super) standing: Standing,
}

#[derive(Default)]
pub(super) struct State {
    links: Vec<Link>,
    publics: Vec<Public>,
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

fn token(world: &World, kind: &str) -> Result<String, Refused> {
    Ok(format!("{kind}-sandbox-{}", world.token().map_err(|_| Refused::Ourselves)?))
}

impl State {
    pub(super) fn begin(
        &mut self,
        world: &World,
        user: String,
        client_name: String,
        purpose: Purpose,
    ) -> Result<String, Refused> {
        let life = if purpose == Purpose::New { NEW_LIFE } else { SHORT_LIFE };
        let made = token(world, "link")?;
        let until = world.now().after(life);
        add(&mut self.links, Link { token: made.clone(), until, user, client_name, purpose });
        Ok(made)
    }

    pub(super) fn link(&self, world: &World, token: &str) -> Result<&Link, Refused> {
        let found = self.links.iter().find(|link| link.token == token && world.now() < link.until);
        found.ok_or(Refused::LinkToken)
    }

    /// The person linked this bank: an item, and a public token for it.
    pub(super) fn link_bank(
        &mut self,
        world: &World,
        user: &str,
        bank: &'static Bank,
    ) -> Result<String, Refused> {
        let id = token(world, "item")?;
        let access = token(world, "access")?;
        let standing = Standing::Good;
        add(&mut self.items, Item { id: id.clone(), access, user: user.to_owned(), bank, standing });
        self.public_token(world, id)
    }

    /// The person mended an item.
    pub(super) fn mend(&mut self, world: &World, id: &str) -> Result<(String, Item), Refused> {
        let item = self.items.iter_mut().find(|item| item.id == id).ok_or(Refused::Gone)?;
        if item.standing == Standing::Removed {
            return Err(Refused::Gone);
        }
        item.standing = Standing::Good;
        let item = item.clone();
        Ok((self.public_token(world, item.id.clone())?, item))
    }

    fn public_token(&mut self, world: &World, item: String) -> Result<String, Refused> {
        let made = token(world, "public")?;
        add(&mut self.publics, Public { token: made.clone(), until: world.now().after(SHORT_LIFE), item });
        Ok(made)
    }

    /// Exchanges a public token, which is good once.
    pub(super) fn exchange(&mut self, world: &World, token: &str) -> Result<&Item, Refused> {
        let place = self.publics.iter().position(|public| public.token == token);
        let public = self.publics.remove(place.ok_or(Refused::PublicToken)?);
        if public.until <= world.now() {
            return Err(Refused::PublicToken);
        }
        self.items.iter().find(|item| item.id == public.item).ok_or(Refused::PublicToken)
    }

    /// The item of an access token, unless it was removed.
    pub(super) fn item(&mut self, access: &str) -> Result<&mut Item, Refused> {
        let item = self.items.iter_mut().find(|item| item.access == access).ok_or(Refused::AccessToken)?;
        if item.standing == Standing::Removed { Err(Refused::Gone) } else { Ok(item) }
    }
}
