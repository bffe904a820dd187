// SPDX-License-Identifier: Apache-2.0
//! Fields of the pack that a function does not have: whatever stands there, the answer is the
//! same. (Every other test here has something there too, by `Device::function`.)

use psa::{
    Status,
    crypto::{
        Algorithm, FUNCTIONS, Fields, Function, KeyAttributes, KeyId, KeyType, Lifetime, Pack, Step,
    },
};

use crate::{calls::*, client::*};

const STORED: KeyId = KeyId(0x0000_0777);
const MESSAGE: &[u8] = b"seventeen letters";
const NONCE: &[u8] = &[7; 12];
const CTR: Algorithm = Algorithm::CTR;
const ECDSA: Algorithm = Algorithm::ecdsa(Algorithm::SHA_256);
const HKDF: Algorithm = Algorithm::hkdf(Algorithm::SHA_256);
const WORD: &[Output] = &[Output::New(4)];

/// A client that goes through all functions.
struct Run {
    device: Device<Persistent>,
    litter: Option<u32>,
    called: Vec<Function>,
    answers: Vec<Answer>,
}

impl Run {
    fn call(&mut self, pack: &Pack, inputs: &[&[u8]], outputs: &[Output]) -> Vec<u8> {
        let sent = match self.litter {
            Some(litter) => pack.with_litter(litter),
            None => pack.clone(),
        };
        let answer = self.device.exactly(&sent, inputs, outputs);
        let output = answer.outputs.last().cloned().unwrap_or_default();
        self.called.push(pack.function());
        self.answers.push(answer);
        output
    }

    /// The same for a call that gives a handle or an id, alone or before another output.
    fn word(&mut self, pack: &Pack, inputs: &[&[u8]]) -> u32 {
        let word = self.call(pack, inputs, WORD);
        u32::from_le_bytes(word.try_into().expect("a word"))
    }

    fn begin(&mut self, setup: Function, key: KeyId, algorithm: Algorithm) -> u32 {
        let pack = Pack::new(setup).with_algorithm(algorithm);
        let has_key = setup.fields().include(Fields::KEY);
        let pack = if has_key { pack.with_key_id(key) } else { pack };
        self.word(&pack, &[])
    }

    fn on(&mut self, function: Function, handle: u32, inputs: &[&[u8]], outputs: &[Output]) {
        let pack = Pack::new(function).with_operation_handle(handle);
        self.call(&pack, inputs, outputs);
    }

    fn keys(&mut self) -> [KeyId; 4] {
        let aes = KeyAttributes::new(KeyType::AES, 128, ALL_USES, CCM);
        let stored = KeyAttributes {
            lifetime: Lifetime::PERSISTENT,
            id: STORED,
            second_algorithm: Algorithm::CMAC,
            ..aes
        };
        let cipher = KeyAttributes::new(KeyType::AES, 128, ALL_USES, CTR);
        let pair = KeyAttributes::new(KeyType::ECC_KEY_PAIR_SECP_R1, 256, ALL_USES, ECDSA);
        let import = Pack::new(Function::IMPORT_KEY);
        let stored = self.word(&import, &[&stored.encode(), &[0x42; 16]]);
        let cipher = self.word(&import, &[&cipher.encode(), &[0x43; 16]]);
        let generate = Pack::new(Function::GENERATE_KEY);
        let pair = self.word(&generate, &[&pair.encode()]);
        let copy = Pack::new(Function::COPY_KEY).with_key_id(KeyId(cipher));
        let attributes = KeyAttributes::new(KeyType::AES, 128, ALL_USES, CTR);
        let copied = self.word(&copy, &[&attributes.encode()]);
        let keys = [stored, cipher, pair, copied].map(KeyId);
        for (function, room) in [
            (Function::GET_KEY_ATTRIBUTES, 24),
            (Function::EXPORT_KEY, 32),
            (Function::EXPORT_PUBLIC_KEY, 65),
            (Function::PURGE_KEY, 0),
        ] {
            for key in keys {
                let pack = Pack::new(function).with_key_id(key);
                self.call(&pack, &[], &[Output::New(room)]);
            }
        }
        keys
    }

