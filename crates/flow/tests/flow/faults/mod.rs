//! Seeded visits with faults: a person who presses what comes to mind, a server that knows what became of each attempt, and a
//! network that loses requests and answers. When all is quiet again and the widget was closed, the host has heard of every
//! connection that was made (invariant 8). After each step `support/invariants.rs` holds.
//!
//! `RAILZ_FAULT_SEEDS=1000000` plays more of them, `RAILZ_FAULT_SEED=17` one, printed step by step. A seed that failed becomes a
//! test of its own, whose name says what used to happen.

mod server;
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
    let (mut made, mut lost) = (0, 0);
    std::thread::scope(|scope| {
        let play = |first: u64| {
            let all = (first..seeds).step_by(usize::try_from(threads).unwrap());
            all.fold((0, 0), |(made, lost), seed| {
                let visit = Visit::play(seed, false);
                (made + visit.server.made.len(), lost + visit.lost)
            })
        };
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(move || play(first))).collect();
        for one in running {
            let (more_made, more_lost) = one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            made += more_made;
            lost += more_lost;
        }
    });
    println!("{seeds} visits, {made} connections, {lost} answers or requests lost");
    assert!(made as u64 > seeds / 4 && lost as u64 > seeds, "the visits have become tame");
}
