#include "core/network/Graph.h"
#include "core/weights/KerasNames.h"
#include "tests/TestPrograms.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace resnet;

namespace {

using Names = std::map<std::string, std::string, std::less<>>;

// A Keras file as a list of variables with the names that they must be given, in the order of writing.
class Writer {
public:
    enum class Style { Numbered, Named };

    void convolution(const std::string& path, int side, int in, int out, const std::string& name) {
        add(path, {"kernel"}, {{side, side, in, out}}, {name + ".weight"});
    }
    void norm(const std::string& path, int channels, const std::string& name) {
        add(path, {"gamma", "beta", "moving_mean", "moving_variance"},
            {{channels}, {channels}, {channels}, {channels}},
            {name + ".weight", name + ".bias", name + ".running_mean", name + ".running_var"});
    }
    void dense(const std::string& path, int in, int out) {
        add(path, {"kernel", "bias"}, {{in, out}, {out}}, {"fc.weight", "fc.bias"});
    }

    Style style = Style::Numbered;
    std::vector<KerasVariable> variables;
    Names expected;

private:
    void add(const std::string& path, const std::vector<std::string>& names,
             const std::vector<std::vector<std::int64_t>>& shapes, const std::vector<std::string>& meant) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            const std::string whole =
                path + (style == Style::Numbered ? "/vars/" + std::to_string(i) : "/" + names[i] + ":0");
            variables.push_back({whole, shapes[i]});
            expected[whole] = meant[i];
        }
    }
};

std::string numbered(const std::string& name, int number) {
    return number == 0 ? name : name + "_" + std::to_string(number);
}

constexpr int stageUnits[] = {3, 4, 6, 3};

// The textbook network. `place` gives a layer's path from its unit's, its list and its name in that list.
Writer textbook(Writer::Style style, const std::string& root, const std::string& unitName,
                const std::vector<std::string>& lists) {
    Writer file;
    file.style = style;
    file.convolution(root + "conv2d", 7, 3, 64, "conv1");
    file.norm(root + "batch_normalization", 64, "bn1");
    int number = 0, in = 64;
    for (int stage = 0; stage < 4; ++stage)
        for (int unit = 0; unit < stageUnits[stage]; ++unit, ++number) {
            const int out = 64 << stage;
            const std::string path = root + numbered(unitName, number) + "/";
            const std::string name = "layer" + std::to_string(stage + 1) + "." + std::to_string(unit) + ".";
            file.convolution(path + lists[0] + "/conv2d", 3, in, out, name + "conv1");
            file.norm(path + lists[0] + "/batch_normalization", out, name + "bn1");
            file.convolution(path + lists[0] + "/conv2d_1", 3, out, out, name + "conv2");
            file.norm(path + lists[0] + "/batch_normalization_1", out, name + "bn2");
            if (in != out) {
                file.convolution(path + lists[1] + "/conv2d", 1, in, out, name + "downsample.0");
                file.norm(path + lists[1] + "/batch_normalization", out, name + "downsample.1");
            }
            in = out;
        }
    file.dense(root + "dense", 512, 10);
    return file;
}

// All layers side by side, numbered in the order they were made, as in a functional model.
Writer flat(const std::string& root) {
    Writer file;
    int convolutions = 0, norms = 0, in = 64;
    const auto pair = [&](int side, int from, int to, const std::string& convolution,
                          const std::string& norm) {
        file.convolution(root + numbered("conv2d", convolutions++), side, from, to, convolution);
        file.norm(root + numbered("batch_normalization", norms++), to, norm);
    };
    pair(7, 3, 64, "conv1", "bn1");
    for (int stage = 0; stage < 4; ++stage)
        for (int unit = 0; unit < stageUnits[stage]; ++unit) {
            const int out = 64 << stage;
            const std::string name = "layer" + std::to_string(stage + 1) + "." + std::to_string(unit) + ".";
            pair(3, in, out, name + "conv1", name + "bn1");
            if (in != out && stage == 2)  // made in this order, or in the other
                pair(1, in, out, name + "downsample.0", name + "downsample.1");
            pair(3, out, out, name + "conv2", name + "bn2");
            if (in != out && stage != 2)
                pair(1, in, out, name + "downsample.0", name + "downsample.1");
            in = out;
        }
    file.dense(root + "dense", 512, 10);
    return file;
}

