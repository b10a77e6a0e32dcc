#pragma once

#include <string>
#include <string_view>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/codec/json.hpp"

namespace touchstone::cli {

/// The text member of an object; empty where there is none.
[[nodiscard]] inline std::string_view text_of(codec::JsonView object, std::string_view key) {
  const auto value = object.find(key);
  return value ? value->text().value_or("") : "";
}

/// Opens the directory, asks (a Result<std::string>(OperatorClient&)), shows the answer (a Status(const std::string&)).
template <class Ask, class Show>
int ask_and_show(const std::string& data, const Ask& ask, const Show& show) {
  auto client = OperatorClient::open(data);
  if (!client) return complain(client.error());
  const auto answer = ask(*client);
  if (!answer) return complain(answer.error());
  const Status shown = show(*answer);
  return shown ? exit_ok : complain(shown.error());
}

}  // namespace touchstone::cli
