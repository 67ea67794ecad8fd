# Finds Emscripten's own toolchain file from the emcc on PATH, wherever that is installed.
find_program(CHARTSIDE_EM_CONFIG em-config REQUIRED)
execute_process(COMMAND ${CHARTSIDE_EM_CONFIG} EMSCRIPTEN_ROOT
    OUTPUT_VARIABLE emscripten_root OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
include(${emscripten_root}/cmake/Modules/Platform/Emscripten.cmake)

# Set here so that every library, ours or not, agrees on them: object files that differ in these do not link.
# Wasm exceptions: Catch2 needs exceptions, and the JavaScript-based kind is several times slower.
# Set, not appended: CMake reads this file more than once.
set(CMAKE_C_FLAGS_INIT "-msimd128 -fwasm-exceptions")
set(CMAKE_CXX_FLAGS_INIT "-msimd128 -fwasm-exceptions")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-fwasm-exceptions")
