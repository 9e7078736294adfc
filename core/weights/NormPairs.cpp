#include "core/weights/NormPairs.h"

#include "core/weights/NaturalOrder.h"

#include <algorithm>

namespace resnet {

namespace {

using Modules = std::vector<const NetworkModule*>;

// What is left of a name without what it says of its kind.
std::vector<std::string> keyOf(std::string_view name) {
    static const NameWords kinds{"conv",          "convs",         "convolution", "cnn",   "bn",
                                 "bns",           "batch",         "norm",        "norms", "batchnorm",
                                 "normalization", "normalisation", "gn"};
    std::vector<std::string> words = wordsOf(name);
    std::erase_if(words, [](const std::string& word) { return kinds.contains(word); });
    // Of "batchnorm2d" and "conv2d".
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        if (words[i] == "2" && words[i + 1] == "d")
            words.erase(words.begin() + std::ptrdiff_t(i), words.begin() + std::ptrdiff_t(i) + 2);
    return words;
}

class Pairing {
public:
    Pairing(const UnitGroup& unit, bool isInOrder)
        : m_unit(unit), m_isInOrder(isInOrder), m_norms(unit.norms) {}

    NormOfConvolution pair() {
        if (m_unit.shortcut != nullptr)
            pairShortcut();
        const bool isDone = m_norms.size() == m_unit.mainPath.size() && (pairByName() || pairByOrder());
        return isDone ? m_pairs : NormOfConvolution{};
    }

private:
    std::vector<std::string> keyIn(const NetworkModule* module) const {
        return keyOf(std::string_view(module->path).substr(m_unit.prefix.size()));
    }

    // The norm of its name, or one that stands beside it where nothing of the main path does.
    void pairShortcut() {
        const std::string_view parent = parentOf(m_unit.shortcut->path);
        const auto isBeside = [&](const NetworkModule* module) {
            return parent.size() > m_unit.prefix.size() && isBelow(module->path, parent);
        };
        const auto key = keyIn(m_unit.shortcut);
        auto found =
            std::ranges::find_if(m_norms, [&](const NetworkModule* norm) { return keyIn(norm) == key; });
        if (found == m_norms.end() && std::ranges::none_of(m_unit.mainPath, isBeside))
            found = std::ranges::find_if(m_norms, isBeside);
        if (found == m_norms.end())
            return;
        m_pairs[m_unit.shortcut] = *found;
        m_norms.erase(found);
    }

    bool pairByName() {
        NormOfConvolution pairs = m_pairs;
        Modules left = m_norms;
        for (const NetworkModule* convolution : m_unit.mainPath) {
            const auto key = keyIn(convolution);
            const auto fits = [&](const NetworkModule* norm) { return keyIn(norm) == key; };
            if (std::ranges::count_if(left, fits) != 1)
                return false;
            const auto found = std::ranges::find_if(left, fits);
            pairs[convolution] = *found;
            left.erase(found);
        }
        m_pairs = std::move(pairs);
        return true;
    }

    // Those of a Sequential are in order by their numbers.
    bool pairByOrder() {
        Modules all = m_unit.mainPath;
        all.insert(all.end(), m_norms.begin(), m_norms.end());
        std::ranges::sort(all, [&](const NetworkModule* a, const NetworkModule* b) {
            return m_isInOrder ? a->position < b->position : naturallyLess(a->path, b->path);
        });
        const auto isNorm = [](const NetworkModule* module) {
            return module->kind == NetworkModule::Kind::Norm;
        };
        for (std::size_t i = 0; i < all.size(); i += 2) {
            const bool isNormFirst = isNorm(all[i]);
            const NetworkModule* norm = all[isNormFirst ? i : i + 1];
            const NetworkModule* convolution = all[isNormFirst ? i + 1 : i];
            if (isNormFirst != isNorm(all[0]) || !isNorm(norm) || convolution != m_unit.mainPath[i / 2] ||
                (!m_isInOrder && saysItIsBefore(all[i]->path, all[i + 1]->path) != true))
                return false;
            m_pairs[convolution] = norm;
        }
        return true;
    }

    const UnitGroup& m_unit;
    bool m_isInOrder;
    Modules m_norms;  // without the shortcut's
    NormOfConvolution m_pairs;
};

}  // namespace

NormOfConvolution pairNorms(const UnitGroup& unit, bool isInOrder) {
    return Pairing(unit, isInOrder).pair();
}

}  // namespace resnet
