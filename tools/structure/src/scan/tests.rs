// SPDX-License-Identifier: Apache-2.0
//! What is found in a file, and what is passed over.

use super::{Scan, scan};

fn paths(text: &str) -> Vec<String> {
    let Scan { paths, .. } = scan(text).unwrap();
    paths.iter().map(|path| path.segments.join("::")).collect()
}

#[test]
fn a_use_names_each_of_its_branches() {
    let text = "use crate::a::{self, b::C, d::*, e as f};\npub use super::g;";
    let found = paths(text);
    let expected = [
        "crate::a",
        "crate::a::b::C",
        "crate::a::d",
        "crate::a::e",
        "super::g",
    ];
    assert_eq!(found, expected);
    let scan = scan(text).unwrap();
    let names: Vec<_> = scan.bindings.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["a", "C", "", "f", "g"]);
    let is_public = scan.paths.iter().map(|path| path.is_public_use);
    assert_eq!(is_public.filter(|public| *public).count(), 1);
}

#[test]
fn paths_within_code_and_macros_count() {
    let text = "fn f() -> crate::T { println!(\"{}\", crate::a::B); x.iter::<u8>(); super::g(1) }";
    assert_eq!(paths(text), ["crate::T", "crate::a::B", "super::g"]);
}

#[test]
fn comments_texts_and_tests_do_not_count() {
    let text = "//! [`crate::a`]\n// crate::b\nconst C: &str = \"crate::c\";\n\
                #[cfg(test)]\nuse crate::d::{e};\n#[cfg(test)]\nmod tests { use crate::f; }\n\
                #[cfg(all(test, feature = \"x\"))]\nfn g() { crate::h() }\n\
                struct S { #[cfg(test)] a: crate::i::J, b: crate::k::L }\n";
    assert_eq!(paths(text), ["crate::k::L"]);
    let kept =
        "#[cfg(any(test, feature = \"fake\"))]\nuse crate::a;\n#[cfg(not(test))]\nuse crate::b;";
    assert_eq!(paths(kept), ["crate::a", "crate::b"]);
}

#[test]
fn a_module_within_the_file_belongs_to_it() {
    let text = "mod inner { use super::a; use super::super::b; fn f() {} }\nmod file;\n\
                #[path = \"x/y.rs\"]\nmod other;";
    assert_eq!(paths(text), ["super::b"]);
    let scan = scan(text).unwrap();
    assert_eq!(scan.children.len(), 2);
    assert_eq!(scan.children[1].path.as_deref(), Some("x/y.rs"));
    assert!(scan.definitions.contains("inner"));
}

#[test]
fn items_are_defined_and_methods_are_not() {
    let text =
        "pub(crate) struct A; impl A { fn b() {} } const fn c() {} macro_rules! d { () => {} }";
    let found: Vec<_> = scan(text).unwrap().definitions.into_iter().collect();
    assert_eq!(found, ["A", "c", "d", "fn"]);
}
