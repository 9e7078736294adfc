#pragma once

#include "tests/Patience.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/attribution/ComputedView.h"
#include "ui/workspace/Workspace.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QTest>

#include <algorithm>
#include <memory>

namespace resnet::ui::test {

inline QAbstractButton* button(const QWidget& view, const QString& text) {
    for (QAbstractButton* each : view.findChildren<QAbstractButton*>())
        if (each->text() == text)
            return each;
    return nullptr;
}

inline void click(const QWidget& view, const char* text) {
    QAbstractButton* found = button(view, QString::fromUtf8(text));
    QVERIFY2(found && found->isVisible() && found->isEnabled(), text);
    QTest::mouseClick(found, Qt::LeftButton);
}

inline QComboBox* box(const QWidget& view, const char* name) {
    for (QComboBox* each : view.findChildren<QComboBox*>())
        if (each->accessibleName() == QLatin1String(name))
            return each;
    return nullptr;
}

// A workspace with a network and a picture, and a view of it that is not seen yet.
template <typename View>
struct Shown {
    explicit Shown(const ModelRequest& request = smallRequest())
        : workspace(std::make_unique<Workspace>(1)), view(std::make_unique<View>(*workspace)) {
        view->resize(view->sizeHint());
        open(request);
    }
    void open(const ModelRequest& request) { open(newModel(request)); }
    void open(const ModelPtr& model) {
        workspace->setModel(model);
        workspace->setPicture(gradientPicture());
        QTRY_VERIFY_WITH_TIMEOUT(
            workspace->model() == model && !workspace->isBusy() && workspace->session().isComputed(), 30000);
    }
    void show() {
        view->show();
        finish();
    }
    void finish() { QTRY_VERIFY_WITH_TIMEOUT(!view->isComputing() && !view->isOld(), 60000); }

    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<View> view;
};

// The small network with this number everywhere in one of its parameters.
inline ModelPtr modelWith(const char* parameter, float value) {
    Model model = *newModel(smallRequest());
    StateDict parameters = model.network->parameters();
    std::vector<float>& values = parameters.at(parameter).values;
    std::fill(values.begin(), values.end(), value);
    model.network = std::make_shared<const Network>(model.network->spec(), std::move(parameters));
    return std::make_shared<const Model>(std::move(model));
}

}  // namespace resnet::ui::test
