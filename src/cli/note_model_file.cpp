#include "cli/note_model_file.h"

#include <filesystem>
#include <fstream>
#include <span>
#include <sstream>

namespace chartside::cli {

Result<std::string> read_whole_file(const std::string& path)
{
    std::error_code code;
    if (std::filesystem::is_directory(path, code))
        return Error{ErrorCode::invalid_input, path + " is a folder; give a file.", ""};
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{ErrorCode::not_found, "There is no file " + path + " that can be read.", ""};
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

Result<std::unique_ptr<note::NoteWriter>> load_note_writer()
{
    namespace fs = std::filesystem;
    std::error_code code;
    for (fs::path start : {fs::current_path(code), fs::read_symlink("/proc/self/exe", code).parent_path()}) {
        for (fs::path folder = start; !folder.empty(); folder = folder.parent_path()) {
            fs::path file = folder / "public/models/note_linear.bin";
            if (fs::exists(file, code)) {
                std::string bytes = TRY(read_whole_file(file.string()));
                return note::create_linear_note_writer(
                    std::span<const uint8_t>(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()));
            }
            if (folder == folder.parent_path()) break;
        }
    }
    return Error{ErrorCode::not_found, "The note model public/models/note_linear.bin is missing; make it with tools/train/note_linear.py.", ""};
}

} // namespace chartside::cli
