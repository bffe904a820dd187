// SPDX-License-Identifier: Apache-2.0
//! The deepest chain of calls on each stack.

use builder::firmware::Deepest;
use footprint::short_name_of;
use maud::{Markup, html};
use pages::bars::{self, Bar};
use pages::number::grouped;

/// A picture for each stack: from left to right it fills up.
pub fn section(stacks: &[(String, Deepest)]) -> Markup {
    html! {
        p {
            "The deepest way down each stack, proven from the calls in the machine code. A bar begins "
            "where that of its caller ends."
        }
        @for (name, deepest) in stacks {
            h3 { (name.replace('_', ", ")) ": " (grouped(deepest.bytes)) " bytes" }
            (bars::rows(deepest.bytes, &chain(deepest)))
        }
    }
}

fn chain(deepest: &Deepest) -> Vec<Bar> {
    let mut used = 0;
    let mut bars = Vec::new();
    for (function, bytes) in &deepest.path {
        bars.push(Bar {
            name: short_name_of(function),
            title: function.clone(),
            start: used,
            length: *bytes,
            note: format!("{} bytes", grouped(*bytes)),
            ..Bar::default()
        });
        used += bytes;
    }
    // A part of calls ends at a multiple of eight bytes.
    if used < deepest.bytes {
        bars.push(Bar {
            name: "(alignment)".into(),
            start: used,
            length: deepest.bytes - used,
            note: format!("{} bytes", deepest.bytes - used),
            ..Bar::default()
        });
    }
    bars
}
