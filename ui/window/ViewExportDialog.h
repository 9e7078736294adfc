#pragma once

#include "ui/exports/Figure.h"
#include "ui/window/FigureDialog.h"
#include "ui/workspace/Workspace.h"

#include <QList>
#include <QString>

class QComboBox;
class QDoubleSpinBox;
class QWidget;

namespace resnet::ui {

// Something to see in the window that can be taken along as a picture.
struct ViewFigure {
    QString name;      // "Feature maps"
    QString fileName;  // to be proposed, without an ending
    Figure figure;
    bool hasFocus = false;
};

// Everything there is to see at the moment, in the window and in those that stand beside it.
QList<ViewFigure> viewFigures(Workspace& workspace, QWidget* window);

// Asks which view is to be saved or copied, and how large; shows the exact result.
class ViewExportDialog : public FigureDialog {
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
    void save() override;
    void copy() override;

    QList<ViewFigure> m_views;
    QComboBox* m_view;
    QDoubleSpinBox* m_scale;
};

}  // namespace resnet::ui
