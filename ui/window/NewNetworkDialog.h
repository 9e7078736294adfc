#pragma once

#include "core/inference/MemoryEstimate.h"
#include "core/model/Model.h"

#include <QDialog>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace resnet::ui {

// Asks what network to make without weights: a known architecture, or units, shortcuts, stem and channels of
// one's own. Says at once what that network would be and what it takes, or what is wrong with it.
class NewNetworkDialog : public QDialog {
    Q_OBJECT
public:
    // `available` is the memory that a network may take, in bytes; nothing: no limit.
    explicit NewNetworkDialog(QWidget* parent = nullptr,
                              std::optional<std::int64_t> available = availableMemory());

    ModelRequest request() const;

private:
    void buildForm();
    void onArchitectureChosen();
    void check();

    std::optional<std::int64_t> m_available;
    QComboBox* m_architecture;
    QComboBox* m_unit;
    QComboBox* m_strideIn;
    QComboBox* m_shortcut;
    QComboBox* m_stem;
    QComboBox* m_inputChannels;
    QLineEdit* m_units;
    QLineEdit* m_channels;
    QSpinBox* m_classes;
    QSpinBox* m_height;
    QSpinBox* m_width;
    QComboBox* m_padding;
    QLineEdit* m_epsilon;
    QSpinBox* m_seed;
    QLabel* m_summary;
    QPushButton* m_create;
};

}  // namespace resnet::ui
