#pragma once

#include <QDialog>

namespace resnet::ui {

// Reads the documents that come with the program: links between them and to their headings are followed,
// others are opened by the desktop.
class GuideWindow : public QDialog {
    Q_OBJECT
public:
    // `file` is the document to begin with.
    GuideWindow(const QString& file, QWidget* parent);
};

}  // namespace resnet::ui
