// SPDX-License-Identifier: Apache-2.0
//! The calls of TF-M v2.3: number, fields of the pack and vectors of each function.

/// One function of the Crypto service.
pub struct Row {
    /// Its name in C.
    pub name: &'static str,
    /// Its number.
    pub id: u16,
    /// The fields of the pack that it sets.
    pub fields: &'static str,
    /// Its inputs behind the pack, by their names in the driver, with their lengths.
    pub inputs: &'static str,
    /// Its outputs.
    pub outputs: &'static str,
    /// Its results beside the status.
    pub gives: &'static str,
}

const fn row(
    name: &'static str,
    id: u16,
    fields: &'static str,
    inputs: &'static str,
    outputs: &'static str,
    gives: &'static str,
) -> Row {
    Row {
        name,
        id,
        fields,
        inputs,
        outputs,
        gives,
    }
}

/// The Crypto service.
#[rustfmt::skip]
pub const CRYPTO_ROWS: &[Row] = &[
    row("psa_generate_random", 0x0100, "", "", "output:8", ""),
    row("psa_get_key_attributes", 0x0200, "key_id", "", "attributes:24", ""),
    row("psa_import_key", 0x0203, "", "attributes:24 first:5", "key:4", "key"),
    row("psa_destroy_key", 0x0204, "key_id", "", "", ""),
    row("psa_export_key", 0x0205, "key_id", "", "output:8", "length"),
    row("psa_export_public_key", 0x0206, "key_id", "", "output:8", "length"),
    row("psa_purge_key", 0x0207, "key_id", "", "", ""),
    row("psa_copy_key", 0x0208, "key_id", "attributes:24", "key:4", "key"),
    row("psa_generate_key", 0x0209, "", "attributes:24", "key:4", "key"),
    row("psa_hash_compute", 0x0300, "alg", "first:5", "output:8", "length"),
    row("psa_hash_compare", 0x0301, "alg", "first:5 second:6", "", ""),
    row("psa_hash_setup", 0x0302, "alg op_handle", "", "op:4", "op"),
    row("psa_hash_update", 0x0303, "op_handle", "first:5", "", ""),
    row("psa_hash_clone", 0x0304, "op_handle", "target:4", "target:4", "target"),
    row("psa_hash_finish", 0x0305, "op_handle", "", "op:4 output:8", "op length"),
    row("psa_hash_verify", 0x0306, "op_handle", "first:5", "op:4", "op"),
    row("psa_hash_abort", 0x0307, "op_handle", "", "op:4", "op"),
    row("psa_can_do_hash", 0x0308, "alg", "", "00000000", "flag"),
    row("psa_mac_compute", 0x0400, "key_id alg", "first:5", "output:8", "length"),
    row("psa_mac_verify", 0x0401, "key_id alg", "first:5 second:6", "", ""),
    row("psa_mac_sign_setup", 0x0402, "key_id alg op_handle", "", "op:4", "op"),
    row("psa_mac_verify_setup", 0x0403, "key_id alg op_handle", "", "op:4", "op"),
    row("psa_mac_update", 0x0404, "op_handle", "first:5", "", ""),
    row("psa_mac_sign_finish", 0x0405, "op_handle", "", "op:4 output:8", "op length"),
    row("psa_mac_verify_finish", 0x0406, "op_handle", "first:5", "op:4", "op"),
    row("psa_mac_abort", 0x0407, "op_handle", "", "op:4", "op"),
    row("psa_cipher_encrypt", 0x0500, "key_id alg", "first:5", "output:8", "length"),
    row("psa_cipher_decrypt", 0x0501, "key_id alg", "first:5", "output:8", "length"),
    row("psa_cipher_encrypt_setup", 0x0502, "key_id alg op_handle", "", "op:4", "op"),
    row("psa_cipher_decrypt_setup", 0x0503, "key_id alg op_handle", "", "op:4", "op"),
    row("psa_cipher_generate_iv", 0x0504, "op_handle", "", "output:8", "length"),
    row("psa_cipher_set_iv", 0x0505, "op_handle", "first:5", "", ""),
    row("psa_cipher_update", 0x0506, "op_handle", "first:5", "output:8", "length"),
    row("psa_cipher_finish", 0x0507, "op_handle", "", "op:4 output:8", "op length"),
    row("psa_cipher_abort", 0x0508, "op_handle", "", "op:4", "op"),
    row("psa_can_do_cipher", 0x0509, "alg", "4241", "00000000", "flag"),
    row("psa_aead_encrypt", 0x0600, "key_id alg nonce", "first:5 second:6", "output:8", "length"),
    row("psa_aead_decrypt", 0x0601, "key_id alg nonce", "first:5 second:6", "output:8", "length"),
    row("psa_aead_encrypt_setup", 0x0602, "key_id alg op_handle", "", "op:4", "op"),
    row("psa_aead_decrypt_setup", 0x0603, "key_id alg op_handle", "", "op:4", "op"),
    row("psa_aead_generate_nonce", 0x0604, "op_handle", "", "output:8", "length"),
    row("psa_aead_set_nonce", 0x0605, "op_handle", "first:5", "", ""),
    row("psa_aead_set_lengths", 0x0606, "ad_length plaintext_length op_handle", "", "", ""),
    row("psa_aead_update_ad", 0x0607, "op_handle", "first:5", "", ""),
    row("psa_aead_update", 0x0608, "op_handle", "first:5", "output:8", "length"),
    row("psa_aead_finish", 0x0609, "op_handle", "", "op:4 other:9 output:8", "op length length2"),
    row("psa_aead_verify", 0x060A, "op_handle", "first:5", "op:4 output:8", "op length"),
    row("psa_aead_abort", 0x060B, "op_handle", "", "op:4", "op"),
    row("psa_sign_message", 0x0700, "key_id alg", "first:5", "output:8", "length"),
    row("psa_verify_message", 0x0701, "key_id alg", "first:5 second:6", "", ""),
    row("psa_sign_hash", 0x0702, "key_id alg", "first:5", "output:8", "length"),
    row("psa_verify_hash", 0x0703, "key_id alg", "first:5 second:6", "", ""),
    row("psa_asymmetric_encrypt", 0x0800, "key_id alg", "first:5 second:6", "output:8", "length"),
    row("psa_asymmetric_decrypt", 0x0801, "key_id alg", "first:5 second:6", "output:8", "length"),
    row("psa_raw_key_agreement", 0x0900, "alg key_id", "first:5", "output:8", "length"),
    row("psa_key_derivation_setup", 0x0901, "alg op_handle", "", "op:4", "op"),
    row("psa_key_derivation_get_capacity", 0x0902, "op_handle", "", "00000000", "capacity"),
    row("psa_key_derivation_set_capacity", 0x0903, "capacity op_handle", "", "", ""),
    row("psa_key_derivation_input_bytes", 0x0904, "step op_handle", "first:5", "", ""),
    row("psa_key_derivation_input_key", 0x0905, "key_id step op_handle", "", "", ""),
    row("psa_key_derivation_input_integer", 0x0906, "step value op_handle", "", "", ""),
    row("psa_key_derivation_key_agreement", 0x0907, "key_id step op_handle", "first:5", "", ""),
    row("psa_key_derivation_output_bytes", 0x0908, "op_handle", "", "output:8", ""),
    row("psa_key_derivation_output_key", 0x0909, "op_handle", "attributes:24", "key:4", "key"),
    row("psa_key_derivation_abort", 0x090A, "op_handle", "", "op:4", "op"),
];

