#include "tests/TestPrograms.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/activations/CellReadout.h"
#include "ui/diagram/DiagramCanvas.h"
#include "ui/exports/FigureFile.h"
#include "ui/predictions/InputCard.h"
#include "ui/predictions/PredictionBars.h"
#include "ui/steps/StepActions.h"
#include "ui/window/Appearance.h"
#include "ui/window/PreferencesDialog.h"
#include "ui/window/StatusLine.h"
#include "ui/window/ViewExportDialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QToolButton>
#include <QWindow>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// Size of text and colours, by keys, by the dialog and by the desktop; and that they are remembered.
class AppearanceTest : public QObject {
    Q_OBJECT
private:
    OpenWindow m_open;
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;

    QString fileNamed(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    template <typename Widget>
    Widget& part() const {
        return *m_open.window->findChild<Widget*>();
    }

private Q_SLOTS:
    void cleanup() {
        m_open.close();
        m_settings.reset();
    }

    // A choice has the sign of one at its right end, in either theme.
    void whatOpensAListSaysSo() {
        m_open.open();
        m_open.window->resize(1280, 800);
        for (const auto scheme : {Preferences::Scheme::Light, Preferences::Scheme::Dark}) {
            part<Preferences>().setScheme(scheme);
            QTRY_COMPARE(m_open.workspace->theme().isDark(), scheme == Preferences::Scheme::Dark);
            int choices = 0;
            const auto check = [&](QWidget* choice) {
                if (!choice->isVisible() || choice->size().isEmpty())
                    return;
                const QImage image = choice->grab().toImage();
                const QRgb ground = image.pixel(image.width() - 4, image.height() / 2);
                int marks = 0;
                for (int x = image.width() - 18; x < image.width() - 5; ++x)
                    for (int y = image.height() / 2 - 4; y < image.height() / 2 + 5; ++y)
                        marks += std::abs(qGray(image.pixel(x, y)) - qGray(ground)) > 30;
                QVERIFY2(marks >= 6, qPrintable(choice->accessibleName()));
                ++choices;
            };
            for (auto* each : m_open.window->findChildren<QComboBox*>())
                check(each);
            for (auto* each : m_open.window->findChildren<QToolButton*>())
                if (each->menu() && each->popupMode() == QToolButton::InstantPopup)
                    check(each);
            QVERIFY(choices >= 2);
        }
    }

    void transportSignsGrowWithTheText() {
        m_open.open();
        const QIcon play = part<StepActions>().play->icon();
        for (const int side : {16, 24, 32}) {
            const QImage image = play.pixmap(side, side).toImage();
            int high = 0;
            for (int y = 0; y < image.height(); ++y)
                high += qAlpha(image.pixel(image.width() * 2 / 5, y)) > 128;
            QVERIFY2(high >= side / 2, qPrintable(QString::number(side)));
            QCOMPARE(image.width(), side);
        }
    }

    void keysMakeTextLargerAndSmaller() {
        m_open.open();
        const int before = part<StatusLine>().height();
        const int bars = part<PredictionBars>().sizeHint().height();
        for (int i = 0; i < 3; ++i)
            m_open.press(Qt::Key_Plus, Qt::ControlModifier);
        QCOMPARE(part<Preferences>().textPercent(), 150);
        QCOMPARE(textScale(), 1.5);
        QCOMPARE(part<StatusLine>().height(), before * 3 / 2);
        QCOMPARE(part<PredictionBars>().sizeHint().height(), qRound(bars * 1.5));
        QCOMPARE(part<DiagramCanvas>().area().width() * 1.5, double(part<DiagramCanvas>().width()));
        m_open.press(Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(part<Preferences>().textPercent(), 125);
        m_open.press(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(textScale(), 1.0);
        QCOMPARE(part<StatusLine>().height(), before);
    }

    void clicksMeetWhatIsPaintedAtEverySize() {
        m_open.open();
        part<Preferences>().setTextPercent(150);
        auto& bars = part<PredictionBars>();
        QTest::mouseClick(&bars, Qt::LeftButton, {}, bars.toScreen(bars.rowRect(2).center()).toPoint());
        QCOMPARE(m_open.workspace->classInQuestion(), bars.predictions()[2].index);
    }

    void presentationHasLargeText() {
        m_open.open();
        m_open.press(Qt::Key_F11);
        QCOMPARE(textScale(), 1.5);
        QCOMPARE(part<Preferences>().textPercent(), 100);
        m_open.press(Qt::Key_F11);
        QCOMPARE(textScale(), 1.0);
    }

    void filesDoNotDependOnTheSize() {
        m_open.open();
        const auto diagram = [&] {
            for (const ViewFigure& each : viewFigures(*m_open.workspace, m_open.window.get()))
                if (each.name == QStringLiteral("Diagram"))
                    return copyOf(each.figure, 1.0);
            return FigureCopy{};
        };
        m_open.workspace->settings();
        const FigureCopy normal = diagram();
        QVERIFY(!normal.png.isEmpty());
        part<Preferences>().setTextPercent(200);
        const FigureCopy large = diagram();
        QCOMPARE(large.png, normal.png);
        QCOMPARE(large.svg, normal.svg);
    }

    void themeAndSizeAreRemembered() {
        m_settings = std::make_unique<QSettings>(fileNamed("kept.ini"), QSettings::IniFormat);
        m_open.open(m_settings.get());
        {
            PreferencesDialog dialog(part<Preferences>(), m_open.window.get());
            dialog.show();
            dialog.activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(&dialog, tests::patience(5'000)));
            for (const QSpinBox* each : dialog.findChildren<QSpinBox*>())
                QCOMPARE(each->buttonSymbols(), QAbstractSpinBox::NoButtons);  // as everywhere
            auto* theme = dialog.findChild<QComboBox*>();
            theme->setFocus();
            for (int i = 0; i < 2; ++i)
                QTest::keyClick(theme, Qt::Key_Down);
            QCOMPARE(theme->currentText(), QStringLiteral("dark"));
            QVERIFY(m_open.workspace->theme().isDark());
            auto* text = dialog.findChild<QSpinBox*>();
            text->setFocus();
            QTest::keyClick(text, Qt::Key_Up);
            QCOMPARE(part<Preferences>().textPercent(), 110);
            QTest::mouseClick(dialog.findChild<QCheckBox*>(), Qt::LeftButton, {}, QPoint(8, 8));
        }
        m_open.close();
        m_open.open(m_settings.get());
        QVERIFY(m_open.workspace->theme().isDark());
        QCOMPARE(part<Preferences>().textPercent(), 110);
        QVERIFY(part<Preferences>().reopensSession());
    }

    void theDesktopIsFollowedUntilAThemeIsChosen() {
        loadFonts();
        Workspace workspace(1);
        Preferences preferences(nullptr);
        bool isDark = true;
        Appearance appearance(workspace, preferences, nullptr, [&] { return isDark; });
        QVERIFY(workspace.theme().isDark());
        QWindow desktopTells;
        const auto tell = [&] {
            QEvent event(QEvent::ThemeChange);
            QCoreApplication::sendEvent(&desktopTells, &event);
            QCoreApplication::processEvents();
        };
        isDark = false;
        tell();
        QVERIFY(!workspace.theme().isDark());
        preferences.setScheme(Preferences::Scheme::Dark);
        QVERIFY(workspace.theme().isDark());
        tell();
        QVERIFY(workspace.theme().isDark());
        preferences.setScheme(Preferences::Scheme::System);
        QVERIFY(!workspace.theme().isDark());
    }

    void whatIsDamagedIsToldInALine() {
        QFile file(fileNamed("damaged.ini"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[General]\ntheme=mauve\ntextPercent=9000\nthreads=many\nreopenSession=true\n");
        file.close();
        QSettings settings(file.fileName(), QSettings::IniFormat);
        const Preferences preferences(&settings);
        QCOMPARE(preferences.scheme(), Preferences::Scheme::System);
        QCOMPARE(preferences.textPercent(), 100);
        QCOMPARE(preferences.threads(), 0);
        QVERIFY(preferences.reopensSession());
        for (const char* part : {"theme=mauve", "textPercent=9000", "threads=many"})
            QVERIFY(preferences.complaint().contains(QLatin1String(part)));
        QVERIFY(!preferences.complaint().contains(QLatin1Char('\n')));
        QVERIFY(!preferences.complaint().contains(QStringLiteral("reopen")));
    }

    void whatIsNoSettingsFileIsToldInALine() {
        QFile file(fileNamed("noise.ini"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[General\n\x01\x02\x03 = = =\n]]]");
        file.close();
        QSettings settings(file.fileName(), QSettings::IniFormat);
        const Preferences preferences(&settings);
        QCOMPARE(preferences.textPercent(), 100);
        QVERIFY(settings.status() != QSettings::FormatError || !preferences.complaint().isEmpty());
    }

    void theWelcomeLineIsClosedForGood() {
        m_settings = std::make_unique<QSettings>(fileNamed("welcome.ini"), QSettings::IniFormat);
        m_open.open(m_settings.get());
        QWidget* line = nullptr;
        for (QWidget* each : m_open.window->findChildren<QWidget*>())
            if (each->property("role") == QStringLiteral("welcome"))
                line = each;
        QVERIFY(line && line->isVisible());
        auto* close = line->findChildren<QAbstractButton*>().last();
        QCOMPARE(close->accessibleName(), QStringLiteral("Close for good"));
        QTest::mouseClick(close, Qt::LeftButton);
        QVERIFY(!line->isVisible());
        m_open.close();
        m_open.open(m_settings.get());
        for (QWidget* each : m_open.window->findChildren<QWidget*>())
            QVERIFY(each->property("role") != QStringLiteral("welcome") || !each->isVisible());
    }

    void theTourClosesTheWelcomeLine() {
        m_settings = std::make_unique<QSettings>(fileNamed("tour.ini"), QSettings::IniFormat);
        m_open.open(m_settings.get());
        QWidget* line = nullptr;
        for (QWidget* each : m_open.window->findChildren<QWidget*>())
            if (each->property("role") == QStringLiteral("welcome"))
                line = each;
        QVERIFY(line && line->isVisible());
        m_open.press(Qt::Key_F1);
        QTRY_VERIFY(!line->isVisible());
        QVERIFY(!Preferences(m_settings.get()).isWelcomeOpen());
    }
};

RESNET_WINDOW_TEST(AppearanceTest)
#include "AppearanceTest.moc"
