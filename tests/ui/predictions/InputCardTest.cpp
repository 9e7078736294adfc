#include "tests/TestPrograms.h"
#include "tests/ui/SmallWeightsFile.h"
#include "ui/predictions/CropStrip.h"
#include "ui/predictions/InputCard.h"
#include "ui/predictions/PictureView.h"
#include "ui/predictions/PredictionBars.h"
#include "ui/words/NumberText.h"
#include "ui/workspace/Workspace.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

class InputCardTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<InputCard> m_card;

    bool says(const QString& text) const {
        const QList<QLabel*> labels = m_card->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) { return label->text() == text; });
    }
    // The best class and its share, as a caption names it.
    QString prediction() const {
        const Model& model = *m_workspace->model();
        const FeatureMaps& shares = *m_workspace->activations().output(model.graph().softmaxStep());
        const float* best = std::max_element(shares.data(), shares.data() + shares.size());
        return QStringLiteral("%1 %2 %")
            .arg(QString::fromStdString(model.classNames[std::size_t(best - shares.data())]))
            .arg(std::lround(100.0f * *best));
    }
    void show(const Caption& caption) {
        auto picture = std::make_shared<Picture>(*gradientPicture());
        picture->caption = caption;
        m_workspace->setPicture(picture);
        QTRY_VERIFY(m_workspace->picture() == picture && m_workspace->activations().isComplete());
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>(1);
        m_card = std::make_unique<InputCard>(*m_workspace);
        m_card->show();
        m_workspace->setModel(newModel(smallRequest()));
        m_workspace->setPicture(gradientPicture());
        QTRY_VERIFY(m_workspace->activations().input() && m_workspace->activations().isComplete());
    }
    void cleanup() {
        m_card.reset();
        m_workspace.reset();
    }

    void whatIsNoPredictionIsNotCalledSo() {
        QVERIFY(says(QStringLiteral("Untrained: chance")));
        for (const bool isTrained : {false, true}) {
            ModelRequest request = smallRequest();
            request.classes = 1;
            Model model = *newModel(request);
            if (isTrained) {
                model.isInitialisation = false;
                QVERIFY(model.isTrained());
            }
            const auto one = std::make_shared<const Model>(std::move(model));
            m_workspace->setModel(one);
            QTRY_VERIFY(m_workspace->model() == one && m_workspace->session().isComputed());
            QTRY_VERIFY(says(QStringLiteral("One class: always 100 %")));
        }
    }

    void aCaptionStandsWhileItIsTrue() {
        const QString text = QStringLiteral("Look at the gradient.");
        show({text, prediction()});
        QTRY_VERIFY(says(text));
        m_workspace->restart();
        QTRY_VERIFY(!says(text));
        QVERIFY(says(QStringLiteral("gradient")));
        m_workspace->computeAll();
        QTRY_VERIFY(says(text));
        ModelRequest other = smallRequest();
        other.seed = 8;
        other.classes = 7;
        m_workspace->createModel(other);
        QTRY_VERIFY(m_workspace->model()->classNames.size() == 7 && m_workspace->activations().isComplete());
        QVERIFY(!says(text));
    }

    void oneSigmoidIsYesAndNo() {
        const QTemporaryDir folder;
        writeSmallWeights(folder.filePath(QStringLiteral("one.safetensors")), 7, 1);
        m_workspace->openWeightsFile(folder.filePath(QStringLiteral("one.safetensors")));
        QTRY_VERIFY(m_workspace->model()->classNames.size() == 1 && m_workspace->activations().isComplete());
        const QString spoken = m_card->findChild<PredictionBars*>()->accessibleDescription();
        QVERIFY2(spoken.contains(QStringLiteral("yes ")) && spoken.contains(QStringLiteral("no ")),
                 qPrintable(spoken));
        const float share =
            m_workspace->activations().output(m_workspace->model()->graph().softmaxStep())->data()[0];
        QVERIFY(spoken.startsWith(share >= 0.5f ? QStringLiteral("yes ") : QStringLiteral("no ")));
    }

    void withEditsBothPredictionsAreTold() {
        auto* bars = m_card->findChild<PredictionBars*>();
        const QString plain = bars->accessibleDescription();
        QVERIFY(!plain.contains(QLatin1Char('(')));
        const QImage paintedPlain = bars->grab().toImage();
        const Edits edits = editsFrom("layer2.0:x=-0.5", m_workspace->model()->graph());
        m_workspace->setEdits(edits);
        QTRY_VERIFY(m_workspace->edits() == edits && !m_workspace->isBusy());
        const StepId softmax = m_workspace->model()->graph().softmaxStep();
        const FeatureMaps& now = *m_workspace->activations().output(softmax);
        const FeatureMaps& before = *m_workspace->reference().output(softmax);
        for (int i = 0; i < now.channels(); ++i) {
            const QString expected =
                QStringLiteral("%1 %2 (%3)")
                    .arg(QString::fromStdString(m_workspace->model()->classNames[std::size_t(i)]),
                         percentText(now.at(i, 0, 0)),
                         percentText(before.at(i, 0, 0)).remove(QStringLiteral(" %")));
            QVERIFY2(bars->accessibleDescription().contains(expected), qPrintable(expected));
        }
        QVERIFY(bars->grab().toImage() != paintedPlain);
        m_workspace->setEdits({});
        QTRY_COMPARE(bars->accessibleDescription(), plain);
    }

    void whatAnotherNetworkSaysIsNotSaid() {
        show({QStringLiteral("A church."), QStringLiteral("church 78 %")});
        QVERIFY(says(QStringLiteral("gradient")));
        QVERIFY(!says(QStringLiteral("A church.")));
    }

    // Finding 25: what is cut off is shown, and only where something is.
    void whatIsCutOffIsShownDimmed() {
        auto* strip = m_card->findChild<CropStrip*>();
        m_workspace->setPicture(pictureFrom(gradient(300, 100), QStringLiteral("wide")));
        QTRY_VERIFY(strip->isVisible() && strip->spoken().contains(QStringLiteral("300 × 100")));
        const QRectF whole = strip->pictureRect();
        const QRectF seen = strip->seenRect();
        QVERIFY(std::abs(seen.width() - whole.width() / 3) < 0.5);
        QVERIFY(std::abs(seen.center().x() - whole.center().x()) < 0.5);
        QVERIFY(std::abs(seen.height() - whole.height()) < 0.5);
        m_workspace->setPicture(pictureFrom(gradient(128, 128), QStringLiteral("square")));
        QTRY_VERIFY(!strip->isVisible());
    }

    // Finding 47: a network of 64 x 64 pixels sees squares, and so does who looks at its input.
    void fewPixelsAreDrawnAsSquares() {
        m_workspace->setPicture(pictureFrom(gradient(64, 64), QStringLiteral("small")));
        QTRY_VERIFY(m_workspace->picture()->name == QStringLiteral("small"));
        m_card->resize(420, 800);
        auto* view = m_card->findChild<PictureView*>();
        view->setField(std::nullopt);
        QTRY_VERIFY(view->imageRect().width() > 200);
        const QImage painted = view->grab().toImage();
        QSet<QRgb> colors;
        for (int x = int(view->imageRect().left()) + 2; x < int(view->imageRect().right()) - 2; ++x)
            colors.insert(painted.pixel(x, int(view->imageRect().center().y())));
        QVERIFY2(colors.size() <= 64, qPrintable(QString::number(colors.size())));
    }
};

RESNET_WINDOW_TEST(InputCardTest)
#include "InputCardTest.moc"
