# What is installed besides programs and the runtime, and how it is packed: an archive of the install tree, and a Debian
# package, whose own files (changelog, copyright, compressed pages) packaging/debian.cmake makes.
include(CMakePackageConfigHelpers)
set(FARM_MADE ${CMAKE_BINARY_DIR}/package)
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES runtime/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME LICENSE.runtime)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs FILES_MATCHING
  PATTERN "*.md" PATTERN "*.json" PATTERN "*.png" PATTERN "*.svg" PATTERN "*.yml" PATTERN "*.c" PATTERN Makefile)
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES plots/style.gp plots/heat.gp plots/scale.gp plots/steps.gp
  DESTINATION ${CMAKE_INSTALL_DATADIR}/farm/plots)

configure_package_config_file(cmake/farmConfig.cmake.in ${FARM_MADE}/farmConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/farm PATH_VARS CMAKE_INSTALL_BINDIR CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file(${FARM_MADE}/farmConfigVersion.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${FARM_MADE}/farmConfig.cmake ${FARM_MADE}/farmConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/farm)
configure_file(cmake/farm.pc.in ${FARM_MADE}/farm.pc @ONLY)
install(FILES ${FARM_MADE}/farm.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
# `install/strip` leaves archives alone.
install(CODE "
  if(CMAKE_INSTALL_DO_STRIP)
    file(GLOB archives \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/lib/farm/*.a\")
    execute_process(COMMAND strip --strip-debug --enable-deterministic-archives \${archives})
  endif()")

set(CPACK_GENERATOR TGZ DEB)
set(CPACK_PACKAGE_CONTACT "farm maintainers <farm@farm.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "profiler for C programs: exact hits and true time for every line")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "gcc | clang | c-compiler, binutils, libc6-dev")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "gnuplot-nox, man-db")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "lcov, kcachegrind")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"farmcc stands in for the C compiler: it writes counters into each source and
has the real compiler build the result. The program counts exactly, with any
number of threads, also when it is killed, and samples where its time goes.
.
farmdb tells hits, time and allocations by line with the source that ran,
compares versions line by line across edits, with statistics, tells which line
is quadratic, draws charts and flame graphs, and is a gate for CI.")
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/packaging/debian.cmake)
set(CPACK_FARM_SOURCE ${CMAKE_SOURCE_DIR})
set(CPACK_FARM_DATE ${FARM_DATE})
include(CPack)
