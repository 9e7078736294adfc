#pragma once

#include "core/explain/Statistics.h"
#include "core/image/Preprocessing.h"
#include "ui/widgets/Card.h"

#include <vector>

namespace resnet::ui {

// The range of the input tensor, a row a channel, so that wrongly prepared pictures are seen: as it is, and
// as it would become.
class InputRange : public Card {
    Q_OBJECT
public:
    explicit InputRange(QWidget* parent = nullptr);

    // Empty statistics: there is no picture.
    void showCurrent(const std::vector<Statistics>& channels, ChannelOrder order);
    void showNext(const std::vector<Statistics>& channels, ChannelOrder order);
    // The next is the current.
    void hideNext();

private:
    class Block;
    Block* m_current;
    Block* m_next;
};

}  // namespace resnet::ui
