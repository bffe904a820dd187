// SPDX-License-Identifier: Apache-2.0
//! The path of a boot without a fault: every executed instruction in order, and the selection of
//! those to skip.

use super::code::Code;
use std::collections::BTreeMap;

/// Functions whose iterations are sampled: what hashes and what computes with large numbers.
/// They are named as symbols name them.
const SAMPLED: [&str; 7] = [
    "kernels::sha256::compress",
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
    /// Only the last execution of each instruction.
    Short,
}

/// A way: the addresses of all instructions that are executed, in order.
pub struct Way {
    addresses: Vec<u32>,
    /// Where on the way each address comes.
    executions: BTreeMap<u32, Vec<usize>>,
}

impl Way {
    pub fn new(addresses: Vec<u32>) -> Self {
        let mut executions: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (position, address) in addresses.iter().enumerate() {
            executions.entry(*address).or_default().push(position);
        }
        Self {
            addresses,
            executions,
        }
    }

    /// How many instructions are executed before the last one.
    pub fn executed(&self) -> usize {
        self.addresses.len() - 1
    }

    /// The address at a position.
    pub fn at(&self, position: usize) -> Option<u32> {
        self.addresses.get(position).copied()
    }

    /// Where an address comes first.
    pub fn first(&self, address: u32) -> Option<usize> {
        self.executions.get(&address)?.first().copied()
    }

    /// The positions before `end` that are tried, in order.
    pub fn chosen(&self, end: usize, code: &Code, extent: Extent) -> Vec<usize> {
        let mut chosen = Vec::new();
        for (address, positions) in &self.executions {
            let count = positions.partition_point(|position| *position < end);
            let positions = &positions[..count];
            match extent {
                Extent::Short => chosen.extend(positions.last()),
                Extent::Full if code.is_within(*address, &SAMPLED) => {
                    chosen.extend(samples(positions));
                }
                Extent::Full => chosen.extend(positions),
            }
        }
        chosen.sort_unstable();
        chosen
    }

    /// The best leap from a position towards a later one.
    pub fn leap(&self, from: usize, to: usize) -> Option<Leap> {
        let mut best: Option<(usize, Leap)> = None;
        for position in (from + 1..=to).rev() {
            let rest = to - position;
            if best.as_ref().is_some_and(|(cost, _)| *cost <= rest) {
                break; // nothing before this is better
            }
            let address = *self.addresses.get(position)?;
            let positions = self.executions.get(&address)?;
            let before = positions.partition_point(|earlier| *earlier <= from);
            let stops = positions.partition_point(|earlier| *earlier <= position) - before;
            let cost = stops * REST_DIVISOR + rest;
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                let leap = Leap {
                    address,
                    stops,
                    position,
                };
                best = Some((cost, leap));
            }
        }
        best.map(|(_, leap)| leap)
    }
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
        let mut addresses = vec![1];
        addresses.extend([2, 3].repeat(100));
        addresses.extend([4, 5]);
        let way = Way::new(addresses);
        let end = way.executed();
        let to_end = Leap {
            address: 5,
            stops: 1,
            position: end,
        };
        assert_eq!(way.leap(0, end), Some(to_end));
        let into = way.leap(0, 160).expect("a leap");
        assert!(into.position <= 160 && into.stops <= 80);
        assert_eq!(way.leap(end, end), None);
    }

    #[test]
    fn a_leap_comes_where_it_says() {
        let addresses = vec![1, 2, 2, 3, 2, 4, 3, 2, 5, 1];
        let way = Way::new(addresses.clone());
        for from in 0..addresses.len() {
            for to in from + 1..addresses.len() {
                let leap = way.leap(from, to).expect("a leap");
                let passed = &addresses[from + 1..=leap.position];
                let stops = passed.iter().filter(|at| **at == leap.address).count();
                assert_eq!(stops, leap.stops, "{from} to {to}");
                assert_eq!(addresses[leap.position], leap.address);
                assert!(from < leap.position && leap.position <= to);
            }
        }
    }

    #[test]
    fn a_short_run_has_the_last_execution_of_each_but_the_end() {
        let way = Way::new(vec![1, 2, 1, 2, 3, 2]);
        assert_eq!(way.chosen(5, &Code::empty(), Extent::Short), [2, 3, 4]);
        assert_eq!(way.chosen(5, &Code::empty(), Extent::Full), [0, 1, 2, 3, 4]);
    }
}
