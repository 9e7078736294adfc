#include "ui/workspace/Notice.h"

#include <QCoreApplication>

namespace resnet::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Notice)
};

}  // namespace

Notice savedNotice(const QString& path, const QStringList& notes) {
    const QStringList sentences = QStringList(Words::tr("Saved %1").arg(path)) + notes;
    return {Notice::Kind::Information, sentences.join(Words::tr(". ")), {}, path};
}

}  // namespace resnet::ui
