#include "service/codec/sizing_json.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::codec {
namespace {

using judge::Sized;
using judge::SizeRequest;
using judge::WantedEffect;

constexpr Word<stats::SizedFor> kMethods[] = {{stats::SizedFor::always_valid, "always-valid"},
                                              {stats::SizedFor::fixed_horizon, "fixed-horizon"},
                                              {stats::SizedFor::group_sequential, "group-sequential"}};
constexpr Word<stats::SpendingKind> kSpendings[] = {{stats::SpendingKind::obrien_fleming, "obrien-fleming"},
                                                    {stats::SpendingKind::pocock, "pocock"},
                                                    {stats::SpendingKind::kim_demets, "kim-demets"},
                                                    {stats::SpendingKind::hwang_shih_decani, "hwang-shih-decani"}};
constexpr Word<stats::Futility> kFutilities[] = {{stats::Futility::none, "none"},
                                                 {stats::Futility::non_binding, "non-binding"},
                                                 {stats::Futility::binding, "binding"}};
constexpr Word<stats::Claim> kClaims[] = {{stats::Claim::difference, "difference"},
                                          {stats::Claim::non_inferiority, "non-inferiority"},
                                          {stats::Claim::equivalence, "equivalence"}};
constexpr Word<bool> kDirections[] = {{false, "rise"}, {true, "drop"}};
constexpr double kMostUnits = 1e12;

bool read_rate(const Field& field, double& into) {
  if (!Number{0, 1}(field, into)) return false;
  if (into >= 1e-9 && into <= 1 - 1e-9) return true;
  return field.fail(into < 0.5 ? "nobody does it" : "everybody does it",
                    "send the share of units that do it today, such as 0.04 for 4 %");
}

struct PartOfRatio {
  double mean = 0;
  double deviation = 0;
};

bool read_part(const Field& field, PartOfRatio& into) {
  ObjectReader in(field);
  in.required("mean", into.mean, Number{1e-12, 1e12});
  in.required("deviation", into.deviation, Number{0, 1e12});
  return in.finish();
}

bool read_ratio(const Field& field, stats::Baseline& into) {
  ObjectReader in(field);
  PartOfRatio above;
  PartOfRatio below;
  double correlation = 0;
  in.required("numerator", above, read_part);
  in.required("denominator", below, read_part);
  in.optional("correlation", correlation, Number{-1, 1});
  if (!in.finish()) return false;
  into = stats::ratio_baseline({above.mean, above.deviation, below.mean, below.deviation, correlation});
  return into.variance > 0 || field.fail("does not vary", "send deviations above 0");
}

bool read_clusters(const Field& field, judge::Clusters& into) {
  ObjectReader in(field);
  in.required("size", into.size, Number{1, 1e9});
  in.optional("deviation", into.deviation, Number{0, 1e9});
  in.required("intraclass", into.intraclass, Number{0, 1});
  return in.finish();
}

bool read_baseline(const Field& field, stats::Baseline& into) {
  ObjectReader in(field);
  if (in.optional("ratio", into, read_ratio)) return in.finish();
  double deviation = 0;
  into.conversions = in.optional("rate", into.mean, read_rate);
  const bool mean = in.optional("mean", into.mean, Number{-1e12, 1e12});
  const bool spread = in.optional("deviation", deviation, Number{1e-12, 1e12});
  into.variance = into.conversions ? into.mean * (1 - into.mean) : deviation * deviation;
  in.optional("answering", into.answering, Number{1e-6, 1});
  if (into.conversions && (mean || spread)) return in.fail("rate", "stands beside a mean", "send one or the other");
  if (!into.conversions && !(mean && spread))
    return field.fail("what does a unit do today?",
                      R"(send {"rate": 0.04}, {"mean": 31, "deviation": 55}, or {"ratio": ...})");
  return in.finish();
}

bool read_effect(const Field& field, WantedEffect& into) {
  ObjectReader in(field);
  into.relative = in.optional("relative", into.size, Number{-1, 1e3});
  const bool absolute = in.optional("absolute", into.size, Number{-1e12, 1e12});
  if (into.relative == absolute) return field.fail("must be one change", R"(send {"relative": 0.05})");
  return in.finish();
}

bool read_margin(const Field& field, WantedEffect& into) {
  return read_effect(field, into) && (into.size > 0 || field.fail("must be above 0", R"(send {"relative": 0.02})"));
}

bool read_weights(const Field& field, std::vector<double>& into) {
  if (!ListOf{100, Number{1e-6, 1e6}}(field, into)) return false;
  return into.size() >= 2 || field.fail("must have control and a treatment", "send [50, 50]");
}

/// Null where the spending is one.
const char* wrong_parameter(const stats::Spending& spending, bool given) {
  const bool takes_one =
      spending.kind == stats::SpendingKind::kim_demets || spending.kind == stats::SpendingKind::hwang_shih_decani;
  if (given != takes_one) return takes_one ? "is missing" : "is for kim-demets and hwang-shih-decani alone";
  if (spending.kind == stats::SpendingKind::kim_demets && !(spending.parameter >= 0.01)) return "must be at least .01";
  return given && spending.parameter == 0 ? "must not be 0" : nullptr;
}

/// The kind under `name`, its parameter under `parameter`; whether there was any of them.
bool read_spending(ObjectReader& in, const char* name, const char* parameter, stats::Spending& into) {
  const bool kind = in.optional(name, into.kind, OneOf{kSpendings});
  const bool given = in.optional(parameter, into.parameter, Number{-20, 20});
  if (const char* wrong = wrong_parameter(into, given))
    in.fail(parameter, wrong, "1 spends evenly, more of it spends later");
  return kind || given;
}

void read_stopping(ObjectReader& in, SizeRequest& request) {
  stats::GroupLooks& looks = request.looks;
  in.optional("method", request.method, OneOf{kMethods});
  const bool many = in.optional("looks", looks.many, Whole{1, 1'000});
  const bool spending = read_spending(in, "spending", "spending_parameter", looks.spending);
  in.optional("futility", looks.futility, OneOf{kFutilities});
  const bool futility = read_spending(in, "futility_spending", "futility_parameter", looks.futility_spending);
  const bool gives_up = looks.futility != stats::Futility::none;
  if ((many || spending || futility || gives_up) && request.method != stats::SizedFor::group_sequential)
    in.fail("method", "only a group sequential plan has looks that spend", R"(send "group-sequential")");
  if (futility && !gives_up) in.fail("futility", "none spends nothing", R"(send "non-binding" or "binding")");
  if (gives_up && looks.many > 100) in.fail("looks", "with futility must be at most 100", "look less often");
}

std::vector<double> per_variant(const std::vector<double>& weights, double units) {
  const double all = std::reduce(weights.begin(), weights.end());
  std::vector<double> shares;
  for (const double weight : weights) shares.push_back(std::ceil(units * weight / all * (1 - 1e-12)));
  return shares;
}

void write_baseline(JsonWriter& out, const stats::Baseline& baseline) {
  out.key("baseline").begin_object();
  out.key("kind").text(baseline.conversions ? "rate" : "mean").key("mean").number(baseline.mean);
  out.key("variance").number(baseline.variance).key("answering").number(baseline.answering);
  out.key("factor").number(baseline.factor).end_object();
}

/// A change of a mean that is not positive, such as many a score, is no share of it.
void write_effect(JsonWriter& out, double difference, double mean) {
  out.key("effect").begin_object().key("absolute").number(difference).key("relative");
  (mean > 0 ? out.number(difference / mean) : out.null()).end_object();
}

/// Days of traffic; null where nobody said how much there is.
void write_days(JsonWriter& out, const Sized& sized, double units) {
  out.key("days");
  if (!sized.units_per_day) {
    out.null();
    return;
  }
  const double per_day = *sized.units_per_day;
  out.begin_object().key("units_per_day").number(per_day).key("most").number(std::ceil(units / per_day));
  out.key("expected_with_effect").number(std::ceil(sized.answer.expected_with_effect / per_day));
  out.key("expected_without_effect").number(std::ceil(sized.answer.expected_without_effect / per_day));
  out.end_object();
}

std::string_view solved(const SizeRequest& request) {
  if (!request.units) return "units";
  return request.effect || request.margin ? "power" : "effect";
}

void write_claim(JsonWriter& out, const SizeRequest& request, const Sized& sized) {
  out.key("claim").text(word_of(kClaims, request.claim)).key("margin");
  if (!sized.margin) {
    out.null();
    return;
  }
  out.begin_object().key("absolute").number(*sized.margin).key("relative");
  (sized.baseline.mean > 0 ? out.number(*sized.margin / sized.baseline.mean) : out.null()).end_object();
}

bool gives_up(const SizeRequest& request) { return request.looks.futility != stats::Futility::none; }

/// What ends the plan at a look: of two sides the bound of |z|, with futility an upper and a lower one.
void write_look(JsonWriter& out, const SizeRequest& request, const Sized& sized, double units, std::size_t look) {
  const stats::Bounds& bounds = sized.answer.design.bounds;
  const double side = sized.alpha_each / 2;
  const double share = static_cast<double>(look + 1) / static_cast<double>(bounds.efficacy.size());
  out.begin_object().key("units").number(std::ceil(units * share)).key("z").number(bounds.efficacy[look]);
  out.key("alpha_spent").number((gives_up(request) ? 1 : 2) * stats::spent(request.looks.spending, side, share));
  const double beta = 1 - sized.answer.power;
  out.key("futility_z").number(gives_up(request) ? bounds.futility[look] : stats::undefined);
  out.key("beta_spent")
      .number(gives_up(request) ? stats::spent(request.looks.futility_spending, beta, share) : stats::undefined);
  out.end_object();
}

/// Of a group sequential plan; null for others.
void write_looks(JsonWriter& out, const SizeRequest& request, const Sized& sized, double units) {
  out.key("looks");
  if (request.method != stats::SizedFor::group_sequential) {
    out.null();
    return;
  }
  out.begin_array();
  for (std::size_t look = 0; look < sized.answer.design.bounds.efficacy.size(); ++look)
    write_look(out, request, sized, units, look);
  out.end_array();
}

/// How often the plan ends for it before its last look; null where it never does.
void write_futility(JsonWriter& out, const SizeRequest& request, const Sized& sized) {
  out.key("futility");
  if (!gives_up(request)) {
    out.null();
    return;
  }
  out.begin_object().key("kind").text(word_of(kFutilities, request.looks.futility));
  out.key("with_effect").number(sized.answer.given_up_with_effect);
  out.key("without_effect").number(sized.answer.given_up_without_effect).end_object();
}

}  // namespace

Result<SizeRequest> read_size_request(std::string_view json) {
  return read_document(json, SizeRequest{}, [](const Field& field, SizeRequest& request) {
    ObjectReader in(field);
    in.nullable("baseline", request.baseline, read_baseline);
    const bool experiment = in.optional("experiment", request.experiment, read_key);
    const bool metric = in.optional("metric", request.metric, read_key);
    in.nullable("effect", request.effect, read_effect);
    in.optional("direction", request.drop, OneOf{kDirections});
    in.nullable("units", request.units, Number{2, kMostUnits});
    in.nullable("power", request.power, Number{1e-6, 0.9999});
    in.optional("alpha", request.alpha, Number{1e-6, 0.5});
    in.optional("weights", request.weights, read_weights);
    in.optional("goals", request.goals, Whole{1, 100});
    read_stopping(in, request);
    in.optional("claim", request.claim, OneOf{kClaims});
    in.nullable("margin", request.margin, read_margin);
    in.nullable("correlation", request.correlation, Number{-0.999, 0.999});
    in.nullable("clusters", request.clusters, read_clusters);
    in.nullable("units_per_day", request.units_per_day, Number{1e-3, kMostUnits});
    if (experiment != metric)
      in.fail(experiment ? "metric" : "experiment", "is missing", "name both an experiment and a metric of its plan");
    if (request.baseline && experiment) in.fail("baseline", "stands beside an experiment", "send one of them");
    in.finish();
  });
}

std::string write_sized(const SizeRequest& request, const Sized& sized) {
  const auto arms = per_variant(request.weights, sized.answer.units);
  const double units = std::reduce(arms.begin(), arms.end());
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("solved").text(solved(request)).key("method").text(word_of(kMethods, request.method));
  out.key("units").number(units).key("per_variant").begin_array();
  for (const double arm : arms) out.number(arm);
  out.end_array();
  write_effect(out, sized.answer.difference, sized.baseline.mean);
  out.key("power").number(sized.answer.power).key("alpha").number(request.alpha);
  out.key("alpha_each").number(sized.alpha_each).key("wrong_sign").number(sized.answer.wrong_sign);
  out.key("expected_units").begin_object();
  out.key("with_effect").number(std::ceil(sized.answer.expected_with_effect));
  out.key("without_effect").number(std::ceil(sized.answer.expected_without_effect)).end_object();
  out.key("fixed_horizon_units").number(std::ceil(sized.answer.fixed_horizon_units));
  write_claim(out, request, sized);
  write_looks(out, request, sized, units);
  write_futility(out, request, sized);
  out.key("clusters");
  request.clusters ? out.number(std::ceil(units / request.clusters->size)) : out.null();
  write_days(out, sized, units);
  write_baseline(out, sized.baseline);
  out.end_object();
  return text;
}

}  // namespace touchstone::codec
