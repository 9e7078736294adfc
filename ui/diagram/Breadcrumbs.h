#pragma once

#include "ui/drawing/OpenNodes.h"
#include "ui/painting/Theme.h"

#include <QLabel>

namespace resnet::ui {

// Where a step is: stage, unit, step, each a link.
class Breadcrumbs : public QLabel {
    Q_OBJECT
public:
    explicit Breadcrumbs(QWidget* parent = nullptr);

    void showStep(const Graph& graph, StepId step, const Theme& theme);
    void showNothing();

Q_SIGNALS:
    void groupFollowed(const resnet::ui::Group& group);
    void stepFollowed(resnet::StepId step);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showCrumbs();
    void follow(const QString& link);

    struct Crumb {
        QString text;
        std::optional<Group> group;  // none: the step itself
    };
    std::vector<Crumb> m_crumbs;
    StepId m_step = inputStep;
    QColor m_color;
};

}  // namespace resnet::ui
