#include "ui/exports/SeriesWriter.h"

#include "core/Error.h"

#include <exception>

namespace resnet::ui {

SeriesWriter::SeriesWriter(QObject* parent) : QObject(parent) {
    m_pool.setMaxThreadCount(1);
}

SeriesWriter::~SeriesWriter() {
    m_stop.request_stop();
    m_pool.waitForDone();
}

template <typename Report>
void SeriesWriter::deliver(const std::stop_token& stop, Report report) {
    QMetaObject::invokeMethod(
        this,
        [stop, report = std::move(report)] {
            if (!stop.stop_requested())
                report();
        },
        Qt::QueuedConnection);
}

void SeriesWriter::start(const QString& path, const PictureSeries& series) {
    cancel();
    m_stop = std::stop_source();
    m_isRunning = true;
    m_pool.start([this, path, series, stop = m_stop.get_token()] {
        const auto end = [&](auto report) {
            deliver(stop, [this, report] {
                m_isRunning = false;
                report();
            });
        };
        try {
            const auto tell = [&](int done, int total) {
                deliver(stop, [this, done, total] { Q_EMIT progressed(done, total); });
            };
            if (writeSeries(path, series, stop, tell))
                end([this] { Q_EMIT finished(); });
        } catch (const std::exception& error) {
            end([this, message = QString::fromUtf8(error.what())] { Q_EMIT failed(message); });
        }
    });
}

void SeriesWriter::cancel() {
    m_stop.request_stop();
    m_isRunning = false;
}

}  // namespace resnet::ui
