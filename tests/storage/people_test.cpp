#include <chrono>

#include <gtest/gtest.h>

#include "storage/catalogue.hpp"
#include "storage/sql_text.hpp"
#include "storage/sqlite/handle.hpp"
#include "tests/storage/sample.hpp"

namespace touchstone::storage {
namespace {

using namespace std::chrono_literals;

const Time kNow{Micros{1'800'000'000'000'000}};

Digest digest(unsigned char byte) {
  Digest made{};
  made.fill(byte);
  return made;
}

class People : public testing::Test {
 protected:
  People() : catalogue_(Catalogue::open(place_.open()).value()) {
    environment_ = catalogue_.create_environment("default", "production").value().id;
  }
  Person add(const std::string& email, Role role = Role::viewer) {
    Person person;
    person.environment = environment_;
    person.email = email;
    person.name = "N";
    person.role = role;
    person.created = kNow;
    return catalogue_.add_person(person).value();
  }

  TemporaryPlace place_;
  Catalogue catalogue_;
  std::uint32_t environment_ = 0;
};

TEST_F(People, AreFoundByAddressInAnyCaseAndChanged) {
  auto ada = add("ada@example.com", Role::editor);
  EXPECT_EQ(catalogue_.add_person(ada).error().code, ErrorCode::conflict);
  ada.email = "ADA@example.com";
  EXPECT_EQ(catalogue_.add_person(ada).error().code, ErrorCode::conflict);
  ada.role = Role::admin;
  ada.password = "hash";
  ada.disabled = kNow + 1h;
  ASSERT_TRUE(catalogue_.put_person(ada));
  const auto found = catalogue_.person("Ada@Example.com").value();
  EXPECT_EQ(found.email, "ada@example.com");
  EXPECT_EQ(found.role, Role::admin);
  EXPECT_EQ(found.password, "hash");
  EXPECT_EQ(found.disabled, kNow + 1h);
  EXPECT_EQ(catalogue_.person(found.id)->email, found.email);
  EXPECT_EQ(catalogue_.person(found.id + 1).error().code, ErrorCode::not_found);
  EXPECT_EQ(catalogue_.people(environment_)->size(), 1U);
  EXPECT_EQ(catalogue_.people(environment_ + 1)->size(), 0U);
}

TEST_F(People, HaveOneLinkThatExpires) {
  const auto ada = add("ada@example.com");
  ASSERT_TRUE(catalogue_.put_person_link(ada.id, digest(1), kNow + 1h));
  ASSERT_TRUE(catalogue_.put_person_link(ada.id, digest(2), kNow + 2h));
  EXPECT_EQ(catalogue_.linked_person(digest(1), kNow).error().code, ErrorCode::unauthorized);
  EXPECT_EQ(catalogue_.linked_person(digest(2), kNow)->id, ada.id);
  EXPECT_EQ(catalogue_.linked_person(digest(2), kNow + 2h).error().code, ErrorCode::unauthorized);
  ASSERT_TRUE(catalogue_.end_person_link(ada.id));
  EXPECT_EQ(catalogue_.linked_person(digest(2), kNow).error().code, ErrorCode::unauthorized);
}

TEST_F(People, HaveSessionsThatEndOneByOneOrAllButOne) {
  const auto ada = add("ada@example.com");
  const auto grace = add("grace@example.com");
  for (const auto byte : std::initializer_list<unsigned char>{1, 2, 3})
    ASSERT_TRUE(catalogue_.open_session({digest(byte), ada.id, kNow, kNow}));
  ASSERT_TRUE(catalogue_.open_session({digest(4), grace.id, kNow, kNow}));
  ASSERT_TRUE(catalogue_.see_session(digest(1), kNow + 1h));
  ASSERT_TRUE(catalogue_.see_session(digest(1), kNow));
  EXPECT_EQ(catalogue_.session(digest(1))->seen, kNow + 1h) << "never earlier than before";
  ASSERT_TRUE(catalogue_.end_session(digest(3)));
  EXPECT_EQ(catalogue_.sessions(ada.id)->size(), 2U);
  ASSERT_TRUE(catalogue_.end_sessions(ada.id, digest(2)));
  EXPECT_EQ(catalogue_.session(digest(1)).error().code, ErrorCode::not_found);
  EXPECT_TRUE(catalogue_.session(digest(2)));
  ASSERT_TRUE(catalogue_.end_sessions(ada.id));
  EXPECT_EQ(catalogue_.sessions(ada.id)->size(), 0U);
  EXPECT_TRUE(catalogue_.session(digest(4))) << "somebody else's";
  ASSERT_TRUE(catalogue_.forget_sessions(kNow - 1h, kNow - 1us));
  EXPECT_TRUE(catalogue_.session(digest(4)));
  ASSERT_TRUE(catalogue_.forget_sessions(kNow - 1h, kNow));
  EXPECT_FALSE(catalogue_.session(digest(4)));
}

}  // namespace
}  // namespace touchstone::storage
