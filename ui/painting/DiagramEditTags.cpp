#include "ui/drawing/EditedParts.h"
#include "ui/painting/DiagramPainter.h"
#include "ui/painting/DiagramText.h"
#include "ui/words/EditWords.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace resnet::ui {

namespace {

QString textOf(const EditTag& tag) {
    switch (tag.kind) {
        case EditTag::Kind::Factor:
            return gainText(tag.factor);
        case EditTag::Kind::OtherWeights:
            return QCoreApplication::translate("DiagramEditTags", "W");
        case EditTag::Kind::ChangedUnits:
            return QCoreApplication::translate("DiagramEditTags", "%1 changed").arg(tag.units);
    }
    return {};
}

}  // namespace

// A pill that is about as large on the screen at any zoom.
void paintEditTags(QPainter& painter, const DiagramLayout& layout, const DiagramContent& content,
                   const Theme& theme, const DiagramPaintOptions& options) {
    const double scale = std::clamp(options.zoom, 0.9, 1.25) / std::max(options.zoom, 0.4);
    for (const EditTag& tag : editTags(layout, content.edits)) {
        const QString text = textOf(tag);
        const QSizeF size((textWidth(text, TextRole::SmallBold) + 8.0) * scale, 14.0 * scale);
        const QRectF pill(tag.centre - QPointF(size.width() / 2, size.height() / 2), size);
        if (!isVisible(pill, options))
            continue;
        const bool isShortcut = tag.way == Way::Shortcut;
        painter.setPen(QPen(isShortcut ? theme.shortcut : theme.mainPath, std::max(1.0, 1.0 / options.zoom)));
        painter.setBrush(isShortcut ? theme.shortcutFill : theme.mainPathFill);
        painter.drawRoundedRect(pill, size.height() / 2, size.height() / 2);
        drawText(painter, text, pill, Qt::AlignCenter,
                 {isShortcut ? theme.shortcutText : theme.mainPath, TextRole::SmallBold, scale,
                  options.textAsPaths});
    }
}

}  // namespace resnet::ui
