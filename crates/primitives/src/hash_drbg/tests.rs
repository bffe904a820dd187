// SPDX-License-Identifier: Apache-2.0
//! NIST CAVP vectors (`Hash_DRBG.rsp`, SHA-256, count 0 of each group without additional input to
//! requests), limits, and a source of entropy that fails.

use super::{
    ENTROPY_BYTES, Entropy, EntropyFailure, Error, HashDrbg, MAXIMUM_REQUEST_BYTES, NONCE_BYTES,
};

/// Gives the prepared pieces in turn, then fails; counts how often it was asked.
#[derive(Default)]
struct Prepared {
    pieces: Vec<Vec<u8>>,
    asked: usize,
}

impl Prepared {
    fn new(pieces: &[&str]) -> Self {
        let decode = |piece: &&str| hex::decode(piece).unwrap();
        Self {
            pieces: pieces.iter().map(decode).collect(),
            asked: 0,
        }
    }

    fn seeds(count: u8) -> Self {
        let mut pieces = vec![vec![0; ENTROPY_BYTES + NONCE_BYTES]];
        pieces.extend((1..count).map(|i| vec![i; ENTROPY_BYTES]));
        Self { pieces, asked: 0 }
    }
}

impl Entropy for Prepared {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyFailure> {
        let piece = self.pieces.get(self.asked).ok_or(EntropyFailure)?;
        bytes.copy_from_slice(piece);
        self.asked += 1;
        Ok(())
    }
}

type Drbg = HashDrbg<1000>;

/// Entropy with nonce, personalization, entropy and additional input of up to two reseeds,
/// whether the second comes between the two requests, output of the second request.
struct Vector {
    seed: &'static str,
    personalization: &'static str,
    reseeds: &'static [(&'static str, &'static str)],
    output: &'static str,
}

