# What `cmake --install` puts down for find_package(touchstone): the SDK, and the modules under it.
#   target touchstone::sdk; headers with their project paths below include/touchstone ("sdk/cpp/client.hpp")
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(touchstone_package "${CMAKE_INSTALL_LIBDIR}/cmake/touchstone")

foreach(module IN ITEMS assign wire sdk)
  set_target_properties(touchstone_${module} PROPERTIES EXPORT_NAME ${module})
endforeach()
target_compile_features(touchstone_assign INTERFACE cxx_std_20)
install(TARGETS touchstone_assign touchstone_wire touchstone_sdk EXPORT touchstone COMPONENT sdk
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT sdk
  FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/touchstone" COMPONENT sdk)
install(EXPORT touchstone NAMESPACE touchstone:: FILE touchstone-targets.cmake DESTINATION "${touchstone_package}"
  COMPONENT sdk)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/touchstone-config-version.cmake" COMPATIBILITY SameMajorVersion)
install(FILES "${PROJECT_SOURCE_DIR}/.cmake/touchstone-config.cmake"
              "${PROJECT_BINARY_DIR}/touchstone-config-version.cmake"
  DESTINATION "${touchstone_package}" COMPONENT sdk)
