#pragma once

#include "core/explain/Tables.h"
#include "ui/window/FileSaver.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/Workspace.h"

#include <QObject>

#include <functional>
#include <vector>

class QAction;
class QMenu;
class QWidget;

namespace resnet::ui {

// Puts a number on the clipboard, in the nine digits that a float has at most, and tells so.
void copyNumber(Workspace& workspace, double number);

// Everything that saves something, as pictures, tables or numbers. Files are written whole or not at all; a
// failure is told and changes nothing.
class ExportActions : public QObject {
    Q_OBJECT
public:
    // `chooseExport` asks how the diagram is to be saved, and saves it.
    ExportActions(Workspace& workspace, std::function<void()> chooseExport, QWidget* window);

    QMenu* menu() const { return m_menu; }
    // That of the view that was used last.
    QAction* copyAction() const { return m_copy; }
    // That of the selected cell.
    QAction* copyNumberAction() const { return m_copyNumber; }

private:
    // What is saved in the background, as it was when it was asked for.
    struct Snapshot {
        ModelPtr model;
        PicturePtr picture;
        Image image;
        Run run;
        Focus focus;
        int classInQuestion = 0;
        EngineOptions options;
        const Theme& theme;

        const Graph& graph() const { return model->graph(); }
    };
    using MakeBytes = std::function<QByteArray(const Snapshot&, const std::stop_token&)>;

    struct Entry {
        QAction* action = nullptr;
        QString does;
        std::function<QString()> whyNot;  // empty: it can be done
    };

    void addPictures(std::function<void()> chooseExport);
    void addTables();
    void addNumbers();
    QAction* add(const QString& text, const QKeySequence& key, const QString& does,
                 std::function<QString()> whyNot, std::function<void()> run);
    void updateState();

    QString withoutNetwork() const;
    QString withoutInput() const;
    QString withoutStep() const;
    QString withoutResult() const;
    QString withoutActivation() const;
    QString withoutNumber() const;
    QString withoutCell() const;

    void exportView();
    void copyView();
    void copyNumber();
    void exportSheet();
    void exportEvidence();
    void exportPass();
    // Asks for a path, then makes the bytes and writes them in the background; tells what became of it.
    void save(const QString& fileName, const QString& filter, const MakeBytes& bytes);
    void saveTable(const QString& fileName, const std::function<Table(const Snapshot&)>& table);
    void saveTensor(const QString& fileName, const std::function<QByteArray(const Snapshot&)>& bytes);
    QString stepName() const;

    Workspace& m_workspace;
    QWidget* m_window;
    QMenu* m_menu;
    QAction* m_copy = nullptr;
    QAction* m_copyNumber = nullptr;
    std::vector<Entry> m_entries;
    FileSaver m_saver;
    BackgroundJob m_copying;
};

}  // namespace resnet::ui
