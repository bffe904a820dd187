// SPDX-License-Identifier: Apache-2.0
//! Used bytes of each stack, for comparison with the static bound.
//!
//! The plug-in watches what the code of an image writes between the ends of its stacks, so the
//! measure costs the firmware nothing. What the processor pushes by itself is not seen: the
//! frame of an interrupt or a fault, for which the static bound has room.

use super::counts::lines;
use anyhow::Result;
use builder::firmware::{Linked, SecureWorld};
use builder::workspace::read;
use configure::Effective;
use std::collections::BTreeMap;
use std::ops::Range;

/// Used bytes by the name of the stack, as [`SecureWorld::stacks`] names them.
pub type Used = BTreeMap<String, u64>;

/// A stack and the code that uses it.
pub struct Watch {
    name: &'static str,
    code: Range<u64>,
    memory: Range<u64>,
}

impl Watch {
    /// The argument of the plug-in.
    pub fn argument(&self) -> String {
        format!(
            "watch={}:{:#x}:{:#x}:{:#x}:{:#x}",
            self.name, self.code.start, self.code.end, self.memory.start, self.memory.end
        )
    }
}

/// The stacks of boot ROM and secure image.
pub fn watches(effective: &Effective, world: &SecureWorld) -> Result<Vec<Watch>> {
    let (boot, secure) = (read(world.boot_elf()?)?, read(&world.secure_elf)?);
    let (boot, secure) = (Linked::parse(&boot)?, Linked::parse(&secure)?);
    let boot_start = effective.number("memory.boot_code.origin");
    let boot_code = boot_start..boot_start + effective.number("memory.boot_code.size_bytes");
    let secure_code = effective.image_address()..world.nonsecure_start;
    let stack = |name, code: &Range<u64>, image: &Linked<'_>, which| {
        let symbol = |end| image.symbol(&format!("__{which}_stack_{end}"));
        anyhow::Ok(Watch {
            name,
            code: code.clone(),
            memory: symbol("limit")?..symbol("idle")?,
        })
    };
    Ok(vec![
        stack("boot_main", &boot_code, &boot, "main")?,
        stack("secure_process", &secure_code, &secure, "process")?,
        stack("secure_main", &secure_code, &secure, "main")?,
    ])
}

/// Takes what the plug-in wrote into `used`, where it is more than what is there.
pub fn collect(counts: &str, watches: &[Watch], used: &mut Used) -> Result<()> {
    for (name, bytes) in lines(counts)? {
        if watches.iter().any(|watch| watch.name == name) {
            let most = used.entry(name.into()).or_default();
            *most = bytes.max(*most);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_of_several_runs_counts() {
        let watches = [Watch {
            name: "main",
            code: 1..2,
            memory: 0x30..0x40,
        }];
        assert_eq!(watches[0].argument(), "watch=main:0x1:0x2:0x30:0x40");
        let mut used = Used::new();
        for counts in ["boot_reset 99\nmain 8\nend 500\n", "main 12\n", "main 4\n"] {
            collect(counts, &watches, &mut used).unwrap();
        }
        assert_eq!(used, Used::from([("main".to_string(), 12)]));
    }
}
