// SPDX-License-Identifier: Apache-2.0
//! Persistent keys in Internal Trusted Storage.
//!
//! Each key is one object, whose uid has the owner in its upper half. Other clients can't reach
//! these objects: for the storage service their owner is this partition.

use psa::storage::{CreateFlags, GET, REMOVE, SET};
use psa::{
    ClientId, Framework, OutVector, Status, crypto::KeyId, service::INTERNAL_TRUSTED_STORAGE,
};

use crate::error::Error;

const REPLACEABLE: [u8; 4] = CreateFlags::NONE.0.to_le_bytes();
const FOR_GOOD: [u8; 4] = CreateFlags::WRITE_ONCE.0.to_le_bytes();

/// The object of one key.
pub(crate) struct Object<'a, F> {
    framework: &'a F,
    uid: [[u8; 4]; 2],
}

impl<'a, F: Framework> Object<'a, F> {
    /// The object of the key that `owner` calls `id`.
    pub(crate) fn of(owner: ClientId, framework: &'a F, id: KeyId) -> Self {
        Self {
            framework,
            uid: [id.0.to_le_bytes(), owner.value().to_le_bytes()],
        }
    }

    /// Reads as many bytes as fit in `room` and returns the number. The storage service checks the
    /// whole object.
    #[inline(always)] // a frame less above the storage
    pub(crate) fn get(&self, room: &mut [u8]) -> Result<usize, Error> {
        let mut outputs = [OutVector::new(room)];
        self.call(GET, &[self.uid.as_flattened(), &[0; 4]], &mut outputs)?;
        let [output] = outputs;
        Ok(output.written().len())
    }

    /// Creates the object, whole or not at all.
    pub(crate) fn set(&self, object: &[u8], for_good: bool) -> Result<(), Error> {
        let flags = if for_good { &FOR_GOOD } else { &REPLACEABLE };
        self.call(SET, &[self.uid.as_flattened(), object, flags], &mut [])
    }

    pub(crate) fn remove(&self) -> Result<(), Error> {
        self.call(REMOVE, &[self.uid.as_flattened()], &mut [])
    }

    #[inline(never)]
    fn call(
        &self,
        message_type: i16,
        inputs: &[&[u8]],
        outputs: &mut [OutVector<'_>],
    ) -> Result<(), Error> {
        let handle = INTERNAL_TRUSTED_STORAGE.handle();
        match self.framework.call(handle, message_type, inputs, outputs) {
            Status::SUCCESS => Ok(()),
            Status::DOES_NOT_EXIST => Err(Error::InvalidHandle),
            Status::NOT_PERMITTED => Err(Error::NotPermitted),
            Status::INSUFFICIENT_STORAGE => Err(Error::InsufficientStorage),
            Status::DATA_CORRUPT => Err(Error::DataCorrupt),
            // A client can't do anything about other errors of the storage service.
            _ => Err(Error::StorageFailure),
        }
    }
}
