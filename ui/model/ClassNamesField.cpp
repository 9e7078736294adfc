#include "ui/model/ClassNamesField.h"

#include "core/Error.h"
#include "core/model/ClassNames.h"
#include "ui/words/SettingWords.h"

#include <QFileDialog>
#include <QFileInfo>

namespace resnet::ui {

ClassNamesField::ClassNamesField(QWidget* parent)
    : ChoiceBox(parent), m_reading(tr("not enough memory for the class names")) {
    addItem({});
    addItem(tr("ImageNet's 1000 names"));
    addItem(tr("Numbers"));
    addItem(tr("From a file…"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(28);
    setAccessibleName(tr("Class names"));
    setToolTip(
        tr("What the network's outputs are called: from a text file with one name per line, or a JSON list"));
    connect(this, &QComboBox::activated, this, &ClassNamesField::choose);
}

void ClassNamesField::show(const std::vector<std::string>& names) {
    m_reading.cancel();
    m_own = m_names = names;
    m_chosen = Own;
    setItemText(Own, namesText(names));
    setCurrentIndex(Own);
}

void ClassNamesField::choose(int index) {
    switch (Choice(index)) {
        case Own:
            take(m_own);
            break;
        case ImageNet:
            take(imageNetClassNames());
            break;
        case Numbers:
            take(numberedClassNames(int(m_own.size())));
            break;
        case File:
            setCurrentIndex(m_chosen);
            askForFile();
            return;
    }
    m_chosen = index;
}

void ClassNamesField::askForFile() {
    auto* dialog =
        new QFileDialog(this, tr("Class names"), {}, tr("Class names (*.txt *.json *.csv);;All files (*)"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &ClassNamesField::openFile);
    dialog->open();
}

void ClassNamesField::openFile(const QString& path) {
    m_reading.start(
        [file = QFile::encodeName(path).toStdString()](const BackgroundJob::Context& context) {
            return readClassNames(file, context.stop());
        },
        [this, path](const std::vector<std::string>& names) {
            show(names);
            setItemText(Own, tr("%1: %2").arg(QFileInfo(path).fileName(), namesText(names)));
            Q_EMIT namesChanged();
        },
        [this](const Error& error) { Q_EMIT failed(QString::fromUtf8(error.what())); });
}

void ClassNamesField::take(std::vector<std::string> names) {
    m_reading.cancel();
    m_names = std::move(names);
    Q_EMIT namesChanged();
}

}  // namespace resnet::ui
