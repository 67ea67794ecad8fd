# tests/fuzz/<name>_fuzz.cpp becomes fuzz_<name>, a libFuzzer program. Only clang has the library, so only the preset
# `fuzz` builds them.
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/*_fuzz.cpp)
add_custom_target(fuzz)
foreach(source ${fuzz_sources})
    get_filename_component(name ${source} NAME_WE)
    string(REGEX REPLACE "_fuzz$" "" name ${name})
    add_executable(fuzz_${name} EXCLUDE_FROM_ALL ${source})
    target_compile_options(fuzz_${name} PRIVATE ${CHARTSIDE_WARNINGS})
    target_compile_definitions(fuzz_${name} PRIVATE CHARTSIDE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_link_libraries(fuzz_${name} PRIVATE audio speech note interchange)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    add_dependencies(fuzz fuzz_${name})
endforeach()
