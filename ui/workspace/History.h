#pragma once

#include "core/network/Edits.h"
#include "ui/workspace/Focus.h"
#include "ui/workspace/ViewSettings.h"

#include <optional>
#include <vector>

namespace resnet::ui {

// All that undo and redo bring back, as a value.
struct ViewState {
    Focus focus;
    ViewSettings settings;
    Edits edits;

    bool operator==(const ViewState&) const = default;
};

// What differs between two states; of several things the one that brought the others with it.
enum class Change {
    Step,
    Channel,
    Cell,
    PanelView,
    Sort,
    Scale,
    Colors,
    Filter,
    Shading,
    Norms,
    Quantity,
    Side,
    Edits
};
std::optional<Change> changeBetween(const ViewState& before, const ViewState& after);

// The states that undo and redo go over. A change becomes part of the one before it when it is of the same
// kind and soon after it, or goes on playing or walking step by step, so that a drag or a held key is one.
class History {
public:
    static constexpr std::size_t longest = 200;
    static constexpr qint64 soon = 1000;  // milliseconds

    struct Entry {
        ViewState state;
        Change change = Change::Step;  // that led here
        bool isPlaying = false;
        Edits editsBefore = {};  // of Change::Edits
    };

    // The first state is where the history begins. `now` is in milliseconds of any clock. Forgets what could
    // be redone.
    void record(const ViewState& present, qint64 now, bool isPlaying = false);
    // A change that nobody made: it belongs to the present entry.
    void amend(const ViewState& present);

    // What would be undone or redone; null if there is nothing.
    const Entry* undoable() const { return m_position > 0 ? &m_entries[m_position] : nullptr; }
    const Entry* redoable() const {
        return m_position + 1 < m_entries.size() ? &m_entries[m_position + 1] : nullptr;
    }
    // Whether undo or redo has been asked for and not yet recorded as done, or as come to nothing.
    bool isOnItsWay() const { return m_left.has_value(); }
    // The state to go to. Only if there is one.
    const ViewState& undo();
    const ViewState& redo();

private:
    bool goesOn(const Entry& next, qint64 now) const;

    std::vector<Entry> m_entries;  // the first is where it began
    std::size_t m_position = 0;
    std::optional<qint64> m_lastRecord;  // nothing after undo and redo: the next change stands alone
    std::optional<std::size_t> m_left;   // where undo or redo left from, until the next record
};

}  // namespace resnet::ui
