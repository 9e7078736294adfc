#pragma once

#include "core/explain/Statistics.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/ShownMaps.h"

#include <QObject>

namespace resnet::ui {

// Statistics of the maps that are shown, and of those that share a scale with them: each measured once while
// it is there.
class RunStatistics : public QObject {
    Q_OBJECT
public:
    explicit RunStatistics(const EngineOptions& options = {}, QObject* parent = nullptr);

    // What is asked for from now on is of these. What is known of maps that are among them stays.
    void setMaps(const ShownMaps& maps);

    // To be asked for the steps that are looked at: one takes milliseconds to measure.
    ActivationStatistics& values() { return m_values; }
    // Whether all that are there are known. If not, they are measured in the background.
    bool wantAll();

Q_SIGNALS:
    void measured();

private:
    const EngineOptions m_options;
    ShownMaps m_maps;
    ActivationStatistics m_values;
    BackgroundJob m_measuring;
};

}  // namespace resnet::ui
