/* SPDX-License-Identifier: Apache-2.0 */
/* The client API of PSA Firmware Framework for M 1.1. */
#include "psa/client.h"

#include "casemate/lock.h"
#include "gateway.h"

uint32_t psa_framework_version(void)
{
    return tfm_psa_framework_version_veneer();
}

uint32_t psa_version(uint32_t sid)
{
    casemate_lock();
    const uint32_t version = tfm_psa_version_veneer(sid);
    casemate_unlock();
    return version;
}

psa_handle_t psa_connect(uint32_t sid, uint32_t version)
{
    casemate_lock();
    const psa_handle_t handle = tfm_psa_connect_veneer(sid, version);
    casemate_unlock();
    return handle;
}

/* Arguments that do not fit the control word are refused here. */
psa_status_t psa_call(psa_handle_t handle, int32_t type, const psa_invec *in_vec, size_t in_len,
                      psa_outvec *out_vec, size_t out_len)
{
    if ((uint32_t)type > INT16_MAX || in_len > PSA_MAX_IOVEC || out_len > PSA_MAX_IOVEC - in_len) {
        return PSA_ERROR_PROGRAMMER_ERROR;
    }
    return casemate_call(handle, CONTROL(type, in_len, out_len), in_vec, out_vec);
}

void psa_close(psa_handle_t handle)
{
    casemate_lock();
    tfm_psa_close_veneer(handle);
    casemate_unlock();
}
