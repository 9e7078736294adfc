#pragma once

#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

class QButtonGroup;

namespace resnet::ui {

class ClassBox;

// How the evidence for a class is found, and what of a class activation is shown: all of it, or what speaks
// for the class or against it alone.
enum class EvidenceMethod { Activation, Occlusion };
enum class EvidencePart { Both, For, Against };

// Which class is explained, compared with which, and how.
class EvidenceControls : public QWidget {
    Q_OBJECT
public:
    explicit EvidenceControls(QWidget* parent = nullptr);

    // Listed by score, the best first.
    void setClasses(const QStringList& names, const std::vector<float>& scores);
    QString className(int index) const;
    void setClass(int index);
    // Nothing: no comparison.
    void setComparedClass(std::optional<int> index);
    // Nothing as well while the method explains one class at a time.
    std::optional<int> comparedClass() const;
    void setMethod(EvidenceMethod method);
    // Occlusion, whatever was chosen, where there is no class activation.
    EvidenceMethod method() const { return m_hasActivation ? m_method : EvidenceMethod::Occlusion; }
    // Whether the network's last maps add up to its scores.
    void setHasActivation(bool has);
    void setPart(EvidencePart part);
    EvidencePart part() const;
    // Classes can be chosen.
    void setReady(bool ready);

Q_SIGNALS:
    void classChosen(int index);
    void methodChosen(resnet::ui::EvidenceMethod method);
    // Comparison or part.
    void changed();

private:
    QStringList m_names;
    EvidenceMethod m_method = EvidenceMethod::Activation;
    bool m_hasActivation = true;
    ClassBox* m_class;
    ClassBox* m_compared;
    QButtonGroup* m_parts;
    QButtonGroup* m_methods;
};

}  // namespace resnet::ui
