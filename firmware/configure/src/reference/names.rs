// SPDX-License-Identifier: Apache-2.0
//! Options of the manager, of the build, and of algorithms.

use super::Meaning::{Always, Chosen, Nothing, Number, Switch, Word};
use super::{Name, name};

/// The options of the algorithms, as the PSA spells them.
pub const ALGORITHMS: &[&str] = &[
    "PSA_WANT_ALG_SHA_224",
    "PSA_WANT_ALG_SHA_256",
    "PSA_WANT_ALG_SHA_384",
    "PSA_WANT_ALG_SHA_512",
    "PSA_WANT_ALG_HMAC",
    "PSA_WANT_ALG_CCM",
    "PSA_WANT_ALG_CBC_NO_PADDING",
    "PSA_WANT_ALG_CBC_PKCS7",
    "PSA_WANT_ALG_CTR",
    "PSA_WANT_ALG_CFB",
    "PSA_WANT_ALG_ECB_NO_PADDING",
    "PSA_WANT_ALG_STREAM_CIPHER",
    "PSA_WANT_ALG_GCM",
    "PSA_WANT_ALG_CHACHA20_POLY1305",
    "PSA_WANT_ALG_CMAC",
    "PSA_WANT_ALG_HKDF",
    "PSA_WANT_ALG_HKDF_EXTRACT",
    "PSA_WANT_ALG_HKDF_EXPAND",
    "PSA_WANT_ALG_TLS12_PRF",
    "PSA_WANT_ALG_TLS12_PSK_TO_MS",
    "PSA_WANT_ALG_SP800_108_COUNTER_HMAC",
    "PSA_WANT_ALG_PBKDF2_HMAC",
    "PSA_WANT_ALG_SP800_108_COUNTER_CMAC",
    "PSA_WANT_ALG_PBKDF2_AES_CMAC_PRF_128",
    "PSA_WANT_ALG_ECDSA",
    "PSA_WANT_ALG_DETERMINISTIC_ECDSA",
    "PSA_WANT_ALG_ECDH",
];

const BUILD_TYPES: &[(&str, &str)] = &[
    ("MinSizeRel", "min-size"),
    ("Release", "release"),
    ("Debug", "debug"),
    ("RelWithDebInfo", "rel-with-debug-info"),
];
const LEVELS: &[(&str, &str)] = &[
    ("LOG_LEVEL_NONE", "off"),
    ("LOG_LEVEL_ERROR", "error"),
    ("LOG_LEVEL_WARNING", "warning"),
    ("LOG_LEVEL_INFO", "info"),
    ("LOG_LEVEL_VERBOSE", "info"),
    ("OFF", "off"),
    ("ERROR", "error"),
    ("WARNING", "warning"),
    ("INFO", "info"),
    ("DEBUG", "info"),
];
const HALT: &[(&str, &str)] = &[("ON", "halt"), ("OFF", "reset")];
const ONE_CONTEXT: &str =
    "one secure context: partitions share one stack, which is linked at its static bound";
const NO_MAILBOX: &str = "one core: there is no mailbox";
const ON_DEVICE: &str =
    "a fault is one line on the console and a record that survives the reset; docs/faults.md";
const CURVE: &str = "P-256 comes with the algorithms that use it";
const KEY_TYPE: &str = "a type of key comes with the algorithms that use it";

