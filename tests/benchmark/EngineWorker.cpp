// Does one thing for each line it reads and answers with one line, so that compare.py can alternate it with
// other engines. Arguments: WEIGHTS INPUT.npy THREADS. Commands:
//   fused, observed, single, batch, tail, open   run once, answer with milliseconds (batch: those of all 16
//   images) logits                                       answer with the fused pass's class scores dump
//   ALGORITHM FILE                          write every step's output (direct, F(2x2), F(4x4) or table)
#include "core/Error.h"
#include "core/inference/FusedExecutor.h"
#include "core/model/Model.h"
#include "core/weights/SafetensorsWriter.h"

#include <chrono>
#include <cstring>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>

namespace {

using namespace resnet;

constexpr int batchSize = 16;

// float32, 1 x 3 x H x W: its numbers are the end of the file.
FeatureMapsPtr readInput(const std::string& path, const FeatureShape& shape) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const std::size_t plane = shape.pixels();
    if (bytes.size() < shape.size() * sizeof(float))
        throw Error(path + ": expected " + std::to_string(shape.size()) + " float32 numbers");
    const char* numbers = bytes.data() + bytes.size() - shape.size() * sizeof(float);
    auto maps = std::make_shared<FeatureMaps>(shape);
    for (std::size_t i = 0; i < shape.size(); ++i)
        std::memcpy(maps->data() + i % plane * std::size_t(shape.channels) + i / plane,
                    numbers + i * sizeof(float), sizeof(float));
    return maps;
}

class Worker {
public:
    Worker(const std::string& weights, const std::string& input, int threads)
        : m_weights(weights),
          m_network(openModel(weights)->network),
          m_packed(std::make_shared<PackedNetwork>(m_network, EngineOptions{threads, {}, {}})),
          m_observed(m_packed),
          m_fused(m_packed),
          m_batch(m_packed, batchSize),
          m_single(std::make_shared<PackedNetwork>(m_network, EngineOptions{1, {}, {}})),
          m_input{readInput(input, m_network->spec().inputShape())},
          m_images(batchSize, m_input.front()),
          m_known(m_observed.start(m_input.front())),
          m_lastTwoUnits(m_network->graph().units().at(m_network->graph().units().size() - 2).first()) {
        m_observed.run(m_known);
    }

    std::string answer(const std::string& line) {
        std::istringstream words(line);
        std::string command;
        words >> command;
        if (command == "logits")
            return logits();
        if (command == "dump") {
            std::string algorithm, file;
            words >> algorithm >> file;
            dump(algorithm, file);
            return "done";
        }
        const std::map<std::string, std::function<void()>> passes{
            {"fused", [&] { m_fused.run(m_input); }},
            {"observed",
             [&] {
                 m_latest = m_observed.start(m_input.front());
                 m_observed.run(m_latest);
             }},
            {"single", [&] { m_single.run(m_input); }},
            {"batch", [&] { m_batch.run(m_images); }},
            {"tail", [&] { m_fused.runFrom(m_lastTwoUnits, m_known); }},
            {"open", [&] { PackedNetwork(openModel(m_weights)->network, m_packed->options()); }}};
        const auto pass = passes.find(command);
        if (pass == passes.end())
            throw Error("command: expected one of those in EngineWorker.cpp, found '" + command + "'");
        const auto began = std::chrono::steady_clock::now();
        pass->second();
        return std::to_string(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
    }

private:
    std::string logits() {
        m_fused.run(m_input);
        std::ostringstream text;
        text.precision(9);
        for (const float value : m_fused.logits())
            text << value << ' ';
        return text.str();
    }

    void dump(const std::string& algorithm, const std::string& path) {
        EngineOptions options = m_packed->options();
        for (const auto each :
             {ConvolutionAlgorithm::Direct, ConvolutionAlgorithm::Winograd2, ConvolutionAlgorithm::Winograd4})
            if (name(each) == algorithm)
                options.algorithm = each;
        Executor executor(std::make_shared<PackedNetwork>(m_network, options));
        Run activations = executor.start(m_input.front());
        executor.run(activations);
        std::vector<TensorToWrite> tensors;
        for (const Step& step : m_network->graph().steps()) {
            const FeatureMaps& output = *activations.output(step.id);
            tensors.push_back({step.name,
                               {output.height(), output.width(), output.channels()},
                               {output.data(), output.size()}});
        }
        const std::string bytes = serialiseSafetensors(tensors);
        if (!std::ofstream(path, std::ios::binary).write(bytes.data(), std::streamsize(bytes.size())))
            throw Error(path + ": cannot be written");
    }

    std::string m_weights;
    std::shared_ptr<const Network> m_network;
    std::shared_ptr<const PackedNetwork> m_packed;
    Executor m_observed;
    FusedExecutor m_fused;
    FusedExecutor m_batch;
    FusedExecutor m_single;
    std::vector<FeatureMapsPtr> m_input;
    std::vector<FeatureMapsPtr> m_images;
    Run m_known;
    Run m_latest;
    StepId m_lastTwoUnits;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "Usage: engine-worker WEIGHTS INPUT.npy THREADS\n";
        return 2;
    }
    try {
        Worker worker(argv[1], argv[2], std::stoi(argv[3]));
        std::cout << "ready" << std::endl;
        for (std::string line; std::getline(std::cin, line);)
            std::cout << worker.answer(line) << std::endl;
    } catch (const std::exception& error) {
        std::cerr << "engine-worker: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