const VECTORS: [Vector; 6] = [
    Vector {
        seed: "a65ad0f345db4e0effe875c3a2e71f42c7129d620ff5c119a9ef55f05185e0fb8581f9317517276e06e9607ddbcbcc2e",
        personalization: "",
        reseeds: &[],
        output: "d3e160c35b99f340b2628264d1751060e0045da383ff57a57d73a673d2b8d80daaf6a6c35a91bb4579d73fd0c8fed111b0391306828adfed528f018121b3febdc343e797b87dbb63db1333ded9d1ece177cfa6b71fe8ab1da46624ed6415e51ccde2c7ca86e283990eeaeb91120415528b2295910281b02dd431f4c9f70427df",
    },
    Vector {
        seed: "dfeabab904bfe93a37bb5b1ea4a696f881ab5ab4be87ffbf2d4e8cdfaabb37fda2d458b475053a0346b57fc518849ba1",
        personalization: "d15d5d9a4a3a41877b4ea98dbda5079ee393f6ab24105dbd70f5bf145772b15c",
        reseeds: &[],
        output: "86d8c63ed4a8a19f3429b4dd57ede5ca573e861712e631400645ceee763c37cf950bdcc4d9c886ead3f0f1bf46a63bf22bd2eb39b2dac61d2e8c8f29e26045b3db56b2265adc8152d4f736c09ee90364a1e265eb5e77b0c5988c8fa52717fd33b6da760e78f2a7c27065227c47ac2134b95b7dadbf96e4ea2dad78ef200e174b",
    },
    Vector {
        seed: "63363377e41e86468deb0ab4a8ed683f6a134e47e014c700454e81e95358a569808aa38f2a72a62359915a9f8a04ca68",
        personalization: "",
        reseeds: &[(
            "e62b8a8ee8f141b6980566e3bfe3c04903dad4ac2cdf9f2280010a6739bc83d3",
            "",
        )],
        output: "04eec63bb231df2c630a1afbe724949d005a587851e1aa795e477347c8b056621c18bddcdd8d99fc5fc2b92053d8cfacfb0bb8831205fad1ddd6c071318a6018f03b73f5ede4d4d071f9de03fd7aea105d9299b8af99aa075bdb4db9aa28c18d174b56ee2a014d098896ff2282c955a81969e069fa8ce007a180183a07dfae17",
    },
    Vector {
        seed: "b87bb4de5c148d964fc0cb612d69295671780b4270fe32bf389b6f49488efe1327eb37a0c695c4ee3c9b70b7f6b33492",
        personalization: "52321406ac8a9c266b1f8d811bb871269e5824b59a0234f01d358193523bbb7c",
        reseeds: &[(
            "7638267f534c4e6ee22cc6ca6ed824fd5d3d387c00b89dd791eb5ac9766385b8",
            "",
        )],
        output: "de01c061651bab3cef2fc4ea89a56b6e86e74b2e9fd11ed671c97c813778a06a2c1f41b41e754a5257750c6bde9601da9d67d8d9564f4a8538b92516a2dacc496dee257b85393f2a01ad59aa3257f1b6da9566e3706d2d6d4a26e511b0c64d7dc223acb24827178afa43ca8d5a66f983d6929dc61564c4c14fc32d85765a23f7",
    },
    Vector {
        seed: "5314e6405ceb2b26b4034502aea394850570650ab622c41090d0c15414a5a7e01ac01cf36c44bf789e53a0d6456d12ce",
        personalization: "8f09e95ad10aa3c2d3f8468e70ecfa373a3461de7a5002bd837d35a607dcfc30",
        reseeds: &[
            (
                "7dac9bba1000dde15e3d9099e1d7824b54d8e6241be478435aad647539c72d58",
                "",
            ),
            (
                "722ed3424e3b586ddea0d37b6318ecd549667086b5e63e35ff85a734c4666b31",
                "",
            ),
        ],
        output: "c90b12cba054c272e05686ce79b48fbab4059db8311f9b39ad7e5e4f72b586354cceeb3adec29508396aeeb66cba471f208f28f49306c9501e1fcf221b1a05ded54a64cef14b617f9fb476a370984308f62ab586b11b58b5a95aadca1de8c92c1ed9ae5894fe7ed4ccd9887d666382cbcf7535c78e5cecbb0b1b97b43f59b97d",
    },
    Vector {
        seed: "e6cb69220ef01bb23f8879a508be049ec7e8dacb898e2ddb75cef6bcc5a84a3f4429e3d890f2b6ef9a36f21286e9c885",
        personalization: "",
        reseeds: &[
            (
                "aaecb8f54221c7176e2dd941625bf84eb79e9c53c8d1a5569a33dcb4c198e627",
                "46f518eabcf170eae6ab571432269e874dff27a66f2c2f792a695b4f68678e3c",
            ),
            (
                "c72ef4489b151dbd6e8214887d3ddc48043e21a4ede40fe6f1ecbcd5f5641be5",
                "0aabce2b5bafc3314db0605d85b80edf9561a0e2e8d4e408d53f551cea6a558b",
            ),
        ],
        output: "8a5b386266528ee2d5e197f636748ea878508a1a0b805473f44cc60f8bddfc57387dc958ac51b3fabf077b8939d21c9424a663c5b0873c7977ca2ce447699a9e39e1ba5e51c6619127e9f18bb6abc2d1831d95bf34f4f81da6c79eda485944b4f7043e4639f6bc8855c1c017cbed40e3bca2eac4c45ebfc69f7a8189e76f51c7",
    },
];

#[test]
fn published_vectors() {
    for vector in &VECTORS {
        let mut pieces = vec![vector.seed];
        pieces.extend(vector.reseeds.iter().map(|(entropy, _)| entropy));
        let mut entropy = Prepared::new(&pieces);
        let mut drbg = Drbg::new();
        let mut output = [0; 128];
        let personalization = hex::decode(vector.personalization).unwrap();
        drbg.instantiate(&mut entropy, &personalization).unwrap();
        // Without prediction resistance one reseed comes first; with it, one before each request.
        let mut reseeds = vector.reseeds.iter();
        for _ in 0..2 {
            if let Some((_, additional)) = reseeds.next() {
                let additional = hex::decode(additional).unwrap();
                drbg.reseed(&mut entropy, &additional).unwrap();
            }
            drbg.generate(&mut entropy, &mut output).unwrap();
        }
        assert_eq!(hex::encode(output), vector.output);
    }
}

