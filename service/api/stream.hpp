#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "service/api/call.hpp"

/// Streams that say which configuration is current: at once, and whenever another one is published.
namespace touchstone::api {

/// How one version is said as a server-sent event, its id being the version.
using Saying = std::function<void(const assign::Snapshot&, std::string& out)>;

/// What a reader of an environment's stream is sent: the current version, unless it is the one that the reader has
/// seen, and each later one that the reader is there to be told of. Never an earlier one after a later one.
/// `seen`: the id of the last event that the reader had of an earlier stream; empty: none.
[[nodiscard]] http::Stream config_stream(Context& context, const http::Request& request, const fast::Caller& caller,
                                         std::string_view seen, Saying saying);

/// Milliseconds until a reader comes back, one to three seconds: those who are all sent away at once come back one
/// after the other.
[[nodiscard]] int pause_of(const http::Request& request, Time now);

/// The stream, ended when the key that opened it is no longer valid.
[[nodiscard]] http::Stream while_valid(Context& context, const http::Request& request, std::string_view key,
                                       http::Stream stream);

}  // namespace touchstone::api
