#include "ui/window/ViewExportDialog.h"

#include "ui/exports/FigureFile.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/widgets/TextSize.h"
#include "ui/window/FigurePreview.h"
#include "ui/workspace/View.h"

#include <QApplication>
#include <QClipboard>
#include <QCursor>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>

#include <cmath>

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
    : QDialog(parent),
      m_workspace(workspace),
      m_views(std::move(views)),
      m_view(new ChoiceBox),
      m_scale(new QDoubleSpinBox),
      m_size(new QLabel),
      m_preview(new FigurePreview),
      m_work(tr("not enough memory for a picture of this size")) {
    setWindowTitle(tr("Export a view"));
    auto* row = new QHBoxLayout(this);
    row->setSpacing(Theme::panelGap);
    row->addWidget(m_preview, 1);
    row->addWidget(makeControls());
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
    m_size->setProperty("role", QStringLiteral("secondary"));
    m_size->setWordWrap(true);

    auto* panel = new QWidget;
    keepWidth(*panel, 260);
    auto* form = new QFormLayout(panel);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->addRow(tr("&View"), m_view);
    form->addRow(tr("&Scale"), m_scale);
    m_view->setAccessibleName(tr("View"));
    m_scale->setAccessibleName(tr("Scale"));
    form->addRow(m_size);
    auto* buttons = new QDialogButtonBox(Qt::Vertical);
    m_saveButton = buttons->addButton(tr("Sa&ve…"), QDialogButtonBox::ActionRole);
    m_saveButton->setToolTip(tr("As PNG, SVG or PDF"));
    m_saveButton->setDefault(true);
    m_copyButton = buttons->addButton(tr("C&opy"), QDialogButtonBox::ActionRole);
    m_copyButton->setToolTip(tr("To the clipboard, as a picture and as SVG"));
    buttons->addButton(QDialogButtonBox::Close);
    form->addRow(buttons);

    connect(m_saveButton, &QPushButton::clicked, this, &ViewExportDialog::save);
    connect(m_copyButton, &QPushButton::clicked, this, &ViewExportDialog::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_view, &QComboBox::currentIndexChanged, this, &ViewExportDialog::updatePreview);
    connect(m_scale, &QDoubleSpinBox::valueChanged, this, &ViewExportDialog::updatePreview);
    return panel;
}

const ViewFigure& ViewExportDialog::chosen() const {
    return m_views.at(m_view->currentIndex());
}

void ViewExportDialog::updatePreview() {
    const QSizeF size = chosen().figure.size * m_scale->value();
    m_size->setText(tr("%1 × %2 pixels").arg(std::ceil(size.width())).arg(std::ceil(size.height())));
    m_preview->setFigure(chosen().figure);
}

void ViewExportDialog::save() {
    QString filter;
    QString path =
        QFileDialog::getSaveFileName(this, windowTitle(), chosen().fileName + QStringLiteral(".png"),
                                     tr("PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"), &filter);
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += filter.mid(filter.indexOf(QLatin1Char('.')), 4);
    showWork(tr("Saving…"));
    m_work.start(
        [path, figure = chosen().figure, scale = m_scale->value()](const BackgroundJob::Context& context) {
            writeFigure(path, figure, scale, context.stop());
        },
        [this, path] {
            m_workspace.post({Notice::Kind::Information, tr("Saved %1").arg(path), {}});
            accept();
        },
        [this](const Error& error) { complain(error); });
}

void ViewExportDialog::copy() {
    showWork(tr("Copying…"));
    m_work.start([figure = chosen().figure, scale = m_scale->value()](
                     const BackgroundJob::Context& context) { return copyOf(figure, scale, context.stop()); },
                 [this](const FigureCopy& copy) {
                     QGuiApplication::clipboard()->setMimeData(mimeDataOf(copy));
                     showWork({});
                     m_size->setText(tr("Copied"));
                 },
                 [this](const Error& error) { complain(error); });
}

void ViewExportDialog::showWork(const QString& what) {
    for (QPushButton* button : {m_saveButton, m_copyButton})
        button->setEnabled(what.isEmpty());
    m_size->setText(what);
}

void ViewExportDialog::complain(const Error& error) {
    const QString message = QString::fromUtf8(error.what());
    m_workspace.post({Notice::Kind::Error, message, {}});
    showWork({});
    m_size->setText(message);
}

}  // namespace resnet::ui
