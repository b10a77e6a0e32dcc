#include "service/cli/serve.hpp"

#include <gtest/gtest.h>

#include "service/cli/client.hpp"
#include "service/cli/host.hpp"
#include "tests/service/app/scratch.hpp"

namespace touchstone::cli {
namespace {

TEST(CliServe, ReadsWhereToListen) {
  EXPECT_EQ(read_listen_address("127.0.0.1:8080")->host, "127.0.0.1");
  EXPECT_EQ(read_listen_address("127.0.0.1:8080")->port, 8080);
  EXPECT_EQ(read_listen_address("[::1]:0")->host, "::1");
  EXPECT_EQ(read_listen_address(":80")->host, "127.0.0.1");
  for (const auto* text : {"", "8080", "localhost:", "localhost:http", "localhost:70000", "localhost:80x"})
    EXPECT_FALSE(read_listen_address(text)) << text;
}

HostOptions options_for(const Scratch& scratch, std::string address) {
  HostOptions options;
  options.data = scratch.path() / "data";
  options.address = std::move(address);
  options.threads = 1;
  return options;
}

TEST(CliServe, ACommandDoesTheSameBesideAServerAndAlone) {
  const Scratch scratch;
  const auto data = scratch.path() / "data";
  {
    auto host = Host::open(options_for(scratch, "127.0.0.1"));
    ASSERT_TRUE(host) << host.error().message;
    auto client = OperatorClient::open(data);
    ASSERT_TRUE(client);
    EXPECT_TRUE(client->beside_a_server());
    EXPECT_TRUE(client->post("/v1/keys", R"({"kind":"server","name":"beside"})"));
  }
  auto client = OperatorClient::open(data);
  ASSERT_TRUE(client) << client.error().message;
  EXPECT_FALSE(client->beside_a_server());
  const auto keys = client->get("/v1/keys");
  ASSERT_TRUE(keys);
  EXPECT_NE(keys->find("beside"), std::string::npos);
}

TEST(CliServe, WhatTheServiceRefusesReachesTheOperatorWithItsHint) {
  const Scratch scratch;
  auto client = OperatorClient::open(scratch.path() / "data");
  ASSERT_TRUE(client);
  const auto refused = client->post("/v1/keys", R"({"kind":"root"})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  EXPECT_EQ(refused.error().pointer, "/kind");
  EXPECT_NE(refused.error().hint, "");
  EXPECT_EQ(client->get("/local/reports/nothing").error().code, ErrorCode::not_found);
}

TEST(CliServe, AnAddressInUseIsAnErrorThatNamesIt) {
  const Scratch first;
  const Scratch second;
  auto host = Host::open(options_for(first, "127.0.0.1"));
  ASSERT_TRUE(host);
  auto options = options_for(second, "127.0.0.1");
  options.port = (*host)->port();
  const auto refused = Host::open(options);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find(std::to_string(options.port)), std::string::npos) << refused.error().message;
}

}  // namespace
}  // namespace touchstone::cli
