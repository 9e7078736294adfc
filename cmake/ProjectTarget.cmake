# Options that every target of this project shares: warnings, sanitizers, include root.
function(resnet_target target)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
        -Woverloaded-virtual -Wimplicit-fallthrough -ffp-contract=off)
    if(RESNET_WARNINGS_AS_ERRORS)
        # g++ 12 warns of paths in the standard library that a condition has ruled out.
        target_compile_options(${target} PRIVATE -Werror -Wno-error=array-bounds -Wno-error=maybe-uninitialized
            -Wno-error=stringop-overflow -Wno-error=stringop-overread -Wno-error=restrict)
    endif()
    if(RESNET_SANITIZERS)
        target_compile_options(${target} PRIVATE -fsanitize=${RESNET_SANITIZERS} -fno-omit-frame-pointer
            -fno-sanitize-recover=all)
        target_link_options(${target} PRIVATE -fsanitize=${RESNET_SANITIZERS})
    endif()
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR})
endfunction()

# A target of tests: as above, but compiled quickly. Every one has the same options, so that all can share one
# precompiled header.
function(resnet_test_target target)
    resnet_target(${target})
    target_compile_options(${target} PRIVATE -O0)
    target_compile_definitions(${target} PRIVATE QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_TESTLIB_LIB
        RESNET_SOURCE_DIR="${CMAKE_SOURCE_DIR}" RESNET_BINARY_DIR="${CMAKE_BINARY_DIR}")
endfunction()

# Compiles what most sources include of others once for all sources of a target: of the standard library (core), of Qt (ui),
# of Qt Test (tests). A source still includes what it uses.
set(resnet_core_headers <algorithm> <array> <cmath> <cstdint> <functional> <map> <memory> <optional> <set> <span> <string>
    <string_view> <vector>)
set(resnet_ui_headers <QCoreApplication> <QEvent> <QImage> <QPainter> <QString> <QWidget>)
set(resnet_tests_headers <QtTest>)
function(resnet_precompile target)
    foreach(name ${ARGN})
        target_precompile_headers(${target} PRIVATE ${resnet_${name}_headers})
    endforeach()
endfunction()

# With RESNET_UNITY, the sources of a folder are compiled in as few parts of about the same size as have no more sources each,
# so that what they all include is read once a part. Names that are a file's own must then be unique in its folder. Sources
# with options of their own stay alone.
function(resnet_unity target)
    if(NOT RESNET_UNITY)
        return()
    endif()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    # A type that is a file's own is none of a header's, which is what g++ takes an included source for.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "\\.cpp$")
    list(SORT sources)
    foreach(source ${sources})
        cmake_path(GET source PARENT_PATH folder)
        list(APPEND folders "${folder}")
        list(APPEND "sourcesOf ${folder}" "${source}")
    endforeach()
    list(REMOVE_DUPLICATES folders)
    foreach(folder ${folders})
        cmake_path(GET folder FILENAME name)
        list(LENGTH "sourcesOf ${folder}" count)
        math(EXPR parts "(${count} + ${RESNET_UNITY} - 1) / ${RESNET_UNITY}")
        set(place 0)
        foreach(source ${sourcesOf\ ${folder}})
            math(EXPR part "${place} * ${parts} / ${count}")
            math(EXPR place "${place} + 1")
            set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${name}-${part}")
        endforeach()
    endforeach()
endfunction()

# A library above resnet_ui, that asks others to compute and to paint and takes no time itself: with -O1 it is compiled a third
# faster.
function(resnet_library_above_ui target)
    add_library(${target} STATIC ${ARGN})
    resnet_target(${target})
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
    target_precompile_headers(${target} REUSE_FROM resnet_ui)
    resnet_unity(${target})
endfunction()

# All C++ sources below the current folder. New files are picked up at the next build.
function(resnet_sources variable)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
    set(${variable} ${found} PARENT_SCOPE)
endfunction()
