# The only place with flags. farm_library and farm_program make targets that carry them; farm_embed turns a text file
# into a char array. The build tree has the shape of the install tree (bin, lib/farm, include/farm), so that the tools
# find each other in the same way in both.
set(CMAKE_INSTALL_LIBDIR lib)      # never lib/x86_64-linux-gnu: farmcc looks for ../lib/farm
include(GNUInstallDirs)

set(FARM_SANITIZE "" CACHE STRING "Sanitizers for the tools: address,undefined or thread (never for the runtime)")
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib/farm)

add_library(farm_flags INTERFACE)
target_compile_options(farm_flags INTERFACE
  -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla -Wno-unused-parameter)
target_include_directories(farm_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(farm_flags INTERFACE _GNU_SOURCE FARM_TOOL_VERSION="${PROJECT_VERSION}")

add_library(farm_tool_flags INTERFACE)
target_link_libraries(farm_tool_flags INTERFACE farm_flags)
target_compile_options(farm_tool_flags INTERFACE -include ${CMAKE_SOURCE_DIR}/base/banned.h)
if(FARM_SANITIZE)
  target_compile_options(farm_tool_flags INTERFACE -fsanitize=${FARM_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(farm_tool_flags INTERFACE -fsanitize=${FARM_SANITIZE})
endif()

# farm_library(NAME SOURCE...): a static library of the tools, not installed.
function(farm_library name)
  add_library(${name} STATIC ${ARGN})
  target_link_libraries(${name} PUBLIC farm_tool_flags)
endfunction()

# farm_program(NAME SOURCE...): a program of the tools, installed into bin.
function(farm_program name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE farm_tool_flags)
  install(TARGETS ${name} DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

# farm_embed(TARGET PREFIX FILE...): adds PREFIX.c with `const struct embed PREFIX[]` = {name, text} of each file,
# NULL-ended.
function(farm_embed target prefix)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${prefix}.c)
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE files)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DPREFIX=${prefix} "-DFILES=${files}" -P ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/embed.cmake VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()

# farm_manuals(TARGET PAGE... [COMMANDS PAGE...] [PARTS FILE...]): makes the pages, where `man` finds them beside the
# programs of the build tree too, and installs them. COMMANDS are listed where a page says ".so commands"; PARTS are
# what pages take in.
function(farm_manuals target)
  cmake_parse_arguments(PARSE_ARGV 1 manual "" "" "COMMANDS;PARTS")
  list(TRANSFORM manual_COMMANDS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  list(TRANSFORM manual_PARTS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  list(TRANSFORM manual_UNPARSED_ARGUMENTS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  set(made "")
  foreach(page ${manual_UNPARSED_ARGUMENTS} ${manual_COMMANDS})
    get_filename_component(name ${page} NAME)
    string(REGEX REPLACE ".*\\." "" section ${name})
    set(out ${CMAKE_BINARY_DIR}/share/man/man${section}/${name})
    add_custom_command(OUTPUT ${out}
      COMMAND ${CMAKE_COMMAND} -DIN=${page} -DOUT=${out} -DVERSION=${PROJECT_VERSION} -DDATE=${FARM_DATE}
        "-DPAGES=${manual_COMMANDS}" -P ${CMAKE_SOURCE_DIR}/cmake/manual.cmake
      DEPENDS ${page} ${manual_COMMANDS} ${manual_PARTS} ${CMAKE_SOURCE_DIR}/cmake/manual.cmake VERBATIM)
    install(FILES ${out} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
    list(APPEND made ${out})
  endforeach()
  add_custom_target(${target} ALL DEPENDS ${made})
endfunction()

# farm_completions(PROGRAM ARGUMENT...): the program's completion scripts, which it writes itself when it is called with
# the arguments, SHELL in them being bash or zsh. zsh looks for those of packages and those of others in two places.
function(farm_completions program)
  set(bash ${CMAKE_BINARY_DIR}/share/bash-completion/completions/${program})
  set(zsh ${CMAKE_BINARY_DIR}/share/zsh/site-functions/_${program})
  foreach(shell bash zsh)
    list(TRANSFORM ARGN REPLACE SHELL ${shell} OUTPUT_VARIABLE arguments)
    get_filename_component(folder ${${shell}} DIRECTORY)
    file(MAKE_DIRECTORY ${folder})
    add_custom_command(OUTPUT ${${shell}} COMMAND ${program} ${arguments} >${${shell}} DEPENDS ${program})
  endforeach()
  add_custom_target(${program}_completions ALL DEPENDS ${bash} ${zsh})
  install(FILES ${bash} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(CODE "
    set(folder site-functions)
    if(CMAKE_INSTALL_PREFIX STREQUAL \"/usr\")
      set(folder vendor-completions)
    endif()
    file(INSTALL \"${zsh}\" DESTINATION \"\${CMAKE_INSTALL_PREFIX}/share/zsh/\${folder}\")")
endfunction()
