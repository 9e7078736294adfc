#pragma once

#include "core/Error.h"

#include <QObject>
#include <QThreadPool>

#include <array>
#include <atomic>
#include <functional>
#include <memory>

namespace resnet::ui {

// Reads and prepares what is being opened, off the GUI thread. Of each kind only the latest request counts:
// one that is overtaken before it starts is skipped, and the result of one overtaken later is dropped.
class OpeningQueue : public QObject {
    Q_OBJECT
public:
    enum class Kind { Picture, Model, File, Input, Memory };
    static constexpr std::size_t kindCount = 5;

    explicit OpeningQueue(QObject* parent = nullptr);
    ~OpeningQueue() override;

    // Runs `work` in the background, then `done` with its result, or `failed`, in this object's thread.
    template <typename Result>
    void start(Kind kind, std::function<Result()> work, std::function<void(Result)> done,
               std::function<void(const Error&)> failed) {
        startTask(kind, [work = std::move(work), done = std::move(done), failed = std::move(failed)] {
            return attempt<Result>(work, done, failed);
        });
    }

    void cancelAll();
    bool isBusy() const { return m_pending > 0; }

Q_SIGNALS:
    void busyChanged();

private:
    using Continuation = std::function<void()>;
    using Task = std::function<Continuation()>;  // does the work and returns what to do with the result

    template <typename Result>
    static Continuation attempt(const std::function<Result()>& work, const std::function<void(Result)>& done,
                                const std::function<void(const Error&)>& failed) {
        Continuation outOfMemory = [failed] { failed(Error("not enough memory to open this")); };
        try {
            return [done, result = work()] { done(result); };
        } catch (const Error& error) {
            return [failed, error] { failed(error); };
        } catch (const std::bad_alloc&) {
            return outOfMemory;
        } catch (const std::exception& error) {
            return [failed, message = std::string(error.what())] { failed(Error(message)); };
        }
    }

    using Counters = std::array<std::atomic<quint64>, kindCount>;
    void startTask(Kind kind, Task task);

    QThreadPool m_pool;
    std::shared_ptr<Counters> m_latest = std::make_shared<Counters>();
    int m_pending = 0;  // requests that still count; touched in this object's thread only
    std::array<bool, kindCount> m_isPending{};
};

}  // namespace resnet::ui
