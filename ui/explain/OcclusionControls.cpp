#include "ui/explain/OcclusionControls.h"

#include "ui/painting/Theme.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextSize.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

QSpinBox* pixelBox(const QString& name, int value, int lowest) {
    auto* box = new QSpinBox;
    box->setRange(lowest, 256);
    box->setSingleStep(4);
    box->setValue(value);
    box->setSuffix(QStringLiteral(" px"));
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    keepWidth(*box, 64);
    box->setAccessibleName(name);
    return box;
}

// "about 8 s", "about 2 min".
QString durationText(double milliseconds) {
    const double seconds = milliseconds / 1000.0;
    if (seconds < 1.5)
        return OcclusionControls::tr("about a second");
    if (seconds < 90.0)
        return OcclusionControls::tr("about %1 s").arg(int(std::lround(seconds)));
    return OcclusionControls::tr("about %1 min").arg(int(std::lround(seconds / 60.0)));
}

}  // namespace

OcclusionControls::OcclusionControls(QWidget* parent)
    : QWidget(parent),
      m_patch(pixelBox(tr("Side of the patch"), 32, 1)),
      m_stride(pixelBox(tr("Distance between patches"), 16, 4)),
      m_button(new QPushButton),
      m_progress(new QProgressBar),
      m_label(new ElidedLabel) {
    m_label->setProperty("role", QStringLiteral("secondary"));
    m_progress->setTextVisible(false);
    keepWidth(*m_progress, 120);
    m_progress->setAccessibleName(tr("Progress of the occlusion"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * Theme::grid);
    for (const auto& [text, box] : {std::pair(tr("Patch"), m_patch), {tr("every"), m_stride}}) {
        auto* label = new QLabel(text);
        label->setBuddy(box);
        row->addWidget(label);
        row->addWidget(box);
        connect(box, &QSpinBox::valueChanged, this, &OcclusionControls::tellEstimate);
    }
    row->addWidget(m_button);
    row->addWidget(m_progress);
    row->addWidget(m_label, 1);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_isRunning)
            Q_EMIT cancelled();
        else
            Q_EMIT started();
    });
    showIdle();
}

OcclusionRequest OcclusionControls::request() const {
    OcclusionRequest request;
    request.patch = m_patch->value();
    request.stride = m_stride->value();
    return request;
}

void OcclusionControls::setInput(const FeatureShape& input) {
    if (m_input != input)
        m_millisecondsOfPatch = 0.0;
    m_input = input;
    tellEstimate();
}

void OcclusionControls::setReady(bool ready, const QString& reason) {
    m_button->setEnabled(ready || m_isRunning);
    m_button->setToolTip(ready ? QString() : reason);
}

void OcclusionControls::tellEstimate() {
    if (m_isRunning || m_input.size() == 0)
        return;
    const int patches = int(occlusionShape(m_input, request()).pixels());
    QString text = tr("%1 patches").arg(patches);
    if (m_millisecondsOfPatch > 0.0)
        text += QStringLiteral(", ") + durationText(patches * m_millisecondsOfPatch);
    m_label->setText(text);
}

void OcclusionControls::showRunning() {
    m_isRunning = true;
    m_button->setText(tr("Cancel"));
    m_button->setEnabled(true);
    m_progress->setRange(0, 0);
    m_progress->setVisible(true);
    m_label->setText(tr("preparing"));
    m_patch->setEnabled(false);
    m_stride->setEnabled(false);
}

void OcclusionControls::showProgress(const OcclusionProgress& progress, double millisecondsOfPatch) {
    m_progress->setRange(0, progress.total);
    m_progress->setValue(progress.done);
    m_millisecondsOfPatch = millisecondsOfPatch;
    const QString done = tr("%1 of %2").arg(progress.done).arg(progress.total);
    const double left = m_millisecondsOfPatch * (progress.total - progress.done);
    // The first patches say little about the rest.
    m_label->setText(progress.done < 4 ? done : tr("%1, %2 left").arg(done, durationText(left)));
}

void OcclusionControls::showIdle() {
    m_isRunning = false;
    m_button->setText(tr("Start"));
    m_progress->setVisible(false);
    m_patch->setEnabled(true);
    m_stride->setEnabled(true);
    tellEstimate();
}

}  // namespace resnet::ui
