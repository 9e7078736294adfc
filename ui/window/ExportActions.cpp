#include "ui/window/ExportActions.h"

#include "core/files/Npy.h"
#include "ui/exports/WholeFile.h"
#include "ui/painting/ContactSheet.h"

#include <QBuffer>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

namespace resnet::ui {

namespace {

QByteArray pngBytes(const QImage& image) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

}  // namespace

ExportActions::ExportActions(Workspace& workspace, std::function<void()> chooseExport, QWidget* window)
    : QObject(window),
      m_workspace(workspace),
      m_exportDiagram(std::move(chooseExport)),
      m_window(window),
      m_menu(new QMenu(tr("&Export"), window)),
      m_diagram(add(tr("&Diagram…"), Qt::CTRL | Qt::Key_E, &ExportActions::exportDiagram)),
      m_sheet(add(tr("Feature maps as a &picture…"), Qt::CTRL | Qt::SHIFT | Qt::Key_E,
                  &ExportActions::exportSheet)),
      m_maps(add(tr("Feature maps as &numbers…"), {}, &ExportActions::exportMaps)),
      m_input(add(tr("&Input tensor as numbers…"), {}, &ExportActions::exportInput)) {
    m_menu->setToolTipsVisible(true);
    connect(&m_workspace, &Workspace::modelChanged, this, &ExportActions::updateState);
    connect(&m_workspace, &Workspace::activationsReset, this, &ExportActions::updateState);
    connect(&m_workspace, &Workspace::stepComputed, this, &ExportActions::updateState);
    connect(&m_workspace, &Workspace::currentStepChanged, this, &ExportActions::updateState);
    updateState();
}

QAction* ExportActions::add(const QString& text, const QKeySequence& key, void (ExportActions::*slot)()) {
    QAction* action = m_menu->addAction(text);
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void ExportActions::updateState() {
    const bool isOpen = m_workspace.model() != nullptr;
    const bool hasInput = m_workspace.activations().input() != nullptr;
    const bool hasStep = hasInput && m_workspace.activations().has(m_workspace.currentStep());
    const QString notComputed = tr("This step is not computed yet");
    const auto allow = [](QAction* action, bool allowed, const QString& does, const QString& whyNot) {
        action->setEnabled(allowed);
        action->setToolTip(allowed ? does : whyNot);
    };
    allow(m_diagram, isOpen,
          tr("Save or copy the diagram: SVG, PDF, PNG, Graphviz, TikZ or Mermaid (Ctrl+E)"),
          tr("No network is open"));
    allow(m_sheet, hasStep, tr("Save all channels of this step as one PNG (Ctrl+Shift+E)"), notComputed);
    allow(m_maps, hasStep, tr("Save this step's output as .npy: float32, channels × height × width"),
          notComputed);
    allow(m_input, hasInput, tr("Save what the network is given as .npy: float32, 3 × height × width"),
          tr("No picture is open"));
}

void ExportActions::exportDiagram() {
    m_exportDiagram();
}

void ExportActions::exportSheet() {
    const Graph& graph = m_workspace.model()->graph();
    const StepId step = m_workspace.currentStep();
    const QString name = QString::fromStdString(graph.stepName(step));
    save(tr("Save feature maps"), name + QStringLiteral(".png"), tr("PNG picture (*.png)"),
         [&](const QString& path) {
             const ContactSheet sheet(m_workspace.activations().output(step), name,
                                      defaultColorMap(graph, step));
             writeWholeFile(path, pngBytes(sheet.image(m_workspace.theme())));
         });
}

void ExportActions::exportMaps() {
    exportTensor(m_workspace.currentStep());
}

void ExportActions::exportInput() {
    exportTensor(inputStep);
}

void ExportActions::exportTensor(StepId step) {
    const QString name = QString::fromStdString(m_workspace.model()->graph().stepName(step));
    save(tr("Save numbers"), name + QStringLiteral(".npy"), tr("NumPy array (*.npy)"),
         [&](const QString& path) {
             const std::vector<std::uint8_t> bytes = npyBytes(*m_workspace.activations().output(step));
             writeWholeFile(path,
                            QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())));
         });
}

void ExportActions::save(const QString& title, const QString& proposal, const QString& filter,
                         const std::function<void(const QString& path)>& write) {
    const QString path = QFileDialog::getSaveFileName(m_window, title, proposal, filter);
    if (path.isEmpty())
        return;
    try {
        write(path);
        m_workspace.post({Notice::Kind::Information, tr("Saved %1").arg(path), {}});
    } catch (const Error& error) {
        m_workspace.post({Notice::Kind::Error, QString::fromUtf8(error.what()), {}});
    }
}

}  // namespace resnet::ui
