// SPDX-License-Identifier: Apache-2.0
//! Which partitions there are.

use super::Meaning::{Always, Nothing, Partition};
use super::{Name, name};

const NO_PROTECTED_STORAGE: &str =
    "Profile Small has no Protected Storage: Internal Trusted Storage keeps data";
const NO_PLATFORM: &str = "Profile Small has no Platform partition";
const NO_AUDIT_LOG: &str = "Profile Small has no audit log";

/// The rows.
pub const NAMES: &[Name] = &[
    name(
        "TFM_PARTITION_CRYPTO",
        Partition("crypto", "casemate-crypto"),
    ),
    name(
        "TFM_PARTITION_INTERNAL_TRUSTED_STORAGE",
        Partition("its", "casemate-its"),
    ),
    name(
        "TFM_PARTITION_INITIAL_ATTESTATION",
        Partition("attestation", "casemate-attestation"),
    ),
    name(
        "TFM_PARTITION_FIRMWARE_UPDATE",
        Partition("firmware_update", "casemate-firmware-update"),
    ),
    name(
        "TFM_PARTITION_PROTECTED_STORAGE",
        Always("OFF", NO_PROTECTED_STORAGE),
    ),
    name("TFM_PARTITION_PLATFORM", Always("OFF", NO_PLATFORM)),
    name("TFM_PARTITION_AUDIT_LOG", Always("OFF", NO_AUDIT_LOG)),
    name("PS_ENCRYPTION", Nothing(NO_PROTECTED_STORAGE)),
    name("PS_ROLLBACK_PROTECTION", Nothing(NO_PROTECTED_STORAGE)),
    name(
        "PS_SUPPORT_FORMAT_TRANSITION",
        Nothing(NO_PROTECTED_STORAGE),
    ),
    name("PS_CRYPTO_AEAD_ALG", Nothing(NO_PROTECTED_STORAGE)),
    name("PS_AES_KEY_USAGE_LIMIT", Nothing(NO_PROTECTED_STORAGE)),
    name("PS_CREATE_FLASH_LAYOUT", Nothing(NO_PROTECTED_STORAGE)),
    name("PS_RAM_FS", Nothing(NO_PROTECTED_STORAGE)),
    name(
        "PS_VALIDATE_METADATA_FROM_FLASH",
        Nothing(NO_PROTECTED_STORAGE),
    ),
    name("PS_MAX_ASSET_SIZE", Nothing(NO_PROTECTED_STORAGE)),
    name("PS_NUM_ASSETS", Nothing(NO_PROTECTED_STORAGE)),
    name("PS_STACK_SIZE", Nothing(NO_PROTECTED_STORAGE)),
    name("PLATFORM_SERVICE_INPUT_BUFFER_SIZE", Nothing(NO_PLATFORM)),
    name("PLATFORM_SERVICE_OUTPUT_BUFFER_SIZE", Nothing(NO_PLATFORM)),
    name("PLATFORM_SP_STACK_SIZE", Nothing(NO_PLATFORM)),
    name("PLATFORM_NV_COUNTER_MODULE_DISABLED", Nothing(NO_PLATFORM)),
];
