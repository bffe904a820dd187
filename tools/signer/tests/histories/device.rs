// SPDX-License-Identifier: Apache-2.0
//! A device that goes through a history, beside a model of it.

use boot::{Mode, Refusal, Upgrade};

use crate::common::board::{Board, LAYOUT};
use crate::common::model::{Images, Model, Standing};
use crate::table::Act::{self, Confirm, Load, LoadDamaged, Start};

/// The security counter of the device.
const COUNTER: u32 = 5;

/// What came of a start.
type Outcome = Result<(u8, Upgrade), Refusal>;

/// A device and what it should be.
#[derive(Clone)]
pub struct Device {
    pub board: Board,
    pub model: Model,
}

impl Device {
    pub fn new(images: &Images, mode: Mode, primary: Option<u8>) -> Self {
        let bytes = primary.map_or(&[][..], |version| &images.get(version).bytes);
        Self {
            board: Board::new(bytes, COUNTER),
            model: Model::new(mode, primary, COUNTER),
        }
    }

    /// Does it. The power may go: then the rest is not done, and the model is as before.
    pub fn act(&mut self, images: &Images, act: Act, name: &str) {
        let image = |version| images.get(version).bytes.clone();
        match act {
            Load(version, request) => {
                let _ = self.board.load(&image(version), request);
                self.look(images);
            }
            LoadDamaged(version, request) => {
                let mut bytes = image(version);
                bytes[400] ^= 8;
                let _ = self.board.load(&bytes, Some(request));
                self.look(images);
            }
            Confirm => {
                let _ = self.board.confirm();
                let is_on_trial = self.board.is_on_trial();
                if !is_on_trial {
                    self.model.standing = Standing::Settled;
                }
            }
            Start(..) => {
                let outcome = self.board.start_in(self.model.mode);
                if self.board.0.is_off() {
                    assert_eq!(outcome, Err(Refusal::Flash), "{name}");
                    return;
                }
                let said = self.model.start(images);
                if let Ok((_, upgrade)) = outcome {
                    assert_eq!(Model::word(upgrade), said, "{name}");
                }
                self.check(outcome, name);
            }
        }
    }

    /// What the application left in the secondary slot, if the power went.
    fn look(&mut self, images: &Images) {
        self.model.secondary = images.version_in(self.board.area(LAYOUT.secondary));
        self.model.request = self.board.asked_for();
    }

    /// Whether the device is as the model after a start.
    fn is(&self, model: &Model, outcome: Outcome) -> bool {
        let is_on_trial = self.board.is_on_trial();
        let starts = match (outcome, model.primary) {
            (Ok((version, _)), Some(primary)) => version == primary,
            (Err(Refusal::Image(_)), None) => true,
            _ => false,
        };
        starts
            && is_on_trial == (model.standing != Standing::Settled)
            && self.board.security_counter() == model.counter
            && self.board.asked_for() == model.request
    }

    fn check(&self, outcome: Outcome, name: &str) {
        let (model, counter) = (&self.model, self.board.security_counter());
        let is = self.is(model, outcome);
        assert!(
            is,
            "{name}: {outcome:?}, counter {counter} instead of {model:?}"
        );
    }

    /// Starts after a cut, perhaps cut again, until the power lasts. A start that was cut is done
    /// again; a trial may have been over with it.
    pub fn recover(&mut self, images: &Images, was_start: bool, name: &str) {
        self.board.0.power_on();
        let outcome = self.board.start_in(self.model.mode);
        self.model.start(images);
        let may_be_over = was_start && matches!(self.model.standing, Standing::Trial { .. });
        if may_be_over && !self.is(&self.model, outcome) {
            self.model.start(images);
        }
        self.check(outcome, name);
    }
}
