#pragma once

#include "core/inference/BackwardExecutor.h"
#include "core/inference/Executor.h"
#include "core/tensor/FreedMemory.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

#include <optional>
#include <utility>

class QBoxLayout;
class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace resnet::ui {

class ClassBox;

// What gradients are computed with: made for a piece of work and gone with it, so that nothing is held while
// nothing is computed.
struct AttributionEngine {
    Executor forward;
    BackwardExecutor backward;
};

// A view of what takes a while to compute about the score of the class in question. It is computed in the
// background once the view is seen, and anew when the run, the class or a choice is another. Until there is
// something new, or when it was stopped, what was shown stays and is said to be old.
class ComputedView : public View {
    Q_OBJECT
public:
    bool isComputing() const { return m_job.isRunning(); }
    // What is shown is not of what is asked for now.
    bool isOld() const { return m_isOld; }
    // What is said above the picture: its meaning, or why there is none.
    QString sentence() const;
    QSize minimumSizeHint() const override { return {scaled(560), scaled(320)}; }

    void computeAnew();
    void stop();

protected:
    ComputedView(Workspace& workspace, const QString& title, QWidget* parent = nullptr);

    // Begins the work for what is chosen; the run is computed.
    virtual void start() = 0;
    virtual bool hasResult() const = 0;
    // The result, which is of a network that is not open any more.
    virtual void forget() = 0;
    virtual void showResult() = 0;
    // What it is about, in the title row.
    virtual QString subject() const { return classText(); }
    // What of the focus has it computed anew.
    virtual unsigned follows() const { return Changes::Class; }
    // Of the result, in a sentence or two.
    virtual QString meaning() const = 0;

    void refresh(const Changes& changes) override;

    // Where choices stand: below the title.
    QHBoxLayout* choices() const { return m_choices; }
    // A choice of a class that the one in question is compared with, in the title row.
    void addAgainst();
    // Chips of which one is chosen, in a row or (null) in the title row; the choice of another one has what
    // is shown computed anew.
    QButtonGroup* addChips(QBoxLayout* row, const QList<std::pair<QString, QString>>& textsAndTips);
    std::optional<int> against() const;
    // "church", "church over palace".
    QString classText() const;
    GradientTarget target() const;

    // Has `work(engine, run, context)` done in the background, then `done(result)`.
    template <typename Work, typename Done>
    void begin(Work work, Done done);
    // In `done` or in a report: what is shown is up to date from now on.
    void setUpToDate();
    // From the thread that works.
    void report(const BackgroundJob::Context& context, int done, int total);
    void tellState();

private:
    void onEnded();
    void onFailed(const Error& error);
    void fillClasses();
    QString state() const;

    QHBoxLayout* m_choices;
    ClassBox* m_against = nullptr;
    QProgressBar* m_progress;
    QPushButton* m_button;
    QLabel* m_sentence;
    QString m_error;
    bool m_isOld = false;
    bool m_isStopped = false;
    BackgroundJob m_job;
};

template <typename Work, typename Done>
void ComputedView::begin(Work work, Done done) {
    const auto packed = workspace().packedNetwork();
    const EngineOptions options = workspace().engineOptions();
    const Run run = workspace().activations();
    m_job.start(
        [work = std::move(work), packed, options, run](const BackgroundJob::Context& context) {
            const auto ready =
                packed ? packed : std::make_shared<const PackedNetwork>(run.network(), options);
            const auto compute = [&] {
                AttributionEngine engine{Executor(ready), BackwardExecutor(ready)};
                return work(engine, run, context);
            };
            auto result = compute();
            returnFreedMemory();
            return result;
        },
        [this, done = std::move(done)](auto result) {
            setUpToDate();
            done(std::move(result));
            onEnded();
        },
        [this](const Error& error) { onFailed(error); });
}

}  // namespace resnet::ui
