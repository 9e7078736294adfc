#include "ui/window/ViewFigures.h"

#include "ui/activations/UnitGrid.h"
#include "ui/diagram/DiagramPanel.h"
#include "ui/exports/DiagramExport.h"
#include "ui/exports/WidgetFigure.h"
#include "ui/inspector/InspectorCard.h"
#include "ui/painting/ColorBar.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/Labels.h"

#include <QApplication>
#include <QCursor>
#include <QDialog>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollBar>

#include <memory>

namespace resnet::ui {

namespace {

constexpr QSize gridSize(1200, 640);  // of all channels, if they go into it
constexpr double colorBarWidth = 240.0;
constexpr double colorBarHeight = 10.0;
constexpr double colorBarRoom = 40.0;

MapGrid& gridOf(MapGrid& view) {
    return view;
}
MapGrid& gridOf(UnitGrid& view) {
    return *view.grid();
}

// All channels of a grid, not only those that are scrolled to, and the colour bar of their scale.
template <class View>
Figure gridFigure(const FigureTitle& title, const View& shown, const Theme& theme) {
    const auto view = std::make_shared<View>();
    MapGrid& grid = gridOf(*view);
    view->setAttribute(Qt::WA_DontShowOnScreen);
    grid.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setTheme(theme);
    view->resize(gridSize);
    view->show();
    view->setContent(shown.content());
    grid.setSelectedChannel(-1);
    const QPoint above = grid.viewport()->mapTo(view.get(), QPoint());  // room for titles
    const int height = above.y() + grid.gridLayout().contentHeight();
    view->resize(gridSize.width(), std::max(gridSize.height(), height));
    const MapGridContent& content = grid.content();
    const bool hasBar = content.scales.size() == 1 && content.pictures.isEmpty();
    const QSizeF size(view->width(), height + (hasBar ? colorBarRoom : 0.0));
    return pageOf(title, size, theme, [=, &grid, &theme](QPainter& painter) {
        view->render(&painter, QPoint(), {}, QWidget::RenderFlags());
        grid.viewport()->render(&painter, above, {}, QWidget::RenderFlags());
        if (hasBar)
            paintColorBar(painter,
                          QRectF(0, size.height() - colorBarRoom + 12, colorBarWidth, colorBarHeight),
                          grid.content().colors, grid.content().scales.front(), theme);
    });
}

// The inspector has the step's name for a title.
QString nameOf(const QWidget& view, const FigureTitle& title) {
    return qobject_cast<const InspectorCard*>(&view) ? QObject::tr("Inspector") : title.title;
}

QString fileNameOf(const QString& name) {
    QString safe;
    for (const QChar each : name.toLower())
        safe += each.isLetterOrNumber() || each == QLatin1Char('.') ? each : QLatin1Char('-');
    return safe;
}

QString joined(const QStringList& parts) {
    QStringList said = parts;
    said.removeAll(QString());
    return said.join(QStringLiteral(" · "));
}

class Collector {
public:
    // `used` is the window that was used last.
    Collector(Workspace& workspace, const QWidget* used) : m_workspace(workspace), m_used(used) {}

    void add(QWidget& view, const FigureTitle& title, const QList<QWidget*>& painted) {
        if (painted.isEmpty())
            return;
        for (QWidget* each : painted) {
            if (const auto* unit = qobject_cast<UnitGrid*>(each); unit && !unit->content().order.empty())
                return append(view, title, gridFigure(title, *unit, m_workspace.theme()));
            if (const auto* grid = qobject_cast<MapGrid*>(each); grid && !grid->content().order.empty())
                return append(view, title, gridFigure(title, *grid, m_workspace.theme()));
        }
        append(view, title, widgetFigure(title, painted, m_workspace.theme()));
    }

    void addCard(Card& card) {
        if (const auto* diagram = qobject_cast<DiagramPanel*>(&card)) {
            const FigureTitle title{QObject::tr("Diagram"), {}};
            return append(
                card, title,
                diagramFigure(m_workspace.model()->graph(), diagram->content(), diagram->exportOptions()));
        }
        QList<QWidget*> titleRow;
        for (int i = 0; i < card.titleRow()->count(); ++i)
            if (QWidget* each = card.titleRow()->itemAt(i)->widget())
                titleRow.append(each);
        const QString step = card.title() == stepName() ? QString() : stepName();
        add(card, {card.title(), joined({step, pictureName(), card.subtitle()})}, paintedIn(card, titleRow));
    }

    // A view in a window of its own says in its lines what it shows, or paints all itself.
    void addDialogView(QWidget& view, const QString& windowTitle) {
        QStringList said;
        QList<QWidget*> lines;
        for (auto* label : view.findChildren<ElidedLabel*>(QString(), Qt::FindDirectChildrenOnly)) {
            said << label->text();
            lines << label;
        }
        const QString title = view.accessibleName().isEmpty() ? windowTitle : view.accessibleName();
        const QList<QWidget*> painted = paintedIn(view, lines);
        add(view, {title, joined(said + QStringList{pictureName()})},
            painted.isEmpty() ? QList<QWidget*>{&view} : painted);
    }

    QList<ViewFigure> found;

private:
    QString stepName() const {
        return QString::fromStdString(m_workspace.model()->graph().stepName(m_workspace.currentStep()));
    }
    QString pictureName() const { return m_workspace.picture() ? m_workspace.picture()->name : QString(); }
    void append(const QWidget& view, const FigureTitle& title, Figure figure) {
        const QWidget* focus = view.window()->focusWidget();
        const bool hasFocus =
            view.window() == m_used && focus && (focus == &view || view.isAncestorOf(focus));
        found.append({nameOf(view, title), fileNameOf(title.title), std::move(figure), hasFocus});
    }

    Workspace& m_workspace;
    const QWidget* m_used;
};

// Views tell what is under the cursor; a picture is to tell of the whole.
void forgetCursor() {
    QEvent leave(QEvent::Leave);
    if (QWidget* below = QApplication::widgetAt(QCursor::pos()))
        QApplication::sendEvent(below, &leave);
}

}  // namespace

QList<ViewFigure> viewFigures(Workspace& workspace, QWidget* window) {
    if (!workspace.model())
        return {};
    forgetCursor();
    const QWidget* active = QApplication::activeWindow();
    Collector collector(workspace, active ? active : window);
    for (Card* card : window->findChildren<Card*>())
        if (card->isVisible() && !card->findChild<Card*>())
            collector.addCard(*card);
    for (QDialog* dialog : window->findChildren<QDialog*>()) {
        if (!dialog->isVisible() || dialog->isModal())
            continue;
        for (QWidget* view : dialog->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
            if (view->isVisible())
                collector.addDialogView(*view, dialog->windowTitle());
    }
    return collector.found;
}

}  // namespace resnet::ui
