/* SPDX-License-Identifier: Apache-2.0 */
/* PSA Firmware Update API 1.0. */
#include "psa/update.h"

#include "gateway.h"

/* Message types. */
enum {
    START = 1001,
    WRITE,
    FINISH,
    CANCEL,
    INSTALL,
    CLEAN,
    REJECT,
    REQUEST_REBOOT,
    ACCEPT,
    QUERY
};

psa_status_t psa_fwu_query(psa_fwu_component_t component, psa_fwu_component_info_t *info)
{
    const psa_invec inputs[] = {{&component, sizeof(component)}};
    psa_outvec outputs[] = {{info, sizeof(*info)}};
    return casemate_call(FIRMWARE_UPDATE_HANDLE, CONTROL(QUERY, 1, 1), inputs, outputs);
}

psa_status_t psa_fwu_start(psa_fwu_component_t component, const void *manifest,
                           size_t manifest_size)
{
    const psa_invec inputs[] = {{&component, sizeof(component)}, {manifest, manifest_size}};
    return casemate_call(FIRMWARE_UPDATE_HANDLE, CONTROL(START, 2, 0), inputs, NULL);
}

psa_status_t psa_fwu_write(psa_fwu_component_t component, size_t image_offset, const void *block,
                           size_t block_size)
{
    const uint32_t offset = (uint32_t)image_offset;
    const psa_invec inputs[] = {
        {&component, sizeof(component)}, {&offset, sizeof(offset)}, {block, block_size}};
    return casemate_call(FIRMWARE_UPDATE_HANDLE, CONTROL(WRITE, 3, 0), inputs, NULL);
}

/* A call whose only argument is the component. */
static psa_status_t about(psa_fwu_component_t component, uint32_t control)
{
    const psa_invec inputs[] = {{&component, sizeof(component)}};
    return casemate_call(FIRMWARE_UPDATE_HANDLE, control, inputs, NULL);
}

psa_status_t psa_fwu_finish(psa_fwu_component_t component)
{
    return about(component, CONTROL(FINISH, 1, 0));
}

psa_status_t psa_fwu_cancel(psa_fwu_component_t component)
{
    return about(component, CONTROL(CANCEL, 1, 0));
}

psa_status_t psa_fwu_clean(psa_fwu_component_t component)
{
    return about(component, CONTROL(CLEAN, 1, 0));
}

psa_status_t psa_fwu_install(void)
{
    return casemate_call(FIRMWARE_UPDATE_HANDLE, CONTROL(INSTALL, 0, 0), NULL, NULL);
}

psa_status_t psa_fwu_request_reboot(void)
{
    return casemate_call(FIRMWARE_UPDATE_HANDLE, CONTROL(REQUEST_REBOOT, 0, 0), NULL, NULL);
}

psa_status_t psa_fwu_reject(psa_status_t error)
{
    const psa_invec inputs[] = {{&error, sizeof(error)}};
    return casemate_call(FIRMWARE_UPDATE_HANDLE, CONTROL(REJECT, 1, 0), inputs, NULL);
}

psa_status_t psa_fwu_accept(void)
{
    return casemate_call(FIRMWARE_UPDATE_HANDLE, CONTROL(ACCEPT, 0, 0), NULL, NULL);
}
