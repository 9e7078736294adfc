#pragma once

#include <QPaintEngine>
#include <QPainter>
#include <QString>

namespace resnet::ui {

// A paint engine (SVG) whose texts the viewer lays out again, maybe in another font: it can say which point
// of a text stays where it is.
class AnchoredText {
public:
    virtual ~AnchoredText() = default;
    // Qt::AlignLeft, AlignHCenter or AlignRight, until it is called again.
    virtual void setAnchor(Qt::Alignment anchor) = 0;
};

// Texts painted during its life stay where they are by their left end, their middle or their right end. Does
// nothing on other engines.
class AnchorScope {
public:
    AnchorScope(QPainter& painter, Qt::Alignment alignment)
        : m_texts(dynamic_cast<AnchoredText*>(painter.paintEngine())) {
        if (m_texts)
            m_texts->setAnchor(alignment & Qt::AlignHorizontal_Mask);
    }
    ~AnchorScope() {
        if (m_texts)
            m_texts->setAnchor(Qt::AlignLeft);
    }
    Q_DISABLE_COPY_MOVE(AnchorScope)

private:
    AnchoredText* m_texts;
};

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
