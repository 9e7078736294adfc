#include "ui/window/GuideWindow.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/TextSize.h"

#include <QAbstractTextDocumentLayout>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QImageReader>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextList>
#include <QTextTable>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>
#include <vector>

namespace resnet::ui {

namespace {

constexpr int margin = 24;
constexpr int afterResize = 150;    // milliseconds: pictures follow when the person has let go
constexpr double lineHeight = 130;  // percent
constexpr double paragraphGap = 7;

// "what-is-where" of "What is where", as links name headings.
QString anchorOf(const QString& heading) {
    QString anchor;
    for (const QChar each : heading.toLower())
        if (each.isLetterOrNumber() || each == QLatin1Char('-') || each == QLatin1Char('_'))
            anchor += each;
        else if (each.isSpace())
            anchor += QLatin1Char('-');
    return anchor;
}

class Pages : public QTextBrowser {
public:
    Pages() {
        setAccessibleName(GuideWindow::tr("Guide"));
        setOpenExternalLinks(true);
        setFrameShape(QFrame::NoFrame);
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);  // pictures are as wide as the rest
        document()->setDocumentMargin(margin);
        m_fitting.setSingleShot(true);
        QObject::connect(&m_fitting, &QTimer::timeout, this, [this] { fitPictures(); });
    }

protected:
    void doSetSource(const QUrl& page, QTextDocument::ResourceType) override {
        QTextBrowser::doSetSource(page, QTextDocument::MarkdownResource);
        setType();
        if (page.hasFragment())
            showHeading(page.fragment());
    }

    // No picture is wider than the text, also where it stands in a list.
    QVariant loadResource(int type, const QUrl& name) override {
        if (type != QTextDocument::ImageResource)
            return QTextBrowser::loadResource(type, name);
        QImage picture = QImageReader(source().resolved(name).toLocalFile()).read();
        const int room = viewport()->width() - 2 * margin - int(document()->indentWidth());
        return picture.width() > room && room > 0 ? picture.scaledToWidth(room, Qt::SmoothTransformation)
                                                  : picture;
    }

    void resizeEvent(QResizeEvent* event) override {
        QTextBrowser::resizeEvent(event);
        if (event->oldSize().width() != event->size().width())
            m_fitting.start(afterResize);
    }

private:
    // Air between the lines, and the weight that the typeface has.
    void setType() {
        const QTextCursor top = textCursor();
        std::vector<std::pair<int, int>> bold;
        for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
            QTextCursor cursor(block);
            QTextBlockFormat format = block.blockFormat();
            const bool isPicture = block.text() == QString(QChar::ObjectReplacementCharacter);
            if (!isPicture)
                format.setLineHeight(lineHeight, QTextBlockFormat::ProportionalHeight);
            format.setNonBreakableLines(false);  // code, too
            if (!cursor.currentTable() && !block.textList() &&
                !format.hasProperty(QTextFormat::BlockCodeFence)) {
                format.setTopMargin(scaled(format.headingLevel() > 0 ? 2 * paragraphGap : paragraphGap));
                format.setBottomMargin(scaled(paragraphGap));
            }
            cursor.setBlockFormat(format);
            for (auto part = block.begin(); !part.atEnd(); ++part)
                if (part.fragment().charFormat().fontWeight() > QFont::DemiBold)
                    bold.push_back({part.fragment().position(), part.fragment().length()});
        }
        QTextCharFormat semibold;
        semibold.setFontWeight(QFont::DemiBold);
        for (const auto& [position, length] : bold) {
            QTextCursor cursor(document());
            cursor.setPosition(position);
            cursor.setPosition(position + length, QTextCursor::KeepAnchor);
            cursor.mergeCharFormat(semibold);
        }
        setTextCursor(top);
    }

    void fitPictures() {
        const double place =
            double(verticalScrollBar()->value()) / std::max(1, verticalScrollBar()->maximum());
        reload();
        verticalScrollBar()->setValue(int(place * verticalScrollBar()->maximum()));
    }

    void showHeading(const QString& anchor) {
        document()->size();  // lays out all of it: only then is there a place to scroll to
        for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
            if (block.blockFormat().headingLevel() > 0 && anchorOf(block.text()) == anchor) {
                setTextCursor(QTextCursor(block));
                verticalScrollBar()->setValue(
                    int(document()->documentLayout()->blockBoundingRect(block).top()));
                return;
            }
    }

    QTimer m_fitting;
};

}  // namespace

GuideWindow::GuideWindow(const QString& file, QWidget* parent) : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Guide"));
    setProperty("role", QStringLiteral("paper"));
    auto* pages = new Pages;
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton* back = buttons->addButton(tr("&Back"), QDialogButtonBox::ActionRole);
    QPushButton* first = buttons->addButton(tr("&Guide"), QDialogButtonBox::ActionRole);
    back->setToolTip(tr("To what was read before (Alt+Left)"));
    first->setToolTip(tr("To the beginning of the guide (Alt+Home)"));
    back->setEnabled(false);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(pages, 1);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(Theme::panelPadding, 8, Theme::panelPadding, 8);
    foot->addWidget(buttons);
    rows->addLayout(foot);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(back, &QPushButton::clicked, pages, &QTextBrowser::backward);
    connect(first, &QPushButton::clicked, pages, &QTextBrowser::home);
    connect(pages, &QTextBrowser::backwardAvailable, back, &QPushButton::setEnabled);
    followTextSize(*pages, [this, pages] {
        pages->document()->setDefaultFont(windowFont(TextRole::Body));
        resize(QSize(scaled(860), scaled(680)).boundedTo(screen()->availableSize() * 0.9));
    });
    pages->setSource(QUrl::fromLocalFile(file));
    pages->setFocus();
}

}  // namespace resnet::ui
