//! Counts of tests.

use std::{fmt, ops::AddAssign};

use anyhow::Result;

/// How many tests passed, failed and were left out.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Tally {
    /// Passed.
    pub passed: u64,
    /// Failed.
    pub failed: u64,
    /// Left out.
    pub skipped: u64,
}

impl Tally {
    /// A check counts only when it fails: it is no test, but the run did not pass.
    pub fn of_check(result: Result<()>) -> (Self, Option<String>) {
        match result {
            Ok(()) => (Self::default(), None),
            Err(error) => (Self { failed: 1, ..Self::default() }, Some(format!("{error:#}"))),
        }
    }

    /// Tests that could not be run at all count as one that failed.
    pub fn of_tests(result: Result<(Self, Option<String>)>) -> (Self, Option<String>) {
        match result {
            Ok((tally, Some(problem))) if tally.failed == 0 => (Self { failed: 1, ..tally }, Some(problem)),
            Ok(result) => result,
            Err(error) => (Self { failed: 1, ..Self::default() }, Some(format!("{error:#}"))),
        }
    }

    /// Adds the counts of a line like `test result: ok. 5 passed; 0 failed; 1 ignored; …`; other lines add nothing.
    pub fn add_line(&mut self, line: &str) {
        let Some((_, counts)) = line.split_once("test result: ") else {
            return;
        };
        let count = |word: &str| -> u64 {
            let words: Vec<&str> = counts.split_whitespace().collect();
            let found = words.windows(2).find(|pair| pair[1].trim_end_matches(';') == word);
            found.and_then(|pair| pair[0].parse().ok()).unwrap_or_default()
        };
        *self += Self { passed: count("passed"), failed: count("failed"), skipped: count("ignored") };
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn counts_of_several_binaries_add_up() {
        let mut tally = Tally::default();
        tally.add_line(
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
        );
        tally.add_line("test deals::tests::moves ... ok");
        tally.add_line("test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out");
        assert_eq!(tally.to_string(), "7 passed, 3 failed, 1 skipped");
    }

    #[test]
    fn a_run_that_broke_down_is_a_failure_even_when_no_test_failed() {
        let passed = Tally { passed: 4, ..Tally::default() };
        let (tally, problem) = Tally::of_tests(Ok((passed, Some("does not compile".into()))));
        assert_eq!((tally.passed, tally.failed), (4, 1));
        assert!(problem.is_some());
    }
}
