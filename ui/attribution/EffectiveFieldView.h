#pragma once

#include "core/attribution/EffectiveField.h"
#include "ui/attribution/ComputedView.h"

#include <QImage>
#include <QStringList>

#include <memory>

class QSpinBox;

namespace resnet::ui {

class MapTiles;
struct MapTile;

// "What has it seen, really?": how much each pixel can change the selected cell, of this picture or as a mean
// over many, inside the boxes of the longest and the shortest way; of the network and of the same layers
// started anew.
class EffectiveFieldView : public ComputedView {
    Q_OBJECT
public:
    EffectiveFieldView(Workspace& workspace, QStringList photographs, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {900, 420}; }
    MapTiles* maps() const { return m_tiles; }
    // Null while there is none.
    const EffectiveField* trained() const { return m_result.trained.get(); }
    const EffectiveField* untrained() const { return m_result.untrained.get(); }

protected:
    void start() override;
    bool hasResult() const override { return m_result.trained != nullptr; }
    void forget() override;
    void showResult() override;
    QString meaning() const override;
    QString subject() const override;
    unsigned follows() const override { return Changes::Step | Changes::Channel | Changes::Cell; }
    void refresh(const Changes& changes) override;

private:
    struct Result {
        FieldCell cell;
        SeenRange seen;
        std::uint64_t seed = 0;
        int untrainedChannel = 0;  // its strongest there
        std::shared_ptr<const EffectiveField> trained, untrained;
        QImage picture;
    };
    FieldCell cellInQuestion() const;
    MapTile tileOf(const QString& title, const std::shared_ptr<const EffectiveField>& field) const;
    QString sizeText(const EffectiveField& field) const;

    QStringList m_photographs;
    Result m_result;
    QButtonGroup* m_over;
    QSpinBox* m_seed;
    MapTiles* m_tiles;
};

}  // namespace resnet::ui
