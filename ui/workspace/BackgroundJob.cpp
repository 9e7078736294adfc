#include "ui/workspace/BackgroundJob.h"

#include <QCoreApplication>
#include <QEvent>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <new>
#include <thread>
#include <unistd.h>
#include <utility>

namespace resnet::ui {

Error caughtError(const QString& outOfMemory) {
    try {
        throw;
    } catch (const Error& error) {
        return error;
    } catch (const std::bad_alloc&) {
        return Error(outOfMemory.toStdString());
    } catch (const std::exception& error) {
        return Error(error.what());
    } catch (...) {
        return Error("something went wrong that does not say what it is");
    }
}

// Something to be done in the GUI thread. Between the threads there is only this, under one lock.
struct BackgroundJob::Letter {
    RunId run = 0;
    bool isLast = false;
    std::function<void()> content;
};

struct BackgroundJob::Mailbox {
    std::mutex mutex;
    std::deque<Letter> letters;  // guarded by it
};

namespace {

// Where threads outnumber processors the window's goes first. On Linux niceness is a thread's own, and what
// the thread starts inherits it: the engine's threads too.
void goAfterTheWindow() {
    constexpr int niceness = 5;  // a third of the weight of a thread that has 0
    [[maybe_unused]] const int now = nice(niceness);
}

}  // namespace

// A thread that does one piece of work after the other.
class BackgroundJob::Worker {
public:
    Worker() : m_thread([this](const std::stop_token& quit) { loop(quit); }) {}

    bool isFree() {
        const std::lock_guard lock(m_mutex);
        return !m_isTaken;
    }
    // Only a free one.
    void take(std::function<void()> work) {
        const std::lock_guard lock(m_mutex);
        m_isTaken = true;
        m_work = std::move(work);
        m_wake.notify_one();
    }
    // Called by the work itself as soon as other work may be taken.
    void release() {
        const std::lock_guard lock(m_mutex);
        m_isTaken = false;
    }
    // The thread ends after what it has taken.
    void retire() { m_thread.request_stop(); }

private:
    void loop(const std::stop_token& quit) {
        goAfterTheWindow();
        for (;;) {
            std::function<void()> work;
            {
                std::unique_lock lock(m_mutex);
                if (!m_wake.wait(lock, quit, [this] { return m_work != nullptr; }))
                    return;
                work = std::exchange(m_work, nullptr);
            }
            work();
        }
    }

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    bool m_isTaken = false;  // this and the next are guarded by m_mutex
    std::function<void()> m_work;
    std::jthread m_thread;
};

void BackgroundJob::Context::report(std::function<void()> report) const {
    if (!m_stop.stop_requested())
        m_job.post({m_run, false, std::move(report)});
}

BackgroundJob::BackgroundJob(QString outOfMemory, QObject* parent)
    : QObject(parent), m_outOfMemory(std::move(outOfMemory)), m_mailbox(std::make_unique<Mailbox>()) {}

BackgroundJob::~BackgroundJob() {
    m_stop.request_stop();
    m_retired.clear();
    m_worker.reset();
}

void BackgroundJob::begin(Task task, const Failed& failed) {
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_failed = failed;
    const Context context(*this, ++m_latest, m_stop.get_token());
    try {
        Worker& worker = freeWorker();
        worker.take([this, &worker, task = std::move(task), failed, context] {
            const std::function<void()> ending =
                context.stop().stop_requested() ? nullptr : attempt(task, failed, context);
            worker.release();
            if (ending && !context.stop().stop_requested())
                post({context.m_run, true, ending});
        });
    } catch (...) {  // no thread can be had
        post({context.m_run, true, [failed, error = caughtError(m_outOfMemory)] { failed(error); }});
    }
    setRunning(true);
}

BackgroundJob::Worker& BackgroundJob::freeWorker() {
    std::erase_if(m_retired, [](const auto& worker) { return worker->isFree(); });
    if (m_worker && !m_worker->isFree()) {
        m_worker->retire();
        m_retired.push_back(std::move(m_worker));
    }
    if (!m_worker)
        m_worker = std::make_unique<Worker>();
    return *m_worker;
}

std::function<void()> BackgroundJob::attempt(const Task& task, const Failed& failed,
                                             const Context& context) const {
    try {
        return task(context);
    } catch (...) {
        return [failed, error = caughtError(m_outOfMemory)] { failed(error); };
    }
}

void BackgroundJob::cancel() {
    ++m_latest;
    m_stop.request_stop();
    setRunning(false);
}

void BackgroundJob::setRunning(bool isRunning) {
    m_isRunning = isRunning;
    if (std::exchange(m_isAnnounced, isRunning) != isRunning)
        Q_EMIT runningChanged();
}

namespace {

QEvent::Type letterEvent() {
    static const auto type = QEvent::Type(QEvent::registerEventType());
    return type;
}

}  // namespace

void BackgroundJob::post(Letter letter) {
    {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->letters.push_back(std::move(letter));
    }
    QCoreApplication::postEvent(this, new QEvent(letterEvent()));
}

bool BackgroundJob::event(QEvent* event) {
    if (event->type() != letterEvent())
        return QObject::event(event);
    Letter letter;
    {
        const std::lock_guard lock(m_mailbox->mutex);
        letter = std::move(m_mailbox->letters.front());
        m_mailbox->letters.pop_front();
    }
    if (letter.run == m_latest)
        deliver(letter);
    return true;
}

// Taking a result may start the next run: then it was running all along, and only otherwise that it ended is
// announced.
void BackgroundJob::deliver(const Letter& letter) {
    const Failed failed = m_failed;
    if (letter.isLast)
        m_isRunning = false;
    try {
        letter.content();
    } catch (...) {
        const Error error = caughtError(m_outOfMemory);
        if (letter.run == m_latest)
            cancel();
        failed(error);
    }
    setRunning(m_isRunning);
}

}  // namespace resnet::ui
