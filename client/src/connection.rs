// SPDX-License-Identifier: Apache-2.0
//! Connections: `psa_connect` and `psa_close` for services that keep state for each client (FF-M
//! 1.1, client API).

use psa::{Handle, Status};

use crate::gateway::{Gateway, InVector, OutVector, call};

/// An open connection. Dropping it closes it (`psa_close`).
#[derive(Debug)]
pub struct Connection<'a, G: Gateway> {
    gateway: &'a G,
    handle: Handle,
}

impl<'a, G: Gateway> Connection<'a, G> {
    /// Opens a connection (`psa_connect`).
    ///
    /// # Errors
    /// Those of [`Gateway::connect`].
    pub fn open(gateway: &'a G, sid: u32, version: u32) -> Result<Self, Status> {
        let handle = gateway.connect(sid, version)?;
        Ok(Self { gateway, handle })
    }

    /// Calls the service (`psa_call`).
    ///
    /// # Errors
    /// Those of [`call`]. After `PROGRAMMER_ERROR` the service may have ended the connection.
    pub fn call(
        &self,
        message_type: i16,
        inputs: &[InVector<'_>],
        outputs: &mut [OutVector<'_>],
    ) -> Result<(), Status> {
        call(self.gateway, self.handle, message_type, inputs, outputs)
    }
}

impl<G: Gateway> Drop for Connection<'_, G> {
    fn drop(&mut self) {
        self.gateway.close(self.handle);
    }
}

#[cfg(test)]
mod tests {
    use core::cell::{Cell, RefCell};
    use std::vec::Vec;

    use psa::ControlParameter;

    use super::*;

    /// Has room for one connection and answers calls with their type.
    #[derive(Default)]
    struct Fake {
        open: Cell<bool>,
        calls: RefCell<Vec<(Handle, i32)>>,
    }

    const HANDLE: Handle = Handle::from_bits(0x100);

    impl Gateway for Fake {
        fn framework_version(&self) -> u32 {
            psa::client::FRAMEWORK_VERSION
        }

        fn version(&self, _: u32) -> u32 {
            1
        }

        fn call(
            &self,
            handle: Handle,
            control: ControlParameter,
            _: &[InVector<'_>],
            _: &mut [OutVector<'_>],
        ) -> Status {
            self.calls
                .borrow_mut()
                .push((handle, control.message_type()));
            Status(control.message_type())
        }

        fn connect(&self, _: u32, _: u32) -> Result<Handle, Status> {
            if self.open.replace(true) {
                Err(Status::CONNECTION_BUSY)
            } else {
                Ok(HANDLE)
            }
        }

        fn close(&self, handle: Handle) {
            assert_eq!(handle, HANDLE);
            assert!(self.open.replace(false), "closed twice");
        }
    }

    #[test]
    fn a_connection_is_open_as_long_as_it_lives() {
        let fake = Fake::default();
        let connection = Connection::open(&fake, 0x1000, 1).unwrap();
        let second = Connection::open(&fake, 0x1000, 1).err();
        assert_eq!(second, Some(Status::CONNECTION_BUSY));
        assert!(fake.open.get(), "what was refused closes nothing");
        assert_eq!(connection.call(0, &[], &mut []), Ok(()));
        assert_eq!(connection.call(7, &[], &mut []), Err(Status(7)));
        assert_eq!(fake.calls.take(), [(HANDLE, 0), (HANDLE, 7)]);
        drop(connection);
        assert!(!fake.open.get());
    }
}
