// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate fault`: the addresses of a fault line as functions and source lines, the
//! partition by its name. Only a line of non-secure code has an `lr`.

use addr2line::Loader;
use anyhow::{Context as _, Result, anyhow, bail};
use builder::options::Selection;
use builder::program;
use builder::report;
use builder::workspace::{Workspace, read};
use clap::Args;
use configure::partitions::Partition;
use object::{Object as _, ObjectSection as _, SectionKind};
use serde_json::{Value, json};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Turn the addresses of a fault line into functions and source lines
///
/// Takes the line that the device printed, as arguments or from standard input; other lines are
/// ignored. The images are those of the last build.
#[derive(Args)]
pub struct Fault {
    /// The line, for example: fault: SecureFault AUVIOL pc 0x80102d98 lr 0x80102ced
    line: Vec<String>,
    /// Print one JSON object for each line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    selection: Selection,
}

/// The images in which an address may lie.
const IMAGES: [&str; 3] = ["boot.elf", "secure.elf", "nonsecure.elf"];
/// The words of a fault line before an address of code.
const CODE_ADDRESSES: [&str; 2] = ["pc", "lr"];

/// An address of code, found in an image.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    image: String,
    function: String,
    location: String,
}

impl Fault {
    /// Reads, finds, prints.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let text = if self.line.is_empty() {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            text
        } else {
            self.line.join(" ")
        };
        let chosen = self.selection.load(workspace)?;
        let profile = self.selection.profile_name(workspace);
        let folder = workspace.folder(&[chosen.text("board.name"), &profile])?;
        let images: Vec<_> = IMAGES.iter().map(|name| folder.join(name)).collect();
        if let Some(missing) = images.iter().find(|image| !image.exists()) {
            bail!(
                "{} is not there: type `{} build`",
                missing.display(),
                program::name()
            );
        }
        let lines: Vec<_> = text
            .lines()
            .filter(|line| line.contains("fault: "))
            .collect();
        if lines.is_empty() {
            bail!("no line of a fault: it begins with `fault: ` and names a pc");
        }
        let effective = configure::resolved(&workspace.root, &folder.join("config.toml"))?;
        lines
            .iter()
            .try_for_each(|line| self.explain(line, &images, effective.partitions()))
    }

    fn explain(&self, line: &str, images: &[PathBuf], partitions: &[Partition]) -> Result<()> {
        let mut found = json!({ "line": line });
        if !self.json {
            report::say(line);
        }
        for (name, address) in code_addresses(line) {
            let place = find(images, address)?;
            if self.json {
                found[name] = object(address, place.as_ref());
            } else {
                report::say(described(name, address, place.as_ref()));
            }
        }
        if let Some(id) = partition_id(line) {
            let known = partitions.iter().find(|partition| partition.id == id);
            let name = known.map(|partition| partition.name.as_str());
            if self.json {
                found["partition"] = json!({ "id": id, "name": name });
            } else {
                let name = name.unwrap_or("none of this firmware");
                report::say(format_args!("  in partition {id}, {name}"));
            }
        }
        if self.json {
            report::say(found);
        }
        Ok(())
    }
}

fn object(address: u32, place: Option<&Place>) -> Value {
    json!({
        "address": address,
        "image": place.map(|place| &place.image),
        "function": place.map(|place| &place.function),
        "location": place.map(|place| &place.location),
    })
}

fn described(name: &str, address: u32, place: Option<&Place>) -> String {
    match place {
        Some(Place {
            image,
            function,
            location,
        }) => {
            format!(
                "  {name} {address:#010x}  {function}\n{:17}{location} ({image})",
                ""
            )
        }
        None => format!("  {name} {address:#010x}  in none of the images"),
    }
}

/// The addresses of code that the line names.
fn code_addresses(line: &str) -> Vec<(&str, u32)> {
    let words: Vec<_> = line.split_whitespace().collect();
    let named = words.windows(2).filter_map(|pair| {
        let digits = pair[1].strip_prefix("0x")?;
        let address = u32::from_str_radix(digits, 16).ok()?;
        CODE_ADDRESSES
            .contains(&pair[0])
            .then_some((pair[0], address))
    });
    named.collect()
}

/// The partition that the line names; there is none before the first call.
fn partition_id(line: &str) -> Option<i32> {
    let (_, behind) = line.split_once(" to partition 0x")?;
    let digits = behind.split_whitespace().next()?;
    let id = i32::from_str_radix(digits, 16).ok()?;
    (id != 0).then_some(id)
}

/// The function and line of `address`, whose lowest bit says only that it is Thumb code.
fn find(images: &[PathBuf], address: u32) -> Result<Option<Place>> {
    let address = u64::from(address & !1);
    for image in images {
        if !holds_code_at(image, address)? {
            continue;
        }
        let loader = Loader::new(image)
            .map_err(|error| anyhow!("{error}"))
            .with_context(|| image.display().to_string())?;
        let Some(symbol) = loader.find_symbol(address) else {
            continue;
        };
        let function = addr2line::demangle_auto(symbol.into(), None).into_owned();
        let location = loader
            .find_location(address)
            .ok()
            .flatten()
            .and_then(|location| {
                Some(format!("{}:{}", location.file?, location.line.unwrap_or(0)))
            });
        let name = image
            .file_name()
            .map_or_else(String::new, |name| Path::new(name).display().to_string());
        return Ok(Some(Place {
            image: name,
            function,
            location: location.unwrap_or_else(|| "no line known".into()),
        }));
    }
    Ok(None)
}

/// Whether a section of code in the image covers `address`: the loader would answer with the
/// nearest symbol below, however far.
fn holds_code_at(image: &Path, address: u64) -> Result<bool> {
    let bytes = read(image)?;
    let file = object::File::parse(bytes.as_slice())?;
    Ok(file.sections().any(|section| {
        section.kind() == SectionKind::Text
            && (section.address()..section.address() + section.size()).contains(&address)
    }))
}

#[cfg(test)]
mod tests {
    use super::{code_addresses, partition_id};

    #[test]
    fn a_line_names_program_counter_and_return_address() {
        let line =
            "fault: SecureFault AUVIOL pc 0x80102d98 lr 0x80102ced address 0x38000000 by non";
        assert_eq!(
            code_addresses(line),
            [("pc", 0x8010_2d98), ("lr", 0x8010_2ced)]
        );
    }

    #[test]
    fn what_is_no_address_is_passed_over() {
        for line in [
            "",
            "pc",
            "pc 0x",
            "pc 12",
            "pc 0x123456789",
            "lr 0xzz",
            "fault: HardFault",
            "fault: UsageFault STKOF pc unknown by secure thread",
        ] {
            assert_eq!(code_addresses(line), [], "{line}");
        }
    }

    #[test]
    fn a_line_names_the_partition_that_served_the_call() {
        let line =
            |id: &str| format!("fault: BusFault in call 0x1 of client 0x2 to partition {id}");
        assert_eq!(partition_id(&line("0x00000103")), Some(259));
        assert_eq!(partition_id(&line("0x00000000")), None);
        assert_eq!(partition_id(&line("0x")), None);
        assert_eq!(partition_id("fault: HardFault pc 0x1"), None);
    }
}
