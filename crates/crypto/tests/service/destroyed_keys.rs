// SPDX-License-Identifier: Apache-2.0
//! A key that is destroyed ends the operations that use it (PSA Crypto API 1.2,
//! `psa_destroy_key`), and no others.

use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Lifetime, Step},
};

use crate::{calls::*, client::*, derivation::Input};

const STORED: KeyId = KeyId(0x0000_0777);
const HKDF: Algorithm = Algorithm::hkdf(Algorithm::SHA_256);

type EveryDevice = Device<Persistent>;

/// How an operation with a key begins, goes on, and is aborted.
#[derive(Clone, Copy, Debug)]
struct Kind {
    key_type: KeyType,
    algorithm: Algorithm,
    setup: Function,
    goes_on: Function,
    abort: Function,
}

const MAC: Kind = Kind {
    key_type: KeyType::HMAC,
    algorithm: HMAC,
    setup: Function::MAC_SIGN_SETUP,
    goes_on: Function::MAC_UPDATE,
    abort: Function::MAC_ABORT,
};
const CMAC: Kind = Kind {
    key_type: KeyType::AES,
    algorithm: Algorithm::CMAC,
    setup: Function::MAC_VERIFY_SETUP,
    ..MAC
};
const CIPHER: Kind = Kind {
    key_type: KeyType::AES,
    algorithm: Algorithm::CTR,
    setup: Function::CIPHER_ENCRYPT_SETUP,
    goes_on: Function::CIPHER_SET_IV,
    abort: Function::CIPHER_ABORT,
};
const STREAM: Kind = Kind {
    key_type: KeyType::CHACHA20,
    algorithm: Algorithm::STREAM_CIPHER,
    ..CIPHER
};
const AEAD: Kind = Kind {
    key_type: KeyType::AES,
    algorithm: CCM,
    setup: Function::AEAD_DECRYPT_SETUP,
    goes_on: Function::AEAD_SET_NONCE,
    abort: Function::AEAD_ABORT,
};
const GCM: Kind = Kind {
    algorithm: Algorithm::GCM,
    setup: Function::AEAD_ENCRYPT_SETUP,
    ..AEAD
};
const DERIVATION: Kind = Kind {
    key_type: KeyType::DERIVE,
    algorithm: HKDF,
    setup: Function::KEY_DERIVATION_SETUP,
    goes_on: Function::KEY_DERIVATION_OUTPUT_BYTES,
    abort: Function::KEY_DERIVATION_ABORT,
};

const KINDS: [Kind; 7] = [MAC, CMAC, CIPHER, STREAM, AEAD, GCM, DERIVATION];

impl Kind {
    fn attributes(self) -> KeyAttributes {
        KeyAttributes::new(self.key_type, 256, ALL_USES, self.algorithm)
    }

    fn volatile(self, device: &EveryDevice) -> KeyId {
        device.import(&self.attributes(), &[0x42; 32]).unwrap()
    }

    fn stored(self, device: &EveryDevice, lifetime: Lifetime) -> KeyId {
        let attributes = KeyAttributes {
            lifetime,
            id: STORED,
            ..self.attributes()
        };
        device.import(&attributes, &[0x42; 32]).unwrap()
    }

    /// An operation that uses the key.
    fn begin(self, device: &EveryDevice, key: KeyId) -> u32 {
        let handle = device.setup_with(self.setup, key, self.algorithm).unwrap();
        if self.setup == Function::KEY_DERIVATION_SETUP {
            let input = |input| device.derive_input(handle, &input);
            input(Input::Key(Step::SECRET, key)).unwrap();
            input(Input::Bytes(Step::INFO, vec![])).unwrap();
        }
        handle
    }

    /// Whether it still does something.
    fn go_on(self, device: &EveryDevice, handle: u32) -> Result<(), Status> {
        match self.goes_on {
            Function::KEY_DERIVATION_OUTPUT_BYTES => {
                let output = device.convert(self.goes_on, handle, &[], Output::New(8));
                output.map(|_| ())
            }
            Function::CIPHER_SET_IV if self.algorithm == Algorithm::CTR => {
                device.feed(self.goes_on, handle, &[7; 16])
            }
            function => device.feed(function, handle, &[7; 12]),
        }
    }

