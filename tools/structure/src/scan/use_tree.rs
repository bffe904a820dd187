// SPDX-License-Identifier: Apache-2.0
//! The tree behind the word `use`.

use super::Binding;
use super::cursor::Cursor;

/// Reads up to the semicolon; a binding for each name that is brought in.
pub fn read(at: &mut Cursor) -> Vec<Binding> {
    let mut bindings = Vec::new();
    at.separator();
    branch(at, &[], &mut bindings);
    bindings
}

fn branch(at: &mut Cursor, prefix: &[String], bindings: &mut Vec<Binding>) {
    let mut segments = prefix.to_vec();
    while let Some(word) = at.word() {
        segments.push(word);
        at.advance();
        if !at.separator() {
            return bindings.push(bound(at, segments));
        }
    }
    if at.has('*') {
        at.advance();
        let name = String::new();
        return bindings.push(Binding { name, segments });
    }
    if let Some(inner) = at.group() {
        let mut inner = Cursor::new(inner);
        while !inner.is_end() {
            branch(&mut inner, &segments, bindings);
            while !inner.is_end() && inner.has(',') {
                inner.advance();
            }
        }
    }
}

/// The name that a path is bound to: its last, or what stands behind `as`.
fn bound(at: &mut Cursor, mut segments: Vec<String>) -> Binding {
    if segments.len() > 1 && segments.last().is_some_and(|last| last == "self") {
        segments.pop();
    }
    let mut name = segments.last().cloned().unwrap_or_default();
    if at.word().as_deref() == Some("as") {
        at.advance();
        name = at.word().unwrap_or_default();
        at.advance();
    }
    Binding { name, segments }
}
