#include "ui/diagram/OpenUnitView.h"

#include "core/explain/UnitNorms.h"
#include "ui/diagram/SectionView.h"
#include "ui/diagram/StepDescription.h"
#include "ui/diagram/UnitSwitches.h"
#include "ui/painting/DiagramPainter.h"
#include "ui/words/EditWords.h"
#include "ui/words/UnitWords.h"
#include "ui/words/ViewWords.h"
#include "ui/workspace/RunDifferences.h"
#include "ui/workspace/Workspace.h"

#include <QVBoxLayout>

namespace resnet::ui {

OpenUnitView::OpenUnitView(Workspace& workspace, QWidget* parent)
    : View(workspace, tr("Layers"), parent), m_section(new SectionView) {
    body()->addWidget(m_section, 1);
    setExplanation(diagramWords());
    setFollows(Follows::Maps);
    m_section->setFocusPolicy(Qt::ClickFocus);
    m_section->setDescription([this](StepId step) {
        return m_model ? descriptionOf(m_model->graph(), step, m_live.content()) : QString();
    });
    auto* switches = new UnitSwitches(workspace, this);
    m_section->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_section, &QWidget::customContextMenuRequested, switches,
            [this, switches](const QPoint& position) {
                switches->showMenuOfCurrent(m_section->mapToGlobal(position));
            });
    connect(m_section, &SectionView::stepClicked, &workspace, &Workspace::goToStep);
}

void OpenUnitView::refresh(const Changes& changes) {
    if (changes.have(Changes::Theme))
        m_section->setTheme(workspace().theme());
    if (changes.have(Changes::Model)) {
        m_section->setSection(nullptr, {});
        m_model = workspace().model();
        m_live.setGraph(m_model ? &m_model->graph() : nullptr);
    }
    if (!m_model)
        return;
    m_live.follow(workspace().activations(), changes);
    if (changes.have(Changes::Model | Changes::Step)) {
        const Graph& graph = m_model->graph();
        const Section section = sectionOf(graph, workspace().currentStep());
        m_live.select(workspace().currentStep());
        m_section->setSection(&graph, section);
        setTitle(titleOf(section));
    }
    if (changes.have(Changes::anySession | Changes::Step | Changes::Channel | Changes::Settings |
                     Changes::Statistics | Changes::Theme | Changes::Edits | Changes::Shown))
        showContent();
    if (changes.have(Changes::anySession | Changes::Step | Changes::Edits))
        showNote();
}

void OpenUnitView::showContent() {
    const ViewSettings& settings = workspace().settings();
    const bool isDifference = settings.shadedBy == ShadedBy::Difference;
    m_live.setShading(shadingOf(m_model->graph(), workspace().activations(), settings.shadedBy,
                                isDifference ? workspace().differences().want() : nullptr));
    m_live.setEdits(workspace().edits());
    m_live.setNorms(settings.areNormsShown ? normsIn(workspace()) : std::vector<double>());
    std::vector<StepId> steps;
    for (const DiagramNode& node : m_section->drawing().nodes)
        steps.push_back(node.step);
    DiagramContent content = sectionContent(m_model->graph(), shownIn(workspace().shown()), m_live.content(),
                                            steps, workspace().channel(), workspace().theme().isDark());
    content.highestNorm = highestNorm(m_section->drawing(), content);
    if (content.shading)
        content.shading->highest = highestShade(m_section->drawing(), *content.shading);
    m_section->setContent(std::move(content));
}

void OpenUnitView::showNote() {
    QString note = tr("layer by layer");
    const ResidualUnit* unit = m_model->graph().unitOf(workspace().currentStep());
    const UnitEdit edit = unit ? workspace().edits().of(idOf(*unit)) : UnitEdit{};
    if (edit != UnitEdit{})
        note = editWords(edit);
    else if (unit)
        if (const auto norms = unitNormsOf(*unit, workspace().activations(), workspace().engineOptions()))
            note += QStringLiteral(", ") + changeText(*unit, *norms);
    setSubtitle(note);
}

}  // namespace resnet::ui
