#pragma once

#include "ui/exports/PictureSeries.h"

#include <QObject>
#include <QThreadPool>

namespace resnet::ui {

// Writes one series at a time off the GUI thread. Signals come in the thread this object lives in; after a
// cancel none comes, and nothing is left of the file.
class SeriesWriter : public QObject {
    Q_OBJECT
public:
    explicit SeriesWriter(QObject* parent = nullptr);
    ~SeriesWriter() override;

    void start(const QString& path, const PictureSeries& series);
    void cancel();
    bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void progressed(int done, int total);
    void finished();
    void failed(const QString& message);

private:
    // Calls `report` in this object's thread, unless the run is over by then.
    template <typename Report>
    void deliver(const std::stop_token& stop, Report report);

    bool m_isRunning = false;
    std::stop_source m_stop;
    QThreadPool m_pool;
};

}  // namespace resnet::ui
