# Options that every target of this project shares: warnings, sanitizers, include root.
function(resnet_target target)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
        -Woverloaded-virtual -Wimplicit-fallthrough -ffp-contract=off)
    if(RESNET_WARNINGS_AS_ERRORS)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
    if(RESNET_SANITIZERS)
        target_compile_options(${target} PRIVATE -fsanitize=${RESNET_SANITIZERS} -fno-omit-frame-pointer
            -fno-sanitize-recover=all)
        # With checks woven in, g++ 12 warns of paths that a condition has ruled out.
        target_compile_options(${target} PRIVATE -Wno-error=array-bounds -Wno-error=maybe-uninitialized
            -Wno-error=stringop-overflow -Wno-error=stringop-overread)
        target_link_options(${target} PRIVATE -fsanitize=${RESNET_SANITIZERS})
    endif()
    target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR})
endfunction()

# All C++ sources below the current folder. New files are picked up at the next build.
function(resnet_sources variable)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
    set(${variable} ${found} PARENT_SCOPE)
endfunction()
