#include "ui/window/PreferencesDialog.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/window/Preferences.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

namespace resnet::ui {

PreferencesDialog::PreferencesDialog(Preferences& preferences, QWidget* parent)
    : QDialog(parent),
      m_theme(new ChoiceBox),
      m_text(new QSpinBox),
      m_reopen(new QCheckBox(tr("&Open what was open last"))),
      m_threads(new QSpinBox) {
    setWindowTitle(tr("Preferences"));
    m_theme->addItem(tr("as the system"), int(Preferences::Scheme::System));
    m_theme->addItem(tr("light"), int(Preferences::Scheme::Light));
    m_theme->addItem(tr("dark"), int(Preferences::Scheme::Dark));
    m_theme->setAccessibleName(tr("Theme"));
    m_theme->setToolTip(tr("Colours of the window"));
    for (QSpinBox* box : {m_text, m_threads})
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_text->setRange(Preferences::leastPercent, Preferences::mostPercent);
    m_text->setSingleStep(10);
    m_text->setSuffix(tr(" %"));
    m_text->setKeyboardTracking(false);
    m_text->setAccessibleName(tr("Text size"));
    m_text->setToolTip(tr("Of the text that the desktop wants (Ctrl+Plus, Ctrl+Minus, Ctrl+0)"));
    m_reopen->setToolTip(tr("Network, picture, step and view; a file on the command line comes first"));
    m_threads->setRange(0, Preferences::mostThreads);
    m_threads->setSpecialValueText(tr("all processors"));
    m_threads->setAccessibleName(tr("Threads"));
    m_threads->setToolTip(tr("How many compute at once; --threads comes first"));

    auto* form = new QFormLayout(this);
    form->setContentsMargins(20, 18, 20, 16);
    form->setHorizontalSpacing(4 * Theme::grid);
    form->setVerticalSpacing(2 * Theme::grid);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->addRow(tr("&Theme"), m_theme);
    form->addRow(tr("Te&xt size"), m_text);
    form->addRow(tr("At the start"), m_reopen);
    form->addRow(tr("T&hreads"), m_threads);
    auto* note = new QLabel(tr("The number of threads counts from the next start."));
    note->setProperty("role", QStringLiteral("secondary"));
    form->addRow(QString(), note);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    form->addRow(buttons);

    follow(preferences);
    connect(m_theme, &QComboBox::activated, this, [this, &preferences] {
        preferences.setScheme(Preferences::Scheme(m_theme->currentData().toInt()));
    });
    connect(m_text, &QSpinBox::valueChanged, &preferences, &Preferences::setTextPercent);
    connect(m_reopen, &QCheckBox::toggled, &preferences, &Preferences::setReopensSession);
    connect(m_threads, &QSpinBox::valueChanged, &preferences, &Preferences::setThreads);
    connect(&preferences, &Preferences::changed, this, [this, &preferences] { follow(preferences); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void PreferencesDialog::follow(const Preferences& preferences) {
    const QSignalBlocker quiet[] = {QSignalBlocker(m_text), QSignalBlocker(m_reopen),
                                    QSignalBlocker(m_threads)};
    m_theme->setCurrentIndex(m_theme->findData(int(preferences.scheme())));
    m_text->setValue(preferences.textPercent());
    m_reopen->setChecked(preferences.reopensSession());
    m_threads->setValue(preferences.threads());
}

}  // namespace resnet::ui
