// SPDX-License-Identifier: Apache-2.0
//! The figures as tables, ours beside the reference's.

use super::memory;
use builder::firmware::{Deepest, Footprints, reference};
use builder::report;
use builder::table::{self, grouped};
use footprint::size::Footprint;

/// Flash and RAM of each image by component, and who has the RAM.
pub fn print_images(footprints: &Footprints) {
    for (name, image) in footprints {
        print(name, image);
        report::say("");
    }
    for (name, image) in footprints {
        print_owners(name, image);
        report::say("");
    }
}

/// The bound of each stack; `calls`: with the calls that lead to it.
pub fn print_stacks(stacks: &[(String, Deepest)], calls: bool) {
    for (name, deepest) in stacks {
        let bytes = deepest.bytes;
        report::say(format_args!(
            "stack {name}: at most {bytes} bytes, proven from the calls"
        ));
        for (function, bytes) in deepest.path.iter().filter(|_| calls) {
            report::say(format_args!("{bytes:7}  {function}"));
        }
    }
}

/// Ours beside the reference's, flash / RAM.
fn print(name: &str, image: &Footprint) {
    let pair = |(flash, ram): (u64, u64)| format!("{} / {}", grouped(flash), grouped(ram));
    let row = |name: &str, flash: u64, ram: u64, known: &[(&str, [(u64, u64); 2])]| {
        let theirs = known.iter().find(|(row, _)| *row == name);
        let theirs = theirs.map_or(["-".into(), "-".into()], |(_, sizes)| sizes.map(pair));
        [
            vec![name.into(), grouped(flash), grouped(ram)],
            theirs.to_vec(),
        ]
        .concat()
    };
    let components = if name == "secure" {
        reference::COMPONENTS
    } else {
        &[]
    };
    let mut rows = vec![row(name, image.flash, image.ram, reference::IMAGES)];
    rows.extend(image.components.iter().map(|(component, size)| {
        let mut row = row(component, size.flash, size.ram, components);
        row[0] = format!("  {component}");
        row
    }));
    let head = ["image", "flash", "RAM", "v1.6 Library", "v2.1.5 SFN"].map(String::from);
    table::print(&head, &rows);
}

/// RAM by component and field.
fn print_owners(name: &str, image: &Footprint) {
    let mut rows = Vec::new();
    for owner in memory::owners(image) {
        rows.push(vec![owner.component, grouped(owner.bytes), String::new()]);
        rows.extend(owner.parts.iter().map(|part| {
            let elements = part.count.filter(|count| *count > 1 && *count < part.bytes);
            let elements = elements.map_or(String::new(), |count| {
                format!("{count} of {}", part.bytes / count)
            });
            vec![format!("  {}", part.name), grouped(part.bytes), elements]
        }));
    }
    let head = [format!("RAM of {name}"), "bytes".into(), String::new()];
    table::print(&head, &rows);
}
