// People on the command line: beside a running service, and on a directory that nobody serves.

#include <csignal>
#include <regex>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/service.hpp"

namespace touchstone::e2e {
namespace {

using nlohmann::json;

class PeopleCommands : public testing::Test {
 protected:
  Outcome people(std::vector<std::string> arguments) {
    std::vector<std::string> command{program(), "people"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    command.insert(command.end(), {"--data", data()});
    return run(command);
  }
  [[nodiscard]] std::string data() const { return (folder_.path() / "data").string(); }

  TemporaryDirectory folder_;
};

http::ClientResponse send(Service& service, const std::string& target, const json& body) {
  return service.client().send({.method = http::Method::post, .target = target, .body = body.dump()}).value();
}

TEST_F(PeopleCommands, LetWhoeverIsLockedOutInAgain) {
  Service service(data());
  const auto invited = people({"add", "ada@example.com", "--role", "admin", "--name", "Ada Lovelace"});
  ASSERT_EQ(invited.exit_code, 0) << invited.err;
  const auto path = invited.out.substr(0, invited.out.find('\n'));
  EXPECT_EQ(send(service, path, {{"password", "correct horse battery"}}).status, 200);
  EXPECT_NE(people({"list"}).out.find("ada@example.com                  admin    active    Ada Lovelace"),
            std::string::npos);

  service.stop();
  const auto reset = people({"reset", "ada@example.com", "--address", "http://host:1"});
  EXPECT_TRUE(reset.out.starts_with("http://host:1/join?token=")) << reset.out << reset.err;
  service.start();
  const auto again = reset.out.substr(13, reset.out.find('\n') - 13);
  EXPECT_EQ(send(service, again, {{"password", "staple battery horse"}}).status, 200);
  EXPECT_EQ(send(service, "/sign-in", {{"email", "ada@example.com"}, {"password", "staple battery horse"}}).status,
            200);
}

/// Neither the log nor what commands print holds what somebody signs in with.
TEST_F(PeopleCommands, NothingSecretIsPrinted) {
  std::string printed;
  std::string token;
  {
    Process serve({program(), "serve", "--data", data(), "--listen", "127.0.0.1:0"});
    const auto port = serve.wait_for(std::regex("serves http://127.0.0.1:(\\d+)"));
    const auto setup = serve.wait_for(std::regex("(/setup\\?token=\\S+)"));
    http::Client client("127.0.0.1", static_cast<std::uint16_t>(std::stoi(port)));
    const auto post = [&client](const std::string& target, const json& body) {
      return client.send({.method = http::Method::post, .target = target, .body = body.dump()}).value();
    };
    const json ada{{"email", "ada@example.com"}, {"password", "correct horse battery"}};
    auto first = ada;
    first["name"] = "Ada";
    ASSERT_EQ(post(setup, first).status, 200);
    const auto in = post("/sign-in", ada);
    ASSERT_EQ(in.status, 200);
    token = std::string(in.header("Set-Cookie")).substr(std::string("touchstone_session=").size(), 43);
    EXPECT_EQ(post("/sign-in", {{"email", "ada@example.com"}, {"password", "correct horse batterie"}}).status, 401);
    serve.signal(SIGTERM);
    EXPECT_EQ(serve.wait(), 0);
    printed = serve.printed();
  }
  const std::vector<std::vector<std::string>> commands{
      {"doctor", "--json"}, {"export", "events", "--full"}, {"people", "list", "--json"}};
  for (const auto& command : commands) {
    std::vector<std::string> whole{program()};
    whole.insert(whole.end(), command.begin(), command.end());
    whole.insert(whole.end(), {"--data", data()});
    const Outcome outcome = run(whole);
    printed += outcome.out + outcome.err;
  }
  EXPECT_NE(printed.find("ada@example.com"), std::string::npos) << "it was looked at";
  for (const auto& secret : {std::string("correct horse"), std::string("argon2"), token})
    EXPECT_EQ(printed.find(secret), std::string::npos) << secret;
}

TEST_F(PeopleCommands, ChangeRolesAndWhoMaySignIn) {
  ASSERT_EQ(people({"add", "grace@example.com"}).exit_code, 0);
  EXPECT_EQ(people({"add", "grace@example.com"}).exit_code, 1);
  EXPECT_EQ(people({"role", "Grace@Example.com", "editor"}).exit_code, 0);
  EXPECT_EQ(people({"disable", "grace@example.com"}).exit_code, 0);
  auto listed = json::parse(people({"list", "--json"}).out).at("items").at(0);
  EXPECT_EQ(listed.at("role"), "editor");
  EXPECT_EQ(listed.at("state"), "disabled");
  EXPECT_EQ(people({"enable", "grace@example.com"}).exit_code, 0);
  listed = json::parse(people({"list", "--json"}).out).at("items").at(0);
  EXPECT_EQ(listed.at("state"), "invited");
  EXPECT_EQ(people({"reset", "nobody@example.com"}).exit_code, people({"disable", "nobody@example.com"}).exit_code);
  EXPECT_NE(people({"reset", "nobody@example.com"}).exit_code, 0);
  EXPECT_EQ(people({"role", "grace@example.com", "owner"}).exit_code, 2);
}

}  // namespace
}  // namespace touchstone::e2e
