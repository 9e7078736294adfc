#pragma once

#include "tests/Patience.h"
#include "tests/ui/window/PanelParts.h"
#include "ui/activations/UnitLens.h"

#include <QLabel>
#include <QLineEdit>
#include <QObject>
#include <QtTest>

#include <limits>
#include <memory>

namespace resnet::ui::test {

inline ModelPtr smallModel() {
    ModelRequest request;
    request.unitsPerStage = std::vector{1, 2};
    request.channelsPerStage = std::vector{8, 96};
    request.classes = 4;
    request.inputHeight = 64;
    request.inputWidth = 96;
    request.classNames = std::vector<std::string>{"ant", "bee", "cat", "dog"};
    return newModel(request);
}

// The same network with a channel that is not a number anywhere, one that is infinite, and a dead one.
inline ModelPtr damagedModel() {
    Model model = *smallModel();
    StateDict parameters = model.network->parameters();
    std::vector<float>& shift = parameters.at("layer1.0.bn2.bias").values;
    shift[1] = std::numeric_limits<float>::quiet_NaN();
    shift[2] = std::numeric_limits<float>::infinity();
    parameters.at("layer1.0.bn1.bias").values[3] = -1e6f;
    model.network = std::make_shared<Network>(model.network->spec(), std::move(parameters));
    return std::make_shared<const Model>(std::move(model));
}

inline PicturePtr stripes() {
    auto picture = std::make_shared<Picture>();
    picture->image.width = 96;
    picture->image.height = 64;
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 96; ++x)
            for (int c = 0; c < 3; ++c)
                picture->image.rgb.push_back(std::uint8_t((x / (4 + c) + y / 9) % 2 * 200 + c * 20));
    return picture;
}

// The views of activations in a workbench of their own, with a small network and a picture that has gone
// through it.
class ShownViews : public QObject {
protected:
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Workbench> m_panel;

    void goTo(const char* step) { m_workspace->goToStep(*m_workspace->model()->graph().find(step)); }
    QLineEdit* filterEdit() const { return parts().controls()->findChild<QLineEdit*>(); }
    PanelParts parts() const { return PanelParts(*m_panel); }
    QPoint middleOf(int channel) const { return parts().grid()->channelRect(channel).center(); }
    // Views are kept when another is shown.
    template <typename Widget>
    Widget* shown(const QString& objectName = {}) const {
        for (Widget* each : m_panel->findChildren<Widget*>(objectName))
            if (each->isVisible())
                return each;
        return nullptr;
    }
    QString overviewText() const {
        QString text;
        for (const auto* label : m_panel->findChildren<QLabel*>())
            if (label->isVisible())
                text += label->text() + QLatin1Char('\n');
        return text;
    }

    void open() {
        m_workspace = std::make_unique<Workspace>();
        m_panel = std::make_unique<Workbench>(
            *m_workspace, std::vector<WorkbenchTab>{{QStringLiteral("Maps"), {}, activationViews()}});
        m_panel->resize(1200, 250);
        m_panel->show();
        m_workspace->setModel(smallModel());
        m_workspace->setPicture(stripes());
        QTRY_VERIFY(m_workspace->activations().input() && m_workspace->activations().isComplete());
        goTo("layer1.0.bn1");
    }
    void close() {
        m_panel.reset();
        m_workspace.reset();
    }
};

}  // namespace resnet::ui::test
