# touchstone_module(NAME SOURCES ... HEADERS ... PUBLIC ... PRIVATE ...)
#   A static library whose headers are included from the project's root ("assign/decide.hpp").
#   `./dev lint` compiles every header alone (target headers_alone).
# touchstone_test(NAME [WHOLE] SOURCES ... LIBS ...)
#   A GoogleTest program; each TEST is one CTest case, labelled `unit`. WHOLE marks tests that run the built program:
#   their label is `whole`.
# touchstone_node_test(NAME FILE [PACKAGE...])
#   A test written for Node, FILE below tests/, as one CTest case labelled `whole`; it finds the built program in
#   TOUCHSTONE_PROGRAM, and each PACKAGE, a folder of the project, built by npm. Skipped, with the reason, where Node or what the test needs cannot be had.
include(GoogleTest)

set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)

function(touchstone_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${ARG_HEADERS})
  target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

function(touchstone_test name)
  cmake_parse_arguments(ARG "WHOLE" "" "SOURCES;LIBS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBS} GTest::gtest GTest::gtest_main)
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_compile_definitions(${name} PRIVATE TOUCHSTONE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(ARG_WHOLE)
    set(label whole)
  else()
    set(label unit)
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 600 LABELS ${label})
endfunction()

function(touchstone_node_test name file)
  add_test(NAME ${name} COMMAND "${PROJECT_SOURCE_DIR}/tests/node_test" "${PROJECT_SOURCE_DIR}/tests/${file}" ${ARGN})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600 LABELS whole SKIP_RETURN_CODE 77
    ENVIRONMENT "TOUCHSTONE_PROGRAM=$<TARGET_FILE:touchstone>")
endfunction()
