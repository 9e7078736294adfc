#include "ui/workspace/Notice.h"

#include "ui/Words.h"

namespace resnet::ui {

Notice savedNotice(const QString& path, const QStringList& notes) {
    const QStringList sentences = QStringList(Words::tr("Saved %1").arg(path)) + notes;
    return {Notice::Kind::Information, sentences.join(Words::tr(". ")), {}, path};
}

}  // namespace resnet::ui
