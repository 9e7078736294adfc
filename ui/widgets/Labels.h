#pragma once

#include <QLabel>
#include <QList>
#include <QString>

#include <utility>

class QButtonGroup;
class QObject;
class QMenu;

namespace resnet::ui {

// A group of chips of which one is chosen, at first the first; each chip's id is its place.
QButtonGroup* chips(const QList<std::pair<QString, QString>>& textsAndTips, QObject* parent);

// A one-line label that gives up room by ending in "…" and then shows the whole text as its tooltip.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

// A title over the entries that follow, with a line above it if others come before. (A style sheet leaves out
// the texts of QMenu's own sections.)
void addHeading(QMenu& menu, const QString& title);

// Rich text whose bold words are semibold: the family has no bolder face, and one would be smeared from it.
QString withSemibold(QString text);

// Running text that wraps, can be selected, and tells the layout its height.
class Paragraph : public QLabel {
    Q_OBJECT
public:
    explicit Paragraph(const QString& text = {}, QWidget* parent = nullptr) : QLabel(text, parent) {
        setWordWrap(true);
        setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::LinksAccessibleByMouse);
        // Its height follows from its width; the hint is that of some other width and must not be a minimum.
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
};

}  // namespace resnet::ui
