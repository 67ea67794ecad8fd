# The three wasm modules: app on the page's main thread, engine in the inference worker, store in the store worker.
include(cmake/web_module.cmake)

include(cmake/shaders.cmake)
chartside_room(render base)
target_include_directories(render PRIVATE ${CMAKE_BINARY_DIR}/generated)

file(GLOB shapes CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/platform/*.cpp)
foreach(module app engine store)
    file(GLOB ${module}_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/platform/${module}/*.cpp)
    if(${module}_sources)
        list(APPEND ${module}_sources ${shapes})
    endif()
endforeach()

chartside_web_module(app SOURCES ${app_sources} ROOMS app render interchange ENVIRONMENTS web
    OPTIONS -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sGL_ENABLE_GET_PROC_ADDRESS=0)
# Node too: the tests under tests/web load these two as they ship.
chartside_web_module(engine SOURCES ${engine_sources} ROOMS speech note interchange ENVIRONMENTS web,worker,node)
chartside_web_module(store SOURCES ${store_sources} ROOMS store ENVIRONMENTS web,worker,node)
