#include "cli/files.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace chartside::cli {
namespace {

namespace fs = std::filesystem;

// The nearest folder at or above `start` that holds the project.
fs::path repository_above(fs::path start)
{
    for (std::error_code error; !start.empty(); start = start.parent_path()) {
        if (fs::exists(start / "public/models", error) && fs::exists(start / "CMakeLists.txt", error)) return start;
        if (start == start.root_path()) break;
    }
    return {};
}

template <typename Bytes>
Result<Bytes> read_whole(const std::string& path)
{
    std::error_code error;
    std::ifstream file(path, std::ios::binary);
    if (!file || fs::is_directory(path, error)) return cannot_open(path);
    Bytes bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (file.bad()) return Error{ErrorCode::io, "Cannot read " + path + " to its end. Check the disk it is on.", ""};
    return bytes;
}

} // namespace

Error cannot_open(const std::string& path)
{
    return {ErrorCode::not_found, "Cannot open " + path + ". Check the name, and that you may read it.", ""};
}

Result<std::vector<uint8_t>> read_file(const std::string& path) { return read_whole<std::vector<uint8_t>>(path); }
Result<std::string> read_text(const std::string& path) { return read_whole<std::string>(path); }

Result<std::string> find_model_file(const std::string& name)
{
    std::vector<fs::path> places;
    std::error_code error;
    if (const char* models = std::getenv("CHARTSIDE_MODELS"); models && *models) {
        places.push_back(fs::path(models) / name);
    } else {
        const fs::path starts[] = {fs::current_path(error), fs::read_symlink("/proc/self/exe", error).parent_path()};
        for (const fs::path& start : starts) {
            const fs::path repository = repository_above(start);
            if (repository.empty()) continue;
            places.push_back(repository / ".cache/assets" / name);
            places.push_back(repository / "public/models" / name);
        }
    }
    for (const fs::path& place : places)
        if (fs::exists(place, error)) return place.string();
    return Error{ErrorCode::not_found,
                 "The model file " + name + " is missing. Run ./dev test once, which fetches it, or set CHARTSIDE_MODELS to the folder that holds it.",
                 places.empty() ? "no place to look" : places.front().string()};
}

} // namespace chartside::cli
