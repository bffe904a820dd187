/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls every function of the library on the host, with veneers that print what reaches them.
 *
 * One line for each call: name, handle, control word, pack in hexadecimal (for Crypto), then each
 * vector as NAME:LENGTH, then what the function gave back. The argument is the status that the
 * secure world is to answer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../c/src/gateway.h"
#include "casemate/lock.h"
#include "psa/crypto.h"
#include "psa/initial_attestation.h"
#include "psa/internal_trusted_storage.h"
#include "psa/protected_storage.h"
#include "psa/update.h"

#define KEY 0x11121314u
#define ALG 0x21222324u
#define STEP 0x3132u
#define KEY_TYPE 0x4142u

static uint8_t first[5], second[6], third[7], output[8], other[9];
static uint8_t nonce[13] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
static psa_key_attributes_t attributes;
static union {
    uint32_t handle;
    psa_hash_operation_t hash;
    psa_mac_operation_t mac;
    psa_cipher_operation_t cipher;
    psa_aead_operation_t aead;
    psa_key_derivation_operation_t derivation;
} op, target;
static psa_key_id_t key;
static size_t length, length2;
static struct psa_storage_info_t info;
static psa_status_t answer;
static int locked;

void casemate_lock(void)
{
    locked++;
}

void casemate_unlock(void)
{
    locked--;
}

static void print_vector(const void *base, size_t len)
{
    static const struct {
        const void *base;
        const char *name;
    } names[] = {{first, "first"},   {second, "second"},         {third, "third"},
                 {output, "output"}, {other, "other"},           {nonce, "nonce"},
                 {&op, "op"},        {&target, "target"},        {&key, "key"},
                 {NULL, "null"},     {&attributes, "attributes"}};
    for (size_t index = 0; index < sizeof(names) / sizeof(names[0]); index++) {
        if (names[index].base == base) {
            printf(" %s:%zu", names[index].name, len);
            return;
        }
    }
    /* A copy of the library's own: its content tells what it is. */
    printf(" ");
    for (size_t index = 0; index < len; index++) {
        printf("%02x", ((const uint8_t *)base)[index]);
    }
}

psa_status_t tfm_psa_call_veneer(psa_handle_t handle, uint32_t control, const psa_invec *in_vec,
                                 psa_outvec *out_vec)
{
    printf(" %08x %08x lock=%d in", (unsigned)handle, (unsigned)control, locked);
    for (uint32_t index = 0; index < (control >> 24 & 7); index++) {
        print_vector(in_vec[index].base, in_vec[index].len);
    }
    printf(" out");
    for (uint32_t index = 0; index < (control >> 16 & 7); index++) {
        psa_outvec *vector = &out_vec[index];
        print_vector(vector->base, vector->len);
        if (answer != PSA_SUCCESS) {
            continue;
        }
        memset(vector->base, 0x50 + (int)index, vector->len);
        if (vector->base == output || vector->base == other) {
            vector->len--;
        }
    }
    return answer;
}

uint32_t tfm_psa_framework_version_veneer(void)
{
    return PSA_FRAMEWORK_VERSION;
}

uint32_t tfm_psa_version_veneer(uint32_t sid)
{
    printf(" sid=%x lock=%d", (unsigned)sid, locked);
    return 1;
}

psa_handle_t tfm_psa_connect_veneer(uint32_t sid, uint32_t version)
{
    printf(" sid=%x version=%u lock=%d", (unsigned)sid, (unsigned)version, locked);
    return 0x100;
}

void tfm_psa_close_veneer(psa_handle_t handle)
{
    printf(" handle=%x lock=%d", (unsigned)handle, locked);
}

static void begin(const char *name)
{
    op.handle = 0x51525354;
    target.handle = 0x61626364;
    key = 0x71727374;
    length = length2 = 99;
    printf("%s", name);
}

static void end(long status)
{
    printf(" = %ld op=%x target=%x key=%x length=%zu length2=%zu lock=%d\n", status,
           (unsigned)op.handle, (unsigned)target.handle, (unsigned)key, length, length2, locked);
}

#define CALL(function, ...)                 \
    do {                                    \
        begin(#function);                   \
        end((long)function(__VA_ARGS__));   \
    } while (0)

static void keys_and_random(void)
{
    psa_set_key_type(&attributes, KEY_TYPE);
    psa_set_key_bits(&attributes, 0x80);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_HASH);
    psa_set_key_algorithm(&attributes, ALG);
    psa_set_key_id(&attributes, 7);
    printf("attributes ");
    print_vector(&(psa_key_attributes_t){attributes.private_type, attributes.private_bits,
                                         attributes.private_lifetime, attributes.private_usage,
                                         attributes.private_algorithm,
                                         attributes.private_second_algorithm,
                                         attributes.private_id},
                 sizeof(attributes));
    printf("\n");
    CALL(psa_generate_random, output, sizeof(output));
    CALL(psa_import_key, &attributes, first, sizeof(first), &key);
    CALL(psa_destroy_key, KEY);
    CALL(psa_export_key, KEY, output, sizeof(output), &length);
    CALL(psa_export_public_key, KEY, output, sizeof(output), &length);
    CALL(psa_purge_key, KEY);
    CALL(psa_copy_key, KEY, &attributes, &key);
    CALL(psa_generate_key, &attributes, &key);
    CALL(psa_get_key_attributes, KEY, &attributes);
}

