# touchstone_embed(TARGET HEADER "storage/sql_text.hpp" NAMESPACE "touchstone::storage::sql" BASE dir FILES ...)
#   Makes text files part of the program: a header in the build tree with one string_view per file, named by its path
#   below BASE (dir/name.ext is NAMESPACE::dir::name; a leading digit gets "step_"), and `all`, which lists them.
# Run as a script, this file writes that header.
if(CMAKE_SCRIPT_MODE_FILE)
  # A compiler need not take a literal of more than 65,536 characters: longer texts are joined from pieces that end with
  # a line.
  set(LARGEST_LITERAL 60000)
  function(literals text result)
    set(made "")
    while(NOT text STREQUAL "")
      string(LENGTH "${text}" end)
      if(end GREATER LARGEST_LITERAL)
        string(SUBSTRING "${text}" 0 ${LARGEST_LITERAL} piece)
        string(FIND "${piece}" "\n" end REVERSE)
        math(EXPR end "${end} + 1")
      endif()
      string(SUBSTRING "${text}" 0 ${end} piece)
      string(SUBSTRING "${text}" ${end} -1 text)
      string(APPEND made "R\"embedded(${piece})embedded\",\n")
    endwhile()
    set(${result} "${made}" PARENT_SCOPE)
  endfunction()

  string(REPLACE "|" ";" FILES "${FILES}")
  set(texts "")
  set(index "")
  foreach(file IN LISTS FILES)
    file(READ "${BASE}/${file}" text)
    get_filename_component(folder "${file}" DIRECTORY)
    get_filename_component(name "${file}" NAME_WE)
    if(name MATCHES "^[0-9]")
      string(PREPEND name "step_")
    endif()
    string(REPLACE "/" "::" folder "${folder}")
    literals("${text}" pieces)
    string(LENGTH "${text}" length)
    string(APPEND texts "namespace ${NAMESPACE}::${folder} {\n"
                        "inline constexpr auto ${name}_characters = joined<${length}>({\n${pieces}});\n"
                        "inline constexpr std::string_view ${name}{${name}_characters.data(), ${length}};\n}\n")
    string(APPEND index "  Text{\"${file}\", ${folder}::${name}},\n")
  endforeach()
  file(WRITE "${OUTPUT}"
    "#pragma once\n#include <algorithm>\n#include <array>\n#include <initializer_list>\n#include <string_view>\n"
    "namespace ${NAMESPACE} {\ntemplate <std::size_t Size>\n"
    "constexpr std::array<char, Size> joined(std::initializer_list<std::string_view> pieces) {\n"
    "  std::array<char, Size> all{};\n  char* to = all.data();\n"
    "  for (const std::string_view piece : pieces) to = std::copy(piece.begin(), piece.end(), to);\n"
    "  return all;\n}\n}\n${texts}namespace ${NAMESPACE} {\n"
    "struct Text {\n  std::string_view file;\n  std::string_view text;\n};\n"
    "inline constexpr auto all = std::to_array<Text>({\n${index}});\n}\n")
  return()
endif()

set(TOUCHSTONE_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")

function(touchstone_embed target)
  cmake_parse_arguments(ARG "" "HEADER;NAMESPACE;BASE" "FILES" ${ARGN})
  set(root "${CMAKE_CURRENT_BINARY_DIR}/embedded")
  list(TRANSFORM ARG_FILES PREPEND "${ARG_BASE}/" OUTPUT_VARIABLE sources)
  list(JOIN ARG_FILES "|" files)
  add_custom_command(
    OUTPUT "${root}/${ARG_HEADER}"
    COMMAND "${CMAKE_COMMAND}" "-DBASE=${ARG_BASE}" "-DNAMESPACE=${ARG_NAMESPACE}" "-DFILES=${files}"
            "-DOUTPUT=${root}/${ARG_HEADER}" -P "${TOUCHSTONE_EMBED_SCRIPT}"
    DEPENDS ${sources} "${TOUCHSTONE_EMBED_SCRIPT}"
    VERBATIM)
  target_sources(${target} PRIVATE "${root}/${ARG_HEADER}")
  target_include_directories(${target} PRIVATE "${root}")
endfunction()
