# Language, warnings and build flavours shared by every target.
option(TOUCHSTONE_TESTS "build the tests" ON)
option(TOUCHSTONE_BENCH "build the benchmarks" OFF)
option(TOUCHSTONE_FUZZ "build the libFuzzer targets (clang only)" OFF)
set(TOUCHSTONE_SANITIZE "" CACHE STRING "value of -fsanitize=, empty for none")
option(TOUCHSTONE_COVERAGE "instrument for coverage" OFF)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1") # sanitizers: a third of the time to compile, line numbers all the same

find_program(TOUCHSTONE_CCACHE ccache)
if(TOUCHSTONE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${TOUCHSTONE_CCACHE}")
endif()
find_program(TOUCHSTONE_MOLD mold)
if(TOUCHSTONE_MOLD AND NOT TOUCHSTONE_SANITIZE)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor)
if(NOT TOUCHSTONE_SANITIZE) # instrumented code makes g++ 12 warn of its own libraries; every other build is strict
  add_compile_options(-Werror)
endif()
add_compile_definitions(_FORTIFY_SOURCE=2)
add_compile_options(-fstack-protector-strong)

if(TOUCHSTONE_SANITIZE)
  add_compile_options(-fsanitize=${TOUCHSTONE_SANITIZE} -fno-omit-frame-pointer -U_FORTIFY_SOURCE)
  # These two look at every access and take half of g++'s time; a null one stops under the address sanitizer all the same,
  # and the fuzzers, which clang builds, look for both.
  if(TOUCHSTONE_SANITIZE MATCHES undefined AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-fno-sanitize=null,alignment)
  endif()
  add_link_options(-fsanitize=${TOUCHSTONE_SANITIZE})
  add_compile_definitions(_GLIBCXX_ASSERTIONS) # reading an empty optional, an index past the end
endif()
if(TOUCHSTONE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(TOUCHSTONE_COVERAGE)
  add_compile_options(--coverage -U_FORTIFY_SOURCE)
  add_link_options(--coverage)
endif()
