#pragma once

#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

#include <QFrame>

#include <map>

class QStackedWidget;

namespace resnet::ui {

class ChannelDetail;
class ChoiceButton;

// The panel below the diagram: at the left one of the views it is given, at the right the selected channel.
// Views are made when they are chosen for the first time.
class FeatureMapsPanel : public QFrame {
    Q_OBJECT
public:
    FeatureMapsPanel(Workspace& workspace, ViewEntries views, QWidget* parent = nullptr);

    // By its key, which the workspace's settings have.
    void choose(const QString& key);
    // That is chosen.
    View* view() const { return m_shown; }

private:
    void follow(const Changes& changes);
    void showChosen();

    Workspace& m_workspace;
    const ViewEntries m_entries;
    std::map<QString, View*> m_views;
    View* m_shown = nullptr;
    ChannelDetail* m_detail;
    ChoiceButton* m_choice;
    QStackedWidget* m_stack;
};

}  // namespace resnet::ui
