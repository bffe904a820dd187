/* SPDX-License-Identifier: Apache-2.0 */
/* The whole of a first application: a hash and a random number from the secure world. */
#include <psa/crypto.h>
#include <stdio.h>

static void print(const char *name, const uint8_t *bytes, size_t length)
{
    printf("%s ", name);
    for (size_t index = 0; index < length; index++) {
        printf("%02x", bytes[index]);
    }
    printf("\n");
}

int main(void)
{
    static const uint8_t text[] = {'a', 'b', 'c'};
    uint8_t hash[PSA_HASH_LENGTH(PSA_ALG_SHA_256)], random[8];
    size_t length;
    if (psa_crypto_init() != PSA_SUCCESS
        || psa_hash_compute(PSA_ALG_SHA_256, text, sizeof(text), hash, sizeof(hash), &length)
               != PSA_SUCCESS
        || psa_generate_random(random, sizeof(random)) != PSA_SUCCESS) {
        return 1;
    }
    print("sha-256 of abc", hash, length);
    print("random", random, sizeof(random));
    return 0;
}
