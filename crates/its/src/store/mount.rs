// SPDX-License-Identifier: Apache-2.0
//! The start: reads the log, or begins one on a flash without a log.

use super::state::{State, Store};
use crate::{
    configuration::{Configuration, Foreign},
    error::Error,
};

impl<C: Configuration> Store<C> {
    /// Reads the flash, unless that is done already.
    pub(crate) fn mount(&mut self) -> Result<(), Error> {
        if self.state != State::Mounted {
            if !self.read_log()? {
                self.format()?;
            }
            if self.state == State::Failed {
                self.close();
            }
            self.state = State::Mounted;
        }
        Ok(())
    }

    /// Begins a log on a flash without one.
    fn format(&mut self) -> Result<(), flash::Error> {
        match C::FOREIGN {
            Foreign::Format => self.advance(),
            Foreign::Refuse => {
                let sector = self.blank_sector().ok_or(flash::Error::Failed)?;
                self.open(sector, true).map(|_| ())
            }
        }
    }

    /// An erased sector, on a flash that is erased except for interrupted attempts to begin a log.
    /// Such an attempt erases nothing, so it leaves traces in sector headers only.
    fn blank_sector(&self) -> Option<u32> {
        let layout = self.layout();
        let mut found = None;
        let mut sector = 0;
        while sector < layout.area_bytes() {
            let next = sector.wrapping_add(layout.sector_bytes);
            if !self.is_erased(self.first_slot(sector), next) {
                return None;
            }
            if found.is_none() && self.is_erased(sector, next) {
                found = Some(sector);
            }
            sector = next;
        }
        found
    }
}
