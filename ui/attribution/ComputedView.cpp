#include "ui/attribution/ComputedView.h"

#include "ui/widgets/ClassBox.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextSize.h"
#include "ui/workspace/ClassScores.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace resnet::ui {

ComputedView::ComputedView(Workspace& workspace, const QString& title, QWidget* parent)
    : View(workspace, title, parent),
      m_choices(new QHBoxLayout),
      m_progress(new QProgressBar),
      m_button(new QPushButton),
      m_sentence(new QLabel),
      m_job(tr("Not enough memory for the gradients.")) {
    m_choices->setSpacing(2 * Theme::grid);
    m_progress->setTextVisible(false);
    keepWidth(*m_progress, 72);
    m_progress->setAccessibleName(tr("Progress of the gradients"));
    m_sentence->setProperty("role", QStringLiteral("secondary"));
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sentence->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    followTextSize(*m_sentence, [this] {
        m_sentence->setMinimumHeight(2 * QFontMetrics(windowFont(TextRole::Secondary)).lineSpacing() + 2);
    });
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * Theme::grid);
    row->addWidget(m_sentence, 1);
    row->addWidget(m_progress);
    row->addWidget(m_button);
    body()->addLayout(m_choices);
    body()->addLayout(row);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (isComputing())
            stop();
        else
            computeAnew();
    });
}

QString ComputedView::sentence() const {
    return m_sentence->text();
}

void ComputedView::refresh(const Changes& changes) {
    if (changes.have(Changes::Model)) {
        m_job.cancel();
        forget();
        m_isOld = false;
    }
    const bool isNow = workspace().session().isComputed();
    if (changes.have(Changes::Model | Changes::OtherRun) || (isNow && changes.have(Changes::Outputs)))
        fillClasses();
    if (changes.have(Changes::Model | Changes::OtherRun | follows()) ||
        (isNow && changes.have(Changes::Outputs)))
        computeAnew();
    if (changes.have(Changes::Model | Changes::Theme | Changes::Picture))
        showResult();
}

void ComputedView::computeAnew() {
    m_job.cancel();
    m_error.clear();
    m_isStopped = false;
    m_isOld = hasResult();
    setSubtitle(workspace().session().isComputed() ? subject() : QString());
    if (workspace().session().isComputed()) {
        m_progress->setRange(0, 0);
        start();
    }
    tellState();
}

void ComputedView::stop() {
    m_job.cancel();
    m_isStopped = true;
    tellState();
}

void ComputedView::setUpToDate() {
    m_isOld = false;
}

void ComputedView::onEnded() {
    showResult();
    tellState();
}

void ComputedView::onFailed(const Error& error) {
    m_error = QString::fromUtf8(error.what());
    tellState();
}

void ComputedView::report(const BackgroundJob::Context& context, int done, int total) {
    context.report([this, done, total] {
        m_progress->setRange(0, total);
        m_progress->setValue(done);
    });
}

QString ComputedView::state() const {
    const QString before = m_isOld ? tr(" What is shown is old: of before.") : QString();
    if (!workspace().model() || !workspace().picture())
        return tr("Open a picture and a network to see what makes a score.");
    if (!m_error.isEmpty())
        return tr("This cannot be computed: %1.").arg(m_error) + before;
    if (!workspace().session().isComputed())
        return tr("There is a score to explain once the picture has gone through the whole network.") +
               before;
    if (isComputing() && (m_isOld || !hasResult()))
        return tr("Being computed …") + before;
    if (m_isStopped && (m_isOld || !hasResult()))
        return tr("Stopped.") + before;
    return m_isStopped ? tr("Stopped. %1").arg(meaning()) : meaning();
}

void ComputedView::tellState() {
    const ModelPtr& model = workspace().model();
    const bool isChance = model && !model->isTrained() && m_error.isEmpty();
    m_sentence->setText(isChance ? tr("The network is untrained, so this explains chance. %1").arg(state())
                                 : state());
    m_sentence->setToolTip(m_sentence->text());
    setAccessibleDescription(m_sentence->text());
    m_progress->setVisible(isComputing());
    m_button->setText(isComputing() ? tr("Stop") : tr("Compute"));
    m_button->setToolTip(isComputing() ? tr("What is shown stays")
                                       : tr("Compute what is chosen, which is not what is shown"));
    m_button->setVisible(isComputing() || m_isStopped);
}

void ComputedView::addAgainst() {
    m_against = new ClassBox(tr("against …"));
    m_against->setAccessibleName(tr("Against"));
    m_against->setToolTip(tr("Explain by how much the score is above that of another class"));
    m_against->setMinimumContentsLength(11);
    addControl(m_against);
    fillClasses();
    connect(m_against, &ClassBox::classChosen, this, &ComputedView::computeAnew);
}

QButtonGroup* ComputedView::addChips(QBoxLayout* row,
                                     const QList<std::pair<QString, QString>>& textsAndTips) {
    QButtonGroup* group = chips(textsAndTips, this);
    for (QAbstractButton* button : group->buttons())
        if (row)
            row->addWidget(button);
        else
            addControl(button);
    connect(group, &QButtonGroup::idToggled, this, [this](int, bool isOn) {
        if (isOn)
            computeAnew();
    });
    return group;
}

void ComputedView::fillClasses() {
    if (m_against)
        m_against->setClasses(classNames(workspace()), classScores(workspace()));
}

std::optional<int> ComputedView::against() const {
    const std::optional<int> other = m_against ? m_against->currentClass() : std::nullopt;
    return other != workspace().classInQuestion() ? other : std::nullopt;
}

QString ComputedView::classText() const {
    const auto named = [&](int index) {
        return QString::fromStdString(workspace().model()->classNames[std::size_t(index)]);
    };
    const std::optional<int> other = against();
    return other ? tr("%1 over %2").arg(named(workspace().classInQuestion()), named(*other))
                 : named(workspace().classInQuestion());
}

GradientTarget ComputedView::target() const {
    const Graph& graph = workspace().session().graph();
    const std::optional<int> other = against();
    return other ? scoreDifference(graph, workspace().classInQuestion(), *other)
                 : scoreOf(graph, workspace().classInQuestion());
}

}  // namespace resnet::ui
