// A note model's file is refused or read whole.
#include "fuzz.h"

#include "note/linear_model.h"

#include <cmath>

using namespace chartside;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    auto model = note::LinearModel::create({data, size});
    if (!model.ok()) {
        fuzz::require_sentence(model.error());
        return 0;
    }
    for (const float score : model->score({"w:pain", "w:knee", "b:no pain"})) fuzz::require(std::isfinite(score), "scores are numbers");
    return 0;
}
