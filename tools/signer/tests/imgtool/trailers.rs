// SPDX-License-Identifier: Apache-2.0
//! Trailers that `imgtool` writes.

use boot::trailer;

use crate::common::{SLOT_BYTES, device};
use crate::tool::signed_by_imgtool;

#[test]
fn the_trailer_of_imgtool_asks_for_a_trial_or_for_good() {
    for (name, more, stays) in [
        ("padded", &["-s", "6", "--pad"][..], false),
        ("confirmed", &["-s", "6", "--pad", "--confirm"][..], true),
    ] {
        let Some(theirs) = signed_by_imgtool(name, more) else {
            return;
        };
        assert_eq!(theirs.len(), SLOT_BYTES);
        assert!(boot::verify(&theirs, &device()).is_ok(), "{name}");
        assert!(trailer::requested(&theirs).is_some(), "{name}");
        assert_eq!(trailer::Flag::ImageOk.is_set(&theirs), stays, "{name}");
        assert_eq!(trailer::Flag::ImageOk.is_erased(&theirs), !stays, "{name}");
        assert!(trailer::Flag::CopyDone.is_erased(&theirs), "{name}");
    }
}

/// Their magic is another one: no boot ROM with fields of 8 bytes sees a request.
#[test]
fn a_trailer_for_larger_units_is_told() {
    for unit in ["16", "32"] {
        let more = ["-s", "6", "--pad", "--max-align", unit];
        let Some(theirs) = signed_by_imgtool(&format!("max_align_{unit}"), &more) else {
            return;
        };
        assert_eq!(trailer::requested(&theirs), None);
        let error = signer::check_trailer(&theirs).unwrap_err().to_string();
        let words = format!("units of {unit} bytes");
        assert!(error.contains(&words), "{error}");
        assert!(error.contains("--max-align 8"), "{error}");
        let report = signer::inspect(&theirs, &signer::Expected::default());
        let trailer = report.checks.iter().find(|check| check.name == "trailer");
        assert_eq!(trailer.and_then(|check| check.wrong.clone()), Some(error));
    }
}
