#include "ui/workspace/RunStatistics.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace resnet::ui {

RunStatistics::RunStatistics(const EngineOptions& options, QObject* parent)
    : QObject(parent),
      m_options(options),
      m_values(options),
      m_measuring(tr("not enough memory to measure the outputs")) {}

namespace {

// What is there already: differences and products come when they are asked for.
std::vector<FeatureMapsPtr> mapsOf(const ShownMaps& shown) {
    std::vector<FeatureMapsPtr> maps;
    for (StepId step = inputStep; step < shown.stepCount(); ++step) {
        maps.push_back(shown.of(step));
        for (FeatureMapsPtr& each : shown.onOneScale(step))
            maps.push_back(std::move(each));
    }
    std::erase(maps, nullptr);
    return maps;
}

}  // namespace

void RunStatistics::setMaps(const ShownMaps& maps) {
    if (maps.run().input() != m_maps.run().input() || !maps.areOutputs())
        m_measuring.cancel();
    m_maps = maps;
    m_values.keepOnly(maps.areOutputs() ? mapsOf(maps) : std::vector<FeatureMapsPtr>());
}

bool RunStatistics::wantAll() {
    std::vector<FeatureMapsPtr> missing;
    for (FeatureMapsPtr& maps : mapsOf(m_maps))
        if (!m_values.known(maps))
            missing.push_back(std::move(maps));
    if (missing.empty() || m_measuring.isRunning())
        return missing.empty();
    m_measuring.start(
        [options = m_options, missing](const BackgroundJob::Context& context) {
            ActivationStatistics measured(options);
            for (const FeatureMapsPtr& maps : missing) {
                if (context.stop().stop_requested())
                    break;
                measured.of(maps);
            }
            return measured;
        },
        [this](ActivationStatistics measured) {
            m_values.add(std::move(measured));
            Q_EMIT this->measured();
        },
        [](const Error&) {});  // those who asked do without
    return false;
}

}  // namespace resnet::ui