#[test]
fn nothing_comes_out_before_a_seed_or_after_clearing() {
    let mut entropy = Prepared::seeds(3);
    let mut drbg = Drbg::default();
    for _ in 0..2 {
        let mut output = [0xEE; 4];
        let result = drbg.generate(&mut entropy, &mut output);
        assert_eq!(result, Err(Error::NotInstantiated));
        let result = drbg.reseed(&mut entropy, &[]);
        assert_eq!(result, Err(Error::NotInstantiated));
        assert_eq!(output, [0xEE; 4]);
        entropy.asked = 0;
        drbg.instantiate(&mut entropy, &[]).unwrap();
        drbg.clear();
    }
    assert_eq!(entropy.asked, 1);
}

#[test]
fn requests_have_a_limit() {
    let mut entropy = Prepared::seeds(1);
    let mut drbg = Drbg::new();
    drbg.instantiate(&mut entropy, &[]).unwrap();
    let mut output = vec![0; MAXIMUM_REQUEST_BYTES + 1];
    let result = drbg.generate(&mut entropy, &mut output);
    assert_eq!(result, Err(Error::RequestTooLong));
    assert!(output.iter().all(|byte| *byte == 0));
    output.pop();
    drbg.generate(&mut entropy, &mut output).unwrap();
    assert!(output.chunks(32).all(|part| part != [0; 32]));
    drbg.generate(&mut entropy, &mut []).unwrap();
}

#[test]
fn new_entropy_is_taken_when_the_interval_is_used_up() {
    let mut entropy = Prepared::seeds(3);
    let mut drbg = HashDrbg::<2>::new();
    drbg.instantiate(&mut entropy, &[]).unwrap();
    let mut outputs = Vec::new();
    for asked in [1, 1, 2, 2, 3, 3] {
        let mut output = [0; 40];
        drbg.generate(&mut entropy, &mut output).unwrap();
        assert_eq!(entropy.asked, asked);
        assert!(!outputs.contains(&output));
        outputs.push(output);
    }
    // The source has no more to give: nothing comes out, now and until it recovers.
    for _ in 0..2 {
        let mut output = [0xEE; 4];
        let result = drbg.generate(&mut entropy, &mut output);
        assert_eq!(result, Err(Error::Entropy));
        assert_eq!(output, [0xEE; 4]);
    }
    entropy.pieces.push(vec![9; ENTROPY_BYTES]);
    drbg.generate(&mut entropy, &mut [0; 4]).unwrap();
}

#[test]
fn a_failing_source_changes_nothing() {
    let mut drbg = Drbg::new();
    let mut broken = Prepared::default();
    assert_eq!(drbg.instantiate(&mut broken, &[]), Err(Error::Entropy));
    assert_eq!(
        drbg.generate(&mut broken, &mut [0]),
        Err(Error::NotInstantiated)
    );
    let mut twin = Drbg::new();
    twin.instantiate(&mut Prepared::seeds(1), &[]).unwrap();
    drbg.instantiate(&mut Prepared::seeds(1), &[]).unwrap();
    assert_eq!(drbg.reseed(&mut broken, b"x"), Err(Error::Entropy));
    assert_eq!(drbg.instantiate(&mut broken, b"x"), Err(Error::Entropy));
    let (mut left, mut right) = ([0; 33], [0; 33]);
    drbg.generate(&mut broken, &mut left).unwrap();
    twin.generate(&mut broken, &mut right).unwrap();
    assert_eq!(left, right);
}

/// The number of bytes asked for decides how many come, not which.
#[test]
fn a_short_output_is_the_beginning_of_a_long_one() {
    let generate = |length: usize| {
        let mut entropy = Prepared::seeds(1);
        let mut drbg = Drbg::new();
        drbg.instantiate(&mut entropy, &[]).unwrap();
        let mut output = vec![0; length];
        drbg.generate(&mut entropy, &mut output).unwrap();
        output
    };
    let long = generate(100);
    for length in 0..100 {
        assert_eq!(generate(length), long[..length]);
    }
}
