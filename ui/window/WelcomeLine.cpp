#include "ui/window/WelcomeLine.h"

#include "ui/painting/Theme.h"
#include "ui/window/Preferences.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace resnet::ui {

WelcomeLine::WelcomeLine(Preferences& preferences, QWidget* parent) : QFrame(parent) {
    setProperty("role", QStringLiteral("welcome"));
    auto* tour = new QPushButton(tr("A short tour"));
    tour->setProperty("role", QStringLiteral("link"));
    tour->setToolTip(tr("From the picture to the prediction, in about two minutes (F1)"));
    auto* close = new QToolButton;
    close->setText(QStringLiteral("×"));
    close->setAccessibleName(tr("Close for good"));
    close->setToolTip(tr("Closes this line for good; the tour stays in the menu Help"));
    close->setProperty("role", QStringLiteral("help"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(Theme::panelPadding, 4, Theme::panelPadding, 4);
    row->setSpacing(2 * Theme::grid);
    row->addWidget(new QLabel(tr("New here?")));
    row->addWidget(tour);
    row->addStretch(1);
    row->addWidget(close);
    setVisible(preferences.isWelcomeOpen());
    connect(close, &QToolButton::clicked, &preferences, &Preferences::closeWelcome);
    connect(tour, &QPushButton::clicked, this, &WelcomeLine::tourRequested);
    connect(&preferences, &Preferences::changed, this,
            [this, &preferences] { setVisible(preferences.isWelcomeOpen()); });
}

}  // namespace resnet::ui
