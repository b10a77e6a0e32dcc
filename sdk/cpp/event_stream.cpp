#include "sdk/cpp/event_stream.hpp"

namespace touchstone::sdk {

void EventStream::read_line() {
  const std::string_view line = line_;
  const auto colon = line.find(':');
  const auto field = line.substr(0, colon);
  auto value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (field == "event") event_ = value;
  if (field == "id") id_ = value;
  if (field == "data") data_.append(value).push_back('\n');
}

EventStream::Message EventStream::message() const {
  return {event_.empty() ? "message" : std::string_view(event_), id_,
          std::string_view(data_).substr(0, data_.size() - 1)};
}

}  // namespace touchstone::sdk
