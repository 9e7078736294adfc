#include "ui/window/ViewExportDialog.h"

#include "ui/exports/FigureFile.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/widgets/TextSize.h"
#include "ui/workspace/View.h"

#include <QApplication>
#include <QCursor>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>

namespace resnet::ui {

namespace {

QString fileNameOf(const QString& name) {
    QString safe;
    for (const QChar each : name.toLower())
        safe += each.isLetterOrNumber() || each == QLatin1Char('.') ? each : QLatin1Char('-');
    return safe;
}

// Views tell what is under the cursor; a picture is to tell of the whole.
void forgetCursor() {
    QEvent leave(QEvent::Leave);
    if (QWidget* below = QApplication::widgetAt(QCursor::pos()))
        QApplication::sendEvent(below, &leave);
}

// In the window that was used last.
bool hasFocus(const View& view, const QWidget* used) {
    const QWidget* focus = view.window()->focusWidget();
    return view.window() == used && focus && (focus == &view || view.isAncestorOf(focus));
}

}  // namespace

QList<ViewFigure> viewFigures(Workspace& workspace, QWidget* window) {
    QList<ViewFigure> found;
    if (!workspace.model())
        return found;
    forgetCursor();
    const QWidget* active = QApplication::activeWindow();
    for (View* view : window->findChildren<View*>())
        if (view->isVisible())
            found.append({view->name(), fileNameOf(view->title()), view->figure(),
                          hasFocus(*view, active ? active : window)});
    return found;
}

ViewExportDialog::ViewExportDialog(Workspace& workspace, QList<ViewFigure> views, QWidget* parent)
    : FigureDialog(workspace, tr("Export a view"), parent),
      m_views(std::move(views)),
      m_view(new ChoiceBox),
      m_scale(new QDoubleSpinBox) {
    addPanel(makeControls());
    updatePreview();
}

QWidget* ViewExportDialog::makeControls() {
    for (const ViewFigure& view : m_views) {
        m_view->addItem(view.name);
        if (view.hasFocus)
            m_view->setCurrentIndex(m_view->count() - 1);
    }
    m_view->setToolTip(tr("Everything there is to see at the moment"));
    m_scale->setRange(0.5, 8.0);
    m_scale->setSingleStep(0.5);
    m_scale->setValue(2.0);
    m_scale->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_scale->setToolTip(tr("Of a PNG, and of the page of a PDF or SVG"));
    line()->setWordWrap(true);

    auto* panel = new QWidget;
    keepWidth(*panel, 260);
    auto* form = new QFormLayout(panel);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->addRow(tr("&View"), m_view);
    form->addRow(tr("&Scale"), m_scale);
    m_view->setAccessibleName(tr("View"));
    m_scale->setAccessibleName(tr("Scale"));
    addButtons(*form, tr("As PNG, SVG or PDF"));

    connect(m_view, &QComboBox::currentIndexChanged, this, &ViewExportDialog::updatePreview);
    connect(m_scale, &QDoubleSpinBox::valueChanged, this, &ViewExportDialog::updatePreview);
    return panel;
}

const ViewFigure& ViewExportDialog::chosen() const {
    return m_views.at(m_view->currentIndex());
}

void ViewExportDialog::updatePreview() {
    showFigure(chosen().figure, m_scale->value());
}

void ViewExportDialog::save() {
    const QString path =
        askForFile(chosen().fileName + QStringLiteral(".png"), tr("PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"));
    if (!path.isEmpty())
        write(path, [path, figure = chosen().figure, scale = m_scale->value()](const std::stop_token& stop) {
            writeFigure(path, figure, scale, stop);
            return QStringList();
        });
}

void ViewExportDialog::copy() {
    copyFigure(chosen().figure, m_scale->value());
}

}  // namespace resnet::ui
