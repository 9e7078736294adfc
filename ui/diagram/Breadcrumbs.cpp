#include "ui/diagram/Breadcrumbs.h"

#include "ui/drawing/SectionLayout.h"

namespace resnet::ui {

Breadcrumbs::Breadcrumbs(QWidget* parent) : QLabel(parent) {
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    setAccessibleName(tr("Where the current step is"));
    setToolTip(tr("Opens or closes the stage or unit in the diagram"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    connect(this, &QLabel::linkActivated, this, &Breadcrumbs::follow);
}

void Breadcrumbs::showStep(const Graph& graph, StepId step, const Theme& theme) {
    m_step = step;
    const Section section = sectionOf(graph, step);
    if (section.kind == Group::Kind::Unit)
        m_crumbs = {
            {tr("Stage %1").arg(section.stage + 1), Group{Group::Kind::Stage, section.stage, -1}},
            {tr("Unit %1").arg(section.unit + 1), Group{Group::Kind::Unit, section.stage, section.unit}}};
    else
        m_crumbs = {{titleOf(section), section}};
    m_crumbs.push_back({QString::fromStdString(graph.stepName(step)), {}});
    QString shown;
    for (std::size_t i = 0; i < m_crumbs.size(); ++i)
        shown +=
            QStringLiteral(
                "<span style='color:%1'> › </span><a href='%2' style='color:%1;text-decoration:none'>%3</a>")
                .arg(theme.secondaryText.name())
                .arg(i)
                .arg(m_crumbs[i].text);
    setText(shown);
}

void Breadcrumbs::follow(const QString& link) {
    const Crumb& crumb = m_crumbs.at(link.toULong());
    if (crumb.group)
        Q_EMIT groupFollowed(*crumb.group);
    else
        Q_EMIT stepFollowed(m_step);
}

}  // namespace resnet::ui
