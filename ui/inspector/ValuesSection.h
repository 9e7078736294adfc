#pragma once

#include "ui/workspace/Workspace.h"

#include <QWidget>

class QButtonGroup;
class QLabel;

namespace resnet::ui {

class FactList;
class HistogramView;

// How the values of the current step are distributed, or those of the selected channel alone: a histogram,
// and the figures below it.
class ValuesSection : public QWidget {
    Q_OBJECT
public:
    explicit ValuesSection(Workspace& workspace, QWidget* parent = nullptr);

    void refresh();
    void followChannel();
    void setTheme(const Theme& theme);

private:
    void nameChannel();
    void showScopes(const FeatureMapsPtr& output);
    void showFigures(const FeatureMaps& output);
    bool isOfChannel(const FeatureMaps& output) const;

    Workspace& m_workspace;
    QLabel* m_title;
    QButtonGroup* m_scope;
    HistogramView* m_histogram;
    FactList* m_figures;
};

}  // namespace resnet::ui
