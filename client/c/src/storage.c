/* SPDX-License-Identifier: Apache-2.0 */
/* Internal Trusted Storage and Protected Storage (PSA Secure Storage API 1.0): two services with
   the same messages. */
#include "gateway.h"
#include "psa/internal_trusted_storage.h"
#include "psa/protected_storage.h"

/* Message types. */
enum { SET = 1001, GET, GET_INFO, REMOVE };

/* The service sends numbers of 32 bits. On a host `size_t` is larger. */
struct info {
    uint32_t capacity;
    uint32_t size;
    uint32_t flags;
};

/* The functions of both services differ in the handle only. These are inlined, so that no call
   moves parameters between registers. */
#define IN_PLACE __attribute__((always_inline)) static inline

IN_PLACE psa_status_t set(psa_handle_t service, psa_storage_uid_t uid, size_t data_length,
                          const void *data, psa_storage_create_flags_t flags)
{
    const psa_invec inputs[] = {
        {&uid, sizeof(uid)}, {data, data_length}, {&flags, sizeof(flags)}};
    return casemate_call(service, CONTROL(SET, 3, 0), inputs, NULL);
}

IN_PLACE psa_status_t get(psa_handle_t service, psa_storage_uid_t uid, size_t data_offset,
                          size_t data_size, void *data, size_t *data_length)
{
    const uint32_t offset = (uint32_t)data_offset;
    const psa_invec inputs[] = {{&uid, sizeof(uid)}, {&offset, sizeof(offset)}};
    psa_outvec outputs[] = {{data, data_size}};
    return WITH_LENGTH(casemate_call(service, CONTROL(GET, 2, 1), inputs, outputs), outputs,
                       data_length);
}

IN_PLACE psa_status_t get_info(psa_handle_t service, psa_storage_uid_t uid,
                               struct psa_storage_info_t *p_info)
{
    if (p_info == NULL) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    struct info info = {0, 0, 0};
    const psa_invec inputs[] = {{&uid, sizeof(uid)}};
    psa_outvec outputs[] = {{&info, sizeof(info)}};
    const psa_status_t status = casemate_call(service, CONTROL(GET_INFO, 1, 1), inputs, outputs);
    if (status == PSA_SUCCESS) {
        p_info->capacity = info.capacity;
        p_info->size = info.size;
        p_info->flags = info.flags;
    }
    return status;
}

IN_PLACE psa_status_t removal(psa_handle_t service, psa_storage_uid_t uid)
{
    const psa_invec inputs[] = {{&uid, sizeof(uid)}};
    return casemate_call(service, CONTROL(REMOVE, 1, 0), inputs, NULL);
}

psa_status_t psa_its_set(psa_storage_uid_t uid, size_t data_length, const void *p_data,
                         psa_storage_create_flags_t create_flags)
{
    return set(INTERNAL_TRUSTED_STORAGE_HANDLE, uid, data_length, p_data, create_flags);
}

psa_status_t psa_its_get(psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data,
                         size_t *p_data_length)
{
    return get(INTERNAL_TRUSTED_STORAGE_HANDLE, uid, data_offset, data_size, p_data,
               p_data_length);
}

psa_status_t psa_its_get_info(psa_storage_uid_t uid, struct psa_storage_info_t *p_info)
{
    return get_info(INTERNAL_TRUSTED_STORAGE_HANDLE, uid, p_info);
}

psa_status_t psa_its_remove(psa_storage_uid_t uid)
{
    return removal(INTERNAL_TRUSTED_STORAGE_HANDLE, uid);
}

psa_status_t psa_ps_set(psa_storage_uid_t uid, size_t data_length, const void *p_data,
                        psa_storage_create_flags_t create_flags)
{
    return set(PROTECTED_STORAGE_HANDLE, uid, data_length, p_data, create_flags);
}

psa_status_t psa_ps_get(psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data,
                        size_t *p_data_length)
{
    return get(PROTECTED_STORAGE_HANDLE, uid, data_offset, data_size, p_data, p_data_length);
}

psa_status_t psa_ps_get_info(psa_storage_uid_t uid, struct psa_storage_info_t *p_info)
{
    return get_info(PROTECTED_STORAGE_HANDLE, uid, p_info);
}

psa_status_t psa_ps_remove(psa_storage_uid_t uid)
{
    return removal(PROTECTED_STORAGE_HANDLE, uid);
}

psa_status_t psa_ps_create(psa_storage_uid_t uid, size_t capacity,
                           psa_storage_create_flags_t create_flags)
{
    (void)uid, (void)capacity, (void)create_flags;
    return PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t psa_ps_set_extended(psa_storage_uid_t uid, size_t data_offset, size_t data_length,
                                 const void *p_data)
{
    (void)uid, (void)data_offset, (void)data_length, (void)p_data;
    return PSA_ERROR_NOT_SUPPORTED;
}

/* psa_ps_create() and psa_ps_set_extended() are not available. */
uint32_t psa_ps_get_support(void)
{
    return 0;
}
