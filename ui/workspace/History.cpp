#include "ui/workspace/History.h"

#include "ui/words/EditWords.h"

#include <cstdlib>
#include <utility>

namespace resnet::ui {

std::optional<Change> changeBetween(const ViewState& before, const ViewState& after) {
    const auto differs = [&](auto member) { return before.settings.*member != after.settings.*member; };
    if (before.edits != after.edits)
        return Change::Edits;
    if (before.focus.step != after.focus.step)
        return Change::Step;
    if (before.focus.channel != after.focus.channel)
        return Change::Channel;
    if (before.focus != after.focus)
        return Change::Cell;
    if (differs(&ViewSettings::panelView))
        return Change::PanelView;
    if (differs(&ViewSettings::sortKey))
        return Change::Sort;
    if (differs(&ViewSettings::scope))
        return Change::Scale;
    if (differs(&ViewSettings::colors))
        return Change::Colors;
    if (differs(&ViewSettings::filter))
        return Change::Filter;
    if (differs(&ViewSettings::shadedBy))
        return Change::Shading;
    if (differs(&ViewSettings::areNormsShown))
        return Change::Norms;
    if (differs(&ViewSettings::quantity))
        return Change::Quantity;
    if (differs(&ViewSettings::side))
        return Change::Side;
    return std::nullopt;
}

// Whether a change goes on with the one that led to the present.
bool History::goesOn(const Entry& next, qint64 now) const {
    if (!m_lastRecord || m_position == 0)
        return false;
    const Entry& present = m_entries[m_position];
    if (next.change != present.change)
        return false;
    if (next.change == Change::Edits && !concernOnePart(present.editsBefore, next.state.edits))
        return false;
    const bool isWalk =
        next.change == Change::Step && std::abs(next.state.focus.step - present.state.focus.step) == 1;
    return isWalk || (next.isPlaying && present.isPlaying) || now - *m_lastRecord < soon;
}

void History::record(const ViewState& present, qint64 now, bool isPlaying) {
    if (m_entries.empty()) {
        m_entries = {{present}};
        return;
    }
    const std::optional<std::size_t> left = std::exchange(m_left, std::nullopt);
    if (left && m_entries[*left].state == present) {  // the run that undo or redo asked for came to nothing
        m_position = *left;
        return;
    }
    const std::optional<Change> change = changeBetween(m_entries[m_position].state, present);
    if (!change)
        return;
    Entry next{present, *change, isPlaying, m_entries[m_position].state.edits};
    m_entries.resize(m_position + 1);
    if (goesOn(next, now)) {
        next.editsBefore = m_entries.back().editsBefore;
        m_entries.back() = next;
    } else {
        m_entries.push_back(next);
    }
    if (m_entries.size() > longest)
        m_entries.erase(m_entries.begin());
    m_position = m_entries.size() - 1;
    m_lastRecord = now;
    if (m_position > 0 && m_entries[m_position - 1].state == present) {  // there and back again
        m_entries.pop_back();
        --m_position;
        m_lastRecord.reset();
    }
}

void History::amend(const ViewState& present) {
    if (!m_entries.empty())
        m_entries[m_position].state = present;
}

const ViewState& History::undo() {
    m_lastRecord.reset();
    m_left = m_left.value_or(m_position);
    return m_entries[--m_position].state;
}

const ViewState& History::redo() {
    m_lastRecord.reset();
    m_left = m_left.value_or(m_position);
    return m_entries[++m_position].state;
}

}  // namespace resnet::ui