static void hashes(void)
{
    CALL(psa_hash_compute, ALG, first, sizeof(first), output, sizeof(output), &length);
    CALL(psa_hash_compare, ALG, first, sizeof(first), second, sizeof(second));
    CALL(psa_hash_setup, &op.hash, ALG);
    CALL(psa_hash_update, &op.hash, first, sizeof(first));
    CALL(psa_hash_clone, &op.hash, &target.hash);
    CALL(psa_hash_finish, &op.hash, output, sizeof(output), &length);
    CALL(psa_hash_verify, &op.hash, first, sizeof(first));
    CALL(psa_hash_abort, &op.hash);
    CALL(psa_can_do_hash, ALG);
}

static void codes(void)
{
    CALL(psa_mac_compute, KEY, ALG, first, sizeof(first), output, sizeof(output), &length);
    CALL(psa_mac_verify, KEY, ALG, first, sizeof(first), second, sizeof(second));
    CALL(psa_mac_sign_setup, &op.mac, KEY, ALG);
    CALL(psa_mac_verify_setup, &op.mac, KEY, ALG);
    CALL(psa_mac_update, &op.mac, first, sizeof(first));
    CALL(psa_mac_sign_finish, &op.mac, output, sizeof(output), &length);
    CALL(psa_mac_verify_finish, &op.mac, first, sizeof(first));
    CALL(psa_mac_abort, &op.mac);
}

static void ciphers(void)
{
    CALL(psa_cipher_encrypt, KEY, ALG, first, sizeof(first), output, sizeof(output), &length);
    CALL(psa_cipher_decrypt, KEY, ALG, first, sizeof(first), output, sizeof(output), &length);
    CALL(psa_cipher_encrypt_setup, &op.cipher, KEY, ALG);
    CALL(psa_cipher_decrypt_setup, &op.cipher, KEY, ALG);
    CALL(psa_cipher_generate_iv, &op.cipher, output, sizeof(output), &length);
    CALL(psa_cipher_set_iv, &op.cipher, first, sizeof(first));
    CALL(psa_cipher_update, &op.cipher, first, sizeof(first), output, sizeof(output), &length);
    CALL(psa_cipher_finish, &op.cipher, output, sizeof(output), &length);
    CALL(psa_cipher_abort, &op.cipher);
    CALL(psa_can_do_cipher, KEY_TYPE, ALG);
}

static void authenticated_encryption(void)
{
    CALL(psa_aead_encrypt, KEY, ALG, nonce, sizeof(nonce), second, sizeof(second), first,
         sizeof(first), output, sizeof(output), &length);
    CALL(psa_aead_decrypt, KEY, ALG, nonce, sizeof(nonce), second, sizeof(second), first,
         sizeof(first), output, sizeof(output), &length);
    CALL(psa_aead_encrypt_setup, &op.aead, KEY, ALG);
    CALL(psa_aead_decrypt_setup, &op.aead, KEY, ALG);
    CALL(psa_aead_generate_nonce, &op.aead, output, sizeof(output), &length);
    CALL(psa_aead_set_nonce, &op.aead, first, sizeof(first));
    CALL(psa_aead_set_lengths, &op.aead, 0x81828384, 0x91929394);
    CALL(psa_aead_update_ad, &op.aead, first, sizeof(first));
    CALL(psa_aead_update, &op.aead, first, sizeof(first), output, sizeof(output), &length);
    CALL(psa_aead_finish, &op.aead, output, sizeof(output), &length, other, sizeof(other),
         &length2);
    CALL(psa_aead_verify, &op.aead, output, sizeof(output), &length, first, sizeof(first));
    CALL(psa_aead_abort, &op.aead);
}

static void asymmetric(void)
{
    CALL(psa_sign_message, KEY, ALG, first, sizeof(first), output, sizeof(output), &length);
    CALL(psa_verify_message, KEY, ALG, first, sizeof(first), second, sizeof(second));
    CALL(psa_sign_hash, KEY, ALG, first, sizeof(first), output, sizeof(output), &length);
    CALL(psa_verify_hash, KEY, ALG, first, sizeof(first), second, sizeof(second));
    CALL(psa_asymmetric_encrypt, KEY, ALG, first, sizeof(first), second, sizeof(second), output,
         sizeof(output), &length);
    CALL(psa_asymmetric_decrypt, KEY, ALG, first, sizeof(first), second, sizeof(second), output,
         sizeof(output), &length);
    CALL(psa_raw_key_agreement, ALG, KEY, first, sizeof(first), output, sizeof(output), &length);
}

