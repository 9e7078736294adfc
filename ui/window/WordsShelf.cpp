#include "ui/window/WordsShelf.h"

#include "ui/tour/TourCard.h"
#include "ui/widgets/Explanation.h"

namespace resnet::ui {

WordsShelf::WordsShelf(ExplanationPane* explanation, TourCard* tour, QWidget* parent)
    : QStackedWidget(parent) {
    addWidget(explanation);
    addWidget(tour);
    hide();
    const auto open = [this](QWidget* words) {
        setCurrentWidget(words);
        show();
        Q_EMIT opened(true);
    };
    connect(explanation, &ExplanationPane::asked, this, [open, explanation] { open(explanation); });
    connect(tour, &TourCard::started, this, [open, tour] { open(tour); });
    connect(explanation, &ExplanationPane::closed, this, [this, tour] {
        setCurrentWidget(tour);
        setVisible(tour->isRunning());
        Q_EMIT opened(tour->isRunning());
    });
    connect(tour, &TourCard::left, this, [this, tour] {
        if (currentWidget() != tour)
            return;
        hide();
        Q_EMIT opened(false);
    });
}

}  // namespace resnet::ui
