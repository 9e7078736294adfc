#pragma once

#include "ui/painting/NumberCells.h"
#include "ui/painting/TracePainter.h"

#include <QColor>

#include <memory>

namespace resnet::ui {

// A term of the equation below a trace: "+", "channel 12", −0.120.
struct EquationTerm {
    QString sign;  // before it; empty for the first
    QString label;
    double value = 0.0;
    QColor color;              // of the bar under it; none if not valid
    double sensitivity = 1.0;  // by how much the sum moves with this term
    int decimals = 3;          // negative: as many as valueText() gives

    QString text() const;
};

// Row heights that the painters keep to.
inline constexpr double traceLabelHeight = 18.0;

// Of the bar under a term: green or purple by its sign, in a shade that stands out from light and dark
// grounds.
QColor termColor(double value, const Theme& theme);

// "channel 12", or "green" where the input is the image.
QString inputChannelLabel(const TracePicture& picture, int channel);

// How a kind of trace is shown: in words, as an equation and as a picture. Each kind has its own in the file
// of its pictures.
class TraceForm {
public:
    explicit TraceForm(const TracePicture& picture) : m_picture(picture) {}
    virtual ~TraceForm() = default;

    // What is being shown, in one line of plain words.
    virtual QString sentence() const = 0;
    // The terms that add up to the value, of which `shown` may be named.
    virtual std::vector<EquationTerm> terms(const Theme& theme, std::size_t shown) const = 0;
    virtual void paint(QPainter& painter, const QRectF& rect, const Theme& theme) const = 0;
    // What is drawn at a point of it.
    virtual std::optional<TraceSource> sourceAt(const QRectF& rect, const QPointF& point) const = 0;

protected:
    StepId input() const { return m_picture.graph.step(m_picture.trace.step).inputs.front(); }

    const TracePicture& m_picture;
};

template <class How>
class TraceFormOf : public TraceForm {
public:
    TraceFormOf(const How& how, const TracePicture& picture) : TraceForm(picture), m_how(how) {}

protected:
    const How& m_how;
};

// That of the picture's trace, which must outlive it.
std::unique_ptr<TraceForm> formOf(const TracePicture& picture);

// The terms that add up to the value, of which `shown` may be named; the last is the sum. They have as many
// decimals as it takes that the numbers shown give the sum within 1e-4 of the map's largest magnitude.
std::vector<EquationTerm> equationOf(const TracePicture& picture, const Theme& theme, std::size_t shown);

}  // namespace resnet::ui
