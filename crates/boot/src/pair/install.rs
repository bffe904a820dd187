// SPDX-License-Identifier: Apache-2.0
//! Installs what is planned, and records in OTP what stays.

use flash::{Chip, Mapped};
use provisioning::log;

use super::fit::slots_fit;
use super::plan::{Plan, plan};
use super::{Both, Refused, member::Member};
use crate::copy::{Position, copy};
use crate::keys::{self, Keys as _};
use crate::{Error, Layout, ParsedImage, Settings, Upgrade, request, rollback, verify_by};

/// Carries out the requests. What it returns is for the console; the images are not verified.
pub(super) fn install<S: Settings>(
    flash: &mut Chip<impl Mapped>,
    layouts: &Both<Layout>,
    known: &Both<Member<S>>,
) -> Result<Both<Upgrade>, Refused> {
    let plans = plan(flash, layouts, known);
    for (layout, plan) in layouts.iter().zip(plans) {
        let beginning_of = |slot| Position {
            slot,
            offset_bytes: 0,
        };
        match plan {
            Plan::Install(image_bytes) => {
                let (from, to) = (beginning_of(layout.secondary), beginning_of(layout.primary));
                copy(flash, from, to, image_bytes)?;
            }
            Plan::Refuse(_) => request::withdraw(flash, layout)?,
            Plan::Nothing | Plan::Wait => {}
        }
    }
    let upgrades = plans.map(|plan| match plan {
        Plan::Nothing => Upgrade::NotRequested,
        Plan::Install(_) => Upgrade::Installed,
        Plan::Wait => Upgrade::Refused(Error::DependencyNotMet),
        Plan::Refuse(error) => Upgrade::Refused(error),
    });
    if upgrades.contains(&Upgrade::Installed) || has_news(flash, layouts, known) {
        complete(flash, layouts, known)?;
        for (layout, upgrade) in layouts.iter().zip(upgrades) {
            if upgrade == Upgrade::Installed {
                request::withdraw(flash, layout)?;
            }
        }
    }
    Ok(upgrades)
}

/// What an image that stays changes in OTP.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Changes {
    security_counter: Option<u32>,
    revokes_first: bool,
}

impl Changes {
    fn of<S: Settings>(known: &Member<S>, image: &ParsedImage<'_>) -> Self {
        let counter = image.security_counter;
        let is_raised = rollback::raises::<S>(counter, known.known.security_counter);
        Self {
            security_counter: is_raised.then_some(counter),
            revokes_first: known.known.keys.are_to_change::<S::Compression>(image),
        }
    }

    const fn are_any(self) -> bool {
        self.security_counter.is_some() || self.revokes_first
    }
}

/// Whether an image in a primary slot claims to change something.
fn has_news<S: Settings>(
    flash: &Chip<impl Mapped>,
    layouts: &Both<Layout>,
    known: &Both<Member<S>>,
) -> bool {
    let mut each = layouts.iter().zip(known);
    each.any(|(layout, known)| {
        let claimed = ParsedImage::read_of_pair(flash.bytes(layout.primary), S::KINDS);
        claimed.is_ok_and(|image| Changes::of(known, &image).are_any())
    })
}

/// Verifies the pair in its place, and then records its counters.
fn complete<S: Settings>(
    flash: &mut Chip<impl Mapped>,
    layouts: &Both<Layout>,
    known: &Both<Member<S>>,
) -> Result<(), Refused> {
    let mut changes = [None; 2];
    let each = layouts.iter().zip(known).zip(Refused::NAMES);
    for (((layout, known), name), changes) in each.zip(&mut changes) {
        let image = verify_by::<S>(flash.bytes(layout.primary), known)
            .map_err(|error| Refused::image(name, error))?;
        *changes = Some(Changes::of(known, image.parsed()));
    }
    let slots = layouts.each_ref().map(|layout| flash.bytes(layout.primary));
    if !slots_fit(slots, S::KINDS) {
        return Err(Refused::image(Refused::PAIR, Error::DependencyNotMet));
    }
    // Each by its own call: a pointer to a function would leave the stack without a bound.
    let [secure, nonsecure] = changes;
    let [layout, _] = layouts;
    if let Some(counter) = secure.and_then(|changes| changes.security_counter) {
        rollback::append(flash, layout.otp, &log::encode(counter))?;
    }
    if let Some(counter) = nonsecure.and_then(|changes| changes.security_counter) {
        rollback::append(flash, layout.otp, &log::encode_second(counter))?;
    }
    let mut both = [secure, nonsecure].into_iter().flatten();
    if both.any(|changes| changes.revokes_first) {
        keys::revoke_first(flash, layout.otp)?;
    }
    Ok(())
}
