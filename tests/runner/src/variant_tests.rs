// SPDX-License-Identifier: Apache-2.0
//! The tests of the variants: built one after the other, each tested on its own secure world.

use crate::image_series::ImageSeries;
use crate::scenario::Scenario;
use crate::session::Session;
use crate::test_bed::TestBed;
use crate::variants::{VARIANTS, Variant};
use crate::wanted::Wanted;
use crate::{
    Tally, constant_time, images, own_loader, silence, swap_cuts, two_images, updates, upgrade_cuts,
};
use anyhow::Result;
use builder::device::development_otp;
use builder::firmware::{BuildContext, Image, SecureWorld};
use builder::options::Configured;
use builder::workspace::read;
use std::path::PathBuf;
use std::sync::mpsc::SyncSender;

/// A built variant.
pub struct Product {
    variant: &'static Variant,
    configured: Configured,
    world: SecureWorld,
    image: Image,
    /// Boot loaders that are not ours ([`own_loader::LOADERS`]).
    loaders: Vec<PathBuf>,
}

impl Product {
    /// Builds each variant that has a test that is wanted, as long as somebody takes them.
    pub fn build_all(
        session: &Session<'_>,
        plain: &BuildContext<'_>,
        sender: SyncSender<Self>,
    ) -> Result<()> {
        for variant in VARIANTS {
            if !has_wanted_tests(variant, &session.wanted) {
                continue;
            }
            let selection = variant.selection(session.workspace, session.selection);
            let context = plain.variant(&selection, variant.name)?;
            let mut world = context.builder().secure_world()?;
            let mut loaders = Vec::new();
            if variant.name == own_loader::VARIANT {
                let names = own_loader::LOADERS;
                loaders = context
                    .builder()
                    .boot_loaders(own_loader::PACKAGE, &names)?;
                world = world.with_loader(loaders.remove(0));
            }
            let image = context.builder().application(&world, variant.application)?;
            let product = Self {
                variant,
                configured: context.configured,
                world,
                image,
                loaders,
            };
            if sender.send(product).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Runs its tests that are wanted.
    pub fn test(
        &self,
        session: &Session<'_>,
        plain: &SecureWorld,
        tally: &mut Tally,
    ) -> Result<()> {
        let (workspace, wanted, variant) = (session.workspace, &session.wanted, self.variant);
        let effective = &self.configured.effective;
        let bed = TestBed {
            configured: &self.configured,
            world: &self.world,
            otp: &development_otp(workspace, effective)?,
        };
        let list = named(variant, &read(&self.image.signed)?);
        bed.run_all(&wanted.of(list), tally);
        if variant.has_signatures() {
            let list = images::of_another_type(workspace, &bed, &self.image, variant.application)?;
            let list = under(&test_name(variant, images::SIGNATURES), list);
            bed.run_all(&wanted.of(list), tally);
        }
        let prefix = format!("{}: ", variant.name);
        if let Some(betrays) = variant.traces
            && wanted.has(&test_name(variant, constant_time::NAME))
        {
            constant_time::run(workspace, &bed, &self.image, &prefix, betrays, tally);
        }
        if variant.name == swap_cuts::VARIANT && wanted.has(&test_name(variant, swap_cuts::NAME)) {
            let series = ImageSeries::new(effective, &self.image, upgrade_cuts::FILLER_BYTES)?;
            swap_cuts::run(&bed, &series, &prefix, tally);
        }
        if variant.name == silence::VARIANT && wanted.has(&test_name(variant, silence::NAME)) {
            let name = test_name(variant, silence::NAME);
            tally.check(&name, silence::check(plain, &self.world));
        }
        for given in &self.loaders {
            if wanted.has(&test_name(variant, own_loader::NAME)) {
                let slot = read(&self.image.signed)?;
                own_loader::run(&bed, &slot, given.clone(), &prefix, tally);
            }
        }
        if variant.name == two_images::VARIANT && wanted.has(&test_name(variant, two_images::NAME))
        {
            two_images::run(workspace, &bed, &self.image, &prefix, tally);
        }
        if has_wanted_updates(variant, wanted) {
            updates::run(&bed, &self.image, &prefix, tally);
        }
        Ok(())
    }
}

fn has_wanted_tests(variant: &Variant, wanted: &Wanted) -> bool {
    let is_traced =
        variant.traces.is_some() && wanted.has(&test_name(variant, constant_time::NAME));
    let is_signed = variant.has_signatures() && wanted.has(&test_name(variant, images::SIGNATURES));
    is_traced
        || is_signed
        || has_wanted_updates(variant, wanted)
        || variant.name == two_images::VARIANT && wanted.has(&test_name(variant, two_images::NAME))
        || variant.name == own_loader::VARIANT && wanted.has(&test_name(variant, own_loader::NAME))
        || variant.name == silence::VARIANT && wanted.has(&test_name(variant, silence::NAME))
        || variant.name == swap_cuts::VARIANT && wanted.has(&test_name(variant, swap_cuts::NAME))
        || !wanted.of(named(variant, &[])).is_empty()
}

/// Whether the application of a variant installs images, and the user asked for that test.
fn has_wanted_updates(variant: &Variant, wanted: &Wanted) -> bool {
    variant.application == updates::UPDATE && wanted.has(&test_name(variant, updates::NAME))
}

fn test_name(variant: &Variant, name: &str) -> String {
    format!("{}: {name}", variant.name)
}

/// The scenarios of a variant, under its name.
fn named(variant: &Variant, image: &[u8]) -> Vec<Scenario> {
    under(variant.name, (variant.scenarios)(image))
}

fn under(name: &str, mut scenarios: Vec<Scenario>) -> Vec<Scenario> {
    for scenario in &mut scenarios {
        scenario.name = format!("{name}: {}", scenario.name);
    }
    scenarios
}
