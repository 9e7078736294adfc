#pragma once

#include "core/model/Model.h"

#include <QObject>

class QComboBox;
class QGridLayout;
class QLabel;

namespace resnet::ui {

// Four rows of a form: which residual network it is, as far as shapes do not tell it. What they tell stands
// there too, and cannot be changed.
class FamilyFields : public QObject {
    Q_OBJECT
public:
    FamilyFields(QGridLayout* grid, int firstRow, QObject* parent);

    void show(const Model& model);
    void showSources(const SettingSources& sources);
    // The stride and the shortcuts, where they can be changed.
    void putInto(ModelRequest& settings) const;

Q_SIGNALS:
    void changed();

private:
    struct Field {
        QComboBox* box;
        QLabel* source;
    };
    Field add(QGridLayout* grid, int row, const QString& name, const QStringList& choices);

    Field m_unit;
    Field m_strideIn;
    Field m_shortcut;
    Field m_stem;
};

}  // namespace resnet::ui
