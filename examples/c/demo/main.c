/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The demonstration: a non-secure application in C that uses the secure services.
 *
 * It prints the framework's and the service's versions, counts its boots in flash, hashes the
 * file that the host names on its command line (`demo FILE`, through semihosting), and makes an
 * attestation token for a verifier (`demo --challenge DIGITS FILE`). The emulator exits with 0
 * when all of it worked.
 */
#include <psa/client.h>
#include <psa/crypto.h>
#include <psa_manifest/sid.h>
#include <stdio.h>
#include <string.h>

#include "boot_counter.h"
#include "semihosting.h"
#include "token.h"

/* What is hashed with one call. */
static uint8_t chunk[4096];

/* Hashes a file of the host and prints the digest. */
static psa_status_t hash_file(const char *path)
{
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT;
    uint8_t digest[PSA_HASH_LENGTH(PSA_ALG_SHA_256)];
    size_t total = 0, length;
    const int file = semihosting_open(path);
    if (file < 0) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    psa_status_t status = psa_hash_setup(&operation, PSA_ALG_SHA_256);
    while (status == PSA_SUCCESS && (length = semihosting_read(file, chunk, sizeof(chunk))) != 0) {
        status = psa_hash_update(&operation, chunk, length);
        total += length;
    }
    if (status == PSA_SUCCESS) {
        status = psa_hash_finish(&operation, digest, sizeof(digest), &length);
    }
    if (status != PSA_SUCCESS) {
        psa_hash_abort(&operation);
        return status;
    }
    printf("sha-256 of %lu bytes: ", (unsigned long)total);
    for (size_t index = 0; index < length; index++) {
        printf("%02x", digest[index]);
    }
    printf("\n");
    return PSA_SUCCESS;
}

/* Ends a text at its first space; what follows, or NULL. */
static char *split(char *text)
{
    char *space = strchr(text, ' ');
    if (space != NULL) {
        *space++ = '\0';
    }
    return space;
}

/* Does what the command line says behind the program's name. */
static psa_status_t obey(char *arguments)
{
    static const char option[] = "--challenge ";
    if (strncmp(arguments, option, strlen(option)) != 0) {
        return hash_file(arguments);
    }
    char *challenge = arguments + strlen(option);
    const char *file = split(challenge);
    if (file == NULL) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    const psa_status_t status = hash_file(file);
    return status == PSA_SUCCESS ? token_print(challenge) : status;
}

int main(void)
{
    static char command_line[512];
    const uint32_t framework = psa_framework_version();
    printf("framework version %u.%u\n", (unsigned)(framework >> 8), (unsigned)(framework & 0xff));
    printf("crypto service version %u\n", (unsigned)psa_version(TFM_CRYPTO_SID));
    printf("boot %u\n", (unsigned)boot_counter_count());

    psa_status_t status = psa_crypto_init();
    if (semihosting_command_line(command_line, sizeof(command_line)) > 0) {
        char *arguments = split(command_line);
        if (arguments != NULL && status == PSA_SUCCESS) {
            status = obey(arguments);
        }
    }
    if (status != PSA_SUCCESS) {
        printf("demo: failed: %d\n", (int)status);
    }
    return status == PSA_SUCCESS ? 0 : 1;
}
