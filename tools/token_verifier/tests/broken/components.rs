// SPDX-License-Identifier: Apache-2.0
//! Software components that are broken.

use super::{Broken, IOT, RFC, with_claim, with_component, without};
use crate::common::{Draft, array, bytes, claims, component, integer, map, with};

/// The software components.
pub fn components() -> Vec<Broken> {
    let none = with(IOT, -75006, None);
    let none = |value| [none.clone(), vec![(-75007, integer(value))]].concat();
    let mut both = claims(IOT);
    both.push((-75007, integer(1)));
    vec![
        (
            "no components",
            without(RFC, 2399),
            "claim 'software components' is missing",
        ),
        (
            "an empty list",
            with_claim(RFC, 2399, array(&[])),
            "claim 'software components' is not a list",
        ),
        (
            "a component that is no map",
            with_claim(RFC, 2399, array(&[integer(1)])),
            "software components is not well-formed",
        ),
        (
            "a list without length",
            with_claim(RFC, 2399, vec![0x9F, 0xFF]),
            "software components has no definite length",
        ),
        (
            "no measurement",
            with_component(|all| drop(all.remove(1))),
            "claim 'measurement value' is missing",
        ),
        (
            "a short measurement",
            with_component(|all| all[1].1 = bytes(&[0; 31])),
            "claim 'measurement value' is not a hash",
        ),
        (
            "a short signer id",
            with_component(|all| all[3].1 = bytes(&[0; 20])),
            "claim 'signer id' is not a hash",
        ),
        (
            "no signer id",
            with_component(|all| drop(all.remove(3))),
            "claim 'signer id' is missing",
        ),
        (
            "no signer id in the second component",
            with_claim(
                RFC,
                2399,
                array(&[map(&component()), map(&[(2, bytes(&[7; 32]))])]),
            ),
            "claim 'signer id' is missing",
        ),
        (
            "a measurement twice",
            with_component(|all| all.push((2, bytes(&[0; 32])))),
            "claim 2 stands twice",
        ),
        (
            "components and none",
            Draft::of(&both).seal(),
            "the token has software components and says",
        ),
        (
            "none, but not 1",
            Draft::of(&none(2)).seal(),
            "claim 'no software measurements' is not the number 1",
        ),
    ]
}
