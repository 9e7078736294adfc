#include "ui/window/Rails.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/TextSize.h"

#include <QAction>
#include <QDataStream>
#include <QIODevice>

#include <utility>

namespace resnet::ui {

namespace {

constexpr int leastLeft = 200;
constexpr int leastRight = 250;
constexpr int leastForLeft = 940;
constexpr int leastForRight = 1220;

QAction* makeSwitch(const QString& text, Qt::Key key, Rails* parent) {
    auto* action = new QAction(text, parent);
    action->setCheckable(true);
    action->setChecked(true);
    action->setShortcut(key);
    return action;
}

}  // namespace

Rails::Rails(QWidget* left, QWidget* centre, QWidget* right, QWidget* parent)
    : QSplitter(Qt::Horizontal, parent),
      m_left{left, makeSwitch(tr("&Left rail: picture and predictions"), Qt::Key_F9, this), leastForLeft},
      m_right{right, makeSwitch(tr("&Right rail: the step and words"), Qt::Key_F10, this), leastForRight} {
    for (QWidget* each : {left, centre, right})
        addWidget(each);
    setStretchFactor(1, 1);
    setHandleWidth(Theme::panelGap);
    setChildrenCollapsible(false);
    setSizes({scaled(220), scaled(760), scaled(268)});
    followTextSize(*this, [this, left, right] {
        left->setMinimumWidth(scaled(leastLeft));
        right->setMinimumWidth(scaled(leastRight));
        grow();
    });
    for (const Rail& rail : {m_left, m_right}) {
        rail.wanted->setToolTip(tr("Opens and closes it (%1). In a narrow window it closes by itself.")
                                    .arg(rail.wanted->shortcut().toString(QKeySequence::NativeText)));
        connect(rail.wanted, &QAction::toggled, this, &Rails::arrange);
    }
}

void Rails::setCentreAlone(bool alone) {
    m_isCentreAlone = alone;
    arrange();
}

void Rails::arrange() {
    for (const Rail& rail : {m_left, m_right})
        rail.widget->setVisible(!m_isCentreAlone && rail.wanted->isChecked() &&
                                width() >= scaled(rail.leastWindow));
}

// With the text, at the cost of the centre.
void Rails::grow() {
    const double by = textScale() / std::exchange(m_scale, textScale());
    QList<int> sizes = this->sizes();
    for (const int rail : {0, 2}) {
        const int wanted = qRound(sizes[rail] * by);
        sizes[1] += sizes[rail] - wanted;
        sizes[rail] = wanted;
    }
    if (by != 1.0 && sizes[1] > 0)
        setSizes(sizes);
    arrange();
}

void Rails::resizeEvent(QResizeEvent* event) {
    QSplitter::resizeEvent(event);
    arrange();
}

QByteArray Rails::kept() const {
    QByteArray kept;
    QDataStream stream(&kept, QIODevice::WriteOnly);
    stream << saveState() << m_left.wanted->isChecked() << m_right.wanted->isChecked();
    return kept;
}

void Rails::restore(const QByteArray& kept) {
    QDataStream stream(kept);
    QByteArray sizes;
    bool isLeftWanted = true;
    bool isRightWanted = true;
    stream >> sizes >> isLeftWanted >> isRightWanted;
    if (stream.status() != QDataStream::Ok)
        return;
    restoreState(sizes);
    m_left.wanted->setChecked(isLeftWanted);
    m_right.wanted->setChecked(isRightWanted);
    arrange();
}

}  // namespace resnet::ui
