#include "ui/window/FigureDialog.h"

#include "ui/exports/FigureFile.h"
#include "ui/painting/Theme.h"
#include "ui/window/FigurePreview.h"
#include "ui/workspace/FileDialogs.h"
#include "ui/workspace/Workspace.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>

#include <cmath>

namespace resnet::ui {

FigureDialog::FigureDialog(Workspace& workspace, const QString& title, QWidget* parent)
    : QDialog(parent),
      m_workspace(workspace),
      m_line(new QLabel),
      m_preview(new FigurePreview),
      m_work(tr("not enough memory for a picture of this size")) {
    setWindowTitle(title);
    m_line->setProperty("role", QStringLiteral("secondary"));
    auto* row = new QHBoxLayout(this);
    row->setSpacing(Theme::panelGap);
    row->addWidget(m_preview, 1);
}

void FigureDialog::addPanel(QWidget* panel) {
    layout()->addWidget(panel);
}

void FigureDialog::addButtons(QFormLayout& form, const QString& formats) {
    form.addRow(m_line);
    auto* buttons = new QDialogButtonBox(Qt::Vertical);
    m_saveButton = buttons->addButton(tr("Sa&ve…"), QDialogButtonBox::ActionRole);
    m_saveButton->setToolTip(formats);
    m_saveButton->setDefault(true);
    m_copyButton = buttons->addButton(tr("C&opy"), QDialogButtonBox::ActionRole);
    m_copyButton->setToolTip(tr("To the clipboard, as a picture and as SVG"));
    buttons->addButton(QDialogButtonBox::Close);
    form.addRow(buttons);
    connect(m_saveButton, &QPushButton::clicked, this, [this] { save(); });
    connect(m_copyButton, &QPushButton::clicked, this, [this] { copy(); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void FigureDialog::showFigure(const Figure& figure, double scale) {
    const QSizeF size = figure.size * scale;
    m_line->setText(tr("%1 × %2 pixels").arg(std::ceil(size.width())).arg(std::ceil(size.height())));
    m_preview->setFigure(figure);
}

void FigureDialog::showWork(const QString& what) {
    for (QPushButton* button : {m_saveButton, m_copyButton})
        button->setEnabled(what.isEmpty());
    m_line->setText(what);
}

void FigureDialog::complain(const Error& error) {
    const QString message = QString::fromUtf8(error.what());
    m_workspace.post({Notice::Kind::Error, message, {}});
    showWork({});
    m_line->setText(message);
}

QString FigureDialog::askForFile(const QString& proposed, const QString& filters) {
    return m_workspace.files().askWhereToSave(FileDialogs::Kind::Exports, this, windowTitle(), proposed,
                                              filters);
}

void FigureDialog::write(const QString& path, Write work) {
    showWork(tr("Saving…"));
    m_work.start(
        [work = std::move(work)](const BackgroundJob::Context& context) { return work(context.stop()); },
        [this, path](const QStringList& notes) {
            m_workspace.post(savedNotice(path, notes));
            accept();
        },
        [this](const Error& error) { complain(error); });
}

void FigureDialog::copyFigure(const Figure& figure, double scale) {
    showWork(tr("Copying…"));
    m_work.start([figure, scale](
                     const BackgroundJob::Context& context) { return copyOf(figure, scale, context.stop()); },
                 [this](const FigureCopy& copy) {
                     QGuiApplication::clipboard()->setMimeData(mimeDataOf(copy));
                     showWork({});
                     m_line->setText(tr("Copied"));
                 },
                 [this](const Error& error) { complain(error); });
}

}  // namespace resnet::ui
