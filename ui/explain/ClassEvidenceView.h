#pragma once

#include "core/explain/ClassActivation.h"
#include "ui/explain/OcclusionRunner.h"
#include "ui/workspace/Workspace.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QToolButton;

namespace resnet::ui {

class EvidenceMap;
class FeatureList;
class OcclusionControls;

// "Why this class?": where in the picture the last unit found evidence for a class and against it, compared
// with another class if wanted, and which features it came from; or which parts of the picture the class
// cannot do without (occlusion).
class ClassEvidenceView : public QWidget {
    Q_OBJECT
public:
    explicit ClassEvidenceView(Workspace& workspace, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {720, 420}; }

    enum class Method { Activation, Occlusion };
    void setMethod(Method method);
    // Until one is chosen, the most probable class is shown.
    void chooseClass(int classIndex);
    // Nothing: no comparison.
    void compareWith(std::optional<int> classIndex);
    int shownClass() const;

    void startOcclusion();
    void cancelOcclusion();

private:
    void build();
    void connectWorkspace();
    void refill();
    void refresh();
    void refreshSoon() { m_refresh.start(0); }
    void refreshTheme();
    void showActivation();
    void showOcclusion();
    void showFeatures();
    void showNothing(const QString& reason);
    void forgetOcclusion();
    void onProgress(const OcclusionProgress& progress);
    bool isComplete() const;
    std::optional<int> comparedClass() const;
    QString className(int index) const;
    QString scoreText(int index) const;
    QImage picture() const;

    Workspace& m_workspace;
    Method m_method = Method::Activation;
    std::optional<int> m_chosenClass;
    QTimer m_refresh;  // one refresh for several signals at a time

    OcclusionRunner m_runner;
    QElapsedTimer m_clock;
    std::shared_ptr<FeatureMaps> m_drops;  // as far as they are known, else 0
    OcclusionRequest m_request;            // that m_drops belongs to
    OcclusionProgress m_progress;          // of it

    QComboBox* m_class;
    QComboBox* m_compared;
    QToolButton* m_activationChip;
    QToolButton* m_occlusionChip;
    OcclusionControls* m_controls;
    QLabel* m_sentence;
    EvidenceMap* m_first;
    EvidenceMap* m_second;
    QLabel* m_featuresTitle;
    FeatureList* m_features;
};

}  // namespace resnet::ui
