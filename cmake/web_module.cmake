# chartside_web_module(name SOURCES ... ROOMS ... ENVIRONMENTS ... OPTIONS ...)
# One wasm module as an ES module: wasm/<name>.mjs and .wasm, and its TypeScript types in types/<name>.d.ts.
set(CHARTSIDE_MODULE_OPTIONS
    -lembind -sMODULARIZE -sEXPORT_ES6 -sALLOW_MEMORY_GROWTH -sMAXIMUM_MEMORY=2GB -sFILESYSTEM=0
    # The page's content security policy forbids evaluating strings.
    -sDYNAMIC_EXECUTION=0
    # A module outlives main(): the browser calls into it until its page or worker ends.
    -sEXIT_RUNTIME=0
    $<$<CONFIG:Debug>:-sASSERTIONS>)

function(chartside_web_module name)
    cmake_parse_arguments(MODULE "" "ENVIRONMENTS" "SOURCES;ROOMS;OPTIONS" ${ARGN})
    if(NOT MODULE_SOURCES)
        return()
    endif()
    set(target ${name}_module)
    add_executable(${target} ${MODULE_SOURCES})
    set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name} SUFFIX .mjs
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/wasm)
    target_compile_options(${target} PRIVATE ${CHARTSIDE_WARNINGS})
    target_link_libraries(${target} PRIVATE ${MODULE_ROOMS})
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/types)
    target_link_options(${target} PRIVATE ${CHARTSIDE_MODULE_OPTIONS} ${MODULE_OPTIONS}
        -sENVIRONMENT=${MODULE_ENVIRONMENTS} --emit-tsd ${CMAKE_BINARY_DIR}/types/${name}.d.ts)
    # JavaScript that C++ imports lives in web/, one library a module at most.
    file(GLOB libraries CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*/library_${name}.js)
    foreach(library IN LISTS libraries)
        target_link_options(${target} PRIVATE --js-library ${library})
        set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${library})
    endforeach()
endfunction()
