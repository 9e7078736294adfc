#pragma once

#include "ui/exports/DiagramExport.h"
#include "ui/painting/RunContent.h"

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
    const DiagramContent& content() const { return m_content; }

private:
    void addSubjects();
    void addFillings();
    void takeContent();
    QWidget* makeControls();
    void updatePreview();
    void save();
    void copy();
    void complain(const QString& message);

    Workspace& m_workspace;
    DiagramExportOptions m_onScreen;
    DiagramContent m_content;
    QComboBox* m_subject;
    QComboBox* m_theme;
    QComboBox* m_page;
    QComboBox* m_filling;
    QCheckBox* m_norms;
    QCheckBox* m_transparent;
    QCheckBox* m_textAsPaths;
    QDoubleSpinBox* m_scale;
    QLabel* m_size;
    FigurePreview* m_preview;
};

}  // namespace resnet::ui
