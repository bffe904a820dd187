// SPDX-License-Identifier: Apache-2.0
//! An attempt at a place of the path: the device runs to it, skips the instruction, and is
//! restored.

use super::outcome::{End, Outcome};
use super::path::Way;
use super::trial;
use super::worker::{Moment, Worker};
use anyhow::{Context as _, Result};
use probe::target::Registers;

impl Worker<'_> {
    /// Goes to a position and tries there.
    pub fn try_at(&mut self, way: &Way, position: usize) -> Result<End> {
        self.go_to(way, position)?;
        let moment = self.moment()?;
        let end = trial::skip(self, &moment.registers);
        self.put_back(way, position, &moment, end)
    }

    /// Tries from a moment of one's own, which is that of `position` but for its registers.
    pub fn try_from(&mut self, way: &Way, position: usize, registers: &Registers) -> Result<End> {
        self.go_to(way, position)?;
        let moment = self.moment()?;
        let end = trial::run(self, registers);
        self.put_back(way, position, &moment, end)
    }

    fn put_back(
        &mut self,
        way: &Way,
        position: usize,
        moment: &Moment,
        end: Result<End>,
    ) -> Result<End> {
        let end = match end {
            // QEMU gives up when a fault comes in the handling of a fault.
            Err(_) if self.target.is_gone() => {
                self.power_cycle()
                    .context("after a trial that ended QEMU")?;
                return Ok(End::of(Outcome::LockedUp));
            }
            end => end?,
        };
        let ends_plainly = matches!(end.outcome, Outcome::Refused | Outcome::Converged);
        // Between these two, memory, registers and the rights to flash are all that there is.
        let head = way.first(self.setting.head).unwrap_or(usize::MAX);
        let tail = way.first(self.setting.start).unwrap_or(usize::MAX);
        let is_between = (head..=tail).contains(&position);
        if !is_between || !ends_plainly {
            self.reset()?;
            self.go_to(way, if is_between { head } else { position })?;
        }
        let start = self.setting.memory.start;
        self.target.write(start, &moment.memory)?;
        if self.flash_rights()? != moment.flash_rights {
            self.set_flash_rights(moment.flash_rights)?;
        }
        self.target.set_registers(&moment.registers)?;
        self.setting.restore_flash(&self.flash, &moment.flash)?;
        self.position = position;
        Ok(end)
    }
}
