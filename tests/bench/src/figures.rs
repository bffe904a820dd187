// SPDX-License-Identifier: Apache-2.0
//! Everything that is measured of a configuration, in three runs.

use crate::stacks::Used;
use crate::{boot_run, latency, operations};
use anyhow::Result;
use builder::firmware::{BuildContext, Image, SecureWorld, footprints_of};
use footprint::size::Footprint;

/// Numbers with their names.
pub type Rows = Vec<(String, u64)>;

/// All that was measured.
pub struct Figures {
    /// Instructions of each operation.
    pub counts: Rows,
    /// Bytes of what operations give.
    pub sizes: Rows,
    /// Instructions of the boot, by segment.
    pub boot: boot_run::Rows,
    /// Instructions for which an interrupt waits, by kind of call.
    pub waits: Rows,
    /// Static bounds of the stacks, in bytes.
    pub stacks: Rows,
    /// Bytes of the stacks that were used.
    pub used: Used,
    /// Flash and RAM of the images.
    pub footprints: Vec<(&'static str, Footprint)>,
}

impl Figures {
    /// Builds the applications that measure, and runs them.
    ///
    /// # Errors
    ///
    /// Something can't be built, or the device hangs.
    pub fn measure(context: &BuildContext<'_>, world: &SecureWorld) -> Result<Self> {
        let builder = context.builder();
        let image = builder.application(world, operations::BENCH)?;
        let suite = builder.application(world, latency::SUITE)?;
        let mut used = Used::new();
        let mut run = |image: &Image, arguments: &[&str]| {
            let (workspace, configured) = (context.workspace, &context.configured);
            boot_run::run(workspace, configured, world, image, arguments, &mut used)
        };
        let measured = run(&image, &[operations::BENCH.binary])?;
        let suite_binary = latency::SUITE.binary;
        let interrupted = run(&suite, &[suite_binary, latency::ARGUMENT])?;
        // The faults of this one use the main stack.
        run(&suite, &[suite_binary, latency::ISOLATION])?;
        let (sizes, counts) = parted(operations::counts(&measured.lines));
        Ok(Self {
            counts,
            sizes,
            boot: boot_run::segments(&measured.counts, &image)?,
            waits: latency::counts(&interrupted.lines),
            stacks: world.stacks()?,
            used,
            footprints: footprints_of(world)?,
        })
    }
}

/// What the application measured in bytes, by the name `bytes.NAME`, apart from instructions.
fn parted(counts: Rows) -> (Rows, Rows) {
    let (mut sizes, mut others) = (Rows::new(), Rows::new());
    for (name, number) in counts {
        match name.strip_prefix("bytes.") {
            Some(what) => sizes.push((what.into(), number)),
            None => others.push((name, number)),
        }
    }
    (sizes, others)
}
