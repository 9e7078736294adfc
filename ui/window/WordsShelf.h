#pragma once

#include <QStackedWidget>

namespace resnet::ui {

class ExplanationPane;
class TourCard;

// The foot of the right rail: the words about what is seen, of a question mark or of the tour's station.
// It takes no room while there is nothing to read.
class WordsShelf : public QStackedWidget {
    Q_OBJECT
public:
    WordsShelf(ExplanationPane* explanation, TourCard* tour, QWidget* parent = nullptr);

Q_SIGNALS:
    // There is something to read, for which the rail has to be open, or nothing more.
    void opened(bool isOpen);
};

}  // namespace resnet::ui
