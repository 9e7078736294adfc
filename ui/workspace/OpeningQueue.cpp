#include "ui/workspace/OpeningQueue.h"

namespace resnet::ui {

OpeningQueue::OpeningQueue(QObject* parent) : QObject(parent) {
    m_pool.setMaxThreadCount(2);  // a picture and a model side by side
}

OpeningQueue::~OpeningQueue() {
    cancelAll();
    m_pool.clear();
    m_pool.waitForDone();
}

void OpeningQueue::cancelAll() {
    for (auto& latest : *m_latest)
        ++latest;
    m_isPending = {};
    m_pending = 0;
    Q_EMIT busyChanged();
}

void OpeningQueue::startTask(Kind kind, Task task) {
    const auto slot = std::size_t(kind);
    const quint64 id = ++(*m_latest)[slot];
    if (!std::exchange(m_isPending[slot], true))
        ++m_pending;
    m_pool.start([this, slot, id, task = std::move(task), latest = m_latest] {
        if ((*latest)[slot] != id)
            return;
        Continuation continuation = task();
        QMetaObject::invokeMethod(
            this,
            [this, slot, id, continuation = std::move(continuation)] {
                if ((*m_latest)[slot] != id)
                    return;
                m_isPending[slot] = false;
                --m_pending;
                continuation();
                Q_EMIT busyChanged();
            },
            Qt::QueuedConnection);
    });
    Q_EMIT busyChanged();
}

}  // namespace resnet::ui
