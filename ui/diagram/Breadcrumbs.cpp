#include "ui/diagram/Breadcrumbs.h"

#include "ui/drawing/SectionLayout.h"
#include "ui/words/StepWords.h"

namespace resnet::ui {

Breadcrumbs::Breadcrumbs(QWidget* parent) : QLabel(parent) {
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    setAccessibleName(tr("Where the current step is"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    connect(this, &QLabel::linkActivated, this, &Breadcrumbs::follow);
}

void Breadcrumbs::showStep(const Graph& graph, StepId step, const Theme& theme) {
    m_step = step;
    const Section section = sectionOf(graph, step);
    const bool isInput = step == inputStep && section.kind == Group::Kind::Stem;
    if (section.kind == Group::Kind::Unit)
        m_crumbs = {
            {tr("Stage %1").arg(section.stage + 1), Group{Group::Kind::Stage, section.stage, -1}},
            {tr("Unit %1").arg(section.unit + 1), Group{Group::Kind::Unit, section.stage, section.unit}}};
    else
        m_crumbs = {{isInput ? titleOf(graph, step) : titleOf(section), section}};
    if (!isInput)
        m_crumbs.push_back({nameInPlace(graph, step), {}});
    const QString does = tr("Opens or closes the stage or unit in the diagram");
    const QString inFile = fileNameOf(graph, step);
    setToolTip(inFile.isEmpty() ? does
                                : QStringLiteral("%1\n%2").arg(
                                      titleOf(graph, step) + QStringLiteral(", ") + inFile, does));
    m_color = theme.secondaryText;
    showCrumbs();
}

void Breadcrumbs::showNothing() {
    m_crumbs.clear();
    clear();
}

// The last of them, as many as there is room for.
void Breadcrumbs::showCrumbs() {
    const auto separator = QStringLiteral(" › ");
    QString shown;
    int width = 0;
    for (std::size_t i = m_crumbs.size(); i-- > 0;) {
        width += fontMetrics().horizontalAdvance(separator + m_crumbs[i].text);
        if (width > this->width())
            break;
        shown.prepend(
            QStringLiteral(
                "<span style='color:%1'>%2</span><a href='%3' style='color:%1;text-decoration:none'>%4</a>")
                .arg(m_color.name(), separator)
                .arg(i)
                .arg(m_crumbs[i].text));
    }
    setText(shown);
}

void Breadcrumbs::resizeEvent(QResizeEvent* event) {
    QLabel::resizeEvent(event);
    showCrumbs();
}

void Breadcrumbs::follow(const QString& link) {
    const Crumb& crumb = m_crumbs.at(link.toULong());
    if (crumb.group)
        Q_EMIT groupFollowed(*crumb.group);
    else
        Q_EMIT stepFollowed(m_step);
}

}  // namespace resnet::ui
