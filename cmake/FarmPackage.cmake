# What is installed besides programs and the runtime, and how it is packed.
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES runtime/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME LICENSE.runtime)
install(FILES plots/style.gp plots/heat.gp plots/scale.gp plots/steps.gp
        DESTINATION ${CMAKE_INSTALL_DATADIR}/farm/plots)
set(CPACK_GENERATOR TGZ)
set(CPACK_PACKAGE_CONTACT "farm")
include(CPack)
