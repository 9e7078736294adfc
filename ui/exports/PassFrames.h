#pragma once

#include "core/inference/Run.h"
#include "core/model/Model.h"
#include "core/network/Pace.h"
#include "ui/drawing/DiagramContent.h"
#include "ui/drawing/DiagramLayout.h"
#include "ui/exports/Figure.h"
#include "ui/exports/PictureSeries.h"
#include "ui/painting/Theme.h"

#include <QImage>

#include <algorithm>

class QPainter;

namespace resnet::ui {

// How the forward pass is shown as a series of pictures.
struct PassOptions {
    Pace pace = Pace::Unit;
    QSize size{1280, 720};
    int milliseconds = 600;  // that each picture is shown
    Theme::Kind theme = Theme::Kind::Light;

    // A size of 480 x 320 to 3840 x 2160, a time of 20 to 10,000 ms. Throws Error.
    void validate() const;
};

// The forward pass, picture by picture: the river filled as far as the pass has come, the section of the step
// reached stands open below it, and then its most telling feature maps. Begins with the input.
class PassFrames {
public:
    // `activations` must be complete. `picture` is what the network sees. Of no use once stopped.
    PassFrames(ModelPtr model, Run activations, const QImage& picture, QString pictureName,
               const PassOptions& options, const std::stop_token& stop = {});

    int count() const { return int(m_steps.size()); }
    StepId step(int frame) const { return m_steps[std::size_t(frame)]; }
    QString name(int frame) const;  // "026-layer2.0.conv1"
    Figure figure(int frame) const;

    // Made in any thread, and alive as long as it is used.
    static PictureSeries series(const std::shared_ptr<const PassFrames>& frames);

private:
    void paint(QPainter& painter, StepId step) const;
    DiagramContent contentAt(StepId step) const;
    void paintHeader(QPainter& painter, const QRectF& room, StepId step) const;
    void paintRiver(QPainter& painter, const QRectF& room, const DiagramContent& content) const;
    void paintSection(QPainter& painter, const QRectF& room, const DiagramContent& content) const;
    void paintOutput(QPainter& painter, const QRectF& room, StepId step) const;
    void paintMaps(QPainter& painter, const QRectF& room, StepId step) const;
    void paintValues(QPainter& painter, const QRectF& room, StepId step) const;
    QFont font(TextRole role) const { return ui::font(role, std::max(m_scale, 0.8)); }  // at least 8 pixels
    const Graph& graph() const { return m_model->graph(); }

    ModelPtr m_model;
    Run m_activations;
    QString m_pictureName;
    PassOptions m_options;
    const Theme& m_theme;
    double m_scale;               // of texts and gaps
    std::vector<StepId> m_steps;  // reached by each picture
    DiagramContent m_complete;
    DiagramLayout m_river;
};

}  // namespace resnet::ui