    fn random_and_hashes(&mut self) {
        self.call(
            &Pack::new(Function::GENERATE_RANDOM),
            &[],
            &[Output::New(9)],
        );
        let sha = |function| Pack::new(function).with_algorithm(Algorithm::SHA_256);
        self.call(&sha(Function::CAN_DO_HASH), &[], WORD);
        let compute = sha(Function::HASH_COMPUTE);
        let hash = self.call(&compute, &[MESSAGE], &[Output::New(32)]);
        self.call(&sha(Function::HASH_COMPARE), &[MESSAGE, &hash], &[]);
        let begun = self.begin(Function::HASH_SETUP, KeyId::NULL, Algorithm::SHA_256);
        self.on(Function::HASH_UPDATE, begun, &[MESSAGE], &[]);
        let clone = Pack::new(Function::HASH_CLONE).with_operation_handle(begun);
        let clone = self.word(&clone, &[&[0; 4]]);
        let ends = [Output::New(4), Output::New(32)];
        self.on(Function::HASH_FINISH, begun, &[], &ends);
        self.on(Function::HASH_VERIFY, clone, &[&hash], WORD);
        let begun = self.begin(Function::HASH_SETUP, KeyId::NULL, Algorithm::SHA_256);
        self.on(Function::HASH_ABORT, begun, &[], WORD);
    }

    fn codes(&mut self, key: KeyId) {
        let mac = |function| {
            let pack = Pack::new(function).with_key_id(key);
            pack.with_algorithm(Algorithm::CMAC)
        };
        let compute = mac(Function::MAC_COMPUTE);
        let code = self.call(&compute, &[MESSAGE], &[Output::New(16)]);
        self.call(&mac(Function::MAC_VERIFY), &[MESSAGE, &code], &[]);
        let sign = self.begin(Function::MAC_SIGN_SETUP, key, Algorithm::CMAC);
        let verify = self.begin(Function::MAC_VERIFY_SETUP, key, Algorithm::CMAC);
        let abort = self.begin(Function::MAC_VERIFY_SETUP, key, Algorithm::CMAC);
        for handle in [sign, verify, abort] {
            self.on(Function::MAC_UPDATE, handle, &[MESSAGE], &[]);
        }
        let ends = [Output::New(4), Output::New(16)];
        self.on(Function::MAC_SIGN_FINISH, sign, &[], &ends);
        self.on(Function::MAC_VERIFY_FINISH, verify, &[&code], WORD);
        self.on(Function::MAC_ABORT, abort, &[], WORD);
    }

    fn ciphers(&mut self, key: KeyId) {
        let ctr = |function| Pack::new(function).with_algorithm(CTR);
        self.call(&ctr(Function::CAN_DO_CIPHER), &[&[0x00, 0x24]], WORD);
        let encrypt = ctr(Function::CIPHER_ENCRYPT).with_key_id(key);
        let sealed = self.call(&encrypt, &[MESSAGE], &[Output::New(40)]);
        let decrypt = ctr(Function::CIPHER_DECRYPT).with_key_id(key);
        self.call(&decrypt, &[&sealed], &[Output::New(40)]);
        let encrypt = self.begin(Function::CIPHER_ENCRYPT_SETUP, key, CTR);
        let decrypt = self.begin(Function::CIPHER_DECRYPT_SETUP, key, CTR);
        let iv = &[Output::New(16)];
        self.on(Function::CIPHER_GENERATE_IV, encrypt, &[], iv);
        self.on(Function::CIPHER_SET_IV, decrypt, &[&[9; 16]], &[]);
        let output = &[Output::New(40)];
        self.on(Function::CIPHER_UPDATE, encrypt, &[MESSAGE], output);
        let ends = [Output::New(4), Output::New(16)];
        self.on(Function::CIPHER_FINISH, encrypt, &[], &ends);
        self.on(Function::CIPHER_ABORT, decrypt, &[], WORD);
    }