/// The other services, and the framework: the line from its beginning.
#[rustfmt::skip]
pub const OTHER_ROWS: &[(&str, &str)] = &[
    ("psa_its_set", "40000102 030003e9 lock=1 in 8877665544332211 first:5 02000000 out = 0"),
    ("psa_its_get", "40000102 020103ea lock=1 in 8877665544332211 03000000 out output:8 = 0"),
    ("psa_its_get_info", "40000102 010103eb lock=1 in 8877665544332211 out 000000000000000000000000 = 0"),
    ("info", "50505050 50505050 50505050"),
    ("psa_its_remove", "40000102 010003ec lock=1 in 8877665544332211 out = 0"),
    ("psa_ps_set", "40000101 030003e9 lock=1 in 8877665544332211 first:5 02000000 out = 0"),
    ("psa_ps_get", "40000101 020103ea lock=1 in 8877665544332211 03000000 out output:8 = 0"),
    ("psa_ps_get_info", "40000101 010103eb lock=1 in 8877665544332211 out 000000000000000000000000 = 0"),
    ("psa_ps_remove", "40000101 010003ec lock=1 in 8877665544332211 out = 0"),
    ("psa_ps_get_support", "= 0"),
    ("psa_ps_create", "= -134"),
    ("psa_ps_set_extended", "= -134"),
    ("psa_initial_attest_get_token", "40000103 010103e9 lock=1 in first:5 out output:8 = 0"),
    ("psa_initial_attest_get_token_size", "40000103 010103ea lock=1 in 20000000 out 00000000 = 0"),
    ("psa_fwu_start", "40000104 020003e9 lock=1 in 09 first:5 out = 0"),
    ("psa_fwu_write", "40000104 030003ea lock=1 in 09 40332211 first:5 out = 0"),
    ("psa_fwu_finish", "40000104 010003eb lock=1 in 09 out = 0"),
    ("psa_fwu_cancel", "40000104 010003ec lock=1 in 09 out = 0"),
    ("psa_fwu_install", "40000104 000003ed lock=1 in out = 0"),
    ("psa_fwu_clean", "40000104 010003ee lock=1 in 09 out = 0"),
    ("psa_fwu_reject", "40000104 010003ef lock=1 in fdffffff out = 0"),
    ("psa_fwu_request_reboot", "40000104 000003f0 lock=1 in out = 0"),
    ("psa_fwu_accept", "40000104 000003f1 lock=1 in out = 0"),
    ("psa_fwu_query", "40000104 010103f2 lock=1 in 09 out 000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000 = 0"),
    ("component", "50 50505050"),
    ("psa_framework_version", "= 257"),
    ("psa_version", "sid=80 lock=1 = 1"),
    ("psa_connect", "sid=81 version=2 lock=1 = 256"),
    ("psa_call", "00000100 02010007 lock=1 in first:5 null:4 out output:8 = 0"),
    ("psa_close", "handle=100 lock=1 = 0"),
    ("refused", "before the gateway = 6 "),
];
