//! Seeded visits with faults: a person who presses what comes to mind, a server that knows what became of each attempt, and a
//! network that loses requests and answers. When all is quiet again and the widget was closed, the host has heard of every
//! connection that was made, or where nobody could be asked, that it is unknown (invariant 8). The same holds when the page is left
//! for the success page. After each step `support/invariants.rs` holds.
//!
//! `RAILZ_FAULT_SEEDS=1000000` plays more of them, `RAILZ_FAULT_SEED=17` one, printed step by step. A seed that failed becomes a
//! test of its own, whose name says what used to happen.

mod chance;
mod presses;
mod server;
mod told;
mod visit;

use visit::Visit;

/// In each run.
const SEEDS: u64 = 100_000;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a seed is a number"))
}

#[test]
fn whatever_is_lost_or_pressed_the_host_hears_of_every_connection_that_was_made() {
    if let Some(seed) = number("RAILZ_FAULT_SEED") {
        return drop(Visit::play(seed, true));
    }
    let seeds = number("RAILZ_FAULT_SEEDS").unwrap_or(SEEDS);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as u64;
    let mut all = Figures::default();
    std::thread::scope(|scope| {
        let play = |first: u64| {
            let mut figures = Figures::default();
            for seed in (first..seeds).step_by(usize::try_from(threads).unwrap()) {
                figures.add(&Figures::of(&Visit::play(seed, false)));
            }
            figures
        };
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(move || play(first))).collect();
        for one in running {
            all.add(&one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
    });
    println!("{seeds} visits: {all:?}");
    let is_tame = all.made < seeds / 4 || all.lost < seeds || all.asked < seeds / 6 || all.left < seeds / 20;
    assert!(!is_tame, "the visits have become tame");
}

/// What the visits had of what they are played for.
#[derive(Debug, Default)]
struct Figures {
    /// Connections made.
    made: u64,
    /// Requests or answers lost.
    lost: u64,
    /// Last questions, before the widget closed or the page was left.
    asked: u64,
    /// Visits that ended at the success page.
    left: u64,
}

impl Figures {
    fn of(visit: &Visit) -> Self {
        let [made, lost, asked] =
            [visit.server.made.len(), visit.lost, visit.told.asked].map(|one| one as u64);
        Self { made, lost, asked, left: u64::from(visit.is_left) }
    }

    fn add(&mut self, more: &Self) {
        self.made += more.made;
        self.lost += more.lost;
        self.asked += more.asked;
        self.left += more.left;
    }
}
