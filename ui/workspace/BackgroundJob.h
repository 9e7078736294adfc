#pragma once

#include "core/Error.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <vector>

namespace resnet::ui {

// Background work, the one kind there is: whatever may take longer than a frame is done in one of these. It
// does one piece of work at a time. The latest start wins: starting and cancelling make the run before stale
// and ask it to stop, and nothing of it is delivered any more, however late it ends. One that is slow to stop
// holds nobody up: the next run has another thread.
//
// Everything is called, and progress, results and errors are delivered, in the thread that this object lives
// in, which is the GUI thread. Whatever the work throws comes as an Error, and so does what is thrown while a
// result is taken. The destructor asks all runs to stop and waits for them: work looks at its stop token at
// least every 100 ms, and touches nothing that may go before this object. Where threads outnumber processors,
// the GUI thread goes first.
class BackgroundJob : public QObject {
    Q_OBJECT
public:
    using RunId = quint64;
    using Failed = std::function<void(const Error&)>;

    // What a run knows of its job. Not to be used after the work has returned.
    class Context {
    public:
        const std::stop_token& stop() const { return m_stop; }
        // Has `report` called in the GUI thread, in order and before the result; never once the run is stale.
        void report(std::function<void()> report) const;

    private:
        friend class BackgroundJob;
        Context(BackgroundJob& job, RunId run, std::stop_token stop)
            : m_job(job), m_run(run), m_stop(std::move(stop)) {}

        BackgroundJob& m_job;
        RunId m_run;
        std::stop_token m_stop;
    };

    // `outOfMemory` is what is told when there was not enough of it.
    explicit BackgroundJob(QString outOfMemory, QObject* parent = nullptr);
    ~BackgroundJob() override;

    // Has `work(context)` done in the background, then `done(result)` called, or `failed(error)`. What a
    // stopped run returns or throws is dropped.
    template <typename Work, typename Done>
    void start(Work work, Done done, const Failed& failed) {
        using Result = std::invoke_result_t<const Work&, const Context&>;
        begin(
            [work = std::move(work), done = std::move(done)](const Context& context) {
                if constexpr (std::is_void_v<Result>) {
                    work(context);
                    return std::function<void()>(done);
                } else {
                    const auto result = std::make_shared<Result>(work(context));
                    return std::function<void()>([done, result] { done(std::move(*result)); });
                }
            },
            failed);
    }
    void cancel();
    bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void runningChanged();

protected:
    bool event(QEvent* event) override;

private:
    class Worker;
    struct Letter;
    struct Mailbox;
    // Does the work and gives what to do with the result.
    using Task = std::function<std::function<void()>(const Context&)>;

    void begin(Task task, const Failed& failed);
    Worker& freeWorker();
    std::function<void()> attempt(const Task& task, const Failed& failed, const Context& context) const;
    void setRunning(bool isRunning);
    void post(Letter letter);
    void deliver(const Letter& letter);

    // All of this is touched in the GUI thread only, but for the mailbox and what never changes.
    const QString m_outOfMemory;
    RunId m_latest = 0;
    bool m_isRunning = false;
    bool m_isAnnounced = false;  // what runningChanged() told of it
    std::stop_source m_stop;
    Failed m_failed;
    const std::unique_ptr<Mailbox> m_mailbox;
    std::unique_ptr<Worker> m_worker;
    std::vector<std::unique_ptr<Worker>> m_retired;  // busy with stale runs
};

// What is being caught, as an Error. To be called while handling an exception; `outOfMemory` is the text for
// std::bad_alloc.
Error caughtError(const QString& outOfMemory);

}  // namespace resnet::ui
