// People on the command line: beside a running service, and on a directory that nobody serves.

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
