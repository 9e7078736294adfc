#include "ui/window/Rails.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/TextSize.h"

#include <QAction>
#include <QDataStream>
#include <QIODevice>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace resnet::ui {

namespace {

constexpr int leastLeft = 200;
constexpr int leastRight = 250;
constexpr int leastForLeft = 940;
constexpr int leastForRight = 1220;

QList<int> usualSizes() {
    return {scaled(220), scaled(760), scaled(268)};
}

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
    setSizes(usualSizes());
    followTextSize(*this, [this, left, right] {
        left->setMinimumWidth(scaled(leastLeft));
        right->setMinimumWidth(scaled(leastRight));
        grow();
    });
    for (const Rail& rail : {m_left, m_right})
        rail.wanted->setToolTip(tr("Opens and closes it (%1). A narrow window has room for one of the two.")
                                    .arg(rail.wanted->shortcut().toString(QKeySequence::NativeText)));
    connect(m_left.wanted, &QAction::toggled, this, [this] { toggle(m_left, Only::Left); });
    connect(m_right.wanted, &QAction::toggled, this, [this] { toggle(m_right, Only::Right); });
}

void Rails::setCentreAlone(bool alone) {
    if (alone == m_isCentreAlone)
        return;
    if (alone)
        m_sizesBeside = sizes();
    m_isCentreAlone = alone;
    if (!alone)  // they are still to be read
        openForWords();
    arrange();
    if (!alone && m_left.isOpen && m_right.isOpen)
        setSizes(m_sizesBeside);
}

void Rails::reset() {
    m_only = Only::ByWidth;
    for (const Rail& rail : {m_left, m_right}) {
        const QSignalBlocker quiet(rail.wanted);
        rail.wanted->setChecked(true);
    }
    arrange();
    QList<int> sizes = usualSizes();
    sizes[1] = width() - sizes[0] - sizes[2] - 2 * handleWidth();
    if (m_isCentreAlone)
        m_sizesBeside = sizes;
    else
        setSizes(sizes);
}

void Rails::showWords(bool wanted) {
    m_hasWords = wanted;
    if (!m_isCentreAlone)
        openForWords();
    arrange();
}

void Rails::openForWords() {
    if (m_hasWords && hasRoomForBoth())
        m_right.wanted->setChecked(true);
}

bool Rails::hasRoomForBoth() const {
    return width() >= scaled(std::max(m_left.leastWindow, m_right.leastWindow));
}

// In a narrow window a switch opens its rail in the place of the other one, and what is wanted of a wide
// window stays as it was.
void Rails::toggle(Rail& rail, Only only) {
    if (!hasRoomForBoth()) {
        const QSignalBlocker quiet(rail.wanted);
        rail.wanted->setChecked(!rail.wanted->isChecked());
        m_only = rail.isOpen ? Only::None : only;
        m_hasWords = m_hasWords && m_only == Only::Right;
    }
    arrange();
}

void Rails::arrange() {
    const bool hasRoom = hasRoomForBoth();
    if (hasRoom)
        m_only = Only::ByWidth;
    m_left.isOpen = m_left.wanted->isChecked() && width() >= scaled(m_left.leastWindow);
    m_right.isOpen = m_right.wanted->isChecked() && hasRoom;
    if (m_only != Only::ByWidth) {
        m_left.isOpen = m_only == Only::Left;
        m_right.isOpen = m_only == Only::Right;
    }
    if (m_hasWords && !m_right.isOpen && !hasRoom) {
        m_left.isOpen = false;
        m_right.isOpen = true;
    }
    m_left.widget->setVisible(!m_isCentreAlone && m_left.isOpen);
    m_right.widget->setVisible(m_isCentreAlone ? m_hasWords : m_right.isOpen);
}

// With the text, at the cost of the centre.
void Rails::grow() {
    const double by = textScale() / std::exchange(m_scale, textScale());
    QList<int> sizes = m_isCentreAlone ? m_sizesBeside : this->sizes();
    for (const int rail : {0, 2}) {
        const int wanted = qRound(sizes[rail] * by);
        sizes[1] += sizes[rail] - wanted;
        sizes[rail] = wanted;
    }
    if (m_isCentreAlone)
        m_sizesBeside = sizes;
    else if (by != 1.0 && sizes[1] > 0)
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
    const QSignalBlocker quietLeft(m_left.wanted);
    const QSignalBlocker quietRight(m_right.wanted);
    m_left.wanted->setChecked(isLeftWanted);
    m_right.wanted->setChecked(isRightWanted);
    arrange();
}

}  // namespace resnet::ui
