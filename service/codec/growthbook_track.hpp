#pragma once

#include <string_view>

#include "assign/result.hpp"
#include "service/codec/event_json.hpp"

namespace touchstone::codec {

/// Reads what the tracking plugin of GrowthBook's SDKs sends: `[{"event_name":text,"properties_json":{...},
/// "user_id":text,"device_id":text,...}]`. "Experiment Viewed" is the exposure of the unit in `hashAttribute` and
/// `hashValue`. "Feature Evaluated" is left out: it says what was asked, not what happened. Any other is an event of
/// the user `user_id`, else `device_id`, its name made a key (what a key may not hold becomes "-"), `value` its value,
/// and the other properties its own. Nothing has an id or a time: all happened at `now`. Error invalid where the body
/// is no array of objects, too_large beyond EventLimits::items.
[[nodiscard]] Result<EventBody> read_growthbook_track(std::string_view body, Time now);

}  // namespace touchstone::codec
