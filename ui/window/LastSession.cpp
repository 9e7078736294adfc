#include "ui/window/LastSession.h"

#include <QAction>
#include <QFileInfo>
#include <QSettings>

namespace resnet::ui {

namespace {

const QString networkKey = QStringLiteral("session/network");
const QString pictureKey = QStringLiteral("session/picture");
const QString stepKey = QStringLiteral("session/step");
const QString viewKey = QStringLiteral("session/view");

}  // namespace

LastSession::LastSession(Workspace& workspace, QSettings* settings, QObject* parent)
    : QObject(parent),
      m_workspace(workspace),
      m_settings(settings),
      m_reopen(new QAction(tr("Reopen last &session"), this)) {
    if (m_settings) {
        m_network = m_settings->value(networkKey).toString();
        m_picture = m_settings->value(pictureKey).toString();
        m_step = m_settings->value(stepKey).toString();
        m_view = m_settings->value(viewKey).toString();
    }
    const bool isThere = !m_network.isEmpty() || !m_picture.isEmpty();
    m_reopen->setEnabled(isThere);
    m_reopen->setToolTip(
        isThere ? tr("Opens %1 and %2 at %3 again")
                      .arg(QFileInfo(m_network).fileName(), QFileInfo(m_picture).fileName(), m_step)
                : tr("Nothing of an earlier session was kept"));
    connect(m_reopen, &QAction::triggered, this, &LastSession::reopen);
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (m_isReopening && changes.have(Changes::anySession))
            goToStep();
    });
}

LastSession::~LastSession() {
    if (!m_settings || !m_workspace.model())
        return;
    const PicturePtr& picture = m_workspace.picture();
    m_settings->setValue(networkKey, QString::fromStdString(m_workspace.model()->source));
    m_settings->setValue(pictureKey, picture ? picture->path : QString());
    m_settings->setValue(
        stepKey, QString::fromStdString(m_workspace.session().graph().stepName(m_workspace.currentStep())));
    m_settings->setValue(viewKey, m_workspace.settings().panelView);
}

void LastSession::reopen() {
    m_isReopening = true;
    if (!m_view.isEmpty()) {
        ViewSettings settings = m_workspace.settings();
        settings.panelView = m_view;
        m_workspace.setSettings(settings);
    }
    if (!m_network.isEmpty())
        m_workspace.openWeightsFile(m_network);
    if (!m_picture.isEmpty())
        m_workspace.openPictureFile(m_picture);
}

// As soon as what was asked for is there; a network without that step stays where it is.
void LastSession::goToStep() {
    const auto isOpen = [](const QString& wanted, const QString& open) {
        return wanted.isEmpty() || wanted == open;
    };
    const PicturePtr& picture = m_workspace.picture();
    if (!m_workspace.session().isComputed() ||
        !isOpen(m_network, QString::fromStdString(m_workspace.model()->source)) ||
        !isOpen(m_picture, picture ? picture->path : QString()))
        return;
    m_isReopening = false;
    if (const auto step = m_workspace.session().graph().find(m_step.toStdString()))
        m_workspace.goToStep(*step);
}

}  // namespace resnet::ui
