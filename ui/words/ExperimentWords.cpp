#include "ui/words/ExperimentWords.h"

#include "ui/Words.h"
#include "ui/words/EditWords.h"
#include "ui/words/NumberText.h"

#include <algorithm>

namespace resnet::ui {

namespace {

QString className(const std::vector<std::string>& names, int index) {
    return QString::fromStdString(names.at(std::size_t(index)));
}

}  // namespace

QString unitEditSentence(const ResidualUnit& unit, const UnitEdit& edit) {
    if (edit == UnitEdit{})
        return unit.hasAddition()
                   ? Words::tr("as it was opened: both ways count once")
                   : Words::tr("a plain unit, without a shortcut: only its weights can be changed");
    if (edit.weights != UnitWeights())
        return editWords(edit);
    const bool isMainPathOff = edit.mainPathGain == 0.0f;
    const bool isShortcutOff = edit.shortcutGain == 0.0f;
    if (isMainPathOff && isShortcutOff)
        return Words::tr("both ways are switched off: nothing is left of what came");
    if (isMainPathOff && edit.shortcutGain == 1.0f)
        return unit.changesX() ? Words::tr("F(x) is switched off: the unit passes P(x) on")
                               : Words::tr("F(x) is switched off: the unit passes x on");
    if (isShortcutOff && edit.mainPathGain == 1.0f)
        return Words::tr("the shortcut is switched off: all that came must go through F(x)");
    return editWords(edit);
}

QString lesionFigures(const QString& change, const Prediction& prediction, int classInQuestion,
                      const std::vector<std::string>& classNames) {
    const auto share = [&](int index) {
        return className(classNames, index) + QLatin1Char(' ') +
               percentText(prediction.probabilities.at(std::size_t(index)));
    };
    const int top = prediction.top();
    return top == classInQuestion
               ? Words::tr("%1: %2, first").arg(change, share(top))
               : Words::tr("%1: %2; first is %3").arg(change, share(classInQuestion), share(top));
}

QString lesionSummary(const Graph& graph, const Prediction& reference,
                      const std::vector<Prediction>& mainPaths, const std::vector<Prediction>& shortcuts,
                      const std::vector<std::string>& classNames) {
    const int top = reference.top();
    const auto still = [&](const std::vector<Prediction>& predictions) {
        return int(std::ranges::count_if(predictions, [&](const auto& each) { return each.top() == top; }));
    };
    QString summary =
        Words::tr("It still says %1 without one F(x) in %2 of %3 cases, without one shortcut in %4 of %3.")
            .arg(className(classNames, top))
            .arg(still(mainPaths))
            .arg(mainPaths.size())
            .arg(still(shortcuts));
    if (std::ranges::any_of(graph.units(), &ResidualUnit::changesX))
        summary += QLatin1Char(' ') + Words::tr("Dashed: the shortcut changes x.");
    return summary;
}

Explanation scoreWords() {
    return {
        Words::tr("Who wrote the score"),
        Words::tr("score = stem + Σ F + rest"),
        Words::tr(
            "<p>Every unit adds its F(x) to what the shortcuts carry, and the last of it becomes the score of a class. With the masks of all ReLUs held as they are for this picture, the way along the shortcuts is linear, so the score is exactly a sum: what the stem wrote, what each F(x) wrote, the constants of projections, and the bias of the class. The bars add up to the score.</p>"
            "<p><b>That is not what is lost without the unit.</b> Forward paths do not add up, since units are not linear: without a unit the later ones compute something else, and other ReLUs open. The grey bars show what really happens when F(x) of the unit is switched off. Where the two differ much, later units lean on this one, or make up for it.</p>"
            "<p><b>Early exit</b> shows what the network would say if it ended after a unit: F(x) of all units behind it is off, and what is there goes to the classes by the shortcuts and projections alone. Early units build what later ones need; that they say nothing of the class by themselves is no wonder.</p>"
            "<p>One picture proves nothing; <code>resnet-explorer experiment FOLDER --sweep exits</code> does it for many.</p>"),
        {Paper::EnsemblesOfShallowNetworks, Paper::IdentityMappings}};
}

Explanation sweepWords() {
    return {
        Words::tr("Sweeps"),
        QString(),
        Words::tr(
            "<p>One change after the other, each made on the network as it was opened: every F(x) off, every shortcut off, k units off at random, two units of a stage swapped, or all F(x) after the first k units off. Over one picture the bars are the probability of the class; over a folder they are the accuracy if its inner folders are named after the classes, and else how often the network says what it says without the change.</p>"
            "<p>Blue bars switch main paths off, orange ones shortcuts. Hatched bars are units whose shortcut is a projection. The line across is the network as it was opened.</p>"
            "<p><b>Batch norm measured anew.</b> A unit that is off shifts what the batch norms behind it see, while their means and variances are those of the whole network. The second bar is the same change with statistics measured anew over the pictures at hand: what it gives back was not the unit's work, but the shift.</p>"
            "<p>The same, and more, by <code>resnet-explorer experiment</code>.</p>"),
        {Paper::EnsemblesOfShallowNetworks}};
}

Explanation compareWords() {
    return {
        Words::tr("Compare"),
        Words::tr("‖A − B‖ / ‖A‖"),
        Words::tr(
            "<p>A is what is open, B what it is compared with: the network before parts of it were changed, another picture, or another network. Each column is a step: the length of the difference of all its values over the length of A's values. 0 % is equal; 100 % is as much as A itself.</p>"
            "<p>Steps of two networks are paired by their names, that is by stage and unit. At the first column that is not 0 the two part; what comes later has it from there.</p>"
            "<p><b>What explains it?</b> gives B what A has, one thing at a time (padding, epsilon, order of colours, mean and standard deviation, input size, folded batch norms, the weights of single units), and computes again: what leaves no difference is the cause.</p>"
            "<p>The same by <code>resnet-explorer compare A B</code>.</p>"),
        {}};
}

Explanation whatIfWords() {
    return {
        Words::tr("What if?"),
        Words::tr("y = a · F(x) + b · x"),
        Words::tr(
            "<p>What does a part of the network do? Switch it off and look. The sliders say how much the main path F(x) and the shortcut of this unit count: 1 is as it was opened, 0 is off, −1 turns the sign. Everything that follows is computed anew, and all views of the window show the network as it is now; grey beside the prediction, and <i>before</i> in the maps below, is the network as it was opened.</p>"
            "<p><b>The chart</b> switches every way off alone, with all others on, and shows the class in question. It is the experiment of Veit et al. (2016): single units can be missed, since most of what reaches the classes goes around any one of them; in a plain network each would be fatal. That paper's networks have 54 units and more. Where there are fewer, each matters more.</p>"
            "<p><b>Weights.</b> A unit can compute with the weights of another of the same shapes, two can be swapped, and one can be started anew with random weights, from a seed that is told.</p>"
            "<p><b>Mind.</b> One picture proves nothing: <code>resnet-explorer experiment FOLDER</code> does the same over many. And a unit that is off shifts what the batch norms behind it see, whose means and variances are of the whole network; <code>--remeasure-batch-norm</code> tells the two effects apart.</p>"),
        {Paper::EnsemblesOfShallowNetworks, Paper::IdentityMappings}};
}

}  // namespace resnet::ui
