#pragma once

#include <QDialog>

#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;

namespace resnet::ui {

class WeightsDownloader;
class Workspace;

// Says what would be fetched, from where and to where, and fetches it when asked. What goes wrong is said in
// one line, with what to do by hand instead. Closing it stops the transfer; what has come stays.
class DownloadDialog : public QDialog {
    Q_OBJECT
public:
    explicit DownloadDialog(std::unique_ptr<WeightsDownloader> downloader, QWidget* parent = nullptr);
    ~DownloadDialog() override;

    void done(int result) override;

Q_SIGNALS:
    void fetched(const QString& path);

private:
    void showState();
    void showProgress(qint64 received, qint64 total);
    void showFailure(const QString& reason);
    void say(const QString& text, const char* role);
    void startOrStop();

    std::unique_ptr<WeightsDownloader> m_downloader;
    QProgressBar* m_progress;
    QLabel* m_status;
    QPushButton* m_start;
};

// Opens the dialog for torchvision's ResNet-34, whose file goes into `folder`, without waiting for it. The
// workspace opens the file when it is there.
void showWeightsDownload(Workspace& workspace, const QString& folder, QWidget* parent);

}  // namespace resnet::ui
