/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/error.h
 * Status codes that all PSA APIs share (PSA Certified Status code API 1.0).
 */
#ifndef PSA_ERROR_H
#define PSA_ERROR_H

#include <stdint.h>

/** Outcome of a call: zero is success, negative an error; positive is for a service's own use. */
typedef int32_t psa_status_t;

/** The action was done. */
#define PSA_SUCCESS ((psa_status_t)0)

/** The caller broke the rules of the interface. */
#define PSA_ERROR_PROGRAMMER_ERROR ((psa_status_t)-129)
/** The service does not exist for this caller, or refuses it. */
#define PSA_ERROR_CONNECTION_REFUSED ((psa_status_t)-130)
/** The service can't take the call now; it may succeed later. */
#define PSA_ERROR_CONNECTION_BUSY ((psa_status_t)-131)
/** An error that no other code describes. */
#define PSA_ERROR_GENERIC_ERROR ((psa_status_t)-132)
/** A policy forbids the action. */
#define PSA_ERROR_NOT_PERMITTED ((psa_status_t)-133)
/** This implementation does not support the action or its parameters. */
#define PSA_ERROR_NOT_SUPPORTED ((psa_status_t)-134)
/** A parameter is invalid. */
#define PSA_ERROR_INVALID_ARGUMENT ((psa_status_t)-135)
/** A handle or key identifier is invalid. */
#define PSA_ERROR_INVALID_HANDLE ((psa_status_t)-136)
/** The action can't be done in this state. */
#define PSA_ERROR_BAD_STATE ((psa_status_t)-137)
/** An output buffer is too small. */
#define PSA_ERROR_BUFFER_TOO_SMALL ((psa_status_t)-138)
/** The item exists already. */
#define PSA_ERROR_ALREADY_EXISTS ((psa_status_t)-139)
/** The item does not exist. */
#define PSA_ERROR_DOES_NOT_EXIST ((psa_status_t)-140)
/** There is not enough memory at run time. */
#define PSA_ERROR_INSUFFICIENT_MEMORY ((psa_status_t)-141)
/** There is not enough persistent storage. */
#define PSA_ERROR_INSUFFICIENT_STORAGE ((psa_status_t)-142)
/** A source holds less data than asked for. */
#define PSA_ERROR_INSUFFICIENT_DATA ((psa_status_t)-143)
/** The service has an internal error. */
#define PSA_ERROR_SERVICE_FAILURE ((psa_status_t)-144)
/** Communication inside the implementation failed. */
#define PSA_ERROR_COMMUNICATION_FAILURE ((psa_status_t)-145)
/** The storage failed and may have lost data. */
#define PSA_ERROR_STORAGE_FAILURE ((psa_status_t)-146)
/** The hardware failed. */
#define PSA_ERROR_HARDWARE_FAILURE ((psa_status_t)-147)
/** There is not enough entropy. */
#define PSA_ERROR_INSUFFICIENT_ENTROPY ((psa_status_t)-148)
/** A signature, authentication code or hash is not the expected one. */
#define PSA_ERROR_INVALID_SIGNATURE ((psa_status_t)-149)
/** A padding is wrong. */
#define PSA_ERROR_INVALID_PADDING ((psa_status_t)-150)
/** Tampering was detected. */
#define PSA_ERROR_CORRUPTION_DETECTED ((psa_status_t)-151)
/** Stored data is corrupted. */
#define PSA_ERROR_DATA_CORRUPT ((psa_status_t)-152)
/** Stored data has an invalid format. */
#define PSA_ERROR_DATA_INVALID ((psa_status_t)-153)

#endif
