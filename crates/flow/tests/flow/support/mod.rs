//! What every test here needs: a traveller who goes through the machine, the world it meets, the truths that always hold.

pub mod acts;
pub mod atlas;
pub mod record;
pub mod traveller;
pub mod truths;
pub mod ways;
pub mod world;

pub use traveller::Traveller;
