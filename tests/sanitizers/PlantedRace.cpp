// A race on purpose: ThreadSanitizer must see it, else what it says of the rest means nothing. "window": two threads of our own;
// "engine": two tasks of TBB.
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <cstdio>
#include <string_view>
#include <thread>

namespace {

int counter = 0;

void countUp() {
    for (int i = 0; i < 100'000; ++i)
        ++counter;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "engine") {
        const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, 4);
        tbb::parallel_for(0, 64, [](int) { countUp(); });
    } else {
        std::thread other(countUp);
        countUp();
        other.join();
    }
    std::printf("%d\n", counter);
    return 0;
}
