#pragma once

#include "ui/words/References.h"

#include <QString>
#include <QToolButton>

#include <vector>

namespace resnet::ui {

// Opens it in a window of its own over `parent`, and comes back when that is closed.
void showExplanation(QWidget* parent, const Explanation& explanation);

// The question mark beside a view: opens the view's explanation.
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
