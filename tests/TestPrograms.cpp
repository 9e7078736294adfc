#include "tests/TestPrograms.h"

#include <QApplication>
#include <QtTest>

#include <tbb/global_control.h>

#include <cstdio>
#include <map>
#include <optional>
#include <string>

namespace resnet::tests {
namespace {

struct Entry {
    Needs needs = Needs::Nothing;
    Registration::Make make = nullptr;
};

std::map<std::string, Entry>& entries() {
    static std::map<std::string, Entry> all;
    return all;
}

std::unique_ptr<QCoreApplication> applicationFor(Needs needs, int& argc, char** argv) {
    if (needs == Needs::Windows)
        return std::make_unique<QApplication>(argc, argv);
    if (needs == Needs::EventLoop)
        return std::make_unique<QCoreApplication>(argc, argv);
    return nullptr;
}

}  // namespace

Registration::Registration(const char* name, Needs needs, Make make) {
    entries()[name] = {needs, make};
}

}  // namespace resnet::tests

int main(int argc, char** argv) {
    using namespace resnet::tests;
    const auto chosen = argc > 1 ? entries().find(argv[1]) : entries().end();
    if (chosen == entries().end()) {
        std::fputs("usage: this program runs one of these tests, with Qt Test's arguments after its name:\n",
                   stderr);
        for (const auto& [name, entry] : entries())
            std::fprintf(stderr, "  %s\n", name.c_str());
        return 2;
    }
    argv[1] = argv[0];
    int count = argc - 1;
    const auto application = applicationFor(chosen->second.needs, count, argv + 1);
    if (application)
        application->setAttribute(Qt::AA_Use96Dpi, true);  // as QTEST_MAIN does
    // The engine on one thread whatever a test asks for (the smallest of all limits holds): see
    // tests/sanitizers/tsan.sh.
    std::optional<tbb::global_control> one;
    if (qEnvironmentVariableIsSet("RESNET_TEST_ONE_THREAD"))
        one.emplace(tbb::global_control::max_allowed_parallelism, 1);
    const auto test = chosen->second.make();
    return QTest::qExec(test.get(), count, argv + 1);
}
