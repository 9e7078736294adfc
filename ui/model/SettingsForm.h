#pragma once

#include "core/model/Model.h"
#include "ui/widgets/Card.h"

#include <memory>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace resnet::ui {

class ClassNamesField;
class FamilyFields;
class PreprocessingFields;

// The settings of a model as fields.
class SettingsForm : public Card {
    Q_OBJECT
public:
    explicit SettingsForm(QWidget* parent = nullptr);
    ~SettingsForm() override;

    void show(const Model& model);
    // Beside each field where its setting comes from.
    void showSources(const SettingSources& sources);
    // What is in the fields. Throws Error naming the field that is no number.
    ModelRequest settings() const;

Q_SIGNALS:
    void changed();
    // A file of class names that cannot be read.
    void failed(const QString& message);

private:
    QComboBox* m_padding;
    QLineEdit* m_epsilon;
    QSpinBox* m_height;
    QSpinBox* m_width;
    PreprocessingFields* m_preprocessing;
    std::unique_ptr<FamilyFields> m_family;
    ClassNamesField* m_classNames;
    QLabel* m_paddingSource;
    QLabel* m_epsilonSource;
    QLabel* m_sizeSource;
    QLabel* m_classNamesSource;
};

}  // namespace resnet::ui
