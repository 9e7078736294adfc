#include "ui/activations/MapControls.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/TextSize.h"

#include <QActionGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>

#include <utility>

namespace resnet::ui {

ChoiceButton::ChoiceButton(const QString& label, const QStringList& choices, QWidget* parent)
    : QToolButton(parent), m_label(label), m_choices(choices), m_group(new QActionGroup(this)) {
    setProperty("role", QStringLiteral("compact"));
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::StrongFocus);
    auto* menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    for (int i = 0; i < choices.size(); ++i) {
        QAction* action = menu->addAction(choices[i]);
        action->setCheckable(true);
        m_group->addAction(action);
        connect(action, &QAction::triggered, this, [this, i] {
            setChoice(i);
            Q_EMIT chosen(i);
        });
    }
    setMenu(menu);
    setChoice(0);
}

void ChoiceButton::setChoice(int choice) {
    m_choice = choice;
    m_group->actions().at(choice)->setChecked(true);
    updateText();
}

void ChoiceButton::setShownChoice(const QString& text) {
    m_shown = text;
    updateText();
}

void ChoiceButton::setChoiceEnabled(int choice, bool enabled, const QString& reason) {
    QAction* action = m_group->actions().at(choice);
    action->setEnabled(enabled);
    action->setToolTip(enabled ? QString() : reason);
}

void ChoiceButton::setShort(bool isShort) {
    if (std::exchange(m_isShort, isShort) != isShort)
        updateText();
}

QString ChoiceButton::textIf(bool isShort) const {
    const QString shown = (m_shown.isEmpty() ? m_choices[m_choice] : m_shown).toLower();
    return isShort ? shown : QStringLiteral("%1: %2").arg(m_label, shown);
}

int ChoiceButton::widthIf(bool isShort) const {
    const auto widthOf = [&](const QString& text) {
        return fontMetrics().size(Qt::TextShowMnemonic, text).width();
    };
    return sizeHint().width() - widthOf(text()) + widthOf(textIf(isShort));
}

void ChoiceButton::updateText() {
    setText(textIf(m_isShort));
    setAccessibleName(textIf(false).remove(QLatin1Char('&')));
}

MapControls::MapControls(QWidget* parent)
    : QWidget(parent),
      m_filter(new QLineEdit),
      m_sort(new ChoiceButton(tr("S&ort"), sortNames())),
      m_scale(new ChoiceButton(tr("Sc&ale"), scaleNames())),
      m_colors(new ChoiceButton(tr("Colo&urs"), colorNames())) {
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setToolTip(tr("Show only these channels: 7, 10-20, dead, live, nan"));
    m_filter->setAccessibleName(tr("Filter channels"));
    m_filter->setProperty("role", QStringLiteral("compact"));
    keepWidth(*m_filter, 56);
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
    connect(m_colors, &ChoiceButton::chosen, this, [this](int choice) { setColors(colorsNamed(choice)); });
}

QStringList MapControls::sortNames() {
    return {tr("Index"), tr("Mean"), tr("Maximum"), tr("Std. deviation"), tr("Zeros"), tr("Similarity")};
}

QStringList MapControls::scaleNames() {
    return {tr("This channel"), tr("This step"), tr("This unit"), tr("Network")};
}

QStringList MapControls::colorNames() {
    QStringList names{tr("Automatic")};
    for (ColorMap map : allColorMaps)
        names << displayName(map);
    return names;
}

std::optional<ColorMap> MapControls::colorsNamed(int number) {
    return number == 0 ? std::nullopt : std::optional(allColorMaps[std::size_t(number) - 1]);
}

int MapControls::colorNumber(std::optional<ColorMap> colors) {
    return colors ? int(*colors) + 1 : 0;
}

int MapControls::widthOf(Form form) const {
    const int gap = layout()->spacing();
    int width = form == Form::Least ? -gap : m_filter->maximumWidth();
    for (const ChoiceButton* each : {m_sort, m_scale, m_colors})
        width += gap + each->widthIf(form != Form::Full);
    return width;
}

QSize MapControls::sizeHint() const {
    return {widthOf(Form::Full), QWidget::sizeHint().height()};
}

QSize MapControls::minimumSizeHint() const {
    return {widthOf(Form::Least), QWidget::minimumSizeHint().height()};
}

void MapControls::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

// What the buttons say, and how large, changes what fits.
bool MapControls::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show)
        arrange();
    return QWidget::event(event);
}

MapControls::Form MapControls::fittingForm() const {
    return width() >= widthOf(Form::Full)    ? Form::Full
           : width() >= widthOf(Form::Short) ? Form::Short
                                             : Form::Least;
}

// Showing the filter lays out anew at once, which may come here again with another width: that is for the
// next round, since a widget cannot be hidden while it is being shown.
void MapControls::arrange() {
    if (std::exchange(m_isArranging, true))
        return;
    for (int round = 0; round < 3; ++round) {
        m_form = fittingForm();
        for (ChoiceButton* each : {m_sort, m_scale, m_colors})
            each->setShort(m_form != Form::Full);
        m_filter->setVisible(m_form != Form::Least);
        if (m_form == fittingForm())
            break;
    }
    m_isArranging = false;
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
    m_colors->setChoice(colorNumber(colors));
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

void MapControls::tellShown(int similarityAnchor, ColorMap colors, bool isVector, bool areRanked) {
    m_scale->setEnabled(!isVector);
    m_scale->setToolTip(
        isVector
            ? tr("Bars have one scale")
            : tr("What the colours are scaled to (Alt+A). Beyond one channel the scale ends at three times the typical value, so that a few extremes do not make all else pale."));
    m_colors->setEnabled(!isVector);
    m_colors->setToolTip(isVector           ? tr("Bars have no colour map")
                         : m_display.colors ? tr("How values become colours (Alt+U)")
                                            : tr("How values become colours (Alt+U); automatic is %1 here")
                                                  .arg(displayName(colors).toLower()));
    m_sort->setChoiceEnabled(int(SortKey::Similarity), !isVector, tr("Single values have no likeness"));
    const bool isLikeness = m_display.sortKey == SortKey::Similarity && !isVector;
    const bool isByValue = areRanked && m_display.sortKey == SortKey::Index;
    m_sort->setShownChoice(isLikeness  ? tr("like %1").arg(similarityAnchor)
                           : isByValue ? tr("value")
                                       : QString());
    m_sort->setToolTip(isByValue ? tr("So many classes stand with the highest value first (Alt+O)")
                                 : tr("Order of the channels (Alt+O)"));
}

void MapControls::tellScale(const QString& name) {
    m_scale->setShownChoice(name);
}

}  // namespace resnet::ui