    fn sealed_messages(&mut self, key: KeyId) {
        let ccm = |function| {
            let pack = Pack::new(function).with_key_id(key).with_algorithm(CCM);
            pack.with_nonce(NONCE).expect("a nonce that fits")
        };
        let encrypt = ccm(Function::AEAD_ENCRYPT);
        let sealed = self.call(&encrypt, &[MESSAGE, b"more"], &[Output::New(40)]);
        let decrypt = ccm(Function::AEAD_DECRYPT);
        self.call(&decrypt, &[&sealed, b"more"], &[Output::New(40)]);
        let encrypt = self.begin(Function::AEAD_ENCRYPT_SETUP, key, CCM);
        let decrypt = self.begin(Function::AEAD_DECRYPT_SETUP, key, CCM);
        for handle in [encrypt, decrypt] {
            let lengths = Pack::new(Function::AEAD_SET_LENGTHS)
                .with_operation_handle(handle)
                .with_lengths(4, MESSAGE.len() as u32);
            self.call(&lengths, &[], &[]);
        }
        let nonce = &[Output::New(16)];
        self.on(Function::AEAD_GENERATE_NONCE, encrypt, &[], nonce);
        self.on(Function::AEAD_SET_NONCE, decrypt, &[NONCE], &[]);
        let (text, tag) = sealed.split_at(MESSAGE.len());
        for (handle, input) in [(encrypt, MESSAGE), (decrypt, text)] {
            self.on(Function::AEAD_UPDATE_AD, handle, &[b"more"], &[]);
            let output = &[Output::New(17)];
            self.on(Function::AEAD_UPDATE, handle, &[input], output);
        }
        let ends = [Output::New(4), Output::New(16), Output::New(0)];
        self.on(Function::AEAD_FINISH, encrypt, &[], &ends);
        let ends = [Output::New(4), Output::New(0)];
        self.on(Function::AEAD_VERIFY, decrypt, &[tag], &ends);
        let begun = self.begin(Function::AEAD_DECRYPT_SETUP, key, CCM);
        self.on(Function::AEAD_ABORT, begun, &[], WORD);
    }

    fn public_keys(&mut self, pair: KeyId) {
        let ecdsa = |function| {
            let pack = Pack::new(function).with_key_id(pair);
            pack.with_algorithm(ECDSA)
        };
        let hash = &[8; 32];
        for (sign, verify, input) in [
            (Function::SIGN_MESSAGE, Function::VERIFY_MESSAGE, MESSAGE),
            (Function::SIGN_HASH, Function::VERIFY_HASH, hash),
        ] {
            let signature = self.call(&ecdsa(sign), &[input], &[Output::New(64)]);
            self.call(&ecdsa(verify), &[input, &signature], &[]);
        }
        for function in [Function::ASYMMETRIC_ENCRYPT, Function::ASYMMETRIC_DECRYPT] {
            self.call(&ecdsa(function), &[MESSAGE, b""], &[Output::New(64)]);
        }
    }

