#pragma once

#include "ui/painting/Theme.h"

#include <QSplitter>

class QAction;

namespace resnet::ui {

// The centre of the window between a rail at its left and one at its right. A rail is open while the person
// wants it and the window has room for it beside the centre.
class Rails : public QSplitter {
    Q_OBJECT
public:
    Rails(QWidget* left, QWidget* centre, QWidget* right, QWidget* parent = nullptr);

    // Switches, with their keys; they say what the person wants.
    QAction* leftAction() const { return m_left.wanted; }
    QAction* rightAction() const { return m_right.wanted; }
    // The centre alone, as long as it is set.
    void setCentreAlone(bool alone);

    QByteArray kept() const;
    // Takes nothing from what it cannot read.
    void restore(const QByteArray& kept);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Rail {
        QWidget* widget;
        QAction* wanted;
        int leastWindow;  // narrower, there is no room for it
    };
    void arrange();
    void grow();

    Rail m_left;
    Rail m_right;
    bool m_isCentreAlone = false;
    double m_scale = textScale();
};

}  // namespace resnet::ui
