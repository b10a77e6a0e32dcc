#include <chrono>
#include <string>

#include <fmt/format.h>

#include "service/page/adjustment_text.hpp"
#include "service/page/capping_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/method_text.hpp"
#include "service/page/number_text.hpp"
#include "service/page/quantile_text.hpp"
#include "service/page/sections.hpp"
#include "service/page/watched_text.hpp"

namespace touchstone::page {
namespace {

using judge::Report;
using judge::Row;

std::string p_text(const std::optional<double>& p, const std::optional<double>& log10_p) {
  return p && *p == 0 && log10_p ? fmt::format("10^{:.1f}", *log10_p) : exact(p);
}

/// Terms and what they are.
class Terms {
 public:
  void add(std::string_view term, std::string_view text) {
    list_ += element("div", {}, element("dt", {}, term) + element("dd", {}, text));
  }
  [[nodiscard]] Markup markup() const { return element("dl", {}, list_); }

 private:
  Markup list_;
};

std::string arm_text(const judge::Arm& arm) {
  auto text = fmt::format("n {}, mean {}, variance {}, sum {}", grouped(arm.n), exact(arm.mean), exact(arm.variance),
                          exact(arm.sum));
  if (arm.successes) text += fmt::format(", {} converted", grouped(*arm.successes));
  if (arm.units) text += fmt::format(", of {} units", grouped(*arm.units));
  return text;
}

std::string test_text(const judge::Fixed& fixed) {
  auto text = fmt::format("{} {}", fixed.test, exact(fixed.statistic));
  if (fixed.df) text += fmt::format(" on {} df", exact(fixed.df));
  return text;
}

std::string posterior_text(const judge::Posterior& posterior) {
  return fmt::format("{}: chance to beat control {}, best of all {}; expected loss {} with it, {} without; {}",
                     posterior.model, exact(posterior.chance_to_beat_control), exact(posterior.chance_best),
                     exact(posterior.loss_choose_variant), exact(posterior.loss_choose_control),
                     exact(posterior.credible));
}

Markup row_details(const Row& row, const judge::JudgedPlan& plan) {
  Terms terms;
  terms.add("Status", row.status);
  terms.add(row.control, arm_text(row.arms[0]));
  terms.add(row.variant, arm_text(row.arms[1]));
  terms.add("Difference", fmt::format("{}, se {}", exact(row.absolute), exact(row.se)));
  terms.add("Relative", exact(row.relative));
  terms.add("Test", test_text(row.fixed));
  terms.add("p-value", fmt::format("{}, adjusted {}{}", p_text(row.fixed.p, row.fixed.log10_p),
                                   exact(row.fixed.p_adjusted), correction_text(row.fixed)));
  terms.add("Always-valid", fmt::format("difference {}, relative {}", exact(row.always_valid.absolute),
                                        exact(row.always_valid.relative)));
  terms.add("Always-valid p",
            fmt::format("{}, adjusted {}", exact(row.always_valid.p), exact(row.always_valid.p_adjusted)));
  if (!row.always_valid.method.empty()) terms.add("Always-valid method", watched_text(row.always_valid));
  if (row.covariate) terms.add("Covariate", adjustment_text(*row.covariate));
  if (row.quantile) terms.add("Quantile", quantile_text(row, plan));
  if (row.cap) terms.add("Cap", capping_text(*row.cap));
  terms.add("Posterior", posterior_text(row.posterior));
  return element("h3", {}, fmt::format("{} v{}, {} against {}", row.metric, row.version, row.variant, row.control)) +
         terms.markup();
}

std::string check_figures(const judge::Check& check) {
  auto text = fmt::format("{}, limit {}", exact(check.value), exact(check.limit));
  for (const auto& figure : check.figures) text += fmt::format(", {} {}", figure.name, exact(figure.value));
  return text;
}

Markup check_details(const Report& report) {
  Terms terms;
  for (const auto* checks : {&report.checks, &report.trust})
    for (const auto& check : *checks) {
      const auto& of = check.metric.empty() ? check.attribute : check.metric;
      terms.add(of.empty() ? check.code : check.code + " of " + of, check_figures(check));
    }
  return report.checks.empty() && report.trust.empty() ? Markup{} : element("h3", {}, "Checks") + terms.markup();
}

/// What is measured, where a name does not say it.
Markup metric_details(const Report& report) {
  Terms terms;
  bool any = false;
  for (const auto& metric : report.plan.metrics) {
    if (metric.words.empty()) continue;
    terms.add(metric.key, metric.formula.empty() ? metric.words : metric.words + " " + metric.formula);
    any = true;
  }
  return any ? element("h3", {}, "How it is measured") + terms.markup() : Markup{};
}

Markup method_details(const Report& report) {
  Terms terms;
  terms.add("Method", method_text(report.plan));
  if (report.plan.tick)
    terms.add("Tick",
              fmt::format("{} minutes", std::chrono::duration_cast<std::chrono::minutes>(*report.plan.tick).count()));
  terms.add("Dots", fmt::format("quantiles of a normal distribution on each side of the estimate whose central {:g} % "
                                "is the {}",
                                100 * (1 - report.plan.alpha), interval_name(report.plan)));
  return element("h3", {}, "Method") + terms.markup();
}

Markup origin_details(const Report& report) {
  Terms terms;
  const auto& ledger = report.ledger;
  terms.add("Events", fmt::format("{} read, {} stored, {} duplicate, {} quarantined, {} refused, {} unattributed",
                                  grouped(ledger.sent), grouped(ledger.stored), grouped(ledger.duplicate),
                                  grouped(ledger.quarantined), grouped(ledger.refused), grouped(ledger.unattributed)));
  const auto add = [&terms](std::string_view term, const std::string& text) {
    if (!text.empty()) terms.add(term, text);
  };
  add("Results", report.digest.results);
  add("Configuration", report.digest.configuration);
  add("Event digest", report.digest.events);
  add("Program", report.digest.program);
  return element("h3", {}, "Origin") + terms.markup();
}

Markup again(const PageStyle& style) {
  if (style.reproduce.empty()) return {};
  return element("h3", {}, "How to reproduce") +
         element("pre", {{"tabindex", "0"}}, element("code", {}, style.reproduce));
}

}  // namespace

Markup analyst_section(const Report& report, const PageStyle& style) {
  auto content = element("summary", {}, "Details for analysts") + method_details(report) + metric_details(report);
  for (const auto& row : report.results) content += row_details(row, report.plan);
  content += check_details(report) + origin_details(report) + again(style);
  return element("section", {{"id", "details"}, {"aria-label", "Details for analysts"}},
                 element("details", {}, content));
}

}  // namespace touchstone::page
