// SPDX-License-Identifier: Apache-2.0
//! The tests of the plain configuration, in their order.

use crate::image_series::ImageSeries;
use crate::session::Session;
use crate::test_bed::TestBed;
use crate::{
    Tally, break_ins, constant_time, coprocessors, endings, factory, figures, glitches, images,
    kit, pages, power_cuts, scenarios, tokens, tool, upgrade_cuts, upgrades,
};
use anyhow::Result;
use builder::attestation::has_tokens;
use builder::device::development_otp;
use builder::firmware::{BuildContext, DEMO, Image, SecureWorld, check_budgets, footprints_of};
use builder::workspace::read;

/// What the test of the sizes is called.
const BUDGETS: &str = "budgets";

/// Runs those that are wanted, on the secure world with the suite and with the demonstration.
pub fn run(
    session: &Session<'_>,
    context: &BuildContext<'_>,
    world: &SecureWorld,
    suite: &Image,
    tally: &mut Tally,
) -> Result<()> {
    let otp = development_otp(session.workspace, &context.configured.effective)?;
    let bed = TestBed {
        configured: &context.configured,
        world,
        otp: &otp,
    };
    with_suite(session, &bed, suite, tally)?;
    if session.wanted.has(BUDGETS) {
        let budgets = check_budgets(&context.configured.effective, &footprints_of(world)?);
        tally.check(BUDGETS, budgets);
    }
    let demo = context.builder().application(world, DEMO)?;
    with_demonstration(session, &bed, &demo, tally)?;
    if session.wanted.has(kit::NAME) {
        kit::run(&context.builder(), world, &bed, tally)?;
    }
    if session.wanted.has(pages::NAME) {
        pages::run(session.workspace, tally);
    }
    if session.wanted.has(figures::NAME) && figures::are_those_of_readme(session.selection) {
        figures::run(context, world, tally);
    }
    Ok(())
}

fn with_suite(
    session: &Session<'_>,
    bed: &TestBed<'_>,
    image: &Image,
    tally: &mut Tally,
) -> Result<()> {
    let wanted = &session.wanted;
    if wanted.has(constant_time::NAME) {
        let nothing = constant_time::nothing;
        constant_time::run(session.workspace, bed, image, "", nothing, tally);
    }
    let suite = read(&image.signed)?;
    let mut list = vec![
        scenarios::suite(&suite),
        scenarios::interruption(&suite),
        scenarios::isolation(&suite),
        scenarios::storage(&suite),
        scenarios::keys(&suite),
    ];
    list.extend(scenarios::faults(&suite));
    list.push(scenarios::fault_with_full_console(&suite));
    bed.run_all(&wanted.of(list), tally);
    if wanted.has(break_ins::NAME) {
        break_ins::run(bed, &suite, wanted.is_only(break_ins::NAME), tally);
    }
    if wanted.has(power_cuts::NAME) {
        power_cuts::run(bed, &suite, tally);
    }
    Ok(())
}

fn with_demonstration(
    session: &Session<'_>,
    bed: &TestBed<'_>,
    demo: &Image,
    tally: &mut Tally,
) -> Result<()> {
    let (workspace, wanted) = (session.workspace, &session.wanted);
    let effective = &bed.configured.effective;
    let signed = read(&demo.signed)?;
    let mut list = vec![scenarios::start("our own image", &signed)];
    list.extend(images::refused(effective, demo)?);
    bed.run_all(&wanted.of(list), tally);
    if wanted.is_all() {
        factory::refuse(workspace, bed, &signed, tally)?;
        images::exchange_with_imgtool(workspace, bed, demo, tally)?;
    }
    if wanted.has(factory::PROVISIONED) && has_tokens(effective) {
        factory::provisioned(workspace, bed, demo, tally)?;
    }
    if wanted.has(tokens::NAME) && has_tokens(effective) {
        tokens::run(workspace, bed, &signed, tally);
    }
    if wanted.has(glitches::NAME) {
        glitches::run(workspace, bed, tally);
    }
    if wanted.has(upgrades::NAME) {
        upgrades::run(workspace, bed, demo, tally);
    }
    if wanted.has(upgrade_cuts::NAME) {
        let series = ImageSeries::new(effective, demo, upgrade_cuts::FILLER_BYTES)?;
        upgrade_cuts::run(bed, &series, tally);
    }
    if wanted.has(coprocessors::NAME) && coprocessors::has_device(effective) {
        coprocessors::run(bed, &signed, tally);
    }
    if wanted.has(endings::NAME) {
        endings::run(bed, session.selection, demo, tally);
    }
    if wanted.has(tool::NAME) {
        tool::run(workspace, bed, session.selection, tally);
    }
    Ok(())
}
