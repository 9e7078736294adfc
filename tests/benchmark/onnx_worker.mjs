// ONNX Runtime, one pass for each line read. Arguments: MODEL.onnx INPUT.npy THREADS.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const ort = createRequire(process.cwd() + "/")("onnxruntime-node");
const [model, inputFile, threads] = process.argv.slice(2);
const session = await ort.InferenceSession.create(model, {
  intraOpNumThreads: Number(threads), interOpNumThreads: 1, graphOptimizationLevel: "all",
});
const bytes = readFileSync(inputFile);
const numbers = new Float32Array(3 * 224 * 224);
new Uint8Array(numbers.buffer).set(bytes.subarray(bytes.length - numbers.byteLength));
const input = new ort.Tensor("float32", numbers, [1, 3, 224, 224]);
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const began = process.hrtime.bigint();
  const { fc } = await session.run({ input });
  const milliseconds = Number(process.hrtime.bigint() - began) / 1e6;
  console.log(line === "logits" ? Array.from(fc.data).join(" ") : milliseconds);
}
