// How the domain's structs cross into JavaScript. Shared by the three wasm modules (app, engine, store), so that
// a payload's shape is written once; the thread is the module's own.
//
// A struct is a plain object, std::vector<T> a plain array, an enum a plain number, and Result<T> is
// {ok: true, value} or {ok: false, error: {code, message, detail}}. Everything is copied: nothing on either
// side keeps a reference into the other. shapes.cpp registers the structs; web/protocol/shapes.ts is written
// from it and checked by the build.
#pragma once

#include "base/result.h"
#include "domain/note.h"
#include "domain/state.h"
#include "domain/visit.h"

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <type_traits>
#include <vector>

namespace chartside::platform {

// Tags under which arrays and results appear in the emitted TypeScript. They are vals to embind.
template <typename T>
struct ArrayOf : emscripten::val {
    explicit ArrayOf(const emscripten::val& other) : emscripten::val(other) {}
};
template <typename T>
struct ResultOf : emscripten::val {
    explicit ResultOf(const emscripten::val& other) : emscripten::val(other) {}
};

/// Copies an array through; a value that is no array becomes an empty vector.
template <typename T>
std::vector<T> vector_from(const emscripten::val& array)
{
    std::vector<T> result;
    if (!array.isArray()) return result;
    const auto length = array["length"].as<unsigned>();
    result.reserve(length);
    for (unsigned i = 0; i < length; ++i) result.push_back(array[i].as<T>());
    return result;
}

template <typename T>
emscripten::val array_from(const std::vector<T>& values)
{
    auto array = emscripten::val::array();
    for (unsigned i = 0; i < values.size(); ++i) {
        if constexpr (std::is_enum_v<T>) array.set(i, static_cast<int>(values[i]));
        else array.set(i, values[i]);
    }
    return array;
}

inline emscripten::val error_object(const Error& error)
{
    auto object = emscripten::val::object();
    object.set("code", std::string(error_code_name(error.code)));
    object.set("message", error.message);
    object.set("detail", error.detail);
    return object;
}

} // namespace chartside::platform

namespace emscripten::internal {

// TypeID and BindingType are embind's two points of extension: the name a type is registered under, and how a
// value becomes what crosses. Both hand over to the val that stands for the array or the result.
template <typename T>
struct TypeID<std::vector<T>, void> {
    static constexpr TYPEID get() { return TypeID<chartside::platform::ArrayOf<T>>::get(); }
};
template <typename T>
struct TypeID<const std::vector<T>&, void> : TypeID<std::vector<T>> {};

template <typename T>
struct BindingType<std::vector<T>> {
    using WireType = BindingType<val>::WireType;
    static WireType toWireType(const std::vector<T>& values, rvp::default_tag tag)
    {
        return BindingType<val>::toWireType(chartside::platform::array_from(values), tag);
    }
    static std::vector<T> fromWireType(WireType wire)
    {
        return chartside::platform::vector_from<T>(BindingType<val>::fromWireType(wire));
    }
};

template <typename T>
struct TypeID<chartside::Result<T>, void> {
    static constexpr TYPEID get() { return TypeID<chartside::platform::ResultOf<T>>::get(); }
};

template <typename T>
struct BindingType<chartside::Result<T>> {
    using WireType = BindingType<val>::WireType;
    static WireType toWireType(const chartside::Result<T>& result, rvp::default_tag tag)
    {
        auto object = val::object();
        object.set("ok", result.ok());
        if (!result.ok()) {
            object.set("error", chartside::platform::error_object(result.error()));
        } else if constexpr (!std::is_same_v<T, chartside::Ok>) {
            object.set("value", result.value());
        }
        return BindingType<val>::toWireType(object, tag);
    }
};

// Enums of the domain are numbers on the other side, not embind's enum objects.
template <typename T>
struct NumberEnum {
    using WireType = int;
    static WireType toWireType(T value, rvp::default_tag) { return static_cast<int>(value); }
    static T fromWireType(WireType wire) { return static_cast<T>(wire); }
};

#define CHARTSIDE_NUMBER_ENUM(name)                                      \
    template <>                                                          \
    struct BindingType<chartside::name> : NumberEnum<chartside::name> {}; \
    template <>                                                          \
    struct TypeID<chartside::name, void> {                               \
        static constexpr TYPEID get() { return TypeID<int>::get(); }     \
    };

CHARTSIDE_NUMBER_ENUM(Role)
CHARTSIDE_NUMBER_ENUM(Origin)
CHARTSIDE_NUMBER_ENUM(Sex)
CHARTSIDE_NUMBER_ENUM(Pronouns)
CHARTSIDE_NUMBER_ENUM(VisitState)
CHARTSIDE_NUMBER_ENUM(Screen)
CHARTSIDE_NUMBER_ENUM(RecorderStatus)
CHARTSIDE_NUMBER_ENUM(SaveStatus)
CHARTSIDE_NUMBER_ENUM(Theme)
#undef CHARTSIDE_NUMBER_ENUM

} // namespace emscripten::internal
