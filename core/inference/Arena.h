#pragma once

#include "core/inference/EngineOptions.h"

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <memory>
#include <optional>

namespace resnet {

// Threads to compute with. Internal to the engine: headers that others include do not include it.
class Arena {
public:
    // `threads` 0 takes all the machine has; more than it has are made, too.
    explicit Arena(int threads)
        : m_threads(threads > 0 ? threads : tbb::this_task_arena::max_concurrency()), m_arena(m_threads) {
        if (m_threads > tbb::this_task_arena::max_concurrency())
            m_more.emplace(tbb::global_control::max_allowed_parallelism, std::size_t(m_threads));
    }

    int threads() const { return m_threads; }
    template <class Body>
    void execute(const Body& body) {
        m_arena.execute(body);
    }

private:
    int m_threads;
    std::optional<tbb::global_control> m_more;
    tbb::task_arena m_arena;
};

// Calls body() with the options' number of threads; where they name none, in the arena of the caller.
template <class Body>
void inArena(const EngineOptions& options, const Body& body) {
    if (options.threads > 0)
        Arena(options.threads).execute(body);
    else
        body();
}

}  // namespace resnet
