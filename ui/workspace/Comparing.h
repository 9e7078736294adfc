#pragma once

#include "core/inference/PackedNetwork.h"
#include "ui/workspace/BackgroundJob.h"
#include "ui/workspace/ModelMemory.h"
#include "ui/workspace/Session.h"

#include <QObject>
#include <QString>

#include <optional>

namespace resnet::ui {

// What a person has chosen to compare with: another network, another picture, or both. What is not said is
// as in the session, whatever is open there.
struct ComparedWith {
    QString name;  // of it, for people
    ModelPtr model;
    PicturePtr picture;
    std::optional<Edits> edits;  // nothing: none of another network, those of the session's own

    bool isEmpty() const { return !model && !picture; }
};

// The other run that the session's is compared with, B, where a person has chosen one. It is computed in the
// background, and anew when what it shares with the session is another.
class Comparing : public QObject {
    Q_OBJECT
public:
    explicit Comparing(const EngineOptions& options = {}, QObject* parent = nullptr);

    // Reads a picture or weights, whichever the content says; nothing changes if that fails.
    void openFile(const QString& path, const ModelRequest& request, const ModelMemory& memory);
    void compareWith(const ComparedWith& with);
    const ComparedWith& with() const { return m_with; }
    // Starts what is missing. `packed` is of the session's network, to be shared, or null.
    void follow(const Session& session, const std::shared_ptr<const PackedNetwork>& packed);
    // Complete, and of what the session is of as far as they share it; of no network while there is none.
    Run runFor(const Session& session) const;
    // What its network sees of the picture, 8-bit; of the run that runFor() gives.
    const std::shared_ptr<const Image>& image() const { return m_image; }

Q_SIGNALS:
    // Another choice, or its run is there.
    void changed();
    void failed(const resnet::Error& error);

private:
    // A run and what it is of.
    struct Subject {
        ModelPtr model;
        PicturePtr picture;
        Edits edits;

        bool operator==(const Subject&) const = default;
    };
    Subject subjectFor(const Session& session) const;

    const EngineOptions m_options;
    ComparedWith m_with;
    std::optional<Subject> m_asked;  // being computed or tried
    Subject m_computed;
    Run m_run;
    std::shared_ptr<const Image> m_image;
    BackgroundJob m_reading;
    BackgroundJob m_computing;
};

}  // namespace resnet::ui
