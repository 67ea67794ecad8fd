// A result's value in a test that cannot go on without it.
#pragma once

#include "base/result.h"

#include <catch2/catch_test_macros.hpp>

#include <utility>

namespace chartside::store::test {

template <typename T>
T must(Result<T> result)
{
    if (!result.ok()) FAIL(result.error().detail);
    return std::move(result).value();
}

} // namespace chartside::store::test
