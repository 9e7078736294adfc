#pragma once

#include "ui/activations/ChannelOrder.h"
#include "ui/activations/MapScale.h"
#include "ui/painting/ColorMap.h"

#include <QStringList>
#include <QToolButton>
#include <QWidget>

#include <optional>

class QLineEdit;
class QActionGroup;

namespace resnet::ui {

// A compact button that says what is chosen and opens a menu of the choices: "Sort: maximum".
class ChoiceButton : public QToolButton {
    Q_OBJECT
public:
    // `label` may hold a mnemonic: "S&ort".
    ChoiceButton(const QString& label, const QStringList& choices, QWidget* parent = nullptr);

    int choice() const { return m_choice; }
    void setChoice(int choice);
    // What the button says instead of the choice's own name; empty: the name.
    void setShownChoice(const QString& text);
    // Without the label, which the tooltip has.
    void setShort(bool isShort);
    int widthIf(bool isShort) const;
    // A disabled choice says why in its tooltip.
    void setChoiceEnabled(int choice, bool enabled, const QString& reason = {});

Q_SIGNALS:
    void chosen(int choice);

private:
    QString textIf(bool isShort) const;
    void updateText();

    QString m_label;
    QStringList m_choices;
    QString m_shown;
    bool m_isShort = false;
    QActionGroup* m_group;
    int m_choice = 0;
};

class ChoiceButton;

// How the maps of a step are wanted.
struct MapDisplay {
    SortKey sortKey = SortKey::Index;
    ScaleScope scope = ScaleScope::Step;
    std::optional<ColorMap> colors;                        // nothing: what suits the step
    std::optional<ChannelFilter> filter{ChannelFilter()};  // nothing: the text cannot be read
};

// The filter and the menus for order, scale and colours.
class MapControls : public QWidget {
    Q_OBJECT
public:
    explicit MapControls(QWidget* parent = nullptr);

    // The choices by their numbers; of the colours the first, by nothing, is what suits the step.
    static QStringList sortNames();
    static QStringList scaleNames();
    static QStringList colorNames();
    static std::optional<ColorMap> colorsNamed(int number);
    static int colorNumber(std::optional<ColorMap> colors);

    // Where there is no room for all of it, labels go first, then the filter.
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    const MapDisplay& display() const { return m_display; }
    void setSortKey(SortKey key);
    void setScaleScope(ScaleScope scope);
    void setColors(std::optional<ColorMap> colors);
    void setFilter(const QString& text);
    // Shows settings that came from elsewhere, without a signal.
    void take(const ViewSettings& settings);
    // The same settings with what is chosen here.
    ViewSettings into(ViewSettings settings) const;

    // What is shown now: the channel that others are likened to and the colours; for bars some choices mean
    // nothing, and where there are many classes the order by index is one by value.
    void tellShown(int similarityAnchor, ColorMap colors, bool isVector, bool areRanked = false);
    // How the scale is named that is shown instead of the chosen one; empty: that is shown.
    void tellScale(const QString& name);

Q_SIGNALS:
    void sortKeyChosen();
    void changed();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Form { Full, Short, Least };
    Form fittingForm() const;
    void arrange();
    int widthOf(Form form) const;

    Form m_form = Form::Full;
    bool m_isArranging = false;
    MapDisplay m_display;
    QLineEdit* m_filter;
    ChoiceButton* m_sort;
    ChoiceButton* m_scale;
    ChoiceButton* m_colors;
};

}  // namespace resnet::ui
