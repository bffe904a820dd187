// SPDX-License-Identifier: Apache-2.0
//! The start: the log is read, and a log begins on a flash that holds none.

use super::state::{State, Store};
use crate::{
    configuration::{Configuration, Foreign},
    error::Error,
};

impl<C: Configuration> Store<C> {
    /// Reads the flash, if that was not done before.
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

    /// Begins a log on a flash that holds none.
    fn format(&mut self) -> Result<(), flash::Error> {
        match C::FOREIGN {
            Foreign::Format => self.advance(),
            Foreign::Refuse => {
                let sector = self.blank_sector().ok_or(flash::Error::Failed)?;
                self.open(sector, true).map(|_| ())
            }
        }
    }

    /// A sector that is erased, on a flash that is erased but for interrupted attempts to begin a
    /// log. These attempts erase nothing, so that they leave no traces but in sector headers.
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
