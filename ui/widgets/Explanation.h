#pragma once

#include "ui/widgets/Card.h"
#include "ui/words/References.h"

#include <QString>
#include <QToolButton>

#include <vector>

class QScrollArea;

namespace resnet::ui {

// Where a window shows its explanations: beside what they are about. Hidden until the first is asked for.
class ExplanationPane : public Card {
    Q_OBJECT
public:
    explicit ExplanationPane(QWidget* parent = nullptr);

    void explain(const Explanation& explanation);
    const Explanation& shown() const { return m_shown; }

Q_SIGNALS:
    // There is something to read.
    void asked();
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    Explanation m_shown;
    QScrollArea* m_page;
};

// Shows it in the pane of the parent's window. A dialog has none: it opens in a window over it, and comes
// back when that is closed.
void showExplanation(QWidget* parent, const Explanation& explanation);

// The question mark beside a view: shows the view's explanation.
class ExplanationButton : public QToolButton {
    Q_OBJECT
public:
    explicit ExplanationButton(QWidget* parent = nullptr);
    void setExplanation(const Explanation& explanation);
    const Explanation& explanation() const { return m_explanation; }

private:
    Explanation m_explanation;
};

}  // namespace resnet::ui
