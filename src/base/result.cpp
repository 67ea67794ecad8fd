#include "base/result.h"

namespace chartside {

const char* error_code_name(ErrorCode code)
{
    switch (code) {
    case ErrorCode::invalid_input: return "invalid_input";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::denied: return "denied";
    case ErrorCode::busy: return "busy";
    case ErrorCode::cancelled: return "cancelled";
    case ErrorCode::out_of_space: return "out_of_space";
    case ErrorCode::out_of_memory: return "out_of_memory";
    case ErrorCode::io: return "io";
    case ErrorCode::corrupt: return "corrupt";
    case ErrorCode::newer_version: return "newer_version";
    case ErrorCode::internal: return "internal";
    }
    return "internal";
}

Error Error::with_context(const std::string& context) &&
{
    detail = detail.empty() ? context : context + ": " + detail;
    return std::move(*this);
}

} // namespace chartside
