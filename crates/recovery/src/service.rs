// SPDX-License-Identifier: Apache-2.0
//! The commands: those that a client needs to look at the slots, to put an image into the one
//! from which images are started, and to start the device anew.
//!
//! | group | command | number | |
//! |---|---|---|---|
//! | 0, system | echo | 0 | gives back a text |
//! | | reset | 5 | starts the device anew, after the answer |
//! | | parameters | 6 | the largest message |
//! | 1, images | state | 0 | the list of images; it can't be changed |
//! | | upload | 1 | takes a piece of an image |
//!
//! Nothing here starts anything. What was uploaded is judged by the next start, like every
//! image.

use core::marker::PhantomData;

use boot::{Layout, ParsedImage, Settings, trailer};
use cbor::{Map, Value, Writer, major};
use flash::{Chip, Mapped};

use crate::frame::MESSAGE_BYTES;
use crate::images::Found;
use crate::message::{Code, Operation, Request, put_code};
use crate::upload::Upload;

const ECHO: (u16, u8) = (0, 0);
const RESET: (u16, u8) = (0, 5);
const PARAMETERS: (u16, u8) = (0, 6);
const IMAGES: (u16, u8) = (1, 0);
const UPLOAD: (u16, u8) = (1, 1);

/// What follows an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Further requests.
    Serve,
    /// The device starts anew.
    Reset,
}

/// What the commands work on.
#[derive(Debug)]
pub struct Service<'a, S, F> {
    flash: &'a mut Chip<F>,
    layout: &'a Layout,
    upload: Upload,
    settings: PhantomData<S>,
}

impl<'a, S: Settings, F: Mapped> Service<'a, S, F> {
    pub fn new(flash: &'a mut Chip<F>, layout: &'a Layout) -> Self {
        Self {
            flash,
            layout,
            upload: Upload::default(),
            settings: PhantomData,
        }
    }

    /// Does what a request asks for; the answer is as long as the number says.
    pub fn serve(&mut self, request: &Request<'_>, room: &mut [u8]) -> (usize, Next) {
        let mut next = Next::Serve;
        let answer_bytes = request.answer(room, |writer| {
            let payload = request.payload?;
            match (request.command, request.operation) {
                (ECHO, _) => echo(payload, writer)?,
                (RESET, Operation::Write) => {
                    writer.head(major::MAP, 0);
                    next = Next::Reset;
                }
                (PARAMETERS, Operation::Read) => parameters(writer),
                (IMAGES, Operation::Read) => self.images(writer),
                (UPLOAD, Operation::Write) => {
                    let slot = self.layout.primary;
                    let offset_bytes = self.upload.take::<S>(self.flash, slot, payload)?;
                    writer.head(major::MAP, 2);
                    put_code(writer, 0);
                    writer.text(b"off");
                    writer.unsigned(offset_bytes as u32);
                }
                _ => return Err(Code::NotSupported),
            }
            Ok(())
        });
        (answer_bytes, next)
    }

    /// The images that have the form of one, each judged as a start would judge it.
    #[inline(never)]
    fn images(&self, writer: &mut Writer<'_>) {
        let slots = [self.layout.primary, self.layout.secondary];
        let read = |area| ParsedImage::read(self.flash.bytes(area), S::KINDS);
        writer.head(major::MAP, 1);
        writer.text(b"images");
        let count = slots.into_iter().filter(|area| read(*area).is_ok()).count();
        writer.head(major::ARRAY, count as u32);
        for (slot, area) in (0..).zip(slots) {
            let Ok(parsed) = read(area) else {
                continue;
            };
            let found = Found {
                slot,
                version: parsed.header.version,
                hash: parsed.hash,
                is_bootable: boot::is_acceptable::<S>(self.flash, self.layout, area),
                is_pending: slot > 0 && trailer::requested(self.flash.bytes(area)).is_some(),
            };
            found.write(writer);
        }
    }
}

#[inline(never)]
fn echo(payload: &[u8], writer: &mut Writer<'_>) -> Result<(), Code> {
    for entry in Map::read(payload)? {
        if let (b"d", Value::Text(text)) = entry? {
            writer.head(major::MAP, 1);
            writer.text(b"r");
            writer.text(text);
            return Ok(());
        }
    }
    Err(Code::InvalidValue)
}

#[inline(never)]
fn parameters(writer: &mut Writer<'_>) {
    writer.head(major::MAP, 2);
    writer.text(b"buf_size");
    writer.unsigned(MESSAGE_BYTES as u32);
    writer.text(b"buf_count");
    writer.unsigned(1);
}
