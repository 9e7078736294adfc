#include "tests/TestPrograms.h"
#include "tests/app/cli/Program.h"

#include <QDir>
#include <QFile>
#include <QIcon>
#include <QImageReader>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QtTest>

using namespace resnet::test;

namespace {

const QString packaging = QStringLiteral(RESNET_SOURCE_DIR "/packaging/");

QString content(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString metainfoPath() {
    const QDir pages(QStringLiteral(RESNET_BINARY_DIR "/packaging/pages"));
    return pages.filePath(pages.entryList({QStringLiteral("*.metainfo.xml")}).value(0));
}

void expectSuccess(const char* program, const QStringList& arguments) {
    const QString name = QString::fromLatin1(program);
    if (QStandardPaths::findExecutable(name).isEmpty())
        QSKIP("the validator is not installed");
    const Finished finished = execute(name, arguments);
    QVERIFY2(finished.status == 0, qPrintable(QString::fromUtf8(finished.output) + finished.messages));
}

}  // namespace

// What a desktop is told of the program.
class DesktopFilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theDesktopEntryIsValid() {
        expectSuccess("desktop-file-validate", {packaging + QStringLiteral("resnet-explorer.desktop")});
    }
    void theMetadataAreValid() {
        expectSuccess("appstreamcli",
                      {QStringLiteral("validate"), QStringLiteral("--pedantic"), QStringLiteral("--strict"),
                       QStringLiteral("--no-net"), metainfoPath()});
    }

    // A program becomes the default for a type that no other one opens: that may be weights, and nothing
    // else.
    void onlyWeightsAreOpenedByDoubleClick() {
        const QStringList lines =
            content(packaging + QStringLiteral("resnet-explorer.desktop")).split(QLatin1Char('\n'));
        QVERIFY(lines.contains(QStringLiteral("MimeType=application/x-safetensors;application/x-pytorch;")));
        QVERIFY(lines.contains(QStringLiteral("Exec=resnet-explorer %f")));
        const QString types = content(packaging + QStringLiteral("resnet-explorer.xml"));
        static const QRegularExpression glob(QStringLiteral("glob pattern=\"([^\"]*)\""));
        QStringList globs;
        for (auto match = glob.globalMatch(types); match.hasNext();)
            globs.append(match.next().captured(1));
        QCOMPARE(globs, (QStringList{QStringLiteral("*.safetensors"), QStringLiteral("*.pth")}));
    }

    void theNewestReleaseIsThisOne() {
        const QString version = QString::fromUtf8(execute({QStringLiteral("--version")}).output).trimmed();
        static const QRegularExpression release(QStringLiteral("<release version=\"([^\"]*)\""));
        const QRegularExpressionMatch first = release.match(content(metainfoPath()));
        QVERIFY(first.hasMatch());
        QCOMPARE(QStringLiteral("ResNet Explorer ") + first.captured(1), version);
    }

    void itsPicturesAreThoseOfTheRepository() {
        static const QRegularExpression image(
            QStringLiteral("width=\"(\\d+)\" height=\"(\\d+)\">[^<]*/docs/images/([^<]*)<"));
        int pictures = 0;
        for (auto match = image.globalMatch(content(metainfoPath())); match.hasNext(); ++pictures) {
            const QRegularExpressionMatch found = match.next();
            const QImageReader picture(QStringLiteral(RESNET_SOURCE_DIR "/docs/images/") + found.captured(3));
            QCOMPARE(picture.size(), QSize(found.captured(1).toInt(), found.captured(2).toInt()));
        }
        QCOMPARE(pictures, 2);
    }

    // The block and the shortcut over it are told apart, with a gap between, in the smallest size there is.
    void theIconIsReadableAt16Pixels() {
        const QIcon icon(QStringLiteral(RESNET_SOURCE_DIR "/resources/icons/resnet-explorer.svg"));
        const QImage image = icon.pixmap(16, 16).toImage();
        QCOMPARE(image.size(), QSize(16, 16));
        const QColor block(0x25, 0x63, 0xC9);
        const QColor shortcut(0xD9, 0x73, 0x1A);
        QCOMPARE(image.pixelColor(8, 10).rgb(), block.rgb());
        for (const QPoint& of : {QPoint(8, 3), QPoint(2, 8), QPoint(13, 8)})
            QCOMPARE(image.pixelColor(of).rgb(), shortcut.rgb());
        for (const QPoint& of : {QPoint(8, 5), QPoint(4, 8), QPoint(11, 8)})
            QVERIFY(image.pixelColor(of).lightness() > 230);
        QVERIFY(image.pixelColor(0, 0).alpha() < 128);
    }
};

RESNET_WINDOW_TEST(DesktopFilesTest)
#include "DesktopFilesTest.moc"
