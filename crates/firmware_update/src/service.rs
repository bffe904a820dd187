// SPDX-License-Identifier: Apache-2.0
//! From messages to states (PSA Firmware Update API 1.0, chapter 4.3, "State model").
//!
//! | call | from | to |
//! |---|---|---|
//! | start | ready | writing |
//! | write | writing | writing |
//! | finish | writing | candidate |
//! | cancel | writing, candidate | failed |
//! | install | candidate | staged |
//! | reject | staged | failed |
//! | accept | trial | updated |
//! | reject | trial | rejected |
//! | clean | failed, updated | ready |
//!
//! Each other pair is answered by `BAD_STATE` and changes nothing. What a message says is checked
//! before the state: an answer about the state is one to a call that could have been right.

use psa::update::{self, COMPONENT, Info, SUCCESS_REBOOT, State};
use psa::update::{
    BLOCK_INPUT, COMPONENT_INPUT, ERROR_INPUT, INFO_OUTPUT, LONGEST_WRITE_BYTES, MANIFEST_INPUT,
    OFFSET_INPUT, WRITE_ALIGNMENT_BYTES,
};
use psa::{Message, Status};

use crate::{FirmwareUpdate, UpdateSlots};

const START: i32 = update::START as i32;
const WRITE: i32 = update::WRITE as i32;
const FINISH: i32 = update::FINISH as i32;
const CANCEL: i32 = update::CANCEL as i32;
const INSTALL: i32 = update::INSTALL as i32;
const CLEAN: i32 = update::CLEAN as i32;
const REJECT: i32 = update::REJECT as i32;
const REQUEST_REBOOT: i32 = update::REQUEST_REBOOT as i32;
const ACCEPT: i32 = update::ACCEPT as i32;
const QUERY: i32 = update::QUERY as i32;

/// Where the header of an image has its version.
const VERSION_OFFSET_BYTES: usize = 20;

impl<S: UpdateSlots> FirmwareUpdate<S> {
    /// Serves one message.
    pub(crate) fn serve(&mut self, message: &mut impl Message) -> Result<Status, Status> {
        let kind = message.message_type();
        if matches!(kind, START | WRITE | FINISH | CANCEL | CLEAN | QUERY) {
            let [component] = take(message, COMPONENT_INPUT)?;
            if component != COMPONENT {
                return Err(Status::DOES_NOT_EXIST);
            }
        }
        match (kind, self.state) {
            (QUERY, _) => self.query(message)?,
            (START, _) if message.in_size(MANIFEST_INPUT) != 0 => {
                return Err(Status::INVALID_ARGUMENT); // the manifest is in the image
            }
            (START, State::Ready) => {
                self.withdraw().map_err(failure)?;
                self.erased_bytes = 0;
                self.state = State::Writing;
            }
            (WRITE, state) => self.write(message, state)?,
            (FINISH, State::Writing) => {
                self.complete().map_err(failure)?;
                self.state = State::Candidate;
            }
            (CANCEL, State::Writing | State::Candidate) => self.fail(Status::SUCCESS),
            (INSTALL, State::Candidate) => {
                if let Err(error) = self.request() {
                    self.fail(failure(error));
                    return Err(failure(error));
                }
                self.state = State::Staged;
                return Ok(SUCCESS_REBOOT);
            }
            (REJECT, state) => {
                let error = Status(i32::from_le_bytes(take(message, ERROR_INPUT)?));
                match state {
                    State::Staged => {
                        self.withdraw().map_err(failure)?;
                        self.fail(error);
                    }
                    // What is not confirmed goes back by itself.
                    State::Trial if Self::HAS_TRIAL => {
                        self.error = error;
                        self.state = State::Rejected;
                        return Ok(SUCCESS_REBOOT);
                    }
                    _ => return Err(Status::BAD_STATE),
                }
            }
            (ACCEPT, State::Trial) if Self::HAS_TRIAL => {
                self.confirm().map_err(failure)?;
                self.state = State::Updated;
            }
            (CLEAN, State::Failed | State::Updated) => {
                self.withdraw().map_err(failure)?;
                self.state = State::Ready;
            }
            (REQUEST_REBOOT, _) => S::reset(),
            (START | FINISH | CANCEL | INSTALL | CLEAN | ACCEPT, _) => {
                return Err(Status::BAD_STATE);
            }
            _ => return Err(Status::NOT_SUPPORTED),
        }
        Ok(Status::SUCCESS)
    }

    fn fail(&mut self, error: Status) {
        self.error = error;
        self.state = State::Failed;
    }

    /// Puts a block where it belongs in the image.
    fn write(&mut self, message: &mut impl Message, state: State) -> Result<(), Status> {
        let offset_bytes = u32::from_le_bytes(take(message, OFFSET_INPUT)?) as usize;
        let block_bytes = message.in_size(BLOCK_INPUT);
        let room_bytes = self.room_bytes().saturating_sub(offset_bytes);
        if !offset_bytes.is_multiple_of(WRITE_ALIGNMENT_BYTES)
            || !(1..=LONGEST_WRITE_BYTES.min(room_bytes)).contains(&block_bytes)
        {
            return Err(Status::INVALID_ARGUMENT);
        }
        if state != State::Writing {
            return Err(Status::BAD_STATE);
        }
        self.store(offset_bytes, block_bytes, |piece| {
            message.read(BLOCK_INPUT, piece)
        })
        .map_err(failure)
    }

    fn query(&mut self, message: &mut impl Message) -> Result<(), Status> {
        if message.out_size(INFO_OUTPUT) != Info::BYTES {
            return Err(Status::PROGRAMMER_ERROR);
        }
        let version = S::running_image().get(VERSION_OFFSET_BYTES..);
        let version = version.and_then(<[u8]>::first_chunk);
        let info = Info {
            state: self.state,
            error: self.error,
            version: version.copied().unwrap_or_default(),
            largest_image_bytes: self.room_bytes() as u32,
            flags: update::FLAG_VOLATILE_STAGING,
        };
        message.write(INFO_OUTPUT, info.to_words().as_flattened())
    }
}

const fn failure(_: flash::Error) -> Status {
    Status::STORAGE_FAILURE
}

/// The value of an input vector of exactly this size.
fn take<const BYTES: usize>(
    message: &mut impl Message,
    index: usize,
) -> Result<[u8; BYTES], Status> {
    let mut value = [0; BYTES];
    if message.in_size(index) == BYTES && message.read(index, &mut value) == BYTES {
        Ok(value)
    } else {
        Err(Status::PROGRAMMER_ERROR)
    }
}
