#include "service/api/errors.hpp"

#include <map>
#include <string>

#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

const std::string& text(const http::Response& response) { return std::get<std::string>(response.body); }

// RFC 9110, section 15, by meaning of the code.
TEST(ApiErrors, EveryCodeHasItsStatusAndIsAProblem) {
  const std::map<ErrorCode, int> expected{
      {ErrorCode::invalid, 422},      {ErrorCode::not_found, 404},         {ErrorCode::conflict, 409},
      {ErrorCode::precondition, 412}, {ErrorCode::unauthorized, 401},      {ErrorCode::forbidden, 403},
      {ErrorCode::too_large, 413},    {ErrorCode::unsupported_media, 415}, {ErrorCode::unavailable, 503},
      {ErrorCode::internal, 500},
  };
  EXPECT_EQ(expected.size(), static_cast<std::size_t>(ErrorCode::internal) + 1);
  for (const auto& [code, status] : expected) {
    EXPECT_EQ(status_of(code), status);
    EXPECT_EQ(code_of(status), code);
    const auto response = problem({code, "what", "/where", "do this"}, "r-1");
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_EQ(member(text(response), "/status"), std::to_string(status));
    EXPECT_TRUE(member(text(response), "/type").starts_with("/problems/"));
    EXPECT_EQ(member(text(response), "/request_id"), "r-1");
    if (code == ErrorCode::internal) continue;
    EXPECT_EQ(member(text(response), "/detail"), "what");
    EXPECT_EQ(member(text(response), "/errors/0/pointer"), "/where");
    EXPECT_EQ(member(text(response), "/errors/0/hint"), "do this");
  }
}

TEST(ApiErrors, SayWhatToDoInHeadersToo) {
  const auto header = [](const http::Response& response) {
    return response.headers.empty() ? std::string{} : response.headers[0].first + ": " + response.headers[0].second;
  };
  EXPECT_EQ(header(problem({ErrorCode::unavailable, "", "", ""}, "")), "Retry-After: 1");
  EXPECT_EQ(header(problem({ErrorCode::unauthorized, "", "", ""}, "")), "WWW-Authenticate: Bearer");
}

TEST(ApiErrors, WhatIsOursIsNotToldToTheCaller) {
  const auto response = problem({ErrorCode::internal, "segment 17 of journal-2026-11.db is damaged", "", ""}, "");
  EXPECT_EQ(text(response).find("journal"), std::string::npos);
}

}  // namespace
}  // namespace touchstone::api