    fn derivations(&mut self) {
        let agreement = Algorithm::ECDH.with_derivation(HKDF);
        let mut attributes =
            KeyAttributes::new(KeyType::ECC_KEY_PAIR_SECP_R1, 256, ALL_USES, agreement);
        attributes.second_algorithm = Algorithm::ECDH;
        let pair = KeyId(self.word(&Pack::new(Function::GENERATE_KEY), &[&attributes.encode()]));
        let public = Pack::new(Function::EXPORT_PUBLIC_KEY).with_key_id(pair);
        let peer = self.call(&public, &[], &[Output::New(65)]);
        let raw = Pack::new(Function::RAW_KEY_AGREEMENT).with_key_id(pair);
        let raw = raw.with_algorithm(Algorithm::ECDH);
        self.call(&raw, &[&peer], &[Output::New(32)]);

        let with_agreement = self.begin(Function::KEY_DERIVATION_SETUP, KeyId::NULL, agreement);
        let agree = Pack::new(Function::KEY_DERIVATION_KEY_AGREEMENT)
            .with_key_id(pair)
            .with_step(Step::SECRET.0)
            .with_operation_handle(with_agreement);
        self.call(&agree, &[&peer], &[]);
        self.on(Function::KEY_DERIVATION_ABORT, with_agreement, &[], WORD);

        let secret = KeyAttributes::new(KeyType::DERIVE, 128, ALL_USES, HKDF);
        let import = Pack::new(Function::IMPORT_KEY);
        let secret = self.word(&import, &[&secret.encode(), &[5; 16]]);
        let begun = self.begin(Function::KEY_DERIVATION_SETUP, KeyId::NULL, HKDF);
        let step = |function, step: Step| {
            let pack = Pack::new(function).with_operation_handle(begun);
            pack.with_step(step.0)
        };
        let input = step(Function::KEY_DERIVATION_INPUT_KEY, Step::SECRET);
        self.call(&input.with_key_id(KeyId(secret)), &[], &[]);
        let input = step(Function::KEY_DERIVATION_INPUT_BYTES, Step::INFO);
        self.call(&input, &[b"info"], &[]);
        let capacity = Pack::new(Function::KEY_DERIVATION_SET_CAPACITY);
        let capacity = capacity.with_operation_handle(begun).with_capacity(90);
        self.call(&capacity, &[], &[]);
        self.on(Function::KEY_DERIVATION_GET_CAPACITY, begun, &[], WORD);
        let output = &[Output::New(20)];
        self.on(Function::KEY_DERIVATION_OUTPUT_BYTES, begun, &[], output);
        let attributes = KeyAttributes::new(KeyType::AES, 128, ALL_USES, CTR).encode();
        let derived = Pack::new(Function::KEY_DERIVATION_OUTPUT_KEY).with_operation_handle(begun);
        self.word(&derived, &[&attributes]);
        self.on(Function::KEY_DERIVATION_ABORT, begun, &[], WORD);

        let pbkdf2 = Algorithm::pbkdf2_hmac(Algorithm::SHA_256);
        let begun = self.begin(Function::KEY_DERIVATION_SETUP, KeyId::NULL, pbkdf2);
        let cost = Pack::new(Function::KEY_DERIVATION_INPUT_INTEGER)
            .with_operation_handle(begun)
            .with_step(Step::COST.0)
            .with_value(3);
        self.call(&cost, &[], &[]);
        self.on(Function::KEY_DERIVATION_ABORT, begun, &[], WORD);
    }

    /// All functions, in the order that a client has.
    fn whole(litter: Option<u32>) -> Self {
        let mut run = Self {
            device: Device::with_backend(),
            litter,
            called: vec![],
            answers: vec![],
        };
        let [stored, cipher, pair, copied] = run.keys();
        run.random_and_hashes();
        run.codes(stored);
        run.ciphers(cipher);
        run.sealed_messages(stored);
        run.public_keys(pair);
        run.derivations();
        for key in [stored, cipher, pair, copied] {
            let destroy = Pack::new(Function::DESTROY_KEY).with_key_id(key);
            run.call(&destroy, &[], &[]);
        }
        run
    }
}

#[test]
fn what_stands_there_changes_no_answer() {
    let clean = Run::whole(None);
    for (function, _) in FUNCTIONS {
        let mut calls = clean.called.iter().zip(&clean.answers);
        let is_there = !matches!(
            *function,
            Function::ASYMMETRIC_ENCRYPT | Function::ASYMMETRIC_DECRYPT
        );
        let expected = if is_there {
            Status::SUCCESS
        } else {
            Status::NOT_SUPPORTED
        };
        assert!(
            calls.any(|(called, answer)| called == function && answer.status == expected),
            "{function:?} is never called"
        );
    }
    for litter in LITTER.into_iter().chain((0..32).map(|bit| 1 << bit)) {
        let run = Run::whole(Some(litter));
        for (index, function) in clean.called.iter().enumerate() {
            let (is, should) = (&run.answers[index], &clean.answers[index]);
            assert_eq!(is, should, "{function:?} with {litter:#010x}");
        }
    }
}
