#include "ui/download/DownloadDialog.h"

#include "ui/download/WeightsDownloader.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/FactList.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextSize.h"
#include "ui/workspace/Workspace.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace resnet::ui {

namespace {

constexpr int progressSteps = 1000;
constexpr int dialogWidth = 480;

QString mebibytes(qint64 bytes) {
    return QLocale::c().toString(double(bytes) / (1024.0 * 1024.0), 'f', 1);
}

QString shortened(const QString& folder) {
    const QString home = QDir::homePath();
    return folder.startsWith(home + QLatin1Char('/')) ? QLatin1Char('~') + folder.mid(home.size()) : folder;
}

}  // namespace

DownloadDialog::DownloadDialog(std::unique_ptr<WeightsDownloader> downloader, QWidget* parent)
    : QDialog(parent),
      m_downloader(std::move(downloader)),
      m_progress(new QProgressBar),
      m_status(new Paragraph),
      m_start(nullptr) {
    setWindowTitle(tr("Get the ImageNet weights"));
    const PublishedWeights& weights = m_downloader->weights();
    auto* facts = new FactList;
    facts->setFacts(
        {{tr("File"), weights.fileName},
         {tr("From"), weights.url.host()},
         {tr("Size"), mebibytes(weights.size) + tr(" MiB")},
         {tr("To"), shortened(QFileInfo(m_downloader->target()).path())},
         {tr("Checked by"), tr("SHA-256, %1…").arg(QString::fromLatin1(weights.sha256.left(16)))}});

    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the download"));
    m_status->setAccessibleName(tr("State of the download"));
    m_status->setMinimumHeight(3 * fontMetrics().lineSpacing());
    m_status->setAlignment(Qt::AlignTop | Qt::AlignLeft);

    auto* buttons = new QDialogButtonBox;
    m_start = buttons->addButton(tr("&Download"), QDialogButtonBox::ActionRole);
    QPushButton* close = buttons->addButton(QDialogButtonBox::Close);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, &DownloadDialog::startOrStop);

    auto* explanation = new Paragraph(tr(
        "torchvision's ResNet-34, trained on the 1000 classes of ImageNet. This is the only thing that the program ever fetches from the internet, and only when you press Download; nothing about you or your pictures is sent."));
    explanation->setProperty("role", QStringLiteral("secondaryBody"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(20, 20, 20, 20);
    rows->setSpacing(4 * Theme::grid);
    rows->addWidget(explanation);
    rows->addWidget(facts);
    rows->addWidget(m_progress);
    rows->addWidget(m_status);
    rows->addStretch(1);
    rows->addWidget(buttons);
    keepLeastWidth(*this, dialogWidth);
    close->setAutoDefault(false);
    m_start->setDefault(true);

    connect(m_downloader.get(), &WeightsDownloader::stateChanged, this, &DownloadDialog::showState);
    connect(m_downloader.get(), &WeightsDownloader::progressed, this, &DownloadDialog::showProgress);
    connect(m_downloader.get(), &WeightsDownloader::failed, this, &DownloadDialog::showFailure);
    connect(m_downloader.get(), &WeightsDownloader::finished, this, [this](const QString& path) {
        Q_EMIT fetched(path);
        accept();
    });
    showState();
    resize(dialogWidth, layout()->totalHeightForWidth(dialogWidth));
}

DownloadDialog::~DownloadDialog() = default;

void DownloadDialog::done(int result) {
    m_downloader->cancel();
    QDialog::done(result);
}

void DownloadDialog::startOrStop() {
    if (m_downloader->state() == WeightsDownloader::State::Idle)
        m_downloader->start();
    else
        m_downloader->cancel();
}

void DownloadDialog::showState() {
    using State = WeightsDownloader::State;
    const State state = m_downloader->state();
    if (state == State::Idle) {
        const qint64 part = m_downloader->partSize();
        const bool isHere = QFileInfo(m_downloader->target()).isFile();
        m_start->setText(isHere ? tr("&Open") : part > 0 ? tr("&Continue") : tr("&Download"));
        m_start->setToolTip(isHere ? tr("Check the file and open it")
                                   : tr("Fetch the file, check it and open it (Enter)"));
        showProgress(part, m_downloader->weights().size);
        say(isHere     ? tr("The file is there already.")
            : part > 0 ? tr("%1 MiB are there already; the download goes on from them.").arg(mebibytes(part))
                       : tr("If you stop, the part already downloaded is kept and resumed."),
            "secondaryBody");
        return;
    }
    m_start->setText(tr("&Stop"));
    m_start->setToolTip(tr("Stop the download; what has come is kept for the next time"));
    if (state == State::Checking)
        say(tr("Checking the sum…"), "secondaryBody");
}

void DownloadDialog::showProgress(qint64 received, qint64 total) {
    m_progress->setValue(total > 0 ? int(std::min(received, total) * progressSteps / total) : 0);
    if (m_downloader->state() == WeightsDownloader::State::Fetching)
        say(tr("%1 of %2 MiB").arg(mebibytes(received), mebibytes(total)), "secondaryBody");
}

void DownloadDialog::showFailure(const QString& reason) {
    say(tr("Not fetched: %1. By hand: put %2 into %3, or open it from anywhere with Open weights.")
            .arg(reason, m_downloader->weights().fileName,
                 shortened(QFileInfo(m_downloader->target()).path())),
        "warning");
}

void DownloadDialog::say(const QString& text, const char* role) {
    m_status->setText(text);
    if (m_status->property("role") == QString::fromLatin1(role))
        return;
    m_status->setProperty("role", QString::fromLatin1(role));
    m_status->style()->unpolish(m_status);
    m_status->style()->polish(m_status);
}

void showWeightsDownload(Workspace& workspace, const QString& folder, QWidget* parent) {
    auto* dialog = parent ? parent->findChild<DownloadDialog*>() : nullptr;
    if (!dialog) {
        dialog =
            new DownloadDialog(std::make_unique<WeightsDownloader>(torchvisionResNet34(), folder), parent);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(dialog, &DownloadDialog::fetched, &workspace, &Workspace::openWeightsFile);
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

}  // namespace resnet::ui
