# SPDX-License-Identifier: Apache-2.0
#
# find_package(Casemate) gives
#   Casemate::psa_client  headers, client library of the float ABI in use, veneers, linker script
#   Casemate::support     reset, console, system calls of newlib: to be replaced by your own
#   casemate_sign(TARGET [KEY FILE])  puts the target behind the secure image and signs both, into
#                                     TARGET_FILE with .signed.bin

get_filename_component(Casemate_DIRECTORY "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)

include(CheckCSourceCompiles)
check_c_source_compiles("
#if !defined(__ARM_PCS_VFP)
#error soft
#endif
int hard;
" Casemate_HARD_FLOAT)
set(_casemate_library "${Casemate_DIRECTORY}/lib/libpsa_client.a")
if(Casemate_HARD_FLOAT)
    set(_casemate_library "${Casemate_DIRECTORY}/lib/hard/libpsa_client.a")
endif()

if(NOT TARGET Casemate::psa_client)
    add_library(Casemate::psa_client STATIC IMPORTED)
    set_target_properties(Casemate::psa_client PROPERTIES
        IMPORTED_LOCATION "${_casemate_library}"
        INTERFACE_INCLUDE_DIRECTORIES "${Casemate_DIRECTORY}/include"
        INTERFACE_LINK_LIBRARIES "${Casemate_DIRECTORY}/lib/s_veneers.o"
        INTERFACE_LINK_OPTIONS
            "-nostartfiles;-Wl,--gc-sections;-Wl,--orphan-handling=error;-L${Casemate_DIRECTORY}/link;-Tnonsecure.ld"
    )

    file(GLOB _casemate_sources "${Casemate_DIRECTORY}/support/*.c")
    add_library(Casemate::support INTERFACE IMPORTED)
    set_target_properties(Casemate::support PROPERTIES
        INTERFACE_INCLUDE_DIRECTORIES "${Casemate_DIRECTORY}/support"
        INTERFACE_SOURCES "${_casemate_sources}"
        INTERFACE_LINK_OPTIONS "--specs=nano.specs"
    )
endif()
unset(_casemate_library)
unset(_casemate_sources)

function(casemate_sign target)
    cmake_parse_arguments(PARSE_ARGV 1 sign "" "KEY" "")
    set(key)
    if(sign_KEY)
        set(key --key "${sign_KEY}")
    endif()
    add_custom_command(TARGET ${target} POST_BUILD
        COMMAND "${Casemate_DIRECTORY}/bin/casemate-sign" "$<TARGET_FILE:${target}>"
            -o "$<TARGET_FILE:${target}>.signed.bin" ${key}
        VERBATIM
    )
endfunction()
