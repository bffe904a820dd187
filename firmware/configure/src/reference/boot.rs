// SPDX-License-Identifier: Apache-2.0
//! Options of the boot loader: BL2, which is MCUboot, and its images.

use super::Meaning::{Always, Inverse, Nothing, Number, Switch, Text, Word};
use super::{Name, name};

const STRATEGIES: &[(&str, &str)] = &[
    ("OVERWRITE_ONLY", "overwrite"),
    ("SWAP_USING_MOVE", "swap"),
    ("SWAP_USING_SCRATCH", "swap"),
    ("SWAP_USING_OFFSET", "swap"),
];
const SIGNATURES: &[(&str, &str)] = &[
    ("RSA-3072", "rsa3072"),
    ("RSA-2048", "rsa2048"),
    ("RSA", "rsa3072"),
    ("EC-P256", "ecdsa_p256"),
    ("ED25519", "ed25519"),
];
const SLOTS: &str = "the slots are divided by `boot.secure_slot_bytes`";
const HARDENED: &str =
    "the boot ROM and the key checks are hardened against glitches always; docs/glitches.md";
const NOT_ENCRYPTED: &str = "images are signed, not encrypted";
const MEASURED: &str = "boot is measured always";

/// The rows.
pub const NAMES: &[Name] = &[
    name("BL1", Always("OFF", "the boot ROM is the first stage")),
    name(
        "BL2",
        Word("boot.loader", &[("ON", "casemate"), ("OFF", "none")]),
    ),
    name("MCUBOOT_IMAGE_NUMBER", Number("boot.image_number")),
    name("MCUBOOT_SIGNATURE_TYPE", Word("boot.signature", SIGNATURES)),
    name("MCUBOOT_UPGRADE_STRATEGY", Word("boot.upgrade", STRATEGIES)),
    name(
        "MCUBOOT_HW_KEY",
        Word("boot.key", &[("ON", "otp"), ("OFF", "builtin")]),
    ),
    name(
        "MCUBOOT_BUILTIN_KEY",
        Word("boot.key", &[("ON", "builtin"), ("OFF", "otp")]),
    ),
    name("MCUBOOT_HW_ROLLBACK_PROT", Switch("boot.anti_rollback")),
    name("MCUBOOT_KEY_S", Text("boot.signing_key")),
    name("MCUBOOT_IMAGE_VERSION_S", Text("boot.image_version")),
    name(
        "MCUBOOT_SECURITY_COUNTER_S",
        Number("boot.security_counter"),
    ),
    name("BL2_HEADER_SIZE", Number("boot.header_bytes")),
    name(
        "BL2_TRAILER_SIZE",
        Nothing("the trailer is as large as MCUboot's format needs"),
    ),
    name(
        "MCUBOOT_KEY_NS",
        Nothing("one key signs both images: `boot.signing_key`"),
    ),
    name(
        "MCUBOOT_IMAGE_VERSION_NS",
        Text("boot.nonsecure_image_version"),
    ),
    name(
        "MCUBOOT_SECURITY_COUNTER_NS",
        Number("boot.nonsecure_security_counter"),
    ),
    name(
        "MCUBOOT_S_IMAGE_MIN_VER",
        Text("boot.secure_image_version_min"),
    ),
    name(
        "MCUBOOT_NS_IMAGE_MIN_VER",
        Text("boot.nonsecure_image_version_min"),
    ),
    name("MCUBOOT_S_IMAGE_FLASH_AREA_NUM", Nothing(SLOTS)),
    name("MCUBOOT_NS_IMAGE_FLASH_AREA_NUM", Nothing(SLOTS)),
    name(
        "MCUBOOT_EXECUTION_SLOT",
        Always("1", "the image runs in the primary slot"),
    ),
    name(
        "MCUBOOT_CONFIRM_IMAGE",
        Nothing("`sign --confirm` confirms an image"),
    ),
    name(
        "MCUBOOT_ALIGN_VAL",
        Nothing("the program unit of the board: `flash.program_unit_bytes`"),
    ),
    name("MCUBOOT_ENC_IMAGES", Always("OFF", NOT_ENCRYPTED)),
    name("MCUBOOT_ENC_KEY_LEN", Nothing(NOT_ENCRYPTED)),
    name("MCUBOOT_ENCRYPT_RSA", Always("OFF", NOT_ENCRYPTED)),
    name("MCUBOOT_ENCRYPT_KW", Always("OFF", NOT_ENCRYPTED)),
    name("MCUBOOT_MEASURED_BOOT", Always("ON", MEASURED)),
    name("CONFIG_TFM_BOOT_STORE_MEASUREMENTS", Always("ON", MEASURED)),
    name(
        "CONFIG_TFM_BOOT_STORE_ENCODED_MEASUREMENTS",
        Nothing(MEASURED),
    ),
    name(
        "MCUBOOT_BOOTSTRAP",
        Always(
            "OFF",
            "an empty primary slot is for serial recovery: `boot.recovery`",
        ),
    ),
    name("MCUBOOT_FIH_PROFILE", Nothing(HARDENED)),
    name("MCUBOOT_FIH_PROFILE_LOW", Nothing(HARDENED)),
    name("MCUBOOT_FIH_PROFILE_MEDIUM", Nothing(HARDENED)),
    name("MCUBOOT_FIH_PROFILE_HIGH", Nothing(HARDENED)),
    name("TFM_FIH_PROFILE", Nothing(HARDENED)),
    name(
        "MCUBOOT_GENERATE_SIGNING_KEYPAIR",
        Nothing("`cargo xtask keygen` makes keys"),
    ),
    name(
        "MCUBOOT_IMAGE_MULTI_SIG_SUPPORT",
        Always(
            "OFF",
            "one signature; `boot.keys` = 2 accepts one of two keys",
        ),
    ),
    name("MCUBOOT_ROTPK_MAX_KEYS_PER_IMAGE", Number("boot.keys")),
    name(
        "MCUBOOT_IMAGE_BINDING",
        Always("OFF", "an image is bound to no single device"),
    ),
    name(
        "DEFAULT_MCUBOOT_FLASH_MAP",
        Nothing("the areas are in board.toml"),
    ),
    name(
        "DEFAULT_MCUBOOT_SECURITY_COUNTERS",
        Nothing("one counter in OTP for each image"),
    ),
    name("TFM_S_KEY_ID", Nothing("keys of the boot ROM have no ids")),
    name("TFM_NS_KEY_ID", Nothing("keys of the boot ROM have no ids")),
    name("MCUBOOT_NO_ROLLBACK_PROT", Inverse("boot.anti_rollback")),
];
