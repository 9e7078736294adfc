#include "ui/window/ExportActions.h"

#include "core/explain/ClassActivation.h"
#include "ui/exports/FigureFile.h"
#include "ui/exports/PngWriter.h"
#include "ui/images/QtImage.h"
#include "ui/painting/ContactSheet.h"
#include "ui/painting/OverlayPainter.h"
#include "ui/widgets/Labels.h"
#include "ui/window/AnimationDialog.h"
#include "ui/window/ViewExportDialog.h"
#include "ui/words/NumberText.h"
#include "ui/workspace/FileDialogs.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr double copyScale = 2.0;

}  // namespace

void copyNumber(Workspace& workspace, double number) {
    const QString text = QString::number(number, 'g', 9);
    QGuiApplication::clipboard()->setText(text);
    workspace.post({Notice::Kind::Information, ExportActions::tr("Copied: %1").arg(text), {}});
}

ExportActions::ExportActions(Workspace& workspace, std::function<void()> chooseExport, QWidget* window)
    : QObject(window),
      m_workspace(workspace),
      m_window(window),
      m_menu(new QMenu(tr("&Export"), window)),
      m_saver(workspace),
      m_copying(tr("not enough memory for a picture of this size")) {
    m_menu->setToolTipsVisible(true);
    addPictures(std::move(chooseExport));
    addTables();
    addNumbers();
    connect(&m_workspace, &Workspace::changed, this, [this](const Changes& changes) {
        if (changes.have(Changes::anySession | Changes::Step | Changes::Cell | Changes::Shown))
            updateState();
    });
    updateState();
}

void ExportActions::addPictures(std::function<void()> chooseExport) {
    addHeading(*m_menu, tr("Pictures"));
    const auto network = [this] { return withoutNetwork(); };
    add(tr("&Diagram…"), Qt::CTRL | Qt::Key_E,
        tr("Save or copy the diagram: SVG, PDF, PNG, Graphviz, TikZ or Mermaid"), network,
        std::move(chooseExport));
    add(tr("This &view…"), Qt::CTRL | Qt::SHIFT | Qt::Key_E,
        tr("Save or copy the view that was used last, or another: PNG, SVG or PDF"), network,
        [this] { exportView(); });
    m_copy = add(tr("Cop&y this view"), Qt::CTRL | Qt::SHIFT | Qt::Key_C,
                 tr("Put the view that was used last on the clipboard, as a picture and as SVG"), network,
                 [this] { copyView(); });
    m_copyNumber = add(
        tr("Copy &number"), Qt::CTRL | Qt::ALT | Qt::Key_C,
        tr("Put the value of the selected cell, or of the class, on the clipboard, in nine digits"),
        [this] { return withoutNumber(); }, [this] { copyNumber(); });
    add(
        tr("&Feature maps on a sheet…"), {}, tr("Save all channels of this step with their indices as PNG"),
        [this] { return withoutStep(); }, [this] { exportSheet(); });
    add(
        tr("&Class activation map…"), {},
        tr("Save what speaks for the class over the picture: the class selected in fc or softmax, else the most probable one"),
        [this] { return withoutActivation(); }, [this] { exportEvidence(); });
    add(
        tr("Forward pass, &animated…"), {},
        tr("Save the forward pass as an animated GIF or as numbered PNGs"),
        [this] { return withoutResult(); }, [this] { exportPass(); });
}

