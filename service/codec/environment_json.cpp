#include "service/codec/environment_json.hpp"

#include <algorithm>

#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_zone.hpp"

namespace touchstone::codec {
namespace {

bool read_time_zone(const Field& field, std::string& into) {
  if (!Text{64}(field, into)) return false;
  const auto zone = TimeZone::named(into);
  return zone || field.fail(zone.error().message, zone.error().hint);
}

bool read_currency(const Field& field, std::string& into) {
  if (!Text{64}(field, into)) return false;
  const auto is_capital = [](char c) { return 'A' <= c && c <= 'Z'; };
  if (into.size() == 3 && std::ranges::all_of(into, is_capital)) return true;
  return field.fail("is no currency", "write its three capital letters of ISO 4217: EUR, USD, JPY");
}

/// What is stored is what was good when it was: a database of time zones may lose a name.
template <class ReadZone>
void read_settings(const Field& field, EnvironmentSettings& settings, Source source, ReadZone read_zone) {
  ObjectReader in(field);
  in.server("project", settings.project, read_key, source);
  in.server("key", settings.key, read_key, source);
  in.server("version", settings.version, Whole{0, UINT32_MAX}, source);
  in.optional("time_zone", settings.time_zone, read_zone);
  in.nullable("currency", settings.currency, read_currency);
  in.nullable("population", settings.population, Whole{1, kMostPeople});
  in.finish();
}

}  // namespace

Result<EnvironmentSettings> read_environment_change(std::string_view json, const EnvironmentSettings& current) {
  return read_document(json, current, [](const Field& field, EnvironmentSettings& into) {
    read_settings(field, into, Source::changed, read_time_zone);
  });
}

std::string write_environment(const EnvironmentSettings& settings) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("project").text(settings.project).key("key").text(settings.key);
  out.key("version").natural(settings.version).key("time_zone").text(settings.time_zone);
  out.key("currency");
  settings.currency ? out.text(*settings.currency) : out.null();
  out.key("population");
  settings.population ? out.natural(*settings.population) : out.null();
  out.end_object();
  return text;
}

Result<EnvironmentSettings> read_stored_environment(std::string_view json) {
  return read_document(json, EnvironmentSettings(), [](const Field& field, EnvironmentSettings& into) {
    read_settings(field, into, Source::stored, Text{64});
  });
}

}  // namespace touchstone::codec
