#include "ui/window/ContextMenus.h"

#include "ui/activations/EnlargedMap.h"
#include "ui/diagram/DiagramCanvas.h"
#include "ui/diagram/SectionView.h"
#include "ui/exports/FigureFile.h"
#include "ui/exports/PngWriter.h"
#include "ui/exports/SvgWriter.h"
#include "ui/widgets/Explanation.h"
#include "ui/window/ExportActions.h"
#include "ui/window/Workbench.h"
#include "ui/words/NumberText.h"
#include "ui/words/StepWords.h"
#include "ui/workspace/FileDialogs.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDrag>
#include <QLabel>
#include <QMenu>
#include <QMimeData>

#include <algorithm>
#include <optional>

namespace resnet::ui {

namespace {

constexpr double figureScale = 2.0;

// What is dragged, a picture or a view's figure. A drag begins while the mouse moves, so that images are
// painted and encoded only when where it is dropped asks for them.
class DraggedPicture : public QMimeData {
public:
    explicit DraggedPicture(const QImage& picture) : m_image(picture) {}
    explicit DraggedPicture(Figure figure) : m_figure(std::move(figure)) {}

    QStringList formats() const override {
        QStringList formats{m_asImage, m_asPng};
        if (m_figure)
            formats << m_asSvg;
        return formats;
    }
    QImage preview(int side) const {
        if (!m_image.isNull())
            return m_image.scaled(side, side, Qt::KeepAspectRatio);
        return imageOf(*m_figure, side / std::max(m_figure->size.width(), m_figure->size.height()));
    }

protected:
    QVariant retrieveData(const QString& format, QMetaType type) const override {
        if (m_figure && format == m_asSvg)
            return svgOf(*m_figure, figureScale);
        if (m_image.isNull() && formats().contains(format))
            m_image = imageOf(*m_figure, figureScale);
        return format == m_asImage ? QVariant(m_image)
               : format == m_asPng ? QVariant(pngBytes(m_image))
                                   : QMimeData::retrieveData(format, type);
    }

private:
    const QString m_asImage = QStringLiteral("application/x-qt-image");
    const QString m_asPng = QStringLiteral("image/png");
    const QString m_asSvg = QStringLiteral("image/svg+xml");
    std::optional<Figure> m_figure;
    mutable QImage m_image;  // of the figure: null until it is asked for
};

// They have a menu of their own, or are for writing.
bool hasOwnMenu(const QWidget& widget) {
    const auto* label = qobject_cast<const QLabel*>(&widget);
    return widget.contextMenuPolicy() != Qt::DefaultContextMenu ||
           qobject_cast<const DiagramCanvas*>(&widget) || qobject_cast<const SectionView*>(&widget) ||
           widget.inherits("QLineEdit") || (label && label->hasSelectedText());
}

QPoint keyboardPosition(const QWidget& widget) {
    const auto* map = qobject_cast<const EnlargedMap*>(&widget);
    const std::optional<QPointF> cell = map ? map->centreOfCell() : std::nullopt;
    return cell ? map->toScreen(*cell).toPoint() : widget.rect().center();
}

bool isTitle(const QWidget& widget) {
    return qobject_cast<const QLabel*>(&widget) && widget.property("role") == QStringLiteral("title");
}

}  // namespace

ContextMenus::ContextMenus(Workspace& workspace, Workbench& workbench, QWidget* window)
    : QObject(window), m_workspace(workspace), m_workbench(workbench), m_window(window), m_saver(workspace) {
    qApp->installEventFilter(this);
}

bool ContextMenus::isOurs(const QWidget& widget) const {
    const QWidget* top = widget.window();
    return top == m_window ||
           (top->parentWidget() == m_window && top->property("role") == QStringLiteral("paper"));
}

QMenu* ContextMenus::menuAt(QWidget& widget, const QPoint& position) {
    const Spot spot = spotAt(m_workspace, widget, position);
    if (spot.isEmpty())
        return nullptr;
    auto* menu = new QMenu(m_window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    addNumber(*menu, spot);
    addClass(*menu, spot);
    addPicture(*menu, spot);
    if (spot.view)
        addView(*menu, *spot.view);
    return menu;
}

void ContextMenus::addNumber(QMenu& menu, const Spot& spot) {
    if (spot.number) {
        const TraceSource to = *spot.number;
        menu.addAction(tr("&Go there"), this,
                       [this, to] {
                           m_workspace.goTo(to.step, to.channel, Cell{to.y, to.x});
                       })
            ->setToolTip(tr("Selects this step, channel and cell"));
        if (to.step != inputStep)
            menu.addAction(tr("&Where does this number come from?"), this, [this, to] {
                m_workspace.goTo(to.step, to.channel, Cell{to.y, to.x});
                m_workbench.choose(QStringLiteral("number"));
            });
    }
    if (spot.value)
        menu.addAction(tr("&Copy number %1").arg(signedValueText(*spot.value)), this,
                       [this, value = *spot.value] { copyNumber(m_workspace, value); });
}

void ContextMenus::addClass(QMenu& menu, const Spot& spot) {
    if (!spot.classIndex)
        return;
    const int index = *spot.classIndex;
    menu.addAction(tr("&Why this class?"), this, [this, index] {
        m_workspace.selectClass(index);
        m_workbench.choose(QStringLiteral("class"));
    });
    menu.addAction(tr("&Explain this class"), this, [this, index] { m_workspace.selectClass(index); })
        ->setToolTip(tr("Everything that explains a class explains this one from now on"));
    const FeatureMapsPtr shares = m_workspace.session().output(m_workspace.session().graph().softmaxStep());
    if (shares)
        menu.addAction(tr("&Copy number %1").arg(percentText(shares->at(index, 0, 0))), this,
                       [this, share = shares->at(index, 0, 0)] { copyNumber(m_workspace, share); });
}

void ContextMenus::addPicture(QMenu& menu, const Spot& spot) {
    if (spot.picture.isNull())
        return;
    menu.addSeparator();
    menu.addAction(tr("Copy &picture"), this, [this, picture = spot.picture] {
        QGuiApplication::clipboard()->setMimeData(mimeDataOf(picture));
        m_workspace.post({Notice::Kind::Information, tr("Copied the picture"), {}});
    });
    menu.addAction(tr("&Save picture…"), this, [this, picture = spot.picture, name = spot.pictureName] {
        save(name, [picture](const std::stop_token& stop) { return pngBytes(picture, stop); });
    });
}

void ContextMenus::addView(QMenu& menu, View& view) {
    menu.addSeparator();
    const QPointer<View> shown(&view);
    menu.addAction(tr("Copy &figure"), this, [this, shown] {
        if (!shown)
            return;
        QGuiApplication::clipboard()->setMimeData(ui::mimeDataOf(copyOf(shown->figure(), figureScale)));
        m_workspace.post({Notice::Kind::Information, tr("Copied: %1").arg(shown->name()), {}});
    });
    menu.addAction(tr("Save f&igure…"), this, [this, shown] {
        if (shown)
            save(shown->name(), [figure = shown->figure()](const std::stop_token& stop) {
                return copyOf(figure, figureScale, stop).png;
            });
    });
    if (!view.explanation().text.isEmpty())
        menu.addAction(tr("What does this &view show?"), this,
                       [shown] { showExplanation(shown, shown->explanation()); });
}

void ContextMenus::save(const QString& name, const FileSaver::MakeBytes& bytes) {
    const QString path =
        m_workspace.files().askWhereToSave(FileDialogs::Kind::Exports, m_window, tr("Save picture"),
                                           name + QStringLiteral(".png"), tr("PNG picture (*.png)"));
    if (!path.isEmpty())
        m_saver.save(path, bytes);
}

QMimeData* ContextMenus::draggedFrom(QWidget& widget, const QPoint& position,
                                     Qt::KeyboardModifiers modifiers) {
    if (qobject_cast<EnlargedMap*>(&widget) && !(modifiers & Qt::ControlModifier))
        return nullptr;  // the mouse moves the cell
    const Spot spot = spotAt(m_workspace, widget, position);
    if (!spot.picture.isNull())
        return new DraggedPicture(spot.picture);
    if (spot.view && isTitle(widget))
        return new DraggedPicture(spot.view->figure());
    return nullptr;
}

bool ContextMenus::startDrag(QWidget& widget, const QPoint& position, Qt::KeyboardModifiers modifiers) {
    auto* data = static_cast<DraggedPicture*>(draggedFrom(widget, position, modifiers));
    if (!data)
        return false;
    constexpr int previewSide = 96;
    auto* drag = new QDrag(&widget);
    drag->setMimeData(data);
    drag->setPixmap(QPixmap::fromImage(data->preview(previewSide)));
    drag->exec(Qt::CopyAction);
    return true;
}

bool ContextMenus::eventFilter(QObject* object, QEvent* event) {
    auto* widget = qobject_cast<QWidget*>(object);
    if (!widget)
        return false;
    switch (event->type()) {
        case QEvent::ContextMenu: {
            const auto* asked = static_cast<QContextMenuEvent*>(event);
            if (!isOurs(*widget) || hasOwnMenu(*widget))
                return false;
            const bool isKey = asked->reason() == QContextMenuEvent::Keyboard;
            const QPoint position = isKey ? keyboardPosition(*widget) : asked->pos();
            QMenu* menu = menuAt(*widget, position);
            if (menu)
                menu->popup(widget->mapToGlobal(position));
            return menu != nullptr;
        }
        case QEvent::MouseButtonPress: {
            const auto* mouse = static_cast<QMouseEvent*>(event);
            m_pressed = mouse->button() == Qt::LeftButton && isOurs(*widget) ? widget : nullptr;
            m_pressedAt = mouse->position().toPoint();
            return false;
        }
        case QEvent::MouseMove: {
            const auto* mouse = static_cast<QMouseEvent*>(event);
            if (m_pressed != widget || !(mouse->buttons() & Qt::LeftButton) ||
                (mouse->position().toPoint() - m_pressedAt).manhattanLength() <
                    QApplication::startDragDistance())
                return false;
            m_pressed.clear();  // once, whether something can be dragged or not
            return startDrag(*widget, m_pressedAt, mouse->modifiers());
        }
        default:
            return false;
    }
}

}  // namespace resnet::ui
