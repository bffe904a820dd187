// SPDX-License-Identifier: Apache-2.0
//! Whether calls from partition to partition fit the secure process stack.

use crate::effective::Effective;
use crate::partitions::{Partition, deepest};
use crate::problems::Problems;

/// Checks that the longest way from partition to partition fits the secure process stack.
///
/// In a single secure context no partition has a stack of its own: a call from one to another
/// goes on below it on the same stack. So the sizes add up along dependencies, not over all
/// partitions. The true bound comes from the linked image; this tells sooner and names the way.
pub fn check(partitions: &[Partition], effective: &Effective, problems: &mut Problems) {
    let key = "stack.secure_process_bytes";
    if effective.is_derived(key) {
        return; // no limit of its own: the budget of RAM is
    }
    let limit_bytes = effective.number(key);
    let (bytes, way) = deepest(partitions);
    if bytes > limit_bytes {
        problems.add(format!(
            "{}: `{key}` is {limit_bytes}, but a call takes {bytes}: the `stack_size` of {}",
            effective.origin(key),
            way.join(" and then of "),
        ));
    }
}