static void derivation(void)
{
    CALL(psa_key_derivation_setup, &op.derivation, ALG);
    CALL(psa_key_derivation_get_capacity, &op.derivation, &length);
    CALL(psa_key_derivation_set_capacity, &op.derivation, 0xa1a2a3a4);
    CALL(psa_key_derivation_input_bytes, &op.derivation, STEP, first, sizeof(first));
    CALL(psa_key_derivation_input_key, &op.derivation, STEP, KEY);
    CALL(psa_key_derivation_input_integer, &op.derivation, STEP, 0xb1b2b3b4b5b6b7b8);
    CALL(psa_key_derivation_key_agreement, &op.derivation, STEP, KEY, first, sizeof(first));
    CALL(psa_key_derivation_output_bytes, &op.derivation, output, sizeof(output));
    CALL(psa_key_derivation_output_key, &attributes, &op.derivation, &key);
    CALL(psa_key_derivation_abort, &op.derivation);
}

static void other_services(void)
{
    const psa_storage_uid_t uid = 0x1122334455667788;
    CALL(psa_its_set, uid, sizeof(first), first, 2);
    CALL(psa_its_get, uid, 3, sizeof(output), output, &length);
    CALL(psa_its_get_info, uid, &info);
    printf("info %zx %zx %x\n", info.capacity, info.size, (unsigned)info.flags);
    CALL(psa_its_remove, uid);
    CALL(psa_ps_set, uid, sizeof(first), first, 2);
    CALL(psa_ps_get, uid, 3, sizeof(output), output, &length);
    CALL(psa_ps_get_info, uid, &info);
    CALL(psa_ps_remove, uid);
    CALL(psa_ps_get_support, );
    CALL(psa_ps_create, uid, 1, 0);
    CALL(psa_ps_set_extended, uid, 0, sizeof(first), first);
    CALL(psa_initial_attest_get_token, first, sizeof(first), output, sizeof(output), &length);
    CALL(psa_initial_attest_get_token_size, 32, &length);
}

static void updates(void)
{
    psa_fwu_component_info_t component;
    memset(&component, 0, sizeof(component));
    CALL(psa_fwu_start, 9, first, sizeof(first));
    CALL(psa_fwu_write, 9, 0x11223340, first, sizeof(first));
    CALL(psa_fwu_finish, 9);
    CALL(psa_fwu_cancel, 9);
    CALL(psa_fwu_install, );
    CALL(psa_fwu_clean, 9);
    CALL(psa_fwu_reject, -3);
    CALL(psa_fwu_request_reboot, );
    CALL(psa_fwu_accept, );
    CALL(psa_fwu_query, 9, &component);
    printf("component %x %x\n", component.state, (unsigned)component.max_size);
}

static void framework(void)
{
    const psa_invec in[] = {{first, sizeof(first)}, {NULL, 4}};
    psa_outvec out[] = {{output, sizeof(output)}};
    CALL(psa_framework_version, );
    CALL(psa_version, 0x80);
    CALL(psa_connect, 0x81, 2);
    CALL(psa_call, 0x100, 7, in, 2, out, 1);
    begin("psa_close");
    psa_close(0x100);
    end(0);
    begin("refused before the gateway");
    end((psa_call(1, -1, in, 1, NULL, 0) == PSA_ERROR_PROGRAMMER_ERROR)
        + (psa_call(1, 0x8000, in, 1, NULL, 0) == PSA_ERROR_PROGRAMMER_ERROR)
        + (psa_call(1, 0, in, 5, NULL, 0) == PSA_ERROR_PROGRAMMER_ERROR)
        + (psa_call(1, 0, in, 2, out, 3) == PSA_ERROR_PROGRAMMER_ERROR)
        + (psa_call(1, 0, in, 1, out, SIZE_MAX) == PSA_ERROR_PROGRAMMER_ERROR)
        + (psa_aead_encrypt(KEY, ALG, nonce, 17, NULL, 0, NULL, 0, output, 8, &length)
           == PSA_ERROR_INVALID_ARGUMENT));
}

int main(int count, char **arguments)
{
    answer = count > 1 ? atoi(arguments[1]) : 0;
    keys_and_random();
    hashes();
    codes();
    ciphers();
    authenticated_encryption();
    asymmetric();
    derivation();
    other_services();
    updates();
    framework();
    return psa_crypto_init() == PSA_SUCCESS ? 0 : 1;
}
