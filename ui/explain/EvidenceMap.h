#pragma once

#include "core/tensor/FeatureMaps.h"
#include "ui/painting/MapImage.h"
#include "ui/painting/Theme.h"

#include <QImage>
#include <QWidget>

#include <optional>

namespace resnet::ui {

// A map that explains a class, over the picture, with its title, its colour bar, and the number under the
// cursor.
class EvidenceMap : public QWidget {
    Q_OBJECT
public:
    explicit EvidenceMap(QWidget* parent = nullptr);

    // `map` is 1 x h x w; null shows the picture alone.
    void setContent(const QImage& picture, FeatureMapsPtr map, const ValueRange& scale);
    void setTexts(const QString& title, const QString& caption);
    void setTheme(const Theme& theme);

    const FeatureMapsPtr& map() const { return m_map; }
    QRectF pictureRect() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QString readout(const QPointF& point) const;

    QImage m_shown;
    FeatureMapsPtr m_map;
    ValueRange m_scale{-1.0f, 1.0f};
    QString m_title;
    QString m_caption;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
