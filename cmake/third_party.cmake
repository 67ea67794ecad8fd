# Third-party code, fetched by tools/setup into .cache/third_party. Built quietly: its warnings are not ours to fix.

function(third_party_library name)
    add_library(${name} STATIC EXCLUDE_FROM_ALL ${ARGN})
    target_compile_options(${name} PRIVATE -w)
    if(NOT EMSCRIPTEN)
        # Nor are its insides ours to check: what we hand to it is checked on our side, and the store's thousands of
        # crashes are played through an SQLite that is as fast as it ships.
        target_compile_options(${name} PRIVATE -O2 -fno-sanitize=all)
    endif()
endfunction()

# Dear ImGui with its stb rasteriser (fonts stay sharp at any pixel ratio through ImGui's dynamic atlas), and ImPlot.
file(GLOB imgui_sources ${THIRD_PARTY}/imgui/*.cpp)
third_party_library(imgui ${imgui_sources})
target_include_directories(imgui SYSTEM PUBLIC ${THIRD_PARTY}/imgui ${THIRD_PARTY}/imgui/backends)
target_compile_definitions(imgui PUBLIC IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
    IMGUI_DISABLE_DEMO_WINDOWS)

# Charts, for the rooms that draw some: its templates take minutes to compile, so nobody else waits for them.
file(GLOB implot_sources ${THIRD_PARTY}/implot/*.cpp)
third_party_library(implot ${implot_sources})
target_include_directories(implot SYSTEM PUBLIC ${THIRD_PARTY}/implot)
target_link_libraries(implot PUBLIC imgui)
if(EMSCRIPTEN)
    # The WebGL2 renderer; the browser's events are turned into ImGui's by src/platform/app.
    target_sources(imgui PRIVATE ${THIRD_PARTY}/imgui/backends/imgui_impl_opengl3.cpp)
    target_compile_definitions(imgui PUBLIC IMGUI_IMPL_OPENGL_ES3 IMGUI_DISABLE_FILE_FUNCTIONS)
endif()

# SQLite with page encryption. One amalgamation for both worlds: natively on the ordinary VFS, on the web on ours.
third_party_library(sqlite3mc ${THIRD_PARTY}/sqlite3mc/sqlite3.c)
target_include_directories(sqlite3mc SYSTEM PUBLIC ${THIRD_PARTY}/sqlite3mc)
target_compile_definitions(sqlite3mc PUBLIC
    SQLITE_THREADSAFE=0 SQLITE_OMIT_LOAD_EXTENSION SQLITE_OMIT_DEPRECATED SQLITE_OMIT_SHARED_CACHE
    SQLITE_DEFAULT_FOREIGN_KEYS=1 SQLITE_TEMP_STORE=3 SQLITE_DQS=0 SQLITE_TRUSTED_SCHEMA=0 SQLITE_ENABLE_FTS5
    SQLITE_USE_ALLOCA CODEC_TYPE=CODEC_TYPE_CHACHA20 HAVE_CIPHER_CHACHA20=1)
if(EMSCRIPTEN)
    target_compile_definitions(sqlite3mc PUBLIC SQLITE_OS_OTHER=1 __WASM__ SQLITE_OMIT_WAL_SHM)
else()
    find_package(Threads REQUIRED)
    target_link_libraries(sqlite3mc PUBLIC Threads::Threads ${CMAKE_DL_LIBS})
endif()

# Debian's header-only packages. For the web they are reached through links of their own: /usr/include as a whole
# would shadow Emscripten's C library.
function(debian_headers target folder)
    add_library(${target} INTERFACE)
    if(EMSCRIPTEN)
        file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/headers/${folder})
        file(CREATE_LINK /usr/include/${folder} ${CMAKE_BINARY_DIR}/headers/${folder}/${folder} SYMBOLIC)
        target_include_directories(${target} SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/headers/${folder})
    endif()
endfunction()

debian_headers(json nlohmann)

# Catch2: Debian's library natively; on the web the same version's amalgamation, behind Debian's headers.
if(EMSCRIPTEN)
    third_party_library(catch2 ${THIRD_PARTY}/catch2/catch_amalgamated.cpp)
    target_include_directories(catch2 PRIVATE ${THIRD_PARTY}/catch2)
    target_compile_options(catch2 PRIVATE -O1)
    debian_headers(catch2_headers catch2)
    target_link_libraries(catch2 INTERFACE catch2_headers)
else()
    find_package(Catch2 3 REQUIRED)
    add_library(catch2 INTERFACE)
    target_link_libraries(catch2 INTERFACE Catch2::Catch2WithMain)
    find_package(onnxruntime REQUIRED)
endif()
