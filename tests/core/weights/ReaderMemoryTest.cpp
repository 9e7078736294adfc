#include "core/Error.h"
#include "core/model/Model.h"
#include "core/weights/SafetensorsWriter.h"
#include "core/weights/WeightsFile.h"
#include "tests/TestPrograms.h"
#include "tests/core/weights/KerasArchive.h"
#include "tests/core/weights/TorchBytes.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <hdf5.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace resnet;

namespace {

constexpr int tensorCount = 10;
constexpr std::int64_t tensorSide = 1448;  // 8 MB as float32, and all together more than may be to spare
constexpr std::int64_t tensorValues = tensorSide * tensorSide;
constexpr std::uint64_t megabyte = 1 << 20;

StateDict someTensors() {
    StateDict tensors;
    for (char name = 'a'; name < 'a' + tensorCount; ++name)
        tensors.emplace(std::string(1, name),
                        Tensor{{tensorSide, tensorSide}, std::vector<float>(tensorValues, 0.5f)});
    return tensors;
}

void write(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

void writeHdf5(const std::string& path) {
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    for (const auto& [name, tensor] : someTensors()) {
        const std::vector<hsize_t> shape(tensor.shape.begin(), tensor.shape.end());
        const hid_t space = H5Screate_simple(int(shape.size()), shape.data(), nullptr);
        const hid_t dataset =
            H5Dcreate2(file, name.c_str(), H5T_IEEE_F32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        H5Dwrite(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, tensor.values.data());
        H5Dclose(dataset);
        H5Sclose(space);
    }
    H5Fclose(file);
}

struct Format {
    const char* name;
    std::function<void(const std::string& path)> write;
};

Format torch(const char* name, pickled::Container container, ElementType type) {
    return {name, [=](const std::string& path) {
                write(path, pickled::stateDictBytes(someTensors(), container, type));
            }};
}

Format safetensors(const char* name, ElementType type) {
    return {name, [=](const std::string& path) { write(path, safetensorsBytes(someTensors(), type)); }};
}

const std::vector<Format>& formats() {
    using pickled::Container;
    static const std::vector<Format> all{torch(".pth, zip", Container::Zip, ElementType::F32),
                                         torch(".pth, zip, F16", Container::Zip, ElementType::F16),
                                         torch(".pth, zip, F64", Container::Zip, ElementType::F64),
                                         torch(".pth, older", Container::Legacy, ElementType::F32),
                                         torch(".pth, older, F16", Container::Legacy, ElementType::F16),
                                         torch(".pth, older, F64", Container::Legacy, ElementType::F64),
                                         safetensors("safetensors, F32", ElementType::F32),
                                         safetensors("safetensors, F16", ElementType::F16),
                                         safetensors("safetensors, F64", ElementType::F64),
                                         {".h5", writeHdf5}};
    return all;
}

// Bytes of "VmRSS" and the like.
std::uint64_t ofProcess(const QByteArray& field) {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith(field + ':'))
            return line.simplified().split(' ').at(1).toULongLong() * 1024;
    return 0;
}

// What `action` answers in a process of its own: what it takes of memory is not there before and not after.
std::uint64_t inOwnProcess(const std::function<std::uint64_t()>& action) {
    int ends[2];
    if (::pipe(ends) != 0)
        return 0;
    const pid_t child = ::fork();
    if (child == 0) {
        const std::uint64_t answer = action();
        ::_exit(::write(ends[1], &answer, sizeof answer) == sizeof answer ? 0 : 1);
    }
    ::close(ends[1]);
    std::uint64_t answer = 0;
    if (::read(ends[0], &answer, sizeof answer) != sizeof answer)
        answer = 0;
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    return answer;
}

// The most that `action` took, a helper's share included; 0 if it says that it failed.
std::uint64_t memoryOf(const std::function<bool()>& action) {
    return inOwnProcess([&]() -> std::uint64_t {
        const std::uint64_t before = ofProcess("VmRSS");
        if (!action())
            return 0;
        rusage children{};
        ::getrusage(RUSAGE_CHILDREN, &children);
        return ofProcess("VmHWM") - before + std::uint64_t(children.ru_maxrss) * 1024;
    });
}

std::string listOf(const std::string& part, std::size_t size) {
    std::string text = "[";
    while (text.size() < size)
        text += part;
    text.back() = ']';
    return text;
}

// One number, and class names that are none.
std::string safetensorsWithClasses(const std::string& classes) {
    const float number = 0.5f;
    const std::vector<TensorToWrite> tensors{{"a", {1}, {&number, 1}, ElementType::F32}};
    return serialiseSafetensors(tensors, {{"classes", classes}});
}

std::string kerasArchiveWithTexts(const std::string& text) {
    return zipBytes(
        {{"config.json", text},
         {"metadata.json", text},
         {"model.weights.h5", weightsInArchive(RESNET_SOURCE_DIR "/tests/data/weights/keras/model.keras")}});
}

bool opensOrIsRefused(const std::string& path) {
    try {
        openModel(path);
    } catch (const Error&) {
    }
    return true;
}

}  // namespace

// A reader takes the memory of the decoded tensors, of the largest once more, and 64 MB; a helper's counts,
// too. So no file is ever in memory as a whole beside what was made of it.
class ReaderMemoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void staysWithinItsBound_data() {
        QTest::addColumn<int>("format");
        for (std::size_t i = 0; i < formats().size(); ++i)
            QTest::newRow(formats()[i].name) << int(i);
    }

    void staysWithinItsBound() {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("AddressSanitizer takes memory of its own");
#endif
        QFETCH(const int, format);
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("weights")).toStdString();
        inOwnProcess([&] {
            formats()[std::size_t(format)].write(path);
            return 1;
        });
        constexpr std::uint64_t tensor = tensorValues * sizeof(float);
        constexpr std::uint64_t bound = tensorCount * tensor + tensor + 64 * megabyte;
        const std::uint64_t taken =
            memoryOf([&] { return readWeights(path).parameters.size() == tensorCount; });
        qInfo("%d MB, at most %d", int(taken / megabyte), int(bound / megabyte));
        QVERIFY(taken >= tensorCount * tensor);
        QVERIFY(taken < bound);
    }

    // Text can be made to grow in memory by a multiple of itself.
    void textTakesLittle_data() {
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<bool>("isKeras");
        for (const char* part : {"0,", "[],", "{},"}) {
            QTest::addRow("class names %s", part) << QByteArray(part) << false;
            QTest::addRow("configuration %s", part) << QByteArray(part) << true;
        }
    }

    void textTakesLittle() {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("AddressSanitizer takes memory of its own");
#endif
        QFETCH(const QByteArray, part);
        QFETCH(const bool, isKeras);
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("weights")).toStdString();
        inOwnProcess([&] {
            write(path, isKeras ? kerasArchiveWithTexts(listOf(part.toStdString(), 8'000'000))
                                : safetensorsWithClasses(listOf(part.toStdString(), 15'000'000)));
            return 1;
        });
        const std::uint64_t taken = memoryOf([&] { return opensOrIsRefused(path); });
        qInfo("%d MB, at most 64", int(taken / megabyte));
        QVERIFY(taken > 0);
        QVERIFY(taken < 64 * megabyte);
    }
};

RESNET_TEST(ReaderMemoryTest)
#include "ReaderMemoryTest.moc"
