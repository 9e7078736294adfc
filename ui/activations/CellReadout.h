#pragma once

#include "ui/activations/UnitTerms.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/Canvas.h"
#include "ui/workspace/Workspace.h"

#include <QColor>
#include <QString>

#include <optional>
#include <vector>

namespace resnet::ui {

// What is read off at one cell: where it is, what it has seen, and the numbers there.
struct Reading {
    struct Number {
        QString text;
        QString caption;
        QColor color;
    };

    QString place;        // "Row 11, column 13"
    QString note;         // "has seen 115 × 115 pixels"
    QString explanation;  // shown as a tooltip
    std::vector<Number> numbers;
};

// A quiet card with a reading in it; the numbers stand beside each other, or two by two where there is less
// width.
class CellReadout : public Canvas {
    Q_OBJECT
public:
    explicit CellReadout(QWidget* parent = nullptr);
    void setReading(Reading reading);
    void setTheme(const Theme& theme);
    int heightForWidth(int width) const override;

protected:
    void paint(QPainter& painter) override;

private:
    int columns(int width) const;
    bool isNarrow(int width) const;

    Reading m_reading;
    const Theme* m_theme = &Theme::light();
};

// What the selected channel reads at a cell of the current step, whose output must be computed.

// x, F(x), their sum and ReLU, as far as they are computed: a value per term.
Reading lensReading(const Workspace& workspace, const Cell& cell, const std::vector<UnitTerm>& terms,
                    ShortcutForm form, const std::vector<std::optional<float>>& values);

// The value at the cell, if there is one, and the channel's mean, minimum and maximum. `maps` are those
// shown.
Reading mapReading(const Workspace& workspace, const FeatureMaps& maps, const std::optional<Cell>& cell);

// One value of a vector: its rank, and for a class logit and probability. `pooled` are the maps that were
// averaged, or null.
Reading vectorReading(const Workspace& workspace, const FeatureMapsPtr& pooled);

}  // namespace resnet::ui
