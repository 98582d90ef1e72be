//! Counting what ran, from the lines that test programs print: libtest and libtest-mimic, wasm-bindgen's runner,
//! and `node --test`. Names of failures and reasons of skips are kept, so that the end of a long run says them again.

/// What one step (or all of them) came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed.
    pub failed: usize,
    /// Tests that could not run.
    pub skipped: usize,
    /// Names of failures, where they were told.
    pub failures: Vec<String>,
    /// Names and reasons of skips, where they were told.
    pub skips: Vec<String>,
}

impl Tally {
    /// One thing that passed.
    pub fn one_passed() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    /// One thing that failed, and why.
    pub fn one_failed(why: String) -> Self {
        Self { failed: 1, failures: vec![why], ..Self::default() }
    }

    /// One thing that could not run, and why.
    pub fn one_skipped(why: String) -> Self {
        Self { skipped: 1, skips: vec![why], ..Self::default() }
    }

    /// How many there were.
    pub fn all(&self) -> usize {
        self.passed + self.failed + self.skipped
    }

    /// Adds another tally to this one.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.failures.extend(other.failures);
        self.skips.extend(other.skips);
    }

    /// The line that ends a run.
    pub fn summary(&self) -> String {
        format!("{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }

    /// Reads one line of a test program's output; most lines say nothing that counts.
    pub fn read_line(&mut self, line: &str) {
        let line = line.trim();
        if let Some(counts) = line.strip_prefix("test result: ") {
            self.read_libtest_counts(counts);
        } else if let Some((name, outcome)) =
            line.strip_prefix("test ").and_then(|rest| rest.split_once(" ... "))
        {
            self.read_libtest_outcome(name.trim(), outcome);
        } else if let Some(count) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) {
            self.read_node_count(count);
        } else if let Some(name) = line.strip_prefix("✖ ") {
            self.read_node_failure(name);
        } else if let Some(name) = line.strip_prefix("﹣ ") {
            self.skips.push(without_duration(name));
        }
    }

    /// `ok. 3 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.10s`
    fn read_libtest_counts(&mut self, counts: &str) {
        let (_, counts) = counts.split_once(". ").unwrap_or_default();
        for part in counts.split(';') {
            match part.trim().split_once(' ') {
                Some((number, "passed")) => self.passed += number.parse().unwrap_or(0),
                Some((number, "failed")) => self.failed += number.parse().unwrap_or(0),
                Some((number, "ignored")) => self.skipped += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }

    /// `ok`, `FAILED` (`FAIL` in the browser), `ignored`, and a reason as `ignored, <reason>` or (libtest-mimic) `ignored (<reason>)`
    fn read_libtest_outcome(&mut self, name: &str, outcome: &str) {
        if outcome.starts_with("FAIL") {
            self.failures.push(name.to_owned());
        } else if let Some(reason) = outcome.strip_prefix("ignored") {
            let reason = reason.trim_start_matches([',', ' ']);
            let reason = reason.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(reason);
            self.skips.push(if reason.is_empty() { name.to_owned() } else { format!("{name}: {reason}") });
        }
    }

    /// `pass 3`, `fail 1`, `cancelled 0`, `skipped 0`, `todo 0`
    fn read_node_count(&mut self, line: &str) {
        let Some((word, number)) = line.split_once(' ') else { return };
        let Ok(number) = number.trim().parse::<usize>() else { return };
        match word {
            "pass" => self.passed += number,
            // A cancelled test did not finish, so it did not pass.
            "fail" | "cancelled" => self.failed += number,
            "skipped" | "todo" => self.skipped += number,
            _ => {}
        }
    }

    /// Each failure is listed where it happens and once more at the end.
    fn read_node_failure(&mut self, name: &str) {
        let name = without_duration(name);
        if name != "failing tests:" && !self.failures.contains(&name) {
            self.failures.push(name);
        }
    }
}

/// `a name (12.3ms) # a reason` without the duration.
fn without_duration(text: &str) -> String {
    let (name, reason) = text.rsplit_once(" # ").unwrap_or((text, ""));
    let name = match name.rsplit_once(" (") {
        Some((name, time)) if time.ends_with("ms)") => name,
        _ => name,
    };
    if reason.is_empty() || reason == "SKIP" { name.to_owned() } else { format!("{name}: {reason}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(lines: &[&str]) -> Tally {
        let mut tally = Tally::default();
        for line in lines {
            tally.read_line(line);
        }
        tally
    }

    #[test]
    fn libtest_results_of_several_binaries_are_summed() {
        let tally = tally(&[
            "test one ... ok",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s",
            "test two ... FAILED",
            "test three ... ignored, needs a screen",
            "test result: FAILED. 3 passed; 1 failed; 1 ignored; 0 measured; 4 filtered out; finished in 2.00s",
        ]);
        assert_eq!((tally.passed, tally.failed, tally.skipped), (15, 1, 2));
        assert_eq!(tally.failures, ["two"]);
        assert_eq!(tally.skips, ["three: needs a screen"]);
    }

    #[test]
    fn the_runner_in_the_browser_is_read() {
        let tally = tally(&[
            "test picker::shows_every_service ... ok",
            "test picker::hides_none ... FAIL",
            "test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 filtered out; finished in 0.41s",
        ]);
        assert_eq!((tally.passed, tally.failed, tally.skipped), (1, 1, 0));
        assert_eq!(tally.failures, ["picker::hides_none"]);
    }

    #[test]
    fn padded_names_of_libtest_mimic_are_trimmed() {
        let tally = tally(&["test WebKitGTK: approve    ... ignored (WebKitWebDriver is not on PATH)"]);
        assert_eq!(tally.skips, ["WebKitGTK: approve: WebKitWebDriver is not on PATH"]);
    }

    #[test]
    fn node_counts_are_read_in_both_of_its_formats() {
        let spec =
            ["ℹ tests 6", "ℹ pass 3", "ℹ fail 1", "ℹ cancelled 1", "ℹ skipped 1", "ℹ duration_ms 12.5"];
        let tap = ["# tests 6", "# pass 3", "# fail 1", "# cancelled 1", "# skipped 1", "# duration_ms 12.5"];
        for lines in [spec, tap] {
            let tally = tally(&lines);
            assert_eq!((tally.passed, tally.failed, tally.skipped), (3, 2, 1));
        }
    }

    #[test]
    fn a_node_failure_listed_twice_is_one() {
        let tally =
            tally(&["✖ loads (1.5ms)", "✖ failing tests:", "✖ loads (1.5ms)", "﹣ packs (0.1ms) # no dist"]);
        assert_eq!(tally.failures, ["loads"]);
        assert_eq!(tally.skips, ["packs: no dist"]);
    }

    #[test]
    fn ordinary_lines_count_for_nothing() {
        let lines = ["running 3 tests", "test", "passed 3", "# Readme", "warning: 3 passed; 1 failed"];
        assert_eq!(tally(&lines), Tally::default());
    }
}
