// SPDX-License-Identifier: Apache-2.0
//! A treemap: nested areas in proportion to bytes.
//!
//! The script lays it out for the width of the window, and again when that changes. The data is
//! in the page as JSON, so another program can read it too.

use maud::{Markup, PreEscaped, html};
use serde::Serialize;

/// The script that draws the data of [`section`].
pub const SCRIPT: &str = include_str!("treemap.js");

/// All maps of a page.
#[derive(Serialize)]
pub struct Data {
    /// What can be chosen: an image each.
    pub maps: Vec<Map>,
    /// What the figures are compared with; empty for nothing.
    pub against: String,
}

/// The bytes of an image.
#[derive(Serialize)]
pub struct Map {
    /// Its name.
    pub name: String,
    /// Its leaves.
    pub leaves: Vec<Leaf>,
}

/// A function, an object or a field.
#[derive(Serialize)]
pub struct Leaf {
    /// From the component on; the last is the name.
    pub path: Vec<String>,
    /// The whole name.
    pub title: String,
    /// Bytes of flash and of RAM.
    pub now: [u64; 2],
    /// The same of what it is compared with.
    pub before: [u64; 2],
}

/// The map, the buttons that choose what it shows, and the line that tells of an area.
pub fn section(data: &Data) -> Markup {
    let is_compared = !data.against.is_empty();
    html! {
        form.controls #choices {
            fieldset {
                legend { "Image" }
                @for (index, map) in data.maps.iter().enumerate() {
                    (choice("map", &index.to_string(), &map.name, index + 1 == data.maps.len()))
                }
            }
            fieldset {
                legend { "Memory" }
                (choice("memory", "0", "flash", true))
                (choice("memory", "1", "RAM", false))
            }
            @if is_compared {
                fieldset {
                    legend { "Colour" }
                    (choice("colour", "component", "component", false))
                    (choice("colour", "change", "change", true))
                }
            }
        }
        div #trail .trail role="group" aria-label="Where the map is" {}
        div #treemap .treemap role="group" aria-describedby="treemap-help" {}
        p #detail .detail aria-live="polite" { "\u{a0}" }
        p #treemap-help .help {
            "Click or press Enter to go into an area, Escape to go back; Tab and the arrow keys "
            "move between areas."
        }
        noscript { p { "The map needs scripts; the tables below have the same figures." } }
        script #treemap-data type="application/json" { (PreEscaped(json(data))) }
    }
}

fn choice(name: &str, value: &str, text: &str, is_chosen: bool) -> Markup {
    html! {
        label {
            input type="radio" name=(name) value=(value) checked[is_chosen];
            span { (text) }
        }
    }
}

/// JSON that can stand within a script: nothing ends it there.
fn json(data: &Data) -> String {
    let text = serde_json::to_string(data).unwrap_or_else(|_| "null".into());
    text.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_end_no_script() {
        let hostile = "</script><script>alert(1)</script><!--";
        let leaf = Leaf {
            path: vec![hostile.into()],
            title: hostile.into(),
            now: [1, 2],
            before: [0, 0],
        };
        let data = Data {
            maps: vec![Map {
                name: hostile.into(),
                leaves: vec![leaf],
            }],
            against: hostile.into(),
        };
        let text = section(&data).into_string();
        assert_eq!(text.matches("<script").count(), 1);
        assert_eq!(text.matches("</script").count(), 1);
        assert!(!text.contains("<!--"));
    }
}
