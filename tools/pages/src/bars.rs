// SPDX-License-Identifier: Apache-2.0
//! Rows with a bar each: frames of a stack, areas of a memory.

use crate::number::{grouped, percent};
use maud::{Markup, html};

/// A row.
#[derive(Clone, Debug, Default)]
pub struct Bar {
    /// What it is.
    pub name: String,
    /// The long form, shown for the short one that a pointer rests on.
    pub title: String,
    /// A word before the name, for example an address.
    pub place: String,
    /// Its class in the style: `secure`, `nonsecure`, `gate`, `free`; empty for a neutral one.
    pub kind: &'static str,
    /// Where the bar begins.
    pub start: u64,
    /// How long it is.
    pub length: u64,
    /// What is written behind it.
    pub note: String,
}

/// Rows on one scale from 0 to `whole`.
pub fn rows(whole: u64, bars: &[Bar]) -> Markup {
    let share = |part: u64| 100.0 * part as f64 / whole.max(1) as f64;
    html! {
        ol.bars {
            @for bar in bars {
                li class=(bar.kind) {
                    @if !bar.place.is_empty() { code.place { (bar.place) } }
                    span.name title=(bar.title) { (bar.name) }
                    span.track aria-hidden="true" {
                        @if bar.length > 0 {
                            span.fill style={
                                "left:" (format!("{:.3}", share(bar.start).min(99.5)))
                                "%;width:" (format!("{:.3}", share(bar.length))) "%"
                            } {}
                        }
                    }
                    span.note { (bar.note) }
                }
            }
        }
    }
}

/// How full something is.
pub fn meter(name: &str, used: u64, limit: u64) -> Markup {
    let over = used > limit;
    let percent_used = (100.0 * used as f64 / limit.max(1) as f64).min(100.0);
    html! {
        div.meter {
            span.name { (name) }
            span.number { (grouped(used)) " bytes" }
            span.track aria-hidden="true" {
                span.fill.over[over] style={ "left:0;width:" (format!("{percent_used:.2}")) "%" } {}
            }
            span.note { (percent(used, limit)) " of " (grouped(limit)) }
        }
    }
}
