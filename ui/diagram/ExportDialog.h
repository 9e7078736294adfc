#pragma once

#include "ui/diagram/DiagramContent.h"
#include "ui/exports/DiagramExport.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;

namespace resnet::ui {

class FigurePreview;
class Workspace;

// Chooses what of the diagram is saved or copied, and shows exactly that.
class ExportDialog : public QDialog {
    Q_OBJECT
public:
    // `onScreen` is what the diagram panel shows.
    ExportDialog(Workspace& workspace, const DiagramExportOptions& onScreen, QWidget* parent);

    DiagramExportOptions options() const;
    const DiagramContent& content() const;

private:
    void addSubjects();
    QWidget* makeControls();
    void updatePreview();
    void save();
    void copy();
    void complain(const QString& message);

    Workspace& m_workspace;
    DiagramExportOptions m_onScreen;
    DiagramContent m_maps;
    DiagramContent m_noMaps;
    QComboBox* m_subject;
    QComboBox* m_theme;
    QComboBox* m_page;
    QCheckBox* m_withMaps;
    QCheckBox* m_transparent;
    QCheckBox* m_textAsPaths;
    QDoubleSpinBox* m_scale;
    QLabel* m_size;
    FigurePreview* m_preview;
};

}  // namespace resnet::ui