void ExportActions::addTables() {
    addHeading(*m_menu, tr("Tables (CSV)"));
    add(
        tr("All &steps…"), {},
        tr("Save mean, standard deviation, extremes, zeros, norm and time of every step"),
        [this] { return withoutInput(); },
        [this] {
            saveTable(tr("steps"), [](const Snapshot& now) { return stepsTable(now.run, now.options); });
        });
    add(
        tr("C&hannels of this step…"), {}, tr("Save the same figures of every channel of this step"),
        [this] { return withoutStep(); },
        [this] {
            saveTable(stepName() + tr("-channels"), [](const Snapshot& now) {
                return channelsTable(now.run, now.focus.step, now.options);
            });
        });
    add(
        tr("Residual &units…"), {}, tr("Save what the main path adds to the shortcut in every unit"),
        [this] { return withoutInput(); },
        [this] {
            saveTable(tr("units"), [](const Snapshot& now) { return unitsTable(now.run, now.options); });
        });
    add(
        tr("Contributions t&o the class…"), {},
        tr("Save what each feature adds to the class's score: the class selected in fc or softmax, else the most probable one"),
        [this] { return withoutResult(); },
        [this] {
            saveTable(tr("contributions"),
                      [](const Snapshot& now) { return contributionsTable(now.run, now.classInQuestion); });
        });
    add(
        tr("&Terms of the selected number…"), {},
        tr("Save the values and weights that the number in the selected cell was made of"),
        [this] { return withoutCell(); },
        [this] {
            saveTable(stepName() + tr("-terms"), [](const Snapshot& now) {
                const Cell cell = *now.focus.cell(now.graph());
                return termsTable(traceOf(now.run, now.focus.step, now.focus.channel, cell.y, cell.x),
                                  now.graph(), now.model->classNames);
            });
        });
}

void ExportActions::addNumbers() {
    addHeading(*m_menu, tr("Numbers (NumPy)"));
    add(
        tr("&Maps of this step…"), {}, tr("Save this step's output: float32, channels × height × width"),
        [this] { return withoutStep(); },
        [this] {
            saveTensor(stepName(),
                       [](const Snapshot& now) { return npyFile(*now.run.output(now.focus.step)); });
        });
    add(
        tr("Selected channe&l…"), {}, tr("Save the selected channel alone: float32, 1 × height × width"),
        [this] { return withoutStep(); },
        [this] {
            saveTensor(QStringLiteral("%1-%2").arg(stepName()).arg(m_workspace.channel()),
                       [](const Snapshot& now) {
                           return npyFile(now.run.output(now.focus.step)->channel(now.focus.channel));
                       });
        });
    add(
        tr("&Input tensor…"), {}, tr("Save what the network is given: float32, 3 × height × width"),
        [this] { return withoutInput(); },
        [this] { saveTensor(tr("input"), [](const Snapshot& now) { return npyFile(*now.run.input()); }); });
}

QAction* ExportActions::add(const QString& text, const QKeySequence& key, const QString& does,
                            std::function<QString()> whyNot, std::function<void()> run) {
    QAction* action = m_menu->addAction(text);
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, std::move(run));
    const QString shown =
        key.isEmpty() ? does : QStringLiteral("%1 (%2)").arg(does, key.toString(QKeySequence::NativeText));
    m_entries.push_back({action, shown, std::move(whyNot)});
    return action;
}

void ExportActions::updateState() {
    for (const Entry& entry : m_entries) {
        const QString reason = entry.whyNot();
        entry.action->setEnabled(reason.isEmpty());
        entry.action->setToolTip(reason.isEmpty() ? entry.does : reason);
    }
}

QString ExportActions::withoutNetwork() const {
    return m_workspace.model() ? QString() : tr("No network is open");
}

QString ExportActions::withoutInput() const {
    return m_workspace.activations().input() ? QString() : tr("No picture is open");
}

QString ExportActions::withoutStep() const {
    if (const QString reason = withoutInput(); !reason.isEmpty())
        return reason;
    return m_workspace.activations().has(m_workspace.currentStep()) ? QString()
                                                                    : tr("This step is not computed yet");
}

QString ExportActions::withoutResult() const {
    if (const QString reason = withoutInput(); !reason.isEmpty())
        return reason;
    return m_workspace.activations().isComplete()
               ? QString()
               : tr("The picture has not gone through the whole network yet");
}

QString ExportActions::withoutActivation() const {
    if (const QString reason = withoutResult(); !reason.isEmpty())
        return reason;
    return isActivationExact(m_workspace.session().graph())
               ? QString()
               : tr("The score of this network is no weighted mean of its last maps");
}

QString ExportActions::withoutNumber() const {
    const FeatureMapsPtr maps = m_workspace.shown().of(m_workspace.currentStep());
    if (!maps)
        return tr("This step is not computed yet");
    return maps->shape().isVector() || m_workspace.cell()
               ? QString()
               : tr("No cell is selected: click one in the enlarged map");
}

QString ExportActions::withoutCell() const {
    if (const QString reason = withoutStep(); !reason.isEmpty())
        return reason;
    if (m_workspace.currentStep() == inputStep)
        return tr("The input is made of pixels");
    return m_workspace.cell() ? QString() : tr("No cell is selected: click one in the enlarged map");
}

