#include "app/Window.h"

#include "app/cli/Command.h"
#include "app/cli/CommandLine.h"
#include "app/cli/LandscapePictures.h"
#include "app/resources/ResourcePaths.h"
#include "app/resources/Samples.h"
#include "ui/download/DownloadDialog.h"
#include "ui/window/GuardedApplication.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Preferences.h"

#include <QApplication>
#include <QFileInfo>
#include <QIcon>
#include <QScreen>
#include <QSettings>
#include <QStandardPaths>

#include <tbb/global_control.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace resnet::app {

namespace {

// Made anew at every use, as it is used from any thread.
struct KeptSettings : QSettings {
    KeptSettings()
        : QSettings(IniFormat, UserScope, QStringLiteral("resnet-explorer"), QStringLiteral("models")) {}
};

// Where downloaded weights go.
QString dataFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

const QString geometryKey = QStringLiteral("window/geometry");
const QString panelsKey = QStringLiteral("window/panels");
constexpr int frameAndPanels = 100;  // pixels, and rather too many
constexpr QSize frame(16, 48);       // around a window, as wide as decorations are

// A geometry that lies off every screen, or is no geometry at all, is not taken.
void restore(ui::MainWindow& window, const QSettings& settings) {
    const QSize proposed = window.size();
    window.restorePanelState(settings.value(panelsKey).toByteArray());
    if (!window.restoreGeometry(settings.value(geometryKey).toByteArray())) {
        const QRect room = window.screen()->availableGeometry();
        const QRect place = firstPlace(room, proposed, window.minimumSize());
        window.resize(place.size() - frame);
        window.move(place.topLeft());
        // Panels take room as well, and Wayland does not say how much: the desktop knows. It may end a
        // program whose least size is above what is left.
        const bool isTooLarge = place.size() != proposed + frame;
        const QSize least = window.minimumSize() + QSize(frameAndPanels, frameAndPanels);
        if (isTooLarge && least == least.boundedTo(room.size()))
            window.setWindowState(Qt::WindowMaximized);
    }
}

ui::LabelledPictures readFolder(const QString& folder, const Model& model, const std::stop_token& stop) {
    try {
        return landscapePictures(folder, model, stop);
    } catch (const UsageError& error) {
        throw Error(error.what());
    } catch (const Interrupted&) {
        return {};
    }
}

ui::WindowResources resources(ui::Workspace& workspace, QSettings& settings) {
    ui::WindowResources found{
        {},
        bundledWeights(),
        [](ui::Workspace& opener, QWidget* window) { ui::showWeightsDownload(opener, dataFolder(), window); },
        &settings,
        {{}, residualTwin(), plainTwin(), readFolder},
        guideFile()};
    try {
        for (const Sample& sample : samples()) {
            found.samples.append({sample.path, sample.title, sample.caption,
                                  sample.attribution + QStringLiteral(", ") + sample.licence});
            found.training.samplePictures << sample.path;
        }
    } catch (const Error& error) {
        workspace.post({ui::Notice::Kind::Warning, QString::fromUtf8(error.what()), {}});
    }
    return found;
}

void openFirstSample(ui::Workspace& workspace, const ui::WindowResources& resources) {
    if (resources.samples.isEmpty())
        return;
    const ui::SamplePicture& sample = resources.samples.front();
    workspace.openPictureFile(sample.path, sample.title, sample.caption);
}

void open(ui::Workspace& workspace, const ui::WindowResources& resources, const WindowOptions& options) {
    workspace.setModelRequest(options.request);
    if (options.isNew)
        workspace.createModel(options.request);
    else
        workspace.openWeightsFile(options.weights.isEmpty() ? resources.bundledWeights : options.weights);
    if (options.image.isEmpty())
        openFirstSample(workspace, resources);
    else
        workspace.openPictureFile(options.image);
}

// The window is never empty: where what was asked for cannot be opened, it is told, and what comes with the
// program takes its place. Each once, so that a damaged installation does not go round in circles.
void fallBack(ui::Workspace& workspace, const ui::WindowResources& resources) {
    QObject::connect(
        &workspace, &ui::Workspace::busyChanged, &workspace,
        [&workspace, &resources, mayOpenModel = true, mayOpenSample = true](bool busy) mutable {
            if (busy)
                return;
            if (!workspace.model() && std::exchange(mayOpenModel, false)) {
                workspace.setModelRequest({});
                workspace.openWeightsFile(resources.bundledWeights);
            } else if (workspace.model() && !workspace.picture() && std::exchange(mayOpenSample, false)) {
                openFirstSample(workspace, resources);
            }
        });
}

}  // namespace

ui::ModelMemory keptModelSettings() {
    return {[](const QString& file) { return KeptSettings().value(file).toByteArray(); },
            [](const QString& file, const QByteArray& kept) {
                KeptSettings settings;
                if (kept.isEmpty())
                    settings.remove(file);
                else
                    settings.setValue(file, kept);
            }};
}

QRect firstPlace(const QRect& room, const QSize& proposed, const QSize& least) {
    QRect place(QPoint(), (proposed + frame).boundedTo(room.size()).expandedTo(least + frame));
    place.moveCenter(room.center());
    return {QPoint(std::max(place.left(), room.left()), std::max(place.top(), room.top())), place.size()};
}

int runWindow(ui::GuardedApplication& application, const WindowOptions& options) {
    QApplication::setOrganizationName(QStringLiteral("ResNet Explorer"));
    QApplication::setApplicationName(QStringLiteral("resnet-explorer"));
    QApplication::setApplicationDisplayName(QStringLiteral("ResNet Explorer"));
    QGuiApplication::setDesktopFileName(
        QStringLiteral("resnet-explorer"));  // by which Wayland finds the icon
    QApplication::setApplicationVersion(QStringLiteral(RESNET_VERSION));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/resnet-explorer.svg")));
    QSettings settings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("resnet-explorer"),
                       QStringLiteral("window"));
    ui::loadFonts();

    const ui::Preferences preferences(&settings);
    const int threads = options.threads > 0 ? options.threads : preferences.threads();
    std::optional<tbb::global_control> limit;  // what is computed for views keeps to it, too
    if (threads > 0)
        limit.emplace(tbb::global_control::max_allowed_parallelism, std::size_t(threads));
    ui::Workspace workspace(threads);
    workspace.setModelMemory(keptModelSettings());
    QObject::connect(&application, &ui::GuardedApplication::caught, &workspace, [&](const QString& message) {
        workspace.post({ui::Notice::Kind::Error, message, {}});
    });
    const ui::WindowResources found = resources(workspace, settings);
    const bool reopens = preferences.reopensSession() && !options.isNew && options.weights.isEmpty() &&
                         options.image.isEmpty();
    if (!reopens)
        open(workspace, found, options);  // reads in the background while the window is made
    fallBack(workspace, found);
    ui::MainWindow window(workspace, found);
    if (reopens && !window.reopenSession())
        open(workspace, found, options);
    restore(window, settings);
    window.show();
    const int status = QApplication::exec();
    settings.setValue(geometryKey, window.saveGeometry());
    settings.setValue(panelsKey, window.panelState());
    return status;
}

}  // namespace resnet::app
