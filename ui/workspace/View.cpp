#include "ui/workspace/View.h"

#include "ui/widgets/Labels.h"
#include "ui/words/EditWords.h"
#include "ui/workspace/Workspace.h"

#include <QHBoxLayout>
#include <QLabel>

#include <utility>

namespace resnet::ui {

View::View(Workspace& workspace, const QString& title, QWidget* parent)
    : Card(title, parent), m_workspace(workspace) {
    connect(&m_workspace, &Workspace::changed, this, &View::follow);
}

View::~View() {
    disconnect(&m_workspace, nullptr, this, nullptr);
    for (const QObject* each : findChildren<QObject*>())
        disconnect(each, nullptr, this, nullptr);
}

void View::follow(const Changes& changes) {
    if (changes.have(Changes::Shown | Changes::anySession | Changes::Edits | Changes::Settings))
        tellShown();
    if (isVisible())
        refresh(changes);
    else
        m_missed |= changes;
}

void View::setFollows(Follows follows, bool isTold) {
    m_follows = follows;
    if (isTold && !m_shown) {
        m_shown = new QLabel;
        m_shown->setProperty("role", QStringLiteral("tag"));
        titleRow()->insertWidget(1, m_shown);
    }
    tellShown();
}

QString View::shownText() const {
    const ShownMaps& shown = m_workspace.shown();
    if (m_follows == Follows::Nothing || shown.areOutputs())
        return {};
    if (m_follows == Follows::Maps)
        return nameOf(shown.quantity(), shown.side());
    const bool isOfOther = shown.isRunBefore();
    return isOfOther                   ? nameOf(Side::Before)
           : shown.side() != Side::Now ? nameOf(Side::Now)
                                       : nameOf(Quantity::Values);
}

void View::tellShown() {
    if (!m_shown)
        return;
    m_shown->setText(shownText());
    m_shown->setVisible(!m_shown->text().isEmpty());
}

void View::showEvent(QShowEvent* event) {
    Card::showEvent(event);
    if (const Changes missed = std::exchange(m_missed, {}); !missed.isEmpty())
        refresh(missed);
}

void View::addFoot(QWidget* legend) {
    m_foot = new ElidedLabel;
    m_foot->setProperty("role", QStringLiteral("secondary"));
    m_foot->setAccessibleName(tr("Under the cursor"));
    auto* line = new QHBoxLayout;
    line->addWidget(m_foot, 1);
    if (legend)
        line->addWidget(legend);
    body()->addLayout(line);
}

void View::setHint(const QString& hint) {
    m_hint = hint;
    tell({});
}

void View::tell(const QString& text) {
    if (m_foot)
        m_foot->setText(text.isEmpty() ? m_hint : text);
}

namespace {

constexpr int mostEditsTold = 3;

QString joined(const QStringList& parts) {
    QStringList said = parts;
    said.removeAll(QString());
    return said.join(QStringLiteral(" · "));
}

}  // namespace

// A picture of a changed network says what is changed.
Figure View::figure() {
    const Session& session = m_workspace.session();
    const QString step = session.model
                             ? QString::fromStdString(session.graph().stepName(m_workspace.currentStep()))
                             : QString();
    return paintedFigure({title(), joined({title().contains(step) ? QString() : step,
                                           session.picture ? session.picture->name : QString(), shownText(),
                                           subtitle(), editsWords(session.edits(), mostEditsTold)})});
}

Figure View::paintedFigure(const FigureTitle& title) {
    QList<QWidget*> around;
    for (int i = 0; i < titleRow()->count(); ++i)
        if (QWidget* each = titleRow()->itemAt(i)->widget())
            around.append(each);
    QList<QWidget*> painted = paintedIn(*this, around);
    if (painted.isEmpty())
        painted.append(this);
    return widgetFigure(title, painted, m_workspace.theme());
}

}  // namespace resnet::ui
