#include "ui/widgets/Explanation.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/Labels.h"

#include <QDialog>
#include <QDialogButtonBox>
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

}  // namespace

void showExplanation(QWidget* parent, const Explanation& explanation) {
    QDialog dialog(parent->window());
    dialog.setWindowTitle(explanation.title);
    dialog.setProperty("role", QStringLiteral("paper"));
    auto* page = new QWidget;
    auto* words = new QVBoxLayout(page);
    words->setContentsMargins(0, 0, 8, 0);
    words->setSpacing(3 * Theme::grid);
    auto* title = new Paragraph(explanation.title);
    title->setProperty("role", QStringLiteral("title"));
    words->addWidget(title);
    if (!explanation.formula.isEmpty()) {
        auto* formula = new Paragraph(explanation.formula);
        formula->setProperty("role", QStringLiteral("formula"));
        words->addWidget(formula);
    }
    words->addWidget(new Paragraph(explanation.text));
    if (!explanation.papers.empty()) {
        auto* papers = new Paragraph(referenceList(explanation.papers));
        papers->setProperty("role", QStringLiteral("secondary"));
        words->addWidget(papers);
    }
    words->addStretch(1);

    auto* scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
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
    const int wanted = page->layout()->heightForWidth(dialogWidth - 48);
    dialog.resize(dialogWidth, std::min(tallestDialog, wanted + chrome + 8));
    dialog.exec();
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
