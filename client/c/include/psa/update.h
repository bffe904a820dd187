/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file psa/update.h
 * Installing firmware (PSA Firmware Update API 1.0), where the profile has the service.
 *
 * There is one component, number 0: the signed image of both worlds. The boot ROM verifies what
 * was staged at the next start, so no function returns PSA_ERROR_INVALID_SIGNATURE.
 */
#ifndef PSA_UPDATE_H
#define PSA_UPDATE_H

#include <stddef.h>
#include <stdint.h>

#include "casemate/version.h"
#include "psa/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Major version of the API. */
#define PSA_FWU_API_VERSION_MAJOR 1
/** Minor version of the API. */
#define PSA_FWU_API_VERSION_MINOR 0

/** The firmware of another component has to be updated first; never returned here. */
#define PSA_ERROR_DEPENDENCY_NEEDED ((psa_status_t)-156)
/** Too many operations on flash at a time; never returned here. */
#define PSA_ERROR_FLASH_ABUSE ((psa_status_t)-160)
/** Too little power; never returned here. */
#define PSA_ERROR_INSUFFICIENT_POWER ((psa_status_t)-161)
/** Done, and it takes effect at the next start. */
#define PSA_SUCCESS_REBOOT ((psa_status_t)1)
/** Done, and it takes effect when the component restarts; never returned here. */
#define PSA_SUCCESS_RESTART ((psa_status_t)2)

/** Number of a component. */
typedef uint8_t psa_fwu_component_t;

/** The version of an image. */
typedef struct psa_fwu_image_version_t {
    uint8_t major;  /**< Major. */
    uint8_t minor;  /**< Minor. */
    uint16_t patch; /**< Revision. */
    uint32_t build; /**< Build. */
} psa_fwu_image_version_t;

/** An update can begin. */
#define PSA_FWU_READY 0u
/** A new image is being written. */
#define PSA_FWU_WRITING 1u
/** The new image is complete. */
#define PSA_FWU_CANDIDATE 2u
/** The next start installs the new image. */
#define PSA_FWU_STAGED 3u
/** The new image was rejected, or the boot ROM refused it. */
#define PSA_FWU_FAILED 4u
/** The new image runs on trial: the next start restores the old one unless it is accepted. */
#define PSA_FWU_TRIAL 5u
/** The next start restores the old image. */
#define PSA_FWU_REJECTED 6u
/** The new image runs for good. */
#define PSA_FWU_UPDATED 7u

/** The staging area is lost at a reset. */
#define PSA_FWU_FLAG_VOLATILE_STAGING 0x00000001u
/** Images have to be encrypted; never set here. */
#define PSA_FWU_FLAG_ENCRYPTION 0x00000002u

/** Offsets of blocks are multiples of 1 << PSA_FWU_LOG2_WRITE_ALIGN. */
#define PSA_FWU_LOG2_WRITE_ALIGN 5
/** The longest block in bytes. */
#define PSA_FWU_MAX_WRITE_SIZE 1024u

/** Room that is kept for the digest of a candidate; zero here. */
typedef struct psa_fwu_impl_info_t {
    uint8_t candidate_digest[32]; /**< Zero. */
} psa_fwu_impl_info_t;

/** State of a component. */
typedef struct psa_fwu_component_info_t {
    uint8_t state;                   /**< PSA_FWU_READY and so on. */
    psa_status_t error;              /**< Why it has failed or was rejected. */
    psa_fwu_image_version_t version; /**< Of the image that runs. */
    uint32_t max_size;               /**< The largest image in bytes. */
    uint32_t flags;                  /**< PSA_FWU_FLAG_VOLATILE_STAGING. */
    uint32_t location;               /**< Zero. */
    psa_fwu_impl_info_t impl;        /**< Zero. */
} psa_fwu_component_info_t;

/**
 * Reads the state of a component and the version that runs.
 * @param component  The component.
 * @param info       On success, state, error and version.
 * @retval PSA_ERROR_DOES_NOT_EXIST  There is no such component.
 */
psa_status_t psa_fwu_query(psa_fwu_component_t component, psa_fwu_component_info_t *info);

/**
 * Begins an update.
 * @param component      The component.
 * @param manifest       NULL: the manifest is in the image.
 * @param manifest_size  0.
 * @retval PSA_ERROR_DOES_NOT_EXIST    There is no such component.
 * @retval PSA_ERROR_BAD_STATE         It is not in PSA_FWU_READY.
 * @retval PSA_ERROR_INVALID_ARGUMENT  There is a manifest.
 * @retval PSA_ERROR_STORAGE_FAILURE   The flash failed.
 */
psa_status_t psa_fwu_start(psa_fwu_component_t component, const void *manifest,
                           size_t manifest_size);

/**
 * Writes a part of the image. Each place can be written once.
 * @param component     The component.
 * @param image_offset  Where it begins, a multiple of 1 << PSA_FWU_LOG2_WRITE_ALIGN.
 * @param block         The data.
 * @param block_size    Its size in bytes, at most PSA_FWU_MAX_WRITE_SIZE.
 * @retval PSA_ERROR_BAD_STATE         The component is not in PSA_FWU_WRITING.
 * @retval PSA_ERROR_INVALID_ARGUMENT  Offset or size is wrong, or the block does not fit the slot.
 * @retval PSA_ERROR_STORAGE_FAILURE   The flash failed, or the place was written before.
 */
psa_status_t psa_fwu_write(psa_fwu_component_t component, size_t image_offset, const void *block,
                           size_t block_size);

/**
 * Declares the image complete. The boot ROM verifies it later.
 * @param component  The component.
 * @retval PSA_ERROR_BAD_STATE  It is not in PSA_FWU_WRITING.
 */
psa_status_t psa_fwu_finish(psa_fwu_component_t component);

/**
 * Cancels an update before psa_fwu_install().
 * @param component  The component.
 * @retval PSA_ERROR_BAD_STATE  It is not in PSA_FWU_WRITING or PSA_FWU_CANDIDATE.
 */
psa_status_t psa_fwu_cancel(psa_fwu_component_t component);

/**
 * Erases the slot, so that another update can begin.
 * @param component  The component.
 * @retval PSA_ERROR_BAD_STATE  It is not in PSA_FWU_FAILED or PSA_FWU_UPDATED.
 */
psa_status_t psa_fwu_clean(psa_fwu_component_t component);

/**
 * Asks the boot ROM to install the image at the next start.
 * @retval PSA_SUCCESS_REBOOT         It will be installed.
 * @retval PSA_ERROR_BAD_STATE        Nothing is in PSA_FWU_CANDIDATE.
 * @retval PSA_ERROR_STORAGE_FAILURE  The flash failed; the update has failed.
 */
psa_status_t psa_fwu_install(void);

/** Resets the device. It does not return. */
psa_status_t psa_fwu_request_reboot(void);

/**
 * Rejects an image that is staged or on trial.
 * @param error  The reason; psa_fwu_query() returns it.
 * @retval PSA_SUCCESS          It is no longer staged.
 * @retval PSA_SUCCESS_REBOOT   The next start restores the old image.
 * @retval PSA_ERROR_BAD_STATE  Nothing is in PSA_FWU_STAGED or PSA_FWU_TRIAL.
 */
psa_status_t psa_fwu_reject(psa_status_t error);

/**
 * Accepts the image that runs on trial.
 * @retval PSA_ERROR_BAD_STATE        Nothing is in PSA_FWU_TRIAL.
 * @retval PSA_ERROR_STORAGE_FAILURE  The flash failed.
 */
psa_status_t psa_fwu_accept(void);

#ifdef __cplusplus
}
#endif

#endif
