#include "ui/window/ExportDialog.h"

#include "core/Error.h"
#include "ui/diagram/LiveContent.h"
#include "ui/drawing/SectionLayout.h"
#include "ui/exports/FigureFile.h"
#include "ui/images/QtImage.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/window/FigurePreview.h"
#include "ui/workspace/Workspace.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

enum Subject { OnScreen, NetworkLevel, UnitLevel, LayerLevel, ThisStage, ThisUnit, BothKinds };

constexpr int noMaps = -1;  // beside the values of ShadedBy: blocks of the plain network

}  // namespace

ExportDialog::ExportDialog(Workspace& workspace, const DiagramExportOptions& onScreen, QWidget* parent)
    : QDialog(parent),
      m_workspace(workspace),
      m_onScreen(onScreen),
      m_subject(new ChoiceBox),
      m_theme(new ChoiceBox),
      m_page(new ChoiceBox),
      m_filling(new ChoiceBox),
      m_norms(new QCheckBox(tr("&Norms as thickness of the lines"))),
      m_transparent(new QCheckBox(tr("&Transparent background"))),
      m_textAsPaths(new QCheckBox(tr("Text as &outlines"))),
      m_scale(new QDoubleSpinBox),
      m_size(new QLabel),
      m_preview(new FigurePreview),
      m_making(tr("not enough memory for the diagram's pictures")),
      m_work(tr("not enough memory for a picture of this size")) {
    setWindowTitle(tr("Export the diagram"));
    addSubjects();
    addFillings();
    auto* row = new QHBoxLayout(this);
    row->setSpacing(Theme::panelGap);
    row->addWidget(m_preview, 1);
    row->addWidget(makeControls());
    takeContent();
}

void ExportDialog::addSubjects() {
    m_subject->addItem(tr("As on the screen"), OnScreen);
    m_subject->addItem(tr("Network: stages"), NetworkLevel);
    m_subject->addItem(tr("All units"), UnitLevel);
    m_subject->addItem(tr("All steps"), LayerLevel);
    const Graph& graph = m_workspace.model()->graph();
    const Section section = sectionOf(graph, m_workspace.currentStep());
    if (section.kind == Group::Kind::Unit) {
        m_subject->addItem(tr("Stage %1").arg(section.stage + 1), ThisStage);
        m_subject->addItem(titleOf(section), ThisUnit);
    }
    if (std::ranges::any_of(graph.units(), &ResidualUnit::hasAddition))
        m_subject->addItem(tr("Both kinds of unit"), BothKinds);
}

// Begins with what the diagram shows.
void ExportDialog::addFillings() {
    const bool hasMaps = m_workspace.activations().input() != nullptr;
    const bool hasRun = hasMaps && m_workspace.activations().isComplete();
    if (hasMaps)
        m_filling->addItem(tr("Feature maps"), int(ShadedBy::Nothing));
    m_filling->addItem(tr("Stacks of sheets, no picture"), noMaps);
    if (hasRun)
        m_filling->addItem(tr("Time of this run"), int(ShadedBy::Time));
    m_filling->addItem(tr("Parameters"), int(ShadedBy::Parameters));
    m_filling->addItem(tr("Multiply-adds"), int(ShadedBy::MultiplyAdds));
    m_filling->addItem(tr("Memory of the outputs"), int(ShadedBy::Memory));
    m_filling->setCurrentIndex(std::max(0, m_filling->findData(int(m_workspace.settings().shadedBy))));
    m_filling->setToolTip(tr("What the blocks show"));
    m_norms->setEnabled(hasRun);
    m_norms->setChecked(hasRun && m_workspace.settings().areNormsShown);
    m_norms->setToolTip(hasRun ? tr("How strong F(x), x and their sum are") : tr("No picture is computed"));
}

