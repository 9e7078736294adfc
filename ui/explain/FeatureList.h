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
    void setFeatures(const std::vector<FeatureContribution>& features);
    void setTheme(const Theme& theme);

Q_SIGNALS:
    void featureChosen(int feature);

private:
    class Bar;
    Bar* m_bar;
};

}  // namespace resnet::ui
