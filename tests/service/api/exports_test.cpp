// The report as files.

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "service/codec/json.hpp"
#include "service/codec/report_signature.hpp"
#include "tests/service/api/decided.hpp"

namespace touchstone::api {
namespace {

using nlohmann::json;

http::ClientResponse file(Running& running, const std::string& ending) {
  auto answer = running.get("/experiments/checkout/report." + ending);
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.header("Content-Disposition"), "attachment; filename=\"checkout." + ending + "\"");
  return answer;
}

TEST(ApiExports, SayTheSameInEveryForm) {
  Running running;
  run_checkout(running, 10, 40);
  const auto report = json::parse(running.get("/v1/experiments/checkout/report").body);
  const auto document = file(running, "json");
  EXPECT_EQ(document.header("Content-Type"), "application/json");
  EXPECT_EQ(json::parse(document.body)["digest"]["results"], report["digest"]["results"]);
  codec::JsonDocument signed_document;
  ASSERT_TRUE(signed_document.read(document.body));
  EXPECT_EQ(codec::check_signature(signed_document.root(), running.service().secrets().reports).value(),
            codec::SignatureState::ours);
  const auto text = file(running, "md");
  EXPECT_EQ(text.header("Content-Type"), "text/markdown; charset=utf-8");
  EXPECT_NE(text.body.find("Ship b"), std::string::npos);
  const auto table = file(running, "csv");
  EXPECT_EQ(table.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_EQ(std::ranges::count(table.body, '\n'), 2) << "a head and one measure of one treatment: " << table.body;
  const auto page = file(running, "html");
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_NE(page.body.find("Ship b"), std::string::npos);
  EXPECT_EQ(page.body.find("href=\"/"), std::string::npos) << "it opens from a disk";
  EXPECT_LE(page.body.size(), 100'000U);
}

TEST(ApiExports, NamesStandWherePeopleRead) {
  Running running;
  run_checkout(running, 10, 40);
  ASSERT_EQ(running.patch("/v1/metrics/bought", R"({"name":"Bought something"})").status, 200);
  ASSERT_EQ(running.patch("/v1/experiments/checkout", R"({"variants":[{"key":"a"},{"key":"b","name":"Side basket"}]})")
                .status,
            200);
  for (const std::string target :
       {"/", "/experiments/checkout", "/experiments/checkout/report.html", "/experiments/checkout/report.md"})
    EXPECT_NE(running.get(target).body.find("Ship Side basket"), std::string::npos) << target;
  EXPECT_NE(running.get("/experiments/checkout").body.find("Bought something"), std::string::npos);
  for (const std::string target : {"/v1/experiments/checkout/report", "/experiments/checkout/report.csv"}) {
    const auto document = running.get(target).body;
    EXPECT_EQ(document.find("Side basket"), std::string::npos) << "documents name by key: " << target;
    EXPECT_EQ(document.find("Bought something"), std::string::npos) << target;
  }
}

TEST(ApiExports, AreForThoseWhoMayReadReports) {
  Running running;
  run_checkout(running, 10, 40);
  const std::string target = "/experiments/checkout/report.csv";
  EXPECT_EQ(running.send_as("", http::Method::get, target).status, 401);
  EXPECT_EQ(running.send_as(running.key(fast::KeyKind::client), http::Method::get, target).status, 403);
  EXPECT_EQ(running.send_as(running.key(fast::KeyKind::server), http::Method::get, target).status, 200);
  EXPECT_EQ(running.get("/experiments/nothing/report.csv").status, 404);
}

}  // namespace
}  // namespace touchstone::api
