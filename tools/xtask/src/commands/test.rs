// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask test`: host tests, then tests on the device, one summary.

use anyhow::{Context as _, Result};
use builder::attestation::has_tokens;
use builder::device::development_otp;
use builder::firmware::{BuildContext, DEMO, Image, SecureWorld, check_budgets, footprints_of};
use builder::options::{Configured, Selection};
use builder::workspace::{Workspace, read};
use clap::Args;
use runner::device::{Bench, Scenario};
use runner::upgrades::{self, Press};
use runner::variants::{VARIANTS, Variant};
use runner::{
    Tally, break_ins, constant_time, coprocessors, endings, factory, glitches, host, images, kit,
    power_cuts, products, scenarios, swap_cuts, tokens, updates, upgrade_cuts,
};
use std::process::ExitCode;
use std::sync::mpsc::{self, SyncSender};
use std::thread;

/// Run all tests: on the host, then on the device in QEMU
#[derive(Args)]
pub struct Test {
    #[command(flatten)]
    selection: Selection,
    /// Only the tests on the host
    #[arg(long, conflicts_with = "device")]
    host: bool,
    /// Only the tests on the device
    #[arg(long)]
    device: bool,
    /// Only those tests on the device whose name contains this word
    #[arg(long, value_name = "WORD", conflicts_with = "host")]
    only: Option<String>,
    /// Only the long runs: a million arbitrary calls against each model of execution, and a million
    /// images for the boot ROM
    #[arg(long, conflicts_with_all = ["host", "device", "only"])]
    fuzz: bool,
}

/// A built variant.
struct Product<'a> {
    variant: &'a Variant,
    configured: Configured,
    world: SecureWorld,
    image: Image,
}

