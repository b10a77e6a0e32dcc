#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "service/api/documented.hpp"
#include "service/http/client.hpp"

namespace touchstone::api {

/// What the routes of the table were asked and what they answered.
class Seen {
 public:
  /// Sends it on a connection of its own and keeps the answer.
  http::ClientResponse ask(std::uint16_t port, const Row& row, http::ClientRequest request);
  void keep(const Row& row, const http::ClientRequest& request, const http::ClientResponse& answer);

  [[nodiscard]] std::set<int> statuses(const Row& row) const;

  /// Everything as the JSON that check_answers.py reads.
  void write(const std::filesystem::path& file, const std::string& document) const;

 private:
  struct Exchange {
    const Row* row;
    http::ClientRequest request;
    http::ClientResponse answer;
  };
  std::vector<Exchange> exchanges_;
};

/// The row of a method and pattern.
[[nodiscard]] const Row& row_of(http::Method method, std::string_view pattern);

}  // namespace touchstone::api
