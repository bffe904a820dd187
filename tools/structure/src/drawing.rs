// SPDX-License-Identifier: Apache-2.0
//! The picture: packages as boxes in the rows of their layers, an arrow for each dependency that
//! does not follow from others. It has no background, and colours that are readable on a light and
//! on a dark one.

mod order;

use crate::layers::LAYERS;
use crate::packages::Package;
use order::{Row, rows, without_implied};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const WIDTH: usize = 1240;
/// Room for the names of the layers.
const LEFT: usize = 170;
const BOX_HEIGHT: usize = 30;
const ROW_HEIGHT: usize = 74;
const TOP: usize = 12;
const GAP: usize = 16;
/// Of a letter, about.
const LETTER_WIDTH: usize = 8;
const PADDING: usize = 20;
/// Border and arrows of each layer, fill of its boxes; from the bottom up.
const COLOURS: [(&str, &str); 9] = [
    ("#2f7d5b", "#d9f0e4"),
    ("#3d8f3d", "#e0f2dc"),
    ("#2b6cb0", "#dbeafa"),
    ("#b7611e", "#fbe6d3"),
    ("#7a4fb5", "#eae0f8"),
    ("#b03a6f", "#f9dfeb"),
    ("#0f7f8c", "#d6f1f4"),
    ("#8a6d1a", "#f6edcc"),
    ("#5f6b7a", "#e6eaef"),
];
const LABEL: &str = "#7b8794";

/// Where a box is.
#[derive(Clone, Copy)]
struct Place {
    left: usize,
    top: usize,
    width: usize,
    layer: usize,
}

impl Place {
    fn middle(&self) -> usize {
        self.left + self.width / 2
    }
}

/// The picture, SVG.
pub fn draw(packages: &[Package]) -> String {
    let arrows = without_implied(packages);
    let rows = rows(packages, &arrows);
    let places = places(&rows);
    let height = TOP + rows.len() * ROW_HEIGHT - (ROW_HEIGHT - BOX_HEIGHT) + TOP;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"14\">\n\
         <title>The packages of Casemate in their layers; arrows are dependencies</title>\n<defs>\n"
    );
    for (layer, (colour, _)) in COLOURS.iter().enumerate() {
        let _ = writeln!(
            text,
            "<marker id=\"a{layer}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" \
             markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"{colour}\"/></marker>"
        );
    }
    text.push_str("</defs>\n");
    draw_arrows(&mut text, &arrows, &places);
    draw_boxes(&mut text, &places);
    draw_labels(&mut text, &rows);
    text + "</svg>\n"
}

fn places<'a>(rows: &[Row<'a>]) -> BTreeMap<&'a str, Place> {
    let mut places = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        let width = |folder: &&str| label(folder).len() * LETTER_WIDTH + PADDING;
        let boxes: usize = row.folders.iter().map(width).sum();
        let room = (WIDTH - LEFT).saturating_sub(boxes);
        let gap = (room / (row.folders.len() + 1)).max(GAP);
        let mut left = LEFT + gap;
        for folder in &row.folders {
            let place = Place {
                left,
                top: TOP + number * ROW_HEIGHT,
                width: width(folder),
                layer: row.layer,
            };
            left += place.width + gap;
            places.insert(*folder, place);
        }
    }
    places
}

/// What stands in a box: the folder without that of its layer, where it is plain.
fn label(folder: &str) -> &str {
    folder
        .strip_prefix("crates/")
        .or_else(|| folder.strip_prefix("hardware/"))
        .unwrap_or(folder)
}

fn draw_arrows(text: &mut String, arrows: &[(&str, &str)], places: &BTreeMap<&str, Place>) {
    for (from, to) in arrows {
        let (Some(from), Some(to)) = (places.get(from), places.get(to)) else {
            continue;
        };
        let (x1, y1, x2, y2) = (from.middle(), from.top + BOX_HEIGHT, to.middle(), to.top);
        let bend = (y2.saturating_sub(y1) / 2).max(20);
        let (colour, _) = COLOURS[from.layer];
        let _ = writeln!(
            text,
            "<path d=\"M{x1} {y1}C{x1} {} {x2} {} {x2} {y2}\" fill=\"none\" stroke=\"{colour}\" \
             stroke-opacity=\"0.6\" stroke-width=\"1.4\" marker-end=\"url(#a{})\"/>",
            y1 + bend,
            y2.saturating_sub(bend),
            from.layer
        );
    }
}

fn draw_boxes(text: &mut String, places: &BTreeMap<&str, Place>) {
    for (folder, place) in places {
        let (colour, fill) = COLOURS[place.layer];
        let Place {
            left, top, width, ..
        } = place;
        let _ = writeln!(
            text,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{BOX_HEIGHT}\" rx=\"6\" \
             fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"1.2\"/>\n\
             <text x=\"{}\" y=\"{}\" text-anchor=\"middle\" fill=\"#1f2933\">{}</text>",
            place.middle(),
            top + BOX_HEIGHT - 10,
            label(folder)
        );
    }
}

fn draw_labels(text: &mut String, rows: &[Row<'_>]) {
    let mut last = None;
    for (number, row) in rows.iter().enumerate() {
        if last.replace(row.layer) == Some(row.layer) {
            continue;
        }
        let _ = writeln!(
            text,
            "<text x=\"8\" y=\"{}\" fill=\"{LABEL}\" font-style=\"italic\">{}</text>",
            TOP + number * ROW_HEIGHT + BOX_HEIGHT - 10,
            LAYERS[row.layer].name
        );
    }
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::packages::Package;

    #[test]
    fn each_package_has_a_box_and_each_dependency_an_arrow() {
        let package = |folder: &str, dependencies: &[&str]| Package {
            folder: folder.into(),
            dependencies: dependencies.iter().map(ToString::to_string).collect(),
            ..Package::default()
        };
        let packages = [
            package("boards/b", &["crates/spm", "crates/psa"]),
            package("crates/psa", &[]),
            package("crates/spm", &["crates/psa"]),
        ];
        let picture = draw(&packages);
        assert_eq!(picture.matches("<rect").count(), 3);
        // That of the board on the contract follows from the others.
        assert_eq!(picture.matches("marker-end").count(), 2);
        assert!(picture.contains(">boards/b<") && picture.contains(">spm<"));
        assert_eq!(picture, draw(&packages));
    }
}
