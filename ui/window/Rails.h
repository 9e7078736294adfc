#pragma once

#include "ui/painting/Theme.h"

#include <QSplitter>

class QAction;

namespace resnet::ui {

// The centre of the window between a rail at its left and one at its right. Both are open while the person
// wants them and the window has room for them beside the centre. In a window that has room for one, that is
// the left one until the person, or words that are asked for, open the right one in its place.
class Rails : public QSplitter {
    Q_OBJECT
public:
    Rails(QWidget* left, QWidget* centre, QWidget* right, QWidget* parent = nullptr);

    // Switches, with their keys; they say what the person wants of a wide window.
    QAction* leftAction() const { return m_left.wanted; }
    QAction* rightAction() const { return m_right.wanted; }
    // The centre alone, and words that are asked for, as long as it is set; the rails are as wide afterwards
    // as they were.
    void setCentreAlone(bool alone);
    // Both rails open and as wide as at first.
    void reset();
    // Opens the right rail for words to be read in it, whatever the width, until they are read.
    void showWords(bool wanted);

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
        bool isOpen = true;
    };
    enum class Only { ByWidth, Left, Right, None };  // of a window that has room for one

    bool hasRoomForBoth() const;
    void toggle(Rail& rail, Only only);
    void openForWords();
    void arrange();
    void grow();

    Rail m_left;
    Rail m_right;
    Only m_only = Only::ByWidth;
    bool m_hasWords = false;
    bool m_isCentreAlone = false;
    QList<int> m_sizesBeside;  // before the centre was alone
    double m_scale = textScale();
};

}  // namespace resnet::ui
