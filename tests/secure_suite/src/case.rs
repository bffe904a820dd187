// SPDX-License-Identifier: Apache-2.0
//! What a case returns.

/// `Err` has the line of the check that failed.
pub type Outcome = Result<(), u32>;

/// Ends the case when the condition does not hold.
macro_rules! check {
    ($condition:expr) => {
        if !$condition {
            return Err(line!());
        }
    };
}
pub(crate) use check;