/// The rows.
pub const NAMES: &[Name] = &[
    name("TEST_S", Switch("test.secure")),
    name("TEST_NS", Switch("test.nonsecure")),
    name(
        "TFM_ISOLATION_LEVEL",
        Always("1", "Profile Small isolates the secure world: level 1"),
    ),
    name("TFM_LIB_MODEL", Word("spm.backend", &[("ON", "library")])),
    name(
        "CONFIG_TFM_SPM_BACKEND",
        Word("spm.backend", &[("SFN", "sfn"), ("LIBRARY", "library")]),
    ),
    name("CONFIG_TFM_SPM_BACKEND_SFN", Chosen("spm.backend", "sfn")),
    name(
        "CONFIG_TFM_SPM_BACKEND_IPC",
        Always("OFF", "the models are Library and SFN"),
    ),
    name("CONFIG_TFM_CONN_HANDLE_MAX_NUM", Number("spm.connections")),
    name(
        "TFM_NS_MANAGE_NSID",
        Word("spm.client_id_word", &[("OFF", "0")]),
    ),
    name("TFM_HALT_ON_FATAL_ERRORS", Word("spm.fault_action", HALT)),
    name(
        "CONFIG_TFM_HALT_ON_CORE_PANIC",
        Word("spm.fault_action", HALT),
    ),
    name(
        "PSA_FRAMEWORK_HAS_MM_IOVEC",
        Nothing("services read and write the caller's buffers where they are"),
    ),
    name(
        "CONFIG_TFM_DOORBELL_API",
        Always(
            "OFF",
            "partitions have no signals of each other in the Library and SFN models",
        ),
    ),
    name(
        "CONFIG_TFM_STACK_WATERMARKS",
        Nothing("the static bound is exact: `size --stack` shows it"),
    ),
    name(
        "CONFIG_TFM_REUSE_COPY_AREA_FOR_SP_STACKS",
        Nothing(ONE_CONTEXT),
    ),
    name(
        "CONFIG_TFM_BRANCH_PROTECTION_FEAT",
        Always(
            "BRANCH_PROTECTION_DISABLED",
            "Armv8.0-M has no branch protection",
        ),
    ),
    name(
        "CONFIG_TFM_SCHEDULE_WHEN_NS_INTERRUPTED",
        Always(
            "OFF",
            "no secure threads: a non-secure interrupt returns to the call that it interrupted",
        ),
    ),
    name(
        "CONFIG_TFM_SECURE_THREAD_MASK_NS_INTERRUPT",
        Always("OFF", "non-secure interrupts run during calls"),
    ),
    name(
        "CONFIG_TFM_POST_PARTITION_INIT_HOOK",
        Nothing("a board's own code runs before and after, in its package"),
    ),
    name(
        "CONFIG_TFM_PARTITION_META_DYNAMIC_ISOLATION",
        Always("OFF", "isolation level 1"),
    ),
    name("CONFIG_TFM_HYBRID_PLAT_SCHED_TYPE", Nothing(NO_MAILBOX)),
    name("CONFIG_TFM_BACKTRACE_ON_CORE_PANIC", Nothing(ON_DEVICE)),
    name(
        "CONFIG_TFM_ENABLE_PROFILING",
        Nothing("`cargo xtask bench` counts the instructions of each call"),
    ),
    name("TFM_EXCEPTION_INFO_DUMP", Nothing(ON_DEVICE)),
    name("TFM_EXCEPTION_DUMP_LVL", Nothing(ON_DEVICE)),
    name("PLATFORM_EXCEPTION_INFO", Nothing(ON_DEVICE)),
    name("TFM_LOG_FATAL_ERRORS", Nothing(ON_DEVICE)),
    name(
        "TFM_LOG_NONFATAL_ERRORS",
        Nothing("an error is a status for its caller"),
    ),
    name("TFM_LOG_ERR_FILE_AND_LINE", Nothing(ON_DEVICE)),
    name(
        "TFM_UNIQUE_ERROR_CODES",
        Nothing("an error is a status for its caller"),
    ),
    name("TFM_PXN_ENABLE", Nothing("Armv8.1-M only")),
    name(
        "TFM_TZ_REENTRANCY_CHECK",
        Always("ON", "a second call within a call is answered at once"),
    ),
    name(
        "TFM_CODE_SHARING",
        Always("OFF", "boot ROM and secure image share no code"),
    ),
    name(
        "TFM_MANIFEST_LIST",
        Nothing("one line for each manifest in `[partitions]`"),
    ),
    name("TFM_EXTRA_CONFIG_PATH", Nothing("write `--config FILE`")),
    name("TFM_PROFILE", Nothing("write `--profile NAME`")),
    name("TFM_PLATFORM", Nothing("write `--board NAME`")),
    name(
        "TFM_TOOLCHAIN_FILE",
        Nothing("the compiler is found by the tool itself"),
    ),
    name(
        "PROJECT_CONFIG_HEADER_FILE",
        Nothing("`config import` follows it; write its values into a file for `--config`"),
    ),
    name(
        "NS_EVALUATION_APP_PATH",
        Nothing("write `run --nonsecure APP`"),
    ),
    name(
        "TFM_LOAD_NS_IMAGE",
        Always("ON", "a non-secure image belongs to each image"),
    ),
    name("NUM_MAILBOX_QUEUE_SLOT", Nothing(NO_MAILBOX)),
    name("NS_AGENT_MAILBOX_STACK_SIZE", Nothing(NO_MAILBOX)),
    name("MAILBOX_IS_UNCACHED_S", Nothing(NO_MAILBOX)),
    name("MAILBOX_IS_UNCACHED_NS", Nothing(NO_MAILBOX)),
    name("MAILBOX_SUPPORT_NS_CLIENT_ID_ZERO", Nothing(NO_MAILBOX)),
    name("TFM_PLAT_SPECIFIC_MULTI_CORE_COMM", Nothing(NO_MAILBOX)),
    name("TFM_PARTITION_NS_AGENT_MAILBOX", Always("OFF", NO_MAILBOX)),
    name(
        "TFM_PARTITION_NS_AGENT_TZ",
        Always("ON", "the non-secure world calls through veneers"),
    ),
    name(
        "TFM_DUMMY_PROVISIONING",
        Nothing("`cargo xtask provision` makes a device; nothing is provisioned by the firmware"),
    ),
    name(
        "OTP_NV_COUNTERS_RAM_EMULATION",
        Always("OFF", "OTP and counters are in flash and survive a reset"),
    ),
    name(
        "TFM_NS_NV_COUNTER_AMOUNT",
        Always("0", "counters belong to the secure world"),
    ),
    name(
        "DEBUG_AUTHENTICATION",
        Nothing("the emulated boards have no debug port to close"),
    ),
    name(
        "CRYPTO_HW_ACCELERATOR",
        Always("OFF", "the emulated boards have no accelerator"),
    ),
    name("SECURE_TEST_PARTITION_STACK_SIZE", Nothing(ONE_CONTEXT)),
    name("PSA_WANT_ECC_SECP_R1_256", Always("1", CURVE)),
    name("PSA_WANT_KEY_TYPE_AES", Always("1", KEY_TYPE)),
    name("PSA_WANT_KEY_TYPE_HMAC", Always("1", KEY_TYPE)),
    name("PSA_WANT_KEY_TYPE_DERIVE", Always("1", KEY_TYPE)),
    name("PSA_WANT_KEY_TYPE_RAW_DATA", Always("1", KEY_TYPE)),
    name("PSA_WANT_KEY_TYPE_CHACHA20", Always("1", KEY_TYPE)),
    name("PSA_WANT_KEY_TYPE_ECC_PUBLIC_KEY", Always("1", KEY_TYPE)),
    name(
        "PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_BASIC",
        Always("1", KEY_TYPE),
    ),
    name(
        "PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_IMPORT",
        Always("1", KEY_TYPE),
    ),
    name(
        "PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_EXPORT",
        Always("1", KEY_TYPE),
    ),
    name(
        "PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_GENERATE",
        Always("1", KEY_TYPE),
    ),
    name("CMAKE_BUILD_TYPE", Word("build.type", BUILD_TYPES)),
    name("TFM_BL2_LOG_LEVEL", Word("log.boot", LEVELS)),
    name("MCUBOOT_LOG_LEVEL", Word("log.boot", LEVELS)),
    name("TFM_SPM_LOG_LEVEL", Word("log.secure", LEVELS)),
    name(
        "TFM_PARTITION_LOG_LEVEL",
        Nothing("partitions print nothing: `log.secure` is for the whole image"),
    ),
    name("TFM_NS_LOG_LEVEL", Word("log.nonsecure", LEVELS)),
];