void ExportDialog::takeContent() {
    const int filling = m_filling->currentData().toInt();
    ShownOfRun shown;
    shown.areMapsShown = filling != noMaps;
    shown.shadedBy = filling == noMaps ? ShadedBy::Nothing : ShadedBy(filling);
    shown.areNormsShown = m_norms->isChecked();
    shown.isOnDark = Theme::Kind(m_theme->currentData().toInt()) == Theme::Kind::Dark;
    shown.selected = selectedIn(m_workspace);
    showWork(tr("Preparing…"));
    m_making.start(
        [model = m_workspace.model(), run = m_workspace.activations(),
         input = toQImage(m_workspace.croppedImage()), shown](const BackgroundJob::Context& context) {
            return contentOf(model->graph(), run, input, shown, context.stop());
        },
        [this](DiagramContent content) {
            m_content = std::move(content);
            showWork({});
            updatePreview();
        },
        [this](const Error& error) { complain(error); });
}

QWidget* ExportDialog::makeControls() {
    for (const auto& [name, kind] : {std::pair(tr("Light"), Theme::Kind::Light),
                                     {tr("Dark"), Theme::Kind::Dark},
                                     {tr("Black and white"), Theme::Kind::Print}})
        m_theme->addItem(name, int(kind));
    m_theme->setCurrentIndex(m_theme->findData(int(m_onScreen.theme)));
    m_page->addItem(tr("As large as the drawing"), int(ExportPage::Tight));
    m_page->addItem(tr("A4, landscape"), int(ExportPage::A4));
    m_page->addItem(tr("Slide, 16:9"), int(ExportPage::Widescreen));
    m_transparent->setToolTip(tr("For slides and pages of another colour"));
    m_textAsPaths->setToolTip(
        tr("The same look where the font is missing; the text can no longer be edited"));
    m_scale->setRange(0.25, 12.0);
    m_scale->setSingleStep(0.5);
    m_scale->setValue(2.0);
    m_scale->setToolTip(tr("Of a PNG, and of the page of a PDF or SVG"));
    m_size->setProperty("role", QStringLiteral("secondary"));

    auto* panel = new QWidget;
    auto* form = new QFormLayout(panel);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    const auto add = [&](const QString& name, QWidget* field) {
        form->addRow(name, field);
        field->setAccessibleName(QString(name).remove(QLatin1Char('&')));
    };
    add(tr("&What"), m_subject);
    add(tr("&Colours"), m_theme);
    add(tr("&Page"), m_page);
    add(tr("&Blocks show"), m_filling);
    form->addRow(m_norms);
    form->addRow(m_transparent);
    form->addRow(m_textAsPaths);
    add(tr("&Scale"), m_scale);
    form->addRow(m_size);

    auto* buttons = new QDialogButtonBox(Qt::Vertical);
    m_saveButton = buttons->addButton(tr("Sa&ve…"), QDialogButtonBox::ActionRole);
    m_saveButton->setToolTip(tr("As SVG, PDF, PNG, Graphviz, TikZ or Mermaid"));
    m_saveButton->setDefault(true);
    m_copyButton = buttons->addButton(tr("C&opy"), QDialogButtonBox::ActionRole);
    m_copyButton->setToolTip(tr("To the clipboard, as a picture and as SVG"));
    buttons->addButton(QDialogButtonBox::Close);
    form->addRow(buttons);

    connect(m_saveButton, &QPushButton::clicked, this, &ExportDialog::save);
    connect(m_copyButton, &QPushButton::clicked, this, &ExportDialog::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QComboBox* box : {m_subject, m_page})
        connect(box, &QComboBox::currentIndexChanged, this, &ExportDialog::updatePreview);
    for (QComboBox* box : {m_filling, m_theme})  // maps are made for their ground
        connect(box, &QComboBox::currentIndexChanged, this, &ExportDialog::takeContent);
    connect(m_norms, &QCheckBox::toggled, this, &ExportDialog::takeContent);
    for (QCheckBox* box : {m_transparent, m_textAsPaths})
        connect(box, &QCheckBox::toggled, this, &ExportDialog::updatePreview);
    m_scale->setButtonSymbols(QAbstractSpinBox::NoButtons);
    connect(m_scale, &QDoubleSpinBox::valueChanged, this, &ExportDialog::updatePreview);
    return panel;
}

