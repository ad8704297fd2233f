# What is installed besides programs and the runtime, and how it is packed.
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
set(CPACK_GENERATOR TGZ)
set(CPACK_PACKAGE_CONTACT "farm")
include(CPack)
