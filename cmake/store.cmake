# The migrations are plain .sql files in the source and strings in the program, in the order of their names.
file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/store/migrations/*.sql)
list(SORT migrations)
set(entries "")
foreach(migration IN LISTS migrations)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${migration})
    file(READ ${migration} sql)
    get_filename_component(name ${migration} NAME)
    string(APPEND entries "    {\"${name}\", R\"migration(${sql})migration\"},\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/store/migration_files.inc CONTENT "@entries@" @ONLY)
target_include_directories(store PRIVATE ${CMAKE_BINARY_DIR}/generated)

# The committed TypeScript copies of the bound shapes: written on request, compared by a test.
if(EMSCRIPTEN)
    find_program(CHARTSIDE_NODE node REQUIRED)
    set(write_shapes ${CHARTSIDE_NODE} ${CMAKE_SOURCE_DIR}/tools/shapes/write_shapes.mjs
        ${CMAKE_BINARY_DIR}/types/store.d.ts ${CMAKE_SOURCE_DIR}/web)
    add_custom_target(shapes_write COMMAND ${write_shapes} DEPENDS store_module)
    add_test(NAME shapes_match_their_structs COMMAND ${write_shapes} --check)
endif()
