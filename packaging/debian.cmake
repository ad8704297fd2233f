# Run by CPack between installation into its folder and packing: what policy asks of a Debian package.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()
set(share ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share)
set(doc ${share}/doc/farm)
file(REMOVE ${doc}/LICENSE ${doc}/LICENSE.runtime)
configure_file(${CPACK_FARM_SOURCE}/packaging/copyright ${doc}/copyright COPYONLY)
file(RENAME ${doc}/CHANGELOG.md ${doc}/changelog)
execute_process(COMMAND date -u -R -d ${CPACK_FARM_DATE} OUTPUT_VARIABLE date OUTPUT_STRIP_TRAILING_WHITESPACE)
file(WRITE ${doc}/changelog.Debian "farm (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; \
urgency=medium\n\n  * Version ${CPACK_PACKAGE_VERSION}; what is new stands in changelog.gz.\n\n \
-- ${CPACK_PACKAGE_CONTACT}  ${date}\n")
file(GLOB pages ${share}/man/man[13]/*)
execute_process(COMMAND gzip -9n ${pages} ${doc}/changelog ${doc}/changelog.Debian COMMAND_ERROR_IS_FATAL ANY)
file(MAKE_DIRECTORY ${share}/lintian/overrides)
configure_file(${CPACK_FARM_SOURCE}/packaging/lintian-overrides ${share}/lintian/overrides/farm COPYONLY)
file(GLOB_RECURSE files ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/*)
file(CHMOD ${files} PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
