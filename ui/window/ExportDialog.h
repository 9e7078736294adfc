#pragma once

#include "ui/exports/DiagramExport.h"
#include "ui/painting/RunContent.h"
#include "ui/workspace/BackgroundJob.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;

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
    // Made in the background; until it is there, nothing can be saved.
    const DiagramContent& content() const { return m_content; }
    bool hasContent() const { return !m_making.isRunning(); }

private:
    void addSubjects();
    void addFillings();
    void takeContent();
    QWidget* makeControls();
    void updatePreview();
    void save();
    void copy();
    void showWork(const QString& what);  // empty: there is none
    void complain(const Error& error);

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
    QPushButton* m_saveButton = nullptr;
    QPushButton* m_copyButton = nullptr;
    BackgroundJob m_making;  // of the content
    BackgroundJob m_work;    // saving or copying
};

}  // namespace resnet::ui
