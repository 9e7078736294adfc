#include "core/weights/BesideNetwork.h"
#include "core/weights/NetworkNames.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/ListedTensors.h"
#include "tests/core/weights/Refusal.h"
#include "tests/core/weights/SmallParameters.h"

#include <QtTest>

#include <algorithm>

using namespace resnet;

namespace {

StateDict below(const std::string& prefix) {
    StateDict tensors;
    for (const auto& [name, tensor] : smallParameters())
        tensors[prefix + name] = tensor;
    return tensors;
}

Tensor filled(std::vector<std::int64_t> shape, float value = 0.5f) {
    const auto count = std::size_t(elementCount(shape));
    return {std::move(shape), std::vector<float>(count, value)};
}

}  // namespace

class BesideNetworkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isLeftOutWithANote_data() {
        QTest::addColumn<QByteArray>("prefix");
        QTest::addColumn<QByteArray>("stranger");
        QTest::addColumn<QList<int>>("shape");
        QTest::addColumn<QString>("told");
        const auto row = [](const char* prefix, const char* stranger, const QList<int>& shape,
                            const char* told) {
            QTest::newRow(stranger) << QByteArray(prefix) << QByteArray(stranger) << shape
                                    << QString::fromLatin1(told);
        };
        row("", "layer1.0.bn1.num_batches_tracked", {}, "");
        row("module.", "n_averaged", {}, "n_averaged");
        row("", "total_ops", {1}, "total_ops");
        row("model.", "criterion.weight", {5}, "criterion.weight");
        row("", "loss_fn.pos_weight", {}, "loss_fn.pos_weight");
        row("model.", "criterion.centers", {5, 8}, "criterion.centers");
        row("model.", "lpips.net.conv1.weight", {8, 3, 3, 3}, "lpips.net.conv1.weight");
        row("state_dict.", "best_acc1", {}, "best_acc1");
        row("state_dict.", "rng_state", {5056}, "rng_state");
        row("state_dict.", "optimizer.state.0.exp_avg", {4, 3, 7, 7}, "optimizer.state.0.exp_avg");
        row("encoder.", "queue", {8, 64}, "queue");
        row("model.", "train_acc.tp", {10}, "train_acc.tp");
        row("state_dict.model.", "state_dict.metrics.f1.weight", {3, 3}, "metrics.f1.weight");
    }

    void isLeftOutWithANote() {
        QFETCH(const QByteArray, prefix);
        QFETCH(const QByteArray, stranger);
        QFETCH(const QList<int>, shape);
        QFETCH(const QString, told);
        StateDict tensors = below(prefix.toStdString());
        tensors[stranger.toStdString()] = filled({shape.begin(), shape.end()});
        const ListedTensors file(tensors);
        const NetworkNames found = nameNetwork(file, {});
        QVERIFY(file.read(found.names) == smallParameters());
        std::string notes;
        for (const std::string& note : found.notes)
            notes += note + "\n";
        const QString all = QString::fromStdString(notes);
        QCOMPARE(all.contains(QStringLiteral("Left out")), !told.isEmpty());
        QVERIFY2(told.isEmpty() || all.contains(QStringLiteral("no part of the network: ") + told),
                 qPrintable(all));
    }

    void manyAreToldInOneLine() {
        StateDict tensors = below("state_dict.");
        for (int i = 0; i < 60; ++i)
            tensors["optimizer.state." + std::to_string(i) + ".momentum_buffer"] = filled({4, 4, 3, 3});
        for (const char* layer : {"conv1", "bn1", "fc"})
            tensors["state_dict." + std::string(layer) + ".total_params"] = filled({1});
        const NetworkNames found = nameNetwork(ListedTensors(tensors), {}, {"epoch", "args"});
        QVERIFY(
            std::ranges::find(found.notes,
                              "Left out, as no part of the network: optimizer (60 tensors), total_params (3 "
                              "tensors), epoch, args.") != found.notes.end());
    }

    // Whole numbers beside the network are never decoded; as its parameters they are refused.
    void typesMatterOnlyInTheNetwork() {
        StateDict tensors = below("model.");
        tensors["steps"] = filled({2, 2});
        ListedTensors file(tensors);
        file.setType("steps", ElementType::I64);
        QVERIFY(file.read(nameNetwork(file, {}).names) == smallParameters());
        file.setType("model.layer1.0.conv1.weight", ElementType::I8);
        const QString message = refusalOf([&] { file.read(nameNetwork(file, {}).names); });
        QVERIFY2(message.contains(QStringLiteral("of the type I8")), qPrintable(message));
    }

    void normaliseLayers_data() {
        QTest::addColumn<QByteArray>("mean");
        QTest::addColumn<QByteArray>("deviation");
        QTest::addColumn<QList<int>>("shape");
        QTest::newRow("Sequential") << QByteArray("0.mean") << QByteArray("0.std") << QList<int>{3};
        QTest::newRow("robustness") << QByteArray("normalizer.new_mean") << QByteArray("normalizer.new_std")
                                    << QList<int>{3, 1, 1};
        QTest::newRow("of one number") << QByteArray("norm.mean") << QByteArray("norm.std") << QList<int>{1};
        QTest::newRow("of a detector")
            << QByteArray("1.pixel_mean") << QByteArray("1.pixel_std") << QList<int>{1, 3, 1, 1};
    }

    void normaliseLayers() {
        QFETCH(const QByteArray, mean);
        QFETCH(const QByteArray, deviation);
        QFETCH(const QList<int>, shape);
        StateDict tensors = below("1.");
        tensors[mean.toStdString()] = filled({shape.begin(), shape.end()});
        tensors[deviation.toStdString()] = filled({shape.begin(), shape.end()}, 0.25f);
        const ListedTensors file(tensors);
        const NetworkNames found = nameNetwork(file, {});
        QVERIFY(file.read(found.names) == smallParameters());
        QVERIFY(found.normaliseLayer);
        const auto& layer = *found.normaliseLayer;
        QCOMPARE(file.tensors()[layer.mean].name, mean.toStdString());
        QCOMPARE(file.tensors()[layer.deviation].name, deviation.toStdString());
    }

    void twoNormaliseLayersAreRefused() {
        StateDict tensors = below("1.");
        for (const char* name : {"0.mean", "0.std", "2.mean", "2.std"})
            tensors[name] = filled({3});
        const QString message = refusalOf([&] { nameNetwork(ListedTensors(tensors), {}); });
        QVERIFY2(message.contains(QStringLiteral("'0.mean' and '2.mean' both prepare the picture")),
                 qPrintable(message));
    }
};

RESNET_TEST(BesideNetworkTest)
#include "BesideNetworkTest.moc"
