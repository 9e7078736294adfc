#include "core/experiments/EditSweep.h"
#include "core/inference/Executor.h"
#include "core/model/ModelInput.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/workspace/Comparing.h"
#include "ui/workspace/Workspace.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// The other side, B: another picture, or another network, beside what is open.
class ComparingTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Workspace> m_workspace;
    QList<Notice> m_notices;

    void settle() { QTRY_VERIFY(m_workspace->session().isComputed() && !m_workspace->isBusy()); }
    static PicturePtr otherPicture() {
        return pictureFrom(gradient(70, 90).mirrored(true, false), QStringLiteral("mirrored"));
    }
    static bool isRunOf(const Run& run, const Model& model, const Picture& picture, const Edits& edits = {}) {
        if (!run.network())
            return false;
        Executor executor(model.network, 1);
        Run expected = executor.start(inputOf(model, picture.image), edits);
        executor.run(expected);
        const FeatureMaps& logits = *expected.output(expected.graph().logitsStep());
        const FeatureMapsPtr found = run.output(run.graph().logitsStep());
        return found && std::equal(logits.data(), logits.data() + logits.size(), found->data());
    }

private Q_SLOTS:
    void init() {
        m_notices.clear();
        m_workspace = std::make_unique<Workspace>(1);
        connect(m_workspace.get(), &Workspace::noticePosted, this,
                [this](const Notice& notice) { m_notices << notice; });
        m_workspace->createModel(smallRequest());
        m_workspace->setPicture(gradientPicture());
        settle();
    }
    void cleanup() { m_workspace.reset(); }

    void anotherPictureGoesThroughTheSameNetwork() {
        QVERIFY(!m_workspace->compared().network());
        const PicturePtr other = otherPicture();
        m_workspace->compareWith({other->name, nullptr, other, {}});
        QTRY_VERIFY(m_workspace->compared().network());
        QVERIFY(isRunOf(m_workspace->compared(), *m_workspace->model(), *other));
        QVERIFY(m_workspace->shown().hasBefore());
        // With parts changed it goes through the changed network: the picture alone differs.
        m_workspace->setEdits(withoutMainPath({1, 0}));
        QTRY_VERIFY(!m_workspace->edits().isEmpty());
        QTRY_VERIFY(m_workspace->compared().network());
        QVERIFY(isRunOf(m_workspace->compared(), *m_workspace->model(), *other, withoutMainPath({1, 0})));
        m_workspace->compareWith({});
        QCOMPARE(m_workspace->compared().edits(), Edits());  // the network as it was opened, again
        QVERIFY(isRunOf(m_workspace->compared(), *m_workspace->model(), *m_workspace->picture()));
    }

    void anotherNetworkFollowsThePicture() {
        ModelRequest request = smallRequest();
        request.seed = 8;
        const ModelPtr other = newModel(request);
        m_workspace->compareWith({QStringLiteral("seed 8"), other, nullptr, {}});
        QTRY_VERIFY(m_workspace->compared().network());
        QVERIFY(isRunOf(m_workspace->compared(), *other, *m_workspace->picture()));
        m_workspace->setPicture(otherPicture());
        QTRY_COMPARE(m_workspace->picture()->name, QStringLiteral("mirrored"));
        // What is not of this picture is not compared with.
        QVERIFY(!m_workspace->compared().network() ||
                isRunOf(m_workspace->compared(), *other, *m_workspace->picture()));
        QTRY_VERIFY(m_workspace->compared().network());
        QVERIFY(isRunOf(m_workspace->compared(), *other, *m_workspace->picture()));
    }

    void theNetworkAsItIsNowStaysWhateverIsOpened() {
        const ModelPtr kept = m_workspace->model();
        m_workspace->setEdits(withoutShortcut({1, 1}));
        QTRY_VERIFY(!m_workspace->edits().isEmpty() && !m_workspace->isBusy());
        m_workspace->compareWith({QStringLiteral("kept"), kept, nullptr, m_workspace->edits()});
        ModelRequest plain = smallRequest();
        plain.architecture = "plain34";
        m_workspace->createModel(plain);
        QTRY_VERIFY(m_workspace->model() != kept);
        settle();
        QTRY_VERIFY(m_workspace->compared().network());
        QVERIFY(isRunOf(m_workspace->compared(), *kept, *m_workspace->picture(), withoutShortcut({1, 1})));
    }

    void aFileThatCannotBeOpenedChangesNothing() {
        const PicturePtr other = otherPicture();
        m_workspace->compareWith({other->name, nullptr, other, {}});
        QTRY_VERIFY(m_workspace->compared().network());
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("notes.txt"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("nothing of the kind");
        file.close();
        m_workspace->compareWithFile(path);
        QTRY_COMPARE(m_notices.size(), 1);
        QCOMPARE(m_notices.front().kind, Notice::Kind::Error);
        QVERIFY(m_notices.front().text.contains(QStringLiteral("notes.txt")));
        QCOMPARE(m_workspace->comparedWith().name, other->name);
        QVERIFY(m_workspace->compared().network());
    }

    void aPictureFileIsTold() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("other.png"));
        QVERIFY(gradient(40, 40).save(path));
        m_workspace->compareWithFile(path);
        QTRY_VERIFY(m_workspace->compared().network());
        QCOMPARE(m_workspace->comparedWith().name, QStringLiteral("other.png"));
        QVERIFY(m_workspace->comparedWith().picture);
    }
};

RESNET_EVENT_LOOP_TEST(ComparingTest)
#include "ComparingTest.moc"
