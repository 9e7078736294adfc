#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace resnet::ui {

class ExplanationButton;
struct Explanation;

// A titled panel of the window: title, a secondary line beside it, controls at the right, a body below. Its
// looks come from the application's style sheet.
class Card : public QFrame {
    Q_OBJECT
public:
    explicit Card(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setSubtitle(const QString& subtitle);
    QString title() const;
    QString subtitle() const;

    // Controls in the title row, from left to right at its right end.
    void addControl(QWidget* control);
    // A question mark at the right end of the title row opens it.
    void setExplanation(const Explanation& explanation);
    // Empty without one.
    const Explanation& explanation() const;
    QVBoxLayout* body() const { return m_body; }
    QHBoxLayout* titleRow() const { return m_titleRow; }

private:
    QLabel* m_title;
    QLabel* m_subtitle;
    QHBoxLayout* m_titleRow;
    QVBoxLayout* m_body;
    ExplanationButton* m_help = nullptr;
};

}  // namespace resnet::ui
