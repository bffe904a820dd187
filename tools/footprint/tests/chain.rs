// SPDX-License-Identifier: Apache-2.0
//! Chains of calls in small programs.

mod common;

use common::Piece::{Call, Code, Jump};
use common::{Function, linked};
use footprint::chain::chain;
use footprint::symbol_address;

const PUSH: &[u16] = &[0xB510]; // push {r4, lr}
const POP_RETURN: &[u16] = &[0xBD10]; // pop {r4, pc}
const RETURN: &[u16] = &[0x4770]; // bx lr

fn to(functions: &[Function], name: &str) -> Result<Vec<String>, String> {
    let file = linked(functions);
    let target = symbol_address(&file, name).map_err(|error| error.to_string())?;
    let links = chain(&file, target).map_err(|error| error.to_string())?;
    Ok(links.into_iter().map(|link| link.function).collect())
}

#[test]
fn the_shortest_way_from_an_entry_is_told() {
    let functions: &[Function] = &[
        (
            "entry",
            Some(8),
            &[Code(PUSH), Call(1), Call(2), Code(POP_RETURN)],
        ),
        ("long", Some(8), &[Code(PUSH), Call(2), Code(POP_RETURN)]),
        ("short", Some(8), &[Code(PUSH), Call(3), Code(POP_RETURN)]),
        ("panic", Some(0), &[Jump(4)]),
        ("target", Some(0), &[Code(RETURN)]),
    ];
    let way = ["entry", "short", "panic"].map(String::from).to_vec();
    assert_eq!(to(functions, "target"), Ok(way));
}

#[test]
fn recursion_has_an_end() {
    let functions: &[Function] = &[
        ("entry", Some(8), &[Code(PUSH), Call(1), Code(POP_RETURN)]),
        (
            "again",
            Some(8),
            &[Code(PUSH), Call(1), Call(2), Call(0), Code(POP_RETURN)],
        ),
        ("target", Some(0), &[Code(RETURN)]),
        ("other", Some(8), &[Code(PUSH), Call(0), Code(POP_RETURN)]),
    ];
    let way = ["other", "entry", "again"].map(String::from).to_vec();
    assert_eq!(to(functions, "target"), Ok(way));
    let error = to(functions, "other").unwrap_err();
    assert!(error.contains("nothing calls"), "{error}");
}