QString ExportActions::stepName() const {
    return QString::fromStdString(m_workspace.model()->graph().stepName(m_workspace.currentStep()));
}

void ExportActions::exportView() {
    QList<ViewFigure> views = viewFigures(m_workspace, m_window);
    if (!views.isEmpty())
        ViewExportDialog(m_workspace, std::move(views), m_window).exec();
}

void ExportActions::copyView() {
    const QList<ViewFigure> views = viewFigures(m_workspace, m_window);
    const auto used = std::ranges::find_if(views, &ViewFigure::hasFocus);
    const ViewFigure& view = used == views.end() ? views.front() : *used;
    m_copying.start(
        [figure = view.figure](const BackgroundJob::Context& context) {
            return copyOf(figure, copyScale, context.stop());
        },
        [this, name = view.name](const FigureCopy& copy) {
            QGuiApplication::clipboard()->setMimeData(mimeDataOf(copy));
            m_workspace.post({Notice::Kind::Information, tr("Copied: %1").arg(name), {}});
        },
        [this](const Error& error) {
            m_workspace.post({Notice::Kind::Error, QString::fromUtf8(error.what()), {}});
        });
}

void ExportActions::copyNumber() {
    const FeatureMaps& maps = *m_workspace.shown().of(m_workspace.currentStep());
    const Cell cell = maps.shape().isVector() ? Cell{0, 0} : *m_workspace.cell();
    ui::copyNumber(m_workspace, maps.at(m_workspace.channel(), cell.y, cell.x));
}

void ExportActions::exportSheet() {
    save(stepName() + QStringLiteral(".png"), tr("PNG picture (*.png)"),
         [name = stepName()](const Snapshot& now, const std::stop_token& stop) {
             const StepId step = now.focus.step;
             const ContactSheet sheet(now.run.output(step), name, defaultColorMap);
             return pngBytes(sheet.image(now.theme), stop);
         });
}

void ExportActions::exportEvidence() {
    save(tr("why.png"), tr("PNG picture (*.png)"), [](const Snapshot& now, const std::stop_token& stop) {
        const int shown = now.classInQuestion;
        const ClassActivation cam = classActivation(now.run, shown);
        const OverlayPage page(
            toQImage(now.image), cam.evidence,
            tr("%1: what speaks for %2")
                    .arg(now.picture->name,
                         QString::fromStdString(now.model->classNames[std::size_t(shown)])) +
                (now.model->isTrained() ? QString() : tr(" · untrained")),
            tr("Class activation map: its cells and the bias %1 add up to the logit %2")
                .arg(signedValueText(cam.bias), signedValueText(cam.logit)));
        return pngBytes(page.image(now.theme), stop);
    });
}

void ExportActions::exportPass() {
    AnimationDialog(m_workspace, m_window).exec();
}

void ExportActions::saveTable(const QString& fileName, const std::function<Table(const Snapshot&)>& table) {
    save(fileName + QStringLiteral(".csv"), tr("Comma-separated values (*.csv)"),
         [table](const Snapshot& now, const std::stop_token&) { return csvFile(table(now)); });
}

void ExportActions::saveTensor(const QString& fileName,
                               const std::function<QByteArray(const Snapshot&)>& bytes) {
    save(fileName + QStringLiteral(".npy"), tr("NumPy array (*.npy)"),
         [bytes](const Snapshot& now, const std::stop_token&) { return bytes(now); });
}

// What is saved is what is there when the path is chosen.
void ExportActions::save(const QString& fileName, const QString& filter, const MakeBytes& bytes) {
    const QString path = m_workspace.files().askWhereToSave(FileDialogs::Kind::Exports, m_window,
                                                            tr("Export"), fileName, filter);
    if (path.isEmpty())
        return;
    const Snapshot now{m_workspace.model(),         m_workspace.picture(), m_workspace.croppedImage(),
                       m_workspace.activations(),   m_workspace.focus(),   m_workspace.classInQuestion(),
                       m_workspace.engineOptions(), m_workspace.theme()};
    m_saver.save(path, [now, bytes](const std::stop_token& stop) { return bytes(now, stop); });
}

}  // namespace resnet::ui
