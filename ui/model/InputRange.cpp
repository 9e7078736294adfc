#include "ui/model/InputRange.h"

#include "ui/painting/Theme.h"
#include "ui/words/Numbers.h"
#include "ui/words/Wording.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <array>

namespace resnet::ui {

namespace {

constexpr int columnCount = 6;
constexpr int mostChannels = 4;
constexpr int numberWidth = 50;  // "maximum"

const Image& blackAndWhite() {
    static const Image pixels{2, 1, {0, 0, 0, 255, 255, 255}};
    return pixels;
}

}  // namespace

// A headed table of the channels.
class InputRange::Block : public QWidget {
public:
    explicit Block(const QString& heading) {
        auto* grid = new QGridLayout(this);
        grid->setContentsMargins(0, 0, 0, 0);
        grid->setHorizontalSpacing(2 * Theme::grid);
        grid->setVerticalSpacing(0);
        grid->setColumnStretch(0, 1);
        const QString columns[columnCount] = {heading,    tr("minimum"), tr("maximum"),
                                              tr("mean"), tr("black"),   tr("white")};
        for (int column = 0; column < columnCount; ++column) {
            add(grid, 0, column, "secondary")->setText(columns[column]);
            grid->setColumnMinimumWidth(column, column == 0 ? 0 : numberWidth);
        }
        for (int row = 0; row < mostChannels; ++row)
            for (int column = 0; column < columnCount; ++column)
                m_cells[std::size_t(row)][std::size_t(column)] =
                    add(grid, row + 1, column, column == 0 || column > 3 ? "secondaryBody" : "");
    }

    void show(const std::vector<Statistics>& channels, const Preprocessing& preprocessing, int count) {
        const FeatureMaps extremes = normalise(blackAndWhite(), preprocessing, count);
        for (std::size_t c = 0; c < mostChannels; ++c) {
            auto& row = m_cells[c];
            const bool isShown = int(c) < count;
            for (QLabel* cell : row)
                cell->setVisible(isShown);
            if (!isShown)
                continue;
            row[0]->setText(capitalised(inputChannelName(int(c), count, preprocessing.channelOrder)));
            const bool isThere = c < channels.size();
            row[1]->setText(isThere ? valueText(channels[c].minimum) : QStringLiteral("–"));
            row[2]->setText(isThere ? valueText(channels[c].maximum) : QStringLiteral("–"));
            row[3]->setText(isThere ? valueText(channels[c].mean) : QStringLiteral("–"));
            row[4]->setText(valueText(extremes.at(int(c), 0, 0)));
            row[5]->setText(valueText(extremes.at(int(c), 0, 1)));
        }
    }

private:
    static QLabel* add(QGridLayout* grid, int row, int column, const char* role) {
        auto* label = new QLabel;
        label->setProperty("role", QString::fromLatin1(role));
        label->setAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        label->setMinimumHeight(5 * Theme::grid);
        grid->addWidget(label, row, column);
        return label;
    }

    std::array<std::array<QLabel*, columnCount>, mostChannels> m_cells{};
};

InputRange::InputRange(QWidget* parent)
    : Card(tr("What the network gets"), parent),
      m_current(new Block(tr("now"))),
      m_next(new Block(tr("as set here"))) {
    setSubtitle(tr("values of the input tensor"));
    m_current->setAccessibleName(tr("Input tensor now"));
    m_next->setAccessibleName(tr("Input tensor as set here"));
    setToolTip(
        tr("The range of this picture's values in each colour, and what a black and a white pixel become"));
    body()->addWidget(m_current);
    body()->addWidget(m_next);
    m_next->hide();
}

void InputRange::showCurrent(const std::vector<Statistics>& channels, const Preprocessing& preprocessing,
                             int count) {
    m_current->show(channels, preprocessing, count);
}

void InputRange::showNext(const std::vector<Statistics>& channels, const Preprocessing& preprocessing,
                          int count) {
    m_next->show(channels, preprocessing, count);
    m_next->setVisible(true);
}

void InputRange::hideNext() {
    m_next->hide();
}

}  // namespace resnet::ui
