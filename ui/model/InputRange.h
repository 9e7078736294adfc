#pragma once

#include "core/explain/Statistics.h"
#include "core/image/Preprocessing.h"
#include "ui/widgets/Card.h"

#include <vector>

namespace resnet::ui {

// What the picture's pixels are for the network, a row per channel: the range of the input tensor, and what
// black and white become, so that wrongly prepared pictures are seen. As it is, and as it would become.
class InputRange : public Card {
    Q_OBJECT
public:
    explicit InputRange(QWidget* parent = nullptr);

    // Of an input of so many channels: grey, the colours, or these and opacity. Empty statistics: there is no
    // picture.
    void showCurrent(const std::vector<Statistics>& channels, const Preprocessing& preprocessing, int count);
    void showNext(const std::vector<Statistics>& channels, const Preprocessing& preprocessing, int count);
    // The next is the current.
    void hideNext();

private:
    class Block;
    Block* m_current;
    Block* m_next;
};

}  // namespace resnet::ui
