#include "service/codec/projection_json.hpp"

#include "service/codec/json_writer.hpp"
#include "service/codec/purchase_table.hpp"
#include "stats/status.hpp"

namespace touchstone::codec {
namespace {

void write(JsonWriter& out, const stats::BuyingFit& fit) {
  out.key("buying").begin_object().key("status").text(stats::name(fit.status));
  out.key("r").number(fit.model.r).key("alpha").number(fit.model.alpha).key("a").number(fit.model.a);
  out.key("b").number(fit.model.b).key("log_likelihood").number(fit.log_likelihood).end_object();
}

void write(JsonWriter& out, const stats::SpendingFit& fit) {
  out.key("spending").begin_object().key("status").text(stats::name(fit.status));
  out.key("p").number(fit.model.p).key("q").number(fit.model.q).key("v").number(fit.model.v);
  out.key("log_likelihood").number(fit.log_likelihood).key("customers").natural(fit.customers).end_object();
}

}  // namespace

std::string write_projection(std::string_view variant, const judge::ProjectionTerms& terms,
                             const judge::Projection& projection) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  if (!variant.empty()) out.key("variant").text(variant);
  out.key("until").text(day_text(terms.until)).key("days").integer(terms.days);
  out.key("customers").natural(projection.customers).key("repeaters").natural(projection.repeaters);
  out.key("purchases").natural(projection.purchases).key("spent").number(projection.spent);
  write(out, projection.buying);
  write(out, projection.spending);
  out.key("expected").begin_object().key("active").number(projection.active);
  out.key("purchases").number(projection.expected_purchases).key("spend").number(projection.expected_spend);
  out.end_object();
  if (projection.came)
    out.key("came")
        .begin_object()
        .key("purchases")
        .natural(*projection.came)
        .key("spend")
        .number(*projection.came_spent);
  if (projection.came) out.end_object();
  out.end_object();
  return text;
}

}  // namespace touchstone::codec