// Units with layers as attributes, and units in a list, of two classes.
Writer attributes() {
    Writer file;
    file.convolution("stem/conv", 7, 3, 64, "conv1");
    file.norm("stem/norm", 64, "bn1");
    int in = 64, identity = 0, projection = 0;
    for (int stage = 0; stage < 4; ++stage)
        for (int unit = 0; unit < stageUnits[stage]; ++unit) {
            const int out = 64 << stage;
            const std::string path =
                "blocks/" +
                (in != out ? numbered("projection_block", projection++) : numbered("block", identity++)) +
                "/";
            const std::string name = "layer" + std::to_string(stage + 1) + "." + std::to_string(unit) + ".";
            file.convolution(path + "conv1", 3, in, out, name + "conv1");
            file.norm(path + "bn1", out, name + "bn1");
            file.convolution(path + "conv2", 3, out, out, name + "conv2");
            file.norm(path + "bn2", out, name + "bn2");
            if (in != out) {
                file.convolution(path + "shortcut_conv", 1, in, out, name + "downsample.0");
                file.norm(path + "shortcut_norm", out, name + "downsample.1");
            }
            in = out;
        }
    file.dense("head", 512, 10);
    return file;
}

void check(Writer file, const std::vector<std::string>& order = {}) {
    std::ranges::sort(file.variables, {}, &KerasVariable::path);  // as HDF5 lists them
    const Names found = torchvisionNames(file.variables, order);
    for (const auto& [path, name] : file.expected) {
        const auto given = found.find(path);
        QVERIFY2(given != found.end(), path.c_str());
        QVERIFY2(given->second == name, (path + ": expected " + name + ", found " + given->second).c_str());
    }
    QCOMPARE(found.size(), file.expected.size());
}

}  // namespace

class KerasNamesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textbookUnits() {
        check(textbook(Writer::Style::Numbered, "layers/", "res_unit", {"main_layers", "skip_layers"}));
        check(textbook(Writer::Style::Numbered, "_layer_checkpoint_dependencies/", "anything", {"a", "z"}));
        check(textbook(Writer::Style::Numbered, "layers/functional/layers/", "block",
                       {"way/layers", "cut/layers"}));
        check(textbook(Writer::Style::Named, "model_weights/", "residual", {"left", "right"}));
    }

    void layersSideBySide() {
        check(flat("layers/"));
        check(flat(""));
    }

    void unitsOfTwoClasses() { check(attributes()); }

    void theFilesOwnOrderGoesFirst() {
        const std::vector<std::string> order{"stem", "zebra", "ape", "head"};
        Writer file;
        file.style = Writer::Style::Named;
        file.convolution("stem/m/stem", 7, 3, 8, "conv1");
        file.norm("stem/m/norm", 8, "bn1");
        for (const auto& [unit, name] : {std::pair{"zebra", "layer1.0."}, std::pair{"ape", "layer1.1."}}) {
            file.convolution(std::string(unit) + "/m/c_1", 3, 8, 8, std::string(name) + "conv1");
            file.norm(std::string(unit) + "/m/n_1", 8, std::string(name) + "bn1");
            file.convolution(std::string(unit) + "/m/c_2", 3, 8, 8, std::string(name) + "conv2");
            file.norm(std::string(unit) + "/m/n_2", 8, std::string(name) + "bn2");
        }
        file.dense("head/m/head", 8, 2);
        check(file, order);
    }

    void strangersStayUnnamed() {
        QVERIFY(torchvisionNames({}, {}).empty());
        QVERIFY(torchvisionNames({{"a", {1}}, {"/", {}}, {"//vars/0", {3, 3, 3, 3}}, {"vars/0", {1, 2}}}, {})
                    .empty());
    }

    void aPathOfEndlessGroupsIsNoLayer() {
        std::string deep;
        for (int i = 0; i < 400; ++i)
            deep += "a/";
        const Names names = torchvisionNames({{"c/vars/0", {7, 7, 3, 1}},
                                              {"u/a/vars/0", {3, 3, 1, 1}},
                                              {"u/b/vars/0", {3, 3, 1, 1}},
                                              {deep + "vars/0", {1, 2}}},
                                             {});
        QCOMPARE(names.size(), std::size_t(3));
    }

    void aPathWrittenInTwoWaysIsNoUnit() {  // found by fuzzing
        const Names names = torchvisionNames(
            {{"c/vars/0", {7, 7, 3, 1}}, {"u/c/vars/0", {3, 3, 1, 1}}, {"u//c/vars/0", {3, 3, 1, 1}}}, {});
        QVERIFY(!names.contains("u/c/vars/0") || !names.contains("u//c/vars/0"));
    }
};

RESNET_TEST(KerasNamesTest)
#include "KerasNamesTest.moc"