DiagramExportOptions ExportDialog::options() const {
    using Kind = DiagramExportOptions::Subject;
    const Graph& graph = m_workspace.model()->graph();
    const Section section = sectionOf(graph, m_workspace.currentStep());
    DiagramExportOptions options = m_onScreen;
    options.theme = Theme::Kind(m_theme->currentData().toInt());
    options.page = ExportPage(m_page->currentData().toInt());
    options.isTransparent = m_transparent->isChecked();
    options.textAsPaths = m_textAsPaths->isChecked();
    options.scale = m_scale->value();
    options.stage = std::max(section.stage, 0);
    options.unit = std::max(section.unit, 0);
    switch (m_subject->currentData().toInt()) {
        case NetworkLevel:
            options.open = OpenNodes::at(Detail::Network, graph);
            break;
        case UnitLevel:
            options.open = OpenNodes::at(Detail::Unit, graph);
            break;
        case LayerLevel:
            options.open = OpenNodes::at(Detail::Layer, graph);
            break;
        case ThisStage:
            options.subject = Kind::Stage;
            options.open = OpenNodes::at(Detail::Layer, graph);
            break;
        case ThisUnit:
            options.subject = Kind::Unit;
            break;
        case BothKinds:
            options.subject = Kind::UnitKindsFigure;
            break;
        default:
            break;
    }
    return options;
}

void ExportDialog::updatePreview() {
    const DiagramExportOptions chosen = options();
    Figure figure = diagramFigure(m_workspace.model()->graph(), content(), chosen);
    const QSizeF size = figure.size * chosen.scale;
    m_size->setText(tr("%1 × %2 pixels").arg(std::ceil(size.width())).arg(std::ceil(size.height())));
    m_preview->setFigure(std::move(figure));
}

void ExportDialog::save() {
    const QString filters = tr(
        "SVG (*.svg);;PDF (*.pdf);;PNG (*.png);;Graphviz (*.dot);;TikZ for LaTeX (*.tex);;Mermaid (*.mmd)");
    QString chosen;
    QString path = QFileDialog::getSaveFileName(this, tr("Export the diagram"), QStringLiteral("resnet.svg"),
                                                filters, &chosen);
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += chosen.mid(chosen.indexOf(QLatin1Char('.')), 4);
    showWork(tr("Saving…"));
    m_work.start(
        [path, model = m_workspace.model(), content = content(),
         chosen = options()](const BackgroundJob::Context& context) {
            return exportDiagram(path, model->graph(), content, exportFormatOf(path), chosen, context.stop());
        },
        [this, path](const QStringList& notes) {
            m_workspace.post({Notice::Kind::Information,
                              (QStringList(tr("Saved %1").arg(path)) + notes).join(tr(". ")),
                              {}});
            accept();
        },
        [this](const Error& error) { complain(error); });
}

void ExportDialog::copy() {
    const DiagramExportOptions chosen = options();
    showWork(tr("Copying…"));
    m_work.start(
        [figure = diagramFigure(m_workspace.model()->graph(), content(), chosen), scale = chosen.scale](
            const BackgroundJob::Context& context) { return copyOf(figure, scale, context.stop()); },
        [this](const FigureCopy& copy) {
            QGuiApplication::clipboard()->setMimeData(mimeDataOf(copy));
            showWork({});
            m_size->setText(tr("Copied"));
        },
        [this](const Error& error) { complain(error); });
}

void ExportDialog::showWork(const QString& what) {
    for (QPushButton* button : {m_saveButton, m_copyButton})
        button->setEnabled(what.isEmpty());
    m_size->setText(what);
}

void ExportDialog::complain(const Error& error) {
    const QString message = QString::fromUtf8(error.what());
    m_workspace.post({Notice::Kind::Error, message, {}});
    showWork({});
    m_size->setText(message);
}

}  // namespace resnet::ui
