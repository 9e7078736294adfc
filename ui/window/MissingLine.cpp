#include "ui/window/MissingLine.h"

#include "ui/painting/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace resnet::ui {

namespace {

constexpr int appearsAfter = 250;  // milliseconds

}  // namespace

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
    connect(&m_workspace, &Workspace::busyChanged, this, &MissingLine::refresh);
    m_delay.setSingleShot(true);
    m_delay.setInterval(appearsAfter);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        m_isShown = isMissing() && !m_workspace.isBusy();
        if (m_isShown)
            refresh();
    });
    refresh();
}

void MissingLine::setOfRun(bool isOfRun) {
    m_isOfRun = isOfRun;
    refresh();
}

bool MissingLine::isMissing() const {
    return m_isOfRun && m_workspace.session().hasInput() && !m_workspace.activations().isComplete();
}

// A line that is there stays until the last step is computed.
void MissingLine::refresh() {
    if (!isMissing())
        m_isShown = false;
    else if (!m_isShown)
        m_delay.start();
    const Run& run = m_workspace.activations();
    if (m_isShown)
        m_text->setText(tr("%1 of %2 steps are computed.").arg(run.computedCount()).arg(run.stepCount()));
    setVisible(m_isShown);
}

}  // namespace resnet::ui
