#include "ui/window/MissingLine.h"

#include "ui/painting/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace resnet::ui {

MissingLine::MissingLine(Workspace& workspace, QWidget* parent)
    : QFrame(parent), m_workspace(workspace), m_text(new QLabel) {
    m_text->setProperty("role", QStringLiteral("secondary"));
    m_text->setAccessibleName(tr("What is missing"));
    auto* compute = new QPushButton(tr("Compute all"));
    compute->setProperty("role", QStringLiteral("link"));
    compute->setAccessibleName(compute->text());
    compute->setToolTip(tr("Compute all steps that are missing (Ctrl+Return)"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(Theme::panelPadding, 6, Theme::panelPadding, 0);
    row->setSpacing(2 * Theme::grid);
    row->addWidget(m_text);
    row->addWidget(compute);
    row->addStretch(1);
    connect(compute, &QPushButton::clicked, &m_workspace, &Workspace::computeAll);
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::anySession | Changes::Outputs | Changes::RunEnded))
            refresh();
    });
    refresh();
}

void MissingLine::setOfRun(bool isOfRun) {
    m_isOfRun = isOfRun;
    refresh();
}

void MissingLine::refresh() {
    const Run& run = m_workspace.activations();
    const bool isMissing = m_isOfRun && m_workspace.session().hasInput() && !run.isComplete();
    if (isMissing)
        m_text->setText(tr("%1 of %2 steps are computed.").arg(run.computedCount()).arg(run.stepCount()));
    setVisible(isMissing);
}

}  // namespace resnet::ui