    /// The operation has ended: only an abort accepts it.
    fn ended(self, device: &EveryDevice, handle: u32) {
        let result = self.go_on(device, handle);
        assert_eq!(result, Err(Status::BAD_STATE), "{self:?}");
        assert_eq!(device.end(self.abort, handle, &[], 0), Ok(vec![]));
    }
}

#[test]
fn its_operations_end_and_their_contexts_are_free_at_once() {
    for kind in KINDS {
        for is_stored in [false, true] {
            let device = EveryDevice::with_backend();
            let key = if is_stored {
                kind.stored(&device, Lifetime::PERSISTENT)
            } else {
                kind.volatile(&device)
            };
            let handles = [(); OPERATIONS].map(|()| kind.begin(&device, key));
            assert_eq!(device.setup().status, Status::INSUFFICIENT_MEMORY);
            device.destroy(key).unwrap();
            for _ in 0..OPERATIONS {
                device.started();
            }
            for handle in handles {
                kind.ended(&device, handle);
            }
        }
    }
}

#[test]
fn an_operation_that_has_begun_to_work_ends_too() {
    for kind in KINDS {
        let device = EveryDevice::with_backend();
        let key = kind.volatile(&device);
        let handle = kind.begin(&device, key);
        assert_eq!(kind.go_on(&device, handle), Ok(()), "{kind:?}");
        device.destroy(key).unwrap();
        kind.ended(&device, handle);
        // Another key, in its place and of its material, brings nothing back.
        kind.volatile(&device);
        kind.ended(&device, handle);
    }
}

#[test]
fn others_go_on() {
    for kind in KINDS {
        let device = EveryDevice::with_backend();
        device.become_client(-2);
        let (theirs, other) = (kind.stored(&device, Lifetime::PERSISTENT), kind);
        let of_another_client = other.begin(&device, theirs);
        device.become_client(-1);
        let (first, second) = (
            kind.stored(&device, Lifetime::PERSISTENT),
            kind.volatile(&device),
        );
        let with_another_key = kind.begin(&device, second);
        let without_key = device.started();
        let ends = kind.begin(&device, first);
        device.destroy(first).unwrap();
        kind.ended(&device, ends);
        assert_eq!(kind.go_on(&device, with_another_key), Ok(()), "{kind:?}");
        assert_eq!(device.update(without_key, b"x"), Status::SUCCESS);
        device.become_client(-2);
        assert_eq!(other.go_on(&device, of_another_client), Ok(()), "{kind:?}");
    }
}

/// A key that stays keeps its operations, and so does one that is only purged.
#[test]
fn a_key_that_is_not_destroyed_keeps_its_operations() {
    for kind in KINDS {
        for lifetime in [Lifetime::PERSISTENT, Lifetime::READ_ONLY] {
            let device = EveryDevice::with_backend();
            let key = kind.stored(&device, lifetime);
            let handle = kind.begin(&device, key);
            device.key_function(Function::PURGE_KEY, key).unwrap();
            if lifetime == Lifetime::READ_ONLY {
                assert!(device.destroy(key).is_err());
            } else {
                device.storage.fail_to_remove(Some(Status::STORAGE_FAILURE));
                assert_eq!(device.destroy(key), Err(Status::STORAGE_FAILURE));
            }
            device.destroy(KeyId::NULL).unwrap();
            assert_eq!(kind.go_on(&device, handle), Ok(()), "{kind:?}");
        }
    }
}

/// It needs its key no more: what the conformance suite asks after all output is not the key.
#[test]
fn a_derivation_that_has_given_all_goes_on_saying_so() {
    let device = EveryDevice::with_backend();
    let key = DERIVATION.volatile(&device);
    let handle = DERIVATION.begin(&device, key);
    let output = |bytes| {
        let output = device.convert(DERIVATION.goes_on, handle, &[], Output::New(bytes));
        output.map(|_| ())
    };
    device.set_capacity(handle, 40).unwrap();
    output(32).unwrap();
    output(8).unwrap();
    device.destroy(key).unwrap();
    assert_eq!(output(1), Err(Status::INSUFFICIENT_DATA));
    assert_eq!(device.end(DERIVATION.abort, handle, &[], 0), Ok(vec![]));
}
