// SPDX-License-Identifier: Apache-2.0
//! Which of the requested upgrades are installed.
//!
//! The decision depends on nothing that an installation changes before its end: on the requests and
//! the secondary slots, and on the primary slot of an image only if that image stays. So a start
//! after a power cut decides alike. A partner that stays is verified as a whole: half a copy must
//! not pass for one.

use flash::{Chip, Mapped};

use super::fit::slots_fit;
use super::{Both, member::Member};
use crate::{Error, Layout, Settings, rollback, trailer, verify_by};

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plan {
    /// There is none.
    Nothing,
    /// The image of so many bytes is copied.
    Install(usize),
    /// It stays, without effect: the other image is not as this one needs it, or this one not as
    /// the other needs it.
    Wait,
    /// It is withdrawn.
    Refuse(Error),
}

/// Decides.
pub(super) fn plan<S: Settings>(
    flash: &Chip<impl Mapped>,
    layouts: &Both<Layout>,
    known: &Both<Member<S>>,
) -> Both<Plan> {
    let [secure, nonsecure] = layouts;
    let [own, other] = known;
    let judged = [judge(flash, secure, own), judge(flash, nonsecure, other)];
    let is_good = judged.map(|plan| matches!(plan, Plan::Install(_)));
    if is_good == [false, false] {
        return judged;
    }
    let old = |layout: &Layout| flash.bytes(layout.primary);
    let new = |layout: &Layout| flash.bytes(layout.secondary);
    let stays = |layout: &Layout, known| verify_by::<S>(old(layout), known).is_ok();
    let fit = |slots| slots_fit(slots, S::KINDS);
    let [secure_plan, nonsecure_plan] = judged;
    let waiting = judged.map(|plan| match plan {
        Plan::Install(_) => Plan::Wait,
        plan => plan,
    });
    let [secure_waits, nonsecure_waits] = waiting;
    if is_good == [true, true] && fit([new(secure), new(nonsecure)]) {
        judged
    } else if matches!(secure_plan, Plan::Install(_))
        && fit([new(secure), old(nonsecure)])
        && stays(nonsecure, other)
    {
        [secure_plan, nonsecure_waits]
    } else if matches!(nonsecure_plan, Plan::Install(_))
        && fit([old(secure), new(nonsecure)])
        && stays(secure, own)
    {
        [secure_waits, nonsecure_plan]
    } else {
        waiting
    }
}

/// What becomes of a request as far as it does not depend on the other image.
#[inline(never)] // for each image
fn judge<S: Settings>(flash: &Chip<impl Mapped>, layout: &Layout, known: &Member<S>) -> Plan {
    let Some(slot) = trailer::requested(flash.bytes(layout.secondary)) else {
        return Plan::Nothing;
    };
    match verify_by::<S>(slot, known) {
        Err(error) => Plan::Refuse(error),
        Ok(image) if image.image_bytes() > layout.primary.size_bytes => {
            Plan::Refuse(Error::WrongImageSize)
        }
        Ok(image)
            if rollback::raises::<S>(image.security_counter(), known.known.security_counter)
                && !rollback::has_room_for_two(flash.bytes(layout.otp)) =>
        {
            Plan::Refuse(Error::CounterExhausted)
        }
        Ok(image) => Plan::Install(image.image_bytes()),
    }
}
