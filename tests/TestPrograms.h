#pragma once

#include "tests/Patience.h"

#include <QObject>

#include <memory>

// The tests of a folder are one program, which runs one of its test classes: the first argument names it, the
// others are Qt Test's. A test file ends with one of the three macros and the include of its .moc.
namespace resnet::tests {

// What has to stand before the first test function: nothing, an event loop, or windows.
enum class Needs { Nothing, EventLoop, Windows };

// Makes a test class known to the program's main().
class Registration {
public:
    using Make = std::unique_ptr<QObject> (*)();
    Registration(const char* name, Needs needs, Make make);
};

}  // namespace resnet::tests

#define RESNET_REGISTER_TEST(Class, needs)                          \
    static const resnet::tests::Registration registrationOf##Class( \
        #Class, resnet::tests::Needs::needs,                        \
        []() -> std::unique_ptr<QObject> { return std::make_unique<Class>(); });

#define RESNET_TEST(Class) RESNET_REGISTER_TEST(Class, Nothing)
#define RESNET_EVENT_LOOP_TEST(Class) RESNET_REGISTER_TEST(Class, EventLoop)
#define RESNET_WINDOW_TEST(Class) RESNET_REGISTER_TEST(Class, Windows)
