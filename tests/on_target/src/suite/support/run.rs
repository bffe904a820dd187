// SPDX-License-Identifier: Apache-2.0
//! Runs tests and says how many the configuration has, and which needs the others lack.

use nonsecure::config::crypto::ALGORITHMS;
use nonsecure::{print_line, semihosting};

use super::super::secure::{self, Results};
use super::interrupt;
use super::needs::where_there_is;
use super::test::Test;

/// Runs those that the configuration has. A failed test panics, which ends the emulator with an
/// error status.
pub fn run_all(tests: &[Test]) -> ! {
    if !interrupt::time_follows_instructions() {
        print_line!(
            "the clock is the host's: tests of interrupts may fail by chance; use \
             `cargo xtask run --deterministic`"
        );
    }
    // They come first: the last tests leave the storage of this world full.
    let mut secure = Results::default();
    where_there_is!(SECURE_SUITE => secure = secure::run_all());
    let mut ran = 0;
    for test in tests {
        if let Some(run) = test.run {
            run();
            print_line!("test {} ... ok", test.name);
            ran += 1;
        }
    }
    print_line!(
        "cases: {} of {}",
        ran + secure.ran,
        tests.len() + secure.all
    );
    for (index, test) in tests.iter().enumerate() {
        for need in test.needs.iter().filter(|need| !need.is_there) {
            if !tests[..index]
                .iter()
                .any(|earlier| lists(earlier, need.name))
            {
                let count = tests.iter().filter(|test| lists(test, need.name)).count();
                print_line!("without {}: {count} not built", need.name);
            }
        }
    }
    semihosting::exit(u32::from(secure.failed != 0))
}

fn lists(test: &Test, name: &str) -> bool {
    test.needs.iter().any(|need| need.name == name)
}

/// Checks, when the suite is built, that a case needs each algorithm of the configuration.
pub const fn check_completeness(tests: &[Test]) {
    let mut row = 0;
    while row < ALGORITHMS.len() {
        assert!(
            is_needed(ALGORITHMS[row].0, tests),
            "an algorithm has no case"
        );
        row += 1;
    }
}

const fn is_needed(name: &str, tests: &[Test]) -> bool {
    let mut test = 0;
    while test < tests.len() {
        let (needs, mut need) = (tests[test].needs, 0);
        while need < needs.len() {
            if are_equal(needs[need].name.as_bytes(), name.as_bytes()) {
                return true;
            }
            need += 1;
        }
        test += 1;
    }
    false
}

const fn are_equal(one: &[u8], other: &[u8]) -> bool {
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}
