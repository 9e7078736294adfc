#pragma once

#include "ui/exports/Figure.h"
#include "ui/workspace/BackgroundJob.h"

#include <QDialog>
#include <QStringList>

#include <functional>
#include <stop_token>

class QFormLayout;
class QLabel;
class QPushButton;

namespace resnet::ui {

class FigurePreview;
class Workspace;

// Shows a figure beside the fields that say what it is, and saves or copies it in the background.
class FigureDialog : public QDialog {
    Q_OBJECT
protected:
    FigureDialog(Workspace& workspace, const QString& title, QWidget* parent);

    Workspace& workspace() const { return m_workspace; }
    // Beside the figure.
    void addPanel(QWidget* panel);
    // At the end of the panel: the line that tells, then the buttons. `formats` is said of saving.
    void addButtons(QFormLayout& form, const QString& formats);
    QLabel* line() const { return m_line; }

    // The figure, and in the line its size at a scale.
    void showFigure(const Figure& figure, double scale);
    // Nothing can be saved or copied meanwhile; empty: there is no work.
    void showWork(const QString& what);
    void complain(const Error& error);

    virtual void save() = 0;
    virtual void copy() = 0;
    // A name without an ending gets that of the chosen filter; empty: no file was chosen.
    QString askForFile(const QString& proposed, const QString& filters);
    // Writes in the background, which may throw Error; then tells of it with the notes it gave, and closes.
    using Write = std::function<QStringList(const std::stop_token&)>;
    void write(const QString& path, Write work);
    void copyFigure(const Figure& figure, double scale);

private:
    Workspace& m_workspace;
    QLabel* m_line;
    FigurePreview* m_preview;
    QPushButton* m_saveButton = nullptr;
    QPushButton* m_copyButton = nullptr;
    BackgroundJob m_work;  // saving or copying
};

}  // namespace resnet::ui
