// SPDX-License-Identifier: Apache-2.0
//! The way that a boot takes without a fault: every instruction that the boot ROM executes, in
//! order, and which of them are skipped in turn.

use super::code::Code;
use std::collections::BTreeMap;

/// Functions whose iterations are sampled: what hashes and what computes with large numbers.
/// They are named as symbols name them.
const SAMPLED: [&str; 7] = [
    "sha256_kernel::compress",
    "rsa::montgomery",
    "rsa::position",
    "primitives::modular",
    "primitives::group",
    "::point::Point",
    "sha512",
];
/// Executions that are tried of an instruction whose iterations are sampled, spread evenly from
/// the first to the last.
const SAMPLES: usize = 6;

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Each execution.
    Full,
    /// Of each instruction the last execution alone.
    Short,
}

/// The positions in `path` that are tried, in order.
pub fn chosen(path: &[u32], code: &Code, extent: Extent) -> Vec<usize> {
    let mut executions: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (position, address) in path.iter().enumerate() {
        executions.entry(*address).or_default().push(position);
    }
    let mut chosen = Vec::new();
    for (address, positions) in executions {
        match extent {
            Extent::Short => chosen.extend(positions.last()),
            Extent::Full if code.is_within(address, &SAMPLED) => chosen.extend(samples(&positions)),
            Extent::Full => chosen.extend(positions),
        }
    }
    chosen.sort_unstable();
    chosen
}

/// The first, the last, and some between.
fn samples(positions: &[usize]) -> Vec<usize> {
    if positions.len() <= SAMPLES {
        return positions.to_vec();
    }
    let last = positions.len() - 1;
    let nth = |sample: usize| positions[sample * last / (SAMPLES - 1)];
    (0..SAMPLES).map(nth).collect()
}

/// How to come further on a way, without a stop at each instruction.
#[derive(Debug, PartialEq, Eq)]
pub struct Leap {
    /// Where to stop.
    pub address: u32,
    /// How often.
    pub stops: usize,
    /// Where on the way that is.
    pub position: usize,
}

/// A stop costs as much as a step, which gets over one instruction; what is left after a leap can
/// be leapt over in turn, so that an instruction of it counts less.
const REST_DIVISOR: usize = 8;

/// The best leap from a position towards a later one.
pub fn leap(path: &[u32], from: usize, to: usize) -> Option<Leap> {
    let ahead = path.get(from + 1..=to)?;
    let mut seen: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (offset, address) in ahead.iter().enumerate() {
        let (stops, last) = seen.entry(*address).or_default();
        *stops += 1;
        *last = from + 1 + offset;
    }
    let cost = |stops: usize, last: usize| stops * REST_DIVISOR + (to - last);
    let best = seen
        .into_iter()
        .min_by_key(|(_, (stops, last))| cost(*stops, *last));
    best.map(|(address, (stops, position))| Leap {
        address,
        stops,
        position,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_have_the_first_and_the_last() {
        let positions: Vec<_> = (10..1010).collect();
        let some = samples(&positions);
        assert_eq!((some.len(), some[0], some[5]), (6, 10, 1009));
        assert!(some.is_sorted());
        assert_eq!(samples(&[1, 2, 3]), [1, 2, 3]);
    }

    #[test]
    fn a_leap_goes_for_what_is_rare() {
        // A loop of two instructions, a hundred times, between two others.
        let mut path = vec![1];
        path.extend([2, 3].repeat(100));
        path.extend([4, 5]);
        let end = path.len() - 1;
        let to_end = Leap {
            address: 5,
            stops: 1,
            position: end,
        };
        assert_eq!(leap(&path, 0, end), Some(to_end));
        let into = leap(&path, 0, 160).expect("a leap");
        assert!(into.position <= 160 && into.stops <= 80);
        assert_eq!(leap(&path, end, end), None);
    }
}
