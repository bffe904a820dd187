// SPDX-License-Identifier: Apache-2.0
//! Arrows between planted files, and the circles that they make.

use super::{Arrow, Crate};
use crate::circles;
use crate::scan::scan;

/// A crate of these files; the name of a file is the path of its module, `lib` the root.
fn planted(files: &[(&str, &str)]) -> Crate {
    let mut one = Crate::default();
    for (name, text) in files {
        let mut module = vec!["0".to_string()];
        module.extend(
            name.split("::")
                .filter(|part| *part != "lib")
                .map(String::from),
        );
        one.insert(name.to_string(), module, scan(text).unwrap());
    }
    one
}

fn arrows(files: &[(&str, &str)]) -> Vec<String> {
    let arrows = super::arrows(&planted(files));
    let arrow = |arrow: Arrow| format!("{} -> {}", arrow.from, arrow.to);
    arrows.into_iter().map(arrow).collect()
}

#[test]
fn a_name_leads_to_where_it_is_defined() {
    let files = [
        ("lib", "mod a; mod b; pub use a::deep::Deep; pub use b::*;"),
        ("a", "pub mod deep; use crate::Found;"),
        ("a::deep", "pub struct Deep;"),
        ("b", "pub struct Found; use crate::Deep;"),
    ];
    assert_eq!(arrows(&files), ["a -> b", "b -> a::deep"]);
}

#[test]
fn a_parent_that_declares_children_is_in_no_circle() {
    let files = [
        ("lib", "mod a;"),
        (
            "a",
            "mod one; mod two; pub use one::One; pub(crate) use two::two;",
        ),
        ("a::one", "use super::two; pub struct One;"),
        ("a::two", "pub fn two() {}"),
    ];
    assert_eq!(arrows(&files), ["a::one -> a::two"]);
    assert!(circles::findings(&planted(&files), false).is_empty());
}

#[test]
fn a_planted_circle_is_found() {
    let files = [
        ("lib", "mod a; mod b;"),
        ("a", "use crate::b::B; pub struct A;"),
        ("b", "pub struct B; fn f() { vec![super::a::A]; }"),
    ];
    let found = circles::findings(&planted(&files), false);
    let expected = [
        "circle of 2 files: a takes B from b",
        "circle of 2 files: b takes A from a",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_parent_that_calls_a_child_which_takes_from_it_counts_when_asked() {
    let files = [
        ("lib", "mod a;"),
        ("a", "mod one; pub struct A; fn f() { one::g() }"),
        ("a::one", "use super::A; pub fn g() {}"),
    ];
    assert_eq!(circles::findings(&planted(&files), true).len(), 2);
    assert!(circles::findings(&planted(&files), false).is_empty());
}
