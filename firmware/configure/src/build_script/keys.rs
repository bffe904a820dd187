// SPDX-License-Identifier: Apache-2.0
//! The public keys that are built into a boot ROM, as Rust.

use crate::problems::Problems;
use primitives::sha256::Sha256;

/// Constants from keys, a line of hexadecimal digits each: slices of bytes, and their SHA-256.
pub fn keys_and_hashes(text: &str) -> Result<[String; 2], Problems> {
    let list = |bytes: &[u8]| {
        format!(
            "[{}],",
            bytes
                .iter()
                .map(|byte| format!("{byte},"))
                .collect::<String>()
        )
    };
    let (mut keys, mut hashes) = (String::new(), String::new());
    for line in text.lines() {
        let digits = line.as_bytes().chunks(2).map(String::from_utf8_lossy);
        let bytes: Result<Vec<u8>, _> = digits.map(|pair| u8::from_str_radix(&pair, 16)).collect();
        let key =
            bytes.map_err(|_| Problems::one(format!("{line} is no key in hexadecimal digits")))?;
        keys += &format!("&{}", list(&key));
        hashes += &list(&Sha256::digest(&key));
    }
    Ok([keys, hashes].map(|lists| format!("&[{lists}]")))
}

#[cfg(test)]
mod tests {
    use super::keys_and_hashes;

    #[test]
    fn keys_come_with_their_hashes() {
        assert_eq!(keys_and_hashes("").unwrap(), ["&[]", "&[]"]);
        let [keys, hashes] = keys_and_hashes("616263\n00ff\n").unwrap();
        assert_eq!(keys, "&[&[97,98,99,],&[0,255,],]");
        // SHA-256 of "abc" (FIPS 180-4, example 1).
        assert!(hashes.starts_with("&[[186,120,22,191,"), "{hashes}");
        assert_eq!(hashes.matches('[').count(), 3);
        for wrong in ["zz", "0", "6g"] {
            assert_eq!(keys_and_hashes(wrong).is_err(), wrong != "0");
        }
    }
}
