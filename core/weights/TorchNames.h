#pragma once

#include "core/tensor/Tensor.h"

#include <string>
#include <vector>

namespace resnet {

// Renames the tensors of a PyTorch network to torchvision's names, as far as they are recognised: prefixes
// ("module.", "model.", "backbone."), Hugging Face's names
// (resnet.encoder.stages.0.layers.0.layer.0.convolution), and a dense layer that is called otherwise. timm's
// names are torchvision's. Every renaming is told in a note.
void renameToTorchvision(StateDict& tensors, std::vector<std::string>& notes);

}  // namespace resnet
