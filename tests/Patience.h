#pragma once

#include <QTest>

#include <ctime>

namespace resnet::tests {

// How long to wait for what other threads and processes do: `milliseconds` times RESNET_TEST_PATIENCE (1 if
// it is not set), for sanitizers and slow machines. A wait ends as soon as there is what it waits for.
inline int patience(int milliseconds) {
    static const double factor = [] {
        bool isNumber = false;
        const double number = qEnvironmentVariable("RESNET_TEST_PATIENCE").toDouble(&isNumber);
        return isNumber && number > 0.0 ? number : 1.0;
    }();
    return int(milliseconds * factor);
}

// What this process has computed so far, with all its threads. A verdict on speed compares this: time on the
// wall depends on what else the machine does.
inline double processorMilliseconds() {
    std::timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) * 1e-6;
}

}  // namespace resnet::tests

// All of Qt's QTRY_ macros wait by this one.
#undef QTRY_IMPL
#define QTRY_IMPL(expr, timeout)                                                              \
    {                                                                                         \
        const int resnetTimeout = resnet::tests::patience(timeout);                           \
        QTRY_LOOP_IMPL(expr, resnetTimeout, resnetTimeout < 350 ? resnetTimeout / 7 + 1 : 50) \
    }
