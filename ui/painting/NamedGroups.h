#pragma once

#include <QPaintEngine>
#include <QPainter>
#include <QString>

namespace resnet::ui {

// A paint engine that can tell which strokes belong together, as SVG can.
class NamedGroups {
public:
    virtual ~NamedGroups() = default;
    virtual void beginGroup(const QString& id, const QString& title) = 0;
    virtual void endGroup() = 0;
};

// What is painted during its life belongs to one named thing. Does nothing on engines without groups.
class GroupScope {
public:
    GroupScope(QPainter& painter, const QString& id, const QString& title)
        : m_groups(dynamic_cast<NamedGroups*>(painter.paintEngine())) {
        if (m_groups)
            m_groups->beginGroup(id, title);
    }
    ~GroupScope() {
        if (m_groups)
            m_groups->endGroup();
    }
    Q_DISABLE_COPY_MOVE(GroupScope)

private:
    NamedGroups* m_groups;
};

}  // namespace resnet::ui
