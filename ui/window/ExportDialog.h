#pragma once

#include "ui/exports/DiagramExport.h"
#include "ui/painting/RunContent.h"
#include "ui/window/FigureDialog.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;

namespace resnet::ui {

// Chooses what of the diagram is saved or copied, and shows exactly that.
class ExportDialog : public FigureDialog {
    Q_OBJECT
public:
    // `onScreen` is what the diagram panel shows.
    ExportDialog(Workspace& workspace, const DiagramExportOptions& onScreen, QWidget* parent);

    DiagramExportOptions options() const;
    // Made in the background; until it is there, nothing can be saved.
    const DiagramContent& content() const { return m_content; }
    bool hasContent() const { return !m_making.isRunning(); }

private:
    void addSubjects();
    void addFillings();
    void takeContent();
    QWidget* makeControls();
    void updatePreview();
    void save() override;
    void copy() override;

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
    BackgroundJob m_making;  // of the content
};

}  // namespace resnet::ui
