#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "assign/growthbook/evaluator.hpp"
#include "assign/growthbook/url.hpp"
#include "sdk/wire/decrypt.hpp"
#include "sdk/wire/document_node.hpp"
#include "tests/sdk/wire/growthbook_corpus.hpp"

// Expected values: GrowthBook's own cross-language corpus, specification 0.7.
namespace touchstone::wire {
namespace {

namespace growthbook = assign::growthbook;
using assign::Json;

constexpr double rounding = 1e-4;  // of the corpus's buckets

Json tree_at(const Node& holder, const char* name) { return tree_of(holder.value(name, Node())); }

growthbook::Context context_of(const Node& node) {
  growthbook::Context context;
  context.attributes = tree_at(node, "attributes");
  context.features = tree_at(node, "features");
  context.saved_groups = tree_at(node, "savedGroups");
  context.forced_variations = tree_at(node, "forcedVariations");
  context.forced_features = tree_at(node, "forcedFeatureValues");
  context.overrides = tree_at(node, "overrides");
  context.url = node.value("url", "");
  context.enabled = node.value("enabled", true);
  context.qa_mode = node.value("qaMode", false);
  return context;
}

Node result_node(const growthbook::ExperimentResult& result) {
  Node node = {{"featureId", result.feature},
               {"inExperiment", result.in_experiment},
               {"hashUsed", result.hash_used},
               {"variationId", result.variation},
               {"key", result.key},
               {"value", node_of(result.value)},
               {"hashAttribute", result.hash_attribute},
               {"hashValue", node_of(result.hash_value)},
               {"stickyBucketUsed", result.sticky_bucket_used}};
  if (result.bucket) node["bucket"] = *result.bucket;
  if (!result.name.empty()) node["name"] = result.name;
  if (result.passthrough) node["passthrough"] = true;
  return node;
}

/// Buckets are written with four digits; everything else is compared as it is.
void expect_result(Node given, Node expected, const Node& test) {
  ASSERT_EQ(given.contains("bucket"), expected.contains("bucket")) << test;
  EXPECT_NEAR(given.value("bucket", 0.0), expected.value("bucket", 0.0), rounding) << test;
  given.erase("bucket");
  expected.erase("bucket");
  EXPECT_EQ(given, expected) << test;
}

TEST_F(GrowthBookCases, Features) {
  for (const auto& test : cases("feature")) {
    auto context = context_of(test[1]);
    const auto given = growthbook::Evaluator(context).feature(test[2]);
    const auto& expected = test[3];
    EXPECT_EQ(node_of(given.value), expected["value"]) << test;
    EXPECT_EQ(name_of(given.source), expected["source"].get<std::string>()) << test;
    EXPECT_EQ(given.rule, expected.value("ruleId", "")) << test;
    EXPECT_EQ(given.experiment ? node_of(*given.experiment) : Node(), expected.value("experiment", Node())) << test;
    EXPECT_EQ(given.result.has_value(), expected.contains("experimentResult")) << test;
    if (given.result && expected.contains("experimentResult"))
      expect_result(result_node(*given.result), expected["experimentResult"], test);
  }
}

TEST_F(GrowthBookCases, Experiments) {
  for (const auto& test : cases("run")) {
    auto context = context_of(test[1]);
    const auto given = growthbook::Evaluator(context).run(tree_of(test[2]));
    EXPECT_EQ(node_of(given.value), test[3]) << test;
    EXPECT_EQ(given.in_experiment, test[4].get<bool>()) << test;
    EXPECT_EQ(given.hash_used, test[5].get<bool>()) << test;
  }
}

growthbook::StickyDocuments documents_of(const Node& list) {
  growthbook::StickyDocuments all;
  for (const auto& one : list) {
    growthbook::StickyDocument document{one["attributeName"], one["attributeValue"], {}};
    for (const auto& [key, variation] : one["assignments"].items()) document.assignments.emplace(key, variation);
    all.emplace(growthbook::sticky_key(document.attribute, document.value), document);
  }
  return all;
}

TEST_F(GrowthBookCases, StickyBuckets) {
  for (const auto& test : cases("stickyBucket")) {
    auto context = context_of(test[1]);
    context.sticky = documents_of(test[2]);
    const auto given = growthbook::Evaluator(context).feature(test[3]);
    ASSERT_EQ(given.result.has_value(), !test[4].is_null()) << test;
    if (given.result) expect_result(result_node(*given.result), test[4], test);
    for (const auto& [key, document] : test[5].items())
      EXPECT_EQ(context.sticky->at(key), documents_of(Node::array({document})).at(key)) << test;
  }
}

TEST_F(GrowthBookCases, QueryStringOverrides) {
  for (const auto& test : cases("getQueryStringOverride")) {
    const auto given = growthbook::query_override(test[1].get<std::string>(), test[2].get<std::string>(), test[3]);
    EXPECT_EQ(given ? Node(*given) : Node(), test[4]) << test;
  }
}

TEST_F(GrowthBookCases, Decryption) {
  for (const auto& test : cases("decrypt")) {
    const auto given = decrypt_growthbook(test[1].get<std::string>(), test[2].get<std::string>());
    EXPECT_EQ(given ? Node(*given) : Node(), test[3]) << test;
  }
}

/// What a page would be sent to, for every experiment of the context.
Node redirects(growthbook::Context& context, const Node& experiments) {
  Node all = Node::array();
  for (const auto& experiment : experiments) {
    const auto result = growthbook::Evaluator(context).run(tree_of(experiment));
    const auto target = node_of(result.value).value("urlRedirect", "");
    const bool keeps_query = experiment.value("persistQueryString", false);
    all.push_back({{"inExperiment", result.in_experiment},
                   {"urlRedirect", target},
                   {"urlWithParams", keeps_query ? growthbook::with_query_of(context.url, target) : target}});
  }
  return all;
}

TEST_F(GrowthBookCases, Redirects) {
  for (const auto& test : cases("urlRedirect")) {
    auto context = context_of(test[1]);
    EXPECT_EQ(redirects(context, test[1]["experiments"]), test[2]) << test;
  }
}

}  // namespace
}  // namespace touchstone::wire
