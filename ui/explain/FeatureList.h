#pragma once

#include "core/explain/ClassActivation.h"

#include <QTreeWidget>

#include <vector>

namespace resnet::ui {

// The features of a class, those that speak for it first. Choosing one asks for its map.
class FeatureList : public QTreeWidget {
    Q_OBJECT
public:
    explicit FeatureList(QWidget* parent = nullptr);
    void setFeatures(const std::vector<FeatureContribution>& features);

Q_SIGNALS:
    void featureChosen(int feature);
};

}  // namespace resnet::ui
