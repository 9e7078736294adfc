#include "ui/activations/MapControls.h"

#include "ui/activations/ChoiceButton.h"
#include "ui/painting/Theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>

namespace resnet::ui {

MapControls::MapControls(QWidget* parent)
    : QWidget(parent),
      m_filter(new QLineEdit),
      m_sort(new ChoiceButton(tr("S&ort"), {tr("Index"), tr("Mean"), tr("Maximum"), tr("Deviation"),
                                            tr("Zeros"), tr("Similarity")})),
      m_scale(new ChoiceButton(tr("Sc&ale"),
                               {tr("This channel"), tr("This step"), tr("This unit"), tr("Network")})) {
    QStringList colors{tr("Automatic")};
    for (ColorMap map : allColorMaps)
        colors << displayName(map);
    m_colors = new ChoiceButton(tr("Colo&urs"), colors);

    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setToolTip(tr("Show only these channels: 7, 10-20, dead, live, nan"));
    m_filter->setAccessibleName(tr("Filter channels"));
    m_filter->setProperty("role", QStringLiteral("compact"));
    m_filter->setFixedWidth(56);
    m_sort->setToolTip(tr("Order of the channels (Alt+O)"));
    m_scale->setChoice(int(m_display.scope));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * Theme::grid);
    for (QWidget* control : std::initializer_list<QWidget*>{m_filter, m_sort, m_scale, m_colors})
        row->addWidget(control);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_display.filter = ChannelFilter::parse(text);
        Q_EMIT changed();
    });
    connect(m_sort, &ChoiceButton::chosen, this, [this](int choice) { setSortKey(SortKey(choice)); });
    connect(m_scale, &ChoiceButton::chosen, this, [this](int choice) { setScaleScope(ScaleScope(choice)); });
    connect(m_colors, &ChoiceButton::chosen, this, [this](int choice) {
        setColors(choice == 0 ? std::nullopt : std::optional(allColorMaps[std::size_t(choice) - 1]));
    });
}

void MapControls::setSortKey(SortKey key) {
    m_display.sortKey = key;
    m_sort->setChoice(int(key));
    Q_EMIT sortKeyChosen();
    Q_EMIT changed();
}

void MapControls::setScaleScope(ScaleScope scope) {
    m_display.scope = scope;
    m_scale->setChoice(int(scope));
    Q_EMIT changed();
}

void MapControls::setColors(std::optional<ColorMap> colors) {
    m_display.colors = colors;
    m_colors->setChoice(colors ? int(*colors) + 1 : 0);
    Q_EMIT changed();
}

void MapControls::setFilter(const QString& text) {
    m_filter->setText(text);
}

void MapControls::take(const ViewSettings& settings) {
    const QSignalBlocker blocker(this);
    setSortKey(settings.sortKey);
    setScaleScope(settings.scope);
    setColors(settings.colors);
    if (settings.filter != m_filter->text())
        setFilter(settings.filter);
}

ViewSettings MapControls::into(ViewSettings settings) const {
    settings.sortKey = m_display.sortKey;
    settings.scope = m_display.scope;
    settings.colors = m_display.colors;
    settings.filter = m_filter->text();
    return settings;
}

void MapControls::tellShown(int similarityAnchor, ColorMap colors, bool isVector) {
    m_scale->setEnabled(!isVector);
    m_scale->setToolTip(
        isVector ? tr("Bars have one scale")
                 : tr("What the colours are scaled to (Alt+A). Beyond one channel the scale ends at "
                      "three times the typical value, so that a few extremes do not make all else pale."));
    m_colors->setEnabled(!isVector);
    m_colors->setToolTip(isVector ? tr("Bars have no colour map") : tr("How values become colours (Alt+U)"));
    m_colors->setShownChoice(displayName(colors));
    m_sort->setChoiceEnabled(int(SortKey::Similarity), !isVector, tr("Single values have no likeness"));
    const bool isLikeness = m_display.sortKey == SortKey::Similarity && !isVector;
    m_sort->setShownChoice(isLikeness ? tr("like %1").arg(similarityAnchor) : QString());
}

}  // namespace resnet::ui
