#pragma once

#include "ui/window/ViewFigures.h"
#include "ui/workspace/BackgroundJob.h"

#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace resnet::ui {

class FigurePreview;

// Asks which view is to be saved or copied, and how large; shows the exact result.
class ViewExportDialog : public QDialog {
    Q_OBJECT
public:
    // At least one view.
    ViewExportDialog(Workspace& workspace, QList<ViewFigure> views, QWidget* parent);

    QComboBox* views() const { return m_view; }
    QDoubleSpinBox* scale() const { return m_scale; }

private:
    QWidget* makeControls();
    const ViewFigure& chosen() const;
    void updatePreview();
    void save();
    void copy();
    void showWork(const QString& what);  // empty: there is none
    void complain(const Error& error);

    Workspace& m_workspace;
    QList<ViewFigure> m_views;
    QComboBox* m_view;
    QDoubleSpinBox* m_scale;
    QLabel* m_size;
    FigurePreview* m_preview;
    QPushButton* m_saveButton = nullptr;
    QPushButton* m_copyButton = nullptr;
    BackgroundJob m_work;  // saving or copying
};

}  // namespace resnet::ui
