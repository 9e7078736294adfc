#include "tests/TestPrograms.h"
#include "ui/workspace/FileDialogs.h"

#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

#include <functional>

using namespace resnet::ui;

class FileDialogsTest : public QObject {
    Q_OBJECT
private:
    using Kind = FileDialogs::Kind;
    QTemporaryDir m_folder;

    QString made(const QString& name) const {
        QDir(m_folder.path()).mkpath(name);
        return QFileInfo(m_folder.filePath(name)).absoluteFilePath();
    }
    // Does it in the dialog that is about to open.
    static void inDialog(const std::function<void(QFileDialog&)>& act) {
        QTimer::singleShot(0, qApp, [act] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            QVERIFY(dialog);
            act(*dialog);
        });
    }
    static void accept(QDialog& dialog) { dialog.accept(); }
    static QString save(FileDialogs& files, const QString& name, const QString& filters) {
        return files.askWhereToSave(Kind::Exports, nullptr, QStringLiteral("Export"), name, filters);
    }

private Q_SLOTS:
    void theNextBeginsWhereTheLastWasAlsoInTheNextRun() {
        QSettings settings(m_folder.filePath(QStringLiteral("a.ini")), QSettings::IniFormat);
        const QString there = made(QStringLiteral("there"));
        {
            FileDialogs files;
            files.keepIn(&settings);
            inDialog([&](QFileDialog& dialog) {
                QCOMPARE(dialog.selectedFiles(), {dialog.directory().filePath(QStringLiteral("steps.csv"))});
                dialog.setDirectory(there);
                dialog.selectFile(QStringLiteral("steps.csv"));
                accept(dialog);
            });
            QCOMPARE(save(files, QStringLiteral("steps.csv"), QStringLiteral("Table (*.csv)")),
                     there + QStringLiteral("/steps.csv"));
        }
        FileDialogs again;
        again.keepIn(&settings);
        QCOMPARE(again.folder(Kind::Exports), there);
        QVERIFY(again.folder(Kind::Pictures) != there);
        inDialog([&](QFileDialog& dialog) {
            QCOMPARE(dialog.directory().absolutePath(), there);
            dialog.reject();
        });
        QVERIFY(save(again, QStringLiteral("why.png"), QStringLiteral("Picture (*.png)")).isEmpty());
        QCOMPARE(again.folder(Kind::Exports), there);
    }

    void aFolderThatIsGoneIsNotProposed() {
        QSettings settings(m_folder.filePath(QStringLiteral("b.ini")), QSettings::IniFormat);
        FileDialogs files;
        files.keepIn(&settings);
        const QString gone = made(QStringLiteral("gone"));
        files.note(Kind::Networks, gone + QStringLiteral("/a.pth"));
        QCOMPARE(files.folder(Kind::Networks), gone);
        QVERIFY(QDir().rmdir(gone));
        QVERIFY(QFileInfo(files.folder(Kind::Networks)).isDir());
        settings.setValue(QStringLiteral("folders/networks"), QVariantMap{{QStringLiteral("a"), 3}});
        files.keepIn(&settings);
        QVERIFY(QFileInfo(files.folder(Kind::Networks)).isDir());
    }

    void theNameIsOneThatFilesCanHave() {
        FileDialogs files;
        files.note(Kind::Exports, made(QStringLiteral("names")) + QStringLiteral("/x"));
        inDialog([](QFileDialog& dialog) { accept(dialog); });
        QCOMPARE(
            QFileInfo(save(files, QStringLiteral("a/b: c.png"), QStringLiteral("PNG (*.png)"))).fileName(),
            QStringLiteral("a-b- c.png"));
    }

    void theEndingIsThatOfTheFilter() {
        FileDialogs files;
        const QString folder = made(QStringLiteral("endings"));
        files.note(Kind::Exports, folder + QStringLiteral("/x"));
        const auto saved = [&](const QString& typed, const QString& filters, const QString& chosen) {
            inDialog([=](QFileDialog& dialog) {
                if (!chosen.isEmpty()) {
                    dialog.selectNameFilter(chosen);
                    Q_EMIT dialog.filterSelected(chosen);
                }
                dialog.selectFile(typed);
                accept(dialog);
            });
            return QFileInfo(save(files, QStringLiteral("x"), filters)).fileName();
        };
        const QString both = QStringLiteral("SVG (*.svg);;TikZ for LaTeX (*.tex)");
        QCOMPARE(saved(QStringLiteral("a"), both, {}), QStringLiteral("a.svg"));
        QCOMPARE(saved(QStringLiteral("a"), both, QStringLiteral("TikZ for LaTeX (*.tex)")),
                 QStringLiteral("a.tex"));
        QCOMPARE(saved(QStringLiteral("a.pdf"), both, {}), QStringLiteral("a.pdf"));
        QCOMPARE(saved(QStringLiteral("pass"), QStringLiteral("New folder (*)"), {}), QStringLiteral("pass"));
    }
};

RESNET_WINDOW_TEST(FileDialogsTest)
#include "FileDialogsTest.moc"
