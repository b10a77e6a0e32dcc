#include "service/codec/report_signature.hpp"

#include <gtest/gtest.h>

#include "service/codec/json_writer.hpp"

namespace touchstone::codec {
namespace {

constexpr std::string_view kReport = R"({"format":1,"experiment":"checkout","mean":[0.12,1e-7],"n":4294967310})";

SignatureState state_of(const std::string& report, const SigningSeed& seed) {
  JsonDocument document;
  EXPECT_TRUE(document.read(report).ok()) << report;
  return check_signature(document.root(), seed).value();
}

TEST(ReportSignature, HoldsForWhatWasSignedHoweverItIsWritten) {
  const SigningSeed seed{1};
  const auto report = signed_report(std::string(kReport), seed);
  EXPECT_EQ(state_of(report, seed), SignatureState::ours);
  EXPECT_EQ(state_of(pretty_json(report), seed), SignatureState::ours);
  EXPECT_EQ(state_of(R"({"n":4294967310.0,"experiment":"checkout",)"
                     R"("format":1,"mean":[0.120,0.0000001],)" +
                         report.substr(report.find("\"signature\"")),
                     seed),
            SignatureState::ours);
}

TEST(ReportSignature, TellsWhoSignedAndWhetherAnythingWasChanged) {
  const SigningSeed seed{1};
  const auto report = signed_report(std::string(kReport), seed);
  EXPECT_EQ(state_of(report, SigningSeed{2}), SignatureState::foreign);
  EXPECT_EQ(state_of(std::string(kReport), seed), SignatureState::absent);
  auto altered = report;
  altered.replace(altered.find("0.12"), 4, "0.13");
  EXPECT_EQ(state_of(altered, seed), SignatureState::broken);
  EXPECT_EQ(state_of(R"({"more":1,)" + report.substr(1), seed), SignatureState::broken);
  auto forged = report;
  forged[forged.size() - 3] = forged[forged.size() - 3] == '0' ? '1' : '0';
  EXPECT_EQ(state_of(forged, seed), SignatureState::broken);
  for (const std::string text : {"", "ed25519:", "ed25519:00:00", "rsa:00"})
    EXPECT_EQ(state_of(R"({"signature":")" + text + "\"}", seed), SignatureState::broken) << text;
}

// RFC 8032, section 7.1, TEST 1: the public key of this secret.
TEST(ReportSignature, NamesItsKeyAsTheStandardDoes) {
  const SigningSeed seed{0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a,
                         0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32,
                         0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60};
  EXPECT_NE(signed_report("{\"a\":1}", seed)
                .find("\"ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a:"),
            std::string::npos);
}

}  // namespace
}  // namespace touchstone::codec
