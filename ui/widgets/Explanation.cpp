#include "ui/widgets/Explanation.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/Labels.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace resnet::ui {
namespace {

constexpr int dialogWidth = 520;
constexpr int tallestDialog = 640;

// The number of a paper stays on one line with what it counts.
QString unbroken(QString reference) {
    constexpr QChar wordJoiner(0x2060);
    return reference.replace(QStringLiteral("arXiv:"), QStringLiteral("arXiv:") + wordJoiner);
}

QString referenceList(const std::vector<Paper>& papers) {
    QString list;
    for (const Paper paper : papers)
        list += QStringLiteral("<p style='margin:2px 0'>%1</p>").arg(unbroken(referenceTo(paper)));
    return list;
}

// Title (where there is no other), formula, paragraphs and references, to be scrolled.
QScrollArea* pageOf(const Explanation& explanation, bool hasTitle) {
    auto* page = new QWidget;
    auto* words = new QVBoxLayout(page);
    words->setContentsMargins(0, 0, 8, 0);
    words->setSpacing(3 * Theme::grid);
    const auto add = [words](const QString& text, const char* role) {
        auto* paragraph = new Paragraph(withSemibold(text));
        paragraph->setProperty("role", QString::fromLatin1(role));
        words->addWidget(paragraph);
    };
    if (hasTitle)
        add(explanation.title, "title");
    if (!explanation.formula.isEmpty())
        add(explanation.formula, "formula");
    add(explanation.text, "body");
    if (!explanation.papers.empty())
        add(referenceList(explanation.papers), "secondary");
    words->addStretch(1);

    auto* scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return scroll;
}

void openDialog(QWidget* parent, const Explanation& explanation) {
    QDialog dialog(parent->window());
    dialog.setWindowTitle(explanation.title);
    dialog.setProperty("role", QStringLiteral("paper"));
    QScrollArea* scroll = pageOf(explanation, true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    auto* rows = new QVBoxLayout(&dialog);
    rows->setContentsMargins(20, 20, 20, 16);
    rows->setSpacing(4 * Theme::grid);
    rows->addWidget(scroll, 1);
    rows->addWidget(buttons);
    for (QWidget* each : dialog.findChildren<QWidget*>())
        each->ensurePolished();  // the fonts decide on the height
    const int chrome = 36 + 4 * Theme::grid + buttons->sizeHint().height();
    const int wanted = scroll->widget()->layout()->heightForWidth(dialogWidth - 48);
    dialog.resize(dialogWidth, std::min(tallestDialog, wanted + chrome + 8));
    dialog.exec();
}

}  // namespace

ExplanationPane::ExplanationPane(QWidget* parent) : Card(tr("Explained"), parent), m_page(pageOf({}, false)) {
    auto* close = new QToolButton;
    close->setText(QStringLiteral("×"));
    close->setToolTip(tr("Close the explanation (Esc)"));
    close->setAccessibleName(tr("Close the explanation"));
    close->setProperty("role", QStringLiteral("help"));
    connect(close, &QToolButton::clicked, this, &ExplanationPane::closed);
    addControl(close);
    body()->addWidget(m_page, 1);
}

void ExplanationPane::explain(const Explanation& explanation) {
    m_shown = explanation;
    setTitle(explanation.title);
    QScrollArea* page = pageOf(explanation, false);
    delete body()->replaceWidget(m_page, page);
    m_page->deleteLater();
    m_page = page;
    Q_EMIT asked();
    m_page->setFocus();
}

void ExplanationPane::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        Card::keyPressEvent(event);
}

void showExplanation(QWidget* parent, const Explanation& explanation) {
    if (auto* pane = parent->window()->findChild<ExplanationPane*>())
        pane->explain(explanation);
    else
        openDialog(parent, explanation);
}

ExplanationButton::ExplanationButton(QWidget* parent) : QToolButton(parent) {
    setText(QStringLiteral("?"));
    setProperty("role", QStringLiteral("help"));
    setToolTip(tr("What does this show?"));
    setAccessibleName(tr("What does this show?"));
    connect(this, &QToolButton::clicked, this, [this] { showExplanation(this, m_explanation); });
}

void ExplanationButton::setExplanation(const Explanation& explanation) {
    m_explanation = explanation;
    setAccessibleName(tr("What does this show: %1").arg(explanation.title));
}

}  // namespace resnet::ui
