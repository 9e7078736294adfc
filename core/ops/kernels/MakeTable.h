#pragma once

namespace resnet::kernels::RESNET_KERNELS {

constexpr Table makeTable() {
    Table table{};
    table.lanes = lanes;
    table.panelWidth = panelWidth;
    table.rowsAtOnce = rowsAtOnce;
    table.multiply = &multiply;
    table.gatherWindow = &gatherWindow;
    table.finishCells = &finishCells;
    table.endStreaming = &endStreaming;
    table.winogradInput2 = &winogradInput<2>;
    table.winogradInput4 = &winogradInput<4>;
    table.winogradOutput2 = &winogradOutput<2>;
    table.winogradOutput4 = &winogradOutput<4>;
    table.affine = &affine;
    table.rectify = &rectify;
    table.add = &add;
    table.addWindows = &addWindows;
    table.weightedAdd = &weightedAdd;
    table.maximum = &maximum;
    table.gate = &gate;
    table.scale = &scale;
    table.maximumBackward = &maximumBackward;
    return table;
}

}  // namespace resnet::kernels::RESNET_KERNELS
