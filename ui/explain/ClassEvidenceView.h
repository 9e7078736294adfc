#pragma once

#include "core/explain/ClassActivation.h"
#include "ui/explain/EvidenceControls.h"
#include "ui/explain/OcclusionSession.h"
#include "ui/workspace/View.h"
#include "ui/workspace/Workspace.h"

#include <optional>

class QLabel;

namespace resnet::ui {

class EvidenceMap;
class FeatureList;
class OcclusionControls;

// "Why this class?": where in the picture the last unit found evidence for a class and against it, compared
// with another class if wanted, and which features it came from; or which parts of the picture the class
// cannot do without (occlusion).
class ClassEvidenceView : public View {
    Q_OBJECT
public:
    explicit ClassEvidenceView(Workspace& workspace, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {780, 460}; }

    void setMethod(EvidenceMethod method);
    void setPart(EvidencePart part);
    // Until one is chosen, the most probable class is shown.
    void chooseClass(int classIndex);
    // Nothing: no comparison.
    void compareWith(std::optional<int> classIndex);
    int shownClass() const;

    void startOcclusion();
    void cancelOcclusion();

protected:
    void refresh(const Changes& changes) override;

private:
    void build();
    void say(const QString& sentence);
    void connectParts();
    void followMethod();
    void showEvidence();
    void showActivation();
    QString activationSentence(const ClassActivation& activation) const;
    void showOcclusion();
    void showProgress(const OcclusionProgress& progress);
    void showFeatures();
    void showPatches(double probability);
    void showNothing(const QString& reason);
    bool isComplete() const;
    QString scoreText(int index) const;
    double probabilityOf(int index) const;
    QImage picture() const;

    std::optional<int> m_chosenClass;
    OcclusionSession m_occlusion;

    EvidenceControls* m_controls;
    OcclusionControls* m_occlusionControls;
    QLabel* m_sentence;
    EvidenceMap* m_first;
    EvidenceMap* m_second;
    EvidenceMap* m_difference;  // the first over the second
    QLabel* m_featuresTitle;
    FeatureList* m_features;
};

}  // namespace resnet::ui
