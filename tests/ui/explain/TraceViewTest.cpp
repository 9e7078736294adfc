#include "tests/TestPrograms.h"
#include "tests/ui/Painted.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/explain/PlaceView.h"
#include "ui/explain/TraceView.h"
#include "ui/painting/TraceForms.h"

#include <QLabel>
#include <QTest>
#include <QToolButton>

using namespace resnet;
using namespace resnet::ui;

// "2.8×10⁻⁴" and "−0.120".
static double numberIn(const QString& text) {
    QString plain;
    for (QString power = QString(text).replace(QStringLiteral("×10"), QStringLiteral("e"));
         const QChar each : power)
        plain += each == QChar(0x2212) || each == QChar(0x207B) ? QChar(QLatin1Char('-'))
                 : each.digitValue() >= 0 ? QChar(QLatin1Char(char('0' + each.digitValue())))
                                          : each;
    return plain.toDouble();
}

// What the terms give as a reader would work it out, by the digits that are shown.
static double workedOut(const std::vector<EquationTerm>& terms) {
    double result = 0.0;
    for (const EquationTerm& term : terms) {
        const double shown = numberIn(term.text());
        if (term.sign == QStringLiteral("×"))
            result *= shown;
        else if (term.sign == QStringLiteral("÷"))
            result /= shown;
        else if (term.sign == QStringLiteral("and"))
            result = std::max(result, shown);
        else if (term.sign != QStringLiteral("="))
            result += shown;
    }
    return result;
}

class TraceViewTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<TraceView> m_view;

    void goTo(const char* step) {
        m_workspace->goToStep(*m_workspace->model()->graph().find(step));
        QTRY_COMPARE(m_view->trace()->step, m_workspace->currentStep());
    }
    QToolButton* chip(const char* text) const {
        for (QToolButton* each : m_view->findChildren<QToolButton*>())
            if (each->text() == QLatin1String(text))
                return each;
        return nullptr;
    }
    const FeatureMaps& maps() const { return *m_workspace->activations().output(m_workspace->currentStep()); }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>(1);
        m_view = std::make_unique<TraceView>(*m_workspace);
        m_view->resize(m_view->sizeHint());
        m_view->show();
        m_workspace->setModel(newModel(ui::test::smallRequest()));
        m_workspace->setPicture(ui::test::gradientPicture());
        QTRY_VERIFY(m_workspace->activations().input() && m_workspace->activations().isComplete());
        m_workspace->goToStep(0);
        QTRY_VERIFY(m_view->trace());
    }
    void cleanup() {
        m_view.reset();
        m_workspace.reset();
    }

    void opensOnTheLargestNumber() {
        goTo("layer1.0.conv1");
        QVERIFY(!m_workspace->cell());
        QCOMPARE(double(std::abs(m_view->trace()->value)), m_view->trace()->largest);
    }

    void followsStepChannelAndCell() {
        goTo("layer1.0.add");
        m_workspace->selectChannel(3);
        m_workspace->selectCell(Cell{4, 5});
        QTRY_COMPARE(m_view->trace()->x, 5);
        QCOMPARE(m_view->trace()->channel, 3);
        QCOMPARE(m_view->trace()->value, maps().at(3, 4, 5));
        QVERIFY(m_view->accessibleDescription().contains(QStringLiteral("Stage 1, unit 1: add")));
        QVERIFY(m_view->accessibleDescription().contains(QStringLiteral("shortcut")));
    }

    void arrowKeysMoveTheCell() {
        goTo("layer1.0.conv1");
        m_workspace->selectCell(Cell{3, 3});
        m_view->setFocus();
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(*m_workspace->cell(), (Cell{4, 4}));
        QTest::keyClick(m_view.get(), Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(*m_workspace->cell(), (Cell{4, 0}));
        QTest::keyClick(m_view.get(), Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(*m_workspace->cell(), (Cell{0, 0}));
        QTRY_COMPARE(m_view->trace()->value, maps().at(m_workspace->channel(), 0, 0));
    }

    void keysOfTheWindowAreLeftToIt() {
        for (const int key : {Qt::Key_PageDown, Qt::Key_PageUp, Qt::Key_Home, Qt::Key_End, Qt::Key_Space}) {
            QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
            QCoreApplication::sendEvent(m_view.get(), &event);
            QVERIFY(!event.isAccepted());
        }
    }

    // The picture lies below the title and the sentence; the first cell of a patch is at its upper left.
    void aClickGoesToWhereTheNumberCameFrom() {
        goTo("layer1.0.add");
        m_workspace->selectChannel(3);
        m_workspace->selectCell(Cell{4, 5});
        QTRY_COMPARE(m_view->trace()->x, 5);
        QWidget* canvas = m_view->childAt(m_view->width() / 2, m_view->height() / 2);
        QTest::mouseClick(canvas, Qt::LeftButton, {}, QPoint(40, 40));
        QCOMPARE(m_workspace->model()->graph().stepName(m_workspace->currentStep()),
                 std::string("layer1.0.bn2"));
        QCOMPARE(m_workspace->channel(), 3);
        QCOMPARE(*m_workspace->cell(), (Cell{4, 5}));

        goTo("layer1.0.conv2");
        const ChannelTerm strongest = std::get<ConvolutionTrace>(m_view->trace()->how).channels.front();
        QTest::mouseClick(canvas, Qt::LeftButton, {}, QPoint(24, 40));
        QCOMPARE(m_workspace->model()->graph().stepName(m_workspace->currentStep()),
                 std::string("layer1.0.relu1"));
        QCOMPARE(m_workspace->channel(), strongest.channel);
        QCOMPARE(*m_workspace->cell(), (Cell{strongest.cells[0].y, strongest.cells[0].x}));
    }

    void returnFollowsTheStrongestToTheImage() {
        goTo("softmax");
        m_view->setFocus();
        int moves = 0;
        while (m_workspace->currentStep() != inputStep && moves < 100) {
            QTRY_COMPARE(m_view->trace()->step, m_workspace->currentStep());
            QTest::keyClick(m_view.get(), Qt::Key_Return);
            ++moves;
        }
        QVERIFY(moves > 8 && moves < 100);
        QTRY_VERIFY(!m_view->trace());
    }

    // What is followed by eye keeps its place; afterwards the strongest is first again.
    void aScanKeepsTheOrderOfTheChannels() {
        const auto order = [this] {
            std::vector<int> channels;
            for (const ChannelTerm& term : std::get<ConvolutionTrace>(m_view->trace()->how).channels)
                channels.push_back(term.channel);
            return channels;
        };
        goTo("layer1.0.conv2");
        m_workspace->selectCell(Cell{2, 2});
        const std::vector<int> before = order();
        QTest::mouseClick(chip("Scan"), Qt::LeftButton);
        m_workspace->selectCell(Cell{9, 9});
        QCOMPARE(order(), before);
        QTest::mouseClick(chip("Scan"), Qt::LeftButton);
        m_workspace->selectCell(Cell{9, 9});
        const auto& channels = std::get<ConvolutionTrace>(m_view->trace()->how).channels;
        QVERIFY(std::ranges::is_sorted(channels, std::ranges::greater{},
                                       [](const ChannelTerm& term) { return std::abs(term.sum); }));
        QVERIFY(order() != before);
    }

    // A cell that came along from another step is left for another where it has nothing to show.
    void aPoolOfZerosIsNotWhatOneBeginsWith() {
        goTo("maxpool");
        std::optional<Cell> empty;
        for (int channel = 0; channel < maps().channels() && !empty; ++channel) {
            m_workspace->selectChannel(channel);
            const FeatureMapView map = maps().channel(channel);
            bool isLive = false;
            for (int y = 0; y < map.height; ++y)
                for (int x = 0; x < map.width; ++x) {
                    isLive = isLive || map.at(y, x) > 0.0f;
                    if (map.at(y, x) == 0.0f)
                        empty = Cell{y, x};
                }
            if (!isLive)
                empty.reset();
        }
        QVERIFY2(empty, "the network has no such cell");
        goTo("layer1.0.conv1");  // of maps of the same size
        m_workspace->selectCell(empty);
        goTo("maxpool");
        QVERIFY(*m_workspace->cell() == *empty);
        QVERIFY(m_view->trace()->value > 0.0f);
        m_workspace->selectCell(empty);  // asked for
        QCOMPARE(m_view->trace()->value, 0.0f);
    }

    void theScanWalksAcrossTheMap() {
        goTo("layer1.0.conv1");
        m_workspace->selectCell(Cell{2, 14});
        QToolButton* button = chip("Scan");
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(m_view->isScanning());
        QTRY_VERIFY(m_workspace->cell()->y == 3);  // over the end of the row
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(!m_view->isScanning());
        QTest::mouseClick(button, Qt::LeftButton);
        goTo("layer1.0.bn1");
        QVERIFY(!m_view->isScanning());
    }

    void everyStepHasAPicture() {
        for (const Theme::Kind kind : {Theme::Kind::Light, Theme::Kind::Dark}) {
            m_workspace->setThemeKind(kind);
            for (const Step& step : m_workspace->model()->graph().steps()) {
                goTo(step.name.c_str());
                const QImage picture = m_view->grab().toImage();
                QSet<QRgb> colors;
                for (int y = 0; y < picture.height(); y += 2)
                    for (int x = 0; x < picture.width(); x += 2)
                        colors.insert(picture.pixel(x, y));
                QVERIFY2(colors.size() > 12, step.name.c_str());
            }
        }
    }

    void theNumbersShownAddUp() {
        const Model& model = *m_workspace->model();
        for (const Step& step : model.graph().steps()) {
            goTo(step.name.c_str());
            const Trace& trace = *m_view->trace();
            const auto terms = equationOf({trace, model.graph(), model.classNames}, Theme::light(), 4);
            const double difference = workedOut(terms) - double(trace.value);
            QVERIFY2(std::abs(difference) <= 1.1e-4 * trace.largest, step.name.c_str());
            QVERIFY(m_view->accessibleDescription().endsWith(terms.back().text()));
        }
    }

    void tellsWhatIsMissing() {
        m_workspace->goToStep(inputStep);
        QTRY_VERIFY(!m_view->trace());
        QVERIFY(m_view->accessibleDescription().contains(QStringLiteral("picture")));
        QVERIFY(!chip("Scan")->isEnabled() && !chip("Follow the strongest")->isEnabled());
        const QImage told = ui::test::seenOf(*m_view);
        m_workspace->restart();
        QVERIFY(!m_view->trace());
        QCOMPARE(ui::test::seenOf(*m_view), told);
        m_workspace->computeAll();
        goTo("conv1");
        QVERIFY(ui::test::seenOf(*m_view) != told);
    }

    void thePlaceHasItsTitleAboveThePicture() {
        PlaceView place(*m_workspace);
        place.resize(320, 560);
        place.show();
        for (const QLabel* label : place.findChildren<QLabel*>())
            if (label->text() == place.title())
                QVERIFY(label->geometry().bottom() < place.pictureRect().top());
        QVERIFY(!place.pictureRect().isEmpty() &&
                place.accessibleDescription().contains(QLatin1String("pixels")));
    }

    void staysUsableWhenSmall() {
        m_view->resize(m_view->minimumSizeHint());
        for (const char* step : {"conv1", "layer2.0.conv1", "fc", "softmax"}) {
            goTo(step);
            for (const QToolButton* each : m_view->findChildren<QToolButton*>()) {
                const QRect place(each->mapTo(m_view.get(), QPoint()), each->size());
                QVERIFY2(!each->isVisible() || m_view->rect().contains(place), qPrintable(each->text()));
            }
        }
        m_view->setFocus();
        QTest::keyClick(m_view.get(), Qt::Key_Return);  // from the softmax to the logit
        QTRY_COMPARE(m_workspace->model()->graph().stepName(m_workspace->currentStep()), "fc");
    }

    // Finding 23: the way is written, and each place of it leads back; going elsewhere ends it.
    void theWayIsWrittenAndLeadsBack() {
        goTo("softmax");
        const int first = m_view->trace()->channel;
        m_view->setFocus();
        for (int i = 0; i < 4; ++i) {
            QTest::keyClick(m_view.get(), Qt::Key_Return);
            QTRY_COMPARE(m_view->trace()->step, m_workspace->currentStep());
        }
        const auto& places = m_view->trail().places();
        QCOMPARE(int(places.size()), 4);
        QCOMPARE(m_workspace->model()->graph().stepName(places[0].step), "softmax");
        QVERIFY(m_view->trail().isVisible());
        QVERIFY(m_view->trail().text().contains(places[1].name.toHtmlEscaped()));
        Q_EMIT const_cast<TraceTrail&>(m_view->trail()).linkActivated(QStringLiteral("0"));
        QTRY_COMPARE(m_workspace->model()->graph().stepName(m_view->trace()->step), "softmax");
        QCOMPARE(m_view->trace()->channel, first);
        QVERIFY(m_view->trail().places().empty() && !m_view->trail().isVisible());
        m_view->followStrongest();
        QTRY_COMPARE(int(m_view->trail().places().size()), 1);
        goTo("layer1.0.conv1");
        QVERIFY(m_view->trail().places().empty());
    }
};

RESNET_WINDOW_TEST(TraceViewTest)
#include "TraceViewTest.moc"
