# One list of tests for both worlds: tests/unit/<room>/*_test.cpp becomes test_<room>, natively or as a Node program.
function(chartside_unit_test room)
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/${room}/*_test.cpp)
    if(NOT sources)
        return()
    endif()
    chartside_test_program(test_${room} ${sources})
    target_link_libraries(test_${room} PRIVATE ${room})
endfunction()

function(chartside_test_program name)
    add_executable(${name} ${ARGN})
    target_compile_options(${name} PRIVATE ${CHARTSIDE_WARNINGS})
    target_compile_definitions(${name} PRIVATE CHARTSIDE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_link_libraries(${name} PRIVATE catch2)
    if(EMSCRIPTEN)
        # What is tested is optimised as it ships; optimising the tests too would double the time of the whole build.
        target_compile_options(${name} PRIVATE -O1)
        # Real files, so that fixtures and reports lie where the native program has them.
        target_link_options(${name} PRIVATE -O1 -sNODERAWFS -sENVIRONMENT=node -sALLOW_MEMORY_GROWTH -sEXIT_RUNTIME
            -sSTACK_SIZE=1MB)
    endif()
    # The JUnit file is what `dev test` counts from.
    add_test(NAME ${name} COMMAND ${name} --reporter console --reporter junit::out=${CMAKE_BINARY_DIR}/${name}.xml)
    set_tests_properties(${name} PROPERTIES WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} TIMEOUT 600)
endfunction()
