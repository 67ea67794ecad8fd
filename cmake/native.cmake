# The command line and what only runs natively: inference on Debian's libonnxruntime.
file(GLOB native_inference_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/inference/native_*.cpp)
if(native_inference_sources)
    add_library(native_inference STATIC ${native_inference_sources})
    target_compile_options(native_inference PRIVATE ${CHARTSIDE_WARNINGS})
    # Headers only: native_runtime.cpp opens the library itself, and says why.
    target_include_directories(native_inference SYSTEM PRIVATE
        $<TARGET_PROPERTY:onnxruntime::onnxruntime,INTERFACE_INCLUDE_DIRECTORIES>)
    target_link_libraries(native_inference PUBLIC inference ${CMAKE_DL_LIBS})

    file(GLOB model_tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/model/*_test.cpp)
    if(model_tests)
        chartside_test_program(test_model ${model_tests})
        target_link_libraries(test_model PRIVATE native_inference speech note interchange)
    endif()
endif()

file(GLOB cli_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/cli/*.cpp)
if(cli_sources)
    add_executable(chartside ${cli_sources})
    target_compile_options(chartside PRIVATE ${CHARTSIDE_WARNINGS})
    # The command is called from any folder; its models lie in this one.
    target_compile_definitions(chartside PRIVATE CHARTSIDE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_link_libraries(chartside PRIVATE speech note interchange)
    if(TARGET native_inference)
        target_link_libraries(chartside PRIVATE native_inference)
    endif()
endif()
