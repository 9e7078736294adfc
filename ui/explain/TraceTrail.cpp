#include "ui/explain/TraceTrail.h"

namespace resnet::ui {

namespace {

constexpr std::size_t mostNamed = 5;

}  // namespace

TraceTrail::TraceTrail(QWidget* parent) : QLabel(parent) {
    setProperty("role", QStringLiteral("secondary"));
    setWordWrap(true);
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    setAccessibleName(tr("The way here"));
    hide();
    connect(this, &QLabel::linkActivated, this, &TraceTrail::goBack);
}

void TraceTrail::follow(const Place& from, const Place& to) {
    m_places.push_back(from);
    m_awaited = to;
}

void TraceTrail::arrive(const Place& now) {
    if (!m_places.empty() && !m_awaited.isAt(now))
        m_places.clear();
    show();
}

void TraceTrail::show() {
    QStringList names;
    const std::size_t first = m_places.size() > mostNamed ? m_places.size() - mostNamed : 0;
    if (first > 0)
        names << QStringLiteral("…");
    for (std::size_t i = first; i < m_places.size(); ++i)
        names << QStringLiteral("<a href='%1'>%2</a>").arg(i).arg(m_places[i].name.toHtmlEscaped());
    setText(names.isEmpty() ? QString()
                            : tr("Followed from %1 ‹ here").arg(names.join(QStringLiteral(" ‹ "))));
    setVisible(!m_places.empty());
}

void TraceTrail::goBack(const QString& index) {
    const auto at = std::size_t(index.toInt());
    if (at >= m_places.size())
        return;
    m_awaited = m_places[at];
    m_places.resize(at);
    Q_EMIT backRequested(m_awaited);
}

}  // namespace resnet::ui
