// What the engine module shows to the inference worker.
#include "platform/engine/drive.h"
#include "platform/engine/engine.h"

#include <emscripten/bind.h>

using namespace emscripten;
using chartside::platform::Engine;

EMSCRIPTEN_BINDINGS(engine)
{
    function("settle_wait", &chartside::platform::settle_wait);
    class_<Engine>("Engine")
        .constructor<val>()
        .function("load", &Engine::load)
        .function("begin", &Engine::begin)
        .function("begin_file", &Engine::begin_file)
        .function("push", &Engine::push)
        .function("push_bytes", &Engine::push_bytes)
        .function("advance", &Engine::advance)
        .function("finish", &Engine::finish)
        .function("abandon", &Engine::abandon)
        .function("progress", &Engine::progress)
        .function("check_length", &Engine::check_length)
        .function("write_note", &Engine::write_note);
}
