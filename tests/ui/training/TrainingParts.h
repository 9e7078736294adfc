#pragma once

#include "tests/ui/SmallNetwork.h"
#include "ui/training/TrainingResources.h"
#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

#include <QAbstractButton>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace resnet::ui::test {

// Ends in a moment, also on a busy machine.
inline ModelRequest tinyRequest() {
    ModelRequest request = smallRequest(32);
    request.channelsPerStage = {4, 8};
    return request;
}

// A photograph in a folder that goes.
class Photograph {
public:
    Photograph() { gradient(90, 70).save(path()); }
    QString path() const { return m_folder.filePath(QStringLiteral("gradient.png")); }
    TrainingResources resources() const { return {{path()}, {}, {}, {}}; }

private:
    QTemporaryDir m_folder;
};

inline QAbstractButton* button(const QWidget& view, const char* text) {
    for (QAbstractButton* each : view.findChildren<QAbstractButton*>())
        if (each->text() == QString::fromUtf8(text))
            return each;
    return nullptr;
}

inline void click(const QWidget& view, const char* text) {
    QAbstractButton* found = button(view, text);
    QVERIFY2(found && found->isVisible() && found->isEnabled(), text);
    QTest::mouseClick(found, Qt::LeftButton);
}

}  // namespace resnet::ui::test
