#include "ui/widgets/Card.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/Explanation.h"
#include "ui/widgets/Labels.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace resnet::ui {

namespace {

// A title that keeps its room before the line beside it, as far as the controls leave any.
class Title : public ElidedLabel {
public:
    explicit Title(const QString& text, Card* card) : ElidedLabel(card) {
        setText(text);
        setProperty("role", QStringLiteral("title"));
        card->installEventFilter(this);
    }

    // A label's own hint is never less than the least width that it had.
    QSize sizeHint() const override {
        return {fontMetrics().size(Qt::TextSingleLine, text()).width() + 1, ElidedLabel::sizeHint().height()};
    }

    bool eventFilter(QObject* card, QEvent* event) override {
        if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
            fit(*static_cast<Card*>(card));
        return false;
    }

private:
    void fit(const Card& card) {
        const QHBoxLayout& row = *card.titleRow();
        int others = 0;
        for (int i = 0; i < row.count(); ++i) {
            const QLayoutItem* item = row.itemAt(i);
            if (item->widget() != this && !item->isEmpty())
                others += item->minimumSize().width() + row.spacing();
        }
        const QMargins around = card.layout()->contentsMargins();
        const int room = card.contentsRect().width() - around.left() - around.right() - others;
        setMinimumWidth(std::clamp(room, 0, sizeHint().width()));
    }
};

}  // namespace

Card::Card(const QString& title, QWidget* parent)
    : QFrame(parent),
      m_title(new Title(title, this)),
      m_subtitle(new ElidedLabel),
      m_titleRow(new QHBoxLayout),
      m_body(new QVBoxLayout) {
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(title);
    m_subtitle->setProperty("role", QStringLiteral("secondary"));

    m_titleRow->setSpacing(2 * Theme::grid);
    m_titleRow->addWidget(m_title);
    m_titleRow->addWidget(m_subtitle, 1);
    m_body->setSpacing(2 * Theme::grid);

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(Theme::panelPadding, 10, Theme::panelPadding, Theme::panelPadding);
    rows->setSpacing(2 * Theme::grid);
    rows->addLayout(m_titleRow);
    rows->addLayout(m_body, 1);
}

void Card::setTitle(const QString& title) {
    m_title->setText(title);
    setAccessibleName(title);
}

void Card::setSubtitle(const QString& subtitle) {
    m_subtitle->setText(subtitle);
}

QString Card::title() const {
    return m_title->text();
}

QString Card::subtitle() const {
    return m_subtitle->text();
}

void Card::addControl(QWidget* control) {
    m_titleRow->insertWidget(m_titleRow->count() - (m_help ? 1 : 0), control);
}

void Card::setExplanation(const Explanation& explanation) {
    if (!m_help) {
        m_help = new ExplanationButton;
        m_titleRow->addWidget(m_help);
    }
    m_help->setExplanation(explanation);
}

const Explanation& Card::explanation() const {
    static const Explanation none;
    return m_help ? m_help->explanation() : none;
}

}  // namespace resnet::ui
