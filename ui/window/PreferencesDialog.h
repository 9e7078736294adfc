#pragma once

#include <QDialog>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace resnet::ui {

class Preferences;

// All that can be set for the program. What is changed is so at once; there is nothing to confirm.
class PreferencesDialog : public QDialog {
    Q_OBJECT
public:
    explicit PreferencesDialog(Preferences& preferences, QWidget* parent = nullptr);

private:
    void follow(const Preferences& preferences);

    QComboBox* m_theme;
    QSpinBox* m_text;
    QCheckBox* m_reopen;
    QSpinBox* m_threads;
};

}  // namespace resnet::ui
