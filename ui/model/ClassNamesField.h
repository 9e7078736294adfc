#pragma once

#include "ui/widgets/ChoiceBox.h"
#include "ui/workspace/BackgroundJob.h"

#include <string>
#include <vector>

namespace resnet::ui {

// Chooses class names: those in use, ImageNet's, numbers, or those of a file.
class ClassNamesField : public ChoiceBox {
    Q_OBJECT
public:
    explicit ClassNamesField(QWidget* parent = nullptr);

    // `names` becomes the only choice beside the standing ones, and is chosen.
    void show(const std::vector<std::string>& names);
    const std::vector<std::string>& names() const { return m_names; }

public Q_SLOTS:
    // Takes the names of a file, read in the background: one per line, or JSON. A file that cannot be read
    // changes nothing.
    void openFile(const QString& path);

Q_SIGNALS:
    void namesChanged();
    void failed(const QString& message);

private:
    enum Choice { Own, ImageNet, Numbers, File };
    void choose(int index);
    void askForFile();
    void take(std::vector<std::string> names);

    std::vector<std::string> m_names;
    std::vector<std::string> m_own;
    int m_chosen = Own;
    BackgroundJob m_reading;
};

}  // namespace resnet::ui
