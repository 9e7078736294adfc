#pragma once

#include "ui/painting/Theme.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace resnet::ui {

// "2 parts changed  Reset", on the colour of what is changed: a word for the status bar, and the way back.
class Badge : public QFrame {
    Q_OBJECT
public:
    // `spoken` and `tip` say what the way back leads to.
    Badge(const QString& wayBack, const QString& spoken, const QString& tip, const Theme& theme,
          QWidget* parent = nullptr);

    // `details` are the tooltip.
    void setWords(const QString& words, const QString& details);
    void setTheme(const Theme& theme);

Q_SIGNALS:
    void backRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* m_words;
    const Theme* m_theme;
};

}  // namespace resnet::ui
