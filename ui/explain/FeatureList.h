#pragma once

#include "core/explain/ClassActivation.h"
#include "ui/painting/Theme.h"

#include <QTreeWidget>

#include <vector>

namespace resnet::ui {

// The features of a class, those that speak for it first. Choosing one asks for its map.
class FeatureList : public QTreeWidget {
    Q_OBJECT
public:
    explicit FeatureList(QWidget* parent = nullptr);
    // Of one class, or `areCompared`: of one over another.
    void setFeatures(const std::vector<FeatureContribution>& features, bool areCompared = false);
    // The patches that a class needs most, of the first `known` cells of a map of what hiding each takes from
    // the probability `unhidden`.
    void setPatches(const FeatureMaps& drops, int known, double unhidden);
    void setTheme(const Theme& theme);

Q_SIGNALS:
    void featureChosen(int feature);
    // The cell's number, row by row.
    void patchChosen(int cell);

private:
    class Bar;
    struct Row {
        int index;
        QString name;
        QString means;
        QString adds;
        double value;
    };
    void setRows(const QStringList& titles, const std::vector<Row>& rows);

    Bar* m_bar;
    bool m_arePatches = false;
};

}  // namespace resnet::ui
