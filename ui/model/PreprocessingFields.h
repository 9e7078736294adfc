#pragma once

#include "core/image/Preprocessing.h"

#include <QList>
#include <QObject>

#include <array>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QWidget;

namespace resnet::ui {

// The fields that say how pixels become numbers: a usual way, or scale, mean and standard deviation of one's
// own.
class PreprocessingFields : public QObject {
    Q_OBJECT
public:
    // Adds its rows to a grid of label, control and remark, from `row` on.
    PreprocessingFields(QGridLayout* grid, int row, QObject* parent);

    void show(const Preprocessing& preprocessing);
    // Throws Error naming the field that is no number.
    Preprocessing value() const;
    // Beside the first row: where the setting comes from.
    QLabel* remark() const { return m_remark; }

Q_SIGNALS:
    void changed();

private:
    using Triple = std::array<QLineEdit*, 3>;
    static QWidget* rowOf(const Triple& edits);
    QList<QLineEdit*> numbers() const;
    void enableNumbers();
    void showNumbers(const Preprocessing& preprocessing);
    void takePreset();
    void nameChannels();

    QComboBox* m_preset;
    QComboBox* m_order;
    QLineEdit* m_scale;
    Triple m_mean{};
    Triple m_deviation{};
    QSpinBox* m_shorterSide;
    QLabel* m_remark;
};

}  // namespace resnet::ui
