#include "ui/window/HelpActions.h"

#include "ui/tour/TourCard.h"
#include "ui/widgets/Explanation.h"
#include "ui/window/GuideWindow.h"
#include "ui/window/Preferences.h"
#include "ui/window/Workbench.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>

namespace resnet::ui {

namespace {

void addKeys(const QList<QAction*>& actions, QString& rows) {
    for (const QAction* action : actions) {
        if (action->menu())
            addKeys(action->menu()->actions(), rows);
        else if (!action->shortcut().isEmpty())
            rows += QStringLiteral("<tr><td style='padding-right:12px'><b>%1</b></td><td>%2</td></tr>")
                        .arg(action->shortcut().toString(QKeySequence::NativeText).toHtmlEscaped(),
                             action->text().remove(QLatin1Char('&')).toHtmlEscaped());
    }
}

}  // namespace

HelpActions::HelpActions(TourCard& card, Workbench& workbench, Preferences& preferences,
                         const QMenuBar& menuBar, const QString& guideFile, QWidget* window)
    : QObject(window),
      welcome(new QAction(tr("&Welcome"), this)),
      tour(new QAction(tr("Guided &tour"), this)),
      whyShortcuts(new QAction(tr("Second tour: why &shortcuts"), this)),
      whatIsThis(new QAction(tr("What does this &view show?"), this)),
      keys(new QAction(tr("&Keys"), this)),
      guide(new QAction(tr("&Guide"), this)),
      about(new QAction(tr("&About ResNet Explorer"), this)),
      m_menuBar(menuBar),
      m_guideFile(guideFile),
      m_window(window) {
    welcome->setToolTip(tr("Shows the line that offers the tour again"));
    connect(welcome, &QAction::triggered, &preferences, &Preferences::openWelcome);
    const auto allowWelcome = [this, &preferences] { welcome->setEnabled(!preferences.isWelcomeOpen()); };
    connect(&preferences, &Preferences::changed, this, allowWelcome);
    allowWelcome();
    tour->setShortcut(QKeySequence::HelpContents);
    tour->setToolTip(tr("A short tour, from the picture to the prediction (F1)"));
    connect(tour, &QAction::triggered, &card, &TourCard::start);
    whyShortcuts->setEnabled(card.hasTwins());
    whyShortcuts->setToolTip(card.hasTwins()
                                 ? tr("Six stations over two small networks that were trained alike")
                                 : tr("The files of the twins are missing"));
    connect(whyShortcuts, &QAction::triggered, &card, &TourCard::startWhyShortcuts);
    whatIsThis->setShortcut(Qt::SHIFT | Qt::Key_F1);
    whatIsThis->setToolTip(tr("Explains what the workbench shows, at the right (Shift+F1)"));
    connect(whatIsThis, &QAction::triggered, &workbench,
            [&workbench] { showExplanation(&workbench, workbench.view()->explanation()); });
    keys->setToolTip(tr("Every key there is"));
    connect(keys, &QAction::triggered, this, &HelpActions::showKeys);
    guide->setEnabled(!m_guideFile.isEmpty());
    guide->setToolTip(guide->isEnabled() ? tr("A walk through the program, and all that is written about it")
                                         : tr("The guide's files are missing"));
    connect(guide, &QAction::triggered, this, &HelpActions::showGuide);
    about->setToolTip(tr("Version and licences"));
    connect(about, &QAction::triggered, this, &HelpActions::showAbout);
}

void HelpActions::showGuide() {
    if (!m_guide)
        m_guide = new GuideWindow(m_guideFile, m_window);
    m_guide->show();
    m_guide->raise();
    m_guide->activateWindow();
}

void HelpActions::showKeys() {
    QString text;
    for (const QAction* menu : m_menuBar.actions()) {
        QString rows;
        addKeys(menu->menu()->actions(), rows);
        if (!rows.isEmpty())
            text += QStringLiteral("<p><b>%1</b></p><table>%2</table>")
                        .arg(menu->text().remove(QLatin1Char('&')), rows);
    }
    text += tr(
        "<p><b>In the diagram</b></p>"
        "<p>Arrow keys walk along the data and between main path and shortcut, 1, 2 and 3 choose the level, "
        "Return opens a block, F fits, + and − zoom.</p>"
        "<p><b>In a map</b></p>"
        "<p>Arrow keys move the cell, with Shift by 8.</p>");
    showExplanation(m_window, {tr("Keys"), {}, text, {}});
}

void HelpActions::showAbout() {
    QMessageBox box(QMessageBox::NoIcon, tr("About ResNet Explorer"),
                    tr("ResNet Explorer %1").arg(QCoreApplication::applicationVersion()), QMessageBox::Close,
                    m_window);
    box.setInformativeText(
        tr("Builds residual networks, runs them on the processor, and shows what they do to a picture. Offline.\n\n"
           "Uses Qt %1 (LGPL 3), Eigen (MPL 2), oneTBB (Apache 2), nlohmann/json and libdeflate (MIT), zlib (zlib), "
           "HDF5, libjpeg-turbo, libpng and libtiff (BSD-style), Little CMS (MIT), and the typeface Inter (OFL 1.1). "
           "Licences of the pictures and weights stand beside them in the program's folder.")
            .arg(QString::fromLatin1(qVersion())));
    QPushButton* qt = box.addButton(tr("About &Qt"), QMessageBox::HelpRole);
    qt->disconnect();
    connect(qt, &QPushButton::clicked, &box, [&box] { QMessageBox::aboutQt(&box); });
    box.exec();
}

}  // namespace resnet::ui
