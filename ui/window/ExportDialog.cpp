#include "ui/window/ExportDialog.h"

#include "core/Error.h"
#include "ui/diagram/LiveContent.h"
#include "ui/drawing/SectionLayout.h"
#include "ui/images/QtImage.h"
#include "ui/widgets/ChoiceBox.h"
#include "ui/workspace/Workspace.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFormLayout>

#include <algorithm>

namespace resnet::ui {

namespace {

enum Subject { OnScreen, NetworkLevel, UnitLevel, LayerLevel, ThisStage, ThisUnit, BothKinds };

constexpr int noMaps = -1;  // beside the values of ShadedBy: blocks of the plain network

}  // namespace

ExportDialog::ExportDialog(Workspace& workspace, const DiagramExportOptions& onScreen, QWidget* parent)
    : FigureDialog(workspace, tr("Export the diagram"), parent),
      m_onScreen(onScreen),
      m_subject(new ChoiceBox),
      m_theme(new ChoiceBox),
      m_page(new ChoiceBox),
      m_filling(new ChoiceBox),
      m_norms(new QCheckBox(tr("&Norms as thickness of the lines"))),
      m_transparent(new QCheckBox(tr("&Transparent background"))),
      m_textAsPaths(new QCheckBox(tr("Text as &outlines"))),
      m_scale(new QDoubleSpinBox),
      m_making(tr("not enough memory for the diagram's pictures")) {
    addSubjects();
    addFillings();
    addPanel(makeControls());
    takeContent();
}

void ExportDialog::addSubjects() {
    m_subject->addItem(tr("As on the screen"), OnScreen);
    m_subject->addItem(tr("Network: stages"), NetworkLevel);
    m_subject->addItem(tr("All units"), UnitLevel);
    m_subject->addItem(tr("All steps"), LayerLevel);
    const Graph& graph = workspace().model()->graph();
    const Section section = sectionOf(graph, workspace().currentStep());
    if (section.kind == Group::Kind::Unit) {
        m_subject->addItem(tr("Stage %1").arg(section.stage + 1), ThisStage);
        m_subject->addItem(titleOf(section), ThisUnit);
    }
    if (std::ranges::any_of(graph.units(), &ResidualUnit::hasAddition))
        m_subject->addItem(tr("Both kinds of unit"), BothKinds);
}

// Begins with what the diagram shows.
void ExportDialog::addFillings() {
    const bool hasMaps = workspace().activations().input() != nullptr;
    const bool hasRun = hasMaps && workspace().activations().isComplete();
    if (hasMaps)
        m_filling->addItem(tr("Feature maps"), int(ShadedBy::Nothing));
    m_filling->addItem(tr("Stacks of sheets, no picture"), noMaps);
    if (hasRun)
        m_filling->addItem(tr("Time of this run"), int(ShadedBy::Time));
    m_filling->addItem(tr("Parameters"), int(ShadedBy::Parameters));
    m_filling->addItem(tr("Multiply-adds"), int(ShadedBy::MultiplyAdds));
    m_filling->addItem(tr("Memory of the outputs"), int(ShadedBy::Memory));
    m_filling->setCurrentIndex(std::max(0, m_filling->findData(int(workspace().settings().shadedBy))));
    m_filling->setToolTip(tr("What the blocks show"));
    m_norms->setEnabled(hasRun);
    m_norms->setChecked(hasRun && workspace().settings().areNormsShown);
    m_norms->setToolTip(hasRun ? tr("How strong F(x), x and their sum are") : tr("No picture is computed"));
}

void ExportDialog::takeContent() {
    const int filling = m_filling->currentData().toInt();
    ShownOfRun shown;
    shown.areMapsShown = filling != noMaps;
    shown.shadedBy = filling == noMaps ? ShadedBy::Nothing : ShadedBy(filling);
    shown.areNormsShown = m_norms->isChecked();
    shown.isOnDark = Theme::Kind(m_theme->currentData().toInt()) == Theme::Kind::Dark;
    shown.selected = selectedIn(workspace());
    showWork(tr("Preparing…"));
    m_making.start(
        [model = workspace().model(), run = workspace().activations(),
         input = toQImage(workspace().croppedImage()), shown](const BackgroundJob::Context& context) {
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
    addButtons(*form, tr("As SVG, PDF, PNG, Graphviz, TikZ or Mermaid"));

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
    const Graph& graph = workspace().model()->graph();
    const Section section = sectionOf(graph, workspace().currentStep());
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
    showFigure(diagramFigure(workspace().model()->graph(), content(), chosen), chosen.scale);
}

void ExportDialog::save() {
    const QString path = askForFile(
        QStringLiteral("resnet.svg"),
        tr("SVG (*.svg);;PDF (*.pdf);;PNG (*.png);;Graphviz (*.dot);;TikZ for LaTeX (*.tex);;Mermaid (*.mmd)"));
    if (!path.isEmpty())
        write(path, [path, model = workspace().model(), content = content(),
                     chosen = options()](const std::stop_token& stop) {
            return exportDiagram(path, model->graph(), content, exportFormatOf(path), chosen, stop);
        });
}

void ExportDialog::copy() {
    const DiagramExportOptions chosen = options();
    copyFigure(diagramFigure(workspace().model()->graph(), content(), chosen), chosen.scale);
}

}  // namespace resnet::ui
