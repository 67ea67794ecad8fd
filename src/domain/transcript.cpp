#include "domain/transcript.h"

namespace chartside {

const char* role_name(Role role)
{
    switch (role) {
    case Role::doctor: return "Doctor";
    case Role::patient: return "Patient";
    case Role::other: return "Other";
    case Role::unknown: return "Speaker";
    }
    return "Speaker";
}

Role swapped_role(Role role)
{
    return role == Role::doctor ? Role::patient : role == Role::patient ? Role::doctor : role;
}

const Segment* Transcript::find(const std::string& segment_id) const
{
    for (const Segment& segment : segments)
        if (segment.id == segment_id) return &segment;
    return nullptr;
}

} // namespace chartside