impl Test {
    /// Runs the tests; fails when one fails or none ran.
    pub fn execute(&self, workspace: &Workspace) -> Result<ExitCode> {
        let mut tally = Tally::default();
        if self.fuzz {
            host::fuzz(workspace, &mut tally)?;
        } else if !self.device && self.only.is_none() {
            host::run(workspace, &mut tally)?;
        }
        if !self.host && !self.fuzz {
            // What keeps the firmware from being built is a failed test, told like the others.
            let outcome = self.on_device(workspace, &mut tally);
            tally.count(
                "the firmware is built for its tests",
                outcome.map_err(|error| format!("{error:#}")),
            );
        }
        Ok(if tally.close() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    /// Builds the variants while what is built already is tested.
    fn on_device(&self, workspace: &Workspace, tally: &mut Tally) -> Result<()> {
        let context = BuildContext::release(workspace, &self.selection, true)?;
        let otp = development_otp(workspace, &context.configured.effective)?;
        let world = context.builder().secure_world()?;
        let suite = context.builder().application(&world, scenarios::SUITE)?;
        thread::scope(|scope| {
            // One variant ahead: what waits longer goes stale in no way, but keeps memory.
            let (sender, products) = mpsc::sync_channel(1);
            let builds = scope.spawn(|| self.build_variants(&context, workspace, sender));
            let outcome = self.plain(workspace, &context, &world, &suite, &otp, tally);
            for product in products {
                self.variant(&product, workspace, tally)?;
            }
            let builds = builds.join().ok().context("building a variant panicked")?;
            outcome.and(builds)
        })?;
        if self.wants(products::NAME) {
            products::run(workspace, tally)?;
        }
        Ok(())
    }

    /// The tests of the plain configuration.
    fn plain(
        &self,
        workspace: &Workspace,
        context: &BuildContext<'_>,
        world: &SecureWorld,
        suite: &Image,
        otp: &[u8],
        tally: &mut Tally,
    ) -> Result<()> {
        let configured = &context.configured;
        let bench = Bench {
            configured,
            world,
            otp,
        };
        if self.wants(constant_time::NAME) {
            let nothing = constant_time::nothing;
            constant_time::run(workspace, &bench, suite, "", nothing, tally);
        }
        let suite = read(&suite.signed)?;
        let mut list = vec![scenarios::suite(&suite), scenarios::interruption(&suite)];
        list.push(scenarios::isolation(&suite));
        list.push(scenarios::storage(&suite));
        list.push(scenarios::keys(&suite));
        list.extend(scenarios::faults(&suite));
        list.push(scenarios::fault_with_full_console(&suite));
        bench.run_all(&self.wanted(list), tally);
        if self.wants(break_ins::NAME) {
            let alone = self.only.as_deref() == Some(break_ins::NAME);
            break_ins::run(&bench, &suite, alone, tally);
        }
        if self.wants(power_cuts::NAME) {
            power_cuts::run(&bench, &suite, tally);
        }

        let budgets = check_budgets(&configured.effective, &footprints_of(world)?);
        tally.count("budgets", budgets.map_err(|error| error.to_string()));
        let demo = context.builder().application(world, DEMO)?;
        let mut list = vec![scenarios::start("our own image", &read(&demo.signed)?)];
        list.extend(images::refused(&configured.effective, &demo)?);
        bench.run_all(&self.wanted(list), tally);
        if self.only.is_none() {
            factory::refuse(workspace, &bench, &read(&demo.signed)?, tally)?;
            images::exchange_with_imgtool(workspace, &bench, &demo, tally)?;
        }
        if self.wants(factory::PROVISIONED) && has_tokens(&configured.effective) {
            factory::provisioned(workspace, &bench, &demo, tally)?;
        }
        if self.wants(tokens::NAME) && has_tokens(&configured.effective) {
            tokens::run(workspace, &bench, &read(&demo.signed)?, tally);
        }
        if self.wants(glitches::NAME) {
            glitches::run(workspace, &bench, tally);
        }
        if self.wants(upgrades::NAME) {
            upgrades::run(workspace, &bench, &demo, tally);
        }
        if self.wants(upgrade_cuts::NAME) {
            let filler_bytes = upgrade_cuts::FILLER_BYTES;
            let press = Press::new(&configured.effective, &demo, filler_bytes)?;
            upgrade_cuts::run(&bench, &press, tally);
        }
        if self.wants(coprocessors::NAME) {
            coprocessors::run(&bench, &read(&demo.signed)?, tally);
        }
        if self.wants(endings::NAME) {
            endings::run(&bench, &self.selection, &demo, tally);
        }
        if self.wants(kit::NAME) {
            kit::run(&context.builder(), world, &bench, tally)?;
        }
        Ok(())
    }

    /// Builds what has a test that is wanted, one after the other, until nobody takes it.
    fn build_variants<'a>(
        &self,
        plain: &BuildContext<'_>,
        workspace: &Workspace,
        sender: SyncSender<Product<'a>>,
    ) -> Result<()> {
        for variant in VARIANTS {
            let traces = format!("{}: {}", variant.name, constant_time::NAME);
            let is_traced = variant.traces.is_some() && self.wants(&traces);
            let signatures = format!("{}: {}", variant.name, images::SIGNATURES);
            let is_signed = variant.has_signatures() && self.wants(&signatures);
            let is_wanted = is_traced || is_signed || self.wants_updates(variant);
            if self.wanted(named(variant, &[])).is_empty() && !is_wanted {
                continue;
            }
            let selection = variant.selection(workspace, &self.selection);
            let context = plain.variant(&selection, variant.name)?;
            let world = context.builder().secure_world()?;
            let image = context.builder().application(&world, variant.application)?;
            let product = Product {
                variant,
                configured: context.configured,
                world,
                image,
            };
            if sender.send(product).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Runs the scenarios of a variant.
    fn variant(
        &self,
        product: &Product<'_>,
        workspace: &Workspace,
        tally: &mut Tally,
    ) -> Result<()> {
        let otp = development_otp(workspace, &product.configured.effective)?;
        let bench = Bench {
            configured: &product.configured,
            world: &product.world,
            otp: &otp,
        };
        let list = named(product.variant, &read(&product.image.signed)?);
        bench.run_all(&self.wanted(list), tally);
        let name = format!("{}: ", product.variant.name);
        if product.variant.has_signatures() {
            let (image, application) = (&product.image, product.variant.application);
            let name = format!("{name}{}: ", images::SIGNATURES);
            let mut list = images::of_another_type(workspace, &bench, image, application)?;
            for scenario in &mut list {
                scenario.name.insert_str(0, &name);
            }
            bench.run_all(&self.wanted(list), tally);
        }
        if let Some(betrays) = product.variant.traces
            && self.wants(&format!("{name}{}", constant_time::NAME))
        {
            constant_time::run(workspace, &bench, &product.image, &name, betrays, tally);
        }
        let effective = &product.configured.effective;
        if effective.text("boot.upgrade") == "swap"
            && product.variant.application == DEMO // others ask for images by themselves
            && self.wants(&format!("{name}{}", swap_cuts::NAME))
        {
            let filler_bytes = upgrade_cuts::FILLER_BYTES;
            let press = Press::new(effective, &product.image, filler_bytes)?;
            swap_cuts::run(&bench, &press, &name, tally);
        }
        if self.wants_updates(product.variant) {
            updates::run(&bench, &product.image, &name, tally);
        }
        Ok(())
    }

    /// Whether a variant is one whose application installs images, and the user asked for it.
    fn wants_updates(&self, variant: &Variant) -> bool {
        let name = format!("{}: {}", variant.name, updates::NAME);
        variant.application == updates::UPDATE && self.wants(&name)
    }

    /// Those scenarios that the user asked for.
    fn wanted(&self, mut list: Vec<Scenario>) -> Vec<Scenario> {
        list.retain(|scenario| self.wants(&scenario.name));
        list
    }

    fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|word| name.contains(word))
    }
}

/// The scenarios of a variant, under its name.
fn named(variant: &Variant, image: &[u8]) -> Vec<Scenario> {
    let mut list = (variant.scenarios)(image);
    for scenario in &mut list {
        scenario.name = format!("{}: {}", variant.name, scenario.name);
    }
    list
}
